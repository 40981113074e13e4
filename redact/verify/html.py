"""Re-read html output for the verifier with the standard library's own reader."""

from __future__ import annotations

import html
from html.parser import HTMLParser
from urllib.parse import unquote

from redact.verify.text import UNDECODABLE, decode_output
from redact.verify.views import Kind, Reading, View

_UNEXPECTED = "输出的网页中有不应出现的标记或属性，可能夹带内容，请转人工处理。"
_ELEMENTS = frozenset((
    "html", "head", "meta", "title", "body", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div",
    "section", "article", "header", "footer", "main", "nav", "aside", "figure", "figcaption",
    "address", "blockquote", "center", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "br", "a", "span", "b",
    "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "big", "code", "font",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "charset", "href", "colspan", "rowspan", "start", "type", "value", "border", "align",
    "valign", "style",
))  # fmt: skip
_LINKS = ("http://", "https://")
_INLINE = frozenset((
    "a", "span", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "big",
    "code", "font",
))  # fmt: skip
_BREAKS = _ELEMENTS - _INLINE


def read_html(output: bytes) -> Reading:
    """Read a page: its lines, its attributes, and its source as it stands."""
    text = decode_output(output)
    if text is None:
        return Reading(complaints=(UNDECODABLE,))
    reader = _Reader()
    reader.feed(text)
    reader.close()
    views = (
        View(Kind.CELLS, tuple(("网页正文", line) for line in reader.lines())),
        View(Kind.ASIDE, tuple(("网页链接或属性", value) for value in reader.values)),
        View(Kind.RAW, (("网页源代码", html.unescape(unquote(text, errors="replace"))),)),
    )
    return Reading(views, (_UNEXPECTED,) if reader.unexpected else ())


class _Reader(HTMLParser):
    """Collect text by line and attribute values; remember anything a clean page has not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: list[str] = []
        self.unexpected = False
        self._lines: list[list[str]] = [[]]

    def lines(self) -> list[str]:
        """Give the text between two breaks of a line."""
        return ["".join(pieces) for pieces in self._lines if pieces]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        self.unexpected |= tag not in _ELEMENTS
        for name, value in attrs:
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
    return head.startswith(_LINKS) or ":" not in head.partition("/")[0]
