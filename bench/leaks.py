"""What is left in a file after redaction, beside other tools that were told the same values.

The drafts are those of the tests: a value of its own in every hiding place known to us. A search
that finds each of them in the draft goes over the output: bytes, parts, streams and three readers.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.engine import ROOT, interpreter
from bench.redactors import FORMATS, MASK
from tests.fakes.planted import everything_in as in_package
from tests.unit.redact.ooxml import test_docx_hiding_places as docx
from tests.unit.redact.ooxml import test_xlsx_hiding_places as xlsx
from tests.unit.redact.pdf import test_hiding_places as pdf

_PATIENCE = 900.0
"""Seconds that a tool may take for all files of a format."""
_SYSTEM = {"libreoffice": Path("/usr/bin/python3")}
"""LibreOffice brings its bridge for the system's Python alone."""


_HERE = ("ours", "plain")
"""Tools of the environment that runs this; those of others share one of their own."""


class Draft(NamedTuple):
    """Hold a draft: the values told to every tool, what to search for, and words that must stay."""

    data: bytes
    values: Sequence[str]
    planted: Sequence[str]
    public: str


class Outcome(NamedTuple):
    """Hold what became of the drafts of one format: values left, drafts without an output.

    ``emptied`` counts outputs in which the public words are gone as well.
    """

    version: str
    left: int
    refused: int
    emptied: int


def drafts(form: str) -> Mapping[str, Draft]:
    """Give the drafts of a format by file name."""
    if form == "pdf":
        return {
            f"{number:03}.pdf": Draft(data, (value, f"Q{value[4:]}X"), (value[4:],), "Notice")
            for number, (value, data) in enumerate(pdf.CASES.values())
        }
    planted = docx if form == "docx" else xlsx
    values = tuple(planted.VALUES.values())
    return {f"draft.{form}": Draft(planted.SOURCE, values, values, _PUBLIC[form])}


_PUBLIC = {"docx": "到场", "xlsx": MASK}
"""What a redacted file must still show; a book of planted cells alone shows masks."""
_SEARCH: Mapping[str, Callable[[bytes], str]] = {
    "docx": in_package,
    "xlsx": in_package,
    "pdf": pdf.everything_in,
}


class ToolFailedError(Exception):
    """Say why a tool cannot be run here."""


def outcome(name: str, form: str) -> Outcome:
    """Let a tool redact the drafts of a format and search what it wrote.

    Raises ``ToolFailedError`` where it is not installed or dies.
    """
    given = drafts(form)
    with tempfile.TemporaryDirectory() as folder:
        for file, draft in given.items():
            Path(folder, file).write_bytes(draft.data)
        told = {file: (form, draft.values) for file, draft in given.items()}
        Path(folder, "drafts.json").write_text(json.dumps(told), "utf-8")
        said = _run(name, folder)
        written = {file: Path(folder, name, file) for file in given if file not in said["refused"]}
        texts = {file: _SEARCH[form](path.read_bytes()) for file, path in written.items()}
    left = sum(value in texts[file] for file in texts for value in given[file].planted)
    emptied = sum(given[file].public not in text for file, text in texts.items())
    return Outcome(said["version"], left, len(given) - len(written), emptied)


def _run(name: str, folder: str) -> dict[str, object]:
    """Run a tool over a folder in a process and an environment of its own."""
    python = _SYSTEM.get(name, interpreter("ours" if name in _HERE else "redactors"))
    try:
        done = subprocess.run(
            [str(python), "-m", "bench.redactors", name, folder],
            cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ToolFailedError(type(error).__name__) from error
    if done.returncode:
        raise ToolFailedError((done.stderr.strip().splitlines() or ["?"])[-1])
    said: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return said


def main() -> None:
    """Let all tools redact all drafts and print what each left."""
    table = Table(
        title="隐去后文件里还能找到的值（每个工具都被告知要隐去哪些值）",
        caption="查找：字节、所有部件和数据流、三个阅读器的文本；在原件里每个值都找得到",
    )
    for column in ("格式", "工具", "版本", "埋入", "残留", "没有输出", "公开文字丢失"):
        table.add_column(column)
    runs = [(form, name) for form in _SEARCH for name in FORMATS if form in FORMATS[name]]
    for form, name in track(runs, "隐去并查找", console=Console(stderr=True)):
        table.add_row(*_row(form, name))
    Console().print(table)


def _row(form: str, name: str) -> Iterable[str]:
    title = import_module(f"bench.redactors.{name}").TITLE
    places = sum(len(draft.planted) for draft in drafts(form).values())
    try:
        told = outcome(name, form)
    except ToolFailedError as error:
        return form, title, "—", str(places), f"不能运行：{error}", "", ""
    figures = (places, told.left, told.refused, told.emptied)
    return form, title, told.version, *map(str, figures)


if __name__ == "__main__":
    main()
