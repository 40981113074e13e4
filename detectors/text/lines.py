"""The few lines of a text that hold a sign: patterns look there instead of through all of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

Stretch = tuple[int, int]
"""Offsets of a stretch of text, end exclusive."""


def occurrences(text: str, words: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of every occurrence of each of the blank-separated words, word by word.

    Plain search, one word after the other, is several times quicker than one pattern of them all.
    """
    for word in words.split():
        at = text.find(word)
        while at >= 0:
            yield at, word
            at = text.find(word, at + len(word))


def lines_with(text: str, words: str, around: int = 0) -> Iterator[tuple[int, int]]:
    """Yield the borders of the lines that hold one of the blank-separated words, in order.

    Those that touch come as one. ``around`` takes so many lines before and after with them.
    """
    start = end = done = -1
    for at in sorted(at for at, _ in occurrences(text, words)):
        if at < done:
            continue
        first, last = _line_start(text, at), _line_end(text, at)
        done = last
        for _ in range(around):
            first = _line_start(text, first - 1) if first else 0
            last = _line_end(text, last + 1) if last < len(text) else last
        if first <= end:
            end = last
            continue
        if end >= 0:
            yield start, end
        start, end = first, last
    if end >= 0:
        yield start, end


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def lines_having(text: str, sign: re.Pattern[str], before: int = 0) -> Iterator[Stretch]:
    """Yield the lines that hold a match of ``sign``, which crosses none, as ``lines_at`` does."""

    def following(at: int) -> int:
        match = sign.search(text, at)
        return match.start() if match else -1

    return _lines(text, following, before)


def lines_at(text: str, places: Sequence[int], before: int = 0) -> Iterator[Stretch]:
    """Yield the lines in which ``places`` lie, in order, adjacent ones as one, ends included.

    Each stretch begins ``before`` characters early, for what reaches back over the end of a line.
    """

    def following(at: int) -> int:
        index = bisect_left(places, at)
        return places[index] if index < len(places) else -1

    return _lines(text, following, before)


def _lines(text: str, following: Callable[[int], int], before: int) -> Iterator[Stretch]:
    first = last = 0
    while (place := following(last)) >= 0:
        line = text.rfind("\n", 0, place) + 1
        if line - before > last:
            if last:
                yield first, last
            first = line - before
        last = text.find("\n", place) + 1 or len(text)
    if last:
        yield first, last
