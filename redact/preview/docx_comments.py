"""The comments of a text document: those it has stay, further ones come behind them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from lxml import etree

from redact.ooxml.parts import CONTENT_TYPES, RELATIONSHIPS, Graph, R, W
from redact.package import parse_xml
from redact.preview.highlights import AUTHOR, Label

_ID, _COMMENT = f"{{{W}}}id", f"{{{W}}}comment"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = f"{R}/comments"


class Comments:
    """Collect the comments of a package; ``main`` is the part that they belong to."""

    def __init__(self, parts: Mapping[str, bytes], graph: Graph, main: str) -> None:
        self._parts = parts
        self._names = {name.casefold(): name for name in parts}
        self._main = main
        held = graph.one(main, "comments")
        self._name = self._names[held.target.casefold()] if held else ""
        root = graph.xml(held.target) if held else etree.Element(f"{{{W}}}comments", nsmap={"w": W})
        self._root = root
        taken = [str(each.get(_ID, "")) for each in root.iter(_COMMENT)]
        self._next = 1 + max((int(n) for n in taken if n.isdecimal()), default=-1)

    def add(self, label: Label) -> str:
        """Add what is said of a finding; returns the id to refer to."""
        number, self._next = str(self._next), self._next + 1
        comment = etree.SubElement(self._root, _COMMENT)
        for name, value in (("id", number), ("author", AUTHOR), ("initials", str(label.number))):
            comment.set(f"{{{W}}}{name}", value)
        run = etree.SubElement(etree.SubElement(comment, f"{{{W}}}p"), f"{{{W}}}r")
        text = etree.SubElement(run, f"{{{W}}}t")
        text.text = label.comment
        text.set(_SPACE, "preserve")
        return number

    def written(self) -> dict[str, bytes]:
        """Give the parts that change, the comments among them."""
        if len(self._root) == 0:
            return {}
        if self._name:
            return {self._name: serialised(self._root)}
        folder, base = posixpath.split(self._main)
        numbers = range(len(self._parts) + 1)
        free = (posixpath.join(folder, f"comments{n or ''}.xml") for n in numbers)
        name = next(each for each in free if each.casefold() not in self._names)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        return {
            name: serialised(self._root),
            **self._with(relations, RELATIONSHIPS, "Relationship", {
                "Id": "rIdReviewComments", "Type": _KIND, "Target": f"/{name}",
            }),
            **self._with("[Content_Types].xml", CONTENT_TYPES, "Override", {
                "PartName": f"/{name}", "ContentType": _TYPE,
            }),
        }  # fmt: skip

    def _with(
        self, part: str, namespace: str, tag: str, values: Mapping[str, str]
    ) -> dict[str, bytes]:
        name = self._names.get(part.casefold(), part)
        held = self._parts.get(name)
        root = parse_xml(held) if held else parse_xml(f'<{tag}s xmlns="{namespace}"/>'.encode())
        etree.SubElement(root, f"{{{namespace}}}{tag}", dict(values))
        return {name: serialised(root)}


def serialised(root: etree._Element) -> bytes:
    """Write a part with all its namespaces: others than elements may need their prefixes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def refer(number: str, first: etree._Element, last: etree._Element) -> None:
    """Tie a comment to the runs from ``first`` to ``last``."""
    start, end = (etree.Element(f"{{{W}}}commentRange{name}") for name in ("Start", "End"))
    reference = etree.Element(f"{{{W}}}r")
    for element in (start, end, etree.SubElement(reference, f"{{{W}}}commentReference")):
        element.set(f"{{{W}}}id", number)
    first.addprevious(start)
    last.addnext(end)
    end.addnext(reference)
