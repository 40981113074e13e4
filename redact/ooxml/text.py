"""The text of office markup: which elements read as characters, and how they are rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from redact.containers import Container, Segment
from redact.ooxml.parts import XML, A, M, W

_SPACE = f"{{{XML}}}space"
_TEXT_TAGS = frozenset({f"{{{W}}}t", f"{{{M}}}t", f"{{{A}}}t"})
_W_T = f"{{{W}}}t"
_CHARACTERS = {
    f"{{{W}}}tab": "\t",
    f"{{{W}}}ptab": "\t",
    f"{{{W}}}br": "\n",
    f"{{{W}}}cr": "\n",
    f"{{{W}}}noBreakHyphen": "-",
    f"{{{W}}}softHyphen": "\u00ad",
    f"{{{A}}}br": "\n",
}
_SYMBOL = f"{{{W}}}sym"
_DINGBATS = ("wingdings", "webdings", "zapfdingbats", "marlett", "opensymbol")
LETTERS_OF_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x21, 0x7F)}
"""What symbol fonts show for the private code points that Word stores their characters under."""

_OF_SYMBOLS = re.compile("[\uf021-\uf07e]{3,}")
"""Letters and digits under a symbol font; one or two alone are the ticks and arrows of a form."""
_APART = frozenset(f"{{{W}}}{name}" for name in ("p", "txbxContent", "pPr", "rPr")) | {
    f"{{{A}}}p",
    f"{{{A}}}pPr",
    f"{{{A}}}rPr",
}


@dataclass(slots=True)
class ElementText:
    """Stand for the text of a ``t`` element."""

    element: etree._Element
    text: str

    def put(self, text: str) -> None:
        self.element.text = text
        if self.element.tag == _W_T and text != text.strip():
            self.element.set(_SPACE, "preserve")


@dataclass(slots=True)
class ElementMark:
    """Stand for an element that reads as one character: a tab, a line break, a symbol."""

    element: etree._Element
    text: str

    def put(self, text: str) -> None:
        parent = self.element.getparent()
        assert parent is not None
        if not text:
            parent.remove(self.element)
        elif self.element.tag.startswith(f"{{{A}}}"):
            run = etree.Element(f"{{{A}}}r")
            etree.SubElement(run, f"{{{A}}}t").text = text
            parent.replace(self.element, run)
        else:
            written = etree.Element(_W_T)
            ElementText(written, "").put(text)
            parent.replace(self.element, written)


def without_symbols(text: str) -> str:
    """Write runs of signs under a symbol font as the letters that it shows, one for one."""
    return _OF_SYMBOLS.sub(lambda match: match[0].translate(LETTERS_OF_SYMBOLS), text)


def drop_unlisted(root: etree._Element, containers: Iterable[Container]) -> bool:
    """Drop text elements that no block holds (text outside paragraphs); tell whether any did."""
    listed = {s.element for c in containers for s in c.segments if isinstance(s, ElementText)}
    found = False
    for element in list(root.iter(*_TEXT_TAGS)):
        parent = element.getparent()
        if element not in listed and parent is not None:
            found = found or bool(element.text)
            parent.remove(element)
    return found


def paragraph_segments(paragraph: etree._Element) -> list[Segment]:
    """Collect the pieces of a ``w:p`` or ``a:p`` in reading order; nested text boxes stay out."""
    found: list[Segment] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        tag = element.tag
        if tag in _TEXT_TAGS:
            found.append(ElementText(element, element.text or ""))
        elif tag in _CHARACTERS:
            found.append(ElementMark(element, _CHARACTERS[tag]))
        elif tag == _SYMBOL:
            found.append(ElementMark(element, _symbol(element)))
        elif tag not in _APART:
            pending.extend(reversed(element))
    return found


def is_dingbats(font: object) -> bool:
    """Tell whether a font shows pictures where others show letters and digits."""
    return "".join(str(font or "").split()).casefold().startswith(_DINGBATS)


def _symbol(element: etree._Element) -> str:
    try:
        code = int(str(element.get(f"{{{W}}}char", "")), 16)
        if code in LETTERS_OF_SYMBOLS and not is_dingbats(element.get(f"{{{W}}}font")):
            return LETTERS_OF_SYMBOLS[code]
        return "\ufffc" if 0xD800 <= code < 0xE000 or code < 0x20 else chr(code)
    except (ValueError, OverflowError):
        return "\ufffc"
