"""The charts that one office package shows, each rebuilt once under a name of ours."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lxml import etree

from redact.containers import TextPlace
from redact.notes import Notes
from redact.ooxml.chart import chart_containers, normalise_chart
from redact.ooxml.parts import Graph, Part
from redact.package import write_xml

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_RELATION = "rIdC"


class Charts:
    """Collect the charts of a package; a chart is known by the id that refers to it."""

    def __init__(self, graph: Graph, folder: str, notes: Notes) -> None:
        self._graph = graph
        self._folder = folder
        self._notes = notes
        self._charts: dict[str, tuple[str, etree._Element] | None] = {}

    def take(self, target: str) -> str | None:
        """Rebuild a chart; the id under which the output refers to it, None where it cannot be."""
        if target not in self._charts:
            root = self._graph.xml(target)
            known = normalise_chart(root, self._notes)
            identity = f"{_RELATION}{len(self._charts) + 1}"
            self._charts[target] = (identity, root) if known else None
        kept = self._charts[target]
        return kept[0] if kept else None

    def knows(self, relation: str) -> bool:
        """Tell whether an id is that of a chart of the output."""
        return any(identity == relation for identity, _ in self._kept())

    def drop_unshown(self, shown: Collection[str]) -> None:
        """Drop the charts whose place went with what was around it."""
        for target, chart in self._charts.items():
            if chart is not None and chart[0] not in shown:
                self._charts[target] = None
                self._notes.add("chart_dropped")

    def containers(self) -> Iterator[TextPlace]:
        """List the texts of the charts."""
        for identity, root in self._kept():
            yield from chart_containers(self._name(identity), root)

    def relations(self, shown: Collection[str]) -> dict[str, tuple[str, str]]:
        """List the charts of these ids as relationships."""
        return {i: ("chart", self._name(i)) for i, _ in self._kept() if i in shown}

    def parts(self) -> dict[str, Part]:
        """Give the written charts."""
        return {self._name(i): Part(_TYPE, write_xml(root), {}) for i, root in self._kept()}

    def _kept(self) -> list[tuple[str, etree._Element]]:
        return [kept for kept in self._charts.values() if kept is not None]

    def _name(self, identity: str) -> str:
        return f"{self._folder}/charts/chart{identity.removeprefix(_RELATION)}.xml"
