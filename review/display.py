"""公示期: how long a list hangs out, as the document itself announces it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from review.dates import DAY, read_day, read_figure
from review.document import Document
from review.heading import lines_of, title_of
from review.policy import Category

_LEAD = r"公示(?:期限|期|时间|日期)?[为是:,从自于]*"
_RANGE = re.compile(
    rf"{_LEAD}(?P<start>{DAY})起?[至到—~-]+(?P<end>{DAY}|(?:\d{{1,2}}月)?\d{{1,2}}日)"
)
_LENGTH = re.compile(
    r"公示(?:期限|期|时间)?(?:自[^。;,\d]{2,12}起)?[共为期是:,]*"
    r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})个?(?P<unit>工作日|自然日|日历天|天|日)"
)
_IS_DISPLAY = re.compile("公示|公告|名单|名册")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DisplayPeriod:
    """Hold a period of display: from ``start`` to ``end``, both shown, or ``days`` from the first.

    ``working`` says that ``days`` are working days; of those the first day does not count.
    """

    start: date | None = None
    end: date | None = None
    days: int = 0
    working: bool = False


def display_period(document: Document, category: Category) -> DisplayPeriod | None:
    """Read the period that a display announces of itself.

    None in a document that is no display: there the words lay down rules for others.
    """
    if category.take_down_days is None and not _IS_DISPLAY.search(title_of(document)):
        return None
    for line in lines_of(document):
        if found := _RANGE.search(line):
            period = _range(found["start"], found["end"])
        elif found := _LENGTH.search(line):
            days, unit = read_figure(found["number"]), found["unit"]
            period = DisplayPeriod(days=days, working=unit == "工作日")
        else:
            continue
        if period.end or period.days:
            return period
    return None


def _range(first: str, last: str) -> DisplayPeriod:
    """Read ``2026年12月28日`` to ``1月4日``: year and month of the end may be left out."""
    start = read_day(first)
    if start is None:
        return DisplayPeriod()
    end = read_day(last) or read_day(f"{start.year}年{last}")
    end = end or read_day(f"{start.year}年{start.month}月{last}")
    if end and end < start:
        end = read_day(f"{start.year + 1}年{last}")
    return DisplayPeriod(start, end if end and end >= start else None)


def take_down_on(
    category: Category | None,
    period: DisplayPeriod | None,
    publish_on: date,
    add_workdays: Callable[[date, int], date],
) -> date | None:
    """Say on which day a publication comes down, None where it stays.

    A list comes down when the period it announces is over, and never later than its category
    permits: no longer than the purpose needs (个人信息保护法第六条).
    """
    days = category.take_down_days if category else None
    limit = publish_on + timedelta(days=days) if days else None
    if period is None:
        return limit
    own = _own_end(period, publish_on, add_workdays)
    if own <= publish_on:  # over before it began: the announcement is wrong, told to a person
        return limit
    return min(limit, own) if limit else own


def _own_end(
    period: DisplayPeriod, publish_on: date, add_workdays: Callable[[date, int], date]
) -> date:
    """Give the day after a period's last; plain days count as those of a category do."""
    if period.end:
        return period.end + _DAY
    if period.working:
        return add_workdays(publish_on, period.days) + _DAY
    return publish_on + timedelta(days=period.days)
