"""Where a name begins and ends among other letters: of two readings the longer one, if close.

Half a name that stays readable leaks him; a letter too many is seldom missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from detectors.names.demands import JOINING
from detectors.names.evidence import is_han, who_before
from detectors.names.neighbours import AGAINST, Candidate
from detectors.names.places import COUNTED, is_settled
from detectors.text.vocabulary import Words, cues, name_statistics

CLOSE = 1.6
"""How far, in nats, a longer name may be behind a shorter one and is taken yet."""
EVEN = 0.3
"""The same where its last letter makes a word with the next one (黎守成为)."""
CLOSE_TO_HOUSE = 5.0
"""The same where 家 ends it: of a household no sense is lost with the letter (许兴家每月领取)."""
HARDLY_A_WORD = 8.5
"""Cost of a letter, in nats, from which on it seldom stands as a word."""
_DONE_FOR_HIM = re.compile(
    "代(?:[领办签缴收交](?![取理到过了订纳公事案])|为[领办签缴收交保申])|[缺弃]考"
)
"""What is done in the stead of another, or left undone; its first letter ends no long name."""
_MASKS = frozenset("某*＊×")
_BEFORE_A_FIRM = frozenset(
    "在到于与和及对向给为由是系被从将把所该本其他她的称说找去入进离任管开办建等同跟代至某两我此贵让请告诉欠各一家辞以经"
)
"""What of one letter goes between a person and 公司; others belong to what the firm is called."""
_SHORT = 2
_NUMERALS = frozenset("一二两三四五六七八九十")
_COUNTS = re.compile(rf"[二两三四五六七八九十][余几多]?{COUNTED}")
"""Counts what goes before (李文三人): no name of three letters ends there. 守一 is often given."""


def cut_short(text: str, start: int, end: int) -> bool:
    """Say whether what follows shows it is masked or no name (张某, 安男1, 益阳康达公司)."""
    after = text[end : end + 1]
    if text.startswith("公司", end + 1) and is_han(after) and after not in _BEFORE_A_FIRM:
        return True
    if text[end - 1 : end + 1] in cues("joined"):
        return True
    if end - start > _SHORT and _DONE_FOR_HIM.match(text, end - 1):
        return True
    if not _NUMERALS.isdisjoint(text[end - 2 : end + 1]) and _is_counted(text, start, end):
        return True
    return after in _MASKS or (text[end - 1] in "男女" and after.isdigit())


def _is_counted(text: str, start: int, end: int) -> bool:
    """Say whether a count goes over the end of what may be a name, or stands behind a village."""
    if is_settled(text, end):
        return True
    counts = any(_COUNTS.match(text, at) for at in (end - 1, end - 2))
    return end - start > _SHORT and (counts or is_settled(text, end - 1))


def whole(text: str, candidates: Sequence[Candidate], words: Words) -> Iterator[Candidate]:
    """Yield the best of a run, each with a further letter where that is hard to tell.

    Of ``candidates`` that begin alike the longer ones come later.
    """
    chosen = _best(candidates)
    longest = {candidate.start: candidate for candidate in candidates}
    begins = {candidate.start for candidate in chosen}
    for best in chosen:
        longer = longest[best.start]
        kept = longer is best or best.evidence.weight <= AGAINST or longer.end - 1 in begins
        one = best if kept or _goes_on(text, longer, best.total, words) else longer
        yield _of_two_surnames(text, one, longest, words)


def _of_two_surnames(
    text: str, name: Candidate, longest: Mapping[int, Candidate], words: Words
) -> Candidate:
    """Give the name with the surname of her husband before it (周梁淑怡), where one may be so.

    Both readings of such a name are names by themselves, 周梁淑 and 梁淑怡.
    """
    inner = longest.get(name.start + 1)
    if inner and inner.end == name.end + 1 and inner.total + CLOSE > name.total:
        name, start = inner, name.start
    else:
        start = name.start - 1
    if start < 0 or name.end - name.start <= _SHORT or not _is_surname(text[start], words):
        return name
    if not _is_surname(text[start + 1], words) or not (
        not is_han(text[start - 1 : start]) or who_before(text, start)
    ):
        return name
    return replace(name, start=start)


def _is_surname(letter: str, words: Words) -> bool:
    """Say whether a letter is a surname and hardly a word (not 任, 高, 于)."""
    return letter in name_statistics().common and words.get(letter, HARDLY_A_WORD) >= HARDLY_A_WORD


def _goes_on(text: str, longer: Candidate, total: float, words: Words) -> bool:
    """Say whether the last letter of a longer name rather belongs to what follows."""
    last = text[longer.end - 1]
    if last == "家":
        return longer.total + CLOSE_TO_HOUSE < total
    joined = last in JOINING or words.get(text[longer.end - 1 : longer.end + 1], 0.0) > 0
    return longer.total + (EVEN if joined else CLOSE) < total


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the strongest of overlapping candidates, in order of place."""
    chosen: list[Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.rank, c.start)):
        ground = range(candidate.start, candidate.end)
        if taken.isdisjoint(ground):
            taken.update(ground)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)
