"""Look into pictures for the verifier: decoded and recognised by a route that no writer takes."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.verify.drawn import Drawn, Line, Sign, moved
from redact.verify.views import View, drawn_view

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"IDAT", b"IEND"})
_LEAST_CHUNK = 12
_JPEG_START, _JPEG_END = 0xD8, 0xD9
_JPEG_SCAN = 0xDA
_JPEG_PLAIN = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA})
"""Frames, Huffman and quantisation tables, restart interval and scans (ITU T.81, annex B)."""

_JFIF = 0xE0
_JFIF_LENGTH = 16
"""Length of a JFIF head without a preview picture."""

_ADOBE = 0xEE
_ADOBE_LENGTH = 14

LONGEST = 1_800
"""Pixels of either side up to which a picture is read as fine as it is."""

_LEAST_SIDE = 12
_SURE = 0.8
"""Confidence of a line below which it may stand on its head."""


def seen_in(pictures: Iterable[tuple[str, bytes]]) -> View:
    """Read each picture with its place; raises unless all are legible and hold only pixels."""
    read = []
    for place, data in pictures:
        if not holds_only_pixels(data):
            raise ValueError
        read.append((place, lines_in_picture(data)))
    return drawn_view(read)


def lines_in_picture(data: bytes) -> Drawn:
    """Recognise the lines of a PNG or JPEG file; raises when it cannot."""
    import cv2

    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise ValueError("not a picture")
    return lines_in_pixels(np.asarray(pixels, np.uint8))


def lines_in_pixels(pixels: NDArray[np.uint8]) -> Drawn:
    """Recognise the lines of text in rows of blue, green and red, with their places."""
    import cv2

    high, wide = pixels.shape[:2]
    if min(high, wide) < _LEAST_SIDE:
        return ()
    scale = LONGEST / max(high, wide)
    if scale < 1.0:
        size = max(round(wide * scale), 1), max(round(high * scale), 1)
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        return moved(_lines(pixels), 0, 0, 1 / scale)
    return _lines(pixels)


def _lines(pixels: NDArray[np.uint8]) -> Drawn:
    """Read lines as they lie, and where that is unsure with those turned that seem on their head.

    Of some upright lines the recogniser is sure that they are: the better reading of each counts.
    """
    lying = list(_read(_recogniser()(pixels, use_cls=False)))
    if all(line.score >= _SURE for line in lying):
        return [line.drawn() for line in lying]
    turned = list(_read(_recogniser()(pixels, use_cls=True)))
    known = {line.corners.tobytes(): line.text for line in lying}
    for line in turned:
        line.over = known.get(line.corners.tobytes()) != line.text
    if len(turned) != len(lying):
        return [line.drawn() for line in (*lying, *turned)]
    pairs = zip(lying, turned, strict=True)
    return [(one if one.score >= other.score else other).drawn() for one, other in pairs]


@dataclass(slots=True)
class _ReadLine:
    """Hold what was recognised in a line; ``over`` if it was turned upside down for that."""

    text: str
    score: float
    corners: NDArray[np.float32]
    places: Sequence[tuple[str, float, float]]
    over: bool = False

    def drawn(self) -> Line:
        """Give the signs where they stand: of a line turned over the first was placed last."""
        middle = self.corners.mean(axis=0) * 2
        across = [
            Sign(text, middle[0] - x, middle[1] - y) if self.over else Sign(text, x, y)
            for text, x, y in self.places
        ]
        sides = np.linalg.norm(self.corners[0] - self.corners[[1, 3]], axis=1)
        return Line(tuple(across), float(sides.min()), self.text)


def _read(result: Any) -> Iterator[_ReadLine]:
    """Give each line with the places of its signs; evenly set where the recogniser has none."""
    texts, words = result.txts or (), result.word_results
    known = len(words) == len(texts)
    for number, (text, score) in enumerate(zip(texts, result.scores or (), strict=True)):
        corners = np.asarray(result.boxes[number], np.float32)
        signs = words[number] if known else ()
        placed = [(sign, *np.mean(box, axis=0).tolist()) for sign, _, box in signs]
        yield _ReadLine(text, score, corners, placed or list(_evenly(text, corners)))


def _evenly(text: str, corners: NDArray[np.float32]) -> Iterator[tuple[str, float, float]]:
    begin, end = (corners[0] + corners[3]) / 2, (corners[1] + corners[2]) / 2
    for number, sign in enumerate(text):
        x, y = begin + (end - begin) * (number + 0.5) / len(text)
        yield sign, float(x), float(y)


@cache
def _recogniser() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "Det.limit_type": "max",
            "Det.limit_side_len": LONGEST,
            # Lines read together are made as wide as the widest: six long ones took 1.4 GB.
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def holds_only_pixels(data: bytes) -> bool:
    """Tell a picture file of nothing but pixels from one with metadata, previews or more behind."""
    if data.startswith(_PNG):
        return _png_is_plain(data)
    if data.startswith(bytes((0xFF, _JPEG_START))):
        return _jpeg_is_plain(data)
    return False


def _png_is_plain(data: bytes) -> bool:
    position = len(_PNG)
    last = b""
    while position + _LEAST_CHUNK <= len(data):
        length, last = struct.unpack_from(">I4s", data, position)
        if last not in _PNG_CHUNKS:
            return False
        position += _LEAST_CHUNK + length
        if last == b"IEND":
            break
    return last == b"IEND" and position == len(data)


def _jpeg_is_plain(data: bytes) -> bool:
    end = len(data)
    for marker, length, after in _segments(data):
        if marker == _JPEG_END:
            return after == end
        jfif = marker == _JFIF and length == _JFIF_LENGTH
        adobe = marker == _ADOBE and length == _ADOBE_LENGTH
        if marker not in _JPEG_PLAIN and not jfif and not adobe:
            return False
    return False


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, declared length and the offset behind each segment; stop where it breaks."""
    position = 2
    while position + 2 <= len(data) and data[position] == 0xFF:
        marker = data[position + 1]
        if marker == _JPEG_END:
            yield marker, 0, position + 2
            return
        if position + 4 > len(data):
            return
        (length,) = struct.unpack_from(">H", data, position + 2)
        position += 2 + length
        if marker == _JPEG_SCAN:
            position = _after_scan(data, position)
        yield marker, length, position


def _after_scan(data: bytes, position: int) -> int:
    """Find the next marker behind the coded pixels, where a stuffed or restart byte is none."""
    while (position := data.find(b"\xff", position)) >= 0 and position + 1 < len(data):
        follows = data[position + 1]
        if follows != 0 and not 0xD0 <= follows <= 0xD7:
            return position
        position += 2
    return len(data)
