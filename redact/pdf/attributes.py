"""Text of a pdf that stands outside its pages; the output never carries it, the report tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pikepdf

MAX_ITEMS = 20_000

_MACHINE_KEYS = frozenset({"/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped"})
"""What programs write about themselves; its long numbers only look like a person's."""

_XMP_ITEM = re.compile(r"<(?:rdf:li|pdf:Keywords)\b[^<>]{0,200}>([^<>]{1,5000})<")
_TAG = re.compile(r"<[^<>]{0,2000}>")


class Attribute(NamedTuple):
    """Hold one text outside the pages: where it came from, what it says, its page from 1."""

    part: str
    text: str
    page: int | None = None


def attributes_of(pdf: pikepdf.Pdf) -> Iterator[Attribute]:
    """Yield every non-empty text of document information, outline, notes, forms, attachments."""
    for part, text, page in _all(pdf):
        folded = " ".join(text.replace("\0", " ").split())
        if folded:
            yield Attribute(part, folded, page)


def _all(pdf: pikepdf.Pdf) -> Iterator[Attribute]:
    for key, value in sorted(dict(pdf.trailer.get("/Info", {})).items(), key=itemgetter(0)):
        if key not in _MACHINE_KEYS:
            yield from _texts("info", value)
    yield from _metadata(pdf)
    root = pdf.Root
    for item in _tree(root.get("/Outlines"), ("/First", "/Next")):
        yield from _texts("outline", item.get("/Title"))
    for field in _tree(root.get("/AcroForm"), ("/Fields", "/Kids")):
        for key in ("/V", "/DV", "/TU"):
            yield from _texts("form", field.get(key))
    for name, spec in pdf.attachments.items():
        yield Attribute("attachment", name)
        yield Attribute("attachment", spec.description)
    for number, page in enumerate(pdf.pages, 1):
        yield from _annotations(page.obj, number)


def _annotations(page: pikepdf.Object, number: int) -> Iterator[Attribute]:
    for note in _items(page.get("/Annots")):
        for key in ("/Contents", "/T", "/Subj", "/RC", "/V"):
            yield from _texts("annotation", note.get(key), number)
        action = note.get("/A")
        if _is_dictionary(action):
            yield from _texts("annotation", action.get("/URI"), number)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[Attribute]:
    import pikepdf

    stream = pdf.Root.get("/Metadata")
    if isinstance(stream, pikepdf.Stream):
        for text in _XMP_ITEM.findall(stream.read_bytes().decode("utf-8", "replace")):
            yield Attribute("xmp", _TAG.sub(" ", text))


def _texts(part: str, value: Any, page: int | None = None) -> Iterator[Attribute]:
    import pikepdf

    if isinstance(value, pikepdf.String):
        text = str(value)
        yield Attribute(part, _TAG.sub(" ", text) if text.startswith("<?xml") else text, page)


def _tree(root: Any, links: tuple[str, ...]) -> Iterator[Any]:
    """Walk dictionaries along ``links``; each object once, so that a circle ends."""
    waiting: list[Any] = [root]
    seen: set[object] = set()
    while waiting and len(seen) < MAX_ITEMS:
        item = waiting.pop()
        if not _is_dictionary(item) or (item.is_indirect and item.objgen in seen):
            continue
        seen.add(item.objgen if item.is_indirect else len(seen))
        yield item
        for link in links:
            child = item.get(link)
            waiting += [child] if _is_dictionary(child) else list(_items(child))


def _items(value: Any) -> Iterator[Any]:
    import pikepdf

    if isinstance(value, pikepdf.Array):
        yield from (item for item in value if _is_dictionary(item))


def _is_dictionary(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary)
