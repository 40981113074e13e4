"""This project: read, plan, write, and the independent verifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bench.redactors import MASK, Redact

TITLE = "本项目"


def load() -> tuple[str, Redact]:
    """Import what reads, writes and verifies."""
    from importlib.metadata import version

    return version("prepublication-review"), _redact


def _redact(data: bytes, form: str, values: Sequence[str]) -> bytes:
    from redact.registry import get_format
    from redact.verify.verifier import IndependentVerifier, allowed_occurrences
    from review.plan import Edit, RedactionPlan, redacted_document, removed_values

    format = get_format(form)
    document = format.read(data)
    pattern = re.compile("|".join(map(re.escape, values)))
    places = (
        (index, found.span())
        for index, block in enumerate(document.blocks)
        for found in pattern.finditer(block.text)
    )
    edits = tuple(
        Edit(index, start, end, MASK, f"F{number}")
        for number, (index, (start, end)) in enumerate(places, 1)
    )
    plan = RedactionPlan(document.digest, "", "general", (), edits)
    output, _ = format.write(data, plan)
    published = redacted_document(document, plan).text
    allowed = allowed_occurrences(published, removed_values(document, plan))
    if IndependentVerifier().verify(form, output, allowed):
        raise ValueError("the verifier refused the output")
    return output
