"""Glyphs of CFF and Type 1 programs, drawn anew into a CFF program of chosen glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from io import BytesIO
from typing import Any

from redact.page.doubt import DoubtError

_EEXEC_KEY, _CHARSTRING_KEY = 55_665, 4_330
_MATRIX = re.compile(rb"/FontMatrix\s*\[([^\]]{0,200})\]")
_ENCODED = re.compile(rb"dup\s+(\d{1,3})\s*/([^\s/<>\[\](){}%]+)\s+put")
_SUBROUTINE = re.compile(rb"dup\s+(\d{1,5})\s+(\d{1,5})\s+(?:RD|-\||\S{1,8}) ")
_GLYPH = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(\d{1,5})\s+(?:RD|-\||\S{1,8}) ")
_SKIPPED = re.compile(rb"/lenIV\s+(-?\d+)")
_THOUSANDTHS = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)


class Outlines:
    """Hold drawable glyphs by name, in their order in the program.

    ``encoding`` names the glyph of each one-byte code; ``cids`` tells that glyphs are named by
    their character identifiers.
    """

    def __init__(
        self, glyphs: Mapping[str, Any], encoding: Mapping[int, str], *, cids: bool = False
    ) -> None:
        self.glyphs, self.encoding, self.cids = glyphs, encoding, cids
        self.order = list(glyphs)

    def with_glyphs(self, names: Sequence[str]) -> bytes:
        """Build a CFF program of an empty glyph 0 and then these; an unknown one is empty."""
        from fontTools.fontBuilder import FontBuilder
        from fontTools.pens.t2CharStringPen import T2CharStringPen

        order = [".notdef", *(f"g{number}" for number in range(1, len(names) + 1))]
        drawn = {".notdef": T2CharStringPen(None, None).getCharString()}
        for new, name in zip(order[1:], names, strict=True):
            pen = T2CharStringPen(None, None)
            if name in self.glyphs:
                self.glyphs[name].draw(pen)
            drawn[new] = pen.getCharString()
        builder = FontBuilder(1000, isTTF=False)
        builder.setupGlyphOrder(order)
        builder.setupCFF("F", {}, drawn, {})
        return bytes(builder.font["CFF "].compile(builder.font))


def cff_outlines(data: bytes) -> Outlines:
    """Read a bare CFF program."""
    from fontTools.cffLib import CFFFontSet
    from fontTools.encodings.StandardEncoding import StandardEncoding

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(data), None)
    top = fonts[0]
    cids = hasattr(top, "ROS")
    if any(matrix != _THOUSANDTHS for matrix in _matrices(top, top.FDArray if cids else [])):
        raise DoubtError("font with a matrix of its own")
    strings = top.CharStrings
    encoding: dict[int, str] = {}
    if not cids:
        listed = getattr(top, "Encoding", "StandardEncoding")
        names = StandardEncoding if listed == "StandardEncoding" else listed
        encoding = dict(enumerate(names)) if not isinstance(names, str) else {}
    return Outlines({name: strings[name] for name in top.charset}, encoding, cids=cids)


def _matrices(top: Any, parts: Iterable[Any]) -> Iterator[tuple[float, ...]]:
    """Yield by what glyphs are scaled: a part's own matrix and the font's, both where both stand.

    (Adobe Technical Note 5176, section 17: that of a part is concatenated with that of the font.)
    """
    from fontTools.misc.transform import Transform

    whole = top.rawDict.get("FontMatrix")
    inner = [part.rawDict.get("FontMatrix") for part in parts] or [None]
    for matrix in inner:
        given = [Transform(*each) for each in (whole, matrix) if each is not None]
        yield tuple(reduce(Transform.transform, given)) if given else _THOUSANDTHS


def type1_outlines(data: bytes, clear: int) -> Outlines:
    """Read a Type 1 program whose first ``clear`` bytes are not encrypted."""
    from fontTools.encodings.StandardEncoding import StandardEncoding
    from fontTools.misc.eexec import decrypt

    head = data[:clear]
    matrix = _MATRIX.search(head)
    if matrix is None or tuple(map(float, matrix[1].split())) != _THOUSANDTHS:
        raise DoubtError("font with a matrix of its own")
    body, _ = decrypt(data[clear:], _EEXEC_KEY)
    encoding = {int(code): name.decode("latin-1") for code, name in _ENCODED.findall(head)}
    return Outlines(_type1_glyphs(body[4:]), encoding or dict(enumerate(StandardEncoding)))


def _type1_glyphs(body: bytes) -> dict[str, Any]:
    from fontTools.misc.eexec import decrypt
    from fontTools.misc.psCharStrings import T1CharString

    skipped = _SKIPPED.search(body)
    skip = int(skipped[1]) if skipped else 4
    if skip < 0:
        raise DoubtError("font that is not encrypted as usual")
    begin = body.find(b"/CharStrings")
    if begin < 0:
        raise DoubtError("font without glyphs")
    listed = dict(_binaries(body, _SUBROUTINE, body.find(b"/Subrs"), begin))
    plain = {key: decrypt(code, _CHARSTRING_KEY)[0][skip:] for key, code in listed.items()}
    highest = max((int(key) for key in plain), default=-1)
    subroutines: list[Any] = []
    for number in range(highest + 1):
        code = plain.get(str(number), b"\x0b")
        subroutines.append(T1CharString(code, subrs=subroutines))
    return {
        name: T1CharString(decrypt(code, _CHARSTRING_KEY)[0][skip:], subrs=subroutines)
        for name, code in _binaries(body, _GLYPH, begin + len("/CharStrings"), len(body))
    }


def _binaries(
    body: bytes, pattern: re.Pattern[bytes], start: int, end: int
) -> list[tuple[str, bytes]]:
    """List (name, bytes) of each entry; the bytes of one are skipped when the next is sought."""
    found = []
    at = start if start >= 0 else end
    while (match := pattern.search(body, at, end)) is not None:
        at = match.end() + int(match[2])
        found.append((match[1].decode("latin-1"), body[match.end() : at]))
    return found
