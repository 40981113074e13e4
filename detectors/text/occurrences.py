"""Where many given words stand in a text, in one pass however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

Place = tuple[int, int]
_QUICKLY_BUILT = Implementation.ContiguousNFA


def apart(words: Collection[str], text: str) -> Iterator[Place]:
    """Yield the offsets of words that do not overlap: the first, the longest where two begin."""
    if words:
        automaton = AhoCorasick(
            sorted(words), matchkind=MatchKind.LeftmostLongest, implementation=_QUICKLY_BUILT
        )
        for _, start, end in automaton.find_matches_as_indexes(text):
            yield start, end


def everywhere(words: Collection[str], text: str) -> Iterator[Place]:
    """Yield the offsets of all words in order of their ends, those that overlap as well."""
    if words:
        automaton = AhoCorasick(sorted(words), implementation=_QUICKLY_BUILT)
        for _, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            yield start, end
