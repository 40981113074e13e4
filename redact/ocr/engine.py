"""The recogniser: where lines of text are in a picture and what they say."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    """Rows of blue, green and red, as the recogniser wants them."""

    Corners = NDArray[np.float32]
    """Upper left, upper right, lower right and lower left of a line, as its writing stands."""

_NEVER_SCALED = 8_000
"""Longer side of a picture that the recogniser takes as it is: ``find_lines`` scales it."""

_LEAST_READ = [3, 48, 160]
"""Colours, height and least width in pixels of a line as the recogniser reads it.

Half as wide as it proposes: what is filled up costs as much time as writing does. Of four pages
243 values were read as well, in two thirds of the time; without any the rules beside are letters.
"""

_TALL = 1.5
"""Height by width from which the recogniser takes a line for one that is turned."""


_LONG = 3.0
"""Length by height from which a piece shows which way up it is."""


class ReadSign(NamedTuple):
    """Hold a character, how sure it is, and where its middle is along the line (both 0 to 1).

    ``spaced`` tells that a space stands before it.
    """

    text: str
    confidence: float
    middle: float
    spaced: bool = False


class ReadLine(NamedTuple):
    """Hold a recognised line: where it stands, its pixels set level, and its characters."""

    corners: Corners
    level: Pixels
    signs: tuple[ReadSign, ...]


def find_lines(pixels: Pixels, longest: int) -> list[Corners]:
    """Find lines of text, the picture brought down to ``longest`` pixels along its longer side."""
    import cv2

    height, width = pixels.shape[:2]
    scale = min(1.0, longest / max(height, width))
    if scale < 1.0:
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    found = _engine()(pixels, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [np.asarray(box, np.float32) / scale for box in boxes]


def read_lines(pixels: Pixels, places: Sequence[Corners]) -> list[ReadLine]:
    """Read the lines at these places, in their order; one without a character has no signs.

    What seems to stand on its head is read both ways, and the better reading counts: of some lines
    that stand upright the recogniser is sure that they do not.
    """
    if not places:
        return []
    level = _engine().crop_text_regions(pixels, np.asarray(places, np.float32))
    over = [n for n, turned in enumerate(_turned_over(level)) if turned]
    lines = _read(places, level, upside_down=False)
    turned = [_on_its_head(level[n]) for n in over]
    for number, other in zip(
        over, _read([places[n] for n in over], turned, upside_down=True), strict=True
    ):
        if worth(other) > worth(lines[number]):
            lines[number] = other
    return lines


def _read(
    places: Sequence[Corners], level: Sequence[Pixels], *, upside_down: bool
) -> list[ReadLine]:
    if not level:
        return []
    read = _engine().recognize_txt(list(level))
    return [
        ReadLine(_as_written(place, upside_down), piece, tuple(_signs(text, words)))
        for place, piece, text, words in zip(
            places, level, read.txts, read.word_results, strict=True
        )
    ]


def worth(line: ReadLine) -> float:
    """Weigh a reading: many characters of which the recogniser is sure."""
    return sum(max(sign.confidence - 0.5, 0.0) for sign in line.signs)


def upside_down(pixels: Pixels, places: Sequence[Corners]) -> list[bool]:
    """Tell of each line whether it stands on its head, tall ones laid down to the left."""
    return _turned_over(_engine().crop_text_regions(pixels, np.asarray(places, np.float32)))


def _on_its_head(piece: Pixels) -> Pixels:
    return np.ascontiguousarray(np.rot90(piece, 2))


def _turned_over(pieces: Sequence[Pixels]) -> list[bool]:
    """Tell which pieces stand on their head; in short ones nothing can be told for sure."""
    long = [n for n, piece in enumerate(pieces) if piece.shape[1] >= _LONG * piece.shape[0]]
    over = [False] * len(pieces)
    if long:
        engine = _engine()
        _, told = engine.cls_and_rotate([pieces[n] for n in long])
        for number, (label, score) in zip(long, told.cls_res, strict=True):
            over[number] = "180" in label and score > engine.cfg.Cls.cls_thresh
    return over


def _as_written(corners: Corners, upside_down: bool) -> Corners:
    """Begin with the corner at which the writing begins, as the recogniser has turned the line."""
    wide = np.linalg.norm(corners[0] - corners[1])
    high = np.linalg.norm(corners[0] - corners[3])
    turns = int(high >= _TALL * wide) + 2 * upside_down
    return np.roll(corners, -turns, axis=0)


def _signs(text: str, words: Any) -> Iterator[ReadSign]:
    """Place each character by the column of the recogniser's answer in which it was seen."""
    if not text.strip() or not words.line_txt_len:
        return
    columns = iter([column for word in words.word_cols for column in word])
    spaced = False
    for sign, confidence in zip(text, words.confs, strict=True):
        if not sign.isspace():  # a space has a confidence, but no column
            middle = (next(columns) + 0.5) / words.line_txt_len
            yield ReadSign(sign, float(confidence), middle, spaced)
        spaced = sign.isspace()


@cache
def _engine() -> Any:
    """Start the recogniser once in a process; its models come with its package.

    It works in one thread: several threads wait for each other busily, which costs a third more
    processor time, and a machine has other files to work on.
    """
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": 0.0,  # what it is unsure of must be seen, not dropped
            "Global.return_word_box": True,
            "Global.max_side_len": _NEVER_SCALED,
            "Det.limit_type": "max",
            "Det.limit_side_len": _NEVER_SCALED,
            # Each line by itself and no wider than it is: what pads a batch is read as well, and
            # six of 240 signs in one batch took 1.4 GB.
            "Rec.rec_batch_num": 1,
            "Rec.rec_img_shape": _LEAST_READ,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)  # its warnings may quote a text
    return engine
