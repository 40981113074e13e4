"""Lists of people told by what goes on: their number, or the calling that they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detectors.base import Hit
from detectors.names.doubt import parted
from detectors.names.evidence import FAIR, HAN
from detectors.names.lists import KIN_COUNTED, NEVER_GIVEN, WORD, WORD_AMONG_NAMES, fits
from detectors.text.vocabulary import NameStatistics, Words
from review.finding import Entity

_SURE = 2
_SHARE = 0.75
"""The share of them that must begin with surnames where common words are to be names."""
_WIDEST = 3
_MEMBER = re.compile("[^、和与及]{2,3}")
_AS_MANY = re.compile(
    rf"、(?<=[{HAN}]{{2}}、)(?P<rest>[{HAN}]{{2,3}}?(?:、[{HAN}]{{2,3}}?){{0,8}})"
    rf"(?P<count>[两二三四五六七八九十]|[0-9]{{1,2}})(?:{KIN_COUNTED}|(?P<house>户)|[人名位])"
    r"(?![^，,。；;\n]{0,8}(?:企业|公司|单位|商|厂|店|银行))(?P<harm>[死伤亡遇失溺遭受]?)"
)
_NEEDED = re.compile(r"(?:[设需缺][置立有要少]?|配[备有齐]|招[聘录收]|岗位)[了有为:：]?\Z")
"""Whoever is needed or sought is no person yet: what is listed so are callings."""
_PLACES = frozenset("村庄屯寨镇乡组街路区县市队社")
_GIVEN_POST = re.compile(
    # It begins with a set of letters, so that the search skips quickly what has none of them.
    r"[聘录雇选推任](?:(?<=聘)[用任请]|(?<=[录雇])用|(?<=[选推])[举选]|(?<=任)命)"
    rf"(?P<list>[{HAN}]{{2,3}}"
    rf"(?:[、和与及][{HAN}]{{2,3}}?){{0,9}}?)(?:[两二三四五六七八九十0-9]{{0,2}}[人名位])?"
    rf"为(?:[{HAN}]{{0,12}}[员长师工手]|[{HAN}]{{2,8}}代表)(?![{HAN}])"
)


def counted(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Yield the members of a list that counts as many people as it has (任盈盈、岳灵、仪琳三户).

    Two of them must begin with surnames, and none may be a word. Common words
    are names as well where households or casualties are counted and most begin with surnames.
    """
    for match in _AS_MANY.finditer(text):
        others = [item.span() for item in _MEMBER.finditer(text, *match.span("rest"))]
        if len(others) + 1 != _number(match["count"]):
            continue
        first = _first(text, match.start(), words, names)
        if first is None:
            continue
        items = [first, *others]
        told = [text[start:end] for start, end in items]
        named = sum(fits(name, names) for name in told)
        sure = named > _SURE and named >= _SHARE * len(told)
        persons = sure and (match["house"] or match["harm"])
        if named >= _SURE and _are_names(told, words, WORD_AMONG_NAMES if persons else WORD):
            for start, end in items:
                yield Hit(Entity.PERSON, start, end, FAIR, "与其他姓名并列，人数相符")


def given_posts(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Yield who is hired or elected to be something (聘用平安、向阳为保洁员)."""
    for match in _GIVEN_POST.finditer(text):
        spans = [item.span() for item in _MEMBER.finditer(text, *match.span("list"))]
        told = [text[start:end] for start, end in spans]
        if all(fits(name, names) for name in told) and _are_names(told, words, WORD_AMONG_NAMES):
            for start, end in spans:
                yield Hit(Entity.PERSON, start, end, FAIR, "其后写明聘任、选举为何职")


def _first(text: str, end: int, words: Words, names: NameStatistics) -> tuple[int, int] | None:
    """Find the first member, which ends at ``end``: a whole one, or one behind a verb."""
    start = end
    while start > 0 and end - start <= _WIDEST and "\u3400" <= text[start - 1] <= "\u9fff":
        start -= 1
    if end - start <= _WIDEST:
        return None if text[start - 1 : start] == "、" else (start, end)
    for size in (3, 2):
        at = end - size
        if _NEEDED.search(text, max(0, at - 4), at):
            return None
        if (size == 2 or fits(text[at:end], names)) and parted(text, at, end, words):
            return at, end
    return None


def _are_names(told: Sequence[str], words: Words, least: float) -> bool:
    """Say whether none is a word that costs less than ``least``, and few end like places."""
    places = sum(name[-1] in _PLACES for name in told)
    return 2 * places < len(told) and not any(
        words.get(name, least) < least or not NEVER_GIVEN.isdisjoint(name) for name in told
    )


def _number(count: str) -> int:
    return (
        int(count) if count.isdigit() else "零一二三四五六七八九十".find(count.replace("两", "二"))
    )
