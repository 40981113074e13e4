"""Automatic numbers of an OpenDocument text that its items go on from."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from redact.counts import whole_number
from redact.numbering import may_run_on, runs_on
from redact.odf.package import STYLE, TEXT

_LIST, _ITEM = f"{{{TEXT}}}list", f"{{{TEXT}}}list-item"
_NUMBERED = f"{{{TEXT}}}list-level-style-number"
_NAME, _USED = f"{{{STYLE}}}name", f"{{{TEXT}}}style-name"
_START = f"{{{TEXT}}}start-value"
_Level = tuple[str, int]
"""The name of a list style and the level in it, from 1."""


def numbers_run_on(roots: Collection[etree._Element]) -> bool:
    """Say whether a text goes on with the digits that its automatic number ends in."""
    levels = dict(level for root in roots for level in _levels(root))
    return any(
        label and runs_on(label, text) for root in roots for label, text in _items(root, levels)
    )


def _levels(root: etree._Element) -> Iterator[tuple[_Level, tuple[str, str, str]]]:
    """Yield what stands before, at the beginning of and behind the numbers of each level."""
    for style in root.iter(f"{{{TEXT}}}list-style"):
        for level in style.iterchildren(_NUMBERED):
            at = whole_number(level.get(f"{{{TEXT}}}level")) or 1
            signs = (f"{{{STYLE}}}num-prefix", _START, f"{{{STYLE}}}num-suffix")
            before, start, behind = (str(level.get(name, "")) for name in signs)
            yield (str(style.get(_NAME)), at), (before, start or "1", behind)


def _items(
    root: etree._Element, levels: dict[_Level, tuple[str, str, str]]
) -> Iterator[tuple[str, str]]:
    """Yield the labels that may be a part of a number, each with the text behind it."""
    for item in root.iter(_ITEM):
        lists = list(item.iterancestors(_LIST))
        name = next((str(one.get(_USED)) for one in lists if one.get(_USED)), "")
        if (name, len(lists)) not in levels:
            continue
        before, start, behind = levels[name, len(lists)]
        label = f"{before}{item.get(_START, start)}{behind}"
        if may_run_on(label) and len(item):
            yield label, "".join(map(str, item[0].itertext()))
