"""Files embedded in a text document are read, redacted and proven with it, or dropped and told."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from redact.ooxml import embedded
from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import O, R, V, W
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

PLACES = (
    "paragraph outside", "cell", "core title of the book", "hidden sheet", "formula", "paragraph",
    "comment author", "slide", "speaker notes", "innermost", "too deep", "preview", "program",
    "file name", "object in a book",
)  # fmt: skip
SHOWN = {"paragraph outside", "cell", "hidden sheet", "paragraph", "slide", "innermost"}


def value(place: str) -> str:
    return planted(PLACES.index(place))


def saved(made: docx.document.Document | openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def embed(document: docx.document.Document, data: bytes, suffix: str, number: int = 1) -> None:
    """Embed a file as Word does: a shape with a preview, and the object behind it."""
    package = document.part.package
    part = Part(
        PackURI(f"/word/embeddings/{value('file name')}{number}.{suffix}"),
        "application/octet-stream",
        data,
        package,
    )
    preview = Part(
        PackURI(f"/word/media/preview{number}.emf"),
        "image/x-emf",
        b"\1\0\0\0" + value("preview").encode("utf-16-le"),
        package,
    )
    held = document.part.relate_to(part, RELATIONSHIP_TYPE.PACKAGE)
    seen = document.part.relate_to(preview, RELATIONSHIP_TYPE.IMAGE)
    document.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:object xmlns:w="{W}" xmlns:v="{V}" xmlns:o="{O}" xmlns:r="{R}" w:dxaOrig="4000" '
            f'w:dyaOrig="2000"><v:shape id="_x0000_i9" style="width:200pt;height:100pt" o:ole="">'
            f'<v:imagedata r:id="{seen}" o:title=""/></v:shape><o:OLEObject Type="Embed" '
            f'ProgID="{value("program")}" ShapeID="_x0000_i9" DrawAspect="Content" ObjectID="_9" '
            f'r:id="{held}"/></w:object>'
        )
    )


def book() -> bytes:
    made = openpyxl.Workbook()
    made.properties.title = value("core title of the book")
    made.active["A1"] = "户主"
    made.active["A2"] = value("cell")
    made.active["B2"] = f'="{value("formula")}"'
    made.create_sheet("隐藏")["C3"] = value("hidden sheet")
    made.worksheets[1].sheet_state = "hidden"
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(made))) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/embeddings/d.docx", value("object in a book"))
    return output.getvalue()


def slides() -> bytes:
    notes = f"<p:notes {pptx.NS}>{pptx.shape(pptx.paragraph(value('speaker notes')))}</p:notes>"
    return pptx.package(
        [pptx.slide(pptx.shape(pptx.paragraph(value("slide"))))],
        {"ppt/notes1.xml": notes},
        [("rIdN", "notesSlide", "/ppt/notes1.xml")],
    )


def nested(*places: str) -> bytes:
    """Put one document into another, the first outermost."""
    document = docx.Document()
    document.core_properties.author = value("comment author")
    document.add_paragraph(value(places[0]))
    if len(places) > 1:
        embed(document, nested(*places[1:]), "docx")
    return saved(document)


def source() -> bytes:
    document = docx.Document()
    document.add_paragraph(value("paragraph outside"))
    document.add_table(1, 1).cell(0, 0).text = "表内"
    embed(document, book(), "xlsx", 1)
    embed(document, nested("paragraph", "innermost", "too deep"), "docx", 2)
    embed(document, slides(), "pptx", 3)
    return saved(document)


SOURCE = source()


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(DocxFormat(), SOURCE)


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_found_in_the_draft_and_not_in_the_output(
    place: str, redacted: Redacted
) -> None:
    assert value(place) in everything_within(SOURCE)
    assert value(place) not in everything_within(redacted[2])


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(DocxFormat(), SOURCE) == redacted[2]


def test_what_people_can_see_is_in_the_document(
    redacted: Redacted,
) -> None:
    told = {b.text for b in redacted[0].blocks if b.kind.value != "dropped"}
    found = set(re.findall(PATTERN, "".join(told)))
    assert found == {value(place) for place in SHOWN}


def test_blocks_tell_in_which_file_they_stand_and_tables_are_not_mixed_up(
    redacted: Redacted,
) -> None:
    places = {b.text: (b.location.part, b.cell) for b in redacted[0].blocks if b.text}
    assert places["表内"][1] is not None
    assert places["表内"][1].table == 0
    part, cell = places[value("cell")]
    assert part == "word/embeddings/object1.xlsx/xl/worksheets/sheet1.xml"
    assert cell is not None
    assert cell.table == 1_000


def test_the_output_reads_as_planned_and_the_verifier_looks_into_it(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert DocxFormat().read(output).text.split() == expected.text.split()
    removed = [value(place) for place in PLACES]
    allowed = allowed_occurrences(expected.text, removed)
    assert IndependentVerifier().verify("docx", output, allowed) == ()
    kept = allowed_occurrences(expected.text, ["户主", "表内"])
    assert IndependentVerifier().verify("docx", output, dict.fromkeys(kept, 0))


def test_the_objects_open_and_are_tied_to_their_shapes(
    redacted: Redacted,
) -> None:
    with zipfile.ZipFile(io.BytesIO(redacted[2])) as package:
        names = [n for n in package.namelist() if "embeddings" in n]
        assert names == [f"word/embeddings/object{n}" for n in ("1.xlsx", "2.docx", "3.pptx")]
        cells = openpyxl.load_workbook(io.BytesIO(package.read(names[0]))).worksheets[0]
        assert [cells["A1"].value, cells["A2"].value] == ["户主", "某"]
        body = package.read("word/document.xml").decode()
        assert not [n for n in package.namelist() if n.endswith(".emf")]
    shapes = re.findall(r'<v:shape [^>]*id="([^"]*)"', body)
    assert re.findall(r'ShapeID="([^"]*)"', body) == shapes
    assert re.findall(r'ProgID="([^"]*)"', body) == [
        "Excel.Sheet.12",
        "Word.Document.12",
        "PowerPoint.Show.12",
    ]


def test_what_is_kept_and_what_is_not_is_told_for_a_person() -> None:
    notes = {n.code: n.severity for n in DocxFormat().read(SOURCE).notes}
    assert notes["object_kept"] is Severity.PERSON
    assert notes["object_dropped"] is Severity.PERSON  # what lay too deep


@pytest.mark.parametrize("data", [b"", b"PK\3\4 broken", b"\xd0\xcf\x11\xe0 a binary object"])
def test_an_object_that_is_not_understood_is_dropped_and_told(data: bytes) -> None:
    document = docx.Document()
    embed(document, data, "bin")
    draft = saved(document)
    codes = {n.code for n in DocxFormat().read(draft).notes}
    assert "object_dropped" in codes
    assert "object_kept" not in codes
    output, _ = DocxFormat().write(draft, plan_for(DocxFormat().read(draft), r"(?!)"))
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert "OLEObject" not in package.read("word/document.xml").decode()


def test_an_object_whose_place_goes_goes_with_it_and_is_told() -> None:
    document = docx.Document()
    embed(document, nested("paragraph"), "docx")
    run = document.paragraphs[-1]._p
    run.getparent().replace(run, parse_xml(f'<w:unknown xmlns:w="{W}"/>'))
    document.element.body[0].append(run)
    draft = saved(document)
    read = DocxFormat().read(draft)
    assert "object_dropped" in {n.code for n in read.notes}
    assert value("paragraph") not in read.text
    output, _ = DocxFormat().write(draft, plan_for(read, r"(?!)"))
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert not [name for name in package.namelist() if "embeddings" in name]


def test_a_file_that_nothing_shows_is_not_carried_over_and_is_told() -> None:
    document = docx.Document()
    embed(document, nested("paragraph"), "docx")
    document.element.body.remove(document.paragraphs[-1]._p)
    draft = saved(document)
    read = DocxFormat().read(draft)
    assert {n.code for n in read.notes} >= {"object_dropped"}
    assert value("paragraph") not in everything_within(
        DocxFormat().write(draft, plan_for(read, r"(?!)"))[0]
    )


def test_more_or_larger_objects_than_allowed_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "MAX_OBJECTS", 1)
    document = DocxFormat().read(SOURCE)
    assert value("cell") in document.text
    assert value("slide") not in document.text
    monkeypatch.setattr(embedded, "MAX_BYTES", 10)
    assert value("cell") not in DocxFormat().read(SOURCE).text
