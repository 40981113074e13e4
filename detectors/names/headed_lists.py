"""Lists of nothing but names behind a head that says whom they list (护林员：山峰、林森、丛林)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN
from detectors.names.lists import WORD_AMONG_NAMES, fits
from detectors.text.vocabulary import NameStatistics, Words
from review.finding import Entity

_LEAST = 3
"""How many members make a list."""
_SHARE = 0.75
"""The share of them that must begin with surnames."""
_REACH = 24
_MEMBER = rf"[{HAN}]{{2,3}}(?:[(（][^()（）\n]{{1,20}}[)）])?"
_HEAD = re.compile(
    r"(?:[0-9一二三四五六七八九十][)）]?班|(?<![企城产商药项品目位业市地区构院校])名单"
    r"|人员|[农住]户|[道洁林水网格导信河路保安]员|学生|同学|幼儿"
    rf"|以下(?:[农住]户|村民|居民|业主|人员|学生)[{HAN}]{{1,12}})(?:名单|如下|为|有|包括|分别为)?\Z"
)
_LIST = re.compile(
    rf"[:：](?P<list>{_MEMBER}(?:、{_MEMBER}){{{_LEAST - 1},60}})(?=[。；;\n]|等|\Z)"
)
_NAME = re.compile(rf"(?:\A|、)(?P<name>[{HAN}]{{2,3}})")
_CALLED = re.compile("[人员者长师民户兵工生客方众部属童]\\Z")


def headed_lists(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Yield the members of such lists in which most begin with surnames and none is a calling."""
    for match in _LIST.finditer(text):
        if not _HEAD.search(text, max(0, match.start() - _REACH), match.start()):
            continue
        first = match.start("list")
        spans = [one.span("name") for one in _NAME.finditer(match["list"])]
        told = [match["list"][start:end] for start, end in spans]
        named = sum(fits(name, names) for name in told)
        if named < _SHARE * len(told) or any(_is_other(name, words) for name in told):
            continue
        for start, end in spans:
            yield Hit(Entity.PERSON, first + start, first + end, FAIR, "名单中与其他姓名并列")


def _is_other(name: str, words: Words) -> bool:
    """Say whether it is a word too common for a name, or what people are called for."""
    cost = words.get(name, 99.0)
    return cost < WORD_AMONG_NAMES or (cost < 99.0 and _CALLED.search(name) is not None)
