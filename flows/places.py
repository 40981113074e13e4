"""How places of a draft are called where people read of them."""

from __future__ import annotations

import re

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
    """Say in Chinese where a block stands: page, cell or paragraph."""
    block = document.blocks[index]
    place = block.location
    if place.part == "file_name":
        return "文件名"
    page = f"第{place.page}页 " if place.page else ""
    return page + (place.cell or f"第{index + 1}段") + _inside(block)


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
