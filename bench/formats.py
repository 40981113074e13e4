"""How long redacting a file takes beside plain parse-and-save by the library that offices know.

Every run is a process of its own, the contestants take turns, and the table gives medians of
processor time and the median of each round's ratio. Ours is reading, writing and the independent
verifier; what the detectors take is measured by ``bench.compare``.
"""

from __future__ import annotations

import gc
import io
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.runner import peak
from review.document import Document
from review.plan import Edit, RedactionPlan
from samples.numbers import identity_number, mobile
from samples.people import people

ROUNDS = 5
PARAGRAPHS, ROWS, PAGES = 700, 20_000, 50
_HEADERS = ("序号", "乡镇", "姓名", "身份证号", "住址", "联系电话", "金额（元）", "备注")
_NUMBER = re.compile(r"\d{17}[\dX]|1\d{10}")
_IN_THE_PDF = 740
_MEGABYTE = 1024 * 1024


class Task(NamedTuple):
    """Hold a file to redact: its name for people, and by how many units its time is divided."""

    title: str
    library: str
    units: int
    per: str
    make: Callable[[], bytes]
    plain: Callable[[bytes], object]


def _sentence(number: int) -> str:
    person = people(1, 60)[number % 60]
    return (
        f"经{person.township}人民政府调查核实，居民{person.name}（身份证号{person.id_card}，"
        f"联系电话{mobile(number)}）符合临时救助条件，拟给予一次性救助，现予公示，接受社会监督。"
    )


def _docx() -> bytes:
    from docx import Document as WordDocument

    document, output = WordDocument(), io.BytesIO()
    for number in range(PARAGRAPHS):
        document.add_paragraph(_sentence(number))
    document.save(output)
    return output.getvalue()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book, output = Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("名单")
    sheet.append(_HEADERS)
    crowd = people(1, 60)
    for number in range(ROWS):
        person = crowd[number % len(crowd)]
        identity = identity_number(person.born, number % 999 + 1)
        place = f"{person.township}{number % 40 + 1}组{number % 90 + 1}号"
        sheet.append(
            (number + 1, person.township, person.name, identity, place, mobile(number), 2000, "")
        )
    book.save(output)
    return output.getvalue()


def _pdf() -> bytes:
    from samples.pdf_writer import write_pdf

    content = "\n".join(_sentence(number) for number in range(_IN_THE_PDF))
    return write_pdf(content, "公示")


def _plain_docx(data: bytes) -> object:
    from docx import Document as WordDocument

    return WordDocument(io.BytesIO(data)).save(io.BytesIO())


def _plain_xlsx(data: bytes) -> object:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data)).save(io.BytesIO())


def _plain_pdf(data: bytes) -> object:
    import pdfplumber
    import pikepdf

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.save(io.BytesIO())


TASKS: Mapping[str, Task] = {
    "docx": Task(f"docx，{PARAGRAPHS} 段", "python-docx", 1, "", _docx, _plain_docx),
    "xlsx": Task(f"xlsx，{ROWS:,} 行", "openpyxl", 1, "", _xlsx, _plain_xlsx),
    "pdf": Task(f"pdf，{PAGES} 页", "pdfplumber + pikepdf", PAGES, "，每页", _pdf, _plain_pdf),
}


def main() -> None:
    """Measure all formats in turn and print the table, or do one run in this process."""
    if len(sys.argv) == 4:
        _, form, contestant, path = sys.argv
        print(json.dumps(_run(form, contestant, Path(path).read_bytes())))
        return
    with tempfile.TemporaryDirectory() as folder:
        _print({form: _race(form, Path(folder)) for form in TASKS})


def _race(form: str, folder: Path) -> Mapping[str, list[Mapping[str, float]]]:
    path = folder / f"draft.{form}"
    path.write_bytes(TASKS[form].make())
    runs: dict[str, list[Mapping[str, float]]] = {"plain": [], "ours": []}
    for _ in range(ROUNDS):
        for contestant, taken in runs.items():
            command = [sys.executable, "-m", "bench.formats", form, contestant, str(path)]
            done = subprocess.run(command, capture_output=True, check=True, text=True)
            taken.append(json.loads(done.stdout))
    return runs


def _run(form: str, contestant: str, data: bytes) -> Mapping[str, float]:
    if contestant == "plain":
        began = time.process_time()
        TASKS[form].plain(data)
        return {"total": time.process_time() - began, "peak": peak()}
    return _redact(form, data)


def _redact(form: str, data: bytes) -> Mapping[str, float]:
    """Take out all numbers; the sum of the stages is what a file costs beside the detectors."""
    from redact.ocr.recall import recalling
    from redact.registry import get_format
    from redact.verify.split_numbers import kept_numbers
    from redact.verify.verifier import IndependentVerifier, allowed_occurrences
    from review.plan import redacted_document, removed_values

    gc.set_threshold(1_000_000, 50, 50)  # as the sandbox does in its worker
    writer = get_format(form)
    with recalling({}):  # what was read of a draft is handed on to writing, as in the product
        clock = [time.process_time()]
        document = writer.read(data)
        clock.append(time.process_time())
        plan = _plan(document)
        clock.append(time.process_time())
        output, _ = writer.write(data, plan)
        clock.append(time.process_time())
    removed = removed_values(document, plan)
    published = redacted_document(document, plan)
    allowed = allowed_occurrences(published.text, removed)
    kept = kept_numbers(block.text for block in published.blocks)
    if IndependentVerifier().verify(form, output, allowed, kept):
        raise SystemExit("the verifier complained: nothing to measure")
    clock.append(time.process_time())
    read, _, write, verify = (b - a for a, b in pairwise(clock))
    stages = {"read": read, "write": write, "verify": verify}
    return stages | {"total": read + write + verify, "peak": peak()}


def _plan(document: Document) -> RedactionPlan:
    # Each a finding of its own: what one finding takes out of several blocks is one value.
    places = (
        (index, found.span())
        for index, block in enumerate(document.blocks)
        for found in _NUMBER.finditer(block.text)
    )
    edits = tuple(
        Edit(index, start, end, "******", f"F{number}")
        for number, (index, (start, end)) in enumerate(places, 1)
    )
    return RedactionPlan(document.digest, "", "general", (), edits)


def _print(races: Mapping[str, Mapping[str, list[Mapping[str, float]]]]) -> None:
    table = Table(
        title=f"处理文件的处理器时间（秒），{ROUNDS} 轮中位数",
        caption="比值：与用"
        + "、".join(f"{task.library}（{form}）" for form, task in TASKS.items())
        + "打开再存相比",
    )
    for column in ("文件", "读取", "改写", "核验", "合计", "比值", "内存"):
        table.add_column(column)
    for form, runs in races.items():
        task, ours, plain = TASKS[form], runs["ours"], runs["plain"]
        ratios = [a["total"] / b["total"] for a, b in zip(ours, plain, strict=True)]
        stages = (_middle(ours, stage) / task.units for stage in ("read", "write", "verify"))
        table.add_row(
            task.title + task.per,
            *(f"{seconds:.3f}" for seconds in stages),
            f"{_middle(ours, 'total') / task.units:.3f}",
            f"{statistics.median(ratios):.2f}",
            f"{_middle(ours, 'peak') / _MEGABYTE:.0f} MB",
        )
    Console().print(table)


def _middle(runs: list[Mapping[str, float]], key: str) -> float:
    return statistics.median(run[key] for run in runs)


if __name__ == "__main__":
    main()
