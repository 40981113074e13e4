from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import docx
import pypdfium2
import pytest

from flows.copies.findings_record import CaseRecord, FindingRow
from flows.record.basics import Facts
from flows.record.docx import write_docx
from flows.record.form import RecordForm
from flows.record.pdf import write_pdf
from flows.record.review_record import review_form, write_record
from review.approval import Step
from review.audit import Head
from review.case import (
    Approval,
    Attribute,
    Case,
    Decision,
    Digests,
    Draft,
    State,
    Submission,
)
from review.change import Change, Place, Treatment
from review.display import DisplayPeriod
from review.document import Note, Severity, Span
from review.finding import Entity
from review.plan import Verdict
from review.policy import Category
from review.staffing import StaffRole

AT = datetime(2026, 3, 5, 16, 30, tzinfo=UTC)  # the sixth in Beijing
DIGESTS = Digests(("a" * 64, "b" * 64), "c" * 64, ("d" * 64,) * 2, ("1" * 64, "2" * 64))
CATEGORY = Category(
    "food",
    "食品安全",
    (),
    channels=("政府门户网站", "公示栏"),
    scope="社会公众",
    take_down_days=30,
    basis="政府信息公开条例第二十条",
)


CHAIN = (
    Step("secrecy", "保密审查", StaffRole.SECRECY, 3),
    Step("signatory", "签发", StaffRole.SIGNATORY, 5),
)


def approval(officer: str, role: str, decision: Decision, reason: str, **more: str) -> Approval:
    return Approval(officer, role, AT + timedelta(hours=1), decision, reason, DIGESTS, **more)


@pytest.fixture
def case() -> Case:
    return Case(
        id="2026-0007",
        submission=Submission("food", Attribute.PROACTIVE, "zhou"),
        drafts=(Draft("draft.docx", "a" * 64, "docx", 9), Draft("draft.csv", "b" * 64, "csv", 9)),
        policy="c" * 64,
        created_at=AT,
        state=State.RELEASED,
        verdict=Verdict.FLAGGED,
        digests=DIGESTS,
        approvals=(approval("lin", "reviewer", Decision.APPROVE, "联系方式已隐去。"),),
    )


@pytest.fixture
def record() -> CaseRecord:
    return CaseRecord(
        title="关于苗某某一案的处罚决定书",
        category="食品安全",
        document_number="青市监〔2026〕17号",
        findings=tuple(
            FindingRow("F", "a", "WORDING", "note", "keep", "進", "", "", "夹有繁体字", p, "", "")
            for p in ("第1段", "第2段", "第2段", "第3段", "第4段")
        ),
        counts={"PERSON": {"keep": 1, "replace": 3}, "WORDING": {"keep": 5}},
        notes=(
            Note("category_mismatch", "请核对类别。", Severity.PERSON),
            Note("timing_embargo", "文中写明会后公开。"),
            Note("docx_properties", "文档属性已去掉。"),
        ),
        extents=((2, 800), (0, 90)),
    )


@pytest.fixture
def facts(case: Case, record: CaseRecord) -> Facts:
    manifest = {"publish_on": "2026-03-10", "take_down_on": "2026-04-09"}
    return Facts(case, record, CATEGORY, Head(42, "9" * 64), manifest)


def fields(form: RecordForm) -> dict[str, str]:
    return {
        cell.label.replace("\n", ""): cell.text + cell.signed
        for section in form.sections
        for row in section.rows
        for cell in row
    }


def text_of_pdf(data: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return len(document), text


def text_of_docx(data: bytes) -> str:
    (table,) = docx.Document(BytesIO(data)).tables
    return "\n".join(dict.fromkeys(cell.text for row in table.rows for cell in row.cells))


def test_the_form_tells_what_was_published_how_and_on_which_ground(facts: Facts) -> None:
    told = fields(review_form(facts))
    assert told["文件标题"] == "关于苗某某一案的处罚决定书"
    assert told["送审日期"] == "2026年3月6日"
    assert told["公开渠道"] == "政府门户网站、公示栏"
    assert told["公开范围"] == "社会公众"
    assert told["公开时间"] == "2026年3月10日"
    assert told["撤下时间"] == "2026年4月9日"
    assert told["依据"] == "政府信息公开条例第二十条"


def test_the_summary_counts_files_and_personal_findings_by_kind_and_action(facts: Facts) -> None:
    assert fields(review_form(facts))["信息摘要"] == (
        "正文（docx，2 页，800 字），附件1（csv，90 字）。\n"
        "检出个人信息 4 处：姓名（保留 1、替换 3）。"
    )


def test_what_the_machine_found_stands_under_the_judgement_it_belongs_to(facts: Facts) -> None:
    told = fields(review_form(facts))
    assert told["内容表述"] == "系统检查：夹有繁体字，5 处（第1段、第2段、第3段等）。"
    assert told["公开时机"] == "系统检查：文中写明会后公开。"
    assert told["公开方式"] == "系统检查：〔需核对〕请核对类别。"
    assert told["其他提示"] == "文档属性已去掉。"


def test_each_opinion_stands_under_its_step_with_who_gave_it_and_when(facts: Facts) -> None:
    assert fields(review_form(facts))["审核意见"] == (
        "同意公开。\n联系方式已隐去。审核人 工号：lin　日期：2026年3月6日 01:30"
    )


def test_the_steps_still_to_come_have_a_row_of_their_own(facts: Facts) -> None:
    passed = approval("guo", "secrecy", Decision.APPROVE, "不涉密。", step="secrecy")
    case = replace(facts.case, state=State.AWAITING, chain=CHAIN, at_step=1, approvals=(passed,))
    told = fields(review_form(replace(facts, case=case, manifest={})))
    assert told["保密审查意见"].startswith("同意公开。\n不涉密。保密审查人 工号：guo")
    assert told["签发意见"] == "（尚未办理）"


def test_words_on_a_judgement_stand_beside_what_the_machine_found(facts: Facts) -> None:
    said = approval("guo", "secrecy", Decision.APPROVE, "", step="secrecy", timing="会后再公开。")
    case = replace(facts.case, chain=CHAIN, approvals=(said,))
    told = fields(review_form(replace(facts, case=case)))
    assert told["公开时机"] == ("系统检查：文中写明会后公开。\n保密审查（工号 guo）：会后再公开。")
    assert "guo" not in told["公开方式"]


def test_an_opinion_of_a_step_that_the_chain_no_longer_has_is_kept(facts: Facts) -> None:
    said = approval("guo", "secrecy", Decision.RECLASSIFY, "改为依申请公开。", step="secrecy")
    told = fields(review_form(replace(facts, case=replace(facts.case, approvals=(said,)))))
    assert "改为依申请公开。" in told["secrecy意见"]


def test_the_summary_says_what_people_changed(facts: Facts) -> None:
    places = (Place(0, Span(0, 3)),)
    changes = tuple(
        Change(Entity.PERSON, places, treatment, "误报", "lin", AT)
        for treatment in (Treatment.MISTAKEN, Treatment.REMOVE)
    )
    told = fields(review_form(replace(facts, case=replace(facts.case, changes=changes, round=2))))
    assert "审核中改变处理 2 处，其中改为保留 1 处。" in told["信息摘要"]
    assert "第 2 次送审" in told["信息摘要"]


def test_a_release_by_rule_names_no_person(facts: Facts) -> None:
    by_rule = approval("policy", "policy", Decision.APPROVE, "未发现需要处理的内容。")
    told = fields(review_form(replace(facts, case=replace(facts.case, approvals=(by_rule,)))))
    assert "按规则自动办理" in told["规则意见"]
    assert "工号" not in told["规则意见"]


def test_a_case_that_waits_says_what_is_planned(facts: Facts) -> None:
    submission = replace(facts.case.submission, publish_on=date(2026, 3, 12), reason="社会关注")
    case = replace(facts.case, state=State.AWAITING, approvals=(), submission=submission)
    told = fields(review_form(replace(facts, case=case, manifest={})))
    assert told["公开时间"] == "拟于2026年3月12日公开"
    assert told["撤下时间"] == "拟于2026年4月11日撤下"
    assert told["理由"] == "社会关注"


def test_without_a_planned_day_the_take_down_is_told_as_a_period(facts: Facts) -> None:
    case = replace(facts.case, state=State.AWAITING)
    told = fields(review_form(replace(facts, case=case, manifest={})))
    assert told["公开时间"] == "批准后公开"
    assert told["撤下时间"] == "公开满 30 日撤下"
    displayed = replace(facts.record, display=DisplayPeriod(None, None, 5, True))
    told = fields(review_form(replace(facts, case=case, record=displayed, manifest={})))
    assert told["撤下时间"] == "公示期满撤下，最迟公开满 30 日"


def test_what_was_released_for_good_never_comes_down(facts: Facts) -> None:
    manifest = {"publish_on": "2026-03-10", "take_down_on": None}
    assert fields(review_form(replace(facts, manifest=manifest)))["撤下时间"] == "不设期限"


def test_what_is_withheld_has_no_channel_and_no_dates(facts: Facts) -> None:
    submission = replace(facts.case.submission, attribute=Attribute.WITHHELD)
    case = replace(facts.case, state=State.WITHHELD, submission=submission)
    told = fields(review_form(replace(facts, case=case, manifest={})))
    assert {told[k] for k in ("公开范围", "公开时间", "撤下时间")} == {"无"}


def test_a_category_that_the_rules_know_no_longer_is_named_by_the_record(facts: Facts) -> None:
    told = fields(review_form(replace(facts, category=None, manifest={})))
    assert told["类别"] == "食品安全"
    assert told["公开范围"] == "未指定"


def test_digests_of_source_release_policy_and_chain_are_on_the_form(facts: Facts) -> None:
    told = fields(review_form(facts))
    assert told["原件"].split() == ["a" * 64, "b" * 64]
    assert told["公开件"].split() == ["1" * 64, "2" * 64]
    assert told["规则"] == "c" * 64
    assert told["审计链"] == f"第 42 条 {'9' * 64}"


@pytest.mark.parametrize("write", [write_docx, write_pdf])
def test_the_same_case_prints_the_same_bytes(
    facts: Facts, write: Callable[[RecordForm], bytes]
) -> None:
    printed = {hashlib.sha256(write(review_form(facts))).hexdigest() for _ in range(2)}
    assert len(printed) == 1


def test_both_files_hold_every_field(facts: Facts) -> None:
    files = write_record(facts)
    assert set(files) == {"审查表.docx", "审查表.pdf"}
    word = text_of_docx(files["审查表.docx"])
    _, pdf = text_of_pdf(files["审查表.pdf"])
    for label, text in fields(review_form(facts)).items():
        assert label in word.replace("\n", "")
        assert squeezed(label) in squeezed(pdf)
        assert squeezed(text) in squeezed(word)
        assert squeezed(text) in squeezed(pdf)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_pages_are_numbered_and_bear_the_case(facts: Facts) -> None:
    pages, text = text_of_pdf(write_pdf(review_form(facts)))
    assert pages == 1
    assert "第 1 页 共 1 页" in " ".join(text.split())
    assert "案件 2026-0007" in text


def test_long_opinions_go_on_over_pages_and_lose_no_word(facts: Facts) -> None:
    long = tuple(
        approval(f"lin{n}", "reviewer", Decision.RETURN, f"第{n}次退回，" + "请修改后再送。" * 70)
        for n in range(6)
    )
    form = review_form(replace(facts, case=replace(facts.case, approvals=long)))
    pages, text = text_of_pdf(write_pdf(form))
    assert pages > 2
    assert squeezed(text).count("请修改后再送。") == 6 * 70
    assert text_of_docx(write_docx(form)).count("请修改后再送。") == 6 * 70


def test_one_field_may_be_longer_than_a_page(facts: Facts) -> None:
    notes = tuple(Note("wording_note", f"第{n}处表述请核对。") for n in range(120))
    form = review_form(replace(facts, record=replace(facts.record, notes=notes)))
    pages, text = text_of_pdf(write_pdf(form))
    assert pages > 2
    assert all(f"第{n}处表述请核对。" in squeezed(text) for n in range(120))
    assert "内容表述（续）" in squeezed(text)


@pytest.mark.timeout(60)
def test_fields_that_nobody_could_foresee_are_printed_whole(facts: Facts) -> None:
    submission = replace(facts.case.submission, channels=("频" * 1500,), reason="缘" * 3000)
    form = review_form(replace(facts, case=replace(facts.case, submission=submission)))
    _, text = text_of_pdf(write_pdf(form))
    assert squeezed(text).count("频") == 1500
    assert squeezed(text).count("缘") == 3000
    assert text_of_docx(write_docx(form)).count("频") == 1500


def test_what_no_file_can_hold_is_left_out_and_markup_stays_text(facts: Facts) -> None:
    said = approval("lin", "reviewer", Decision.RETURN, "a\x00b\ud800c <b>&</b> 𠮷·")
    form = review_form(replace(facts, case=replace(facts.case, approvals=(said,))))
    assert "a b c <b>&</b> 𠮷·" in text_of_docx(write_docx(form))
    assert "<b>&</b>〓・" in squeezed(text_of_pdf(write_pdf(form))[1])


def test_the_parts_of_the_word_table_stand_in_the_order_that_word_demands(facts: Facts) -> None:
    (table,) = docx.Document(BytesIO(write_docx(review_form(facts)))).tables
    order = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
    assert order.index("tblCellMar") == order.index("tblLook") - 1
    band = [child.tag.rpartition("}")[2] for child in table.rows[0].cells[0]._tc.tcPr]
    assert band == ["tcW", "gridSpan", "shd", "vAlign"]
