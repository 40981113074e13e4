"""Highlighted pdf drafts: a note over each finding that says what is proposed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from redact.pdf.format import PdfFormat
from redact.preview.highlights import COLOURS, HighlightOrder, Label
from redact.preview.pdf_highlight import highlighted_pdf
from redact.preview.pictures import Mark
from review.document import BlockKind
from review.errors import BrokenInputError
from review.policy import Action

SAMPLE = Path(__file__).parents[4] / "samples" / "drafts" / "征收土地补偿登记结果公告.pdf"
VALUES = ("龚喜旺", "18700009033")


def order(data: bytes) -> HighlightOrder:
    texts = tuple(block.text for block in PdfFormat().read(data).blocks)
    marks = tuple(
        Mark(n, block, text.index(value), text.index(value) + len(value), value)
        for n, value in enumerate(VALUES, 1)
        for block, text in enumerate(texts)
        if value in text
    )
    labels = tuple(Label(n, Action.REMOVE, f"{n}　删除。") for n in (1, 2))
    return HighlightOrder("pdf", texts, marks, labels)


def turned(degrees: int) -> bytes:
    pdf, buffer = pikepdf.open(SAMPLE), BytesIO()
    pdf.pages[0].rotate(degrees, relative=False)
    pdf.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("degrees", [0, 90, 180])
def test_each_note_lies_over_its_finding_and_tells_of_it(degrees: int) -> None:
    data = turned(degrees)
    made = highlighted_pdf(data, order(data))
    with pikepdf.open(BytesIO(made)) as pdf:
        notes = list(pdf.pages[0].obj["/Annots"])
        assert [str(note["/Contents"]) for note in notes] == ["1　删除。", "2　删除。"]
        boxes = [[float(n) for n in note["/Rect"]] for note in notes]
        colour = [round(float(part) * 255) for part in notes[0]["/C"]]
    assert bytes(colour).hex().upper() == COLOURS[Action.REMOVE]
    with pypdfium2.PdfDocument(made) as pdf:
        text = pdf[0].get_textpage()
        # The frame is padded; without the padding it holds the finding and nothing else.
        inner = [(x0 + 3, y0 + 3, x1 - 3, y1 - 3) for x0, y0, x1, y1 in boxes]
        assert [text.get_text_bounded(*box).strip() for box in inner] == list(VALUES)


def test_the_highlight_is_seen_and_the_text_stays() -> None:
    made = highlighted_pdf(SAMPLE.read_bytes(), order(SAMPLE.read_bytes()))
    texts = [
        [b.text for b in PdfFormat().read(data).blocks if b.kind is not BlockKind.DROPPED]
        for data in (made, SAMPLE.read_bytes())
    ]
    assert texts[0] == texts[1]
    with pypdfium2.PdfDocument(made) as pdf:
        shown = pdf[0].render(draw_annots=True).to_pil().convert("RGB")
    colour = tuple(bytes.fromhex(COLOURS[Action.REMOVE]))
    assert colour in {pixel for _, pixel in shown.getcolors(1 << 24) or ()}


def test_a_broken_file_is_refused() -> None:
    with pytest.raises(BrokenInputError):
        highlighted_pdf(b"%PDF-1.7 broken", order(SAMPLE.read_bytes()))
