"""What hangs on the parts of an office package: pictures, charts and embedded files, rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from redact.containers import TextPlace
from redact.notes import Notes
from redact.ooxml.blip import PartPictures
from redact.ooxml.chart import chart_containers, normalise_chart
from redact.ooxml.diagram import DIAGRAM, drawing_of, shapes_of
from redact.ooxml.embedded import Embedded, Nested, open_embedded
from redact.ooxml.fills import empty_fills
from redact.ooxml.parts import C, Graph, O, P, Part, R, S, V
from redact.ooxml.picture import Pictures
from redact.ooxml.values import is_simple
from redact.package import write_xml
from redact.pictures.drawings import Drawings

OBJECT, SLIDE_OBJECT = f"{{{O}}}OLEObject", f"{{{P}}}oleObj"
SHEET_OBJECT = f"{{{S}}}oleObject"
OBJECTS = (OBJECT, SLIDE_OBJECT, SHEET_OBJECT)
CHART = f"{{{C}}}chart"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_OBJECT = {"Type": "Embed", "DrawAspect": "Content"}
_RID, _MODEL = f"{{{R}}}id", f"{{{R}}}dm"


class Attachments:
    """Collect the pictures, charts and files that the parts of one package hold, each once.

    ``nested`` tells what is understood within, and how deep the package itself lies.
    """

    def __init__(self, graph: Graph, folder: str, notes: Notes, nested: Nested) -> None:
        self._graph = graph
        self._nested = nested
        self._folder = folder
        self._notes = notes
        drawings = Drawings(graph.parts)
        self._pictures = Pictures(graph.data, f"{folder}/media", notes, nested.depth, drawings)
        self._charts: dict[str, tuple[str, etree._Element] | None] = {}
        self._objects: dict[str, Embedded | None] = {}

    def of(self, part: str) -> PartAttachments:
        """Give what hangs on one part."""
        targets = {(r.kind, r.id): r.target for r in self._graph.relationships(part) if r.target}
        pictures = PartPictures(self._pictures, targets, self._notes)
        return PartAttachments(self, pictures, targets)

    def chart(self, target: str) -> str | None:
        """Rebuild a chart; the id under which the output refers to it, None where it cannot be."""
        if target not in self._charts:
            root = self._graph.xml(target)
            known = normalise_chart(root, self._notes)
            self._charts[target] = (f"rIdC{len(self._charts) + 1}", root) if known else None
        kept = self._charts[target]
        return kept[0] if kept else None

    def diagram(
        self, data: etree._Element, targets: Mapping[tuple[str, str], str]
    ) -> etree._Element | None:
        """Read what a diagram was drawn as; its picture fills become plain ones."""
        named = data.find(f"{{{DIAGRAM}}}relIds")
        model = targets.get(("diagramData", str(named.get(_MODEL)))) if named is not None else None
        identity = drawing_of(self._graph.xml(model)) if model else ""
        target = targets.get(("diagramDrawing", identity))
        shapes = shapes_of(self._graph.xml(target), self._notes) if target else None
        if shapes is not None:
            empty_fills(shapes, self._notes)
            self._notes.add("diagram_redrawn")
        return shapes

    def knows(self, relation: str) -> bool:
        """Tell whether an id is that of a chart of the output."""
        return any(identity == relation for identity, _ in self._kept())

    def object(self, target: str) -> Embedded | None:
        """Read an embedded file, None where it cannot be kept."""
        if target not in self._objects:
            number, data = len(self._objects) + 1, self._graph.data(target)
            folder = f"{self._folder}/embeddings"
            self._objects[target] = open_embedded(folder, number, data, self._nested, self._notes)
        return self._objects[target]

    def opens(self, relation: str) -> bool:
        """Tell whether an id is that of an embedded file of the output."""
        return any(each.relation == relation for each in self._embedded())

    def containers(self, roots: Collection[etree._Element]) -> Iterator[TextPlace]:
        """List the texts of the charts, of the embedded files and in the pictures of the parts.

        ``roots`` are all parts of the output: what none of them shows is dropped before.
        """
        self._drop_unshown(roots)
        for identity, root in self._kept():
            yield from chart_containers(self._name(identity), root)
        for each in self._embedded():
            yield from each.containers()
        yield from self._pictures.containers(roots)

    def settle(self) -> frozenset[str]:
        """Write the pictures; returns the ids of those that will not be shown."""
        return self._pictures.settle()

    def relations(self, root: etree._Element) -> Mapping[str, tuple[str, str]]:
        """List what a part of the output refers to, as relationships."""
        shown = _referred([root], CHART, *OBJECTS)
        charts = {i: ("chart", self._name(i)) for i, _ in self._kept() if i in shown}
        objects = {e.relation: ("package", e.name) for e in self._embedded() if e.relation in shown}
        return charts | objects | self._pictures.relations(root)

    def parts(self) -> dict[str, Part]:
        """Give the written charts, files and pictures."""
        charts = {
            self._name(identity): Part(_CHART_TYPE, write_xml(root), {})
            for identity, root in self._kept()
        }
        objects = {each.name: each.part() for each in self._embedded()}
        for each in self._embedded():
            for note in each.file.notes:
                self._notes.add(note.code)
        return charts | objects | self._pictures.parts()

    def written(
        self,
        trees: Mapping[str, etree._Element],
        own: Mapping[str, Mapping[str, tuple[str, str]]],
        content_type: Callable[[str], str],
        frame: Callable[[etree._Element, frozenset[str]], None],
    ) -> dict[str, Part]:
        """Serialise the trees as they stand, with all that they show.

        ``own`` are the other relationships of a part; ``frame`` empties the place of a picture
        that will not be shown after all.
        """
        gone = self.settle()
        parts: dict[str, Part] = {}
        for name, root in trees.items():
            frame(root, gone)
            relations = {**self.relations(root), **own.get(name, {})}
            parts[name] = Part(content_type(name), write_xml(root), relations)
        return parts | self.parts()

    def _drop_unshown(self, roots: Collection[etree._Element]) -> None:
        """Drop charts and files whose place went with what was around it."""
        shown = _referred(roots, CHART, *OBJECTS)
        for target, chart in self._charts.items():
            if chart is not None and chart[0] not in shown:
                self._charts[target] = None
                self._notes.add("chart_dropped")
        for target, each in self._objects.items():
            if each is not None and each.relation not in shown:
                self._objects[target] = None
                self._notes.add("object_dropped")

    def every_picture(self) -> Sequence[Pictures]:
        """Give the pictures of the package, then those of each file within."""
        within = (pictures for each in self._embedded() for pictures in each.file.pictures)
        return (self._pictures, *within)

    def _kept(self) -> list[tuple[str, etree._Element]]:
        return [kept for kept in self._charts.values() if kept is not None]

    def _embedded(self) -> list[Embedded]:
        return [each for each in self._objects.values() if each is not None]

    def _name(self, identity: str) -> str:
        return f"{self._folder}/charts/chart{identity.removeprefix('rIdC')}.xml"


@dataclass(frozen=True, slots=True)
class PartAttachments:
    """Know what hangs on one part by its relationships."""

    attachments: Attachments
    pictures: PartPictures
    targets: Mapping[tuple[str, str], str]

    def keep_chart(self, data: etree._Element) -> bool:
        """Make the data of a graphic show a chart of ours; False if it cannot."""
        chart = data.find(CHART)
        target = None if chart is None else self.targets.get(("chart", str(chart.get(_RID, ""))))
        identity = self.attachments.chart(target) if target else None
        if identity is None:
            return False
        for child in list(data):
            data.remove(child)
        data.set("uri", C)
        etree.SubElement(data, CHART).set(_RID, identity)
        return True

    def diagram(self, data: etree._Element) -> etree._Element | None:
        """Read the shapes that a diagram was drawn as; None where the file does not hold them."""
        return self.attachments.diagram(data, self.targets)

    def shows(self, chart: etree._Element) -> bool:
        """Tell whether an element shows a chart of ours; any other could name anything."""
        return self.attachments.knows(str(chart.get(_RID, "")))

    def keep_object(self, element: etree._Element) -> bool:
        """Make an embedded object of a text document stand for a file of ours; False if it cannot.

        Its picture is the caller's: it was made by the program that knows the unredacted file.
        """
        inner = element.find(OBJECT)
        kept = None if inner is None else self._object(inner)
        if inner is None or kept is None:
            return False
        inner.attrib.clear()
        for name, value in _OBJECT.items():
            inner.set(name, value)
        inner.set("ProgID", kept.kind.program)
        inner.set(_RID, kept.relation)
        return True

    def note_unshown(self, root: etree._Element) -> None:
        """Tell of embedded files that the part holds without showing them."""
        shown = _referred([root], *OBJECTS)
        if any(k in ("oleObject", "package") and i not in shown for k, i in self.targets):
            self.pictures.notes.add("object_dropped")

    def keep_slide_object(self, inner: etree._Element) -> bool:
        """Do the same for an object of a slide."""
        kept = self._object(inner)
        if kept is None:
            return False
        size = {n: str(inner.get(n)) for n in ("imgW", "imgH") if is_simple(str(inner.get(n)))}
        inner.attrib.clear()
        for name, value in size.items():
            inner.set(name, value)
        inner.set("progId", kept.kind.program)
        inner.set(_RID, kept.relation)
        return True

    def keep_sheet_object(self, inner: etree._Element) -> etree._Element | None:
        """Give what stands for a file of ours in a sheet; None where there can be none."""
        kept = self._object(inner)
        if kept is None:
            return None
        written = etree.Element(SHEET_OBJECT)
        written.set("progId", kept.kind.program)
        written.set(_RID, kept.relation)
        return written

    def opens(self, inner: etree._Element) -> bool:
        """Tell whether an element opens an embedded file of ours."""
        return self.attachments.opens(str(inner.get(_RID, "")))

    def _object(self, inner: etree._Element) -> Embedded | None:
        target = self.targets.get(("package", str(inner.get(_RID, ""))))
        return self.attachments.object(target) if target else None


def _referred(roots: Iterable[etree._Element], *tags: str) -> frozenset[str]:
    """List the ids that elements of these names refer to."""
    return frozenset(str(e.get(_RID)) for root in roots for e in root.iter(*tags))


def name_objects(root: etree._Element) -> None:
    """Tie each embedded object to the shape it is shown by, under names of ours."""
    for number, inner in enumerate(root.iter(OBJECT), 1_025):
        shape = next(inner.itersiblings(f"{{{V}}}*", preceding=True), None)
        if shape is not None:
            shape.set("id", f"_x0000_i{number}")
            inner.set("ShapeID", f"_x0000_i{number}")
        inner.set("ObjectID", f"_{number}")
