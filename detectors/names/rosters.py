"""Names of a roster written as text: each stands before a number (邸老四 12.5亩 盛世华 8亩)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN
from detectors.names.slots import bears
from detectors.text.lines import lines_having
from detectors.text.vocabulary import NameStatistics, Words
from review.finding import Entity

LEAST = 3
"""How many entries make a roster."""
SHARE = 0.6
"""The share of entries that must be shaped like names."""
CERTAIN = 2
"""How many of them must be no words, or be found as names already."""
WORD = 10.5
"""A word that costs less is no name of a roster."""
_GAP = 40
_UNIT = "元|万元|亩|人|口|户|分|斤|公斤|平方米"
_ENTRY = re.compile(
    rf"(?<![{HAN}])(?:第?[一二三四五六七八九十]{{1,2}}组[:：]?)?(?P<name>[{HAN}]{{2,4}})"
    rf"(?:[ \t\u3000]{{1,4}}|[，,](?:[男女][，,])?(?:申请人口|家庭人口|人口|计)?)?"
    rf"(?P<amount>\d[\d,.]*)[ ]?(?:{_UNIT})"
)
_AMOUNT = re.compile(r"[ \t\u3000，,口计]\d")
"""Stands in every entry, and is found many times faster."""
_OTHER_WORDS = re.compile(rf"[{HAN}]{{4,}}")


def rosters(
    text: str, words: Words, names: NameStatistics, free: Callable[[int, int], bool]
) -> Iterator[Hit]:
    """Yield the names of rosters on ``free`` ground; goods before amounts are none."""
    entries: list[re.Match[str]] = []
    found = (
        entry
        for first, last in lines_having(text, _AMOUNT)
        for entry in _ENTRY.finditer(text, first, last)
    )
    for entry in (*found, None):
        if entries and (entry is None or not _follows(text, entries[-1], entry)):
            yield from _names(entries, words, names, free)
            entries = []
        if entry is not None:
            entries.append(entry)


def _follows(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Say whether nothing but numbers, stops and addresses stands between two entries."""
    between = text[one.end() : other.start()]
    return "\n" in between[-2:] or (len(between) <= _GAP and not _OTHER_WORDS.search(between))


def _names(
    entries: list[re.Match[str]],
    words: Words,
    names: NameStatistics,
    free: Callable[[int, int], bool],
) -> Iterator[Hit]:
    spans = [entry.span("name") for entry in entries]
    found = sum(not free(*span) for span in spans)
    shaped = [e.span("name") for e in entries if bears(e["name"], WORD, words, names)]
    known = (words.get(e["name"], 99.0) < 99.0 for e in entries if e.span("name") in shaped)
    certain = max(found, sum(not word for word in known))
    if len(spans) < LEAST or len(shaped) < SHARE * len(spans) or certain < CERTAIN:
        return
    for span in shaped:
        if free(*span):
            yield Hit(Entity.PERSON, *span, FAIR, "名册中与其他姓名并列")
