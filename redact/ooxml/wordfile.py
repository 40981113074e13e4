"""A text document taken apart: its parts normalised, its texts listed, its parts ready to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from redact.containers import Container, Segment, TextPlace
from redact.notes import Notes
from redact.ooxml.attached import Attachments
from redact.ooxml.drawing import frame_pictures
from redact.ooxml.embedded import Nested
from redact.ooxml.hidden import HiddenStyles
from redact.ooxml.noted import OF_ANY_FILE, note_relationships
from redact.ooxml.numbering import numbers_run_on
from redact.ooxml.parts import Graph, Part, R, W, open_office
from redact.ooxml.picture import Pictures
from redact.ooxml.text import drop_unlisted
from redact.ooxml.theme import TYPE as THEME_TYPE
from redact.ooxml.theme import clean_theme
from redact.ooxml.tree import drop
from redact.ooxml.word import Names, rename_styles
from redact.ooxml.wordpart import Tables, list_texts, normalise, numbering_texts
from review.document import BlockKind, Note

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_ACCEPTED = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "word.document.macroEnabled.main+xml",
    "word.template.macroEnabledTemplate.main+xml",
)
_MAIN = "word/document.xml"
_RID = f"{{{R}}}id"
_NOTED = {
    **OF_ANY_FILE,
    "commentsExtended": "comments_dropped",
    "people": "comments_dropped",
    "glossaryDocument": "custom_data_dropped",
    "aFChunk": "content_dropped",
    "subDocument": "content_dropped",
}
_SUPPORT = {
    "styles": "word/styles.xml",
    "numbering": "word/numbering.xml",
    "settings": "word/settings.xml",
    "theme": "word/theme/theme1.xml",
}
_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


class WordFile:
    """Hold the normalised trees of one document, their texts in reading order and the notes.

    Raises ``InputError`` where the package cannot be used.
    """

    def __init__(self, data: bytes, nested: Nested) -> None:
        self._graph = Graph(open_office(data))
        self._source = self._graph.main(_ACCEPTED)
        self._notes = Notes()
        self._attached = Attachments(self._graph, "word", self._notes, nested)
        self._trees: dict[str, etree._Element] = {}
        self._relations: dict[str, tuple[str, str]] = {}
        for part in ("", self._source):
            note_relationships(self._graph, part, _NOTED, self._notes)
        styles = self._graph.linked(self._source, "styles")
        self._hidden = HiddenStyles(styles)
        self._names = Names(styles)
        self.main = _MAIN
        self.containers: list[TextPlace] = []
        self._unseen: list[list[Segment]] = []
        self._take_content()
        self._take_support(styles)
        self._note_numbers()
        self.containers += (Container("hidden", s, BlockKind.DROPPED) for s in self._unseen)
        self.containers += self._attached.containers(self._trees.values())

    @property
    def notes(self) -> tuple[Note, ...]:
        """Tell what was dropped or needs a person."""
        return self._notes.all()

    @property
    def pictures(self) -> Sequence[Pictures]:
        """Give the pictures that it shows, then those of each file within."""
        return self._attached.every_picture()

    def parts(self) -> dict[str, Part]:
        """Serialise the trees as they stand, with the pictures that they show."""
        own = {_MAIN: self._relations}
        return self._attached.written(self._trees, own, _content_type, frame_pictures)

    def _normalised(self, source: str, root: etree._Element) -> etree._Element:
        attached = self._attached.of(source)
        self._unseen += normalise(root, self._hidden, self._names, self._notes, attached)
        return root

    def _take_content(self) -> None:
        tables = Tables()
        body = self._normalised(self._source, self._graph.xml(self._source))
        self._trees[_MAIN] = body
        self._list(_MAIN, body, BlockKind.PARAGRAPH, tables)
        for name, root, kind in (*self._headers(body), *self._footnotes(body)):
            self._trees[name] = root
            self._list(name, root, kind, tables)

    def _list(self, name: str, root: etree._Element, kind: BlockKind, tables: Tables) -> None:
        listed = [*list_texts(name, root, kind, tables), *numbering_texts(name, root)]
        if drop_unlisted(root, listed):
            self._notes.add("content_dropped")
        self.containers += listed

    def _headers(self, body: etree._Element) -> Iterator[tuple[str, etree._Element, BlockKind]]:
        """Yield the headers and footers that a section uses, once each; the others are not seen."""
        known = {r.id: r for r in self._graph.relationships(self._source) if r.target}
        taken: dict[str, str] = {}
        for reference in list(body.iter(f"{{{W}}}headerReference", f"{{{W}}}footerReference")):
            kind = "header" if reference.tag == f"{{{W}}}headerReference" else "footer"
            relationship = known.get(str(reference.get(_RID, "")))
            if relationship is None or relationship.kind != kind:
                drop(reference)
                continue
            if relationship.target not in taken:
                taken[relationship.target] = f"rIdH{len(taken) + 1}"
                name = f"word/{kind}{len(taken)}.xml"
                self._relations[taken[relationship.target]] = (kind, name)
                source = relationship.target
                root = self._normalised(source, self._graph.xml(source))
                yield (
                    name,
                    root,
                    BlockKind.PAGE_HEADER if kind == "header" else BlockKind.PAGE_FOOTER,
                )
            reference.set(_RID, taken[relationship.target])

    def _footnotes(self, body: etree._Element) -> Iterator[tuple[str, etree._Element, BlockKind]]:
        """Yield foot- and endnotes; those whose mark is gone from the text go too."""
        for kind, single in _NOTES.items():
            relationship = self._graph.one(self._source, kind)
            used = list(body.iter(f"{{{W}}}{single}Reference"))
            if relationship is None:
                for reference in used:
                    drop(reference)
                continue
            root = self._graph.xml(relationship.target)
            wanted = {r.get(f"{{{W}}}id") for r in used}
            for note in list(root):
                special = note.get(f"{{{W}}}type") not in (None, "normal")
                if not special and note.get(f"{{{W}}}id") not in wanted:
                    root.remove(note)
            name = f"word/{kind}.xml"
            self._relations[f"rId{kind}"] = (kind, name)
            yield name, self._normalised(relationship.target, root), BlockKind.NOTE

    def _take_support(self, styles: etree._Element | None) -> None:
        for kind, name in _SUPPORT.items():
            root = styles if kind == "styles" else self._graph.linked(self._source, kind)
            if root is None:
                continue
            self._prepare(kind, root)
            self._trees[name] = root
            self._relations[f"rId{kind}"] = (kind, name)
            self._list(name, root, BlockKind.PARAGRAPH, Tables())

    def _note_numbers(self) -> None:
        support = set(_SUPPORT.values())
        texts = (root for name, root in self._trees.items() if name not in support)
        numbering, styles = (self._trees.get(_SUPPORT[kind]) for kind in ("numbering", "styles"))
        if numbers_run_on(texts, numbering, styles):
            self._notes.add("number_runs_on")

    def _prepare(self, kind: str, root: etree._Element) -> None:
        if kind == "styles":
            rename_styles(root, self._names)
        if kind == "theme":
            clean_theme(root)
            return
        normalise(root, self._hidden, self._names, Notes())
        if kind == "settings":
            for notes, single in _NOTES.items():
                if f"word/{notes}.xml" not in self._trees:
                    for reference in list(root.iter(f"{{{W}}}{single}")):
                        drop(reference)


def _content_type(name: str) -> str:
    base = name.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")
    if base == "theme":
        return THEME_TYPE
    return f"{_TYPE}{'document.main' if base == 'document' else base}+xml"
