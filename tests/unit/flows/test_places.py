"""Where a finding stands, in words that lead people there."""

from __future__ import annotations

import pytest

from flows.places import place_name
from review.document import Block, BlockKind, Cell, Document, Location
from tests.fakes.processes import processor_seconds


@pytest.mark.parametrize(
    ("part", "kind", "told"),
    [
        ("word/document.xml", BlockKind.PARAGRAPH, "第1段"),
        ("word/header1.xml", BlockKind.PAGE_HEADER, "第1段（页眉）"),
        ("word/footer1.xml", BlockKind.PAGE_FOOTER, "第1段（页脚）"),
        ("word/footnotes.xml", BlockKind.NOTE, "第1段（注释）"),
        ("word/media/image3", BlockKind.PICTURE, "第1段（图片3中）"),
        ("page", BlockKind.PICTURE, "第1段（图片中）"),
        ("word/charts/chart1.xml", BlockKind.ATTRIBUTE, "第1段（图表）"),
        ("word/document.xml", BlockKind.ATTRIBUTE, "第1段（不在正文中，如替代文字、链接）"),
        ("hidden", BlockKind.DROPPED, "第1段（隐藏或附带的内容）"),
        (
            "word/embeddings/object1.xlsx/xl/media/image2",
            BlockKind.PICTURE,
            "第1段（嵌入文件、图片2中）",
        ),
    ],
)
def test_a_place_that_is_not_in_the_text_itself_says_what_it_is_part_of(
    part: str, kind: BlockKind, told: str
) -> None:
    document = Document("docx", (Block("赵小满", Location(part, 0), kind),))
    assert place_name(document, 0) == told


def test_cells_and_pages_are_named_as_the_file_names_them() -> None:
    blocks = (
        Block("甲", Location("xl/a.xml", 0, cell="表1!B3"), BlockKind.CELL),
        Block("乙", Location("page", 1, page=2)),
    )
    document = Document("xlsx", blocks)
    assert [place_name(document, n) for n in (0, 1)] == ["表1!B3", "第2页 第1段"]


def test_tables_rows_and_paragraphs_are_counted_on_their_page() -> None:
    def block(page: int, cell: Cell | None = None) -> Block:
        kind = BlockKind.CELL if cell else BlockKind.PARAGRAPH
        return Block("甲", Location("page", 0, page=page), kind, cell)

    blocks = (
        *(block(1, Cell(0, row, 0)) for row in range(3)),
        *(block(2, Cell(0, row, column)) for row in (3, 4) for column in (0, 1)),
        block(2), block(2, Cell(1, 0, 0)), block(2),
    )  # fmt: skip
    document = Document("pdf", blocks)
    told = {
        3: "第1个表第1行第1列",
        6: "第1个表第2行第2列",
        7: "第1段",
        8: "第2个表第1行第1列",
        9: "第2段",
    }
    assert {n: place_name(document, n) for n in told} == {
        n: f"第2页 {place}" for n, place in told.items()
    }


def test_thousands_of_places_on_one_page_are_named_in_linear_time() -> None:
    cells = (Cell(0, number // 5, number % 5) for number in range(5_000))
    blocks = tuple(Block("甲", Location("page", 0, page=1), BlockKind.CELL, cell) for cell in cells)
    document = Document("pdf", blocks)
    start = processor_seconds()
    names = [place_name(document, index) for index in range(5_000)]
    assert names[-1] == "第1页 第1个表第1000行第5列"
    assert processor_seconds() - start < 1
