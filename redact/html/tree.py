"""A web page cut down to what is allowed: known elements, harmless attributes, visible text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree, html

from redact.html.attributes import CONTROLS, Attributes, cleaned, kept_of, style_of, tight
from redact.html.styles import Styles
from redact.notes import Notes
from review.errors import BrokenInputError, TooLargeInputError

PictureKeeper = Callable[[html.HtmlElement], Attributes | None]

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
    "link", "base", "colgroup", "col", "wbr", "meta", "img", "image", "input", "embed", "source",
    "track", "keygen", "command", "bgsound", "basefont", "param", "area", "frame",
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
    "source": "picture_dropped",
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
_CODE = frozenset(("script", "style"))
_SEEN = frozenset(("picture_dropped", "object_dropped"))
_PICTURES = frozenset(("img", "image"))
_WHITE = ("white", "#fff", "#ffffff")
_DOUBTFUL = re.compile(
    r"display:none|visibility:|content:|opacity:|font-size:0|(?:left|top|indent):-\d|overflow:hidden|"
    r"(?<!-)color:(?:transparent|white|#fff)"
)
"""What may hide text or add it, without being sure: white on blue is the heading of a table."""
_TURNED = re.compile(
    r"unicode-bidi:(?:bidi|isolate)-override|unicode-bidi:isolate-override|"
    r"writing-mode:|text-orientation:|row-reverse|column-reverse|scalex?\(-"
)
_PART_SHOWN = re.compile(
    r"object-fit:(?:cover|none)|object-position:|clip|mask|filter:|blend-mode:"
)
"""What shows a part of a picture, or all of it otherwise than its pixels are."""
_DRAWN = re.compile(r"url\([\"']?data:image")
_OVERRIDE = re.compile("[\u202d\u202e]")
_LINE = re.compile(r"display:(?:block|flex|grid|table|list-item|flow-root)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CARRIED = re.compile(r"data:[^\"'<>]*")
_LARGE = 9_900_000
"""About as long as the longest attribute that the reader takes, ten million letters."""
_FATAL = 3
_TAG = re.compile(r"<[A-Za-z](?:[^>\"']|\"[^\"]*\"|'[^']*')*")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 2000
"""Attributes of one element, each of which the reader compares with all before."""


def parse(text: str) -> html.HtmlElement:
    """Read a page; raises ``BrokenInputError`` where the reader gave up before the end.

    Raises ``TooLargeInputError`` where that was for the size of a picture.
    """
    for tag in _TAG.finditer(text):
        if len(tag[0]) > _MOST_ATTRIBUTES < len(_bare(tag[0])):
            raise BrokenInputError("网页里有属性过多的标记，请另存为 .docx 后再提交。")
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "surrogatepass"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise BrokenInputError("网页里没有可读的内容，请检查后重新提交。") from error
    if any(entry.level >= _FATAL for entry in parser.error_log):
        if any(len(carried[0]) > _LARGE for carried in _CARRIED.finditer(text)):
            raise TooLargeInputError("网页里有过大的图片（约 7 MB 以上），请缩小图片后重新提交。")
        raise BrokenInputError("网页的标记嵌套过深或已损坏，读不完整，请另存为 .docx 后再提交。")
    return root


def _bare(tag: str) -> list[str]:
    """List name and attributes of a tag without what is quoted."""
    return _QUOTED.sub(" ", tag).replace("/", " ").split()


def normalise(
    root: html.HtmlElement, notes: Notes, keep: PictureKeeper
) -> tuple[html.HtmlElement, list[str]]:
    """Build the page anew from what is understood and seen, in one pass, white space collapsed.

    What held something people may have seen is noted; hidden text is dropped with a note and
    returned by lines: no reader sees it, but a mark of secrecy in it counts. What stands before or
    behind the ``html`` element is shown by browsers, so it is part of the page. ``keep`` says by
    which attributes a picture is shown, None for one that is not.
    """
    roots = [*reversed([*root.itersiblings(preceding=True)]), root, *root.itersiblings()]
    rebuilder = _Rebuilder(notes, keep, Styles(roots, _DOUBTFUL))
    rebuilder.page(roots)
    built = rebuilder.close()
    _collapse(built, kept=False)
    return built, rebuilder.unseen


class _Rebuilder:
    """Copy a tree element by element; whatever is not copied is noted or gives up its text."""

    def __init__(self, notes: Notes, keep: PictureKeeper, styles: Styles) -> None:
        self._notes = notes
        self._picture = keep
        self._styles = styles
        self.unseen: list[str] = []
        if styles.doubtful:
            notes.add("styles_may_hide")
        self._target = etree.TreeBuilder(element_factory=html.html_parser.makeelement)

    def close(self) -> html.HtmlElement:
        return self._target.close()

    def page(self, roots: Sequence[html.HtmlElement]) -> None:
        self._target.start("html", {})
        for root in roots:
            if root.tag == "html":
                self._is_hidden(root)
                self._inside(root)
            else:
                self._copy(root)
        self._target.end("html")

    def _copy(self, element: html.HtmlElement) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            if isinstance(element, etree._Comment):
                self._notes.add("comments_dropped")
        elif tag in _PICTURES or _is_button(element):
            self._show(element)
        elif code := _LOSSES.get(tag):
            self._lose(element, code)
        elif tag in _VOID:
            if tag == "link" and "stylesheet" in element.get("rel", "").lower().split():
                self._notes.add("styles_may_hide")
            self._inside(element)
        elif self._is_hidden(element):
            if lines := [line for line in _lines(element) if line]:
                self._notes.add("hidden_dropped")
                self.unseen += lines
        else:
            self._keep(element)

    def _lose(self, element: html.HtmlElement, code: str) -> None:
        if element.tag == "style" and _DRAWN.search(tight(element.text or "")):
            self._notes.add("picture_dropped")
        if element.tag != "meta" or (element.get("name") and element.get("content")):
            self._notes.add(code)
        if code in _SEEN:
            self._part_texts()
        if element.tag in _VOID:
            self._inside(element)

    def _show(self, element: html.HtmlElement) -> None:
        """Keep a picture that can be shown as it was read; no text of it but what it shows."""
        self._part_texts()
        shown = None if self._is_hidden(element) else self._picture(element)
        if shown is None or element.get("srcset"):
            self._notes.add("picture_dropped")
        if shown is not None:
            style = style_of(element)
            if _DOUBTFUL.search(style) or _PART_SHOWN.search(style):
                self._notes.add("styles_may_hide")
            self._target.start("img", {**dict(kept_of(element)), **shown})
            self._target.end("img")
        self._inside(element)

    def _is_hidden(self, element: html.HtmlElement) -> bool:
        """Tell whether no reader sees an element; one of which that is not sure is noted."""
        hides = self._styles.hides(element)
        if element.tag in ("html", "body"):  # shown by its script as a rule
            hides = None if hides else hides
        if hides is None:
            self._notes.add("styles_may_hide")
        return bool(hides)

    def _part_texts(self) -> None:
        """Keep apart the texts on both sides of what is no text (第5<img>138…)."""
        self._target.data(" ")

    def _keep(self, element: html.HtmlElement) -> None:
        style = style_of(element)
        if _DOUBTFUL.search(style) or element.get("color", "").lower() in _WHITE:
            self._notes.add("styles_may_hide")
        if "url(" in style or element.get("background"):
            self._notes.add("picture_dropped")
        if element.tag == "bdo" or _TURNED.search(style):
            self._notes.add("direction_changed")
        tag = _RENAMED.get(element.tag, element.tag)
        if _LINE.search(style) and tag not in BLOCKS:
            tag = "div"
        if tag not in BLOCKS and tag not in _INLINE:
            self._inside(element)
            return
        self._target.start(tag, cleaned(element, self._notes))
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
            self._target.data(CONTROLS.sub("", text).replace("\f", " "))


def _lines(element: html.HtmlElement) -> list[str]:
    """Give the text of a hidden element line by line, without scripts and styles."""
    pieces: list[str] = []
    for event, each in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if each.tag in BLOCKS or each.tag == "br":
            pieces.append("\n")
        if event == "start" and isinstance(each.tag, str) and each.tag not in _CODE:
            pieces.append(each.text or "")
        elif event != "start" and each is not element:
            pieces.append(each.tail or "")
    return [" ".join(line.split()) for line in CONTROLS.sub("", "".join(pieces)).split("\n")]


def _is_button(element: html.HtmlElement) -> bool:
    """Tell whether a control of a form is shown as a picture."""
    return bool(element.tag == "input" and element.get("type", "").strip().lower() == "image")


def _collapse(element: html.HtmlElement, *, kept: bool) -> None:
    """Write runs of white space as one space, as a browser shows them."""
    kept = kept or element.tag == "pre"
    if element.text and not kept:
        element.text = _SPACES.sub(" ", element.text)
    for child in element:
        _collapse(child, kept=kept)
        if child.tail and not kept:
            child.tail = _SPACES.sub(" ", child.tail)
