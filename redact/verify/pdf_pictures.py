"""Read for the verifier what pages with pictures show, rendered and recognised by its own route."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from redact.verify.drawn import Drawn, moved
from redact.verify.pictures import lines_in_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_PAGES = 60.0
"""Pages full of pictures that are looked at: each takes some seconds. Less counts by its area."""

MOST_PROVEN = 12
"""Of the pictures of pages whose text two readers had agreed on, so many are looked at."""

_SCALE = 150 / 72
_MOST_PIXELS = 12_000_000
_DEPTH = 20
_AROUND = 6
_MOST_OWN_PIXELS = 80_000_000
_SQUARE = 8
_OTHER_SHADE = 48
_PROVEN = "/Text"
_INLINE = re.compile(rb"\bBI\b.+?\bID\b", re.DOTALL)
_UNSEEN = "第 {} 页的图像无法检查，请转人工处理。"
_TOO_MANY = "带图像的页面过多，不能逐页检查图像，请拆成几个文件后再提交。"


_Bounds = tuple[float, float, float, float]
"""Left, bottom, right and top of a picture in points."""


class Seen(NamedTuple):
    """Hold the lines that pages show by their numbers, and complaints about those nobody saw.

    ``lying`` is what the pictures of a page hold as they lie in the file, where one of them shows
    otherwise: a reading of its own, or whatever both tell would count twice.
    """

    shown: dict[int, Drawn]
    lying: dict[int, Sequence[Drawn]]
    complaints: tuple[str, ...]


def read_page_pictures(output: bytes) -> Seen:
    """Recognise what stands in the pictures of a file and over them; pages count from 1."""
    import pikepdf
    import pypdfium2

    with pikepdf.open(BytesIO(output)) as pdf:
        pictured = dict(_pictured(pdf))
    proven = [number for number, known in pictured.items() if known][:MOST_PROVEN]
    others = [number for number, known in pictured.items() if not known]
    look, complaints = _Look(), list[str]()
    shown, lying = dict[int, Drawn](), dict[int, Sequence[Drawn]]()
    with pypdfium2.PdfDocument(output) as rendered:
        for number in (*others, *proven):
            try:
                shown[number], lying[number] = look.lines(rendered[number - 1])
            except _TooManyError:
                complaints.append(_TOO_MANY)
                break
            except Exception:  # whatever the recogniser lacks or throws, nobody saw the page
                if number in others:
                    complaints.append(_UNSEEN.format(number))
    return Seen(
        shown, {number: parts for number, parts in lying.items() if parts}, tuple(complaints)
    )


class _TooManyError(Exception):
    """Tell that there is more to look at than a person would wait for."""


class _Look:
    """Look at parts of pages; what looks the same, as heads of letters do, is read once."""

    def __init__(self) -> None:
        self._known: dict[bytes, Drawn] = {}
        self._pages = 0.0

    def lines(self, page: Any) -> tuple[Drawn, Sequence[Drawn]]:
        """Give the lines of a page's pictures as they show, and as each lies in the file.

        The second is empty where all of them show as they are.
        """
        width, height = page.get_size()
        scale = min(_SCALE, (_MOST_PIXELS / (width * height)) ** 0.5)
        bitmap = page.render(scale=scale, may_draw_forms=False)
        pixels = np.asarray(bitmap.to_pil().convert("RGB"))[:, :, ::-1]
        images = _images_on(page)
        nested = not images or any(each.level for each in images)
        boxes = [(0.0, 0.0, width, height)] if nested else [each.get_bounds() for each in images]
        shown = [_cut(pixels, box, height, scale, _AROUND) for box in boxes]
        lying = [_own_pixels(each) for each in images]
        if not nested:
            bare = [_cut(pixels, box, height, scale, 0) for box in boxes]
            alike = [_alike(*pair) for pair in zip(lying, bare, strict=True)]
            parts = zip(alike, shown, lying, strict=True)
            lying = [] if all(alike) else [part if same else own for same, part, own in parts]
        page.close()
        corners = [_window(box, height, scale, _AROUND) for box in boxes]
        seen = [
            line
            for part, (rows, columns) in zip(shown, corners, strict=True)
            for line in moved(self._part(part, pixels.size), columns.start, rows.start)
        ]
        return seen, [lines for part in lying if (lines := self._part(part, pixels.size))]

    def _part(self, part: NDArray[np.uint8], whole: int) -> Drawn:
        if not part.size:
            return ()
        part = np.ascontiguousarray(part)
        digest = hashlib.sha256(repr(part.shape).encode() + part.tobytes()).digest()
        if digest not in self._known:
            self._pages += part.size / whole
            if self._pages > MOST_PAGES:
                raise _TooManyError
            self._known[digest] = lines_in_pixels(part)
        return self._known[digest]


def _images_on(page: Any) -> list[Any]:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return list(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=_DEPTH))


def _own_pixels(image: Any) -> NDArray[np.uint8]:
    """Give a picture as it lies in the file: something drawn over it hides nothing of it."""
    wide, high = image.get_px_size()
    if wide * high > _MOST_OWN_PIXELS:
        raise ValueError("picture too large to be looked at")
    picture = image.get_bitmap(render=False).to_pil().convert("RGB")
    return np.asarray(picture)[:, :, ::-1]


def _alike(own: NDArray[np.uint8], shown: NDArray[np.uint8]) -> bool:
    """Tell whether a picture shows as it is, by the means of small squares."""
    import cv2

    if not own.size or not shown.size:
        return False
    size = (max(shown.shape[1] // _SQUARE, 1), max(shown.shape[0] // _SQUARE, 1))
    small = [
        cv2.resize(np.ascontiguousarray(each), size, interpolation=cv2.INTER_AREA)
        for each in (own, shown)
    ]
    return int(cv2.absdiff(*small).max()) <= _OTHER_SHADE


def _cut(
    pixels: NDArray[np.uint8], place: _Bounds, height: float, scale: float, around: int
) -> NDArray[np.uint8]:
    return pixels[_window(place, height, scale, around)]


def _window(place: _Bounds, height: float, scale: float, around: int) -> tuple[slice, slice]:
    left, bottom, right, top = place
    rows = slice(
        max(int((height - top) * scale) - around, 0),
        max(int((height - bottom) * scale) + around, 0),
    )
    return rows, slice(max(int(left * scale) - around, 0), max(int(right * scale) + around, 0))


def _pictured(pdf: Any) -> Iterator[tuple[int, bool]]:
    """Yield the number of each page with a picture, and whether all its text was known as text."""
    for number, page in enumerate(pdf.pages, 1):
        names = [str(name) for name, _ in _images(page.resources, _DEPTH)]
        inline = bool(_INLINE.search(_content(page)))
        if names or inline:
            yield number, names == [_PROVEN] and not inline


def _content(page: Any) -> bytes:
    import pikepdf

    contents = page.obj.get("/Contents", [])
    parts = [contents] if isinstance(contents, pikepdf.Stream) else contents
    return b"\n".join(part.read_bytes() for part in parts)


def _images(resources: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    """Yield the pictures that resources name, also those of forms and patterns within them."""
    if resources is None or depth == 0:
        return
    for key in ("/XObject", "/Pattern"):
        for name, item in dict(resources.get(key, {})).items():
            if item.get("/Subtype") == "/Image":
                yield name, item
            elif hasattr(item, "get"):
                yield from _images(item.get("/Resources"), depth - 1)
