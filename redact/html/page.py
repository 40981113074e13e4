"""Web pages (html): rebuilt from allow-listed elements, every visible text redacted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from lxml import html

from redact.containers import Container, Segment, TextPlace, carry_out, to_document
from redact.html.pictures import PagePictures
from redact.html.tree import BLOCKS, normalise, parse
from redact.notes import Notes
from redact.numbering import runs_on
from redact.plain.encoding import MAX_BLOCKS, DecodedText, decode, too_many_blocks
from review.document import BlockKind, Cell, Document, Note
from review.errors import InputError, UnsafeOutputError
from review.plan import RedactionPlan, redacted_document

_PART = "html"


class HtmlFormat:
    """Read and rewrite web pages; both sides walk the same normalised tree."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm")

    def read(self, data: bytes) -> Document:
        """Give one block a line of the page, cells and links apart; raises ``InputError``."""
        page = WebPage(decode(data))
        return to_document(self.name, page.containers, page.notes.all())

    def write(self, data: bytes, plan: RedactionPlan) -> tuple[bytes, tuple[Note, ...]]:
        """Rebuild the page by a plan made on ``read(data)``; its encoding stays, UTF-16 apart.

        Raises ``UnsafeOutputError`` when the text read now is not the text planned on.
        """
        page = WebPage(decode(data))
        carry_out(page.containers, plan)
        expected = redacted_document(to_document(self.name, page.texts, ()), plan)
        output = page.encode()
        try:
            reread = WebPage(decode(output), pictured=False)
        except InputError as error:
            raise UnsafeOutputError("处理后的网页已无法读取，请交人工处理。") from error
        if _shown(to_document(self.name, reread.texts, ())) != _shown(expected):
            raise UnsafeOutputError("处理后的网页重新读取时与预期不符，请交人工处理。")
        return output, page.notes.all()


def _shown(document: Document) -> str:
    """Give the text without white space, which a page shows as it likes."""
    return "".join(document.text.split())


@dataclass(slots=True)
class _NodeText:
    """Stand for the text in or behind an element."""

    element: html.HtmlElement
    behind: bool
    text: str

    def put(self, text: str) -> None:
        if self.behind:
            self.element.tail = text
        else:
            self.element.text = text


@dataclass(slots=True)
class _Link:
    """Stand for the target of a link as people read it."""

    element: html.HtmlElement
    text: str

    def put(self, text: str) -> None:
        self.element.set("href", quote(text, safe="/:?#[]@!$&'()*+,;=%"))


@dataclass(slots=True)
class _Unseen:
    """Stand for a line that is not written."""

    text: str

    def put(self, text: str) -> None:
        self.text = text


class WebPage:
    """Hold the normalised tree of a page, its texts in reading order, then those in pictures.

    Not ``pictured``, it is read as if it had no pictures.
    """

    def __init__(self, decoded: DecodedText, *, pictured: bool = True) -> None:
        self._decoded = decoded
        self.notes = Notes()
        page = parse(decoded.text)
        self._pictures = PagePictures(page, self.notes)
        keep = self._pictures.keep if pictured else _no_picture
        self._root, unseen = normalise(page, self.notes, keep)
        if _numbers_run_on(self._root):
            self.notes.add("number_runs_on")
        self.texts = list(_Lister().list(self._root))
        if len(self.texts) > MAX_BLOCKS:
            raise too_many_blocks()
        self.containers: list[TextPlace] = [*self.texts, *self._pictures.texts(self._root)]
        self.containers += (
            Container("hidden", [_Unseen(line)], BlockKind.DROPPED) for line in unseen
        )

    @property
    def pictures(self) -> Sequence[PagePictures]:
        """Give the pictures that it shows."""
        return (self._pictures,)

    def encode(self) -> bytes:
        """Write the tree with its pictures and a declaration of its encoding."""
        self._pictures.show(self._root)
        wide = self._decoded.codec.startswith("utf-16")
        target = DecodedText("", "utf-8") if wide else self._decoded
        head = self._root.find("head")
        if head is None:
            head = html.Element("head")
            self._root.insert(0, head)
        head.insert(0, html.Element("meta", charset=target.codec))
        text = html.tostring(self._root, encoding="unicode", doctype="<!DOCTYPE html>")
        return target.encode(text + "\n")


def _numbers_run_on(root: html.HtmlElement) -> bool:
    """Say whether an item of a list goes on with the digits of its automatic number."""
    return any(
        runs_on(item.get("value") or items.get("start", ""), "".join(item.itertext()))
        for items in root.iter("ol")
        for item in items.iterchildren("li")
    )


def _no_picture(_: html.HtmlElement) -> None:
    return None


@dataclass(slots=True)
class _Table:
    """Count rows and columns of a table, cells that span several included."""

    number: int
    row: int = -1
    column: int = 0
    until: dict[int, int] = field(default_factory=dict)
    """For a column the row from which it is free again."""

    def next_row(self) -> None:
        self.row += 1
        self.column = 0

    def next_cell(self, element: html.HtmlElement) -> Cell:
        while self.until.get(self.column, self.row) > self.row:
            self.column += 1
        cell = Cell(self.number, max(self.row, 0), self.column)
        wide, high = (int(element.get(name, "1")) for name in ("colspan", "rowspan"))
        if high > 1:
            self.until.update((self.column + n, self.row + high) for n in range(wide))
        self.column += wide
        return cell


class _Lister:
    """Walk a page in reading order and cut it into lines."""

    def __init__(self) -> None:
        self._line: list[Segment] = []
        self._links: list[Container] = []
        self._tables = 0

    def list(self, root: html.HtmlElement) -> Iterator[Container]:
        """Yield the texts, links last."""
        yield from self._walk(root, None, None)
        yield from self._flush(None)
        yield from self._links

    def _walk(
        self, element: html.HtmlElement, table: _Table | None, cell: Cell | None
    ) -> Iterator[Container]:
        tag = element.tag
        apart = tag in BLOCKS or tag == "br"
        inner = cell
        if apart:
            yield from self._flush(cell)
        if tag == "table":
            table, self._tables = _Table(self._tables), self._tables + 1
        elif tag == "tr" and table is not None:
            table.next_row()
        elif tag in ("td", "th") and table is not None:
            inner = table.next_cell(element)
        elif tag == "a" and element.get("href"):
            link = _Link(element, unquote(element.get("href", ""), errors="replace"))
            self._links.append(Container(_PART, [link], BlockKind.ATTRIBUTE))
        self._take(element, behind=False)
        for child in element:
            yield from self._walk(child, table, inner)
            self._take(child, behind=True)
        if apart:
            yield from self._flush(inner)

    def _take(self, element: html.HtmlElement, *, behind: bool) -> None:
        text = element.tail if behind else element.text
        if text:
            self._line.append(_NodeText(element, behind, text))

    def _flush(self, cell: Cell | None) -> Iterator[Container]:
        line, self._line = self._line, []
        if _is_visible(line):
            kind = BlockKind.PARAGRAPH if cell is None else BlockKind.CELL
            yield Container(_PART, line, kind, cell)


def _is_visible(line: Sequence[Segment]) -> bool:
    return any(segment.text.strip() for segment in line)
