"""Pdf files that cannot be used, and what in others a person must see."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from redact.pdf import limits
from review.document import BlockKind
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    ReviewError,
    TooLargeInputError,
)
from tests.fakes.pdf import lines, render
from tests.fakes.squares import grid, hide, make, note_codes, read, texts


def test_a_password_is_told() -> None:
    with pikepdf.open(BytesIO(make(lines("公示")))) as pdf:
        buffer = BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(EncryptedInputError, match="密码"):
        read(buffer.getvalue())


@pytest.mark.parametrize("keep", [0, 20, 400, -30])
def test_a_cut_off_file_is_broken(keep: int) -> None:
    data = make(lines("公示"))
    with pytest.raises(BrokenInputError):
        read(data[:keep] if keep >= 0 else data[: len(data) // 2])


def test_a_page_whose_content_is_damaged_is_not_read_in_part() -> None:
    body = zlib.compress(b"BT /F 9 Tf (x) Tj ET " * 400)
    for damaged in (body[: len(body) // 2], body[:-6] + b"damage"):
        with pytest.raises(BrokenInputError, match="损坏"):
            read(bomb(["/FlateDecode"], damaged))


def test_what_a_program_flushed_but_did_not_close_is_whole() -> None:
    machine = zlib.compressobj()
    body = machine.compress(b"BT /F 9 Tf (x) Tj ET " * 9) + machine.flush(zlib.Z_SYNC_FLUSH)
    assert outcome(bomb(["/FlateDecode"], body)) == "pdf"
    assert "损坏" in outcome(bomb(["/FlateDecode"], body[:-1]))


def test_a_file_with_rights_but_no_password_is_read() -> None:
    with pikepdf.open(BytesIO(make(lines("赵小满")))) as pdf:
        buffer = BytesIO()
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user=""))
    assert texts(read(hide(buffer.getvalue(), "赵小满", "某"))) == ["某"]


def test_what_pages_inherit_is_respected() -> None:
    with pikepdf.open(BytesIO(make(lines("赵小满"), lines("钱多")))) as pdf:
        tree = pdf.Root.Pages
        tree.Resources = pdf.pages[0].obj.Resources
        tree.Rotate, tree.MediaBox = 90, [0, 0, 595, 842]
        for page in pdf.pages:
            for key in ("/Resources", "/MediaBox", "/Rotate"):
                if key in page.obj:
                    del page.obj[key]
        buffer = BytesIO()
        pdf.save(buffer)
    output = hide(buffer.getvalue(), "小满|多")
    assert texts(read(output)) == ["赵", "钱"]
    assert render(output).size == (842, 595)


def test_noise_is_broken() -> None:
    with pytest.raises(BrokenInputError):
        read(b"%PDF-1.7\n" + bytes(range(256)) * 20)


def outcome(data: bytes) -> str:
    try:
        return read(data).format
    except ReviewError as error:
        return error.message


def test_any_damage_ends_in_a_declared_error_or_a_document() -> None:
    rows = [["姓名", "1"], ["赵小满", "2"]]
    data = make(grid(rows, 20, 90, [60, 60], 34), size=(160, 110))
    outcomes = [
        outcome(data[:position] + b"\xff<" + data[position + 2 :])
        for position in range(10, len(data), len(data) // 60)
    ]
    assert all(told == "pdf" or told.endswith("。") for told in outcomes)
    assert len(set(outcomes)) > 1


def bomb(filters: list[str], body: bytes) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(160, 110))
    stream = pdf.make_stream(b"")
    stream.write(body, filter=pikepdf.Array([pikepdf.Name(f) for f in filters]))
    pdf.pages[0].Contents = stream
    buffer = BytesIO()
    pdf.save(buffer, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return buffer.getvalue()


def test_a_flate_bomb_is_refused_before_it_goes_off() -> None:
    machine = zlib.compressobj(9)
    body = b"".join(machine.compress(bytes(1_000_000)) for _ in range(210)) + machine.flush()
    with pytest.raises(TooLargeInputError, match="解压"):
        read(bomb(["/FlateDecode"], body))
    with pytest.raises(TooLargeInputError, match="解压"):
        read(bomb(["/FlateDecode", "/FlateDecode"], zlib.compress(body)))
    with pytest.raises(TooLargeInputError, match="解压"):
        read(bomb(["/ASCIIHexDecode", "/FlateDecode"], body.hex().encode() + b">"))


def test_a_page_of_an_absurd_size_is_refused() -> None:
    with pytest.raises(TooLargeInputError, match="尺寸"):
        read(make(lines("公示"), size=(720_000, 720_000)))
    with pytest.raises(TooLargeInputError, match="尺寸"):
        read(make(lines("公示"), size=(14_000, 14_000)))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_PAGES", 2)
    with pytest.raises(TooLargeInputError, match="超过 2 页"):
        read(make(*[lines("公示")] * 3))


def test_a_page_that_only_shows_something_is_never_clean() -> None:
    def scan(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (50, 50), 90)), 0, 0, 200, 100)

    def drawn(canvas: Canvas) -> None:
        canvas.circle(100, 50, 20)

    data = make(scan, drawn, size=(200, 100))
    assert [n.message[:3] for n in read(data).notes if n.code == "pdf_scan"] == ["第1页", "第2页"]
    assert note_codes(read(data)) == {"pdf_scan"}


def test_an_empty_page_is_let_through() -> None:
    assert texts(read(make(lines("公示"), lambda canvas: None))) == ["公示"]


def typeface(name: str) -> str:
    """Register a type that comes with the program that makes these files."""
    pdfmetrics.registerFont(TTFont(name, f"{name}.ttf"))
    return name


NOWHERE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
1 beginbfrange <00> <FF> <E000> endbfrange
endcmap end end"""


def without_unicode(data: bytes, ending: str) -> bytes:
    """Let a font no longer say which characters its glyphs are; its name ends so."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for item in pdf.objects:
            named = isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item
            if named and str(item.BaseFont).endswith(ending):
                item["/ToUnicode"] = pdf.make_stream(NOWHERE)
        buffer = BytesIO()
        pdf.save(buffer)
        return buffer.getvalue()


def test_what_glyphs_without_characters_show_is_read_on_the_page() -> None:
    def latin(canvas: Canvas) -> None:
        canvas.setFont(typeface("Vera"), 16)
        canvas.drawString(20, 40, "Notice 13812345678")

    document = read(without_unicode(make(latin, size=(220, 80)), "Roman"))
    assert note_codes(document) == {"pdf_scan"}
    assert [text.replace(" ", "") for text in texts(document)] == ["Notice13812345678"]


def test_glyphs_without_characters_beside_text_are_read_on_the_page_too() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(typeface("Vera"), 16)
        for number in range(4):
            canvas.drawString(20, 150 - 24 * number, "all that follows is in order")
        canvas.setFont(typeface("VeraBd"), 16)
        canvas.drawString(20, 30, "13812345678")

    data = without_unicode(make(draw, size=(260, 180)), "Bold")
    document = read(data)
    assert "pdf_unknown_glyphs" in note_codes(document)
    assert [b.text for b in document.blocks if b.kind is BlockKind.PICTURE] == ["13812345678"]
    assert render(hide(data, "13812345678")).crop((40, 140, 90, 150)).getextrema() == (0, 0)


def test_a_font_that_is_not_embedded_needs_a_person() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(80, 700, "赵小满")

    document = read(make(draw))
    assert texts(document) == ["赵小满"]
    assert "pdf_font" in note_codes(document)


def test_text_that_only_the_other_reader_sees_needs_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 16)
        canvas.drawString(20, 40, "Notice of the county")

    data = make(draw, size=(220, 80))
    assert "pdf_disagreement" not in note_codes(read(data))
    monkeypatch.setattr("redact.page.raster.PdfRaster.text", lambda *_: "公示赵小满的电话")
    document = read(data)
    assert "pdf_disagreement" in note_codes(document)
    assert texts(document) == ["Notice of the county"]
