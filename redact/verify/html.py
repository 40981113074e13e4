"""Re-read html output for the verifier with the standard library's own reader."""

from __future__ import annotations

import binascii
import html
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import unquote

from redact.verify.drawn import Drawn
from redact.verify.pictures import holds_only_pixels, lines_in_picture
from redact.verify.text import UNDECODABLE, decode_output
from redact.verify.views import UNCHECKED_PART, Kind, Reading, View, drawn_view, printed

_UNEXPECTED = "输出的网页中有不应出现的标记或属性，可能夹带内容，请转人工处理。"
_ELEMENTS = frozenset((
    "html", "head", "meta", "title", "body", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div",
    "section", "article", "header", "footer", "main", "nav", "aside", "figure", "figcaption",
    "address", "blockquote", "center", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "br", "a", "span", "b",
    "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "big", "code", "font",
    "img",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "charset", "href", "colspan", "rowspan", "start", "type", "value", "border", "align",
    "valign", "style", "src", "width", "height",
))  # fmt: skip
_LINKS = ("http://", "https://")
_BEHIND = re.compile("[/?#]")
"""What a colon stands behind that ends no scheme (RFC 3986, 4.2): ``list.jsp?at=08:30``."""

_INLINE = frozenset((
    "a", "span", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "big",
    "code", "font",
))  # fmt: skip
_BREAKS = _ELEMENTS - _INLINE
_PICTURE = re.compile(r"data:image/[a-z+.-]{1,20};base64,([A-Za-z0-9+/]+={0,2})")


def read_html(output: bytes) -> Reading:
    """Read a page: its lines, attributes, pictures, and its source but for the pictures' bytes."""
    text = decode_output(output)
    if text is None:
        return Reading(complaints=(UNDECODABLE,))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    complaints = dict.fromkeys((_UNEXPECTED,) if reader.unexpected else ())
    source = html.unescape(unquote(_PICTURE.sub(_unless_packed, text), errors="replace"))
    views = [
        View(Kind.CELLS, tuple(("网页正文", line) for line in reader.lines())),
        View(Kind.ASIDE, tuple(("网页链接或属性", value) for value in reader.values)),
        View(Kind.RAW, (("网页源代码", source),)),
    ]
    pictures = [(f"图片 {number}", data) for number, data in enumerate(reader.pictures, 1)]
    views += _pictured(pictures, complaints)
    return Reading(tuple(views), tuple(complaints))


def _pictured(
    pictures: Iterable[tuple[str, bytes]], complaints: dict[str, None]
) -> tuple[View, View]:
    """Read pictures, also those that hold more than pixels, which is a complaint."""
    seen: list[tuple[str, Drawn]] = []
    beside: list[tuple[str, str]] = []
    for place, data in pictures:
        if not holds_only_pixels(data):
            complaints.setdefault(UNCHECKED_PART)
            beside += ((place, text) for text in printed(data))
        try:
            seen.append((place, lines_in_picture(data)))
        except Exception:  # whatever a decoder or recogniser throws, the picture is not proven
            complaints.setdefault(UNCHECKED_PART)
    return drawn_view(seen), View(Kind.RAW, tuple(beside))


def _unpacked(match: re.Match[str]) -> bytes:
    """Give the bytes of a picture; none where the letters are not just those that bytes make."""
    try:
        data = b64decode(match[1], validate=True)
    except binascii.Error:
        return b""
    return data if b64encode(data).decode("ascii") == match[1] else b""


def _unless_packed(match: re.Match[str]) -> str:
    return "" if _unpacked(match) else match[0]


class _Reader(HTMLParser):
    """Collect text by line and attribute values; remember anything a clean page has not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: list[str] = []
        self.pictures: list[bytes] = []
        self.unexpected = False
        self._lines: list[list[str]] = [[]]

    def lines(self) -> list[str]:
        """Give the text between two breaks of a line."""
        return ["".join(pieces) for pieces in self._lines if pieces]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        self.unexpected |= tag not in _ELEMENTS
        for name, value in attrs:
            if tag == "img" and name == "src" and (match := _PICTURE.fullmatch(value or "")):
                self.pictures.append(_unpacked(match))
                continue
            self.unexpected |= name == "src"
            self.unexpected |= name not in _ATTRIBUTES or (
                name == "href" and not _leads_to_page(value or "")
            )
            self.values += (unquote(value or "", errors="replace"),)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)

    def handle_data(self, data: str) -> None:
        self._lines[-1].append(data)

    def handle_comment(self, data: str) -> None:
        self.unexpected = True

    def handle_pi(self, data: str) -> None:
        self.unexpected = True

    def unknown_decl(self, data: str) -> None:
        self.unexpected = True

    def handle_decl(self, decl: str) -> None:
        self.unexpected |= decl.lower() != "doctype html"

    def _break(self, tag: str) -> None:
        if tag in _BREAKS:
            self._lines.append([])


def _leads_to_page(target: str) -> bool:
    head = target.strip().lower()
    return head.startswith(_LINKS) or ":" not in _BEHIND.split(head, maxsplit=1)[0]
