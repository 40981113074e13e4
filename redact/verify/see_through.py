"""Tell by the pixels of a picture before and after whether what was painted over can still be seen.

A bar that lets light through, a mosaic and a blur all leave something that goes with what stood
there; a bar of one colour does not, whatever the colour. No recogniser is needed: what people (or
programs that undo a mosaic) could make out is told even where a machine reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from redact.verify.sight import Sight

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.float32]

_LEAST_SHADES = 0.8
"""Standard deviation of shades up to which a place is of one colour."""
_STROKE = 120.0
"""Steepness of shades that only the border of a stroke has."""
_LEAST_STROKES = 40
"""Pixels of such borders below which a place shows nothing."""
_SAME_SHADE = 40.0
_UNTOUCHED = 8.0
_GENUINE = 0.6
"""Share of the strokes in a place that must be the old ones, or it is other writing."""
_GOES_WITH, _GOES_WITH_ALL = 0.5, 0.35
"""Correlation from which one place, and all of a page together, show what stood there.

Bars, labels and masks on them stay below 0.3 and 0.15; a mosaic as coarse as the letters has 0.45.
"""
_SOFTENINGS = (0.0, 1.5, 3.0, 5.0, 8.0)
_KEPT, _GONE = 0.85, 0.15
"""Share of a column's strokes from which it is as it was, and up to which it is gone."""
_BETWEEN, _MOSTLY_BETWEEN = 0.15, 0.5
"""Part of the range of shades that is neither ink nor paper, and the share of it in a mosaic."""
_LEAST_RANGE = 24.0
_HALF_COVERED = 0.3
"""Share of columns that may be half covered, as beside a mask that leaves some digits."""
_OTHER_SHADE = 70.0
_LEAST_SPOT = 6
"""Pixels that an altered place has at least; less is dust and compression."""
_SAME_PICTURE = 0.7
_WIDE = 2.0
"""Width by height of a place in which several characters stood."""
_AS_SHARP = 0.7
_ALIGNED = 0.5
"""Correlation below which two pictures are not the same sheet."""
_MOST_SPOTS = 200


class Area(NamedTuple):
    """Bound a place in pixels, ends exclusive."""

    left: int
    top: int
    right: int
    bottom: int


def sights(
    before: NDArray[np.uint8], after: NDArray[np.uint8], hidden: Sequence[Area]
) -> dict[Sight, int]:
    """Count the places of a page by what is wrong with them; ``hidden`` are those of the original.

    The pictures are rows of grey; one of another fineness is brought to the first one's. What lies
    beside the page is not looked at.
    """
    old, new = _alike_in_size(before, after)
    if new is None or _correlation(_soft(old, 5.0), _soft(new, 5.0)) < _ALIGNED:
        return {Sight.OTHER: 1}
    hidden = [area for area in hidden if _cut(old, area).size]
    painted = [_painted(_cut(old, area), _cut(new, area)) for area in hidden]
    pairs = [pair for pair in painted if pair is not None]
    through = _seen_through(pairs)
    found = {
        Sight.THROUGH: through,
        Sight.VEILED: 0 if through else sum(_is_veil(b) for _, b in pairs),
        Sight.HALF: sum(_half_covered(_cut(old, a), _cut(new, a)) for a in hidden),
        Sight.ALTERED: sum(1 for _ in spots(old, new, hidden)),
    }
    return {kind: number for kind, number in found.items() if number}


class Origin(NamedTuple):
    """Say which of several pictures one comes from, by its place, and what is seen in it."""

    place: int
    sights: dict[Sight, int]


def sights_between(before: Sequence[NDArray[np.uint8]], after: NDArray[np.uint8]) -> Origin | None:
    """Find the picture that ``after`` was made from, and look at the places that were changed.

    None where it comes from none of them.
    """
    likeness = [_likeness(old, after) for old in before]
    if max(likeness, default=0.0) < _SAME_PICTURE:
        return None
    place = likeness.index(max(likeness))
    old, new = _alike_in_size(before[place], after)
    assert new is not None
    changed = list(spots(old, new, ()))
    wide = [area for area in changed if area.right - area.left > _WIDE * (area.bottom - area.top)]
    painted = [_painted(_cut(old, area), _cut(new, area)) for area in wide]
    pairs = [pair for pair in painted if pair is not None and not _is_as_sharp(*pair)]
    through = _seen_through(pairs)
    veiled = 0 if through else sum(_is_veil(b) for _, b in pairs)
    found = {Sight.THROUGH: through, Sight.VEILED: veiled, Sight.ALTERED: len(changed)}
    return Origin(place, {kind: number for kind, number in found.items() if number})


def _likeness(old: NDArray[np.uint8], new: NDArray[np.uint8]) -> float:
    import cv2

    before, after = _alike_in_size(old, new)
    if after is None:
        return 0.0
    small = [cv2.resize(each, (64, 64), interpolation=cv2.INTER_AREA) for each in (before, after)]
    return _correlation(np.asarray(small[0]), np.asarray(small[1]))


def _is_as_sharp(old: Grey, new: Grey) -> bool:
    """Say whether a place is other writing rather than the old under a veil."""
    return bool(_strokes(new).sum() > _AS_SHARP * _strokes(old).sum())


def _alike_in_size(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> tuple[Grey, Grey | None]:
    import cv2

    old = before.astype(np.float32)
    high, wide = old.shape
    if abs(after.shape[0] * wide - after.shape[1] * high) > 0.02 * after.shape[1] * high:
        return old, None
    new = after if after.shape == before.shape else _resized(cv2, after, wide, high)
    return old, new.astype(np.float32)


def _resized(cv2: Any, picture: NDArray[np.uint8], wide: int, high: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(picture, (wide, high), interpolation=cv2.INTER_AREA), np.uint8)


def _seen_through(pairs: Sequence[tuple[Grey, Grey]]) -> int:
    """Count the places whose look goes with what stood there, blurred or not."""
    softened = [[(_levelled(_soft(a, s)), _levelled(b)) for a, b in pairs] for s in _SOFTENINGS]
    if max(map(_correlation_of, softened)) >= _GOES_WITH_ALL:
        return len(pairs)
    best = (
        max(_correlation(*each) for each in of_place) for of_place in zip(*softened, strict=True)
    )
    return sum(each >= _GOES_WITH for each in best)


def _is_veil(new: Grey) -> bool:
    """Say whether a place is mostly of shades between two: a coarse mosaic, a blur, no writing."""
    low, high = (float(shade) for shade in np.percentile(new, (5, 95)))
    edge = _BETWEEN * (high - low)
    between = (new > low + edge) & (new < high - edge)
    return high - low > _LEAST_RANGE and float(between.mean()) > _MOSTLY_BETWEEN


def _painted(old: Grey, new: Grey) -> tuple[Grey, Grey] | None:
    """Give the part of a place that was painted over, unless it is of one colour now.

    Columns left as they were are what a mask keeps: a reader of text judges those. What is as
    sharp as before is other writing, not a veil over the old.
    """
    untouched = np.abs(old - new).max(axis=0) < _UNTOUCHED
    columns = (_kept(old, new) < _KEPT) & ~untouched
    if columns.sum() < old.shape[0] / 2:
        return None
    old, new = old[:, columns], new[:, columns]
    if _levelled(new).std() < _LEAST_SHADES or old.std() < _LEAST_SHADES:
        return None
    return old, new


def _half_covered(old: Grey, new: Grey) -> bool:
    """Say whether strokes of many characters stand out above, below or between what covers them."""
    strokes, left = _strokes(old), _left(old, new)
    if strokes.sum() < _LEAST_STROKES or left.sum() < _GENUINE * _strokes(new).sum():
        return False
    shares = _kept(old, new)[strokes.any(axis=0)]
    return bool(np.mean((shares > _GONE) & (shares < _KEPT)) > _HALF_COVERED)


def _kept(old: Grey, new: Grey) -> NDArray[np.float32]:
    """Give for each column the share of its strokes that stand as they stood; 0 where none did."""
    total = _strokes(old).sum(axis=0).astype(np.float32)
    left = _left(old, new).sum(axis=0).astype(np.float32)
    return np.asarray(np.divide(left, total, out=np.zeros_like(total), where=total > 0))


def _left(old: Grey, new: Grey) -> NDArray[np.bool_]:
    """Find the strokes that are as they were; by chance other writing has a few in one place."""
    alike = np.abs(old - new) < _SAME_SHADE
    return np.asarray(_strokes(old) & _strokes(new) & alike)


def _strokes(picture: Grey) -> NDArray[np.bool_]:
    """Find the upright borders of strokes: the long borders of a bar lie level."""
    import cv2

    return np.asarray(np.abs(cv2.Sobel(picture, cv2.CV_32F, 1, 0)) > _STROKE)


def spots(old: Grey, new: Grey, hidden: Sequence[Area]) -> Iterator[Area]:
    """Yield where two pictures differ beside the places to be hidden, at most so many."""
    import cv2

    kernel = np.ones((3, 3), np.uint8)
    mean_old, mean_new = _soft(old, 0.7), _soft(new, 0.7)
    darker = cv2.erode(old, kernel) - mean_new
    lighter = mean_new - cv2.dilate(old, kernel)
    gone = cv2.erode(new, kernel) - mean_old, mean_old - cv2.dilate(new, kernel)
    differs = np.max([darker, lighter, *gone], axis=0) > _OTHER_SHADE
    for area in hidden:
        around = area.bottom - area.top
        differs[
            max(area.top - around // 2, 0) : area.bottom + around // 2,
            max(area.left - around, 0) : area.right + around,
        ] = False
    joined = cv2.dilate(differs.astype(np.uint8), np.ones((5, 15), np.uint8))
    number, labels, boxes, _ = cv2.connectedComponentsWithStats(joined)
    told = 0
    for label in range(1, number):
        left, top, wide, high, _ = (int(n) for n in boxes[label])
        part = labels[top : top + high, left : left + wide] == label
        if differs[top : top + high, left : left + wide][part].sum() < _LEAST_SPOT:
            continue
        yield Area(left, top, left + wide, top + high)
        told += 1
        if told == _MOST_SPOTS:
            return


def _cut(picture: Grey, area: Area) -> Grey:
    rows = slice(max(area.top, 0), max(area.bottom, 0))
    return picture[rows, max(area.left, 0) : max(area.right, 0)]


def _soft(picture: Grey, sigma: float) -> Grey:
    import cv2

    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma)) if sigma else picture


def _levelled(picture: Grey) -> Grey:
    """Take away what whole rows and columns share: the border of a bar lies along them."""
    rows, columns = picture.mean(axis=1, keepdims=True), picture.mean(axis=0, keepdims=True)
    return np.asarray(picture - rows - columns + picture.mean())


def _correlation(one: Grey, other: Grey) -> float:
    return _correlation_of([(one, other)])


def _correlation_of(pairs: Sequence[tuple[Grey, Grey]]) -> float:
    """Correlate pairs of pictures together, each around its own mean and scaled by its shades."""
    total = shared = 0.0
    for one, other in pairs:
        spread = float(one.std() * other.std())
        if spread:
            shared += float(((one - one.mean()) * (other - other.mean())).sum()) / spread
            total += one.size
    return shared / total if total else 0.0
