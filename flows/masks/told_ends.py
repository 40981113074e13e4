"""Numbers that a draft tells by their ends: 身份证前六位350583、后四位1237."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.masks.masked_numbers import CARDS, HIDDEN, IDENTITY, MOBILE, Shown

_PLACES = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})位"
_SAYS = r"(?:数字?|号码)?[为是:： ]{0,3}"
_ENDS = re.compile(
    rf"(?:前{_PLACES}{_SAYS}(?P<head>\d{{3,17}})|(?P<begins>\d{{3,9}})(?:开头|打头))[^0-9。；;\n]{{0,15}}?"
    rf"(?:[后末尾]{_PLACES}|尾号){_SAYS}(?P<tail>\d{{2,8}}[Xx]?)(?![0-9])"
)
_LENGTHS = (
    (re.compile(r"身份证|公民身份|身份号码|证件号"), IDENTITY),
    (re.compile(r"手机|电话|联系方式"), MOBILE),
    (re.compile(r"卡号|银行卡|[账帐][号户]"), max(CARDS)),
)
_REACH = 15


def told_ends(text: str) -> Iterator[tuple[int, int, Shown]]:
    """Yield (start, end, what is shown) of numbers told by both ends; linear."""
    for match in _ENDS.finditer(text):
        around = text[max(0, match.start() - _REACH) : match.start()]
        for label, length in _LENGTHS:
            if label.search(around):
                yield *match.span(), _shown(match["head"] or match["begins"], match["tail"], length)
                break


def _shown(head: str, tail: str, length: int) -> Shown:
    """Lay the ends over a number of this length; where they overlap, the head counts."""
    rest = max(length - len(head), 0)
    tail = tail[-rest:] if rest else ""
    return Shown((head[:length] + HIDDEN * (rest - len(tail)) + tail).upper())
