"""Codes that machines read: a QR code or bar code may hold what no reader of letters sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from redact.ocr.engine import Pixels

_QUIET = 16
"""Pixels of white around the picture: a code cut to its edge has no quiet zone of its own."""

_FINENESS = (1.0, 0.5, 0.25)
"""Scales at which bars are looked for: they are known by how close they stand."""

_LEAST_SIDE = 40


def has_code(pixels: Pixels) -> bool:
    """Tell whether a QR code or bar code stands in a picture, be it legible or not.

    Where it stands is enough: a telephone's camera reads what a file's pixels do not yield.
    """
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    grey = cv2.copyMakeBorder(
        grey, _QUIET, _QUIET, _QUIET, _QUIET, cv2.BORDER_CONSTANT, value=(255,)
    )
    found, _ = cv2.QRCodeDetectorAruco().detectMulti(np.ascontiguousarray(grey))
    return bool(found) or any(_has_bars(np.asarray(grey), scale) for scale in _FINENESS)


def _has_bars(grey: Pixels, scale: float) -> bool:
    import cv2

    if min(grey.shape) * scale < _LEAST_SIDE:
        return False
    seen = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found, _ = cv2.barcode.BarcodeDetector().detectMulti(seen)
    return bool(found)
