"""Read all text of one XML part with expat: characters, attributes, names, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

_CONTAINERS = frozenset({"p", "si", "is", "c"})
_CODE = frozenset({"instrText", "delInstrText", "f", "formula1", "formula2", "definedName"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_SPOKEN = frozenset({"descr", "title", "alt", "name", "string", "tooltip", "val", "author"})
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


class DoctypeError(Exception):
    """Say that an XML part brings a document type of its own."""


@dataclass(frozen=True, slots=True)
class Text:
    """Hold the text of one paragraph, cell or loose element; ``cell`` is its name in a sheet.

    ``shared`` says that the text is an index into the shared strings.
    """

    text: str
    cell: str = ""
    shared: bool = False


@dataclass(slots=True)
class _Container:
    name: str
    pieces: list[str] = field(default_factory=list)
    cell: str = ""
    type: str = ""


@dataclass(slots=True)
class XmlReader:
    """Collect the texts of a part, what stands aside of them, and what is mere machinery."""

    texts: list[Text] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    machine: dict[str, None] = field(default_factory=dict)
    _stack: list[_Container] = field(default_factory=list)
    _local: dict[str, str] = field(default_factory=dict)
    _inside: int = 0
    """How many of the open elements are containers."""

    def read(self, data: bytes) -> None:
        """Read a part; raises ``DoctypeError`` or ``expat.ExpatError``."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self.aside.append
        parser.ProcessingInstructionHandler = lambda target, text: self.aside.append(
            f"{target} {text}"
        )
        parser.StartNamespaceDeclHandler = lambda prefix, uri: self._mechanical(
            f"{prefix or ''} {uri}"
        )
        parser.Parse(data, True)

    def _doctype(self, *_: object) -> None:
        raise DoctypeError

    def _mechanical(self, text: str) -> None:
        if len(text) > 5 or not text.isascii():
            self.machine.setdefault(text)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local.get(name) or self._name(name)
        for key, value in attributes.items():
            self._attribute(key, value)
        if local in _BREAKS and self._stack:
            self._stack[-1].pieces.append(_BREAKS[local])
        container = local in _CONTAINERS
        if container or not self._inside or local in _CODE:
            cell = attributes.get("r", "")
            cell = cell if _CELL.fullmatch(cell) else self._cell()
            self._stack.append(_Container(local, [], cell, attributes.get("t", "")))
            self._inside += container
        else:
            self._stack.append(_Container("", self._stack[-1].pieces))

    def _name(self, qualified: str) -> str:
        """Give the local name of an element or attribute; the whole is noted at first sight."""
        self._mechanical(qualified)
        return self._local.setdefault(qualified, qualified.rpartition(" ")[2])

    def _cell(self) -> str:
        """Name the cell that an inline string stands in."""
        return self._stack[-1].cell if self._stack else ""

    def _attribute(self, key: str, value: str) -> None:
        local = self._local.get(key) or self._name(key)
        if local == "r" and _CELL.fullmatch(value):
            return
        if local in _SPOKEN or not value.isascii():
            self.aside.append(value)
        else:
            self._mechanical(value)

    def _characters(self, text: str) -> None:
        if self._stack:
            self._stack[-1].pieces.append(text)

    def _end(self, name: str) -> None:
        closed = self._stack.pop()
        self._inside -= closed.name in _CONTAINERS
        text = "".join(closed.pieces) if closed.name else ""
        # Shared strings are known by their number: an empty one counts.
        if not text.strip() and closed.name != "si":
            return
        if closed.name in _CODE:
            self.aside.append(text)
        elif closed.name == "c":
            shared = closed.type == "s"
            self.texts.append(Text(text if shared else _plain(text), closed.cell, shared))
        else:
            self.texts.append(Text(text, closed.cell))


def _plain(text: str) -> str:
    """Write a number in scientific notation in full, as a spreadsheet shows it."""
    if "E" in text or "e" in text:
        try:
            return format(Decimal(text.strip()), "f")
        except (InvalidOperation, ValueError):
            return text
    return text
