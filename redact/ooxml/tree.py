"""Tree work shared by all office formats: unwrap, choose one alternative, keep what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from redact.notes import Notes
from redact.ooxml.parts import MC, W14, WP, WPC, WPG, WPS, XDR, A, M, V, W
from redact.ooxml.values import is_simple

# Not among them: wp14, whose places in percent of the page always have one in EMU beside them.
_UNDERSTOOD = frozenset({WPS, WPG, WPC, W14, A, W, WP, V})
_VISIBLE = (f"{{{W}}}t", f"{{{M}}}t", f"{{{A}}}t")
_TEXT_BEARING = (*_VISIBLE, f"{{{W}}}instrText")
_DRAWN = ("{*}graphicFrame", "{*}contentPart", "{*}graphicData")
_PICTURED = ("{*}pic", "{*}blip", f"{{{V}}}*")
_MEASURES = (
    *(f"{{{WP}}}{n}" for n in ("posOffset", "align")),
    *(f"{{{XDR}}}{n}" for n in ("col", "colOff", "row", "rowOff")),
)

Allowed = Mapping[str, frozenset[str] | None]
"""Namespace → local names that may stay; None means all of that namespace."""


def unwrap(element: etree._Element) -> None:
    """Put an element's children in its place."""
    for child in list(element):
        element.addprevious(child)
    drop(element)


def drop(element: etree._Element) -> None:
    """Remove an element with all it holds."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def has_text(element: etree._Element) -> bool:
    """Tell whether any text element under ``element`` (or itself) holds text."""
    return any(t.text and t.text.strip() for t in element.iter(*_VISIBLE))


def resolve_alternates(root: etree._Element, notes: Notes, unknown: str = "") -> None:
    """Keep one branch of every ``mc:AlternateContent``: the first whose namespaces we know.

    ``unknown`` is one of them that this kind of part has no use for. Where the other branch draws
    what the kept one only apologises for, or there is none to keep, a person is told.
    """
    understood = _UNDERSTOOD - {unknown}
    for alternate in reversed(list(root.iter(f"{{{MC}}}AlternateContent"))):
        branch = _branch(alternate, understood)
        if code := _lost(alternate, branch):
            notes.add(code)
            for excuse in list(branch.iter("{*}txBody")) if branch is not None else ():
                drop(excuse)
        if branch is not None:
            for child in list(branch):
                alternate.addprevious(child)
        drop(alternate)


def _lost(alternate: etree._Element, kept: etree._Element | None) -> str:
    """Name the note for what the branches have that do not stay; empty where nothing is missed."""
    others = [branch for branch in alternate if branch is not kept]
    if any(_has_any(other, _DRAWN) for other in others):
        shown = kept is not None and _has_any(kept, (*_DRAWN, *_PICTURED))
        return "" if shown else "chart_dropped"
    return "content_dropped" if kept is None and any(map(has_text, others)) else ""


def _has_any(element: etree._Element, tags: tuple[str, ...]) -> bool:
    return next(element.iter(*tags), None) is not None


def _branch(alternate: etree._Element, understood: frozenset[str]) -> etree._Element | None:
    for choice in alternate.iterchildren(f"{{{MC}}}Choice"):
        required = str(choice.get("Requires", "")).split()
        if required and all(choice.nsmap.get(p) in understood for p in required):
            return choice
    return alternate.find(f"{{{MC}}}Fallback")


def keep_known(
    root: etree._Element,
    allowed: Allowed,
    clean: Callable[[etree._Element], None],
    notes: Notes,
) -> None:
    """Drop unknown elements and loose text; ``clean`` sees to the attributes of what stays.

    Dropping something that held text is noted, so that a person looks.
    """
    pending = [root]
    known: dict[object, bool] = {}
    while pending:
        element = pending.pop()
        element.tail = None
        if element.tag in _MEASURES:
            measure = (element.text or "").strip()
            element.text = measure if is_simple(measure) else "0"
        elif element.tag not in _TEXT_BEARING:
            element.text = None
        if element.keys():
            clean(element)
        for child in list(element):
            if child.tag not in known:
                known[child.tag] = _is_known(child, allowed)
            if known[child.tag]:
                pending.append(child)
                continue
            if has_text(child):
                notes.add("content_dropped")
            element.remove(child)


def _is_known(element: etree._Element, allowed: Allowed) -> bool:
    if not isinstance(element.tag, str):
        return False
    name = etree.QName(element)
    if name.namespace is None or name.namespace not in allowed:
        return False
    names = allowed[name.namespace]
    return names is None or name.localname in names
