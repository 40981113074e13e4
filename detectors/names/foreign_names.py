"""Names of foreigners and minorities without a middle dot: told by their sounds and by context.

Runs of characters that write foreign sounds are read against ordinary words, Han names and the
known places, brands and loanwords (``detectors.names.foreign_reading``); what is left is weighed
here by what stands around it.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from detectors.base import Hit
from detectors.names.evidence import FAIR, WEAK, Evidence, weigh
from detectors.names.foreign_cues import (
    CALLING,
    EDGE,
    GOES_ON,
    KIN,
    LINK,
    LINKED,
    MAKES_THING,
    PLACED,
    REMEDY,
    STOP,
)
from detectors.names.foreign_reading import THINGS, Piece, Reader
from detectors.text.vocabulary import NameStatistics, Words
from review.finding import Entity

NEEDED = 3.0
"""How much must speak for a person, in nats."""
KINDS = {
    "person": 2.0,
    "either": 0.5,
    "minority": 4.0,
    "part": 2.0,
    "unknown": 0.0,
    "place": -3.0,
    "abroad": -16.0,
    "home": -16.0,
    "thing": -16.0,
}
"""What the kind of a piece says by itself, in nats."""
NAMELIKE = frozenset({"person", "either", "unknown", "part"})
LENGTHS = {2: -3.0, 3: 0.5}
"""What the length says; from four characters on hardly anything but a name sounds foreign."""
LONG = 2.0
BESIDE = 4.0
"""What a neighbour in a list says, for a person or against one."""
SUFFIXED = -10.0
AT_PLACE = -4.0
QUOTED = -3.0
"""What stands whole between quotation marks is mostly a title or a brand."""
BARE_WEIGHT = 1.5
"""The most that punctuation and common verbs beside an unknown name say."""
ALONE = 1.5
"""What it says that a part of minorities' names fills a cell or a line."""
NEAR = 4.0
"""What a calling right before or kin right behind says."""
FOLLOWED = -2.5
"""Another word right behind makes an eponym (斯特林发动机), unless persons are followed by it."""
AMONG_THINGS = -5.0
"""Members of an enumeration in which places, brands or remedies are named are such things, too."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """Hold a piece with what speaks for a person."""

    piece: Piece
    evidence: Evidence
    weight: float
    thing: bool
    """Whether it is known or placed as something else than a person."""


class ForeignNames:
    """Find names in foreign sounds, and the ground where no Han name can begin."""

    def __init__(self, words: Words, names: NameStatistics) -> None:
        self._reader = Reader(words, names)

    def read(self, text: str) -> Reading:
        """Judge every piece of a text that is written in foreign sounds."""
        judged = [_judge(text, piece) for piece in self._reader.pieces(text)]
        return Reading(text, _enumerated(text, judged))


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what a text holds in foreign sounds."""

    text: str
    judged: Sequence[_Judged]

    def names(self, found: Iterable[Hit] = ()) -> Iterator[Hit]:
        """Yield the persons; names ``found`` otherwise speak for those in one list with them."""
        for one in _neighbours(self.text, self.judged, found):
            if one.weight >= NEEDED:
                yield _hit(one)

    def ground(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches (start, end) that are other things, so that no Han name is there."""
        for one in self.judged:
            doubtful = one.piece.kind in ("unknown", "part") and one.weight >= 0
            if one.weight < NEEDED and not doubtful:
                yield one.piece.start, one.piece.end


def _judge(text: str, piece: Piece) -> _Judged:
    """Add up what a piece says by itself and what stands beside it."""
    start, end = piece.start, piece.end
    evidence = weigh(text, start, end)
    weight = evidence.weight
    if piece.kind == "unknown" and evidence.score < WEAK:
        weight = min(weight, BARE_WEIGHT) - _enumerates(text, piece)
    weight += KINDS[piece.kind] + _beside_person(text, piece, evidence)
    if piece.kind in NAMELIKE:
        weight += LENGTHS.get(end - start, LONG)
    suffixed = MAKES_THING.match(text, end) is not None
    placed = PLACED.search(text, max(0, start - 3), start) is not None
    if suffixed or _is_torn(text, piece):
        weight = min(weight, 0.0) + SUFFIXED
    weight += AT_PLACE if placed else 0.0
    weight += (
        QUOTED if text[max(0, start - 1) : start] == "“" and text[end : end + 1] == "”" else 0.0
    )
    thing = piece.kind in THINGS or (weight < NEEDED and (placed or suffixed))
    return _Judged(piece, evidence, weight, thing)


def _beside_person(text: str, piece: Piece, evidence: Evidence) -> float:
    """Weigh what stands beside persons that ``weigh`` does not know, in nats."""
    start, end = piece.start, piece.end
    weight = 0.0
    if evidence.score < WEAK and not GOES_ON.match(text, end):
        weight += FOLLOWED
    if evidence.score < FAIR:
        weight += NEAR if CALLING.search(text, max(0, start - 5), start) else 0.0
        weight += NEAR if KIN.match(text, end) else 0.0
    if piece.kind == "part" and end - start > 2 and EDGE.match(text, end):
        weight += ALONE if EDGE.match(text[max(0, start - 1) : start]) else 0.0
    return weight


def _is_torn(text: str, piece: Piece) -> bool:
    """Say whether a piece belongs to a longer name with a dot or is one of a remedy."""
    start, end = piece.start, piece.end
    if "·" in (text[max(0, start - 1) : start], text[end : end + 1]):
        return True
    return any(found.end() >= end for found in REMEDY.finditer(text, start + 1, end + 3))


def _enumerated(text: str, judged: Sequence[_Judged]) -> Sequence[_Judged]:
    """Take bare members of an enumeration of things for such things."""
    if not judged:
        return judged
    stops = [stop.start() for stop in STOP.finditer(text)]
    sentences = [bisect(stops, one.piece.start) for one in judged]
    things = Counter(
        sentence
        for one, sentence in zip(judged, sentences, strict=True)
        if one.thing and _enumerates(text, one.piece)
    )
    return [
        replace(one, weight=one.weight + AMONG_THINGS)
        if things[sentence] and one.evidence.score < WEAK and _enumerates(text, one.piece)
        else one
        for one, sentence in zip(judged, sentences, strict=True)
    ]


def _enumerates(text: str, piece: Piece) -> bool:
    return "、" in (text[max(0, piece.start - 1) : piece.start], text[piece.end : piece.end + 1])


def _neighbours(text: str, judged: Sequence[_Judged], found: Iterable[Hit]) -> Iterator[_Judged]:
    """Let the members of a list speak for and against each other."""
    said = {(hit.start, hit.end): 1 for hit in found if hit.entity is Entity.PERSON}
    for one in judged:
        sure = (one.weight >= NEEDED) - one.thing
        said[one.piece.start, one.piece.end] = sure
    starts = {start: sure for (start, _), sure in said.items()}
    ends = {end: sure for (_, end), sure in said.items()}
    order = [*judged, *reversed(judged)]
    settled: dict[Piece, _Judged] = {}
    for one in order:
        now = settled[one.piece] = _beside(text, one, starts, ends)
        if now.weight >= NEEDED:
            starts[one.piece.start] = ends[one.piece.end] = 1
    yield from settled.values()


def _beside(text: str, one: _Judged, starts: Mapping[int, int], ends: Mapping[int, int]) -> _Judged:
    """Add to what speaks for a person what its neighbours in a list say."""
    start, end = one.piece.start, one.piece.end
    link, before = LINK.match(text, end), LINKED.search(text, max(0, start - 3), start)
    favour = starts.get(link.end(), 0) if link else 0
    favour += ends.get(start - len(before.group()), 0) if before else 0
    if one.thing:
        favour = min(favour, 0)
    evidence = one.evidence
    if favour > 0 and evidence.score < FAIR:
        evidence = evidence._replace(score=FAIR, reason="与其他姓名并列")
    return replace(one, weight=one.weight + BESIDE * favour, evidence=evidence)


def _hit(one: _Judged) -> Hit:
    score, reason = one.evidence.score, one.evidence.reason
    if score < FAIR:
        minority = one.piece.kind in ("minority", "part")
        score = FAIR if minority else max(score, WEAK)
        reason = "少数民族姓名用字" if minority else "外国人名译音用字"
    return Hit(Entity.PERSON, one.piece.start, one.piece.end, score, reason)
