"""The pictures that a web page carries within itself, as addresses that begin with ``data:``."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from lxml import html

from redact.containers import TextPlace
from redact.html.attributes import Attributes, kept_of
from redact.notes import Notes
from redact.pictures.drawing_size import size_of, unpacked
from redact.pictures.drawings import Drawings
from redact.pictures.store import PictureStore

PICTURE = "img"
_SOURCE = "src"
_WITHIN = "data:"
_SIZED = frozenset(("width", "height", "style"))
_PIXELS_PER_CM = 96 / 2.54


class PagePictures(PictureStore):
    """Collect the pictures of one page; while they are read, each is referred to by its id."""

    def __init__(self, page: html.HtmlElement, notes: Notes) -> None:
        drawings = Drawings(lambda: pictures_of(page))
        super().__init__(_data_of, "html", notes, drawings=drawings)

    def keep(self, element: html.HtmlElement) -> Attributes | None:
        """Give the attribute by which a picture is shown as read; None where it cannot be.

        What lies elsewhere is never fetched.
        """
        address = _address(element)
        picture = self.take(address) if address else None
        if picture is None:
            return None
        return {**_width(element, _data_of(address)), _SOURCE: picture.relation}

    def texts(self, root: html.HtmlElement) -> Iterator[TextPlace]:
        """List the pictures that a page shows and the text in each, line by line."""
        return self.places({str(element.get(_SOURCE)) for element in root.iter(PICTURE)})

    def show(self, root: html.HtmlElement) -> None:
        """Put the written pictures into the page; those that are not to be shown leave it."""
        self.settle()
        written = {p.relation: p for p in self._kept()}
        for element in list(root.iter(PICTURE)):
            picture = written[str(element.get(_SOURCE))]
            if picture.data is None:
                element.drop_tree()
            else:
                packed = b64encode(picture.data).decode("ascii")
                element.set(_SOURCE, f"data:image/{picture.kind};base64,{packed}")


def pictures_of(page: html.HtmlElement) -> Iterator[bytes]:
    """Yield what the addresses of pictures within a page hold, in their order."""
    return map(_data_of, _addresses(page))


def _addresses(page: html.HtmlElement) -> Iterator[str]:
    return filter(None, map(_address, page.iter("img", "image", "input")))


def _width(element: html.HtmlElement, data: bytes) -> Attributes:
    """Give a drawing the width that it says itself: as pixels it is finer than a screen."""
    size = size_of(unpacked(data))
    if size is None or _SIZED.intersection(dict(kept_of(element))):
        return {}
    return {"width": str(round(size.wide * _PIXELS_PER_CM))}


def _address(element: html.HtmlElement) -> str:
    """Give the address of a picture that lies within the page, empty for any other."""
    address = str(element.get(_SOURCE, "")).strip()
    return address if address.lower().startswith(_WITHIN) else ""


def _data_of(address: str) -> bytes:
    """Unpack an address that holds what it leads to (RFC 2397); broken ones hold nothing."""
    head, _, body = address.partition(",")
    data = unquote_to_bytes("".join(body.split()))
    if not "".join(head.split()).lower().endswith(";base64"):
        return data
    try:
        return b64decode(data + b"=" * (-len(data) % 4))
    except Error:
        return b""
