"""Policies: the YAML rules of the categories, their schema and their loader."""
