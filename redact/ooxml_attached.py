"""What hangs on the parts of an office package: pictures and charts, read with them and rebuilt."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from redact.containers import TextPlace
from redact.notes import Notes
from redact.ooxml import C, Graph, Part, R
from redact.ooxml_chart import chart_containers, normalise_chart
from redact.ooxml_picture import PartPictures, Pictures
from redact.package import write_xml

CHART = f"{{{C}}}chart"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RID = f"{{{R}}}id"


class Attachments:
    """Collect the pictures and charts that the parts of one package show, each once."""

    def __init__(self, graph: Graph, folder: str, notes: Notes) -> None:
        self._graph = graph
        self._folder = folder
        self._notes = notes
        self._pictures = Pictures(graph, f"{folder}/media", notes)
        self._charts: dict[str, tuple[str, etree._Element] | None] = {}

    def of(self, part: str) -> PartAttachments:
        """Give what hangs on one part."""
        targets = {
            r.id: r.target
            for r in self._graph.relationships(part)
            if r.kind == "chart" and r.target
        }
        return PartAttachments(self, self._pictures.of(part), targets)

    def chart(self, target: str) -> str | None:
        """Rebuild a chart; the id under which the output refers to it, None where it cannot be."""
        if target not in self._charts:
            root = self._graph.xml(target)
            known = normalise_chart(root, self._notes)
            self._charts[target] = (f"rIdC{len(self._charts) + 1}", root) if known else None
        kept = self._charts[target]
        return kept[0] if kept else None

    def containers(self, roots: Collection[etree._Element]) -> Iterator[TextPlace]:
        """List the texts of the charts and the writing in the pictures that the parts show."""
        used = {str(e.get(_RID)) for root in roots for e in root.iter(CHART)}
        for target, kept in self._charts.items():
            if kept is not None and kept[0] not in used:
                self._charts[target] = None
        for identity, root in self._kept():
            yield from chart_containers(self._name(identity), root)
        yield from self._pictures.containers(roots)

    def settle(self) -> frozenset[str]:
        """Write the pictures; returns the ids of those that will not be shown."""
        return self._pictures.settle()

    def relations(self, root: etree._Element) -> Mapping[str, tuple[str, str]]:
        """List what a part of the output refers to, as relationships."""
        used = {str(e.get(_RID)) for e in root.iter(CHART)}
        charts = {i: ("chart", self._name(i)) for i, _ in self._kept() if i in used}
        return charts | self._pictures.relations(root)

    def parts(self) -> dict[str, Part]:
        """Give the written charts and pictures."""
        charts = {
            self._name(identity): Part(_CHART_TYPE, write_xml(root), {})
            for identity, root in self._kept()
        }
        return charts | self._pictures.parts()

    def _kept(self) -> list[tuple[str, etree._Element]]:
        return [kept for kept in self._charts.values() if kept is not None]

    def _name(self, identity: str) -> str:
        return f"{self._folder}/charts/chart{identity.removeprefix('rIdC')}.xml"


@dataclass(frozen=True, slots=True)
class PartAttachments:
    """Know what hangs on one part by its relationships."""

    attachments: Attachments
    pictures: PartPictures
    targets: Mapping[str, str]

    def keep_chart(self, data: etree._Element) -> bool:
        """Make the data of a graphic show a chart of ours; False if it cannot."""
        chart = data.find(CHART)
        target = self.targets.get(str(chart.get(_RID, ""))) if chart is not None else None
        identity = self.attachments.chart(target) if target else None
        if identity is None:
            return False
        for child in list(data):
            data.remove(child)
        data.set("uri", C)
        etree.SubElement(data, CHART).set(_RID, identity)
        return True
