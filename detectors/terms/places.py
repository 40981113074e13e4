"""Where in a document a term counts: in its title, or where a mark of secrecy would stand."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from detectors.text.labels import line_after, line_before
from review.document import BlockKind, Document
from review.heading import title_of
from review.policy import Where

_BEFORE_MARK = re.compile(
    r"[ \t]*(?:(?:份号|编号|no\.?|№|密级|保密等级|密级和保密期限)[ \t]*:?[ \t]*)?\d{0,8}[ \t]*"
    r"(?P<open>[\[【(〔<《「]?)[ \t]*",
    re.IGNORECASE,
)
_AFTER_MARK = re.compile(
    r"[ \t]*(?:[★☆*][ \t]*[\d一二三四五六七八九十]{0,3}[ \t]*(?:年|个?月|日|天|长期|启用前)?)?"
    r"[ \t!。]*[\]】)〕>》」]?[ \t]*(?:特急|加急|平急|特提|急件)?[ \t]*"
)
_REACH = 60
_CLOSED = re.compile(r"[ \t]*[\]】)〕]")
_SET_APART = re.compile(r"(?:[ \t]{2,}|\t)$")


class Places:
    """Look at a document and its folded text: blocks are lines of it."""

    def __init__(self, document: Document, folded: str) -> None:
        self._document = document
        self._folded = folded

    def allow(self, where: Where, start: int, end: int, origin: int) -> bool:
        """Say whether a place counts: offsets in the folded text, ``origin`` in the document's."""
        if where is Where.ANYWHERE:
            return True
        if where is Where.TITLE:
            return self._in_title(origin)
        return self._in_mark_position(start, end)

    @cached_property
    def _title(self) -> int:
        """Find the block that ends the title; -1 in a document without any line."""
        title = title_of(self._document)
        lines = (unicodedata.normalize("NFKC", block.text) for block in self._document.blocks)
        found = (i for i, line in enumerate(lines) if title and title in "".join(line.split()))
        return next(found, -1)

    def _in_title(self, origin: int) -> bool:
        """Count all down to the title, so that a title of several lines is whole, and the name."""
        index = self._document.block_at(origin)
        return index <= self._title or self._document.blocks[index].kind is BlockKind.FILE_NAME

    def _in_mark_position(self, start: int, end: int) -> bool:
        """Count a term alone on its line, in brackets at the head of it or set apart at its end."""
        before = line_before(self._folded, start, _REACH)
        after = line_after(self._folded, end, _REACH)
        # What a line holds beyond this reach is no part of a mark.
        opened = _BEFORE_MARK.fullmatch(before) if len(before) < _REACH else None
        ended = _AFTER_MARK.fullmatch(after) if len(after) < _REACH else None
        if opened and (ended or after.lstrip()[:1] in ("★", "☆")):
            return True
        if opened and opened["open"] and _CLOSED.match(after):
            return True
        return bool(ended and _SET_APART.search(before))
