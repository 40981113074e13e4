"""Presentations written for tests: slides over one layout, one master and one theme."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from redact.ooxml.parts import MC, A, P, R

NS = f'xmlns:p="{P}" xmlns:a="{A}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:zz="urn:unknown"'
TYPE = "application/vnd.openxmlformats-officedocument"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_COLOURS = "".join(
    f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
    for name, value in {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F497D", "lt2": "EEECE1", "accent1": "4F81BD",
        "accent2": "C0504D", "accent3": "9BBB59", "accent4": "8064A2", "accent5": "4BACC6",
        "accent6": "F79646", "hlink": "0000FF", "folHlink": "800080",
    }.items()
)  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
THEME = (
    f'<a:theme {NS} name="{{theme}}"><a:themeElements><a:clrScheme name="x">{_COLOURS}'
    '</a:clrScheme><a:fontScheme name="x"><a:majorFont><a:latin typeface="Arial"/>'
    '<a:ea typeface=""/><a:cs typeface=""/></a:majorFont><a:minorFont>'
    '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont>'
    '</a:fontScheme><a:fmtScheme name="x">'
    f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>"
    f"<a:lnStyleLst>{f'<a:ln>{_FILL}</a:ln>' * 3}</a:lnStyleLst><a:effectStyleLst>"
    f"{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
_TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)


def paragraph(text: str, properties: str = "") -> str:
    return f'<a:p><a:r><a:rPr lang="zh-CN">{properties}</a:rPr><a:t>{text}</a:t></a:r></a:p>'


def shape(
    content: str, y: int = 0, properties: str = "", placeholder: str = "", filling: str = ""
) -> str:
    """Write a text shape of the given paragraphs."""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="n" {properties}/><p:cNvSpPr/><p:nvPr>{placeholder}'
        f'</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="900000" y="{400000 + y}"/>'
        '<a:ext cx="7000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{filling}</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{content}</p:txBody></p:sp>"
    )


def frame(inner: str, uri: str = TABLE) -> str:
    """Write a graphic frame: a table, a chart, an object."""
    return (
        '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="n"/><p:cNvGraphicFramePr/>'
        '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="900000" y="2000000"/>'
        '<a:ext cx="7000000" cy="900000"/></p:xfrm><a:graphic>'
        f'<a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def table(*rows: Sequence[str], properties: str = "") -> str:
    columns = '<a:gridCol w="3500000"/>' * len(rows[0])
    lines = "".join(
        '<a:tr h="400000">'
        + "".join(
            f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph(cell)}</a:txBody><a:tcPr/></a:tc>"
            for cell in row
        )
        + "</a:tr>"
        for row in rows
    )
    return frame(
        f"<a:tbl><a:tblPr>{properties}</a:tblPr><a:tblGrid>{columns}</a:tblGrid>{lines}</a:tbl>"
    )


def picture(properties: str = "") -> str:
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="6" name="n" {properties}/><p:cNvPicPr/><p:nvPr/>'
        '</p:nvPicPr><p:blipFill><a:blip r:embed="rIdX"/></p:blipFill><p:spPr><a:xfrm>'
        '<a:off x="1" y="2"/><a:ext cx="300000" cy="400000"/></a:xfrm></p:spPr></p:pic>'
    )


def slide(*shapes: str, attributes: str = "", name: str = "", rest: str = "") -> str:
    return (
        f'<p:sld {NS} {attributes}><p:cSld name="{name}"><p:spTree>{_TREE}{"".join(shapes)}'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
        f"{rest}</p:sld>"
    )


def layout(*shapes: str) -> str:
    return (
        f'<p:sldLayout {NS} type="blank"><p:cSld name="Blank"><p:spTree>{_TREE}{"".join(shapes)}'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def master(*shapes: str) -> str:
    return (
        f"<p:sldMaster {NS}><p:cSld><p:spTree>{_TREE}{''.join(shapes)}</p:spTree></p:cSld>{_MAP}"
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
        "</p:sldMaster>"
    )


def relations(*entries: tuple[str, str, str]) -> str:
    """Write a relationship part: (id, kind, target); a target with a colon lies outside."""
    lines = "".join(
        f'<Relationship Id="{i}" Type="{KIND}/{kind}" Target="{target}" '
        + ('TargetMode="External"/>' if ":" in target else "/>")
        for i, kind, target in entries
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{lines}</Relationships>"
    )


def package(
    slides: Sequence[str],
    parts: Mapping[str, str | bytes] | None = None,
    linked: Sequence[tuple[str, str, str]] = (),
) -> bytes:
    """Zip slides and what is under them; ``linked`` are further relations of the first slide."""
    numbers = range(1, len(slides) + 1)
    types = "".join(
        f'<Override PartName="/ppt/slides/slide{n}.xml" ContentType="{TYPE}.presentationml.slide'
        '+xml"/>'
        for n in numbers
    )
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rIdS{n}"/>' for n in numbers)
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'content-types"><Default Extension="xml" ContentType="application/xml"/>{types}'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{TYPE}.presentationml.'
        'presentation.main+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {NS}><p:sldMasterIdLst><p:sldMasterId "
        f'id="2147483648" r:id="rIdM"/></p:sldMasterIdLst><p:sldIdLst>{listed}</p:sldIdLst>'
        '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            ("rIdM", "slideMaster", "slideMasters/slideMaster1.xml"),
            *((f"rIdS{n}", "slide", f"slides/slide{n}.xml") for n in numbers),
        ),
        "ppt/slideMasters/slideMaster1.xml": master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(
            ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"),
            ("rId2", "theme", "../theme/theme1.xml"),
        ),
        "ppt/slideLayouts/slideLayout1.xml": layout(),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": relations(
            ("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/theme/theme1.xml": THEME.format(theme="Office"),
    }
    for n, content in zip(numbers, slides, strict=True):
        every[f"ppt/slides/slide{n}.xml"] = content
        every[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(
            ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"),
            *(linked if n == 1 else ()),
        )
    every |= parts or {}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in every.items():
            archive.writestr(name, data)
    return buffer.getvalue()
