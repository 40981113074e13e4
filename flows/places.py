"""How places of a draft are called where people read of them."""

from __future__ import annotations

import re
from itertools import takewhile

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
    block = document.blocks[index]
    page = takewhile(
        lambda before: before.location.page == block.location.page,
        map(document.blocks.__getitem__, range(index, -1, -1)),
    )
    if block.cell is None:
        return f"第{sum(each.cell is None and each.kind is block.kind for each in page)}段"
    tables = dict[int, int]()
    for each in page:
        if each.cell is not None:
            tables[each.cell.table] = each.cell.row
    row = block.cell.row - tables[block.cell.table] + 1
    return f"第{len(tables)}个表第{row}行第{block.cell.column + 1}列"


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
