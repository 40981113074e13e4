"""A text layer is only as honest as the maps of its typefaces: a line of each is read by eye."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from redact.ocr.recall import recalling
from redact.ocr.recognise import PictureText
from redact.page.glyphs import Painted
from redact.pdf import typefaces
from redact.pdf.format import PdfFormat
from redact.pdf.scan import MachineReader
from review.document import Severity
from tests.fakes.pdf import plan_to_hide, render

NUMBER = "329826195402264838"

LOOK = typefaces._read


@pytest.fixture(autouse=True)
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Look at typefaces anew, unlike other tests."""
    monkeypatch.setattr(typefaces, "_read", LOOK)
    with recalling({}):
        yield


def printed(pages: int = 1, above: str = "") -> bytes:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    output = BytesIO()
    canvas = Canvas(output, pagesize=(420, 130))
    for _ in range(pages):
        canvas.setFont("Vera", 12)
        canvas.drawString(100, 90, above)
        canvas.drawString(100, 50, NUMBER)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def lying(data: bytes, first: int = 0x4E00, step: int = 1) -> bytes:
    """Let every digit of the file's typefaces pass for another character."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                told = bytes(item.ToUnicode.read_bytes())
                for digit in range(10):
                    told = told.replace(
                        b"<%04X>" % (0x30 + digit), b"<%04X>" % (first + step * digit)
                    )
                item.ToUnicode = pdf.make_stream(told)
        output = BytesIO()
        pdf.save(output)
    return output.getvalue()


def test_a_typeface_that_draws_what_it_says_is_no_news() -> None:
    assert {note.code for note in PdfFormat().read(printed()).notes} == set()


def test_a_page_whose_digits_alone_lie_is_read_by_machine_and_goes_to_a_person() -> None:
    honest = printed(above="Notice on the payment of subsidies")
    assert {note.code for note in PdfFormat().read(honest).notes} == set()
    draft = lying(honest)
    with recalling({}):
        document = PdfFormat().read(draft)
        output, notes = PdfFormat().write(draft, plan_to_hide(document, NUMBER))
    (note,) = (note for note in document.notes if note.code == "pdf_typeface")
    assert note.severity is Severity.PERSON
    assert "pdf_raster" in {note.code for note in notes}
    # What the layer said instead would tell the number to whoever has the map.
    said = PdfFormat().read(output).text
    assert "subsidies" in said
    assert not {chr(0x4E00 + digit) for digit in range(10)} & set(said)
    assert render(output).crop((102, 72, 210, 79)).getextrema() == (0, 0)


@pytest.mark.parametrize("most", [0, 9])
def test_every_page_of_a_lying_typeface_is_read_as_long_as_machines_may(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redact.pdf.typefaces._read", lambda *_: ["something else"])
    monkeypatch.setattr("redact.pdf.scan._read", lambda _: PictureText(9, 9, (), frozenset()))
    reader = MachineReader(most)
    document = PdfFormat()._read(printed(pages=3), reader)
    (told,) = document.notes
    assert told.code == "pdf_typeface"
    assert told.message.startswith("第 1–3 页")
    assert len(reader._pages) == min(most, 3)


def test_without_the_recogniser_the_page_goes_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redact.ocr.engine", None)
    assert {note.code for note in PdfFormat().read(printed()).notes} == {"pdf_typeface_unseen"}


def test_each_typeface_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def read(raster: object, number: int, lines: Sequence[Sequence[Painted]]) -> list[str]:
        looked.append(number)
        return ["".join(glyph.text for glyph in line) for line in lines]

    monkeypatch.setattr("redact.pdf.typefaces._read", read)
    draft = printed(pages=3)
    document = PdfFormat().read(draft)
    assert not document.notes
    PdfFormat().write(draft, plan_to_hide(document, NUMBER))
    assert looked == [1]


@pytest.mark.usefixtures("no_recogniser")
@pytest.mark.parametrize("sign", [0x20, 0xAD, 0x3000, 0x200B])
def test_digits_that_pass_for_spaces_are_told_as_drawn(sign: int) -> None:
    draft = lying(printed(above="Notice on the payment of subsidies"), sign, 0)
    assert "pdf_drawing" in {note.code for note in PdfFormat().read(draft).notes}
