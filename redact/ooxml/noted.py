"""What the relationships of a part tell to be there, whether or not it is carried over."""

from __future__ import annotations

from collections.abc import Mapping

from redact.notes import Notes
from redact.ooxml.parts import Graph

OF_ANY_FILE: Mapping[str, str] = {
    "comments": "comments_dropped",
    "hyperlink": "links_dropped",
    "customXml": "custom_data_dropped",
    "vbaProject": "macro_dropped",
    "control": "object_dropped",
    "core-properties": "properties_dropped",
    "extended-properties": "properties_dropped",
    "custom-properties": "properties_dropped",
}
"""Notes by the kind of relationship, for what all three kinds of office files may hold."""


def note_relationships(graph: Graph, part: str, codes: Mapping[str, str], notes: Notes) -> None:
    """Note what ``part`` (the package itself when empty) points to."""
    for relationship in graph.relationships(part):
        if code := codes.get(relationship.kind):
            notes.add(code)
