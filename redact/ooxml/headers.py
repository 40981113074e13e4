"""Page headers and footers of a sheet: their codes kept apart from their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lxml import etree

from redact.containers import Container
from redact.notes import Notes
from redact.ooxml.parts import S
from redact.ooxml.strings import TextRun, decode
from redact.ooxml.values import is_safe_font, is_simple
from review.document import BlockKind

_NAMES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_TOKEN = re.compile(
    r'&(?:(?P<side>[LCR])|"(?P<font>[^"]*)"|(?P<size>\d{1,3})|(?P<colour>K[0-9A-Fa-f+\-]{2,6})'
    r"|(?P<literal>&)|(?P<code>[A-Za-z]))"
)
_CODES = frozenset("PNDTBIUESXYOHAF")


@dataclass(slots=True)
class HeaderText:
    """Hold one header or footer as pieces: (markup, None) or (empty, text run)."""

    name: str
    pieces: list[tuple[str, TextRun | None]]

    def markup(self) -> str:
        """Write the element anew, text that looks like a code protected."""
        text = ""
        for code, run in self.pieces:
            written = run.text.replace("&", "&&") if run else code
            # A size code swallows the digits that follow it; a space keeps them apart.
            if run and re.search(r"&\d{1,3}\Z", text) and written[:1].isdigit():
                text += " "
            text += written
        return f"<{self.name}>{escape(text)}</{self.name}>"


def read_headers(sheet: etree._Element, notes: Notes) -> Iterator[HeaderText]:
    """Read the headers and footers of a sheet; codes for path and picture go."""
    holder = sheet.find(f"{{{S}}}headerFooter")
    for name in _NAMES:
        element = holder.find(f"{{{S}}}{name}") if holder is not None else None
        if element is not None and element.text:
            yield HeaderText(name, list(_pieces(decode(element.text), notes)))


def header_containers(part: str, header: HeaderText) -> Iterator[Container]:
    """List the texts of one header: one block for each of its sides."""
    kind = BlockKind.PAGE_HEADER if header.name.endswith("Header") else BlockKind.PAGE_FOOTER
    side: list[TextRun] = []
    for code, run in [*header.pieces, ("&L", None)]:
        if run is not None:
            side.append(run)
        elif code in ("&L", "&C", "&R") and side:
            yield Container(part, side, kind)
            side = []


def _pieces(text: str, notes: Notes) -> Iterator[tuple[str, TextRun | None]]:
    pending = ""
    position = 0
    for match in _TOKEN.finditer(text):
        pending += text[position : match.start()]
        position = match.end()
        if match["literal"]:
            pending += "&"
            continue
        if match["code"] == "G":
            notes.add("picture_dropped")
        if code := _safe_code(match):
            if pending:
                yield "", TextRun("", pending)
            pending = ""
            yield code, None
    pending += text[position:]
    if pending:
        yield "", TextRun("", pending)


def _safe_code(match: re.Match[str]) -> str:
    if match["font"] is not None:
        name, _, style = match["font"].partition(",")
        fits = (name == "-" or is_safe_font(name)) and all(is_simple(w) for w in style.split())
        return match[0] if fits and len(style) < 32 else ""
    if match["code"]:
        return match[0].upper() if match["code"].upper() in _CODES else ""
    return match[0]
