"""The pictures that a web page carries within itself, as addresses that begin with ``data:``."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from lxml import html

from redact.containers import TextPlace
from redact.notes import Notes
from redact.pictures.store import PictureStore

PICTURE = "img"
_SOURCE = "src"
_WITHIN = "data:"


class PagePictures(PictureStore):
    """Collect the pictures of one page; while they are read, each is referred to by its id."""

    def __init__(self, notes: Notes) -> None:
        super().__init__(_data_of, "html", notes)

    def keep(self, element: html.HtmlElement) -> dict[str | bytes, str | bytes] | None:
        """Give the attribute by which a picture is shown as read; None where it cannot be.

        What lies elsewhere is never fetched.
        """
        address = element.get(_SOURCE, "").strip()
        if not address.lower().startswith(_WITHIN):
            return None
        picture = self.take(address)
        return None if picture is None else {_SOURCE: picture.relation}

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
