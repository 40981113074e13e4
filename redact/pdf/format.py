"""Pdf, with a text layer or scanned: read as paragraphs and cells, rewritten or painted over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from redact.digest import check_digest
from redact.notes import by_pages
from redact.ocr.recall import afresh
from redact.page.block import TextBlock, mark_of
from redact.page.doubt import DoubtError
from redact.page.edit import bars_of, edits_here, pieces_of
from redact.page.fold import fold
from redact.page.gap import gaps_of
from redact.page.raster import PdfRaster
from redact.pdf.agreement import disagreements
from redact.pdf.attributes import Attribute
from redact.pdf.exact import ExactRewriting
from redact.pdf.output import OutputPdf
from redact.pdf.reader import PageText, pages_of
from redact.pdf.scan import MachineReader
from redact.pdf.source import MENDED, PdfSource, open_source
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import Block, BlockKind, Document, Location, Note
from review.errors import ReviewError, UnsafeOutputError
from review.plan import Edit, RedactionPlan, redacted_document, removed_values


class PdfFormat:
    """Read pdf pages and rewrite them by the raster path.

    What ``write`` guarantees: ``read(output)`` gives, page by page and in the same order, the
    text, kind, page and cell of every block of ``redacted_document(document, plan)`` that is
    not an attribute, has any text left and is not only white space; white space inside a block
    may come back as plain spaces. Attributes (document information, outline, annotations, form
    fields, attachments, text outside the page) are never written.
    """

    name = "pdf"
    suffixes: tuple[str, ...] = (".pdf",)

    def read(self, data: bytes) -> Document:
        """Give paragraphs, cells, headers, footers and attributes as blocks.

        Raises ``InputError`` for a file that cannot be used and ``UnsafeOutputError`` for a page
        that nobody can read here.
        """
        document = self._read(data, MachineReader())
        if any(note.code == MENDED for note in document.notes):
            return document  # what is mended has been compared, however it was read
        return replace(document, notes=(*document.notes, *disagreements(data)))

    def _read(self, data: bytes, reader: MachineReader) -> Document:
        source = open_source(data)
        collected = _Collected()
        with PdfRaster(source.data) as raster:
            for page in pages_of(source.data, raster, reader):
                collected.add(page)
        return collected.document(source.attributes, source.notes)

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Take the edited characters out of the pages, or paint them out on pictures of them.

        Raises ``UnsafeOutputError`` when the text is not the one planned on, or when a second
        reader does not see the removed text where it is to be removed.
        """
        source, reader = open_source(data), MachineReader()
        try:
            return self._rewrite(source, plan, reader)
        except DoubtError:
            return self.write_pictures(source, plan, reader)

    def _rewrite(
        self, source: PdfSource, plan: RedactionPlan, reader: MachineReader
    ) -> tuple[bytes, tuple[Note, ...]]:
        """Rewrite glyph by glyph and prove the result; raises ``DoubtError``."""
        collected, edits = _Collected(), plan.edits_by_block()
        with (
            PdfRaster(source.data) as raster,
            ExactRewriting(source.data, raster) as rewriting,
        ):
            for page in pages_of(source.data, raster, reader):
                if page.machine_read:
                    raise DoubtError("page read by machine")
                collected.add(page)
                _check_bars(page, edits, raster)
                rewriting.add(page, edits)
            document = collected.document(source.attributes, source.notes)
            check_digest(document.digest, plan)
            output = rewriting.finished()
        self._prove(output, document, plan)
        kept = "处理后的 PDF 保留原有版面和文字，链接、书签、批注、文档属性均未保留。"
        return output, (*document.notes, Note("pdf_rewritten", kept))

    def _prove(self, output: bytes, document: Document, plan: RedactionPlan) -> None:
        """Read the output anew, by this reader and by the verifier; raises ``DoubtError``."""
        expected = redacted_document(document, plan)
        try:
            # What a picture or drawing shows is no part of ``_written``; its look was compared.
            with afresh():
                read = self._read(output, MachineReader(beside=False))
        except ReviewError as error:
            raise DoubtError("output that cannot be read") from error
        if _written(read) != _written(expected):
            raise DoubtError("output that reads otherwise")
        removed = removed_values(document, plan)
        allowed = allowed_occurrences(expected.text, removed)
        if IndependentVerifier().verify(self.name, output, allowed):
            raise DoubtError("complaint of the verifier")

    def write_pictures(
        self, source: PdfSource, plan: RedactionPlan, reader: MachineReader
    ) -> tuple[bytes, tuple[Note, ...]]:
        """Paint out the edited characters on pictures of all pages, put redacted text under them.

        Raises ``UnsafeOutputError`` as ``write`` does.
        """
        collected, output, edits = _Collected(), OutputPdf(), plan.edits_by_block()
        places: Mapping[int, int] = {}
        with PdfRaster(source.data) as raster:
            for page in pages_of(source.data, raster, reader):
                collected.add(page)
                places = _write_page(output, page, raster, edits, places)
        document = collected.document(source.attributes, source.notes)
        check_digest(document.digest, plan)
        dropped = "处理后的 PDF 是页面图像加可检索的文字，原有的链接、书签、文档属性均未保留。"
        return output.save(), (*document.notes, Note("pdf_raster", dropped))


class _Collected:
    """Gather the blocks of the pages in their order; attributes come last."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._hidden: list[Attribute] = []
        self._notes: list[Note] = []

    def add(self, page: PageText) -> None:
        for block in page.blocks:
            if block.continued:
                begun = self.blocks[block.index]
                self.blocks[block.index] = replace(begun, text=begun.text + block.text)
                continue
            location = Location("page", len(self.blocks), page=page.number)
            self.blocks.append(Block(block.text, location, block.kind, block.cell))
        self._hidden += (Attribute("hidden", text, page.number) for text in page.hidden)
        self._notes += page.notes

    def document(self, attributes: Sequence[Attribute], notes: Sequence[Note]) -> Document:
        blocks = list(self.blocks)
        for attribute in (*self._hidden, *attributes):
            location = Location(attribute.part, len(blocks), page=attribute.page)
            blocks.append(Block(attribute.text, location, BlockKind.DROPPED))
        return Document("pdf", tuple(blocks), tuple(by_pages((*notes, *self._notes))))


def _write_page(
    output: OutputPdf,
    page: PageText,
    raster: PdfRaster,
    edits: Mapping[int, Sequence[Edit]],
    places: Mapping[int, int],
) -> Mapping[int, int]:
    """Add a page; ``places`` and the result give the number on its page of each block by index."""
    _check_bars(page, edits, raster)
    gaps = [
        gap._replace(text="", inked=True) if block.kind is BlockKind.PICTURE
        else gap._replace(inked=page.machine_read)
        for block, changes in _edited(page, edits)
        for gap in gaps_of(block, changes)
    ]  # fmt: skip
    picture = raster.picture(page.number, list(page.covers), gaps, page.black_and_white)
    layer = [
        (mark_of(b, places.get(b.index) if b.continued else None), pieces_of(b, changes))
        for b, changes in _edited(page, edits)
        if b.kind is not BlockKind.PICTURE
    ]
    read = any(block.kind is BlockKind.PICTURE for block in page.blocks)
    proven = not (page.machine_read or page.pictures or read)
    output.add_page((page.width, page.height), picture, layer, proven=proven)
    written = [block for block in page.blocks if block.kind is not BlockKind.PICTURE]
    return {block.index: number for number, block in enumerate(written)}


def _edited(
    page: PageText, edits: Mapping[int, Sequence[Edit]]
) -> Iterator[tuple[TextBlock, list[Edit]]]:
    for block in page.blocks:
        yield block, edits_here(block, edits.get(block.index, ()))


def _check_bars(page: PageText, edits: Mapping[int, Sequence[Edit]], raster: PdfRaster) -> None:
    """Let the renderer's own reader confirm that each bar lies on the text it must hide.

    What was read by machine stands where it was read; there is no other text to compare with.
    """
    bars = [
        bar
        for block, changes in _edited(page, edits)
        if not page.machine_read and block.kind is not BlockKind.PICTURE
        for bar in bars_of(block, changes)
    ]
    seen = raster.text_in(page.number, [bar.box for bar in bars]) if bars else []
    for bar, text in zip(bars, seen, strict=True):
        hidden, there = fold(bar.text), fold(text)
        if hidden not in there and Counter(hidden) - Counter(there):
            raise UnsafeOutputError(
                f"第{page.number}页的文字位置无法确认，遮盖可能不完整，"
                "请重新导出 PDF 或交人工处理。"
            )


def _written(document: Document) -> str:
    """Give the text without white space and without what was read in pictures."""
    texts = (b.text for b in document.blocks if b.kind is not BlockKind.PICTURE)
    return "".join("".join(text.split()) for text in texts)
