"""No place of an xlsx keeps a value: every hiding place planted, redacted by plan and searched."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from redact.ooxml.parts import XDR, A, R, S
from redact.ooxml.xlsx import XlsxFormat
from review.plan import redacted_document
from tests.fakes.planted import (
    Redacted,
    everything_in,
    fill,
    insert,
    new_value,
    plan_for,
    redacted_by,
    redacted_twin,
)

CT = "application/vnd.openxmlformats-officedocument.spreadsheetml."

# Cells of the first sheet, one a row: {v} is the value, {a} and {b} its halves.
CELLS = {
    "shared string": '<c r="A{n}" t="s"><v>0</v></c>',
    "rich shared string": '<c r="A{n}" t="s"><v>1</v></c>',
    "inline string": '<c r="A{n}" t="inlineStr"><is><t>{v}</t></is></c>',
    "rich inline string": '<c r="A{n}" t="inlineStr"><is><r><t>{a}</t></r><r><rPr><b/></rPr>'
    "<t>{b}</t></r></is></c>",
    "formula string": '<c r="A{n}" t="str"><f>B1</f><v>{v}</v></c>',
    "string without type": '<c r="A{n}"><v>{v}</v></c>',
    "date string": '<c r="A{n}" t="d"><v>{v}</v></c>',
    "unknown error": '<c r="A{n}" t="e"><v>{v}</v></c>',
    "formula": '<c r="A{n}"><f>"{v}"</f><v>1</v></c>',
    "style number": '<c r="A{n}" s="{v}"><v>1</v></c>',
    "unknown attribute": '<c r="A{n}" zz="{v}"><v>1</v></c>',
    "cell extension": '<c r="A{n}"><v>1</v><extLst><ext>{v}</ext></extLst></c>',
    "phonetic": '<c r="A{n}" t="inlineStr"><is><t>x</t><rPh sb="0" eb="1"><t>{v}</t></rPh></is></c>',  # noqa: E501
    "escaped": '<c r="A{n}" t="inlineStr"><is><t>{x}</t></is></c>',
    "run font": '<c r="A{n}" t="inlineStr"><is><r><rPr><rFont val="{v}"/></rPr><t>x</t></r></is></c>',  # noqa: E501
    "xml comment": "<!-- {v} -->",
    "shared formula": '<c r="A{n}"><f t="shared" ref="A1:A2" si="0">"{v}"&amp;B1</f><v>1</v></c>',
    "array formula": '<c r="A{n}"><f t="array" ref="{v}">"{v}"</f><v>1</v></c>',
    "what-if table": '<c r="A{n}"><f t="dataTable" r1="{v}" r2="{v}"/><v>1</v></c>',
    "cell metadata": '<c r="A{n}" cm="{v}" vm="{v}" ph="{v}"><v>1</v></c>',
    "rich value": '<c r="A{n}" t="e" vm="1"><v>#VALUE!</v></c><c r="B{n}" t="str"><v>{v}</v></c>',
    "result of a formula that is text": '<c r="A{n}" t="str"><f>LAMBDA(_xlpm.x,"{v}")(1)</f><v>{v}</v></c>',  # noqa: E501
    "second value": '<c r="A{n}"><v>1</v><v>{v}</v></c>',
    "string beside a value": '<c r="A{n}"><is><t>{v}</t></is><v>1</v></c>',
    "pieces of one number": '<c r="A{n}" t="inlineStr"><is><r><t>{a}</t></r><r><t>{b}</t></r></is></c>',  # noqa: E501
    "text of two pieces": '<c r="A{n}" t="inlineStr"><is><t>{a}</t><t>{b}</t></is></c>',
    "run language": '<c r="A{n}" t="inlineStr"><is><r><rPr><charset val="{v}"/><scheme val="{v}"/></rPr><t>x</t></r></is></c>',  # noqa: E501
    "phonetic settings": '<c r="A{n}" t="inlineStr"><is><t>x</t><phoneticPr fontId="{v}"/></is></c>',  # noqa: E501
}
SHEET = {
    "header": "<headerFooter><oddHeader>&amp;C&amp;12{v}&amp;R&amp;P</oddHeader></headerFooter>",
    "validation": '<dataValidations><dataValidation sqref="A1"><formula1>"{v}"</formula1>'
    "</dataValidation></dataValidations>",
    "conditional format": '<conditionalFormatting sqref="A1"><cfRule><formula>"{v}"</formula>'
    "</cfRule></conditionalFormatting>",
    "filter": '<autoFilter ref="A1:B2"><filterColumn><filters><filter val="{v}"/></filters>'
    "</filterColumn></autoFilter>",
    "hyperlink": '<hyperlinks><hyperlink ref="A1" tooltip="{v}" display="{v}"/></hyperlinks>',
    "scenario": '<scenarios><scenario name="{v}"/></scenarios>',
    "protection": '<protectedRanges><protectedRange name="{v}"/></protectedRanges>',
    "sheet code name": '<sheetPr codeName="{v}"/>',
    "column": '<cols><col min="1" max="1" width="{v}"/></cols>',
    "merge": '<mergeCells><mergeCell ref="{v}"/></mergeCells>',
    "sheet extension": "<extLst><ext>{v}</ext></extLst>",
    "sheet loose text": "{v}",
    "custom view": '<customSheetViews><customSheetView guid="{v}"><autoFilter ref="A1">'
    '<filterColumn><customFilters><customFilter val="{v}"/></customFilters></filterColumn>'
    "</autoFilter><headerFooter><oddHeader>{v}</oddHeader></headerFooter></customSheetView>"
    "</customSheetViews>",
    "sorting": '<sortState ref="A1:A2"><sortCondition ref="A1" customList="{v}"/></sortState>',
    "consolidation": '<dataConsolidate><dataRefs><dataRef name="{v}" sheet="{v}"/></dataRefs>'
    "</dataConsolidate>",
    "watch": '<cellWatches><cellWatch r="{v}"/></cellWatches>',
    "property of the sheet": '<customProperties><customPr name="{v}"/></customProperties>',
    "smart tag": '<smartTags><cellSmartTags r="A1"><cellSmartTag><cellSmartTagPr key="{v}"/>'
    "</cellSmartTag></cellSmartTags></smartTags>",
    "control of the sheet": '<controls><control shapeId="1" name="{v}"><controlPr linkedCell="{v}" '
    'listFillRange="{v}" altText="{v}" macro="{v}"/></control></controls>',
    "published item": '<webPublishItems><webPublishItem title="{v}" destinationFile="{v}"/>'
    "</webPublishItems>",
    "scenario comment": '<scenarios><scenario comment="{v}" user="{v}"><inputCells r="A1" val="{v}"/>'  # noqa: E501
    "</scenario></scenarios>",
    "help of a validation": '<dataValidations><dataValidation sqref="A1" error="{v}" prompt="{v}" '
    'promptTitle="{v}" errorTitle="{v}"/></dataValidations>',
    "text of a condition": '<conditionalFormatting sqref="A1"><cfRule text="{v}"/>'
    "</conditionalFormatting>",
    "password of the sheet": '<sheetProtection password="{v}" hashValue="{v}"/>',
    "place in view": '<sheetViews><sheetView workbookViewId="0"><pane topLeftCell="{v}"/>'
    '<selection activeCell="{v}" sqref="{v}"/></sheetView></sheetViews>',
    "sparkline": '<extLst><ext uri="x"><sparklineGroups><f xmlns="urn:m">{v}</f></sparklineGroups>'
    "</ext></extLst>",
    "object of the sheet": '<oleObjects><oleObject progId="{v}" shapeId="1" link="{v}"/></oleObjects>',  # noqa: E501
    "paper": '<pageSetup paperSize="{v}" orientation="{v}"/>',
}
PARTS = {
    "comments": "xl/comments1.xml",
    "threadedComment": "xl/threadedComments/t1.xml",
    "vmlDrawing": "xl/drawings/vml1.vml",
    "table": "xl/tables/table1.xml",
    "pivotTable": "xl/pivotTables/p1.xml",
    "image": "xl/media/i.png",
    "oleObject": "xl/embeddings/o.bin",
    "printerSettings": "xl/printerSettings/p.bin",
    "ctrlProp": "xl/ctrlProps/c.xml",
    "slicer": "xl/slicers/s.xml",
    "timeline": "xl/timelines/t.xml",
    "queryTable": "xl/queryTables/q.xml",
    "customProperty": "xl/customProperty1.bin",
    "tableSingleCells": "xl/tables/cells1.xml",
    "namedSheetViews": "xl/namedSheetViews/n.xml",
    "control": "xl/activeX/a.xml",
    "activeXControlBinary": "xl/activeX/a.bin",
    "package": "xl/embeddings/p.xlsx",
    "documenttask": "xl/documenttasks/t.xml",
    "legacyDrawingHF": "xl/drawings/hf.vml",
    "diagramData": "xl/diagrams/data1.xml",
}
BOOK_PARTS = {
    "externalLink": "xl/externalLinks/e.xml",
    "pivotCacheDefinition": "xl/pivotCache/d.xml",
    "connections": "xl/connections.xml",
    "calcChain": "xl/calcChain.xml",
    "person": "xl/persons/person.xml",
    "vbaProject": "xl/vbaProject.bin",
    "customXml": "customXml/item1.xml",
    "metadata": "xl/metadata.xml",
    "pivotCacheRecords": "xl/pivotCache/r.xml",
    "slicerCache": "xl/slicerCaches/c.xml",
    "timelineCache": "xl/timelineCaches/c.xml",
    "sheetMetadata": "xl/metadata2.xml",
    "rdRichValue": "xl/richData/rdrichvalue.xml",
    "rdRichValueStructure": "xl/richData/rdrichvaluestructure.xml",
    "rdArray": "xl/richData/rdarray.xml",
    "rdSupportingPropertyBag": "xl/richData/rdsupportingpropertybag.xml",
    "richValueRel": "xl/richData/richValueRel.xml",
    "xmlMaps": "xl/xmlMaps.xml",
    "volatileDependencies": "xl/volatileDependencies.xml",
    "revisionHeaders": "xl/revisions/revisionHeaders.xml",
    "revisionLog": "xl/revisions/revisionLog1.xml",
    "usernames": "xl/revisions/userNames.xml",
    "attachedToolbars": "xl/attachedToolbars.bin",
    "powerPivotData": "xl/model/item.data",
    "customData": "xl/customData/item1.data",
    "webextensiontaskpanes": "xl/webextensions/taskpanes.xml",
    "FeaturePropertyBag": "xl/featurePropertyBag/featurePropertyBag.xml",
    "xlIntlMacrosheet": "xl/macrosheets/intlsheet1.xml",
    "dialogsheet": "xl/dialogsheets/sheet1.xml",
    "chartsheet": "xl/chartsheets/sheet1.xml",
}
BOOK = {
    "sharing": '<fileSharing userName="{v}" reservationPassword="{v}"/>',
    "view of the book": '<customWorkbookViews><customWorkbookView name="{v}"/></customWorkbookViews>',  # noqa: E501
    "path of the file": '<absPath xmlns="urn:x15ac" url="C:\\{v}\\"/>',
    "version": '<fileVersion appName="{v}" codeName="{v}"/>',
    "book's code name": '<workbookPr codeName="{v}"/>',
    "publishing": '<webPublishing characterSet="{v}"/>',
    "function group": '<functionGroups><functionGroup name="{v}"/></functionGroups>',
    "smart tag type": '<smartTagTypes><smartTagType name="{v}"/></smartTagTypes>',
    "password of the book": '<workbookProtection workbookPassword="{v}"/>',
    "size of the object": '<oleSize ref="{v}"/>',
    "book extension": "<extLst><ext uri='x'>{v}</ext></extLst>",
}
STYLES = {
    "number format": ("numFmts", '<numFmts><numFmt numFmtId="200" formatCode="&quot;{v}&quot;"/></numFmts>'),  # noqa: E501
    "cell style name": ("cellStyles", '<cellStyles><cellStyle name="{v}" xfId="0"/></cellStyles>'),
    "font of a style": ("fonts", '<fonts><font><name val="{v}"/></font></fonts>'),
    "conditional style": ("dxfs", '<dxfs><dxf><numFmt numFmtId="1" formatCode="{v}"/></dxf></dxfs>'),  # noqa: E501
    "fill of a style": ("fills", '<fills><fill><patternFill patternType="{v}"><fgColor rgb="{v}"/></patternFill></fill></fills>'),  # noqa: E501
    "colours": ("colors", '<colors><mruColors><color rgb="{v}"/></mruColors></colors>'),
    "style extension": ("extLst", '<extLst><ext uri="{v}"><x defaultSlicerStyle="{v}"/></ext></extLst>'),  # noqa: E501
    "table style": ("tableStyles", '<tableStyles><tableStyle name="{v}"/></tableStyles>'),
}  # fmt: skip
DRAWING = {
    "drawing text": "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='2' name='n'/></xdr:nvSpPr><xdr:spPr/><xdr:txBody>"  # noqa: E501
    "<a:bodyPr/><a:p><a:r><a:t>{a}</a:t></a:r><a:r><a:t>{b}</a:t></a:r></a:p></xdr:txBody></xdr:sp>",
    "drawing alt text": "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='3' name='n' descr='{v}'/></xdr:nvSpPr></xdr:sp>",  # noqa: E501
    "drawing name": "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='4' name='{v}'/></xdr:nvSpPr></xdr:sp>",
    "drawing macro": "<xdr:sp macro='{v}' textlink='{v}'><xdr:nvSpPr/></xdr:sp>",
    "hidden drawing": "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='5' name='n' hidden='1'/></xdr:nvSpPr>"
    "<xdr:txBody><a:p><a:r><a:t>{v}</a:t></a:r></a:p></xdr:txBody></xdr:sp>",
    "drawing picture": "<xdr:pic><xdr:nvPicPr><xdr:cNvPr id='6' name='{v}'/></xdr:nvPicPr></xdr:pic>",  # noqa: E501
    "drawing link": "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='7' name='n'><a:hlinkClick tooltip='{v}'/></xdr:cNvPr></xdr:nvSpPr></xdr:sp>",  # noqa: E501
    "drawing of a cell": "<xdr:sp textlink='$A$1'><xdr:nvSpPr><xdr:cNvPr id='8' name='n'/></xdr:nvSpPr><xdr:txBody>"  # noqa: E501
    "<a:bodyPr/><a:p><a:fld id='{v}' type='TxLink'><a:t>{v}</a:t></a:fld></a:p></xdr:txBody></xdr:sp>",  # noqa: E501
    "drawing extension": "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='9' name='n'><a:extLst><a:ext uri='{v}'>{v}</a:ext></a:extLst></xdr:cNvPr></xdr:nvSpPr></xdr:sp>",  # noqa: E501
    "drawing chart": "<xdr:graphicFrame><x>{v}</x></xdr:graphicFrame>",
}


def make(values: dict[str, str]) -> bytes:
    """Build an xlsx with one value in each place; ``values`` gets filled with place → value."""
    base = io.BytesIO()
    book = openpyxl.Workbook()
    for place in (
        "core title",
        "defined name",
        "hidden sheet name",
        "hidden sheet cell",
        "sheet name",
    ):
        values[place] = new_value(values)
    book.properties.title = values["core title"]
    book.active.title = values["sheet name"]
    book.active["A1"] = "x"
    hidden = book.create_sheet(values["hidden sheet name"])
    hidden.sheet_state = "veryHidden"
    hidden["B3"] = values["hidden sheet cell"]
    book.save(base)
    with zipfile.ZipFile(base) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet(values)
    strings = "".join(
        fill(f"<si>{inner}</si>", place, values)
        for place, inner in (
            ("used string", "<t>{v}</t>"),
            ("used rich string", "<r><t>{a}</t></r><r><t>{b}</t></r>"),
            ("unused string", "<t>{v}</t>"),
        )
    )
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{S}">{strings}</sst>'.encode()
    relations = relate(parts, PARTS, values)
    drawing = "".join(fill(m, place, values) for place, m in DRAWING.items())
    parts["xl/drawings/drawing1.xml"] = (
        f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}">'
        + re.sub(r"(<xdr:(sp|pic|graphicFrame)\b.*?</xdr:\2>)",
                 r"<xdr:twoCellAnchor>\1<xdr:clientData/></xdr:twoCellAnchor>", drawing)
        + "</xdr:wsDr>"
    ).encode()  # fmt: skip
    relations += f'<Relationship Id="rIdD" Type="{R}/drawing" Target="/xl/drawings/drawing1.xml"/>'
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>"
    ).encode()
    inner = relate(parts, BOOK_PARTS, values)
    target = "/xl/sharedStrings.xml"
    if target.encode() not in parts["xl/_rels/workbook.xml.rels"]:
        inner += f'<Relationship Id="rIdS" Type="{R}/sharedStrings" Target="{target}"/>'
    insert(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", inner)
    more = "".join(fill(markup, place, values) for place, markup in BOOK.items())
    names = f'<definedName name="{values["defined name"]}">1</definedName>'
    names = f"{more}<definedNames>{names}</definedNames>"
    text = parts["xl/workbook.xml"].decode()
    parts["xl/workbook.xml"] = re.sub(
        r"<definedNames ?/>|(?=<calcPr)", lambda _: names, text, count=1
    ).encode()
    style = parts["xl/styles.xml"].decode()
    for place, (section, markup) in STYLES.items():
        style = re.sub(rf"<{section}\b[^>]*(/>|>.*?</{section}>)", "", style)
        style = style.replace("</styleSheet>", fill(markup, place, values) + "</styleSheet>")
    parts["xl/styles.xml"] = style.encode()
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        values["part outside the graph"] = new_value(values)
        archive.writestr("xl/left-over.xml", f"<x>{values['part outside the graph']}</x>")
    return output.getvalue()


def sheet(values: dict[str, str]) -> bytes:
    rows = "".join(
        f'<row r="{n}">{fill(cell.replace("{n}", str(n)), place, values)}</row>'
        for n, (place, cell) in enumerate(CELLS.items(), 1)
        if n > 2
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
        + rows
    )
    last = len(CELLS)
    for place, row in (
        ("hidden row", '<row r="{n}" hidden="1">'),
        ("flat row", '<row r="{n}" ht="0">'),
    ):
        last += 1
        cell = f'<c r="A{last}" t="inlineStr"><is><t>{{v}}</t></is></c></row>'
        rows += fill(row.replace("{n}", str(last)) + cell, place, values)
    rest = "".join(fill(markup, place, values) for place, markup in SHEET.items())
    return (
        f'<worksheet xmlns="{S}" xmlns:r="{R}"><sheetData>{rows}</sheetData>{rest}'
        '<drawing r:id="rIdD"/></worksheet>'
    ).encode()


def relate(parts: dict[str, bytes], table: dict[str, str], values: dict[str, str]) -> str:
    relations = ""
    for kind, path in table.items():
        parts[path] = fill("<x>{v}</x>", f"part {kind}", values).encode()
        relations += f'<Relationship Id="rIdX{kind}" Type="{R}/{kind}" Target="/{path}"/>'
    return relations


VALUES: dict[str, str] = {}
SOURCE = make(VALUES)


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(XlsxFormat(), SOURCE)


def test_the_table_holds_all_known_places() -> None:
    assert len(VALUES) == len(set(VALUES.values())) >= 60


@pytest.mark.parametrize("place", VALUES)
def test_the_search_finds_the_value_in_the_input(place: str) -> None:
    assert VALUES[place] in everything_in(SOURCE)


@pytest.mark.parametrize("place", VALUES)
def test_no_value_survives(place: str, redacted: Redacted) -> None:
    assert VALUES[place] not in everything_in(redacted[2])


VISIBLE = (
    "sheet name", "hidden sheet name", "hidden sheet cell", "used string", "used rich string",
    "inline string", "rich inline string", "formula string", "string without type", "date string",
    "unknown error", "escaped", "header", "hidden row", "flat row", "drawing text",
    "drawing alt text", "rich value", "result of a formula that is text", "pieces of one number",
    "text of two pieces", "drawing of a cell",
)  # fmt: skip


def test_the_document_holds_what_people_can_see_and_no_more(
    redacted: Redacted,
) -> None:
    found = set(re.findall(r"密\d\d\d值者", redacted[0].text))
    assert found == {VALUES[place] for place in VISIBLE}


def test_openpyxl_opens_the_output(redacted: Redacted) -> None:
    book = openpyxl.load_workbook(io.BytesIO(redacted[2]))
    assert [s.sheet_state for s in book.worksheets] == ["visible", "visible"]
    assert [c.value for c in book.worksheets[0]["A"]][:4] == ["某"] * 4


def test_an_empty_plan_changes_no_text() -> None:
    document = XlsxFormat().read(SOURCE)
    output, _ = XlsxFormat().write(SOURCE, plan_for(document, r"(?!)"))
    again = XlsxFormat().read(output)
    assert [(b.text, b.kind, b.location.cell) for b in again.blocks] == [
        (b.text, b.kind, b.location.cell) for b in document.blocks
    ]


def test_the_output_reads_as_the_plan_says_sheet_names_made_distinct(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan).text.split("\n")
    found = XlsxFormat().read(output).text.split("\n")
    changed = [(e, f) for e, f in zip(expected, found, strict=True) if e != f]
    assert [(e, f.strip()) for e, f in changed] == [("某", "某")]


def test_the_same_input_gives_the_same_bytes(
    redacted: Redacted,
) -> None:
    assert XlsxFormat().write(SOURCE, redacted[1])[0] == redacted[2]


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(XlsxFormat(), SOURCE) == redacted[2]


def test_what_was_dropped_is_told() -> None:
    codes = {note.code for note in XlsxFormat().read(SOURCE).notes}
    assert codes >= {
        "picture_dropped", "chart_dropped", "object_dropped", "hidden_dropped", "hidden_shown",
        "comments_dropped", "macro_dropped", "links_dropped", "formulas_flattened",
        "rules_dropped", "properties_dropped", "ruby_dropped",
    }  # fmt: skip
