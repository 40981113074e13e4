"""Pages as pictures: rendered by pdfium, what must not be seen painted over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from redact.page.gap import Gap
from redact.page.glyphs import Box, Glyph, is_level
from redact.page.mask_picture import Outline, Sign, paint
from redact.page.open_pdf import OpenPdf
from redact.page.page_picture import Picture, bitonal, compressed
from review.errors import TooLargeInputError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.Image import Image

    Grey = NDArray[np.uint8]
    Shades = NDArray[np.uint8]
    """Rows of pixels of four bytes: red, green, blue and one without meaning."""

DPI = 200
MAX_PIXELS = 40_000_000
"""Pixels of one page; a larger page is rendered more coarsely."""

LEAST_DPI = 72

POINTS_PER_INCH = 72
_PATH = 2
"""Number of the paths among pdfium's kinds of objects."""

_BLANK_DPI = 36
_WHITE = 255
INK_DPI = 100
"""Resolution at which ink is compared with the text that should have left it."""

_INK_BELOW = 200
_OTHER_INK = 64
_FEW = 0.3
_DEPTH = 15
_OPAQUE_WHITE = 0xFFFFFFFF
_FOUR_BYTES = {"prefer_bgrx": True, "rev_byteorder": True}


class PdfRaster(OpenPdf):
    """Render and read the pages of a plain pdf by pdfium; pages count from 1."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self._last: tuple[tuple[Any, ...], Any] | None = None

    def is_blank(self, number: int) -> bool:
        """Tell whether a page shows nothing but white."""
        return self._render(number, _BLANK_DPI).getextrema() == (_WHITE, _WHITE)

    def picture(
        self, number: int, covers: list[Box], gaps: Iterable[Gap], black_and_white: bool
    ) -> Picture:
        """Render a page with ``covers`` painted white in a frame and ``gaps`` over with masks."""
        from PIL import ImageDraw

        image = self._render(number, DPI, "L" if black_and_white else "RGB")
        page_width = self._page(number).get_width()
        scale = image.width / page_width
        pen = ImageDraw.Draw(image)
        for box in covers:
            pen.rectangle(pixels(box, scale), fill="white", outline="black")
        for gap in gaps:
            paint(image, _sign(gap, scale))
        return bitonal(image) if black_and_white else compressed(image)

    def share_seen(self, number: int, boxes: Sequence[Box]) -> float:
        """Give the share of glyphs at these places whose own ink the page shows.

        Text may be invisible, white, or under a picture; then the ink is of something else.
        """
        bare = self._without_pictures(number)
        if bare is None or not boxes:
            return 0.0
        whole = self.sight(number, INK_DPI)
        scale = whole.width / self._page(number).get_width()
        seen = sum(_same_ink(bare, whole, pixels(box, scale)) for box in boxes)
        return seen / len(boxes)

    def is_plain(self, number: int, boxes: Sequence[Box]) -> bool:
        """Tell whether a page without its pictures shows a plain ground at each of these places."""
        bare = self._without_pictures(number)
        if bare is None:
            return False
        scale = bare.width / self._page(number).get_width()
        parts = (bare.crop(pixels(box, scale)) for box in boxes)
        return all(len(part.getcolors(2) or "many") == 1 for part in parts)

    def _without_pictures(self, number: int) -> Image | None:
        """Give a page as it looks without its pictures; None where they cannot be taken off."""
        from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

        page = self._loaded(number)
        found = list(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH))
        if any(each.level for each in found):
            page.close()
            return None
        for each in found:
            page.remove_obj(each)
        bitmap = page.render(
            scale=INK_DPI / POINTS_PER_INCH, may_draw_forms=False, draw_annots=False
        )
        image: Image = bitmap.to_pil().convert("RGB")
        page.close()
        return image

    def pictures(self, number: int) -> Iterator[tuple[Shades, tuple[float, ...]]]:
        """Give the pixels of each picture of a page (red, green, blue), before anything is done to
        them, and the six numbers that lead from their square to the page, origin below.

        Pictures that are too large or cannot be decoded are left out.
        """
        from pypdfium2 import PdfiumError, PdfMatrix
        from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

        objects = self._page(number).get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH)
        for each in objects:
            matrix, outer = PdfMatrix(*each.get_matrix().get()), each.container
            while outer is not None:
                matrix, outer = matrix.multiply(outer.get_matrix()), outer.container
            wide, high = each.get_px_size()
            if wide * high > MAX_PIXELS:
                continue
            with suppress(PdfiumError):
                image = each.get_bitmap().to_pil().convert("RGB")
                yield np.asarray(image), matrix.get()

    def sight(self, number: int, dpi: float) -> Image:
        """Give a page in colour as it looks."""
        return self._render(number, dpi, "RGB")

    def on_nothing(self, number: int, dpi: float) -> Image:
        """Give a page in colour with opacity (RGBA): clear where nothing is drawn on its paper.

        The paper is a white area of the page's size that some programs paint first.
        """
        page = self._loaded(number)
        first = next(iter(page.get_objects(max_depth=1)), None)
        if first is not None and first.type == _PATH:
            left, bottom, right, top = first.get_bounds()
            wide, high = page.get_size()
            whole = left < 1 and bottom < 1 and right > wide - 1 and top > high - 1
            if whole and _fill(first) == (_WHITE, _WHITE, _WHITE):
                page.remove_obj(first)
        image: Image = page.render(
            scale=self._fitting(page, dpi) / POINTS_PER_INCH, may_draw_forms=False,
            draw_annots=False, fill_color=(255, 255, 255, 0),
        ).to_pil().convert("RGBA")  # fmt: skip
        page.close()
        return image

    def scale(self, number: int, dpi: float) -> float:
        """Give how many pixels a point has; raises ``TooLargeInputError`` as rendering does."""
        return self._fitting(self._page(number), dpi) / POINTS_PER_INCH

    def grey(self, number: int, dpi: float) -> Grey:
        """Give the brightness of a page's pixels, row by row, uncopied as ``shades`` are.

        Letters stand on whole pixels here, unlike in colour: half a pixel beside where they belong.
        """
        found: Grey = self._reused(number, dpi, grayscale=True)
        return found

    def shades(self, number: int, dpi: float) -> Shades:
        """Give a page in colour as it was rendered, each pixel in four bytes, uncopied.

        It is good until the next is asked for, and may be written over: both share their memory.
        """
        found: Shades = self._reused(number, dpi, **_FOUR_BYTES)
        return found

    def _reused(self, number: int, dpi: float, **kind: Any) -> Any:
        return self._page(number).render(
            scale=self.scale(number, dpi), may_draw_forms=False, draw_annots=False,
            bitmap_maker=self._bitmap, **kind,
        ).to_numpy()  # fmt: skip

    def band(self, number: int, dpi: float, top: int, bottom: int) -> Shades:
        """Give of ``shades`` the rows from ``top`` to ``bottom``, without rendering the rest.

        Bands go from side to side: letters cut at the left are not drawn as they are in the whole.
        """
        import pypdfium2
        from pypdfium2 import raw

        page, scale = self._page(number), self.scale(number, dpi)
        wide, high = ceil(page.get_width() * scale), ceil(page.get_height() * scale)
        tall = min(bottom, high) - top
        if tall <= 0:
            return np.empty((0, wide, 4), np.uint8)
        # As the library's own ``render``, whose calls and options cost as much as a band.
        bitmap = pypdfium2.PdfBitmap.new_native(wide, tall, raw.FPDFBitmap_BGRx, rev_byteorder=True)
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, tall, _OPAQUE_WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, -top, wide, high, 0, raw.FPDF_REVERSE_BYTE_ORDER)
        found: Shades = bitmap.to_numpy()
        return found

    def _render(self, number: int, dpi: float, mode: str = "L") -> Image:
        page = self._page(number)
        bitmap = page.render(
            scale=self._fitting(page, dpi) / POINTS_PER_INCH,
            grayscale=mode == "L",
            may_draw_forms=False,
            draw_annots=False,
        )
        image: Image = bitmap.to_pil().convert(mode)
        return image

    def _bitmap(self, width: int, height: int, **kind: Any) -> Any:
        """Make a bitmap, or hand out the last one again where it is of the same size and kind."""
        from pypdfium2 import PdfBitmap

        last, asked = self._last, (width, height, *kind.values())
        if last is None or last[0] != asked:
            last = self._last = asked, PdfBitmap.new_native(width, height, **kind)
        return last[1]

    @staticmethod
    def _fitting(page: Any, dpi: float) -> float:
        """Lower the resolution of a large page; raises ``TooLargeInputError`` where that fails."""
        inches = page.get_width() * page.get_height() / POINTS_PER_INCH**2
        fitting: float = min(dpi, (MAX_PIXELS / inches) ** 0.5)
        if fitting < min(dpi, LEAST_DPI):
            raise TooLargeInputError("PDF 页面尺寸过大，请缩小页面后重新导出。")
        return fitting


def _fill(path: Any) -> tuple[int, int, int]:
    """Give the colour that fills a path."""
    from ctypes import c_uint

    from pypdfium2 import raw

    red, green, blue, opacity = c_uint(), c_uint(), c_uint(), c_uint()
    raw.FPDFPageObj_GetFillColor(path.raw, red, green, blue, opacity)
    return red.value, green.value, blue.value


def _sign(gap: Gap, scale: float) -> Sign:
    box, em = gap.box, gap.glyphs[0].size
    # Ink fills its box and stands in its middle; what fonts declare lies on the line of writing.
    below = (box.top + box.bottom + em) / 2 if gap.inked else box.bottom
    place = (box.x0 * scale, (below - em) * scale, box.x1 * scale, below * scale)
    text = "" if gap.glyphs[0].angle else gap.text
    if gap.inked and not is_level(glyph.box for glyph in gap.glyphs):
        return Sign(_outline(gap.glyphs, scale), place, text, em)
    x0, y0, x1, y1 = pixels(gap.surroundings, scale)
    return Sign(((x0, y0), (x1, y0), (x1, y1), (x0, y1)), place, text, em)


def _outline(glyphs: Iterable[Glyph], scale: float) -> Outline:
    """Give the corners of the smallest shape without dents around glyphs of a tilted line."""
    import cv2

    boxes = [pixels(glyph.box, scale) for glyph in glyphs]
    corners = [(x, y) for x0, y0, x1, y1 in boxes for x in (x0, x1) for y in (y0, y1)]
    hull = cv2.convexHull(np.array(corners, np.int32))
    return tuple((int(x), int(y)) for ((x, y),) in hull)


def pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """Give the pixels that a box touches."""
    return (
        int(box.x0 * scale),
        int(box.top * scale),
        int(box.x1 * scale) + 1,
        int(box.bottom * scale) + 1,
    )


def _same_ink(bare: Image, whole: Image, place: tuple[int, int, int, int]) -> bool:
    """Tell whether what is painted at a place without pictures is what is seen there with them."""
    from PIL import ImageChops

    own, seen = bare.crop(place), whole.crop(place)
    ink = own.convert("L").point([255 if shade < _INK_BELOW else 0 for shade in range(256)])
    if ink.getbbox() is None:
        return False
    other = ImageChops.difference(own, seen).convert("L")
    other.paste(0, mask=ImageChops.invert(ink))
    return sum(other.histogram()[_OTHER_INK:]) <= _FEW * ink.histogram()[255]
