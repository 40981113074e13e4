"""Names of persons: surnames raise candidates, statistics and context decide.

A candidate is weighed by how much cheaper the text reads with a name there than without
(``detectors.vocabulary``), plus what stands around it (``detectors.name_evidence``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from detectors.base import Hit, Passage
from detectors.name_evidence import FAIR, HAN, WEAK, Evidence, label_before, weigh
from detectors.name_forms import dotted, in_cells, labelled, mentions, tibetan
from detectors.name_lattice import FOREIGN_LETTERS, plain_readings
from detectors.name_lists import listed
from detectors.name_recall import evident, recall
from detectors.numerals import CHINESE_DIGITS
from detectors.vocabulary import (
    NameStatistics,
    Words,
    cues,
    name_statistics,
    plain_cost,
    word_list,
)
from review.finding import Entity

PRIOR = 5.5
"""Cost of beginning a name at all, in nats: about one word in 250 is a name."""
THRESHOLD = 4.0
"""How many nats a name must be ahead of the plain reading, evidence included."""
EVIDENCED = 1.0
"""The same where a label, a title or a form of address stands beside it."""
EVIDENCED_RARE = 4.0
"""The same for surnames that are everyday words as well (和, 同, 任意)."""
PLACE_LIKE = 5.0
"""Taken off names that end like a place (李卜村)."""
FOREIGN_LIKE = 7.0
"""Taken off names in letters that mostly write foreign sounds (雷吉纳)."""
HOPELESS = -10.0
"""A name this far behind the plain reading of its characters needs a label to be looked at."""
DOUBTFUL = -2.0
"""A name this far behind, evidence included, may still be carried by its neighbours in a list."""
_MASKS = frozenset("某*＊×")
_NEVER_GIVEN = frozenset("的了着与及是被把也都不某因")
_PLACE_ENDINGS = frozenset("楼村镇县市区乡街路河族苑国庄屯寨港州省")
_RUN = re.compile(rf"[{HAN}]+")
_SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000]{{1,4}}[{HAN}]){{1,2}}(?=等|(?![{HAN}]))")
_WRITTEN_NUMBER = re.compile(f"[{CHINESE_DIGITS}]{{5,}}")
_DOCUMENT_YEAR = re.compile(r"[ ]?[〔\[【(（][ ]?(?:19|20)\d{2}[ ]?[〕\]】)）J][ ]?(?:第)?\d")
_LIST_GAP = re.compile(r"[ \t]*[、,，/；;][ \t]*|[ \t\u3000]{1,6}|[和与及]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    margin: float
    evidence: Evidence

    @property
    def total(self) -> float:
        return self.margin + self.evidence.weight


class NameRecognizer:
    """Find names of persons; masked names (张某某) are not reported, they hide nothing more.

    ``words`` prices ordinary words; the default is the word list that ships with the package
    (built from jieba's dictionary), so that jieba itself need not be loaded.
    """

    name = "names"
    entities = (Entity.PERSON,)

    def __init__(self, words: Words | None = None, names: NameStatistics | None = None) -> None:
        self._words = words or word_list()
        self._names = names or name_statistics()
        self._surnames = self._names.common | self._names.rare
        self._unfit, self._never = cues("unfit"), cues("never")
        self._priced = lru_cache(maxsize=1 << 16)(self._price)
        starts = "".join(sorted(self._surnames | {c[0] for c in self._names.compound}))
        self._start = re.compile(f"[{starts}]")

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield names; bare occurrences of names with evidence follow them within the passage."""
        text = passage.text
        taken = _Taken(len(text))
        hits: list[Hit] = []
        for source in (
            in_cells(passage, self._words, self._names),
            dotted(text),
            tibetan(text),
            labelled(text, self._words, self._names),
            self._in_runs(text, taken),
        ):
            hits += taken.admit(source)
        hits += taken.admit(self._spaced(text, taken))
        hits += taken.admit(listed(text, tuple(hits), self._words, self._names))
        hits += taken.admit(self._again(text, hits))
        return iter(hits)

    def _again(self, text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
        names = {name for hit in hits if (name := evident(text, hit))}
        return recall(text, names, self._words, self._names)

    def _spaced(self, text: str, taken: _Taken) -> Iterator[Hit]:
        """Find names set with spaces (王 伟) by a label, by neighbours or on their own line."""
        matches = [span for m in _SPACED.finditer(text) if (span := self._halves(text, *m.span()))]
        for start, end in (*matches, *reversed(matches)):
            letters = re.sub(r"\s", "", text[start:end])
            surname, given = self._names.split(letters)
            if not surname or not 1 <= len(given) <= 2 or "某" in letters:
                continue
            evidence = weigh(text, start, end)
            worth = plain_cost(letters, self._words) - self._names.cost(surname, given) + 2
            if evidence.score > WEAK and worth + evidence.weight > 0:
                yield Hit(Entity.PERSON, start, end, evidence.score, evidence.reason)
            elif worth > 0 and (taken.touch(text, start, end) or _fills_line(text, start, end)):
                yield Hit(Entity.PERSON, start, end, WEAK, "空格分开的姓名单独成行或并列")

    def _halves(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Cut 梁 勇 黄 down to 梁 勇 where the third letter begins the next name."""
        letters = [at for at in range(start, end) if not text[at].isspace()]
        if len(letters) == 3 and text[letters[2]] in self._names.common:
            follows = re.match(rf"[ \u3000]{{1,4}}[{HAN}](?![{HAN}])", text[end : end + 6])
            return (start, letters[1] + 1) if follows else (start, end)
        return start, end

    def _in_runs(self, text: str, taken: _Taken) -> Iterator[Hit]:
        """Weigh candidates run by run, then let accepted names carry their list neighbours."""
        doubtful: list[_Candidate] = []
        accepted: list[_Candidate] = []
        for run in _RUN.finditer(text):
            if len(run.group()) < 12 and _DOCUMENT_YEAR.match(text, run.end()):
                continue
            for candidate in _best(self._candidates(text, *run.span())):
                if not taken.free(candidate.start, candidate.end):
                    continue
                good = candidate.total >= self._needed(text, candidate)
                (accepted if good else doubtful).append(candidate)
        yield from (self._hit(c) for c in accepted)
        yield from _listed(text, accepted, doubtful)
        yield from mentions(text, self._names)

    def _needed(self, text: str, candidate: _Candidate) -> float:
        if candidate.evidence.score < FAIR:
            return THRESHOLD
        return EVIDENCED_RARE if text[candidate.start] in self._names.rare else EVIDENCED

    @staticmethod
    def _hit(candidate: _Candidate) -> Hit:
        evidence = candidate.evidence
        return Hit(Entity.PERSON, candidate.start, candidate.end, evidence.score, evidence.reason)

    def _candidates(self, text: str, start: int, end: int) -> Iterator[_Candidate]:
        """Weigh every surname with one or two characters after it within a run of Han."""
        weighed: list[tuple[int, int, float, Evidence]] = []
        numbers = [number.span() for number in _WRITTEN_NUMBER.finditer(text, start, end)]
        for match in self._start.finditer(text, start, end - 1):
            if any(first <= match.start() < last for first, last in numbers):
                continue
            for at, size, cost, bound in self._shapes(text, match.start(), end):
                evidence = weigh(text, at, at + size)
                if bound + evidence.weight > DOUBTFUL:
                    weighed.append((at, size, cost, evidence))
        if not weighed:
            return
        plain, rest = plain_readings(text[start:end], self._words)
        for at, size, cost, evidence in weighed:
            here = at - start
            margin = plain[-1] - (plain[here] + cost + PRIOR + rest[here + size])
            yield _Candidate(at, at + size, margin, evidence)

    def _shapes(self, text: str, at: int, end: int) -> Iterator[tuple[int, int, float, float]]:
        """Give (start, length, cost, greatest margin) of the names that may begin at ``at``."""
        head = 2 if text[at : at + 2] in self._names.compound else 1
        surname = text[at : at + head]
        for size in (head + 1, head + 2):
            given = text[at + head : at + size]
            if at + size > end or text[at + size : at + size + 1] in _MASKS:
                continue
            if given[-1] in "男女" and text[at + size : at + size + 1].isdigit():
                continue
            cost, bound = self._priced(surname, given)
            if bound > HOPELESS or (bound > -math.inf and label_before(text, at)):
                yield at, size, cost, bound

    def _price(self, surname: str, given: str) -> tuple[float, float]:
        """Give cost and greatest margin of a name; minus infinity where it cannot be one."""
        if given in self._unfit or not _NEVER_GIVEN.isdisjoint(given):
            return math.inf, -math.inf
        name = surname + given
        if name in self._never or name[:2] in self._never:
            return math.inf, -math.inf
        cost = self._names.cost(surname, given) + _unlikely(given)
        return cost, plain_cost(name, self._words) - cost - PRIOR


class _Taken:
    """Remember which characters already belong to a name."""

    def __init__(self, size: int) -> None:
        self._marks = bytearray(size + 1)

    def free(self, start: int, end: int) -> bool:
        return not any(self._marks[start:end])

    def touch(self, text: str, start: int, end: int) -> bool:
        """Say whether a name stands right beside this place, but for a list's separator."""
        left = re.search(r"[ \u3000、,，]{1,8}\Z", text[max(0, start - 8) : start])
        right = re.match(r"[ \u3000、,，]{1,8}", text[end : end + 8])
        before = start - len(left.group()) - 1 if left else -1
        after = end + len(right.group()) if right else -1
        return (before >= 0 and bool(self._marks[before])) or (
            after >= 0 and bool(self._marks[after])
        )

    def admit(self, hits: Iterable[Hit]) -> list[Hit]:
        """Keep the hits that lie on free ground and take that ground."""
        kept: list[Hit] = []
        for hit in hits:
            if self.free(hit.start, hit.end):
                self._marks[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                kept.append(hit)
        return kept


def _unlikely(given: str) -> float:
    """Price endings of places and foreign sounds, in nats."""
    cost = PLACE_LIKE if given[-1] in _PLACE_ENDINGS else 0.0
    foreign = sum(letter in FOREIGN_LETTERS for letter in given)
    return cost + (FOREIGN_LIKE if foreign == 2 else 0.0)


def _best(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Keep the strongest of overlapping candidates, in order of place."""
    chosen: list[_Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.total, c.start)):
        ground = range(candidate.start, candidate.end)
        if taken.isdisjoint(ground):
            taken.update(ground)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _listed(text: str, accepted: list[_Candidate], doubtful: list[_Candidate]) -> Iterator[Hit]:
    """Accept a doubtful name that stands in one list with a certain one (华、丁、朱等)."""
    ends = {c.end for c in accepted}
    starts = {c.start for c in accepted}
    for order, joined in ((doubtful, ends), (list(reversed(doubtful)), starts)):
        for candidate in order:
            if candidate.total < DOUBTFUL or candidate.start in starts:
                continue
            if _touches(text, candidate, joined, forwards=joined is ends):
                ends.add(candidate.end)
                starts.add(candidate.start)
                yield Hit(Entity.PERSON, candidate.start, candidate.end, FAIR, "与其他姓名并列")


def _touches(text: str, candidate: _Candidate, joined: set[int], *, forwards: bool) -> bool:
    if forwards:
        left = text[max(0, candidate.start - 6) : candidate.start]
        gaps = (candidate.start - n for n in range(1, len(left) + 1))
        return any(
            gap in joined and _LIST_GAP.fullmatch(text, gap, candidate.start) for gap in gaps
        )
    return any(
        candidate.end + n in joined and _LIST_GAP.fullmatch(text, candidate.end, candidate.end + n)
        for n in range(1, 7)
    )


def _fills_line(text: str, start: int, end: int) -> bool:
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    return not text[left:start].strip() and not text[end : None if right < 0 else right].strip()
