"""What is left of a file after redaction, record by record: rows of tables and paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from detectors.tables.tables import headers
from review.document import Block, Document, Note, Severity
from review.finding import Entity, Role
from review.plan import RedactionPlan, Ruling, redacted_document

Place = tuple[int, int]
"""(table, row), or (-1, block) outside tables."""

_MOST_NAMED = 8


@dataclass
class Record:
    """Hold one row or paragraph: its text as published, with headers, and what was found in it."""

    place: Place
    blocks: list[int] = field(default_factory=list)
    text: str = ""
    rulings: list[Ruling] = field(default_factory=list)

    @cached_property
    def people(self) -> frozenset[str]:
        """Give the numbers of the people who stand in the record."""
        return frozenset(r.finding.person for r in self.rulings if r.finding.person)


class Remaining:
    """Look up what one file of a case publishes, and in which record each finding stands."""

    def __init__(self, document: Document, plan: RedactionPlan) -> None:
        self.document = document
        self.plan = plan
        self.published = redacted_document(document, plan)
        self.records: dict[Place, Record] = {}
        self.headers = headers(document)
        for index, block in enumerate(self.published.blocks):
            record = self.records.setdefault(place_of(index, block), Record(place_of(index, block)))
            record.blocks.append(index)
            header = self.headers.get(index)
            record.text += f" {header}：{block.text}" if header else f" {block.text}"
        for ruling in plan.rulings:
            self.record_of(ruling).rulings.append(ruling)

    def record_of(self, ruling: Ruling) -> Record:
        """Give the record in which a finding begins."""
        index = self.document.block_at(ruling.finding.span.start)
        return self.records[place_of(index, self.document.blocks[index])]

    def value(self, ruling: Ruling) -> str:
        """Look up the text of a finding, without white space."""
        return "".join(self.document.value(ruling.finding.span).split())


def place_of(index: int, block: Block) -> Place:
    """Say to which record a block belongs."""
    return (-1, index) if block.cell is None else (block.cell.table, block.cell.row)


def where(places: Iterable[Place]) -> str:
    """Name records for a reader: 第3段, 第1个表第2行."""
    told = [
        f"第{record + 1}段" if table < 0 else f"第{table + 1}个表第{record + 1}行"
        for table, record in dict.fromkeys(places)
    ]
    return listed(told)


def listed(told: Sequence[str]) -> str:
    """List the first few of many."""
    more = f"等 {len(told)} 处" if len(told) > _MOST_NAMED else ""
    return "、".join(told[:_MOST_NAMED]) + more


def numbers(rulings: Iterable[Ruling]) -> str:
    """Name findings by their numbers: （编号 F2、F7）; empty where there are none."""
    told = listed(list(dict.fromkeys(r.finding.id for r in rulings)))
    return f"（编号 {told}）" if told else ""


def is_named(ruling: Ruling) -> bool:
    """Say whether a finding is a person whose name is published in full."""
    return _is_person(ruling) and ruling.replacement is None and ruling.finding.role != Role.MASKED


def is_hidden(ruling: Ruling) -> bool:
    """Say whether a finding is a person whose name the plan hides."""
    return _is_person(ruling) and ruling.replacement is not None


def is_masked(ruling: Ruling) -> bool:
    """Say whether a finding is a person whose name the draft itself has masked."""
    return _is_person(ruling) and ruling.finding.role == Role.MASKED


def _is_person(ruling: Ruling) -> bool:
    return ruling.finding.entity is Entity.PERSON


def asks(code: str, message: str) -> Note:
    """Make a note that asks for a person."""
    return Note(code, message, Severity.PERSON)
