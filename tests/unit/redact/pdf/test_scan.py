"""Scans, double layers and pictures on pages: read by machine, painted over, never clean."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from redact.ocr.recognise import PictureText
from redact.page.raster import PdfRaster
from redact.pdf.format import PdfFormat
from redact.pdf.scan import MachineReader
from redact.preview import pdf_pages
from redact.preview.pdf_pages import page_pairs
from redact.preview.pictures import Allowance, Mark, PictureOrder
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Cell, Document, Severity
from review.errors import TooLargeInputError, UnsafeOutputError
from review.plan import redacted_document
from tests.fakes.pdf import plan_to_hide
from tests.fakes.pictures import written
from tests.fakes.scans import scanned, table

NUMBER = "329826195402264838"
ROSTER = [["姓名", "身份证号"], ["黄树根", NUMBER], ["骆秀穗", "329826195302232564"]]


def read(data: bytes) -> Document:
    return PdfFormat().read(data)


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [b.text.replace(" ", "") for b in document.blocks if b.kind in kinds]


def note_codes(document: Document) -> set[str]:
    return {n.code for n in document.notes if n.severity is Severity.PERSON}


def complaints(data: bytes, kept: str = "") -> tuple[str, ...]:
    """Let the verifier look for the number in a file that may say what is ``kept``."""
    return IndependentVerifier().verify("pdf", data, allowed_occurrences(kept, [NUMBER]))


def shown(data: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(data)[0].render(scale=200 / 72).to_pil().convert("RGB")


@pytest.fixture(scope="module")
def roster() -> bytes:
    red = table(ROSTER, [220, 460])
    ImageDraw.Draw(red).rectangle((600, 5, 700, 25), fill=(220, 20, 20))
    return scanned(red.rotate(0.7, Image.Resampling.BICUBIC, fillcolor="white"))


@pytest.fixture(scope="module")
def document(roster: bytes) -> Document:
    return read(roster)


@pytest.fixture(scope="module")
def output(roster: bytes, document: Document) -> bytes:
    return PdfFormat().write(roster, plan_to_hide(document, NUMBER, "3****8"))[0]


def test_a_scanned_table_reads_as_cells_and_needs_a_person(document: Document) -> None:
    cells = {b.cell: b.text for b in document.blocks if b.kind is BlockKind.CELL}
    expected = {Cell(0, r, c): text for r, row in enumerate(ROSTER) for c, text in enumerate(row)}
    assert cells == expected
    assert note_codes(document) == {"pdf_scan"}


def test_a_tilted_table_low_on_a_page_of_a_mixed_file_keeps_its_columns() -> None:
    low = Image.new("RGB", (760, 1300), "white")
    low.paste(table(ROSTER, [160, 400], size=28), (0, 1000))
    mixed = BytesIO()
    with pikepdf.open(BytesIO(page_with(Image.new("RGB", (100, 100), "skyblue")))) as pdf:
        tilted = low.rotate(1, Image.Resampling.BICUBIC, fillcolor="white")
        with pikepdf.open(BytesIO(scanned(tilted))) as scan:
            pdf.pages.extend(scan.pages)
        pdf.save(mixed)
    document = read(mixed.getvalue())
    cells = [(b.text, b.location.page) for b in document.blocks if b.kind is BlockKind.CELL]
    assert cells == [(text, 2) for row in ROSTER for text in row]
    made, _ = PdfFormat().write(mixed.getvalue(), plan_to_hide(document, NUMBER, "***"))
    assert [b.text for b in read(made).blocks if b.location.page == 1] == [
        "Notice of the county 2026"
    ]


def test_a_redacted_scan_says_what_was_planned_and_shows_no_more(
    document: Document, output: bytes
) -> None:
    expected = redacted_document(document, plan_to_hide(document, NUMBER, "3****8"))
    again = read(output)
    assert [(b.text, b.cell) for b in again.blocks] == [
        (b.text, b.cell) for b in expected.blocks if b.kind is not BlockKind.DROPPED
    ]
    assert complaints(output, expected.text) == ()
    assert "pdf_scan" in note_codes(again)


def test_the_verifier_reads_a_value_that_stands_only_in_the_pixels(roster: bytes) -> None:
    assert any("图像" in told for told in complaints(roster))


def test_the_verifier_looks_under_what_is_drawn_over_a_picture(roster: bytes) -> None:
    drawn = BytesIO()
    with pikepdf.open(BytesIO(roster)) as pdf:
        _, _, wide, high = (float(edge) for edge in pdf.pages[0].MediaBox)
        pdf.pages[0].contents_add(f"0 g 0 0 {wide} {high} re f".encode())
        pdf.save(drawn)
    assert shown(drawn.getvalue()).getextrema() == ((0, 0),) * 3
    assert any("图像" in told for told in complaints(drawn.getvalue()))


def test_what_a_picture_shows_and_holds_is_not_counted_twice(roster: bytes) -> None:
    drawn = BytesIO()
    with pikepdf.open(BytesIO(roster)) as pdf:
        pdf.pages[0].contents_add(b"0 g 2 2 30 30 re f")
        pdf.save(drawn)
    kept = " ".join(text for row in ROSTER for text in row)
    assert complaints(drawn.getvalue(), kept) == ()
    assert any("图像" in told for told in complaints(drawn.getvalue()))


@pytest.mark.usefixtures("nothing_remembered")
def test_what_is_on_every_page_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[int, int]] = []

    def count(picture: Image.Image) -> PictureText:
        calls.append(picture.size)
        return PictureText(picture.width, picture.height, (), frozenset())

    monkeypatch.setattr("redact.ocr.recognise.read_picture", count)
    small = written(["公示"], width=200)
    read(scanned(small, small, small))
    assert len(calls) == 1


def test_a_scan_in_colour_stays_in_colour(output: bytes) -> None:
    red, _, blue = shown(output).resize((1, 1), box=(620, 8, 690, 20)).getpixel((0, 0))
    assert red - blue > 100


def test_findings_on_a_scan_are_framed_where_they_stand(
    roster: bytes, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = next(n for n, b in enumerate(document.blocks) if b.text == NUMBER)
    marks = (Mark(1, index, 0, len(NUMBER), NUMBER),)
    order = PictureOrder("pdf", "pdf", (), marks, {}, Allowance(3, 8_000_000))
    (pair,) = page_pairs(roster, b"", order).shown
    (place,) = pair.places
    wide, high = 220 + 460 + 80, 3 * 64 + 80
    assert 260 < place.left * wide < 290
    assert 100 < place.top * high < 130
    monkeypatch.setattr(pdf_pages, "_MOST_READ", 0)
    (pair,) = page_pairs(roster, b"", order).shown
    assert pair.places == ()


def test_a_picture_changed_after_the_writing_is_read_anew(output: bytes) -> None:
    other = BytesIO()
    with pikepdf.open(BytesIO(output)) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        size = (int(image.Width), int(image.Height))
        paper = Image.new("RGB", size, "white")
        paper.paste(written(["另有钱多多电话13812345678"], width=size[0]))
        jpeg = BytesIO()
        paper.save(jpeg, "JPEG")
        image.write(jpeg.getvalue(), filter=pikepdf.Name.DCTDecode)
        pdf.save(other)
    document = read(other.getvalue())
    assert "13812345678" in "".join(texts(document, BlockKind.PARAGRAPH))
    assert "pdf_layer_differs" in note_codes(document)


def test_a_text_layer_that_lies_is_looked_at_but_neither_trusted_nor_written() -> None:
    data = scanned(written([f"户主黄树根身份证{NUMBER}"]), layer=["经办人钱多多电话13812345678"])
    document = read(data)
    assert NUMBER in "".join(texts(document, BlockKind.PARAGRAPH))
    assert "13812345678" in "".join(texts(document, BlockKind.DROPPED))
    assert "pdf_layer_differs" in note_codes(document)
    made, _ = PdfFormat().write(data, plan_to_hide(document, NUMBER, "***"))
    page = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()
    assert "13812345678" not in page
    assert "黄树根" in page


def test_an_honest_text_layer_is_not_said_twice() -> None:
    lines = ["补偿登记结果公告", f"户主黄树根身份证{NUMBER}"]
    document = read(scanned(written(lines), layer=lines))
    assert NUMBER not in "".join(texts(document, BlockKind.DROPPED))
    assert "".join(texts(document, BlockKind.PARAGRAPH)) == "".join(lines)
    assert "pdf_layer_differs" not in note_codes(document)


def test_a_file_of_too_many_scans_is_to_be_split() -> None:
    small = written(["公示"], width=200)
    with PdfRaster(scanned(small, small)) as raster:
        reader = MachineReader(most=1)
        first = reader.page(raster, 1)
        assert reader.page(raster, 1) is first
        with pytest.raises(TooLargeInputError, match="超过 1 页，请拆成"):
            reader.page(raster, 2)


def page_with(picture: Image.Image) -> bytes:
    """Make a small page of two lines of text with a picture below."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300), invariant=1)
    canvas.setFont("Helvetica", 14)
    canvas.drawString(30, 260, "Notice of the county 2026")
    canvas.drawImage(ImageReader(picture), 60, 40, picture.width * 0.36, picture.height * 0.36)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_text_in_a_picture_is_found_and_painted_over_where_it_stands() -> None:
    data = page_with(written([f"身份证号{NUMBER}", "柳溪镇公告"], width=620))
    document = read(data)
    assert NUMBER in "".join(texts(document, BlockKind.PICTURE))
    assert texts(document, BlockKind.PARAGRAPH) == ["Noticeofthecounty2026"]
    assert note_codes(document) == {"pdf_picture"}
    made, _ = PdfFormat().write(data, plan_to_hide(document, NUMBER, "***"))
    assert complaints(made) == ()
    assert shown(made).crop((180, 560, 800, 700)).getextrema() != ((255, 255),) * 3


@pytest.mark.usefixtures("no_recogniser")
def test_without_the_recogniser_a_scan_is_refused_and_a_picture_covered() -> None:
    with pytest.raises(UnsafeOutputError, match="第1页没有可读取的文字"):
        read(scanned(written(["公示"], width=200)))
    data = page_with(Image.new("RGB", (200, 200), "black"))
    assert note_codes(read(data)) == {"pdf_covered"}
    made, _ = PdfFormat().write(data, plan_to_hide(read(data), "county", "***"))
    assert shown(made).getpixel((260, 600)) == (255, 255, 255)
