"""What machines read in the pictures of drafts, remembered from one step of a case to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

_MOST = 32
"""Files whose readings a process remembers: a case rarely has more with pictures in them."""

ReadingsMap = Mapping[str, Any]
"""Texts of pictures as they cross the border of the sandbox, by the digest of their pixels."""


class Readings:
    """Remember the readings of the drafts that this process saw last, by their bytes.

    They are as personal as the drafts and go with the process; ``pack`` is what a case keeps.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, ReadingsMap] = {}

    def of(self, data: bytes) -> ReadingsMap:
        """Give what is remembered of a file, empty where nothing is."""
        return self._known.get(sha256(data).digest(), {})

    def keep(self, data: bytes, readings: ReadingsMap) -> None:
        """Remember what was read in a file; the oldest gives way."""
        if not readings:
            return
        known = {**self._known, sha256(data).digest(): readings}
        self._known = dict(list(known.items())[-_MOST:])

    def forget(self, data: bytes) -> None:
        """Forget a file: an output is read anew, be it byte for byte the draft."""
        digest = sha256(data).digest()
        self._known = {key: known for key, known in self._known.items() if key != digest}


def pack_readings(readings: ReadingsMap) -> bytes:
    """Write readings as bytes to be kept beside the draft, empty where there are none."""
    if not readings:
        return b""
    return json.dumps(readings, ensure_ascii=False, separators=(",", ":")).encode()


def unpack_readings(data: bytes) -> ReadingsMap:
    """Read back what ``pack_readings`` wrote; what is not that counts as nothing read."""
    try:
        readings = json.loads(data) if data else {}
    except ValueError:
        return {}
    return readings if isinstance(readings, dict) else {}
