"""Files embedded in sheets are read, redacted and proven with them, or only their picture stays."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import openpyxl
import pytest

from redact.ooxml.parts import MC, XDR, R
from redact.ooxml.xlsx import XlsxFormat
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

PLACES = (
    "cell", "paragraph", "author", "program", "alternative text", "file name", "formula",
    "shape", "preview", "binary",
)  # fmt: skip
SHOWN = {"cell", "paragraph"}


def value(place: str) -> str:
    return planted(PLACES.index(place))


def text() -> bytes:
    made = docx.Document()
    made.core_properties.author = value("author")
    made.add_paragraph(value("paragraph"))
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


CORNERS = "".join(
    f"<{corner}><xdr:col>{column}</xdr:col><xdr:colOff>95250</xdr:colOff><xdr:row>{row}</xdr:row>"
    f"<xdr:rowOff>19050</xdr:rowOff></{corner}>"
    for corner, column, row in (("from", 1, 3), ("to", 5, 9))
)


def source(
    data: bytes, kind: str = "package", preview: bytes | None = None, corners: str = CORNERS
) -> bytes:
    """Write an object as Excel does: with its place for new readers, without for the old."""
    made = openpyxl.Workbook()
    made.active["A1"] = value("cell")
    base, output, name = io.BytesIO(), io.BytesIO(), value("file name")
    made.save(base)
    opened = f'<oleObject progId="{value("program")}" shapeId="1025" r:id="rIdObject"'
    markup = (
        f'<legacyDrawing xmlns:r="{R}" r:id="rIdV"/><oleObjects xmlns:r="{R}" xmlns:mc="{MC}" '
        f'xmlns:xdr="{XDR}"><mc:AlternateContent><mc:Choice Requires="x14">{opened}>'
        f'<objectPr defaultSize="0" altText="{value("alternative text")}" '
        f'macro="[0]!{value("formula")}" r:id="rIdPreview"><anchor moveWithCells="1">{corners}'
        f"</anchor></objectPr></oleObject></mc:Choice><mc:Fallback>{opened}/></mc:Fallback>"
        "</mc:AlternateContent></oleObjects></worksheet>"
    )
    relations = pptx.relations(
        ("rIdObject", kind, f"../embeddings/{name}.docx"),
        ("rIdPreview", "image", f"../media/{name}.png"),
        ("rIdV", "vmlDrawing", "../drawings/vml1.vml"),
    )
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(output, "w") as new:
        for part in old.namelist():
            written = old.read(part).decode()
            if part == "xl/worksheets/sheet1.xml":
                written = written.replace("</worksheet>", markup)
            new.writestr(part, written)
        new.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations)
        new.writestr(f"xl/embeddings/{name}.docx", data)
        new.writestr(f"xl/media/{name}.png", png(value("preview")) if preview is None else preview)
        new.writestr("xl/drawings/vml1.vml", f"<xml>{value('shape')}</xml>")
    return output.getvalue()


SOURCE = source(text())
BINARY = source(b"\xd0\xcf\x11\xe0" + value("binary").encode("utf-16-le"), "oleObject")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def written(data: bytes, pattern: str = r"(?!)") -> dict[str, bytes]:
    return parts(XlsxFormat().write(data, plan_for(XlsxFormat().read(data), pattern))[0])


def codes(data: bytes) -> set[str]:
    return {note.code for note in XlsxFormat().read(data).notes}


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(XlsxFormat(), SOURCE)


@pytest.fixture(scope="module")
def redacted_binary() -> Redacted:
    return redacted_by(XlsxFormat(), BINARY)


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
    assert redacted_twin(XlsxFormat(), SOURCE) == redacted[2]


def test_what_people_can_see_is_in_the_document(
    redacted: Redacted,
) -> None:
    assert set(re.findall(PATTERN, redacted[0].text)) == {value(place) for place in SHOWN}
    notes = {n.code: n.severity for n in redacted[0].notes}
    assert notes["object_kept"] is Severity.PERSON
    assert not {"object_dropped", "picture_dropped"} & notes.keys()


def test_the_object_opens_and_its_shape_stands_where_it_stood(
    redacted: Redacted,
) -> None:
    found = parts(redacted[2])
    sheet = found["xl/worksheets/sheet1.xml"].decode()
    assert sheet.endswith(
        '<legacyDrawing r:id="rId2"/><oleObjects><oleObject progId="Word.Document.12" '
        'shapeId="1025" r:id="rIdE1"/></oleObjects></worksheet>'
    )
    shapes = found["xl/drawings/vmlDrawing1.vml"].decode()
    assert 'id="_x0000_s1025"' in shapes
    assert 'o:relid="rIdP1"' in shapes
    assert "<x:Anchor>1, 10, 3, 2, 5, 10, 9, 2</x:Anchor>" in shapes
    relations = found["xl/drawings/_rels/vmlDrawing1.vml.rels"].decode()
    assert 'Id="rIdP1"' in relations
    assert 'Target="/xl/media/image1.png"' in relations
    inner = docx.Document(io.BytesIO(found["xl/embeddings/object1.docx"]))
    assert [p.text for p in inner.paragraphs] == ["某"]
    openpyxl.load_workbook(io.BytesIO(redacted[2]))


def test_the_output_reads_as_planned_and_the_verifier_looks_into_it(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert XlsxFormat().read(output).text.split() == expected.text.split()
    allowed = allowed_occurrences(expected.text, [value(place) for place in PLACES])
    assert IndependentVerifier().verify("xlsx", output, allowed) == ()
    untouched, _ = XlsxFormat().write(SOURCE, plan_for(document, r"(?!)"))
    assert IndependentVerifier().verify("xlsx", untouched, {value("paragraph"): 0})


def test_of_an_object_that_is_not_understood_its_picture_stays_in_its_place() -> None:
    assert {"object_pictured"} == codes(BINARY) & {"object_pictured", "object_dropped"}
    found = written(BINARY)
    drawing = found["xl/drawings/drawing1.xml"].decode()
    assert re.search(r"<xdr:pic>.*r:embed=\"rIdP1\"", drawing)
    assert "<xdr:col>1</xdr:col><xdr:colOff>95250</xdr:colOff><xdr:row>3</xdr:row>" in drawing
    assert b"oleObject" not in found["xl/worksheets/sheet1.xml"]
    assert not [name for name in found if "embeddings" in name or name.endswith(".vml")]


@pytest.mark.parametrize("data", [SOURCE, BINARY])
def test_a_picture_that_a_person_takes_out_leaves_an_empty_frame(data: bytes) -> None:
    found = written(data, "［图片1］")
    assert not [name for name in found if "media" in name]
    if data is SOURCE:
        shapes = found["xl/drawings/vmlDrawing1.vml"]
        assert b"imagedata" not in shapes
        assert b'stroked="t"' in shapes
    else:
        assert b'prstDash val="dash"' in found["xl/drawings/drawing1.xml"]


@pytest.mark.parametrize("kind", ["package", "oleObject"])
def test_without_a_picture_a_frame_marks_the_place(kind: str) -> None:
    lost = source(text() if kind == "package" else b"\xd0\xcf\x11\xe0", kind, b"no picture")
    found = written(lost)
    assert "picture_dropped" in codes(lost)
    if kind == "package":
        assert "object_kept" in codes(lost)
        assert b'stroked="t"' in found["xl/drawings/vmlDrawing1.vml"]
    else:
        assert "object_dropped" in codes(lost)
        assert b'prstDash val="dash"' in found["xl/drawings/drawing1.xml"]


def test_an_object_of_an_old_program_stands_where_its_shape_stands() -> None:
    again = written(XlsxFormat().write(SOURCE, plan_for(XlsxFormat().read(SOURCE), r"(?!)"))[0])
    assert b"<x:Anchor>1, 10, 3, 2, 5, 10, 9, 2</x:Anchor>" in again["xl/drawings/vmlDrawing1.vml"]
    assert "xl/media/image1.png" in again


@pytest.mark.parametrize("corners", ["", CORNERS.replace("95250", value("shape"))])
def test_an_object_without_a_place_goes_and_is_told(corners: str) -> None:
    odd = source(text(), corners=corners)
    assert "object_dropped" in codes(odd)
    assert value("paragraph") not in XlsxFormat().read(odd).text
    assert b"oleObject" not in written(odd)["xl/worksheets/sheet1.xml"]
