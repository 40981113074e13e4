"""What an independent reader hands to the verifier: texts with their places, and complaints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from redact.verify.drawn import Drawn, text_of
from redact.verify.matching import Reach

UNREADABLE = "输出文件无法复读，不能证明已去除应隐去的内容，请转人工处理。"
UNCHECKED_PART = "输出中有无法检查的部件，请转人工处理。"

MAX_INFLATED = 300 * 1024 * 1024

_PRINTED = re.compile(rb"[\x20-\x7e]{6,}|(?:[\xe3-\xe9][\x80-\xbf]{2}){2,}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}[ \t\r\n]*){6,}")


class Kind(Enum):
    """Say how a view is searched.

    ``CELLS`` holds a paragraph or cell a text, ``PAGES`` a page or file a text, with wrapped
    lines, ``SHOWN`` the same with numbers that a renderer added; ``ASIDE`` texts that a reader sees
    only by opening something (alt text, properties);
    ``RAW`` what is not meant as text, where short values would be found by chance.
    """

    CELLS = Reach()
    PAGES = Reach(wraps=True)
    SHOWN = Reach(wraps=True, least_weight=3)
    ASIDE = Reach(joins=False, least_weight=3)
    RAW = Reach(joins=False, least_weight=6)


@dataclass(frozen=True, slots=True)
class View:
    """Hold one complete reading of a file; what is allowed is counted against each view alone.

    ``texts`` pairs a Chinese name of the place with the text found there, ``drawn`` with the lines
    as they stand there, where that is known.
    """

    kind: Kind
    texts: tuple[tuple[str, str], ...]
    drawn: tuple[tuple[str, Drawn], ...] = ()


@dataclass(frozen=True, slots=True)
class FontTrace:
    """Hold the characters that a font knows, and those of them that no page shows."""

    known: frozenset[str]
    unused: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold all that an independent reader sees of an output, and what it could not see."""

    views: tuple[View, ...] = ()
    complaints: tuple[str, ...] = ()
    traces: tuple[FontTrace, ...] = ()


def drawn_view(seen: Iterable[tuple[str, Drawn]]) -> View:
    """Make a view of lines that were read in pictures, each with its place."""
    drawn = tuple(seen)
    return View(Kind.PAGES, tuple((place, text_of(lines)) for place, lines in drawn), drawn)


def decodings(data: bytes) -> Iterator[str]:
    """Read bytes as every encoding that text may hide in, hexadecimal digits included."""
    yield from _as_text(data)
    for match in _HEX.finditer(data):
        digits = b"".join(match[0].split())
        yield from _as_text(bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii")))


def printed(data: bytes) -> Iterator[str]:
    """Read what is text within the bytes of a picture: pixels are none."""
    yield from (match[0].decode("utf-8", "ignore") for match in _PRINTED.finditer(data))


def _as_text(data: bytes) -> Iterator[str]:
    yield data.decode("utf-8", "ignore")
    yield data.decode("gb18030", "ignore")
    for shifted in (data, data[1:]):
        yield shifted.decode("utf-16-be", "ignore")
        yield shifted.decode("utf-16-le", "ignore")
