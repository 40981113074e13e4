"""What hangs on the parts of an office package: pictures, charts and embedded files, rebuilt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from redact.containers import TextPlace
from redact.notes import Notes
from redact.ooxml.blip import PartPictures
from redact.ooxml.charts import Charts
from redact.ooxml.diagram import DIAGRAM, drawing_of, shapes_of
from redact.ooxml.embedded import Embedded, EmbeddedFiles, Nested
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
_OBJECT = {"Type": "Embed", "DrawAspect": "Content"}
_RID, _MODEL = f"{{{R}}}id", f"{{{R}}}dm"


class Attachments:
    """Collect the pictures, charts and files that the parts of one package hold, each once.

    ``nested`` tells what is understood within, and how deep the package itself lies.
    """

    def __init__(self, graph: Graph, folder: str, notes: Notes, nested: Nested) -> None:
        self._graph = graph
        self._notes = notes
        drawings = Drawings(graph.parts)
        self._pictures = Pictures(graph.data, f"{folder}/media", notes, nested.depth, drawings)
        self.charts = Charts(graph, folder, notes)
        self.files = EmbeddedFiles(graph, folder, nested, notes)

    def of(self, part: str) -> PartAttachments:
        """Give what hangs on one part."""
        targets = {(r.kind, r.id): r.target for r in self._graph.relationships(part) if r.target}
        pictures = PartPictures(self._pictures, targets, self._notes)
        return PartAttachments(self, pictures, targets)

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

    def containers(self, roots: Collection[etree._Element]) -> Iterator[TextPlace]:
        """List the texts of the charts, of the embedded files and in the pictures of the parts.

        ``roots`` are all parts of the output: what none of them shows is dropped before.
        """
        shown = _referred(roots, CHART, *OBJECTS)
        self.charts.drop_unshown(shown)
        self.files.drop_unshown(shown)
        yield from self.charts.containers()
        yield from self.files.containers()
        yield from self._pictures.containers(roots)

    def every_picture(self) -> Sequence[Pictures]:
        """Give the pictures of the package, then those of each file within."""
        return (self._pictures, *self.files.pictures())

    def settle(self) -> frozenset[str]:
        """Write the pictures; returns the ids of those that will not be shown."""
        return self._pictures.settle()

    def relations(self, root: etree._Element) -> Mapping[str, tuple[str, str]]:
        """List what a part of the output refers to, as relationships."""
        shown = _referred([root], CHART, *OBJECTS)
        others = self.charts.relations(shown) | self.files.relations(shown)
        return others | self._pictures.relations(root)

    def parts(self) -> dict[str, Part]:
        """Give the written charts, files and pictures."""
        return self.charts.parts() | self.files.parts() | self._pictures.parts()

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
        identity = self.attachments.charts.take(target) if target else None
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
        return self.attachments.charts.knows(str(chart.get(_RID, "")))

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
        return self.attachments.files.knows(str(inner.get(_RID, "")))

    def _object(self, inner: etree._Element) -> Embedded | None:
        target = self.targets.get(("package", str(inner.get(_RID, ""))))
        return self.attachments.files.take(target) if target else None


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
