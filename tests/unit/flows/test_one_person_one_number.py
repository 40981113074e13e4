"""From the draft to what is published and shown: one person, one form, one number."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.cases.artifacts import findings_table
from flows.cases.freetext import holds_personal, known_values
from flows.compose import open_pipeline
from flows.copies.findings_record import CaseRecord, describe_scan
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from flows.report import file_json
from review.plan import Verdict
from tests.fakes.sandboxes import sandbox_within


@pytest.fixture(scope="module")
def pipeline() -> Iterator[Pipeline]:
    with pytest.MonkeyPatch.context() as patch, sandbox_within():
        patch.delenv("REVIEW_POLICY", raising=False)
        yield open_pipeline()


def published(pipeline: Pipeline, *drafts: str, category: str = "general") -> list[str]:
    incoming = [Incoming(f"{n}.txt", draft.encode()) for n, draft in enumerate(drafts)]
    return [o.data.decode() for o in pipeline.redact(pipeline.scan(incoming, category))]


def test_every_form_of_a_person_is_published_as_one(pipeline: Pipeline) -> None:
    draft = (
        "受害人张建国，男，汉族。证人张伟到场。張建國表示，张 建 国已就医。\n"
        "当事人：李芷汀，女，汉族。芷汀同志到场，李女士签字，老李已离开。"
    )
    assert published(pipeline, draft) == [
        "受害人张某甲，男，***。证人张某乙到场。张某甲表示，张某甲已就医。\n"
        "当事人：李某某，女，***。李某某同志到场，李某某女士签字，李某某已离开。"
    ]


def test_a_form_that_fits_two_points_to_neither(pipeline: Pipeline) -> None:
    (text,) = published(pipeline, "证人：张建国，男。证人：张伟，男。张先生签字。")
    assert text == "证人：张某甲，男。证人：张某乙，男。某某先生签字。"


def test_a_given_name_that_two_bear_shows_none_of_it(pipeline: Pipeline) -> None:
    (text,) = published(pipeline, "当事人：李芷汀，女。证人：王芷汀，女。芷汀同志已提交。")
    assert text == "当事人：李某某，女。证人：王某某，女。某某同志已提交。"


def test_officials_are_named_by_name_and_title_alike(pipeline: Pipeline) -> None:
    draft = "县财政局局长张建国出席。张局长指出，要落实责任。"
    scan = pipeline.scan([Incoming("纪要.txt", draft.encode())], "general")
    assert scan.verdict is Verdict.CLEAN
    assert [r.finding.person for r in scan.files[0].rulings] == ["P1", "P1"]


def test_the_draft_s_own_mask_is_the_form_of_its_bearer_and_of_nobody_else(
    pipeline: Pipeline,
) -> None:
    own = "证人张建国（以下简称“张某”），男。经查，张某到场。"
    assert published(pipeline, own) == ["证人张某（以下简称“张某”），男。经查，张某到场。"]
    (other,) = published(pipeline, "证人：张建国，男。受害人张某某、张某甲已就医。")
    assert other == "证人：张某乙，男。受害人张某某、张某甲已就医。"


def test_a_draft_that_names_people_by_masks_alone_is_clean(pipeline: Pipeline) -> None:
    draft = "原告张某某诉被告王**、李*国一案，证人赵××到庭。"
    scan = pipeline.scan([Incoming("通报.txt", draft.encode())], "general")
    assert scan.verdict is Verdict.CLEAN
    assert [r.finding.role.value for r in scan.files[0].rulings] == ["masked"] * 4
    assert pipeline.redact(scan)[0].data.decode() == draft


def test_the_files_of_a_case_share_people_and_pseudonyms(pipeline: Pipeline) -> None:
    first, second = published(
        pipeline,
        "证人：张伟，男。证人：张建国，男。",
        "证人：张 建 国，男。老张签字。证人：李芷汀，女。",
    )
    assert first == "证人：张某甲，男。证人：张某乙，男。"
    assert second == "证人：张某乙，男。张某乙签字。证人：李某某，女。"


def test_lists_show_the_number_of_the_person_in_every_file(pipeline: Pipeline) -> None:
    drafts = ["证人：张建国，男，电话13800138000。", "证人：张 建 国，男。证人：李芷汀，女。"]
    incoming = [Incoming(f"{n}.txt", draft.encode()) for n, draft in enumerate(drafts)]
    scan = pipeline.scan(incoming, "general")
    record = CaseRecord.unpack(describe_scan(scan, ()).pack())
    told = [(row["种类"], row["身份"].partition(" ")[2]) for row in findings_table(record)]
    assert told == [("姓名", "P1"), ("电话号码", ""), ("姓名", "P1"), ("姓名", "P2")]
    findings = file_json("0.txt", "general", scan.files[0], reveal=False, proposed=scan.proposal)[
        "findings"
    ]
    assert [found["person"] for found in findings] == ["P1", ""]


def test_a_record_written_before_people_had_numbers_can_still_be_read() -> None:
    packed = CaseRecord().pack()
    row = dict.fromkeys(
        ("id", "file", "entity", "role", "action", "text", "replacement", "basis", "reason",
         "place", "excerpt", "result"), "",
    )  # fmt: skip
    (read,) = CaseRecord.unpack(packed | {"findings": [row]}).findings
    assert read.person == ""


def test_an_opinion_may_speak_of_people_by_their_masks(pipeline: Pipeline) -> None:
    draft = "原告张某某诉被告李芷汀，女，一案。"
    known = known_values(lambda: pipeline.scan([Incoming("通报.txt", draft.encode())], "general"))
    assert not holds_personal(pipeline, ["请核对张某某一段"], known)
    assert holds_personal(pipeline, ["请核对李芷汀一段"], known)


def test_a_table_without_a_title_is_called_as_its_file_is_and_names_nobody(
    pipeline: Pipeline,
) -> None:
    rows = "序号,姓名,身份证号\n1,张伟民,110101199003078515\n".encode()
    scan = pipeline.scan([Incoming("张伟民等救助发放表.csv", rows)], "general")
    title = describe_scan(scan, ()).title
    assert title.endswith("等救助发放表")
    assert "伟民" not in title
