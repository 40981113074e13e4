"""Whether a picture that was painted over still shows what was to go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from redact.pictures.text import PicturePlace, PictureSign

_LEAST = 2
"""Characters of a stretch that is looked for: a single one may stand anywhere."""


def shows_covered(again: Sequence[PicturePlace], places: Sequence[PicturePlace]) -> bool:
    """Tell whether ``again`` shows more of a stretch that ``places`` cover than they leave.

    All text is one, without a sign between: the second reading may set the borders of paragraphs
    and cells elsewhere, and a stretch that they cut is shown all the same.
    """
    now = _folded(sign for place in again for sign in place.segments)
    kept = _folded(sign for place in places for sign in place.segments if not sign.covered)
    return any(now.count(each) > kept.count(each) for each in _stretches(places))


def _stretches(places: Sequence[PicturePlace]) -> Iterator[str]:
    """Yield what was painted over in one go."""
    for place in places:
        for covered, signs in groupby(place.segments, key=lambda sign: sign.covered):
            text = _folded(signs)
            if covered and len(text) >= _LEAST:
                yield text


def _folded(signs: Iterable[PictureSign]) -> str:
    return "".join("".join(sign.text for sign in signs).split()).casefold()
