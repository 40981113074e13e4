"""Checks on anyone's redaction: the original beside what is to be published."""
