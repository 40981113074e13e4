"""The school of a particular child: it tells who the child is (未成年人保护法 103)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.sensitive.somebody import named_after, named_before, person_before
from detectors.text.lines import lines_having
from review.finding import Entity

_PLACE = r"[^\W\d的是在于系为向对被将和与及其由到从该本a-zA-Z]"
_CLASS = (
    r"(?:[一二三四五六七八九1-9初高大中小][^,。;、()\s]{0,3}年级|[初高][一二三])?"
    r"(?:[(]?[0-9一二三四五六七八九十]{1,2}[)]?班|[大中小][一二三1-3]?班)?"
)
_SHORT = r"(?:第?[一二三四五六七八九十]{1,3}|实验|附属?|实)[中小](?![心央旬国等队型微间断途山河学])"
_SCHOOL = (
    rf"(?P<value>(?:{_PLACE}{{2,14}}?(?:小学|幼儿园|幼托园|初中|中学|特殊教育学校)"
    rf"|{_PLACE}{{2,8}}?{_SHORT}){_CLASS})"
)
_PUPIL = re.compile(
    rf"{_SCHOOL}的?(?:在校|在读|住校)?(?:学生|幼儿|小朋友|女生|男生)"
    r"(?!家长|食堂|会|处|宿舍|公寓|营养|资助|人数)"
)
_ATTENDS = re.compile(
    rf"(?:就读于|在读于|就读|入读|转学至|在)(?P<place>{_SCHOOL})(?:就读|上学|读书|学习|借读|[读上](?:[一二三四五六七八九1-9]年级|[初高][一二三])|(?=[,。;)]))"
)
_ATTENDING = re.compile(r"就读|在读|入读|转学|上学|读书|借读|[读上](?:.年级|[初高].)\Z")
_CLASS_NOTE = re.compile(
    r"[(][^()\n]{0,20}?(?:[男女]|[0-9]{1,2}岁)[^()\n]{0,12}?,(?:现?就读于?|在读)?"
    r"(?P<value>(?:[一二三四五六七八九1-9]年级|[初高][一二三])"
    r"(?:[(]?[0-9一二三四五六七八九十]{1,2}[)]?班)?)(?:在读)?(?:学生|[女男]生)?(?=[,)])"
)
# 某某(11岁,干溪小学五年级), 受助学生:某某,白岩小学四年级。: a teacher is told by his office or age.
_BESIDE = re.compile(
    rf"(?P<told>(?:[,(](?:[男女]|[0-9]{{1,2}}周?岁|[\u4e00-\u9fff]{{1,3}}族))*)[,(]"
    rf"{_SCHOOL}(?:在读)?(?=[,。;)\n]|\Z)"
)
_GRADED = re.compile(r"(?:年级|[初高][一二三]|班)\Z")
_CHILDS_AGE = re.compile(r"(?<![0-9])(?:1[0-7]|[1-9])周?岁")
_GROWN_UP = re.compile(r"(?<![0-9])(?:1[89]|[2-9][0-9])周?岁")
_STAFF = re.compile(r"教师|老师|班主任|校长|园长|主任|辅导员|联系人|聘任|任教|[调选]任|家长")
_STAFF_REACH = 16
_WORD = re.compile(
    r"[小中]学|幼儿园|幼托|初中|特殊教育|年级|[初高][一二三]"
    r"|[一二三四五六七八九十验附属实][中小](?:[的初高在学)一二三四五六]|上学|借读|就读)"
)
_BACK = 8
"""Characters before a line that are looked at with it."""
_FOLLOW = 20
_END = re.compile(r"[,。;、)\s]|\Z")


class MinorSchoolRecognizer:
    """Find where a named child goes to school; schools as such are public."""

    name = "minor_school"
    entities = (Entity.MINOR,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        for first, last in lines_having(text, _WORD, _BACK):
            yield from _pupils(text, first, last)
            yield from _attending(text, first, last)
            yield from _in_class(text, first, last)
            yield from _beside_a_name(text, first, last)


def _pupils(text: str, first: int, last: int) -> Iterator[Hit]:
    for match in _PUPIL.finditer(text, first, last):
        start, end = match.span("value")
        following = text[match.end() : match.end() + _FOLLOW]
        if named_after(match[0], following) or _closes(text, match.end(), start):
            yield Hit(Entity.MINOR, start, end, 0.7, "写明未成年人就读的学校")


def _attending(text: str, first: int, last: int) -> Iterator[Hit]:
    for match in _ATTENDS.finditer(text, first, last):
        start, end = match.span("value")
        if _ATTENDING.search(match[0]) and person_before(text, start):
            yield Hit(Entity.MINOR, start, end, 0.7, "写明未成年人就读的学校")


def _in_class(text: str, first: int, last: int) -> Iterator[Hit]:
    for match in _CLASS_NOTE.finditer(text, first, last):
        if person_before(text, match.start("value")):
            yield Hit(Entity.MINOR, *match.span("value"), 0.7, "写明未成年人就读的班级")


def _beside_a_name(text: str, first: int, last: int) -> Iterator[Hit]:
    for match in _BESIDE.finditer(text, first, last):
        told, (start, end) = match["told"], match.span("value")
        graded = _GRADED.search(match["value"]) and not _GROWN_UP.search(told)
        if not graded and not _CHILDS_AGE.search(told):
            continue
        staff = _STAFF.search(text, max(first, match.start() - _STAFF_REACH), match.start())
        if not staff and named_before(text, match.start()):
            yield Hit(Entity.MINOR, start, end, 0.7, "写明未成年人就读的学校")


def _closes(text: str, end: int, start: int) -> bool:
    """Say whether the clause that ends here calls somebody named before it a pupil."""
    return _END.match(text, end) is not None and person_before(text, start)
