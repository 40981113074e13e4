"""Web pages, rebuilt from what is allowed."""
