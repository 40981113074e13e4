"""One way in which a kind of sensitive information shows, and how its places are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from ahocorasick_rs import AhoCorasick, Implementation

from detectors.text.labels import any_of
from detectors.text.lines import Stretch, lines_at, lines_having
from detectors.text.telltales import needed_behind, needed_words, one_of
from detectors.text.vocabulary import name_statistics
from review.finding import Entity

SURNAME = "[" + "".join(sorted(name_statistics().common)) + "]"
NAMED = (
    r"(?:^|[,。;、:\s)])(?:村民|居民|职工|学生|贫困户|低保户|死者|伤者|邻居|同村|当事人|申请人|证人|其[妻夫父母子女兄弟姐妹])?"
    rf"(?P<name>(?:{SURNAME}|欧阳|上官|司马|司徒|诸葛)[\u4e00-\u9fff×某*]{{1,2}})"
)
"""Somebody named at the beginning of a clause."""

_REACH = 8


@dataclass(frozen=True, slots=True)
class Sign:
    """Hold one way a kind of information shows; ``sure`` needs no somebody in the sentence.

    Where ``proven``, what the group ``name`` holds must be a name to the recogniser of names.

    One of ``words`` is in every match, and ``behind`` stands behind it in the same lines; where
    nothing certain does, they are empty and None.
    """

    entity: Entity
    pattern: re.Pattern[str]
    sure: bool
    reason: str
    proven: bool = False
    words: frozenset[str] = field(init=False)
    behind: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        behind = needed_behind(self.pattern)
        object.__setattr__(self, "words", needed_words(self.pattern, "value"))
        object.__setattr__(self, "behind", one_of(behind) if behind else None)

    def matches(self, lines: Lines) -> Iterator[re.Match[str]]:
        """Find all places, in order; where its words are known only their lines are looked at."""
        text, behind = lines.text, self.behind
        for first, last in lines.having(self.words):
            if behind is None or behind.search(text, first, last):
                yield from self.pattern.finditer(text, first, last)


class WordSets:
    """Find the words of many signs in one pass through a text."""

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        # Single letters are many, and found as quickly by a pattern.
        self._sets = {words for words in sets if max(map(len, words), default=0) > 1}
        self._words = sorted(frozenset().union(*self._sets))

    def places(self, text: str) -> Mapping[frozenset[str], Sequence[int]]:
        """Give in order where the words of each set begin that is looked for."""
        found: dict[str, list[int]] = {word: [] for word in self._words}
        for number, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            found[self._words[number]].append(start)
        return {
            words: sorted(chain.from_iterable(found[word] for word in words))
            for words in self._sets
        }

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._words, implementation=Implementation.ContiguousNFA)


class Lines:
    """Know in which lines of a text the words of the signs stand, whichever sign asks."""

    def __init__(self, text: str, words: WordSets | None = None) -> None:
        self.text = text
        self._places = words.places(text) if words else {}
        self._having: dict[frozenset[str], Sequence[Stretch]] = {}

    def having(self, words: frozenset[str]) -> Sequence[Stretch]:
        """Give the stretches of lines that hold one of ``words``, adjacent ones as one.

        Each begins a little early: a pattern may reach back over the end of a line (每周, 透析).
        """
        if not words:
            return [(0, len(self.text))]
        if words not in self._having:
            places = self._places.get(words)
            self._having[words] = list(
                lines_having(self.text, one_of(words), _REACH)
                if places is None
                else lines_at(self.text, places, _REACH)
            )
        return self._having[words]


def label(entity: Entity, words: str, value: str) -> Sign:
    """Build the sign of a value that stands beside its label."""
    # A colon must part label and value: 健康状况良好的群众 is a sentence.
    separator = r"[ \t]{0,3}(?:\([^()\n]{0,12}\))?[ \t]{0,3}(?::|[ \t]{2,}|\t)[ \t]{0,4}"
    pattern = re.compile(rf"{any_of(words)}{separator}(?P<value>{value})")
    return Sign(entity, pattern, True, "旁有相应的栏目名称")
