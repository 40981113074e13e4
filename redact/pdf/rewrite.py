"""A pdf built anew from pages whose removed glyphs are gaps and whose fonts have forgotten them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import compress
from typing import TYPE_CHECKING, Any

from redact.page.doubt import DoubtError
from redact.page.gap import Gap
from redact.page.glyphs import UNREADABLE, Box, sides_of
from redact.pdf.codes import OutputFonts
from redact.pdf.content import operators_of
from redact.pdf.glyphless import GlyphlessFont
from redact.pdf.identifier import without_digits
from redact.pdf.likeness import Planned
from redact.pdf.maskfont import MaskFonts
from redact.pdf.masks import SetMask, invisible_text, set_mask, visible_mask
from redact.pdf.reader import PageText
from redact.pdf.shows import LAYER, Content, GapWriter, Shown, StandIn, number, shown_bytes
from redact.pdf.stamp import Stamp, draw, resources

if TYPE_CHECKING:
    import pikepdf

_SKEW = 0.02
_SHADE = "0.85"
_LEAST_HOLE, _INSET = 1.5, 0.1
_NAMED = re.compile(rb"/(\w+) (?:[-\d.]+ Tf|gs)\b")


@dataclass(frozen=True, slots=True)
class _Page:
    size: tuple[float, float]
    content: Content
    covers: tuple[Box, ...]
    gaps: tuple[Gap, ...]
    stamps: tuple[Stamp, ...]


class RewrittenPdf:
    """Gather rewritten pages and build the file from nothing once all are known.

    No document information, no metadata, no identifier: the same input gives the same bytes.
    """

    def __init__(self) -> None:
        self._fonts = OutputFonts()
        self._pages: list[_Page] = []

    def add_page(
        self, source: pikepdf.Page, page: PageText, gaps: Sequence[Gap], stamps: Sequence[Stamp]
    ) -> Planned:
        """Take over a page without the glyphs of ``gaps`` and whatever lies under them.

        Text outside the page goes too; ``stamps`` stand for its pictures. Tells what may look
        otherwise. Raises ``DoubtError``.
        """
        size = page.width, page.height
        writer = GapWriter(self._fonts, page.painted, _removed(page, gaps), gaps, page.height)
        content = writer.write(operators_of(source))
        self._pages.append(_Page(size, content, page.covers, tuple(gaps), tuple(stamps)))
        drawn = any(isinstance(piece, Shown) and piece.font.drawn for piece in content)
        return Planned((*page.covers, *(stamp.box for stamp in stamps)), gaps, drawn)

    def save(self) -> tuple[bytes, bytes]:
        """Write the file, and the same before anything is put over its pages.

        The pages' sources must still be open.
        """
        import pikepdf

        type_, masks = MaskFonts(), dict[int, SetMask | None]()
        for page in self._pages:
            stand_ins = [piece for piece in page.content if isinstance(piece, StandIn)]
            masks |= {id(stand_in): set_mask(stand_in, type_) for stand_in in stand_ins}
        codes = self._fonts.renumbered()
        with pikepdf.new() as pdf:
            layer = GlyphlessFont(pdf)
            fonts, states = self._fonts.resources(pdf)
            fonts |= {f"/{LAYER}": layer.font, **type_.built(pdf)}
            filling, bare = _Filling(masks, layer, codes), list[bytes]()
            contents = list[bytes]()
            for page in self._pages:
                pieces = [_painted(piece, codes) for piece in page.content]
                bare.append(_joined((*(p for p in pieces if isinstance(p, bytes)), b"Q")))
                contents.append(_joined(_filled(page, pieces, filling)))
            layer.finish()
            for page, content in zip(self._pages, contents, strict=True):
                _append(pdf, page, content, fonts, states)
            written = _saved(pdf)
            for made, content in zip(pdf.pages, bare, strict=True):
                made.Contents = pdf.make_stream(content)
            return written, _saved(pdf, packed=False)


@dataclass(frozen=True, slots=True)
class _Filling:
    """Hold what is put into gaps: masks by the identity of their places, and invisible text."""

    masks: Mapping[int, SetMask | None]
    layer: GlyphlessFont
    codes: Mapping[int, Mapping[int, bytes]]


def _saved(pdf: pikepdf.Pdf, *, packed: bool = True) -> bytes:
    import pikepdf

    output, mode = BytesIO(), pikepdf.ObjectStreamMode
    pdf.save(
        output, static_id=True, compress_streams=packed,
        object_stream_mode=mode.generate if packed else mode.disable,
    )  # fmt: skip
    return without_digits(output.getvalue())


def _removed(page: PageText, gaps: Sequence[Gap]) -> set[int]:
    """Number the glyphs that go: those of the gaps, what lies under them, what nobody sees."""
    import numpy as np

    removed = {glyph.order for gap in gaps for glyph in gap.glyphs}
    x0, top, x1, bottom = sides_of(glyph.box for glyph in page.painted)
    seen = (x0 < page.width) & (x1 > 0) & (top < page.height) & (bottom > 0)
    texts = [glyph.text for glyph in compress(page.painted, seen.tolist())]
    if not all(texts) or UNREADABLE in "".join(texts):
        raise DoubtError("glyph that cannot be read")
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    gone = ~seen
    for box in (gap.box for gap in gaps):
        gone |= (box.x0 <= x) & (x < box.x1) & (box.top <= y) & (y < box.bottom)
    return removed | set(np.flatnonzero(gone).tolist())


def _painted(
    piece: bytes | Shown | StandIn, codes: Mapping[int, Mapping[int, bytes]]
) -> bytes | StandIn:
    return shown_bytes(piece, codes[id(piece.font)]) if isinstance(piece, Shown) else piece


def _joined(pieces: Iterable[bytes]) -> bytes:
    return b"\n".join((b"q", *pieces))


def _filled(page: _Page, pieces: Iterable[bytes | StandIn], filling: _Filling) -> Iterator[bytes]:
    """Yield a page's content with its gaps filled, and what is put over it."""
    bars, holes = list[Box](), list[Box]()
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece
        elif mask := filling.masks[id(piece)]:
            yield visible_mask(piece, mask, filling.codes)
            holes += _hole(piece, mask)
        else:
            bars.append(piece.gap.room)
            yield invisible_text(piece, filling.layer) if piece.gap.text else b""
    height = page.size[1]
    yield b"Q"
    yield draw(page.stamps, height)
    yield from (f"q 1 g 0 G 0.5 w {_outline(b, height)} B Q".encode() for b in page.covers)
    yield from (f"q {_SHADE} g {_outline(hole, height)} f Q".encode() for hole in holes)
    yield from (f"q 0 g {_outline(bar, height)} f Q".encode() for bar in bars)


def _hole(stand_in: StandIn, mask: SetMask) -> Iterator[Box]:
    """Give what a mask leaves free of its gap, if that is enough to look like a hole."""
    box = stand_in.gap.room
    em = stand_in.em * (box.x1 - box.x0) / stand_in.wide
    wide = mask.free * em / stand_in.em
    if wide > _LEAST_HOLE * em:
        inset = _INSET * (box.bottom - box.top)
        yield Box(box.x1 - wide + inset, box.top + inset, box.x1 - inset, box.bottom - inset)


def _outline(box: Box, height: float) -> str:
    """Draw a box that is ever so little askew: readers take upright ones for ruled tables."""
    x0, x1, y0, y1 = box.x0, box.x1, height - box.bottom, height - box.top
    corners = ((x0, y0), (x1, y0 - _SKEW), (x1 + _SKEW, y1), (x0 - _SKEW, y1 + _SKEW))
    (first, *others) = (f"{number(x)} {number(y)}" for x, y in corners)
    return " ".join((first, "m", *(f"{other} l" for other in others), "h"))


def _append(
    pdf: pikepdf.Pdf,
    page: _Page,
    content: bytes,
    fonts: Mapping[str, Any],
    states: Mapping[str, Any],
) -> None:
    """Append a page that can reach only the resources which its content names."""
    import pikepdf

    named = {"/" + name.decode() for name in _NAMED.findall(content)}
    # A page of ours whose text is all gone is known by the font that it still declares.
    named |= {f"/{LAYER}"} if page.gaps else set()
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, *page.size],
        Contents=pdf.make_stream(content),
        Resources=pikepdf.Dictionary(
            Font=pikepdf.Dictionary({k: v for k, v in fonts.items() if k in named}),
            ExtGState=pikepdf.Dictionary({k: v for k, v in states.items() if k in named}),
        ),
    )
    if page.stamps:
        made.Resources.XObject = resources(pdf, page.stamps)
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
