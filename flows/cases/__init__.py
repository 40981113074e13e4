"""Cases: what people see of them, what they decide, and what comes of it."""
