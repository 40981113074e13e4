"""Redact every file of a folder: each must end redacted and verified, or refused with a reason.

``python -m bench.torture FOLDER [LIST]``. From each file words all over its text are taken out;
the output is verified and read again as a case's is. What ends otherwise than released is written
to LIST, a line each, with its reason. The files are other people's: nothing of them is kept.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from flows.processing.proof import prove_text
from flows.processing.sandbox import Limits, Sandbox
from redact.kinds import WRITTEN_AS, written_suffix
from redact.registry import FORMATS, get_format
from redact.verify.verifier import allowed_occurrences
from review.document import Document
from review.errors import ReviewError, UnsafeOutputError
from review.plan import Edit, RedactionPlan, redacted_document, removed_values

SECONDS = 120
_WORD = re.compile(r"[^\W_]{9,20}|[^\W\d_a-zA-Z]{2,20}|\d{5,8}")
"""Words that a file's own machinery (``Heading``, ``sheet1``) does not consist of."""

_MACHINERY = re.compile(
    "application|character|continuation|document|footnote|hyperlink|illustration|microsoft"
    "|paragraph|presentation|script|spreadsheet|underline", re.IGNORECASE,
)  # fmt: skip
"""Longer words that it does consist of, in names of elements, styles and parts."""

_EVERY = 7
_MOST_WORDS = 150
_MASK = "某某"


class End(StrEnum):
    """Say how a file ended."""

    RELEASED = "改写并核验"
    REFUSED = "拒收"
    HELD = "不放行"
    ESCAPED = "异常"


class Result(NamedTuple):
    """Hold how one file ended, why, and the seconds it took."""

    path: Path
    format: str
    end: End
    reason: str
    seconds: float


def main() -> None:
    """Treat every file and print how they ended."""
    files = _ours(Path(sys.argv[1]))
    results = [treat(path) for path in track(files, description="逐件处理")]
    _print(results)
    if len(sys.argv) > 2:
        told = (f"{r.end}\t{r.reason}\t{r.path}\n" for r in results if r.end is not End.RELEASED)
        Path(sys.argv[2]).write_text("".join(told), encoding="utf-8")


def _ours(folder: Path) -> list[Path]:
    """List the files whose names end as those of a format do."""
    ours = {suffix for name in FORMATS for suffix in get_format(name).suffixes}
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in files if path.suffix.lower() in ours)


def treat(path: Path) -> Result:
    """Redact one file within limits and say how it ended; raises nothing."""
    began = time.monotonic()
    end, reason = _ended(path)
    return Result(path, path.suffix.lower(), end, reason, time.monotonic() - began)


def _ended(path: Path) -> tuple[End, str]:
    sandbox = Sandbox(Limits(cpu=SECONDS, wall=SECONDS))
    try:
        data = path.read_bytes()
        document = sandbox.read(path.name, data)
    except ReviewError as error:
        return End.REFUSED, error.message
    except Exception as error:
        return End.ESCAPED, f"{type(error).__name__} while reading"
    try:
        _redact(sandbox, path.name, data, document)
    except ReviewError as error:
        return End.HELD, error.message
    except Exception as error:
        return End.ESCAPED, f"{type(error).__name__} while redacting"
    return End.RELEASED, ""


def _redact(sandbox: Sandbox, name: str, data: bytes, document: Document) -> None:
    plan = _plan(document)
    output, _ = sandbox.write(document.format, data, plan)
    expected = redacted_document(document, plan)
    removed = removed_values(document, plan)
    form = WRITTEN_AS.get(document.format, document.format)
    if complaints := sandbox.verify(form, output, allowed_occurrences(expected.text, removed)):
        raise UnsafeOutputError(complaints[0])
    again = sandbox.read(f"件{written_suffix(document.format, name)}", output)
    nothing = RedactionPlan(again.digest, "", "general", (), ())
    prove_text(document, plan, again, lambda _: nothing)


def _plan(document: Document) -> RedactionPlan:
    """Take out words from all over the text, wherever each occurs."""
    found = {match[0] for match in _WORD.finditer(document.text)}
    words = sorted(w for w in found if not _MACHINERY.search(w))[::_EVERY][:_MOST_WORDS]
    edits = tuple(_edits(document, frozenset(words)))
    return RedactionPlan(document.digest, "", "general", (), edits)


def _edits(document: Document, words: frozenset[str]) -> Iterator[Edit]:
    for index, block in enumerate(document.blocks):
        for found in _WORD.finditer(block.text):
            if found[0] in words:
                yield Edit(index, found.start(), found.end(), _MASK, "F1")


def _print(results: list[Result]) -> None:
    console = Console()
    table = Table(title="各类文件的结果")
    for column in ("扩展名", "件", *End, "最慢（秒）"):
        table.add_column(str(column))
    for form in sorted({result.format for result in results}):
        these = [result for result in results if result.format == form]
        ends = Counter(result.end for result in these)
        slowest = max(result.seconds for result in these)
        counts = (str(ends[end]) for end in End)
        table.add_row(form, str(len(these)), *counts, f"{slowest:.1f}")
    console.print(table)
    reasons = Counter((r.format, r.end, r.reason) for r in results if r.end is not End.RELEASED)
    table = Table(title="没有放行的原因")
    for column in ("扩展名", "结果", "件", "原因"):
        table.add_column(column)
    for (form, end, reason), number in reasons.most_common():
        table.add_row(form, end, str(number), reason)
    console.print(table)


if __name__ == "__main__":
    main()
