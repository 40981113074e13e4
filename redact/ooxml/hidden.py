"""Hidden text of a text document: runs that vanish, directly or by their style, are dropped."""

from __future__ import annotations

from lxml import etree

from redact.containers import Segment
from redact.notes import Notes
from redact.ooxml.parts import M, W
from redact.ooxml.text import paragraph_segments
from redact.ooxml.tree import drop, has_text

_VAL = f"{{{W}}}val"
_OFF = frozenset({"0", "false", "off"})
_RUNS = (f"{{{W}}}r", f"{{{M}}}r")


class HiddenStyles:
    """Know which styles hide text, by themselves or through the styles they build on."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._own: dict[str, bool | None] = {}
        self._base: dict[str, str] = {}
        self.by_default = False
        self.default_paragraph = ""
        for style in styles.iter(f"{{{W}}}style") if styles is not None else ():
            name = str(style.get(f"{{{W}}}styleId", ""))
            self._own[name] = _switch(style.find(f"{{{W}}}rPr"))
            base = style.find(f"{{{W}}}basedOn")
            self._base[name] = str(base.get(_VAL, "")) if base is not None else ""
            kind, default = style.get(f"{{{W}}}type"), style.get(f"{{{W}}}default")
            if kind == "paragraph" and default not in (None, *_OFF):
                self.default_paragraph = name
        if styles is not None:
            defaults = styles.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
            self.by_default = bool(_switch(defaults))

    def hides(self, style: str) -> bool:
        """Follow the chain of styles to the first that says yes or no."""
        seen: set[str] = set()
        while style in self._own and style not in seen:
            seen.add(style)
            own = self._own[style]
            if own is not None:
                return own
            style = self._base[style]
        return False


def drop_hidden(root: etree._Element, styles: HiddenStyles, notes: Notes) -> list[list[Segment]]:
    """Drop hidden runs; a run that says "not hidden" itself stays whatever its styles say.

    Returns their texts by paragraph: no reader sees them, but a mark of secrecy among them counts.
    """
    dropped: dict[etree._Element | None, list[Segment]] = {}
    around: dict[etree._Element | None, bool] = {}
    for run in list(root.iter(*_RUNS)):
        direct = _switch(run.find(f"{{{W}}}rPr"))
        hidden = _by_style(run, styles, around) if direct is None else direct
        if hidden:
            if has_text(run):
                notes.add("hidden_dropped")
                paragraph = next(run.iterancestors(f"{{{W}}}p"), None)
                dropped.setdefault(paragraph, []).extend(paragraph_segments(run))
            drop(run)
    return list(dropped.values())


def _by_style(
    run: etree._Element, styles: HiddenStyles, around: dict[etree._Element | None, bool]
) -> bool:
    """Tell whether styles hide a run; ``around`` remembers the answer for each paragraph."""
    own = run.find(f"{{{W}}}rPr/{{{W}}}rStyle")
    if own is not None and styles.hides(str(own.get(_VAL, ""))):
        return True
    paragraph = next(run.iterancestors(f"{{{W}}}p"), None)
    if paragraph not in around:
        around[paragraph] = _hides_all(paragraph, styles)
    return around[paragraph]


def _hides_all(paragraph: etree._Element | None, styles: HiddenStyles) -> bool:
    if paragraph is None:
        return styles.by_default
    named = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    name = styles.default_paragraph if named is None else str(named.get(_VAL, ""))
    return styles.hides(name) or styles.by_default


def _switch(properties: etree._Element | None) -> bool | None:
    mark = properties.find(f"{{{W}}}vanish") if properties is not None else None
    return None if mark is None else mark.get(_VAL, "1") not in _OFF
