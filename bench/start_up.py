"""How long the command line takes cold, against the bare import of the analyser it rests on.

Every command runs in turn, several rounds, each in a process of its own; the table gives medians
and the ratio of each round's pair, so that a machine whose speed drifts still compares fairly.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from docx import Document
from rich.console import Console
from rich.table import Table

ROUNDS = 5
_PARAGRAPH = (
    "各乡镇人民政府、街道办事处，县政府各部门：为进一步规范临时救助工作，保障困难群众基本生活，"
    "现就有关事项通知如下。救助对象姓名：苗秋实，联系电话：13900000001，家庭住址：青禾县柳溪镇"
    "杏花村三组12号。请各单位认真组织实施，按时报送工作进展情况。"
)


def main() -> None:
    """Print the medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        commands = _commands(_two_pages(Path(folder)))
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS + 1):
            for name, command in commands.items():
                times[name].append(_seconds(command))
    _print({name: taken[1:] for name, taken in times.items()})  # the first round warms the disk


def _commands(draft: Path) -> dict[str, list[str]]:
    review = [sys.executable, "-m", "flows.cli"]
    return {
        "import presidio_analyzer": [sys.executable, "-c", "import presidio_analyzer"],
        "review scan（两页 docx）": [*review, "scan", str(draft)],
        "review --help": [*review, "--help"],
    }


def _two_pages(folder: Path) -> Path:
    document = Document()
    for _ in range(12):
        document.add_paragraph(_PARAGRAPH)
    path = folder / "通知.docx"
    document.save(str(path))
    return path


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=False)
    return time.perf_counter() - start


def _print(times: dict[str, list[float]]) -> None:
    (_, base), *_ = times.items()
    table = Table(title=f"冷启动，{ROUNDS} 轮中位数")
    for column in ("命令", "秒", "与第一行之比"):
        table.add_column(column)
    for name, taken in times.items():
        ratios = [mine / theirs for mine, theirs in zip(taken, base, strict=True)]
        table.add_row(name, f"{statistics.median(taken):.2f}", f"{statistics.median(ratios):.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
