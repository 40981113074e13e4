"""What a pdf page shows beside its text layer is read, told and, where planned, taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont as EmbeddedFont
from reportlab.pdfgen.canvas import Canvas

from redact.ocr.recall import recalling
from redact.pdf import sight
from redact.pdf.format import PdfFormat
from redact.pdf.ink import drawn_place, may_be_letter
from review.document import BlockKind, Document, Severity
from review.plan import Edit, RedactionPlan
from tests.fakes.pictures import written

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
BODY = ("Notice of the town office on subsidies", "Objections may be raised in seven days.")
NUMBER = "13876502341"
WIDE, HIGH = 420.0, 300.0
Drawing = Callable[[Canvas], None]


def page(*drawings: Drawing) -> bytes:
    """Make a page with live text, and whatever is drawn on it."""
    pdfmetrics.registerFont(EmbeddedFont("Live", FACE))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDE, HIGH), invariant=True)
    canvas.setFont("Live", 12)
    for number, line in enumerate(BODY):
        canvas.drawString(40, HIGH - 40 - 20 * number, line)
    for drawing in drawings:
        drawing(canvas)
    canvas.save()
    return buffer.getvalue()


class _Outline(BasePen):
    """Draw a glyph as a path of a page."""

    def __init__(self, path: object, x: float, y: float, scale: float) -> None:
        super().__init__(None)
        self.path, self.x, self.y, self.scale = path, x, y, scale

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.moveTo(*self._at(pt))  # type: ignore[attr-defined]

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.path.lineTo(*self._at(pt))  # type: ignore[attr-defined]

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self.path.curveTo(*self._at(pt1), *self._at(pt2), *self._at(pt3))  # type: ignore[attr-defined]

    def _closePath(self) -> None:  # noqa: N802
        self.path.close()  # type: ignore[attr-defined]


def outlined(canvas: Canvas, y: float = 120, size: float = 16) -> None:
    """Draw the number as shapes, as programs do with letters whose font may not travel."""
    face = TTFont(FACE)
    glyphs, names, x = face.getGlyphSet(), face.getBestCmap(), 40.0
    scale = size / face["head"].unitsPerEm
    for sign in NUMBER:
        path = canvas.beginPath()
        glyphs[names[ord(sign)]].draw(_Outline(path, x, y, scale))
        canvas.drawPath(path, stroke=0, fill=1)
        x += glyphs[names[ord(sign)]].width * scale


def line() -> Image.Image:
    picture = written([NUMBER], size=40, width=400)
    return picture.crop(picture.convert("L").point(lambda shade: 255 - shade).getbbox())


def low_picture(canvas: Canvas) -> None:
    """Show a picture as low as a line of small writing."""
    picture = line()
    canvas.drawImage(ImageReader(picture), 40, 120, 7.5 * picture.width / picture.height, 7.5)


def squares(canvas: Canvas) -> None:
    """Draw the number of small boxes."""
    picture = line().resize((160, 24)).convert("1")
    for x in range(picture.width):
        for y in range(picture.height):
            if not picture.getpixel((x, y)):
                canvas.rect(40 + 0.7 * x, 140 - 0.7 * y, 0.7, 0.7, stroke=0, fill=1)


def pattern() -> bytes:
    """Make a page whose picture is the filling of a shape."""
    picture, output = line().convert("RGB"), BytesIO()
    with pikepdf.open(BytesIO(page())) as pdf:
        image = pdf.make_stream(picture.tobytes())
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = picture.size
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        wide, high = 160, 160 * picture.height / picture.width
        tile = pdf.make_stream(f"{wide} 0 0 {high} 0 0 cm /I Do".encode())
        tile.Type, tile.PatternType, tile.PaintType, tile.TilingType = (
            pikepdf.Name.Pattern, 1, 1, 1,
        )  # fmt: skip
        tile.BBox, tile.XStep, tile.YStep = [0, 0, wide, high], wide, high
        tile.Matrix = [1, 0, 0, 1, 40, 120]
        tile.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        sheet = pdf.pages[0]
        sheet.Resources.Pattern = pikepdf.Dictionary(P1=pdf.make_indirect(tile))
        sheet.contents_add(f"q /Pattern cs /P1 scn 40 120 {wide} {high} re f Q".encode())
        pdf.save(output)
    return output.getvalue()


def hidden(document: Document, value: str) -> RedactionPlan:
    """Plan to take a value out wherever it stands."""
    edits = [
        Edit(number, start, start + len(value), "", f"F{number}")
        for number, block in enumerate(document.blocks)
        if (start := block.text.find(value)) >= 0
    ]
    return RedactionPlan(document.digest, "p", "general", (), tuple(edits))


def reads_in_pictures(document: Document) -> str:
    return "".join(b.text for b in document.blocks if b.kind is BlockKind.PICTURE)


@pytest.mark.parametrize(
    "data",
    [page(outlined), page(low_picture), page(squares), pattern()],
    ids=["outlined letters", "a picture as low as a line", "small boxes", "a pattern"],
)
def test_writing_that_is_no_text_is_read_and_told(data: bytes) -> None:
    document = PdfFormat().read(data)
    assert reads_in_pictures(document) == NUMBER
    assert ("pdf_drawing", Severity.PERSON) in {(n.code, n.severity) for n in document.notes}


@pytest.mark.usefixtures("no_recogniser")
@pytest.mark.parametrize("drawing", [outlined, lambda _: None])
def test_what_reading_saw_drawn_is_known_when_writing(
    monkeypatch: pytest.MonkeyPatch, drawing: Drawing
) -> None:
    looks = list[object]()

    def counted(*seen: Any) -> Any:
        looks.append(seen)
        return drawn_place(*seen)

    monkeypatch.setattr(sight, "drawn_place", counted)
    data = page(drawing)
    with recalling({}) as readings:
        document = PdfFormat().read(data)
    edit = Edit(0, 0, 6, "***", "F1")
    plan = RedactionPlan(document.digest, "", "general", (), (edit,))
    with recalling(json.loads(json.dumps(readings))):
        PdfFormat().write(data, plan)
    assert len(looks) == 1


@pytest.mark.usefixtures("no_recogniser")
def test_without_the_recogniser_a_drawing_is_told_as_unread() -> None:
    (note,) = PdfFormat().read(page(outlined)).notes
    assert "画成的文字没有检查" in note.message


def test_tables_rules_and_bars_are_no_writing() -> None:
    def table(canvas: Canvas) -> None:
        for row in range(6):
            for column in range(4):
                canvas.rect(40 + 80 * column, 60 + 20 * row, 80, 20)
        canvas.setLineWidth(3)
        canvas.line(40, 190, 380, 190)
        for number in range(5):
            canvas.rect(45 + 60 * number, 200, 40, 12, fill=1)

    document = PdfFormat().read(page(table))
    assert not reads_in_pictures(document)
    assert document.notes == ()


def rim(x: float, y: float, wide: float, high: float, line: float) -> list[tuple[float, float]]:
    """Give the corners of a border drawn as one filled shape: round without, back within."""
    x1, y1, a, b = x + wide, y + high, x + line, y + line
    return [
        (x, y), (x1, y), (x1, y1), (x, y1), (x, b),
        (a, b), (a, y1 - line), (x1 - line, y1 - line), (x1 - line, b), (x, b),
    ]  # fmt: skip


LETTERS = {
    "C": [(0, 0), (9, 0), (9, 0.5), (0.5, 0.5), (0.5, 13.5), (9, 13.5), (9, 14), (0, 14)],
    "L": [(0, 0), (0.5, 0), (0.5, 13.5), (9, 13.5), (9, 14), (0, 14)],
    "H": [(0, 0), (0.5, 0), (0.5, 7), (8.5, 7), (8.5, 0), (9, 0), (9, 14), (8.5, 14), (8.5, 7.5),
          (0.5, 7.5), (0.5, 14), (0, 14)],
    "口": rim(0, 0, 12, 14, 1.5),
    "1": rim(0, 0, 1, 14, 0.4),
}  # fmt: skip


@pytest.mark.parametrize("letter", LETTERS)
def test_letters_of_straight_lines_are_no_borders(letter: str) -> None:
    assert may_be_letter({"pts": LETTERS[letter]})


def test_the_rim_of_a_border_is_no_writing() -> None:
    def table(canvas: Canvas) -> None:
        for number in range(120):
            corners = rim(40 + 25 * (number % 12), 30 + 15 * (number // 12), 25, 15, 0.5)
            path = canvas.beginPath()
            path.moveTo(*corners[0])
            for corner in corners[1:]:
                path.lineTo(*corner)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)

    data = page(table)
    document = PdfFormat().read(data)
    assert document.notes == ()
    edit = Edit(0, 0, len("Notice"), "***", "F1")
    _, notes = PdfFormat().write(data, RedactionPlan(document.digest, "", "general", (), (edit,)))
    assert "pdf_rewritten" in {note.code for note in notes}


def test_masks_of_our_own_are_no_drawing_however_long_their_gap() -> None:
    def numbers(canvas: Canvas) -> None:
        for row in range(8):
            canvas.drawString(40, 220 - 20 * row, f"No. {NUMBER * 2} of the list")

    data = page(numbers)
    document = PdfFormat().read(data)
    edits = tuple(
        Edit(index, found.start(), found.end(), "******", "F1")
        for index, block in enumerate(document.blocks)
        for found in re.finditer(NUMBER * 2, block.text)
    )
    plan = RedactionPlan(document.digest, "", "general", (), edits)
    output, notes = PdfFormat().write(data, plan)
    assert "pdf_rewritten" in {note.code for note in notes}
    assert PdfFormat().read(output).notes == ()


def test_outlined_letters_that_go_leave_no_outline() -> None:
    data = page(outlined)
    output, _ = PdfFormat().write(data, hidden(PdfFormat().read(data), NUMBER))
    with pikepdf.open(BytesIO(output)) as pdf:
        assert b" c\n" not in pdf.pages[0].Contents.read_bytes()
    assert NUMBER not in PdfFormat().read(output).text


def test_outlined_letters_over_a_picture_do_not_stay_under_its_redacted_copy() -> None:
    ground = Image.new("RGB", (400, 200), "#eeeeff")
    ImageDraw.Draw(ground).rectangle((0, 0, 399, 30), fill="#ccccee")

    def picture(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(ground), 30, 100, 200, 100)

    data = page(picture, outlined)
    document = PdfFormat().read(data)
    assert reads_in_pictures(document) == NUMBER
    output, _ = PdfFormat().write(data, hidden(document, NUMBER))
    with pikepdf.open(BytesIO(output)) as pdf:
        operators = {str(each.operator) for each in pikepdf.parse_content_stream(pdf.pages[0])}
    assert "c" not in operators


def typed_over(canvas: Canvas) -> None:
    canvas.setFont("Live", 12)
    canvas.drawString(40, 150, f"Call {NUMBER} before noon")
    canvas.setFillGray(1)
    canvas.rect(60, 145, 120, 16, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(69, 150, "13922298145")


def clipped_alphabet(canvas: Canvas) -> None:
    """Show one digit each of many texts that all say 0123456789."""
    width = pdfmetrics.stringWidth("0", "Live", 12)
    for place, digit in enumerate(NUMBER):
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(60 + place * width, 140, width, 20)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setFont("Live", 12)
        canvas.drawString(60 + (place - int(digit)) * width, 150, "0123456789")
        canvas.restoreState()


@pytest.mark.usefixtures("no_recogniser")
@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (typed_over, (f"Call {NUMBER} before noon", "13922298145")),
        (clipped_alphabet, ("0123456789",)),
    ],
)
def test_texts_on_top_of_each_other_are_told_and_none_cuts_another(
    drawing: Drawing, said: tuple[str, ...]
) -> None:
    document = PdfFormat().read(page(drawing))
    assert {*said} <= {block.text for block in document.blocks}
    told = [note for note in document.notes if note.code == "pdf_overprint"]
    assert [note.severity for note in told] == [Severity.PERSON]
