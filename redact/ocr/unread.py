"""Ink that no line which was read accounts for, where it may be writing.

The recogniser loses lines without a word: small ones among large, faint, struck through, framed,
light on dark. What stands together as letters do is noticed here whatever the recogniser says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.page.glyphs import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.ocr.engine import Corners, Pixels, ReadLine

    Mask = NDArray[np.uint8]

_INK = 40
"""Shades, of 255, by which ink is off the paper around it in one colour at least."""

_NOISE = 5.0
"""How many times more than the grain of a picture ink is off its paper."""

_USUAL = 38.0
"""Pixels to which lines are brought down: finer than this, nothing more is seen of them."""

_WINDOWS = (1.5, 4.0)
"""Heights of a line within which most is paper: of a band of colour, and of large letters."""

_FINE, _SAMPLE = 30, 8
"""Pixels of such a window that are looked at, and rows of which one tells the grain."""

_PAD = 0.3
"""Share of its height by which writing reaches beyond its line."""

_RULE = 3.0
"""Length from which a straight stroke is a rule, by the height of a line."""

_LEAST, _LEAST_SHARE, _MOST = 5, 0.15, 5.0
"""Least side of a letter in pixels, by the height of a line, and the most."""

_THIN, _DASH, _SOLID = 0.15, 0.45, 0.9
"""Width by the height of a line, and by its own length, up to which a mark is a dash, and filling
from which it is a dot or a bar."""

_ALIKE, _NEAR, _TOGETHER = 0.4, 2.0, 3
"""Letters are of like size, no further apart than twice that, and not fewer than three."""

_SAME, _CLOSE = 0.6, 0.7
"""The same for a character that a line lost at its end."""

_AIR = 0.25
"""Share of the height of a line that is no writing."""

_BARE = 0.25
"""Length of a border without an edge, by half the way around a mark, from which it is no letter."""

_REDDISH, _BESIDE = 30, 3
"""Shades by which a seal's ink is redder than blue or green, and pixels that it may stand out."""

_JOINED = 3.0
"""Length by height from which one mark is several letters that touch."""

_TOO_MANY = 10_000
"""Marks of letters' size beside all lines from which none is looked at: such a page is a doubt."""

_AT_ONCE = 64
"""Marks that are compared with others at once, to keep the memory for it small."""


def unread_places(
    pixels: Pixels,
    lines: Sequence[ReadLine],
    height: float,
    seals: Iterable[Box] = (),
    tilt: float = 0.0,
) -> list[Box]:
    """Give the places of marks that stand together as letters do outside all ``lines`` with text.

    ``height`` is that of a usual line in pixels, ``tilt`` that of the page in degrees; red ink
    within ``seals`` is a seal's own.
    """
    import cv2

    scale = min(1.0, _USUAL / height)
    if scale < 1.0:
        pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    high = height * scale
    read = [line.corners * np.float32(scale) for line in lines if line.signs]
    free = _free(pixels, read, high)
    through = _through_red(pixels, [_scaled(box, scale) for box in seals])
    ends = np.array([end for corners in read for end in _ends(corners)]).reshape(-1, 4)
    marks: list[Box] = []
    for ink, bare in _inks(through, high):
        marks += _letters(_without_rules(ink & free, high, tilt), bare, high, ends)
    return [_scaled(mark, 1 / scale) for mark in marks]


def _scaled(box: Box, scale: float) -> Box:
    return Box(box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale)


def _free(pixels: Pixels, read: Iterable[Corners], high: float) -> Mask:
    """Mark what no line with text holds."""
    import cv2

    free = np.ones(pixels.shape[:2], np.uint8)
    for corners in read:
        reach = np.sign(corners - corners.mean(axis=0)) * _PAD * high
        cv2.fillConvexPoly(free, (corners + reach).astype(np.int32), 0)
    return free


def _ends(corners: Corners) -> Iterator[NDArray[np.float32]]:
    """Give the places of the first and last character of a line, as marks are given."""
    along, down = corners[1] - corners[0], corners[3] - corners[0]
    high = float(np.hypot(*down))
    side = along * np.float32(min(high / max(float(np.hypot(*along)), 1.0), 1.0))
    for one in (corners[0], corners[1] - side):
        begin = np.minimum(one, one + side + down) + high * _AIR / 2
        yield np.concatenate((begin, np.abs(side + down) - high * _AIR))


def _through_red(pixels: Pixels, seals: Iterable[Box]) -> Pixels:
    """Show what stands under seals as through red glass, their own ink as paper."""
    import cv2

    clear = pixels.copy()
    for box in seals:
        rows, columns = (
            slice(max(int(low) - _BESIDE, 0), int(high) + _BESIDE + 1)
            for low, high in ((box.top, box.bottom), (box.x0, box.x1))
        )
        blue, green, red = cv2.split(pixels[rows, columns])
        own = (cv2.subtract(red, cv2.max(blue, green)) > _REDDISH).astype(np.uint8)
        shown = red.copy()
        shown[cv2.dilate(own, np.ones((3, 3), np.uint8)) > 0] = np.median(red)
        clear[rows, columns] = shown[:, :, None]
    return clear


def _inks(pixels: Pixels, high: float) -> Iterator[tuple[Mask, Mask]]:
    """Mark what is off the paper around it, be it darker, lighter or of another colour.

    With it comes where it ends without an edge, as a corner of a large area does.
    """
    import cv2

    smooth = cv2.GaussianBlur(pixels, (3, 3), 0)
    grain = float(np.median(cv2.absdiff(pixels, smooth)[::_SAMPLE]))
    least = max(_INK, _NOISE * grain)
    nine = np.ones((3, 3), np.uint8)
    edges = _strongest(cv2.morphologyEx(smooth, cv2.MORPH_GRADIENT, nine)) > least / 2
    for share in _WINDOWS:
        window = share * high
        finer = 1 / max(round(window / _FINE), 1)
        small = cv2.resize(smooth, None, fx=finer, fy=finer, interpolation=cv2.INTER_NEAREST)
        paper = cv2.medianBlur(small, max(round(window * finer) | 1, 3))
        paper = cv2.resize(paper, (pixels.shape[1], pixels.shape[0]))
        ink = (_strongest(cv2.absdiff(smooth, paper)) > least).astype(np.uint8)
        yield ink, ((ink > cv2.erode(ink, nine)) & ~edges).astype(np.uint8)


def _strongest(pixels: NDArray[Any]) -> Mask:
    import cv2

    blue, green, red = cv2.split(pixels)
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8)


def _without_rules(ink: Mask, high: float, tilt: float) -> Mask:
    """Take long straight strokes away: they join letters that they underline, strike or frame."""
    import cv2

    long = max(round(_RULE * high), 3)
    rise = round(long * float(np.tan(np.radians(tilt))))
    across = np.zeros((abs(rise) + 1, long), np.uint8)
    cv2.line(across, (0, max(-rise, 0)), (long - 1, max(rise, 0)), 1)
    left = ink.copy()
    for kernel in (across, np.ascontiguousarray(np.rot90(across))):
        rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel)
        left[cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0] = 0
    return left


def _letters(ink: Mask, bare: Mask, high: float, ends: NDArray[np.float32]) -> Iterator[Box]:
    """Yield marks as large as letters of any size that have others of their like beside them.

    At the end of a line that was read, one alone may be a character that the line lost.
    """
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sides = stats[:, 2:4]
    large, small = sides.max(axis=1), sides.min(axis=1)
    fits = (large > max(_LEAST, _LEAST_SHARE * high)) & (small > 1)
    fits &= (small < _MOST * high) & ((small > _THIN * high) | (small > _DASH * large))
    fits &= stats[:, 4] < _SOLID * sides[:, 0] * sides[:, 1]
    fits &= np.bincount(labels[bare > 0], minlength=len(stats)) < _BARE * sides.sum(axis=1)
    fits[0] = False
    joined = fits & (large > _JOINED * small)
    for number in np.flatnonzero(joined):
        box = _box(stats[number])
        if _is_joined(labels[_cut(box)] == number):
            yield box
    marks = stats[fits & ~joined & (large < _MOST * high)]
    if len(marks) > _TOO_MANY:
        yield from map(_box, marks)
        return
    lost = _count_near(marks, ends, _CLOSE, _SAME) > 0
    for mark in marks[(_count_near(marks, marks, _NEAR, _ALIKE) >= _TOGETHER) | lost]:
        yield _box(mark)


def _box(mark: NDArray[np.int32]) -> Box:
    x, y, wide, high = (float(each) for each in mark[:4])
    return Box(x, y, x + wide, y + high)


def _cut(box: Box) -> tuple[slice, slice]:
    return slice(int(box.top), int(box.bottom)), slice(int(box.x0), int(box.x1))


def _count_near(
    marks: NDArray[Any], others: NDArray[Any], apart: float, alike: float
) -> NDArray[np.int64]:
    """Count for each mark the others of its size that stand near it in its row or column.

    Only those at its height are compared, some marks at once: memory grows with their number.
    """
    others = others[np.argsort(others[:, 1])]
    tops, largest = others[:, 1], marks[:, 2:4].max(axis=1) / alike
    order, counts = np.argsort(marks[:, 1]), np.zeros(len(marks), np.int64)
    for start in range(0, len(marks), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        reach = float((largest[some] * (1 + apart)).max())
        top, bottom = marks[some, 1].min(), (marks[some, 1] + marks[some, 3]).max()
        low, high = np.searchsorted(tops, (top - reach, bottom + reach))
        counts[some] = _near(marks[some], others[low:high], apart, alike).sum(axis=1)
    return counts


def _near(
    marks: NDArray[Any], others: NDArray[Any], apart: float, alike: float
) -> NDArray[np.bool_]:
    """Tell of each mark which others of its size stand near it in its row or column."""
    begin, side = marks[:, None, :2].astype(float), marks[:, None, 2:4].astype(float)
    start, length = others[None, :, :2].astype(float), others[None, :, 2:4].astype(float)
    size, large = side.max(axis=2), length.max(axis=2)
    gaps = np.maximum(begin, start) - np.minimum(begin + side, start + length)
    larger = np.maximum(size, large)
    same = np.minimum(size, large) > alike * larger
    return np.asarray(same & (gaps.max(axis=2) < apart * larger) & (gaps.min(axis=2) < 0))


def _is_joined(mark: NDArray[np.bool_]) -> bool:
    """Tell letters that touch from a stroke or curve: along their middle they are cut often."""
    high, wide = mark.shape
    middle = mark if wide > high else mark.T
    rows = middle[len(middle) // 4 : max(3 * len(middle) // 4, len(middle) // 4 + 1)]
    cuts = np.abs(np.diff(rows.astype(np.int8), axis=1)).sum(axis=1)
    return bool(np.median(cuts) >= 2 * _TOGETHER)
