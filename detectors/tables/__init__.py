"""Tables: their headers, what those say of the cells below, and the rows."""
