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
from redact.ocr.photo import has_photo
from redact.ocr.places import bounds, shared
from redact.ocr.seals import Seals, seals_in
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


DOUBT_NAMES: Mapping[Doubt, str] = {
    Doubt.FAINT: "有看不清的文字或数字",
    Doubt.UNREAD: "有未能识别的笔迹或图形",
    Doubt.SEAL: "有盖住文字的印章或个人名章",
    Doubt.PHOTO: "有照片或色调丰富的画面",
    Doubt.CODE: "有二维码或条形码（请扫码查看其中的内容）",
}


class Seen(NamedTuple):
    """Hold an upright picture as it was read, without its red ink, its lines, and that ink."""

    pixels: Pixels
    lines: Sequence[ReadLine]
    red: NDArray[np.uint8] | None


_SURE = 0.75
"""Confidence of a letter or digit below which it may be another."""

_SURE_SEALED = 0.9
"""The same under a seal, whose lines cross the writing."""

_INK = 60
_LEAST_UNREAD = 3
_PAD = 0.3
_THIN = 0.12
"""Width by height of a line up to which a mark is a piece of a rule."""


_NUMBER = re.compile(r"(?<![0-9A-Za-z])[0-9OolISBZ]{15,18}[0-9Xx]?(?![0-9A-Za-z])")
_IDENTITY = 18
_BIRTH = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def doubts_of(seen: Seen) -> Iterator[Doubt]:
    """Name each doubt about a picture once."""
    high = _height(seen.lines)
    seals = seals_in(seen.red, high, seen.lines) if seen.red is not None else Seals()
    if any(is_faint(line) or _is_misread(line) for line in seen.lines):
        yield Doubt.FAINT
    if _unread(seen, high, seals) or any(map(is_passed_over, seen.lines)):
        yield Doubt.UNREAD
    if seals.people or any(_is_sealed(line, seals) for line in seen.lines):
        yield Doubt.SEAL
    if has_photo(seen.pixels, seen.lines):
        yield Doubt.PHOTO
    if has_code(seen.pixels):
        yield Doubt.CODE


def is_faint(line: ReadLine, least: float = _SURE) -> bool:
    """Tell whether a letter or digit of a line may be another; dots and brackets tell nothing."""
    return any(sign.confidence < least and sign.text.isalnum() for sign in line.signs)


def _is_misread(line: ReadLine) -> bool:
    """Tell whether a number looks like an identity number, but for a digit or its check digit.

    Of a wrong digit the recogniser may be quite sure (GB 11643-1999).
    """
    text = "".join(sign.text for sign in line.signs)
    return any(_is_broken(match[0]) for match in _NUMBER.finditer(text))


def _is_broken(number: str) -> bool:
    digits = number.upper()
    if len(digits) == _IDENTITY and _BIRTH.match(digits) and digits[:17].isdigit():
        return not checks.id_card(digits)
    # A digit lost or doubled, a letter in the place of one, a birthday that is none.
    return not digits.isdigit() or not checks.luhn(digits)


def _is_sealed(line: ReadLine, seals: Seals) -> bool:
    """Tell whether a line that is not quite sure stands under a seal."""
    box = bounds(line.corners)
    under = any(shared(box, seal) > 0 for seal in seals.offices)
    return under and is_faint(line, _SURE_SEALED)


def _height(lines: Sequence[ReadLine]) -> float:
    """Give the usual height of a line, in pixels."""
    heights = [float(min(line.level.shape[:2])) for line in lines if line.signs]
    return float(np.median(heights)) if heights else 24.0


def _unread(seen: Seen, high: float, seals: Seals) -> bool:
    """Tell whether several marks as large as letters stand outside all lines that were read."""
    import cv2

    ink = _ink(seen.pixels)
    if seen.red is not None:
        red = seen.red.copy()
        for box in (*seals.offices, *seals.people):
            red[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)] = 0
        ink |= red
    for line in seen.lines:
        if line.signs:
            centre = line.corners.mean(axis=0)
            reach = np.sign(line.corners - centre) * _PAD * high
            cv2.fillConvexPoly(ink, (line.corners + reach).astype(np.int32), 0)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[1:, 2:4]
    if not len(sides):
        return False
    large = sides.max(axis=1)
    fits = (large > 0.4 * high) & (large < 2.5 * high) & (sides.min(axis=1) > _THIN * high)
    return int(fits.sum()) >= _LEAST_UNREAD


def _ink(pixels: Pixels) -> NDArray[np.uint8]:
    """Mark what is darker or lighter than the paper around it."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(small, 5), (grey.shape[1], grey.shape[0]))
    return (cv2.absdiff(grey, paper) > _INK).astype(np.uint8)
