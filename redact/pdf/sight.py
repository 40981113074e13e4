"""What a page shows to the eye, where its text layer does not tell: scans, pictures, odd fonts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from redact.ocr.doubts import DOUBT_NAMES, Doubt
from redact.ocr.parts import ReadPart, scan_blocks
from redact.ocr.recall import remembered
from redact.page.block import TextBlock
from redact.page.glyphs import UNREADABLE, Box, Glyph, box_of
from redact.page.layout import PageLayout
from redact.page.lines import overprinted
from redact.page.raster import INK_DPI, PdfRaster
from redact.pdf.compare import differs, share_of, strange_lines, unseen_paragraphs
from redact.pdf.ink import drawn_place, may_be_letter
from redact.pdf.own import declares_own_font, is_own_picture
from redact.pdf.scan import MachineReader, UnreadError
from redact.pdf.typefaces import LYING, Typefaces
from review.document import Note, Severity
from review.errors import TooLargeInputError, UnsafeOutputError

_LEAST_PICTURE = 8.0
"""Side in points below which a picture is a rule or a dot and can show no text."""

_LARGE_PICTURE = 0.5
_MOST_PICTURES = 8
"""Pictures on a page beyond which the whole page is read instead of each of them."""

_OVERPRINTED = 4
"""Signs on others from which only the eye knows which text of a page is seen."""

_LOOK = "drawn 1"
"""Names how pages are looked at: where another version saw something drawn is looked for anew."""

_MOST_PIECES = 400
_NEAR = 2.0
_LIVE = 0.9
_SCANNED = 0.5


class Seen(NamedTuple):
    """Hold the blocks of a page and what became of its pictures.

    ``hidden`` is text that the page does not show; ``covers`` are places nobody could read,
    ``pictures`` those that may be shown. ``machine_read`` tells that the blocks are from a picture
    of the page, not from its text layer.
    """

    blocks: tuple[TextBlock, ...]
    hidden: tuple[str, ...] = ()
    covers: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()
    notes: tuple[Note, ...] = ()
    machine_read: bool = False


class Page(NamedTuple):
    """Hold a page as pdfplumber has it, its glyphs, and what is odd about its text layer.

    ``file`` is the digest of its file: what was seen in one pass is remembered for the next.
    """

    page: Any
    glyphs: Sequence[Glyph]
    disagreement: bool
    file: str

    @property
    def number(self) -> int:
        return int(self.page.page_number)

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def unknown(self) -> list[Box]:
        return [glyph.box for glyph in self.glyphs if UNREADABLE in glyph.text]

    @property
    def overprinted(self) -> bool:
        return overprinted(self.glyphs) >= _OVERPRINTED

    @property
    def readable(self) -> bool:
        return any(not g.blank and g.text != UNREADABLE for g in self.glyphs)


def see(
    page: Page,
    layout: PageLayout,
    raster: PdfRaster,
    reader: MachineReader,
    typefaces: Typefaces,
) -> Seen:
    """Read a page by its text layer and, where that is not all, by machine.

    Raises ``UnsafeOutputError`` for a page that shows something nobody can read here.
    """
    texts = [glyph.text for glyph in page.glyphs]
    if page.readable and all(g.mark for g in page.glyphs) and is_own_picture(page.page, texts):
        return Seen(tuple(layout.blocks(page.page, page.glyphs)), notes=(_own_note(page.number),))
    if not page.readable and _is_empty(page, raster):
        return Seen((), notes=(_own_note(page.number),) if page.page.images else ())
    pictures = _pictures(page.page)
    try:
        if _is_odd(page, pictures):
            return _whole(page, pictures, layout, raster, reader)
        if reader.beside and page.overprinted:
            return _overprinted(page, pictures, layout, raster, reader)
        told = typefaces.note(page.page, raster) if reader.beside else None
        if told and told.code == LYING:
            seen = _misdrawn(page, pictures, layout, raster, reader)
        else:
            seen = _beside(page, pictures, layout, raster, reader)
        return seen._replace(notes=(*seen.notes, told)) if told else seen
    except UnreadError as error:
        return _unread(page, pictures, layout, error)


def _is_empty(page: Page, raster: PdfRaster) -> bool:
    """Know a blank page, and one of our own of which all text is gone."""
    if not page.page.images and raster.is_blank(page.number):
        return True
    own = declares_own_font(page.page)
    return not page.glyphs and own and (not page.page.images or is_own_picture(page.page, ()))


def _is_odd(page: Page, pictures: Sequence[Box]) -> bool:
    """Tell whether the text layer may not be what the eye sees."""
    large = _is_large(page, pictures) or len(pictures) > _MOST_PICTURES
    return large or not page.readable or page.disagreement or bool(page.unknown)


def _is_large(page: Page, pictures: Sequence[Box]) -> bool:
    area = sum((box.x1 - box.x0) * (box.bottom - box.top) for box in pictures)
    return area > _LARGE_PICTURE * float(page.page.width) * float(page.page.height)


def _whole(
    page: Page,
    pictures: Sequence[Box],
    layout: PageLayout,
    raster: PdfRaster,
    reader: MachineReader,
    most: float = _SCANNED,
) -> Seen:
    """Read the page by machine, and decide whether that or the text layer counts.

    The layer counts until it says nothing of more than ``most`` of what was read.
    """
    part = reader.page(raster, page.number)
    strange = strange_lines(part.lines, page.glyphs)
    live = page.readable and (not pictures or _live(page.glyphs, page.number, raster))
    if not live or share_of(strange, part.lines) > most:
        return _scanned(page, part, layout)
    blocks = layout.blocks(page.page, page.glyphs)
    blocks += layout.picture_blocks(glyph for line in strange for glyph in line)
    notes = _picture_notes(page.number, part.doubts, bool(strange)) if pictures or strange else ()
    return Seen(tuple(blocks), pictures=tuple(pictures), notes=tuple(notes))


def _overprinted(
    page: Page,
    pictures: Sequence[Box],
    layout: PageLayout,
    raster: PdfRaster,
    reader: MachineReader,
) -> Seen:
    """Read by machine, too, what texts on top of each other show: a typed-over one, clipped ones.

    The layer tells them all and not which of them, or which part of them, is seen.
    """
    try:
        seen = _whole(page, pictures, layout, raster, reader)
    except (UnreadError, TooLargeInputError):
        blocks = tuple(layout.blocks(page.page, page.glyphs))
        note = _overprint_note(page.number, "没有由机器识别")
        return Seen(blocks, covers=tuple(pictures), notes=(note,))
    note = _overprint_note(page.number, "已另由机器识别并审查")
    return seen._replace(notes=(*seen.notes, note))


def _misdrawn(
    page: Page,
    pictures: Sequence[Box],
    layout: PageLayout,
    raster: PdfRaster,
    reader: MachineReader,
) -> Seen:
    """Read by machine a page that is drawn otherwise than it says, as long as machines may read.

    A layer that says one sign for another is no text to publish: it would be the key to both.
    """
    try:
        return _whole(page, pictures, layout, raster, reader, most=0)
    except TooLargeInputError:
        return _beside(page, pictures, layout, raster, reader)


def _beside(
    page: Page,
    pictures: Sequence[Box],
    layout: PageLayout,
    raster: PdfRaster,
    reader: MachineReader,
) -> Seen:
    """Go by the text layer, and read what stands beside it if the reader is to."""
    if not reader.beside:
        return Seen(tuple(layout.blocks(page.page, page.glyphs)))
    return _with_pictures(page, pictures, layout, raster, reader)


def _scanned(page: Page, part: ReadPart, layout: PageLayout) -> Seen:
    notes = [_scan_note(page.number, part)]
    if page.readable and differs(part.lines, page.text):
        message = (
            f"第{page.number}页的文字层与画面不一致，按画面识别，文字层也已审查但不写入，请核对。"
        )
        notes.append(Note("pdf_layer_differs", message, Severity.PERSON))
    hidden = unseen_paragraphs([g for g in page.glyphs if g.text != UNREADABLE], part.lines)
    blocks = scan_blocks(layout, part)
    return Seen(tuple(blocks), tuple(hidden), notes=tuple(notes), machine_read=True)


def _with_pictures(
    page: Page,
    pictures: Sequence[Box],
    layout: PageLayout,
    raster: PdfRaster,
    reader: MachineReader,
) -> Seen:
    blocks, notes = layout.blocks(page.page, page.glyphs), list[Note]()
    shown: list[Box] = []
    covers: list[Box] = []
    strange: list[Sequence[Glyph]] = []
    doubts: set[Doubt] = set()
    for box in pictures:
        try:
            part = reader.part(raster, page.number, box)
            over = [glyph for glyph in page.glyphs if glyph.box.touches(box)]
            known = over if _live(over, page.number, raster) else ()
        except UnreadError:
            covers.append(box)
            continue
        shown.append(box)
        doubts |= part.doubts
        strange += strange_lines(part.lines, known)
    blocks += layout.picture_blocks(glyph for line in strange for glyph in line)
    if shown:
        notes += _picture_notes(page.number, doubts, bool(strange))
    if covers:
        notes.append(_cover_note(page.number))
    if place := _drawn(page, pictures, raster):
        lines = _drawn_lines(page, place, raster, reader)
        blocks += layout.picture_blocks(glyph for line in lines or () for glyph in line)
        notes.append(_drawn_note(page.number, read=lines is not None))
    return Seen(tuple(blocks), (), tuple(covers), tuple(shown), tuple(notes))


def _drawn(page: Page, pictures: Sequence[Box], raster: PdfRaster) -> Box | None:
    """Give the place of what is drawn on a page and may be letters, of shapes or tiny pictures."""
    key = f"{_LOOK} {page.file} {page.number}"
    place = remembered(key, lambda: list(_look(page, pictures, raster) or ()))
    return Box(*place) if place else None


def _look(page: Page, pictures: Sequence[Box], raster: PdfRaster) -> Box | None:
    grey = raster.grey(page.number, INK_DPI)
    frames = (*page.page.rects, *(c for c in page.page.curves if not may_be_letter(c)))
    boxes = [(box_of(f), float(f["linewidth"] or 0) if f["stroke"] else 0.0) for f in frames]
    # What says a space or nothing that is seen explains no ink: a font may draw a digit for it.
    seen = [g for g in page.glyphs if g.text.isprintable() and not g.blank]
    return drawn_place(grey, seen, pictures, boxes)


def _drawn_lines(
    page: Page, place: Box, raster: PdfRaster, reader: MachineReader
) -> list[Sequence[Glyph]] | None:
    """Read what is drawn; None where that cannot be: a drawing in itself blocks no file."""
    try:
        part = reader.part(raster, page.number, place)
    except (UnreadError, TooLargeInputError):
        return None
    return strange_lines(part.lines, page.glyphs)


def _live(glyphs: Sequence[Glyph], number: int, raster: PdfRaster) -> bool:
    """Tell whether the eye sees these glyphs themselves, not a picture of what they say."""
    boxes = [glyph.box for glyph in glyphs if not glyph.blank]
    return bool(boxes) and raster.share_seen(number, boxes) >= _LIVE


def _unread(page: Page, pictures: Sequence[Box], layout: PageLayout, error: UnreadError) -> Seen:
    """Go by the text layer alone, cover the rest, and let nothing without text pass."""
    if not page.readable:
        raise UnsafeOutputError(
            f"第{page.number}页没有可读取的文字（可能是扫描件），而图片文字识别不可用，"
            "请转成带文字的文件或交人工处理。"
        ) from error
    notes = []
    if _is_large(page, pictures):
        message = f"第{page.number}页大部分是图片（可能是扫描件），图片会被整块遮盖，请交人工处理。"
        notes = [Note("pdf_covered", message, Severity.PERSON)]
    elif pictures:
        notes = [_cover_note(page.number)]
    blocks = tuple(layout.blocks(page.page, page.glyphs))
    return Seen(blocks, (), (*pictures, *page.unknown), notes=tuple(notes))


def _pictures(page: Any) -> list[Box]:
    """Give the places of a page's pictures; pieces of one picture are one place."""
    edge = Box(0, 0, float(page.width), float(page.height))
    boxes = [box for box in map(box_of, page.images) if box.touches(edge)]
    if len(boxes) > _MOST_PIECES:
        return [edge]
    united: list[Box] = []
    for each in boxes:
        box = Box(
            max(each.x0, 0), max(each.top, 0), min(each.x1, edge.x1), min(each.bottom, edge.bottom)
        )
        while near := [other for other in united if _touches(other, box)]:
            for other in near:
                united.remove(other)
                box = box.around(other)
        united.append(box)
    return [b for b in united if min(b.x1 - b.x0, b.bottom - b.top) >= _LEAST_PICTURE]


def _touches(one: Box, other: Box) -> bool:
    near = Box(other.x0 - _NEAR, other.top - _NEAR, other.x1 + _NEAR, other.bottom + _NEAR)
    return one.touches(near)


def _told(doubts: Iterable[Doubt]) -> str:
    names = [DOUBT_NAMES[doubt] for doubt in Doubt if doubt in set(doubts)]
    return "、".join(names)


def _own_note(number: int) -> Note:
    message = f"第{number}页是已处理过的页面图像，按其中的文字审查，请对照页面图像核对。"
    return Note("pdf_scan", message, Severity.PERSON)


def _scan_note(number: int, part: ReadPart) -> Note:
    found = f"，{told}" if (told := _told(part.doubts)) else ""
    if not part.glyphs:
        message = f"第{number}页没有文字，也没有识别出文字{found}，请人工查看页面图像。"
    else:
        message = f"第{number}页由机器识别文字{found}，识别可能有误，请对照页面图像逐字核对。"
    return Note("pdf_scan", message, Severity.PERSON)


def _picture_notes(number: int, doubts: Iterable[Doubt], text: bool) -> Iterator[Note]:
    found = [*(["有文字（由机器识别并审查）"] if text else []), _told(doubts)]
    told = "、".join(filter(None, found))
    if told:
        message = f"第{number}页的图片中{told}，图片会保留，请对照页面核对能否公开。"
        yield Note("pdf_picture", message, Severity.PERSON)
    else:
        yield Note("pdf_picture_silent", f"第{number}页的图片中没有识别出文字，图片会保留。")


def _drawn_note(number: int, *, read: bool) -> Note:
    done = "由机器识别并审查，可能有漏认" if read else "没有检查"
    message = f"第{number}页有不是文字的图形，其中画成的文字{done}，请核对页面。"
    return Note("pdf_drawing", message, Severity.PERSON)


def _overprint_note(number: int, done: str) -> Note:
    message = f"第{number}页有文字叠在别的文字上，看得见的{done}，请对照页面核对。"
    return Note("pdf_overprint", message, Severity.PERSON)


def _cover_note(number: int) -> Note:
    message = f"第{number}页有图片或印章，其中的文字无法审查，处理后的页面会遮盖图片。"
    return Note("pdf_covered", message, Severity.PERSON)
