"""An OFD file as it is read and rewritten: its pages in their plain form, their text in blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from redact.notes import Notes
from redact.ofd.aside import Aside
from redact.ofd.content import ContentReader, Taken
from redact.ofd.fonts import Fonts
from redact.ofd.glyphs import Placed, RuledPage, placed_chars
from redact.ofd.items import FontKey, OfdPage
from redact.ofd.package import OfdPackage, PageSource, child, children
from redact.ofd.resources import FontSource, Resources, templates_of
from redact.page.block import TextBlock
from redact.page.glyphs import UNREADABLE, Box
from redact.page.layout import PageLayout
from review.document import Block, BlockKind, Document, Location, Note
from review.errors import UnsafeOutputError

_ORDER = {"Background": 0, "Body": 1, "Foreground": 2}


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Hold a page, its signs in the order of painting, its blocks, and the signs that must go."""

    page: OfdPage
    placed: Sequence[Placed]
    blocks: Sequence[TextBlock]
    unwanted: frozenset[int]


class OfdFile:
    """Read all pages of an OFD file; raises ``InputError`` and ``UnsafeOutputError``."""

    def __init__(self, data: bytes) -> None:
        self._package = OfdPackage(data)
        self._notes = Notes()
        self._aside = Aside(self._package, self._notes)
        self._layout = PageLayout()
        self._hidden: list[tuple[str, int]] = []
        self._resources = [self._shared(n) for n in range(len(self._package.documents))]
        self._templates = [
            templates_of(self._package, n) for n in range(len(self._package.documents))
        ]
        self.pages = [self._page(n, s) for n, s in enumerate(self._package.pages(), 1)]
        self.fonts = Fonts(self._font_sources(), self._programs())
        self.fonts.judge([read.page for read in self.pages], self._notes)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Tell what was dropped or needs a person."""
        return self._notes.all()

    def document(self) -> Document:
        """Give the text of the pages, then what is not carried over."""
        blocks: list[Block] = []
        for read in self.pages:
            for block in read.blocks:
                if block.continued:
                    begun = blocks[block.index]
                    blocks[block.index] = replace(begun, text=begun.text + block.text)
                    continue
                location = Location("page", len(blocks), page=read.page.number)
                blocks.append(Block(block.text, location, block.kind, block.cell))
        for text, page in (*self._hidden, *((t, None) for t in self._aside.texts)):
            part = "hidden" if page else "info"
            location = Location(part, len(blocks), page=page)
            blocks.append(Block(text, location, BlockKind.DROPPED))
        return Document("ofd", tuple(blocks), self.notes)

    def _shared(self, document: int) -> Resources:
        resources = Resources(self._package)
        base, root = self._package.documents[document]
        resources.add(child(root, "CommonData"), base)
        return resources

    def _page(self, number: int, source: PageSource) -> ReadPage:
        resources = self._resources[source.document]
        resources.add(source.root, source.part)
        self._aside.page(source.root)
        layers = self._layers(source, resources)
        taken = ContentReader(resources, source.document, self._notes).read(layers)
        box = source.box
        page = OfdPage(number, box.width, box.height, tuple(taken.items))
        self._hidden += ((text, number) for text in taken.hidden)
        return self._laid_out(page, taken)

    def _layers(self, source: PageSource, resources: Resources) -> list[etree._Element]:
        """Give the layers of a page and of its templates in the order of painting."""
        found = [
            (float(_ORDER.get(str(e.get("Type", "Body")), 1)), e) for e in _layers(source.root)
        ]
        for used in children(source.root, "Template"):
            part = self._templates[source.document].get(str(used.get("TemplateID", "")))
            if part is None:
                self._notes.add("content_dropped")
                continue
            root = self._package.xml(part)
            resources.add(root, part)
            self._aside.page(root)
            order = _ORDER.get(str(used.get("ZOrder", "Background")), 0)
            found += ((order - 0.5 if order < 2 else order + 0.5, e) for e in _layers(root))
        return [element for _, element in sorted(found, key=lambda entry: entry[0])]

    def _laid_out(self, page: OfdPage, taken: Taken) -> ReadPage:
        placed = placed_chars(page)
        ruled = RuledPage(page)
        edge = Box(*ruled.bbox)
        inside = [p.glyph for p in placed if p.glyph.box.touches(edge)]
        seen = [g for g in inside if g.text and UNREADABLE not in g.text]
        outside = "".join(p.glyph.text for p in placed if not p.glyph.box.touches(edge)).strip()
        if outside:
            self._notes.add("outside_dropped")
            self._hidden.append((outside, page.number))
        if len(seen) < sum(1 for g in inside if g.text):
            self._notes.add("glyphs_dropped")
        if not any(not g.blank for g in seen):
            self._check_blank(page, taken, drawn=len(seen) < len(inside))
        wanted = {glyph.order for glyph in seen}
        unwanted = frozenset(p.glyph.order for p in placed) - wanted
        return ReadPage(page, placed, self._layout.blocks(ruled, seen), unwanted)

    def _check_blank(self, page: OfdPage, taken: Taken, *, drawn: bool) -> None:
        if drawn or taken.pictures:
            raise UnsafeOutputError(
                f"第{page.number}页没有可读取的文字（可能是扫描件，或文字只有字形编号），"
                "请转成带文字的文件或交人工处理。"
            )

    def _font_sources(self) -> dict[FontKey, FontSource]:
        return {
            (number, name): source
            for number, resources in enumerate(self._resources)
            for name, source in resources.fonts.items()
        }

    def _programs(self) -> dict[FontKey, bytes]:
        return {
            key: self._package.data(source.part)
            for key, source in self._font_sources().items()
            if source.part is not None
        }


def _layers(root: etree._Element) -> list[etree._Element]:
    return [layer for content in children(root, "Content") for layer in content]
