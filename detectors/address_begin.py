"""Where an address begins in a running sentence."""

from __future__ import annotations

import re

from detectors.address_shape import HAN, Anchor, Split, split, words_of_a_sentence
from detectors.vocabulary import Words
from review.divisions import first_known

_REACH = 40
_BODY = re.compile(rf"[{HAN}A-Za-z0-9_\-－—·]+(?:[ ][{HAN}0-9]+){{0,6}}\Z")
_DATE = re.compile(r"\d+(?:[万亿]?元|[年月日时分万亿个名项条])|[%％]")
_NOTHING = re.compile(r"[ _\-－—·]*")


def beginning(text: str, anchor: Anchor, reached: int, words: Words) -> tuple[int, Split]:
    """Walk left from an anchor, not beyond ``reached``, to where its address begins.

    The last word of the sentence ends the walk; a known division begins the address. Gives the
    place and the split there.
    """
    at, number = anchor.carrier, anchor.start + 1
    body = _BODY.search(text, max(reached, at - _REACH), at)
    if body is None:
        return at, Split("", at)
    start = body.start()
    for date in _DATE.finditer(text, start, at):
        start = date.end()
    begin = first_known(text, start, number)
    public = Split("", start) if begin is None else split(text, begin)
    for first, last in words_of_a_sentence(text, public.end, at, words):
        if not _joins_roads(text, first):
            start, begin = last, None
    if begin is None:
        gap = _NOTHING.match(text, start, at)
        begin = gap.end() if gap else start
        public = split(text, begin)
    return begin, public


def _joins_roads(text: str, at: int) -> bool:
    """Say whether the word at ``at`` joins two roads (凤凰路与华奥路交叉口)."""
    return text[at] in "与和及" and text[at - 1 : at] in {"路", "街", "道"}
