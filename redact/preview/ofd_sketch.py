"""The pages of an OFD file drawn from what was read of them: signs, lines, areas, pictures."""

from __future__ import annotations

import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from redact.ofd.file import ReadPage
from redact.ofd.geometry import POINTS, Matrix, Rect
from redact.ofd.glyphs import Placed
from redact.ofd.items import BLACK, Colour, PathItem, PictureItem, TextItem
from review.errors import BrokenInputError

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_INCH = 25.4
_SEARCH_SECONDS = 10
_LEAST_SIZE = 4
_OPAQUE = 255


class Sketches:
    """Draw the pages of a file in one font for all signs; seals are not drawn.

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
            elif isinstance(item, PictureItem):
                _draw_picture(image, item, scale)
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


def _draw_picture(page: Image, item: PictureItem, scale: float) -> None:
    """Lay a picture on the page, one that is turned by way of a sheet of its own."""
    from PIL import Image

    picture = item.picture.image.convert("RGBA")
    box = item.box
    corner = round(box.x * scale), round(box.y * scale)
    size = max(round(box.width * scale), 1), max(round(box.height * scale), 1)
    if item.matrix.upright:
        laid = picture.resize(size, Image.Resampling.LANCZOS)
    else:
        picture.thumbnail((2 * max(size), 2 * max(size)))
        back = _back(item.matrix, box, scale, picture)
        laid = picture.transform(size, Image.Transform.AFFINE, back, Image.Resampling.BICUBIC)
    if item.alpha < _OPAQUE:
        laid.putalpha(laid.getchannel("A").point(lambda shade: shade * item.alpha // _OPAQUE))
    page.paste(laid, corner, laid)


def _back(matrix: Matrix, box: Rect, scale: float, picture: Image) -> tuple[float, ...]:
    """Give what leads from a pixel of the sheet over a box to the pixel of the picture there."""
    across, down = matrix.back(1 / scale, 0), matrix.back(0, 1 / scale)
    start = matrix.back(box.x - matrix.e, box.y - matrix.f)
    return tuple(
        side * share
        for side, shares in zip(picture.size, zip(across, down, start, strict=True), strict=True)
        for share in shares
    )


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
