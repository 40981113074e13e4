"""Japanese names in Han (桥本龙太郎), where something beside them says that it is a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN, Evidence, weigh
from detectors.names.foreign_sounds import parts
from detectors.text.vocabulary import UNKNOWN_CHARACTER, Words, backward, forward
from review.finding import Entity

PRIOR, SURNAME = 4.0, 6.5
"""Cost of beginning such a name and of its surname, in nats."""
USUAL, OTHER = 4.5, 7.0
"""Cost of a character of the given name, the last one if given names end so."""
WITHOUT = 2.0
"""Cost of standing without a given name."""
NEEDED = 2.0
"""How much such a name must be ahead of the plain reading, evidence included."""
NATIONAL = 8.0
"""What a nationality right behind says, in nats."""
LONGEST_GIVEN = 3
_JAPAN = re.compile("日本|日方|日籍|日资|东京|大阪")
_NATIONAL = re.compile(r"[ ]?[,，(（][ ]?(?:男[,，]|女[,，])?(?:国籍[:：])?日本")
_RUN = re.compile(rf"[{HAN}]*")
_HAN = re.compile(f"[{HAN}]")
_NEAR = 40


def japanese(text: str, words: Words) -> Iterator[Hit]:
    """Find Japanese names with a label, a title or a nationality, or near the word Japan."""
    reached = 0
    surnames = parts("japanese")
    for place in _likely().finditer(text):
        start = place.start()
        size = 3 if text[start : start + 3] in surnames else 2
        if start < reached or text[start : start + size] not in surnames:
            continue
        end, evidence = _end(text, start, start + size, words)
        if end:
            reached = end
            yield Hit(Entity.PERSON, start, end, FAIR, evidence.reason)


@cache
def _likely() -> re.Pattern[str]:
    """Find where two characters may begin a surname."""
    first, second = ("".join(sorted({s[at] for s in parts("japanese")})) for at in (0, 1))
    return re.compile(f"[{first}](?=[{second}])")


def _end(text: str, start: int, surname_end: int, words: Words) -> tuple[int, Evidence]:
    """Give where the name ends that begins with a surname, 0 if it is none, and its evidence."""
    run = _RUN.match(text, start, surname_end + LONGEST_GIVEN + 2)
    stretch = run.group() if run else ""
    weighed = {
        end: evidence
        for end in range(surname_end, min(surname_end + LONGEST_GIVEN, start + len(stretch)) + 1)
        if (evidence := _evidence(text, start, end, full=end > surname_end + 1)).score >= FAIR
    }
    if not weighed:
        return 0, Evidence(0.0)
    plain, rest = forward(stretch, words), backward(stretch, words)
    ahead = {
        end: plain[-1] - _price(text[surname_end:end]) - rest[end - start] + evidence.weight
        for end, evidence in weighed.items()
    }
    best = max(ahead, key=ahead.__getitem__)
    return (best if ahead[best] >= NEEDED else 0), weighed[best]


def _price(given: str) -> float:
    if not given:
        return PRIOR + SURNAME + WITHOUT
    last = USUAL if given[-1] in parts("japanese_last") else UNKNOWN_CHARACTER
    other = USUAL if given.endswith("郎") else OTHER
    return PRIOR + SURNAME + other * (len(given) - 1) + last


def _evidence(text: str, start: int, end: int, *, full: bool) -> Evidence:
    """Weigh what stands beside the name; a Han right before it must itself hand over to one.

    A surname that stands alone or with one character may be the beginning of a Han name.
    """
    if _NATIONAL.match(text, end):
        return Evidence(NATIONAL, FAIR, "其后写明国籍")
    near = _JAPAN.search(text, max(0, start - _NEAR), end + _NEAR)
    if not (full or near):
        return Evidence(0.0)
    evidence = weigh(text, start, end)
    first = max(0, start - _NEAR)
    if start and _HAN.match(text, start - 1):
        before = weigh(text[first:end], start - first, end - first)
        evidence = evidence if before.score >= FAIR else Evidence(0.0)
    if evidence.score < FAIR and full and near:
        return Evidence(evidence.weight, FAIR, "日本姓名用字")
    return evidence
