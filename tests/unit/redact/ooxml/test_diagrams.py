"""A diagram (SmartArt) stays as the shapes people saw; nothing behind it is left."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from lxml import etree

from redact.ooxml.diagram import DIAGRAM, DRAWN
from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import WP, WPS, XDR, A, P, R, S, W
from redact.ooxml.pptx import PptxFormat
from redact.ooxml.xlsx import XlsxFormat
from redact.package import parse_xml as parse_part
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import Document, Severity
from review.plan import RedactionPlan, redacted_document
from review.ports import Format
from tests.fakes import pptx
from tests.fakes.planted import everything_in, new_value, redacted_by, redacted_twin

VALUES: dict[str, str] = {}


def value(place: str) -> str:
    return VALUES.setdefault(place, new_value(VALUES))


def place(x: int, tag: str = "a:xfrm", turned: str = "") -> str:
    return f'<{tag}{turned}><a:off x="{x}" y="200"/><a:ext cx="1300" cy="700"/></{tag}>'


def shape(text: str, x: int, *, at: int | None = None, names: str = "", more: str = "") -> str:
    """Write a shape of a drawn diagram whose text stands ``at`` a place, else where it does."""
    return (
        f'<dsp:sp modelId="{value("model id")}"><dsp:nvSpPr><dsp:cNvPr id="0" name="" {names}/>'
        f"<dsp:cNvSpPr/></dsp:nvSpPr><dsp:spPr>{place(x)}<a:prstGeom prst='homePlate'><a:avLst/>"
        f"</a:prstGeom>{more}</dsp:spPr><dsp:style><a:lnRef idx='2'><a:schemeClr val='dk1'/>"
        "</a:lnRef><a:fillRef idx='1'><a:schemeClr val='accent1'/></a:fillRef><a:effectRef idx='0'>"
        "<a:schemeClr val='dk1'/></a:effectRef><a:fontRef idx='minor'><a:schemeClr val='lt1'/>"
        "</a:fontRef></dsp:style><dsp:txBody><a:bodyPr anchor='ctr'/><a:lstStyle/><a:p>"
        "<a:pPr algn='ctr'/><a:r><a:rPr lang='zh-CN' sz='1400' b='1'/>"
        f"<a:t>{text}</a:t></a:r></a:p></dsp:txBody>{place(x if at is None else at, 'dsp:txXfrm')}"
        "</dsp:sp>"
    )


FILL = f'<a:blipFill><a:blip r:embed="{value("picture")}"/></a:blipFill>'
SHAPES = (
    shape(value("text"), 0, names=f'descr="{value("alternative text")}"')
    + shape("审核", 1500, at=1600)
    + shape(value("hidden shape"), 3000, names='hidden="1"')
    + shape("公示", 3000, more=FILL)
)
DRAWING = (
    f'<dsp:drawing xmlns:dsp="{DRAWN}" xmlns:a="{A}" xmlns:r="{R}"><dsp:spTree><dsp:nvGrpSpPr>'
    '<dsp:cNvPr id="0" name=""/><dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/>'
    f"{SHAPES}</dsp:spTree></dsp:drawing>"
)
MODEL = (
    f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="{A}"><dgm:ptLst><dgm:pt modelId="1"><dgm:t>'
    f"<a:p><a:r><a:t>{value('model')}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:extLst>"
    f'<a:ext uri="x"><dsp:dataModelExt xmlns:dsp="{DRAWN}" relId="rIdD"/></a:ext></dgm:extLst>'
    "</dgm:dataModel>"
)
RELATIONS = (
    f'<Relationship Id="rIdM" Type="{R}/diagramData" Target="/d/data1.xml"/>'
    '<Relationship Id="rIdD" Type="http://schemas.microsoft.com/office/2007/relationships/'
    'diagramDrawing" Target="/d/drawing1.xml"/>'
)
IDS = f'<dgm:relIds xmlns:dgm="{DIAGRAM}" xmlns:r="{R}" r:dm="rIdM"/>'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def added(data: bytes, related: str, parts: Mapping[str, str]) -> bytes:
    """Add parts to a package, and the relations of the diagram to one of its parts."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
        for name in {*old.namelist(), related} - set(parts):
            text = old.read(name) if name in old.namelist() else b""
            text = text or f'<Relationships xmlns="{_RELS}"></Relationships>'.encode()
            if name == related:
                ending = b"</Relationships>"
                text = text.replace(ending, RELATIONS.encode() + ending)
            new.writestr(name, text)
        for name, markup in parts.items():
            new.writestr(name, markup)
    return output.getvalue()


def docx_source(parts: Mapping[str, str]) -> bytes:
    document, base = docx.Document(), io.BytesIO()
    document.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:drawing xmlns:w="{W}" xmlns:wp="{WP}" xmlns:a="{A}"><wp:inline><wp:extent '
            'cx="4500" cy="1100"/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData '
            f'uri="{DIAGRAM}">{IDS}</a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )
    document.save(base)
    return added(base.getvalue(), "word/_rels/document.xml.rels", parts)


def xlsx_source(parts: Mapping[str, str]) -> bytes:
    base = io.BytesIO()
    openpyxl.Workbook().save(base)
    corner = (
        "<xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0"
        "</xdr:rowOff>"
    )
    sheet = f'<worksheet xmlns="{S}" xmlns:r="{R}"><sheetData/><drawing r:id="rIdX"/></worksheet>'
    own = {
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{_RELS}"><Relationship '
        f'Id="rIdX" Type="{R}/drawing" Target="/xl/drawings/d.xml"/></Relationships>',
        "xl/drawings/d.xml": f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}"><xdr:twoCellAnchor>'
        f"<xdr:from>{corner}</xdr:from><xdr:to>{corner}</xdr:to><xdr:graphicFrame>"
        '<xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="x"/><xdr:cNvGraphicFramePr/>'
        "</xdr:nvGraphicFramePr><xdr:xfrm><a:off x='0' y='0'/><a:ext cx='0' cy='0'/></xdr:xfrm>"
        f'<a:graphic><a:graphicData uri="{DIAGRAM}">{IDS}</a:graphicData></a:graphic>'
        "</xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>",
    }
    return added(base.getvalue(), "xl/drawings/_rels/d.xml.rels", {**own, **parts})


def pptx_source(parts: Mapping[str, str]) -> bytes:
    base = pptx.package([pptx.slide(pptx.frame(IDS, DIAGRAM))])
    return added(base, "ppt/slides/_rels/slide1.xml.rels", parts)


PARTS = {"d/data1.xml": MODEL, "d/drawing1.xml": DRAWING}
KINDS = {
    "docx": (DocxFormat(), docx_source, "word/document.xml"),
    "xlsx": (XlsxFormat(), xlsx_source, "xl/drawings/drawing1.xml"),
    "pptx": (PptxFormat(), pptx_source, "ppt/slides/slide1.xml"),
}
Made = tuple[Format, bytes, Document, RedactionPlan, bytes, etree._Element]


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest) -> Made:
    form, make, part = KINDS[request.param]
    source = make(PARTS)
    document, plan, output = redacted_by(form, source)
    root = parse_part(zipfile.ZipFile(io.BytesIO(output)).read(part))
    return form, source, document, plan, output, root


@pytest.mark.parametrize("where", list(VALUES))
def test_a_value_is_found_in_the_draft_and_not_in_the_output(where: str, made: Made) -> None:
    assert value(where) in everything_in(made[1])
    assert value(where) not in everything_in(made[4])


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    made: Made,
) -> None:
    assert redacted_twin(made[0], made[1]) == made[4]


def test_the_texts_people_see_are_read_and_the_verifier_passes_the_output(made: Made) -> None:
    form, _, document, plan, output, _ = made
    texts = [block.text for block in document.blocks if block.text]
    assert [texts.count(text) for text in (value("text"), "审核", "公示")] == [1, 1, 1]
    expected = redacted_document(document, plan)
    assert form.read(output).text.split() == expected.text.split()
    allowed = allowed_occurrences(expected.text, list(VALUES.values()))
    assert IndependentVerifier().verify(form.name, output, allowed) == ()


def test_people_are_told_to_compare_it(made: Made) -> None:
    told = {note.code: note.severity for note in made[2].notes}
    assert told["diagram_redrawn"] is Severity.PERSON
    assert told["picture_dropped"] is Severity.PERSON
    assert "chart_dropped" not in told


def test_the_shapes_stand_where_they_stood_and_a_text_that_stands_apart_too(made: Made) -> None:
    root = made[5]
    group = next(
        e for e in root.iter("{*}grpSpPr") if e.find(f"{{{A}}}xfrm/{{{A}}}chExt") is not None
    )
    own = group.getparent()
    assert own is not None
    shapes = [e for e in own.iter("{*}spPr") if e.find(f"{{{A}}}xfrm") is not None]
    starts = [int(e.find(f"{{{A}}}xfrm/{{{A}}}off").get("x", "")) for e in shapes]  # type: ignore[union-attr]
    assert starts[-4:] == [0, 1500, 1600, 3000]
    forms = [str(e.find(f"{{{A}}}prstGeom").get("prst")) for e in shapes]  # type: ignore[union-attr]
    assert forms[-4:] == ["homePlate", "homePlate", "rect", "homePlate"]


def test_in_a_text_document_the_text_keeps_size_weight_and_place() -> None:
    form, make, part = KINDS["docx"]
    output = redacted_by(form, make(PARTS))[2]
    root = parse_part(zipfile.ZipFile(io.BytesIO(output)).read(part))
    paragraph = next(root.iter(f"{{{WPS}}}txbx")).find(f"*/{{{W}}}p")
    assert paragraph is not None
    told = [(e.tag.rpartition("}")[2], e.get(f"{{{W}}}val")) for e in paragraph.iter(f"{{{W}}}*")]
    assert told == [
        ("p", None), ("pPr", None), ("jc", "center"), ("r", None), ("rPr", None), ("b", None),
        ("color", "FFFFFF"), ("sz", "28"), ("t", None),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "parts",
    [
        {"d/data1.xml": MODEL},
        {"d/data1.xml": MODEL.replace("rIdD", "rIdOther"), "d/drawing1.xml": DRAWING},
        {"d/data1.xml": MODEL, "d/drawing1.xml": DRAWING.replace(SHAPES, "")},
    ],
    ids=["no drawing", "another relation", "no shapes"],
)
def test_a_diagram_that_does_not_say_how_it_looks_goes_and_people_are_told(
    kind: str, parts: dict[str, str]
) -> None:
    form, make, _ = KINDS[kind]
    notes = {note.code for note in form.read(make(parts)).notes}
    assert "chart_dropped" in notes
    assert "diagram_redrawn" not in notes


def test_a_slide_keeps_it_where_its_frame_stood() -> None:
    form, make, part = KINDS["pptx"]
    output = redacted_by(form, make(PARTS))[2]
    root = parse_part(zipfile.ZipFile(io.BytesIO(output)).read(part))
    frame = etree.fromstring(pptx.slide(pptx.frame(IDS, DIAGRAM)).encode())
    before = next(frame.iter(f"{{{P}}}xfrm"))
    after = root.find(f".//{{{P}}}grpSp/{{{P}}}grpSpPr/{{{A}}}xfrm")
    assert after is not None
    assert [dict(e.items()) for e in after][:2] == [dict(e.items()) for e in before]
