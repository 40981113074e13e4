"""What goes along the path of a document: files as they come in, what is found, what goes out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flows.processing.readings import ReadingsMap
from flows.processing.second_look import Foreseen, Looked
from redact.kinds import written_suffix
from redact.preview.highlights import HighlightOrder
from redact.preview.pictures import Mark, PagePairs, PictureOrder
from redact.verify.sight import Seen
from redact.verify.split_numbers import kept_numbers
from redact.verify.verifier import allowed_occurrences
from review.attribute_proposal import AttributeProposal, propose_attribute
from review.case import Attribute
from review.document import Document, Note
from review.heading import attribute_marked_in
from review.plan import RedactionPlan, Ruling, Verdict, redacted_document, removed_values
from review.policy import Category

SEVERITY = list(Verdict)
"""Verdicts, the worst last."""


class FileWorker(Protocol):
    """Do what touches untrusted bytes; the sandbox does it in a process of its own."""

    def read(self, name: str, data: bytes) -> Document: ...

    def write(
        self, format: str, data: bytes, plan: RedactionPlan
    ) -> tuple[bytes, tuple[Note, ...]]: ...

    def verify(
        self, format: str, output: bytes, allowed: dict[str, int], kept: Sequence[str]
    ) -> tuple[str, ...]: ...

    def picture(self, original: bytes, output: bytes, order: PictureOrder) -> PagePairs: ...

    def compare(
        self, original: bytes, published: bytes, format: str, marks: Sequence[Mark]
    ) -> tuple[Seen, ...]: ...

    def highlight(self, original: bytes, order: HighlightOrder) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """Hold one file as it came in; ``name`` has no folder.

    ``readings`` are what an earlier step read in its pictures, where that was kept.
    """

    name: str
    data: bytes
    readings: ReadingsMap = field(default_factory=dict, repr=False, compare=False)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """Hold what was found in one file and in its name, and what the policy makes of it.

    ``foreseen`` is what was found in the text as planned; None where nothing is hidden in it.
    """

    incoming: Incoming
    document: Document
    plan: RedactionPlan
    name_document: Document
    name_plan: RedactionPlan
    verdict: Verdict
    foreseen: Foreseen | None = None

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """Give the rulings on the text and then those on the file name."""
        return self.plan.rulings + self.name_plan.rulings

    @property
    def checked_name(self) -> str:
        """Give the file name as it may be shown and published."""
        stem = redacted_document(self.name_document, self.name_plan).text.replace("*", "某")
        return stem + written_suffix(self.document.format, self.incoming.name)

    @property
    def attribute_marked(self) -> Attribute | None:
        """Give the disclosure attribute that the document itself bears."""
        return attribute_marked_in(self.document)


@dataclass(frozen=True, slots=True)
class Scan:
    """Hold the scan of all files of a case under one category; the worst verdict counts."""

    category: Category
    files: tuple[ScannedFile, ...]

    @property
    def verdict(self) -> Verdict:
        return max((f.verdict for f in self.files), key=SEVERITY.index)

    @property
    def judged(self) -> tuple[tuple[Document, RedactionPlan], ...]:
        """Give each file's text with what the policy makes of it."""
        return tuple((file.document, file.plan) for file in self.files)

    @property
    def proposal(self) -> AttributeProposal:
        """Give the disclosure attribute that the content of the case asks for."""
        return propose_attribute(self.judged, self.category)


@dataclass(frozen=True, slots=True)
class Look:
    """Hold what is found in a case before anybody decides: of each file its text, then its name."""

    category: Category
    incoming: tuple[Incoming, ...]
    parts: tuple[Looked, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """Hold one redacted and verified file with the notes of its writer."""

    name: str
    data: bytes
    notes: tuple[Note, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def still_allowed(file: ScannedFile) -> dict[str, int]:
    """Say how often each removed value may still stand in the output of a file."""
    expected = redacted_document(file.document, file.plan)
    return allowed_occurrences(expected.text, removed_values(file.document, file.plan))


def still_standing(file: ScannedFile) -> tuple[str, ...]:
    """Give the long numbers that the plan leaves in a file: detectors saw each of them whole."""
    expected = redacted_document(file.document, file.plan)
    return kept_numbers(block.text for block in expected.blocks)
