"""Postal addresses below the township: where they begin and end, and whose they are."""
