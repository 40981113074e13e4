"""A workbook taken apart: sheets, strings and drawings read, texts listed, parts written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from lxml import etree

from redact.containers import Container, TextPlace
from redact.notes import Notes
from redact.ooxml.attached import Attachments
from redact.ooxml.bookstyles import read_formats, write_styles
from redact.ooxml.cellpictures import CellPictures
from redact.ooxml.embedded import Nested
from redact.ooxml.headers import HeaderText, header_containers, read_headers
from redact.ooxml.noted import OF_ANY_FILE, note_relationships
from redact.ooxml.parts import XDR, Graph, Part, R, S, open_office
from redact.ooxml.picture import Pictures
from redact.ooxml.prints import Prints, read_prints, write_prints
from redact.ooxml.sheet import CellText, Row, Styles, read_rows
from redact.ooxml.sheetdrawing import drawing_containers, frame_pictures, normalise_drawing
from redact.ooxml.sheetlayout import layout
from redact.ooxml.sheetobject import Shapes, SheetObjects, read_objects, read_shapes
from redact.ooxml.sheetwrite import LAYOUT_ELEMENTS, SharedStrings, write_sheet
from redact.ooxml.strings import Runs, TextRun, read_runs
from redact.ooxml.text import drop_unlisted
from redact.ooxml.theme import TYPE as THEME_TYPE
from redact.ooxml.theme import clean_theme
from redact.package import write_xml
from redact.plain.encoding import MAX_BLOCKS, too_many_blocks
from review.document import BlockKind, Note
from review.errors import BrokenInputError

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_ACCEPTED = (
    "spreadsheetml.sheet.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.sheet.macroEnabled.main+xml",
    "ms-excel.template.macroEnabled.main+xml",
)
_NOTED = {
    **OF_ANY_FILE,
    "externalLink": "links_dropped",
    "threadedComment": "comments_dropped",
    "pivotTable": "rules_dropped",
    "table": "rules_dropped",
    "ctrlProp": "object_dropped",
    "chartsheet": "chart_dropped",
    "dialogsheet": "content_dropped",
    "xlMacrosheet": "macro_dropped",
}
_RULES = ("conditionalFormatting", "dataValidations", "autoFilter", "hyperlinks", "protectedRanges")
# No sheet name may hold these, but masks are made of them: full-width they read the same.
_FORBIDDEN = str.maketrans("[]:*?/\\", "［］：＊？／＼")
SHEET_NAME_READ = str.maketrans("［］：＊？／＼", "[]:*?/\\")
_LONGEST_NAME = 31


@dataclass(slots=True)
class Sheet:
    """Hold one sheet: its name as a piece to edit, rows, headers, layout and drawing."""

    part: str
    name: TextRun
    rows: list[Row]
    headers: list[HeaderText]
    layout: dict[str, str] = field(default_factory=dict)
    drawing: etree._Element | None = None
    objects: SheetObjects = field(default_factory=SheetObjects)
    prints: Prints = field(default_factory=dict)

    def roots(self) -> Iterator[etree._Element]:
        """Yield the trees that refer to pictures, charts and files."""
        if self.drawing is not None:
            yield self.drawing
        yield from (self.objects.files, self.objects.shapes)


class BookFile:
    """Hold one workbook, its texts in reading order and the notes.

    Raises ``InputError`` where the package cannot be used.
    """

    main = "xl/workbook.xml"

    def __init__(self, data: bytes, nested: Nested) -> None:
        self._graph = Graph(open_office(data))
        self._source = self._graph.main(_ACCEPTED)
        self._notes = Notes()
        self._attached = Attachments(self._graph, "xl", self._notes, nested)
        for part in ("", self._source):
            note_relationships(self._graph, part, _NOTED, self._notes)
        book = self._graph.xml(self._source)
        properties = book.find(f"{{{S}}}workbookPr")
        self._epoch = properties is not None and properties.get("date1904") in ("1", "true")
        self._styles = self._graph.linked(self._source, "styles")
        self._theme = self._graph.linked(self._source, "theme")
        self._cell_pictures = CellPictures(self._graph, self._source, self._attached, self._notes)
        self.sheets: list[Sheet] = []
        self._filled = 0
        self._read_sheets(book)
        roots = [root for sheet in self.sheets for root in sheet.roots()]
        self.containers = [*self._list_texts(), *self._attached.containers(roots)]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Tell what was dropped or needs a person."""
        return self._notes.all()

    @property
    def pictures(self) -> Sequence[Pictures]:
        """Give the pictures that it shows, then those of each file within."""
        return self._attached.every_picture()

    def parts(self) -> dict[str, Part]:
        """Write every part of the output from what was read and edited."""
        strings = SharedStrings()
        parts: dict[str, Part] = {}
        relations: dict[str, tuple[str, str]] = {}
        gone = self._attached.settle()
        for number, sheet in enumerate(self.sheets, 1):
            drawn, over = self._write_drawn(sheet, number, gone, parts)
            headers = [h.markup() for h in sheet.headers]
            data = write_sheet(sheet.rows, sheet.layout, headers, drawn, strings)
            parts[sheet.part] = Part(f"{_TYPE}worksheet+xml", data, over)
            relations[f"rId{number}"] = ("worksheet", sheet.part)
        self._write_support(parts, relations, strings)
        parts[self.main] = Part(f"{_TYPE}sheet.main+xml", self._workbook(), relations)
        return parts | self._attached.parts()

    def _write_drawn(
        self, sheet: Sheet, number: int, gone: frozenset[str], parts: dict[str, Part]
    ) -> tuple[str, dict[str, tuple[str, str]]]:
        """Write what lies over the cells; returns its markup in the sheet and the relations."""
        relations: dict[str, tuple[str, str]] = {}
        drawn = ""
        if sheet.drawing is not None:
            name = f"xl/drawings/drawing{number}.xml"
            frame_pictures(sheet.drawing, gone)
            shown = self._attached.relations(sheet.drawing)
            parts[name] = Part(_DRAWING_TYPE, write_xml(sheet.drawing), shown)
            relations["rId1"] = ("drawing", name)
            drawn = '<drawing r:id="rId1"/>'
        if sheet.objects:
            name = f"xl/drawings/vmlDrawing{number}.vml"
            shown = self._attached.relations(sheet.objects.shapes)
            parts[name] = sheet.objects.part(shown, gone)
            relations["rId2"] = ("vmlDrawing", name)
            relations.update(self._attached.relations(sheet.objects.files))
            drawn += f'<legacyDrawing r:id="rId2"/>{sheet.objects.markup()}'
        return drawn, relations

    def _write_support(
        self,
        parts: dict[str, Part],
        relations: dict[str, tuple[str, str]],
        strings: SharedStrings,
    ) -> None:
        styles = _declared(write_styles(self._styles))
        support = {"styles": ("xl/styles.xml", f"{_TYPE}styles+xml", styles)}
        if strings:
            support["sharedStrings"] = (
                "xl/sharedStrings.xml", f"{_TYPE}sharedStrings+xml", _declared(strings.markup())
            )  # fmt: skip
        if self._theme is not None:
            clean_theme(self._theme)
            support["theme"] = ("xl/theme/theme1.xml", THEME_TYPE, write_xml(self._theme))
        for kind, (name, content_type, data) in support.items():
            parts[name] = Part(content_type, data, {})
            relations[f"rId{len(relations) + 1}"] = (kind, name)

    def _strings(self) -> list[Runs]:
        root = self._graph.linked(self._source, "sharedStrings")
        items = root.iterchildren(f"{{{S}}}si") if root is not None else ()
        return [read_runs(item, self._notes) for item in items]

    def _read_sheets(self, book: etree._Element) -> None:
        strings = self._strings()
        styles = read_formats(self._styles, self._epoch)
        known = {r.id: r for r in self._graph.relationships(self._source)}
        prints, others = read_prints(book)
        if others:
            self._notes.add("rules_dropped")
        for number, entry in enumerate(book.iterfind(f"{{{S}}}sheets/{{{S}}}sheet")):
            relationship = known.get(str(entry.get(f"{{{R}}}id", "")))
            if relationship is None or relationship.kind != "worksheet" or not relationship.target:
                self._notes.add("content_dropped")
                continue
            if entry.get("state", "visible") != "visible":
                self._notes.add("hidden_shown")
            note_relationships(self._graph, relationship.target, _NOTED, self._notes)
            name = TextRun("", str(entry.get("name", "")).translate(SHEET_NAME_READ))
            self.sheets.append(self._sheet(name, relationship.target, strings, styles))
            self.sheets[-1].prints = prints.get(number, {})

    def _sheet(self, name: TextRun, source: str, strings: list[Runs], styles: Styles) -> Sheet:
        part = f"xl/worksheets/sheet{len(self.sheets) + 1}.xml"
        streamed = self._graph.streamed(source, f"{{{S}}}sheetData", f"{{{S}}}row")
        rows = list(self._within_limit(read_rows(streamed, strings, styles, self._notes)))
        root = streamed.root
        if any(root.find(f"{{{S}}}{rule}") is not None for rule in _RULES):
            self._notes.add("rules_dropped")
        sheet = Sheet(part, name, rows, list(read_headers(root, self._notes)))
        for element in LAYOUT_ELEMENTS:
            sheet.layout[element] = layout(root, element, self._notes)
        drawing = self._graph.one(source, "drawing")
        if drawing is not None and root.find(f"{{{S}}}drawing") is not None:
            tree = self._graph.xml(drawing.target)
            normalise_drawing(tree, self._notes, self._attached.of(drawing.target))
            if drop_unlisted(tree, list(drawing_containers(part, tree))):
                self._notes.add("content_dropped")
            sheet.drawing = tree if len(tree) else None
        attached = self._attached.of(source)
        shapes = self._shapes(source)
        sheet.objects = read_objects(root, len(self.sheets) + 1, attached, shapes, self._notes)
        if pictures := [*sheet.objects.pictures, *self._cell_pictures.lift(rows)]:
            if sheet.drawing is None:
                sheet.drawing = etree.Element(f"{{{XDR}}}wsDr")
            sheet.drawing.extend(pictures)
        return sheet

    def _within_limit(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._filled += sum(entry.shown is not None for entry in row.cells)
            if self._filled > MAX_BLOCKS:
                raise too_many_blocks()
            yield row

    def _shapes(self, source: str) -> Shapes:
        """Read where the old drawing of a sheet puts objects; it is often no well-formed XML."""
        drawing = self._graph.one(source, "vmlDrawing")
        if drawing is None:
            return {}
        try:
            root = self._graph.xml(drawing.target)
        except BrokenInputError:
            return {}
        return read_shapes(root, self._attached.of(drawing.target))

    def _list_texts(self) -> Iterator[TextPlace]:
        for number, sheet in enumerate(self.sheets):
            yield Container(sheet.part, [sheet.name], BlockKind.ATTRIBUTE)
            for header in sheet.headers:
                yield from header_containers(sheet.part, header)
            for row in sheet.rows:
                for entry in row.cells:
                    if entry.shown is not None:
                        yield CellText(sheet.part, number, entry)
            if sheet.drawing is not None:
                part = f"xl/drawings/drawing{number + 1}.xml"
                yield from drawing_containers(part, sheet.drawing)

    def _workbook(self) -> bytes:
        taken: set[str] = set()
        names = [sheet_name(s.name.text, n, taken) for n, s in enumerate(self.sheets, 1)]
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(names, 1)
        )
        prints = write_prints(zip(names, (s.prints for s in self.sheets), strict=True))
        epoch = '<workbookPr date1904="1"/>' if self._epoch else "<workbookPr/>"
        return _declared(
            f'<workbook xmlns="{S}" xmlns:r="{R}">{epoch}<bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets>{prints}</workbook>"
        )


def sheet_name(name: str, number: int, taken: set[str]) -> str:
    """Write a name as a workbook may hold it; of names that redact alike each gets its own spaces.

    White space is what no comparison of texts counts, so that the name still reads as planned.
    """
    plain = name.translate(_FORBIDDEN).strip("'")[:_LONGEST_NAME] or f"表{number}"
    if plain.casefold() in taken:
        spaces = f"{number:b}".translate({ord("0"): " ", ord("1"): "\u3000"})
        plain = plain[: _LONGEST_NAME - len(spaces)] + spaces
    taken.add(plain.casefold())
    return plain


def _declared(markup: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (head + markup).encode("utf-8")
