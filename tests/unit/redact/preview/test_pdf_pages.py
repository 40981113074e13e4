"""Page pictures: findings are framed where they stand, within limits, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from PIL import Image
from PIL.ImageFilter import GaussianBlur
from reportlab.pdfgen.canvas import Canvas

from redact.pdf.format import PdfFormat
from redact.pdf.scan import MachineReader
from redact.pdf.source import open_source
from redact.preview import pdf_pages
from redact.preview.pictures import Allowance, Mark, PagePairs, PictureOrder, Place
from redact.preview.small_picture import compressed
from review.document import BlockKind, Document
from review.errors import BrokenInputError
from review.plan import Edit, RedactionPlan
from tests.fakes import squares
from tests.fakes.pdf import A4

DRAFTS = Path(__file__).parents[4] / "samples" / "drafts"
PLENTY = Allowance(30, 8_000_000)
NUMBER = "18700009033"


def page_pairs(
    original: bytes, output: bytes, marks: Sequence[Mark], allowance: Allowance
) -> PagePairs:
    order = PictureOrder("pdf", "pdf", (), tuple(marks), {}, allowance)
    return pdf_pages.page_pairs(original, output, order)


def sample() -> bytes:
    return (DRAFTS / "征收土地补偿登记结果公告.pdf").read_bytes()


def pages(*sizes: tuple[float, float]) -> bytes:
    pdf = pikepdf.new()
    for width, height in sizes:
        page = pdf.add_blank_page(page_size=(width, height))
        page.contents_add(b"0 0 10 10 re f")
    buffer = BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def repeated(times: int) -> bytes:
    pdf, buffer = pikepdf.new(), BytesIO()
    with pikepdf.open(BytesIO(sample())) as source:
        for _ in range(times):
            pdf.pages.extend(source.pages)
        pdf.save(buffer)
    return buffer.getvalue()


def marks_of(document: Document, *values: str) -> list[Mark]:
    found = []
    for block, each in enumerate(document.blocks):
        for value in values:
            if (start := each.text.find(value)) >= 0 and each.kind is not BlockKind.DROPPED:
                found.append(Mark(len(found) + 1, block, start, start + len(value), value))
    return found


def places(pairs: PagePairs) -> list[Place]:
    return [place for pair in pairs.shown for place in pair.places]


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def under(place: Place, data: bytes, page: int = 0) -> tuple[str, str]:
    """Give the characters whose centre a place holds, and those that it cuts."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        sheet = pdf.pages[page]
        x0, x1 = place.left * sheet.width, (place.left + place.width) * sheet.width
        top, bottom = place.top * sheet.height, (place.top + place.height) * sheet.height
        held: list[str] = []
        for c in sheet.chars:
            x, y = (c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2
            if x0 < x < x1 and top < y < bottom:
                whole = c["x0"] >= x0 and c["x1"] <= x1 and c["top"] >= top
                held.append((c["text"], "" if whole and c["bottom"] <= bottom else c["text"]))
    return "".join(text for text, _ in held), "".join(cut for _, cut in held)


def test_a_frame_holds_the_very_characters_of_its_finding() -> None:
    document = PdfFormat().read(sample())
    values = ("龚喜旺", NUMBER, "329826195402264838", "6299993743128844806", "柳溪镇梨园村2组5号")
    marks = marks_of(document, *values)
    assert len(marks) == len(values)
    framed = places(page_pairs(sample(), b"", marks, PLENTY))
    assert [p.number for p in framed] == [m.number for m in marks]
    for mark, place in zip(marks, framed, strict=True):
        assert under(place, sample()) == (mark.text, "")


def test_a_page_that_lies_is_shown_upright_and_frames_follow_it() -> None:
    pdf, buffer = pikepdf.open(BytesIO(sample())), BytesIO()
    pdf.pages[0].rotate(90, relative=False)
    pdf.save(buffer)
    turned = buffer.getvalue()
    (mark,) = marks_of(PdfFormat().read(turned), NUMBER)
    (pair,) = page_pairs(turned, b"", [mark], PLENTY).shown
    page = picture(pair.before.data)
    (place,) = pair.places
    assert page.width < page.height
    assert place.width > place.height
    box = (
        place.left * page.width,
        place.top * page.height,
        (place.left + place.width) * page.width,
        (place.top + place.height) * page.height,
    )
    assert min(page.convert("L").crop(tuple(map(int, box))).getdata()) < 128


def test_text_that_is_another_than_planned_gets_no_frame() -> None:
    (mark,) = marks_of(PdfFormat().read(sample()), NUMBER)
    other = mark._replace(text="18700009034")
    assert places(page_pairs(sample(), b"", [other], PLENTY)) == []


def test_a_place_that_the_second_reader_does_not_confirm_gets_no_frame(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (mark,) = marks_of(PdfFormat().read(sample()), NUMBER)
    nothing = lambda raster, number, boxes: [""] * len(boxes)  # noqa: E731
    monkeypatch.setattr(pdf_pages.PdfRaster, "text_in", nothing)
    assert places(page_pairs(sample(), b"", [mark], PLENTY)) == []


def test_a_finding_that_runs_over_two_pages_is_framed_on_both() -> None:
    def first(canvas: Canvas) -> None:
        canvas.setFont(squares.font(), 12)
        for line in range(45):
            canvas.drawString(72, A4[1] - 72 - 16 * line, "申请人赵小满符合条件" * 3)

    data = squares.make(first, first)
    document = PdfFormat().read(data)
    block = next(n for n, b in enumerate(document.blocks) if len(b.text) > 45 * 30)
    text = document.blocks[block].text
    border = len(text) // 2
    mark = Mark(1, block, border - 35, border + 35, text[border - 35 : border + 35])
    found = page_pairs(data, b"", [mark], PLENTY).shown
    assert [bool(pair.places) for pair in found] == [True, True]


def test_the_output_stands_beside_its_page() -> None:
    (pair,) = page_pairs(sample(), pages((595, 842)), [], PLENTY).shown
    assert pair.after is not None
    assert picture(pair.after.data).size == picture(pair.before.data).size
    assert pair.after != pair.before


def test_pages_of_the_raster_fallback_show_their_bars_where_the_frames_are() -> None:
    document = PdfFormat().read(sample())
    (mark,) = marks_of(document, NUMBER)
    edit = Edit(mark.block, mark.start, mark.end, "", "F1")
    plan = RedactionPlan(document.digest, "p", "general", (), (edit,))
    output, _ = PdfFormat().write_pictures(open_source(sample()), plan, MachineReader())
    (pair,) = page_pairs(sample(), output, [mark], PLENTY).shown
    assert pair.after is not None
    (place,) = pair.places
    for data, dark in ((pair.before.data, False), (pair.after.data, True)):
        page = picture(data).convert("L")
        left, top = place.left * page.width, place.top * page.height
        right, bottom = left + place.width * page.width, top + place.height * page.height
        inside = page.crop((int(left) + 2, int(top) + 2, int(right) - 2, int(bottom) - 2))
        assert (max(inside.getdata()) < 64) is dark


def test_pages_with_findings_come_first_and_the_rest_is_counted() -> None:
    data = repeated(4)
    marks = marks_of(PdfFormat().read(data), NUMBER)
    found = page_pairs(data, data, marks[2:3], Allowance(2, 8_000_000))
    assert [pair.number for pair in found.shown] == [1, 3]
    assert [bool(pair.places) for pair in found.shown] == [False, True]
    assert found.total == 4


def test_pictures_stay_within_the_bytes_allowed() -> None:
    data = repeated(3)
    one = len(page_pairs(data, b"", [], Allowance(1, 8_000_000)).shown[0].before.data)
    found = page_pairs(data, b"", [], Allowance(30, one * 3))
    assert len(found.shown) == 2  # in text a byte takes a third more
    assert page_pairs(data, b"", [], Allowance(30, 100)).shown == ()


@pytest.mark.parametrize("size", [(14_400.0, 14_400.0), (14_400.0, 3.0)])
def test_a_huge_page_is_rendered_coarsely(size: tuple[float, float]) -> None:
    (pair,) = page_pairs(pages(size), b"", [], PLENTY).shown
    width, height = picture(pair.before.data).size
    assert width * height <= pdf_pages.MOST_PIXELS * 1.01


def test_text_is_kept_without_loss_of_shape_and_photographs_as_such() -> None:
    (pair,) = page_pairs(sample(), b"", [], PLENTY).shown
    assert pair.before.kind == "png"
    bands = [Image.effect_noise((300, 300), 90).filter(GaussianBlur(3)) for _ in range(3)]
    photo = Image.merge("RGB", bands)
    assert compressed(photo).kind == "jpeg"


def test_colour_is_kept() -> None:
    red = Image.new("RGB", (100, 100), (200, 0, 0))
    shown = picture(compressed(red).data).convert("RGB").getpixel((50, 50))
    assert shown[0] > 150 > shown[1]  # type: ignore[index]


def test_a_broken_output_is_refused() -> None:
    with pytest.raises(BrokenInputError):
        page_pairs(sample(), b"%PDF-1.7 broken", [], PLENTY)


def test_only_as_many_pages_are_read_as_are_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = repeated(4)
    marks = marks_of(PdfFormat().read(data), NUMBER)
    read: list[int] = []
    original = pdf_pages.pages_of

    def counting(*arguments: object) -> object:
        for page in original(*arguments):  # type: ignore[arg-type]
            read.append(page.number)
            yield page

    monkeypatch.setattr(pdf_pages, "pages_of", counting)
    page_pairs(data, b"", _first(marks, 2), PLENTY)
    assert read == [1, 2]


def _first(marks: Sequence[Mark], count: int) -> Sequence[Mark]:
    return marks[:count]
