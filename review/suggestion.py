"""Which category a draft looks like, by the words of its title; the officer's word wins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from review.document import BlockKind, Document
from review.policy import Category

_LINES = 12
_FRAME = re.compile(r"(?:\([^()]{0,30}\)|》?的?(?:通知|通告|公告|公示)|》)*$")
"""What a title ends with whatever it is about; the last word before is what the draft is."""
_LONGEST = 200
_SENTENCE = re.compile(r"^(?:根据|依据|依照|按照)|。|[:;,]$")
"""What runs on or is closed by a stop is the body: a rule that it cites is not its title."""
_UNSEEN = frozenset({BlockKind.ATTRIBUTE, BlockKind.DROPPED})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Hold the category that a draft looks like and the words of its title that say so."""

    category: Category
    words: tuple[str, ...]


def suggest(
    categories: Mapping[str, Category], document: Document, file_name: str
) -> Suggestion | None:
    """Find the category whose signs the title holds; None where none or several fit as well.

    The head of the document is read line by line, the file name last; the first line that fits a
    category decides: a sign that closes the title (…低保实施细则) first, then the longest.
    """
    for line in _lines(document, file_name):
        fitting = sorted(_fitting(categories, line), key=lambda found: found[0], reverse=True)
        if fitting and (len(fitting) == 1 or fitting[0][0] > fitting[1][0]):
            return fitting[0][1]
    return None


def _lines(document: Document, file_name: str) -> Iterator[str]:
    seen = [b.text for b in document.blocks if b.kind not in _UNSEEN and b.text.strip()]
    head = ("".join(unicodedata.normalize("NFKC", text).split()) for text in seen[:_LINES])
    yield from (line for line in head if not _SENTENCE.search(line))
    yield "".join(unicodedata.normalize("NFKC", file_name).split())


def _fitting(
    categories: Mapping[str, Category], line: str
) -> Iterator[tuple[tuple[bool, int], Suggestion]]:
    """Yield the best sign of each category that the line holds, with its rank."""
    head = _FRAME.sub("", line[:_LONGEST])

    def rank(words: list[str]) -> tuple[bool, int]:
        return head.endswith(words[0]) and len(words) == 1, sum(map(len, words))

    for category in categories.values():
        signs = map(str.split, category.signs)
        held = [words for words in signs if all(word in line for word in words)]
        if held:
            best = max(held, key=rank)
            yield rank(best), Suggestion(category, tuple(best))
