"""The names that OpenDocument markup is held together by: all but the built-in ones given anew."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from redact.notes import Notes
from redact.odf.package import DRAW, NUMBER, OFFICE, STYLE, TEXT, XLINK
from redact.odf.tree import to_span
from redact.ooxml.parts import XML, words

_NAME, _SHOWN = f"{{{STYLE}}}name", f"{{{STYLE}}}display-name"
_DRAW_NAME, _DRAW_SHOWN = f"{{{DRAW}}}name", f"{{{DRAW}}}display-name"
_TEXT_NAME, _HREF = f"{{{TEXT}}}name", f"{{{XLINK}}}href"
_FORMATS = words("number currency percentage date time boolean text")
_DEFINED = (
    *(f"{{{STYLE}}}{n}" for n in ("style", "page-layout", "master-page", "font-face")),
    *(f"{{{TEXT}}}{n}" for n in ("list-style", "outline-style")),
    *(f"{{{NUMBER}}}{n}-style" for n in sorted(_FORMATS)),
)
_DRAWN = tuple(f"{{{DRAW}}}{n}" for n in ("gradient", "hatch", "stroke-dash", "marker", "opacity"))
_REFERENCE = re.compile(r"(?:[a-z\-]+-)?style-name\Z")
_REFERENCES = words("""
    page-layout-name master-page-name font-name font-name-asian font-name-complex style-override
    fill-gradient-name fill-hatch-name opacity-name stroke-dash marker-start marker-end
    leader-text-style""")
_FONTS = words("font-name font-name-asian font-name-complex")
_BOOKMARKS = tuple(f"{{{TEXT}}}{n}" for n in ("bookmark", "bookmark-start", "bookmark-end"))
_NAMED = {
    f"{{{TEXT}}}section": "区域",
    f"{{{TEXT}}}table-of-content": "目录",
    f"{{{TEXT}}}index-title": "目录标题",
}
_XML_ID = f"{{{XML}}}id"
_LISTS = (f"{{{TEXT}}}list", f"{{{TEXT}}}numbered-paragraph")
_LIST_REFERENCES = tuple(f"{{{TEXT}}}{n}" for n in ("continue-list", "list-id"))
_ESCAPED = re.compile(r"_([0-9a-f]{2})_")
_WORDS = words("""
    standard text body heading title subtitle list contents index table footnote endnote header
    footer frame frames graphics caption illustration drawing numbering bullet symbols symbol
    characters internet link visited default paragraph font outline page first left right and user
    defined style quotations preformatted sender addressee salutation signature complimentary close
    marginalia hanging indent line horizontal start end cont emphasis strong source definition
    example teletype variable main entry placeholder drop caps rubies separator bibliography objects
    object ole labels watermark formula landscape envelope html converted figure normal no spacing
    block macro date plain quote intense subtle""")
_WORD = re.compile(r"[A-Za-z]+|\d{1,2}|[ .\-]")


class Names:
    """Map the names that one document defines to names of ours, alike in all its parts."""

    def __init__(self, roots: Iterable[etree._Element]) -> None:
        self._map: dict[str, str] = {}
        self._bookmarks: dict[str, str] = {}
        self._lists: dict[str, str] = {}
        for root in roots:
            for element in root.iter(*_DEFINED, *_DRAWN):
                name = str(element.get(_attribute(element), ""))
                builtin = is_builtin(name)
                self._map.setdefault(name, name if builtin else f"s{letters(len(self._map))}")
            for mark in root.iter(*_BOOKMARKS):
                name = str(mark.get(_TEXT_NAME, ""))
                self._bookmarks.setdefault(name, f"b{letters(len(self._bookmarks))}")

    def apply(self, root: etree._Element, notes: Notes) -> None:
        """Rename all definitions and references of a tree; what leads nowhere goes."""
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            for name, value in element.items():
                if is_reference(str(name)):
                    self._refer(element, str(name), str(value))
            if element.tag in _BOOKMARKS:
                bookmark = str(element.get(_TEXT_NAME, ""))
                element.set(_TEXT_NAME, self._bookmarks.get(bookmark, "b"))
        self._define(root)
        self._link(root, notes)
        self._number(root)

    def _refer(self, element: etree._Element, name: str, value: str) -> None:
        target = self._map.get(value) if value else ""
        if target is None:
            del element.attrib[name]
        else:
            element.set(name, target)

    def _define(self, root: etree._Element) -> None:
        common = root.find(f"{{{OFFICE}}}styles")
        for element in root.iter(*_DEFINED, *_DRAWN):
            attribute = _attribute(element)
            shown = _DRAW_SHOWN if attribute == _DRAW_NAME else _SHOWN
            name = str(element.get(attribute, ""))
            element.attrib.pop(shown, "")
            element.set(attribute, self._map[name])
            if is_builtin(name):
                if "_" in name:
                    element.set(shown, plain(name))
            elif element.getparent() is common and attribute == _NAME:
                element.set(shown, f"样式 {self._map[name][1:]}")

    def _link(self, root: etree._Element, notes: Notes) -> None:
        """Keep the links that lead to a bookmark of the document itself."""
        for link in list(root.iter(f"{{{TEXT}}}a")):
            target = self._bookmarks.get(str(link.get(_HREF, "")).removeprefix("#"))
            if target is None or not str(link.get(_HREF)).startswith("#"):
                notes.add("links_dropped")
                to_span(link)
            else:
                link.set(_HREF, f"#{target}")
                link.set(f"{{{XLINK}}}type", "simple")

    def _number(self, root: etree._Element) -> None:
        for tag, label in _NAMED.items():
            for number, element in enumerate(root.iter(tag), 1):
                element.set(_TEXT_NAME, f"{label}{number}")
        wanted: dict[str, str] = {}
        for element in root.iter(*_LISTS):
            for attribute in _LIST_REFERENCES:
                if (value := element.get(attribute)) is not None:
                    element.set(
                        attribute, wanted.setdefault(str(value), f"l{letters(len(wanted))}")
                    )
        for element in root.iter(*_LISTS):
            identity = wanted.pop(str(element.attrib.pop(_XML_ID, "")), None)
            if identity is not None:
                element.set(_XML_ID, identity)


@lru_cache(maxsize=4_096)
def is_reference(name: str) -> bool:
    """Tell whether an attribute names a style, a font or the like."""
    local = etree.QName(name).localname
    fits = local in _REFERENCES or bool(_REFERENCE.match(local))
    return fits and local not in ("cond-style-name", "class-style-name")


def is_builtin(name: str) -> bool:
    """Tell whether a style's name is made of the words of built-in names alone."""
    bare = plain(name)
    return (
        0 < len(bare) <= 48
        and not _WORD.sub("", bare)
        and all(w.lower() in _WORDS for w in re.findall("[A-Za-z]+", bare))
        and bool(re.search("[A-Za-z]", bare))
        and not re.search(r"\d[\d .\-]*\d", bare)
    )


def letters(number: int) -> str:
    """Count in letters, of which no name comes to read like a number that was removed."""
    counted = ""
    while True:
        number, rest = divmod(number, 26)
        counted = chr(ord("a") + rest) + counted
        if not number:
            return counted


def plain(name: str) -> str:
    """Decode the signs that a style's name may not hold as they are (``_20_``)."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)


def _attribute(element: etree._Element) -> str:
    return _DRAW_NAME if element.tag in _DRAWN else _NAME


NAMED: dict[str, frozenset[str]] = (
    {tag: frozenset({_NAME, _SHOWN}) for tag in _DEFINED}
    | {tag: frozenset({_DRAW_NAME, _DRAW_SHOWN}) for tag in _DRAWN}
    | {tag: frozenset({_TEXT_NAME}) for tag in (*_BOOKMARKS, *_NAMED)}
    | {tag: frozenset({_XML_ID, *_LIST_REFERENCES}) for tag in _LISTS}
    | {f"{{{TEXT}}}a": frozenset({_HREF, f"{{{XLINK}}}type"})}
)
"""Attributes, by element, that ``Names`` writes or drops, whatever they held."""
