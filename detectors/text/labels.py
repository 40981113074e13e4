"""Words that stand before a value and say what it is; seen through the spaces OCR puts in."""

from __future__ import annotations

import re
from collections.abc import Iterator

SEPARATOR = (
    r"[ \t]{0,3}(?:\([^()\n]{0,12}\))?[ \t]{0,3}(?:号码|番号|号)?[ \t]{0,3}[:为是系]{0,2}[ \t]{0,4}"
)
"""What may stand between a label and its value."""


def spaced(word: str) -> str:
    """Write a word as a pattern that allows one or two blanks between its characters."""
    return "[ \t]{0,2}".join(re.escape(char) for char in word)


def any_of(words: str) -> str:
    """Write blank-separated words as one pattern, the longest first."""
    ordered = sorted(words.split(), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(spaced(word) for word in ordered) + ")"


def labelled(words: str, value: str) -> re.Pattern[str]:
    """Compile a label followed by the value, which becomes the group ``value``."""
    return re.compile(f"{any_of(words)}{SEPARATOR}(?P<value>{value})")


def values(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the group ``value`` in each match."""
    for match in pattern.finditer(text):
        yield match.span("value")


def line_before(text: str, start: int, reach: int) -> str:
    """Give what stands before an offset in its line, at most ``reach`` characters of it."""
    piece = text[max(0, start - reach) : start]
    return piece[piece.rfind("\n") + 1 :]


def line_after(text: str, end: int, reach: int) -> str:
    """Give what stands after an offset in its line, at most ``reach`` characters of it."""
    piece = text[end : end + reach]
    cut = piece.find("\n")
    return piece if cut < 0 else piece[:cut]


def near(cue: re.Pattern[str], text: str, start: int, end: int, before: int, after: int) -> bool:
    """Say whether a cue stands in the same line, or at the end of the line above."""
    if cue.search(line_before(text, start, before)) or cue.search(line_after(text, end, after)):
        return True
    begin = text.rfind("\n", 0, start)
    if begin < 0 or text[begin + 1 : start].strip():
        return False
    return bool(cue.search(line_before(text, begin, 20)))
