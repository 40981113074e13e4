"""Terms of the negative list: seen through spaces and signs, weighed by what stands around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from detectors.tables.passages import whole
from detectors.terms.automaton import TermAutomaton
from detectors.terms.disguises import PinyinWords, split_words
from detectors.terms.letters import Letters, Reading, Spelling, letters_of, spelling
from detectors.terms.patterns import PatternList
from detectors.terms.places import Places
from detectors.text.normalise import Normalised
from review.document import Document, Span
from review.finding import Entity, Finding, Role
from review.policy import Term, TermLevel

NAME = "negative_list"

_HARDEST = tuple(TermLevel)
_SCORES: Mapping[TermLevel, float] = {
    TermLevel.STOP: 1.0,
    TermLevel.REVIEW: 0.9,
    TermLevel.NOTE: 0.8,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """Hold one spelling of a term; ``excuses`` are (offset of the spelling, longer phrase)."""

    term: Term
    written: str = ""
    excuses: tuple[tuple[int, Spelling], ...] = ()


@dataclass(frozen=True, slots=True)
class _Match:
    """Mark a term: offsets in the folded text and of its letters; ``hint`` says how it was read."""

    entry: _Entry
    start: int
    end: int
    first: int
    last: int
    level: TermLevel
    hint: str = ""


class NegativeList:
    """Find the terms that are in force on the day; the role of a finding is its term's level.

    ``today`` tells the day of the review; without it every term counts, whatever its days.
    """

    def __init__(self, terms: Sequence[Term], today: Callable[[], date] | None = None) -> None:
        self._today = today
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        for term in terms:
            if not term.is_pattern:
                self._enter(term)
        self._words = TermAutomaton(self._entries)
        self._patterns = PatternList(terms)

    def _enter(self, term: Term) -> None:
        phrases = tuple(map(spelling, term.unless))
        for word in map(spelling, (term.text, *term.variants)):
            if word.letters:
                excuses = tuple(_excuses(word.letters, phrases)) if phrases else ()
                self._entries[word.letters].append(_Entry(term, word.written, excuses))

    @cached_property
    def _pinyin(self) -> PinyinWords:
        return PinyinWords(self._entries)

    def find(self, document: Document) -> Iterator[Finding]:
        """Yield the longest terms, and a shorter one within only where it is harder.

        Raises ``UnsafeOutputError`` when a pattern takes too long.
        """
        folded = whole(document).normalised
        text = letters_of(folded.text)
        places = Places(document, folded.text)
        day = None if self._today is None else self._today()
        counting = (
            match
            for match in self._matches(text)
            if _counts(match, text, day)
            and places.allow(
                match.entry.term.where, match.start, match.end, _origin(folded, match).start
            )
        )
        for match in _longest(counting):
            yield _finding(match, _origin(folded, match))

    def _matches(self, text: Letters) -> Iterator[_Match]:
        for word, first in self._words.find(text.text):
            yield from self._written(text, word, first)
        for word, first, last in split_words(self._words, text.text):
            yield from self._disguised(text, word, first, last, "字被拆开书写")
        for word, first, last in self._pinyin.find(text.text):
            yield from self._disguised(text, word, first, last, "以拼音书写")
        for term, start, end in self._patterns.find(text.whole):
            first, last = text.kept.folded(start), text.kept.folded(end)
            yield _Match(_Entry(term), start, end, first, last, term.level)

    def _written(self, text: Letters, word: str, first: int) -> Iterator[_Match]:
        for entry in self._entries[word]:
            reading = text.reading(first, first + len(word), entry.written)
            if reading is not None and not _excused(text, first, entry):
                match = _match(text, entry, first, first + len(word))
                if reading is Reading.DOUBTFUL:
                    match = _doubted(match, "字间夹有符号")
                elif reading is Reading.SIGNS:
                    match = replace(match, hint="字间夹有符号")
                yield match

    def _disguised(
        self, text: Letters, word: str, first: int, last: int, hint: str
    ) -> Iterator[_Match]:
        if text.reading(first, last) is not None:
            for entry in self._entries[word]:
                yield _doubted(_match(text, entry, first, last), hint)


def _counts(match: _Match, text: Letters, day: date | None) -> bool:
    """Say whether a term is in force on the day and has the right words around it."""
    term = match.entry.term
    if day is not None and not term.counts_on(day):
        return False
    if not (term.near or term.not_near):
        return True
    around = (
        text.text[max(match.first - term.within, 0) : match.first],
        text.text[match.last : match.last + term.within],
    )
    return (not term.near or _any(term.near, around)) and not _any(term.not_near, around)


def _any(words: tuple[str, ...], around: Iterable[str]) -> bool:
    return any(word in side for side in around for word in _letters(words))


@lru_cache(maxsize=4096)
def _letters(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(spelling(word).letters for word in words)


def _excuses(word: str, phrases: Iterable[Spelling]) -> Iterator[tuple[int, Spelling]]:
    """Yield every place at which a word stands in a harmless phrase."""
    for phrase in phrases:
        place = phrase.letters.find(word)
        while place >= 0:
            yield place, phrase
            place = phrase.letters.find(word, place + 1)


def _reading(text: Letters, phrase: Spelling, first: int) -> Reading | None:
    return text.reading(first, first + len(phrase.letters), phrase.written)


def _match(text: Letters, entry: _Entry, first: int, last: int) -> _Match:
    return _Match(entry, *text.span(first, last), first, last, entry.term.level)


def _doubted(match: _Match, hint: str) -> _Match:
    """Leave to a person what only looks like a term, however hard the term is."""
    level = max(match.level, TermLevel.REVIEW, key=_HARDEST.index)
    return replace(match, level=level, hint=hint)


def _excused(text: Letters, first: int, entry: _Entry) -> bool:
    """Say whether the term stands in a harmless phrase that is written without signs."""
    return any(
        first >= offset
        and text.text.startswith(phrase.letters, first - offset)
        and _reading(text, phrase, first - offset) is Reading.PLAIN
        for offset, phrase in entry.excuses
    )


def _longest(matches: Iterable[_Match]) -> Iterator[_Match]:
    """Leave out what lies within a match of the same level or a harder one."""
    reached = dict.fromkeys(_HARDEST, -1)
    for match in sorted(matches, key=lambda m: (m.start, -m.end, _HARDEST.index(m.level))):
        as_hard = _HARDEST[: _HARDEST.index(match.level) + 1]
        if all(reached[level] < match.end for level in as_hard):
            reached[match.level] = match.end
            yield match


def _origin(folded: Normalised, match: _Match) -> Span:
    return Span(*folded.original(match.start, match.end))


def _finding(match: _Match, span: Span) -> Finding:
    term = match.entry.term
    hint = f"，{match.hint}，请核对" if match.hint else ""
    reason = f"负面清单：{term.category}（{term.basis}）{hint}"
    return Finding(
        Entity.NEGATIVE_TERM, span, _SCORES[match.level], NAME, Role(match.level.value), reason
    )
