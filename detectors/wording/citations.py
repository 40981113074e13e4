"""Documents that are cited twice and not the same way: one title under two numbers, or the reverse.

Two printed editions of one notice of 2018 really cite 国办发〔2018〕26号 and 23号.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from detectors.text.lines import lines_with

_S = r"[ \t]?"
_YEAR = rf"[〔\[［(（]{_S}(?:19|20)\d{{2}}{_S}[〕\]］)）Jj]"
_NUMBER = rf"[\u4e00-\u9fff]{{1,12}}{_YEAR}{_S}第?{_S}\d{{1,5}}{_S}号"
_TITLE = r"《(?P<title>[^《》\n]{4,80})》"
# 《…》（国办发〔2018〕26号）, 《…》（以下简称《要点》，国办发〔2018〕26号）, or bare.
_TITLE_FIRST = re.compile(
    rf"{_TITLE}{_S}(?:[(（]{_S}(?:[^()（）\n〔\[［]{{0,20}}[,，、;；])?{_S}|(?![和及与]))"
    rf"(?P<number>{_NUMBER})"
)
# 国办发〔2018〕26号《…》, not where the number belongs to the title before it.
_NUMBER_FIRST = re.compile(rf"(?<![(（》\u4e00-\u9fff])(?P<number>{_NUMBER}){_S}{_TITLE}")
_LEADS = re.compile("^.*(?:根据|按照|依据|依照|遵照|贯彻|落实|执行|参照|印发|转发|以及)")
"""What runs into the agency of a number that stands without brackets."""
_ISSUED = re.compile("^.{0,30}?关于(?:印发|转发|公布|发布)?|通知$")


def contradictions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield every citation of which the text gives another number, or another title.

    A notice and the paper it issues are one document where one agency numbered both.
    """
    if "》" not in text:
        return
    numbers: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    titles: defaultdict[str, set[str]] = defaultdict(set)
    found = [(m, _title(m["title"]), _number(m["number"])) for m in _citations(text)]
    for _, title, number in found:
        for key in _keys(title, number):
            numbers[key].add("".join(number))
        titles["".join(number)].add(title)
    for match, title, number in found:
        if any(len(numbers[key]) > 1 for key in _keys(title, number)):
            yield *match.span("number"), "同一标题的文件在文中引用了不同的文号"
        if _differ(titles["".join(number)]):
            yield *match.span("title"), "同一文号的文件在文中引用了不同的标题"


def _citations(text: str) -> Iterator[re.Match[str]]:
    yield from _TITLE_FIRST.finditer(text)
    for start, end in lines_with(text, "号《"):
        yield from _NUMBER_FIRST.finditer(text, start, end)


def _keys(title: str, number: tuple[str, str]) -> Iterator[tuple[str, ...]]:
    yield (title,)
    yield _ISSUED.sub("", title), number[0]


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _title(text: str) -> str:
    return re.sub("的", "", _fold(text))


def _number(text: str) -> tuple[str, str]:
    """Give agency and year with serial; what may be written differently is folded away."""
    agency, year, serial = re.split(r"[〔\[(]((?:19|20)\d{2})[〕\])Jj]", _fold(text))
    return _LEADS.sub("", agency), f"{year}-{int(re.sub('[^0-9]', '', serial))}"


def _differ(titles: set[str]) -> bool:
    """Say whether one title is no part of another: a shortened title contradicts nothing."""
    longest = max(titles, key=len)
    return any(title not in longest for title in titles)
