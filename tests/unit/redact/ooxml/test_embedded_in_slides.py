"""Files embedded in slides are read, redacted and proven with them, or only their picture stays."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from redact.ooxml.parts import P, V
from redact.ooxml.pptx import PptxFormat
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import Severity
from review.plan import redacted_document
from tests.fakes import pptx
from tests.fakes.planted import (
    PATTERN,
    Redacted,
    everything_within,
    plan_for,
    planted,
    redacted_by,
    redacted_twin,
)
from tests.fakes.planted_pictures import png

OLE = "http://schemas.openxmlformats.org/presentationml/2006/ole"
PLACES = (
    "slide", "cell", "hidden sheet", "core title", "program", "object name", "file name",
    "alternative text", "binary", "preview", "drawing of the object",
)  # fmt: skip
SHOWN = {"slide", "cell", "hidden sheet", "alternative text"}
OLD = 'spid="_x0000_s1026"'


def value(place: str) -> str:
    return planted(PLACES.index(place))


def book() -> bytes:
    made = openpyxl.Workbook()
    made.properties.title = value("core title")
    made.active["A1"] = value("cell")
    made.create_sheet("隐藏")["C3"] = value("hidden sheet")
    made.worksheets[1].sheet_state = "hidden"
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def shown(relation: str, picture: str = "rIdPreview") -> str:
    """Write an object as PowerPoint does: for old readers, and with a picture for the new."""
    seen = (
        f'<p:pic><p:nvPicPr><p:cNvPr id="7" name="x" descr="{value("alternative text")}"/>'
        f'<p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{picture}"/></p:blipFill>'
        "<p:spPr/></p:pic>"
    )
    opened = (
        f'<p:oleObj {{}} name="{value("object name")}" r:id="{relation}" imgW="5000" imgH="900" '
        f'progId="{value("program")}"><p:embed/>{{}}</p:oleObj>'
    )
    return pptx.frame(
        f'<mc:AlternateContent><mc:Choice xmlns:v="{V}" Requires="v">'
        f"{opened.format(OLD, '')}</mc:Choice>"
        f"<mc:Fallback>{opened.format('', seen)}</mc:Fallback></mc:AlternateContent>",
        OLE,
    )


def source(data: bytes, preview: bytes, relation: str = "package") -> bytes:
    name = value("file name")
    return pptx.package(
        [pptx.slide(pptx.shape(pptx.paragraph(value("slide"))), shown("rIdObject"))],
        {
            f"ppt/embeddings/{name}.xlsx": data,
            f"ppt/media/{name}.png": preview,
            "ppt/drawings/vml1.vml": f"<xml>{value('drawing of the object')}</xml>",
        },
        [
            ("rIdObject", relation, f"../embeddings/{name}.xlsx"),
            ("rIdPreview", "image", f"../media/{name}.png"),
            ("rIdV", "vmlDrawing", "../drawings/vml1.vml"),
        ],
    )


SOURCE = source(book(), png(value("preview")))
BINARY = source(
    b"\xd0\xcf\x11\xe0" + value("binary").encode("utf-16-le"), png(value("preview")), "oleObject"
)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(PptxFormat(), SOURCE)


@pytest.fixture(scope="module")
def redacted_binary() -> Redacted:
    return redacted_by(PptxFormat(), BINARY)


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_found_in_the_draft_and_not_in_the_output(
    place: str, redacted: Redacted, redacted_binary: Redacted
) -> None:
    assert value(place) in everything_within(BINARY if place == "binary" else SOURCE)
    assert value(place) not in everything_within(redacted[2])
    assert value(place) not in everything_within(redacted_binary[2])


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(PptxFormat(), SOURCE) == redacted[2]


def test_what_people_can_see_is_in_the_document(
    redacted: Redacted,
) -> None:
    told = "".join(b.text for b in redacted[0].blocks if b.kind.value != "dropped")
    assert set(re.findall(PATTERN, told)) == {value(place) for place in SHOWN}
    notes = {n.code: n.severity for n in redacted[0].notes}
    assert notes["object_kept"] is Severity.PERSON
    assert not {"object_dropped", "picture_dropped"} & notes.keys()


def test_the_object_opens_and_shows_its_picture_in_the_place_of_the_frame(
    redacted: Redacted,
) -> None:
    output = redacted[2]
    slide = part(output, "ppt/slides/slide1.xml")
    assert re.search(
        r'uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj imgW="5000" '
        r'imgH="900" progId="Excel.Sheet.12" r:id="rIdE1"><p:embed/><p:pic>.*<a:blip '
        r'r:embed="rIdP1"/>.*<a:off x="900000" y="2000000"/>',
        slide,
    )
    relations = part(output, "ppt/slides/_rels/slide1.xml.rels")
    assert 'Target="/ppt/embeddings/object1.xlsx"' in relations
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        cells = openpyxl.load_workbook(io.BytesIO(package.read("ppt/embeddings/object1.xlsx")))
    assert cells.worksheets[0]["A1"].value == "某"


def test_the_output_reads_as_planned_and_the_verifier_looks_into_it(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert PptxFormat().read(output).text.split() == expected.text.split()
    allowed = allowed_occurrences(expected.text, [value(place) for place in PLACES])
    assert IndependentVerifier().verify("pptx", output, allowed) == ()
    untouched, _ = PptxFormat().write(SOURCE, plan_for(document, r"(?!)"))
    assert IndependentVerifier().verify("pptx", untouched, {value("cell"): 0})


def test_of_an_object_that_is_not_understood_its_picture_stays() -> None:
    document = PptxFormat().read(BINARY)
    assert "object_pictured" in {n.code for n in document.notes}
    output, _ = PptxFormat().write(BINARY, plan_for(document, r"(?!)"))
    slide = part(output, "ppt/slides/slide1.xml")
    assert "oleObj" not in slide
    assert "graphicFrame" not in slide
    assert re.search(r'<p:pic>.*r:embed="rIdP1".*<a:off x="900000" y="2000000"/>', slide)


@pytest.mark.parametrize("data", [SOURCE, BINARY])
def test_a_picture_that_a_person_takes_out_leaves_an_empty_frame(data: bytes) -> None:
    output, _ = PptxFormat().write(data, plan_for(PptxFormat().read(data), "［图片1］"))
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert not [name for name in package.namelist() if "media" in name]
    slide = part(output, "ppt/slides/slide1.xml")
    assert "a:blip " not in slide
    assert '<a:prstDash val="dash"/>' in slide
    assert ("oleObj" in slide) == (data is SOURCE)


def test_an_object_without_any_picture_keeps_its_frame_and_says_so() -> None:
    lost = source(book(), b"no picture")
    document = PptxFormat().read(lost)
    assert {"object_kept", "picture_dropped"} <= {n.code for n in document.notes}
    slide = part(PptxFormat().write(lost, plan_for(document, r"(?!)"))[0], "ppt/slides/slide1.xml")
    assert re.search(r"<p:oleObj [^>]*><p:embed/><p:pic>.*val=\"dash\"", slide)


def test_an_object_outside_a_frame_goes() -> None:
    stray = pptx.package([pptx.slide(f'<p:oleObj xmlns:p="{P}" r:id="rIdE1"/>')])
    document = PptxFormat().read(stray)
    slide = part(PptxFormat().write(stray, plan_for(document, r"(?!)"))[0], "ppt/slides/slide1.xml")
    assert "oleObj" not in slide
