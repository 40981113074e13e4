"""Numbers found elsewhere in a document, wherever a longer run of digits holds them.

A machine that reads a picture takes the boxes beside a number for noughts, and 0018994478344000 is
no mobile by itself. The draft's own text layer, or another page, tells that one stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from detectors.numbers.parts import SHAPES
from detectors.tables.passages import whole
from detectors.text.normalise import fold
from review.document import Document
from review.finding import Entity, Finding

_SCORE = 0.9
_REASON = "别处检出的号码，前后连着别的数字"
_RUN = re.compile(r"[0-9]{12,}X?")
"""One digit more than a mobile has, the shortest number that no other holds by chance."""

_LONG_ENOUGH = frozenset({Entity.PHONE_NUMBER, Entity.CN_ID_CARD, Entity.CN_BANK_CARD})


def numbers_within_runs(document: Document, found: Sequence[Finding]) -> Iterator[Finding]:
    """Find the mobiles, identity and card numbers of ``found`` inside longer runs of digits."""
    known = _numbers(document, found)
    if not known:
        return
    lengths = {len(number) for number in known}
    spans = {finding.span for finding in found}
    placed = whole(document)
    for run in _RUN.finditer(placed.passage.text):
        if placed.span(*run.span()) in spans:
            continue
        for start, end in _windows(run.group(), lengths, known):
            span = placed.span(run.start() + start, run.start() + end)
            entity = known[run.group()[start:end]]
            yield Finding(entity, span, _SCORE, SHAPES[entity][0], reason=_REASON)


def _numbers(document: Document, found: Sequence[Finding]) -> Mapping[str, Entity]:
    """Give the numbers of a document that are written as a whole, without what parts them."""
    known: dict[str, Entity] = {}
    for finding in found:
        if finding.entity in _LONG_ENOUGH:
            number = re.sub(r"[\s-]", "", fold(document.value(finding.span))).upper()
            if SHAPES[finding.entity][1].fullmatch(number):
                known[number] = finding.entity
    return known


def _windows(run: str, lengths: set[int], known: Mapping[str, Entity]) -> Iterator[tuple[int, int]]:
    """Yield where a known number stands in a run that is longer than it."""
    for length in lengths:
        for start in range(len(run) - length + 1):
            if length < len(run) and run[start : start + length] in known:
                yield start, start + length
