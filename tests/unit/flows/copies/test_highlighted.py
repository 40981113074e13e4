"""Highlighted drafts: numbered as in the review copy, linked from it, never a reason to fail."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field

import docx
import pytest

from flows.copies.highlighted import highlighted_copies
from flows.copies.review_copy import review_copy
from flows.processing.pipeline import Pipeline
from flows.processing.sandbox import Sandbox
from flows.processing.scanned import Incoming, Scan
from flows.processing.wire import pack_highlights, unpack_highlights
from redact.operators import PublishedForms
from redact.preview.highlights import HighlightOrder, Label
from redact.preview.pictures import Mark
from review.document import Document
from review.errors import BrokenInputError
from review.policy import Action
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker

DRAFT = "救助对象苗秋实。"


@dataclass
class HighlightingWorker(TextWorker):
    """Take every file for what its name says, and highlight it as told."""

    fault: Exception | None = None
    asked: list[HighlightOrder] = field(default_factory=list)

    def read(self, name: str, data: bytes) -> Document:
        return Document(name.rpartition(".")[2] or "txt", super().read(name, data).blocks)

    def highlight(self, original: bytes, order: HighlightOrder) -> bytes:
        if self.fault:
            raise self.fault
        self.asked.append(order)
        return b"marked " + original


def scanned(worker: HighlightingWorker, *names: str, text: str = DRAFT) -> tuple[Pipeline, Scan]:
    pipeline = Pipeline(worker, WordDetector, small_policy(), PublishedForms)
    return pipeline, pipeline.scan([Incoming(n, text.encode()) for n in names], "general")


def test_word_and_pdf_drafts_get_a_copy_and_others_do_not() -> None:
    made = list(highlighted_copies(*scanned(HighlightingWorker(), "a.txt", "b.docx", "c.pdf")))
    assert [(number, suffix) for number, suffix, _ in made] == [(1, ".docx"), (2, ".pdf")]


def test_findings_bear_the_numbers_and_the_proposal_of_the_review_copy() -> None:
    worker = HighlightingWorker()
    list(highlighted_copies(*scanned(worker, "a.docx", "b.docx")))
    first, second = worker.asked
    assert [(m.number, m.text) for m in (*first.marks, *second.marks)] == [
        (1, "苗秋实"),
        (2, "苗秋实"),
    ]
    (label,) = second.labels
    assert label.comment.startswith("2　姓名（身份不明）：替换，改为“苗某某”。")
    assert "依据：" in label.comment


def test_a_draft_without_findings_needs_no_copy() -> None:
    assert list(highlighted_copies(*scanned(HighlightingWorker(), "a.docx", text="公告"))) == []


@pytest.mark.parametrize("fault", [BrokenInputError("坏"), OSError("no process")])
def test_a_copy_that_fails_is_left_out(fault: Exception) -> None:
    assert list(highlighted_copies(*scanned(HighlightingWorker(fault=fault), "a.docx"))) == []


def test_the_review_copy_links_to_what_lies_beside_it() -> None:
    _, scan = scanned(HighlightingWorker(), "a.docx", "b.docx")
    page = review_copy(scan, "案件 1", {}, {1: "marked-2.docx"})
    assert page.count('<a href="marked-2.docx">') == 1
    assert "标注稿" not in review_copy(scan, "案件 1")


def test_an_order_crosses_the_border_of_the_sandbox_whole() -> None:
    mark, label = Mark(1, 0, 0, 2, "青禾", True), Label(1, Action.MASK, "1　遮盖。")
    given = HighlightOrder("docx", ("青禾",), (mark,), (label,))
    assert unpack_highlights(json.loads(json.dumps(pack_highlights(given)))) == given


def test_the_sandbox_highlights_a_real_file() -> None:
    file, buffer = docx.Document(), io.BytesIO()
    file.add_paragraph(DRAFT)
    file.save(buffer)
    pipeline = Pipeline(Sandbox(), WordDetector, small_policy(), PublishedForms)
    scan = pipeline.scan([Incoming("公告.docx", buffer.getvalue())], "general")
    ((_, _, made),) = highlighted_copies(pipeline, scan)
    paragraph = docx.Document(io.BytesIO(made)).paragraphs[0]
    assert paragraph.text == DRAFT
    assert [run.text for run in paragraph.runs if "w:shd" in run._r.xml] == ["苗秋实"]
