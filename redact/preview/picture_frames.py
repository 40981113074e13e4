"""Frames around findings in the pictures of an office file, on the pages of draft and output."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from redact.page.glyphs import Box
from redact.page.raster import PdfRaster
from redact.preview.held_pictures import WHOLE
from redact.preview.picture_sight import Lying, PictureSight, mapped
from redact.preview.pictures import MOST_RENDERED, Place, place_in

Shows = Mapping[str, Sequence[tuple[int, Box | None]]]
"""For each part of a package the pictures that it shows, by number, and what of it they are.

None where it is not known how the part is shown.
"""

_NEARLY_ALL, _SOME = 0.9, 0.2
"""Shares of a picture, or of a finding, that are seen."""


@dataclass(slots=True)
class Frames:
    """Hold places by page: those of findings, and those of whole pictures under their numbers."""

    findings: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    pictures: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))


class _Shown(NamedTuple):
    """Hold one picture on one page: what of its part it is, and which share of that is seen.

    Nothing is said of what is seen where it is not certain; then only the frame is known.
    """

    number: int
    lying: Lying
    cut: Box
    frame: Box
    seen: float = 0.0


def picture_frames(
    rendered: PdfRaster,
    twin: PdfRaster,
    parts: Sequence[str],
    shows: Shows,
    marked: Mapping[int, tuple[int, Sequence[Box]]],
) -> Frames:
    """Frame findings where a twin shows their pictures.

    ``parts`` are those of the twin by number; ``marked`` gives for the number of a finding that of
    its picture and its boxes as shares of it. Pages on which the twin has other text than the file
    are not framed. A picture whose place is known but not what is seen of it is framed as a whole.
    """
    frames = Frames()
    by_picture: dict[int, list[tuple[int, Sequence[Box]]]] = defaultdict(list)
    for finding, (number, boxes) in marked.items():
        by_picture[number].append((finding, boxes))
    if len(rendered) != len(twin):
        return frames
    sight = PictureSight(twin)
    for page in range(1, min(len(twin), MOST_RENDERED) + 1):
        lying = sight.on(page)
        if not lying or not _reads_alike(twin, rendered, page):
            continue
        size = rendered.size(page)
        for shown in _shown(sight, page, lying, parts, shows):
            _add(frames.pictures[page], shown.number, shown.frame, size)
            for finding, boxes in by_picture[shown.number]:
                for box in _placed(sight, page, shown, boxes):
                    _add(frames.findings[page], finding, box, size)
    _frame_rest(frames, marked)
    return frames


def _add(places: list[Place], number: int, box: Box, size: tuple[float, float]) -> None:
    place = place_in(number, box, size)
    if place is not None and place not in places:
        places.append(place)


def _frame_rest(frames: Frames, marked: Mapping[int, tuple[int, Sequence[Box]]]) -> None:
    """Frame the whole picture for a finding of which nothing is seen in it."""
    framed = {place.number for places in frames.findings.values() for place in places}
    for finding, (number, _) in marked.items():
        for page, pictures in frames.pictures.items() if finding not in framed else ():
            whole = (place for place in pictures if place.number == number)
            frames.findings[page] += (place._replace(number=finding) for place in whole)


def _shown(
    sight: PictureSight, page: int, lying: Sequence[Lying], parts: Sequence[str], shows: Shows
) -> Iterator[_Shown]:
    """Tell which pictures are seen on a page; 0 is the number of one that nobody has read."""
    for each in lying:
        part = parts[each.number] if each.number < len(parts) else ""
        known = shows.get(part, ())
        made = [
            _Shown(n, each, cut, mapped(each.matrix, cut), sight.seen(page, each, cut))
            for n, cut in known
            if cut is not None
        ]
        # A part that is used in one way only cannot be anything else, however little is seen of it.
        enough = _SOME if len(known) == 1 else _NEARLY_ALL
        if sure := [shown for shown in made if shown.seen >= enough]:
            largest = max(_area(shown.cut) for shown in sure)
            yield from (shown for shown in sure if _area(shown.cut) == largest)
        else:
            for number, _ in known or ((0, None),):
                yield _Shown(number, each, WHOLE, each.frame)


def _placed(sight: PictureSight, page: int, shown: _Shown, boxes: Sequence[Box]) -> Iterator[Box]:
    """Place a finding: its lines, or the whole picture where it is not sure what is seen of it."""
    if not shown.seen:
        yield shown.frame
        return
    for box in boxes:
        part = _within(shown.cut, box)
        if shown.seen >= _NEARLY_ALL or sight.seen(page, shown.lying, part) >= _SOME:
            yield mapped(shown.lying.matrix, part)


def _area(cut: Box) -> float:
    return round((cut.x1 - cut.x0) * (cut.bottom - cut.top), 3)


def _within(cut: Box, box: Box) -> Box:
    """Turn shares of a part of a picture into shares of the whole."""
    wide, high = cut.x1 - cut.x0, cut.bottom - cut.top
    return Box(
        cut.x0 + box.x0 * wide,
        cut.top + box.top * high,
        cut.x0 + box.x1 * wide,
        cut.top + box.bottom * high,
    )


def _reads_alike(twin: PdfRaster, rendered: PdfRaster, page: int) -> bool:
    """Tell whether all text of a twin's page stands at the same places in the file's.

    A drawing that is no pixels may bring text of its own to the file's page.
    """
    sizes = zip(twin.size(page), rendered.size(page), strict=True)
    if any(abs(one - other) > 1 for one, other in sizes):
        return False
    known = {(text, round(box.x0), round(box.top)) for text, box in rendered.characters(page)}
    return all(
        any((text, round(box.x0) + x, round(box.top) + y) in known for x, y in _AROUND)
        for text, box in twin.characters(page)
        if text.strip()
    )


_AROUND = sorted(product((-1, 0, 1), repeat=2), key=lambda step: step != (0, 0))
