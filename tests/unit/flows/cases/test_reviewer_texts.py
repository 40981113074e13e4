from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from prefect.input import RunInput

from flows.cases.artifacts import excerpts, findings_table
from flows.cases.form import decision_form, to_answer
from flows.copies.findings_record import CaseRecord, FindingRow
from review.approval import ONE_STEP, Step
from review.case import Approval, Attribute, Case, Decision, Digests, State
from review.change import Treatment
from review.document import Note, Severity
from review.plan import Verdict
from review.policy import Category
from review.staffing import StaffRole


def row(entity: str = "PERSON", action: str = "replace", file: str = "正文.docx") -> FindingRow:
    return FindingRow(
        "F1", file, entity, "unknown", action, "苗***", "苗某某", "条例第十五条", "词表",
        "第1段", "【苗***】", "【苗某某】",
    )  # fmt: skip


CATEGORY = Category("general", "一般文件", (), channels=("政府门户网站", "政府公报"))
RULES = replace(ONE_STEP, grounds=("条例第十六条",))


def form_of(case: Case, record: CaseRecord) -> type[RunInput]:
    return decision_form(case, record, CATEGORY, RULES, "", date(2026, 3, 2))


def description(case: Case, record: CaseRecord) -> str:
    return str(form_of(case, record)._description)


@pytest.mark.parametrize(
    ("verdict", "finding", "told"),
    [
        (Verdict.BLOCKED, row("SECRECY_MARK", "block"), "保密机构"),
        (Verdict.BLOCKED, row("NEGATIVE_TERM", "block"), "负面清单"),
        (Verdict.QUARANTINED, row(), "重新送审"),
    ],
)
def test_a_case_that_must_not_go_out_says_what_to_do(
    make_case: Callable[..., Case], verdict: Verdict, finding: FindingRow, told: str
) -> None:
    case = make_case(state=State.AWAITING, verdict=verdict)
    record = CaseRecord(findings=(finding,))
    assert told in description(case, record)
    assert told in excerpts(case, record)
    assert "同意公开、" not in description(case, record)


def decision_field(case: Case, refusal: str = "") -> str:
    form = decision_form(case, CaseRecord(), CATEGORY, RULES, refusal, date(2026, 3, 2))
    return str(form.model_json_schema()["properties"]["decision"]["description"])


def test_why_an_answer_was_refused_stands_at_the_first_field_of_the_form(
    make_case: Callable[..., Case],
) -> None:
    case = make_case(state=State.AWAITING, verdict=Verdict.FLAGGED)
    assert decision_field(case, "动态口令不对。").startswith("上次提交未被接受：动态口令不对。")
    assert "未被接受" not in decision_field(case)
    assert "同意后将公开" in decision_field(case)


def test_a_publishable_case_is_given_no_such_advice(make_case: Callable[..., Case]) -> None:
    case = make_case(state=State.AWAITING, verdict=Verdict.FLAGGED)
    assert "怎么办" not in excerpts(case, CaseRecord(findings=(row(),)))


def test_findings_of_several_files_say_which(make_case: Callable[..., Case]) -> None:
    record = CaseRecord(findings=(row(), replace(row(), file="附件[1].xlsx")))
    assert [line["文件"] for line in findings_table(record)] == ["正文.docx", "附件［1］.xlsx"]
    assert "附件［1］.xlsx" in excerpts(make_case(verdict=Verdict.FLAGGED), record)
    assert "文件" not in findings_table(CaseRecord(findings=(row(),)))[0]


def test_a_cell_of_the_list_says_nothing_to_markdown() -> None:
    hostile = replace(row(file="a"), replacement="***", place="[点此](javascript:1)")
    line = findings_table(CaseRecord(findings=(hostile,)))[0]
    assert line["改为"] == "＊＊＊"
    assert not {"[", "]", "*"} & set("".join(line.values()))


def test_who_decides_is_led_to_the_review_copy_where_there_is_one(
    make_case: Callable[..., Case],
) -> None:
    scanned = Digests((), "", (), ())
    case = make_case(state=State.AWAITING, verdict=Verdict.FLAGGED, digests=scanned)
    link = "/review.html)"
    assert f"](/cases/{case.id}{link}" in description(case, CaseRecord())
    unread = replace(case, verdict=Verdict.QUARANTINED, digests=None)
    assert link not in description(unread, CaseRecord()) + excerpts(unread, CaseRecord())


def test_what_is_blocked_is_not_said_to_be_published_as_it_stands(
    make_case: Callable[..., Case],
) -> None:
    finding = replace(row("SECRECY_MARK", "block"), result="", replacement="")
    told = excerpts(make_case(verdict=Verdict.BLOCKED), CaseRecord(findings=(finding,)))
    assert "- 公开：不能公开" in told


def opinion_field(case: Case) -> dict[str, str]:
    schema = form_of(case, CaseRecord()).model_json_schema()
    return dict(schema["properties"]["opinion"])


@pytest.mark.parametrize(
    ("opinion", "passes"),
    [
        ("", True),
        ("见青政办发2026001号文", True),
        ("请核对第12页\n电话8765432", True),
        ("电话13700002222", False),
        ("请核对\n电话13700002222", False),
        ("证件３５０１８１１９", False),
        ("同意\x00", False),
    ],
)
def test_an_opinion_may_name_a_document_but_no_long_number(
    make_case: Callable[..., Case], opinion: str, passes: bool
) -> None:
    field = opinion_field(make_case(state=State.AWAITING, verdict=Verdict.FLAGGED))
    assert bool(re.search(field["pattern"], opinion)) is passes


def test_the_form_says_which_numbers_it_refuses(make_case: Callable[..., Case]) -> None:
    field = opinion_field(make_case(state=State.AWAITING, verdict=Verdict.FLAGGED))
    assert "不要写 8 位及以上的连续数字" in field["description"]


AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
AGREED = {"decision": "同意公开", "code": "123456"}


def waiting(make_case: Callable[..., Case], **changes: object) -> Case:
    return make_case(state=State.AWAITING, verdict=Verdict.FLAGGED, **changes)


def test_agreeing_takes_a_conclusion_and_a_code_and_leaves_all_as_declared(
    make_case: Callable[..., Case],
) -> None:
    case = waiting(make_case)
    answer = to_answer(form_of(case, CaseRecord()), AGREED, "lin", AT)
    assert (answer.decision, answer.officer, answer.code) == (Decision.APPROVE, "lin", "123456")
    assert (answer.wishes, answer.further, answer.basis) == ((), "", "")
    assert answer.attribute is case.submission.attribute


def test_who_agrees_with_changes_asks_for_the_files_anew(make_case: Callable[..., Case]) -> None:
    form = form_of(waiting(make_case), CaseRecord())
    change = {"number": 2, "treatment": "整处删去", "reason": "与本件无关"}
    answer = to_answer(form, AGREED | {"changes": [change]}, "lin", AT)
    assert answer.decision is Decision.REVISE
    assert [(w.number, w.treatment) for w in answer.wishes] == [(2, Treatment.REMOVE)]
    assert to_answer(form, AGREED | {"further": "某句"}, "lin", AT).decision is Decision.REVISE


def test_who_agrees_under_another_attribute_changes_the_attribute(
    make_case: Callable[..., Case],
) -> None:
    form = form_of(waiting(make_case), CaseRecord())
    changed = AGREED | {"attribute": "不予公开", "ground": "条例第十六条", "opinion": "内部事务"}
    answer = to_answer(form, changed, "lin", AT)
    assert (answer.decision, answer.attribute) == (Decision.RECLASSIFY, Attribute.WITHHELD)
    assert answer.basis == "条例第十六条"


@pytest.mark.parametrize(
    "forged",
    [
        {"decision": "放行"},
        {"officer": "lin"},
        {"changes": [{"number": 0, "treatment": "整处删去", "reason": ""}]},
        {"changes": [{"number": 1, "treatment": "公开", "reason": ""}]},
        {"channels": ["朋友圈"]},
        {"ground": "我说了算"},
    ],
)
def test_what_the_form_does_not_offer_is_no_answer(
    make_case: Callable[..., Case], forged: dict[str, object]
) -> None:
    with pytest.raises(ValueError, match="validation error"):
        to_answer(form_of(waiting(make_case), CaseRecord()), AGREED | forged, "lin", AT)


def test_a_blocked_case_offers_nothing_to_publish(make_case: Callable[..., Case]) -> None:
    case = make_case(state=State.AWAITING, verdict=Verdict.BLOCKED)
    fields = form_of(case, CaseRecord()).model_fields
    assert not {"changes", "further", "attribute", "channels", "publish_on"} & set(fields)


def test_a_later_step_reads_what_the_earlier_ones_said(make_case: Callable[..., Case]) -> None:
    head = Step("unit_head", "承办部门负责人", StaffRole.UNIT_HEAD, 3)
    last = Step("signatory", "签发", StaffRole.SIGNATORY, 3)
    said = Approval(
        "wu", "unit_head", AT, Decision.APPROVE, "同意拟办", Digests((), "", (), ()),
        "unit_head", wording="标题宜简",
    )  # fmt: skip
    case = waiting(make_case, chain=(head, last), at_step=1, approvals=(said,))
    shown = excerpts(case, CaseRecord())
    assert "承办部门负责人** wu：同意公开；意见：同意拟办；内容表述：标题宜简" in shown
    assert "签发（第 2 步，共 2 步）" in shown


def test_each_judgement_has_its_section_with_what_was_found(make_case: Callable[..., Case]) -> None:
    note = Note("channel_missing", "没有写明公报。", Severity.PERSON)
    shown = excerpts(waiting(make_case), CaseRecord(notes=(note,)))
    wording, timing, channel = (
        shown.index(f"## {n}") for n in ("内容表述", "公开时机", "公开方式")
    )
    assert wording < timing < channel < shown.index("没有写明公报")
    assert "系统没有发现问题" in shown[timing:channel]
