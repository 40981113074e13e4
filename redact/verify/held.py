"""Read the pictures that a package holds, those of other programs with all they carry, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redact.verify.image import read_image
from redact.verify.pictures import holds_only_pixels, seen_in
from redact.verify.views import UNCHECKED_PART, Kind, Reading, View

_HEADS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
_MOST_FOREIGN = 20
"""Pictures with more than pixels in one package that are read."""
_PREVIEWS = ("docProps/thumbnail", "Thumbnails/")
_PREVIEW = "输出中有文档的预览图（缩略图），请转人工处理。"
"""A preview is too small to be read by machine, and people still make out its lines."""


def is_picture(data: bytes) -> bool:
    """Tell by its first bytes whether a part is a picture of pixels."""
    return data.startswith(_HEADS)


def read_held(parts: Sequence[tuple[str, bytes]]) -> Reading:
    """Read pictures, given by the names of their parts; what lies in them beside pixels is told."""
    told = [_PREVIEW] if any(name.startswith(_PREVIEWS) for name, _ in parts) else []
    named = [(f"图片 {number}", data) for number, (_, data) in enumerate(parts, 1)]
    plain: list[tuple[str, bytes]] = []
    foreign: list[tuple[str, bytes]] = []
    for place, data in named:
        (plain if holds_only_pixels(data) else foreign).append((place, data))
    views: list[View] = []
    try:
        views.append(seen_in(plain))
    except Exception:  # whatever a decoder or recogniser throws, the picture is not proven
        told.append(UNCHECKED_PART)
    for place, data in foreign[:_MOST_FOREIGN]:
        reading = read_image(data)
        views += _within(place, reading)
        seen = any(view.kind is Kind.PAGES for view in reading.views)
        told += reading.complaints if seen else (UNCHECKED_PART,)
    if len(foreign) > _MOST_FOREIGN:
        told.append(UNCHECKED_PART)
    return Reading(tuple(views), tuple(told))


def _within(place: str, reading: Reading) -> Iterator[View]:
    for view in reading.views:
        drawn = tuple((place, lines) for _, lines in view.drawn)
        yield View(view.kind, tuple((place, text) for _, text in view.texts), drawn)
