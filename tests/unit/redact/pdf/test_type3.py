"""Fonts drawn by streams of the file (Type 3): redacted exactly where each glyph is one shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from fontTools.cffLib import CFFFontSet
from PIL import Image, ImageChops, ImageFilter

from redact.pdf.format import PdfFormat
from redact.pdf.glyphless import to_unicode
from redact.verify.pdf_leftovers import LEFTOVERS
from redact.verify.verifier import IndependentVerifier
from review.plan import Edit, RedactionPlan, redacted_document

TEXT = "申请人赵小满住址"
REMOVED = "赵小满"


def shape(number: int) -> str:
    """Draw a shape that no other number has, by every operator of a path."""
    tip = 200 + 80 * number
    return (
        "1000 0 0 -120 1000 880 d1 "
        f"100 0 m {tip} 700 l 500 {tip} 600 300 900 0 c h "
        f"100 100 50 {tip} re 200 0 m 300 {tip} 400 0 v 450 {tip} 500 10 y f"
    )


DRAWN = {character: shape(number) for number, character in enumerate(TEXT)}


def drawn(shapes: Mapping[str, str] = DRAWN, mode: str = "") -> bytes:
    """Show the text in a font whose glyphs stand on their heads, as browsers write them."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        rows = [(number, text) for number, text in enumerate(shapes, 1)]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FirstChar=1, LastChar=len(rows),
            FontBBox=[0, -120, 1000, 880], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            Widths=[1000] * len(rows),
            CharProcs=pikepdf.Dictionary(
                {f"/s{n}": pdf.make_stream(shapes[c].encode()) for n, c in rows}
            ),
            Encoding=pikepdf.Dictionary(
                Differences=pikepdf.Array([1, *(pikepdf.Name(f"/s{n}") for n, _ in rows)])
            ),
            Resources=pikepdf.Dictionary(),
            ToUnicode=pdf.make_stream(
                re.sub(rb"<00(..)>", rb"<\1>", to_unicode(rows)).replace(b"<FFFF>", b"<FF>")
            ),
        )  # fmt: skip
        codes = "".join(f"{n:02X}" for n, _ in rows)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(T=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(
            f"0 0 0 rg BT /T 16 Tf {mode} 80 700 Td <{codes}> Tj ET".encode()
        )
        buffer = BytesIO()
        pdf.save(buffer, static_id=True)
        return buffer.getvalue()


def redacted(data: bytes, mask: str = "赵某某") -> tuple[str, bytes]:
    form = PdfFormat()
    document = form.read(data)
    assert document.blocks[0].text == TEXT
    start = TEXT.index(REMOVED)
    edit = Edit(0, start, start + len(REMOVED), mask, "f")
    plan = RedactionPlan(document.digest, "policy", "general", (), (edit,))
    output, notes = form.write(data, plan)
    assert form.read(output).text == redacted_document(document, plan).text
    (code,) = {note.code for note in notes} & {"pdf_rewritten", "pdf_raster"}
    return code, output


def render(data: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(data)[0].render(scale=6).to_pil().convert("L")


def test_the_removed_glyphs_go_and_the_others_keep_their_look() -> None:
    data = drawn()
    code, output = redacted(data)
    assert code == "pdf_rewritten"
    difference = ImageChops.difference(render(data), render(output))
    # Such glyphs stand on whole pixels, so edges move a little.
    box = difference.point(lambda shade: 255 * (shade > 60)).filter(ImageFilter.MinFilter(5))
    (left, _, right, _) = box.getbbox() or (0, 0, 0, 0)
    assert 6 * (80 + 3 * 16) - 2 <= left < right <= 6 * (80 + 6 * 16) + 2


def test_no_stream_of_a_glyph_is_carried_over_and_no_outline_of_a_removed_one() -> None:
    _, output = redacted(drawn())
    with pikepdf.open(BytesIO(output)) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Subtype" in o]
        assert not any(o.get("/Subtype") == "/Type3" or "/CharProcs" in o for o in fonts)
        (kept,) = [o for o in fonts if "/W" in o and str(o.BaseFont).endswith("F1")]
        program = CFFFontSet()
        program.decompile(BytesIO(kept.FontDescriptor.FontFile3.read_bytes()), None)
        streams = b"".join(o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream))
    assert len(program[0].charset) == 1 + len(TEXT) - len(REMOVED)
    for character in "小满":
        assert f"{ord(character):04X}".encode() not in streams


def test_glyphs_standing_on_their_heads_are_turned() -> None:
    flipped = {
        c: re.sub(r"(-?\d+) (-?\d+)(?= )", lambda m: f"{m[1]} {-int(m[2])}", s).replace(
            "1000 0 0 120 1000 -880 d1", "1000 0 0 -880 1000 120 d1"
        )
        for c, s in DRAWN.items()
    }
    with pikepdf.open(BytesIO(drawn(flipped))) as pdf:
        font = pdf.pages[0].Resources.Font.T
        font.FontMatrix = pikepdf.Array([0.001, 0, 0, -0.001, 0, 0])
        buffer = BytesIO()
        pdf.save(buffer, static_id=True)
    assert redacted(buffer.getvalue())[0] == "pdf_rewritten"


DOUBTS = {
    "in colours of its own": "1000 0 d0 0 0 900 700 re f",
    "in a colour": "1000 0 0 0 900 700 d1 1 0 0 rg 0 0 900 700 re f",
    "stroked": "1000 0 0 0 900 700 d1 0 0 900 700 re S",
    "of two shapes": "1000 0 0 0 900 700 d1 0 0 900 700 re f 0 0 90 70 re f",
    "by another rule": "1000 0 0 0 900 700 d1 0 0 900 700 re f*",
    "not filled": "1000 0 0 0 900 700 d1 0 0 m 900 700 l",
    "moved": "1000 0 0 0 900 700 d1 1 0 0 1 5 5 cm 0 0 900 700 re f",
    "without a start": "0 0 900 700 re f",
    "of no numbers": "1000 0 0 0 900 700 d1 0 0 m 900 l f",
}


@pytest.mark.parametrize("stream", DOUBTS.values(), ids=DOUBTS.keys())
def test_a_glyph_that_is_more_than_a_shape_makes_pictures(stream: str) -> None:
    code, _ = redacted(drawn({**DRAWN, "住": stream}))
    assert code == "pdf_raster"


def test_such_a_glyph_among_the_removed_ones_does_no_harm() -> None:
    code, _ = redacted(drawn({**DRAWN, "小": DOUBTS["in a colour"]}))
    assert code == "pdf_rewritten"


def test_a_mode_that_drawn_glyphs_do_not_know_makes_pictures() -> None:
    code, _ = redacted(drawn(mode="1 Tr"))
    assert code == "pdf_raster"


# What the verifier sees of such fonts in a file that another program made


def shown(data: bytes, codes: bytes) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        content = b"BT /T 16 Tf 80 700 Td <" + codes + b"> Tj ET"
        pdf.pages[0].Contents = pdf.make_stream(content)
        buffer = BytesIO()
        pdf.save(buffer, static_id=True)
        return buffer.getvalue()


def test_streams_of_glyphs_that_nothing_shows_are_a_complaint() -> None:
    def complaints(data: bytes) -> tuple[str, ...]:
        return IndependentVerifier().verify("pdf", data, {})

    assert complaints(drawn()) == ()
    assert LEFTOVERS in complaints(shown(drawn(), b"0102"))


def test_text_that_a_glyph_shows_is_read() -> None:
    with pikepdf.open(BytesIO(drawn())) as pdf:
        font = pdf.pages[0].Resources.Font.T
        inner = "1000 0 0 0 900 700 d1 BT /T 500 Tf <040506> Tj ET"
        font.CharProcs["/s1"] = pdf.make_stream(inner.encode())
        font.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(T=font))
        buffer = BytesIO()
        pdf.save(buffer, static_id=True)
    hiding = shown(buffer.getvalue(), b"01020307")
    told = IndependentVerifier().verify("pdf", hiding, {REMOVED: 0})
    assert "字体仍能读到应隐去的内容。" in told
