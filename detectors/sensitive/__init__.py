"""Sensitive information about a person (个保法 28)."""
