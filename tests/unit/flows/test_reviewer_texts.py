from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from flows.artifacts import excerpts, findings_table
from flows.findings_record import CaseRecord, FindingRow
from flows.form import decision_form
from review.case import Case, State
from review.plan import Verdict


def row(entity: str = "PERSON", action: str = "replace", file: str = "正文.docx") -> FindingRow:
    return FindingRow(
        "F1", file, entity, "unknown", action, "苗***", "苗某某", "条例第十五条", "词表",
        "第1段", "【苗***】", "【苗某某】",
    )  # fmt: skip


def description(case: Case, record: CaseRecord) -> str:
    return str(decision_form(case, record, "")._description)


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


def test_a_publishable_case_is_given_no_such_advice(make_case: Callable[..., Case]) -> None:
    case = make_case(state=State.AWAITING, verdict=Verdict.FLAGGED)
    assert "怎么办" not in excerpts(case, CaseRecord(findings=(row(),)))


def test_findings_of_several_files_say_which(make_case: Callable[..., Case]) -> None:
    record = CaseRecord(findings=(row(), replace(row(), file="附件[1].xlsx")))
    assert [line["文件"] for line in findings_table(record)] == ["正文.docx", "附件[1].xlsx"]
    assert "附件［1］.xlsx" in excerpts(make_case(verdict=Verdict.FLAGGED), record)
    assert "文件" not in findings_table(CaseRecord(findings=(row(),)))[0]


def opinion_field(case: Case) -> dict[str, str]:
    schema = decision_form(case, CaseRecord(), "").model_json_schema()
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
