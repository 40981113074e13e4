"""What a piece of text costs as a word in foreign sounds: known, of known parts, by its sound."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from detectors.names.evidence import HAN
from detectors.names.foreign_sounds import (
    NAMES,
    PEOPLES,
    foreign_words,
    name_parts,
    parts,
    people_sounds,
    row,
    sounds,
)
from detectors.text.vocabulary import Words, forward

PRIOR = 7.0
"""Cost of beginning a name in foreign sounds, in nats."""
KNOWN = 10.0
"""Cost of a place, brand or loanword of the lists, in nats."""
SHORT = 1.5
"""Added for those of two characters, which may stand anywhere by chance."""
HEARD = 3.0
"""What a name is cheaper for being in the dictionary, in nats."""
PARTS_PRIOR, PART = 6.0, 6.5
"""Cost of beginning a name of a minority and of each part of it, in nats."""
ALONE = 3.0
"""Added for a single short part, which may stand anywhere by chance."""
REST = 3.5
"""Cost of going on beside a part with what no list knows, in nats."""
USUAL, STRANGE = 5.0, 9.0
"""Cost of a character beside a part: one that parts are written with, or not."""
CLEARER = 0.5
"""How much cheaper a name must be by the sounds of a people to be one of theirs, in nats."""
HOPELESS = -9.0
"""A run whose best piece is further behind its plain reading holds no name."""
EVERYDAY = 11.0
"""What costs less as a word is an everyday word, in nats."""
WORD = 10.5
"""A short piece is no name where a word that costs less stands in it."""
SHORTEST, LONGEST = 3, 12
"""Characters of a name that no list knows."""
LEAST_HALVED, LONGEST_REST = 4, 3
"""Characters of a name of which one part is known, and of its rest at most."""
JOINING = frozenset("和")
"""Characters of minorities' names that elsewhere join two names."""
SOUNDED = ("turkic", "mongol")
"""Peoples whose names sound unlike those from abroad."""
_NO_PLACE = re.compile(f"(?:(?![镇乡村街路巷沟坪寨坝塘湖县区市州旗盟组社厂店馆院校])[{HAN}])+")


class Price(NamedTuple):
    """Hold the cost in nats of one reading of a piece and the kind of thing it then is."""

    cost: float
    kind: str


class Prices:
    """Price pieces of text as words in foreign sounds, whatever stands around them."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._known, self._sounds = foreign_words(), sounds()
        self._letters = frozenset(self._sounds.letters) - JOINING
        self._parts = [(parts(people), name_parts(people)) for people in PEOPLES]
        self._tibetan = parts("tibetan")
        listed = {part for people, _ in self._parts for part in people}
        self._heads = frozenset(part[:2] for part in listed)
        self._tails = frozenset(part[-2:] for part in listed)
        sounding = re.compile(f"[{self._sounds.letters}]{{2,}}")
        things = {word for word, kind in self._known.items() if kind not in NAMES}
        self._stems = {stem for word in things for stem in sounding.findall(word)}
        odd = (word for word in things if len(word) > 2 and not sounding.search(word))
        self.odd = re.compile("|".join(sorted(odd, key=lambda word: (-len(word), word))))
        letters = self._letters.union(*parts("yi"), *self._tibetan)
        self.run = re.compile(f"[{''.join(sorted(letters))}]{{2,}}")
        self.readings = lru_cache(maxsize=1 << 16)(self._readings)
        self.may_hold = lru_cache(maxsize=1 << 16)(self._may_hold)

    def kind(self, piece: str) -> str:
        """Give the kind of a known piece, empty if the lists do not know it."""
        return self._known.get(piece, "")

    def _readings(self, piece: str) -> tuple[Price, ...]:
        """Give every reading of a piece as one word in foreign sounds."""
        return tuple(self._priced(piece))

    def _priced(self, piece: str) -> Iterator[Price]:
        kind = self.kind(piece)
        if kind and kind not in NAMES:
            yield Price(KNOWN + (SHORT if len(piece) == 2 else 0.0), kind)
        elif kind:
            heard = HEARD if len(piece) > 2 else 0.0
            yield Price(PRIOR + self._sounds.cost(piece) - heard, kind)
        if piece[:2] in self._heads or piece[-2:] in self._tails:
            yield from self._of_parts(piece)
        if self._is_new(piece):
            abroad = self._sounds.cost(piece)
            at_home = min(people_sounds(people).cost(piece) for people in SOUNDED)
            kind = "part" if at_home < abroad - CLEARER else "unknown"
            yield Price(PRIOR + min(abroad, at_home), kind)

    def _of_parts(self, piece: str) -> Iterator[Price]:
        """Read a piece as a row of parts of one people's names, or as one part and a rest."""
        rows = (row(piece, listed) for _, listed in self._parts)
        if count := min(filter(None, rows), default=0):
            several = count > 1 or len(piece) > SHORTEST
            cost = PARTS_PRIOR + PART * count
            yield Price(cost, "minority") if several else Price(cost + ALONE, "part")
        elif len(piece) >= LEAST_HALVED and _NO_PLACE.fullmatch(piece):
            rests = [cost for people, _ in self._parts for cost in self._rests(piece, people)]
            if rests:
                yield Price(PARTS_PRIOR + PART + REST + min(rests), "minority")

    def _rests(self, piece: str, listed: frozenset[str]) -> Iterator[float]:
        """Price what a piece holds before or behind a listed part, unless it is a word."""
        for at in range(1, len(piece)):
            for known, rest in ((piece[:at], piece[at:]), (piece[at:], piece[:at])):
                fits = len(known) > 1 and len(rest) <= LONGEST_REST and known in listed
                if fits and self._words.get(rest, math.inf) > EVERYDAY:
                    letters = _letters(listed)
                    yield sum(USUAL if letter in letters else STRANGE for letter in rest)

    def _is_new(self, piece: str) -> bool:
        """Say whether a piece is written in foreign sounds and neither is nor holds a word."""
        if len(piece) < SHORTEST or not self._letters.issuperset(piece):
            return False
        if self.kind(piece) not in ("", "person"):
            return False
        inner = (piece[i:j] for i in range(len(piece)) for j in range(i + 2, len(piece) + 1))
        return not any(self._bars(part, len(piece)) for part in inner)

    def _bars(self, part: str, size: int) -> bool:
        if kind := self.kind(part):
            return kind not in NAMES and (len(part) > 2 or size == SHORTEST)
        return size <= SHORTEST + 1 and self._words.get(part, math.inf) < WORD

    def _may_hold(self, run: str) -> bool:
        """Say whether a run holds a known piece or one not much dearer than its plain reading."""
        return any(
            self._worth(run[start:end])
            for start in range(len(run) - 1)
            for end in range(start + 2, min(len(run), start + LONGEST) + 1)
        )

    def _worth(self, piece: str) -> bool:
        if len(piece) < SHORTEST:
            listed = piece in self._known or piece in self._tibetan or piece in self._stems
            return listed and self._words.get(piece, math.inf) > EVERYDAY
        if piece in self._known or piece in self._stems:
            return True
        plain = forward(piece, self._words)[-1]
        return any(plain - price.cost > HOPELESS for price in self.readings(piece))


@cache
def _letters(listed: frozenset[str]) -> frozenset[str]:
    return frozenset("".join(listed))
