"""Whose number, birthday or address it is: the person in the same row or the same sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from detectors.text.role_labels import by_header
from review.document import Document
from review.finding import Entity, Finding, Role

OWNED = frozenset(
    {
        Entity.CN_ID_CARD,
        Entity.CN_PASSPORT,
        Entity.CN_TRAVEL_PERMIT,
        Entity.CN_SOCIAL_SECURITY,
        Entity.CN_BANK_CARD,
        Entity.CN_LICENSE_PLATE,
        Entity.CN_PROPERTY_CERT,
        Entity.CN_ADDRESS,
        Entity.BIRTH_DATE,
        Entity.PHONE_NUMBER,
        Entity.EMAIL_ADDRESS,
        Entity.WECHAT_ID,
        Entity.QQ_NUMBER,
    }
)
"""What is traced to a person: the floor of the policies hides it in the protected roles."""

_REACH = 120
_BREAK = re.compile(r"[。；;!！?？]")
# In a decision each particular has a line of its own under the person's name.
_PARTICULAR = re.compile(
    r"[ \t\u3000]*(?:性别|民族|年龄|出生|生日|身份证|公民身份|证件|居民身份|住址|住所|住\s*址|地址|"
    r"家庭|户籍|现住|电话|手机|联系|邮箱|电子邮[箱件]|微信|QQ|银行|开户|[账帐]号|卡号|车牌|护照|社保|职业|工作单位|文化程度|政治面貌|学历|籍贯|与[^\n]{0,6}关系)"
)
_BELONGS_TO_NEXT = re.compile(
    r"[ ]?(?:[(（][ ]?|的(?:未成年人?|村民|居民|学生|业主|公民|群众|儿童|少年|[女男][童孩])?)"
)


@dataclass(frozen=True, slots=True)
class Ownership:
    """Look up owners; ``people`` are the PERSON findings in order of place."""

    document: Document
    people: Sequence[Finding]
    headers: Mapping[int, str]
    _starts: Sequence[int] = field(init=False)
    _rows: Mapping[tuple[int, int], Sequence[Finding]] = field(init=False)

    def __post_init__(self) -> None:
        rows: defaultdict[tuple[int, int], list[Finding]] = defaultdict(list)
        for person in self.people:
            cell = self.document.blocks[self._block(person)].cell
            if cell is not None:
                rows[cell.table, cell.row].append(person)
        object.__setattr__(self, "_starts", [p.span.start for p in self.people])
        object.__setattr__(self, "_rows", rows)

    def owner(self, finding: Finding) -> Finding | None:
        """Give the person a finding belongs to, None where nobody clearly is."""
        index = self._block(finding)
        inside = self._in_text(finding, self.document.starts[index])
        cell = self.document.blocks[index].cell
        if cell is None or inside is not None:
            return inside or self._in_text(finding, 0)
        return self._in_row(finding, index, self._rows.get((cell.table, cell.row), ()))

    def _block(self, finding: Finding) -> int:
        return self.document.block_at(finding.span.start)

    def _in_text(self, finding: Finding, first: int) -> Finding | None:
        text, span = self.document.text, finding.span
        after = bisect_left(self._starts, span.end)
        if after < len(self.people):
            following = self.people[after].span.start
            if following - span.end <= 8 and _BELONGS_TO_NEXT.fullmatch(text, span.end, following):
                return self.people[after]
        before = bisect_right(self._starts, span.start) - 1
        if before < 0:
            return None
        person = self.people[before]
        if person.span.start < first or span.start - person.span.end > _REACH:
            return None
        between = text[person.span.end : span.start]
        return None if _BREAK.search(between) or _leaves(between, text, span.start) else person

    def _in_row(self, finding: Finding, index: int, people: Sequence[Finding]) -> Finding | None:
        """Choose among the people of a row: by the role in the header, else the nearest before.

        A number without a header of its own is rather the child's than the parent's.
        """
        wanted = by_header(self.headers.get(index, ""))
        roles = [by_header(self.headers.get(self._block(person), "")) for person in people]
        if wanted is not None and wanted in roles:
            return people[roles.index(wanted)]
        if wanted is Role.GUARDIAN:
            return None
        others = [p for p, role in zip(people, roles, strict=True) if role is not Role.GUARDIAN]
        before = [person for person in others if person.span.start < finding.span.start]
        return before[-1] if before else next(iter(others), None)


def _leaves(between: str, text: str, start: int) -> bool:
    """Say whether a line between person and number begins with something else than a label."""
    return any(not _PARTICULAR.match(line) for line in _later_lines(between, text, start))


def _later_lines(between: str, text: str, start: int) -> Iterator[str]:
    lines = between.split("\n")
    if len(lines) > 1:
        # The last line goes on with the number itself: an address may open its line.
        yield from lines[1:-1]
        yield lines[-1] + text[start : start + 1]
