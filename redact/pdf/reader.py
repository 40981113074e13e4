"""The pages of a plain pdf as text blocks, one page in memory at a time."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from redact.page.block import TextBlock
from redact.page.fold import fold
from redact.page.glyphs import UNREADABLE, Box, Glyph, Painted, box_of, glyphs_of, unite
from redact.page.layout import PageLayout
from redact.page.raster import PdfRaster
from redact.pdf.ink import may_be_letter
from redact.pdf.scan import MachineReader
from redact.pdf.sight import Page, Seen, see
from redact.pdf.typefaces import Typefaces
from review.document import Note, Severity
from review.errors import BrokenInputError, ReviewError

_MANY_CURVES = 100
_LEAST_ANGLES, _MOST_AT_AN_ANGLE = 4, 2
_UNSEEN_COUNT = 3
_UNSEEN_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class PageText:
    """Hold what one page says and shows.

    ``hidden`` is text that the page does not show; ``covers`` are places whose content cannot be
    read and which an output must not show, ``pictures`` places of pictures that it may show;
    ``machine_read`` tells that the blocks are from a picture of the page; ``black_and_white`` that
    nothing on the page has a colour or a shade; ``painted`` is every glyph in the order of
    painting, ``drawings`` every shape that could be a drawn letter.
    """

    number: int
    width: float
    height: float
    blocks: tuple[TextBlock, ...]
    hidden: tuple[str, ...]
    covers: tuple[Box, ...]
    pictures: tuple[Box, ...]
    machine_read: bool
    notes: tuple[Note, ...]
    black_and_white: bool
    painted: tuple[Painted, ...]
    drawings: tuple[Box, ...]


def pages_of(data: bytes, raster: PdfRaster, reader: MachineReader) -> Iterator[PageText]:
    """Read a plain pdf page by page; ``reader`` remembers what it reads from pass to pass.

    Raises ``BrokenInputError`` when a page cannot be parsed and ``UnsafeOutputError`` when one
    shows something that nobody can read here.
    """
    from redact.pdf.device import glyph_pages

    for library in ("pdfminer", "pdfplumber"):
        # Their warnings quote names and values of the file; what matters becomes a note or error.
        logging.getLogger(library).setLevel(logging.CRITICAL)
    layout, typefaces = PageLayout(), Typefaces(sha256(data).hexdigest())
    try:
        for page in glyph_pages(data):
            yield _page_text(page, layout, raster, reader, typefaces)
    except ReviewError:
        raise
    except Exception as error:
        # Parsers of other people raise whatever they stumble over; a page that cannot be parsed
        # is a broken file, whatever the name of the error.
        raise BrokenInputError("PDF 页面内容无法解析，请用原软件重新导出后再提交。") from error


def _page_text(
    page: Any,
    layout: PageLayout,
    raster: PdfRaster,
    reader: MachineReader,
    typefaces: Typefaces,
) -> PageText:
    edge = Box(0, 0, float(page.width), float(page.height))
    glyphs = list(glyphs_of(page.painted))
    inside, outside = glyphs, ""
    if not _is_within(edge, glyphs):
        inside = [glyph for glyph in glyphs if glyph.box.touches(edge)]
        outside = "".join(g.text for g in glyphs if not g.box.touches(edge)).strip()
    number = page.page_number
    disagreement = tuple(_second_opinion(number, glyphs, raster))
    shown = Page(page, inside, bool(disagreement), typefaces.file)
    seen = see(shown, layout, raster, reader, typefaces)
    notes = (*seen.notes, *_glyph_notes(page, seen, inside, bool(outside)))
    return PageText(
        number, edge.x1, edge.bottom, seen.blocks,
        (*([outside] if outside else []), *seen.hidden),
        seen.covers, seen.pictures, seen.machine_read,
        (*notes, *(() if seen.machine_read else disagreement)),
        _is_black_and_white(page) and not page.images,
        tuple(page.painted),
        tuple(box_of(curve) for curve in page.curves if may_be_letter(curve)),
    )  # fmt: skip


def _is_within(edge: Box, glyphs: Iterable[Glyph]) -> bool:
    """Tell at once of a usual page that every glyph lies on it."""
    whole = unite(glyph.box for glyph in glyphs)
    if whole is None:
        return True
    across = edge.x0 < whole.x0 and whole.x1 < edge.x1
    return across and edge.top < whole.top and whole.bottom < edge.bottom


def _glyph_notes(page: Any, seen: Seen, glyphs: list[Glyph], outside: bool) -> Iterator[Note]:
    number = page.page_number
    if not seen.machine_read and any(UNREADABLE in glyph.text for glyph in glyphs):
        done = "处理后的页面会遮盖它们" if seen.covers else "已另按画面识别"
        message = f"第{number}页有无法识别的字符，{done}，请核对页面，或嵌入字体后重新导出。"
        yield Note("pdf_unknown_glyphs", message, Severity.PERSON)
    if outside:
        message = f"第{number}页在可见范围之外还有文字，已审查，不会带入处理后的文件。"
        yield Note("pdf_hidden_text", message, Severity.PERSON)
    if _runs_in_a_curve(glyphs):
        message = (
            f"第{number}页有沿曲线排列的文字（如印章），逐字读出，没有连起来检测，请人工核对页面。"
        )
        yield Note("pdf_curved_text", message, Severity.PERSON)
    if sum(map(may_be_letter, page.curves)) > _MANY_CURVES:
        message = f"第{number}页有大量矢量图形，其中若画有文字则无法识别，请核对页面。"
        yield Note("pdf_drawing", message, Severity.PERSON)


def _runs_in_a_curve(glyphs: Sequence[Glyph]) -> bool:
    """Tell whether glyphs stand one by one at angles of their own, as around a seal."""
    askew = [glyph.angle for glyph in glyphs if glyph.angle % 90 and glyph.text.strip()]
    angles = len(set(askew))
    return angles >= _LEAST_ANGLES and len(askew) <= _MOST_AT_AN_ANGLE * angles


def _second_opinion(number: int, glyphs: list[Glyph], raster: PdfRaster) -> Iterator[Note]:
    """Compare with what pdfium reads; text that only one of two readers sees needs a person."""
    ours, theirs = fold("".join(glyph.text for glyph in glyphs)), fold(raster.text(number))
    unseen = (Counter(theirs) - Counter(ours)).total() if theirs != ours else 0
    if unseen > max(_UNSEEN_COUNT, _UNSEEN_SHARE * len(theirs)):
        message = f"第{number}页用两种方法读出的文字不一致，可能有读不到的内容，请核对页面。"
        yield Note("pdf_disagreement", message, Severity.PERSON)


def _is_black_and_white(page: Any) -> bool:
    painted: list[tuple[Any, str]] = []
    for shape in (*page.rects, *page.curves, *page.lines):
        painted += [(shape, "non_stroking_color")] if shape.get("fill") else []
        painted += [(shape, "stroking_color")] if shape.get("stroke") else []
    return all(map(_is_plain, page.colours)) and all(
        _is_plain(item.get(key)) for item, key in painted
    )


def _is_plain(colour: Any) -> bool:
    """Tell black and white from shades and colours, by the number of components."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if len(parts) == 4:
        return tuple(parts) in ((0, 0, 0, 0), (0, 0, 0, 1))
    if len(parts) in (1, 3):
        return len(set(parts)) == 1 and parts[0] in (None, 0, 1)
    return False
