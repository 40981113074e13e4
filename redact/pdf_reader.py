"""The pages of a plain pdf as text blocks, one page in memory at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from redact.pdf_block import TextBlock
from redact.pdf_glyphs import GLYPHLESS, UNREADABLE, Box, Glyph, Painted, glyphs_of, painted_of
from redact.pdf_layout import PageLayout
from redact.pdf_raster import PdfRaster, fold
from review.document import Note, Severity
from review.errors import BrokenInputError, ReviewError, UnsafeOutputError

_LEAST_PICTURE = 8.0
"""Side in points below which a picture is a rule or a dot and can show no text."""

_LARGE_PICTURE = 0.5
_MANY_CURVES = 100
_BOX_POINTS = 5
"""Points of a box that is not quite upright."""

_UNSEEN_COUNT = 3
_UNSEEN_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class PageText:
    """Hold what one page says and shows.

    ``hidden`` is text that lies outside the page; ``covers`` are places whose content cannot be
    read (pictures, unknown glyphs) and which an output must not show; ``black_and_white`` tells
    that nothing on the page has a colour or a shade; ``painted`` is every glyph in the order of
    painting, ``drawings`` every shape that could be a drawn letter.
    """

    number: int
    width: float
    height: float
    blocks: tuple[TextBlock, ...]
    hidden: tuple[str, ...]
    covers: tuple[Box, ...]
    notes: tuple[Note, ...]
    black_and_white: bool
    painted: tuple[Painted, ...]
    drawings: tuple[Box, ...]


def pages_of(data: bytes, raster: PdfRaster) -> Iterator[PageText]:
    """Read a plain pdf page by page.

    Raises ``BrokenInputError`` when a page cannot be parsed and ``UnsafeOutputError`` when one
    shows something but has no readable text.
    """
    import pdfplumber

    for library in ("pdfminer", "pdfplumber"):
        # Their warnings quote names and values of the file; what matters becomes a note or error.
        logging.getLogger(library).setLevel(logging.CRITICAL)
    layout = PageLayout()
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            for page in pdf.pages:
                yield _page_text(page, layout, raster)
                page.close()
    except ReviewError:
        raise
    except Exception as error:
        # Parsers of other people raise whatever they stumble over; a page that cannot be parsed
        # is a broken file, whatever the name of the error.
        raise BrokenInputError("PDF 页面内容无法解析，请用原软件重新导出后再提交。") from error


def _page_text(page: Any, layout: PageLayout, raster: PdfRaster) -> PageText:
    edge = Box(0, 0, float(page.width), float(page.height))
    glyphs = list(glyphs_of(page.chars))
    inside = [glyph for glyph in glyphs if glyph.box.touches(edge)]
    outside = "".join(g.text for g in glyphs if not g.box.touches(edge)).strip()
    pictures = [box for box in map(_box, page.images) if _can_show_text(box, edge)]
    unknown = [glyph.box for glyph in inside if UNREADABLE in glyph.text]
    number = page.page_number
    _check_readable(number, inside, page, raster)
    notes = (
        *_picture_notes(number, pictures, edge),
        *_glyph_notes(number, page, bool(unknown), bool(outside)),
        *_second_opinion(number, glyphs, raster),
    )
    blocks = tuple(layout.blocks(page, inside))
    return PageText(
        number, edge.x1, edge.bottom, blocks, (outside,) if outside else (),
        (*pictures, *unknown), notes, _is_black_and_white(page),
        painted_of(page.chars),
        tuple(_box(curve) for curve in page.curves if _may_be_letter(curve)),
    )  # fmt: skip


def _check_readable(number: int, glyphs: list[Glyph], page: Any, raster: PdfRaster) -> None:
    readable = any(not g.blank and g.text != UNREADABLE for g in glyphs)
    if readable or (not page.images and raster.is_blank(number)):
        return
    if not glyphs and _is_own_page(page):
        return
    raise UnsafeOutputError(
        f"第{number}页没有可读取的文字（可能是扫描件），请转成带文字的文件或交人工处理。"
    )


def _is_own_page(page: Any) -> bool:
    """Know a page of our own whose text was removed altogether by the font it still declares."""
    from pdfminer.pdftypes import resolve_all

    fonts = resolve_all(page.page_obj.resources.get("Font")) or {}
    return any(GLYPHLESS in str(font.get("BaseFont")) for font in fonts.values())


def _may_be_letter(curve: Mapping[str, Any]) -> bool:
    """Tell a shape that is bent or has many corners from a plain box."""
    bent = any(step[0] not in ("m", "l", "h") for step in curve.get("path") or ())
    return bent or len(curve["pts"]) > _BOX_POINTS


def _box(item: Mapping[str, Any]) -> Box:
    return Box(item["x0"], item["top"], item["x1"], item["bottom"])


def _can_show_text(box: Box, edge: Box) -> bool:
    return box.touches(edge) and min(box.x1 - box.x0, box.bottom - box.top) >= _LEAST_PICTURE


def _picture_notes(number: int, pictures: list[Box], edge: Box) -> Iterator[Note]:
    if not pictures:
        return
    largest = max((b.x1 - b.x0) * (b.bottom - b.top) for b in pictures)
    if largest > _LARGE_PICTURE * edge.x1 * edge.bottom:
        message = f"第{number}页大部分是图片（可能是扫描件），图片会被整块遮盖，请交人工处理。"
        yield Note("pdf_scan", message, Severity.PERSON)
    else:
        message = f"第{number}页有图片或印章，其中的文字无法审查，处理后的页面会遮盖图片。"
        yield Note("pdf_picture", message, Severity.PERSON)


def _glyph_notes(number: int, page: Any, unknown: bool, outside: bool) -> Iterator[Note]:
    if unknown:
        message = f"第{number}页有无法识别的字符，处理后的页面会遮盖它们，请嵌入字体后重新导出。"
        yield Note("pdf_unknown_glyphs", message, Severity.PERSON)
    if outside:
        message = f"第{number}页在可见范围之外还有文字，已审查，不会带入处理后的文件。"
        yield Note("pdf_hidden_text", message, Severity.PERSON)
    if sum(map(_may_be_letter, page.curves)) > _MANY_CURVES:
        message = f"第{number}页有大量矢量图形，其中若画有文字则无法识别，请核对页面。"
        yield Note("pdf_drawing", message, Severity.PERSON)


def _second_opinion(number: int, glyphs: list[Glyph], raster: PdfRaster) -> Iterator[Note]:
    """Compare with what pdfium reads; text that only one of two readers sees needs a person."""
    ours = Counter(fold("".join(glyph.text for glyph in glyphs)))
    theirs = Counter(fold(raster.text(number)))
    unseen = (theirs - ours).total()
    if unseen > max(_UNSEEN_COUNT, _UNSEEN_SHARE * theirs.total()):
        message = f"第{number}页用两种方法读出的文字不一致，可能有读不到的内容，请核对页面。"
        yield Note("pdf_disagreement", message, Severity.PERSON)


def _is_black_and_white(page: Any) -> bool:
    painted = [(c, "non_stroking_color") for c in page.chars]
    for shape in (*page.rects, *page.curves, *page.lines):
        painted += [(shape, "non_stroking_color")] if shape.get("fill") else []
        painted += [(shape, "stroking_color")] if shape.get("stroke") else []
    return all(_is_plain(item.get(key)) for item, key in painted)


def _is_plain(colour: Any) -> bool:
    """Tell black and white from shades and colours, by the number of components."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if len(parts) == 4:
        return tuple(parts) in ((0, 0, 0, 0), (0, 0, 0, 1))
    if len(parts) in (1, 3):
        return len(set(parts)) == 1 and parts[0] in (None, 0, 1)
    return False
