"""Terms written so that a list would miss them: characters taken apart, characters in pinyin.

What is found this way is never more than a question to a person: the same letters may mean
something else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from detectors.names.pinyin import sounds as pinyin
from detectors.terms.automaton import TermAutomaton

_LATIN_RUN = re.compile(r"[a-z][a-z0-5]*[a-z0-5]")
_TONE = re.compile(r"(?<=[a-z])[0-5]")
_AROUND = 12
"""Letters beside a Latin run that may belong to the same word."""
_MIN_SYLLABLES, _MIN_PINYIN = 3, 8
"""A word all in pinyin must be this long, or English words and addresses would look like it."""

Place = tuple[str, int, int]
"""A word with the offsets of the letters that stand for it."""


def split_words(words: TermAutomaton, text: str) -> Iterator[Place]:
    """Find words of which a character is written as its two halves (``禾必`` for ``秘``)."""
    joined, borders = _joined(text)
    if not borders:
        return
    for word, first in words.find(joined):
        last = first + len(word)
        start, end = first + bisect_right(borders, first), last + bisect_right(borders, last)
        if end - start > len(word):
            yield word, start, end


def _joined(text: str) -> tuple[str, list[int]]:
    """Join halves to characters; gives also the offset behind each character so joined."""
    pieces: list[str] = []
    borders: list[int] = []
    done = 0
    for halves, start in _halves().find(text):
        if start >= done:
            pieces += (text[done:start], _whole_characters()[halves])
            done = start + len(halves)
            borders.append(done - len(borders) - 1)
    return "".join((*pieces, text[done:])), borders


class PinyinWords:
    """Find words of which some or all characters are written in pinyin, with or without tones."""

    def __init__(self, words: Iterable[str]) -> None:
        self._spelt: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) > 1 and all(char in pinyin() for char in word):
                self._spelt["".join(map(pinyin().__getitem__, word))].append(word)
        self._automaton = TermAutomaton(self._spelt)

    def find(self, text: str) -> Iterator[Place]:
        """Yield the words at least one character of which is spelt."""
        for run in _LATIN_RUN.finditer(text):
            if not _is_pinyin(_TONE.sub("", run[0])):
                continue
            sounds, letters = _sounds(text, run.start(), run.end())
            for spelt, first in self._automaton.find(sounds):
                for word in self._spelt[spelt]:
                    behind = letters[first : first + len(spelt)]
                    if _stands_for(word, text, behind, run.span()):
                        yield word, behind[0], behind[-1] + 1


def _is_pinyin(run: str) -> bool:
    """Say whether Latin letters can be cut into syllables; hardly any other word can."""
    ends = {0}
    for start in range(len(run)):
        if start in ends:
            ends.remove(start)
            ends |= {end for end in range(start + 1, start + 7) if run[start:end] in _syllables()}
        if not ends:
            return False
    return len(run) in ends


def _sounds(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """Spell the Latin run and what stands around it; gives also the letter behind each sound."""
    sounds: list[str] = []
    letters: list[int] = []
    tones = {start + tone.start() for tone in _TONE.finditer(text[start:end])}
    for place in range(max(start - _AROUND, 0), min(end + _AROUND, len(text))):
        if place not in tones:
            sound = text[place] if start <= place < end else pinyin().get(text[place], text[place])
            sounds.append(sound)
            letters += [place] * len(sound)
    return "".join(sounds), letters


def _stands_for(word: str, text: str, letters: list[int], run: tuple[int, int]) -> bool:
    """Say whether every character of a word stands there, whole or in pinyin, and one in pinyin.

    Beside whole characters the Latin run must be nothing but pinyin of the word.
    """
    written = spelt = done = 0
    for char in word:
        sound = pinyin()[char]
        behind = letters[done : done + len(sound)]
        done += len(sound)
        if text[behind[0]] == char:
            written += 1
        elif all(text[place] == letter for place, letter in zip(behind, sound, strict=True)):
            spelt += 1
        else:
            return False
    if not written:
        return spelt >= _MIN_SYLLABLES and done >= _MIN_PINYIN
    return spelt > 0 and letters[0] <= run[0] and run[1] <= letters[-1] + 1


def _table(name: str) -> Iterator[tuple[str, str]]:
    for line in (files("detectors") / "data" / name).read_text("utf-8").splitlines():
        head, _, rest = line.partition(" ")
        yield head, rest


@cache
def _syllables() -> frozenset[str]:
    return frozenset(pinyin().values())


@cache
def _whole_characters() -> Mapping[str, str]:
    return {
        halves: char for char, all_halves in _table("split.txt") for halves in all_halves.split()
    }


@cache
def _halves() -> TermAutomaton:
    return TermAutomaton(_whole_characters())
