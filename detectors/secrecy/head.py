"""Marks of secrecy by their place: where one stands, and what is left of one at the head.

A copy number (份号) belongs to secret papers alone (GB/T 9704-2012, 7.2.1), the star parts level
and term (7.2.2); either without a level tells that somebody took the mark off.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from detectors.text.normalise import fold, normalise
from review.document import Block, BlockKind, Document, Note, Severity, Span
from review.finding import Entity, Finding, Role

NAME = "secrecy_head"
_HEAD_BLOCKS = 8
_PLACES: Mapping[BlockKind, str] = {
    BlockKind.PARAGRAPH: "正文",
    BlockKind.CELL: "表格",
    BlockKind.PAGE_HEADER: "页眉",
    BlockKind.PAGE_FOOTER: "页脚",
    BlockKind.NOTE: "注释",
    BlockKind.ATTRIBUTE: "水印、图形文字或说明",
    BlockKind.DROPPED: "不显示的内容",
    BlockKind.FILE_NAME: "文件名",
    BlockKind.PICTURE: "图片",
}
_WAY_OUT = "请停止流转，送本单位保密机构；凭解密依据、经定密责任人确认后才能去掉标志再送审"
_REMAINS = "像是密级标志被去掉后的残留；请保密审查人员核对，须有解密依据并经定密责任人确认"
_LONE_STAR = re.compile(r"[(\[【<]?[★☆✭⭐][)\]】>]?|.{0,6}密.{0,6}[★☆]")
_COPY_NUMBER = re.compile(r"00[0-9]{4}|份号:?[0-9]{1,8}")
_LABELS = re.compile("密级|密级和保密期限|保密等级|保密期限")
_LEVEL_OR_TERM = re.compile(
    "|[0-9一二三四五六七八九十]{1,3}(?:年|个?月)|长期|[绝机秘]密.{0,8}|(?:启用|公布)前"
)
_TERSE = frozenset(BlockKind) - {BlockKind.PARAGRAPH, BlockKind.CELL, BlockKind.NOTE}
_LONGEST = 120
_LOOSE = re.compile(
    r"(?<![\u4e00-\u9fff])"
    r"(?P<mark>[绝机秘] ?密|内部(?:资料|文件|材料|使用)|工作秘密)(?![\u4e00-\u9fff])"
)


def with_place(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Add to every mark where it stands and the way out of the stop."""
    for finding in findings:
        if finding.entity is not Entity.SECRECY_MARK:
            yield finding
            continue
        index = document.block_at(finding.span.start)
        block = document.blocks[index]
        head = block.kind is BlockKind.PARAGRAPH and index < _HEAD_BLOCKS
        place = "首页上方" if head else _PLACES[block.kind]
        yield replace(finding, reason=f"{finding.reason}，位于{place}；{_WAY_OUT}")


def way_out(findings: Iterable[Finding]) -> Iterator[Note]:
    """Yield what to do with a document that bears a mark (保密法, 条例 14 and 17)."""
    marks = sum(finding.entity is Entity.SECRECY_MARK for finding in findings)
    if marks:
        yield Note(
            "wording_secrecy_mark",
            f"有 {marks} 处密级或内部标志，不得公开，也不能在本系统继续办理：请送本单位保密机构。"
            "仍属国家秘密、工作秘密的，不予公开；已经解密的，由定密责任人出具解密依据，"
            "去掉标志后重新送审；标志是误写或引用的，由保密机构确认后改写再送审。",
            Severity.PERSON,
        )


def loose_marks(document: Document, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield marks in file names, headers, footers and watermarks, where no sentence is expected.

    Those that were ``found`` by their form are not told twice.
    """
    told = {
        offset
        for finding in found
        if finding.entity is Entity.SECRECY_MARK
        for offset in range(finding.span.start, finding.span.end)
    }
    for index, block in enumerate(document.blocks):
        if block.kind in _TERSE and len(block.text) < _LONGEST:
            folded = normalise(block.text)
            for match in _LOOSE.finditer(folded.text):
                first, last = folded.original(*match.span())
                start = document.starts[index]
                span = Span(start + first, start + last)
                if told.isdisjoint(range(span.start, span.end)):
                    reason = f"密级或内部标志（{match['mark']}）"
                    yield Finding(Entity.SECRECY_MARK, span, 0.9, NAME, reason=reason)


def remains(document: Document) -> Iterator[Finding]:
    """Yield a lone star, a bare copy number and an emptied field at the head of the document."""
    for index, text in islice(_seen(document), _HEAD_BLOCKS):
        if _is_left_over(document.blocks, index, text):
            start = document.starts[index]
            span = Span(start, start + len(document.blocks[index].text))
            yield Finding(Entity.NEGATIVE_TERM, span, 0.9, NAME, Role.REVIEW, _REMAINS)


def _seen(document: Document) -> Iterator[tuple[int, str]]:
    for index, block in enumerate(document.blocks):
        if block.kind.is_on_page and (text := _plain(block)):
            yield index, text


def _is_left_over(blocks: tuple[Block, ...], index: int, text: str) -> bool:
    cell = blocks[index].cell
    if _LONE_STAR.fullmatch(text) or _COPY_NUMBER.fullmatch(text):
        return cell is None or cell.row == 0
    if cell is None or index + 1 == len(blocks):
        return False
    beside, label = blocks[index + 1], text.rstrip(":")
    value = _plain(beside)
    if beside.cell is None or beside.cell.row != cell.row:
        return False
    if label == "份号":
        return value.isdigit()
    return bool(_LABELS.fullmatch(label) and _LEVEL_OR_TERM.fullmatch(value))


def _plain(block: Block) -> str:
    return "".join(fold(block.text).split())
