"""An OFD file as it is read and rewritten: its pages in their plain form, their text in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from redact.containers import TextPlace, pictured_apart, write_edits
from redact.notes import Notes
from redact.ofd.aside import Aside
from redact.ofd.content import ContentReader, Taken
from redact.ofd.fonts import Fonts
from redact.ofd.geometry import POINTS
from redact.ofd.glyphs import Placed, RuledPage, placed_chars
from redact.ofd.items import FontKey, OfdPage, PictureItem
from redact.ofd.package import OfdPackage, PageSource, child, children
from redact.ofd.pictures import OfdPictures
from redact.ofd.resources import FontSource, Resources, templates_of
from redact.page.block import TextBlock
from redact.page.glyphs import UNREADABLE, Box
from redact.page.layout import PageLayout
from review.document import Block, BlockKind, Document, Location, Note
from review.errors import UnsafeOutputError
from review.plan import Edit

_ORDER = {"Background": 0, "Body": 1, "Foreground": 2}


@dataclass(frozen=True, slots=True)
class ReadPage:
    """Hold a page, its signs in the order of painting, its blocks, and the signs that must go."""

    page: OfdPage
    placed: Sequence[Placed]
    blocks: Sequence[TextBlock]
    unwanted: frozenset[int]


class OfdFile:
    """Read all pages of an OFD file; raises ``InputError`` and ``UnsafeOutputError``.

    Not ``pictured``, it says nothing of what stands in pictures, which are there to be drawn.
    """

    def __init__(self, data: bytes, *, pictured: bool = True) -> None:
        self._package = OfdPackage(data)
        self._notes = Notes()
        self._aside = Aside(self._package, self._notes)
        self._pictures = OfdPictures(self._package, self._notes, read=pictured)
        self._layout = PageLayout()
        self._hidden: list[tuple[str, int]] = []
        self._resources = [self._shared(n) for n in range(len(self._package.documents))]
        self._templates = [
            templates_of(self._package, n) for n in range(len(self._package.documents))
        ]
        self.pages = [self._page(n, s) for n, s in enumerate(self._package.pages(), 1)]
        self._pictured: list[TextPlace] = list(self._pictures.on_pages(_first_pages(self.pages)))
        self.fonts = Fonts(self._font_sources(), self._programs())
        self.fonts.judge([read.page for read in self.pages], self._notes)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Tell what was dropped or needs a person."""
        return self._notes.all()

    def document(self) -> Document:
        """Give the text of the pages, then that of pictures, then what is not carried over."""
        blocks = self._page_blocks()
        blocks += [place.block(n) for n, place in enumerate(self._pictured, len(blocks))]
        for text, page in (*self._hidden, *((t, None) for t in self._aside.texts)):
            part = "hidden" if page else "info"
            location = Location(part, len(blocks), page=page)
            blocks.append(Block(text, location, BlockKind.DROPPED))
        return Document("ofd", tuple(pictured_apart(blocks)), self.notes)

    @property
    def pictures(self) -> Sequence[OfdPictures]:
        """Give the pictures that it shows."""
        return (self._pictures,)

    @property
    def pictured(self) -> Iterator[tuple[int, TextPlace]]:
        """Give the texts in its pictures, numbered as blocks of the document."""
        first = sum(not block.continued for read in self.pages for block in read.blocks)
        return enumerate(self._pictured, first)

    def paint(self, edits: Mapping[int, Sequence[Edit]]) -> None:
        """Blacken and write the pictures, by edits of the blocks of the document."""
        for number, place in self.pictured:
            write_edits(place, edits.get(number, ()))
        self._pictures.settle()

    def _page_blocks(self) -> list[Block]:
        blocks: list[Block] = []
        for read in self.pages:
            for block in read.blocks:
                if block.continued:
                    begun = blocks[block.index]
                    blocks[block.index] = replace(begun, text=begun.text + block.text)
                    continue
                location = Location("page", len(blocks), page=read.page.number)
                blocks.append(Block(block.text, location, block.kind, block.cell))
        return blocks

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
        empty = OfdPage(number, source.box.width, source.box.height, ())
        taken = ContentReader(resources, source.document, self._notes).read(layers, empty.box)
        page = replace(empty, items=tuple(self._pictures.settled(taken.items)))
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
        inside = [p for p in placed if p.glyph.box.touches(edge)]
        outside = [p for p in placed if not p.glyph.box.touches(edge)]
        under = _under_pictures(page, inside)
        uncovered = [p.glyph for p in inside if p.glyph.order not in under]
        seen = [g for g in uncovered if g.text and UNREADABLE not in g.text]
        self._hide(page, outside, "outside_dropped")
        self._hide(page, [p for p in inside if p.glyph.order in under], "hidden_dropped")
        if len(seen) < sum(1 for g in uncovered if g.text):
            self._notes.add("glyphs_dropped")
        if not any(not g.blank for g in seen):
            self._check_blank(page, taken, drawn=len(seen) < len(uncovered))
        wanted = {glyph.order for glyph in seen}
        unwanted = frozenset(p.glyph.order for p in placed) - wanted
        return ReadPage(page, placed, self._layout.blocks(ruled, seen), unwanted)

    def _hide(self, page: OfdPage, signs: Sequence[Placed], code: str) -> None:
        """Leave out signs that nobody sees."""
        if text := "".join(sign.glyph.text for sign in signs).strip():
            self._notes.add(code)
            self._hidden.append((text, page.number))

    def _check_blank(self, page: OfdPage, taken: Taken, *, drawn: bool) -> None:
        pictured = any(isinstance(item, PictureItem) for item in page.items)
        if drawn or (taken.unread and not pictured):
            raise UnsafeOutputError(
                f"第{page.number}页没有可读取的文字（可能是格式不受支持或页数过多的扫描图片，"
                "或文字只有字形编号），请转成 PDF、拆分后提交或交人工处理。"
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


def _first_pages(pages: Sequence[ReadPage]) -> dict[str, int]:
    """Map the id of each picture to the first page that shows it."""
    return {
        item.picture.relation: read.page.number
        for read in reversed(pages)
        for item in read.page.items
        if isinstance(item, PictureItem)
    }


def _under_pictures(page: OfdPage, placed: Sequence[Placed]) -> set[int]:
    """Find the signs that a picture painted later hides: a text layer under a scan.

    The picture counts, which is what people see; such a layer was read by a machine of whose
    mistakes nobody knows.
    """
    hiding = [
        (number, Box(*(side * POINTS for side in (b.x, b.y, b.x + b.width, b.y + b.height))))
        for number, item in enumerate(page.items)
        if isinstance(item, PictureItem) and item.hides
        for b in (item.box.within(item.boundary),)
    ]
    return {
        p.glyph.order
        for p in placed
        if any(number > p.item and box.holds_centre(p.glyph.box) for number, box in hiding)
    }
