"""Read for the verifier what pages with pictures show, rendered and recognised by its own route."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np

from redact.verify_pictures import text_in_pixels

MOST_PAGES = 60
"""Pages with pictures that are looked at; a page takes some seconds."""

MOST_PROVEN = 12
"""Of the pictures of pages whose text two readers had agreed on, so many are looked at."""

_SCALE = 150 / 72
_MOST_PIXELS = 12_000_000
_DEPTH = 20
_PROVEN = "/Text"
_INLINE = re.compile(rb"\bBI\b.+?\bID\b", re.DOTALL)
_UNSEEN = "第 {} 页的图像无法检查，请转人工处理。"
_TOO_MANY = "带图像的页面过多，不能逐页检查图像，请拆成几个文件后再提交。"


class Seen(NamedTuple):
    """Hold what pages show by their numbers, and complaints about those nobody could look at."""

    texts: dict[int, str]
    complaints: tuple[str, ...]


def read_page_pictures(output: bytes) -> Seen:
    """Recognise the text of pages that hold pictures; pages count from 1."""
    import pikepdf
    import pypdfium2

    with pikepdf.open(BytesIO(output)) as pdf:
        pictured = dict(_pictured(pdf))
    proven = [number for number, known in pictured.items() if known][:MOST_PROVEN]
    others = [number for number, known in pictured.items() if not known]
    texts: dict[int, str] = {}
    complaints = [_TOO_MANY] if len(others) > MOST_PAGES else []
    with pypdfium2.PdfDocument(output) as rendered:
        for number in (*others[:MOST_PAGES], *proven):
            try:
                texts[number] = _text(rendered[number - 1])
            except Exception:  # whatever the recogniser lacks or throws, nobody saw the page
                if number in others:
                    complaints.append(_UNSEEN.format(number))
    return Seen(texts, tuple(complaints))


def _pictured(pdf: Any) -> Iterator[tuple[int, bool]]:
    """Yield the number of each page with a picture, and whether all its text was known as text."""
    for number, page in enumerate(pdf.pages, 1):
        names = [str(name) for name, _ in _images(page.resources, _DEPTH)]
        inline = bool(_INLINE.search(_content(page)))
        if names or inline:
            yield number, names == [_PROVEN] and not inline


def _content(page: Any) -> bytes:
    import pikepdf

    contents = page.obj.get("/Contents", [])
    parts = [contents] if isinstance(contents, pikepdf.Stream) else contents
    return b"\n".join(part.read_bytes() for part in parts)


def _images(resources: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    """Yield the pictures that resources name, also those of forms and patterns within them."""
    if resources is None or depth == 0:
        return
    for key in ("/XObject", "/Pattern"):
        for name, item in dict(resources.get(key, {})).items():
            if item.get("/Subtype") == "/Image":
                yield name, item
            elif hasattr(item, "get"):
                yield from _images(item.get("/Resources"), depth - 1)


def _text(page: Any) -> str:
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    pixels = np.asarray(bitmap.to_pil().convert("RGB"))[:, :, ::-1]
    page.close()
    return text_in_pixels(np.ascontiguousarray(pixels))
