"""How places of a draft are called where people read of them."""

from __future__ import annotations

from review.document import BlockKind, Document


def place_name(document: Document, index: int) -> str:
    """Say in Chinese where a block stands: page, cell or paragraph."""
    block = document.blocks[index]
    place = block.location
    if place.part == "file_name":
        return "文件名"
    page = f"第{place.page}页 " if place.page else ""
    inside = "（图片中）" if block.kind is BlockKind.PICTURE else ""
    return page + (place.cell or f"第{index + 1}段") + inside
