"""Pictures on OFD pages, whole scanned pages above all: read, blackened, proven, or left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageDraw

from flows.processing.proof import prove_text
from redact.ofd.format import OfdFormat
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from redact.verify.views import UNCHECKED_PART
from review.document import BlockKind, Document, Severity
from review.errors import UnsafeOutputError
from review.plan import RedactionPlan, redacted_document, without_pictures
from tests.fakes import planted_pictures
from tests.fakes.ofd import document, package, page, path, resources, text
from tests.fakes.pictures import encoded, written
from tests.fakes.planted import Redacted, everything_in, pictured, plan_for, redacted_by

OFD = "{http://www.ofdspec.org/2016}"
NUMBER = "13812345678"
KEPT = "青禾县农业农村局"
WHOLE_PAGE = "0 0 210 297"


def shown(
    boundary: str = WHOLE_PAGE,
    matrix: str = "",
    attributes: str = "",
    inner: str = "",
    media: int = 5,
) -> str:
    """Write a picture object; without a matrix it fills its boundary."""
    wide, high = boundary.split()[2:]
    matrix = matrix or f"{wide} 0 0 {high} 0 0"
    return (
        f'<ofd:ImageObject ID="4" ResourceID="{media}" Boundary="{boundary}" CTM="{matrix}" '
        f"{attributes}>{inner}</ofd:ImageObject>"
    )


def drawn(objects: str, files: Mapping[str, bytes]) -> bytes:
    """Make a file of one page; the pictures bear the numbers from 5 on."""
    listed = "".join(
        f'<ofd:MultiMedia ID="{number}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile>'
        "</ofd:MultiMedia>"
        for number, name in enumerate(files, 5)
    )
    parts: dict[str, str | bytes] = {
        "Doc_0/PublicRes.xml": resources(f"<ofd:MultiMedias>{listed}</ofd:MultiMedias>")
    }
    return package([page(objects)], parts | {f"Doc_0/Res/{n}": d for n, d in files.items()})


def png(picture: Image.Image) -> bytes:
    return encoded(picture, "PNG")


def read(data: bytes) -> Document:
    return OfdFormat().read(data)


def codes(data: bytes) -> set[str]:
    return {note.code for note in read(data).notes}


def untouched(data: bytes) -> bytes:
    return OfdFormat().write(data, plan_for(read(data), r"(?!)"))[0]


def pictures(data: bytes) -> list[Image.Image]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(n for n in archive.namelist() if n.endswith((".png", ".jpeg")))
        return [Image.open(io.BytesIO(archive.read(n))) for n in names]


def objects(data: bytes, number: int = 0) -> list[ElementTree.Element]:
    """List the picture objects of a page."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read(f"Doc_0/Pages/Page_{number}/Content.xml"))
    return list(root.iter(f"{OFD}ImageObject"))


SCAN = written([f"联系电话：{NUMBER}", KEPT])
FLAT = Image.new("RGB", (60, 6), "red")


@pytest.fixture(scope="module")
def source() -> bytes:
    return drawn(shown("20 30 170 40"), {"张三丰.png": png(SCAN)})


@pytest.fixture(scope="module")
def redacted(source: bytes) -> Redacted:
    return redacted_by(OfdFormat(), source, NUMBER)


def test_a_page_that_is_one_picture_is_read_and_says_on_which_page(draft: Document) -> None:
    assert NUMBER in pictured(draft)
    assert KEPT in pictured(draft)
    assert {b.location.page for b in draft.blocks} == {1}
    assert {n.severity for n in draft.notes} == {Severity.INFO}


def test_what_the_plan_takes_out_is_black_and_the_picture_stays_in_its_place(
    output: bytes,
) -> None:
    again = pictured(read(output))
    assert NUMBER[3:8] not in again
    assert KEPT in again
    assert "张三丰" not in everything_in(output)
    (picture,), (placed,) = pictures(output), objects(output)
    lower = (0, SCAN.height // 2, *SCAN.size)
    assert picture.crop(lower).tobytes() == SCAN.crop(lower).tobytes()
    assert placed.attrib["Boundary"] == "20 30 170 40"
    assert placed.attrib["CTM"] == "170 0 0 40 0 0"


def test_the_output_is_proven_and_one_with_the_picture_as_it_was_is_not(
    source: bytes, draft: Document, plan: RedactionPlan, output: bytes
) -> None:
    allowed = allowed_occurrences(redacted_document(draft, plan).text, [NUMBER])
    verifier = IndependentVerifier()
    assert verifier.verify("ofd", output, allowed) == ()
    prove_text(draft, plan, read(output), lambda each: plan_for(each, r"(?!)"))
    assert verifier.verify("ofd", untouched(source), allowed) == ("图片 1仍能读到应隐去的内容。",)


def test_a_picture_in_which_the_black_does_not_hold_leaves_an_empty_frame(
    source: bytes, plan: RedactionPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redact.pictures.file.paint_over", lambda picture, boxes: picture)
    data, notes = OfdFormat().write(source, plan)
    assert "picture_dropped" in {note.code for note in notes}
    assert not pictures(data)
    assert not objects(data)


@pytest.mark.usefixtures("no_recogniser")
def test_a_page_of_nothing_but_a_picture_that_cannot_be_read_is_held(source: bytes) -> None:
    with pytest.raises(UnsafeOutputError, match="第1页"):
        read(source)
    with pytest.raises(UnsafeOutputError):
        read(drawn(shown(), {"a.jb2": b"\x97JB2\r\n\x1a\n"}))


def beside(picture: str, data: bytes, name: str = "a.png") -> bytes:
    """Put a picture beside a line of text."""
    return drawn(text("正文") + picture, {name: data})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "GIF", "WEBP"])
def test_a_picture_of_any_kind_that_can_be_decoded_stays(kind: str) -> None:
    data = beside(shown("20 40 60 6"), encoded(FLAT, kind))
    assert "picture_read" in codes(data)
    assert [picture.size for picture in pictures(untouched(data))] == [(60, 6)]


def test_a_picture_that_a_person_names_is_taken_out_wherever_it_stands() -> None:
    three = shown("20 40 60 6") + shown("20 60 60 6", media=6) + shown("20 80 60 6")
    blue = Image.new("RGB", (90, 6), "blue")
    data = drawn(text("正文") + three, {"a.png": png(FLAT), "b.png": png(blue)})
    document = read(data)
    plan = plan_for(document, "［图片1］")
    output, notes = OfdFormat().write(data, plan)
    assert [picture.size for picture in pictures(output)] == [(90, 6)]
    assert len(objects(output)) == 1
    assert "picture_taken_out" in {note.code for note in notes}
    prove_text(document, plan, read(output), lambda each: plan_for(each, r"(?!)"))
    every = without_pictures(document, plan_for(document, r"(?!)"))
    assert every is not None
    assert not pictures(OfdFormat().write(data, every)[0])


def halves() -> Image.Image:
    """Draw a picture whose left half is of a colour of its own."""
    picture = Image.new("RGB", (80, 20), "white")
    picture.paste((1, 2, 3), (0, 0, 40, 20))
    return picture


CLIP = (
    "<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary='0 0 80 20'><ofd:AbbreviatedData>"
    "M 40 0 L 80 0 L 80 20 L 40 20 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip>"
    "</ofd:Clips>"
)
CUT = {
    "by its boundary": shown("60 40 40 20", "80 0 0 20 -40 0"),
    "by a clip": shown("20 40 80 20", inner=CLIP),
    "by the edge of the page": shown("-40 40 80 20"),
}


@pytest.mark.parametrize("case", CUT)
def test_what_is_cut_away_is_not_in_the_file_and_the_rest_keeps_its_place(case: str) -> None:
    output = untouched(beside(CUT[case], png(halves())))
    (picture,), (placed,) = pictures(output), objects(output)
    assert picture.size == (40, 20)
    assert (1, 2, 3) not in {colour for _, colour in picture.getcolors() or ()}
    left = 0 if "edge" in case else 60
    assert placed.attrib["Boundary"] == f"{left} 40 40 20"


def test_what_a_bar_drawn_over_a_scan_hides_is_not_in_the_file() -> None:
    bar = path("M 20 40 L 60 40 L 60 60 L 20 60 C", 'Fill="true"')
    data = beside(shown("20 40 80 20") + bar, png(halves()))
    (picture,) = pictures(untouched(data))
    assert picture.convert("RGB").getcolors() == [(80 * 20, (255, 255, 255))]
    under = beside(bar + shown("20 40 80 20"), png(halves()))
    glass = bar.replace(">", "><ofd:FillColor Value='0 0 0' Alpha='90'/>", 1)
    for seen in (under, beside(shown("20 40 80 20") + glass, png(halves()))):
        (picture,) = pictures(untouched(seen))
        assert picture.tobytes() == halves().tobytes()


def test_a_text_layer_under_a_scan_goes_and_the_scan_counts() -> None:
    layer, scan = text("联系电话13812345679", 42), shown("20 40 170 10")
    data = beside(layer + scan, png(FLAT))
    document = read(data)
    dropped = [b.text for b in document.blocks if b.kind is BlockKind.DROPPED]
    assert dropped == ["联系电话13812345679"]
    assert "hidden_dropped" in codes(data)
    assert "13812345679" not in everything_in(untouched(data))
    for seen in (scan + layer, layer + shown("20 40 170 10", attributes='Alpha="90"')):
        assert "13812345679" in everything_in(untouched(beside(seen, png(FLAT))))


def test_a_picture_that_shines_through_stays_so() -> None:
    (placed,) = objects(untouched(beside(shown("20 40 60 6", attributes='Alpha="40"'), png(FLAT))))
    assert placed.attrib["Alpha"] == "40"


def test_a_turned_picture_is_read_as_it_is_seen_and_stays_turned() -> None:
    turned = png(SCAN.transpose(Image.Transpose.ROTATE_90))
    data = drawn(shown("20 30 170 40", "0 40 -170 0 170 0"), {"a.png": turned})
    document = read(data)
    assert NUMBER in pictured(document)
    output, _ = OfdFormat().write(data, plan_for(document, NUMBER))
    assert objects(output)[0].attrib["CTM"] == "0 40 -170 0 170 0"
    assert NUMBER[3:8] not in pictured(read(output))


LEFT_OUT = {
    "without a file": (shown("20 40 60 6", media=77), png(FLAT)),
    "of a kind nobody decodes": (shown("20 40 60 6"), b"\x97JB2\r\n\x1a\n" + NUMBER.encode()),
    "as in a mirror": (shown("20 40 60 6", "-60 0 0 6 60 0"), png(FLAT)),
    "upside down as in water": (shown("20 40 60 6", "60 0 0 -6 0 6"), png(FLAT)),
    "crushed flat": (shown("20 40 60 6", "60 0 0 0 0 0"), png(FLAT)),
    "turned and cut": (shown("20 40 60 6", "0 60 -6 0 6 0"), png(FLAT)),
    "under a mask": (shown("20 40 60 6", attributes='ImageMask="6"'), png(FLAT)),
    "outside the page": (shown("300 40 60 6"), png(FLAT)),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_picture_that_cannot_be_shown_as_read_goes_and_is_told(case: str) -> None:
    data = beside(*LEFT_OUT[case])
    output, notes = OfdFormat().write(data, plan_for(read(data), r"(?!)"))
    assert {n.code: n.severity for n in notes}["picture_dropped"] is Severity.PERSON
    assert not pictures(output)
    assert not objects(output)
    assert NUMBER not in everything_in(output)


@pytest.mark.parametrize("kind", planted_pictures.HIDING_PLACES)
def test_what_hides_beside_the_pixels_is_found_in_the_draft_and_not_in_the_output(
    kind: str,
) -> None:
    name = f"张{NUMBER}值.{kind}"
    picture = shown("20 40 60 6", attributes=f'Name="{NUMBER}" Substitution="{NUMBER}"')
    data = beside(picture, planted_pictures.HIDING_PLACES[kind](NUMBER), name)
    output = untouched(data)
    assert NUMBER in everything_in(data)
    assert NUMBER not in everything_in(output)
    assert len(pictures(output)) == 1
    assert IndependentVerifier().verify("ofd", output, {NUMBER: 0}) == ()


def test_pictures_of_templates_and_drawings_are_read_where_they_are_seen() -> None:
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77"><ofd:Content>'
        f"{shown('0 0 60 6')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png'
        "</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
    )
    placed = '<ofd:CompositeObject ID="6" ResourceID="77" Boundary="9 60 90 9" CTM="1 0 0 1 1 0"/>'
    framed = page(text("正文"), placed, head='<ofd:Template TemplateID="50"/>')
    data = package(
        [page(text("首页")), framed],
        {
            "Doc_0/Document.xml": document(2, '<ofd:TemplatePage ID="50" BaseLoc="T.xml"/>'),
            "Doc_0/T.xml": page(shown("20 200 60 6")),
            "Doc_0/PublicRes.xml": resources(media + unit),
            "Doc_0/Res/a.png": png(FLAT),
        },
    )
    (mark,) = (b for b in read(data).blocks if b.kind is BlockKind.PICTURE)
    assert (mark.text, mark.location.page) == ("［图片1］", 2)
    written_anew = untouched(data)
    boxes = [each.attrib["Boundary"] for each in objects(written_anew, 1)]
    assert boxes == ["20 200 60 6", "10 60 60 6"]
    assert len(pictures(written_anew)) == 1


def test_a_picture_that_no_page_shows_is_not_carried_along() -> None:
    files = {"a.png": png(FLAT), "b.png": planted_pictures.png(NUMBER)}
    hidden = shown("20 40 60 6", media=6, attributes='Visible="false"')
    output = untouched(drawn(text("正文") + shown("20 40 60 6") + hidden, files))
    assert len(pictures(output)) == 1
    assert NUMBER not in everything_in(output)


def test_a_stowaway_in_a_picture_of_the_output_is_a_complaint() -> None:
    output, spoilt = untouched(beside(shown("20 40 60 6"), png(FLAT))), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(output)) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) + (b"x" if name.endswith("png") else b""))
    assert IndependentVerifier().verify("ofd", spoilt.getvalue(), {}) == (UNCHECKED_PART,)


def test_a_scanned_roster_gives_cells_whose_header_tells_what_a_column_holds() -> None:
    roster = written(["姓名" + "\u3000" * 4 + "联系电话", "钱文海" + "\u3000" * 3 + NUMBER])
    pen = ImageDraw.Draw(roster)
    for y in (25, 88, 150):
        pen.line((30, y, 600, y), "black", 3)
    for x in (30, 185, 600):
        pen.line((x, 25, x, 150), "black", 3)
    data = drawn(shown("20 30 170 40"), {"a.png": png(roster)})
    cells = {b.text: b.cell for b in read(data).blocks if b.cell}
    assert cells["姓名"].column == cells["钱文海"].column == 0
    assert cells[NUMBER].column == 1


def test_the_same_input_gives_the_same_bytes(source: bytes, plan: RedactionPlan) -> None:
    assert OfdFormat().write(source, plan)[0] == OfdFormat().write(source, plan)[0]
