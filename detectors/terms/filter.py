"""Mark in a text where one of very many words may begin, as fast for 500,000 words as for 50.

An automaton of half a million words no longer fits the caches of a processor, and every letter of
a text costs a walk through main memory. The first letters of the words, hashed into tables of a
fixed size, rule out nearly every place before the automaton is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

_PRUNED, _LONGEST = 4, 8

Array = Any  # numpy's own types would say no more here


class TermFilter:
    """Hold the heads of words."""

    def __init__(self, words: Iterable[str]) -> None:
        heads: dict[int, list[str]] = {}
        for word in words:
            heads.setdefault(min(len(word), _LONGEST), []).append(word[:_LONGEST])
        self._lengths = frozenset(heads)
        # What ends here makes a place a candidate; what goes on only keeps it in the running.
        self._whole, self._begun = _Hashes(), _Hashes()
        for length, listed in heads.items():
            self._enter(_codes("".join(listed)).reshape(-1, length))

    def _enter(self, letters: Array) -> None:
        hashed = letters[:, 0]
        for place in range(1, letters.shape[1]):
            hashed = _step(hashed, letters[:, place])
            if place + 1 == _PRUNED:
                self._begun.add(hashed)
        self._whole.add(hashed)

    def begins(self, text: str) -> list[int]:
        """List the offsets at which a word may begin, in order; no word begins elsewhere."""
        found = list(self._candidates(_codes(text)))
        return [int(place) for place in np.unique(np.concatenate(found))] if found else []

    def _candidates(self, letters: Array) -> Iterator[Array]:
        hashed = letters
        longest = max(self._lengths, default=0)
        for length in range(1, min(longest, _PRUNED) + 1):
            if length > 1:
                hashed = _step(hashed[: max(len(letters) - length + 1, 0)], letters[length - 1 :])
            if length in self._lengths:
                yield self._whole.held(hashed)
        if longest <= _PRUNED:
            return
        places = self._begun.held(hashed)
        hashed = hashed[places]
        for length in range(_PRUNED + 1, longest + 1):
            room = np.searchsorted(places, len(letters) - length, side="right")
            places = places[:room]
            hashed = _step(hashed[:room], letters[places + (length - 1)])
            if length in self._lengths:
                yield places[self._whole.held(hashed)]


class _Hashes:
    """Remember hashes by one bit in each of several tables: a chance match must hit them all.

    Each table holds two mebibytes, which the second cache does too; half a million hashes fill
    3 % of it, so that the first table leaves little to ask the others.
    """

    _BITS = 24
    _FACTORS = (1, 0xC2B2AE35, 0x27D4EB2F)
    """Odd numbers that spread a hash anew for each table."""

    def __init__(self) -> None:
        self._tables = [np.zeros(1 << (self._BITS - 3), np.uint8) for _ in self._FACTORS]

    def add(self, hashed: Array) -> None:
        for table, factor in zip(self._tables, self._FACTORS, strict=True):
            bits = self._bits(hashed, factor)
            np.bitwise_or.at(table, bits >> 3, (1 << (bits & 7)).astype(np.uint8))

    def held(self, hashed: Array) -> Array:
        """List the places of the hashes that were added, and hardly any other."""
        places = None
        for table, factor in zip(self._tables, self._FACTORS, strict=True):
            bits = self._bits(hashed, factor)
            found = np.flatnonzero((table[bits >> 3] >> (bits & 7).astype(np.uint8)) & 1)
            places, hashed = found if places is None else places[found], hashed[found]
        return places

    def _bits(self, hashed: Array, factor: int) -> Array:
        return (hashed * np.uint32(factor)) >> np.uint32(32 - self._BITS)


def _codes(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32)


def _step(hashed: Array, letters: Array) -> Array:
    """Carry a hash one letter on; the numbers are odd constants that spread bits well."""
    mixed = (hashed * np.uint32(0x85EBCA6B)) ^ letters
    return (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x9E3779B1)
