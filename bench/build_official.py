"""Build ``official.jsonl`` from ``official.txt``, the labelled official texts written for this set.

``@@ 007 general`` opens a record of that category (``plain`` after it: nobody's data stands in it),
``[[PERSON|…]]`` labels a stretch, ``[[TRAP|…]]`` one that must not be found. Every fifth record is
held out: it is for measuring alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("official.txt")
TARGET = Path(__file__).with_name("official.jsonl")
HELD_OUT = 5

EXHAUSTIVE = [
    "PERSON",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "IP_ADDRESS",
    "CN_ID_CARD",
    "CN_PASSPORT",
    "CN_TRAVEL_PERMIT",
    "CN_MILITARY_ID",
    "CN_SOCIAL_SECURITY",
    "CN_BANK_CARD",
    "CN_LICENSE_PLATE",
    "CN_ADDRESS",
    "CN_PROPERTY_CERT",
    "BIRTH_DATE",
    "WECHAT_ID",
    "QQ_NUMBER",
    "CN_USCC",
]
"""What is labelled wherever it stands."""
SENSITIVE = ["HEALTH", "MARITAL_STATUS", "RELIGION", "ETHNICITY", "MINOR"]
"""What is labelled by example, its borders being a matter of taste; but none is in a plain text."""

_RECORD = re.compile(r"^@@ (\d{3}) ([a-z_]+)( plain)?\n", re.MULTILINE)
_MARK = re.compile(r"\[\[([A-Z_]+)\|([^\[\]|]+)\]\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """Hold one labelled stretch of a text without its marks; offsets end exclusive."""

    start: int
    end: int
    label: str


def main() -> None:
    """Write the records, one a line."""
    lines = (
        json.dumps(record, ensure_ascii=False)
        for record in records(SOURCE.read_text(encoding="utf-8"))
    )
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def records(source: str) -> Iterator[dict[str, Any]]:
    """Read the source into records; raises ``ValueError`` for a mark that is left over."""
    pieces = _RECORD.split(source)
    if pieces[0].strip():
        raise ValueError("the source does not begin with a record")
    heads = zip(pieces[1::4], pieces[2::4], pieces[3::4], pieces[4::4], strict=True)
    for number, category, plain, body in heads:
        text, marked = unmarked(body.strip("\n"))
        traps = [mark for mark in marked if mark.label == "TRAP"]
        yield {
            "id": f"official-{number}",
            "category": category,
            "text": text,
            "spans": [
                {"start": m.start, "end": m.end, "label": m.label, "raw": m.label}
                for m in marked
                if m.label != "TRAP"
            ],
            "traps": [{"start": trap.start, "end": trap.end} for trap in traps],
            "ann": EXHAUSTIVE + SENSITIVE if plain else EXHAUSTIVE,
            "split": "dev" if int(number) % HELD_OUT else "held-out",
        }


def unmarked(body: str) -> tuple[str, tuple[Marked, ...]]:
    """Take the marks off a text and say where they stood."""
    pieces: list[str] = []
    marked: list[Marked] = []
    length = position = 0
    for match in _MARK.finditer(body):
        before, value = body[position : match.start()], match[2]
        start = length + len(before)
        marked.append(Marked(start, start + len(value), match[1]))
        pieces += (before, value)
        length, position = start + len(value), match.end()
    text = "".join([*pieces, body[position:]])
    if "[[" in text or "]]" in text:
        raise ValueError(f"a mark is not closed near {text[:20]!r}")
    return text, tuple(marked)


if __name__ == "__main__":
    main()
