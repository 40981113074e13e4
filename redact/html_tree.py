"""A web page cut down to what is allowed: known elements, harmless attributes, visible text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree, html

from redact.notes import Notes
from redact.ooxml_tree import drop
from review.errors import BrokenInputError

BLOCKS = frozenset((
    "html", "body", "head", "title", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "section",
    "article", "header", "footer", "main", "nav", "aside", "figure", "figcaption", "address",
    "blockquote", "center", "pre", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption",
    "thead", "tbody", "tfoot", "tr", "td", "th", "hr",
))  # fmt: skip
"""Elements that begin a line of their own."""
_INLINE = frozenset((
    "a", "span", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "small", "big",
    "code", "font", "br",
))  # fmt: skip
_SILENT = frozenset(("link", "base", "colgroup", "col", "wbr"))
_LOSSES = {
    "script": "scripts_dropped",
    "style": "styles_dropped",
    "meta": "properties_dropped",
    "rt": "ruby_dropped",
    "rp": "ruby_dropped",
    "img": "picture_dropped",
    "picture": "picture_dropped",
    "svg": "picture_dropped",
    "canvas": "picture_dropped",
    "video": "picture_dropped",
    "audio": "object_dropped",
    "map": "object_dropped",
    "iframe": "object_dropped",
    "frameset": "object_dropped",
    "object": "object_dropped",
    "embed": "object_dropped",
    "applet": "object_dropped",
    "input": "object_dropped",
    "textarea": "object_dropped",
    "select": "object_dropped",
    "math": "content_dropped",
    "noscript": "content_dropped",
    "noframes": "content_dropped",
    "template": "content_dropped",
}
_WHITE = ("white", "#fff", "#ffffff")
_SIDES = frozenset(("left", "center", "right", "justify", "top", "middle", "bottom"))
_SPANS = re.compile(r"[1-9]\d{0,2}")
_LISTS = re.compile(r"[1aAiI]")
_ATTRIBUTES: dict[str, dict[str, re.Pattern[str] | frozenset[str]]] = {
    "td": {"colspan": _SPANS, "rowspan": _SPANS},
    "th": {"colspan": _SPANS, "rowspan": _SPANS},
    "ol": {"start": _SPANS, "type": _LISTS},
    "li": {"value": _SPANS},
    "table": {"border": re.compile(r"\d{1,2}")},
}
_STYLES = {
    "text-align": re.compile(r"left|center|right|justify"),
    "text-indent": re.compile(r"\d{1,2}(?:\.\d{1,2})?(?:em|pt|px)"),
}
_HIDDEN = re.compile(r"display:none|visibility:(?:hidden|collapse)")
_DOUBTFUL = re.compile(
    r"display:none|visibility:|content:|opacity:|font-size:0|(?:left|top|indent):-\d|overflow:hidden|"
    r"(?<!-)color:(?:transparent|white|#fff)"
)
"""What may hide text or add it, without being sure: white on blue is the heading of a table."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FATAL = 3


def parse(text: str) -> html.HtmlElement:
    """Read a page; raises ``BrokenInputError`` where the reader gave up before the end."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise BrokenInputError("网页里没有可读的内容，请检查后重新提交。") from error
    if any(entry.level >= _FATAL for entry in parser.error_log):
        raise BrokenInputError("网页的标记嵌套过深或已损坏，读不完整，请另存为 .docx 后再提交。")
    return root


def normalise(root: html.HtmlElement, notes: Notes) -> None:
    """Drop what is not understood or not seen, unwrap what only shapes, collapse white space.

    What held something people may have seen is noted; hidden text is dropped with a note.
    """
    _drop_unseen(root, notes)
    for element in list(root.iter()):
        if element.tag not in BLOCKS and element.tag not in _INLINE:
            element.drop_tag()
    for element in root.iter():
        _clean(element, notes)
    _collapse(root)


def _drop_unseen(root: html.HtmlElement, notes: Notes) -> None:
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            if isinstance(element, etree._Comment):
                notes.add("comments_dropped")
            _remove(element)
        elif element.tag in _SILENT:
            _remove(element)
        elif code := _LOSSES.get(element.tag):
            if element.tag == "style" and _DOUBTFUL.search(_tight(element.text or "")):
                notes.add("styles_may_hide")
            if element.tag != "meta" or (element.get("name") and element.get("content")):
                notes.add(code)
            _remove(element)
        elif _is_hidden(element):
            if "".join(element.itertext()).strip():
                notes.add("hidden_dropped")
            _remove(element)
        elif _DOUBTFUL.search(_style(element)) or element.get("color", "").lower() in _WHITE:
            notes.add("styles_may_hide")


def _remove(element: html.HtmlElement) -> None:
    """Take an element out with all it holds; the text behind it stays."""
    if element.getparent() is not None:
        if isinstance(element.tag, str):
            element.drop_tree()
            return
        tail = element.tail or ""
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + tail
        else:
            parent = element.getparent()
            parent.text = (parent.text or "") + tail
        element.tail = None
        drop(element)


def _tight(style: str) -> str:
    return "".join(style.split()).lower()


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    return "hidden" in element.attrib or bool(_HIDDEN.search(_style(element)))


def _style(element: html.HtmlElement) -> str:
    return _tight(element.get("style", ""))


def _clean(element: html.HtmlElement, notes: Notes) -> None:
    """Keep the attributes that are known and well formed, links with what they say."""
    kept = dict(_kept(element))
    if element.tag == "a" and (target := element.get("href")):
        if is_plain_link(target):
            kept["href"] = target.strip()
        else:
            notes.add("links_dropped")
    element.attrib.clear()
    element.attrib.update(kept)


def _kept(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for name, allowed in _ATTRIBUTES.get(str(element.tag), {}).items():
        value = element.get(name, "").strip()
        if isinstance(allowed, re.Pattern) and allowed.fullmatch(value):
            yield name, value
    for name in ("align", "valign"):
        if (side := element.get(name, "").strip().lower()) in _SIDES:
            yield name, side
    declared = (rule.partition(":") for rule in _style(element).split(";"))
    styles = [f"{n}:{v}" for n, _, v in declared if n in _STYLES and _STYLES[n].fullmatch(v)]
    if styles:
        yield "style", ";".join(styles)


def is_plain_link(target: str) -> bool:
    """Tell whether a link leads to a page: no mail, no telephone, no script, no place within."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https", "")
        and "@" not in parts.netloc
        and bool(parts.netloc or parts.path)
    )


def _collapse(root: html.HtmlElement) -> None:
    """Write runs of white space as one space, as a browser shows them."""
    kept = {inner for pre in root.iter("pre") for inner in pre.iter()}
    for element in root.iter():
        if element.text and element not in kept:
            element.text = _SPACES.sub(" ", element.text)
        if element.tail and (element not in kept or element.getparent() not in kept):
            element.tail = _SPACES.sub(" ", element.tail)
