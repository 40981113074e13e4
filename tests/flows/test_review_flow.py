from __future__ import annotations

import json
import time
from typing import NamedTuple

import pytest

from flows.intake.intake import hand_in_again
from flows.processing.scanned import Incoming
from review.case import Case, State
from review.errors import NotAllowedError
from review.plan import Verdict
from tests.conftest import ID_CARD, RunningOffice, draft, eventually
from tests.fakes.refusals import refusals

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stack")]


OPINION = "公开范围不对，见青政办发2026001号文"
"""A number as long as a telephone's, but a document's."""


class SentBack(NamedTuple):
    """Hold a case that was sent back, and the form that came before that."""

    case: Case
    form: str


def fill(office: RunningOffice, officer: str = "lin", **changes: object) -> dict[str, object]:
    """Fill in the form; without an opinion there is none to be looked through, which takes long."""
    decision: dict[str, object] = {"decision": "同意公开"}
    merged = decision | changes
    return merged if "code" in merged else merged | {"code": office.fresh_code(officer)}


def refused_since(office: RunningOffice, case: str, before: int) -> None:
    eventually(lambda: len(refusals(office.desk, case)) > before)


def test_a_draft_goes_in_and_a_reviewed_release_comes_out(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345671"))
    assert office.until(case, State.AWAITING).verdict is Verdict.FLAGGED
    office.resume(case, office.waiting_run(case), fill(office), "lin")
    office.until(case, State.RELEASED)
    folder = office.desk.files.released_dir(case)
    manifest = json.loads((folder / "manifest.json").read_text())
    released = (folder / manifest["files"][0]["name"]).read_text()
    assert "关于发放临时救助金的公告" in released
    for value in ("苗秋实", ID_CARD, "13912345671"):
        assert value not in released + json.dumps(manifest, ensure_ascii=False)
    assert manifest["approvals"][0]["officer"] == "lin"


@pytest.fixture(scope="module")
def sent_back(running_office: RunningOffice) -> SentBack:
    """Answer with a wrong code, then send the case back with the right one."""
    office = running_office
    case, run = office.waiting_case()
    asked, before = office.desk.asked(case)[0], len(refusals(office.desk, case))
    office.resume(case, run, fill(office, code="000000"), "guo")
    refused_since(office, case, before)
    run = office.waiting_run(case)
    with office.raw() as client:
        form = client.get(f"flow_runs/{run}/input/suspended-review-{asked + 1}-description")
    office.resume(case, run, fill(office, decision="退回修改", opinion=OPINION), "lin")
    return SentBack(office.until(case, State.RETURNED), form.text)


def test_a_wrong_code_brings_the_form_again_and_says_why(sent_back: SentBack) -> None:
    assert "上次提交未被接受" in sent_back.form
    assert [(a.officer, a.reason) for a in sent_back.case.approvals] == [("lin", OPINION)]


def test_an_incomplete_form_is_refused_at_the_door(running_office: RunningOffice) -> None:
    office = running_office
    case, run = office.waiting_case()
    with pytest.raises(NotAllowedError):
        office.api.resume(run, {"decision": "同意公开"})
    assert office.desk.store.get(case).state is State.AWAITING


def test_a_run_forced_on_without_an_answer_waits_again(running_office: RunningOffice) -> None:
    office = running_office
    case, run = office.waiting_case()
    before = len(refusals(office.desk, case))
    forced = {"state": {"type": "SCHEDULED"}, "force": True}
    with office.raw() as client:
        client.post(f"flow_runs/{run}/set_state", json=forced)
    refused_since(office, case, before)
    assert office.desk.store.get(case).state is State.AWAITING


def test_a_long_number_in_the_opinion_never_reaches_prefect_unless_it_is_a_documents(
    running_office: RunningOffice, sent_back: SentBack
) -> None:
    office = running_office
    case, run = office.waiting_case()
    before = refusals(office.desk, case)
    for opinion in ("电话13700002222", "请核对\n电话13700002222", "12345678"):
        with pytest.raises(NotAllowedError):
            office.api.resume(run, fill(office, opinion=opinion, code="123456"))
    assert refusals(office.desk, case) == before
    assert sent_back.case.approvals[0].reason == OPINION


def test_the_answer_is_deleted_from_prefect_once_decided(running_office: RunningOffice) -> None:
    office = running_office
    case, run = office.waiting_case()
    office.resume(case, run, fill(office, decision="不予公开", opinion="不属于公开范围"), "lin")
    office.until(case, State.WITHHELD)
    time.sleep(1)
    body = {"prefix": "suspended-review-", "limit": 50}
    with office.raw() as client:
        rows = client.post(f"flow_runs/{run}/input/filter", json=body).json()
    assert rows
    assert not [row for row in rows if "response" in row["key"]]


def test_a_secrecy_mark_leaves_no_way_to_approve(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("报告.txt", "机密★10年\n\n关于安保工作的报告\n\n内容略。\n".encode())
    assert office.until(case, State.AWAITING).verdict is Verdict.BLOCKED
    run = office.waiting_run(case)
    with pytest.raises(NotAllowedError):
        office.api.resume(run, fill(office, code="123456"))
    assert office.desk.store.get(case).state is State.AWAITING


def test_a_case_that_was_sent_back_goes_through_again_with_the_corrected_draft(
    running_office: RunningOffice, sent_back: SentBack
) -> None:
    office, case = running_office, sent_back.case.id
    runs = len(office.api.runs_of(case))
    corrected = [Incoming("公告.txt", draft("13912345679") + "发放标准略。\n".encode())]
    for _ in range(2):  # the second time changes nothing
        assert hand_in_again(office.desk, office.api, case, corrected, "zhou").round == 2
    office.until(case, State.AWAITING)
    assert len(office.api.runs_of(case)) == runs + 1
    office.resume(case, office.waiting_run(case), fill(office), "lin")
    office.until(case, State.RELEASED)
    released = office.desk.files.released_dir(case) / "公告.txt"
    assert "发放标准略" in released.read_text()
    assert "13912345679" not in released.read_text()
