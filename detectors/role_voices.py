"""What one occurrence of a person says of his role and age: text around, row and header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import minors
from detectors.minors import Sign
from detectors.normalise import normalise
from detectors.role_cues import by_header, by_label, in_office, informs, is_hurt, is_proposed
from detectors.role_setting import REACH, Setting
from review.finding import Finding, Role

_BESIDE = frozenset({Role.GUARDIAN, Role.HANDLER, Role.OFFICIAL, Role.WITNESS})
"""Who stands in a row about somebody else: its age and status are not his."""
_LEAD = 24
_FOLLOW = 40
_PROFILE = 200
_NAME_HEADER = re.compile(r"姓\s*名|名单|户主")
_CASUALTY = re.compile(r"伤亡|伤情|受伤|死亡|遇难|伤势")
_UNHURT = re.compile(r"无|未受伤|无伤亡|无伤|正常|[-—/]*")
_AGE_HEADER = re.compile(r"年\s*龄")


def roles(setting: Setting, person: Finding) -> Iterator[Role]:
    """Yield every role that one occurrence of a name speaks for."""
    text, start, end = setting.text, person.span.start, person.span.end
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - _LEAD) : start]
    after = text[end : end + _FOLLOW].split("\n")[0]
    labelled = by_label(text[max(line, start - REACH) : start])
    # 填表人：… below a list says more than the column in which the line happens to stand.
    found = {person.role, labelled or _by_column(setting, person)}
    if _in_casualty_row(setting, person):
        found.add(Role.VICTIM)
    if in_office(before, after, setting.topic):
        found.add(Role.OFFICIAL)
    if not before.strip() and is_proposed(text[end : end + _PROFILE], setting.topic):
        found.add(Role.CANDIDATE)
    if is_hurt(after):
        found.add(Role.VICTIM)
    if not found & {Role.PUNISHED, Role.VICTIM} and informs(before, after):
        found.add(Role.INFORMANT)
    found -= {Role.UNKNOWN, None}
    yield from (role for role in found if role is not None)


def signs(setting: Setting, person: Finding) -> Iterator[Sign]:
    """Yield what is written about the age of a person: beside the name, in the row."""
    yield from minors.called(*setting.around(person.span.start, person.span.end))
    if _stands_beside(setting, person):
        return
    for index in setting.row(person):
        text = normalise(setting.document.blocks[index].text).text.strip()
        yield from minors.by_status(text)
        if _AGE_HEADER.search(setting.headers.get(index, "")) and text.isdigit():
            yield from minors.by_age(text)


def in_minors_row(setting: Setting, finding: Finding) -> bool:
    """Say whether a row in which no name was read holds the birth of a minor."""
    if _stands_beside(setting, finding):
        return False
    return any(index in setting.minor_cells for index in setting.row(finding))


def _in_casualty_row(setting: Setting, person: Finding) -> bool:
    """Say whether the row of a name has a column of casualties (伤亡情况) that is filled in."""
    if _stands_beside(setting, person):
        return False
    return any(
        _CASUALTY.search(setting.headers.get(index, ""))
        and not _UNHURT.fullmatch(setting.document.blocks[index].text.strip())
        for index in setting.row(person)
    )


def _stands_beside(setting: Setting, finding: Finding) -> bool:
    return by_header(setting.header(finding)) in _BESIDE


def _by_column(setting: Setting, person: Finding) -> Role | None:
    """Read the header over a cell; under a plain 姓名 the subject of the document decides."""
    header = setting.header(person)
    if named := by_header(header):
        return named
    return setting.topic if _NAME_HEADER.search(header) else None
