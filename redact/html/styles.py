"""What the style sheets within a page hide for sure, by the cascade that browsers follow.

Only what decides whether text is shown counts: ``display`` and ``visibility``. Selectors of
elements, classes and ids, one within the other, are understood; rules under a condition and other
selectors are not, and an element that such a rule may show again is not hidden for sure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import html

from redact.html.attributes import style_of, tight

_ASIDE = re.compile(r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", re.DOTALL)
_BRACES = re.compile("[{}]")
_COMPOUND = re.compile(r"(?P<tag>\*|[a-z][a-z0-9-]*)?(?P<marks>(?:[.#][-\w]+)*)", re.IGNORECASE)
_MARK = re.compile(r"[.#][-\w]+")
_UNREAD = re.compile(r"::?[-\w]+(?:\([^)]*\))?|\[[^\]]*\]")
"""What a selector asks besides element, class and id: a state, a position, an attribute."""
_STEPS = re.compile(r"\s*([>+~\s])\s*")
_SHOWING = frozenset(("display", "visibility", "all"))
_HIDING = {"display": ("none",), "visibility": ("hidden", "collapse")}
_VALUES = {
    "display": re.compile(
        r"none|contents|inherit|initial|unset|revert|(?:inline-)?(?:block|flex|grid|table)|inline|"
        r"list-item|flow-root|table-(?:row|cell|caption|column)(?:-group)?|table-(?:head|foot)er-group"
    ),
    "visibility": re.compile("visible|hidden|collapse|inherit|initial|unset|revert"),
}
"""Values that every browser knows; of another one it is not sure what becomes."""
_APART = ("noscript", "template")
_EVERYWHERE = frozenset(("", "all", "screen"))
_IMPORTANT = "!important"
_MOST_RULES = 1000
"""Rules on showing; a page with more is not weighed and counts as one whose styles may hide."""

Rank = tuple[bool, bool, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Compound:
    """Hold what a selector asks of one element; ``child`` of its parent, else of any around it."""

    tag: str
    marks: frozenset[str]
    child: bool = False

    def fits(self, element: html.HtmlElement) -> bool:
        return (not self.tag or element.tag == self.tag) and self.marks <= _marks(element)


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one declaration on showing for one selector; ``within`` is the nearest first."""

    subject: Compound
    within: tuple[Compound, ...]
    name: str
    hides: bool
    sure: bool
    rank: Rank

    def fits(self, element: html.HtmlElement) -> bool:
        return self.subject.fits(element) and _stands_within(element, self.within)


class Styles:
    """Know the style sheets of one page.

    ``doubtful`` tells whether ``doubt`` is found in anything but the rules that were understood.
    """

    def __init__(self, sheets: Iterable[html.HtmlElement], doubt: re.Pattern[str]) -> None:
        self.doubtful = self._reappears = False
        self._doubt = doubt
        self._rules: dict[str, list[Rule]] = defaultdict(list)
        rules = [rule for sheet in sheets for rule in self._read(sheet)]
        if len(rules) > _MOST_RULES:
            self.doubtful = True
            return
        for order, rule in enumerate(rules):
            self._rules[_key(rule.subject)].append(_at(rule, order))
        self._reappears = any(r.name != "display" and not r.hides for r in rules)

    def hides(self, element: html.HtmlElement) -> bool | None:
        """Tell whether no reader sees an element; None where that is not sure."""
        if not self._rules:
            return False
        rules = [rule for rule in self._about(element) if rule.fits(element)]
        answers = {self._weigh(name, element, rules) for name in _HIDING}
        return True if True in answers else None if None in answers else False

    def _weigh(self, name: str, element: html.HtmlElement, rules: Iterable[Rule]) -> bool | None:
        about = [rule for rule in rules if rule.name in (name, "all")]
        ranked = [(rule.rank, rule.hides) for rule in about if rule.sure]
        ranked += _own(name, element)
        if not ranked or not max(ranked)[1]:
            return False
        shown_again = any(not rule.sure and not rule.hides for rule in about)
        if shown_again or (name == "visibility" and self._reappears):
            return None
        return True

    def _about(self, element: html.HtmlElement) -> Iterator[Rule]:
        for key in {"", str(element.tag), *_marks(element)} & self._rules.keys():
            yield from self._rules[key]

    def _read(self, sheet: html.HtmlElement) -> Iterator[Rule]:
        everywhere = sheet.get("media", "").strip().lower() in _EVERYWHERE
        everywhere &= next(sheet.iterancestors(*_APART), None) is None
        for selectors, declared, always in _blocks(_plain(sheet.text or "")):
            known = always and everywhere and not selectors.startswith("@")
            for selector in selectors.split(","):
                for name, value in _declarations(declared):
                    rule = _rule(selector, name, value, known) if name in _SHOWING else None
                    if rule:
                        yield rule
                    if not (rule and rule.sure) and self._doubt.search(f"{name}:{value}"):
                        self.doubtful = True


def _plain(text: str) -> str:
    """Give a sheet without comments and without what stands in quotation marks."""
    return _ASIDE.sub(lambda found: "" if found[0].startswith("/*") else '""', text)


def _blocks(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield selectors, their declarations and whether these hold under no condition."""
    opened: list[str] = []
    begin = 0
    for brace in _BRACES.finditer(sheet):
        piece = sheet[begin : brace.start()]
        begin = brace.end()
        if brace[0] == "{":
            before, _, selectors = piece.rpartition(";")
            if opened:
                yield opened[-1], before, False
            opened.append(selectors.strip())
        elif opened:
            yield opened.pop(), piece, not opened
    if opened:  # a sheet that ends too early is closed by the reader (CSS Syntax, 5.4)
        yield opened[-1], sheet[begin:], len(opened) == 1


def _declarations(declared: str) -> Iterator[tuple[str, str]]:
    for each in declared.split(";"):
        name, _, value = tight(each).partition(":")
        if name:
            yield name, value


def _rule(selector: str, name: str, value: str, known: bool) -> Rule:
    """Understand a selector as far as it goes: of one that is not, only whom it may be about."""
    value, important, _ = value.partition(_IMPORTANT)
    chain = list(_chain(selector))
    sure = known and None not in chain and "\\" not in selector
    sure &= name in _VALUES and bool(_VALUES[name].fullmatch(value))
    if sure:
        subject, *within = [compound for compound in chain if compound]
    else:
        subject, within = _may_be_about(selector), []
    ids = sum(mark[0] == "#" for each in (subject, *within) for mark in each.marks)
    marks = sum(len(each.marks) for each in (subject, *within))
    tags = sum(bool(each.tag) for each in (subject, *within))
    rank = (bool(important), False, ids, marks - ids, tags, 0)
    return Rule(subject, tuple(within), name, value in _HIDING.get(name, ()), sure, rank)


def _at(rule: Rule, order: int) -> Rule:
    """Rank a rule behind those before it."""
    rank = (*rule.rank[:-1], order)
    return Rule(rule.subject, rule.within, rule.name, rule.hides, rule.sure, rank)


def _chain(selector: str) -> Iterator[Compound | None]:
    """Yield what a selector asks, the element that it is about first; None for the unknown."""
    pieces = _STEPS.split(selector.strip())
    steps = [*pieces[1::2], " "]
    for piece, step in reversed(list(zip(pieces[::2], steps, strict=True))):
        yield _compound(piece, child=step == ">") if step in ">" or step.isspace() else None


def _compound(text: str, *, child: bool = False) -> Compound | None:
    found = _COMPOUND.fullmatch(text)
    if not found or not text:
        return None
    tag = (found["tag"] or "").lower().replace("*", "")
    return Compound(tag, frozenset(_MARK.findall(found["marks"])), child)


def _may_be_about(selector: str) -> Compound:
    """Say which elements a selector is about at most."""
    last = _STEPS.split(_UNREAD.sub("", selector).strip())[-1]
    known = None if "\\" in selector else _compound(last)
    return known or Compound("", frozenset())


def _stands_within(element: html.HtmlElement, within: tuple[Compound, ...]) -> bool:
    """Tell whether elements around this one fit, the nearest first; linear in their number."""
    around = list(element.iterancestors())
    begins = {0}
    for wanted in within:
        places = begins if wanted.child else range(min(begins), len(around))
        begins = {n + 1 for n in places if n < len(around) and wanted.fits(around[n])}
        if not begins:
            return False
    return True


def _own(name: str, element: html.HtmlElement) -> Iterator[tuple[Rank, bool]]:
    """Yield what an element's own style says of showing, the last word last."""
    for number, (own, value) in enumerate(_declarations(style_of(element))):
        if own == name:
            value, important, _ = value.partition(_IMPORTANT)
            yield (bool(important), True, 0, 0, 0, number), value in _HIDING[name]


def _marks(element: html.HtmlElement) -> frozenset[str]:
    classes = {f".{name}" for name in element.get("class", "").split()}
    own = element.get("id", "").strip()
    return frozenset(classes | ({f"#{own}"} if own else set()))


def _key(subject: Compound) -> str:
    """File a rule under the rarest that it asks for."""
    return min(subject.marks, default=subject.tag)
