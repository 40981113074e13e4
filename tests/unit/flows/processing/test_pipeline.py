from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from flows.processing.pipeline import Pipeline
from flows.processing.proof import UnprovenError
from flows.processing.scanned import Incoming, Scan
from redact.operators import PublishedForms
from review.case import Attribute
from review.document import BlockKind, Document, Note, Severity, Span
from review.errors import UnsafeOutputError
from review.finding import Entity, Role
from review.plan import RedactionPlan, Verdict, redacted_document
from tests.fakes.detectors import FailingDetector, WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker


def make(worker: TextWorker, detector: object = None) -> Pipeline:
    chosen = detector or WordDetector()
    return Pipeline(worker, lambda: chosen, small_policy(), PublishedForms)  # type: ignore[arg-type]


def scan(text: str, name: str = "通知.txt", worker: TextWorker | None = None) -> Scan:
    return make(worker or TextWorker()).scan([Incoming(name, text.encode())], "general")


def test_a_draft_with_nothing_personal_is_clean() -> None:
    assert scan("关于放假的通知").verdict is Verdict.CLEAN


def test_what_the_policy_keeps_leaves_a_draft_clean() -> None:
    assert scan("由苗局长宣布").verdict is Verdict.CLEAN


def test_what_the_policy_hides_flags_a_draft() -> None:
    assert scan("联系人苗秋实").verdict is Verdict.FLAGGED


def test_a_secrecy_mark_blocks_and_nothing_is_written() -> None:
    worker = TextWorker()
    found = scan("机密★10年\n联系人苗秋实", worker=worker)
    assert found.verdict is Verdict.BLOCKED
    with pytest.raises(UnsafeOutputError):
        make(worker).redact(found)


def test_a_mark_tells_the_way_out_beside_it() -> None:
    (file,) = scan("机密★10年\n联系人苗秋实").files
    (message,) = (n.message for n in file.document.notes if n.code == "wording_secrecy_mark")
    for part in ("有 1 处", "本单位保密机构", "定密责任人", "解密依据", "重新送审"):
        assert part in message


def test_a_note_for_a_person_flags_an_otherwise_clean_draft() -> None:
    worker = TextWorker(notes=(Note("picture_dropped", "有图片。", Severity.PERSON),))
    assert scan("关于放假的通知", worker=worker).verdict is Verdict.FLAGGED


def test_a_name_in_the_file_name_is_replaced_as_in_the_text() -> None:
    (file,) = scan("救助对象苗秋实", name="苗秋实救助.txt").files
    assert file.checked_name == "苗某某救助.txt"
    assert [r.finding.id for r in file.name_plan.rulings] == ["N1"]


def test_a_file_name_that_alone_is_personal_flags_the_draft() -> None:
    assert scan("关于放假的通知", name="苗秋实.txt").verdict is Verdict.FLAGGED


def test_a_value_that_runs_from_the_text_into_the_file_name_is_hidden_in_both() -> None:
    words = {"苗秋\n实": (Entity.PERSON, Role.UNKNOWN)}
    pipeline = make(TextWorker(), WordDetector(words))
    (file,) = pipeline.scan([Incoming("实.txt", "联系人苗秋".encode())], "general").files
    assert [r.finding.span for r in file.plan.rulings] == [Span(3, 5)]
    assert [r.finding.span for r in file.name_plan.rulings] == [Span(0, 1)]


def test_the_output_reads_as_planned() -> None:
    worker = TextWorker()
    (output,) = make(worker).redact(scan("联系人苗秋实，13900000001。", worker=worker))
    assert output.data.decode() == "联系人苗某某，139****0001。"


def test_two_files_of_one_case_share_a_pseudonym_and_keep_distinct_names() -> None:
    words = {name: WordDetector()._words["苗秋实"] for name in ("苗秋实", "苗春华")}
    pipeline = make(TextWorker(), WordDetector(words))
    drafts = [Incoming("表.txt", "苗春华、苗秋实".encode()), Incoming("表.txt", "苗秋实".encode())]
    first, second = pipeline.redact(pipeline.scan(drafts, "general"))
    assert first.data.decode().split("、")[1] == second.data.decode()
    assert first.name != second.name


def test_the_verifiers_complaint_stops_the_output() -> None:
    worker = TextWorker(complaints=("第1页仍有原文。",))
    with pytest.raises(UnsafeOutputError, match="第1页"):
        make(worker).redact(scan("联系人苗秋实", worker=worker))


class PictureWorker(TextWorker):
    """Show what stands behind a mark of a picture as read in it; complain of every picture."""

    def read(self, name: str, data: bytes) -> Document:
        plain = super().read(name, data)
        first = next((i for i, b in enumerate(plain.blocks) if "［图片" in b.text), 1000)
        blocks = tuple(
            replace(block, kind=BlockKind.PICTURE) if number >= first else block
            for number, block in enumerate(plain.blocks)
        )
        return Document("docx", blocks)

    def write(
        self, format: str, data: bytes, plan: RedactionPlan
    ) -> tuple[bytes, tuple[Note, ...]]:
        blocks = redacted_document(self.read("", data), plan).blocks
        shown = "\n".join(b.text for b in blocks if b.kind is BlockKind.PICTURE)
        text = "\n".join(b.text for b in blocks if b.kind is not BlockKind.PICTURE)
        return (f"{text}\n{shown}" if "［图片" in shown else text).encode(), ()

    def verify(
        self, format: str, output: bytes, allowed: Mapping[str, int], kept: Sequence[str] = ()
    ) -> tuple[str, ...]:
        return ("图片 1仍能读到应隐去的内容。",) if "［图片" in output.decode() else self.complaints


def test_a_picture_in_doubt_is_left_out_rather_than_the_file() -> None:
    worker = PictureWorker()
    found = scan("联系人苗秋实\n［图片1］\n苗秋实", name="通知.docx", worker=worker)
    (output,) = make(worker).redact(found)
    assert output.data.decode() == "联系人苗某某"


def test_what_is_wrong_without_pictures_too_stops_the_output() -> None:
    worker = PictureWorker(complaints=("第1页仍有原文。",))
    with pytest.raises(UnsafeOutputError, match="第1页"):
        make(worker).redact(scan("苗秋实\n［图片1］", name="通知.docx", worker=worker))


def test_an_output_with_other_text_than_planned_is_unsafe() -> None:
    worker = TextWorker(spoil="多出的一句".encode())
    with pytest.raises(UnsafeOutputError, match="从第2段起与应有内容不一致"):
        make(worker).redact(scan("放假通知\n联系人苗秋实", worker=worker))


def test_a_value_found_only_in_the_output_is_unsafe() -> None:
    class Careless(WordDetector):
        calls = 0

        def detect(self, document):  # type: ignore[no-untyped-def]
            self.calls += 1
            return () if self.calls == 1 else super().detect(document)

    pipeline = make(TextWorker(), Careless())
    text = "放假通知\n\n联系人  苗秋实，13900000001"
    found = pipeline.scan([Incoming("通知.txt", text.encode())], "general")
    with pytest.raises(UnprovenError) as failure:
        pipeline.redact(found)
    assert failure.value.message == (
        "处理后的文件中仍检出应隐去的内容：姓名（第3段），电话号码（第3段）。"
        "请起草人在原件中改写或删去这几处（确属误报的，换一种写法）后重新提交。"
    )
    assert (failure.value.file, failure.value.blocks) == (0, (2,))


def test_what_fails_in_one_of_several_files_says_in_which() -> None:
    class Spoiling(TextWorker):
        def verify(
            self, format: str, output: bytes, allowed: Mapping[str, int], kept: Sequence[str] = ()
        ) -> tuple[str, ...]:
            return ("第1段仍能读到应隐去的内容。",) if "附表" in output.decode() else ()

    pipeline = make(Spoiling())
    drafts = [Incoming("通知.txt", b"x"), Incoming("附件.txt", "附表苗秋实".encode())]
    with pytest.raises(UnprovenError) as failure:
        pipeline.redact(pipeline.scan(drafts, "general"))
    assert failure.value.message == (
        "第2个文件：第1段仍能读到应隐去的内容。请起草人在原件中删去或改写这些内容后重新提交。"
    )
    assert failure.value.file == 1


def test_a_detector_that_fails_fails_the_scan() -> None:
    pipeline = make(TextWorker(), FailingDetector())
    with pytest.raises(RuntimeError):
        pipeline.scan([Incoming("通知.txt", b"x")], "general")


def test_the_mark_in_the_document_is_read() -> None:
    (file,) = scan("关于放假的通知\n（此件依申请公开）").files
    assert file.attribute_marked is Attribute.ON_REQUEST
