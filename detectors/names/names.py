"""Names of persons: by their form, by label and table, by statistics and context, by neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detectors.base import Hit, Passage
from detectors.names.bodies import bodies
from detectors.names.dotted_names import dotted
from detectors.names.evidence import HAN, WEAK, weigh
from detectors.names.foreign_names import ForeignNames, Reading
from detectors.names.forms import in_cells, labelled, mentions
from detectors.names.headed_lists import headed_lists
from detectors.names.japanese_names import japanese
from detectors.names.latin_names import latin
from detectors.names.lists import listed
from detectors.names.lost_papers import lost_papers
from detectors.names.parallels import parallels
from detectors.names.recall import cuts, evident, recall
from detectors.names.rosters import rosters
from detectors.names.rows import rows
from detectors.names.runs import RunReader
from detectors.names.slots import (
    addressed,
    called,
    given_names,
    identified,
    meetings,
    numbered,
    of_kin,
    of_sex,
    slots,
    with_identity,
)
from detectors.names.spaces import split_names
from detectors.names.told_lists import counted, given_posts
from detectors.text.vocabulary import (
    NameStatistics,
    Words,
    name_statistics,
    plain_cost,
    word_list,
)
from review.finding import Entity

_SET_APART = re.compile(
    rf"(?<![{HAN}])[{HAN}](?P<gap>[ \u3000]{{1,4}})[{HAN}](?=等|(?![{HAN}]))"
    rf"(?:(?P=gap)[{HAN}](?=等|(?![{HAN}])))*"
)
_SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000]{{1,4}}[{HAN}]){{1,2}}(?=等|(?![{HAN}]))")

SPELT = 5.5
"""Cost of a letter, in nats, below which letters set apart are words."""


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
        self._foreign = ForeignNames(self._words, self._names)
        self._runs = RunReader(self._words, self._names)

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield names; bare occurrences of names with evidence follow them within the passage."""
        text = passage.text
        taken = _Taken(len(text))
        hits: list[Hit] = []
        foreign = self._foreign.read(text)
        for source in (
            in_cells(passage, self._words, self._names),
            dotted(text, self._words),
            latin(text),
            japanese(text, self._words),
            labelled(text, self._words, self._names),
            self._in_foreign_sounds(text, foreign, taken, hits),
            self._runs.read(text, taken.free),
            mentions(text, self._names),
        ):
            hits += taken.admit(source)
        hits += taken.admit(slots(text, self._words, self._names), told=True)
        hits += taken.admit(addressed(text, self._words, self._names), told=True)
        hits += taken.admit(identified(text, self._words, self._names), told=True)
        hits += taken.admit(of_sex(text, self._words, self._names), told=True)
        hits += taken.admit(with_identity(text, self._words, self._names), told=True)
        hits += taken.admit(called(text, self._words, self._names), told=True)
        hits += taken.admit(given_names(text, self._words, self._names), told=True)
        hits += taken.admit(of_kin(text, self._words, self._names), told=True)
        hits += taken.admit(numbered(text, self._words, self._names), told=True)
        hits += taken.admit(lost_papers(text, self._words, self._names), told=True)
        hits += taken.admit(meetings(text, self._words, self._names))
        unnamed = rosters(text, self._words, self._names, taken.unnamed)
        hits += taken.admit(unnamed, told=True)
        hits += taken.admit(self._spaced(text, taken))
        hits += taken.admit(rows(text, self._words, self._names, taken.unnamed), told=True)
        hits += taken.admit(split_names(text, self._words, self._names))
        hits += taken.admit(counted(text, self._words, self._names), told=True)
        hits += taken.admit(given_posts(text, self._words, self._names), told=True)
        hits += taken.admit(headed_lists(text, self._words, self._names), told=True)
        hits += taken.admit(listed(text, tuple(hits), self._words, self._names), told=True)
        alike = parallels(text, self._words, self._names, taken.unnamed)
        hits += taken.admit(alike, told=True)
        hits += taken.admit(foreign.names(hits))
        known = {name for hit in hits if (name := evident(text, hit))}
        hits = [hit for hit in hits if not taken.release(hit, cuts(text, hit, known))]
        hits += taken.admit(recall(text, known, self._words, self._names, taken.free))
        return iter(hits)

    @staticmethod
    def _in_foreign_sounds(
        text: str, foreign: Reading, taken: _Taken, found: Iterable[Hit]
    ) -> Iterator[Hit]:
        """Yield foreign names; keep Han names off what else sounds so, and off bodies."""
        yield from foreign.names(found)
        taken.hold(foreign.ground())
        taken.hold(bodies(text))

    def _spaced(self, text: str, taken: _Taken) -> Iterator[Hit]:
        """Find names set with spaces (王 伟) by a label, by neighbours or on their own line."""
        matches = [
            span
            for apart in _SET_APART.finditer(text)
            if not self._says(apart.group())
            for found in _SPACED.finditer(text, *apart.span())
            if (span := self._halves(text, *found.span()))
        ]
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

    def _says(self, letters: str) -> bool:
        """Say whether more letters than a name has are words set with spaces (江 苏 银 行)."""
        close = re.sub(r"\s", "", letters)
        return len(close) > 3 and plain_cost(close, self._words) < SPELT * len(close)

    def _halves(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Cut 梁 勇 黄 down to 梁 勇 where the third letter begins the next name."""
        letters = [at for at in range(start, end) if not text[at].isspace()]
        if len(letters) == 3 and text[letters[2]] in self._names.common:
            follows = re.match(rf"[ \u3000]{{1,4}}[{HAN}](?![{HAN}])", text[end : end + 6])
            return (start, letters[1] + 1) if follows else (start, end)
        return start, end


_NAMED, _HELD = b"\1", b"\2"


class _Taken:
    """Remember which characters already belong to a name."""

    def __init__(self, size: int) -> None:
        self._marks = bytearray(size + 1)

    def free(self, start: int, end: int) -> bool:
        return not any(self._marks[start:end])

    def unnamed(self, start: int, end: int) -> bool:
        """Say whether no name stands there yet, though names may be kept off the ground."""
        return _NAMED not in self._marks[start:end]

    def hold(self, ground: Iterable[tuple[int, int]]) -> None:
        """Keep names off ground, all but those that a list or a label tells."""
        for start, end in ground:
            self._marks[start:end] = self._marks[start:end].replace(b"\0", _HELD)

    def release(self, hit: Hit, unfounded: bool) -> bool:
        """Give the ground of an ``unfounded`` hit back, and say whether that was done."""
        if unfounded:
            self._marks[hit.start : hit.end] = bytes(hit.end - hit.start)
        return unfounded

    def touch(self, text: str, start: int, end: int) -> bool:
        """Say whether a name stands right beside this place, but for a list's separator."""
        left = re.search(r"[ \u3000、,，]{1,8}\Z", text[max(0, start - 8) : start])
        right = re.match(r"[ \u3000、,，]{1,8}", text[end : end + 8])
        before = start - len(left.group()) - 1 if left else -1
        after = end + len(right.group()) if right else -1
        named = (place for place in (before, after) if place >= 0)
        return any(self._marks[place] == _NAMED[0] for place in named)

    def admit(self, hits: Iterable[Hit], *, told: bool = False) -> list[Hit]:
        """Keep the hits on free ground, or on all unnamed if ``told`` by their place; take it."""
        kept: list[Hit] = []
        for hit in hits:
            if (self.unnamed if told else self.free)(hit.start, hit.end):
                self._marks[hit.start : hit.end] = _NAMED * (hit.end - hit.start)
                kept.append(hit)
        return kept


def _fills_line(text: str, start: int, end: int) -> bool:
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    return not text[left:start].strip() and not text[end : None if right < 0 else right].strip()
