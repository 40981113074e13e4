"""``review redact``: scan, redact and verify without a case."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands.options import category_option, json_option, paths_argument, policy_option
from flows.commands.progress import worked
from flows.compose import open_pipeline
from policies.names import ENTITY_NAMES
from review.document import Severity
from review.errors import BlockedError, ReviewError, UnavailableError, WrongUsageError
from review.plan import Verdict
from review.policy import Action

if TYPE_CHECKING:
    from flows.processing.pipeline import Pipeline
    from flows.processing.scanned import Output, Scan

_MOST_ASKED = 20
"""Findings that are named one by one for a person to decide on."""


@click.command()
@paths_argument
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="处理后的文件放到这个文件夹。",
)
@category_option
@policy_option
@json_option
def redact(
    paths: tuple[Path, ...], folder: Path, category: str, overlay: Path | None, as_json: bool
) -> None:
    """检测、处理并核验，写出处理后的文件和 NAME.report.json；不立案，不需要服务。

    退出码：0 已写出，4 有涉密标志或禁止公开的用语，5 文件无法使用，6 无法证明结果安全；
    后三种情况不写任何文件。有多个文件时取最大的，各文件自己的在 --json 的 exit_code 里。
    """
    from flows.processing.incoming import expand

    pipeline = open_pipeline(overlay)
    pipeline.policy.category(category)

    def redact_one(path: Path) -> dict[str, Any]:
        return _redact_one(pipeline, path, folder, category)

    results = list(worked(expand(paths), "处理", redact_one))
    if as_json:
        click.echo(json.dumps({"files": results}, ensure_ascii=False, indent=2))
    else:
        for result in results:
            _tell(result)
    sys.exit(max((result["exit_code"] for result in results), default=0))


def _redact_one(pipeline: Pipeline, path: Path, folder: Path, category: str) -> dict[str, Any]:
    from flows.processing.incoming import load

    try:
        scan = pipeline.scan([load(path)], category)
        if scan.verdict is Verdict.BLOCKED:
            raise BlockedError(
                "文件带有密级标志或禁止公开的用语，不能处理。"
                "请送本单位保密机构确认；已解密的，由定密责任人出具解密依据、去掉标志后重新提交。"
            )
        (output,) = pipeline.redact(scan)
        target, notes = _write(path, folder, scan, output)
    except ReviewError as error:
        return {
            "path": str(path),
            "exit_code": error.exit_code,
            "error": {"code": error.code, "message": error.message},
        }
    return {
        "path": str(path),
        "exit_code": 0,
        "output": str(target),
        "sha256": output.sha256,
        **_counts(scan, notes),
        "asked": _asked(scan),
        "notes": notes,
    }


def _counts(scan: Scan, notes: Sequence[dict[str, str]]) -> dict[str, Any]:
    """Say how much was found and changed, and whether a person has to look before it goes out."""
    (file,) = scan.files
    doubtful = any(note["severity"] == Severity.PERSON for note in notes)
    return {
        "found": len(file.rulings),
        "changed": sum(ruling.replacement is not None for ruling in file.rulings),
        "needs_person": doubtful or scan.verdict is not Verdict.CLEAN,
    }


def _asked(scan: Scan) -> list[str]:
    """Name each finding that a person is to decide on, and what was done with it till then."""
    from flows.places import place_name

    (file,) = scan.files
    return [
        f"{ruling.finding.id} {ENTITY_NAMES[ruling.finding.entity]}"
        f"（{place_name(document, document.block_at(ruling.finding.span.start))}，"
        f"{'暂时保留' if ruling.replacement is None else '先按建议处理'}）"
        for document, plan in ((file.document, file.plan), (file.name_document, file.name_plan))
        for ruling in plan.rulings
        if ruling.rule.action is Action.REVIEW
    ]


def _write(
    path: Path, folder: Path, scan: Scan, output: Output
) -> tuple[Path, list[dict[str, str]]]:
    """Put the redacted file and its report into place, both or none under their names.

    Returns where the file lies and the notes of the report.
    """
    from flows.durable import write_file
    from flows.report import file_json

    target = folder / output.name
    report = folder / f"{output.name}.report.json"
    if target.exists() and target.samefile(path):
        raise WrongUsageError("输出会盖掉原文件，请用 -o 指定另一个文件夹。")
    (file,) = scan.files
    # The folder is not the case folder: the report tells no value and not the officer's own name.
    content = file_json(
        output.name,
        scan.category.key,
        file,
        proposed=scan.proposal,
        reveal=False,
        written=output.notes,
    )
    content["output_sha256"] = output.sha256
    content["policy_digest"] = file.plan.policy_digest
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise UnavailableError("建不了输出文件夹，请检查路径和权限后重试。") from None
    # The longer name first: what the disk refuses leaves no redacted file without its report.
    write_file(report, text.encode())
    write_file(target, output.data)
    return target, content["notes"]


def _tell(result: dict[str, Any]) -> None:
    if "error" in result:
        click.echo(f"{result['path']}：{result['error']['message']}", err=True)
    else:
        advice = "，请核对后再公开" if result["needs_person"] else ""
        click.echo(
            f"{result['path']} → {result['output']}"
            f"（检出 {result['found']} 处，已处理 {result['changed']} 处{advice}）"
        )
        _tell_notes(result["notes"])
        _tell_asked(result["asked"])


def _tell_notes(notes: Sequence[dict[str, str]]) -> None:
    """Print what a person must look at; of the rest how much of it the report holds."""
    urgent = [note["message"] for note in notes if note["severity"] == Severity.PERSON]
    for number, message in enumerate(urgent, 1):
        click.echo(f"  请核对 {number}/{len(urgent)}：{message}")
    if rest := len(notes) - len(urgent):
        click.echo(f"  另有 {rest} 项说明，见同名的 .report.json。")


def _tell_asked(asked: Sequence[str]) -> None:
    if not asked:
        return
    more = len(asked) - _MOST_ASKED
    rest = f"；其余 {more} 处见同名的 .report.json" if more > 0 else ""
    click.echo(f"  请判断 {len(asked)} 处：{'、'.join(asked[:_MOST_ASKED])}{rest}。")
