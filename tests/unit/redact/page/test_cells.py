"""Words belong to the cell they are written in, figures to themselves, rows to their table."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from review.document import BlockKind, Cell, Document
from tests.fakes.pdf import Draw, lines
from tests.fakes.squares import ID, grid, make, read, texts

WIDTHS = [60.0, 76.0, 60.0]


def cells(document: Document) -> dict[Cell | None, str]:
    return {block.cell: block.text for block in document.blocks if block.kind is BlockKind.CELL}


def over_borders(text: str, *, apart: float = 0) -> Draw:
    def draw(canvas: Canvas) -> None:
        grid([["姓名", "身份证号", "序号"], ["赵小满", "", "300"]], 80, 600, WIDTHS, 34)(canvas)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(128, 553, text, charSpace=apart)

    return draw


def test_a_number_too_wide_for_its_column_belongs_to_it_whole() -> None:
    assert cells(read(make(over_borders(ID))))[Cell(0, 1, 1)] == ID


def test_digits_set_apart_in_one_go_stay_in_the_boxes_they_fill() -> None:
    assert cells(read(make(over_borders("123", apart=45))))[Cell(0, 1, 1)] == "2"


def test_a_row_whose_border_the_page_before_has_belongs_to_its_table() -> None:
    def opened(canvas: Canvas) -> None:
        grid([["钱多", "", "90"], ["孙三四", "", "70"]], 80, 726, WIDTHS, 34)(canvas)
        for edge in (80, 140, 216, 276):
            canvas.line(edge, 760, edge, 726)
        canvas.drawString(84, 747, "某五六")

    first = grid([["姓名", "身份证号", "序号"], ["赵小满", "", "300"]], 80, 200, WIDTHS, 34)
    found = cells(read(make(first, opened)))
    assert [found[Cell(0, row, 0)] for row in range(5)] == [
        "姓名", "赵小满", "某五六", "钱多", "孙三四",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "figures",
    [
        ("52000.00", "8600.00", "120.50"),
        ("52,000", "186,000", "1,200"),
        ("86.5%", "7.2%", "12%"),
        ("2026-01-02", "2026-11-12", "2026-03-05"),
        ("0797-8123456", "0797-8234567", "0797-8345678"),
        ("08:30", "09:15", "10:00"),
        ("3-201", "12-1102", "3-202"),
    ],
)
def test_figures_under_each_other_are_texts_of_their_own(figures: tuple[str, ...]) -> None:
    assert texts(read(make(lines(*figures, pitch=14)))) == list(figures)
    widest = max(map(len, figures)) * 5.6 + 12
    cell = grid([["序号", "\n".join(figures)], ["住址", ""]], 80, 600, [60, widest], 60)
    assert [b.text for b in read(make(cell)).blocks if b.cell == Cell(0, 0, 1)] == list(figures)


@pytest.mark.parametrize(
    "cut", [("0797-82", "34567"), ("138-00", "13-8000"), ("6217-3803", "6107-4614")]
)
def test_a_number_in_groups_cut_by_its_column_is_one_text(cut: tuple[str, str]) -> None:
    assert texts(read(make(lines(*cut, pitch=14)))) == ["".join(cut)]
