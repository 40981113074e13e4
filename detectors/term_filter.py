"""Mark in a text where one of very many words may begin, as fast for 500,000 words as for 50.

An automaton of half a million words no longer fits the caches of a processor, and every letter of
a text costs a walk through main memory. The first letters of the words, hashed into two tables of
fixed size, rule out nearly every place before the automaton is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

_BITS = 24
"""Two mebibytes a table: half a million words fill 6 % of one, and it fits the second cache."""
_PRUNED, _LONGEST = 4, 8

_PROBES, _ANOTHER = (1, 0xC2B2AE35), (0x27D4EB2F,)
"""Odd factors that spread a hash anew: a chance match must hit a place by each."""

Array = Any  # numpy's own types would say no more here


class TermFilter:
    """Hold the heads of words."""

    def __init__(self, words: Iterable[str]) -> None:
        heads: dict[int, list[str]] = {}
        for word in words:
            heads.setdefault(min(len(word), _LONGEST), []).append(word[:_LONGEST])
        self._lengths = frozenset(heads)
        # What ends here makes a place a candidate; what goes on only keeps it in the running.
        self._whole, self._surely, self._begun = (
            np.zeros(1 << (_BITS - 3), np.uint8) for _ in range(3)
        )
        for length, listed in heads.items():
            self._enter(_codes("".join(listed)).reshape(-1, length))

    def _enter(self, letters: Array) -> None:
        hashed = letters[:, 0]
        for place in range(1, letters.shape[1]):
            hashed = _step(hashed, letters[:, place])
            if place + 1 == _PRUNED:
                _set(self._begun, hashed, _PROBES)
        _set(self._whole, hashed, _PROBES)
        _set(self._surely, hashed, _ANOTHER)

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
                yield self._ending(hashed)
        places = _in(self._begun, hashed, _PROBES)
        hashed = hashed[places]
        for length in range(_PRUNED + 1, longest + 1):
            room = np.searchsorted(places, len(letters) - length, side="right")
            places = places[:room]
            hashed = _step(hashed[:room], letters[places + (length - 1)])
            if length in self._lengths:
                yield places[self._ending(hashed)]

    def _ending(self, hashed: Array) -> Array:
        """List the places of the hashes of whole heads; the second table sees few of them."""
        held = _in(self._whole, hashed, _PROBES)
        return held[_in(self._surely, hashed[held], _ANOTHER)]


def _codes(text: str) -> Array:
    return np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint32)


def _step(hashed: Array, letters: Array) -> Array:
    """Carry a hash one letter on; the numbers are odd constants that spread bits well."""
    mixed = (hashed * np.uint32(0x85EBCA6B)) ^ letters
    return (mixed ^ (mixed >> np.uint32(15))) * np.uint32(0x9E3779B1)


def _bits(hashed: Array, probe: int) -> Array:
    """Give a place in a table for a hash, another one for each probe."""
    return (hashed * np.uint32(probe)) >> np.uint32(32 - _BITS)


def _set(table: Array, hashed: Array, probes: Iterable[int]) -> None:
    for probe in probes:
        bits = _bits(hashed, probe)
        np.bitwise_or.at(table, bits >> 3, (1 << (bits & 7)).astype(np.uint8))


def _in(table: Array, hashed: Array, probes: Iterable[int]) -> Array:
    """List the places of the hashes that a table holds; each probe asks only what is left."""
    places = None
    for probe in probes:
        bits = _bits(hashed, probe)
        held = np.flatnonzero((table[bits >> 3] >> (bits & 7).astype(np.uint8)) & 1)
        places, hashed = held if places is None else places[held], hashed[held]
    return places
