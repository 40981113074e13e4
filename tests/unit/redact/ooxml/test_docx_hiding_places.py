"""No place of a docx keeps a value: every hiding place planted, redacted by plan and searched."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import MC, WPS, A, M, O, R, V, W
from review.document import Block, BlockKind, Document
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

PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
NS = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:m="{M}" xmlns:o="{O}" xmlns:v="{V}" '
    f'xmlns:mc="{MC}" xmlns:wps="{WPS}" xmlns:wp="{WP}" xmlns:pic="{PIC}" xmlns:w14="{W14}" '
    'xmlns:zz="urn:unknown"'
)


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def drawing(inner: str, doc_properties: str = "", uri: str = WPS) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/>'
        f'<wp:docPr id="7" name="n" {doc_properties}/><a:graphic><a:graphicData uri="{uri}">{inner}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def shape(text: str) -> str:
    return (
        "<wps:wsp><wps:cNvSpPr/><wps:spPr/><wps:txbx><w:txbxContent><w:p>"
        f"{run(text)}</w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )


def field(code: str, result: str, data: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def sdt(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


# The body's hiding places: {v} is the value, {a} and {b} its two halves.
BODY = {
    "paragraph": p(run("联系人{v}到场")),
    "split over runs": p(run("{a}") + run("{b}", "<w:b/>")),
    "split by a tab": p("<w:r><w:t>{a}</w:t><w:lastRenderedPageBreak/><w:t>{b}</w:t></w:r>"),
    "white text": p(run("{v}", '<w:color w:val="FFFFFF"/>')),
    "table cell": "<w:tbl><w:tr><w:tc><w:p>" + run("{v}") + "</w:p></w:tc></w:tr></w:tbl>",
    "nested table": "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p>"
    + run("{v}")
    + "</w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>",
    "merged away cell": "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>"
    + run("{v}")
    + "</w:p></w:tc></w:tr></w:tbl>",
    "hidden row": "<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>"
    + run("{v}")
    + "</w:p></w:tc></w:tr></w:tbl>",
    "table caption": '<w:tbl><w:tblPr><w:tblCaption w:val="{v}"/></w:tblPr><w:tr><w:tc><w:p/>'
    "</w:tc></w:tr></w:tbl>",
    "table description": '<w:tbl><w:tblPr><w:tblDescription w:val="{v}"/></w:tblPr><w:tr><w:tc>'
    "<w:p/></w:tc></w:tr></w:tbl>",
    "insertion": p('<w:ins w:author="n">' + run("{v}") + "</w:ins>"),
    "insertion author": p('<w:ins w:author="{v}">' + run("x") + "</w:ins>"),
    "deletion": p('<w:del w:author="n"><w:r><w:delText>{v}</w:delText></w:r></w:del>'),
    "deleted field code": p("<w:del><w:r><w:delInstrText>{v}</w:delInstrText></w:r></w:del>"),
    "move from": p("<w:moveFrom>" + run("{v}") + "</w:moveFrom>"),
    "move to": p("<w:moveTo>" + run("{v}") + "</w:moveTo>"),
    "deleted row": "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>"
    + run("{v}")
    + "</w:p></w:tc></w:tr></w:tbl>",
    "deleted cell": "<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p>"
    + run("{v}")
    + "</w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "format change": p('<w:r><w:rPr><w:rPrChange w:author="{v}"/></w:rPr><w:t>x</w:t></w:r>'),
    "numbering change": p(
        '<w:pPr><w:numPr><w:numberingChange w:original="{v}"/></w:numPr></w:pPr>'
    ),
    "joined paragraph": p("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("{a}")) + p(run("{b}")),
    "vanished run": p(run("{v}", "<w:vanish/>")),
    "vanished by style": p(run("{v}", '<w:rStyle w:val="Gone"/>')),
    "text box": drawing(shape("{v}")),
    "both alternatives": p(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:t>x</w:t></mc:Choice><mc:Fallback>'
        "<w:pict><v:shape><v:textbox><w:txbxContent><w:p>"
        + run("{v}")
        + "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ),
    "vml text box": p(
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p>"
        + run("{v}")
        + "</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ),
    "watermark": p('<w:r><w:pict><v:shape><v:textpath string="{v}"/></v:shape></w:pict></w:r>'),
    "vml alt text": p('<w:r><w:pict><v:shape alt="{v}" title="{v}"/></w:pict></w:r>'),
    "vml id": p('<w:r><w:pict><v:shape id="{v}"/></w:pict></w:r>'),
    "vml style": p('<w:r><w:pict><v:shape style="font-family:{v};width:3pt"/></w:pict></w:r>'),
    "signature line": p(
        '<w:r><w:pict><v:shape><o:signatureline o:suggestedsigner="{v}"/></v:shape></w:pict></w:r>'
    ),
    "alt text": drawing(shape("x"), 'descr="{v}"'),
    "alt title": drawing(shape("x"), 'title="{v}"'),
    "shape name": drawing('<wps:wsp><wps:cNvPr id="3" name="{v}"/><wps:spPr/></wps:wsp>'),
    "hidden shape": drawing(shape("{v}"), 'hidden="1"'),
    "picture name": drawing(
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="{v}"/></pic:nvPicPr></pic:pic>', "", PIC
    ),
    "smart art": drawing("<zz:data>{v}</zz:data>", "", "urn:diagram"),
    "drawing extension": drawing('<wps:wsp><a:extLst><a:ext uri="{v}"/></a:extLst></wps:wsp>'),
    "content control": sdt("", p(run("{v}"))),
    "inline control": p(sdt("", run("{v}"))),
    "control title": p(sdt('<w:alias w:val="{v}"/>', run("x"))),
    "control tag": p(sdt('<w:tag w:val="{v}"/>', run("x"))),
    "control choices": p(
        sdt('<w:dropDownList><w:listItem w:displayText="{v}"/></w:dropDownList>', run("x"))
    ),
    "control binding": p(sdt('<w:dataBinding w:xpath="{v}"/>', run("x"))),
    "bookmark": p('<w:bookmarkStart w:id="1" w:name="{v}"/><w:bookmarkEnd w:id="1"/>'),
    "link text": p('<w:hyperlink r:id="rIdLink">' + run("{v}") + "</w:hyperlink>"),
    "link tooltip": p('<w:hyperlink w:anchor="m" w:tooltip="{v}">' + run("x") + "</w:hyperlink>"),
    "link anchor": p('<w:hyperlink w:anchor="{v}">' + run("x") + "</w:hyperlink>"),
    "simple field": p('<w:fldSimple w:instr=" AUTHOR {v} ">' + run("x") + "</w:fldSimple>"),
    "field code": p(field(" HYPERLINK {v} ", "x")),
    "page field switch": p(field(" PAGE \\* {v} ", "1")),
    "field result": p(field(" AUTHOR ", "{v}")),
    "nested field": p(
        field(" IF a </w:instrText></w:r>" + field("QUOTE", "{v}") + "<w:r><w:instrText>", "x")
    ),
    "index entry": p(field(" XE {v} ", "")),
    "field data": p(field(" ADDIN ", "x", "<w:fldData>{v}</w:fldData>")),
    "form field": p(
        field(
            " FORMTEXT ", "x", '<w:ffData><w:name w:val="{v}"/><w:helpText w:val="{v}"/></w:ffData>'
        )
    ),
    "form choice": p(
        field(
            " FORMDROPDOWN ",
            "",
            '<w:ffData><w:ddList><w:listEntry w:val="{v}"/></w:ddList></w:ffData>',
        )
    ),
    "smart tag": p('<w:smartTag w:uri="{v}" w:element="{v}">' + run("x") + "</w:smartTag>"),
    "smart tag text": p("<w:smartTag>" + run("{v}") + "</w:smartTag>"),
    "custom xml": p('<w:customXml w:element="{v}"><w:customXmlPr/>' + run("x") + "</w:customXml>"),
    "ruby": p(
        "<w:r><w:ruby><w:rt>"
        + run("{v}")
        + "</w:rt><w:rubyBase>"
        + run("x")
        + "</w:rubyBase></w:ruby></w:r>"
    ),
    "ruby base": p("<w:r><w:ruby><w:rubyBase>" + run("{v}") + "</w:rubyBase></w:ruby></w:r>"),
    "formula": p("<m:oMath><m:r><m:t>{v}</m:t></m:r></m:oMath>"),
    "embedded object": p('<w:r><w:object><o:OLEObject ProgID="{v}"/></w:object></w:r>'),
    "alt chunk": '<w:altChunk r:id="{v}"/>',
    "permission": p('<w:permStart w:id="1" w:ed="{v}"/>'),
    "unknown attribute": '<w:p zz:note="{v}"/>',
    "unknown element": p("<zz:x><w:r><w:t>{v}</w:t></w:r></zz:x>"),
    "loose text": p("{v}"),
    "font name": p(run("x", '<w:rFonts w:ascii="{v}"/>')),
    "paragraph id": '<w:p w14:paraId="{v}"/>',
    "bidirectional": p("<w:bdo>" + run("{v}") + "</w:bdo>"),
    "run outside a paragraph": run("{v}"),
    "text among properties": p("<w:pPr><w:t>{v}</w:t></w:pPr>"),
    "style in the body": '<w:style><w:name w:val="{v}"/></w:style>',
    "numbering text in the body": '<w:p><w:lvlText w:val="{v}"/></w:p>',
    "xml comment": p("<!-- {v} -->"),
    "instruction": p("<?x {v}?>"),
    "enumeration": p('<w:pPr><w:jc w:val="{v}"/></w:pPr>'),
    "offset text": drawing(shape("x")).replace(
        "<wp:extent", "<wp:positionH><wp:posOffset>{v}</wp:posOffset></wp:positionH><wp:extent"
    ),
    "one point text": p(run("{v}", '<w:sz w:val="2"/>')),
    "web hidden text": p(run("{v}", "<w:webHidden/>")),
    "hidden paragraph mark": p("<w:pPr><w:rPr><w:specVanish/></w:rPr></w:pPr>" + run("{v}")),
    "control placeholder": p(
        sdt('<w:placeholder><w:docPart w:val="{v}"/></w:placeholder>', run("x"))
    ),
    "control date": p(sdt('<w:date w:fullDate="{v}"/>', run("x"))),
    "control combination": p(
        sdt('<w:comboBox w:lastValue="{v}"><w:listItem w:value="{v}"/></w:comboBox>', run("x"))
    ),
    "control citation": p(sdt("<w:citation/>", field(" CITATION {v} ", "x"))),
    "control section": p(
        sdt('<zz:repeatingSection><zz:sectionTitle zz:val="{v}"/></zz:repeatingSection>', run("x"))
    ),
    "move range": p('<w:moveFromRangeStart w:id="1" w:name="{v}" w:author="{v}"/>'),
    "inserted control": p('<w:customXmlInsRangeStart w:id="1" w:author="{v}"/>'),
    "table change": '<w:tbl><w:tblPr><w:tblPrChange w:author="{v}"/></w:tblPr><w:tr><w:tc><w:p/>'
    "</w:tc></w:tr></w:tbl>",
    "inserted row": '<w:tbl><w:tr><w:trPr><w:ins w:author="{v}"/></w:trPr><w:tc><w:p/></w:tc>'
    "</w:tr></w:tbl>",
    "symbol font": p('<w:r><w:sym w:font="{v}" w:char="F0FE"/></w:r>'),
    "language": p(run("x", '<w:lang w:eastAsia="{v}"/>')),
    "fitted text": p(run("x", '<w:fitText w:val="{v}" w:id="{v}"/>')),
    "frame": p('<w:pPr><w:framePr w:hAnchor="{v}"/></w:pPr>' + run("x")),
    "framed text": p('<w:pPr><w:framePr w:w="900" w:hSpace="180"/></w:pPr>' + run("{v}")),
    "merge field": p(field(" MERGEFIELD {v} ", "x")),
    "included file": p(field(' INCLUDETEXT "C:\\{v}\\a.docx" ', "x")),
    "included picture": p(field(' INCLUDEPICTURE "{v}" ', "x")),
    "document property": p(field(" DOCPROPERTY {v} ", "x")),
    "question": p(field(' ASK b "{v}" ', "")),
    "bookmarked text": p(field(' SET b "{v}" ', "")),
    "contents entry": p(field(' TC "{v}" \\l 1 ', "")),
    "contents of styles": p(field(' TOC \\t "{v},1" ', "x")),
    "contents of marks": p(field(" TOC \\b {v} ", "x")),
    "sequence name": p(field(" SEQ {v} ", "1")),
    "sequence start": p(field(" SEQ 表 \\r {v} ", "1")),
    "number format of a page": p(field(' PAGE \\# "{v}" ', "1")),
    "contents result": p(field(" TOC ", "{v}")),
    "form default": p(
        field(
            " FORMTEXT ",
            "x",
            '<w:ffData><w:textInput><w:default w:val="{v}"/></w:textInput>'
            '<w:entryMacro w:val="{v}"/><w:statusText w:val="{v}"/></w:ffData>',
        )
    ),
    "formula in pieces": p("<m:oMath><m:r><m:t>{a}</m:t></m:r><m:r><m:t>{b}</m:t></m:r></m:oMath>"),
    "formula sign": p('<m:oMath><m:acc><m:accPr><m:chr m:val="{v}"/></m:accPr></m:acc></m:oMath>'),
    "formula bracket": p('<m:oMath><m:d><m:dPr><m:begChr m:val="{v}"/></m:dPr></m:d></m:oMath>'),
    "formula over a line": p(
        "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>{v}</m:t></m:r></m:num>"
        "<m:den/></m:f></m:oMath></m:oMathPara>"
    ),
    "formula with text": p("<m:oMath><m:r><w:t>{v}</w:t></m:r></m:oMath>"),
    "object field": p(
        '<w:r><w:object><o:OLEObject Type="Link"><o:FieldCodes>{v}</o:FieldCodes></o:OLEObject>'
        "</w:object></w:r>"
    ),
    "object moniker": p(
        '<w:r><w:object><o:OLEObject ObjectID="{v}" UpdateMode="{v}"/></w:object></w:r>'
    ),
    "vml link": p('<w:r><w:pict><v:shape href="{v}" target="{v}"/></w:pict></w:r>'),
    "vml group": p('<w:r><w:pict><v:group alt="{v}" editas="{v}"/></w:pict></w:r>'),
    "vml line": p('<w:r><w:pict><v:line from="{v}" to="{v}"/></w:pict></w:r>'),
    "vml geometry": p('<w:r><w:pict><v:shape path="{v}"/></w:pict></w:r>'),
    "vml picture": p(
        '<w:r><w:pict><v:shape><v:imagedata o:title="{v}" o:href="{v}"/></v:shape></w:pict></w:r>'
    ),
    "vml fill": p(
        '<w:r><w:pict><v:shape><v:fill o:title="{v}" src="{v}"/></v:shape></w:pict></w:r>'
    ),
    "vml data": p('<w:r><w:pict><v:shape o:gfxdata="{v}"/></w:pict></w:r>'),
    "vml formula": p(
        '<w:r><w:pict><v:shapetype><v:formulas><v:f eqn="{v}"/></v:formulas></v:shapetype></w:pict></w:r>'  # noqa: E501
    ),
    "vml text beside": p(
        "<w:r><w:pict><v:shape>{v}<v:textbox>{v}</v:textbox></v:shape></w:pict></w:r>"
    ),
    "drawing link": drawing(shape("x")).replace(
        "<a:graphic>", '<a:graphic><a:hlinkClick r:id="{v}" tooltip="{v}"/>'
    ),
    "shape link": drawing(
        '<wps:wsp><wps:cNvPr id="3" name="n"><a:hlinkClick tooltip="{v}"/>'
        "</wps:cNvPr><wps:spPr/></wps:wsp>"
    ),
    "linked text box": drawing('<wps:wsp><wps:spPr/><wps:linkedTxbx id="{v}" seq="1"/></wps:wsp>'),
    "shape text in drawing language": drawing(
        "<wps:wsp><wps:spPr/><wps:txBody><a:p><a:r><a:t>{v}</a:t></a:r></a:p></wps:txBody></wps:wsp>"
    ),
    "guide of a shape": drawing(
        '<wps:wsp><wps:spPr><a:custGeom><a:gdLst><a:gd name="{v}" fmla="{v}"/></a:gdLst></a:custGeom>'  # noqa: E501
        "</wps:spPr></wps:wsp>"
    ),
    "colour of a shape": drawing(
        '<wps:wsp><wps:spPr><a:solidFill><a:sysClr val="{v}" lastClr="{v}"/></a:solidFill></wps:spPr>'  # noqa: E501
        "</wps:wsp>"
    ),
    "linked picture": drawing(
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="n" descr="{v}"/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:link="{v}"/></pic:blipFill></pic:pic>',
        "",
        PIC,
    ),
    "section change": '<w:p><w:pPr><w:sectPr><w:sectPrChange w:author="{v}"/></w:sectPr></w:pPr></w:p>',  # noqa: E501
    "paper source": '<w:p><w:pPr><w:sectPr><w:paperSrc w:first="{v}"/><w:printerSettings r:id="{v}"/>'  # noqa: E501
    "</w:sectPr></w:pPr></w:p>",
    "embedded web video": drawing("<zz:webVideoPr zz:embeddedHtml='{v}'/>", "", "urn:video"),
}

CT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
# Parts of their own: relationship kind → (part name, content type, XML).
PARTS = {
    "header": ("header1.xml", CT + "header+xml", f"<w:hdr {NS}>{p(run('{v}'))}</w:hdr>"),
    "footer": ("footer1.xml", CT + "footer+xml", f"<w:ftr {NS}>{p(run('{v}'))}</w:ftr>"),
    "footnotes": (
        "footnotes.xml",
        CT + "footnotes+xml",
        f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0">{p(run("{v}"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(run("{v}"))}</w:footnote></w:footnotes>',
    ),
    "endnotes": (
        "endnotes.xml",
        CT + "endnotes+xml",
        f'<w:endnotes {NS}><w:endnote w:id="2">{p(run("{v}"))}</w:endnote>'
        f'<w:endnote w:id="3">{p(run("{v}"))}</w:endnote></w:endnotes>',
    ),
    "comments": (
        "comments.xml",
        CT + "comments+xml",
        f'<w:comments {NS}><w:comment w:author="{{v}}" w:initials="{{v}}">{p(run("{v}"))}'
        "</w:comment></w:comments>",
    ),
    "people": ("people.xml", "application/xml", f'<w:people {NS}><w:p a="{{v}}"/></w:people>'),
    "glossaryDocument": ("glossary/document.xml", "application/xml", f"<w:x {NS}>{{v}}</w:x>"),
    "webSettings": ("webSettings.xml", "application/xml", f"<w:x {NS}>{{v}}</w:x>"),
    "fontTable": ("fontTable.xml", "application/xml", f'<w:x {NS} w:name="{{v}}"/>'),
    "chart": ("charts/chart1.xml", "application/xml", "<c>{v}</c>"),
    "diagramData": ("diagrams/data1.xml", "application/xml", "<d>{v}</d>"),
    "customXml": ("../customXml/item1.xml", "application/xml", "<c>{v}</c>"),
    "package": ("embeddings/x.bin", "application/octet-stream", "{v}"),
    "image": ("media/{v}.png", "image/png", "tEXt {v}"),
    "vbaProject": ("vbaProject.bin", "application/octet-stream", "{v}"),
    "keyMapCustomizations": ("customizations.xml", "application/xml", "<k>{v}</k>"),
    "unknown": ("zz.xml", "application/xml", "<k>{v}</k>"),
    "aFChunk": ("afchunk.htm", "text/html", "<html>{v}</html>"),
    "commentsExtended": ("commentsExtended.xml", "application/xml", "<k>{v}</k>"),
    "commentsIds": ("commentsIds.xml", "application/xml", "<k>{v}</k>"),
    "commentsExtensible": ("commentsExtensible.xml", "application/xml", "<k>{v}</k>"),
    "documenttasks": ("documenttasks/t.xml", "application/xml", "<k>{v}</k>"),
    "font": ("fonts/font1.odttf", "application/x-fontdata", "{v}"),
    "control": ("activeX/activeX1.xml", "application/xml", "<k>{v}</k>"),
    "recipientData": ("recipientData.xml", "application/xml", "<k>{v}</k>"),
    "stylesWithEffects": ("stylesWithEffects.xml", "application/xml", "<k>{v}</k>"),
    "printerSettings": ("printerSettings1.bin", "application/x-printer", "{v}"),
    "classificationlabels": ("../docMetadata/LabelInfo.xml", "application/xml", "<k>{v}</k>"),
    "ink": ("ink/ink1.xml", "application/xml", "<k>{v}</k>"),
    "oleObject": ("embeddings/oleObject1.bin", "application/octet-stream", "{v}"),
    "subDocument": ("sub.docx", "application/octet-stream", "{v}"),
}


def make(values: dict[str, str]) -> bytes:
    """Build a docx with one value in each place; ``values`` gets filled with place → value."""
    base = io.BytesIO()
    document = docx.Document()
    values["core properties"] = document.core_properties.author = new_value(values)
    document.save(base)
    with zipfile.ZipFile(base) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    body = "".join(fill(markup, name, values) for name, markup in BODY.items())
    body += p('<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>')
    body += (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/>'
        '<w:footerReference w:type="default" r:id="rIdfooter"/></w:sectPr>'
    )
    parts["word/document.xml"] = f"<w:document {NS}><w:body>{body}</w:body></w:document>".encode()
    relations = overrides = ""
    for kind, (name, content_type, markup) in PARTS.items():
        value = values[f"part {kind}"] = new_value(values)
        name = name.replace("{v}", value)
        path = ("word/" + name).replace("word/../", "")
        parts[path] = markup.replace("{v}", value).encode("utf-16" if kind == "people" else "utf-8")
        relations += f'<Relationship Id="rId{kind}" Type="{R}/{kind}" Target="{name}"/>'
        overrides += f'<Override PartName="/{path}" ContentType="{content_type}"/>'
    for place in ("link target", "template"):
        values[place] = new_value(values)
    relations += (
        f'<Relationship Id="rIdLink" Type="{R}/hyperlink" TargetMode="External" '
        f'Target="mailto:{values["link target"]}"/>'
        f'<Relationship Id="rIdT" Type="{R}/attachedTemplate" TargetMode="External" '
        f'Target="file:///{values["template"]}"/>'
    )
    insert(parts, "word/_rels/document.xml.rels", "</Relationships>", relations)
    insert(parts, "[Content_Types].xml", "</Types>", overrides)
    for place, name, end, markup in (
        ("style name", "word/styles.xml", "</w:styles>",
         '<w:style w:type="character" w:styleId="Gone"><w:name w:val="{v}"/><w:rPr><w:vanish/></w:rPr></w:style>'),  # noqa: E501
        ("style id", "word/styles.xml", "</w:styles>",
         '<w:style w:type="character" w:styleId="{v}"><w:name w:val="x"/><w:aliases w:val="{v}"/></w:style>'),  # noqa: E501
        ("latent style", "word/styles.xml", "</w:styles>",
         '<w:latentStyles><w:lsdException w:name="{v}"/></w:latentStyles>'),
        ("numbering text", "word/numbering.xml", "</w:numbering>",
         '<w:abstractNum w:abstractNumId="99"><w:lvl w:ilvl="0"><w:lvlText w:val="{v}%1"/></w:lvl></w:abstractNum>'),  # noqa: E501
        ("numbering name", "word/numbering.xml", "</w:numbering>",
         '<w:abstractNum w:abstractNumId="98"><w:name w:val="{v}"/></w:abstractNum>'),
        ("document variable", "word/settings.xml", "</w:settings>",
         '<w:docVars><w:docVar w:name="a" w:val="{v}"/></w:docVars>'),
        ("mail merge", "word/settings.xml", "</w:settings>",
         '<w:mailMerge><w:query w:val="{v}"/></w:mailMerge>'),
        ("compatibility", "word/settings.xml", "</w:settings>",
         '<w:compat><w:compatSetting w:name="{v}" w:uri="{v}" w:val="1"/></w:compat>'),
        ("mail merge source", "word/settings.xml", "</w:settings>",
         '<w:mailMerge><w:dataSource r:id="{v}"/><w:connectString w:val="{v}"/></w:mailMerge>'),
        ("captions", "word/settings.xml", "</w:settings>",
         '<w:captions><w:caption w:name="{v}"/><w:autoCaption w:name="{v}"/></w:captions>'),
        ("writing style", "word/settings.xml", "</w:settings>",
         '<w:activeWritingStyle w:appName="{v}"/><w:attachedSchema w:val="{v}"/>'),
        ("protection", "word/settings.xml", "</w:settings>",
         '<w:documentProtection w:hash="{v}"/><w:writeProtection w:salt="{v}"/>'),
        ("list separator", "word/settings.xml", "</w:settings>",
         '<w:listSeparator w:val="{v}"/><w:decimalSymbol w:val="{v}"/>'),
        ("numbering code", "word/numbering.xml", "</w:numbering>",
         '<w:abstractNum w:abstractNumId="97"><w:nsid w:val="{v}"/><w:tmpl w:val="{v}"/></w:abstractNum>'),  # noqa: E501
        ("numbering format", "word/numbering.xml", "</w:numbering>",
         '<w:abstractNum w:abstractNumId="96"><w:lvl w:ilvl="0"><w:numFmt w:val="custom" w:format="{v}"/></w:lvl></w:abstractNum>'),  # noqa: E501
        ("picture bullet", "word/numbering.xml", "</w:numbering>",
         '<w:numPicBullet w:numPicBulletId="1"><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="{v}"/></w:pict></w:numPicBullet>'),  # noqa: E501
        ("theme extension", "word/theme/theme1.xml", "</a:theme>",
         '<a:extLst><a:ext uri="{v}">{v}</a:ext></a:extLst>'),
        ("theme name", "word/theme/theme1.xml", "</a:theme>",
         '<a:custClrLst><a:custClr name="{v}"/></a:custClrLst>'),
    ):  # fmt: skip
        insert(parts, name, end, fill(markup, place, values))
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        values["zip comment"] = new_value(values)
        archive.comment = values["zip comment"].encode()
        values["part outside the graph"] = new_value(values)
        archive.writestr("word/left-over.xml", f"<x>{values['part outside the graph']}</x>")
    return output.getvalue()


VALUES: dict[str, str] = {}
SOURCE = make(VALUES)


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(DocxFormat(), SOURCE)


def test_the_table_holds_all_known_places() -> None:
    assert len(VALUES) == len(set(VALUES.values())) >= 100


@pytest.mark.parametrize("place", VALUES)
def test_the_search_finds_the_value_in_the_input(place: str) -> None:
    assert VALUES[place] in everything_in(SOURCE)


@pytest.mark.parametrize("place", VALUES)
def test_no_value_survives(place: str, redacted: Redacted) -> None:
    assert VALUES[place] not in everything_in(redacted[2])


VISIBLE = (
    "paragraph", "split over runs", "split by a tab", "white text", "table cell", "nested table",
    "merged away cell", "hidden row", "table caption", "table description", "insertion",
    "move to", "joined paragraph", "text box", "vml text box", "watermark", "vml alt text",
    "alt text", "alt title", "content control", "inline control", "link text", "field result",
    "form choice", "smart tag text", "ruby base", "formula", "bidirectional", "numbering text",
    "numbering text in the body", "part header", "part footer", "part footnotes", "part endnotes",
    "one point text", "web hidden text", "hidden paragraph mark", "framed text",
    "contents result", "formula in pieces", "formula over a line", "formula with text", "vml group",
)  # fmt: skip


@pytest.mark.parametrize("place", VISIBLE)
def test_what_people_can_see_is_in_the_document(place: str, redacted: Redacted) -> None:
    assert any(VALUES[place] in block.text for block in redacted[0].blocks)


def visible(document: Document) -> list[Block]:
    return [b for b in document.blocks if b.kind is not BlockKind.DROPPED]


def test_only_what_people_can_see_is_in_the_document(
    redacted: Redacted,
) -> None:
    shown = {VALUES[place] for place in VISIBLE}
    text = "".join(block.text for block in visible(redacted[0]))
    assert set(re.findall(r"密\d\d\d值者", text)) == shown


def test_hidden_text_is_looked_at_apart_from_the_rest(
    redacted: Redacted,
) -> None:
    unseen = [b.text for b in redacted[0].blocks if b.kind is BlockKind.DROPPED]
    assert unseen == [VALUES["vanished run"], VALUES["vanished by style"]]


def test_the_output_reads_as_the_plan_says(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert DocxFormat().read(output).text.split() == expected.text.split()


def test_python_docx_opens_the_output(redacted: Redacted) -> None:
    assert "联系人某到场" in [q.text for q in docx.Document(io.BytesIO(redacted[2])).paragraphs]


def test_an_empty_plan_changes_no_text() -> None:
    document = DocxFormat().read(SOURCE)
    output, _ = DocxFormat().write(SOURCE, plan_for(document, r"(?!)"))
    again = DocxFormat().read(output)
    assert [(b.text, b.kind, b.cell) for b in again.blocks] == [
        (b.text, b.kind, b.cell) for b in visible(document)
    ]


def test_the_same_input_gives_the_same_bytes(
    redacted: Redacted,
) -> None:
    assert DocxFormat().write(SOURCE, redacted[1])[0] == redacted[2]


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(DocxFormat(), SOURCE) == redacted[2]


def test_what_was_dropped_is_told() -> None:
    codes = {note.code for note in DocxFormat().read(SOURCE).notes}
    assert codes >= {
        "picture_dropped", "chart_dropped", "object_dropped", "hidden_dropped", "hidden_shown",
        "revisions_accepted", "comments_dropped", "macro_dropped", "links_dropped",
        "content_dropped", "fields_flattened", "ruby_dropped", "properties_dropped",
    }  # fmt: skip
