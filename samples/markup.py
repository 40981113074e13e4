"""The little language of ``content/``: lines with a style, values marked by their expected fate.

``@title 关于…`` gives a line its style (GB/T 9704 part), ``[[-PERSON:韦岚青]]`` plants a value that
must be hidden, ``[[+PERSON:骆云岫]]`` one that must stay, ``[[+:8号]]`` plain text that must stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Fate = Literal["hidden", "kept"]

_MARK = re.compile(r"\[\[([-+])([A-Z_]*):(.+?)\]\]")
_STYLED = re.compile(r"@([a-z0-9]+) (.*)")
_FATES: dict[str, Fate] = {"-": "hidden", "+": "kept"}


@dataclass(frozen=True, slots=True)
class Planted:
    """Hold a value that stands in a draft and what must become of it.

    ``entity`` is None for text that is nobody's and must not be touched.
    """

    value: str
    entity: str | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one paragraph, or one table row with its cells divided by bars."""

    style: str
    text: str

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(cell.strip() for cell in self.text.split("|"))


def lines(content: str) -> Iterator[Line]:
    """Read content line by line; a line without a style is running text."""
    for raw in content.splitlines():
        styled = _STYLED.fullmatch(raw)
        yield Line(styled[1], styled[2]) if styled else Line("body", raw)


def planted(texts: Iterable[str]) -> tuple[Planted, ...]:
    """List the marked values, each once, in order."""
    found = (
        Planted(match[3], match[2] or None, _FATES[match[1]])
        for text in texts
        for match in _MARK.finditer(text)
    )
    return tuple(dict.fromkeys(found))


def plain(text: str) -> str:
    """Take the marks off."""
    return _MARK.sub(r"\3", text)


def runs(text: str) -> tuple[str, ...]:
    """Cut a line as a word processor does: a marked value is split over two runs."""
    pieces: list[str] = []
    position = 0
    for match in _MARK.finditer(text):
        middle = len(match[3]) // 2
        pieces += (text[position : match.start()], match[3][:middle], match[3][middle:])
        position = match.end()
    pieces.append(text[position:])
    return tuple(filter(None, pieces))
