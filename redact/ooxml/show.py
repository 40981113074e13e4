"""A presentation taken apart: its slides, layouts and masters, ready to be read and written."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from redact.containers import Container, Segment, TextPlace
from redact.notes import Notes
from redact.ooxml.attached import Attachments
from redact.ooxml.embedded import Nested
from redact.ooxml.noted import OF_ANY_FILE, note_relationships
from redact.ooxml.parts import Graph, P, Part, R, open_office
from redact.ooxml.picture import Pictures
from redact.ooxml.slide import (
    ALLOWED,
    count_tables,
    empty_placeholders,
    frame_pictures,
    normalise_slide,
    paragraph_texts,
    slide_containers,
)
from redact.ooxml.tablestyles import PART as TABLE_STYLES
from redact.ooxml.text import drop_unlisted
from redact.ooxml.theme import TYPE as THEME_TYPE
from redact.ooxml.theme import clean_theme, name_fonts
from redact.ooxml.tree import keep_known
from redact.ooxml.values import clean_attributes
from review.document import BlockKind, Note
from review.errors import BrokenInputError

_TYPE = "application/vnd.openxmlformats-officedocument.presentationml."
_ACCEPTED = (
    "presentationml.presentation.main+xml",
    "presentationml.slideshow.main+xml",
    "presentationml.template.main+xml",
    "powerpoint.presentation.macroEnabled.main+xml",
)
_MAIN = "ppt/presentation.xml"
_RID = f"{{{R}}}id"
_FIRST_SLIDE = 256
_FIRST_MASTER = 2_147_483_648
_FOLDERS = {
    "slide": "ppt/slides/slide",
    "slideLayout": "ppt/slideLayouts/slideLayout",
    "slideMaster": "ppt/slideMasters/slideMaster",
    "theme": "ppt/theme/theme",
}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SETTINGS = {
    f"ppt/{kind}.xml": Part(f"{_TYPE}{kind}+xml", f"{_XML}{markup}".encode(), {})
    for kind, markup in {
        "presProps": f'<p:presentationPr xmlns:p="{P}"/>',
        "viewProps": f'<p:viewPr xmlns:p="{P}"/>',
        "tableStyles": TABLE_STYLES,
    }.items()
}
"""What tells nothing, but is asked for when a presentation is opened."""

_NOTED = {
    **OF_ANY_FILE,
    "commentAuthors": "comments_dropped",
    "authors": "comments_dropped",
    "notesSlide": "speaker_notes_dropped",
    "tags": "custom_data_dropped",
    "video": "object_dropped",
    "audio": "object_dropped",
    "media": "object_dropped",
}


class ShowFile:
    """Hold the normalised trees of one presentation, their texts slide by slide and the notes.

    Raises ``InputError`` where the package cannot be used.
    """

    def __init__(self, data: bytes, nested: Nested) -> None:
        self._graph = Graph(open_office(data))
        self._source = self._graph.main(_ACCEPTED)
        self._notes = Notes()
        self._attached = Attachments(self._graph, "ppt", self._notes, nested)
        self._trees: dict[str, etree._Element] = {}
        self._relations: dict[str, dict[str, tuple[str, str]]] = {}
        self._taken: dict[str, str] = {}
        self._tables = 0
        self._unseen: list[list[Segment]] = []
        self.main = _MAIN
        self.containers: list[TextPlace] = []
        for part in ("", self._source):
            note_relationships(self._graph, part, _NOTED, self._notes)
        presentation = self._graph.xml(self._source)
        slides = [self._slide(number, s) for number, s in enumerate(self._listed(presentation), 1)]
        self._write_main(presentation, slides)
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
        written = self._attached.written(
            self._trees, self._relations, _content_type, frame_pictures
        )
        return written | _SETTINGS

    def _listed(self, presentation: etree._Element) -> list[str]:
        """List the parts of the slides in the order of the show."""
        known = {r.id: r for r in self._graph.relationships(self._source)}
        found = []
        for entry in presentation.iterfind(f"{{{P}}}sldIdLst/{{{P}}}sldId"):
            relationship = known.get(str(entry.get(_RID, "")))
            if relationship is None or relationship.kind != "slide" or not relationship.target:
                raise BrokenInputError("演示文稿缺少幻灯片，请用办公软件重新保存后再提交。")
            found.append(relationship.target)
        if len(set(found)) < len(found):
            raise BrokenInputError("演示文稿结构异常，请用办公软件重新保存后再提交。")
        return found

    def _slide(self, number: int, source: str) -> str:
        layout = self._needed(source, "slideLayout")
        self._take_master(self._needed(layout, "slideMaster"))
        self._take(layout, "slideLayout", None)
        name = self._take(source, "slide", number)
        spoken = self._graph.linked(source, "notesSlide")
        if spoken is not None:
            self._unseen += paragraph_texts(spoken)
        self._relate(name, "slideLayout", self._taken[layout])
        return name

    def _needed(self, part: str, kind: str) -> str:
        relationship = self._graph.one(part, kind)
        if relationship is None:
            raise BrokenInputError("演示文稿缺少版式，请用办公软件重新保存后再提交。")
        return relationship.target

    def _take_master(self, source: str) -> None:
        if source in self._taken:
            return
        name = self._take(source, "slideMaster", None)
        theme = self._needed(source, "theme")
        root = self._graph.xml(theme)
        clean_theme(root)
        target = self._named("theme", f"{theme} {source}")
        self._trees[target] = root
        self._relate(name, "theme", target)

    def _named(self, kind: str, source: str) -> str:
        number = 1 + sum(1 for taken in self._taken.values() if taken.startswith(_FOLDERS[kind]))
        self._taken[source] = f"{_FOLDERS[kind]}{number}.xml"
        return self._taken[source]

    def _take(self, source: str, kind: str, page: int | None) -> str:
        """Normalise a part once, list its texts and give its new name."""
        if source in self._taken:
            return self._taken[source]
        name = self._named(kind, source)
        note_relationships(self._graph, source, _NOTED, self._notes)
        root = self._graph.xml(source)
        self._unseen += normalise_slide(root, self._notes, self._attached.of(source))
        if page is None:
            empty_placeholders(root)
        listed = list(slide_containers(name, root, page, self._tables))
        self._tables += count_tables(root)
        if drop_unlisted(root, listed):
            self._notes.add("content_dropped")
        self.containers += listed
        self._trees[name] = root
        if kind == "slideLayout":
            master = self._taken[self._needed(source, "slideMaster")]
            self._relate(name, "slideMaster", master)
            self._relate(master, "slideLayout", name)
        return name

    def _relate(self, name: str, kind: str, target: str) -> str:
        relations = self._relations.setdefault(name, {})
        identity = f"rId{len(relations) + 1}"
        relations[identity] = kind, target
        return identity

    def _write_main(self, presentation: etree._Element, slides: list[str]) -> None:
        """Write the presentation part anew: masters with their layouts, slides, sizes, styles."""
        root = etree.Element(f"{{{P}}}presentation", nsmap={"p": P, "r": R})
        self._trees[_MAIN] = root
        masters = etree.SubElement(root, f"{{{P}}}sldMasterIdLst")
        identity = _FIRST_MASTER
        for name in [n for n in self._taken.values() if n.startswith(_FOLDERS["slideMaster"])]:
            self._entry(masters, "sldMasterId", identity, self._relate(_MAIN, "slideMaster", name))
            identity = self._list_layouts(name, identity + 1)
        shown = etree.SubElement(root, f"{{{P}}}sldIdLst")
        for number, name in enumerate(slides, _FIRST_SLIDE):
            self._entry(shown, "sldId", number, self._relate(_MAIN, "slide", name))
        for kind in ("sldSz", "notesSz", "defaultTextStyle"):
            found = presentation.find(f"{{{P}}}{kind}")
            if found is not None:
                keep_known(found, ALLOWED, clean_attributes, Notes())
                name_fonts(found)
                root.append(found)
        for name in _SETTINGS:
            self._relate(_MAIN, name.removeprefix("ppt/").removesuffix(".xml"), name)
        if root.find(f"{{{P}}}notesSz") is None:
            raise BrokenInputError("演示文稿结构不完整，请用办公软件重新保存后再提交。")

    def _list_layouts(self, master: str, identity: int) -> int:
        """Name a master's layouts in it, behind its colours as the schema wants."""
        listing = etree.Element(f"{{{P}}}sldLayoutIdLst")
        for relation, (kind, _) in self._relations[master].items():
            if kind == "slideLayout":
                self._entry(listing, "sldLayoutId", identity, relation)
                identity += 1
        colours = self._trees[master].find(f"{{{P}}}clrMap")
        if colours is None:
            raise BrokenInputError("演示文稿的母版不完整，请用办公软件重新保存后再提交。")
        colours.addnext(listing)
        return identity

    def _entry(self, parent: etree._Element, name: str, number: int, relation: str) -> None:
        entry = etree.SubElement(parent, f"{{{P}}}{name}")
        entry.set("id", str(number))
        entry.set(_RID, relation)


def _content_type(name: str) -> str:
    if name == _MAIN:
        return f"{_TYPE}presentation.main+xml"
    base = name.rsplit("/", 1)[-1].removesuffix(".xml").rstrip("0123456789")
    return THEME_TYPE if base == "theme" else f"{_TYPE}{base}+xml"
