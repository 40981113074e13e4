"""The attributes of a web page that may be published: known ones, well formed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

from redact.notes import Notes

Attributes = dict[str | bytes, str | bytes]

_SIDES = frozenset(("left", "center", "right", "justify", "top", "middle", "bottom"))
_SPANS = re.compile(r"[1-9]\d{0,2}")
_LISTS = re.compile(r"[1aAiI]")
_SIZE = re.compile(r"\d{1,4}%?")
_ATTRIBUTES: dict[str, dict[str, re.Pattern[str] | frozenset[str]]] = {
    "td": {"colspan": _SPANS, "rowspan": _SPANS},
    "th": {"colspan": _SPANS, "rowspan": _SPANS},
    "ol": {"start": _SPANS, "type": _LISTS},
    "li": {"value": _SPANS},
    "table": {"border": re.compile(r"\d{1,2}")},
    **{tag: {"width": _SIZE, "height": _SIZE} for tag in ("img", "image", "input")},
}
_STYLES = {
    "text-align": re.compile(r"left|center|right|justify"),
    "text-indent": re.compile(r"\d{1,2}(?:\.\d{1,2})?(?:em|pt|px)"),
}
_LENGTH = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|cm|mm|%)|auto")
_PICTURE_STYLES = {"width": _LENGTH, "height": _LENGTH, "max-width": _LENGTH}
CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
"""A comment; one that is never closed takes all that follows (CSS Syntax, 4.3.2)."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
"""Signs that no page may hold."""


def tight(style: str) -> str:
    """Give style rules without comments and white space, in small letters."""
    return "".join(CSS_COMMENT.sub("", style).split()).lower()


def style_of(element: html.HtmlElement) -> str:
    """Give an element's own style rules in the same form."""
    return tight(element.get("style", ""))


def cleaned(element: html.HtmlElement, notes: Notes) -> Attributes:
    """Give the attributes that are known and well formed, links with what they say."""
    kept: Attributes = dict(kept_of(element))
    if element.tag == "a" and (target := element.get("href")):
        if is_plain_link(target):
            kept["href"] = CONTROLS.sub("", target).strip()
        else:
            notes.add("links_dropped")
    return kept


def kept_of(element: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield the attributes that are kept as they are."""
    for name, allowed in _ATTRIBUTES.get(str(element.tag), {}).items():
        value = element.get(name, "").strip()
        if isinstance(allowed, re.Pattern) and allowed.fullmatch(value):
            yield name, value
    for name in ("align", "valign"):
        if (side := element.get(name, "").strip().lower()) in _SIDES:
            yield name, side
    declared = (rule.partition(":") for rule in style_of(element).split(";"))
    known = _PICTURE_STYLES if "width" in _ATTRIBUTES.get(str(element.tag), {}) else _STYLES
    styles = [f"{n}:{v}" for n, _, v in declared if n in known and known[n].fullmatch(v)]
    if styles:
        yield "style", ";".join(styles)


def is_plain_link(target: str) -> bool:
    """Tell whether a link leads to a page: no mail, no telephone, no script, no place within.

    A path has no colon in its first segment (RFC 3986, 4.2): what stands before one is a scheme.
    """
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return False
    if not parts.scheme and ":" in parts.path.partition("/")[0]:
        return False
    return (
        parts.scheme in ("http", "https", "")
        and "@" not in parts.netloc
        and bool(parts.netloc or parts.path)
    )
