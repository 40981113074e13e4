"""A web page cut down to what is allowed: known elements, harmless attributes, visible text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml import etree, html

from redact.notes import Notes
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
_VOID = frozenset((
    "link", "base", "colgroup", "col", "wbr", "meta", "img", "input", "embed", "source", "track",
    "keygen", "command", "bgsound", "basefont", "param", "area", "frame",
))  # fmt: skip
"""Elements that hold nothing, though the reader may think that they hold what follows them."""
_RENAMED = {
    **dict.fromkeys((
        "form", "fieldset", "legend", "details", "summary", "dialog", "hgroup", "menu", "dir",
        "search", "optgroup", "option",
    ), "div"),
    **dict.fromkeys(("xmp", "listing", "plaintext"), "pre"),
}  # fmt: skip
"""Elements that are not kept but stand on lines of their own: 第5条<details>138… are two texts."""
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
_SEEN = frozenset(("picture_dropped", "object_dropped"))
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
_TURNED = re.compile(
    r"unicode-bidi:(?:bidi|isolate)-override|unicode-bidi:isolate-override|"
    r"writing-mode:|text-orientation:|row-reverse|column-reverse|scalex?\(-"
)
_OVERRIDE = re.compile("[\u202d\u202e]")
_LINE = re.compile(r"display:(?:block|flex|grid|table|list-item|flow-root)")
_CSS_COMMENT = re.compile(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
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


def normalise(root: html.HtmlElement, notes: Notes) -> html.HtmlElement:
    """Build the page anew from what is understood and seen, in one pass, white space collapsed.

    What held something people may have seen is noted; hidden text is dropped with a note. What
    stands before or behind the ``html`` element is shown by browsers, so it is part of the page.
    """
    rebuilder = _Rebuilder(notes)
    rebuilder.page([*reversed([*root.itersiblings(preceding=True)]), root, *root.itersiblings()])
    built = rebuilder.close()
    _collapse(built, kept=False)
    return built


class _Rebuilder:
    """Copy a tree element by element; whatever is not copied is noted or gives up its text."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._target = etree.TreeBuilder(element_factory=html.html_parser.makeelement)

    def close(self) -> html.HtmlElement:
        return self._target.close()

    def page(self, roots: Sequence[html.HtmlElement]) -> None:
        self._target.start("html", {})
        for root in roots:
            if root.tag == "html":
                self._inside(root)
            else:
                self._copy(root)
        self._target.end("html")

    def _copy(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            if isinstance(element, etree._Comment):
                self._notes.add("comments_dropped")
        elif code := _LOSSES.get(tag):
            self._lose(element, code)
        elif tag in _VOID:
            self._inside(element)
        elif _is_hidden(element):
            if "".join(element.itertext()).strip():
                self._notes.add("hidden_dropped")
        else:
            self._keep(element)

    def _lose(self, element: html.HtmlElement, code: str) -> None:
        if element.tag == "style" and _DOUBTFUL.search(_tight(element.text or "")):
            self._notes.add("styles_may_hide")
        if element.tag != "meta" or (element.get("name") and element.get("content")):
            self._notes.add(code)
        if code in _SEEN:
            # Stood between two texts: what is left must not run together (第5<img>138…).
            self._target.data(" ")
        if element.tag in _VOID:
            self._inside(element)

    def _keep(self, element: html.HtmlElement) -> None:
        style = _style(element)
        if _DOUBTFUL.search(style) or element.get("color", "").lower() in _WHITE:
            self._notes.add("styles_may_hide")
        if element.tag == "bdo" or _TURNED.search(style):
            self._notes.add("direction_changed")
        tag = _RENAMED.get(element.tag, element.tag)
        if _LINE.search(style) and tag not in BLOCKS:
            tag = "div"
        if tag not in BLOCKS and tag not in _INLINE:
            self._inside(element)
            return
        self._target.start(tag, _cleaned(element, self._notes))
        self._inside(element)
        self._target.end(tag)

    def _inside(self, element: html.HtmlElement) -> None:
        self._say(element.text)
        for child in element:
            self._copy(child)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            if _OVERRIDE.search(text):
                self._notes.add("direction_changed")
            self._target.data(_CONTROLS.sub("", text).replace("\f", " "))


def _tight(style: str) -> str:
    return "".join(_CSS_COMMENT.sub("", style).split()).lower()


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    return "hidden" in element.attrib or bool(_HIDDEN.search(_style(element)))


def _style(element: html.HtmlElement) -> str:
    return _tight(element.get("style", ""))


def _cleaned(element: html.HtmlElement, notes: Notes) -> dict[str | bytes, str | bytes]:
    """Give the attributes that are known and well formed, links with what they say."""
    kept: dict[str | bytes, str | bytes] = dict(_kept(element))
    if element.tag == "a" and (target := element.get("href")):
        if is_plain_link(target):
            kept["href"] = _CONTROLS.sub("", target).strip()
        else:
            notes.add("links_dropped")
    return kept


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


def _collapse(element: html.HtmlElement, *, kept: bool) -> None:
    """Write runs of white space as one space, as a browser shows them."""
    kept = kept or element.tag == "pre"
    if element.text and not kept:
        element.text = _SPACES.sub(" ", element.text)
    for child in element:
        _collapse(child, kept=kept)
        if child.tail and not kept:
            child.tail = _SPACES.sub(" ", child.tail)
