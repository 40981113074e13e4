"""What was read in the pictures of one draft, so that no later step reads the same pixels again.

Reading a dense page takes some ten seconds of a processor, and a draft is read to be judged, to be
written and to be shown. What proves an output reads ``afresh``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from redact.page.glyphs import Box, Glyph

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from PIL.Image import Image

    from redact.ocr.recognise import PictureText

Packed = list[Any]
"""What was read, as JSON types; a text is width, height, glyphs, doubts."""

_KIND = "2"
"""Names how texts are packed: what another version packed is read again."""

_current: ContextVar[dict[str, Packed] | None] = ContextVar("readings", default=None)


@contextmanager
def recalling(known: Mapping[str, Packed] | None) -> Iterator[dict[str, Packed]]:
    """Let pictures be recalled from ``known``, and give it with all that is read besides."""
    readings = dict(known or {})
    token = _current.set(None if known is None else readings)
    try:
        yield readings
    finally:
        _current.reset(token)


def afresh() -> AbstractContextManager[object]:
    """Let every picture be read by the recogniser, whatever is remembered."""
    return recalling(None)


def recall(picture: Image) -> PictureText:
    """Give the text of a picture, read only where it is not remembered; raises as reading does."""
    from redact.ocr.recognise import read_picture

    if _current.get() is None:
        return read_picture(picture)
    named = f"{_KIND} {picture.mode} {picture.size}".encode()
    digest = sha256(named + picture.tobytes()).hexdigest()
    return _unpack(remembered(digest, lambda: _pack(read_picture(picture))))


def remembered(key: str, look: Callable[[], Packed]) -> Packed:
    """Give what was seen under this key; ``look`` sees it the first time, and may raise."""
    readings = _current.get()
    if readings is None:
        return look()
    if key not in readings:
        readings[key] = look()
    return readings[key]


def _pack(read: PictureText) -> Packed:
    glyphs = [[g.text, *g.box, g.start, g.end, g.across, g.size, g.angle] for g in read.glyphs]
    return [read.width, read.height, glyphs, sorted(read.doubts)]


def _unpack(packed: Packed) -> PictureText:
    from redact.ocr.doubts import Doubt
    from redact.ocr.recognise import PictureText

    width, height, rows, doubts = packed
    glyphs = (Glyph(text, Box(*places[:4]), *places[4:]) for text, *places in rows)
    return PictureText(width, height, tuple(glyphs), frozenset(map(Doubt, doubts)))
