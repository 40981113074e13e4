"""What a reviewer is told of a case beside its findings: timing, channels, attribute, category."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Scan, ScannedFile
from flows.reminding.workdays import add_workdays
from review.case import Attribute, Submission
from review.channels import Outlet, channel_notes
from review.display import DisplayPeriod, display_period, take_down_on
from review.document import Note, Severity
from review.policy import Category
from review.suggestion import Suggestion
from review.timing import Occasion, interpretation_note, planned_day, timing_notes


def case_notes(
    pipeline: Pipeline, scan: Scan, submission: Submission, today: date
) -> tuple[Note, ...]:
    """Compare what the officer declared with what the files say; ``today`` in Beijing."""
    main = scan.files[0]
    notes = [note for file in scan.files if (note := mismatch_note(submission.attribute, file))]
    if found := pipeline.contrary(main, scan.category):
        notes.append(category_note(scan.category, found))
    notes += scan.proposal.notes(submission.attribute)
    notes += _timing(scan, submission, today)
    notes += channel_notes(scan.judged, scan.category, _outlet(scan, submission, today))
    return tuple(notes)


def _timing(scan: Scan, submission: Submission, today: date) -> Iterator[Note]:
    estimates: dict[str, None] = {}

    def after(start: date, days: int) -> date:
        found = add_workdays(start, days)
        if found.estimated:
            estimates[found.note] = None
        return found.day

    documents = [file.document for file in scan.files]
    yield from timing_notes(documents[0], scan.category, Occasion(submission, today), after)
    if submission.attribute is Attribute.PROACTIVE:
        names = [file.incoming.name for file in scan.files]
        if missing := interpretation_note(documents, names, scan.category):
            yield missing
    for estimate in estimates:
        yield Note("timing_estimated", f"{estimate}，放假安排公布后请再核对期限。")


def _outlet(scan: Scan, submission: Submission, today: date) -> Outlet:
    channels = submission.channels or scan.category.channels
    period = display_period(scan.files[0].document, scan.category)
    ends = take_down_day(scan.category, period, planned_day(submission, today))
    return Outlet(channels, submission.attribute, ends is not None)


def take_down_day(
    category: Category, period: DisplayPeriod | None, publish_on: date
) -> date | None:
    """Say when a publication comes down, by the calendar of working days; None where it stays."""
    return take_down_on(category, period, publish_on, lambda day, n: add_workdays(day, n).day)


def mismatch_note(declared: Attribute, file: ScannedFile) -> Note | None:
    """Note that the mark in the document contradicts the declared attribute."""
    if file.attribute_marked in (None, declared):
        return None
    return Note(
        "attribute_mismatch", "文中标注的公开属性与送审时填报的不一致，请核对。", Severity.PERSON
    )


def category_note(declared: Category, found: Suggestion) -> Note:
    """Note that the title speaks of another category than the declared one."""
    words = "”“".join(found.words)
    return Note(
        "category_mismatch",
        f"送审类别是“{declared.title}”，标题中的“{words}”却像“{found.category.title}”，"
        "两类的处理办法不同，请核对。类别报错的请退回，由送审人按正确的类别另行送审：按原案件重新提交仍按原类别办。",
        Severity.PERSON,
    )
