"""Many places of which the same is told, in one short list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

_MOST = 20
_STILL = "仍能读到应隐去的内容。"
"""Ends what an independent reader says of a place; before it stands the place alone."""
_NUMBERED = re.compile(r"(.*(?:第|单元格) ?)(\w+)( ?[段页行])?")


def still_read(sentences: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part the places of which nothing is said but that values are read there from the rest."""
    bare = [s for s in sentences if s.endswith(_STILL) and "，" not in s]
    places = [sentence.removesuffix(_STILL) for sentence in bare]
    return places, [sentence for sentence in sentences if sentence not in bare]


def listed(places: Sequence[str]) -> str:
    """List the first places, numbers in one part of a file behind its name, and count them all."""
    more = f"等 {len(places)} 处" if len(places) > _MOST else ""
    return "、".join(_joined(places[:_MOST])) + more


def _joined(places: Iterable[str]) -> Iterator[str]:
    """Write 正文第 3 段 and 正文第 4 段 as 正文第 3、4 段."""
    for (before, after), group in groupby(map(_parted, places), key=lambda each: each[::2]):
        yield before + "、".join(number for _, number, _ in group) + after


def _parted(place: str) -> tuple[str, str, str]:
    match = _NUMBERED.fullmatch(place)
    return (match[1], match[2], match[3] or "") if match else (place, "", "")
