"""What is left of a text where readers of one page are compared."""

from __future__ import annotations

import unicodedata

from redact.page.radicals import without_radicals


def fold(text: str) -> str:
    """Fold compatibility forms, radicals, case and white space, so that readers can be compared.

    Small capitals are a case of their own: one reader names the letter drawn, another the glyph.
    """
    folded = unicodedata.normalize("NFKC", without_radicals(text)).casefold()
    return "".join(folded.split())
