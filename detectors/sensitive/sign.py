"""One way in which a kind of sensitive information shows, and how its places are found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from detectors.text.labels import any_of
from detectors.text.telltales import needed
from detectors.text.vocabulary import name_statistics
from review.finding import Entity

SURNAME = "[" + "".join(sorted(name_statistics().common)) + "]"
NAMED = (
    r"(?:^|[,。;、:\s)])(?:村民|居民|职工|学生|贫困户|低保户|死者|伤者|邻居|同村|当事人|申请人|证人|其[妻夫父母子女兄弟姐妹])?"
    rf"(?P<name>(?:{SURNAME}|欧阳|上官|司马|司徒|诸葛)[\u4e00-\u9fff×某*]{{1,2}})"
)
"""Somebody named at the beginning of a clause."""

_REACH = 8

Stretch = tuple[int, int]
"""Offsets of a stretch of text, end exclusive."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Hold one way a kind of information shows; ``sure`` needs no somebody in the sentence.

    ``word`` is in every match; None where nothing certain is.
    """

    entity: Entity
    pattern: re.Pattern[str]
    sure: bool
    reason: str
    word: re.Pattern[str] | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", needed(self.pattern, "value"))

    def matches(self, lines: Lines) -> Iterator[re.Match[str]]:
        """Find all places, in order; where a word is known only its lines are looked at."""
        for first, last in lines.having(self.word):
            yield from self.pattern.finditer(lines.text, first, last)


class Lines:
    """Know in which lines of a text the words of the signs stand, whichever sign asks."""

    def __init__(self, text: str) -> None:
        self.text = text
        # By the text of the word: to hash a pattern takes longer than to search for it.
        self._having: dict[str, Sequence[Stretch]] = {}

    def having(self, word: re.Pattern[str] | None) -> Sequence[Stretch]:
        """Give the stretches of lines that hold ``word``, adjacent ones as one."""
        if word is None:
            return [(0, len(self.text))]
        found = self._having.get(word.pattern)
        if found is None:
            found = self._having[word.pattern] = list(_stretches(word, self.text))
        return found


def _stretches(word: re.Pattern[str], text: str) -> Iterator[Stretch]:
    """Yield the lines that hold ``word``, each from a little before, adjacent ones as one.

    A pattern may reach back over the end of a line (每周, 透析).
    """
    first = last = 0
    while match := word.search(text, last):
        line = text.rfind("\n", 0, match.start()) + 1
        if line - _REACH > last:
            if last:
                yield first, last
            first = line - _REACH
        last = text.find("\n", match.end()) + 1 or len(text)
    if last:
        yield first, last


def label(entity: Entity, words: str, value: str) -> Sign:
    """Build the sign of a value that stands beside its label."""
    # A colon must part label and value: 健康状况良好的群众 is a sentence.
    separator = r"[ \t]{0,3}(?:\([^()\n]{0,12}\))?[ \t]{0,3}(?::|[ \t]{2,}|\t)[ \t]{0,4}"
    pattern = re.compile(rf"{any_of(words)}{separator}(?P<value>{value})")
    return Sign(entity, pattern, True, "旁有相应的栏目名称")
