"""What steers the look of a presentation without telling anything stays as programs wrote it."""

from __future__ import annotations

import io
import zipfile

import pytest

from redact.ooxml.parts import A
from redact.ooxml.pptx import PptxFormat
from redact.package import parse_xml
from review.plan import RedactionPlan
from tests.fakes.pptx import package, paragraph, shape, slide, table

GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"


def written(data: bytes) -> zipfile.ZipFile:
    plan = RedactionPlan(PptxFormat().read(data).digest, "", "general", (), ())
    return zipfile.ZipFile(io.BytesIO(PptxFormat().write(data, plan)[0]))


def notes(data: bytes) -> set[str]:
    return {note.code for note in PptxFormat().read(data).notes}


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("{9DCAF9ED-07DC-4A11-8D7F-57B35C25682E}", "{9DCAF9ED-07DC-4A11-8D7F-57B35C25682E}"),
        ("{5202B0CA-FC54-4496-8BCA-5EF66A818D29}", "{5202B0CA-FC54-4496-8BCA-5EF66A818D29}"),
        ("{13800001-1111-4444-8888-123456789012}", GRID),
    ],
)
def test_a_table_keeps_a_style_that_every_program_knows(style: str, kept: str) -> None:
    data = package([slide(table(["x"], properties=f"<a:tableStyleId>{style}</a:tableStyleId>"))])
    root = parse_xml(written(data).read("ppt/slides/slide1.xml"))
    assert [e.text for e in root.iter(f"{{{A}}}tableStyleId")] == [kept]
    assert ("table_style_replaced" in notes(data)) is (style != kept)


@pytest.mark.parametrize("moving", ["<p:transition><p:fade/></p:transition>", "<p:timing/>"])
def test_people_are_told_that_nothing_moves_any_more(moving: str) -> None:
    assert "animations_dropped" in notes(package([slide(rest=moving)]))
    assert "animations_dropped" not in notes(package([slide()]))


def test_the_parts_that_powerpoint_asks_for_on_opening_are_there() -> None:
    output = written(package([slide(shape(paragraph("甲")))]))
    relations = output.read("ppt/_rels/presentation.xml.rels").decode()
    for kind in ("presProps", "viewProps", "tableStyles"):
        assert parse_xml(output.read(f"ppt/{kind}.xml")) is not None
        assert f'Target="/ppt/{kind}.xml"' in relations
    assert parse_xml(output.read("ppt/theme/theme1.xml")).get("name") == "Office"


@pytest.mark.parametrize(("name", "kept"), [("adj", "adj"), ("张三 的", "gd")])
def test_a_bent_shape_keeps_its_bend(name: str, kept: str) -> None:
    bend = f'<a:prstGeom prst="chevron"><a:avLst><a:gd name="{name}" fmla="val 30000"/></a:avLst>'
    straight = '<a:prstGeom prst="rect"><a:avLst/>'
    data = package([slide(shape(paragraph("甲")).replace(straight, bend))])
    (guide,) = parse_xml(written(data).read("ppt/slides/slide1.xml")).iter(f"{{{A}}}gd")
    assert dict(guide.items()) == {"name": kept, "fmla": "val 30000"}
