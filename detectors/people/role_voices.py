"""What one occurrence of a person says of his role and age: text around, row and header."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import Enum, auto

from detectors.people import minors, role_rows
from detectors.people.minors import Sign
from detectors.people.role_cues import holds_office, in_office, is_subject, presents, takes_part
from detectors.people.role_duties import for_unit, on_duty
from detectors.people.role_setting import REACH, Setting
from detectors.people.role_told import (
    informs,
    is_addressed,
    is_harmed,
    is_hurt,
    seems_hurt,
    testifies,
)
from detectors.text.labels import line_after, line_before
from detectors.text.role_labels import by_label, by_label_after, by_register, by_sign_off
from review.document import Span
from review.finding import Finding, Role

_ON_DUTY = frozenset({Role.PUNISHED, Role.OFFICIAL, Role.HANDLER, Role.LEGAL_REPRESENTATIVE})
"""Who confirms something, or speaks of the hurt, by virtue of his part in the matter."""
_QUARREL = re.compile(
    r"(?:与|和|跟|同)[^\n|]{0,12}\|(?:[^,，。;；\n]{0,8}?)(?:发生|之间|互殴|对骂|因[^,，。]{1,20}?(?:纠纷|争执|口角)|[^,，。;；\n]{0,16}?(?:离婚|结婚|再婚|复婚|离异))"
)
_PRESENT = re.compile(
    r"(?:出席|列席|参加|参会)(?:会议)?的?(?:人员|领导|同志|单位)?(?:还?有)?[ ]*[:：]"
    r"[^。;；:：\n]*\Z"
)
_CITIZEN = re.compile(
    r"(?:(?:市民|村民|居民|群众|摊主|商户|业主|家长|住户|农户|低保户|贫困户|服务对象|学生)(?:代表)?"
    r"|旁听人?员?|(?:家长|业主)委员会(?:副?主任|委员|成员|代表)?)\Z"
)
_SET_APART = re.compile(
    "(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000]{1,3}[\u4e00-\u9fff]){1,4}(?=[ \u3000]?[:：])"
)
"""联 系 人："""
_MARTYR = re.compile(r"(?:等[0-9一二三四五六七八九十]{0,3}[名位]?)?烈士")
_OF_MARTYR = re.compile(r"(?:等?烈士)?的?(?:之|其|遗|亲|家|[父母妻子女儿孙兄弟姐妹])")
_LEAD = 24
_FOLLOW = 40
_PROFILE = 200
_MINUTES = 300


def roles(setting: Setting, person: Finding) -> Iterator[Role]:
    """Yield every role that one occurrence of a name speaks for."""
    found = {person.role, *role_rows.in_row(setting, person)}
    if setting.fills_line(person.span):
        found.add(role_rows.by_column(setting, person) or Role.UNKNOWN)
    else:
        found |= set(_in_line(setting, person, found))
    yield from found - {Role.UNKNOWN}


def _in_line(setting: Setting, person: Finding, found: set[Role]) -> set[Role]:
    span, whole = person.span, setting.together(person)
    opposed = whole.start < span.start and _quarrels(setting, span)
    label = None if opposed else by_label(_before(setting, span.start, REACH))
    lead = _before(setting, span.start, _LEAD)
    signed = by_sign_off(lead, _after(setting, span.end, _FOLLOW)) or by_register(
        lead, setting.text[max(0, span.start - _FOLLOW) : span.end + _FOLLOW]
    )
    # 填表人：… below a list says more than the column in which the line happens to stand.
    named = label or signed or role_rows.by_column(setting, person)
    said = {*found, *_told(setting, person), *({named} if named else ())}
    if whole != span and not opposed:
        said |= set(_shared(setting, span, whole, label))
    return said | set(_loosely_told(setting, span, whole, said))


def _told(setting: Setting, person: Finding) -> Iterator[Role]:
    span = person.span
    before, after = _before(setting, span.start, _LEAD), _after(setting, span.end, _FOLLOW)
    whole = setting.together(person)
    last = _after(setting, whole.end, _FOLLOW)
    if (
        in_office(before, after, setting.topic)
        or presents(before, setting.text[span.end : span.end + _FOLLOW])
        or takes_part(before, last)
        or for_unit(before, after)
        or on_duty(_before(setting, whole.start, REACH), last)
        or _PRESENT.search(_before(setting, span.start, _MINUTES))
    ):
        yield Role.OFFICIAL
    if setting.honours and _is_martyr(setting, whole):
        yield Role.PUBLIC_FIGURE
    if setting.topic:
        first = _before(setting, whole.start, _LEAD)
        if is_subject(first, _own(setting, whole.end), setting.topic):
            yield setting.topic
    if is_hurt(after) or is_harmed(before, after):
        yield Role.VICTIM
    if is_addressed(before, after):
        yield setting.addressee
    if labelled := by_label_after(after):
        yield labelled


def _is_martyr(setting: Setting, whole: Span) -> bool:
    """Say whether a name, or a list of names, is called one of martyrs, and none of their kin."""
    after = _after(setting, whole.end, _FOLLOW)
    called = _before(setting, whole.start, _LEAD).endswith("烈士") or _MARTYR.match(after)
    return bool(called) and _OF_MARTYR.match(after) is None


def _shared(setting: Setting, span: Span, whole: Span, label: Role | None) -> Iterator[Role]:
    """Yield what the words before and after a bare list of names say of each of them."""
    before = _before(setting, whole.start, REACH)
    after = _after(setting, whole.end, _FOLLOW)
    if not label and (labelled := by_label(before)):
        yield labelled
    if in_office(before[-_LEAD:], after, setting.topic):
        yield Role.OFFICIAL
    if is_hurt(after) or is_harmed(before, after):
        yield Role.VICTIM
    if labelled := by_label_after(after):
        yield labelled


def _loosely_told(setting: Setting, span: Span, whole: Span, found: set[Role]) -> Iterator[Role]:
    """Yield what a verb alone suggests: it does not outweigh a label, a title or an injury."""
    before, after = _before(setting, span.start, _LEAD), _after(setting, whole.end, _FOLLOW)
    if not found & {Role.PUNISHED, Role.VICTIM} and informs(before, after):
        yield Role.INFORMANT
    asked = _before(setting, whole.start, _LEAD)
    if not found & _ON_DUTY and testifies(asked, after):
        yield Role.WITNESS
    if not found & _ON_DUTY and seems_hurt(_after(setting, span.end, _FOLLOW)):
        yield Role.VICTIM


def _own(setting: Setting, end: int) -> str:
    """Give the rest of the line up to the next person."""
    following = bisect_left(setting.starts, end)
    rest = _after(setting, end, _PROFILE)
    return rest[: setting.starts[following] - end] if following < len(setting.starts) else rest


def _quarrels(setting: Setting, span: Span) -> bool:
    """Say whether 张三与李四 stand against each other: a label of the one is not the other's."""
    line = _before(setting, span.start, REACH) + "|" + _after(setting, span.end, _FOLLOW)
    return _QUARREL.search(line) is not None


def _before(setting: Setting, start: int, reach: int) -> str:
    """Give what stands before a name in its line, with labels closed that are set apart."""
    before = line_before(setting.text, start, reach)
    return _SET_APART.sub(lambda label: re.sub(r"\s", "", label.group()), before)


def _after(setting: Setting, end: int, reach: int) -> str:
    return line_after(setting.text, end, reach)


def signs(setting: Setting, person: Finding) -> Iterator[Sign]:
    """Yield what is written about the age of a person: beside the name, in the row."""
    if not setting.fills_line(person.span):
        yield from minors.called(*setting.around(person.span.start, person.span.end))
        whole = setting.together(person)
        if whole != person.span:
            yield from minors.called_together(*setting.around(whole.start, whole.end))
    if not setting.stands_beside(person):
        yield from role_rows.signs(setting, person)


def _heads_citizens(setting: Setting, first: int, start: int) -> bool:
    """Say whether citizens are called so before the list that holds a name (村民代表…、…)."""
    return first < start and _CITIZEN.search(_before(setting, first, _LEAD)) is not None


class Standing(Enum):
    """Say in which standing somebody is spoken of at one place."""

    OFFICE = auto()
    CITIZEN = auto()


def standing(setting: Setting, person: Finding) -> Standing | None:
    """Say whether an office is joined to a name, or its bearer called a citizen; else None."""
    before = _before(setting, person.span.start, _LEAD)
    first = setting.together(person).start
    posts = list(role_rows.posts(setting, person))
    if (
        _CITIZEN.search(before)
        or _heads_citizens(setting, first, person.span.start)
        or (any(map(_CITIZEN.search, posts)) and not any(map(holds_office, posts)))
    ):
        return Standing.CITIZEN
    after = _after(setting, person.span.end, _FOLLOW)
    if any(map(holds_office, posts)) or in_office(before, after, setting.topic):
        return Standing.OFFICE
    if setting.of_citizens and _PRESENT.search(_before(setting, person.span.start, _MINUTES)):
        return Standing.CITIZEN
    return None
