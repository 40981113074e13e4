"""Findings and scans as the contract lays them out in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flows.copies.findings_record import proposal_json
from flows.places import place_name
from flows.processing.scanned import ScannedFile
from review.attribute_proposal import AttributeProposal
from review.conceal import masked_value
from review.document import Document, Note, Severity
from review.plan import Ruling
from review.suggestion import Suggestion


def finding_json(document: Document, ruling: Ruling, *, reveal: bool) -> dict[str, Any]:
    """Lay out one finding; ``text`` is masked unless ``reveal``."""
    found = ruling.finding
    value = document.value(found.span)
    index = document.block_at(found.span.start)
    place = document.blocks[index].location
    where = {"part": place.part, "block": place.block, "page": place.page, "cell": place.cell}
    return {
        "id": found.id,
        "entity": found.entity.value,
        "start": found.span.start,
        "end": found.span.end,
        "score": round(found.score, 3),
        "detector": found.detector,
        "role": found.role.value,
        "person": found.person,
        "action": ruling.rule.action.value,
        "basis": ruling.rule.basis,
        "text": value if reveal else masked_value(found, value),
        "reason": found.reason,
        "location": {key: held for key, held in where.items() if held is not None},
        "place": place_name(document, index),
    }


def findings_json(
    document: Document, rulings: Sequence[Ruling], *, reveal: bool
) -> list[dict[str, Any]]:
    """Lay out the findings of one document."""
    return [finding_json(document, ruling, reveal=reveal) for ruling in rulings]


def notes_json(notes: Iterable[Note]) -> list[dict[str, str]]:
    """Lay out notes, each once, what needs a person before what is only worth knowing."""
    once = sorted(dict.fromkeys(notes), key=lambda note: note.severity is not Severity.PERSON)
    return [{"code": n.code, "message": n.message, "severity": n.severity.value} for n in once]


def file_json(
    path: str,
    category: str,
    file: ScannedFile,
    *,
    proposed: AttributeProposal,
    reveal: bool,
    suggested: Suggestion | None = None,
    written: Sequence[Note] = (),
) -> dict[str, Any]:
    """Lay out the scan of one file: its text's findings, then those in its name.

    ``written`` are the notes of its writer, where it was written.
    """
    marked = file.attribute_marked
    findings = findings_json(file.document, file.plan.rulings, reveal=reveal)
    findings += findings_json(file.name_document, file.name_plan.rulings, reveal=reveal)
    return {
        "path": path,
        "sha256": file.incoming.sha256,
        "format": file.document.format,
        "category": category,
        "category_suggested": suggested.category.key if suggested else None,
        "verdict": file.verdict.value,
        "attribute_marked": marked.value if marked else None,
        "attribute_proposed": proposal_json(proposed),
        "notes": notes_json((*file.document.notes, *proposed.notes(), *written)),
        "findings": findings,
    }
