"""Pictures inside cells, as WPS writes them: a formula names one, the workbook holds them all.

No other program shows such a picture: it becomes one that lies over its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from redact.notes import Notes
from redact.ooxml.attached import Attachments
from redact.ooxml.parts import XDR, A, Graph, R
from redact.ooxml.sheet import Row
from redact.ooxml.sheetobject import Place, picture_at

_START = "=DISPIMG("
_FORMULA = re.compile(r'=DISPIMG\("(ID_[0-9A-Za-z]{1,64})",\s?\d\)\Z')
_FIRST_ID = 20_000


class CellPictures:
    """Know the pictures that cells of one workbook may name."""

    def __init__(self, graph: Graph, book: str, attached: Attachments, notes: Notes) -> None:
        self._notes = notes
        self._images: dict[str, str] = {}
        relation = graph.one(book, "cellImage")
        if relation is None:
            return
        self._attached = attached.of(relation.target)
        for picture in graph.xml(relation.target).iter(f"{{{XDR}}}pic"):
            names, blip = (
                next(picture.iter(f"{{{XDR}}}cNvPr"), None),
                picture.find(f".//{{{A}}}blip"),
            )
            if names is not None and blip is not None:
                self._images[str(names.get("name"))] = str(blip.get(f"{{{R}}}embed", ""))

    def lift(self, rows: Iterable[Row]) -> list[etree._Element]:
        """Empty the cells that name a picture; returns the pictures as lying over them."""
        found: list[etree._Element] = []
        for row in rows:
            for entry in row.cells:
                text = entry.shown
                if text is None or not text.startswith(_START):
                    continue
                named = _FORMULA.match(text)
                image = self._images.get(named[1]) if named else None
                entry.type, entry.stored, entry.shown, entry.runs = "", "", None, ()
                if image is None:
                    self._notes.add("picture_dropped")
                    continue
                anchor = (entry.column, 0, entry.row, 0, entry.column + 1, 0, entry.row + 1, 0)
                place = Place(anchor, image, self._attached)
                picture, seen = picture_at(_FIRST_ID + len(found), place)
                if not seen:
                    self._notes.add("picture_dropped")
                found.append(picture)
        return found
