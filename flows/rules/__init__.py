"""The rules in force: looked at, tried out, archived."""
