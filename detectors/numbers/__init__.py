"""Numbers and addresses of the network that lead to a person: one file for each kind."""
