"""What was made of a case's drafts: redacted files, the record of findings, the review copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows.cases.advice import case_notes
from flows.copies.findings_record import CaseRecord, describe_scan
from flows.copies.highlighted import highlighted_copies
from flows.copies.page_pictures import Pictures, likeness_notes, page_pictures
from flows.copies.review_copy import review_copy
from flows.processing.pipeline import Pipeline
from flows.processing.readings import unpack_readings
from flows.processing.scanned import Incoming, Output, Scan
from flows.store.casefiles import CaseFiles, findings_name
from review.audit import Value
from review.case import PUBLISHABLE, Case, Digests, Draft
from review.document import Severity
from review.errors import UnsafeOutputError
from review.plan import Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what a scan amounts to, everything of it kept."""

    verdict: Verdict
    digests: Digests
    record: CaseRecord

    @property
    def data(self) -> dict[str, Value]:
        """Give what the audit chain is told."""
        counts = self.record.counts.values()
        return {
            "verdict": self.verdict.value,
            "policy": self.digests.policy,
            "plans": self.digests.plans,
            "redacted": self.digests.redacted,
            "findings": sum(n for by in counts for n in by.values()),
        }


class Results:
    """Keep and find what was made of the drafts, each version of a case by itself."""

    def __init__(self, files: CaseFiles) -> None:
        self._files = files

    def incoming(self, case: Case) -> list[Incoming]:
        """Give the drafts as they were handed in."""
        return [self._incoming(case, number, draft) for number, draft in enumerate(case.drafts)]

    def _incoming(self, case: Case, number: int, draft: Draft) -> Incoming:
        kept = self._files.readings(case.id, number, draft.readings, case.draft_version)
        name, data = self._files.source(case.id, number, case.draft_version)
        incoming = Incoming(name, data, unpack_readings(kept))
        # Whoever exchanges a draft in its folder can exchange the digest beside it, too.
        if incoming.sha256 != draft.sha256:
            raise UnsafeOutputError("存放的原件与送审时的不一致，已停止办理，请退回后重新送审。")
        return incoming

    def incoming_before(self, case: Case) -> list[Incoming]:
        """Give the drafts of the round before."""
        kept = self._files.sources(case.id, case.draft_version_before)
        return [Incoming(*each) for each in kept]

    def keep(
        self,
        case: Case,
        pipeline: Pipeline,
        scan: Scan,
        today: date,
        since: tuple[str, ...] = (),
    ) -> Result:
        """Write and prove the redacted files of a scan and keep all that it gave.

        ``case`` is the case as it will stand, for its version. Raises ``UnsafeOutputError``
        before anything is kept where an output cannot be shown to be safe.
        """
        outputs = pipeline.redact(scan) if scan.verdict in PUBLISHABLE else ()
        pictures = page_pictures(pipeline, scan, outputs)
        for index, output in enumerate(outputs):
            self._files.put_output(case.id, index, output.name, output.data, case.version)
        record = self._record_of(case, pipeline, scan, outputs, pictures, today, since)
        doubtful = any(note.severity is Severity.PERSON for note in record.notes)
        judged = Verdict.FLAGGED if doubtful and scan.verdict is Verdict.CLEAN else scan.verdict
        self._show(case, pipeline, scan, pictures, record)
        return Result(judged, self._digests(case, pipeline, scan, outputs), record)

    def keep_unproven(
        self,
        case: Case,
        pipeline: Pipeline,
        scan: Scan,
        failure: UnsafeOutputError,
        today: date,
        since: tuple[str, ...] = (),
    ) -> Result:
        """Keep what a scan found and planned where an output was not shown to be safe: no output.

        People see what was found and where the proof failed, and say what becomes of the draft.
        """
        pictures = page_pictures(pipeline, scan, ())
        record = self._record_of(case, pipeline, scan, (), pictures, today, since)
        record = replace(record, note=failure.message)
        self._show(case, pipeline, scan, pictures, record, failure)
        return Result(Verdict.QUARANTINED, self._digests(case, pipeline, scan, ()), record)

    def _record_of(
        self,
        case: Case,
        pipeline: Pipeline,
        scan: Scan,
        outputs: Sequence[Output],
        pictures: Pictures,
        today: date,
        since: tuple[str, ...],
    ) -> CaseRecord:
        notes = case_notes(pipeline, scan, case.submission, today)
        written = (note for output in outputs for note in output.notes)
        looks = likeness_notes(pictures)
        return replace(describe_scan(scan, (*notes, *written, *looks)), since=since)

    def _show(
        self,
        case: Case,
        pipeline: Pipeline,
        scan: Scan,
        pictures: Pictures,
        record: CaseRecord,
        failure: UnsafeOutputError | None = None,
    ) -> None:
        """Keep what people look at: the record, the highlighted drafts and the review copy."""
        self.put_record(case, record)
        copies = {
            number: self._files.put_marked_copy(case.id, number, suffix, data, case.version)
            for number, suffix, data in highlighted_copies(pipeline, scan)
        }
        title = f"案件 {case.id} {record.title}".strip()
        page = review_copy(scan, title, pictures, copies, failure)
        self._files.put_review_copy(case.id, page, case.version)

    def _digests(
        self, case: Case, pipeline: Pipeline, scan: Scan, outputs: Sequence[Output]
    ) -> Digests:
        """Bind the case to what it rests on, once all that people are shown lies there."""
        return Digests(
            source=tuple(file.incoming.sha256 for file in scan.files),
            policy=pipeline.policy.digest,
            plans=tuple(file.plan.digest for file in scan.files),
            redacted=tuple(output.sha256 for output in outputs),
            shown=self._files.shown(case.id, case.version),
        )

    def put_record(self, case: Case, record: CaseRecord) -> None:
        """Keep what people are shown of a scan."""
        self._files.put_record(case.id, findings_name(case.version), record.pack())

    def record(self, case: Case) -> CaseRecord:
        """Load what the scan of a case found, everything personal masked.

        Raises ``UnsafeOutputError`` where the record is not one.
        """
        packed = self._files.record(case.id, findings_name(case.version))
        try:
            return CaseRecord.unpack(packed)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise UnsafeOutputError("该件的检测记录已损坏，已停止办理，请重新送审。") from None

    def check_shown(self, case: Case) -> None:
        """Refuse what was changed after the scan of all that people decide by.

        Raises ``UnsafeOutputError``. Cases of earlier versions of this program hold no digest.
        """
        shown = case.digests.shown if case.digests else ""
        if shown and shown != self._files.shown(case.id, case.version):
            raise UnsafeOutputError(
                "该件的检测记录、对照页或文件名称与检测时的不一致，不能同意公开；"
                "请报告审计员，退回后重新送审。"
            )

    def outputs(self, case: Case) -> list[tuple[str, bytes]]:
        """Give name and bytes of each redacted file."""
        numbers = range(len(case.drafts))
        return [self._files.output(case.id, n, case.version) for n in numbers]
