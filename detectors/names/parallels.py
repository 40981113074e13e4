"""Names that stand in a row of like pieces: numbered, before brackets, before 家…人.

Where most of the pieces begin with a name that is known, the others begin with one as well,
however much it reads like a word (1.邢阿福，…；2.桂圆，…).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN, HOME_OF, ORGANISATION_END
from detectors.text.vocabulary import NameStatistics, Words, cues
from review.finding import Entity

LEAST = 3
"""How many pieces make a row."""
CERTAIN = 2
"""How many of them must begin with a name that is found already."""
SHARE = 0.5
"""The share of all that these must be."""
WORD = 9.0
"""A word that costs less is too common to be a name even there."""
_REACH = 160
_NAME = rf"(?P<name>[{HAN}]{{2,4}})"
_NOTE = r"[(（][^()（）\n]{1,40}[)）]"
_JOINT = re.compile(r"[ ]?[、，,；;和及][ ]?|\n")
_NUMBERED = re.compile(rf"[.．、)）][ ]{{0,2}}{_NAME}(?=[，,(（:：])")
_NUMBER = re.compile(rf"(?<![\d.、{HAN}])\d{{1,3}}\Z")
_AT_HOME = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[户象民主者])){_NAME}家[0-9一二两三四五六七八九十]{{1,2}}[口人](?:{_NOTE})?"
)
_SIDE_BY_SIDE = re.compile(rf"[)）][ ]?[、，,；;和及\n][ ]?[{HAN}]{{2,4}}[(（]")
_BRACKETED = re.compile(rf"(?<![{HAN}]){_NAME}{_NOTE}")


def parallels(
    text: str, words: Words, names: NameStatistics, unnamed: Callable[[int, int], bool]
) -> Iterator[Hit]:
    """Yield the ``unnamed`` beginnings of rows in which most are names already."""
    for row in _rows(text):
        spans = [piece.span("name") for piece in row]
        others = [span for span in spans if unnamed(*span)]
        certain = len(spans) - len(others)
        if len(spans) < LEAST or certain < CERTAIN or certain < SHARE * len(spans):
            continue
        for start, end in others:
            if _may_be_named(text[start:end], words, names):
                yield Hit(Entity.PERSON, start, end, FAIR, "与其他姓名并列")


def _rows(text: str) -> Iterator[Sequence[re.Match[str]]]:
    def near(one: re.Match[str], other: re.Match[str]) -> bool:
        return other.start() - one.end() < _REACH

    def joined(one: re.Match[str], other: re.Match[str]) -> bool:
        return _JOINT.fullmatch(text, one.end(), other.start()) is not None

    numbered = (
        piece
        for piece in _NUMBERED.finditer(text)
        if _NUMBER.search(text, max(0, piece.start() - 4), piece.start())
    )
    yield from _grouped(numbered, near)
    if HOME_OF.search(text):
        yield from _grouped(_AT_HOME.finditer(text), near)
    if _SIDE_BY_SIDE.search(text):
        yield from _grouped(_BRACKETED.finditer(text), joined)


def _grouped(
    pieces: Iterable[re.Match[str]], joined: Callable[[re.Match[str], re.Match[str]], bool]
) -> Iterator[Sequence[re.Match[str]]]:
    row: list[re.Match[str]] = []
    for piece in pieces:
        if row and not joined(row[-1], piece):
            yield row
            row = []
        row.append(piece)
    yield row


def _may_be_named(name: str, words: Words, names: NameStatistics) -> bool:
    if len(name) > (4 if name[:2] in names.compound else 3):
        return False
    listed = name in cues("empty") or name in cues("label") or name in cues("title")
    organisation = len(name) > 2 and ORGANISATION_END.search(name)
    barred = listed or organisation or name[:2] in cues("never") or "某" in name
    return not barred and words.get(name, 99.0) >= WORD
