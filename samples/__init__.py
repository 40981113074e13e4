"""Synthetic drafts for demonstration and tests: invented people in a county that does not exist."""
