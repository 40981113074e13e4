"""Metafiles in office files (formulas, figures, seals): shown as pixels, read and proven."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import docx
import openpyxl
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from redact.libreoffice import program
from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import PIC, WP, XDR, A, O, R, V, W
from redact.ooxml.pptx import PptxFormat
from redact.ooxml.xlsx import XlsxFormat
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Document, Severity
from review.plan import redacted_document
from review.ports import Format
from tests.fakes import pptx
from tests.fakes.drawings import emf, svg, wmf
from tests.fakes.planted import everything_in, plan_for, planted

needs_libreoffice = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")

NUMBER = "13812345678"
KEPT = "青禾县"
PLACES = (
    "emf comment", "wmf escape", "svg title", "binary object", "program", "file name", "object emf",
)  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def value(place: str) -> str:
    return planted(PLACES.index(place))


DRAWN: Mapping[str, bytes] = {
    "emf": emf(f"{KEPT}{NUMBER}", value("emf comment")),
    "wmf": wmf(value("wmf escape")),
    "svg": svg("", value("svg title"), '<rect x="9" y="9" width="400" height="60"/>'),
}
FORMULA = emf("E=mc²", value("object emf"))
INLINE = (
    f'<w:drawing xmlns:w="{W}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:r="{R}">'
    '<wp:inline><wp:extent cx="2880000" cy="720000"/><wp:docPr id="1" name="x"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{relation}"/></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="2880000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
OBJECT = (
    f'<w:object xmlns:w="{W}" xmlns:v="{V}" xmlns:o="{O}" xmlns:r="{R}" w:dxaOrig="4000" '
    'w:dyaOrig="2000"><v:shape id="_x0000_i9" style="width:200pt;height:50pt" o:ole="">'
    '<v:imagedata r:id="{relation}" o:title=""/></v:shape><o:OLEObject Type="Embed" '
    f'ProgID="{value("program")}" ShapeID="_x0000_i9" DrawAspect="Content" ObjectID="_9" '
    'r:id="{held}"/></w:object>'
)


def text_document() -> bytes:
    document = docx.Document()

    def relate(name: str, data: bytes, kind: str) -> str:
        part = Part(PackURI(f"/word/{name}"), "application/octet-stream", data)
        return document.part.relate_to(part, kind)

    def add(markup: str, **relations: str) -> None:
        for name, relation in relations.items():
            markup = markup.replace(f"{{{name}}}", relation)
        document.add_paragraph().add_run()._r.append(parse_xml(markup))

    for kind, data in DRAWN.items():
        name = f"media/{value('file name')}.{kind}"
        add(INLINE, relation=relate(name, data, RELATIONSHIP_TYPE.IMAGE))
    binary = OLE + value("binary object").encode("utf-16-le")
    add(
        OBJECT,
        relation=relate("media/formula.emf", FORMULA, RELATIONSHIP_TYPE.IMAGE),
        held=relate("embeddings/oleObject1.bin", binary, RELATIONSHIP_TYPE.OLE_OBJECT),
    )
    return saved(document)


def saved(made: docx.document.Document | openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


def slides() -> bytes:
    shown = "".join(
        pptx.picture().replace('"rIdX"', f'"rId{kind}"').replace('cx="300000"', 'cx="3000000"')
        for kind in DRAWN
    )
    return pptx.package(
        [pptx.slide(shown)],
        {f"ppt/media/{value('file name')}.{kind}": data for kind, data in DRAWN.items()},
        [(f"rId{kind}", "image", f"../media/{value('file name')}.{kind}") for kind in DRAWN],
    )


def workbook() -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = "公开"
    shown = "".join(
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}"
        '</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="2880000" cy="720000"/>'
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="x"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{kind}"/></xdr:blipFill><xdr:spPr/></xdr:pic>'
        "<xdr:clientData/></xdr:oneCellAnchor>"
        for row, kind in enumerate(DRAWN, 2)
    )
    drawing = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:r="{R}">{shown}</xdr:wsDr>'
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(made))) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                end = f'<drawing xmlns:r="{R}" r:id="rId1"/></worksheet>'.encode()
                text = text.replace(b"</worksheet>", end)
            new.writestr(name, text)
        new.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            pptx.relations(("rId1", "drawing", "../drawings/drawing1.xml")),
        )
        new.writestr("xl/drawings/drawing1.xml", drawing)
        media = [(f"rId{kind}", "image", f"../media/{value('file name')}.{kind}") for kind in DRAWN]
        new.writestr("xl/drawings/_rels/drawing1.xml.rels", pptx.relations(*media))
        for kind, data in DRAWN.items():
            new.writestr(f"xl/media/{value('file name')}.{kind}", data)
    return output.getvalue()


KINDS: Mapping[str, tuple[Format, Callable[[], bytes], int]] = {
    "docx": (DocxFormat(), text_document, 4),
    "pptx": (PptxFormat(), slides, 3),
    "xlsx": (XlsxFormat(), workbook, 3),
}
IN_ALL = {"emf comment", "wmf escape", "svg title", "file name"}


@pytest.fixture(scope="module", params=KINDS)
def drawn(request: pytest.FixtureRequest) -> tuple[str, bytes, Document, bytes]:
    kind = str(request.param)
    form, make, _ = KINDS[kind]
    source = make()
    document = form.read(source)
    return kind, source, document, form.write(source, plan_for(document, NUMBER))[0]


@needs_libreoffice
@pytest.mark.parametrize("place", PLACES)
def test_a_value_beside_what_is_seen_is_in_the_draft_and_not_in_the_output(
    place: str, drawn: tuple[str, bytes, Document, bytes]
) -> None:
    kind, source, _, output = drawn
    found = everything_in(source) + gb(source)
    assert (value(place) in found) == (kind == "docx" or place in IN_ALL)
    assert value(place) not in everything_in(output) + gb(output)
    names = zipfile.ZipFile(io.BytesIO(output)).namelist()
    assert not [name for name in names if name.endswith((".emf", ".wmf", ".svg", ".bin"))]


def gb(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(n).decode("gb18030", "ignore") for n in archive.namelist())


@needs_libreoffice
def test_drawings_stay_as_pictures_and_what_they_show_is_read_and_blackened(
    drawn: tuple[str, bytes, Document, bytes],
) -> None:
    kind, _, document, output = drawn
    form, _, number = KINDS[kind]
    seen = "".join(b.text for b in document.blocks if b.kind is BlockKind.PICTURE)
    assert NUMBER in seen
    assert KEPT in seen
    pictures = [n for n in zipfile.ZipFile(io.BytesIO(output)).namelist() if n.endswith(".png")]
    assert len(pictures) == number
    again = form.read(output).text
    assert NUMBER[2:9] not in again
    assert KEPT in again
    notes = {note.code: note.severity for note in document.notes}
    assert notes["drawing_pictured"] is Severity.PERSON
    assert "drawing_not_pictured" not in notes
    assert "picture_dropped" not in notes


@needs_libreoffice
def test_the_output_is_proven(drawn: tuple[str, bytes, Document, bytes]) -> None:
    kind, _, document, output = drawn
    plan = plan_for(document, NUMBER)
    allowed = allowed_occurrences(redacted_document(document, plan).text, [NUMBER])
    assert IndependentVerifier().verify(kind, output, allowed) == ()


@needs_libreoffice
def test_a_formula_stays_as_a_picture_in_its_place_and_its_object_goes() -> None:
    source = text_document()
    document = DocxFormat().read(source)
    assert "object_pictured" in {note.code for note in document.notes}
    assert "object_dropped" not in {note.code for note in document.notes}
    output, _ = DocxFormat().write(source, plan_for(document, r"(?!)"))
    body = zipfile.ZipFile(io.BytesIO(output)).read("word/document.xml").decode()
    assert re.search(r'<w:pict[^>]*><v:shape [^>]*style="width:200pt;height:50pt"', body)
    assert re.search(r'<v:imagedata r:id="rIdP\d+"/>', body)
    assert "OLEObject" not in body


@pytest.mark.parametrize("kind", KINDS)
def test_without_libreoffice_drawings_go_and_the_officer_is_told_what_to_do(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    form, make, _ = KINDS[kind]
    source = make()
    document = form.read(source)
    told = {note.code: note.message for note in document.notes}
    assert "安装 LibreOffice" in told["drawing_not_pictured"]
    output, _ = form.write(source, plan_for(document, r"(?!)"))
    names = zipfile.ZipFile(io.BytesIO(output)).namelist()
    assert not [name for name in names if "media" in name]
    assert value("emf comment") not in everything_in(output)
