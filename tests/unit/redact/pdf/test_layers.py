"""Texts painted over each other, and texts that a pdf gives in place of what it paints."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from redact.page.glyphs import Box, Glyph
from redact.page.lines import runs_of
from redact.pdf.actualtext import drop_actual_text


def line(text: str, x: float, across: float, width: float = 10, step: float = 10) -> list[Glyph]:
    return [
        Glyph(c, Box(s, across - 5, s + width, across + 5), s, s + width, across, 10)
        for c, s in ((c, x + step * number) for number, c in enumerate(text))
    ]


@pytest.mark.parametrize("across", [100, 103])
def test_texts_over_each_other_are_taken_apart(across: float) -> None:
    runs = runs_of([*line("电话13812345678", 50, 100), *line("叠在上面的文字", 52, across)])
    assert [run.text for run in runs] == ["电话13812345678", "叠在上面的文字"]


def test_glyphs_declared_too_wide_stay_one_text() -> None:
    (run,) = runs_of(line("13812345678", 50, 100, width=20, step=8))
    assert run.text == "13812345678"


def test_pieces_painted_in_any_order_are_one_line() -> None:
    glyphs = line("13812345678", 50, 100)
    (run,) = runs_of([*glyphs[5:], *reversed(glyphs[:5])])
    assert run.text == "13812345678"


def paper(content: bytes, form: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj["/Contents"] = pdf.make_stream(content)
    inner = pdf.make_stream(form)
    inner["/Subtype"] = pikepdf.Name.Form
    properties = pikepdf.Dictionary(M=pikepdf.Dictionary(ActualText=pikepdf.String("one")))
    page.obj["/Resources"] = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(F=inner), Properties=properties
    )
    return pdf


def test_actual_text_goes_from_pages_forms_and_properties() -> None:
    span = b"/Span <</Lang (zh) /ActualText (13812345678)>> BDC 0 0 m S EMC"
    pdf = paper(span + b" /F Do", span)
    drop_actual_text(pdf, pdf.pages[0])
    saved = BytesIO()
    pdf.save(saved, compress_streams=False)
    assert b"13812345678" not in saved.getvalue()
    assert b"(one)" not in saved.getvalue()
    assert saved.getvalue().count(b"(zh)") == 2
    assert b"0 0 m" in saved.getvalue()


def test_content_without_actual_text_stays_byte_for_byte() -> None:
    pdf = paper(b"0  0   m S", b"1  1   m S")
    drop_actual_text(pdf, pdf.pages[0])
    assert pdf.pages[0].Contents.read_bytes().strip() == b"0  0   m S"
