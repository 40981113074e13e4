"""The same name again: what has been found once is looked for in the whole document."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator

from detectors.base import Hit
from detectors.names.bodies import is_village
from detectors.names.closing import acts, begins, stops
from detectors.names.evidence import BARE, FAIR, HAN, names_place, of_kin, weigh
from detectors.text.normalise import without
from detectors.text.occurrences import apart
from detectors.text.vocabulary import NameStatistics, Words, backward, forward
from review.finding import Entity

RECALL_MARGIN = -3.0
"""A bare occurrence of an evidenced name may lose this much against the plain reading."""
RECALL_WORD = 2.0
"""What a name that is an ordinary word as well (高峰) must be ahead to be recalled."""
RECALL_SUBJECT = -9.0
"""The same where a clause begins with it, or 对, 向 … stands before it, and it ends for certain."""
USUAL_WORD = 10.0
"""Words that cost less are too usual for that."""
RARE_WORD = 14.5
"""Words that cost more are too rare to count as ordinary."""
CALL_MARGIN = 3.0
"""What a given name without its surname must be ahead to be recalled."""
CALLED = 0.68
"""The score of such a one."""
FOREIGN_NAME = 20.0
"""Cost of a name without a known surname."""

# 方圆户2026年6月山洪倒房; 评选平安户、文明户 means nobody.
_HOUSEHOLD = re.compile("户(?:[0-9]{4}年|[因于现系共]|家庭)")
_NOT = re.compile("(?:尚|均|并|也)?[未没]")
_INNER_SPACE = re.compile(rf"(?<=[{HAN}])[ \u3000]{{1,4}}(?=[{HAN}])")
_SPACE_BESIDE_HAN = re.compile(rf"\s+(?=[{HAN}])|(?<=[{HAN}])\s+")
"""Between the words of a name in Latin letters the spaces belong to it (Linda Zhao)."""
_WITHIN_WORD = re.compile("(?<=[A-Za-z0-9])(?=[A-Za-z0-9])")


def evident(text: str, hit: Hit) -> str:
    """Give the name of a hit if it is to be looked for elsewhere, empty if not.

    A full name of three characters is no chance reading; a shorter one needs evidence. To hide a
    name in one place and to leave it in another hides nothing.
    """
    name = text[hit.start : hit.end]
    written = len(re.sub(r"\s", "", name))
    return name if hit.score >= FAIR or (written > 2 and hit.score >= BARE) else ""


def cuts(text: str, hit: Hit, known: Collection[str]) -> bool:
    """Say whether a hit without evidence cuts into a name that is ``known`` (占巧兰|逢人)."""
    if hit.score > BARE:
        return False
    places = (
        (start, start + size)
        for size in (2, 3, 4)
        for start in range(max(0, hit.start - size + 1), hit.end)
        if (start, start + size) != (hit.start, hit.end)
    )
    return any(
        text[start:end] in known and not hit.start <= start <= end <= hit.end
        for start, end in places
    )


def recall(
    text: str,
    found: Collection[str],
    words: Words,
    names: NameStatistics,
    free: Callable[[int, int], bool] = lambda start, end: True,
) -> Iterator[Hit]:
    """Find bare occurrences of the names ``found`` elsewhere, written as a whole or spaced.

    Linear in the text, whatever the number of names; only ground that is ``free`` is looked at.
    A name that is also a word (高峰) is not recalled where the plain reading is clearly better.
    """
    whole = {n for n in (_SPACE_BESIDE_HAN.sub("", name) for name in found) if len(n) > 1}
    if not whole:
        return
    # 于文家 may be a name or the house of 于文.
    whole |= {name[:-1] for name in whole if len(name) > 2 and name.endswith("家")}
    called = {given for name in whole if (given := _called(name, words, names))}
    close = without(text, _INNER_SPACE)
    squeezed = close.text
    for start, end in apart(whole | called, squeezed):
        place = close.original(start, end)
        if not free(*place) or any(_WITHIN_WORD.match(squeezed, at) for at in (start, end)):
            continue
        if squeezed.startswith("村", end) and is_village(squeezed, squeezed[start : end + 1]):
            continue
        name = squeezed[start:end]
        if name not in whole and _bears_call(squeezed, start, end, words, names):
            reason = "文中某人的名，未带姓"
            yield Hit(Entity.PERSON, *place, CALLED, reason)
        elif name in whole and _bears_recall(squeezed, start, end, words, names):
            reason = "同一姓名在文中另有依据"
            yield Hit(Entity.PERSON, *place, 0.75, reason)


def _called(name: str, words: Words, names: NameStatistics) -> str:
    """Give the given name by which somebody may be called, empty where it is a word as well."""
    surname, given = names.split(name)
    usable = len(given) == 2 and surname and words.get(given, math.inf) == math.inf
    return given if usable else ""


def _bears_call(text: str, start: int, end: int, words: Words, names: NameStatistics) -> bool:
    """Say whether a given name stands bare: no surname before it, no place after it."""
    if text[start - 1 : start] in names.common or names_place(text, end):
        return False
    left, right = max(0, start - 5), end + 5
    window = text[left:right]
    plain, rest = forward(window, words), backward(window, words)
    cost = names.given_cost(text[start:end])
    return plain[-1] - (plain[start - left] + cost + rest[end - left]) > CALL_MARGIN


def _bears_recall(text: str, start: int, end: int, words: Words, names: NameStatistics) -> bool:
    if begins(text, start) and _HOUSEHOLD.match(text, end):
        return True
    left, right = max(0, start - 5), end + 5
    window = text[left:right]
    plain, rest = forward(window, words), backward(window, words)
    surname, given = names.split(text[start:end])
    cost = names.cost(surname, given) if surname else FOREIGN_NAME
    margin = plain[-1] - (plain[start - left] + cost + rest[end - left])
    word = words.get(text[start:end], math.inf)
    needed = RECALL_WORD if word < RARE_WORD else RECALL_MARGIN
    ends = acts(text, end) or stops(text, end) or _NOT.match(text, end)
    if word >= USUAL_WORD and (of_kin(text, end) or (begins(text, start) and ends)):
        needed = RECALL_SUBJECT
    return margin + weigh(text, start, end).weight > needed
