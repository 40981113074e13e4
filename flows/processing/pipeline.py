"""The one path of a document: read, detect, plan, write, verify; no case, no server, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

from detectors.names.people_numbers import share_numbers
from detectors.names.spelt_names import add_spelt
from detectors.remarks import remarks
from flows.masks.reidentification import residual_risks
from flows.processing.code_runs import code_runs
from flows.processing.encoded import encoded_content
from flows.processing.proof import (
    UnprovenError,
    blocks_of,
    complained,
    prove_text,
    without_pictures_too,
)
from flows.processing.readings import Readings, ReadingsMap
from flows.processing.scanned import (
    SEVERITY,
    FileWorker,
    Incoming,
    Look,
    Output,
    Scan,
    ScannedFile,
    still_allowed,
    still_standing,
)
from flows.processing.scattered_numbers import scattered_numbers
from flows.processing.second_look import Looked, joined, look_again
from redact.kinds import WRITTEN_AS
from redact.preview.highlights import HighlightOrder
from redact.preview.pictures import Mark, PagePairs, PictureOrder
from redact.verify.sight import Seen
from review.change import Change, Changes, by_place, pointed_at
from review.document import Block, BlockKind, Document, Location, Note, Span
from review.errors import BrokenInputError, ReviewError, UnsafeOutputError
from review.finding import Finding, unite
from review.plan import RedactionPlan, Verdict, verdict, without_pictures
from review.planning import Operators, build_plans
from review.policy import Category, Policy
from review.ports import Detector
from review.suggestion import Suggestion, suggest

_NO_CHANGES: Changes = {}


class Pipeline:
    """Take drafts along the one path with the given adapters."""

    def __init__(
        self,
        worker: FileWorker,
        detector: Callable[[], Detector],
        policy: Policy,
        operators: Callable[[], Operators],
        readings: Readings | None = None,
    ) -> None:
        self._worker = worker
        self._readings = readings or Readings()
        self._detector = detector
        self._operators = operators
        self.policy = policy

    def read(self, incoming: Incoming) -> Document:
        """Read one file; raises a ``ReviewError`` where it cannot be used."""
        self._readings.keep(incoming.data, incoming.readings)
        document = self._worker.read(incoming.name, incoming.data)
        if document.is_blank:
            raise BrokenInputError("文件里只有空白，没有任何文字或图片，请检查后重新提交。")
        return document

    def readings(self, incoming: Incoming) -> ReadingsMap:
        """Give what was read in the pictures of a file, if it has any and was read lately."""
        return self._readings.of(incoming.data)

    def detect(self, document: Document) -> tuple[Finding, ...]:
        """Find everything in a document; for texts that are no files."""
        return self._detector().detect(document)

    def plan(
        self,
        scanned: Sequence[tuple[Document, Sequence[Finding]]],
        category: Category,
        changes: Changes = _NO_CHANGES,
    ) -> tuple[RedactionPlan, ...]:
        """Decide findings under the policy in force and under what people changed."""
        return build_plans(scanned, self.policy, category, self._operators(), changes)

    def scan(
        self, incoming: Sequence[Incoming], category_key: str, changes: Iterable[Change] = ()
    ) -> Scan:
        """Read and judge all files of a case together, so that they share their pseudonyms.

        ``changes`` are what people decided otherwise than the policy proposes.
        """
        return self.judge(self.look(incoming, category_key), changes)

    def look(self, incoming: Sequence[Incoming], category_key: str) -> Look:
        """Read all files of a case and find what is in them, under the rules alone.

        What people decide is judged on it with ``judge``, as often as they change their minds.
        """
        category = self.policy.category(category_key)
        read = [(item, self.read(item)) for item in incoming]
        found = add_spelt(
            share_numbers(
                [self._detect_with_name(doc, PurePath(item.name).stem) for item, doc in read]
            )
        )
        raw = self._with_codes([part for file in found for part in file], category)
        return Look(category, tuple(incoming), self._look_again(raw, category))

    def judge(self, look: Look, changes: Iterable[Change] = ()) -> Scan:
        """Judge what was found in the files of a case under the rules and what people changed."""
        category, looked = look.category, look.parts
        if decided := by_place(changes):
            # What the rules alone bring out stays listed, whatever people decide about the rest.
            pointed = [
                (part.document, joined(n, part.findings, pointed_at(decided, n, part.findings)))
                for n, part in enumerate(looked)
            ]
            looked = self._look_again(pointed, category, decided)
        texts, names = looked[::2], looked[1::2]
        risks = residual_risks(
            [(text.document, text.plan) for text in texts],
            category.least_group,
            [(name.document, name.plan) for name in names],
        )
        files = [
            self._scanned(item, text, name, (*more, *self._disguised(text, category)))
            for item, text, name, more in zip(look.incoming, texts, names, risks, strict=True)
        ]
        return Scan(category, tuple(files))

    def _look_again(
        self,
        parts: Sequence[tuple[Document, tuple[Finding, ...]]],
        category: Category,
        changes: Changes = _NO_CHANGES,
    ) -> tuple[Looked, ...]:
        return look_again(
            parts,
            lambda current: self.plan(current, category, changes),
            lambda document: self._judged(document, category),
        )

    def _with_codes(
        self, parts: Sequence[tuple[Document, tuple[Finding, ...]]], category: Category
    ) -> list[tuple[Document, tuple[Finding, ...]]]:
        """Add what stands in code to what was found."""

        def judge(decoded: Document) -> RedactionPlan:
            return self._judged(decoded, category)

        return [
            (document, joined(number, findings, code_runs(document, judge)))
            for number, (document, findings) in enumerate(parts)
        ]

    def _disguised(self, text: Looked, category: Category) -> tuple[Note, ...]:
        """Ask about what a text would still tell in code or in pieces."""
        published = text.foreseen.document if text.foreseen else text.document
        encoded = encoded_content(published, lambda decoded: self._judged(decoded, category))
        return encoded + scattered_numbers(published)

    def _scanned(
        self, incoming: Incoming, text: Looked, name: Looked, risks: Sequence[Note]
    ) -> ScannedFile:
        told = remarks(text.document, text.findings + name.findings, self.policy.expressions)
        notes = (*text.document.notes, *told, *risks, *text.notes, *name.notes)
        document = replace(text.document, notes=notes)
        worst = max(
            verdict(document, text.plan), verdict(name.document, name.plan), key=SEVERITY.index
        )
        return ScannedFile(
            incoming, document, text.plan, name.document, name.plan, worst, text.foreseen
        )

    def _detect_with_name(
        self, document: Document, stem: str
    ) -> tuple[tuple[Document, tuple[Finding, ...]], tuple[Document, tuple[Finding, ...]]]:
        """Detect in the text and, knowing the text, in the file name (names stand there bare)."""
        place = Location("file_name", len(document.blocks))
        name_block = Block(stem, place, BlockKind.FILE_NAME)
        together = replace(document, blocks=(*document.blocks, name_block))
        border = together.starts[-1]
        inside: list[Finding] = []
        named: list[Finding] = []
        for found in self.detect(together):  # one that reaches over the border counts on both sides
            start, end = found.span.start, found.span.end
            if start < len(document.text):
                inside.append(replace(found, span=Span(start, min(end, len(document.text)))))
            if end > border:
                span = Span(max(start - border, 0), end - border)
                named.append(replace(found, span=span, id=f"N{len(named) + 1}"))
        name_document = Document("name", (replace(name_block, location=Location("file_name", 0)),))
        return (document, unite(inside)), (name_document, tuple(named))

    def redact(self, scan: Scan) -> tuple[Output, ...]:
        """Write and prove every file of a scan.

        Raises ``UnprovenError`` with what is wrong and where when an output cannot be shown to be
        safe; nothing is returned then.
        """
        if scan.verdict in (Verdict.BLOCKED, Verdict.QUARANTINED):
            raise UnsafeOutputError(
                "该件已被拦截或隔离，不能生成公开版本，请按检出的内容修改原件。"
            )
        return tuple(self._redact_nth(scan, number) for number in range(len(scan.files)))

    def contrary(self, file: ScannedFile, category: Category) -> Suggestion | None:
        """Say which other category a file looks like by its title, None where none does."""
        stem = PurePath(file.incoming.name).stem
        found = suggest(self.policy.categories, file.document, stem)
        return found if found and found.category.key != category.key else None

    def survivals(
        self, format: str, data: bytes, allowed: dict[str, int], kept: Sequence[str]
    ) -> tuple[str, ...]:
        """Say where a file holds values more often than it may, and what of it is unchecked."""
        return self._worker.verify(WRITTEN_AS.get(format, format), data, allowed, kept)

    def compare(
        self, file: ScannedFile, published: bytes, marks: Sequence[Mark]
    ) -> tuple[Seen, ...]:
        """Compare what the pictures and scanned pages of a draft and of a published file show.

        Raises a ``ReviewError`` where they cannot be shown.
        """
        data, format = file.incoming.data, file.document.format
        return self._worker.compare(data, published, format, marks)

    def picture(self, file: ScannedFile, output: bytes, order: PictureOrder) -> PagePairs:
        """Picture the pages of a draft and of its output, empty where there is none.

        Raises a ``ReviewError`` where they cannot be shown.
        """
        return self._worker.picture(file.incoming.data, output, order)

    def highlight(self, file: ScannedFile, order: HighlightOrder) -> bytes:
        """Highlight the findings of a draft in a copy; raises a ``ReviewError`` where it cannot."""
        return self._worker.highlight(file.incoming.data, order)

    def _redact_nth(self, scan: Scan, number: int) -> Output:
        """Write and prove one file; what fails says which one of several it is about."""
        try:
            return self._redact_file(scan, number, scan.files[number])
        except UnsafeOutputError as error:
            which = f"第{number + 1}个文件：" if len(scan.files) > 1 else ""
            raise UnprovenError(which + error.message, blocks_of(error), number) from None

    def _redact_file(self, scan: Scan, number: int, file: ScannedFile) -> Output:
        """Write and prove one file; a picture in doubt is left out rather than the file."""
        name = _unique_name(scan, number)
        try:
            return Output(name, *self._proven(scan, file, file.plan))
        except UnsafeOutputError as error:
            plan = without_pictures(file.document, file.plan)
            if plan is None:
                raise
            failure = error
        try:
            return Output(name, *self._proven(scan, file, plan))
        except UnsafeOutputError as error:
            raise without_pictures_too(failure, error) from None

    def _proven(
        self, scan: Scan, file: ScannedFile, plan: RedactionPlan
    ) -> tuple[bytes, tuple[Note, ...]]:
        data, notes = self._worker.write(file.document.format, file.incoming.data, plan)
        self._prove(scan, replace(file, plan=plan), data)
        return data, notes

    def _prove(self, scan: Scan, file: ScannedFile, data: bytes) -> None:
        """Show that what was planned is gone, nothing else changed and nothing new is found."""
        form = WRITTEN_AS.get(file.document.format, file.document.format)
        allowed, kept = still_allowed(file), still_standing(file)
        if complaints := self._worker.verify(form, data, allowed, kept):
            raise UnsafeOutputError(complained(complaints))
        try:
            output = self._worker.read(file.checked_name, data)
        except ReviewError as error:
            raise UnsafeOutputError(f"生成的文件无法重新读取：{error.message}") from None
        prove_text(file.document, file.plan, output, lambda each: self._again(file, each, scan))

    def _again(self, file: ScannedFile, output: Document, scan: Scan) -> RedactionPlan:
        """Judge an output; one that is to the letter what was foreseen has been judged."""
        if file.foreseen and output.blocks == file.foreseen.document.blocks:
            return file.foreseen.judged
        return self._judged(output, scan.category)

    def _judged(self, document: Document, category: Category) -> RedactionPlan:
        (plan,) = self.plan([(document, self.detect(document))], category)
        return plan


def _unique_name(scan: Scan, number: int) -> str:
    """Give the checked name of a file, numbered where two files of a case would share it."""
    names = [f.checked_name for f in scan.files]
    name = names[number]
    if names.count(name) == 1:
        return name
    path = PurePath(name)
    return f"{path.stem}-{number + 1}{path.suffix}"
