"""What the pictures and scanned pages of a redacted file still show, or show otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.copies.page_pictures import marks_of
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import ScannedFile
from redact.preview.pictures import Mark
from redact.verify.sight import MOST_COMPARED, Seen, Sight
from review.document import BlockKind, Document
from review.errors import ReviewError

_PAGED = frozenset({"pdf", "image"})
_HOLDING = frozenset({"docx", "xlsx", "pptx", "odt", "ods", "ofd", "html"})
"""Formats that hold pictures beside their text."""
_PICTURED = frozenset({
    "pdf_scan", "pdf_picture", "pdf_picture_silent", "pdf_covered", "pdf_layer_differs",
    "image_read", "image_silent", "picture_read", "picture_doubtful", "picture_dropped",
    "drawing_pictured", "drawing_not_pictured", "object_pictured",
})  # fmt: skip
"""Notes of readers that tell of pictures."""

_LEAKS = {
    Sight.THROUGH: "有 {n} 处遮得不实（半透明、马赛克或模糊），还能看出或还原，请改用实心色块盖住",
    Sight.HALF: "有 {n} 处没有盖全，字的一部分露在外面，请把色块放大到盖住整行字",
}
_DOUBTS = {
    Sight.VEILED: "有 {n} 处像是马赛克或模糊，可能被还原，请改用实心色块盖住",
    Sight.ALTERED: "有 {n} 处与原件不同，请对照原件核对",
    Sight.OTHER: "与原件对不上（可能换过、裁剪过或重新扫描过），没有逐处比较，请对照原件核对",
    Sight.BEYOND: "起没有逐处比较，请对照原件核对",
}
_OF_ALL = {
    Sight.OTHER: "原件里的图片少了 {n} 张，请核对。",
    Sight.UNSEEN: "有 {n} 张图片（矢量图、过小或打不开的）与原件不同，没有逐处比较，请对照核对。",
}
"""What is told of pictures without saying which."""
_UNSEEN = "图片和扫描页未能与原件逐处比较，请对照原件核对。"
_PAGES = "原件有 {old} 页，公开件有 {new} 页，请核对是否缺页、多页。"


class Look(NamedTuple):
    """Hold Chinese sentences on what can still be made out, and on what else looks otherwise.

    ``settles`` says that all pages were compared as pictures and nothing beside the hidden places
    differs: what a machine reads otherwise then, it misread. ``restorable`` counts the places of
    which ``recoverable`` tells.
    """

    recoverable: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    settles: bool = False
    restorable: int = 0


def looked_at(pipeline: Pipeline, before: ScannedFile, after: ScannedFile) -> Look:
    """Compare the looks of two files of one format where pictures are in them."""
    form = before.document.format
    pages = tuple(_page_counts(before.document, after.document))
    pictured = any(_has_pictures(file.document) for file in (before, after))
    if not pictured:
        return Look((), pages)
    if form != after.document.format or form not in _PAGED | _HOLDING:
        return Look((), (*pages, _UNSEEN))
    marks = [m for m in marks_of(before, 0) if m.edited and _is_seen(before.document, m)]
    try:
        seen = pipeline.compare(before, after.incoming.data, marks)
    except ReviewError:
        return Look((), (*pages, _UNSEEN))
    place = "第 {} 页" if form in _PAGED else "第 {} 张图片"
    counted = (_OF_ALL[s.sight].format(n=s.number) for s in seen if not s.page)
    differences = (*pages, *_told(seen, _DOUBTS, place), *counted)
    settles = not differences and _is_scan(before.document) and _is_scan(after.document)
    restorable = sum(number for _, sight, number in seen if sight in _LEAKS)
    return Look(tuple(_told(seen, _LEAKS, place)), differences, settles, restorable)


def _is_seen(document: Document, mark: Mark) -> bool:
    """Say whether pictures show a mark; where pages are compared as a whole, text is seen, too."""
    pictured = document.blocks[mark.block].kind is BlockKind.PICTURE
    return pictured or document.format in _PAGED


def _is_scan(document: Document) -> bool:
    """Say whether pages were read by machine, and all are few enough to be compared."""
    few = document.last_page <= MOST_COMPARED
    return few and any(note.code == "pdf_scan" for note in document.notes)


def _has_pictures(document: Document) -> bool:
    return document.is_pictured or any(note.code in _PICTURED for note in document.notes)


def _page_counts(before: Document, after: Document) -> Iterator[str]:
    old, new = before.last_page, after.last_page
    if before.format == after.format and old and new and old != new:
        yield _PAGES.format(old=old, new=new)


def _told(seen: Sequence[Seen], words: dict[Sight, str], place: str) -> Iterator[str]:
    for page, sight, number in seen:
        if sight in words and page:
            yield f"{place.format(page)}{words[sight].format(n=number)}。"
