"""Text, Markdown and CSV files."""
