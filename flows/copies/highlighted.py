"""Copies of the drafts with the proposals highlighted, for the people of the case only."""

from __future__ import annotations

from collections.abc import Iterator

from flows.copies.page_pictures import marks_of
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Scan, ScannedFile
from policies.names import ACTION_NAMES, ENTITY_NAMES, ROLE_NAMES
from redact.preview.highlights import HIGHLIGHTED, HighlightOrder, Label
from review.errors import ReviewError
from review.plan import Ruling


def highlighted_copies(pipeline: Pipeline, scan: Scan) -> Iterator[tuple[int, str, bytes]]:
    """Give number, suffix and bytes of each highlighted draft.

    A help for the eye: what goes wrong leaves a file without and raises nothing.
    """
    before = 0
    for number, file in enumerate(scan.files):
        if file.document.format in HIGHLIGHTED and file.plan.rulings:
            try:
                data = pipeline.highlight(file, _order(file, before))
            except (ReviewError, OSError):
                data = b""
            if data:
                yield number, f".{file.document.format}", data
        before += len(file.rulings)


def _order(file: ScannedFile, before: int) -> HighlightOrder:
    document = file.document
    texts = tuple(block.text for block in document.blocks)
    labels = tuple(_label(n, ruling) for n, ruling in enumerate(file.plan.rulings, before + 1))
    marks = tuple(marks_of(file, before))
    return HighlightOrder(document.format, texts, marks, labels, document.is_pictured)


def _label(number: int, ruling: Ruling) -> Label:
    """Say what the table of the review copy says of a finding, in one paragraph."""
    found, rule = ruling.finding, ruling.rule
    instead = f"，改为“{ruling.replacement}”" if ruling.replacement else ""
    told = (
        f"{number}　{ENTITY_NAMES[found.entity]}（{ROLE_NAMES[found.role]}）"
        f"：{ACTION_NAMES[rule.action]}{instead}。",
        f"为何检出：{found.reason}。" if found.reason else "",
        f"依据：{rule.basis}。" if rule.basis else "",
    )
    return Label(number, rule.action, "".join(told))
