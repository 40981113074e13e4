"""What a picture that was read leaves open: faint writing, unread ink, seals, photos, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from redact.ocr.codes import has_code
from redact.ocr.engine import ReadLine
from redact.ocr.gaps import is_passed_over
from redact.ocr.glyphs import is_crooked, tilt_of
from redact.ocr.photo import has_photo
from redact.ocr.places import bounds, shared
from redact.ocr.seals import Seals, seals_in, without_red
from redact.ocr.unread import unread_places
from review import checks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.ocr.engine import Pixels


class Doubt(StrEnum):
    """Say why a person must look at a picture although it was read."""

    FAINT = "faint"
    UNREAD = "unread"
    SEAL = "seal"
    PHOTO = "photo"
    CODE = "code"
    CROOKED = "crooked"


DOUBT_NAMES: Mapping[Doubt, str] = {
    Doubt.FAINT: "有看不清的文字或数字",
    Doubt.UNREAD: "有未能识别的笔迹或图形",
    Doubt.SEAL: "有盖住文字的印章或个人名章",
    Doubt.PHOTO: "有照片或色调丰富的画面",
    Doubt.CODE: "有二维码或条形码（请扫码查看其中的内容）",
    Doubt.CROOKED: "文字行歪斜不一（纸面弯曲或几页拍在一起），表格可能读串行，最好重新扫描",
}


class Seen(NamedTuple):
    """Hold an upright picture, the lines that were read in it, and its red ink if it has any."""

    pixels: Pixels
    lines: Sequence[ReadLine]
    red: NDArray[np.uint8] | None


_SURE = 0.75
"""Confidence of a letter or digit below which it may be another."""

_SURE_SEALED = 0.9
"""The same under a seal, whose lines cross the writing."""

_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9OolISBZ]{15,18}[0-9Xx]?(?![0-9A-Za-z])")
_IDENTITY = 18
_LOST = 10
_SHORT = re.compile(r"(?<![0-9A-Za-z.,-])[0-9]{10}(?![0-9A-Za-z.,-])")
"""A mobile number of which a digit was lost, as one of two alike is easily."""

_BIRTH = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def doubts_of(seen: Seen) -> Iterator[Doubt]:
    """Name each doubt about a picture once."""
    high = _height(seen.lines)
    seals = seals_in(seen.red, high, seen.lines) if seen.red is not None else Seals()
    clear = seen.pixels if seen.red is None else without_red(seen.pixels)
    if any(is_faint(line) or _is_misread(line) for line in seen.lines):
        yield Doubt.FAINT
    if any(map(is_passed_over, seen.lines)) or _is_unread(seen, high, seals):
        yield Doubt.UNREAD
    if seals.people or any(_is_sealed(line, seals) for line in seen.lines):
        yield Doubt.SEAL
    if has_photo(clear, seen.lines):
        yield Doubt.PHOTO
    if has_code(clear):
        yield Doubt.CODE
    if is_crooked(seen.lines):
        yield Doubt.CROOKED


def is_faint(line: ReadLine, least: float = _SURE) -> bool:
    """Tell whether a letter or digit of a line may be another; dots and brackets tell nothing."""
    return any(sign.confidence < least and sign.text.isalnum() for sign in line.signs)


def _is_misread(line: ReadLine) -> bool:
    """Tell whether a number looks like one of a person, but for a digit or its check digit.

    Of a wrong digit the recogniser may be quite sure (GB 11643-1999), and of one that it lost.
    """
    text = "".join(sign.text for sign in line.signs)
    if any(_is_broken(match[0]) for match in _NUMBER.finditer(text)):
        return True
    short = [match[0] for match in _SHORT.finditer(text)]
    return any(map(_lacks_a_digit, short)) or (
        text[:_LOST] in short and checks.mobile(f"1{text[:_LOST]}")
    )


def _is_broken(number: str) -> bool:
    digits = number.upper()
    if len(digits) == _IDENTITY and _BIRTH.match(digits) and digits[:17].isdigit():
        return not checks.id_card(digits)
    # A digit lost or doubled, a letter in the place of one, a birthday that is none.
    return not digits.isdigit() or not (checks.luhn(digits) or checks.uscc(digits))


def _lacks_a_digit(number: str) -> bool:
    """Tell whether a number would be a mobile's if one of its digits were there twice."""
    doubled = (number[:place] + number[place - 1 :] for place in range(1, len(number) + 1))
    return any(map(checks.mobile, doubled))


def _is_sealed(line: ReadLine, seals: Seals) -> bool:
    """Tell whether a line that is not quite sure stands under a seal."""
    box = bounds(line.corners)
    under = any(shared(box, seal) > 0 for seal in seals.offices)
    return under and is_faint(line, _SURE_SEALED)


def _height(lines: Sequence[ReadLine]) -> float:
    """Give the usual height of a line, in pixels."""
    heights = [float(min(line.level.shape[:2])) for line in lines if line.signs]
    return float(np.median(heights)) if heights else 24.0


def _is_unread(seen: Seen, high: float, seals: Seals) -> bool:
    """Tell whether there is writing outside all lines that were read."""
    stamped = (*seals.offices, *seals.people)
    return bool(unread_places(seen.pixels, seen.lines, high, stamped, tilt_of(seen.lines)))
