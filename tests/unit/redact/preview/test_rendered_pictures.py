"""Findings in the pictures of office files: framed on the rendered pages where they are seen."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm
from lxml import etree
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from redact.libreoffice import program
from redact.odf.format import ODT
from redact.ooxml.docx import DocxFormat
from redact.ooxml.pptx import PptxFormat
from redact.ooxml.xlsx import XlsxFormat
from redact.pictures import reading
from redact.preview.pictures import Allowance, PagePairs, PictureOrder, Place
from redact.preview.rendered_pages import rendered_pairs
from review.ports import Format
from tests.fakes import odf, pptx
from tests.fakes.bars import BLUE, drawn, holds_bar, marks_in, plan_of, read_bars

pytestmark = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")

TEXT = "各乡镇人民政府要高度重视，落实责任，确保各项工作按时完成。"


@pytest.fixture(autouse=True)
def bars_are_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    read_bars(monkeypatch)


def pairs_of(format: Format, data: bytes, **changed: Any) -> PagePairs:
    """Redact every bar, and picture draft and output."""
    document = format.read(data)
    marks = marks_in(document)
    plan = plan_of(document, marks)
    output = format.write(data, plan)[0]
    order = PictureOrder(
        format.name, format.name, ("",) * len(document.blocks), marks, {},
        Allowance(30, 8_000_000), pictured=True,
    )  # fmt: skip
    return rendered_pairs(data, output, order._replace(**changed))


def saved(file: Any) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def placed(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def letter() -> bytes:
    """Write a letter with a picture cut, turned, mirrored, in a table, in its header and twice."""
    file = docx.Document()
    file.sections[0].header.paragraphs[0].add_run().add_picture(placed(drawn(BLUE)), width=Cm(3))
    file.add_paragraph(TEXT)
    for _ in range(3):
        file.add_picture(placed(drawn()), width=Cm(5))
    table = file.add_table(1, 2)
    table.cell(0, 1).paragraphs[0].add_run().add_picture(placed(drawn()), width=Cm(4))
    file.add_page_break()
    file.add_picture(placed(drawn()), width=Cm(9))
    fills = list(file.element.body.iter(qn("pic:blipFill")))
    cut = etree.Element(qn("a:srcRect"), {"l": "10000", "t": "5000", "r": "30000"})
    fills[0].find(qn("a:blip")).addnext(cut)
    frames = list(file.element.body.iter(qn("a:xfrm")))
    frames[1].set("rot", "5400000")
    frames[2].set("flipH", "1")
    return saved(file)


def book() -> bytes:
    file = openpyxl.Workbook()
    file.active["A1"] = TEXT
    file.active.add_image(SheetImage(placed(drawn())), "B3")
    return saved(file)


def show() -> bytes:
    def picture(number: int, x: int, crop: str = "", turned: str = "") -> str:
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="n"/><p:cNvPicPr/><p:nvPr/>'
            f'</p:nvPicPr><p:blipFill><a:blip r:embed="rIdP"/>{crop}<a:stretch/></p:blipFill>'
            f'<p:spPr><a:xfrm {turned}><a:off x="{x}" y="900000"/><a:ext cx="3000000" '
            'cy="2000000"/></a:xfrm><a:prstGeom prst="rect"/></p:spPr></p:pic>'
        )

    slide = pptx.slide(
        picture(6, 500000), picture(7, 5000000, '<a:srcRect b="40000"/>', 'rot="10800000"')
    )
    parts = {"ppt/media/image1.png": drawn()}
    return pptx.package([slide], parts, [("rIdP", "image", "../media/image1.png")])


def text() -> bytes:
    frame = (
        '<text:p><draw:frame draw:style-name="fr1" text:anchor-type="as-char" '
        'svg:width="9cm" svg:height="6cm">'
        '<draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>'
    )
    cut = (
        '<style:style style:name="fr1" style:family="graphic"><style:graphic-properties '
        'fo:clip="rect(0cm, 2cm, 0cm, 1cm)"/></style:style>'
    )
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (
            ("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("Pictures/a.png", "image/png")
        )
    )  # fmt: skip
    return odf.package({
        "content.xml": odf.content(f"<text:p>{TEXT}</text:p>{frame}", cut),
        "META-INF/manifest.xml": odf.manifest(listed),
        "Pictures/a.png": drawn(),
    })  # fmt: skip


FORMATS: dict[str, tuple[Format, Callable[[], bytes], int]] = {
    "docx": (DocxFormat(), letter, 7),
    "xlsx": (XlsxFormat(), book, 1),
    "pptx": (PptxFormat(), show, 2),
    "odt": (ODT, text, 1),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_finding_in_a_picture_is_framed_wherever_a_page_shows_it(name: str) -> None:
    format, made, count = FORMATS[name]
    pairs = pairs_of(format, made())
    framed = [(pair, place) for pair in pairs.shown for place in pair.places]
    assert len(framed) == count
    for pair, place in framed:
        assert holds_bar(pair.before, place) or holds_bar(pair.before, place, BLUE), place
    for pair in pairs.shown:
        assert len(pair.placed) == len(pair.places)
        for there, here in zip(pair.placed, pair.places, strict=True):
            assert there == pytest.approx(here, abs=0.01)
    assert pairs.uneven == ()
    assert pairs.sheets == ()
    assert all(picture.number for pair in pairs.shown for picture in pair.pictures)


def findings(pairs: PagePairs) -> Iterator[Place]:
    return (place for pair in pairs.shown for place in pair.places)


def one_picture(data: bytes) -> bytes:
    file = docx.Document()
    file.add_paragraph(TEXT)
    file.add_picture(placed(data), width=Cm(6))
    return saved(file)


def test_a_picture_that_a_camera_turned_is_framed_as_a_whole() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = io.BytesIO()
    Image.open(placed(drawn())).save(turned, "JPEG", exif=exif, quality=95)
    pairs = pairs_of(DocxFormat(), one_picture(turned.getvalue()))
    (place,) = findings(pairs)
    (picture,) = pairs.shown[0].pictures
    assert place[1:] == picture[1:]
    assert place.width > 0.2


def test_a_picture_that_nobody_has_read_is_outlined_without_a_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "read_places", lambda *_: None)
    pairs = pairs_of(DocxFormat(), one_picture(drawn()))
    assert [picture.number for picture in pairs.shown[0].pictures] == [0]


def test_no_frame_is_drawn_where_the_twin_reads_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    from redact.preview import rendered_pictures

    make = rendered_pictures.twin_of

    def other(data: bytes, parts: list[str]) -> Any:
        made = make(data, parts)
        with zipfile.ZipFile(io.BytesIO(made.data)) as package:
            held = {name: package.read(name) for name in package.namelist()}
        held["word/document.xml"] = held["word/document.xml"].replace(
            TEXT.encode(), (3 * TEXT).encode()
        )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as package:
            for name, part in held.items():
                package.writestr(name, part)
        return made._replace(data=buffer.getvalue())

    monkeypatch.setattr(rendered_pictures, "twin_of", other)
    pairs = pairs_of(DocxFormat(), one_picture(drawn()))
    assert not list(findings(pairs))


def test_a_draft_without_pictures_is_rendered_once() -> None:
    from redact.preview.rendered_pictures import RenderedPictures

    order = PictureOrder("docx", "docx", (), (), {}, Allowance(1, 1))
    held = RenderedPictures(b"never opened", b"", order)
    assert not any(data for data, _ in held.files)
