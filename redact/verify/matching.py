"""Search for many removed values at once in text folded so that spelling cannot hide them.

Folding is NFKC and case folding with everything dropped that is neither letter nor digit nor a
mask sign. What then remains of a value decides how it is looked for:

- two signs or less in plain letters and digits (an age): only where it is a whole line by itself;
- three to five of them: as a whole token;
- one or two Chinese signs (汉, 王伟), or a short mixture: anywhere within a line;
- everything longer: anywhere, across line ends where lines wrap, and from fifteen letters and
  digits (or three Chinese signs) on also across cells and paragraphs.

Values rich in digits are also compared by their digits alone (up to two other signs between them
ignored), and of long identifiers every run of eight signs counts as a value of its own.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation

PIECE = 8
_ANCHOR = 3
_LONG_WEIGHT = 6
_IDENTIFIER = 11
_SEAM_ASCII = 15
_MASKS = "*×■█●○"
_DROPPED = re.compile(rf"[^\w{_MASKS}\n]+|_+")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
_TOKEN = re.compile(r"[0-9a-z]+")
_NUMBER = re.compile(r"[0-9]+")
_DIGIT_RUN = re.compile(rf"[0-9](?:[^0-9{_MASKS}\n]{{0,2}}[0-9]){{6,}}")
_ALNUM_RUN = re.compile(rf"[0-9a-z]{{{PIECE},}}")

Hits = Mapping[str, Sequence[int]]
"""Folded value → indices of the texts in which it was found, one for each occurrence."""


def fold(text: str) -> str:
    """Fold a text for comparison; line feeds stay."""
    return _DROPPED.sub("", _simplify(text))


def _simplify(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def fold_value(value: str) -> str:
    """Fold a removed value: as ``fold``, on one line."""
    return fold(value).replace("\n", "")


def _weight(value: str) -> int:
    return sum(1 if c < "\x80" else 2 for c in value)


def _crosses_seams(value: str) -> bool:
    return not value.isascii() or len(value) >= _SEAM_ASCII


class _Index:
    """Find values in a text in one pass, those that overlap as well."""

    def __init__(self) -> None:
        self.values: set[str] = set()

    def add(self, value: str) -> None:
        self.values.add(value)

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[str]]:
        """Build what finds the values; to be asked for once all are added."""
        listed = sorted(self.values)
        return AhoCorasick(listed, implementation=Implementation.ContiguousNFA), listed

    def scan(self, text: str) -> Iterator[tuple[int, str]]:
        if not self.values:
            return
        automaton, listed = self._automaton
        for number, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            yield start, listed[number]


class Needles:
    """Hold the values to look for, sorted by the way in which each is looked for."""

    def __init__(self, values: Iterable[str]) -> None:
        self.seams = _Index()
        self.long = _Index()
        self.short = {length: _Index() for length in range(1, _LONG_WEIGHT)}
        self.tokens: set[str] = set()
        self.whole: set[str] = set()
        self.digits = _Index()
        self.by_digits: dict[str, list[str]] = defaultdict(list)
        self.pieces: set[str] = set()
        folded = {fold_value(value) for value in values} - {""}
        for value in folded:
            self._sort(value)
            self._add_pieces(value)
        # A piece that is kept elsewhere comes as a key of its own: as a piece it was counted.
        for value in folded - self.pieces:
            self._add_digits(value)

    def _sort(self, value: str) -> None:
        if _weight(value) >= _LONG_WEIGHT:
            (self.seams if _crosses_seams(value) else self.long).add(value)
        elif not value.isascii():
            self.short[len(value)].add(value)
        elif len(value) >= _ANCHOR:
            self.tokens.add(value)
        else:
            self.whole.add(value)

    def _add_digits(self, value: str) -> None:
        digits = "".join(_NUMBER.findall(value))
        if len(digits) > 6 and len(digits) * 10 >= len(value) * 6:
            self.digits.add(digits)
            self.by_digits[digits].append(value)

    def _add_pieces(self, value: str) -> None:
        if value.isascii() and value.isalnum() and len(value) >= _IDENTIFIER:
            runs = (value[i : i + PIECE] for i in range(len(value) - PIECE + 1))
            # 00000000 and the like stand in many numbers and give no one away.
            self.pieces.update(run for run in runs if len(set(run)) > 2)


class Haystack:
    """Hold texts to be searched, folded, and know in which of them a position lies."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.plain = _simplify("\n".join(texts))
        self.lines = _DROPPED.sub("", self.plain)

    @cached_property
    def joined(self) -> str:
        return self.lines.replace("\n", "")

    @cached_property
    def _line_ends(self) -> list[int]:
        """Offsets in ``lines`` just behind each line."""
        return list(accumulate(len(line) + 1 for line in self.lines.split("\n")))

    @cached_property
    def _last_lines(self) -> list[int]:
        return list(accumulate(text.count("\n") + 1 for text in self._texts))

    def text_of_line(self, line: int) -> int:
        return bisect_right(self._last_lines, line)

    def text_at(self, position: int) -> int:
        """Give the index of the text that holds a position of ``lines``."""
        return self.text_of_line(bisect_right(self._line_ends, position))

    @cached_property
    def _joined_ends(self) -> list[int]:
        return [end - number for number, end in enumerate(self._line_ends, 1)]

    def text_at_joined(self, position: int) -> int:
        """Give the index of the text that holds a position of ``joined``."""
        return self.text_of_line(bisect_right(self._joined_ends, position))


@dataclass(frozen=True, slots=True)
class Reach:
    """Say how far to look: how short a value may be, and whether lines wrap and texts join."""

    wraps: bool = False
    joins: bool = True
    least_weight: int = 1


def occurrences(needles: Needles, texts: Sequence[str], reach: Reach) -> Hits:
    """Find all values in the texts; linear in their length."""
    hay = Haystack(texts)
    found: dict[str, list[int]] = defaultdict(list)
    by_digits: dict[str, list[int]] = defaultdict(list)
    for value, text in _long(needles, hay, reach):
        found[value].append(text)
    if reach.least_weight < _LONG_WEIGHT:
        for value, text in _short(needles, hay, reach.least_weight):
            found[value].append(text)
        for value, text in _pieces(needles, hay, reach):
            # A piece that is itself a value has been counted as one.
            if value not in needles.long.values:
                found[value].append(text)
        for value, text in _by_digits(needles, hay):
            by_digits[value].append(text)
    return found | {v: t for v, t in by_digits.items() if len(t) > len(found.get(v, ()))}


def _long(needles: Needles, hay: Haystack, reach: Reach) -> Iterator[tuple[str, int]]:
    for index, across in ((needles.seams, reach.joins), (needles.long, reach.wraps)):
        text = hay.joined if across else hay.lines
        place = hay.text_at_joined if across else hay.text_at
        for position, value in index.scan(text):
            yield value, place(position)


def _short(needles: Needles, hay: Haystack, least_weight: int) -> Iterator[tuple[str, int]]:
    for index in needles.short.values():
        for position, value in index.scan(hay.lines):
            if _weight(value) >= least_weight:
                yield value, hay.text_at(position)
    if not needles.tokens and not needles.whole:
        return
    for number, line in enumerate(_INVISIBLE.sub("", hay.plain).split("\n")):
        if least_weight == 1 and (whole := fold(line)) in needles.whole:
            yield whole, hay.text_of_line(number)
        for token in _TOKEN.findall(line) if needles.tokens else ():
            numbers = _NUMBER.findall(token)
            for part in (token, *(n for n in numbers if n != token)):
                if part in needles.tokens:
                    yield part, hay.text_of_line(number)


def _pieces(needles: Needles, hay: Haystack, reach: Reach) -> Iterator[tuple[str, int]]:
    if not needles.pieces:
        return
    text = hay.joined if reach.wraps else hay.lines
    place = hay.text_at_joined if reach.wraps else hay.text_at
    for run in _ALNUM_RUN.finditer(text):
        for position in range(run.start(), run.end() - PIECE + 1):
            if (piece := text[position : position + PIECE]) in needles.pieces:
                yield piece, place(position)


def _by_digits(needles: Needles, hay: Haystack) -> Iterator[tuple[str, int]]:
    if not needles.by_digits:
        return
    for run in _DIGIT_RUN.finditer(hay.lines):
        for _, digits in needles.digits.scan("".join(_NUMBER.findall(run[0]))):
            for value in needles.by_digits[digits]:
                yield value, hay.text_at(run.start())
