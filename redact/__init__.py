"""Formats: a package for each family, reading and rewriting; verification by readers of its own."""
