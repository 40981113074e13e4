"""Pdf output by rewriting: what is in doubt becomes a picture, all pages of it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from redact.verify.verifier import IndependentVerifier
from tests.fakes.exact import (
    HELVETICA,
    content,
    make,
    selectable,
    way,
)
from tests.fakes.pdf import lines


def masked_state(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    group = pdf.make_stream(b"0 g 0 0 9 9 re f")
    group.Subtype, group.BBox = pikepdf.Name.Form, [0, 0, 595, 842]
    mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=group)
    page.Resources.ExtGState = pikepdf.Dictionary(G=pikepdf.Dictionary(SMask=mask))


def pattern(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    tile = pdf.make_stream(b"BT /F1 9 Tf (13812345678) Tj ET")
    tile.PatternType, tile.PaintType, tile.TilingType = 1, 1, 1
    tile.BBox, tile.XStep, tile.YStep = [0, 0, 90, 20], 90, 20
    tile.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=HELVETICA))
    page.Resources.Pattern = pikepdf.Dictionary(P=tile)


def layers(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[], D=pikepdf.Dictionary())


def shading(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.Shading = pikepdf.Dictionary(S=pikepdf.Dictionary(ShadingType=2))


def type3(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.Font.T = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 500, 700],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65, LastChar=65, Widths=[500],
        CharProcs=pikepdf.Dictionary(A=pdf.make_stream(b"500 0 d0 0 0 400 600 re f")),
        Encoding=pikepdf.Dictionary(Differences=[65, pikepdf.Name.A]),
    )  # fmt: skip


def not_embedded(pdf: pikepdf.Pdf, page: pikepdf.Object) -> None:
    page.Resources.Font.N = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name.SimSun,
        Encoding=pikepdf.Name.WinAnsiEncoding,
        FontDescriptor=pikepdf.Dictionary(FontName=pikepdf.Name.SimSun, Flags=32),
        FirstChar=32, LastChar=126, Widths=[500] * 95,
    )  # fmt: skip


LINE = "BT /F1 12 Tf 72 700 Td (Tel 13812345678 ok) Tj ET "


@pytest.mark.parametrize(
    ("body", "change"),
    [
        ("/G gs " + LINE, masked_state),
        (LINE + "/Pattern cs /P scn 0 0 90 90 re f", pattern),
        (LINE, layers),
        ("/OC /M BDC " + LINE + "EMC", None),
        (LINE + "/S sh", shading),
        (LINE + "BT /T 12 Tf 72 600 Td (A) Tj ET", type3),
        (LINE + "BT /N 12 Tf 72 600 Td (A) Tj ET", not_embedded),
        (LINE + "BT /F1 12 Tf 3 Tr 72 600 Td (hidden) Tj ET", None),
        (LINE + "q BT /F1 12 Tf 7 Tr 72 600 Td (clip) Tj ET Q", None),
        (LINE + "0 0 1 RG 3 0 (x) w", None),
        (LINE + "1 2 strange", None),
        (LINE + "105 704 m 130 709 l 128 700 l f", None),
        (LINE + "105 704 m 106 705 106 709 107 709 c 108 705 109 709 110 700 c f", None),
        (LINE + "900 704 m 906 705 906 709 907 709 c 908 705 909 709 910 700 c f", None),
        (LINE + "300 200 m 306 205 306 209 307 209 c 308 205 309 209 310 200 c f " * 31, None),
        ("0.9 0.1 -0.1 0.9 0 0 cm " + LINE, None),
    ],
)
def test_a_doubt_makes_pictures_of_all_pages(
    body: str, change: Callable[[pikepdf.Pdf, pikepdf.Object], None] | None
) -> None:
    data = content(body, **({"change": change} if change else {}))
    code, output = way(data, "13812345678")
    assert code == "pdf_raster"
    assert "13812345678" not in selectable(output)


def test_a_doubt_on_one_page_makes_pictures_of_the_others_too() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def other(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(80, 700, "住址")

    code, output = way(make(lines("申请人赵小满"), other), "赵小满")
    assert code == "pdf_raster"
    with pikepdf.open(BytesIO(output)) as pdf:
        assert all("/XObject" in page.Resources for page in pdf.pages)


def test_what_the_verifier_complains_of_becomes_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(IndependentVerifier, "verify", lambda *_: ("complaint",))
    assert way(make(lines("申请人赵小满")), "赵小满")[0] == "pdf_raster"


def test_a_long_document_becomes_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redact.pdf.exact.MAX_EXACT_PAGES", 1)
    assert way(make(lines("申请人赵小满"), lines("住址")), "赵小满")[0] == "pdf_raster"


def test_a_page_that_would_look_otherwise_becomes_a_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("redact.pdf.truetype.TrueType.glyph", lambda *_: b"")
    assert way(make(lines("申请人赵小满")), "赵小满")[0] == "pdf_raster"
