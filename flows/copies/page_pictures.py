"""Pictures of the pages of a case's files, within what a review copy may hold of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flows.processing.pipeline import Pipeline
from flows.processing.proof import complained
from flows.processing.scanned import Output, Scan, ScannedFile, still_allowed
from redact.kinds import WRITTEN_AS
from redact.libreoffice import program
from redact.preview.pictures import Allowance, Mark, PagePairs, PictureOrder
from redact.preview.rendering import RENDERED
from review.document import Block, BlockKind, Document, Note
from review.errors import ReviewError, UnsafeOutputError
from review.plan import Moves, redacted_document

MOST = Allowance(pages=30, bytes=8_000_000)
"""What one review copy holds of pictures, all files together."""

FAILED = "页面图片未能生成，请取出文件核对。"
NO_RENDERER = "本机没有安装 LibreOffice，没有这个文件的页面图片，请取出文件核对版式。"

Pictures = Mapping[int, PagePairs | str]
"""Pictured pages by the number of the file; where there are none, why."""

_OWN = frozenset({"pdf", "image", "ofd"})
"""Formats with pages that are shown without LibreOffice."""
_WEB = "html"
"""Has no pages; of its pictures those with findings are shown."""

_SLIDES = frozenset({"pptx", "ppt", "odp"})
_CHARTS = "/charts/"
_OFF_PAGE = frozenset({BlockKind.DROPPED, BlockKind.ATTRIBUTE, BlockKind.PICTURE})


def page_pictures(
    pipeline: Pipeline, scan: Scan, outputs: Sequence[Output], most: Allowance = MOST
) -> Pictures:
    """Picture the pages of each file that has any; what goes wrong leaves a file without.

    Files with few pages come first, so that what they leave of their share goes to longer ones.
    Raises ``UnsafeOutputError`` where an output shows what had to go, and nothing else.
    """
    shown = [number for number, file in enumerate(scan.files) if _is_shown(file)]
    pictures: dict[int, PagePairs | str] = {
        number: why for number in shown if (why := _hindrance(scan.files[number].document.format))
    }
    numbers = [number for number in shown if number not in pictures]
    numbers.sort(key=lambda n: scan.files[n].document.last_page)
    for position, number in enumerate(numbers):
        shares = len(numbers) - position
        share = Allowance(most.pages // shares, most.bytes // shares)
        made = _made(pipeline, scan, number, outputs[number].data if outputs else b"", share)
        pictures[number] = made or FAILED
        if made is not None:
            most = Allowance(most.pages - len(made.shown + made.sheets), most.bytes - _size(made))
    return pictures


def likeness_notes(pictures: Pictures) -> Iterator[Note]:
    """Tell of each file whose output looks otherwise than its edits explain."""
    several = len(pictures) > 1
    for number, made in sorted(pictures.items()):
        if isinstance(made, str) or not made.after:
            continue
        file = f"第{number + 1}个文件" if several else ""
        if made.uneven:
            pages = "、".join(map(str, made.uneven))
            yield Note("layout_differs", f"{file}第 {pages} 页版式有变化，请看对照页的页面图片。")
        if made.after != made.total and not made.cut:
            told = f"{file}处理前 {made.total} 页，处理后 {made.after} 页，请看对照页的页面图片。"
            yield Note("pages_differ", told)


def _is_shown(file: ScannedFile) -> bool:
    document = file.document
    return document.format in RENDERED | _OWN or (
        document.format == _WEB and bool(file.plan.rulings) and document.is_pictured
    )


def _hindrance(format: str) -> str:
    """Say why the pages of a format cannot be pictured here, empty where they can."""
    return NO_RENDERER if format in RENDERED and program() is None else ""


def _made(
    pipeline: Pipeline, scan: Scan, number: int, output: bytes, share: Allowance
) -> PagePairs | None:
    before = sum(len(file.rulings) for file in scan.files[:number])
    file = scan.files[number]
    try:
        made = pipeline.picture(file, output, _order(file, before, share))
    except (ReviewError, OSError):
        return None
    if made.complaints:
        raise UnsafeOutputError(complained(made.complaints))
    within = len(made.shown + made.sheets) <= share.pages and _size(made) <= share.bytes
    return made if within else None


def _order(file: ScannedFile, before: int, share: Allowance) -> PictureOrder:
    document = file.document
    written = WRITTEN_AS.get(document.format, document.format)
    marks = tuple(marks_of(file, before))
    output = redacted_document(document, file.plan)
    return PictureOrder(
        document.format, written, _on_page(document.blocks), marks,
        still_allowed(file), share, _on_page(output.blocks),
        tuple(_became(file, output, marks)),
        _running(document), document.is_pictured,
    )  # fmt: skip


def _on_page(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Give the texts of blocks, empty where nothing of one stands on a page."""
    return tuple("" if _is_off(block) else block.text for block in blocks)


def _is_off(block: Block) -> bool:
    """Tell what no page shows as text; what is said in a chart is drawn."""
    charted = block.kind is BlockKind.ATTRIBUTE and _CHARTS in block.location.part
    return block.kind in _OFF_PAGE and not charted


def _running(document: Document) -> tuple[int, ...]:
    """Give the blocks that may stand on several pages: headers, and what slides have in common."""
    slides = document.format in _SLIDES
    return tuple(
        index
        for index, block in enumerate(document.blocks)
        if block.kind.is_running or (slides and block.location.page is None and not _is_off(block))
    )


def marks_of(file: ScannedFile, before: int) -> Iterator[Mark]:
    """Point at the findings on the pages, under the numbers that they bear in the review copy."""
    document = file.document
    for number, ruling in enumerate(file.plan.rulings, before + 1):
        edited = ruling.replacement is not None
        for index, local in document.split(ruling.finding.span):
            block = document.blocks[index]
            if block.kind is not BlockKind.DROPPED:
                text = block.text[local.start : local.end]
                yield Mark(number, index, local.start, local.end, text, edited)


def _became(file: ScannedFile, output: Document, marks: Sequence[Mark]) -> Iterator[Mark]:
    """Point at what the findings became in the text of the output, but where nothing is left."""
    moves = {block: Moves(edits) for block, edits in file.plan.edits_by_block().items()}
    unmoved = Moves(())
    for mark in marks:
        text, moved = output.blocks[mark.block].text, moves.get(mark.block, unmoved)
        start, end = _moved(mark.start, moved, 0), _moved(mark.end, moved, 1)
        if text[start:end].strip():
            yield Mark(mark.number, mark.block, start, end, text[start:end], mark.edited)


def _moved(place: int, moves: Moves, side: int) -> int:
    """Give where a border of a finding stands after the edits of its block, those over it whole."""
    shift, edit = moves.at(place)
    if edit is not None and edit.start < place:
        return edit.start + shift + side * len(edit.replacement)
    return place + shift


def _size(made: PagePairs) -> int:
    every = (*made.shown, *made.sheets)
    pictures = (p for pair in every for p in (pair.before, pair.after) if p)
    return sum(len(picture.data) * 4 // 3 for picture in pictures)
