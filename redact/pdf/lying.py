"""Pages on which the writing lies on its side, as wide tables are set on upright sheets.

Read as they lie, their columns would be rows, and no header would tell what is below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

from redact.page.open_pdf import OpenPdf
from redact.pdf.forms import content_streams, forms_under
from review.errors import BrokenInputError

if TYPE_CHECKING:
    import pikepdf

_TURNED = re.compile(
    rb"(?<![^\s\[])"
    rb"(?:-?0?(?:\.0\d*)?\s+-?(?!0?\.?0*\s)[\d.]+\s+-?[\d.]+\s+-?0?(?:\.0\d*)?"
    rb"|-[\d.]+\s+-?0?(?:\.0\d*)?\s+-?0?(?:\.0\d*)?\s+-[\d.]+)"
    rb"\s+-?[\d.]+\s+-?[\d.]+\s+(?:cm|Tm)\b"
)
"""A matrix that turns by a quarter or by half; without one in it a page is not looked at."""

_LEAST, _SHARE = 20, 0.8
"""Letters and digits that must be seen, and share of them that must stand alike."""

_DEEPEST = 64
"""Nodes of the page tree above a page that are asked at most."""


def lying_pages(data: bytes, pdf: pikepdf.Pdf) -> Mapping[int, int]:
    """Give by its number how far a page is to be turned so that most of its writing is upright.

    Degrees clockwise, and only where that is not what the page says; ``pdf`` is ``data`` opened.
    """
    rotations = {n: rotation_of(page) for n, page in enumerate(pdf.pages, 1) if _may_lie(page)}
    if not rotations:
        return {}
    with suppress(BrokenInputError), OpenPdf(data) as opened:
        turns = {number: opened.upright_turn(number, _LEAST, _SHARE) for number in rotations}
        return {n: turn for n, turn in turns.items() if turn not in (None, rotations[n])}
    return {}  # what pdfium cannot open is told where it is read


def rotation_of(page: pikepdf.Page) -> int:
    """Give by how many degrees clockwise a page says that it is turned when it is shown."""
    node: Any = page.obj
    for _ in range(_DEEPEST):
        if node is None or "/Rotate" in node:
            break
        node = node.get("/Parent")
    return int(node["/Rotate"]) % 360 if node is not None and "/Rotate" in node else 0


def _may_lie(page: pikepdf.Page) -> bool:
    return bool(rotation_of(page)) or any(map(_TURNED.search, _contents(page)))


def _contents(page: pikepdf.Page) -> Iterator[bytes]:
    for stream in chain(content_streams(page), forms_under(page.resources)):
        yield stream.read_bytes()
        if "/Matrix" in stream:
            yield " ".join(("", *map(str, stream.Matrix), "cm")).encode()
