"""Where an address begins in a running sentence."""

from __future__ import annotations

import re

from detectors.addresses.anchors import Anchor
from detectors.addresses.shape import Split, split
from detectors.addresses.words import HAN, any_of, words_of_a_sentence
from detectors.text.vocabulary import Words
from review.divisions import LEVELS, divisions, first_known

_REACH = 40
_NAMES = 20
"""Characters before an anchor in which a word of the sentence is looked for."""
_RANK = {level: rank for rank, level in enumerate(LEVELS)}
_BODY = re.compile(rf"[{HAN}A-Za-z0-9_\-－—·]+(?:[ ][{HAN}0-9]+){{0,6}}\Z")
_DATE = re.compile(r"\d+(?:[万亿]?元|[年月日时分万亿个名项条])|[%％]")
# 招标人 某县教育局 某县涌泉街62号: whose address it is stands before the gap.
_BODY_BEFORE = re.compile(rf"{any_of('body')}[ \u3000]+(?=[{HAN}])")
_NOTHING = re.compile(r"[ _\-－—·]*")


def beginning(text: str, anchor: Anchor, reached: int, words: Words) -> tuple[int, Split]:
    """Walk left from an anchor, not beyond ``reached``, to where its address begins.

    The last word of the sentence ends the walk; a known division begins the address. Gives the
    place and the split there.
    """
    at, number = anchor.carrier, anchor.number
    body = _BODY.search(text, max(reached, at - _REACH), at)
    if body is None:
        return at, Split("", at)
    start = body.start()
    for body in _BODY_BEFORE.finditer(text, start, at):
        if divisions(text, body.end()):
            start = body.end()
    for date in _DATE.finditer(text, start, at):
        start = date.end()
    begin = first_known(text, start, number)
    public = Split("", start) if begin is None else split(text, begin)
    for first, last in words_of_a_sentence(text, max(public.end, at - _NAMES), at, words):
        if not _joins_roads(text, first):
            start, begin = last, None
    if begin is None:
        gap = _NOTHING.match(text, start, at)
        begin = gap.end() if gap else start
        public = split(text, begin)
    return begin, public


def over_the_line(text: str, start: int, reached: int) -> int:
    """Step back over a line end to the divisions that end the line before, as a page breaks them.

    Only divisions above those that begin at ``start`` belong to the same address.
    """
    if start == 0 or text[start - 1] != "\n":
        return start
    line = max(text.rfind("\n", 0, start - 1) + 1, start - 1 - _REACH, reached)
    while (begin := first_known(text, line, start - 1)) is not None:
        named = divisions(text, begin)
        if not named:
            return start
        line = named[-1].end
        if line == start - 1:
            below = divisions(text, start)
            fits = not below or _RANK[below[0].level] > _RANK[named[-1].level]
            return begin if fits else start
    return start


def _joins_roads(text: str, at: int) -> bool:
    """Say whether the word at ``at`` joins two roads (凤凰路与华奥路交叉口)."""
    return text[at] in "与和及" and text[at - 1 : at] in {"路", "街", "道"}
