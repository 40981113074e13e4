"""Fold away what hides a value from a pattern, and remember where every character came from."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from detectors.text.emphasis import marks

_LINE_BREAKS = frozenset("\v\f\x85\u2028\u2029")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
_DOTS = frozenset("•‧∙⋅・･")
# Drawn as the borders of cells and boxes, between the digits of a number too.
_BARS = frozenset("│┃║¦∣❘￨┆┇┊┋╎╏")
_INVISIBLE = re.compile(
    # With what strikes a character through, lines it or puts it in a keycap (1\ufe0f\u20e3).
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u0305\u0331-\u0338\u20d0-\u20f0\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    # Fillers of Korean script and the empty braille cell are blank, though they count as letters.
    "\u2800\u3164\uffa0\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0100-\U000e01ef]"
)
# Radicals that PDF fonts write for the whole character; NFKC does not know them.
_RADICALS = dict(
    zip(
        "⺠⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "民月虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)
_LONG = 400
"""Characters from which on it pays to search a text for what is folded."""
_OFTEN = tuple(zip("，：；（）！？", ",:;()!?", strict=True))
"""What stands in every text and is folded."""
_FIRST_ROW, _FIRST_HAN, _LAST_HAN = 0xA1, 0xB0, 0xF7
"""Rows of GB 2312: common signs, the first and the last of the Chinese characters."""
# NFKC of these is one character too, but means something else in a number: 13800138000② must not
# become twelve digits.
_KEPT_CATEGORIES = frozenset({"No"})


@dataclass(frozen=True, slots=True)
class Normalised:
    """Hold a folded text; ``dropped`` are the offsets in it before which a character was dropped.

    Every other character stands one for one, so offsets differ by the number dropped before.
    """

    text: str
    dropped: tuple[int, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of ``text`` (end exclusive) back to the text it was made from."""
        if not self.dropped:
            return start, end
        if start == end:
            place = start + bisect_right(self.dropped, start)
            return place, place
        first = start + bisect_right(self.dropped, start)
        last = end - 1 + bisect_right(self.dropped, end - 1)
        return first, last + 1

    def piece(self, start: int, end: int) -> str:
        """Give the folded text of a span of the text it was made from."""
        return self.text[self.folded(start) : self.folded(end)]

    def folded(self, offset: int) -> int:
        """Map an offset of the original text to ``text`` (a dropped one to what follows it)."""
        if not self.dropped:
            return offset
        low, high = 0, len(self.dropped)
        while low < high:
            middle = (low + high) // 2
            # The original place of the dropped character number ``middle``.
            if self.dropped[middle] + middle < offset:
                low = middle + 1
            else:
                high = middle
        return offset - low


def normalise(text: str) -> Normalised:
    """Fold full-width forms, spaces, dashes and traditional characters; drop what is no text.

    Dropped are invisible characters and the marks of emphasis. Linear; a text without them costs
    one ``str.translate``.
    """
    emphasis = list(marks(text))
    folded = fold(_left_out(text, emphasis))
    if len(folded) == len(text):
        return Normalised(folded)
    invisible = (match.start() for match in _INVISIBLE.finditer(text))
    return Normalised(folded, _dropped(sorted((*emphasis, *invisible))))


def fold(text: str) -> str:
    """Give the folded text alone, for who needs no way back."""
    if len(text) < _LONG:
        return text.translate(_TABLE)
    for sign, plain in _OFTEN:
        text = text.replace(sign, plain)
    return _other().sub(lambda run: run[0].translate(_TABLE), text)


@cache
def _other() -> re.Pattern[str]:
    """Match what may be folded: neither ASCII nor of the common characters and signs of Chinese.

    To search a long text for it is several times quicker than to look up every character.
    """
    signs = (chr(code) for code in range(0x80))
    rows = (_gb2312(row) for row in range(_FIRST_HAN, _LAST_HAN + 1))
    kept = [sign for sign in (*signs, *_gb2312(_FIRST_ROW)) if _fold(sign) == sign]
    return re.compile(f"[^{re.escape(''.join((*kept, *rows)))}]+")


def _gb2312(row: int) -> str:
    """Give the characters of one row of GB 2312."""
    return bytes(byte for cell in range(0xA1, 0xFF) for byte in (row, cell)).decode(
        "gb2312", "ignore"
    )


def without(text: str, pattern: re.Pattern[str]) -> Normalised:
    """Drop every match of ``pattern``, keeping the way back (for terms written with spaces)."""
    shorter = pattern.sub("", text)
    if len(shorter) == len(text):
        return Normalised(text)
    return Normalised(shorter, _offsets_of(pattern, text))


def _offsets_of(pattern: re.Pattern[str], text: str) -> tuple[int, ...]:
    return _dropped(at for match in pattern.finditer(text) for at in range(*match.span()))


def _dropped(offsets: Iterable[int]) -> tuple[int, ...]:
    """Tell where characters of the original, in order, are missing in what is left."""
    return tuple(at - number for number, at in enumerate(offsets))


def _left_out(text: str, offsets: Sequence[int]) -> str:
    if not offsets:
        return text
    edges = (-1, *offsets, len(text))
    return "".join(text[last + 1 : first] for last, first in pairwise(edges))


class _Table(dict[int, int | None]):
    """Work out the folding of a character when it is first met, then know it."""

    def __missing__(self, code: int) -> int | None:
        folded = _fold(chr(code))
        value = ord(folded) if folded else None
        self[code] = value
        return value


def _fold(char: str) -> str:
    if _INVISIBLE.match(char):
        return ""
    if char in _LINE_BREAKS:
        return "\n"
    if char in _DASHES:
        return "-"
    if char in _DOTS:
        return "·"
    if char in _BARS:
        return "|"
    if char < "\x80":
        return char
    category = unicodedata.category(char)
    if category in {"Zs", "Cf"}:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category in _KEPT_CATEGORIES:
        return char
    composed = _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    folded = composed if len(composed) == 1 else char
    return _simplify(folded) if category == "Lo" or char in _RADICALS else folded


def _simplify(char: str) -> str:
    """Give the simplified form of a character; the common ones are known without the library."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        simple = str(_converter().convert(char))
        return simple if len(simple) == 1 else char
    return char


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


_TABLE = _Table()

__all__ = ["Normalised", "fold", "normalise", "without"]
