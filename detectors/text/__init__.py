"""The text before anybody looks for a kind of thing: its signs folded, its words and labels."""
