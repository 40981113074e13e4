"""Pdf reading: lines become paragraphs, tables and page furniture, as people read them."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from redact.page.fold import fold
from redact.page.glyphs import readable
from review.document import BlockKind, Cell
from tests.fakes.pdf import Draw, lines, render
from tests.fakes.squares import ID, LONG, grid, hide, make, note_codes, read, texts


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


@pytest.mark.parametrize("matrix", [(-1, 0, 0, -1), (-1, 0, 0, 1)])
def test_text_of_a_negative_size_or_stretch_reads_as_it_looks(matrix: tuple[int, ...]) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setFont("Squares", -12 if matrix[3] < 0 else 12)
        text.setHorizScale(100 if matrix[3] < 0 else -100)
        text.setTextTransform(*matrix, 80, 700)
        text.textOut(f"证件号码{ID}")
        canvas.drawText(text)

    assert texts(read(make(draw))) == [f"证件号码{ID}"]
    assert texts(read(hide(make(draw), ID))) == ["证件号码"]


def test_a_column_of_a_font_that_writes_downwards_is_one_text() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light", isVertical=True))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        for column, text in enumerate(("左边一列", f"证件号码{ID}")):
            canvas.drawString(200 + 40 * column, 700, text)

    source = make(draw)
    assert texts(read(source)) == [f"证件号码{ID}", "左边一列"]
    output = hide(source, ID)
    assert texts(read(output)) == ["证件号码", "左边一列"]
    assert render(output).crop((236, 192, 244, 404)).getextrema() == (0, 0)


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


def test_a_list_that_runs_on_without_its_header_keeps_its_rows_apart() -> None:
    first = [["序号", "姓名", "身份证号"], ["25", "赵小满", "329826199405174756"]]
    second = [["26", "孙三四", "329826198206213287"], ["27", "钱多", "329826197512263325"]]
    widths = [36.0, 44.0, 110.0]
    # A scanner takes the second page a little aside.
    document = read(make(grid(first, 80, 780, widths, 34), grid(second, 92, 780, widths, 34)))
    cells = {(b.cell.row, b.cell.column): b.text for b in document.blocks if b.cell}
    assert cells == {(r, c): t for r, row in enumerate(first + second) for c, t in enumerate(row)}


def test_radicals_that_programs_write_for_characters_read_as_characters() -> None:
    assert readable("⻢⼩⻘⼾") == "马小青户"
    assert readable("\uf031\uf033\uf0a8") == "13\uf0a8"


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
