"""How foreign and minority names sound in Han: a character model and the words already known."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from detectors.text.vocabulary import Words, cues

Followers = Mapping[str, Mapping[str, int]]
"""For each character how often which one follows; ``^`` begins a name, ``$`` ends it."""
KINDS = frozenset({"person", "either", "place", "abroad", "home", "thing"})
PEOPLES = ("turkic", "mongol", "yi", "tibetan")
LONGEST_PART = 7
NAMES = frozenset({"person", "either", "place"})
"""Kinds of words that may be names of persons, told by their sounds like any other."""
RARE = 2
"""A character seen less often among foreign names is no sound of theirs."""


class Sounds:
    """Price a piece of text as one foreign name: a chain of characters, begun and ended."""

    def __init__(self, counts: Followers) -> None:
        self._steps: dict[str, tuple[Mapping[str, int], float, float]] = {}
        single: dict[str, int] = {}
        for first, follow in counts.items():
            seen, kinds = sum(follow.values()), len(follow)
            self._steps[first] = (follow, seen + kinds, kinds)
            for second, number in follow.items():
                single[second] = single.get(second, 0) + number
        total = sum(single.values()) + len(single)
        self._single = {c: (n + 0.5) / total for c, n in single.items()}
        self._unseen = 0.5 / total
        self._ends = frozenset(c for c, n in single.items() if n >= RARE)
        self.letters = "".join(sorted(c for c, n in single.items() if n >= RARE and c != "$"))

    def step(self, first: str, second: str) -> float:
        """Price ``second`` after ``first``, in nats (Witten-Bell smoothing)."""
        alone = self._single.get(second, self._unseen)
        if first not in self._steps:
            return -math.log(alone)
        follow, total, kinds = self._steps[first]
        return -math.log((follow.get(second, 0) + kinds * alone) / total)

    def cost(self, name: str, dearest: float = math.inf) -> float:
        """Price a whole name, in nats; no step between letters costs more than ``dearest``."""
        pairs = zip("^" + name, name + "$", strict=True)
        return sum(
            min(self.step(first, second), dearest if second in self._ends else math.inf)
            for first, second in pairs
        )


def followers(words: Iterable[str]) -> Followers:
    """Count which character follows which; ``^`` stands before a name and ``$`` after it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        for first, second in zip("^" + word, word + "$", strict=True):
            counts[first][second] += 1
    return counts


@cache
def sounds() -> Sounds:
    """Read the character model once for the process."""
    counts = {
        first: {item[0]: int(item[1:]) for item in follow.split(" ")}
        for first, follow in _lines("foreign_sounds.txt")
    }
    return Sounds(counts)


@cache
def people_sounds(people: str) -> Sounds:
    """Give the character model of the names of one people, read off their parts."""
    return Sounds(followers(sorted(part for part in parts(people) if len(part) > 1)))


@cache
def foreign_words() -> Mapping[str, str]:
    """Give every known word in foreign sounds its kind: person, place, home, thing …"""
    kinds: dict[str, str] = {}
    for name in ("foreign_names.txt", "foreign_words.txt"):
        for kind, words in _lines(name):
            if kind in KINDS:
                kinds.update(dict.fromkeys(words.split(" "), kind))
    return kinds


class PlainWords:
    """Price words as ``words`` does, but know no foreign names."""

    def __init__(self, words: Words) -> None:
        self._words, self._foreign = words, foreign_words()

    def get(self, word: str, default: float, /) -> float:
        """Give the word's cost in nats, ``default`` if the word is unknown or a foreign name."""
        return default if self._foreign.get(word) in NAMES else self._words.get(word, default)


@cache
def parts(kind: str) -> frozenset[str]:
    """List the words of one kind of ``foreign_words.txt``; Tibetan ones are cues, too."""
    lines = _lines("foreign_words.txt")
    listed = frozenset(word for k, words in lines if k == kind for word in words.split(" "))
    return listed | cues("tibetan") if kind == "tibetan" else listed


def is_row(text: str) -> bool:
    """Say whether a text is a row of parts of the names of one people."""
    return any(row(text, name_parts(people)) for people in PEOPLES)


@cache
def name_parts(people: str) -> frozenset[str]:
    """List the parts of the names of one people, single characters that go on a name as well."""
    return parts(people) | parts(f"{people}_last")


def row(text: str, listed: frozenset[str]) -> int:
    """Count the ``listed`` parts that a text is a row of, as few as do; 0 where it is none.

    Single characters begin no row.
    """
    best: list[int | None] = [0] + [None] * len(text)
    for end in range(1, len(text) + 1):
        counts = (
            count + 1
            for start in range(max(0, end - LONGEST_PART), end)
            if (count := best[start]) is not None and text[start:end] in listed and end > 1
        )
        best[end] = min(counts, default=None)
    return best[-1] or 0


def _lines(name: str) -> Iterator[tuple[str, str]]:
    for line in files("detectors").joinpath("data", name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            key, _, rest = line.partition("\t")
            yield key, rest
