"""Who is a minor: told by the person's own birth, age or designation, never by what is near."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum, auto

from detectors import dates
from detectors.normalise import normalise
from detectors.numerals import digits_of, to_ascii
from review.document import Block, Document, Span
from review.finding import Entity, Finding

ADULT = 18
"""Years; 未成年人保护法 2."""
BIRTHS = frozenset({Entity.CN_ID_CARD, Entity.BIRTH_DATE})
"""What states when somebody was born."""
FIRST_REVIEW = date(2026, 1, 1)
"""No draft was reviewed before this day: the day of a document that bears no date of its own."""


class Sign(Enum):
    """Say what speaks for or against minority."""

    BORN_MINOR = auto()
    BORN_ADULT = auto()
    CALLED_MINOR = auto()
    PUPIL = auto()
    """A pupil, an orphan: likely a minor, unless a birth says otherwise."""


def decide(signs: Iterable[Sign]) -> bool:
    """Weigh the signs of one person: his own birth and the word 未成年 come before the rest."""
    given = set(signs)
    if given & {Sign.BORN_MINOR, Sign.CALLED_MINOR}:
        return True
    return Sign.PUPIL in given and Sign.BORN_ADULT not in given


_UNDER = r"(?:不满|未满)(?:十四|十六|十八|14|16|18)周?岁"
_MINOR = rf"(?:未成年|{_UNDER})"
_PUPIL = (
    "(?:小学生|初中生|高中生|在校中学生|同班同学|幼儿|婴儿|婴幼儿|新生儿|留守儿童|困境儿童|儿童|孤儿"
    "|女童|男童)"
)
_BEFORE = re.compile(
    rf"(?P<minor>未成年人?(?:当事人|学生|子女|儿子|女儿|被害人|受害人|犯罪嫌疑人|嫌疑人|被告人|罪犯)?"
    rf"|{_UNDER}的?[^的,，。;；、\s]{{0,12}})"
    rf"[ :：]{{0,2}}\Z|(?P<pupil>{_PUPIL}|(?<![大科究业留害])学生)[ :：]{{0,2}}\Z"
)
_GRADE = r"(?:[一二三四五六七八九1-9]年级|[初高][一二三]|[大中小托][一二三四1-4]?班)"
_SCHOOL = rf"(?:(?:小学|初中|中学|高中|幼儿园|托儿所|幼托)|{_GRADE})"
_SCHOOL_BEFORE = re.compile(
    rf"{_SCHOOL}[^,，。;；、的家师]{{0,10}}?"
    r"(?:学生|幼儿|小朋友|同学|女生|男生|班|年级)[ :：]{0,2}\Z"
)
_SCHOOL_AFTER = re.compile(
    rf"(?:[ ]?[,，(（][ ]?[男女](?=[,，]))?[ ]?(?:[,，(（]|系|是|为){{0,2}}"
    rf"(?:系|是|为|就读于|在读于|现就读|在)?"
    rf"[^,，。;；、()（）向对给与教师任家]{{0,12}}?{_SCHOOL}[^,，。;；、()（）教师任家]{{0,8}}?"
    r"(?:学生|幼儿|在读|就读|上学|年级|班)(?=[,，。;；)）、\s]|\Z)"
)
_COPULA = "(?:当时|案发时|事发时|其)?(?:系|是|为|属|属于|均系|均为|均属|尚|仍|还是|尚属)"
_AFTER = re.compile(
    r"(?:[ ]?[,，(（][^,，。;；()（）\d]{0,8}){0,2}?[ ]?[,，(（]?"
    rf"(?:{_COPULA}[^,，。;；向对给与]{{0,8}}?)?"
    rf"(?:(?P<minor>{_MINOR})|(?P<pupil>{_PUPIL}))(?:的)?(?:人|学生|儿童|少年|居民)?(?=[,，。;；)）、\s]|\Z)"
)
_AGE = re.compile(
    r"(?:[(（][^()（）\d]{0,8}[)）])?"
    r"(?:[,，、(（ ]{0,2}[^,，、(（)）。;；\d向对将把带与和及等给有称说]{0,8}){0,3}?"
    r"[,，、(（ ]{0,2}(?:现年|时年|年仅|今年|年龄|年)?[:：]?[ ]?(?P<age>\d{1,3})[ ]?周?岁(?!的)"
)
_AGE_BEFORE = re.compile(r"(?<![\d满])(?P<age>\d{1,2})[ ]?周?岁的?[^的,，。;；、\s\d]{0,8}\Z")
_AGE_LABEL = re.compile(
    r"[ ,，、(（]{0,2}(?:[男女][ ,，、]{1,2})?年龄[ ]?[:：]?[ ]?(?P<age>\d{1,3})(?!\d)"
)
_AMONG = re.compile(
    rf"等?[^,，。;；]{{0,5}}?[名位个](?:[^,，。;；]{{0,4}})(?:(?P<minor>{_MINOR})|(?P<pupil>{_PUPIL}|(?<!大)学生))"
)
_STATUS_CELL = re.compile(
    rf"[^向对给,，。]{{0,4}}(?:(?P<minor>{_MINOR})|(?P<pupil>{_PUPIL}))[^,，。]{{0,4}}"
)
_STATUS_WORD = re.compile("[未不生幼婴嬰童孤同]")
LONGEST_STATUS = 12
"""Characters of a cell that may hold a status or an age."""


def called(left: str, right: str) -> Iterator[Sign]:
    """Read the designation right before a name and the one that is stated of it right after.

    ``left`` ends with the name's beginning, ``right`` begins with its end; both stop at the next
    person and at the end of the sentence. 向未成年人出售 says nothing about the seller.
    """
    for found in (_BEFORE.search(left), _AFTER.match(right)):
        if found:
            yield Sign.CALLED_MINOR if found["minor"] else Sign.PUPIL
    if _SCHOOL_BEFORE.search(left) or _SCHOOL_AFTER.match(right):
        yield Sign.PUPIL
    if age := _AGE.match(right) or _AGE_LABEL.match(right) or _AGE_BEFORE.search(left):
        yield from by_age(age["age"])


def called_together(left: str, right: str) -> Iterator[Sign]:
    """Read the designation before or after a bare list of names; ages are one person's only."""
    if found := _BEFORE.search(left):
        yield Sign.CALLED_MINOR if found["minor"] else Sign.PUPIL
    if _SCHOOL_BEFORE.search(left):
        yield Sign.PUPIL
    if found := _AMONG.match(right):
        yield Sign.CALLED_MINOR if found["minor"] else Sign.PUPIL


def by_age(number: str) -> Iterator[Sign]:
    """Read a stated age in years."""
    yield Sign.BORN_MINOR if int(number) < ADULT else Sign.BORN_ADULT


def by_status(cell: str) -> Iterator[Sign]:
    """Read a cell that holds a status (孤儿, 未成年); a sentence in a cell is none."""
    plain = cell.strip()
    if len(plain) > LONGEST_STATUS or not _STATUS_WORD.search(plain):
        return
    if found := _STATUS_CELL.fullmatch(normalise(plain).text):
        yield Sign.CALLED_MINOR if found["minor"] else Sign.PUPIL


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
    r"(?<![\d至到])(?P<year>\d{4})[ ]*[年./-][ ]*(?P<month>\d{1,2})[ ]*[月./-][ ]*(?P<day>\d{1,2})"
    r"(?!\d|[ ]*日?(?:前|以前|之前|止|为止))"
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
