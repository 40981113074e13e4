"""What all findings of a document share when their roles are asked: its people, rows, headers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from detectors.people import minors
from detectors.people.births import BIRTHS, by_finding, day_of
from detectors.people.role_cues import topic_of
from detectors.people.role_told import answers_complaint
from detectors.tables.passages import whole
from detectors.tables.row_cells import cells_by_person, row_of, stands_beside
from detectors.tables.tables import headers
from detectors.text.normalise import Normalised
from detectors.text.role_labels import by_header
from review.document import Document, Span
from review.finding import Entity, Finding, Role

REACH = 60
"""Characters on either side of a name within which something may be said of it."""

# Whoever attends these without a title is no official.
_OF_CITIZENS = re.compile(
    r"(?:村民(?:小组|代表)?|户主|户代表|居民(?:小组|代表)?|业主|家长|群众|社员|院坝|坝坝)(?:议事|座谈|代表)?(?:大?会|协商)"
)
# 道路交通事故认定书 as the title: its 当事人 are all who were there, it punishes nobody
# (道路交通安全法 73: 处理交通事故的证据).
_CERTIFIES = re.compile(
    r"(?m)^[^\n，,。；;：:]{0,30}交\s*通\s*事\s*故(?:\s*责\s*任)?\s*认\s*定\s*书"
    r"(?:[（(][^\n]{0,10}[)）])?[ \u3000]*$"
)
# 关于褒扬烈士…的公告: their names are made known (英雄烈士保护法；烈士褒扬条例).
_HONOURS = re.compile(
    r"(?:褒扬|表彰|追授|追认|纪念|祭扫|缅怀|致敬|评定|公布)[^。\n]{0,16}(?:烈士|英烈)|(?:烈士|英烈)(?:名录|名单|事迹|英名)"
)
_OPENING = 200
_CAPACITY = re.compile(r"身份(?!证)|角色|人员类[别型]")
_BREAK = re.compile(r"[。；;\n]")
_BEGINS, _ENDS = re.compile(r"(?:\A|\n)[ \u3000]{0,3}\Z"), re.compile(r"[ \u3000]*(?:\n|\Z)")
# 张三、李四 and 张三（男）和李四 are told of together.
_JOINT = re.compile(r"(?:[(（][^()（）\n]{0,36}[)）])?[ ]{0,2}(?:、|和|及|以及|与)[ ]{0,2}")


@dataclass(frozen=True, slots=True)
class Setting:
    """Hold a document with its subject and its people in order of place.

    ``folded`` is its text normalised, ``births`` tells of each birthday what it says on the
    document's own day, ``telling`` which columns (table, column) name in some row the subject
    himself, so that the others are none, ``addressee`` who is written to: whoever complained,
    where the document answers him; ``of_citizens`` whether the document is of a meeting of theirs,
    ``punishes`` whether it may say who is punished, ``honours`` whether it honours martyrs.
    """

    document: Document
    folded: Normalised
    topic: Role | None
    headers: Mapping[int, str]
    people: Sequence[Finding]
    starts: Sequence[int]
    ends: Sequence[int]
    lists: Mapping[Span, Span]
    cells: Mapping[Span, Sequence[int]]
    births: Mapping[Span, Sequence[minors.Sign]]
    minor_rows: frozenset[tuple[int, int]]
    telling: frozenset[tuple[int, int]]
    addressee: Role
    of_citizens: bool
    punishes: bool
    honours: bool

    @property
    def text(self) -> str:
        return self.document.text

    def key(self, person: Finding) -> str:
        """Say who a person is: by his number, else the same name, white space apart."""
        return person.person or re.sub(r"\s", "", self.document.value(person.span))

    def around(self, start: int, end: int) -> tuple[str, str]:
        """Give the sentence left and right of a name up to the next person on either side.

        The right side keeps one sign of what cuts it off, so that a clause which goes on with
        another person does not look finished.
        """
        before = bisect_right(self.ends, start) - 1
        after = bisect_left(self.starts, end)
        first = max(start - REACH, self.ends[before] if before >= 0 else 0)
        last = end + REACH
        if after < len(self.starts):
            last = min(last, self.starts[after] + 1)
        left = _BREAK.split(self.text[first:start])[-1]
        right = _BREAK.split(self.text[end:last])[0]
        folded = self.folded.piece
        return folded(start - len(left), start), folded(end, end + len(right))

    def fills_line(self, span: Span) -> bool:
        """Say whether a line holds nothing but this: then only the table around it speaks."""
        text, start, end = self.text, span.start, span.end
        begins = _BEGINS.search(text, max(0, start - 4), start)
        return begins is not None and _ENDS.match(text, end) is not None

    def together(self, person: Finding) -> Span:
        """Give the stretch of the bare list of names in which a person stands, or his own."""
        return self.lists.get(person.span, person.span)

    def same_sentence(self, start: int, end: int) -> bool:
        """Say whether the text between two people neither ends a sentence nor is too long."""
        return end - start <= REACH and not _BREAK.search(self.text, start, end)

    def header(self, finding: Finding) -> str:
        """Look up the header over a cell, empty outside tables."""
        return self.headers.get(self.document.block_at(finding.span.start), "")

    def births_of(self, finding: Finding) -> Sequence[minors.Sign]:
        """Look up what an identity number or a date of birth says on the document's day."""
        if finding.entity not in BIRTHS:
            return ()
        return self.births.get(finding.span, ())

    def is_nearest(self, person: Finding, index: int) -> bool:
        """Say whether nobody else stands between a person and a later cell of his row."""
        last = bisect_left(self.starts, self.document.starts[index]) - 1
        if last < 0 or self.people[last].span < person.span:
            return True
        column = self.document.block_at(person.span.start)
        return self.document.block_at(self.people[last].span.start) == column

    def cells_of(self, person: Finding) -> Sequence[int]:
        """Give the cells of a row that speak of this person, none outside tables."""
        return self.cells.get(person.span, ())

    def stands_beside(self, finding: Finding) -> bool:
        """Say whether a column holds those who stand in a row about somebody else."""
        return stands_beside(self.header(finding))

    def in_minors_row(self, finding: Finding) -> bool:
        """Say whether a row in which no name was read holds the birth of a minor."""
        row = row_of(self.document, finding.span.start) if self.minor_rows else None
        return row in self.minor_rows and not self.stands_beside(finding)


def setting_of(document: Document, findings: Sequence[Finding]) -> Setting:
    """Gather what is asked again for every finding."""
    people = sorted((f for f in findings if f.entity is Entity.PERSON), key=lambda f: f.span)
    birthdays = [f.span for f in findings if f.entity is Entity.BIRTH_DATE]
    births = dict(_births(document, findings, day_of(document, birthdays)))
    tabular = any(block.cell for block in document.blocks)
    governing = headers(document) if tabular else {}
    topic = topic_of(document, governing)
    return Setting(
        document,
        whole(document).normalised,
        topic,
        governing,
        people,
        [person.span.start for person in people],
        sorted(person.span.end for person in people),
        dict(_lists(document.text, people)),
        cells_by_person(document, people, governing) if tabular else {},
        births,
        frozenset(_minor_rows(document, births)) if tabular else frozenset(),
        frozenset(_telling(document, governing, topic)),
        Role.INFORMANT if answers_complaint(document.text) else Role.APPLICANT,
        _OF_CITIZENS.search(document.text, 0, _OPENING) is not None,
        _CERTIFIES.search(document.text, 0, _OPENING) is None,
        _HONOURS.search(document.text, 0, _OPENING) is not None,
    )


def _lists(text: str, people: Sequence[Finding]) -> Iterator[tuple[Span, Span]]:
    """Map each person of a bare list (张三、李四和王五) to the stretch of the whole list."""
    first = 0
    for index, person in enumerate(people):
        following = people[index + 1].span.start if index + 1 < len(people) else -1
        if following > person.span.end and _JOINT.fullmatch(text, person.span.end, following):
            continue
        if index > first:
            whole = Span(people[first].span.start, person.span.end)
            yield from ((one.span, whole) for one in people[first : index + 1])
        first = index + 1


def _telling(
    document: Document, governing: Mapping[int, str], topic: Role | None
) -> Iterator[tuple[int, int]]:
    for index, header in governing.items():
        block = document.blocks[index]
        told = topic and _CAPACITY.search(header) and by_header(block.text.strip()) is topic
        if told and block.cell:
            yield block.cell.table, block.cell.column


def _births(
    document: Document, findings: Sequence[Finding], today: date
) -> Iterator[tuple[Span, Sequence[minors.Sign]]]:
    for finding in findings:
        if signs := by_finding(document, finding, today):
            yield finding.span, signs


def _minor_rows(
    document: Document, births: Mapping[Span, Sequence[minors.Sign]]
) -> Iterator[tuple[int, int]]:
    for span, signs in births.items():
        row = row_of(document, span.start)
        if minors.Sign.BORN_MINOR in signs and row is not None:
            yield row
