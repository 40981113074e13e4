"""Twins of office files: the same but for their pictures, which tell where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redact.ooxml.tree import drop
from redact.package import build_package, open_package, parse_xml, write_xml
from redact.pictures.drawing_size import size_of, unpacked
from redact.pictures.drawings import is_drawing
from redact.pictures.file import is_turned, paper_size
from redact.preview.picture_code import MOST, written

_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
"""What newer programs show in the place of a picture that older ones know."""


class Twin(NamedTuple):
    """Hold a twin, empty where no part gave way; ``parts`` are by number, ``turned`` some of them.

    Programs do not agree on whether they turn a picture that its camera says is turned.
    """

    data: bytes
    parts: tuple[str, ...]
    turned: frozenset[str]


def twin_of(data: bytes, parts: Sequence[str]) -> Twin:
    """Put a picture that tells where it lies in the place of each of these parts.

    Parts beyond ``MOST`` stay as they are. Each is as large as what it takes the place of, so that
    all cuts are the same. Raises ``InputError``.
    """
    package = open_package(data)
    names = {name.casefold(): name for name in package}
    held = {names[p.casefold()]: n for n, p in enumerate(parts[:MOST]) if p.casefold() in names}
    turned = frozenset(parts[n] for name, n in held.items() if _is_turned(package[name]))
    for name, part in package.items():
        if name in held:
            package[name] = written(held[name], size_of(unpacked(part)) or paper_size(part))
        elif b"svgBlip" in part and name.endswith(".xml"):
            package[name] = _without_svg(part)
    return Twin(build_package(package) if held else b"", tuple(parts), turned)


def _is_turned(part: bytes) -> bool:
    return not is_drawing(part) and is_turned(part)


def _without_svg(part: bytes) -> bytes:
    root = parse_xml(part)
    for element in list(root.iter(_SVG)):
        drop(element)
    return write_xml(root)
