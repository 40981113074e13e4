"""Look whether typefaces draw what their maps say: a line of each is read on the page itself.

A map from glyphs to characters that lies, or is just wrong, deceives every reader of a text layer
alike: what such a page shows nobody has reviewed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from redact.ocr.recall import remembered
from redact.page.glyphs import UNREADABLE, Box, Painted, unite
from redact.page.raster import DPI, POINTS_PER_INCH, PdfRaster
from redact.pdf.compare import signs_in
from review.document import Note, Severity

LYING = "pdf_typeface"
"""Code of the note that a page shows another text than it says."""

_LEAST, _MOST = 4, 30
"""Characters of a sample."""

_SAMPLES = 3
"""Samples of a typeface on the page where it is first seen."""

_NEW = 6
"""Glyphs not yet looked at that make a line worth another look."""

_ALIKE = 0.5
"""Share of a sample's characters that must be read again: recognisers misread a few, not half."""

_SAME_LINE, _GAP = 0.3, 1.5
"""How far glyphs of one line may stand apart, down and along, as shares of their size."""

_PAD = 0.2


Face = Any
"""A font as pdfminer holds it."""

_Samples = Mapping[Face, Sequence[Sequence[Painted]]]


@dataclass(slots=True)
class Typefaces:
    """Remember which typefaces were looked at while the pages of one file go by, once.

    ``file`` is its digest: what was seen in one pass over it is remembered for the next. The
    typefaces themselves are held, for of one that is gone another may take the identity.
    """

    file: str
    _known: set[Face] = field(default_factory=set)
    _lying: set[Face] = field(default_factory=set)

    def note(self, page: Any, raster: PdfRaster) -> Note | None:
        """Tell where a page is drawn with a typeface that draws something else (``LYING``)."""
        number = page.page_number
        fresh = dict(_samples(page, self._known))
        self._known |= fresh.keys()
        try:
            self._lying |= set(self._drawn_otherwise(fresh, raster, number))
        except Exception:  # without the recogniser nobody has looked
            message = f"第{number}页的字体没有核对（图片文字识别不可用），请核对页面文字。"
            return Note("pdf_typeface_unseen", message, Severity.PERSON)
        if not self._lying or self._lying.isdisjoint(face for _, face in page.faces):
            return None
        message = f"第{number}页有字体显示的文字与可复制的文字不一致，请改交扫描件或核对页面。"
        return Note(LYING, message, Severity.PERSON)

    def _drawn_otherwise(self, faces: _Samples, raster: PdfRaster, number: int) -> Iterator[Face]:
        """Yield the typefaces of which a sample does not read as it says."""
        samples = [(face, line) for face, each in faces.items() for line in each]
        if not samples:
            return
        lines = [line for _, line in samples]
        key = f"typefaces {self.file} {number}"
        read = remembered(key, lambda: _read(raster, number, lines))
        for (face, line), text in zip(samples, read, strict=True):
            if not _alike(line, text):
                yield face


def _samples(page: Any, known: Set[Face]) -> Iterator[tuple[Face, list[Sequence[Painted]]]]:
    """Yield for each typeface of a page that is not known the pieces of lines to look at."""
    lines: dict[Face, list[Sequence[Painted]]] = {}
    ends = [*page.faces, (len(page.painted), None)]
    for (start, face), (end, _) in pairwise(ends):
        if face not in known:
            lines.setdefault(face, []).extend(_lines(page.painted[start:end]))
    for face, each in lines.items():
        if chosen := _chosen(each):
            yield face, chosen


def _chosen(lines: Sequence[Sequence[Painted]]) -> list[Sequence[Painted]]:
    """Choose the longest line, then those with most glyphs that no line chosen before shows.

    A map may lie about digits alone, which the longest line need not show.
    """
    longest = max(lines, key=len, default=())
    if len(signs_in(_text(longest))) < _LEAST:
        return []
    chosen, seen = [longest], _shown(longest)
    while len(chosen) < _SAMPLES:
        fresh = max(lines, key=lambda line: len(_shown(line) - seen))
        if len(_shown(fresh) - seen) < _NEW or len(signs_in(_text(fresh))) < _NEW:
            break
        chosen.append(fresh)
        seen |= _shown(fresh)
    return chosen


def _shown(line: Sequence[Painted]) -> set[tuple[str, float]]:
    """Tell glyphs apart by their width, too: another may pass for the same character."""
    return {(g.text, round(g.advance / max(g.size, 0.1), 2)) for g in line if g.text.isalnum()}


def _text(line: Sequence[Painted]) -> str:
    return "".join(glyph.text for glyph in line)


def _lines(glyphs: Sequence[Painted]) -> Iterator[Sequence[Painted]]:
    begun = 0
    for number, glyph in enumerate(glyphs):
        if glyph.mark is not None or UNREADABLE in glyph.text:
            yield glyphs[begun:number]
            begun = number + 1
        elif number > begun and (
            number - begun == _MOST or not _follows(glyphs[number - 1], glyph)
        ):
            yield glyphs[begun:number]
            begun = number
    yield glyphs[begun:]


def _follows(last: Painted, glyph: Painted) -> bool:
    level = abs(glyph.box.bottom - last.box.bottom) <= _SAME_LINE * glyph.size
    return level and -_SAME_LINE * glyph.size <= glyph.box.x0 - last.box.x1 <= _GAP * glyph.size


def _read(raster: PdfRaster, number: int, lines: Sequence[Sequence[Painted]]) -> list[str]:
    import numpy as np

    from redact.ocr.engine import read_lines

    scale = DPI / POINTS_PER_INCH
    picture = raster.sight(number, DPI)
    pixels = np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])
    corners = []
    for line in lines:
        box = unite(glyph.box for glyph in line) or Box(0, 0, 0, 0)
        pad = _PAD * line[0].size
        x0, top = max(box.x0 - pad, 0) * scale, max(box.top - pad, 0) * scale
        x1 = min((box.x1 + pad) * scale, picture.width)
        bottom = min((box.bottom + pad) * scale, picture.height)
        corners.append(np.array([[x0, top], [x1, top], [x1, bottom], [x0, bottom]], np.float32))
    return ["".join(sign.text for sign in line.signs) for line in read_lines(pixels, corners)]


def _alike(line: Sequence[Painted], text: str) -> bool:
    told = Counter(signs_in(_text(line)))
    return (told & Counter(signs_in(text))).total() >= _ALIKE * told.total()
