"""Who the people of a document are: their roles, whose a value is, and who is a minor."""
