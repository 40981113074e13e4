"""Formats: one file for each, reading and rewriting; verification by readers of its own."""
