"""Charts: rebuilt from known elements with their data written out, so that no cell or book is left.

Titles and the names of categories and series are text like any other. What a chart took from
cells becomes its own: formulas, the workbook behind it, drawings on it and extensions go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from redact.containers import Container
from redact.notes import Notes
from redact.ooxml.fills import empty_fills
from redact.ooxml.numbers import is_number, safe_format
from redact.ooxml.parts import A, C, words
from redact.ooxml.text import ElementText, drop_unlisted, paragraph_segments
from redact.ooxml.theme import name_fonts
from redact.ooxml.tree import Allowed, drop, keep_known, resolve_alternates
from redact.ooxml.values import clean_attributes, is_simple
from redact.ooxml.word import ALLOWED as WORD_ALLOWED
from redact.ooxml.word import clean_element
from review.document import BlockKind

_ALLOWED: Allowed = {
    A: (WORD_ALLOWED[A] or frozenset()) - words("blip blipFill fld"),
    C: words("""
        chartSpace date1904 lang roundedCorners style chart title tx rich autoTitleDeleted view3D
        rotX hPercent rotY depthPercent rAngAx perspective floor sideWall backWall thickness
        plotArea layout manualLayout layoutTarget xMode yMode wMode hMode x y w h areaChart
        area3DChart lineChart line3DChart stockChart radarChart scatterChart pieChart pie3DChart
        doughnutChart barChart bar3DChart ofPieChart bubbleChart grouping varyColors ser idx order
        dLbls dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName
        showPercent showBubbleSize separator showLeaderLines leaderLines dropLines hiLowLines
        upDownBars gapWidth upBars downBars marker symbol size smooth dPt invertIfNegative bubble3D
        explosion trendline trendlineType period forward backward intercept dispRSqr dispEq errBars
        errDir errBarType errValType noEndCap plus minus val cat xVal yVal bubbleSize strLit numLit
        ptCount pt v formatCode barDir overlap serLines shape firstSliceAng holeSize ofPieType
        splitType splitPos secondPieSize scatterStyle radarStyle axId bubbleScale showNegBubbles
        sizeRepresents gapDepth catAx valAx dateAx serAx scaling logBase orientation max min axPos
        majorGridlines minorGridlines majorTickMark minorTickMark tickLblPos crossAx crosses
        crossesAt crossBetween majorUnit minorUnit dispUnits builtInUnit custUnit dispUnitsLbl auto
        lblAlgn lblOffset noMultiLvlLbl tickLblSkip tickMarkSkip baseTimeUnit majorTimeUnit
        minorTimeUnit dTable showHorzBorder showVertBorder showOutline showKeys legend legendPos
        legendEntry overlay plotVisOnly dispBlanksAs"""),
}
_LEVELLED = f"{{{C}}}multiLvlStrRef"
_NOT_UNDERSTOOD = (_LEVELLED, *(f"{{{C}}}{n}" for n in ("surfaceChart", "surface3DChart")))
_DATA = {f"{{{C}}}strRef": ("strCache", "strLit"), f"{{{C}}}numRef": ("numCache", "numLit")}
_V, _TX, _PT = (f"{{{C}}}{n}" for n in ("v", "tx", "pt"))
_CODES = f"{{{C}}}formatCode"
_SEPARATOR = f"{{{C}}}separator"
_SEPARATORS = (" ", ", ", "; ", ". ", "\n", ",", ";", "，", "；")
_CATEGORIES = (f"{{{C}}}cat", f"{{{C}}}xVal")
_IDENTIFIER = re.compile(r"1[3-9]\d{9}|\d{15,}")
_WHOLE = re.compile(r"-?\d{1,9}")
_TITLE = (
    f'<c:rich xmlns:c="{C}" xmlns:a="{A}"><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t/></a:r></a:p>'
    "</c:rich>"
)


def normalise_chart(root: etree._Element, notes: Notes) -> bool:
    """Bring a chart to the form that is both read and written; False for what is not understood.

    A number as long as a telephone or identity number is nothing that a chart measures.
    """
    resolve_alternates(root, notes)
    fields = [str(field.get("type", "")) for field in root.iter(f"{{{A}}}fld")]
    if root.tag != f"{{{C}}}chartSpace" or "CELLRANGE" in fields:
        return False
    _flatten_levels(root)
    if any(True for _ in root.iter(*_NOT_UNDERSTOOD)) or not _write_out(root):
        return False
    if not all(_is_measure(v) for v in root.iter(_V) if _is_numeric(v)):
        return False
    for field in root.iter(f"{{{A}}}fld"):
        notes.add("fields_flattened")
        field.tag = f"{{{A}}}r"
    empty_fills(root, notes)
    _shorten(root)
    texts = {e: _kept_text(e) for e in root.iter(_V, _CODES, _SEPARATOR)}
    keep_known(root, _ALLOWED, _clean, notes)
    for element in root.iter(_V, _CODES, _SEPARATOR):
        element.text = texts[element]
    name_fonts(root)
    if drop_unlisted(root, list(chart_containers("", root))):
        notes.add("content_dropped")
    return True


def chart_containers(part: str, root: etree._Element) -> Iterator[Container]:
    """List the texts of a chart: titles and labels, names of series and categories."""
    for element in root.iter(f"{{{A}}}p", _V):
        if element.tag == _V:
            if not _is_numeric(element):
                text = ElementText(element, element.text or "")
                yield Container(part, [text], BlockKind.ATTRIBUTE)
        else:
            paragraph = Container(part, paragraph_segments(element), BlockKind.ATTRIBUTE)
            if paragraph.text:
                yield paragraph


def _flatten_levels(root: etree._Element) -> None:
    """Write names in levels of which there is only one as the plain names they are."""
    for reference in root.iter(_LEVELLED):
        cache = reference.find(f"{{{C}}}multiLvlStrCache")
        levels = list(cache.iterchildren(f"{{{C}}}lvl")) if cache is not None else []
        if cache is not None and len(levels) == 1:
            reference.tag, cache.tag = f"{{{C}}}strRef", f"{{{C}}}strCache"
            cache.extend(levels[0])
            cache.remove(levels[0])


def _write_out(root: etree._Element) -> bool:
    """Put data in the place of references to cells; False where the chart brings none."""
    for reference in list(root.iter(*_DATA)):
        cached, literal = _DATA[reference.tag]
        data = reference.find(f"{{{C}}}{cached}")
        parent = reference.getparent()
        if data is None or parent is None:
            return False
        if parent.tag == _TX:
            _write_name(parent, reference, data)
            continue
        data.tag = f"{{{C}}}{literal}"
        parent.replace(reference, data)
        if parent.tag in _CATEGORIES:
            _name_years(data)
    return True


def _write_name(holder: etree._Element, reference: etree._Element, data: etree._Element) -> None:
    """Write what a name takes from a cell: a series bears it bare, a title as a paragraph."""
    name = "".join(v.text or "" for v in data.iter(_V))
    owner = holder.getparent()
    if owner is not None and owner.tag == f"{{{C}}}ser":
        written = etree.Element(_V)
        written.text = name
    else:
        written = etree.fromstring(_TITLE)
        next(written.iter(f"{{{A}}}t")).text = name
    holder.replace(reference, written)


def _name_years(data: etree._Element) -> None:
    """Take plain whole numbers along an axis, such as years, for the names they are."""
    code = data.find(_CODES)
    values = [v.text or "" for v in data.iter(_V)]
    plain = code is None or code.text in ("General", "0", "@")
    if data.tag == f"{{{C}}}numLit" and plain and all(map(_WHOLE.fullmatch, values)):
        data.tag = f"{{{C}}}strLit"
        if code is not None:
            drop(code)


def _kept_text(element: etree._Element) -> str:
    text = element.text or ""
    if element.tag == _CODES:
        return safe_format(text)
    return text if element.tag == _V or text in _SEPARATORS else " "


def _is_numeric(value: etree._Element) -> bool:
    return any(True for _ in value.iterancestors(f"{{{C}}}numLit"))


def _is_measure(value: etree._Element) -> bool:
    text = (value.text or "").strip()
    whole = text.partition(".")[0].lstrip("+-")
    return is_number(text) and not _IDENTIFIER.fullmatch(whole)


def _shorten(root: etree._Element) -> None:
    """Round the measures of the layout, which programs write to sixteen places."""
    for element in root.iter(f"{{{C}}}*"):
        value = str(element.get("val", ""))
        if not is_simple(value) and is_number(value):
            element.set("val", f"{float(value):.8f}".rstrip("0").rstrip("."))


_NUMBER_FORMAT = f"{{{C}}}numFmt"


def _clean(element: etree._Element) -> None:
    if element.tag == _NUMBER_FORMAT:
        code = safe_format(str(element.get("formatCode", "General")))
        clean_attributes(element)
        element.set("formatCode", code)
    elif str(element.tag).startswith(f"{{{C}}}"):
        clean_attributes(element)
    else:
        clean_element(element)
