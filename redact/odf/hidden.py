"""Hidden text of OpenDocument: by a style, a hidden section, a field or under a merged cell."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from redact.containers import Segment
from redact.notes import Notes
from redact.odf.package import DRAW, STYLE, TEXT
from redact.odf.tree import CELLS, INLINE, PARAGRAPHS, SPAN, TextNode, drop, has_text

_DISPLAY, _HIDDEN = f"{{{TEXT}}}display", f"{{{TEXT}}}is-hidden"
_STYLE_NAME, _FAMILY = f"{{{TEXT}}}style-name", f"{{{STYLE}}}family"
_VALUE = f"{{{TEXT}}}string-value"
_TEXT_FIELD, _PARAGRAPH_FIELD = f"{{{TEXT}}}hidden-text", f"{{{TEXT}}}hidden-paragraph"
_HEADERS = tuple(
    f"{{{STYLE}}}{n}"
    for n in ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
)

Unseen = list[list[Segment]]
"""Texts that no reader sees, by paragraph: they go, but a mark of secrecy among them counts."""


class HiddenStyles:
    """Know which styles of one part hide text, by themselves or through those they build on."""

    def __init__(self, holders: Iterable[etree._Element]) -> None:
        self._own: dict[tuple[str, str], bool | None] = {}
        self._base: dict[tuple[str, str], str] = {}
        self._default: dict[str, bool] = {}
        for holder in holders:
            for style in holder.iter(f"{{{STYLE}}}style"):
                key = (str(style.get(_FAMILY, "")), str(style.get(f"{{{STYLE}}}name", "")))
                self._own[key] = _switch(style)
                self._base[key] = str(style.get(f"{{{STYLE}}}parent-style-name", ""))
            for style in holder.iter(f"{{{STYLE}}}default-style"):
                self._default[str(style.get(_FAMILY, ""))] = bool(_switch(style))

    def answer(self, family: str, name: str) -> bool | None:
        """Follow the chain of styles to the first that says yes or no; None where none does."""
        seen: set[str] = set()
        while (family, name) in self._own and name not in seen:
            seen.add(name)
            own = self._own[family, name]
            if own is not None:
                return own
            name = self._base[family, name]
        return None

    def of_paragraph(self, paragraph: etree._Element) -> bool:
        """Tell whether a paragraph's text is hidden where nothing in it says otherwise."""
        own = self.answer("paragraph", str(paragraph.get(_STYLE_NAME, "")))
        return self._default.get("paragraph", False) if own is None else own


def drop_hidden_blocks(root: etree._Element, notes: Notes) -> Unseen:
    """Drop hidden sections, shapes, cells and fields; must come before fields become text."""
    unseen: Unseen = []
    for holder in root.iter(*_HEADERS, CELLS[1]):
        # A header that is switched off stays so: left out, it would be switched on.
        if holder.tag == CELLS[1] or holder.get(f"{{{STYLE}}}display") == "false":
            for child in list(holder):
                _drop(child, notes, unseen)
    for section in list(root.iter(f"{{{TEXT}}}section")):
        if section.get(_DISPLAY) == "none" or section.get(_HIDDEN) == "true":
            _drop(section, notes, unseen)
    for element in list(root.iter(f"{{{DRAW}}}*", f"{{{TEXT}}}*")):
        drawn = element.get(f"{{{DRAW}}}display") == "none"
        if drawn or (element.get(_DISPLAY) == "none" and element.getparent() is not None):
            _drop(element, notes, unseen)
    for field in list(root.iter(_TEXT_FIELD)):
        if field.get(_HIDDEN) == "true" or not has_text(field):
            field.text = (field.text or "") + str(field.get(_VALUE, ""))
            _drop(field, notes, unseen)
    for field in list(root.iter(_PARAGRAPH_FIELD)):
        paragraph = next(field.iterancestors(*PARAGRAPHS), None)
        if field.get(_HIDDEN) == "true" and paragraph is not None:
            _drop(paragraph, notes, unseen)
    return unseen


def drop_hidden_runs(root: etree._Element, styles: HiddenStyles, notes: Notes) -> Unseen:
    """Drop the text that styles hide; the innermost that says yes or no decides."""
    unseen: Unseen = []
    for paragraph in list(root.iter(*PARAGRAPHS)):
        held: list[str] = []
        _hide(paragraph, styles.of_paragraph(paragraph), styles, held)
        if any(piece.strip() for piece in held):
            notes.add("hidden_dropped")
            unseen.append([_lost("".join(held))])
    return unseen


def _hide(element: etree._Element, hidden: bool, styles: HiddenStyles, held: list[str]) -> None:
    if hidden:
        held.append(element.text or "")
        element.text = None
    for child in list(element):
        if child.tag in INLINE:
            own = styles.answer("text", str(child.get(_STYLE_NAME, "")))
            _hide(child, hidden if own is None else own, styles, held)
        if hidden:
            held.append(child.tail or "")
            child.tail = None
            if child.tag not in INLINE:
                held += [str(piece) for piece in child.itertext()]
                drop(child)


def _drop(element: etree._Element, notes: Notes, unseen: Unseen) -> None:
    if has_text(element):
        notes.add("hidden_dropped")
        for paragraph in list(element.iter(*PARAGRAPHS)) or [element]:
            inside = next(paragraph.iterancestors(*PARAGRAPHS), None)
            if inside is None or element not in inside.iterancestors():
                unseen.append([_lost("".join(map(str, paragraph.itertext())))])
    drop(element)


def _lost(text: str) -> Segment:
    return TextNode(etree.Element(SPAN), False, text)


def _switch(style: etree._Element) -> bool | None:
    properties = style.find(f"{{{STYLE}}}text-properties")
    display = properties.get(_DISPLAY) if properties is not None else None
    return None if display is None else display == "none"
