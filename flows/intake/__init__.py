"""How drafts come in: by command or by the watched folder."""
