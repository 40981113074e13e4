from __future__ import annotations

import json
import time

import pytest

from flows.intake import hand_in_again
from flows.scanned import Incoming
from review.case import State
from review.errors import NotAllowedError
from review.plan import Verdict
from tests.conftest import RunningOffice
from tests.fakes.refusals import refusals

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("stack")]

DRAFT = """关于发放临时救助金的公告

救助对象姓名：苗秋实，身份证号码：{id_card}，联系电话：{phone}。

青禾县民政局
2026年3月2日
（此件公开发布）
"""
ID_CARD = "350181198503122019"


def draft(phone: str) -> bytes:
    return DRAFT.format(id_card=ID_CARD, phone=phone).encode()


def fill(office: RunningOffice, officer: str = "lin", **changes: object) -> dict[str, object]:
    values: dict[str, object] = {"decision": "同意公开", "opinion": "同意"}
    merged = values | changes
    return merged if "code" in merged else merged | {"code": office.fresh_code(officer)}


def resume(
    office: RunningOffice, case: str, answers: dict[str, object], officer: str = "lin"
) -> None:
    """Answer as soon as the form is there: Prefect suspends a moment before it stores the form."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return office.resume(case, office.waiting_run(case), answers, officer)
        except NotAllowedError:
            assert time.monotonic() < deadline, "the form was never accepted"
            time.sleep(0.3)


def test_a_draft_goes_in_and_a_reviewed_release_comes_out(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345671"))
    assert office.until(case, State.AWAITING).verdict is Verdict.FLAGGED
    resume(office, case, fill(office))
    office.until(case, State.RELEASED)
    folder = office.desk.files.released_dir(case)
    manifest = json.loads((folder / "manifest.json").read_text())
    released = (folder / manifest["files"][0]["name"]).read_text()
    assert "关于发放临时救助金的公告" in released
    for value in ("苗秋实", ID_CARD, "13912345671"):
        assert value not in released + json.dumps(manifest, ensure_ascii=False)
    assert manifest["approvals"][0]["officer"] == "lin"


def test_a_wrong_code_brings_the_form_again_and_says_why(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345672"))
    office.until(case, State.AWAITING)
    resume(office, case, fill(office, code="000000"), officer="guo")
    deadline = time.monotonic() + 60
    while not refusals(office.desk, case):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    run = office.waiting_run(case)
    with office.raw() as client:
        form = client.get(f"flow_runs/{run}/input/suspended-review-2-description")
    assert "上次提交未被接受" in form.text
    resume(office, case, fill(office, decision="退回修改", opinion="公开范围不对"))
    assert office.until(case, State.RETURNED).approvals[0].reason == "公开范围不对"


def test_an_incomplete_form_is_refused_at_the_door(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345673"))
    office.until(case, State.AWAITING)
    run = office.waiting_run(case)
    with pytest.raises(NotAllowedError):
        office.api.resume(run, {"decision": "同意公开"})
    assert office.desk.store.get(case).state is State.AWAITING


def test_a_run_forced_on_without_an_answer_waits_again(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345674"))
    office.until(case, State.AWAITING)
    run = office.waiting_run(case)
    forced = {"state": {"type": "SCHEDULED"}, "force": True}
    with office.raw() as client:
        client.post(f"flow_runs/{run}/set_state", json=forced)
    deadline = time.monotonic() + 60
    while not refusals(office.desk, case):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert office.desk.store.get(case).state is State.AWAITING


def test_a_long_number_in_the_opinion_never_reaches_prefect(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345675"))
    office.until(case, State.AWAITING)
    run = office.waiting_run(case)
    time.sleep(1)
    for opinion in ("电话13700002222", "请核对\n电话13700002222", "12345678"):
        with pytest.raises(NotAllowedError):
            office.api.resume(run, fill(office, opinion=opinion, code="123456"))
    assert refusals(office.desk, case) == []
    named = fill(office, decision="退回修改", opinion="见青政办发2026001号文")
    resume(office, case, named)
    assert office.until(case, State.RETURNED).approvals[0].reason == named["opinion"]


def test_the_answer_is_deleted_from_prefect_once_decided(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345676"))
    office.until(case, State.AWAITING)
    run = office.waiting_run(case)
    resume(office, case, fill(office, decision="不予公开", opinion="不属于公开范围"))
    office.until(case, State.WITHHELD)
    time.sleep(1)
    body = {"prefix": "suspended-review-1-response", "limit": 5}
    with office.raw() as client:
        rows = client.post(f"flow_runs/{run}/input/filter", json=body).json()
    assert rows == []


def test_a_secrecy_mark_leaves_no_way_to_approve(running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("报告.txt", "机密★10年\n\n关于安保工作的报告\n\n内容略。\n".encode())
    assert office.until(case, State.AWAITING).verdict is Verdict.BLOCKED
    run = office.waiting_run(case)
    time.sleep(1)
    with pytest.raises(NotAllowedError):
        office.api.resume(run, fill(office, code="123456"))
    assert office.desk.store.get(case).state is State.AWAITING


def test_a_case_that_was_sent_back_goes_through_again_with_the_corrected_draft(
    running_office: RunningOffice,
) -> None:
    office = running_office
    case = office.submit("公告.txt", draft("13912345678"))
    office.until(case, State.AWAITING)
    resume(office, case, fill(office, decision="退回修改", opinion="请补上发放标准"))
    office.until(case, State.RETURNED)
    corrected = [Incoming("公告.txt", draft("13912345679") + "发放标准略。\n".encode())]
    for _ in range(2):  # the second time changes nothing
        assert hand_in_again(office.desk, office.api, case, corrected, "zhou").round == 2
    office.until(case, State.AWAITING)
    assert len(office.api.runs_of(case)) == 2
    resume(office, case, fill(office))
    office.until(case, State.RELEASED)
    released = office.desk.files.released_dir(case) / "公告.txt"
    assert "发放标准略" in released.read_text()
    assert "13912345679" not in released.read_text()
