"""The pages of an OFD file drawn from what was read of them: signs, lines and plain areas."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from redact.ofd.file import ReadPage
from redact.ofd.geometry import POINTS, Matrix
from redact.ofd.glyphs import Placed
from redact.ofd.items import BLACK, Colour, PathItem, TextItem
from review.errors import BrokenInputError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_INCH = 25.4
_SEARCH_SECONDS = 10
_LEAST_SIZE = 4


class Sketches:
    """Draw the pages of a file in one font for all signs; pictures and seals are not read.

    Raises ``BrokenInputError`` where this machine has no Chinese font to draw with.
    """

    def __init__(self, pages: Sequence[ReadPage]) -> None:
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    def size(self, number: int) -> tuple[float, float]:
        """Give width and height of a page in points."""
        page = self._pages[number - 1].page
        return page.width * POINTS, page.height * POINTS

    def sight(self, number: int, dpi: float) -> Image:
        """Draw a page."""
        from PIL import Image, ImageDraw

        read, scale = self._pages[number - 1], dpi / _INCH
        width, height = (
            max(round(side * scale), 1) for side in (read.page.width, read.page.height)
        )
        image = Image.new("RGB", (width, height), "white")
        pen = ImageDraw.Draw(image)
        signs: dict[int, list[Placed]] = defaultdict(list)
        for sign in read.placed:
            signs[sign.item].append(sign)
        for place, item in enumerate(read.page.items):
            if isinstance(item, PathItem):
                _draw_path(pen, item, scale)
            else:
                _draw_text(pen, item, signs[place], scale)
        return image


def _draw_text(pen: ImageDraw, item: TextItem, signs: Sequence[Placed], scale: float) -> None:
    colour, anchor = _rgb(item.style.fill or BLACK), "mm" if item.style.upright else "ls"
    for sign in signs:
        font = _font(round(sign.glyph.size / POINTS * scale))
        place = _scaled(item.matrix, (sign.char.x, sign.char.y), scale)
        pen.text(place, sign.char.text, colour, font, anchor)


def _draw_path(pen: ImageDraw, item: PathItem, scale: float) -> None:
    for points, closed in item.outlines:
        placed = [_scaled(item.matrix, point, scale) for point in points]
        if item.fill is not None and len(placed) > 2:
            pen.polygon(placed, fill=_rgb(item.fill))
        if item.stroke is not None:
            line = [*placed, placed[0]] if closed else placed
            pen.line(line, fill=_rgb(item.stroke), width=max(round(item.line * scale), 1))


def _scaled(matrix: Matrix, point: tuple[float, float], scale: float) -> tuple[float, float]:
    x, y = matrix.point(*point)
    return x * scale, y * scale


def _rgb(colour: Colour) -> tuple[int, int, int]:
    return colour.red, colour.green, colour.blue


@lru_cache(maxsize=64)
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    path, index = _chinese_font()
    return ImageFont.truetype(path, max(size, _LEAST_SIZE), index)


@lru_cache(maxsize=1)
def _chinese_font() -> tuple[str, int]:
    """Ask fontconfig for a font of this machine that holds Chinese: (file, number in it)."""
    if program := shutil.which("fc-match"):
        command = [program, "-f", "%{file}\t%{index}\t%{lang}", ":lang=zh-cn"]
        done = subprocess.run(command, capture_output=True, timeout=_SEARCH_SECONDS, check=False)
        path, _, rest = done.stdout.decode("utf-8", "replace").partition("\t")
        index, _, languages = rest.partition("\t")
        if "zh-cn" in languages.split("|"):
            return path, int(index or 0)
    raise BrokenInputError("本机没有中文字体，画不出 OFD 页面，请取出文件核对版式。")
