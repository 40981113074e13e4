"""The rules of a style sheet that decide whether text is shown: ``display`` and ``visibility``.

Selectors of elements, classes and ids, one within the other, are understood; rules under a
condition and other selectors are not. A sheet that browsers may cut otherwise is told as odd.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

_ASIDE = re.compile(
    r"(?:/\*.*?(?:\*/|\Z))+|\\.|url\([^()\"']*\)"
    r"|\"(?:[^\"\\\n]|\\.)*+(?P<double>\")?|'(?:[^'\\\n]|\\.)*+(?P<single>')?",
    re.DOTALL | re.IGNORECASE,
)
"""What declares nothing, and escapes, which open nothing.

An open string is taken whole, else each of its quotes begins another.
"""
_BEFORE, _AFTER = re.compile(r"[-\w\\.#@/]"), re.compile(r"[-\w\\*]")
"""Signs that a comment keeps apart: without it they would be one word, or open another comment."""
_APART = "\0"
"""Stands for such a comment: no name and no value has it."""
_BRACES = re.compile("[{}]")
_NAME = r"(?:--|-?[^\W\d])[-\w]*"
"""An identifier: one that begins with a digit makes its rule void (CSS Syntax, 4.3.9)."""
_COMPOUND = re.compile(
    rf"(?P<tag>\*|[a-z][a-z0-9-]*)?(?P<marks>(?:[.#]{_NAME}|\[hidden\])*)", re.IGNORECASE
)
_MARK = re.compile(r"[.#][-\w]+|\[hidden\]")
_UNREAD = re.compile(r"::?[-\w]+(?:\([^)]*\))?|\[[^\]]*\]")
"""What a selector asks besides element, class and id: a state, a position, an attribute."""
_STEPS = re.compile(r"\s*([>+~\s])\s*")
_FENCES = re.compile("<!--|-->")
_HARMLESS = re.compile(r"@(?:charset|layer)\b[^;@]*;", re.IGNORECASE)
"""Statements of a sheet that have no part in what its rules are about."""
_IMPORTANT = "!important"
SHOWING = frozenset(("display", "visibility", "all"))
HIDING = {
    "display": ("none", "table-column", "table-column-group"),
    "visibility": ("hidden", "collapse"),
}
_VALUES = {
    "display": re.compile(
        r"none|contents|inherit|initial|unset|revert|(?:inline-)?(?:block|flex|grid|table)|inline|"
        r"list-item|flow-root|table-(?:row|cell|caption|column)(?:-group)?|table-(?:head|foot)er-group"
    ),
    "visibility": re.compile("visible|hidden|collapse|inherit|initial|unset|revert"),
}
"""Values that every browser knows; of another one it is not sure what becomes."""

Rank = tuple[bool, bool, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Compound:
    """Hold what a selector asks of one element; ``child`` of its parent, else of any around it."""

    tag: str
    marks: tuple[str, ...]
    child: bool = False


@dataclass(frozen=True, slots=True)
class Declaration:
    """Hold what is declared; ``sure`` if every browser takes it alike."""

    name: str
    value: str
    important: bool

    @property
    def sure(self) -> bool:
        return self.name in _VALUES and bool(_VALUES[self.name].fullmatch(self.value))

    @property
    def hides(self) -> bool:
        return self.value in HIDING.get(self.name, ())

    @property
    def veiled(self) -> bool:
        """Tell whether it may come to hide though it does not say so."""
        return "\\" in self.name or (self.name in SHOWING and bool({"(", "\\"} & {*self.value}))


@dataclass(frozen=True, slots=True)
class Rule:
    """Hold one declaration on showing for one selector; ``within`` is the nearest first."""

    subject: Compound
    within: tuple[Compound, ...]
    name: str
    hides: bool
    sure: bool
    rank: Rank

    def unsure(self) -> Rule:
        return replace(self, sure=False)

    def at(self, order: int) -> Rule:
        """Rank the rule behind those before it."""
        return replace(self, rank=(*self.rank[:-1], order))


class Sheet:
    """Cut one style sheet into its rules; ``odd`` if a browser may cut it at other places."""

    def __init__(self, text: str) -> None:
        plain = _ASIDE.sub(_set_aside, text)
        self.odd = bool({'"', "'"} & {*plain.replace('""', "")})
        self._blocks = list(self._cut(_FENCES.sub(" ", plain)))

    def rules(self) -> Iterator[tuple[Declaration, list[Rule]]]:
        """Yield every declaration with its rules, none where it has no part in showing."""
        for selectors, declared, always in self._blocks:
            chains = [list(_chain(selector)) for selector in selectors.split(",")]
            # One selector that a browser does not know makes all of the list void.
            sure = always and not any(None in chain for chain in chains)
            for declaration in declarations(declared):
                yield (
                    declaration,
                    [
                        _rule(selector, chain, declaration, sure=sure)
                        for selector, chain in zip(selectors.split(","), chains, strict=True)
                        if declaration.name in SHOWING or declaration.veiled
                    ],
                )

    def _cut(self, sheet: str) -> Iterator[tuple[str, str, bool]]:
        """Yield selectors, their declarations and whether these hold under no condition."""
        opened: list[str] = []
        begin = 0
        for brace in _BRACES.finditer(sheet):
            piece = sheet[begin : brace.start()]
            begin = brace.end()
            self.odd |= _is_torn(piece)
            if brace[0] == "{":
                before, _, selectors = piece.rpartition(";")
                if opened:
                    yield opened[-1], before, False
                else:
                    selectors = self._without_statements(piece)
                opened.append(selectors.strip())
            elif opened:
                selectors = opened.pop()
                yield selectors, piece, not opened and not selectors.startswith("@")
            else:
                self.odd = True
        if opened:  # a sheet that ends too early is closed by the reader (CSS Syntax, 5.4)
            yield opened[-1], sheet[begin:], len(opened) == 1 and opened[0][:1] != "@"
        else:
            self._without_statements(sheet[begin:])

    def _without_statements(self, piece: str) -> str:
        """Leave what stands before a brace; what is no statement makes the selector void."""
        left = _HARMLESS.sub("", piece)
        self.odd |= left.strip().startswith("@") and ";" in left
        return left


def _is_torn(piece: str) -> bool:
    """Tell whether brackets are left open, which would take the next brace in."""
    return piece.count("(") != piece.count(")") or piece.count("[") != piece.count("]")


def declarations(declared: str) -> Iterator[Declaration]:
    """Yield what is declared in small letters, in its order, of what has no comments."""
    for each in declared.lower().split(";"):
        name, _, value = each.partition(":")
        if name.strip():
            value, important, _ = value.replace("! ", "!").partition(_IMPORTANT)
            yield Declaration(name.strip(), " ".join(value.split()), bool(important))


def own_declarations(style: str) -> Iterator[Declaration]:
    """Yield what an element's own style declares, none of what stands in quotation marks."""
    return declarations(_ASIDE.sub(_set_aside, style))


def _set_aside(found: re.Match[str]) -> str:
    text, first = found.string, found[0][0]
    if first == "/":
        before, after = text[max(found.start() - 1, 0) : found.start()], found.end()
        return _APART if _BEFORE.match(before) and _AFTER.match(text, after) else ""
    is_open = first in "\"'" and not (found["double"] or found["single"])
    return found[0] if is_open or first == "\\" else '""'


def _rule(
    selector: str, chain: list[Compound | None], declared: Declaration, *, sure: bool
) -> Rule:
    """Understand a selector as far as it goes: of one that is not, only whom it may be about."""
    sure &= declared.sure
    known = [compound for compound in chain if compound]
    subject, *within = known if len(known) == len(chain) else [_may_be_about(selector)]
    marks = [mark for each in (subject, *within) for mark in each.marks]
    ids = sum(mark[0] == "#" for mark in marks)
    tags = sum(bool(each.tag) for each in (subject, *within))
    rank = (declared.important, False, ids, len(marks) - ids, tags, 0)
    name = declared.name if declared.name in SHOWING else "all"
    return Rule(subject, tuple(within) if sure else (), name, declared.hides, sure, rank)


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
    return Compound(tag, tuple(_MARK.findall(found["marks"])), child)


def _may_be_about(selector: str) -> Compound:
    """Say which elements a selector is about at most."""
    last = _STEPS.split(_UNREAD.sub("", selector).strip())[-1]
    known = None if "\\" in selector else _compound(last)
    return known or Compound("", ())
