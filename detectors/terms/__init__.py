"""The office's own terms: the negative list and the list of expressions."""
