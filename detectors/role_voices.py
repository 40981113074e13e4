"""What one occurrence of a person says of his role and age: text around, row and header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import minors
from detectors.labels import line_after, line_before
from detectors.minors import Sign
from detectors.normalise import normalise
from detectors.role_cues import holds_office, in_office, is_proposed
from detectors.role_labels import by_header, by_label, by_label_after
from detectors.role_setting import REACH, Setting
from detectors.role_told import informs, is_addressed, is_harmed, is_hurt, seems_hurt, testifies
from review.document import Span
from review.finding import Finding, Role

_ON_DUTY = frozenset({Role.PUNISHED, Role.OFFICIAL, Role.HANDLER, Role.LEGAL_REPRESENTATIVE})
"""Who confirms something, or speaks of the hurt, by virtue of his part in the matter."""
_QUARREL = re.compile(
    r"(?:与|和|跟|同)[^\n|]{0,12}\|(?:[^,，。;；\n]{0,8}?)(?:发生|之间|互殴|对骂|因[^,，。]{1,20}?(?:纠纷|争执|口角))"
)
_POST = re.compile(r"职\s*务")
_PRESENT = re.compile(
    r"(?:出席|列席|参加|参会)(?:会议)?的?(?:人员|领导|同志|单位)?(?:还?有)?[ ]*[:：]"
    r"[^。;；:：\n]*\Z"
)
_LEAD = 24
_FOLLOW = 40
_PROFILE = 200
_MINUTES = 300
_NAME_HEADER = re.compile(r"姓\s*名|名单|户主")
_CASUALTY = re.compile(r"伤亡|伤情|受伤|死亡|遇难|伤势")
_UNHURT = re.compile(r"无|未受伤|无伤亡|无伤|正常|[-—/]*")
_AGE_HEADER = re.compile(r"年\s*龄")


def roles(setting: Setting, person: Finding) -> Iterator[Role]:
    """Yield every role that one occurrence of a name speaks for."""
    span = person.span
    whole = setting.together(person)
    opposed = whole.start < span.start and _quarrels(setting, span)
    label = None if opposed else by_label(_before(setting, span.start, REACH))
    # 填表人：… below a list says more than the column in which the line happens to stand.
    found = {person.role, label or _by_column(setting, person)}
    found |= set(_told(setting, span))
    if whole != span and not opposed:
        found |= set(_shared(setting, span, whole, label))
    if _in_casualty_row(setting, person):
        found.add(Role.VICTIM)
    if _in_office_row(setting, person) or _attends(_before(setting, span.start, _MINUTES)):
        found.add(Role.OFFICIAL)
    found |= set(_loosely_told(setting, span, whole, found))
    yield from (role for role in found if role not in (Role.UNKNOWN, None))


def _told(setting: Setting, span: Span) -> Iterator[Role]:
    before, after = _before(setting, span.start, _LEAD), _after(setting, span.end, _FOLLOW)
    if in_office(before, after, setting.topic):
        yield Role.OFFICIAL
    if not before.strip() and is_proposed(_after(setting, span.end, _PROFILE), setting.topic):
        yield Role.CANDIDATE
    if is_hurt(after) or is_harmed(before, after):
        yield Role.VICTIM
    if is_addressed(before, after):
        yield Role.APPLICANT
    if labelled := by_label_after(after):
        yield labelled


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


def _loosely_told(
    setting: Setting, span: Span, whole: Span, found: set[Role | None]
) -> Iterator[Role]:
    """Yield what a verb alone suggests: it does not outweigh a label, a title or an injury."""
    before, after = _before(setting, span.start, _LEAD), _after(setting, whole.end, _FOLLOW)
    if not found & {Role.PUNISHED, Role.VICTIM} and informs(before, after):
        yield Role.INFORMANT
    if not found & _ON_DUTY and testifies(after):
        yield Role.WITNESS
    if not found & _ON_DUTY and seems_hurt(_after(setting, span.end, _FOLLOW)):
        yield Role.VICTIM


def _quarrels(setting: Setting, span: Span) -> bool:
    """Say whether 张三与李四 stand against each other: a label of the one is not the other's."""
    line = _before(setting, span.start, REACH) + "|" + _after(setting, span.end, _FOLLOW)
    return _QUARREL.search(line) is not None


def _before(setting: Setting, start: int, reach: int) -> str:
    return line_before(setting.text, start, reach)


def _after(setting: Setting, end: int, reach: int) -> str:
    return line_after(setting.text, end, reach)


def signs(setting: Setting, person: Finding) -> Iterator[Sign]:
    """Yield what is written about the age of a person: beside the name, in the row."""
    yield from minors.called(*setting.around(person.span.start, person.span.end))
    if setting.stands_beside(person):
        return
    for index in setting.cells_of(person):
        text = normalise(setting.document.blocks[index].text).text.strip()
        yield from minors.by_status(text)
        if _AGE_HEADER.search(setting.headers.get(index, "")) and text.isdigit():
            yield from minors.by_age(text)


def _in_casualty_row(setting: Setting, person: Finding) -> bool:
    """Say whether the row of a name has a column of casualties (伤亡情况) that is filled in."""
    if setting.stands_beside(person):
        return False
    return any(
        _CASUALTY.search(setting.headers.get(index, ""))
        and not _UNHURT.fullmatch(setting.document.blocks[index].text.strip())
        for index in setting.cells_of(person)
    )


def _in_office_row(setting: Setting, person: Finding) -> bool:
    """Say whether the row of a name tells of a public office under 职务."""
    return any(
        _POST.search(setting.headers.get(index, ""))
        and holds_office(setting.document.blocks[index].text.strip())
        for index in setting.cells_of(person)
    )


def _attends(before: str) -> bool:
    """Say whether a name stands in the list of those present, behind whatever bodies."""
    return _PRESENT.search(before) is not None


def _by_column(setting: Setting, person: Finding) -> Role | None:
    """Read the header over a cell; under a plain 姓名 the subject of the document decides."""
    header = setting.header(person)
    if named := by_header(header):
        return named
    return setting.topic if _NAME_HEADER.search(header) else None
