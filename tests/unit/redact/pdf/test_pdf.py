"""Pdf reading and writing; the pages are drawn with a font made here, so no system font matters."""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from redact.page.glyphs import readable
from redact.page.raster import fold
from redact.pdf import limits
from redact.pdf.format import PdfFormat
from redact.pdf.scan import MachineReader
from redact.pdf.source import open_source
from review.document import BlockKind, Cell, Document, Severity
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    ReviewError,
    TooLargeInputError,
    UnsafeOutputError,
)
from review.plan import Edit, RedactionPlan, redacted_document

A4 = (595.0, 842.0)
ID = "110101199003070716"
Draw = Callable[[Canvas], None]

SAMPLE = (
    "江府县民政局关于临时救助的公示经审核申请人赵小满身份证号码联系电话姓名住址序号符合条件，。、：（）"
    "一二三四五六七八九十第页年月日某钱多孙如下现将有关情况期为个工作请各乡镇部门认真贯彻执行内部编"
)


@functools.cache
def font() -> str:
    """Register a font in which every character is a black square."""
    characters = sorted(set(SAMPLE) | {chr(c) for c in range(33, 127)})
    names = {ord(c): f"g{ord(c):x}" for c in characters}
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((100, 800))
    pen.lineTo((900, 800))
    pen.lineTo((900, 0))
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000)
    order = [".notdef", "space", "wide", *names.values()]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({32: "space", 0x3000: "wide", **names})
    empty = TTGlyphPen(None).glyph()
    builder.setupGlyf({n: square if n.startswith("g") else empty for n in order})
    wide = {"wide", *(names[ord(c)] for c in characters if ord(c) > 127)}
    builder.setupHorizontalMetrics({n: (1000 if n in wide else 500, 0) for n in order})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares"})
    builder.setupOS2()
    builder.setupPost()
    buffer = BytesIO()
    builder.save(buffer)
    buffer.seek(0)
    pdfmetrics.registerFont(TTFont("Squares", buffer))
    return "Squares"


def make(*pages: Draw, size: tuple[float, float] = A4) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for draw in pages:
        canvas.setFont(font(), 16)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*texts: str, x: float = 80, y: float = 700, pitch: float = 28) -> Draw:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(x, y - number * pitch, text)

    return draw


def grid(rows: list[list[str]], x: float, top: float, widths: list[float], high: float) -> Draw:
    """Draw a ruled table; a cell's text may have several lines."""

    def draw(canvas: Canvas) -> None:
        edges = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
        for n in range(len(rows) + 1):
            canvas.line(edges[0], top - n * high, edges[-1], top - n * high)
        for edge in edges:
            canvas.line(edge, top, edge, top - len(rows) * high)
        canvas.setFont(font(), 10)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                for k, line in enumerate(text.split("\n")):
                    canvas.drawString(edges[c] + 4, top - r * high - 13 - 12 * k, line)

    return draw


def read(data: bytes) -> Document:
    return PdfFormat().read(data)


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind is not BlockKind.DROPPED]


def plan_to_hide(document: Document, pattern: str, replacement: str = "") -> RedactionPlan:
    edits = tuple(
        Edit(index, match.start(), match.end(), replacement, "f")
        for index, block in enumerate(document.blocks)
        for match in re.finditer(pattern, block.text)
    )
    assert edits
    return RedactionPlan(document.digest, "policy", "general", (), edits)


def hide(data: bytes, pattern: str, replacement: str = "") -> bytes:
    return PdfFormat().write(data, plan_to_hide(read(data), pattern, replacement))[0]


def paint_out(data: bytes, pattern: str, replacement: str = "") -> bytes:
    """Redact on pictures of the pages, as is done where rewriting is in doubt."""
    plan = plan_to_hide(read(data), pattern, replacement)
    return PdfFormat().write_pictures(open_source(data), plan, MachineReader())[0]


def render(data: bytes, page: int = 0) -> Image.Image:
    return pypdfium2.PdfDocument(data)[page].render(scale=1).to_pil().convert("L")


def note_codes(document: Document) -> set[str]:
    return {n.code for n in document.notes if n.severity is Severity.PERSON}


LONG = "经审核申请人赵小满符合条件现将有关情况公示如下身份"


# Reading


def test_wrapped_lines_are_one_paragraph_and_a_broken_number_is_found_whole() -> None:
    data = make(
        lines(
            "　　经审核申请人赵小满身份证号码1101011990",
            "03070716符合条件。",
            "公示期为七个工作日。",
        )
    )
    assert texts(read(data))[0] == f"经审核申请人赵小满身份证号码{ID}符合条件。"
    assert len(texts(read(data))) == 2


def test_an_item_of_a_list_and_an_indented_line_begin_anew() -> None:
    data = make(lines(LONG, "一、申请人", "（二）住址", "　　公示期为七个工作日"))
    assert texts(read(data)) == [LONG, "一、申请人", "（二）住址", "公示期为七个工作日"]


def test_short_entries_below_each_other_stay_apart() -> None:
    assert texts(read(make(lines("赵小满", "钱多", "孙三四")))) == ["赵小满", "钱多", "孙三四"]


def test_pieces_of_a_line_far_apart_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "姓名赵小满")
        canvas.drawString(300, 700, "电话138")

    assert texts(read(make(draw))) == ["姓名赵小满", "电话138"]


def test_latin_words_keep_one_space_over_a_line_end() -> None:
    data = make(lines("The officer in charge of relief for", "families, living", "here"))
    assert texts(read(data))[0] == "The officer in charge of relief for families, living"
    data = make(lines("The officer in charge of relief,", "and"))
    assert texts(read(data)) == ["The officer in charge of relief, and"]


def test_a_character_painted_twice_counts_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "赵小满")
        canvas.drawString(80.4, 700, "赵小满")

    assert texts(read(make(draw))) == ["赵小满"]


def test_header_footer_and_page_number_are_told_from_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 815, "江府县民政局")
        canvas.drawString(80, 500, "公示")
        canvas.drawString(280, 90, "- 3 -")

    kinds = {b.text: b.kind for b in read(make(draw)).blocks}
    assert kinds["江府县民政局"] is BlockKind.PAGE_HEADER
    assert kinds["公示"] is BlockKind.PARAGRAPH
    assert kinds["- 3 -"] is BlockKind.PAGE_FOOTER


def test_ruled_tables_give_cells_with_wrapped_text_joined() -> None:
    rows = [["姓名", "身份证号", "住址"], ["赵小满", "110101199\n003070716", "江府县"]]
    document = read(make(grid(rows, 80, 600, [60, 56, 100], 34)))
    cells = {b.cell: b.text for b in document.blocks if b.kind is BlockKind.CELL}
    assert cells[Cell(0, 1, 1)] == ID
    assert cells[Cell(0, 0, 2)] == "住址"
    assert cells[Cell(0, 1, 0)] == "赵小满"
    assert document.blocks[0].location.page == 1


def test_separate_entries_in_one_cell_stay_apart() -> None:
    document = read(make(grid([["姓名", "赵小满\n钱多"], ["一", "二"]], 80, 600, [60, 200], 34)))
    assert [b.text for b in document.blocks if b.cell == Cell(0, 0, 1)] == ["赵小满", "钱多"]


def test_a_table_running_on_keeps_its_number_and_a_cut_row_is_whole() -> None:
    first = [["序号", "姓名", "身份证号"], ["1", "赵小满", "110101199"]]
    second = [["", "", "003070716"], ["2", "钱多", "110101198"]]
    widths = [40.0, 60.0, 56.0]
    data = make(grid(first, 80, 200, widths, 34), grid(second, 80, 760, widths, 34))
    cells = {b.cell: (b.text, b.location.page) for b in read(data).blocks if b.cell}
    assert cells[Cell(0, 1, 2)] == (ID, 1)
    assert cells[Cell(0, 2, 1)] == ("钱多", 2)


def test_a_paragraph_cut_by_the_page_is_whole_over_the_footer() -> None:
    def first(canvas: Canvas) -> None:
        lines(LONG, "经审核申请人赵小满符合条件现将有关号码1101011990", y=180)(canvas)
        canvas.drawString(280, 60, "- 1 -")

    data = make(first, lines("03070716符合条件。", y=760))
    document = read(data)
    assert texts(document) == [
        LONG + f"经审核申请人赵小满符合条件现将有关号码{ID}符合条件。",
        "- 1 -",
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_and_redacts_like_an_upright_one(turn: int) -> None:
    with pikepdf.open(BytesIO(make(lines(LONG, "　　赵小满")))) as pdf:
        pdf.pages[0].Rotate = turn
        buffer = BytesIO()
        pdf.save(buffer)
    assert texts(read(buffer.getvalue())) == [LONG, "赵小满"]
    assert "赵小满" not in "".join(texts(read(hide(buffer.getvalue(), "赵小满"))))


@pytest.mark.parametrize("angle", [90, 270, 45])
def test_text_set_at_an_angle_reads_in_its_own_direction(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(300, 400)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "申请人赵小满")
        canvas.drawString(0, -28, "身份证号")

    data = make(draw)
    assert texts(read(data)) == ["申请人赵小满", "身份证号"]
    assert texts(read(hide(data, "赵小满", "某某"))) == ["申请人某某", "身份证号"]


def test_text_along_a_curve_needs_a_person_and_labels_at_many_angles_do_not() -> None:
    def around(word: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(80, 700, "公示")
            canvas.translate(300, 400)
            for _ in range(12):
                canvas.rotate(13)
                canvas.drawString(100, 0, word)

        return draw

    assert "pdf_curved_text" in note_codes(read(make(around("赵"))))
    assert "pdf_curved_text" not in note_codes(read(make(around("住址江府县"))))


def test_text_outside_the_visible_page_is_reported_and_not_written() -> None:
    with pikepdf.open(BytesIO(make(lines("公示", "赵小满", pitch=300)))) as pdf:
        pdf.pages[0].CropBox = [0, 600, 595, 842]
        buffer = BytesIO()
        pdf.save(buffer)
    document = read(buffer.getvalue())
    assert [(b.text, b.kind) for b in document.blocks][1] == ("赵小满", BlockKind.DROPPED)
    assert "pdf_hidden_text" in note_codes(document)
    assert texts(read(hide(buffer.getvalue(), "公示", "下"))) == ["下"]


def test_information_outline_notes_and_attachments_are_attributes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setAuthor("赵小满")
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("钱多", "a")
        canvas.textAnnotation("孙三的意见", Rect=[10, 10, 30, 30])
        canvas.drawString(80, 700, "公示")

    with pikepdf.open(BytesIO(make(draw))) as pdf:
        pdf.attachments["名单.xlsx"] = b"x"
        with pdf.open_metadata(update_docinfo=False) as metadata:
            metadata["dc:title"] = "赵小满的申请"
        buffer = BytesIO()
        pdf.save(buffer)
    found = {
        (b.location.part, b.text) for b in read(buffer.getvalue()).blocks if b.kind == "dropped"
    }
    assert {
        ("info", "赵小满"), ("outline", "钱多"), ("annotation", "孙三的意见"),
        ("attachment", "名单.xlsx"), ("xmp", "赵小满的申请"),
    } <= found  # fmt: skip
    assert not any("ReportLab" in text or text.startswith("D:") for _, text in found)
    output = hide(buffer.getvalue(), "公示", "下")
    assert texts(read(output)) == ["下"]
    assert [b for b in read(output).blocks if b.kind is BlockKind.DROPPED] == []


def test_a_filled_form_field_becomes_text_of_the_page_and_is_reported() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 700, "Name")
        canvas.acroForm.textfield(name="n", value="Zhao Xiaoman", x=80, y=600, width=200, height=30)

    document = read(make(draw))
    assert "Zhao Xiaoman" in texts(document)
    assert ("form", "Zhao Xiaoman") in {(b.location.part, b.text) for b in document.blocks}
    assert "pdf_forms" in note_codes(document)


# Writing pictures; test_pdf_exact.py has what is written glyph by glyph


def test_output_reads_exactly_as_the_plan_says() -> None:
    rows = [["姓名", "身份证号"], ["赵小满", "110101199\n003070716"], ["钱多", "1"]]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(80, 815, "江府县民政局")
        grid(rows, 80, 400, [60, 56], 34)(canvas)
        canvas.setFont(font(), 16)
        lines("　　经审核申请人赵小满身份证号码1101011990", "03070716符合条件。")(canvas)

    data = make(draw, lines(LONG))
    document = read(data)
    plan = plan_to_hide(document, f"赵小满|{ID}", "某某")
    output, notes = PdfFormat().write_pictures(open_source(data), plan, MachineReader())
    expected = redacted_document(document, plan)
    got = [(b.text, b.kind, b.cell, b.location.page) for b in read(output).blocks]
    assert got == [
        (b.text, b.kind, b.cell, b.location.page)
        for b in expected.blocks
        if b.kind is not BlockKind.DROPPED
    ]
    assert [n.code for n in notes if n.code == "pdf_raster"] == ["pdf_raster"]


def test_a_list_that_runs_on_without_its_header_keeps_its_rows_apart() -> None:
    first = [["序号", "姓名", "身份证号"], ["25", "赵小满", "329826199405174756"]]
    second = [["26", "孙三四", "329826198206213287"], ["27", "钱多", "329826197512263325"]]
    widths = [36.0, 44.0, 110.0]
    # A scanner takes the second page a little aside.
    document = read(make(grid(first, 80, 780, widths, 34), grid(second, 92, 780, widths, 34)))
    cells = {(b.cell.row, b.cell.column): b.text for b in document.blocks if b.cell}
    assert cells == {(r, c): t for r, row in enumerate(first + second) for c, t in enumerate(row)}


def test_what_a_page_break_cuts_is_one_block_in_the_output_too() -> None:
    data = make(
        lines("经审核申请人赵小满符合条件现将有关号码1101011990", y=180),
        lines("03070716符合条件。", y=760),
    )
    assert texts(read(paint_out(data, "符合条件", "如下"))) == [
        f"经审核申请人赵小满如下现将有关号码{ID}如下。"
    ]
    assert ID[:8] not in "".join(texts(read(paint_out(data, ID, "某"))))


def test_the_bar_covers_all_ink_of_the_removed_text_and_little_else() -> None:
    data = make(lines("公示赵小满个为"))
    before, after = render(data), render(paint_out(data, "赵小满"))
    bar = after.crop((80 + 32, 842 - 700 - 14, 80 + 80, 842 - 700 + 2))
    assert bar.getextrema() == (0, 0)
    left = (80, 842 - 714, 80 + 28, 842 - 698)
    assert abs(sum(before.crop(left).tobytes()) - sum(after.crop(left).tobytes())) < 40 * 255


def test_removed_characters_occur_nowhere_in_the_output() -> None:
    output = paint_out(make(lines("申请人赵小满")), "赵小满", "某")
    with pikepdf.open(BytesIO(output)) as pdf:
        assert "/Info" not in pdf.trailer
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        decoded = b"".join(s.read_bytes() for s in streams if s.get("/Filter") != "/DCTDecode")
    for character in "赵小满":
        assert character.encode("utf-16-be").hex().upper().encode() not in decoded
    assert "某".encode("utf-16-be").hex().upper().encode() in decoded


def test_another_reader_finds_the_redacted_text_in_its_place() -> None:
    output = paint_out(make(lines("申请人赵小满住址江府县")), "赵小满", "某某")
    page = pypdfium2.PdfDocument(output)[0].get_textpage()
    assert page.get_text_bounded() == "申请人某某住址江府县"
    assert page.get_text_bounded(80 + 48, 690, 80 + 96, 720) == "某某"


def test_another_reader_sees_even_a_single_character() -> None:
    output = paint_out(make(lines("申请人赵小满", "一", "　　住址江府县")), "住址")
    assert pypdfium2.PdfDocument(output)[0].get_textpage().get_text_bounded().split() == [
        "申请人赵小满", "一", "江府县",
    ]  # fmt: skip


def test_a_number_that_the_library_writes_into_every_file_can_be_removed() -> None:
    data = make(lines("账号31415926535897932384626433832795"))
    for output in (hide(data, r"\d+", "某"), paint_out(data, r"\d+", "某")):
        assert not any(f"{number}".encode() in output for number in (31415, 26433832795))


def test_the_same_input_gives_the_same_bytes() -> None:
    data = make(lines("申请人赵小满"))
    assert paint_out(data, "赵小满") == paint_out(data, "赵小满")


def test_colour_stays_and_black_stays_black_and_white() -> None:
    def red(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.drawString(80, 700, "公示")

    def depth(data: bytes) -> tuple[int, str]:
        with pikepdf.open(BytesIO(paint_out(data, "示"))) as pdf:
            (image,) = pdf.pages[0].Resources.XObject.values()
            return int(image.BitsPerComponent), str(image.ColorSpace)

    assert depth(make(red)) == (8, "/DeviceRGB")
    assert depth(make(lines("公示"))) == (1, "/DeviceGray")


def test_a_picture_in_which_nothing_is_written_stays() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(20, 150, "公示")
        canvas.drawImage(ImageReader(Image.new("RGB", (50, 50), "skyblue")), 100, 50, 60, 60)

    data = make(draw, size=(240, 180))
    assert note_codes(read(data)) == set()
    assert {n.code for n in read(data).notes} == {"pdf_picture_silent"}
    assert render(paint_out(data, "示")).getpixel((130, 100)) < 220


def test_a_page_whose_text_is_all_removed_can_still_be_checked() -> None:
    output = paint_out(make(lines("赵小满")), "赵小满")
    document = read(output)
    assert texts(document) == []
    assert "pdf_scan" in note_codes(document)


def test_a_plan_made_on_another_text_is_refused() -> None:
    plan = plan_to_hide(read(make(lines("赵小满"))), "赵小满")
    with pytest.raises(UnsafeOutputError, match="不一致"):
        PdfFormat().write(make(lines("钱多多")), plan)


def test_text_the_renderer_reads_elsewhere_is_not_taken_as_covered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("redact.page.raster.PdfRaster.text_in", lambda *_: [""])
    with pytest.raises(UnsafeOutputError, match="位置无法确认"):
        paint_out(make(lines("赵小满")), "赵小满")


# What cannot be used, and what a person must see


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
    pdf.add_blank_page()
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


def test_radicals_that_programs_write_for_characters_read_as_characters() -> None:
    assert readable("⻢⼩⻘") == "马小青"


def test_two_readers_agree_whatever_code_point_or_case_each_names() -> None:
    assert fold("⻘⽯镇 ZHAO") == fold("青石镇zhao")


def test_a_number_cut_by_a_narrow_column_is_found_whole() -> None:
    page = make(lines("身份证号：3", "5010219850", "1011235，"))
    assert texts(read(page)) == ["身份证号：350102198501011235，"]


@pytest.mark.parametrize(
    "column",
    [
        ["电话", "13812345678", "13912345678"],
        ["1024", "2048"],
        ["电话13812345678", "2026年"],
    ],
)
def test_numbers_below_each_other_stay_apart(column: list[str]) -> None:
    assert texts(read(make(lines(*column)))) == column
