"""Pictures with findings that no page shows framed, each beside what became of it."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256

from redact.package import open_package
from redact.page.glyphs import Box
from redact.pictures.file import encode_picture, on_paper, open_picture, paint_over
from redact.pictures.text import covered_boxes
from redact.preview.held_pictures import HeldPictures
from redact.preview.pdf_pages import size_of
from redact.preview.pictures import Allowance, Mark, PagePair, Place, place_in
from redact.preview.small_picture import scaled
from review.errors import InputError

_WITHIN = re.compile(rb"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=]+)")
_ZIP = b"PK\x03\x04"
_DEEPEST = 2
_UNIT = (1.0, 1.0)


def picture_sheets(
    held: HeldPictures,
    marks: Sequence[Mark],
    framed: Collection[int],
    output: bytes,
    allowance: Allowance,
) -> tuple[PagePair, ...]:
    """Show each picture that holds a finding which is not ``framed`` elsewhere.

    The pair bears the number of the picture, 0 for one of a file within. The other side is empty
    unless the output holds exactly this picture with exactly its findings painted over.
    """
    by_picture: dict[int, list[Place]] = {}
    for finding, (number, boxes) in held.marked(marks).items():
        if finding not in framed:
            found = (place_in(finding, box, _UNIT) for box in boxes)
            by_picture.setdefault(number, []).extend(place for place in found if place)
    made = set(_digests(output)) if by_picture else set()
    shown: list[PagePair] = []
    left = allowance.bytes
    for number, places in by_picture.items():
        pair = _sheet(held, number, marks, tuple(places), made)
        left -= size_of(pair)
        if left < 0 or len(shown) == allowance.pages:
            break
        shown.append(pair)
    return tuple(shown)


def _sheet(
    held: HeldPictures,
    number: int,
    marks: Sequence[Mark],
    places: tuple[Place, ...],
    made: Collection[bytes],
) -> PagePair:
    picture = held.pictures[number]
    painted = paint_over(picture.image, _covers(held, number, marks))
    data = encode_picture(painted, picture.kind)
    is_made = sha256(data).digest() in made
    after = scaled(open_picture(data)) if is_made else None
    told = 0 if held.is_within(number) else number
    before = scaled(on_paper(picture.image, "white"))
    return PagePair(told, before, after, places, places if is_made else ())


def _covers(held: HeldPictures, number: int, marks: Sequence[Mark]) -> list[Box]:
    """Give what a writer paints over in a picture."""
    edited = [mark for mark in marks if mark.edited]
    texts = held.texts.get(number, [])
    for block, text in texts:
        text.cover([(m.start, m.end) for m in edited if m.block == block])
    return covered_boxes([text for _, text in texts])


def _digests(output: bytes, depth: int = 0) -> Iterator[bytes]:
    """Give the digests of the pictures in an output: a web page, a package, those within it."""
    if not output.startswith(_ZIP):
        for found in _WITHIN.finditer(output):
            try:
                yield sha256(b64decode(found[1])).digest()
            except Error:
                continue
        return
    try:
        parts: Mapping[str, bytes] = open_package(output)
    except InputError:
        return
    for part in parts.values():
        if not part.startswith(_ZIP):
            yield sha256(part).digest()
        elif depth < _DEEPEST:
            yield from _digests(part, depth + 1)
