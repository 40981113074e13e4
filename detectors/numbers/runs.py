"""Runs of digits however they are written: grouped, in Chinese, misread, over lines and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from detectors.text.numerals import (
    CHINESE_DIGITS,
    CIRCLED,
    CIRCLED_READ,
    LETTERS,
    LETTERS_READ,
    to_ascii,
)
from review import checks

_CROSSES = "Xx×ХхΧχ"
_SIGN = f"[0-9{CHINESE_DIGITS}{CIRCLED}{LETTERS}{_CROSSES}]"
_TAG = r"<[^<>\n]{1,60}>|&(?:#x?[0-9A-Fa-f]{1,6}|[a-z]{2,8});|`"
_BOLD = "[*]{2}"
_BOLD_WITHIN = rf"(?<=[0-9]){_BOLD}(?=[0-9Xx])"
_SIGN_GAP = r"[ \t\-—_.·/\\'\"“”‘’()\[\]【】〔〕「」|~,;:、+#=…\r\n]"
# Several hide a digit each (138****1234); one parts groups, or measures (1800*1200*750).
_STAR = r"(?<!\*)\*(?!\*)"
_GAP = rf"(?:{_SIGN_GAP}|{_STAR}|{_TAG}|{_BOLD_WITHIN}){{1,8}}+"
_LISTING = re.compile(r"[,;:、+#=]")
_READ = str.maketrans(
    LETTERS + _CROSSES + CIRCLED, LETTERS_READ + "X" * len(_CROSSES) + CIRCLED_READ
)
_PAIRS = frozenset({"()", "[]", "【】", "〔〕", "「」"})
_BRACKET = re.compile(r"[()\[\]【】〔〕「」]")
_FIGURE_BEFORE = re.compile(r"[0-9]{1,2}[ \t|\-.]{1,4}\Z")
_FIGURE_AFTER = re.compile(r"[ \t|\-.]{1,4}[0-9]")
_GROUP_BEFORE = re.compile(r"(?<![0-9])(?P<digits>[0-9]{1,4})(?P<gap>[ \-.]{1,2})\Z")
_GROUP_AFTER = re.compile(r"(?P<gap>[ \-.]{1,2})(?P<digits>[0-9]{1,4})(?![0-9])")
_DECIMAL = re.compile(r"(?<![0-9.\-])[0-9]{1,7}\.[0-9]{1,3}(?![0-9.\-])")
_FIGURE = 11
_LEAST = 7
_WRAPPED_LINE = 16
"""Characters that a line of running text has at least before it is wrapped."""
# Possessive throughout: nothing is given back, so that the search stays linear.
_FIRST = f"[0-9{CHINESE_DIGITS}{CIRCLED}lISBZ]"
_RUN = re.compile(rf"{_FIRST}(?:(?:{_GAP})?+{_SIGN}){{{_LEAST - 1},}}+")
_GAPS = re.compile(_GAP)
_TAGS = re.compile(f"{_TAG}|{_BOLD}")


@dataclass(frozen=True, slots=True)
class Run:
    """Hold signs that may be one number or several, without what stands between them.

    ``read`` has Chinese digits read as ASCII ones, letters as what a scan took for them (O for 0,
    S for 5), and any cross as X. ``places`` are their offsets in ``text``.
    ``gaps`` are the indices before which something stands between the signs, ``borders`` those
    and where the script changes; both hold the beginning and the end.
    """

    text: str
    signs: str
    read: str
    places: Sequence[int]
    gaps: frozenset[int]
    borders: frozenset[int]

    def may_begin(self, index: int) -> bool:
        """Say whether a number may begin at ``index``; in Chinese a name may end before it."""
        if index in self.borders:
            return True
        return index - 1 in self.gaps and not self.signs[index].isascii()

    def beginnings(self) -> list[int]:
        """Give all indices where a number may begin, in order."""
        if self.signs.isascii():
            return sorted(self.borders)
        return [index for index in range(len(self.signs)) if self.may_begin(index)]


@dataclass(frozen=True, slots=True)
class Written:
    """Mark the signs of a run from ``first`` up to ``last`` (exclusive), which may be a number."""

    run: Run
    first: int
    last: int

    @property
    def start(self) -> int:
        """Give where it begins in the text, and the bracket before it that closes within."""
        start, text = self.run.places[self.first], self.run.text
        bracket = _BRACKET.search(text, start, self.end)
        pair = text[start - 1 : start] + (bracket[0] if bracket else "")
        return start - 1 if pair in _PAIRS else start

    @property
    def end(self) -> int:
        """Give where it ends in the text, exclusive."""
        return self.run.places[self.last - 1] + 1

    @property
    def typed(self) -> bool:
        """Say whether it is written in figures alone, or letters taken for figures."""
        return self.run.signs[self.first : self.last].isascii()

    @property
    def chinese(self) -> bool:
        """Say whether it is written in Chinese digits alone, or in circled ones."""
        return not any(map(str.isascii, self.run.signs[self.first : self.last]))

    @property
    def stands_alone(self) -> bool:
        """Say whether no further digit of its script touches it."""
        return self._ends() and self._begins()

    def _begins(self) -> bool:
        run, first = self.run, self.first
        if first in run.gaps or (first in run.borders and (self.typed or self.chinese)):
            return True
        # One more Chinese digit is the end of a name or of a word: 张三一三八…, 统一13800….
        chinese = not self.typed and not run.signs[first - 1].isascii()
        return chinese and first - 1 in run.gaps

    def _ends(self) -> bool:
        run, last = self.run, self.last
        return last in run.gaps or (last in run.borders and (self.typed or self.chinese))

    @property
    def letters(self) -> int:
        """Count the letters that must be read as digits; the X of a check digit is none."""
        return sum(sign in LETTERS for sign in self.run.signs[self.first : self.last])

    def _inner(self) -> list[int]:
        gaps = self.run.gaps
        return [i for i in range(self.first + 1, self.last) if i in gaps]

    def gaps(self) -> tuple[str, ...]:
        """Give what stands between its signs where anything does; a tag counts as nothing."""
        places, text = self.run.places, self.run.text
        return tuple(_TAGS.sub("", text[places[i - 1] + 1 : places[i]]) for i in self._inner())

    @property
    def listed(self) -> bool:
        """Say whether marks that part the items of a list stand between its signs."""
        return any(_LISTING.search(gap) for gap in self.gaps())

    def groups(self) -> tuple[int, ...]:
        """Give the sizes of its groups of signs."""
        borders = (self.first, *self._inner(), self.last)
        return tuple(b - a for a, b in pairwise(borders))

    def joined(self) -> tuple[int, ...]:
        """Give the sizes of its groups where the end of a line ends none: 138001⏎38000."""
        ends = self._line_ends()
        borders = (self.first, *(i for i in self._inner() if i not in ends), self.last)
        return tuple(b - a for a, b in pairwise(borders))

    def _line_ends(self) -> list[int]:
        places, text = self.run.places, self.run.text
        return [i for i in self._inner() if "\n" in text[places[i - 1] : places[i]]]

    @property
    def boxed(self) -> bool:
        """Say whether each sign stands by itself, as in the boxes of a form."""
        return len(self._inner()) == self.last - self.first - 1

    @property
    def lines(self) -> tuple[int, ...]:
        """Give how many signs stand in each line; empty where one line holds them all."""
        ends = self._line_ends()
        return tuple(b - a for a, b in pairwise((self.first, *ends, self.last))) if ends else ()

    @property
    def in_wrapped_text(self) -> bool:
        """Say whether so much stands before it in its line that the line's end may break it."""
        return self.start - self.run.text.rfind("\n", 0, self.start) > _WRAPPED_LINE

    @property
    def holds_mobile(self) -> bool:
        """Say whether one of its several groups is a whole mobile number."""
        borders = (self.first, *self._inner(), self.last)
        return len(borders) > 2 and any(
            checks.mobile(self.run.read[a:b]) for a, b in pairwise(borders)
        )

    @property
    def decimals(self) -> int:
        """Count the figures with a decimal point that stand in it or over its ends (84.60)."""
        around = range(max(0, self.start - _FIGURE), self.end + _FIGURE)
        found = _DECIMAL.finditer(self.run.text, around.start, around.stop)
        return sum(match.start() < self.end and match.end() > self.start for match in found)

    @property
    def among_figures(self) -> bool:
        """Say whether other figures stand before or after it in its line, as in a table's row."""
        if not any(map(str.isspace, self.gaps())) and not any("|" in gap for gap in self.gaps()):
            return False
        text, start = self.run.text, self.start
        line = text.rfind("\n", 0, start) + 1
        before = _FIGURE_BEFORE.search(text, max(line, start - 6), start)
        listed = before and before.start() == line and "." in before[0]
        return bool((before and not listed) or _FIGURE_AFTER.match(text, self.end))

    @property
    def goes_on(self) -> bool:
        """Say whether its groups go on before or after in its line, as figures in a table do.

        They do where one more group is as long and as far away. The number of a list item
        (``1.`` at the beginning of a line) is none.
        """
        gaps, groups = self.gaps(), self.groups()
        if not gaps:
            return False
        text, start = self.run.text, self.start
        line = text.rfind("\n", 0, start) + 1
        before = _GROUP_BEFORE.search(text, max(line, start - 8), start)
        listed = before and before.start() == line and before["gap"] == "."
        if before and not listed and _like(before, gaps[0], groups[0]):
            return True
        after = _GROUP_AFTER.match(text, self.end)
        # A shorter last group is the end of a number.
        return after is not None and groups[-1] == groups[0] and _like(after, gaps[-1], groups[-1])


def _like(group: re.Match[str], gap: str, size: int) -> bool:
    return group["gap"] == gap and len(group["digits"]) == size


@lru_cache(maxsize=1)
def runs(text: str) -> tuple[Run, ...]:
    """Find all runs of seven signs and more; computed once for all who ask about a text."""
    return tuple(_run(text, match) for match in _RUN.finditer(text))


def _run(text: str, match: re.Match[str]) -> Run:
    start, raw = match.start(), match[0]
    signs = _GAPS.sub("", raw)
    places: list[int] = []
    gaps = {0, len(signs)}
    position = 0
    for gap in _GAPS.finditer(raw) if len(signs) < len(raw) else ():
        places += range(start + position, start + gap.start())
        position = gap.end()
        gaps.add(len(places))
    places += range(start + position, match.end())
    digits = to_ascii(signs)
    changes = () if signs.isascii() else _changes(signs)
    return Run(
        text,
        signs,
        digits.translate(_READ),
        places,
        frozenset(gaps),
        frozenset(gaps.union(changes)),
    )


def _changes(signs: str) -> Iterator[int]:
    return (i for i, (a, b) in enumerate(pairwise(signs), 1) if a.isascii() != b.isascii())
