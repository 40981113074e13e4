"""An OpenDocument file taken apart: its parts normalised, its texts listed, ready to be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from lxml import etree

from redact.containers import Container, TextPlace
from redact.notes import Notes
from redact.odf.clips import Clips
from redact.odf.frames import frame_picture
from redact.odf.hidden import HiddenStyles, Unseen
from redact.odf.names import Names
from redact.odf.numbering import numbers_run_on
from redact.odf.package import (
    CONTENT,
    OFFICE,
    SETTINGS,
    STYLE,
    STYLES,
    SVG,
    VERSION,
    OdfPackage,
    write_part,
)
from redact.odf.part import list_texts, normalise
from redact.odf.pictures import OdtPictures
from redact.odf.settings import layout_settings
from redact.odf.tables import Tables
from redact.odf.tree import drop
from review.document import BlockKind, Cell, Note
from review.errors import BrokenInputError

_AUTOMATIC, _COMMON = f"{{{OFFICE}}}automatic-styles", f"{{{OFFICE}}}styles"
_MASTER = f"{{{STYLE}}}master-page"
_MASTER_NAME, _NEXT = f"{{{STYLE}}}master-page-name", f"{{{STYLE}}}next-style-name"
_NAME = f"{{{STYLE}}}name"
_FAMILY = f"{{{SVG}}}font-family"


@dataclass(frozen=True, slots=True)
class Kind:
    """Say what sets one kind of file apart: body, first and last steps, names of cells."""

    name: str
    prepare: Callable[[etree._Element, Collection[etree._Element], Notes], None]
    finish: Callable[[etree._Element], None]
    label: Callable[[Cell], str]


class OdfFile:
    """Hold the normalised trees of one document, their texts in reading order and the notes.

    Raises ``InputError`` where the package cannot be used.
    """

    def __init__(self, data: bytes, kind: Kind) -> None:
        self._kind = kind
        self._package = OdfPackage(data, f"application/vnd.oasis.opendocument.{kind.name}")
        self._notes = Notes()
        for code in self._package.noted():
            self._notes.add(code)
        self._trees = {CONTENT: self._package.xml(CONTENT)}
        if self._package.has(STYLES):
            self._trees[STYLES] = self._package.xml(STYLES)
        self._pictures = OdtPictures(self._package, Clips(self._trees.values()), self._notes)
        self._check()
        self._drop_unused_masters()
        self._unseen: Unseen = []
        self.containers: list[TextPlace] = []
        self._take()
        self.containers += (Container("hidden", s, BlockKind.DROPPED) for s in self._unseen)
        self.containers += self._pictures.containers(self._trees.values())

    @property
    def notes(self) -> tuple[Note, ...]:
        """Tell what was dropped or needs a person."""
        return self._notes.all()

    @property
    def pictures(self) -> Sequence[OdtPictures]:
        """Give the pictures that it shows."""
        return (self._pictures,)

    def parts(self) -> dict[str, bytes]:
        """Serialise the trees as they stand, with their frame."""
        self._kind.finish(self._trees[CONTENT])
        self._pictures.settle()
        parts: dict[str, bytes] = {}
        for name, root in self._trees.items():
            self._pictures.show(root, frame_picture)
            parts[name] = write_part(root)
        if self._package.has(SETTINGS):
            parts[SETTINGS] = layout_settings(self._package.data(SETTINGS))
        pictures = self._pictures.parts().items()
        return self._package.assemble(parts | {name: part.data for name, part in pictures})

    def _check(self) -> None:
        body = self._trees[CONTENT].find(f"{{{OFFICE}}}body/{{{OFFICE}}}{self._kind.name}")
        if self._trees[CONTENT].tag != f"{{{OFFICE}}}document-content" or body is None:
            raise BrokenInputError("文件里没有正文，请用办公软件重新保存后再提交。")
        styles = self._trees.get(STYLES)
        if styles is not None and styles.tag != f"{{{OFFICE}}}document-styles":
            raise BrokenInputError("文件结构异常，请用办公软件重新保存后再提交。")

    def _drop_unused_masters(self) -> None:
        """Keep the first page style, those in use and what follows on them; no other is seen."""
        styles = self._trees.get(STYLES)
        masters = list(styles.iter(_MASTER)) if styles is not None else []
        named = {str(master.get(_NAME, "")): master for master in masters}
        queue = [*list(named)[:1], "Standard"]
        for root in self._trees.values():
            queue += (str(style.get(_MASTER_NAME, "")) for style in root.iter())
        wanted: set[str] = set()
        while queue:
            name = queue.pop()
            if name in named and name not in wanted:
                wanted.add(name)
                queue.append(str(named[name].get(_NEXT, "")))
        for master in masters:
            if str(master.get(_NAME, "")) not in wanted:
                drop(master)

    def _take(self) -> None:
        common = [h for root in self._trees.values() for h in root.iterchildren(_COMMON)]
        for root in self._trees.values():
            holders = [*common, *root.iterchildren(_AUTOMATIC)]
            hidden = HiddenStyles(holders)
            self._kind.prepare(root, self._trees.values(), self._notes)
            self._unseen += normalise(root, hidden, self._package, self._pictures, self._notes)
            _drop_odd_fonts(root)
        if numbers_run_on(self._trees.values()):
            self._notes.add("number_runs_on")
        names = Names(self._trees.values())
        tables = Tables(self._kind.label)
        for name, root in self._trees.items():
            names.apply(root, self._notes)
            root.set(f"{{{OFFICE}}}version", VERSION)
            self.containers += list_texts(name, root, tables)


def _drop_odd_fonts(root: etree._Element) -> None:
    """Drop the declarations of fonts whose family was dropped: its name could tell something."""
    for font in list(root.iter(f"{{{STYLE}}}font-face")):
        if font.get(_FAMILY) is None:
            drop(font)
