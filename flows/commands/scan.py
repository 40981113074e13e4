"""``review scan``: detect only."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from flows.commands.options import (
    category_option,
    json_option,
    paths_argument,
    policy_option,
    reveal_option,
)
from flows.commands.progress import worked
from flows.compose import open_pipeline
from review.errors import InputError, ReviewError
from review.plan import Verdict

if TYPE_CHECKING:
    from flows.processing.pipeline import Pipeline

EXIT_CODES = {Verdict.CLEAN: 0, Verdict.FLAGGED: 3, Verdict.BLOCKED: 4, Verdict.QUARANTINED: 6}


@click.command()
@paths_argument
@click.option(
    "--jsonl",
    metavar="FILE",
    help='每行一个 {"id","text","category"?}，每行输出一个 {"id","findings"}；“-”为标准输入。',
)
@category_option
@policy_option
@json_option
@reveal_option
def scan(
    paths: tuple[Path, ...],
    jsonl: str | None,
    category: str,
    overlay: Path | None,
    as_json: bool,
    reveal: bool,
) -> None:
    """只检测，不写任何文件，不需要服务。

    退出码：0 无须人工处理，3 有需要处理的内容，4 有涉密标志或禁止公开的用语，
    5 文件无法使用，6 无法确认安全。有多个文件时取最大的，各文件自己的在 --json 的 exit_code 里。
    """
    pipeline = open_pipeline(overlay)
    pipeline.policy.category(category)
    if jsonl is not None:
        sys.exit(_scan_lines(pipeline, jsonl, category, reveal))
    files = _scan_files(pipeline, paths, category, reveal)
    if as_json:
        listed = list(files)
        click.echo(json.dumps({"files": listed}, ensure_ascii=False, indent=2))
    else:
        from flows.commands.tables import print_scan

        listed = [print_scan(file) for file in files]
    sys.exit(max((file["exit_code"] for file in listed), default=0))


def _scan_files(
    pipeline: Pipeline, paths: tuple[Path, ...], category: str, reveal: bool
) -> Iterator[dict[str, Any]]:
    from flows.processing.incoming import expand

    def scan_one(path: Path) -> dict[str, Any]:
        return _scan_file(pipeline, path, category, reveal)

    return worked(expand(paths), "检测", scan_one)


def _scan_file(pipeline: Pipeline, path: Path, category: str, reveal: bool) -> dict[str, Any]:
    from flows.processing.incoming import load
    from flows.report import file_json

    try:
        scanned = pipeline.scan([load(path)], category)
    except ReviewError as error:
        return refused_json(str(path), category, error)
    (file,) = scanned.files
    told = file_json(
        str(path),
        category,
        file,
        proposed=scanned.proposal,
        reveal=reveal,
        suggested=pipeline.contrary(file, scanned.category),
    )
    return told | {"exit_code": EXIT_CODES[file.verdict]}


def refused_json(path: str, category: str, error: ReviewError) -> dict[str, Any]:
    """Lay out a file that could not be judged: quarantined, with the reason."""
    return {
        "path": path,
        "sha256": None,
        "format": None,
        "category": category,
        "verdict": Verdict.QUARANTINED.value,
        "attribute_marked": None,
        "attribute_proposed": None,
        "findings": [],
        "error": {"code": error.code, "exit_code": error.exit_code, "message": error.message},
        "exit_code": error.exit_code,
    }


def _scan_lines(pipeline: Pipeline, source: str, category: str, reveal: bool) -> int:
    """Stream JSON lines; a line that is none gets an error in its place and the stream goes on."""
    worst = 0
    with _open(source) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            answer, code = _scan_line(pipeline, number, line, category, reveal)
            click.echo(json.dumps(answer, ensure_ascii=False))
            worst = max(worst, code)
    return worst


def _open(source: str) -> TextIO:
    if source == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")
    try:
        return Path(source).open(encoding="utf-8", errors="surrogateescape")
    except OSError:
        raise InputError("打不开 --jsonl 指定的文件，请核对路径和权限。") from None


def _scan_line(
    pipeline: Pipeline, number: int, line: str, category: str, reveal: bool
) -> tuple[dict[str, Any], int]:
    from flows.report import findings_json
    from review.document import plain_document
    from review.plan import verdict

    record: dict[str, Any] = {}
    try:
        record = _parse(number, line)
        document = plain_document(record["text"].split("\n"))
        kind = pipeline.policy.category(record.get("category") or category)
        (plan,) = pipeline.plan([(document, pipeline.detect(document))], kind)
    except ReviewError as error:
        told = {"code": error.code, "message": error.message}
        return {"id": record.get("id"), "findings": [], "error": told}, error.exit_code
    findings = findings_json(document, plan.rulings, reveal=reveal)
    return {"id": record["id"], "findings": findings}, EXIT_CODES[verdict(document, plan)]


def _parse(number: int, line: str) -> dict[str, Any]:
    try:
        line.encode("utf-8")
        record = json.loads(line)
        record["text"].encode("utf-8")
        record["id"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(
            f'第 {number} 行不是 {{"id","text"}} 形式的 JSON（UTF-8），请改正后再试。'
        ) from None
    return dict(record)
