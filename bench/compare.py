"""Compare our detectors with other engines in one run: ``make bench`` (``EVAL=DIR`` for more F1).

Writes ``bench/results/comparison.md``, ``.csv``, ``.json`` and the plot ``.svg``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table as RichTable

from bench import report
from bench.contestants import NAMES, OURS
from bench.engine import ROOT, interpreter
from bench.labelled import TextSet, from_folder, official, policy_prose
from bench.measure import Contest, Result

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Measure, print the tables and write the results."""
    parser = argparse.ArgumentParser(prog="bench.compare")
    parser.add_argument("--eval", type=Path, help="标注数据（.jsonl）所在的文件夹")
    parser.add_argument("--engine", action="append", choices=NAMES, help="只比较这些，可写多次")
    given = parser.parse_args()
    talk = Console(stderr=True)
    contest = Contest(given.engine or NAMES, lambda step: talk.print(f"  {step}", style="dim"))
    try:
        contest.race()
        for texts in text_sets(given.eval):
            contest.judge(texts)
    finally:
        contest.close()
    _publish(list(contest.results.values()))
    if OURS in contest.results and contest.results[OURS].failed:
        raise SystemExit(1)


def text_sets(folder: Path | None) -> Iterator[TextSet]:
    """Yield the texts that engines are judged on."""
    yield policy_prose()
    yield official()
    if folder is not None:
        yield from from_folder(folder)


def _publish(results: list[Result]) -> None:
    tables = [
        report.speed_table(results),
        report.growth_table(results),
        report.accuracy_table(results),
    ]
    remarks = report.remarks(results)
    console = Console(width=max(Console().width, 150))
    for table in tables:
        shown = RichTable(*table.headers, title=table.title)
        for row in table.rows:
            shown.add_row(*row)
        console.print(shown)
    for remark in remarks:
        console.print(remark, highlight=False, markup=False)
    console.print(report.machine())
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / "comparison"
    markdown = report.markdown(tables, f"# 与其他引擎的比较\n\n{report.machine()}", remarks)
    target.with_suffix(".md").write_text(markdown, encoding="utf-8")
    target.with_suffix(".csv").write_text(report.comma_separated(tables), encoding="utf-8")
    figures = json.dumps(report.record(results), ensure_ascii=False, indent=1)
    target.with_suffix(".json").write_text(figures + "\n", encoding="utf-8")
    _draw(target.with_suffix(".json"), target.with_suffix(".svg"))
    console.print(f"结果在 {RESULTS.relative_to(ROOT)} 目录：comparison.md、.csv、.json、.svg")


def _draw(figures: Path, picture: Path) -> None:
    python = interpreter("plot")
    if not python.exists():
        return
    command = [str(python), "-m", "bench.plot", str(figures), str(picture)]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
