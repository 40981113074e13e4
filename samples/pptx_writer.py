"""Slides as pptx: a title, text and tables on each, and what the speaker noted for himself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from xml.sax.saxutils import escape

from samples.frozen import STAMP, packed
from samples.markup import Line, lines, runs

_OPEN = "http://schemas.openxmlformats.org"
_A, _R = f"{_OPEN}/drawingml/2006/main", f"{_OPEN}/officeDocument/2006/relationships"
_NS = f'xmlns:a="{_A}" xmlns:r="{_R}" xmlns:p="{_OPEN}/presentationml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument"
_WIDE, _HIGH = 12192000, 6858000
_LEFT, _ACROSS = 838200, 10515600
_TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_COLOURS = "".join(
    f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
    for name, value in {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6", "accent1": "C00000",
        "accent2": "4472C4", "accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5",
        "accent6": "70AD47", "hlink": "0563C1", "folHlink": "954F72",
    }.items()
)  # fmt: skip
_FACE = '<a:latin typeface="Arial"/><a:ea typeface="微软雅黑"/><a:cs typeface=""/>'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_THEME = (
    f'<a:theme xmlns:a="{_A}" name="政务"><a:themeElements><a:clrScheme name="政务">{_COLOURS}'
    f'</a:clrScheme><a:fontScheme name="政务"><a:majorFont>{_FACE}</a:majorFont><a:minorFont>'
    f'{_FACE}</a:minorFont></a:fontScheme><a:fmtScheme name="政务">'
    f"<a:fillStyleLst>{3 * _FILL}</a:fillStyleLst>"
    f"<a:lnStyleLst>{3 * f'<a:ln>{_FILL}</a:ln>'}</a:lnStyleLst><a:effectStyleLst>"
    f"{3 * '<a:effectStyle><a:effectLst/></a:effectStyle>'}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{3 * _FILL}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
_MAP = '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" ' + "".join(
    f'{name}="{name}" '
    for name in (*(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
) + "/>"  # fmt: skip


@dataclass(slots=True)
class _Slide:
    """Hold the lines of a slide; what the speaker noted is not shown to the room."""

    shown: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)


def write_pptx(content: str, author: str) -> bytes:
    """Write marked content, a slide from each ``@slide`` title on, with its author."""
    slides = _slides(content)
    parts = _frame(len(slides), author)
    types: dict[str, str] = {}
    for number, slide in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = _sheet("sld", "".join(_shapes(slide.shown)))
        related = [("slideLayout", "../slideLayouts/slideLayout1.xml")]
        if slide.notes:
            notes = f"ppt/notesSlides/notesSlide{number}.xml"
            types[notes] = "notesSlide"
            parts[notes] = _sheet("notes", _box(slide.notes, 2, (685800, 4400550, 5486400), "body"))
            parts[_relations_of(notes)] = _relations(
                ("notesMaster", "../notesMasters/notesMaster1.xml"),
                ("slide", f"../slides/slide{number}.xml"),
            )
            related.append(("notesSlide", f"../notesSlides/notesSlide{number}.xml"))
        parts[_relations_of(f"ppt/slides/slide{number}.xml")] = _relations(*related)
        types[f"ppt/slides/slide{number}.xml"] = "slide"
    whole = {"[Content_Types].xml": _types(types), **parts}
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return packed({name: declared + part for name, part in whole.items()})


def _slides(content: str) -> list[_Slide]:
    slides: list[_Slide] = []
    for line in lines(content):
        if line.style == "slide":
            slides.append(_Slide())
        (slides[-1].notes if line.style == "notes" else slides[-1].shown).append(line)
    return slides


def _frame(number: int, author: str) -> dict[str, str]:
    """Write what slides lie in: presentation, masters, a layout, themes, metadata."""
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="rId{2 + n}"/>' for n in range(1, number + 1))
    slides = (("slide", f"slides/slide{n}.xml") for n in range(1, number + 1))
    theme = ("theme", "../theme/theme1.xml")
    layouts = '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
    return {
        "_rels/.rels": _relations(
            ("officeDocument", "ppt/presentation.xml"),
            ("core-properties", "docProps/core.xml"),
        ).replace(
            f"{_R}/core-properties",
            f"{_OPEN}/package/2006/relationships/metadata/core-properties",
        ),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_OPEN}/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{STAMP}</dcterms:created>'
        "</cp:coreProperties>",
        "ppt/presentation.xml": f"<p:presentation {_NS}><p:sldMasterIdLst><p:sldMasterId "
        'id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId '
        f'r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>{listed}</p:sldIdLst>'
        f'<p:sldSz cx="{_WIDE}" cy="{_HIGH}"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>",
        "ppt/_rels/presentation.xml.rels": _relations(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            *slides,
        ),
        "ppt/slideMasters/slideMaster1.xml": _sheet("sldMaster", "", _MAP + layouts),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            ("slideLayout", "../slideLayouts/slideLayout1.xml"), theme
        ),
        "ppt/slideLayouts/slideLayout1.xml": _sheet("sldLayout", ""),
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels": _relations(
            ("slideMaster", "../slideMasters/slideMaster1.xml")
        ),
        "ppt/notesMasters/notesMaster1.xml": _sheet("notesMaster", "", _MAP),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": _relations(
            ("theme", "../theme/theme2.xml")
        ),
        "ppt/theme/theme1.xml": _THEME,
        "ppt/theme/theme2.xml": _THEME,
    }


def _types(added: dict[str, str]) -> str:
    kinds = {
        "ppt/presentation.xml": "presentation.main",
        "ppt/slideMasters/slideMaster1.xml": "slideMaster",
        "ppt/slideLayouts/slideLayout1.xml": "slideLayout",
        "ppt/notesMasters/notesMaster1.xml": "notesMaster",
        **added,
    }
    every = {part: f"{_TYPE}.presentationml.{kind}+xml" for part, kind in kinds.items()}
    every |= {f"ppt/theme/theme{n}.xml": f"{_TYPE}.theme+xml" for n in (1, 2)}
    every["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in every.items()
    )
    return (
        f'<Types xmlns="{_OPEN}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relations_of(part: str) -> str:
    folder, name = part.rsplit("/", 1)
    return f"{folder}/_rels/{name}.rels"


def _relations(*entries: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="{_OPEN}/package/2006/relationships">{listed}</Relationships>'


def _sheet(kind: str, shapes: str, rest: str = "") -> str:
    """Write a slide, or what slides and notes are made after."""
    common = f"<p:cSld><p:spTree>{_TREE}{shapes}</p:spTree></p:cSld>"
    if not kind.endswith("Master"):
        rest = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>"
    return f"<p:{kind} {_NS}>{common}{rest}</p:{kind}>"


def _shapes(shown: Sequence[Line]) -> Iterator[str]:
    """Stack title, texts and tables of a slide from above."""
    y = 365125
    for place, (style, group) in enumerate(groupby(shown, key=lambda line: line.style), 2):
        block = list(group)
        if style == "row":
            yield _table(block, place, y)
        else:
            yield _box(block, place, (_LEFT, y, _ACROSS), "title" if style == "slide" else "")
        y += 1200000 if style == "slide" else 420000 * (len(block) + 1)


def _box(block: Sequence[Line], place: int, where: tuple[int, int, int], kind: str) -> str:
    x, y, across = where
    holder = f'<p:ph type="{kind}"/>' if kind else ""
    text = "".join(_paragraph(line, 3200 if kind == "title" else 2000) for line in block)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{place}" name="文本 {place}"/><p:cNvSpPr/><p:nvPr>{holder}'
        f'</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{across}" '
        f'cy="{420000 * len(block)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"</p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{text}</p:txBody></p:sp>"
    )


def _table(rows: Sequence[Line], place: int, y: int) -> str:
    wide = _ACROSS // len(rows[0].cells)
    columns = f'<a:gridCol w="{wide}"/>' * len(rows[0].cells)
    body = "".join(f'<a:tr h="420000">{"".join(map(_cell, row.cells))}</a:tr>' for row in rows)
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{place}" name="表格 {place}"/>'
        "<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>"
        f'<p:xfrm><a:off x="{_LEFT}" y="{y}"/><a:ext cx="{_ACROSS}" cy="{420000 * len(rows)}"/>'
        f'</p:xfrm><a:graphic><a:graphicData uri="{_OPEN}/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1"/><a:tblGrid>{columns}</a:tblGrid>{body}</a:tbl></a:graphicData>'
        "</a:graphic></p:graphicFrame>"
    )


def _cell(text: str) -> str:
    body = _paragraph(Line("row", text), 1600)
    return f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{body}</a:txBody><a:tcPr/></a:tc>"


def _paragraph(line: Line, size: int) -> str:
    pieces = "".join(
        f'<a:r><a:rPr lang="zh-CN" sz="{size}"/><a:t>{escape(piece)}</a:t></a:r>'
        for piece in runs(line.text)
    )
    return f"<a:p>{pieces}</a:p>"
