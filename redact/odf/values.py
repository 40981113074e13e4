"""Which attributes of OpenDocument markup may stay: known names with values that tell nothing.

A name of a style is renamed elsewhere, a text becomes a block; what is left must have the shape of
a measure, a colour or a word of the schema.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from redact.odf.package import DRAW, FO, LOEXT, NUMBER, STYLE, SVG, TABLE, TEXT
from redact.ooxml.parts import words
from redact.ooxml.values import is_safe_font

_PIECE = re.compile(
    r"(?:(?P<word>(?![A-Za-z0-9\-]*\d{6})[A-Za-z][A-Za-z0-9]{0,23}(?:-[a-z0-9]{1,16}){0,5})"
    r"|(?P<number>[-+]?(?:\d{1,9}|\d{0,9}\.\d{1,10}))(?P<unit>[%*]|[a-z]{1,2})?"
    r"|#[0-9A-Fa-f]{3,8})\Z"
)
_MOST_PIECES, _MOST_WORDS = 6, 2
_COORDINATES = re.compile(r"(?:[A-Za-z]{1,10}+|[-0-9@#,. +()*/$?])*\Z")
_LONGEST_PATH = 20_000
_LONG_RUN = re.compile(r"\d{10}")
_WORD_RUN = re.compile(r"[A-Za-z]{11}")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")

_DRAWN_BY_OFFICE = "http://openoffice.org/2010/draw"
_FORM = re.compile(r"(?!.*\d{6})(?:ooxml-|mso-spt)?[A-Za-z0-9]{1,32}\Z")
# A path calls its formulas by name: without their names it draws nothing.
_EQUATION, _NAME_OF_ONE = f"{{{DRAW}}}equation", re.compile(r"f\d{1,3}\Z")

_DRAWN = {
    DRAW: words("""points path-stretchpoint enhanced-path modifiers glue-points text-areas transform
        formula handle-position handle-range-x-minimum handle-range-x-maximum
        handle-range-y-minimum handle-range-y-maximum"""),
    SVG: words("d viewBox"),
    _DRAWN_BY_OFFICE: words("enhanced-path sub-view-size"),
}
_KNOWN = {
    STYLE: words("""
        family font-charset font-pitch font-family-generic class default-outline-level
        num-letter-sync rel-width rel-height type char leader-char leader-style leader-color
        position width color adjustment line-style height
        vertical-align distance-before-sep distance-after-sep length lines distance display
        page-usage"""),
    TEXT: words("""
        outline-level is-list-header start-value restart-numbering continue-numbering note-class c
        select-page page-adjust level display-levels consecutive-numbering bullet-relative-size
        anchor-type anchor-page-number footnotes-position start-numbering-at number-lines offset
        number-position increment count-empty-lines count-in-text-boxes restart-on-page protected
        use-index-marks use-index-source-styles use-outline-level index-scope
        relative-tab-stop-position use-soft-page-breaks list-level"""),
    TABLE: words("""
        number-columns-spanned number-rows-spanned number-columns-repeated number-rows-repeated
        is-sub-table end-x end-y table-background"""),
    DRAW: words("""
        z-index corner-radius kind start-angle end-angle type line-skew concave corners sharpness
        caption-point-x caption-point-y mirror-horizontal mirror-vertical text-path text-path-mode
        text-path-scale text-path-same-letter-heights text-rotate-angle extrusion-allowed
        text-path-allowed concentric-gradient-fill-allowed handle-switched handle-polar
        handle-radius-range-minimum handle-radius-range-maximum handle-mirror-horizontal
        handle-mirror-vertical style cx cy angle border start-intensity end-intensity start-color
        end-color start end dots1 dots1-length dots2 dots2-length distance color rotation"""),
    SVG: words("""
        x y x1 x2 y1 y2 width height cx cy r rx ry font-family"""),
    NUMBER: words("""
        decimal-places min-decimal-places min-integer-digits grouping style textual calendar
        automatic-order format-source truncate-on-overflow min-exponent-digits exponent-interval
        forced-exponent-sign min-numerator-digits min-denominator-digits denominator-value language
        country script position"""),
    FO: words("min-height min-width max-height max-width page-width text-indent"),
}
_PROPERTY_SPACES = frozenset({FO, STYLE, SVG, DRAW, TEXT, TABLE, LOEXT, NUMBER})
_PROPERTY_ELEMENTS = words("column column-sep columns drop-cap footnote-sep tab-stop")
_TELLING = words("""
    name display-name title label value string-value formula condition author description help-id
    database-name table-name column-name connection-name class-names cond-style-name
    print-range-name filter-name protection-key fill-image-name reference-mark target
    user-label tab-ref data-field-hint clip display""")
_FONTS = words("font-family font-family-asian font-family-complex")
_FONT_NAMES = re.compile(r"'([^']*)'|([^',]+)")
_PROPERTIES = re.compile(r".*-properties\Z|list-level-label-alignment\Z")


def is_shaped(value: str) -> bool:
    """Tell whether a value is a measure, a colour, a schema word, a few of them, or one sign."""
    if len(value) < 2 or _PIECE.match(value):
        return True
    pieces = [_PIECE.match(piece) for piece in value.split(" ")]
    known = [piece for piece in pieces if piece and (not piece["number"] or piece["unit"])]
    words_told = sum(1 for piece in known if piece["word"])
    return len(known) == len(pieces) <= _MOST_PIECES and words_told <= _MOST_WORDS


def clean(element: etree._Element, kept: frozenset[str]) -> None:
    """Drop the attributes of one element that may not stay; ``kept`` were seen to elsewhere."""
    tag = str(element.tag)
    for name, value in element.items():
        if name not in kept and not _may_stay(tag, str(name), str(value)):
            del element.attrib[name]


@lru_cache(maxsize=16_384)
def _may_stay(tag: str, name: str, value: str) -> bool:
    attribute, element = etree.QName(name), etree.QName(tag)
    space, local = attribute.namespace or "", attribute.localname
    if local in _FONTS:
        return are_safe_fonts(value)
    if tag == _EQUATION and name == f"{{{DRAW}}}name":
        return bool(_NAME_OF_ONE.match(value))
    if name == f"{{{DRAW}}}type" and _FORM.match(value) and not _LONG_RUN.search(value):
        return True
    if local in _DRAWN.get(space, ()):
        return is_drawn(value)
    if local in _KNOWN.get(space, ()):
        return is_shaped(value)
    of_format = bool(_PROPERTIES.match(element.localname)) or (
        element.namespace == STYLE and element.localname in _PROPERTY_ELEMENTS
    )
    fits = space in _PROPERTY_SPACES and local not in _TELLING and bool(_NAME.match(local))
    return of_format and fits and is_shaped(value)


def is_drawn(value: str) -> bool:
    """Tell whether a value is a path, a formula or a list of points."""
    return (
        len(value) <= _LONGEST_PATH
        and bool(_COORDINATES.match(value))
        and not _LONG_RUN.search(value)
        and not _WORD_RUN.search(value)
    )


def are_safe_fonts(value: str) -> bool:
    """Tell whether a list of font names, quoted or not, looks like one."""
    names = [quoted or bare.strip() for quoted, bare in _FONT_NAMES.findall(value)]
    return all(is_safe_font(name) for name in names if name)
