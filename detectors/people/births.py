"""What a birthday or an identity number says of an age, on the day on which the document speaks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from detectors.people.minors import ADULT, Sign
from detectors.text import dates
from detectors.text.normalise import normalise
from detectors.text.numerals import digits_of, to_ascii
from review.document import Block, Document, Span
from review.finding import Entity, Finding

BIRTHS = frozenset({Entity.CN_ID_CARD, Entity.BIRTH_DATE})
"""What states when somebody was born."""
FIRST_REVIEW = date(2026, 1, 1)
"""No draft was reviewed before this day: the day of a document that bears no date of its own."""


def by_birth(born: date, today: date) -> Iterator[Sign]:
    """Judge a birthday on the document's day; one that lies after it says nothing."""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if years >= 0:
        yield Sign.BORN_MINOR if years < ADULT else Sign.BORN_ADULT


def by_finding(document: Document, finding: Finding, today: date) -> tuple[Sign, ...]:
    """Read what an identity number or a date of birth says on the document's day."""
    if finding.entity not in BIRTHS:
        return ()
    born = birth(document, finding)
    return () if born is None else tuple(by_birth(born, today))


_MONTH = re.compile(r"(?P<year>\d{4})\D{1,3}(?P<month>\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?P<year>\d{4}|\d{2})[ ]?年")
_CENTURY = 30
_OLD_NUMBER = 15


def birth(document: Document, finding: Finding) -> date | None:
    """Read the birthday that an identity number or a date of birth states, None if it is none.

    Where the day or the month is not told, the last possible one counts: doubt protects.
    """
    if finding.entity is Entity.CN_ID_CARD:
        number = digits_of(document.value(finding.span))
        old = len(number) == _OLD_NUMBER
        return _day(f"19{number[6:12]}" if old else number[6:14])
    plain = to_ascii(normalise(document.value(finding.span)).text)
    if full := dates.compact(plain) or "":
        return _day(full)
    if month := _MONTH.search(plain):
        return _day(f"{month['year']}{int(month['month']):02}28")
    if year := _YEAR.search(plain):
        digits = year["year"]
        short = "20" if int(digits) <= _CENTURY else "19"
        return _day(f"{digits if len(digits) == 4 else short + digits}1231")
    return None


def _day(digits: str) -> date | None:
    if not (digits.isascii() and digits.isdigit() and len(digits) == 8):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


_DATE = re.compile(
    # It begins with a digit, so that the search skips quickly what is none.
    r"(?P<year>\d\d\d\d)(?<![\d至到]\d{4})[ ]*[年./-][ ]*(?P<month>\d{1,2})[ ]*[月./-][ ]*"
    r"(?P<day>\d{1,2})(?!\d|[ ]*日?(?:前|以前|之前|止|为止))"
)
_CLOSING = re.compile(
    rf"(?!.*(?:[至到]|有效期|截止))[^\d]{{0,20}}?(?P<date>{dates.DATE})[印发]{{0,2}}"
)
_NUMBERED = re.compile(r"[〔\[【(（][ ]?(?P<year>(?:19|20)\d{2})[ ]?[〕\]】)）J]")
_LONGEST_CLOSING = 80


def day_of(document: Document, births: Iterable[Span]) -> date:
    """Find the day on which the document speaks.

    That is the date that closes it (成文日期); else its latest date that is nobody's birthday and
    no deadline, or the first day of the year of its number.
    """
    taken = sorted(births)
    for index in range(len(document.blocks) - 1, -1, -1):
        if closing := _closing(document.blocks[index], document.starts[index], taken):
            return closing
    days = [date(int(number["year"]), 1, 1) for number in _NUMBERED.finditer(document.text)]
    for match in _DATE.finditer(document.text):
        day = _day(f"{match['year']}{int(match['month']):02}{int(match['day']):02}")
        if day and not _holds_birth(Span(*match.span()), taken):
            days.append(day)
    return max(days, default=FIRST_REVIEW)


def _closing(block: Block, start: int, births: Sequence[Span]) -> date | None:
    if block.cell is not None or not 6 <= len(block.text) <= _LONGEST_CLOSING:
        return None
    closing = _CLOSING.fullmatch(normalise(block.text).text.strip())
    if closing is None or _holds_birth(Span(start, start + len(block.text)), births):
        return None
    return _day(dates.compact(closing["date"]) or "")


def _holds_birth(span: Span, births: Sequence[Span]) -> bool:
    """Look among birthdays in order of place, in logarithmic time."""
    after = bisect_left(births, span.end, key=lambda birth: birth.start)
    return after > 0 and births[after - 1].end > span.start
