"""Marks that emphasise, strike out or link a word in Markdown (``**张三**``): no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.text.vocabulary import name_statistics

_EMPHASIS = re.compile(
    r"(?<![*~`])(?P<mark>\*{1,3}|~~|`)(?P<word>[^\W_](?:[\w· ]{0,28}[^\W_])?)(?P=mark)(?![*~`])"
)
# What is linked to stays in sight: 仪琳(tel:138…).
_LINK = re.compile(r"(?P<open>\[)[^\[\]\n]{1,40}(?P<close>\])(?=\(|\[[^\[\]\n]{0,40}\])")


def marks(text: str) -> Iterator[int]:
    """Yield the offsets of such marks, in order; what masks a value (张**, 李*英) is none."""
    yield from sorted({*_emphasis(text), *_links(text)})


def _links(text: str) -> Iterator[int]:
    if "](" not in text and "][" not in text:
        return
    for match in _LINK.finditer(text):
        yield from (match.start("open"), match.start("close"))


def _emphasis(text: str) -> Iterator[int]:
    if "*" not in text and "~~" not in text and "`" not in text:
        return
    for match in _EMPHASIS.finditer(text):
        if _emphasises(text, match):
            yield from range(match.start(), match.end("mark"))
            yield from range(match.end("word"), match.end())


def _emphasises(text: str, match: re.Match[str]) -> bool:
    mark, start, end = match["mark"], match.start(), match.end()
    before, behind = text[max(0, start - 1) : start], text[end : end + 1]
    if mark in ("~~", "`"):
        return True
    if mark == "*" and (before.isalnum() or behind.isalnum()):
        return False
    # 张**和李** are two masked names.
    names = name_statistics()
    return before not in names.common and before not in names.rare
