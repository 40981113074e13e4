"""Pdf files that are redacted by rewriting, in a font whose glyphs can be told apart."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from redact.pdf.format import PdfFormat
from review.document import BlockKind, Document
from review.plan import Edit, RedactionPlan, redacted_document
from tests.fakes import pdf as pdf_pages
from tests.fakes.pdf import A4, Draw, lines

TEXT = "经江府县民政局公示申请人赵小满身份证号码联系电话姓名住址符合条件，。：某一二三四五六七八十"


@functools.cache
def font() -> str:
    """Register a font whose every glyph is a shape of its own, clear of its neighbours."""

    def shape(code: int) -> object:
        wide = 1000 if code > 127 else 500
        pen = TTGlyphPen(None)
        tip = 200 + code * 7 % 500
        for x, y, step in ((wide // 5, 0, pen.moveTo), (wide // 4, tip, pen.lineTo)):
            step((x, y))
        pen.lineTo((wide * 4 // 5, 100 + code * 13 % 400))
        pen.closePath()
        return pen.glyph()

    return pdf_pages.registered("Shapes", TEXT, shape)


def make(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    return pdf_pages.drawn(font(), *pages, size=size)


def content(body: str, **resources: Callable[[pikepdf.Pdf, pikepdf.Object], object]) -> bytes:
    """Draw a page by hand; ``/F1`` is a standard font, ``/Z`` the embedded one."""
    with pikepdf.open(BytesIO(make(lines(TEXT + "0123456789*")))) as pdf:
        page = pdf.pages[0]
        fonts = page.Resources.Font
        embedded = next(f for f in fonts.values() if "Shapes" in str(f.BaseFont))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=HELVETICA, Z=embedded))
        page.Contents = pdf.make_stream(body.encode("latin-1"))
        for change in resources.values():
            change(pdf, page)
        return saved(pdf)


HELVETICA = pikepdf.Dictionary(
    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
    Encoding=pikepdf.Name.WinAnsiEncoding,
)  # fmt: skip


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def plan_to_hide(document: Document, pattern: str, replacement: str) -> RedactionPlan:
    edits = tuple(
        Edit(index, match.start(), match.end(), replacement, "f")
        for index, block in enumerate(document.blocks)
        if block.kind is not BlockKind.DROPPED
        for match in re.finditer(pattern, block.text)
    )
    return RedactionPlan(document.digest, "policy", "general", (), edits)


def written(document: Document) -> str:
    """Give all text but what is read in drawings, without white space."""
    texts = (b.text for b in document.blocks if b.kind is not BlockKind.PICTURE)
    return "".join("".join(texts).split())


def way(data: bytes, pattern: str, replacement: str = "***") -> tuple[str, bytes]:
    """Redact; give which way was taken and the output, which must read as planned."""
    form = PdfFormat()
    document = form.read(data)
    plan = plan_to_hide(document, pattern, replacement)
    output, notes = form.write(data, plan)
    assert written(form.read(output)) == written(redacted_document(document, plan))
    (code,) = {note.code for note in notes} & {"pdf_rewritten", "pdf_raster"}
    return code, output


def rewritten(data: bytes, pattern: str, replacement: str = "***") -> bytes:
    code, output = way(data, pattern, replacement)
    assert code == "pdf_rewritten"
    return output


def render(data: bytes, page: int = 0) -> Image.Image:
    return pdf_pages.render(data, page, 1.5)


def differs(before: bytes, after: bytes) -> tuple[int, int, int, int] | None:
    """Give the box, in points, in which two first pages look different."""
    difference = ImageChops.difference(render(before), render(after))
    box = difference.point(lambda shade: 255 * (shade > 40)).getbbox()
    return box and tuple(round(edge / 1.5) for edge in box)


def selectable(data: bytes, page: int = 0) -> str:
    return pypdfium2.PdfDocument(data)[page].get_textpage().get_text_range()


def rare(program: bytes) -> set[bytes]:
    """Give the outlines of a TrueType program as bytes."""
    glyphs = TTFont(BytesIO(program), lazy=True)
    return {glyphs["glyf"][n].compile(glyphs["glyf"]) for n in glyphs.getGlyphOrder()} - {b""}


def programs(data: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [o.read_bytes() for o in pdf.objects
                if isinstance(o, pikepdf.Stream) and "/Length1" in o]  # fmt: skip


def everything(data: bytes) -> str:
    """Give all objects of a file, names, strings and decoded streams, as one text."""
    with pikepdf.open(BytesIO(data)) as pdf:
        parts = [pdf.trailer.unparse(resolved=True)]
        for item in pdf.objects:
            parts.append(item.unparse(resolved=True))
            if isinstance(item, pikepdf.Stream):
                keys = pikepdf.Dictionary({k: v for k, v in item.items() if k != "/Length"})
                parts += [keys.unparse(), item.read_bytes()]
    text = b"\n".join(parts).decode("latin-1")
    digits = (
        bytes.fromhex(run).decode("latin-1") for run in re.findall("<((?:[0-9a-f]{2}){4,})>", text)
    )
    return "\n".join((text, *digits))
