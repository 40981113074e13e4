"""How places of a draft are called where people read of them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

from detectors.latest import of_the_latest
from review.document import Block, BlockKind, Document

_EMBEDDED, _CHARTS = "/embeddings/", "/charts/"
_PICTURE = re.compile(r"/image(\d+)$")
_KINDS = {
    BlockKind.PICTURE: "图片中",
    BlockKind.PAGE_HEADER: "页眉",
    BlockKind.PAGE_FOOTER: "页脚",
    BlockKind.NOTE: "注释",
    BlockKind.ATTRIBUTE: "不在正文中，如替代文字、链接",
    BlockKind.DROPPED: "隐藏或附带的内容",
}


def place_name(document: Document, index: int) -> str:
    """Say in Chinese where a block stands: page, cell or paragraph.

    Where there are pages, all is counted on the page, as a reader does who has it before him.
    """
    block = document.blocks[index]
    place = block.location
    if place.part == "file_name":
        return "文件名"
    if place.page:
        return f"第{place.page}页 {_on_page(document, index)}{_inside(block)}"
    return (place.cell or f"第{index + 1}段") + _inside(block)


def _on_page(document: Document, index: int) -> str:
    number, row = _counted(document)[index]
    cell = document.blocks[index].cell
    if cell is None:
        return f"第{number}段"
    return f"第{number}个表第{row}行第{cell.column + 1}列"


@of_the_latest
def _counted(document: Document) -> tuple[tuple[int, int], ...]:
    """Number each block on its page, from 1: among its kind or, a cell, its table and row there."""
    numbers = list[tuple[int, int]]()
    for _, page in groupby(document.blocks, key=lambda block: block.location.page):
        kinds = Counter[BlockKind]()
        first_rows = dict[int, int]()
        for block in page:
            if block.cell is None:
                kinds[block.kind] += 1
                numbers.append((kinds[block.kind], 0))
            else:
                first = first_rows.setdefault(block.cell.table, block.cell.row)
                numbers.append((len(first_rows), block.cell.row - first + 1))
    return tuple(numbers)


def _inside(block: Block) -> str:
    """Say what a block is part of where its number alone would not lead people there."""
    part = block.location.part
    told = [
        "嵌入文件" if _EMBEDDED in part else "",
        "图表" if _CHARTS in part else _KINDS.get(block.kind, ""),
    ]
    if block.kind is BlockKind.PICTURE and (number := _PICTURE.search(part)):
        told[1] = f"图片{number[1]}中"
    return f"（{'、'.join(filter(None, told))}）" if any(told) else ""
