"""Days that contradict the calendar, each other or the day on which the document was made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from review.document import BlockKind, Document
from review.heading import made_on

_S = r"[ \t]?"
_DAY = re.compile(rf"((?:19|20)\d{{2}}){_S}年{_S}(\d{{1,2}}){_S}月{_S}(\d{{1,2}}){_S}日")
_WEEKDAY = re.compile(rf"{_S}[(（,，]?{_S}(?:星期|周)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_UNTIL = re.compile(rf"{_S}(?:[(（][^()（）\n]{{1,6}}[)）])?{_S}(?:起)?[至到—\-~～]{{1,2}}{_S}$")
_ASKED = re.compile(r"(?:请|须|应|务必|限)[^。；;\n]{0,12}$")
_BEFORE = re.compile(
    rf"{_S}(?:[(（][^()（）\n]{{1,6}}[)）])?{_S}[^，,。；;\n]{{0,6}}?(?:之前|以前|前)"
)
_OWN = re.compile(
    r"[ \t]*(?P<number>[\u4e00-\u9fff]{2,12}[ \t]?[〔\[［(（][^〔\[［(（\n]{4,20}号)"
    r"[ \t]*(?:签发人.*)?"
)
_HEAD_BLOCKS = 40
_SHORT = 80
_FAR = 24

Remark = tuple[int, int, str]


def date_contradictions(document: Document) -> Iterator[Remark]:
    """Yield days that no calendar has and what cannot be true of two days or of a weekday."""
    text = document.text
    days: list[tuple[re.Match[str], date]] = []
    for match in _DAY.finditer(text):
        if day := _day(match):
            days.append((match, day))
        else:
            yield *match.span(), "日历上没有这一天"
    for match, day in days:
        if (named := _WEEKDAY.match(text, match.end())) and not _falls_on(day, named[1]):
            yield match.start(), named.end(), "日期与星期对不上"
    for (begin, first), (end, last) in pairwise(days):
        gap = end.start() - begin.end()
        if last < first and gap < _FAR and _UNTIL.fullmatch(text, begin.end(), end.start()):
            yield *end.span(), "截止的日期早于开始的日期"
    yield from _deadlines(document, days)


def _deadlines(document: Document, days: Iterable[tuple[re.Match[str], date]]) -> Iterator[Remark]:
    text = document.text
    asked = [
        (match, day)
        for match, day in days
        if _ASKED.search(text[max(0, match.start() - 16) : match.start()])
        and _BEFORE.match(text, match.end())
    ]
    made = day_made(document) if asked else None
    for match, day in asked:
        if made and day < made:
            yield *match.span(), "要求完成的日期早于成文日期"


def year_contradictions(document: Document, serials: Sequence[re.Match[str]]) -> Iterator[Remark]:
    """Yield document numbers of a later year than the document, and its own of another year.

    ``serials`` are the matches of 〔2018〕26号 in the text, the year as group ``year``.
    """
    made = day_made(document) if serials else None
    if made is None:
        return
    own = _own_number(document)
    for match in serials:
        year = int(match["year"])
        if year > made.year:
            yield *match.span(), "文号的年份晚于成文日期的年份"
        elif match.start() <= own < match.end() and year != made.year:
            yield *match.span(), "本件文号的年份与成文日期的年份不一致"


def _own_number(document: Document) -> int:
    """Find the last character of the document's own number, alone at the head; -1 if nowhere."""
    for index, block in enumerate(document.blocks[:_HEAD_BLOCKS]):
        if len(block.text) < _SHORT and (found := _OWN.fullmatch(block.text)):
            return document.starts[index] + found.end("number") - 1
    return -1


def day_made(document: Document) -> date | None:
    """Read the day on which a document was made from its short lines alone, which is quick."""
    lines = tuple(
        block
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
        and len(block.text) < _SHORT
        and ("年" in block.text or block.text.lstrip()[:1] in "附抄")
    )
    return made_on(Document(document.format, lines))


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _falls_on(day: date, weekday: str) -> bool:
    return _WEEKDAYS[day.weekday()] == weekday.replace("天", "日")
