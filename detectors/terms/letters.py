"""The letters of a text, with what stands between them looked at only where a term was found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from detectors.text.normalise import Normalised, fold, without

_SEPARATORS = re.compile(r"[\W_]+")
# A line break inside a term is seen through only where a long line was wrapped there: between the
# cells of a table it parts two words.
_WRAPPED = 12
_LONGEST_GAP = 3
# Signs that end or part phrases; any other sign between two letters of a word is no writing.
_PARTING = frozenset(",.;:!?、。…\"'“”‘’()[]{}<>《》〈〉「」『』【】〔〕\n")
_ACCENTED = re.compile("[\u00e0-\u024f]")
_PLAIN = {code: ord(unicodedata.normalize("NFD", chr(code))[0]) for code in range(0x00E0, 0x0250)}
"""Latin letters without their accents: pinyin is written with tones (``shì``)."""
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyz")
_DIGITS = frozenset("0123456789")


class Reading(Enum):
    """Say how a term was read: as written, through signs at every joint, through some signs."""

    PLAIN = "plain"
    SIGNS = "signs"
    DOUBTFUL = "doubtful"


class Letters:
    """Hold a folded text (``whole``) and its letters and digits alone (``text``)."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        self.text = _SEPARATORS.sub("", whole)

    @cached_property
    def kept(self) -> Normalised:
        """Give the way back to the whole text, which most texts need not."""
        return without(self.whole, _SEPARATORS)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Map offsets of letters (end exclusive) to offsets of the folded text."""
        return self.kept.original(first, last)

    def written(self, first: int, last: int) -> str:
        """Give the letters with the signs between them, spaces left out."""
        start, end = self.span(first, last)
        return _signs(self.whole[start:end])

    def reading(self, first: int, last: int, written: str = "") -> Reading | None:
        """Judge what stands between the letters; None where they are no one word.

        ``written`` is the word with the signs that belong to it.
        """
        start, end = self.span(first, last)
        if not self._stands_alone(start, end):
            return None
        if end - start == last - first or self.written(first, last) == written:
            return Reading.PLAIN
        joints = list(self._joints(first, last))
        signs = [joint for joint in joints if joint]
        if not signs:
            return Reading.PLAIN
        if any(len(sign) > _LONGEST_GAP for sign in signs):
            return None
        if len(signs) == len(joints) > 1:
            return Reading.SIGNS
        return None if any(_PARTING.intersection(sign) for sign in signs) else Reading.DOUBTFUL

    def _joints(self, first: int, last: int) -> Iterator[str]:
        """Give what stands between each two letters, without spaces and wrapped lines."""
        before = self.span(first, first + 1)[1]
        for letter in range(first + 1, last):
            start, end = self.span(letter, letter + 1)
            yield "" if self._is_wrapped(before, start) else _signs(self.whole[before:start])
            before = end

    def _is_wrapped(self, start: int, end: int) -> bool:
        gap = self.whole[start:end]
        if gap.strip(" \t") != "\n":
            return False
        ahead, behind = (
            self.whole[end : end + _WRAPPED],
            self.whole[max(start - _WRAPPED, 0) : start],
        )
        return min(len(ahead), len(behind)) == _WRAPPED and "\n" not in ahead + behind

    def _stands_alone(self, start: int, end: int) -> bool:
        """Refuse a Latin word or a number that goes on on either side."""
        for kind in (_LATIN, _DIGITS):
            if start and self.whole[start - 1] in kind and self.whole[start] in kind:
                return False
            if self.whole[end - 1] in kind and self.whole[end : end + 1] in kind:
                return False
        return True


def letters_of(folded: str) -> Letters:
    """Read the letters of a text that is folded already."""
    # The only letter that lower case makes two of.
    lower = folded.replace("İ", "i").lower()
    return Letters(lower.translate(_PLAIN) if _ACCENTED.search(lower) else lower)


@dataclass(frozen=True, slots=True)
class Spelling:
    """Hold a word of the list: its letters, as they are looked for, and the signs among them."""

    letters: str
    written: str


def spelling(word: str) -> Spelling:
    """Read a word of the list as texts are read."""
    folded = fold(word).lower()
    if folded.isalnum():
        return Spelling(folded, folded)
    text = letters_of(folded)
    return Spelling(text.text, text.written(0, len(text.text)) if text.text else "")


def _signs(gap: str) -> str:
    return gap.replace(" ", "").replace("\t", "")
