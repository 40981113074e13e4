"""Read text for words in foreign sounds: the cheapest of words, Han names and foreign pieces."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from detectors.foreign_sounds import (
    NAMES,
    PEOPLES,
    foreign_words,
    name_parts,
    parts,
    people_sounds,
    row,
    sounds,
)
from detectors.name_evidence import HAN, weigh
from detectors.vocabulary import LONGEST_WORD, UNKNOWN_CHARACTER, NameStatistics, Words, forward

PRIOR = 7.0
"""Cost of beginning a name in foreign sounds, in nats."""
NATIVE_PRIOR = 4.0
"""Cost of beginning a Han name, which may hold foreign sounds by chance."""
KNOWN = 10.0
"""Cost of a place, brand or loanword of the lists, in nats."""
HEARD = 3.0
"""What a name is cheaper for being in the dictionary, in nats."""
SHORT = 1.5
"""Added for those of two characters, which may stand anywhere by chance."""
PART, PARTS_PRIOR, ALONE, HALF = 6.5, 6.0, 3.0, 3.5
"""Cost of each part of a Uyghur, Kazakh, Mongolian or Yi name, of beginning one
and, added, of a short one alone."""
HOPELESS = -9.0
"""A run whose best piece is further behind its plain reading is not read."""
EVERYDAY = 11.0
"""A known piece of two characters that costs less as a word does not make a run worth reading."""
WORD = 10.5
"""A short piece is no name where a word that costs less stands in it."""
GREATEST_FAVOUR = 12.0
"""What stands beside a name makes it cheaper by no more than this, in nats."""
JOINING = frozenset("和")
"""Characters of minorities' names that elsewhere join two names."""
SHORTEST, LONGEST = 3, 12
"""Characters of a name that no list knows."""
REACH = 4
"""How many characters beside a run are read with it."""
USUAL, STRANGE = 5.0, 9.0
"""Cost of a character beside a part of a name, one that parts are written with or not, in nats."""
LONGEST_REST = 3
CLEARER = 1.5
"""How much cheaper a name must be by the sounds of a people to be one of theirs, in nats."""
LEAST_HALVED = 4
_NO_PLACE = re.compile(f"(?:(?![镇乡村街路巷沟坪寨坝塘湖县区市州旗盟组社厂店馆院校])[{HAN}])+")
PLAIN, NATIVE = "", "native"


class Piece(NamedTuple):
    """Mark a stretch in foreign sounds: offsets, end exclusive, and the kind of thing it is."""

    start: int
    end: int
    kind: str


class _Arc(NamedTuple):
    cost: float
    start: int
    kind: str


class Reader:
    """Find the pieces of a text that are written in foreign sounds."""

    def __init__(self, words: Words, names: NameStatistics) -> None:
        self._words, self._names = words, names
        self._known, self._sounds = foreign_words(), sounds()
        self._parts = [name_parts(people) for people in PEOPLES]
        self._peoples = [parts(people) for people in PEOPLES]
        self._tibetan = parts("tibetan")
        self._tails = frozenset(part[-2:] for listed in self._parts for part in listed)
        self._heads = frozenset(part[:2] for listed in self._parts for part in listed)
        others = set("".join(parts("yi") | self._tibetan))
        self._foreign = frozenset(self._sounds.letters) - JOINING
        sounding = re.compile(f"[{self._sounds.letters}]{{2,}}")
        self._stems = {
            stem
            for word, kind in self._known.items()
            for stem in sounding.findall(word)
            if stem != word and kind not in NAMES
        }
        odd = (
            word
            for word, kind in self._known.items()
            if len(word) > 2 and kind not in NAMES and not sounding.search(word)
        )
        self._odd = re.compile("|".join(sorted(odd, key=lambda word: (-len(word), word))))
        self._run = re.compile(f"[{''.join(sorted(self._foreign | others))}]{{2,}}")
        self._rows = lru_cache(maxsize=1 << 16)(self._row)
        self._kinds = lru_cache(maxsize=1 << 14)(self._sounding)
        self._hopeful = lru_cache(maxsize=1 << 16)(self._may_hold)

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the pieces; those that hardly sound foreign come first."""
        for match in self._odd.finditer(text):
            yield Piece(*match.span(), self._known[match.group()])
        reached = 0
        for start, end in self._stretches(text):
            first, last = _window(text, start, end)
            for piece in self._read(text, max(first, reached), last, (start, end)):
                yield piece
                reached = piece.end

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the runs of foreign sounds worth reading, those near each other as one."""
        start = end = -REACH - 1
        for run in self._run.finditer(text):
            if not self._hopeful(run.group()):
                continue
            if run.start() - end > REACH:
                if end > 0:
                    yield start, end
                start = run.start()
            end = run.end()
        if end > 0:
            yield start, end

    def _may_hold(self, run: str) -> bool:
        """Say whether a run holds a known piece or one not much dearer than its plain reading."""
        for start in range(len(run) - 1):
            for end in range(start + 2, min(len(run), start + LONGEST) + 1):
                piece = run[start:end]
                if len(piece) < SHORTEST:
                    everyday = self._words.get(piece, math.inf) <= EVERYDAY
                    listed = piece in self._known or piece in self._tibetan
                    worth = piece in self._stems or (listed and not everyday)
                else:
                    listed = piece in self._known or piece in self._stems
                    worth = listed or bool(self._rows(piece)[1]) or self._sounds_foreign(piece)
                if worth:
                    return True
        return False

    def _sounds_foreign(self, piece: str) -> bool:
        plain = forward(piece, self._words)[-1]
        return plain - PRIOR - self._sounds.cost(piece) > HOPELESS

    def _read(self, text: str, first: int, last: int, run: tuple[int, int]) -> list[Piece]:
        """Read ``text[first:last]`` the cheapest way and keep the pieces in foreign sounds."""
        best = [_Arc(0.0, first, PLAIN)]
        for end in range(first + 1, last + 1):
            arcs = self._arcs(text, first, end, run)
            best.append(
                min(_Arc(best[a.start - first].cost + a.cost, a.start, a.kind) for a in arcs)
            )
        pieces: list[Piece] = []
        end = last
        while end > first:
            arc = best[end - first]
            if arc.kind not in (PLAIN, NATIVE):
                pieces.append(Piece(arc.start, end, arc.kind))
            end = arc.start
        return _joined(pieces[::-1])

    def _arcs(self, text: str, first: int, end: int, run: tuple[int, int]) -> Iterator[_Arc]:
        """Give every reading of a stretch that ends at ``end``."""
        yield _Arc(self._words.get(text[end - 1], UNKNOWN_CHARACTER), end - 1, PLAIN)
        for start in range(max(first, end - LONGEST), end - 1):
            piece = text[start:end]
            kind = self._known.get(piece, "")
            if kind:
                cost = KNOWN + (SHORT if len(piece) == 2 else 0.0)
                if kind in NAMES:
                    cost = PRIOR + self._sounds.cost(piece) - _favour(text, start, end)
                    cost -= HEARD if len(piece) > 2 else 0.0
                yield _Arc(cost, start, kind)
            elif (
                len(piece) <= LONGEST_WORD and (cost := self._words.get(piece, math.inf)) < math.inf
            ):
                yield _Arc(cost, start, PLAIN)
            if 2 <= len(piece) <= 4:
                surname, given = self._names.split(piece)
                if surname and 1 <= len(given) <= 2 and start < run[1] and run[0] < end:
                    cost = self._names.cost(surname, given) + NATIVE_PRIOR
                    yield _Arc(cost - _favour(text, start, end), start, NATIVE)
            if piece[:2] in self._heads or piece[-2:] in self._tails:
                cost, kind = self._rows(piece)
                if kind:
                    yield _Arc(cost - _favour(text, start, end), start, kind)
            if self._unheard(piece):
                cost = PRIOR + self._sounds.cost(piece) - _favour(text, start, end)
                yield _Arc(cost, start, self._kinds(piece))

    def _unheard(self, piece: str) -> bool:
        """Say whether a piece is written in foreign sounds and neither is nor holds a word."""
        if len(piece) < SHORTEST or not self._foreign.issuperset(piece):
            return False
        if self._known.get(piece, "person") != "person":
            return False
        inner = (piece[i:j] for i in range(len(piece)) for j in range(i + 2, len(piece) + 1))
        return not any(self._bars(part, len(piece)) for part in inner)

    def _bars(self, part: str, size: int) -> bool:
        kind = self._known.get(part, "")
        if kind:
            return kind in ("abroad", "home", "thing") and (len(part) > 2 or size == 3)
        return size <= 4 and self._words.get(part, math.inf) < WORD

    def _row(self, piece: str) -> tuple[float, str]:
        """Price a piece as a row of parts of one people's names and give its kind."""
        count = min(filter(None, (row(piece, listed) for listed in self._parts)), default=0)
        if count:
            several = count > 1 or len(piece) > 3
            cost = PARTS_PRIOR + PART * count
            return (cost, "minority") if several else (cost + ALONE, "part")
        return self._half(piece)

    def _half(self, piece: str) -> tuple[float, str]:
        """Price a piece of which one end is a part of a name and the rest is no word."""
        best = math.inf
        if len(piece) < LEAST_HALVED or not _NO_PLACE.fullmatch(piece):
            return best, ""
        for listed in self._peoples:
            letters = _letters(listed)
            for at in range(max(1, len(piece) - LONGEST_REST), min(len(piece), LONGEST_REST + 1)):
                for known, rest in ((piece[:at], piece[at:]), (piece[at:], piece[:at])):
                    if (
                        len(known) > 1
                        and known in listed
                        and self._words.get(rest, math.inf) > EVERYDAY
                    ):
                        cost = sum(USUAL if letter in letters else STRANGE for letter in rest)
                        best = min(best, PARTS_PRIOR + PART + HALF + cost)
        return (best, "minority") if best < math.inf else (best, "")

    def _sounding(self, piece: str) -> str:
        """Say whether a piece sounds like a people's names rather than like foreign ones."""
        abroad = self._sounds.cost(piece) - CLEARER
        near = any(people_sounds(people).cost(piece) < abroad for people in ("turkic", "mongol"))
        return "part" if near else "unknown"


@cache
def _letters(listed: frozenset[str]) -> frozenset[str]:
    return frozenset("".join(listed))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Make one of pieces that touch and may be parts of one name."""
    joined: list[Piece] = []
    for piece in pieces:
        open_ = joined and joined[-1].end == piece.start
        if open_ and {joined[-1].kind, piece.kind} <= {
            "person",
            "either",
            "unknown",
            "minority",
            "part",
        }:
            kind = joined[-1].kind if joined[-1].kind == piece.kind else "unknown"
            joined[-1] = Piece(joined[-1].start, piece.end, kind)
        else:
            joined.append(piece)
    return joined


def _favour(text: str, start: int, end: int) -> float:
    return min(max(0.0, weigh(text, start, end).weight), GREATEST_FAVOUR)


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a run by the Han beside it."""
    left = re.search(rf"[{HAN}]*\Z", text[max(0, start - REACH) : start])
    right = re.match(rf"[{HAN}]*", text[end : end + REACH])
    return start - len(left.group() if left else ""), end + len(right.group() if right else "")
