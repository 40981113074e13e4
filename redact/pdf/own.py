"""Know a page picture of our own by what binds its text layer to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from redact.page.fold import fold
from redact.page.glyphs import GLYPHLESS

BINDING = "ReviewLayer"
"""Key of a page picture under which stands the digest of its pixels and its text."""

_LETTERS = str.maketrans("0123456789abcdef", "ghijklmnopabcdef")


def binding(picture: bytes, texts: Iterable[str]) -> str:
    """Give the digest that binds a compressed picture and the text under it, in letters only."""
    digest = hashlib.sha256(picture)
    digest.update(fold("".join(texts)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest().translate(_LETTERS)


def is_own_picture(page: Any, texts: Iterable[str]) -> bool:
    """Tell a page that our writer made from one that shows or says anything else besides.

    ``page`` is pdfplumber's. Such a page is not read by machine again: its text layer is what was
    read or known when it was made, and a change of either breaks the binding.
    """
    if len(page.images) != 1 or page.rects or page.lines or page.curves:
        return False
    image = page.images[0]
    wide, high = image["x1"] - image["x0"], image["bottom"] - image["top"]
    fills = abs(wide - page.width) < 1 and abs(high - page.height) < 1
    stream = image["stream"]
    told = getattr(stream.attrs.get(BINDING), "name", "")
    return bool(fills and told == binding(stream.get_rawdata() or b"", texts))


def declares_own_font(page: Any) -> bool:
    """Know a page of our own whose text was removed altogether by the font it still declares."""
    from pdfminer.pdftypes import resolve_all

    fonts = resolve_all(page.page_obj.resources.get("Font")) or {}
    return any(GLYPHLESS in str(font.get("BaseFont")) for font in fonts.values())
