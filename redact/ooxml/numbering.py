"""Automatic numbers of a text document that the text of their paragraphs goes on from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from redact.counts import whole_number
from redact.numbering import may_run_on, runs_on
from redact.ooxml.parts import W
from redact.ooxml.text import paragraph_segments

_VAL = f"{{{W}}}val"
_COUNTER = re.compile("%([1-9])")
_Level = tuple[str, str]
"""The id of a numbering and the level in it."""


def numbers_run_on(
    texts: Iterator[etree._Element],
    numbering: etree._Element | None,
    styles: etree._Element | None,
) -> bool:
    """Say whether a text goes on with the digits that its automatic number ends in."""
    labels = dict(_labels(numbering)) if numbering is not None else {}
    if not labels:
        return False
    styled = dict(_styled(styles)) if styles is not None else {}
    return any(
        (label := labels.get(level)) and runs_on(label, "".join(s.text for s in pieces))
        for root in texts
        for paragraph in root.iter(f"{{{W}}}p")
        if (level := _level(paragraph.find(f"{{{W}}}pPr"), styled))
        for pieces in (paragraph_segments(paragraph),)
    )


def _labels(numbering: etree._Element) -> Iterator[tuple[_Level, str]]:
    """Yield the first label of each level that may be a part of a number."""
    kinds = {str(k.get(f"{{{W}}}abstractNumId")): k for k in _children(numbering, "abstractNum")}
    for number in _children(numbering, "num"):
        kind = kinds.get(_value(number, "abstractNumId"))
        levels = {_at(one): one for one in (_children(kind, "lvl") if kind is not None else ())}
        starts = {at: _value(one, "start") for at, one in levels.items()}
        for override in _children(number, "lvlOverride"):
            own = override.find(f"{{{W}}}lvl")
            if own is not None:
                levels[_at(override)], starts[_at(override)] = own, _value(own, "start")
            if begun := _value(override, "startOverride"):
                starts[_at(override)] = begun
        for at, level in levels.items():
            label = _label(_value(level, "lvlText"), starts)
            if may_run_on(label):
                yield (str(number.get(f"{{{W}}}numId")), at), label


def _label(text: str, starts: Mapping[str, str]) -> str:
    """Write the number that each counter of a label begins with."""
    return _COUNTER.sub(lambda m: str(whole_number(starts.get(str(int(m[1]) - 1))) or 1), text)


def _styled(styles: etree._Element) -> Iterator[tuple[str, _Level]]:
    for style in styles.iter(f"{{{W}}}style"):
        if level := _level(style.find(f"{{{W}}}pPr"), {}):
            yield str(style.get(f"{{{W}}}styleId")), level


def _level(properties: etree._Element | None, styled: Mapping[str, _Level]) -> _Level | None:
    """Give the numbering of a paragraph, its own or that of its style."""
    if properties is None:
        return None
    own = properties.find(f"{{{W}}}numPr")
    if own is not None and _value(own, "numId"):
        return _value(own, "numId"), _value(own, "ilvl") or "0"
    return styled.get(_value(properties, "pStyle"))


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{{W}}}{name}")


def _at(level: etree._Element) -> str:
    return str(level.get(f"{{{W}}}ilvl", "0"))


def _value(element: etree._Element, name: str) -> str:
    child = element.find(f"{{{W}}}{name}")
    return str(child.get(_VAL, "")) if child is not None else ""
