"""How Chinese names are spelt in Latin letters: Zhang Wei, zhangwei, Wei Zhang, Zhang W."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detectors.names.masked_names import Mask
from detectors.names.written_names import Written

_WORDS = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_JOINT = re.compile(r"[ \u00a0·.,'’_-]{1,2}")
_LEAST_INITIALS = 3
_PAIR = 2
_MOST_WORDS = 4
"""As many words as a Chinese name has characters."""

# A surname may sound otherwise than the same character elsewhere.
_OF_SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao",
    "盖": "ge", "翟": "zhai", "乐": "yue", "覃": "qin", "缪": "miao", "种": "chong", "黑": "he",
    "员": "yun", "洗": "xian", "召": "shao", "秘": "bi", "尉迟": "yuchi", "万俟": "moqi",
}  # fmt: skip


@cache
def sounds() -> Mapping[str, str]:
    """Give the pinyin of each common character, without tones (ü as v)."""
    listed = (files("detectors") / "data" / "pinyin.txt").read_text("utf-8").splitlines()
    return {char: line.partition(" ")[0] for line in listed for char in line.partition(" ")[2]}


def spellings(name: Written) -> frozenset[str]:
    """List how a full name is spelt, letters only: surname first and last.

    Empty for what is no Chinese name and for a character whose sound is not known.
    """
    given = _spelt(name.given)
    family = _family(name.surname)
    if not given or not name.surname:
        return frozenset()
    told = {spelt for f in family for spelt in (f + given, given + f)}
    return frozenset(s.replace("v", u) for s in told for u in ("v", "u", "yu"))


def shortened(name: Written) -> frozenset[str]:
    """List the surname with the initials of the given name, parted by a blank (``zhang w``)."""
    initials = "".join(_spelt(char)[:1] for char in name.given)
    if len(initials) < len(name.given) or not initials:
        return frozenset()
    family = _family(name.surname)
    return frozenset(f"{f} {initials}" for f in family)


def may_spell(letters: str, mask: Mask) -> bool:
    """Say whether Latin letters may spell a masked name: its surname and sounds for the rest."""
    family = _family(mask.surname)
    rests = {letters.removeprefix(f) for f in family if letters.startswith(f)}
    rests |= {letters.removesuffix(f) for f in family if letters.endswith(f)}
    return any(_sounds_like(rest, mask) for rest in rests)


def surname_initials(mask: Mask) -> frozenset[str]:
    """List the letters with which the surname of a masked name begins."""
    return frozenset(spelt[0] for spelt in _family(mask.surname))


def _family(surname: str) -> frozenset[str]:
    return frozenset({_spelt(surname), _OF_SURNAMES.get(surname, "")} - {""})


def _sounds_like(letters: str, mask: Mask) -> bool:
    """Say whether letters are the sounds of as many signs as are hidden, then of what shows.

    张某某 stands for two signs as a rule; that one sound follows a surname is chance too often.
    """
    shown = _spelt(mask.tail)
    if not letters.endswith(shown):
        return False
    hidden = letters.removesuffix(shown)
    known = frozenset(sounds().values())
    if (mask.hidden or (1 if mask.tail else _PAIR)) < _PAIR:
        return hidden in known
    return any(hidden[:at] in known and hidden[at:] in known for at in range(1, len(hidden)))


def initials(name: Written) -> frozenset[str]:
    """List the initials of a full name of three signs or more (``zjg``), none of a shorter one."""
    given = "".join(_spelt(char)[:1] for char in name.given)
    if len(given) < len(name.given) or len(name.surname) + len(given) < _LEAST_INITIALS:
        return frozenset()
    family = "".join(_spelt(char)[:1] for char in name.surname)
    other = _OF_SURNAMES.get(name.surname, "")[:1]
    return frozenset(f + given for f in (family, other) if f)


def _spelt(characters: str) -> str:
    told = [sounds().get(char, "") for char in characters]
    return "".join(told) if all(told) else ""


@dataclass(frozen=True, slots=True)
class Latin:
    """Hold words in Latin letters that stand together: ``start`` and ``end`` are offsets."""

    start: int
    end: int
    words: tuple[str, ...]

    @property
    def letters(self) -> str:
        return plain("".join(self.words))

    @property
    def short(self) -> tuple[str, ...]:
        """Give surname and initials, as in Zhang W. and W. Zhang (``zhang w``)."""
        if len(self.words) < 2:
            return ()
        told = ((self.words[0], self.words[1:]), (self.words[-1], self.words[:-1]))
        return tuple(
            f"{plain(surname)} {plain(''.join(initials))}"
            for surname, initials in told
            if "".join(initials).isupper() and len("".join(initials)) < _MOST_WORDS
        )


def plain(text: str) -> str:
    """Write Latin letters small, without accents and tones (Zhāng: zhang; nǚ: nv)."""
    marked = re.sub(
        "u(?=[\u0300-\u0304\u030c]*\u0308)", "v", unicodedata.normalize("NFD", text.lower())
    )
    return "".join(c for c in marked if not unicodedata.combining(c))


def latin(text: str) -> Iterator[Latin]:
    """Yield every run of one to four words of Latin letters, the longest first; linear."""
    words = list(_WORDS.finditer(text))
    for number, first in enumerate(words):
        told = [first]
        for word in words[number + 1 : number + _MOST_WORDS]:
            if not _JOINT.fullmatch(text, told[-1].end(), word.start()):
                break
            told.append(word)
        for count in range(len(told), 0, -1):
            end = told[count - 1].end()
            yield Latin(first.start(), end, tuple(word[0] for word in told[:count]))
