"""Who is a minor: told by the person's own birth, age or designation, never by what is near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from detectors.text.normalise import normalise
from detectors.text.telltales import needed

ADULT = 18
"""Years; 未成年人保护法 2."""


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
    "(?:中?小学生|初中生|高中生|在校中学生|同班同学|幼儿|婴儿|婴幼儿|新生儿|留守儿童|困境儿童|儿童|孤儿|少年犯?"
    "|女童|男童|[女男弃]婴|患儿|患童|少先队员|少先队[大中小]队长|事实无人抚养)"
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
_COPULA = (
    "(?:当时|案发时|事发时|其)?(?:系|是|为|属|属于|均系|均为|均属|尚|仍|还是|尚属"
    "|被?(?:列|认定|纳入|评定|识别|确定|登记)[为入]?)"
)
_AFTER = re.compile(
    r"(?:[ ]?[,，(（][^,，。;；()（）\d]{0,8}){0,2}?[ ]?[,，(（]?"
    rf"(?:{_COPULA}[^,，。;；向对给与]{{0,8}}?)?"
    rf"(?:(?P<minor>{_MINOR})|(?P<pupil>{_PUPIL}))(?:的)?(?:人|学生|儿童|少年|居民)?(?=[,，。;；)）、\s]|\Z)"
)
_SPELT = "(?<![一二三四五六七八九十])(?:十?[一二两三四五六七八九]|十)"
_SCHOOLING = re.compile(
    r"[^。;；向对给与和儿女孩孙教师]{0,16}?(?:上|读|念|升入?)(?:小?[一二三四五六]年级|小学|初[一二三中]|高[一二三中]|幼儿园|[大中小]班)"
)
_AGE = re.compile(
    r"(?:[(（][^()（）\d]{0,8}[)）])?"
    r"(?:[,，、(（ ]{0,2}[^,，、(（)）。;；\d向对将把带与和及等给有称说]{0,8}){0,3}?"
    r"[,，、(（ ]{0,2}(?:现年|时年|年仅|今年|年龄|刚满|才|年)?[:：]?[ ]?"
    rf"(?:(?P<age>\d{{1,3}}|{_SPELT})[ ]?周?岁(?!的)"
    rf"|(?:约|仅|才)?[0-9一二两三四五六七八九十]{{1,3}}个(?:多|半)?月(?P<baby>大|龄))"
)
_AGE_WORD = needed(_AGE) or _AGE
_AGE_BEFORE = re.compile(
    rf"(?<![\d满十])(?P<age>\d{{1,2}}|{_SPELT})[ ]?周?岁的?[^的,，。;；、\s\d]{{0,8}}\Z"
)
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
_CLASS_HEADER = re.compile(
    r"(?!.*(?:任|执教|教师|老师|带))(?:.*(?:年级|班级|班别|就读|在读|在校)|(?:所在)?学校)"
)
_CLASS = re.compile(
    r"[^大]{0,16}?(?:[一二三四五六七八九1-9]年级|[初高][一二三]"
    r"|[一二三四五六七八九1-9][ ]?[(（][0-9一二三四五六七八九十]{1,2}[)）]"
    r"|[大中小托][一二三四1-4]?班|幼儿园|小学|初中|中学|特教|特殊教育)"
)
_KEEPER_HEADER = re.compile(r"家长|(?:父|母)亲?姓名|父亲|母亲")
_GROWN_HEADER = re.compile(r"教师|老师|班主任|辅导员|校长|指导|领队|教练")
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
    if _SCHOOLING.match(right):
        yield Sign.PUPIL
    after = _AGE.match(right) if _AGE_WORD.search(right) else None
    if age := after or _AGE_LABEL.match(right) or _AGE_BEFORE.search(left):
        yield from by_age(age["age"] or "0")


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
    years = int(number) if number.isdecimal() else _spelt(number)
    yield Sign.BORN_MINOR if years < ADULT else Sign.BORN_ADULT


def _spelt(number: str) -> int:
    """Read a number under twenty that is written in words (十二, 两)."""
    tens, units = number.startswith("十"), number.removeprefix("十")
    return 10 * tens + ("一二三四五六七八九".find(units.replace("两", "二")) + 1 if units else 0)


def by_schooling(name_header: str, header: str, cell: str) -> Iterator[Sign]:
    """Read a cell that tells the class, the school or the parents of whom the row is about."""
    if _GROWN_HEADER.search(name_header) or not cell:
        return
    if _KEEPER_HEADER.match(header) or (_CLASS_HEADER.match(header) and _CLASS.match(cell)):
        yield Sign.PUPIL


def by_status(cell: str) -> Iterator[Sign]:
    """Read a cell that holds a status (孤儿, 未成年); a sentence in a cell is none."""
    plain = cell.strip()
    if len(plain) > LONGEST_STATUS or not _STATUS_WORD.search(plain):
        return
    if found := _STATUS_CELL.fullmatch(normalise(plain).text):
        yield Sign.CALLED_MINOR if found["minor"] else Sign.PUPIL
