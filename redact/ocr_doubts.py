"""What a picture that was read leaves open: faint writing, unread ink, seals, photographs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from redact.ocr_engine import ReadLine

if TYPE_CHECKING:
    from redact.ocr_engine import Pixels


class Doubt(StrEnum):
    """Say why a person must look at a picture although it was read."""

    FAINT = "faint"
    UNREAD = "unread"
    SEAL = "seal"
    PHOTO = "photo"


DOUBT_NAMES: Mapping[Doubt, str] = {
    Doubt.FAINT: "有看不清的文字",
    Doubt.UNREAD: "有未能识别的笔迹或图形",
    Doubt.SEAL: "有印章",
    Doubt.PHOTO: "有照片或色调丰富的画面",
}

_SURE = 0.75
"""Confidence of a character below which it may be another."""

_INK = 60
_LEAST_UNREAD = 3
_PAD = 0.3
_RED = 60
_SEAL_SIDE = 2.5
_SEAL_SHAPE = 0.6
_TILE = 32
_TONES = 0.55
_PHOTO_SHARE = 0.02


def doubts_of(pixels: Pixels, lines: Sequence[ReadLine]) -> Iterator[Doubt]:
    """Name each doubt about a picture once."""
    if any(sign.confidence < _SURE for line in lines for sign in line.signs):
        yield Doubt.FAINT
    if _unread(pixels, lines):
        yield Doubt.UNREAD
    if _has_seal(pixels, lines):
        yield Doubt.SEAL
    if _has_photo(pixels):
        yield Doubt.PHOTO


def _height(lines: Sequence[ReadLine]) -> float:
    """Give the usual height of a line, in pixels."""
    heights = [float(min(line.level.shape[:2])) for line in lines if line.signs]
    return float(np.median(heights)) if heights else 24.0


def _unread(pixels: Pixels, lines: Sequence[ReadLine]) -> bool:
    """Tell whether several marks as large as letters stand outside all lines that were read."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    paper = cv2.medianBlur(cv2.resize(grey, None, fx=0.125, fy=0.125), 5)
    around = cv2.resize(paper, (grey.shape[1], grey.shape[0]))
    ink = (cv2.absdiff(grey, around) > _INK).astype(np.uint8)
    high = _height(lines)
    for line in lines:
        if line.signs:
            pad = _PAD * high
            centre = line.corners.mean(axis=0)
            reach = np.sign(line.corners - centre) * pad
            cv2.fillConvexPoly(ink, (line.corners + reach).astype(np.int32), 0)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[1:, 2:4]
    large = sides.max(axis=1, initial=0, where=np.ones_like(sides, bool)) if len(sides) else sides
    if not len(sides):
        return False
    fits = (large > 0.4 * high) & (large < 2.5 * high) & (sides.min(axis=1) > 2)
    return int(fits.sum()) >= _LEAST_UNREAD


def _has_seal(pixels: Pixels, lines: Sequence[ReadLine]) -> bool:
    """Tell whether something red, large and about as high as wide stands on the picture."""
    import cv2

    blue, green, red = (pixels[:, :, n].astype(np.int16) for n in range(3))
    reddish = ((red - np.maximum(blue, green)) > _RED).astype(np.uint8)
    high = _height(lines)
    side = max(int(high / 3) | 1, 3)
    closed = cv2.morphologyEx(reddish, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    return any(
        min(wide, tall) > _SEAL_SIDE * high and min(wide, tall) > _SEAL_SHAPE * max(wide, tall)
        for _, _, wide, tall, _ in stats[1:]
    )


def _has_photo(pixels: Pixels) -> bool:
    """Tell whether a part of the picture has many tones between ink and paper, as faces have."""
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    rows, columns = grey.shape[0] // _TILE, grey.shape[1] // _TILE
    if not rows or not columns:
        return False
    tiles = grey[: rows * _TILE, : columns * _TILE].reshape(rows, _TILE, columns, _TILE)
    paper = np.percentile(grey, 90)
    between = ((tiles > 40) & (tiles < paper - 30)).mean(axis=(1, 3))
    varied = tiles.std(axis=(1, 3)) > 6
    return bool(((between > _TONES) & varied).mean() > _PHOTO_SHARE)
