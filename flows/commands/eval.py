"""``review eval``: how well the detectors do on labelled texts."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from flows.commands.options import json_option, policy_option, reveal_option
from flows.commands.progress import shown
from flows.commands.tables import console
from flows.compose import open_pipeline
from flows.durable import write_file
from flows.evaluating.evaluation import KIND_NAMES, Evaluated, evaluate, shown_value
from flows.evaluating.evaluation_report import (
    confusion,
    entity_name,
    evaluation_html,
    evaluation_json,
    ratio,
    sentences,
    total,
)
from flows.evaluating.labelled import LabelledFile, Reader
from review.document import Span
from review.errors import InputError
from review.evaluation import Judgement
from review.finding import Entity

_LISTED = 20


@click.command("eval")
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--split", metavar="NAME", help="只评测 split 为此值的记录。")
@click.option(
    "--skip-label", "skipped", metavar="LABEL", multiple=True, help="不评测的标签，可多次写。"
)
@click.option(
    "--report",
    metavar="FILE.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="另写一份网页报告，错误处按原文标出；含个人信息，仅本人可读（0600）。",
)
@policy_option
@json_option
@reveal_option
def eval(
    paths: tuple[Path, ...],
    split: str | None,
    skipped: tuple[str, ...],
    report: Path | None,
    overlay: Path | None,
    as_json: bool,
    reveal: bool,
) -> None:
    """用标注好的 JSONL 评测检测效果：精确率、召回率、F1、误检和混淆清单。

    每行一条 {"id","text","spans":[{"start","end","label"}],"ann"?,"traps"?,"split"?}；
    位置按字符计，end 不含。ann 是标注齐全的标签，只有这些标签才计误检；
    缺少 ann 时，视为文件里出现过的标签都标注齐全。
    退出码：0 评测完成，2 用法不对，5 文件无法使用（指出行号），6 检测失败。
    """
    if report is not None:
        _check_report(report)
    reader = Reader(frozenset(skipped), split)
    checked = _checked(reader, paths)
    pipeline = open_pipeline(overlay)
    files = [
        evaluate(file.path, shown(reader.examples(file), "评测", file.records), pipeline.detect)
        for file in checked
    ]
    if report is not None:
        write_file(report, evaluation_html(files))
    if as_json:
        told = evaluation_json(files, reveal=reveal)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _print(files, reveal=reveal)
    if report is not None:
        click.echo(
            f"报告已写入 {report}：其中按原文显示个人信息，仅本人可读，用后请删除。", err=True
        )


def _check_report(report: Path) -> None:
    """Refuse now what could not be written at the end, or would overwrite the labelled file."""
    if report.suffix.lower() not in (".html", ".htm"):
        raise click.BadParameter("报告是网页，文件名请以 .html 结尾。", param_hint="--report")
    if not os.access(report.absolute().parent, os.W_OK | os.X_OK):
        raise click.BadParameter("报告所在的文件夹不存在或不能写入。", param_hint="--report")


def _checked(reader: Reader, paths: Sequence[Path]) -> list[LabelledFile]:
    """Read all files through before the first is measured."""
    checked: list[LabelledFile] = []
    for number, path in enumerate(paths, 1):
        try:
            checked.append(reader.check(path))
        except InputError as error:
            which = f"第 {number} 个文件：" if len(paths) > 1 else ""
            raise InputError(which + error.message) from None
    return checked


def _print(files: Sequence[Evaluated], *, reveal: bool) -> None:
    out = console()
    for file in files:
        out.print(f"[bold]{escape(str(file.path))}[/]")
        _print_figures(out, file.judgement)
        if file.mistakes:
            out.print(_mistakes(file, reveal=reveal))
        if (left := len(file.mistakes) - _LISTED) > 0:
            out.print(f" 另有 {left} 处错误，见 --json 或 --report。")
    everything = total(files)
    if len(files) > 1:
        out.print("[bold]合计[/]")
        _print_figures(out, everything)
    if everything.confusion:
        out.print(_confusion(everything))


def _print_figures(out: Console, judgement: Judgement) -> None:
    out.print("；".join(sentences(judgement)) + "。")
    if judgement.tallies:
        out.print(_figures(judgement))


def _figures(judgement: Judgement) -> Table:
    table = Table(box=None, pad_edge=True, header_style="bold")
    table.add_column("种类")
    for name in ("标注", "检出", "精确率", "召回率", "F1", "重叠精确率", "重叠召回率", "重叠F1"):
        table.add_column(name, justify="right")
    for entity, tally in judgement.tallies.items():
        scores = (tally.exact, tally.overlap)
        figures = (f for s in scores for f in (s.precision, s.recall, s.f1))
        counts = (str(tally.labels), str(tally.judged))
        table.add_row(entity_name(entity), *counts, *map(ratio, figures))
    return table


def _confusion(judgement: Judgement) -> Table:
    table = Table(title="混淆清单", title_justify="left", box=None, header_style="bold")
    for name in ("错误", "标注", "检出"):
        table.add_column(name)
    table.add_column("次数", justify="right")
    for (kind, label, found), count in confusion(judgement):
        sides = (entity_name(label) if label else "—", entity_name(found) if found else "—")
        table.add_row(KIND_NAMES[kind], *sides, str(count))
    return table


def _mistakes(file: Evaluated, *, reveal: bool) -> Table:
    table = Table(box=None, pad_edge=True, header_style="bold")
    for name in ("记录", "错误", "标注", "检出"):
        table.add_column(name, overflow="fold")
    for told in file.mistakes[:_LISTED]:
        table.add_row(
            escape(f"{told.id}（第 {told.line} 行）"),
            KIND_NAMES[told.mistake.kind],
            _side(told.mistake.label, told.label_text, reveal=reveal),
            _side(told.mistake.found, told.found_text, reveal=reveal),
        )
    return table


def _side(place: tuple[Entity | None, Span] | None, value: str, *, reveal: bool) -> str:
    if place is None:
        return "—"
    entity, span = place
    shown_text = escape(shown_value(entity, value, reveal=reveal))
    return f"{entity_name(entity)} {span.start}–{span.end} {shown_text}"
