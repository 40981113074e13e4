"""The language of the review: immutable types and pure rules that every other package speaks."""
