"""What a word costs and what a name costs: the statistics behind the recogniser of names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

LONGEST_WORD = 4
UNKNOWN_CHARACTER = 13.5
"""Cost of a character that no word list knows, in nats."""
ADDED_WORD = 10.5
"""Cost of a word of ``more_words.txt``, in nats."""
UNSEEN = 0.5
"""Count given to a character never seen in a place of a name."""


class Words(Protocol):
    """Price words: the negative natural logarithm of a word's probability.

    A plain ``dict`` will do; another dictionary fits in behind the same ``get``.
    """

    def get(self, word: str, default: float, /) -> float:
        """Give the word's cost in nats, ``default`` if the word is unknown."""
        ...


@dataclass(frozen=True, slots=True)
class NameStatistics:
    """Hold surnames and the costs of characters in the places of a name, in nats."""

    common: frozenset[str]
    rare: frozenset[str]
    compound: frozenset[str]
    surname: Mapping[str, float]
    first: Mapping[str, float]
    last: Mapping[str, float]
    unseen: float
    pair: Mapping[str, float]

    def split(self, name: str) -> tuple[str, str]:
        """Cut a name into surname and given name; the surname is empty where none is known."""
        if len(name) > 2 and name[:2] in self.compound:
            return name[:2], name[2:]
        known = name[0] in self.common or name[0] in self.rare
        return (name[0], name[1:]) if known else ("", name)

    def cost(self, surname: str, given: str) -> float:
        """Price a full name; three characters are the usual length, two are rarer."""
        usual = TWO_CHARACTERS if len(given) == 1 else THREE_CHARACTERS
        return self.surname.get(surname, SCARCE) + self.given_cost(given) + usual

    def given_cost(self, given: str) -> float:
        """Price a given name: by its characters, or whole where it is often given."""
        first = self.first.get(given[0]) or self._unseen(given[0])
        last = self.last.get(given[-1]) or self._unseen(given[-1])
        if len(given) == 1:
            return (first + last) / 2
        return min(first + last, self.pair.get(given, math.inf))

    def _unseen(self, character: str) -> float:
        """Price a character that no known name has."""
        strange = any(first <= character <= last for first, last in HARDLY_GIVEN)
        return self.unseen + (STRANGE if strange else 0.0)


HARDLY_GIVEN = (
    ("\u53e3", "\u56d6"),  # 口: 吡啶, 呋喃
    ("\u6c14", "\u6c33"),  # 气: 氟, 氰
    ("\u72ac", "\u737f"),  # 犬: 狍, 獾
    ("\u7590", "\u7675"),  # 病: 疱, 瘤
    ("\u8089", "\u81e2"),  # 肉: 肽, 胺
    ("\u866b", "\u883f"),  # 虫: 蚜, 螨
    ("\u8db3", "\u8eaa"),  # 足: 跖, 踝
    ("\u9149", "\u91c5"),  # 酉: 酰, 酯
    ("\u9c7c", "\u9ce3"),  # 鱼: 鲫, 鲢
)
"""Characters by radical that write chemistry, beasts and diseases: first and last of each."""
STRANGE = 4.0
"""Added to the cost of such a character where no known name has it, in nats."""
TWO_CHARACTERS = 2.0
THREE_CHARACTERS = 0.3
GIVEN_WORD = 7.5
"""Cost of a given name that is an everyday word as well (建国), in nats."""
SCARCE = 9.2
"""Cost of a surname that no statistics list: one person in ten thousand."""
RARE_SURNAME = 1.5
"""Added for surnames that are everyday words as well."""
COMPOUND_SURNAME = 6.5
MODERN = 8.0
"""Most that a character often given in our days costs, in nats."""
PAIRED = 0.5
"""Share of the given names that are taken whole (志强), not put together from two characters."""


@cache
def word_list() -> Words:
    """Read the word costs once for the process; ``more_words.txt`` adds what jieba lacks."""
    costs: dict[str, float] = {}
    for _, words in _lines("more_words.txt"):
        costs.update(dict.fromkeys(words.split(), ADDED_WORD))
    for cost, words in _lines("words.txt"):
        costs.update(dict.fromkeys(words.split(" "), float(cost)))
    return costs


@cache
def name_statistics() -> NameStatistics:
    """Read surnames and name statistics once for the process."""
    kinds = dict(_lines("surnames.txt"))
    common, rare = frozenset(kinds["common"]), frozenset(kinds["rare"])
    compound = frozenset(kinds["compound"].split())
    places = {place: _counts(listed) for place, listed in _lines("given.txt")}
    surname = dict.fromkeys(common | rare, SCARCE)
    surname |= _shares(kinds["share"])
    for character in rare:
        surname[character] += RARE_SURNAME
    surname |= dict.fromkeys(compound, COMPOUND_SURNAME)
    size = sum(places["first"].values())
    pair = {given: -math.log(PAIRED * n / size) for given, n in places["pair"].items()}
    pair |= dict.fromkeys(cues("given"), GIVEN_WORD)
    first, last = _costs(places["first"]), _costs(places["last"])
    for character in cues("modern"):
        first[character] = min(first.get(character, MODERN), MODERN)
        last[character] = min(last.get(character, MODERN), MODERN)
    unseen = -math.log(UNSEEN / size)
    return NameStatistics(common, rare, compound, surname, first, last, unseen, pair)


@cache
def scarce_surnames() -> frozenset[str]:
    """List the surnames that are words so common that only their place makes names of them."""
    return frozenset(dict(_lines("surnames.txt"))["scarce"])


@cache
def surname_letters() -> frozenset[str]:
    """List the letters that a surname may begin with, those of scarce and compound ones too."""
    names = name_statistics()
    return names.common | names.rare | scarce_surnames() | {s[0] for s in names.compound}


@cache
def word_kind(kind: str) -> frozenset[str]:
    """List the words of two characters that the dictionary takes for ``verb`` or ``form``."""
    return frozenset(dict(_lines("kinds.txt"))[kind].split())


@cache
def cues(kind: str) -> frozenset[str]:
    """List the words of one kind of ``data/cues.txt``."""
    return frozenset(dict(_lines("cues.txt"))[kind].split())


@cache
def paper_endings() -> frozenset[str]:
    """List the letters that papers, fees and goods end with and given names do not (花名册)."""
    return cues("paper")


@cache
def place_words(kind: str) -> frozenset[str]:
    """List the words of one kind of ``data/places.txt``."""
    return frozenset(dict(_lines("places.txt"))[kind].split())


def _lines(name: str) -> Iterator[tuple[str, str]]:
    for line in files("detectors").joinpath("data", name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, rest = line.partition("\t")
            yield key, rest


def _counts(listed: str) -> dict[str, int]:
    """Read 志强18: characters, then how often they stand there."""
    split = (re.fullmatch(r"(\D+)(\d+)", item) for item in listed.split())
    return {match[1]: int(match[2]) for match in split if match}


def _shares(listed: str) -> dict[str, float]:
    """Read 王7.25: a surname, then how many of 100 people bear it; price it in nats."""
    return {item[0]: -math.log(float(item[1:]) / 100) for item in listed.split()}


def _costs(counts: Mapping[str, int]) -> dict[str, float]:
    total = sum(counts.values())
    return {character: -math.log(count / total) for character, count in counts.items()}


Extras = Mapping[int, Sequence[tuple[int, float]]]
"""Further words by the place where they end, or begin: (their other end, cost) each."""


def forward(text: str, words: Words, extras: Extras | None = None) -> list[float]:
    """Price the cheapest plain reading of every prefix of ``text``, in nats."""
    get = words.get
    best = [0.0]
    # The prices one to four characters back: this is the innermost loop of all.
    one, two, three, four = 0.0, math.inf, math.inf, math.inf
    for end, character in enumerate(text, 1):
        cost = one + get(character, UNKNOWN_CHARACTER)
        if (longer := two + get(text[end - 2 : end], math.inf)) < cost:
            cost = longer
        if (longer := three + get(text[end - 3 : end], math.inf)) < cost:
            cost = longer
        if (longer := four + get(text[end - LONGEST_WORD : end], math.inf)) < cost:
            cost = longer
        if extras:
            cost = min([cost, *(best[start] + extra for start, extra in extras.get(end, ()))])
        one, two, three, four = cost, one, two, three
        best.append(cost)
    return best


def backward(text: str, words: Words, extras: Extras | None = None) -> list[float]:
    """Price the cheapest plain reading of every suffix of ``text``, in nats."""
    get = words.get
    best = [0.0] * (len(text) + 1)
    one, two, three, four = 0.0, math.inf, math.inf, math.inf
    for start in range(len(text) - 1, -1, -1):
        cost = one + get(text[start], UNKNOWN_CHARACTER)
        if (longer := two + get(text[start : start + 2], math.inf)) < cost:
            cost = longer
        if (longer := three + get(text[start : start + 3], math.inf)) < cost:
            cost = longer
        if (longer := four + get(text[start : start + LONGEST_WORD], math.inf)) < cost:
            cost = longer
        if extras:
            cost = min([cost, *(best[end] + extra for end, extra in extras.get(start, ()))])
        one, two, three, four = cost, one, two, three
        best[start] = cost
    return best


def plain_cost(piece: str, words: Words) -> float:
    """Price the cheapest plain reading of two or three characters, in nats."""
    get = words.get
    if len(piece) > 3:
        return forward(piece, words)[-1]
    first, last = get(piece[0], UNKNOWN_CHARACTER), get(piece[-1], UNKNOWN_CHARACTER)
    whole = get(piece, math.inf)
    if len(piece) == 2:
        return min(whole, first + last)
    middle = get(piece[1], UNKNOWN_CHARACTER)
    left, right = get(piece[:2], first + middle), get(piece[1:], middle + last)
    return min(whole, left + last, first + right, first + middle + last)


def segment(text: str, words: Words) -> list[tuple[int, int]]:
    """Cut ``text`` into the words of its cheapest plain reading: (start, end) each."""
    best = forward(text, words)
    pieces: list[tuple[int, int]] = []
    end = len(text)
    while end:
        start = min(
            range(max(0, end - LONGEST_WORD), end),
            key=lambda start: best[start] + _word(text, start, end, words),
        )
        pieces.append((start, end))
        end = start
    return pieces[::-1]


def _word(text: str, start: int, end: int, words: Words) -> float:
    return words.get(text[start:end], UNKNOWN_CHARACTER if end - start == 1 else math.inf)
