"""Tell by the pixels of a picture before and after whether what was painted over can still be seen.

A bar that lets light through, a mosaic and a blur all leave something that goes with what stood
there; a bar of one colour does not, whatever the colour. No recogniser is needed: what people (or
programs that undo a mosaic) could make out is told even where a machine reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from redact.verify.shades import Area, correlation, cut, resized, soft, strokes
from redact.verify.sight import Sight
from redact.verify.veils import is_half_covered, is_veil, painted, seen_through

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.verify.shades import Grey

_OTHER_SHADE = 70.0
_LEAST_SPOT = 6
"""Pixels that an altered place has at least; less is dust and compression."""
_BLANK = 8.0
"""Shades by which paper with nothing on it may differ on both sides."""
_FREE = 255
_SMALL = 64
"""Pixels of either side at which it is judged which picture another comes from."""
_SAME_PICTURE = 0.7
_WIDE = 2.0
"""Width by height of a place in which several characters stood."""
_AS_SHARP = 0.7
_ALIGNED = 0.5
"""Correlation below which two pictures are not the same sheet."""
_MOST_SPOTS = 200


def sights(
    before: NDArray[np.uint8], after: NDArray[np.uint8], hidden: Sequence[Area]
) -> dict[Sight, int]:
    """Count the places of a page by what is wrong with them; ``hidden`` are those of the original.

    The pictures are rows of grey; one of another fineness is brought to the first one's. What lies
    beside the page is not looked at.
    """
    old, new = _alike_in_size(before, after)
    hidden = [area for area in hidden if cut(old, area).size]
    beside = _beside(old.shape, hidden)
    if new is None or _alike(soft(old, 5.0), soft(new, 5.0), beside) < _ALIGNED:
        return {Sight.OTHER: 1}
    return _counted(old, new, hidden, (), list(spots(old, new, hidden)))


def _counted(
    old: Grey, new: Grey, hidden: Sequence[Area], veiled: Sequence[Area], changed: Sequence[Area]
) -> dict[Sight, int]:
    """Count what shows in places to be hidden and in those that may be ``veiled`` besides."""
    covered = [painted(cut(old, area), cut(new, area)) for area in hidden]
    others = [painted(cut(old, area), cut(new, area)) for area in veiled]
    pairs = [pair for pair in covered if pair is not None]
    pairs += [pair for pair in others if pair is not None and not _is_as_sharp(*pair)]
    through = seen_through(pairs)
    found = {
        Sight.THROUGH: through,
        Sight.VEILED: 0 if through else sum(is_veil(b) for _, b in pairs),
        Sight.HALF: sum(is_half_covered(cut(old, a), cut(new, a)) for a in hidden),
        Sight.ALTERED: len(changed),
    }
    return {kind: number for kind, number in found.items() if number}


class Known(NamedTuple):
    """Hold a picture, what it looks like when it is small, and the places to be hidden in it.

    ``beside`` says where the small one shows nothing of them.
    """

    picture: NDArray[np.uint8]
    small: Grey
    hidden: Sequence[Area]
    beside: NDArray[np.bool_]


def known(picture: NDArray[np.uint8], hidden: Sequence[Area] = ()) -> Known:
    """Make ready, once for many comparisons, to ask which other pictures come from this one."""
    small = resized(picture, _SMALL, _SMALL).astype(np.float32)
    free = _beside(picture.shape, hidden).astype(np.uint8)
    return Known(picture, small, hidden, resized(free * _FREE, _SMALL, _SMALL) == _FREE)


class Origin(NamedTuple):
    """Say which of several pictures one comes from, by its place, and what is seen in it."""

    place: int
    sights: dict[Sight, int]


def sights_between(before: Sequence[Known], after: Known) -> Origin | None:
    """Find the picture that ``after`` was made from, and look at the places that were changed.

    None where it comes from none of them.
    """
    likeness = [_likeness(old, after) for old in before]
    if max(likeness, default=0.0) < _SAME_PICTURE:
        return None
    place = likeness.index(max(likeness))
    hidden = before[place].hidden
    old, new = _alike_in_size(before[place].picture, after.picture)
    assert new is not None
    changed = list(spots(old, new, hidden))
    wide = [area for area in changed if area.right - area.left > _WIDE * (area.bottom - area.top)]
    return Origin(place, _counted(old, new, hidden, wide, changed))


def _likeness(old: Known, new: Known) -> float:
    if not _is_alike_in_shape(old.picture, new.picture):
        return 0.0
    return _alike(old.small, new.small, old.beside)


def _alike(old: Grey, new: Grey, beside: NDArray[np.bool_]) -> float:
    """Correlate what is not to be hidden: bars make a short sheet look like another.

    Where that is blank on both there is nothing to correlate.
    """
    old, new = old[beside], new[beside]
    if not old.size:
        return 0.0
    return 1.0 if np.abs(old - new).max() < _BLANK else correlation([(old, new)])


def _beside(shape: tuple[int, ...], hidden: Sequence[Area]) -> NDArray[np.bool_]:
    """Tell where nothing is to be hidden, nor may be covered with it."""
    beside = np.ones(shape, np.bool_)
    for area in hidden:
        around = area.bottom - area.top
        beside[
            max(area.top - around // 2, 0) : area.bottom + around // 2,
            max(area.left - around, 0) : area.right + around,
        ] = False
    return beside


def _is_as_sharp(old: Grey, new: Grey) -> bool:
    """Say whether a place is other writing rather than the old under a veil."""
    return bool(strokes(new).sum() > _AS_SHARP * strokes(old).sum())


def _is_alike_in_shape(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> bool:
    high, wide = before.shape
    apart = abs(after.shape[0] * wide - after.shape[1] * high)
    return bool(apart <= 0.02 * after.shape[1] * high)


def _alike_in_size(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> tuple[Grey, Grey | None]:
    old = before.astype(np.float32)
    if not _is_alike_in_shape(before, after):
        return old, None
    high, wide = before.shape
    new = after if after.shape == before.shape else resized(after, wide, high)
    return old, new.astype(np.float32)


def spots(old: Grey, new: Grey, hidden: Sequence[Area]) -> Iterator[Area]:
    """Yield where two pictures differ beside the places to be hidden, at most so many."""
    import cv2

    kernel = np.ones((3, 3), np.uint8)
    mean_old, mean_new = soft(old, 0.7), soft(new, 0.7)
    darker = cv2.erode(old, kernel) - mean_new
    lighter = mean_new - cv2.dilate(old, kernel)
    gone = cv2.erode(new, kernel) - mean_old, mean_old - cv2.dilate(new, kernel)
    differs = np.max([darker, lighter, *gone], axis=0) > _OTHER_SHADE
    differs &= _beside(old.shape, hidden)
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
