"""Writing in the pictures of office files: found, blackened, proven; what is in doubt is told."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Cm
from PIL import Image

from flows.processing.proof import prove_text
from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import WPS, A, R, V, W
from redact.pictures import store
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Document, Severity
from review.errors import UnsafeOutputError
from review.plan import RedactionPlan, redacted_document
from tests.fakes.pictures import written
from tests.fakes.planted import Redacted, pictured, plan_for, redacted_by

NUMBER = "13812345678"
KEPT = "青禾县农业农村局"


def as_png(picture: Image.Image) -> io.BytesIO:
    data = io.BytesIO()
    picture.save(data, "PNG")
    data.seek(0)
    return data


def saved(document: docx.document.Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.fixture(scope="module")
def source() -> bytes:
    document = docx.Document()
    document.add_paragraph("联系方式见下图。")
    document.add_picture(as_png(written([f"联系电话：{NUMBER}", KEPT])), width=Cm(12))
    return saved(document)


@pytest.fixture(scope="module")
def redacted(source: bytes) -> Redacted:
    return redacted_by(DocxFormat(), source, NUMBER)


@pytest.fixture(scope="module")
def again(output: bytes) -> Document:
    return DocxFormat().read(output)


def test_writing_in_a_picture_is_text_of_the_document_behind_all_other(draft: Document) -> None:
    assert NUMBER in pictured(draft)
    assert KEPT in pictured(draft)
    kinds = [block.kind for block in draft.blocks]
    assert kinds.index(BlockKind.PICTURE) == len(kinds) - kinds.count(BlockKind.PICTURE)
    assert {n.severity for n in draft.notes} == {Severity.INFO}


def test_what_the_plan_takes_out_is_black_and_the_rest_is_as_it_was(
    source: bytes, output: bytes, again: Document
) -> None:
    assert NUMBER[3:8] not in pictured(again)
    assert KEPT in pictured(again)
    before, after = (the_picture(data) for data in (source, output))
    assert after.size == before.size
    lower_half = (0, before.height // 2, before.width, before.height)
    assert after.crop(lower_half).tobytes() == before.crop(lower_half).tobytes()


def the_picture(data: bytes) -> Image.Image:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = next(n for n in package.namelist() if "media/" in n)
        return Image.open(io.BytesIO(package.read(name))).convert("RGB")


def test_the_output_is_proven_and_the_draft_is_not(
    source: bytes, draft: Document, plan: RedactionPlan, output: bytes, again: Document
) -> None:
    allowed = allowed_occurrences(redacted_document(draft, plan).text, [NUMBER])
    assert IndependentVerifier().verify("docx", output, allowed) == ()
    told = IndependentVerifier().verify("docx", source, allowed)
    assert "图片 1仍能读到应隐去的内容。" in told
    prove_text(draft, plan, again, lambda document: plan_for(document, r"(?!)"))
    with pytest.raises(UnsafeOutputError):
        prove_text(draft, plan_for(draft, "方式"), again, lambda each: plan_for(each, r"(?!)"))


def test_a_picture_in_which_the_black_does_not_hold_is_left_out(
    source: bytes, plan: RedactionPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redact.pictures.file.paint_over", lambda picture, boxes: picture)
    data, notes = DocxFormat().write(source, plan)
    assert "picture_dropped" in {note.code for note in notes}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not [n for n in package.namelist() if "media/" in n]


@pytest.mark.usefixtures("no_recogniser")
def test_where_nothing_can_be_recognised_pictures_are_left_out_as_before(source: bytes) -> None:
    document = DocxFormat().read(source)
    assert not pictured(document)
    assert {n.code: n.severity for n in document.notes}["picture_dropped"] is Severity.PERSON


def test_more_pictures_than_can_be_read_in_time_are_left_out(
    source: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MAX_COST", 0)
    document = DocxFormat().read(source)
    assert not pictured(document)
    assert "picture_dropped" in {n.code for n in document.notes}


def test_a_picture_of_one_colour_costs_nothing_and_a_turned_one_asks_a_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(store, "MAX_COST", 0)
    document = docx.Document()
    document.add_picture(as_png(Image.new("RGB", (900, 1200), "red")), width=Cm(3))
    blank = DocxFormat().read(saved(document))
    assert {n.severity for n in blank.notes} == {Severity.INFO}
    turned = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20), "red").save(turned, "JPEG", exif=exif)
    document.add_picture(turned, width=Cm(3))
    notes = {n.code for n in DocxFormat().read(saved(document)).notes}
    assert "picture_doubtful" in notes


def flat(colour: str, width: int = 60) -> io.BytesIO:
    return as_png(Image.new("RGB", (width, 6), colour))


def embedded(document: docx.document.Document, colour: str) -> str:
    """Add a picture too low for writing; returns the id of its relationship."""
    return str(document.part.get_or_add_image(flat(colour))[0])


def media(data: bytes) -> list[tuple[int, int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = sorted(n for n in package.namelist() if "media/" in n)
        return [Image.open(io.BytesIO(package.read(n))).size for n in names]


def untouched(data: bytes) -> bytes:
    return DocxFormat().write(data, plan_for(DocxFormat().read(data), r"(?!)"))[0]


def body_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_an_old_picture_keeps_its_place_and_loses_its_name_and_what_is_cut_away() -> None:
    document = docx.Document()
    relation = embedded(document, "red")
    document.paragraphs or document.add_paragraph()
    run = document.paragraphs[0].add_run()
    run._r.append(
        parse_xml(
            f'<w:pict xmlns:w="{W}" xmlns:v="{V}" xmlns:r="{R}"><v:shape '
            'style="width:60pt;height:6pt"><v:imagedata r:id="'
            f'{relation}" xmlns:o="urn:schemas-microsoft-com:office:office" o:title="张三丰" '
            'cropright="32768f" gain="19661f" blacklevel="22938f"/></v:shape></w:pict>'
        )
    )
    output = untouched(saved(document))
    assert media(output) == [(30, 6)]
    body = body_of(output)
    assert "张三丰" not in body
    assert "crop" not in body
    assert 'gain="19661f"' in body


def test_a_picture_in_the_filling_of_a_shape_and_in_a_header_stays() -> None:
    document = docx.Document()
    relation = embedded(document, "red")
    run = document.add_paragraph().add_run()
    run._r.append(
        parse_xml(
            f'<w:drawing xmlns:w="{W}" xmlns:a="{A}" xmlns:wps="{WPS}" xmlns:r="{R}" '
            'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            '<wp:inline><wp:extent cx="900000" cy="90000"/><wp:docPr id="1" name="x"/><a:graphic>'
            f'<a:graphicData uri="{WPS}"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:prstGeom prst="rect">'
            f'<a:avLst/></a:prstGeom><a:blipFill><a:blip r:embed="{relation}"/><a:stretch>'
            "<a:fillRect/></a:stretch></a:blipFill></wps:spPr><wps:bodyPr/></wps:wsp>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    )
    header = document.sections[0].header.paragraphs[0].add_run()
    header.add_picture(flat("blue", 90), width=Cm(3))
    output = untouched(saved(document))
    assert sorted(media(output)) == [(60, 6), (90, 6)]
    assert "blipFill" in body_of(output)
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert "image" in package.read("word/_rels/header1.xml.rels").decode()


@pytest.mark.parametrize(
    ("effect", "kept"),
    [
        ('<a:lum bright="70000" contrast="-70000"/>', True),
        ('<a:lum contrast="90000"/>', False),
        ('<a:alphaModFix amt="50000"/>', True),
        ('<a:alphaModFix amt="900000"/>', False),
        ("<a:biLevel thresh='50000'/>", False),
    ],
)
def test_effects_that_fade_stay_and_those_that_strengthen_go(effect: str, kept: bool) -> None:
    document = docx.Document()
    inline = document.add_picture(flat("red"), width=Cm(3))
    blip = next(inline._inline.iter(f"{{{A}}}blip"))
    blip.append(parse_xml(effect.replace("/>", f' xmlns:a="{A}"/>')))
    body = body_of(untouched(saved(document)))
    assert (effect.split()[0] in body) is kept


def test_a_picture_that_a_person_names_is_taken_out_and_the_rest_proven() -> None:
    document = docx.Document()
    document.add_paragraph("各户情况见图片1。")
    document.add_picture(flat("red"), width=Cm(3))
    document.add_picture(flat("blue", 90), width=Cm(3))
    draft = saved(document)
    read = DocxFormat().read(draft)
    plan = plan_for(read, "［图片1］")
    output, notes = DocxFormat().write(draft, plan)
    assert media(output) == [(90, 6)]
    codes = {note.code for note in notes}
    assert "picture_taken_out" in codes
    assert "picture_dropped" not in codes  # it was read: a person did not want it
    allowed = allowed_occurrences(redacted_document(read, plan).text, ["［图片1］"])
    assert IndependentVerifier().verify("docx", output, allowed) == ()
    again = DocxFormat().read(output)
    prove_text(read, plan, again, lambda each: plan_for(each, r"(?!)"))


def test_a_picture_used_twice_is_one_file_and_a_hidden_one_none() -> None:
    document = docx.Document()
    picture = flat("red")
    document.add_picture(picture, width=Cm(3))
    document.add_picture(picture, width=Cm(5))
    hidden = document.add_picture(flat("blue", 90), width=Cm(5))
    hidden._inline.docPr.set("hidden", "1")
    output = untouched(saved(document))
    assert media(output) == [(60, 6)]
    assert body_of(output).count("<pic:pic") == 2


def test_a_picture_whose_place_goes_is_no_part_of_the_output() -> None:
    document = docx.Document()
    document.add_picture(flat("red"), width=Cm(3))
    document.add_picture(flat("blue", 90), width=Cm(3))
    paragraph = document.paragraphs[-1]._p
    strange = parse_xml(f'<w:unknown xmlns:w="{W}"/>')
    paragraph.getparent().replace(paragraph, strange)
    strange.append(paragraph)
    output = untouched(saved(document))
    assert media(output) == [(60, 6)]
    assert "［图片2］" not in DocxFormat().read(saved(document)).text


@pytest.mark.parametrize(
    ("gain", "kept"),
    [("19661f", True), ("0.5", True), ("1", True), ("2", False), ("99999f", False)],
)
def test_a_gain_that_fades_an_old_picture_stays_and_one_that_strengthens_it_goes(
    gain: str, kept: bool
) -> None:
    document = docx.Document()
    relation = embedded(document, "red")
    document.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:pict xmlns:w="{W}" xmlns:v="{V}" xmlns:r="{R}"><v:shape style="width:60pt">'
            f'<v:imagedata r:id="{relation}" gain="{gain}" blacklevel="22938f"/></v:shape></w:pict>'
        )
    )
    body = body_of(untouched(saved(document)))
    assert "<v:imagedata" in body
    assert ("gain=" in body, "blacklevel=" in body) == (kept, kept)


def test_a_picture_that_moves_asks_a_person_for_its_other_frames_go() -> None:
    document, moving = docx.Document(), io.BytesIO()
    frames = [Image.new("RGB", (60, 6), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    document.add_picture(moving, width=Cm(3))
    codes = {note.code for note in DocxFormat().read(saved(document)).notes}
    assert {"picture_read", "picture_doubtful"} <= codes


@pytest.mark.parametrize(("opacity", "seen"), [("0", {0, 255}), ("50000", {255})])
def test_a_colour_that_a_file_makes_transparent_is_made_so_in_the_pixels(
    opacity: str, seen: set[int]
) -> None:
    tiny = Image.new("RGB", (4, 4), "black")  # too small to be read
    tiny.paste("white", (0, 0, 2, 4))
    document = docx.Document()
    document.add_picture(as_png(tiny))
    (blip,) = document.element.body.iter(f"{{{A}}}blip")
    blip.append(
        parse_xml(
            f'<a:clrChange xmlns:a="{A}"><a:clrFrom><a:srgbClr val="FFFFFF"/></a:clrFrom>'
            f'<a:clrTo><a:srgbClr val="FFFFFF"><a:alpha val="{opacity}"/></a:srgbClr></a:clrTo>'
            "</a:clrChange>"
        )
    )
    data = redacted_by(DocxFormat(), saved(document))[2]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        name = next(n for n in package.namelist() if "media/" in n)
        made = Image.open(io.BytesIO(package.read(name))).convert("RGBA")
        assert b"clrChange" not in package.read("word/document.xml")
    assert {alpha for *_, alpha in made.getdata()} == seen
