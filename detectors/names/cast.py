"""Who plays a part in a document: names that are everyday words, told by all their places together.

高兴 is a word; 高兴, of whom a document says that he 报案, whose 母亲 it speaks of and with whom a
neighbour 发生口角, is a person. One such place says little. All places of one spelling are summed
up: those of persons speak for the name, any other speaks for the word.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from functools import cached_property

from detectors.base import Hit
from detectors.names.candidates import LOSS, NICKNAME, candidates
from detectors.names.doubt import parted
from detectors.names.evidence import HAN, names_place
from detectors.names.neighbours import goods
from detectors.names.places import DEED, FACT, MEEK, OTHER, PAUSE, STOP, WHO, after, before
from detectors.text.occurrences import everywhere
from detectors.text.vocabulary import name_statistics, plain_cost, word_kind, word_list
from review.finding import Entity

NAMED, ASKED = 1.0, -0.7
"""How far ahead, in nats, a name is hidden, and how far a person is asked whether it is one."""
SCORE = 0.7
REASON = "在文中多处处于人名的位置"
DOUBT = "可能是人名，也可能是普通词语，请核对"

# Fitted by logistic regression to labelled official texts written for this project, in nats;
# set by hand is ``who_does``: behind 局长 or 申请人 a verb is what he does (被申请人答复称).
WEIGHTS: Mapping[str, float] = {
    "bias": -1.9,
    "cost": -0.4,
    "no_word": -0.2,
    "dearer": -0.6,
    "rare": -0.8,
    "no_surname": -2.7,
    "verb": -0.7,
    "form": -2.3,
    "nickname": -0.3,
    "long": -1.2,
    "known": 3.2,
    "joint": 2.2,
    "joints": 1.6,
    "company": 2.6,
    "who_does": -3.5,
    "row": 2.0,
    "who|fact": 5.4,
    "who|deed": 4.7,
    "who|meek": 3.7,
    "who|thing": 3.0,
    "who|stop": 3.1,
    "who|other": 1.7,
    "reach|fact": 4.0,
    "reach|deed": 2.2,
    "reach|meek": 0.9,
    "reach|thing": 0.4,
    "reach|stop": 0.5,
    "reach|other": 0.1,
    "pause|fact": 4.2,
    "pause|deed": 1.9,
    "pause|meek": 0.7,
    "pause|thing": 0.5,
    "pause|stop": 1.0,
    "pause|other": -0.9,
    "other|fact": 1.8,
    "other|deed": 0.3,
    "other|meek": -0.9,
    "other|thing": -1.2,
    "other|stop": -0.9,
    "other|other": -1.5,
}
DEAREST = 16.5
"""Cost of a word, in nats, from which on it hardly counts against its being a name."""
DEARER = 10.0
"""The most that a name may be dearer than the same letters as words, in nats."""
REPEATED = 3
"""How many places of one kind count."""
LOOKED_AT = 60
"""How many places of a name are looked at to judge it; where it stands again is found anyway."""
ROUNDS = 3
"""How often those found may carry others that stand beside them."""

_EDGES = ("", "\n", "\t")
_BRACKETS = ("（）", "()", "“”", "《》", "【】")
_ROW = 80
_ROW_EDGES = "；：。\n"
_ROW_SIGNS = ("", *_ROW_EDGES)
_JOINTS = ("、", "和", "与", "及")
_HAN = re.compile(f"[{HAN}]")
ALONE = "alone"

Span = tuple[int, int]


def cast(
    text: str,
    people: Collection[str],
    free: Callable[[int, int], bool],
) -> Iterator[tuple[Hit, bool]]:
    """Yield who plays a part on ``free`` ground, and whether that is certain; linear in the text.

    ``people`` are the names that are found already.
    """
    found = Cast(text, people, free)
    found.meet()
    done: set[str] = set()
    for _ in range(ROUNDS):
        fresh = sorted(name for name in found.spans if name not in done)
        fresh = [name for name in fresh if found.score(name) >= NAMED and found.spoken_of(name)]
        for name in sorted(fresh, key=found.score, reverse=True):
            done.add(name)
            yield from found.named(name)
        if not fresh:
            break
    for name in found.spans:
        if name not in done and found.score(name) >= ASKED and found.spoken_of(name):
            yield from found.asked(name)


class Cast:
    """Hold where those stand who may play a part, and who does."""

    def __init__(
        self, text: str, people: Collection[str], free: Callable[[int, int], bool]
    ) -> None:
        self._text, self._people, self._free = text, people, free
        self._words, self._names = word_list(), name_statistics()
        self._taken: set[int] = set()
        self._found: set[str] = set()
        self._several = False
        spans: defaultdict[str, list[Span]] = defaultdict(list)
        for start, end in everywhere(candidates(text), text):
            spans[text[start:end]].append((start, end))
        # Who is found wherever he stands needs no more.
        self.spans = {name: at for name, at in spans.items() if any(free(*each) for each in at)}
        self._placed = {name: self.places(name) for name in self.spans}
        self._own = {n: _sum(self.letters(n)) + _sum(said) for n, said in self._placed.items()}

    def score(self, name: str) -> float:
        """Say how far the name is ahead of the word, in nats."""
        return self._own[name] + _sum(self.company(name))

    def meet(self) -> None:
        """Let those vouch for each other who would be named, were the others there for certain."""
        self._several = True
        self._several = sum(self.score(name) >= NAMED for name in self.spans) > 1

    def named(self, name: str) -> Iterator[tuple[Hit, bool]]:
        """Yield where somebody is called so; a person is asked of what reads like the word."""
        self._found.add(name)
        for start, end in self.spans[name]:
            if not self._open(start, end) or names_place(self._text, end):
                continue
            placed = WEIGHTS.get(self._kind(start, end), 0.0) >= 0
            if placed or parted(self._text, start, end, self._words, LOSS):
                self._taken.update(range(start, end))
                yield Hit(Entity.PERSON, start, end, SCORE, REASON if placed else DOUBT), placed

    def asked(self, name: str) -> Iterator[tuple[Hit, bool]]:
        """Yield where a person may be called so."""
        for start, end in self.spans[name]:
            if self._open(start, end) and WEIGHTS.get(self._kind(start, end), 0.0) >= 0:
                yield Hit(Entity.PERSON, start, end, SCORE, DOUBT), False

    def spoken_of(self, name: str) -> bool:
        """Say whether anything speaks of a person that does not as well of things (路灯不亮)."""
        beside = self.company(name)
        told = {
            side
            for kind in self._placed[name]
            if WEIGHTS.get(kind, 0.0) > 0
            for side in kind.split("|")
        }
        return not told.isdisjoint((WHO, FACT, DEED)) or any(
            beside[kind] for kind in ("known", "joint", "row")
        )

    def _open(self, start: int, end: int) -> bool:
        if start in self._goods:
            return False
        return self._free(start, end) and self._taken.isdisjoint(range(start, end))

    def company(self, name: str) -> Counter[str]:
        """Count what speaks of the name by other names: its own elsewhere, neighbours, others."""
        beside = rows = 0
        for start, end in self.spans[name][:LOOKED_AT]:
            beside += self._text[start - 1 : start] in _JOINTS and self._person(start - 2)
            beside += self._text[end : end + 1] in _JOINTS and self._person(end + 1)
            rows += self._in_row(start)
        others = self._several or any(other != name for other in (*self._people, *self._found))
        return Counter(
            known=name in self._people,
            joint=beside > 0,
            joints=beside > 1,
            row=rows > 0,
            company=others,
        )

    def _in_row(self, start: int) -> bool:
        """Say whether the pieces before or after, parted by semicolons, begin with a person."""
        text = self._text
        if text[start - 1 : start] not in _ROW_SIGNS:
            return False
        before = max(text.rfind(sign, max(0, start - _ROW), start - 1) for sign in _ROW_EDGES)
        after = text.find("；", start, start + _ROW)
        parted_before = text[start - 1 : start] == "；" and before >= 0
        return (parted_before and self._person(before + 1)) or (
            after >= 0 and self._person(after + 1)
        )

    @cached_property
    def _goods(self) -> Set[int]:
        return goods(self._text, self._words, self._names)

    def _person(self, at: int) -> bool:
        """Say whether a name covers the character ``at``."""
        within = 0 <= at < len(self._text)
        return within and (at in self._taken or not self._free(at, at + 1))

    def letters(self, name: str) -> Mapping[str, float]:
        """Count what the letters themselves say: the dearer as a word, the likelier a name."""
        surname, given = self._names.split(name)
        cost = self._words.get(name, math.inf)
        said = {"bias": 1.0, "long": float(len(name) > 2)}
        said |= {kind: float(name in word_kind(kind)) for kind in ("verb", "form")}
        if cost < math.inf:
            said["cost"] = max(0.0, DEAREST - cost)
        elif NICKNAME.fullmatch(name):
            return said | {"nickname": 1.0}
        else:
            dearer = self._names.cost(surname or name[0], given if surname else name[1:])
            dearer -= plain_cost(name, self._words)
            said |= {"no_word": 1.0, "dearer": min(max(0.0, dearer), DEARER)}
        return said | {"no_surname": float(not surname), "rare": float(surname in self._names.rare)}

    def places(self, name: str) -> Counter[str]:
        """Count the places of a name by what stands on both sides; a few of a kind are enough."""
        spans = self.spans[name][:LOOKED_AT]
        kinds = {span: self._kind(*span) for span in spans}
        said = _capped(Counter(kinds[span] for span in self._distinct(kinds)))
        if name in word_kind("verb"):
            who = _capped(Counter(kind for kind in kinds.values() if kind.startswith(WHO)))
            said["who_does"] = who.total()
        return said

    def _distinct(self, kinds: Mapping[Span, str]) -> Iterator[Span]:
        """Yield the places but those whose telling words told already (公共租赁, 群众满意度).

        What stands behind a name tells of a person, else what stands before it.
        """
        ahead: set[str] = set()
        behind: set[str] = set()
        for span in sorted(kinds, key=lambda span: -WEIGHTS.get(kinds[span], 0.0)):
            start, end = span
            first, last = self._text[max(0, start - 2) : start], self._text[end : end + 2]
            left, _, right = kinds[span].partition("|")
            acts = right in (FACT, DEED, MEEK)
            told = last in behind if acts else left == WHO and first in ahead
            if not told or WEIGHTS.get(kinds[span], 0.0) <= 0:
                yield span
            ahead.add(first)
            behind.add(last)

    def _kind(self, start: int, end: int) -> str:
        left, right = before(self._text, start), after(self._text, end, self._words)
        if left == PAUSE and right == STOP and self._alone(start, end):
            return ALONE
        if left == WHO and right == OTHER and not _HAN.match(self._text, start - 1):
            return f"{OTHER}|{OTHER}"
        return f"{left}|{right}"

    def _alone(self, start: int, end: int) -> bool:
        """Say whether it fills a line, as cells do, or brackets: that says nothing."""
        first, last = self._text[start - 1 : start], self._text[end : end + 1]
        return (first in _EDGES and last in _EDGES) or f"{first}{last}" in _BRACKETS


def _capped(kinds: Counter[str]) -> Counter[str]:
    """Let a few places of a kind count, but one between pauses: lists of anything stand there."""
    few = {f"{PAUSE}|{STOP}": 1}
    return Counter({kind: min(n, few.get(kind, REPEATED)) for kind, n in kinds.items()})


def _sum(said: Mapping[str, float]) -> float:
    return sum(WEIGHTS.get(kind, 0.0) * much for kind, much in said.items())
