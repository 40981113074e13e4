"""Names in rows of their own: lines that hold nothing else, parted by spaces (as lists end)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN
from detectors.names.slots import bears
from detectors.text.vocabulary import NameStatistics, Words, cues
from review.finding import Entity

CERTAIN = 3
"""How many of them must be found as names already."""
SHARE = 0.5
"""The share of all that these must be."""
WORD = 10.5
"""A word that costs less is no name of a row."""
_ROW = rf"[ \u3000]*[{HAN}]{{2,4}}(?:[ \u3000]+[{HAN}]{{2,4}})+[ \u3000]*"
_ROWS = re.compile(rf"^{_ROW}(?:\n{_ROW})*$", re.MULTILINE)
_MEMBER = re.compile(f"[{HAN}]+")


def rows(
    text: str, words: Words, names: NameStatistics, unnamed: Callable[[int, int], bool]
) -> Iterator[Hit]:
    """Yield the ``unnamed`` members of rows of which most are names already."""
    for found in _ROWS.finditer(text):
        members = [member.span() for member in _MEMBER.finditer(text, *found.span())]
        others = [span for span in members if unnamed(*span)]
        certain = len(members) - len(others)
        if certain < max(CERTAIN, SHARE * len(members)):
            continue
        for start, end in others:
            name = text[start:end]
            if bears(name, WORD, words, names) or name in cues("tibetan"):
                yield Hit(Entity.PERSON, start, end, FAIR, "与其他姓名同列成行")
