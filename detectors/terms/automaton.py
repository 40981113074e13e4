"""Find all of very many words in a text at once, each with the offsets of its letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation

from detectors.terms.filter import TermFilter


class TermAutomaton:
    """Match words, also one inside or across another.

    The filter picks the stretches in which a word may begin, the automaton reads those alone, so
    that a text costs the same whether 50 or 500,000 words are looked for.
    """

    def __init__(self, words: Iterable[str]) -> None:
        # Words that begin alike lie side by side in memory when they are entered in order.
        self._words = sorted(set(words))
        self._filter = TermFilter(self._words)
        self._longest = max(map(len, self._words), default=0)
        self._automaton = AhoCorasick(
            self._words, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def find(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield each word found with the offset of its first letter."""
        for start, end in self._stretches(text):
            found = self._automaton.find_matches_as_indexes(text[start:end], overlapping=True)
            for number, first, _ in found:
                yield self._words[number], start + first

    def _stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Join the places at which a word may begin to stretches that hold it to its end."""
        start = end = -1
        for place in self._filter.begins(text):
            if place >= end:
                if end > 0:
                    yield start, end
                start = place
            end = place + self._longest
        if end > 0:
            yield start, end
