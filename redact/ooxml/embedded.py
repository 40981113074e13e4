"""Documents inside documents: embedded office files, read and rewritten by the same engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from redact.containers import Segment, TextPlace
from redact.notes import Notes
from redact.ooxml.parts import Graph, Part, assemble
from redact.ooxml.picture import Pictures
from redact.package import build_package
from review.document import Block, Note
from review.errors import InputError

MAX_DEPTH = 2
MAX_OBJECTS = 5
MAX_BYTES = 20_000_000
_TABLES_APART = 1_000
"""What the tables of an embedded file are counted up by, so that none passes for one outside."""


class OfficeFile(Protocol):
    """Stand for an office file taken apart."""

    main: str

    @property
    def containers(self) -> Sequence[TextPlace]:
        """List its texts."""
        ...

    @property
    def notes(self) -> tuple[Note, ...]:
        """Tell what was dropped or needs a person."""
        ...

    @property
    def pictures(self) -> Sequence[Pictures]:
        """Give the pictures that it shows, then those of each file within."""
        ...

    def parts(self) -> dict[str, Part]:
        """Write its parts as they stand."""
        ...


class Nested(NamedTuple):
    """Say which kinds of files are understood within a file, and in how many files it lies."""

    kinds: tuple[Kind, ...]
    depth: int = 0


class Kind(NamedTuple):
    """Name a kind of office file, its type and program, and what takes one apart."""

    suffix: str
    content_type: str
    program: str
    open: Callable[[bytes, Nested], OfficeFile]


@dataclass(frozen=True, slots=True)
class Embedded:
    """Hold one embedded file; ``name`` is the part of the output that it becomes."""

    number: int
    name: str
    kind: Kind
    file: OfficeFile

    @property
    def relation(self) -> str:
        """Give the id under which the output refers to the file."""
        return f"rIdE{self.number}"

    def containers(self) -> Iterator[TextPlace]:
        """List the texts of the file as standing inside another."""
        for place in self.file.containers:
            yield _Inside(place, self.name, self.number * _TABLES_APART)

    def part(self) -> Part:
        """Write the file."""
        data = build_package(assemble(self.file.main, self.file.parts()))
        return Part(self.kind.content_type, data, {})


def open_embedded(
    folder: str, number: int, data: bytes, nested: Nested, notes: Notes
) -> Embedded | None:
    """Read an embedded file; None where it is too deep, too large or not understood."""
    if nested.depth >= MAX_DEPTH or number > MAX_OBJECTS or len(data) > MAX_BYTES:
        return None
    for kind in nested.kinds:
        try:
            file = kind.open(data, nested._replace(depth=nested.depth + 1))
        except InputError:
            continue
        for note in file.notes:
            notes.add(note.code)
        return Embedded(number, f"{folder}/object{number}.{kind.suffix}", kind, file)
    return None


class EmbeddedFiles:
    """Collect the files embedded in a package, each once; known by the ids that refer to them."""

    def __init__(self, graph: Graph, folder: str, nested: Nested, notes: Notes) -> None:
        self._graph = graph
        self._folder = f"{folder}/embeddings"
        self._nested = nested
        self._notes = notes
        self._files: dict[str, Embedded | None] = {}

    def take(self, target: str) -> Embedded | None:
        """Read an embedded file, None where it cannot be kept."""
        if target not in self._files:
            number, data = len(self._files) + 1, self._graph.data(target)
            file = open_embedded(self._folder, number, data, self._nested, self._notes)
            self._files[target] = file
        return self._files[target]

    def knows(self, relation: str) -> bool:
        """Tell whether an id is that of a file of the output."""
        return any(each.relation == relation for each in self._kept())

    def drop_unshown(self, shown: Collection[str]) -> None:
        """Drop the files whose place went with what was around it."""
        for target, each in self._files.items():
            if each is not None and each.relation not in shown:
                self._files[target] = None
                self._notes.add("object_dropped")

    def containers(self) -> Iterator[TextPlace]:
        """List the texts of the files."""
        for each in self._kept():
            yield from each.containers()

    def pictures(self) -> Iterator[Pictures]:
        """Give the pictures that the files show."""
        for each in self._kept():
            yield from each.file.pictures

    def relations(self, shown: Collection[str]) -> dict[str, tuple[str, str]]:
        """List the files of these ids as relationships."""
        return {e.relation: ("package", e.name) for e in self._kept() if e.relation in shown}

    def parts(self) -> dict[str, Part]:
        """Give the written files; what writing them has to tell is noted."""
        parts = {each.name: each.part() for each in self._kept()}
        for each in self._kept():
            for note in each.file.notes:
                self._notes.add(note.code)
        return parts

    def _kept(self) -> list[Embedded]:
        return [each for each in self._files.values() if each is not None]


@dataclass(frozen=True, slots=True)
class _Inside:
    """Show a text of an embedded file as one of the file around it."""

    place: TextPlace
    part: str
    tables: int

    @property
    def text(self) -> str:
        return self.place.text

    @property
    def segments(self) -> Sequence[Segment]:
        return self.place.segments

    def block(self, index: int) -> Block:
        block = self.place.block(index)
        cell = block.cell and replace(block.cell, table=block.cell.table + self.tables)
        location = replace(block.location, part=f"{self.part}/{block.location.part}")
        return replace(block, location=location, cell=cell)
