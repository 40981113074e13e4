"""Put results into tables, ratios to ours included: for the terminal, Markdown, CSV and JSON."""

from __future__ import annotations

import csv
import io
import math
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.labelled import OFFICIAL, POLICY
from bench.measure import ROUNDS, SIZES, Result
from review.evaluation import Judgement, Tally
from review.finding import Entity

HEADLINE = 100_000
"""Characters a second are read off at this size."""
_MEGABYTE = 1 << 20
_NONE = "—"


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table as it is read: a title, headers, rows of text."""

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def throughput(result: Result) -> float:
    """Give characters a second at the headline size, or at the largest measured below it."""
    size = max(size for size in result.seconds if size <= HEADLINE)
    return size / result.seconds[size]


def growth(seconds: Mapping[int, float]) -> float:
    """Say how much dearer a character is in the largest text than in the smallest."""
    small, large = min(seconds), max(seconds)
    return (seconds[large] / large) / (seconds[small] / small)


def exponent(seconds: Mapping[int, float]) -> float:
    """Fit the power of the size that the time follows: 1 is linear, 2 quadratic."""
    points = [(math.log(size), math.log(taken)) for size, taken in seconds.items()]
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else math.nan


def speed_table(results: Sequence[Result]) -> Table:
    """Compare characters a second and the time of each size; the first engine is ours."""
    headers = ["引擎", "版本", "字/秒", "本系统快", *(f"{size // 10_000}万字" for size in SIZES)]
    headers.append(f"{OFFICIAL}逐件 字/秒")
    title = f"速度（处理器秒，{ROUNDS} 轮取最好；≈ 太慢或未收，按比例推算）"
    return Table(title, headers, [_speed_row(result, results[0]) for result in results])


def _speed_row(result: Result, ours: Result) -> list[str]:
    if not result.seconds:
        return [title(result), f"不能运行：{result.failed}"]
    return [
        title(result),
        result.introduction.version if result.introduction else _NONE,
        f"{throughput(result):,.0f}",
        f"{throughput(ours) / throughput(result):.2f} 倍" if ours.seconds else _NONE,
        *(_seconds(result, size) for size in SIZES),
        f"{result.rates[OFFICIAL]:,.0f}" if OFFICIAL in result.rates else _NONE,
    ]


def _seconds(result: Result, size: int) -> str:
    taken = result.seconds.get(size)
    return f"≈{result.expected(size):.1f}" if taken is None else f"{taken:.2f}"


def growth_table(results: Sequence[Result]) -> Table:
    """Compare how time grows with the text, and the memory that is held."""
    headers = [
        "引擎",
        "最大篇幅",
        "每字耗时是1万字时的",
        "增长指数",
        "启动秒",
        "启动后MB",
        "峰值MB",
    ]
    rows = [
        [
            title(result),
            f"{max(result.seconds):,} 字",
            f"{growth(result.seconds):.2f} 倍",
            f"{exponent(result.seconds):.2f}",
            f"{result.introduction.seconds:.1f}",
            f"{result.introduction.memory / _MEGABYTE:.0f}",
            f"{result.peak / _MEGABYTE:.0f}",
        ]
        for result in results
        if result.introduction and result.seconds
    ]
    return Table("随篇幅的增长（指数 1 为成正比）和内存", headers, rows)


def title(result: Result) -> str:
    """Name an engine as the tables show it."""
    return result.introduction.title if result.introduction else result.name


def remarks(results: Sequence[Result]) -> list[str]:
    """Say which engines stopped and which texts they did not take, with their own reasons."""
    said = [f"{title(each)} 中途停止：{each.failed}" for each in results if each.failed]
    for each in results:
        said += [f"{title(each)} 未收（{what}）：{why}" for what, why in each.refused.items()]
    return said


def accuracy_table(results: Sequence[Result]) -> Table:
    """Compare false alarms where nothing personal stands, F1 of names and of all kinds."""
    sets = list(dict.fromkeys(name for result in results for name in result.judgements))
    headers = ["引擎"]
    for name in sets:
        headers += [title for title, _ in _figures(name)]
    rows = []
    for result in results:
        row = [title(result)]
        for name in sets:
            judgement = result.judgements.get(name)
            row += [show(judgement) if judgement else _NONE for _, show in _figures(name)]
        rows.append(row)
    return Table("准确（F1：完全一致 / 有重叠）", headers, rows)


def _figures(name: str) -> Iterator[tuple[str, Callable[[Judgement], str]]]:
    """Yield the columns of a set of texts: our own also tell false alarms and all kinds."""
    if name in (POLICY, OFFICIAL):
        yield f"{name} 误报/万字", _alarms
    if name != POLICY:
        yield f"{name} 姓名F1", lambda judgement: _f1(people(judgement))
    if name == OFFICIAL:
        yield f"{name} 各类F1", lambda judgement: _f1(sum(judgement.tallies.values(), Tally()))


def people(judgement: Judgement) -> Tally:
    """Give the counts for names of persons."""
    return judgement.tallies.get(Entity.PERSON, Tally())


def _alarms(judgement: Judgement) -> str:
    return _NONE if judgement.alarm_rate is None else f"{judgement.alarm_rate:.1f}"


def _f1(tally: Tally) -> str:
    exact, overlap = tally.exact.f1, tally.overlap.f1
    return _NONE if exact is None or overlap is None else f"{exact:.3f} / {overlap:.3f}"


def machine() -> str:
    """Describe the machine without naming it."""
    return (
        f"{platform.system()} {platform.machine()}，{os.cpu_count()} 核，"
        f"Python {platform.python_version()}"
    )


def markdown(tables: Sequence[Table], heading: str, said: Sequence[str]) -> str:
    """Write tables in Markdown, remarks below them."""
    lines = [heading]
    for table in tables:
        lines += ["", f"**{table.title}**", "", _line(table.headers)]
        lines.append(_line(["---"] * len(table.headers)))
        blank = [""] * len(table.headers)
        lines += [_line([*row, *blank][: len(table.headers)]) for row in table.rows]
    lines += ["", *(f"- {sentence}" for sentence in said)]
    return "\n".join(lines).rstrip() + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '／') for cell in cells)} |"


def comma_separated(tables: Sequence[Table]) -> str:
    """Write tables as CSV, one below the other."""
    out = io.StringIO()
    writer = csv.writer(out)
    for table in tables:
        writer.writerows([[table.title], table.headers, *table.rows, []])
    return out.getvalue()


def record(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Give the figures as JSON values: what the plot is drawn from."""
    return [
        {
            "name": result.name,
            "title": title(result),
            "version": result.introduction.version if result.introduction else None,
            "failed": result.failed,
            "refused": result.refused,
            "seconds": {str(size): taken for size, taken in result.seconds.items()},
            "characters_per_second": throughput(result) if result.seconds else None,
            "growth": growth(result.seconds) if result.seconds else None,
            "exponent": exponent(result.seconds) if result.seconds else None,
            "characters_per_second_of_texts": result.rates,
            "peak_bytes": result.peak,
            "alarms_per_ten_thousand": {
                name: each.alarm_rate for name, each in result.judgements.items()
            },
            "person_f1": {name: people(each).exact.f1 for name, each in result.judgements.items()},
        }
        for result in results
    ]
