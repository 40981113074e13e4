"""What is kept: cases and the audit chain in a database, files on disk."""
