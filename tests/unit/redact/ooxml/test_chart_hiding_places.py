"""Charts stay charts, what they say is redacted like all text, and nothing stays behind them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import WP, XDR, A, C, R, S, W
from redact.ooxml.pptx import PptxFormat
from redact.ooxml.xlsx import XlsxFormat
from redact.package import parse_xml as parse_part
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Document
from review.plan import RedactionPlan, redacted_document
from review.ports import Format
from tests.fakes import pptx
from tests.fakes.charts import chart, graphic, levels, names, numbers, rich, series
from tests.fakes.planted import everything_in, plan_for, planted, redacted_by, redacted_twin

SEEN = (
    "title", "series name", "category", "point label", "axis title", "axis title from a cell",
)  # fmt: skip
UNSEEN = (
    "formula", "number format of a cell", "number format of an axis", "separator", "trend line",
    "external data", "user shapes", "extension", "alternative", "unknown element", "attribute",
    "loose text", "font", "print settings", "pivot source", "embedded book", "drawing on it",
    "style part", "picture name", "link", "text outside paragraphs",
    "chart by name",
)  # fmt: skip


def value(place: str) -> str:
    return planted((*SEEN, *UNSEEN).index(place))


LABEL = (
    f'<c:dLbls><c:dLbl><c:idx val="0"/>{rich(value("point label"))}</c:dLbl>'
    f"<c:separator>{value('separator')}</c:separator></c:dLbls>"
    f"<c:trendline><c:name>{value('trend line')}</c:name><c:trendlineType "
    'val="linear"/></c:trendline>'
)
AXIS = (
    f"<c:title>{rich(value('axis title'))}<c:layout><a:r><a:t>"
    f"{value('text outside paragraphs')}</a:t></a:r></c:layout></c:title>"
    f'<c:numFmt formatCode="&quot;{value("number format of an axis")}&quot;" sourceLinked="0"/>'
    "<c:txPr><a:bodyPr/><a:p><a:pPr>"
    f'<a:defRPr><a:latin typeface="{value("font")}"/></a:defRPr></a:pPr></a:p></c:txPr>'
)
BEHIND = (
    f'<c:externalData r:id="{value("external data")}"/>'
    f'<c:userShapes r:id="{value("user shapes")}"/>'
    f"<c:printSettings><c:headerFooter><c:oddHeader>{value('print settings')}</c:oddHeader>"
    f"</c:headerFooter></c:printSettings><c:pivotSource><c:name>{value('pivot source')}</c:name>"
    f"</c:pivotSource><c:extLst><c:ext>{value('extension')}</c:ext></c:extLst>"
    f"<mc:AlternateContent><mc:Choice Requires='zz'><c:v>{value('alternative')}</c:v></mc:Choice>"
    f"</mc:AlternateContent><zz:x>{value('unknown element')}</zz:x>"
    f'<c:style val="{value("attribute")}"/>{value("loose text")}'
)
FULL = chart(
    series(
        names([value("series name")], value("formula")),
        names([value("category"), "农业局"]),
        numbers([10, 20.5], f"&quot;{value('number format of a cell')}&quot;"),
        LABEL,
    ),
    title=rich(value("title")),
    axis=AXIS,
    behind=BEHIND,
)
TITLED = chart(
    series(names(["户数"]), numbers([2023, 2024]), numbers([1, 2])),
    title=f"<c:tx>{names([value('axis title from a cell')])}</c:tx>",
)
BESIDE = {
    "embeddings/book.xlsx": "embedded book",
    "drawings/drawing9.xml": "drawing on it",
    "charts/style1.xml": "style part",
}


def relations(*targets: str) -> str:
    return "".join(
        f'<Relationship Id="rIdC{n}" Type="{R}/chart" Target="{target}"/>'
        for n, target in enumerate(targets, 1)
    )


def added(base: bytes, changes: Mapping[str, str], parts: Mapping[str, str]) -> bytes:
    """Write parts into a package and relationships into those it has."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            more = changes.get(name, "").encode()
            new.writestr(name, text.replace(b"</Relationships>", more + b"</Relationships>"))
        for name, markup in parts.items():
            new.writestr(name, markup)
    return output.getvalue()


def parts(folder: str, *charts: str) -> dict[str, str]:
    behind = "".join(
        f'<Relationship Id="rIdB{n}" Type="{R}/package" Target="../{name}"/>'
        for n, name in enumerate(BESIDE)
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        **{f"{folder}/charts/chart{n}.xml": markup for n, markup in enumerate(charts, 1)},
        f"{folder}/charts/_rels/chart1.xml.rels": (
            f'<Relationships xmlns="{rels}">{behind}<Relationship Id="rIdX" Type="{R}/hyperlink" '
            f'TargetMode="External" Target="http://{value("link")}"/></Relationships>'
        ),
        **{f"{folder}/{name}": f"<x>{value(place)}</x>" for name, place in BESIDE.items()},
    }


STRAY = f'<c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="{value("chart by name")}"/>'


def docx_source(*charts: str) -> bytes:
    document = docx.Document()
    document.add_paragraph().add_run()._r.append(parse_xml(STRAY))
    for number in range(1, len(charts) + 1):
        document.add_paragraph().add_run()._r.append(
            parse_xml(
                f'<w:drawing xmlns:w="{W}" xmlns:wp="{WP}"><wp:inline><wp:extent cx="5000000" '
                f'cy="3000000"/><wp:docPr id="{number}" name="{value("picture name")}"/>'
                f"{graphic(f'rIdC{number}')}</wp:inline></w:drawing>"
            )
        )
    base = io.BytesIO()
    document.save(base)
    targets = relations(*(f"charts/chart{n}.xml" for n in range(1, len(charts) + 1)))
    return added(base.getvalue(), {"word/_rels/document.xml.rels": targets}, parts("word", *charts))


def xlsx_source(*charts: str) -> bytes:
    base = io.BytesIO()
    openpyxl.Workbook().save(base)
    anchors = "".join(
        "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1"
        "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col><xdr:colOff>0"
        "</xdr:colOff><xdr:row>20</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame>"
        f'<xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="{value("picture name")}"/>'
        "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x='0' y='0'/>"
        f"<a:ext cx='0' cy='0'/></xdr:xfrm>{graphic(f'rIdC{n}')}</xdr:graphicFrame>"
        "<xdr:clientData/></xdr:twoCellAnchor>"
        for n in range(1, len(charts) + 1)
    )
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    to_drawing = f'<Relationship Id="rIdD" Type="{R}/drawing" Target="/xl/drawings/d.xml"/>'
    targets = relations(*(f"/xl/charts/chart{n}.xml" for n in range(1, len(charts) + 1)))
    sheet = f'<worksheet xmlns="{S}" xmlns:r="{R}"><sheetData/><drawing r:id="rIdD"/></worksheet>'
    with zipfile.ZipFile(base) as old:
        bare = io.BytesIO()
        with zipfile.ZipFile(bare, "w") as new:
            for name in old.namelist():
                new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return added(
        bare.getvalue(),
        {},
        {
            "xl/worksheets/_rels/sheet1.xml.rels": f"{rels}{to_drawing}</Relationships>",
            "xl/drawings/d.xml": (
                f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}">{anchors}{STRAY}</xdr:wsDr>'
            ),
            "xl/drawings/_rels/d.xml.rels": f"{rels}{targets}</Relationships>",
            **parts("xl", *charts),
        },
    )


def pptx_source(*charts: str) -> bytes:
    frames = [
        pptx.frame(f'<c:chart xmlns:c="{C}" r:id="rIdC{n}"/>', C).replace(
            'name="n"', f'name="{value("picture name")}"'
        )
        for n in range(1, len(charts) + 1)
    ]
    base = pptx.package([pptx.slide(*frames, STRAY)])
    targets = relations(*(f"../charts/chart{n}.xml" for n in range(1, len(charts) + 1)))
    return added(base, {"ppt/slides/_rels/slide1.xml.rels": targets}, parts("ppt", *charts))


KINDS = {
    "docx": (DocxFormat(), docx_source),
    "xlsx": (XlsxFormat(), xlsx_source),
    "pptx": (PptxFormat(), pptx_source),
}
Redacted = tuple[Format, bytes, Document, RedactionPlan, bytes]


@pytest.fixture(scope="module", params=KINDS)
def redacted(request: pytest.FixtureRequest) -> Redacted:
    form, make = KINDS[request.param]
    source = make(FULL, TITLED)
    return form, source, *redacted_by(form, source)


@pytest.mark.parametrize("place", [*SEEN, *UNSEEN])
def test_a_value_is_found_in_the_draft_and_not_in_the_output(
    place: str, redacted: Redacted
) -> None:
    _, source, _, _, output = redacted
    assert value(place) in everything_in(source)
    assert value(place) not in everything_in(output)


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    form, source, _, _, output = redacted
    assert redacted_twin(form, source) == output


def test_what_people_can_see_is_in_the_document(redacted: Redacted) -> None:
    texts = [block.text for block in redacted[2].blocks]
    for place in SEEN:
        assert texts.count(value(place)) == 1
    assert "农业局" in texts
    assert {"2023", "2024"} <= set(texts)


def test_the_output_reads_as_planned_and_the_verifier_passes_it(redacted: Redacted) -> None:
    form, source, document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert form.read(output).text.split() == expected.text.split()
    allowed = allowed_occurrences(expected.text, [value(p) for p in (*SEEN, *UNSEEN)])
    assert IndependentVerifier().verify(form.name, output, allowed) == ()
    assert IndependentVerifier().verify(form.name, source, allowed)


def test_charts_keep_their_data_and_their_form_and_refer_to_nothing(redacted: Redacted) -> None:
    with zipfile.ZipFile(io.BytesIO(redacted[4])) as package:
        found = sorted(n for n in package.namelist() if "charts/" in n)
        full = parse_part(package.read(found[0]))
        assert not [n for n in package.namelist() if "embeddings" in n]
    assert [n.rsplit("/", 1)[-1] for n in found] == ["chart1.xml", "chart2.xml"]
    values = [v.text for v in full.iter(f"{{{C}}}v")]
    assert values == ["某", "某", "农业局", "10", "20.5"]
    assert not list(full.iter(f"{{{C}}}f"))
    (place,) = full.iter(f"{{{C}}}x")
    assert place.get("val") == "0.12345679"
    order = [child.tag.rpartition("}")[2] for child in next(full.iter(f"{{{C}}}ser"))]
    assert order == ["idx", "order", "tx", "dLbls", "trendline", "cat", "val"]


NOT_UNDERSTOOD = {
    "levels of categories": chart(series(names(["一"]), levels(["甲"], ["乙"]), numbers([1]))),
    "levels without data": chart(
        series(names(["一"]), "<c:multiLvlStrRef><c:f>A1</c:f></c:multiLvlStrRef>", numbers([1]))
    ),
    "no data of its own": chart(
        series("<c:strRef><c:f>A1</c:f></c:strRef>", names(["一"]), numbers([1]))
    ),
    "a telephone number for a value": chart(
        series(names(["一"]), names(["二"]), numbers([13812345678]))
    ),
    "an identity number along the axis": chart(
        series(names(["一"]), numbers(["110101199003078515"]), numbers([1]))
    ),
    "words for a value": chart(series(names(["一"]), names(["二"]), numbers(["钱多多"]))),
    "labels from cells": chart(
        series(
            names(["一"]),
            names(["二"]),
            numbers([1]),
            '<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:p><a:fld id="{1}" type="CELLRANGE">'
            "<a:t>[CELLRANGE]</a:t></a:fld></a:p></c:rich></c:tx></c:dLbl></c:dLbls>",
        )
    ),
    "another drawing": f'<c:other xmlns:c="{C}"/>',
}


@pytest.mark.parametrize("markup", NOT_UNDERSTOOD.values(), ids=NOT_UNDERSTOOD)
def test_a_chart_that_is_not_understood_is_dropped_and_told(markup: str) -> None:
    source = docx_source(markup)
    document = DocxFormat().read(source)
    assert "chart_dropped" in {note.code for note in document.notes}
    output, _ = DocxFormat().write(source, plan_for(document, r"(?!)"))
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert not [n for n in package.namelist() if "charts/" in n]
    assert not [b for b in document.blocks if b.kind is BlockKind.ATTRIBUTE]


def test_a_chart_whose_place_goes_goes_with_it_and_is_told() -> None:
    plain = chart(series(names(["户数"]), names(["农业局"]), numbers([1])), title=rich("合计"))
    lost = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx_source(plain))) as old, zipfile.ZipFile(lost, "w") as new:
        for name in old.namelist():
            markup = old.read(name).replace(b"<w:drawing", b"<w:unknown><w:drawing")
            new.writestr(name, markup.replace(b"</w:drawing>", b"</w:drawing></w:unknown>"))
    draft = lost.getvalue()
    document = DocxFormat().read(draft)
    assert "chart_dropped" in {note.code for note in document.notes}
    assert "合计" not in document.text
    output, _ = DocxFormat().write(draft, plan_for(document, r"(?!)"))
    with zipfile.ZipFile(io.BytesIO(output)) as package:
        assert not [n for n in package.namelist() if "charts/" in n]


def test_a_chart_that_is_understood_needs_no_note() -> None:
    plain = chart(series(names(["户数"]), names(["农业局"]), numbers([1])), title=rich("合计"))
    assert "chart_dropped" not in {n.code for n in DocxFormat().read(docx_source(plain)).notes}


def test_names_in_a_single_level_are_plain_names() -> None:
    one = chart(series(names(["户数"]), levels(["农业局", "覃雪梅"]), numbers([1, 2])))
    document = DocxFormat().read(docx_source(one))
    assert "chart_dropped" not in {note.code for note in document.notes}
    assert {"农业局", "覃雪梅"} <= {block.text for block in document.blocks}
    output, _ = DocxFormat().write(docx_source(one), plan_for(document, "覃雪梅"))
    assert "农业局" in everything_in(output)
    assert "覃雪梅" not in everything_in(output)
