"""Break Chinese text into lines, with no closing mark at a start and no opening mark at an end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_NOT_FIRST = frozenset("，。、；：？！）】》〉〕］｝」』’”%％…—・～,.;:?!)]}")
_NOT_LAST = frozenset("（【《〈〔［｛「『‘“([{")
_PIECES = re.compile(r"[!-~]+|.", re.DOTALL)
_CARRIED = 3
"""So many pieces go to the next line with a mark at the most."""


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Yield the lines of a text that are at most ``width`` wide, words and numbers kept whole.

    ``measure`` gives the width of a string; one piece that is wider alone is broken anywhere.
    """
    line: list[str] = []
    filled = 0.0
    for piece in _pieces(text, width, measure):
        wide = measure(piece)
        if line and filled + wide > width:
            kept = _kept(line, piece)
            if sum(map(measure, line[kept:])) + wide > width:
                kept = len(line)
            yield "".join(line[:kept]).rstrip()
            line = line[kept:]
            filled = sum(map(measure, line))
        if line or not piece.isspace():
            line.append(piece)
            filled += wide
    yield "".join(line)


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        yield from [piece] if measure(piece) <= width else piece


def _kept(line: list[str], following: str) -> int:
    """Say how many pieces a full line keeps; what may not end it or leads a mark does not stay."""
    kept = len(line)
    while kept > 1 and len(line) - kept < _CARRIED:
        first = line[kept] if kept < len(line) else following
        if first[0] not in _NOT_FIRST and line[kept - 1][-1] not in _NOT_LAST:
            break
        kept -= 1
    return kept
