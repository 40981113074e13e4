"""Terms of the negative list, matched letter by letter through spaces and broken lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detectors.base import Hit, Passage
from detectors.normalise import Normalised, normalise, without
from review.finding import Entity, Role
from review.policy import Term, TermLevel

# A line break inside a term is seen through only where a long line was wrapped there: between the
# cells of a table it parts two words.
_WRAPPED = 12
_GAPS = re.compile(rf"[ \t]+|(?<=[^\n]{{{_WRAPPED}}})[ \t]*\n[ \t]*(?=[^\n]{{{_WRAPPED}}})")
# Presidio drops a hit inside another of equal or higher score: the harder level must outlast.
_SCORES: Mapping[TermLevel, float] = {
    TermLevel.STOP: 1.0,
    TermLevel.REVIEW: 0.9,
    TermLevel.NOTE: 0.8,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """Hold a term as it is matched; ``excuses`` are (offset of the term, longer phrase)."""

    term: Term
    length: int
    excuses: tuple[tuple[int, str], ...]


class _Node:
    """A letter in the tree of all terms."""

    __slots__ = ("children", "entries")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.entries: list[_Entry] = []


class NegativeListRecognizer:
    """Find every term, also one inside another; the role of a hit is the level of its term."""

    name = "negative_list"
    entities = (Entity.NEGATIVE_TERM,)

    def __init__(self, terms: Sequence[Term]) -> None:
        self._root = _Node()
        for term in terms:
            self._add(term)
        heads = "".join(map(re.escape, self._root.children))
        self._head = re.compile(f"[{heads}]") if heads else None

    def _add(self, term: Term) -> None:
        letters = _letters(term.text)
        if not letters:
            return
        excuses = tuple(
            (match.start(), phrase)
            for phrase in map(_letters, term.unless)
            for match in re.finditer(f"(?={re.escape(letters)})", phrase)
        )
        node = self._root
        for letter in letters:
            node = node.children.setdefault(letter, _Node())
        node.entries.append(_Entry(term, len(letters), excuses))

    def find(self, passage: Passage) -> Iterator[Hit]:
        if self._head is None:
            return
        squeezed = without(passage.text.lower(), _GAPS)
        text = squeezed.text
        for head in self._head.finditer(text):
            for entry in self._entries_at(text, head.start()):
                if not _excused(text, head.start(), entry):
                    yield _hit(squeezed, head.start(), entry)

    def _entries_at(self, text: str, start: int) -> Iterator[_Entry]:
        node: _Node | None = self._root
        position = start
        while position < len(text):
            node = node.children.get(text[position]) if node else None
            if node is None:
                return
            yield from node.entries
            position += 1


def _excused(text: str, start: int, entry: _Entry) -> bool:
    return any(
        start >= offset and text.startswith(phrase, start - offset)
        for offset, phrase in entry.excuses
    )


def _hit(squeezed: Normalised, start: int, entry: _Entry) -> Hit:
    level = entry.term.level
    first, last = squeezed.original(start, start + entry.length)
    return Hit(
        Entity.NEGATIVE_TERM,
        first,
        last,
        _SCORES[level],
        f"负面清单：{entry.term.ground}（{entry.term.basis}）",
        Role(level.value),
    )


def _letters(text: str) -> str:
    return "".join(normalise(text).text.lower().split())
