"""What a pattern cannot match without, read off the pattern itself, so that no list drifts from it.

A slow pattern need not be tried where none of its telltales stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

# The parser of ``re`` has no public name; the shape of its tree is as old as the engine.
_parse: Any = import_module("re._parser").parse

_FEW = 80
"""A class of more letters tells nothing."""
_SHARE = 1 / 300
"""How often a letter stands in Chinese text, roughly."""
_TWICE = 2
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})

Texts = frozenset[str]
_NOTHING: Texts = frozenset({""})
_Parts = Sequence[tuple[object, Any]]


def needed(pattern: re.Pattern[str], group: str = "") -> re.Pattern[str] | None:
    """Build the pattern of what stands in every match, or in a group of it.

    None where nothing certain does, as where capitals and small letters are one.
    """
    words = needed_words(pattern, group)
    return one_of(words) if words else None


@cache
def one_of(words: Texts) -> re.Pattern[str]:
    """Match any of the words."""
    return re.compile("|".join(map(re.escape, sorted(words))))


def needed_words(pattern: re.Pattern[str], group: str = "") -> Texts:
    """List the words of which one stands in every match, or in a group of it, none if unsure."""
    if pattern.flags & re.IGNORECASE:
        return frozenset()
    tree = _tree(pattern)
    texts = _needed(next(_groups(tree, pattern.groupindex[group])) if group else tree)
    return _least(texts or frozenset())


def needed_behind(pattern: re.Pattern[str]) -> Texts:
    """List the words of which one stands behind every match, as it looks ahead for them."""
    kind, value = _tree(pattern)[-1]
    if str(kind) != "ASSERT" or value[0] < 0 or pattern.flags & re.IGNORECASE:
        return frozenset()
    return _least(_needed(value[1]) or frozenset())


def _least(texts: Texts) -> Texts:
    """Leave out what holds another of them: it is told by that already."""
    return frozenset(text for text in texts if not any(one in text for one in texts - {text}))


def headed(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Compile a pattern of many branches, tried only at letters that begin one of them."""
    letters = "".join(sorted(first_letters(re.compile(pattern, flags))))
    return re.compile(f"(?=[{re.escape(letters)}])(?:{pattern})", flags)


def first_letters(pattern: re.Pattern[str]) -> Texts:
    """List the letters that a match may begin with.

    Raises ``ValueError`` for a pattern that may begin with almost any, or match nothing.
    """
    letters, empty = _first(_tree(pattern))
    if letters is None or empty:
        raise ValueError("the pattern may begin with anything")
    return letters


def _tree(pattern: re.Pattern[str]) -> _Parts:
    return _parsed(pattern.pattern, pattern.flags)


@lru_cache(maxsize=1)
def _parsed(pattern: str, flags: int) -> _Parts:
    """Parse a pattern once for all that is asked about it in turn."""
    tree: _Parts = _parse(pattern, flags)
    return tree


def _groups(parts: _Parts, number: int) -> Iterator[_Parts]:
    for kind, value in parts:
        if str(kind) == "SUBPATTERN" and value[0] == number:
            yield value[-1]
        for inner in _inner(str(kind), value):
            yield from _groups(inner, number)


def _inner(kind: str, value: Any) -> Sequence[_Parts]:
    """Give the readings of which a part of a pattern takes one."""
    if kind == "BRANCH":
        branches: Sequence[_Parts] = value[1]
        return branches
    if kind == "SUBPATTERN":
        return [value[-1]]
    if kind in _REPEATS:
        return [value[2]]
    return [value] if kind == "ATOMIC_GROUP" else []


def _needed(parts: _Parts) -> Texts | None:
    """Give texts of which one stands in every match: the rarest such set, None if there is none."""
    told: list[Texts] = []
    run = _NOTHING
    for kind, value in parts:
        spelt = _spelt(str(kind), value)
        if spelt is not None and len(run) * len(spelt) <= _FEW:
            run = _joined(run, spelt)
            continue
        told.append(run)
        run = spelt or _NOTHING
        if (found := _needed_in(str(kind), value)) is not None:
            told.append(found)
    return min((texts for texts in (*told, run) if "" not in texts), key=_frequency, default=None)


def _needed_in(kind: str, value: Any) -> Texts | None:
    if kind in _REPEATS and not value[0]:
        return None
    readings = [_needed(inner) for inner in _inner(kind, value)]
    told = [reading for reading in readings if reading is not None]
    return frozenset().union(*told) if told and len(told) == len(readings) else None


def _spelt(kind: str, value: Any) -> Texts | None:
    """Spell out all that a part matches, None where that is much."""
    if kind == "LITERAL":
        return frozenset({chr(value)})
    if kind == "IN":
        return _letters(value)
    once = [_spelt_whole(inner) for inner in _inner(kind, value)]
    told = [texts for texts in once if texts is not None]
    if not told or len(told) < len(once):
        return None
    texts = frozenset().union(*told)
    if kind not in _REPEATS:
        return texts if len(texts) <= _FEW else None
    if value[1] > _TWICE or len(texts) ** value[1] > _FEW:
        return None
    times = [_NOTHING, texts, _joined(texts, texts)]
    return frozenset().union(*times[value[0] : value[1] + 1])


def _spelt_whole(parts: _Parts) -> Texts | None:
    whole = _NOTHING
    for kind, value in parts:
        spelt = _spelt(str(kind), value)
        if spelt is None or len(whole) * len(spelt) > _FEW:
            return None
        whole = _joined(whole, spelt)
    return whole


def _joined(heads: Texts, tails: Texts) -> Texts:
    return frozenset(head + tail for head in heads for tail in tails)


def _frequency(texts: Texts) -> float:
    return sum(_SHARE ** len(text) for text in texts)


def _first(parts: _Parts) -> tuple[Texts | None, bool]:
    """Give the letters that may come first, None for any, and whether there need be none."""
    letters: Texts = frozenset()
    for kind, value in parts:
        found, empty = _first_in(str(kind), value)
        if found is None:
            return None, False
        letters |= found
        if not empty:
            return letters, False
    return letters, True


def _first_in(kind: str, value: Any) -> tuple[Texts | None, bool]:
    if kind == "LITERAL":
        return frozenset({chr(value)}), False
    if kind == "IN":
        return _letters(value), False
    if kind in {"AT", "ASSERT", "ASSERT_NOT"}:
        return frozenset(), True
    readings = [_first(inner) for inner in _inner(kind, value)]
    found = [letters for letters, _ in readings if letters is not None]
    if not readings or len(found) < len(readings):
        return None, False
    optional = kind in _REPEATS and not value[0]
    return frozenset().union(*found), optional or any(empty for _, empty in readings)


def _letters(items: Iterable[tuple[object, Any]]) -> Texts | None:
    """List the letters of a class, None where they are many or not told."""
    letters: set[str] = set()
    for kind, value in items:
        if str(kind) == "LITERAL":
            letters.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < _FEW:
            letters.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(letters) if len(letters) <= _FEW else None
