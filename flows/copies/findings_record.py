"""The record of a scan: what people and other systems are shown of it, everything masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any

from flows.places import place_name
from flows.processing.scanned import Scan, ScannedFile
from flows.processing.wire import unpack_notes
from review.attribute_proposal import AttributeProposal
from review.conceal import Concealer, masked_value
from review.display import DisplayPeriod, display_period
from review.document import BlockKind, Document, Note
from review.heading import document_number_of, made_on, title_of
from review.plan import RedactionPlan, Ruling
from review.release import count_findings


@dataclass(frozen=True, slots=True)
class FindingRow:
    """Hold one finding as lists show it; ``excerpt`` and ``result`` are its masked surroundings.

    ``result`` is empty where the text stays as it is; ``person`` is the number of the person whom
    a name means (``P1``), the same in all files of the case.
    """

    id: str
    file: str
    entity: str
    role: str
    action: str
    text: str
    replacement: str
    basis: str
    reason: str
    place: str
    excerpt: str
    result: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """Hold the masked outcome of a scan as it lies in the case folder.

    ``made_on`` is the 成文日期 that the document bears (ISO), empty where it bears none;
    ``display`` the 公示期 that it announces. ``extents`` are pages (0 where its format has none)
    and characters of each file. ``since`` tells what differs from the round before.
    """

    title: str = ""
    category: str = ""
    document_number: str = ""
    made_on: str = ""
    findings: tuple[FindingRow, ...] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    note: str = ""
    display: DisplayPeriod | None = None
    attribute_proposed: Mapping[str, str] = field(default_factory=dict)
    extents: tuple[tuple[int, int], ...] = ()
    since: tuple[str, ...] = ()

    def pack(self) -> dict[str, Any]:
        """Turn the record into JSON types."""
        return asdict(self) | {"display": _pack_display(self.display)}

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> CaseRecord:
        """Build a record from JSON."""
        rows = tuple(FindingRow(**row) for row in packed["findings"])
        display = _unpack_display(packed.get("display"))
        notes = unpack_notes(packed["notes"])
        extents = tuple((int(pages), int(size)) for pages, size in packed.get("extents", ()))
        since = tuple(packed.get("since", ()))
        values = dict(
            packed, findings=rows, notes=notes, display=display, extents=extents, since=since
        )
        return cls(**values)


def describe_scan(scan: Scan, notes: tuple[Note, ...], *, reveal: bool = False) -> CaseRecord:
    """Describe a scan with everything personal masked, also what the policy keeps.

    With ``reveal`` the findings' texts are in clear, for an officer's own terminal only.
    """
    first = scan.files[0]
    concealed = Concealer(first.document, first.plan.rulings).document()
    named = Concealer(first.name_document, first.name_plan.rulings).document()
    rows = tuple(row for file in scan.files for row in _rows(file, reveal))
    unique = dict.fromkeys((*(n for f in scan.files for n in f.document.notes), *notes))
    return CaseRecord(
        title=title_of(concealed) or named.text,
        category=scan.category.title,
        document_number=document_number_of(concealed),
        made_on=made.isoformat() if (made := made_on(first.document)) else "",
        findings=rows,
        counts=count_findings(r for file in scan.files for r in file.rulings),
        notes=tuple(unique),
        display=display_period(first.document, scan.category),
        attribute_proposed=proposal_json(scan.proposal),
        extents=tuple(_extent(file.document) for file in scan.files),
    )


def _extent(document: Document) -> tuple[int, int]:
    """Count pages and characters, white space and what no reader sees left out."""
    seen = [b for b in document.blocks if b.kind not in (BlockKind.ATTRIBUTE, BlockKind.DROPPED)]
    pages = max((block.location.page or 0 for block in seen), default=0)
    return pages, sum(len("".join(block.text.split())) for block in seen)


def proposal_json(proposal: AttributeProposal) -> dict[str, str]:
    """Lay out a proposed disclosure attribute."""
    return {
        "attribute": proposal.attribute.value,
        "basis": proposal.basis,
        "reason": proposal.reason,
    }


def _pack_display(period: DisplayPeriod | None) -> dict[str, Any] | None:
    if period is None:
        return None
    days = {"start": period.start, "end": period.end}
    plain = {name: day.isoformat() if day else None for name, day in days.items()}
    return {**plain, "days": period.days, "working": period.working}


def _unpack_display(packed: Mapping[str, Any] | None) -> DisplayPeriod | None:
    if packed is None:
        return None
    start, end = (
        date.fromisoformat(packed[name]) if packed[name] else None for name in ("start", "end")
    )
    return DisplayPeriod(start, end, int(packed["days"]), bool(packed["working"]))


def _rows(file: ScannedFile, reveal: bool) -> Iterator[FindingRow]:
    name = Concealer(file.name_document, file.name_plan.rulings).document().text
    shown = name + PurePath(file.incoming.name).suffix.lower()
    yield from _plan_rows(file.document, file.plan, shown, reveal)
    yield from _plan_rows(file.name_document, file.name_plan, shown, reveal)


def _plan_rows(
    document: Document, plan: RedactionPlan, name: str, reveal: bool
) -> Iterator[FindingRow]:
    concealer = Concealer(document, plan.rulings)
    for ruling in plan.rulings:
        found = ruling.finding
        excerpt = concealer.excerpt(ruling)
        value = document.value(found.span)
        yield FindingRow(
            id=found.id,
            file=name,
            entity=found.entity.value,
            role=found.role.value,
            action=ruling.rule.action.value,
            text=value if reveal else masked_value(found, value),
            replacement=ruling.replacement or "",
            basis=ruling.rule.basis,
            reason=found.reason,
            place=place_of(document, ruling),
            excerpt=excerpt.before,
            result="" if ruling.replacement is None else excerpt.after,
            person=found.person,
        )


def place_of(document: Document, ruling: Ruling) -> str:
    """Say in Chinese where a finding begins: page, cell or paragraph."""
    return place_name(document, document.block_at(ruling.finding.span.start))
