"""Labelled text to be right about: our own official text, and what a user brings along."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import prose

PERSON = "PERSON"
_PROSE = 30_000
_PROSE_SEED = 77


@dataclass(frozen=True, slots=True)
class Record:
    """Hold a text and where people are named in it, None where nothing personal is at all."""

    text: str
    people: frozenset[tuple[int, int]] | None


@dataclass(frozen=True, slots=True)
class TextSet:
    """Hold the records of one source under the name the tables show."""

    name: str
    records: Sequence[Record]


def policy_prose() -> TextSet:
    """Give plain policy text in which every finding is a false alarm."""
    lines = prose(_PROSE, _PROSE_SEED).split("\n")
    return TextSet("政策文本", [Record(line, None) for line in lines if line])


def from_folder(folder: Path) -> Iterator[TextSet]:
    """Read the ``.jsonl`` files that label people (``{"text","spans","ann"}``) in a folder."""
    for path in sorted(folder.glob("*.jsonl")):
        records = list(_records(path))
        if any(record.people for record in records):
            yield TextSet(path.stem, records)


def _records(path: Path) -> Iterator[Record]:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        # Only where a source marks all people is a further one a mistake.
        if PERSON in record.get("ann", ()):
            people = (s for s in record["spans"] if s["label"] == PERSON)
            yield Record(record["text"], frozenset((s["start"], s["end"]) for s in people))
