"""A text layer is only as honest as the maps of its typefaces: a line of each is read by eye."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from redact.page.glyphs import Painted
from redact.pdf.format import PdfFormat
from review.document import Severity

NUMBER = "329826195402264838"


def printed(pages: int = 1, above: str = "") -> bytes:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    output = BytesIO()
    canvas = Canvas(output)
    for _ in range(pages):
        canvas.setFont("Vera", 12)
        canvas.drawString(100, 740, above)
        canvas.drawString(100, 700, NUMBER)
        canvas.showPage()
    canvas.save()
    return output.getvalue()


def lying(data: bytes) -> bytes:
    """Let every digit of the file's typefaces pass for a Chinese character."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                told = bytes(item.ToUnicode.read_bytes())
                for digit in range(10):
                    told = told.replace(b"<%04X>" % (0x30 + digit), b"<%04X>" % (0x4E00 + digit))
                item.ToUnicode = pdf.make_stream(told)
        output = BytesIO()
        pdf.save(output)
    return output.getvalue()


def test_a_typeface_that_draws_what_it_says_is_no_news() -> None:
    assert {note.code for note in PdfFormat().read(printed()).notes} == set()


def test_a_typeface_that_draws_something_else_goes_to_a_person() -> None:
    document = PdfFormat().read(lying(printed()))
    assert NUMBER not in document.text
    (note,) = (note for note in document.notes if note.code == "pdf_typeface")
    assert note.severity is Severity.PERSON


def test_a_typeface_that_lies_about_digits_alone_is_noticed_below_a_longer_line() -> None:
    honest = printed(above="Notice on the payment of subsidies")
    assert {note.code for note in PdfFormat().read(honest).notes} == set()
    (note,) = PdfFormat().read(lying(honest)).notes
    assert note.code == "pdf_typeface"


def test_without_the_recogniser_the_page_goes_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redact.ocr.engine", None)
    assert {note.code for note in PdfFormat().read(printed()).notes} == {"pdf_typeface_unseen"}


def test_each_typeface_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def read(raster: object, number: int, lines: Sequence[Sequence[Painted]]) -> list[str]:
        looked.append(number)
        return ["".join(glyph.text for glyph in line) for line in lines]

    monkeypatch.setattr("redact.pdf.typefaces._read", read)
    assert not PdfFormat().read(printed(pages=3)).notes
    assert looked == [1]
