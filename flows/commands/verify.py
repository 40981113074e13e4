"""``review verify``: check what is to be published against its original, whoever redacted it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.options import category_option, json_option, policy_option, reveal_option
from flows.compose import open_pipeline
from flows.verification.differences import ChangeKind
from flows.verification.leftovers import INSPECTED
from flows.verification.told_places import listed, still_read

if TYPE_CHECKING:
    from flows.verification.comparison import Comparison

_FILE = click.Path(path_type=Path)
_CHANGES = {
    ChangeKind.LOST: "少了没有依据隐去的文字",
    ChangeKind.ADDED: "多了原件没有的文字",
    ChangeKind.NUMBER: "数字不同",
}
_REMEDY = (
    "请把这些内容真正删去（盖住、改成白色、隐藏都不算），"
    "或用 review redact 从原件重新生成，再核对一次。"
)
_OFFICE = frozenset({"docx", "xlsx", "pptx"})
_INSPECT = "批注、修订、隐藏内容和文档属性，可用 Word、WPS 的“检查文档”一次清除，再核对一次。"


@click.command()
@click.argument("original", type=_FILE)
@click.argument("redacted", type=_FILE)
@category_option
@policy_option
@json_option
@reveal_option
def verify(
    original: Path,
    redacted: Path,
    category: str,
    overlay: Path | None,
    as_json: bool,
    reveal: bool,
) -> None:
    """核对：REDACTED 是否真的隐去了 ORIGINAL 里该隐去的内容，别的软件处理的也可以核对。

    能发现黑框下仍可复制的文字、白字、隐藏图层、批注、修订痕迹、旧版本、作者等属性里的残留，
    编码或拼音写出的内容，遮得太少的号码，以及没有依据的增删。

    退出码：0 未发现问题，3 有需要人工核对的地方，5 文件无法使用，6 仍能读到应隐去的内容。
    """
    from flows.processing.incoming import load
    from flows.verification.comparison import compare

    pipeline = open_pipeline(overlay)
    pipeline.policy.category(category)
    result = compare(pipeline, load(original), load(redacted), category)
    suggested = pipeline.contrary(result.published, pipeline.policy.category(category))
    if as_json:
        told = _as_json(result, reveal) | {
            "category_suggested": suggested.category.key if suggested else None
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _tell(redacted, result, reveal)
        if suggested:
            from flows.commands.tables import other_category

            click.echo(other_category(suggested.category.key))
    sys.exit(6 if result.leaks else 3 if result.doubtful else 0)


def _as_json(result: Comparison, reveal: bool) -> dict[str, Any]:
    from flows.report import findings_json

    file = result.published
    live = {id(ruling) for ruling in result.live}
    listed = [
        *findings_json(
            file.document, [r for r in file.plan.rulings if id(r) in live], reveal=reveal
        ),
        *findings_json(
            file.name_document, [r for r in file.name_plan.rulings if id(r) in live], reveal=reveal
        ),
    ]
    return {
        "safe": not (result.leaks or result.doubtful),
        "sha256": file.incoming.sha256,
        "readable": listed,
        "recoverable": list(result.recoverable),
        "leftovers": list(result.leftovers),
        "risks": list(result.risks),
        "differences": list(result.differences),
        "planned": result.tally.planned,
        "gone": result.tally.gone,
        "changes": [
            {"block": change.block, "kind": change.kind.value} for change in result.changes
        ],
    }


def _tell(redacted: Path, result: Comparison, reveal: bool) -> None:
    from flows.commands.tables import console, print_findings

    out = console()
    told = _as_json(result, reveal)
    if told["readable"]:
        out.print(f"[red]仍能读到应隐去的内容 {len(told['readable'])} 处，不能公开：[/]")
        print_findings(out, told["readable"])
    places, others = still_read(result.recoverable)
    if places:
        where = listed(places)
        out.print(f"[red]不看颜色、遮盖和隐藏设置逐字读取，下列位置还有应隐去的内容：[/]{where}。")
    for sentence in others:
        out.print(f"[red]已隐去的内容还能找回：[/]{sentence}")
    if result.leaks:
        out.print(_REMEDY)
    for leftover in result.leftovers:
        out.print(f"[yellow]文件里还有{leftover}，请人工核对。[/]")
    if INSPECTED.intersection(result.leftovers) and result.published.document.format in _OFFICE:
        out.print(_INSPECT)
    for risk in result.risks:
        out.print(f"[yellow]留下的内容还能推出已隐去的：[/]{risk}")
    for difference in result.differences:
        out.print(f"[yellow]{difference}[/]")
    for kind, told_as in _CHANGES.items():
        changed = [change.place for change in result.changes if change.kind is kind]
        if changed:
            out.print(f"[yellow]与原件相比{told_as}：{listed(changed)}，请对照原件核对。[/]")
    counts = Counter(change.kind for change in result.changes)
    gone = f"{result.tally.gone} 处" + ("（还能找回的见上）" if result.recoverable else "")
    out.print(
        f"按规则应隐去 {result.tally.planned} 处，已看不到 {gone}；"
        f"此外少了 {counts[ChangeKind.LOST]} 处、多了 {counts[ChangeKind.ADDED]} 处、"
        f"改了数字 {counts[ChangeKind.NUMBER]} 处。"
    )
    if result.doubtful and not result.leaks:
        out.print("没有发现仍能读到或找回的应隐去内容；以上几处请人工核对，没有问题再公开。")
    if not (result.leaks or result.doubtful):
        click.echo(f"{redacted}：未发现仍能读到或找回的应隐去内容，与原件相比没有其他改动。")
