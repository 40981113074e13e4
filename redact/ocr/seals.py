"""Red ink: taken away to read what stands under a seal, and looked at for seals of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from redact.ocr.engine import ReadLine, read_lines, worth
from redact.ocr.places import bounds
from redact.page.glyphs import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from redact.ocr.engine import Corners, Pixels

_RED = 60
"""Shades by which red ink is redder than it is blue or green."""

_LEAST_RED = 0.0005
_TOUCHED = 0.02
_SEAL_SIDE = 2.5
_NAME_SIDE = 1.2
_SEAL_SHAPE = 0.6
_NAME_SHAPE = 0.75
_FILLED = 0.15
_WITHIN = 0.65


def red_ink(pixels: Pixels) -> NDArray[np.uint8] | None:
    """Mark what is red, None where next to nothing is."""
    import cv2

    others = cv2.max(pixels[:, :, 0], pixels[:, :, 1])
    marked = (cv2.subtract(pixels[:, :, 2], others) > _RED).astype(np.uint8)
    return marked if marked.mean() > _LEAST_RED else None


def without_red(pixels: Pixels) -> Pixels:
    """Show a picture as through red glass: red ink grows as light as the paper."""
    return np.ascontiguousarray(np.repeat(pixels[:, :, 2:3], 3, axis=2))


def read_through(
    pixels: Pixels, clear: Pixels, red: NDArray[np.uint8], places: Sequence[Corners]
) -> list[ReadLine]:
    """Read lines without red ink (``clear``), and those that it touches as they stand, too.

    The better reading of each counts.
    """
    lines = read_lines(clear, places)
    touched = [n for n, place in enumerate(places) if _share(red, bounds(place)) > _TOUCHED]
    plain = read_lines(pixels, [places[n] for n in touched])
    for number, other in zip(touched, plain, strict=True):
        if worth(other) > worth(lines[number]):
            lines[number] = other
    return lines


def _share(mask: NDArray[np.uint8], box: Box) -> float:
    part = mask[_cut(box)]
    return float(part.mean()) if part.size else 0.0


def _cut(box: Box) -> tuple[slice, slice]:
    return (
        slice(max(int(box.top), 0), max(int(box.bottom), 0)),
        slice(max(int(box.x0), 0), max(int(box.x1), 0)),
    )


class Seals(NamedTuple):
    """Hold the places of office seals and those of people's seals."""

    offices: tuple[Box, ...] = ()
    people: tuple[Box, ...] = ()


def seals_in(red: NDArray[np.uint8], height: float, lines: Sequence[ReadLine]) -> Seals:
    """Find seals, ``height`` being that of a line.

    Large red writing, such as the name of the office over a document, is no seal: one line that
    was read holds it from top to bottom.
    """
    offices: list[Box] = []
    people: list[Box] = []
    read = [bounds(line.corners) for line in lines if line.signs]
    for box in _patches(red, height):
        wide, high = box.x1 - box.x0, box.bottom - box.top
        least, shape = min(wide, high), min(wide, high) / max(wide, high)
        if any(_holds(each, box) for each in read):
            continue
        if shape > _NAME_SHAPE and least > _NAME_SIDE * height and _is_square(red, box):
            people.append(box)
        elif shape > _SEAL_SHAPE and least > _SEAL_SIDE * height:
            offices.append(box)
    return Seals(tuple(offices), tuple(people))


def _holds(line: Box, box: Box) -> bool:
    inside = min(line.bottom, box.bottom) - max(line.top, box.top)
    beside = min(line.x1, box.x1) - max(line.x0, box.x0)
    return inside > _WITHIN * (box.bottom - box.top) and beside > _WITHIN * (box.x1 - box.x0)


def _patches(red: NDArray[np.uint8], height: float) -> Iterator[Box]:
    import cv2

    side = max(int(height / 3) | 1, 3)
    closed = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    for left, top, wide, high, _ in stats[1:]:
        box = Box(float(left), float(top), float(left + wide), float(top + high))
        yield box


def _is_square(red: NDArray[np.uint8], box: Box) -> bool:
    """Tell a square from a ring: its ink reaches into the corners of its box."""
    part = red[_cut(box)]
    reach = max(min(part.shape) // 6, 2)
    corners = (
        part[:reach, :reach],
        part[:reach, -reach:],
        part[-reach:, :reach],
        part[-reach:, -reach:],
    )
    return sum(bool(corner.mean() > _FILLED) for corner in corners) >= len(corners) - 1
