"""The markup of OpenDocument texts that may stay; everything else goes, noted where it told."""

from __future__ import annotations

from lxml import etree

from redact.notes import Notes
from redact.odf.names import NAMED, is_reference
from redact.odf.ods_values import VALUE_ATTRIBUTES
from redact.odf.package import DRAW, LOEXT, NUMBER, OFFICE, STYLE, SVG, TABLE, TEXT
from redact.odf.pictures import IMAGE, LINK_ATTRIBUTES
from redact.odf.tree import CELLS, INLINE, PARAGRAPHS, drop, has_text
from redact.odf.values import clean
from redact.ooxml.parts import words

ALLOWED = {
    OFFICE: words("""
        document-content document-styles font-face-decls styles automatic-styles master-styles
        body text spreadsheet"""),
    STYLE: words("""
        font-face style default-style page-layout default-page-layout page-layout-properties
        header-style footer-style header-footer-properties footnote-sep columns column column-sep
        tab-stops tab-stop drop-cap paragraph-properties text-properties graphic-properties
        table-properties table-column-properties table-row-properties table-cell-properties
        section-properties ruby-properties list-level-properties list-level-label-alignment
        master-page header header-left header-first footer footer-left footer-first region-left
        region-center region-right map"""),
    TEXT: words("""
        p h span a s tab line-break page-number page-count sheet-name note note-citation note-body
        bookmark bookmark-start bookmark-end list list-item list-header numbered-paragraph section
        list-style list-level-style-number list-level-style-bullet outline-style
        outline-level-style notes-configuration linenumbering-configuration table-of-content
        table-of-content-source table-of-content-entry-template index-title-template index-body
        index-title index-entry-text index-entry-page-number index-entry-tab-stop
        index-entry-chapter index-entry-link-start index-entry-link-end index-entry-span
        index-source-styles index-source-style"""),
    TABLE: words("""
        table table-column table-columns table-header-columns table-column-group table-row
        table-rows table-header-rows table-row-group table-cell covered-table-cell title desc
        shapes"""),
    DRAW: words("""
        frame text-box image rect line polyline polygon regular-polygon path circle ellipse g
        connector caption measure custom-shape enhanced-geometry equation handle gradient hatch
        stroke-dash marker opacity"""),
    SVG: words("title desc"),
    NUMBER: words("""
        number-style currency-style percentage-style date-style time-style boolean-style text-style
        number scientific-number fraction text text-content boolean year month day hours minutes
        seconds am-pm day-of-week quarter week-of-year era currency-symbol embedded-text"""),
    LOEXT: words("graphic-properties"),
}
ATTRIBUTE_TEXTS = frozenset(
    {f"{{{STYLE}}}{n}" for n in ("num-prefix", "num-suffix", "num-format", "num-list-format")}
    | {f"{{{TEXT}}}bullet-char", f"{{{LOEXT}}}num-list-format", f"{{{STYLE}}}leader-text"}
)
"""Attributes that readers show as text; the plain ones of them only number."""

DESCRIPTIONS = tuple(f"{{{s}}}{n}" for s in (SVG, TABLE) for n in ("title", "desc"))
CITATION = f"{{{TEXT}}}note-citation"
LABEL = f"{{{TEXT}}}label"
TEMPLATES = (f"{{{TEXT}}}index-title-template", f"{{{TEXT}}}index-entry-span")
_LITERALS = tuple(f"{{{NUMBER}}}{n}" for n in ("text", "embedded-text", "currency-symbol"))
_LEAVES = frozenset((*DESCRIPTIONS, CITATION, *TEMPLATES, *_LITERALS))
_HOLDERS = _LEAVES | frozenset((*PARAGRAPHS, *INLINE))
_EMPTY: frozenset[str] = frozenset()
_KEPT = {
    CITATION: frozenset({LABEL}),
    f"{{{TABLE}}}table": frozenset({f"{{{TABLE}}}name"}),
    f"{{{STYLE}}}map": frozenset({f"{{{STYLE}}}condition"}),
    IMAGE: LINK_ATTRIBUTES,
    **dict.fromkeys(CELLS, VALUE_ATTRIBUTES),
}
"""Attributes that the step before has settled: a text document has none of them left."""


def keep_known(root: etree._Element, notes: Notes) -> None:
    """Drop unknown elements, unknown attributes and text where none belongs.

    Dropping something that held text is noted, so that a person looks.
    """
    pending = [root]
    while pending:
        element = pending.pop()
        _clean(element)
        holder = element.tag in _HOLDERS
        if not holder:
            _drop_loose(element, notes)
        for child in list(element):
            if is_known(child) and element.tag not in _LEAVES:
                pending.append(child)
                continue
            if isinstance(child.tag, str) and has_text(child):
                notes.add("content_dropped")
            drop(child)


def is_known(element: etree._Element) -> bool:
    """Tell whether an element is on the list."""
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    return name.localname in ALLOWED.get(name.namespace or "", _EMPTY)


def _clean(element: etree._Element) -> None:
    kept = NAMED.get(str(element.tag), _EMPTY) | ATTRIBUTE_TEXTS
    kept |= _KEPT.get(str(element.tag), _EMPTY)
    kept |= {str(name) for name in element.attrib if is_reference(str(name))}
    clean(element, kept)


def _drop_loose(element: etree._Element, notes: Notes) -> None:
    """Drop text that stands between elements where the schema has none."""
    loose = (element.text or "") + "".join(child.tail or "" for child in element)
    if loose.strip():
        notes.add("content_dropped")
    element.text = None
    for child in element:
        child.tail = None
