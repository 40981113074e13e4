"""The identifier of a written pdf: always the same, and in no digits that could be a value."""

from __future__ import annotations

_FIXED = b"<31415926535897932384626433832795>"
"""What the library writes where the same input is to give the same bytes."""

_OURS = b"<" + b"f" * 32 + b">"
_BOTH = b"/ID [" + _FIXED * 2 + b"]"


def without_digits(written: bytes) -> bytes:
    """Write the identifier of a saved pdf in letters; a removed number may occur in digits."""
    return written.replace(_BOTH, b"/ID [" + _OURS * 2 + b"]")
