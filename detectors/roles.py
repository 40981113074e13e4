"""Roles: in which capacity each person stands in the document, and whose the numbers are.

What stands before, after and above a name decides; the same name has the same role throughout,
and where several apply the one that protects most wins. Numbers, birthdays and addresses of
those who are never shown bear their role.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detectors import minors
from detectors.minors import Sign
from detectors.normalise import normalise
from detectors.numerals import digits_of
from detectors.ownership import OWNED, Ownership
from detectors.role_cues import (
    by_header,
    by_label,
    in_office,
    informs,
    is_hurt,
    is_proposed,
    topic_of,
)
from detectors.tables import headers
from review.document import Document
from review.finding import Entity, Finding, Role

PRIORITY = (
    Role.MINOR,
    Role.VICTIM,
    Role.INFORMANT,
    Role.WITNESS,
    Role.GUARDIAN,
    Role.PUNISHED,
    Role.RECIPIENT,
    Role.APPLICANT,
    Role.CANDIDATE,
    Role.LEGAL_REPRESENTATIVE,
    Role.PROJECT_MANAGER,
    Role.BIDDER,
    Role.HANDLER,
    Role.OFFICIAL,
)
"""The protected roles come first (未成年人保护法 103); the public ones last, so doubt protects."""

NEVER_SHOWN = frozenset({Role.MINOR, Role.VICTIM, Role.INFORMANT})
"""Whose numbers, birthdays and addresses bear the role of the person."""

_BESIDE = frozenset({Role.GUARDIAN, Role.HANDLER, Role.OFFICIAL, Role.WITNESS})
"""Who stands in a row about somebody else: its age and status are not his."""
_LEAD = 24
_FOLLOW = 40
_REACH = 60
_PROFILE = 200
_BREAK = re.compile(r"[。；;\n]")
_NAME_HEADER = re.compile(r"姓\s*名|名单|户主")
_CASUALTY = re.compile(r"伤亡|伤情|受伤|死亡|遇难|伤势")
_UNHURT = re.compile(r"无|未受伤|无伤亡|无伤|正常|[-—/]*")
_AGE_HEADER = re.compile(r"年\s*龄")
_PARENT_OF = re.compile(
    r"(?:[(（][^()（）\n]*[)）])?(?:的|之)?(?:父亲|母亲|父母|家长|监护人|爷爷|奶奶|外公|外婆|祖父|祖母)[:：]?\Z"
)
_ITS_PARENT = re.compile(
    r"其(?:父亲?|母亲?|父母|家长|监护人|爷爷|奶奶|外公|外婆|祖父|祖母)[:：]?\Z"
)
_CHILD_OF = re.compile(r"(?:之[子女孙]|的?(?:儿子|女儿|孩子|子女|孙子|孙女))[:：]?")
_MOBILE = re.compile(r"(?:0086|86|0)?1[3-9]\d{9}")
_OFFICE_PHONE = re.compile(
    r"(?:办公|咨询|监督|举报|投诉|值班|受理|服务|业务|窗口|单位|对外|联系)(?:电话|热线|方式)|传真|总机|热线"
)
_PRIVATE = re.compile(r"手机|家庭|本人|住址|家住|户籍|身份证|个人")
_PUBLIC_BODY = re.compile(
    r"政府|法院|检察院|委员会|办公室|办事处|派出所|服务中心|[局厅委署](?![部长员])"
)
_BODY_REACH = 60


@dataclass(frozen=True, slots=True)
class _Setting:
    """Hold what all findings of a document share."""

    document: Document
    today: date
    topic: Role | None
    headers: Mapping[int, str]
    people: Sequence[Finding]
    starts: Sequence[int]
    ends: Sequence[int]
    minor_cells: frozenset[int]

    @property
    def text(self) -> str:
        return self.document.text

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Give the sentence left and right of a name up to the next person on either side.

        The right side keeps one sign of what cuts it off, so that a clause which goes on with
        another person does not look finished.
        """
        before = bisect_right(self.ends, start) - 1
        after = bisect_left(self.starts, end)
        first = max(start - _REACH, self.ends[before] if before >= 0 else 0)
        last = end + _REACH
        if after < len(self.starts):
            last = min(last, self.starts[after] + 1)
        left = _BREAK.split(self.text[first:start])[-1]
        right = _BREAK.split(self.text[end:last])[0]
        return normalise(left).text, normalise(right).text


@dataclass(slots=True)
class _Voices:
    """Collect what all occurrences of one name say."""

    roles: set[Role]
    signs: set[Sign]

    def role(self) -> Role:
        if Role.GUARDIAN not in self.roles and minors.decide(self.signs):
            return Role.MINOR
        return strongest(self.roles)


def assign(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give every PERSON, telephone and address its role; others and order stay as they are.

    A role that a recogniser gave already counts as one voice. Ages are reckoned on the
    document's own day. The same name (white space apart) has one role in the document.
    """
    setting = _setting(document, findings)
    owning = Ownership(document, setting.people, setting.headers)
    owners = {id(f): owning.owner(f) for f in findings if f.entity in OWNED}
    voices = _heard(setting, findings, owners)
    roles = {key: voice.role() for key, voice in voices.items()}
    for key in _guardians(setting, roles):
        roles[key] = strongest({roles[key], Role.GUARDIAN})
    return tuple(_decided(setting, finding, roles, owners.get(id(finding))) for finding in findings)


def _setting(document: Document, findings: Sequence[Finding]) -> _Setting:
    people = sorted((f for f in findings if f.entity is Entity.PERSON), key=lambda f: f.span)
    births = [f.span for f in findings if f.entity is Entity.BIRTH_DATE]
    today = minors.day_of(document, births)
    return _Setting(
        document,
        today,
        topic_of(document),
        headers(document) if any(block.cell for block in document.blocks) else {},
        people,
        [person.span.start for person in people],
        sorted(person.span.end for person in people),
        frozenset(_minor_cells(document, findings, today)),
    )


def _heard(
    setting: _Setting, findings: Sequence[Finding], owners: Mapping[int, Finding | None]
) -> dict[str, _Voices]:
    voices: defaultdict[str, _Voices] = defaultdict(lambda: _Voices(set(), set()))
    for person in setting.people:
        voice = voices[_key(setting, person)]
        roles = set(_roles(setting, person))
        # A column of pupils may hold grown-ups: the label is a sign among others.
        voice.signs |= {*_signs(setting, person), *({Sign.PUPIL} if Role.MINOR in roles else ())}
        voice.roles |= roles - {Role.MINOR}
    for finding in findings:
        owner = owners.get(id(finding))
        if owner is not None:
            voices[_key(setting, owner)].signs |= set(_births(setting, finding))
    return voices


def _decided(
    setting: _Setting, finding: Finding, roles: Mapping[str, Role], owner: Finding | None
) -> Finding:
    if finding.entity is Entity.PERSON:
        return replace(finding, role=roles[_key(setting, finding)])
    if finding.role is not Role.UNKNOWN or finding.entity not in OWNED:
        return finding
    if Sign.BORN_MINOR in _births(setting, finding):
        return replace(finding, role=Role.MINOR)
    if owner is None and _in_minors_row(setting, finding):
        return replace(finding, role=Role.MINOR)
    if owner is not None and roles[_key(setting, owner)] in NEVER_SHOWN:
        return replace(finding, role=roles[_key(setting, owner)])
    if finding.entity is Entity.PHONE_NUMBER:
        return replace(finding, role=_telephone_role(setting, finding))
    return finding


def strongest(roles: Iterable[Role]) -> Role:
    """Pick the role that protects most, ``UNKNOWN`` where there is none."""
    given = set(roles)
    return next((role for role in PRIORITY if role in given), Role.UNKNOWN)


def _key(setting: _Setting, finding: Finding) -> str:
    return re.sub(r"\s", "", setting.document.value(finding.span))


def _roles(setting: _Setting, finding: Finding) -> Iterator[Role]:
    """Yield every role that one occurrence of a name speaks for."""
    text, start, end = setting.text, finding.span.start, finding.span.end
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - _LEAD) : start]
    after = text[end : end + _FOLLOW].split("\n")[0]
    labelled = by_label(text[max(line, start - _REACH) : start])
    # 填表人：… below a list says more than the column in which the line happens to stand.
    found = {finding.role, labelled or _by_column(setting, finding)}
    if _in_casualty_row(setting, finding):
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


def _in_casualty_row(setting: _Setting, finding: Finding) -> bool:
    """Say whether the row of a name has a column of casualties (伤亡情况) that is filled in."""
    if _stands_beside(setting, finding):
        return False
    return any(
        _CASUALTY.search(setting.headers.get(index, ""))
        and not _UNHURT.fullmatch(setting.document.blocks[index].text.strip())
        for index in _row(setting.document, finding)
    )


def _in_minors_row(setting: _Setting, finding: Finding) -> bool:
    """Say whether a row in which no name was read holds the birth of a minor."""
    if _stands_beside(setting, finding):
        return False
    return any(index in setting.minor_cells for index in _row(setting.document, finding))


def _stands_beside(setting: _Setting, finding: Finding) -> bool:
    header = setting.headers.get(setting.document.block_at(finding.span.start), "")
    return by_header(header) in _BESIDE


def _by_column(setting: _Setting, finding: Finding) -> Role | None:
    """Read the header over a cell; under a plain 姓名 the subject of the document decides."""
    header = setting.headers.get(setting.document.block_at(finding.span.start), "")
    if named := by_header(header):
        return named
    return setting.topic if _NAME_HEADER.search(header) else None


def _signs(setting: _Setting, person: Finding) -> Iterator[Sign]:
    """Yield what is written about the age of a person: beside the name, in the row."""
    yield from minors.called(*setting.around(person.span.start, person.span.end))
    if _stands_beside(setting, person):
        return
    for index in _row(setting.document, person):
        text = normalise(setting.document.blocks[index].text).text.strip()
        yield from minors.by_status(text)
        if _AGE_HEADER.search(setting.headers.get(index, "")) and text.isdigit():
            yield from minors.by_age(text)


def _births(setting: _Setting, finding: Finding) -> tuple[Sign, ...]:
    return _birth_signs(setting.document, finding, setting.today)


def _birth_signs(document: Document, finding: Finding, today: date) -> tuple[Sign, ...]:
    if finding.entity not in (Entity.CN_ID_CARD, Entity.BIRTH_DATE):
        return ()
    born = minors.birth(document, finding)
    return () if born is None else tuple(minors.by_birth(born, today))


def _minor_cells(document: Document, findings: Sequence[Finding], today: date) -> Iterator[int]:
    for finding in findings:
        if Sign.BORN_MINOR in _birth_signs(document, finding, today):
            index = document.block_at(finding.span.start)
            if document.blocks[index].cell is not None:
                yield index


def _row(document: Document, finding: Finding) -> range:
    """Give the indices of the cells in the row where a finding stands, none outside tables."""
    first = last = document.block_at(finding.span.start)
    cell = document.blocks[first].cell
    if cell is None:
        return range(0)
    while first and _in_row(document, first - 1, cell.table, cell.row):
        first -= 1
    while last + 1 < len(document.blocks) and _in_row(document, last + 1, cell.table, cell.row):
        last += 1
    return range(first, last + 1)


def _in_row(document: Document, index: int, table: int, row: int) -> bool:
    cell = document.blocks[index].cell
    return cell is not None and (cell.table, cell.row) == (table, row)


def _guardians(setting: _Setting, roles: Mapping[str, Role]) -> Iterator[str]:
    """Yield the parents of minors: who names them tells who the child is."""
    for one, other in zip(setting.people, setting.people[1:], strict=False):
        between = setting.text[one.span.end : other.span.start]
        if len(between) > _REACH or _BREAK.search(between):
            continue
        first, second = _key(setting, one), _key(setting, other)
        parent = _PARENT_OF.fullmatch(between) or _ITS_PARENT.search(between)
        if roles[first] is Role.MINOR and parent:
            yield second
        if roles[second] is Role.MINOR and _CHILD_OF.fullmatch(between):
            yield first


def _telephone_role(setting: _Setting, finding: Finding) -> Role:
    """Mark an office's number: a landline, or one introduced as the office's own."""
    document, start = setting.document, finding.span.start
    mobile = _MOBILE.fullmatch(digits_of(document.value(finding.span)))
    block = document.starts[document.block_at(start)]
    before = setting.text[max(block, start - 16) : start]
    if mobile or _PRIVATE.search(before):
        return Role.UNKNOWN
    public = _OFFICE_PHONE.search(before) or _of_public_body(setting, block, start)
    return Role.OFFICE if public else Role.UNKNOWN


def _of_public_body(setting: _Setting, block: int, start: int) -> bool:
    """Say whether a public body is spoken of before a number, and no person since."""
    first = max(block, start - _BODY_REACH)
    person = bisect_right(setting.ends, start) - 1
    if person >= 0 and setting.ends[person] > first:
        return False
    return _PUBLIC_BODY.search(setting.text, first, start) is not None
