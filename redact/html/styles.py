"""What the style sheets within a page hide for sure, by the cascade that browsers follow.

Where a rule that is not understood may show an element again, it is not hidden for sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lxml import html

from redact.html.sheets import (
    HIDING,
    Compound,
    Rank,
    Rule,
    Sheet,
    own_declarations,
)

_APART = ("noscript", "template", "math", "textarea", "title", "iframe", "noframes", "xmp")
"""Elements within which a style sheet is text, or not in force."""
_EVERYWHERE = frozenset(("", "all", "screen"))
_LANGUAGES = frozenset(("", "text/css"))
_SPACE = re.compile(r"[ \t\n\f\r]+")
_SHOWN_WITHIN = re.compile(r"visibility|all\s*:|\\", re.IGNORECASE)
_MODERN = re.compile(r"XHTML|HTML 4\.01//|ISO/IEC")
_LOOSE = "HTML 4.01 "
_MOST_RULES = 1000
"""Rules on showing; a page with more is not weighed and counts as one whose styles may hide."""
_BY_DEFAULT: Rank = (False, False, -1, 0, 0, 0)
_ROWS = html.Element("tbody")
"""What browsers put around the rows of a table that has no such element."""

Weight = tuple[Rank, bool, bool]
"""Rank of a declaration, whether it hides and whether that is sure."""


class Styles:
    """Know the style sheets of one page.

    ``doubtful`` tells whether ``doubt`` is found in anything but the rules that were understood.
    """

    def __init__(self, roots: Sequence[html.HtmlElement], doubt: re.Pattern[str]) -> None:
        self.doubtful = False
        self._doubt = doubt
        self._folded = any(map(_is_quirky, roots))
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        sheets = (sheet for root in roots for sheet in root.iter("style"))
        every = (rule for sheet in sheets for rule in self._read(sheet))
        rules = list(islice(every, _MOST_RULES + 1))
        if len(rules) > _MOST_RULES:
            self.doubtful = True
            rules = []
        for order, rule in enumerate(rules):
            self._rules[_key(rule.subject)].append(rule.at(order))
        styled = (each for root in roots for each in root.iter() if isinstance(each.tag, str))
        # An article of WeChat is invisible until the page's script has loaded.
        scripted = any(next(root.iter("script"), None) is not None for root in roots)
        self._reappears = (
            scripted
            or any(r.name != "display" and not r.hides for r in rules)
            or any(
                _SHOWN_WITHIN.search(each.get("style", "")) and not self._hides_itself(each)
                for each in styled
            )
        )

    def hides(self, element: html.HtmlElement) -> bool | None:
        """Tell whether no reader sees an element; None where that is not sure."""
        rules = [rule for rule in self._about(element) if self._fits(rule, element)]
        answers = {self._weigh(name, element, rules) for name in HIDING}
        if True in answers:
            return True
        return None if None in answers or _can_be_opened(element) else False

    def _weigh(self, name: str, element: html.HtmlElement, rules: Iterable[Rule]) -> bool | None:
        about = [rule for rule in rules if rule.name in (name, "all")]
        weights = [(rule.rank, rule.hides, True) for rule in about if rule.sure]
        weights += _own(name, element)
        if not weights:
            return False
        _, hides, sure = max(weights)
        if not sure:
            return None
        if not hides:
            return False
        shown_again = any(not rule.sure and not rule.hides for rule in about)
        return None if shown_again or (name == "visibility" and self._reappears) else True

    def _hides_itself(self, element: html.HtmlElement) -> bool:
        """Tell whether an element's own style has nothing that shows it in a hidden one."""
        weights = list(_own("visibility", element))
        return not weights or max(weights)[1:] == (True, True)

    def _about(self, element: html.HtmlElement) -> Iterator[Rule]:
        for key in {"", str(element.tag), *self._marks(element)} & self._rules.keys():
            yield from self._rules[key]

    def _read(self, element: html.HtmlElement) -> Iterator[Rule]:
        if element.get("type", "").strip().lower() not in _LANGUAGES:
            return
        sheet = Sheet(element.text or "")
        known = element.get("media", "").strip().lower() in _EVERYWHERE and not sheet.odd
        known &= "title" not in element.attrib  # one of several looks that a reader may choose
        known &= next(element.iterancestors(*_APART), None) is None
        self.doubtful |= sheet.odd
        for declared, rules in sheet.rules():
            yield from (self._filed(rule if known else rule.unsure()) for rule in rules)
            if not (known and rules and all(rule.sure for rule in rules)):
                says = f"{declared.name}:{declared.value}"
                self.doubtful |= bool(self._doubt.search(says)) or declared.veiled

    def _filed(self, rule: Rule) -> Rule:
        """Write classes and ids as this page compares them."""
        if not self._folded:
            return rule
        subject, *within = (_folded(each) for each in (rule.subject, *rule.within))
        return replace(rule, subject=subject, within=tuple(within))

    def _fits(self, rule: Rule, element: html.HtmlElement) -> bool:
        return self._is(element, rule.subject) and self._stands_within(element, rule.within)

    def _is(self, element: html.HtmlElement, wanted: Compound) -> bool:
        fits = not wanted.tag or element.tag == wanted.tag
        return fits and (not wanted.marks or self._marks(element).issuperset(wanted.marks))

    def _stands_within(self, element: html.HtmlElement, within: tuple[Compound, ...]) -> bool:
        """Tell whether elements around this one fit, the nearest first; linear in their number."""
        around = list(_around(element)) if within else []
        begins = {0}
        for wanted in within:
            places = begins if wanted.child else range(min(begins), len(around))
            begins = {n + 1 for n in places if n < len(around) and self._is(around[n], wanted)}
            if not begins:
                return False
        return True

    def _marks(self, element: html.HtmlElement) -> frozenset[str]:
        marks = {f".{name}" for name in _SPACE.split(element.get("class", "")) if name}
        if own := element.get("id"):
            marks.add(f"#{own}")
        if "hidden" in element.attrib:
            marks.add("[hidden]")
        return frozenset(map(str.lower, marks) if self._folded else marks)


def _own(name: str, element: html.HtmlElement) -> Iterator[Weight]:
    """Yield what an element says of its showing by itself, the last word last."""
    if name == "display" and "hidden" in element.attrib:
        yield _BY_DEFAULT, True, True
    for number, declared in enumerate(own_declarations(element.get("style", ""))):
        if declared.name in (name, "all") or declared.veiled:
            rank = (declared.important, True, 0, 0, 0, number)
            yield rank, declared.hides, declared.sure or (declared.name == "all")


def _around(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the elements around one as a browser has them, the nearest first."""
    inner = element
    for outer in element.iterancestors():
        if inner.tag == "tr" and outer.tag == "table":
            yield _ROWS
        yield outer
        inner = outer


def _can_be_opened(element: html.HtmlElement) -> bool:
    """Tell whether an element stays shut until a reader asks for it."""
    shut = element.tag == "dialog" and "open" not in element.attrib
    return shut or "popover" in element.attrib


def _is_quirky(root: html.HtmlElement) -> bool:
    """Tell whether browsers show a page as old ones did, with no regard for the case of names.

    The reader writes HTML 4.0 Transitional where a page declares nothing.
    """
    declared = root.getroottree().docinfo
    public = declared.public_id or ""
    loose = _LOOSE in public and bool(declared.system_url)
    return bool(public) and not loose and not _MODERN.search(public)


def _folded(compound: Compound) -> Compound:
    return replace(compound, marks=tuple(map(str.lower, compound.marks)))


def _key(subject: Compound) -> str:
    """File a rule under the rarest that it asks for."""
    return min(subject.marks, default=subject.tag)
