"""Pages whose writing lies on its side are read, and written, turned upright."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from redact.pdf.format import PdfFormat
from review.document import Document
from review.plan import Edit, RedactionPlan

WIDE, HIGH = 400.0, 260.0
ROWS = [
    ("No.", "Holder", "Telephone"),
    ("1", "Holder one", "13876502341"),
    ("2", "Holder two", "-"),
]


def table(canvas: Canvas) -> None:
    canvas.drawString(60, HIGH - 40, "Compensation for land in the town")
    for row, cells in enumerate(ROWS):
        for column, cell in enumerate(cells):
            x, y = 60 + 100 * column, HIGH - 80 - 24 * row
            canvas.rect(x, y, 100, 24)
            canvas.drawString(x + 8, y + 8, cell)


def page(turn: str = "", rotate: int = 0, size: tuple[float, float] = (WIDE, HIGH)) -> bytes:
    """Draw a table, turned by a matrix, on a page that says it is to be turned when shown."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDE, HIGH), invariant=True)
    table(canvas)
    canvas.save()
    with pikepdf.open(buffer) as pdf:
        if turn:
            pdf.pages[0].contents_add(f"{turn} cm".encode(), prepend=True)
        pdf.pages[0].MediaBox = [0, 0, *size]
        pdf.pages[0].Rotate = rotate
        output = BytesIO()
        pdf.save(output)
    return output.getvalue()


def blocks(document: Document) -> list[tuple[str, object]]:
    return [(block.text, block.cell) for block in document.blocks]


LYING = {
    "quarter": page(f"0 1 -1 0 {HIGH} 0", size=(HIGH, WIDE)),
    "three quarters": page(f"0 -1 1 0 0 {WIDE}", size=(HIGH, WIDE)),
    "half": page(f"-1 0 0 -1 {WIDE} {HIGH}"),
    "turned when shown": page(rotate=90),
    "turned but for an error of reckoning": page(
        f"-0.00000000000000018369702 1 -1 -0.00000000000000018369702 {HIGH} 0", size=(HIGH, WIDE)
    ),
}


@pytest.mark.parametrize("way", LYING)
def test_a_table_that_lies_is_read_as_one_that_stands(way: str) -> None:
    document = PdfFormat().read(LYING[way])
    assert blocks(document) == blocks(PdfFormat().read(page()))
    assert {note.code for note in document.notes} == {"pdf_turned"}


def test_a_page_whose_turn_is_made_good_when_it_is_shown_stays_as_it_is() -> None:
    document = PdfFormat().read(page(f"0 1 -1 0 {HIGH} 0", rotate=90, size=(HIGH, WIDE)))
    assert blocks(document) == blocks(PdfFormat().read(page()))
    assert document.notes == ()


def test_an_empty_page_without_content_does_not_keep_the_others_from_being_read() -> None:
    with pikepdf.open(BytesIO(LYING["quarter"])) as pdf:
        pdf.add_blank_page(page_size=(HIGH, WIDE))
        del pdf.pages[1].obj["/Contents"]
        output = BytesIO()
        pdf.save(output)
    document = PdfFormat().read(output.getvalue())
    assert blocks(document) == blocks(PdfFormat().read(page()))


def test_a_lying_table_is_written_with_its_text_and_upright() -> None:
    data, number = LYING["quarter"], ROWS[1][2]
    document = PdfFormat().read(data)
    edits = tuple(
        Edit(index, 0, len(number), "***", "F1")
        for index, block in enumerate(document.blocks)
        if block.text == number
    )
    plan = RedactionPlan(document.digest, "", "general", (), edits)
    output, notes = PdfFormat().write(data, plan)
    assert {"pdf_rewritten", "pdf_turned"} <= {note.code for note in notes}
    with pikepdf.open(BytesIO(output)) as pdf:
        assert [float(side) for side in pdf.pages[0].MediaBox] == [0, 0, WIDE, HIGH]
