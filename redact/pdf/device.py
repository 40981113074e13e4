"""What a page paints, as pdfminer's interpreter calls it out: glyphs as they come, and shapes.

To be imported only where a pdf is read: the libraries are heavy.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import accumulate, repeat
from typing import Any

from pdfminer.layout import LTCurve, LTLine, LTRect
from pdfminer.pdffont import PDFType3Font, PDFUnicodeNotDefined
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import apply_matrix_rect
from pdfplumber.page import ALL_ATTRS, Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF

from redact.page.glyphs import GLYPHLESS, Box, Painted, readable
from redact.pdf.code_ranges import count_codes_anew
from redact.pdf.interpreter import Interpreter
from redact.pdf.openrows import open_ends

_made = tuple.__new__
_Matrix = tuple[float, float, float, float, float, float]

_NO_DESCENT, _USUAL_DESCENT = -0.5, -0.2
"""Ems. A lower one is that of a whole font's deepest sign, as cairo says of Noto's: boxes by it
would lie on the next line."""

_TALLEST = 2.0
"""Ems. Fonts that draw their own glyphs may do so in units of any size, with a size to match."""

_LONG = 4
"""Glyphs of a string from which they are reckoned together."""

_SHAPES = {LTCurve: "curve", LTLine: "line", LTRect: "rect"}


class GlyphPage(Page):
    """Hold a page: its glyphs and their colours, and its shapes and pictures as pdfplumber's."""

    painted: list[Painted]
    colours: set[Any]
    faces: list[tuple[int, Any]]
    """From which glyph on which typeface is used."""
    strings: list[int]
    """The first glyph of each string that is painted in one go."""

    @property
    def layout(self) -> Any:
        """Interpret the page; glyphs are gathered beside the layout, shapes in it."""
        if not hasattr(self, "_layout"):
            device = _GlyphDevice(self.pdf.rsrcmgr, self.page_number)
            device.height = self.height
            Interpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self.painted, self.colours = device.painted, device.colours
            self.faces, self.strings = device.faces, device.strings
            self._layout = device.get_result()
        return self._layout

    def process_object(self, obj: Any) -> dict[str, Any]:
        """Describe an object as pdfplumber does; a shape has no references that are to be resolved.

        Resolving takes several times as long as all the rest.
        """
        kind = _SHAPES.get(type(obj))
        if kind is None:
            described: dict[str, Any] = super().process_object(obj)
            return described
        left, top, high = *self.mediabox[:2], self.height
        upper = top + high
        found = {key: value for key, value in vars(obj).items() if key in ALL_ATTRS}
        found |= {
            "object_type": kind,
            "page_number": self.page_number,
            "pts": [(left + x, upper - y) for x, y in obj.pts],
            "path": [
                (step, *((left + x, upper - y) for x, y in points))
                for step, *points in obj.original_path
            ],
            "dash": obj.dashing_style,
            "top": high - obj.y1 + top,
            "bottom": high - obj.y0 + top,
        }
        found["doctop"] = self.initial_doctop + found["top"]
        if left:
            found["x0"], found["x1"] = found["x0"] + left, found["x1"] + left
        return found

    def find_tables(self, table_settings: Any = None) -> list[Any]:
        """Find ruled tables, with the rows that the page's end leaves open."""
        found = super().find_tables(table_settings)
        if opened := list(open_ends(self, found)):
            found = super().find_tables({"explicit_horizontal_lines": opened})
        return found


def glyph_pages(data: bytes) -> Iterator[GlyphPage]:
    """Interpret the pages of a plain pdf, upright and with their origin at the lower left corner.

    Raises whatever the parsers stumble over, and ``TooLargeInputError``.
    """
    count_codes_anew()
    with PDF.open(BytesIO(data)) as pdf:
        for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
            made = GlyphPage(pdf, page, number)
            _ = made.layout
            yield made
            # A page refers to itself: without this its glyphs stay until the collector runs.
            vars(made).clear()


class _Face:
    """Hold what is asked of a font for every glyph, looked up once."""

    def __init__(self, font: Any) -> None:
        self.font = font
        self.own = str(font.fontname).endswith(GLYPHLESS)
        descent: float = font.get_descent()
        self.em = _drawn_em(font)
        usual = descent > _NO_DESCENT * self.em
        self.descent = descent if usual else _USUAL_DESCENT * self.em
        self.vertical: bool = font.is_vertical()
        self.known: dict[int, tuple[str, float]] = {}

    def sign(self, code: int) -> tuple[str, float]:
        """Give the text of a glyph and its width in text space."""
        known = self.known.get(code)
        if known is None:
            try:
                text = self.font.to_unichr(code)
            except PDFUnicodeNotDefined:
                text = f"(cid:{code})"
            known = self.known[code] = readable(text), self.font.char_width(code)
        return known


def _drawn_em(font: Any) -> float:
    """Tell how tall a line of a font is, in its size: one, but for Type 3 in large units."""
    if not isinstance(font, PDFType3Font):
        return 1.0
    _, low, _, high = font.bbox
    widest = max(font.widths.values(), default=0.0) * font.hscale
    tall = float(max(abs((high - low) * font.vscale), abs(widest)))
    return tall if tall > _TALLEST else 1.0


class _GlyphDevice(PDFPageAggregatorWithMarkedContent):
    """Gather glyphs as plain tuples instead of pdfminer's objects, which cost ten times as much."""

    height = 0.0

    def __init__(self, resources: Any, number: int) -> None:
        super().__init__(resources, pageno=number, laparams=None)
        self.painted: list[Painted] = []
        self.colours: set[Any] = set()
        self.faces: list[tuple[int, Any]] = []
        self.strings: list[int] = []
        self._faces: dict[int, _Face] = {}

    def render_string(self, state: Any, pieces: Any, space: Any, graphics: Any) -> None:
        colour = graphics.ncolor
        self.colours.add(tuple(colour) if isinstance(colour, list) else colour)
        self.strings.append(len(self.painted))
        super().render_string(state, pieces, space, graphics)

    def render_string_horizontal(
        self, pieces: Any, matrix: _Matrix, start: Any, font: Any, size: float, scaling: float,
        spacing: float, word_spacing: float, rise: float, unit: float, *_: Any,
    ) -> tuple[float, float]:  # fmt: skip
        """Do as pdfminer does (ISO 32000, 9.4.4), without a call for each glyph."""
        a, b, c, d, e, f = matrix
        x, y = start
        face, mark = self._face(font), None
        if face.own and isinstance(self.cur_mcid, int):
            mark = str(self.cur_tag), self.cur_mcid
        low = face.descent * size + rise
        high, paint, general = low + face.em * size, self.painted.append, self._painted
        # Level text stands at one height, so that only what runs along is reckoned for each glyph.
        level = not (b or c) and a > 0 and d > 0 and size >= 0
        down = d * y + f
        y0, y1 = d * low + down, d * high + down
        top, bottom, tall = self.height - y1, self.height - y0, y1 - y0
        wide, spaced, known, sign = size * scaling, False, face.known, face.sign
        for piece in pieces:
            if isinstance(piece, int | float):
                x -= piece * unit
                spaced = True
                continue
            if not isinstance(piece, bytes):
                continue
            codes = tuple(font.decode(piece))
            if level and not (spacing or word_spacing) and len(codes) >= _LONG:
                signs = [known.get(code) or sign(code) for code in codes]
                advances = [width * wide for _, width in signs]
                if min(advances) >= 0:
                    texts = [text for text, _ in signs]
                    place = (a, b, c, d, e, down), (top, bottom, tall)
                    x = self._paint_level(texts, advances, x, *place, mark)
                    spaced = True
                    continue
            for code in codes:
                if spaced:
                    x += spacing
                text, width = known.get(code) or sign(code)
                advance = width * wide
                if level and advance >= 0:
                    left = a * x + e
                    # As the classes' own constructors do, which cost a call more.
                    box = _made(Box, (left, top, a * advance + left, bottom))
                    placed = (a, b, c, d, left, down)
                    paint(_made(Painted, (text, advance, placed, box, tall, mark)))
                else:
                    placed = (a, b, c, d, a * x + c * y + e, b * x + d * y + f)
                    paint(general(text, advance, placed, (0, low, advance, high), mark))
                x += advance
                if word_spacing and code == 32:
                    x += word_spacing
                spaced = True
        return x, y

    def _paint_level(
        self, texts: list[str], advances: list[float], x: float, matrix: _Matrix,
        heights: tuple[float, float, float], mark: tuple[str, int] | None,
    ) -> float:  # fmt: skip
        """Paint the glyphs of a level string that nothing spaces, without a step for each."""
        (a, b, c, d, e, down), (top, bottom, tall) = matrix, heights
        *starts, x = accumulate(advances, initial=x)
        lefts = [a * start + e for start in starts]
        rights = [a * width + left for width, left in zip(advances, lefts, strict=True)]
        boxes = map(_made, repeat(Box), zip(lefts, repeat(top), rights, repeat(bottom)))
        placed = zip(*map(repeat, (a, b, c, d)), lefts, repeat(down))
        parts = zip(texts, advances, placed, boxes, repeat(tall), repeat(mark))
        self.painted += map(_made, repeat(Painted), parts)
        return x

    def render_char(
        self, matrix: _Matrix, font: Any, size: float, scaling: float, rise: float, code: int,
        *_: Any,
    ) -> float:  # fmt: skip
        """Take a glyph of a font that writes downwards: its line of writing runs down the page.

        The writer doubts such fonts.
        """
        face = self._face(font)
        text, width = face.sign(code)
        advance = width * size * scaling
        vx, vy = font.char_disp(code)
        vx = size * 0.5 if vx is None else vx * size * 0.001
        low = rise + face.descent * size - vy * size * 0.001
        box = (-vx, low, size - vx, low + size)
        painted = self._painted(text, advance, matrix, box, None)
        a, b, c, d, e, f = matrix
        # Its advance is negative: it runs against what its matrix takes for its line.
        up = (c, d, -a, -b, e, f)
        self.painted.append(painted._replace(matrix=up, size=painted.box.x1 - painted.box.x0))
        return advance

    def _face(self, font: Any) -> _Face:
        face = self._faces.get(id(font))
        if face is None:
            face = self._faces[id(font)] = _Face(font)
        if not self.faces or self.faces[-1][1] is not font:
            self.faces.append((len(self.painted), font))
        return face

    def _painted(
        self,
        text: str,
        advance: float,
        matrix: _Matrix,
        box: tuple[float, float, float, float],
        mark: tuple[str, int] | None,
    ) -> Painted:
        a, b, c, d, e, f = matrix
        if b or c:
            x0, y0, x1, y1 = apply_matrix_rect(matrix, box)
        else:
            x0, y0, x1, y1 = a * box[0] + e, d * box[1] + f, a * box[2] + e, d * box[3] + f
        if x1 < x0:
            x0, x1 = x1, x0
        if y1 < y0:
            y0, y1 = y1, y0
        place = Box(x0, self.height - y1, x1, self.height - y0)
        return Painted(text, advance, matrix, place, y1 - y0, mark)
