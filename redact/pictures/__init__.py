"""Pictures: files of their own as drafts, and those in office documents."""
