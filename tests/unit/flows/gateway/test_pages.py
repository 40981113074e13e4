"""The pages that the gateway shows itself: the desk, review copies, highlighted drafts."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from review.case import Case
from review.staffing import StaffRole
from tests.fakes.gateway import RUN, Office, add_case


def test_nothing_is_framed_sniffed_kept_or_fetched_from_elsewhere(office: Office) -> None:
    client = office.visitor("lin")
    for path in ("/desk", "/runs", "/api/flow_runs/x", "/login"):
        headers = client.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers
        policy = dict(
            part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";")
        )
        assert not any("http" in sources or "*" in sources for sources in policy.values())
        assert "inline" not in policy.get("script-src", policy["default-src"])
    assert "default-src 'none'" in client.get("/desk").headers["content-security-policy"]


def test_the_desk_shows_what_waits_with_form_and_copy(office: Office, case: Case) -> None:
    office.server.paused = [{"id": RUN, "tags": [f"case:{case.id}"]}]
    shown = office.visitor("lin").get("/desk").text
    assert "关于第1批救助金的公告" in shown
    assert f'href="/runs/flow-run/{RUN}"' in shown
    assert f'href="/cases/{case.id}/review.html"' in shown
    assert f'href="/cases/{case.id}/summary"' in shown
    assert "Submit" in shown  # explained in Chinese below the list
    assert "工作日" in shown
    assert "<script" not in shown


def test_a_link_of_a_case_leads_to_its_findings_in_prefect(office: Office, case: Case) -> None:
    reviewer, page = office.visitor("lin"), f"/cases/{case.id}/summary"
    assert "请稍后" in reviewer.get(page).text
    office.server.artifacts = [{"id": RUN}]
    assert reviewer.get(page).headers["location"] == f"/artifacts/artifact/{RUN}"
    assert "location" not in office.visitor("zhou").get(page).headers


def test_a_case_that_is_not_read_yet_shows_no_key_of_its_category(
    office: Office, make_case: Any
) -> None:
    made = make_case("2026-0009")
    made = replace(made, submission=replace(made.submission, officer="zhou"))
    office.desk.store.add(made, actor="zhou", at=office.clock[0], data={})
    shown = office.visitor("zhou").get("/desk").text
    assert "尚未检测" in shown
    assert made.submission.category not in shown


def test_an_officer_sees_his_own_cases_and_their_state(office: Office, case: Case) -> None:
    office.desk.staff.add("wei", {StaffRole.OFFICER}, at=office.clock[0])
    assert "等待审批" in office.visitor("zhou").get("/desk").text
    assert case.id not in office.visitor("wei").get("/desk").text


def test_the_earliest_deadline_comes_first(office: Office, make_case: Any) -> None:
    for number, days in ((1, 0), (2, -60), (3, 10)):
        created = office.clock[0] + timedelta(days=days)
        add_case(office, make_case, number, created_at=created)
    shown = office.visitor("lin").get("/desk").text
    assert re.findall(r'day">(2026-\d{4})<', shown) == ["2026-0002", "2026-0001", "2026-0003"]
    assert "已超期" in shown


def test_a_hundred_waiting_cases_open_quickly(office: Office, make_case: Any) -> None:
    for number in range(1, 101):
        add_case(office, make_case, number)
    client = office.visitor("lin")
    client.get("/desk")
    begun = time.process_time()
    shown = client.get("/desk").text
    assert shown.count("/review.html") == 100
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("who", ["zhou", "lin", "ding"])
def test_the_review_copy_opens_for_the_people_of_the_case_and_is_recorded(
    office: Office, case: Case, who: str
) -> None:
    response = office.visitor(who).get(f"/cases/{case.id}/review.html")
    assert "苗秋实" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert office.events("review_copy_opened") == [(who, case.id, {})]


@pytest.mark.parametrize("who", ["zhou", "lin", "ding"])
def test_a_highlighted_draft_is_handed_to_the_people_of_the_case_and_recorded(
    office: Office, case: Case, who: str
) -> None:
    name = office.desk.files.put_marked_copy(case.id, 0, ".docx", b"PK marked")
    response = office.visitor(who).get(f"/cases/{case.id}/{name}")
    assert response.content == b"PK marked"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["cache-control"] == "no-store"
    assert office.events("marked_copy_opened") == [(who, case.id, {})]


def test_the_desk_links_to_the_highlighted_drafts(office: Office, case: Case) -> None:
    for number in (0, 1):
        office.desk.files.put_marked_copy(case.id, number, ".pdf", b"%PDF")
    for who in ("zhou", "lin"):
        shown = office.visitor(who).get("/desk").text
        assert f'href="/cases/{case.id}/marked-1.pdf">标注稿1<' in shown
        assert f'href="/cases/{case.id}/marked-2.pdf">标注稿2<' in shown


def test_a_highlighted_draft_stays_shut_to_others_and_so_does_everything_beside_it(
    office: Office, case: Case
) -> None:
    name = office.desk.files.put_marked_copy(case.id, 0, ".docx", b"PK marked")
    older = office.desk.files.put_marked_copy(case.id, 0, ".docx", b"PK older", "r9")
    office.desk.staff.add("wei", {StaffRole.OFFICER}, at=office.clock[0])
    stranger, reviewer = office.visitor("wei"), office.visitor("lin")
    assert stranger.get(f"/cases/{case.id}/{name}").status_code == 403
    assert office.events("access_refused") == [("wei", case.id, {"what": "marked_copy"})]
    for other in (older, "marked-2.docx", "marked-1.pdf"):
        assert reviewer.get(f"/cases/{case.id}/{other}").status_code in (400, 403, 404)
    assert len(office.events("marked_copy_opened")) == 0


def test_the_review_copy_stays_shut_to_others_as_if_it_were_not_there(
    office: Office, case: Case
) -> None:
    office.desk.staff.add("wei", {StaffRole.OFFICER}, at=office.clock[0])
    client = office.visitor("wei")
    shut = client.get(f"/cases/{case.id}/review.html")
    absent = client.get("/cases/2026-9999/review.html")
    assert (shut.status_code, shut.text) == (absent.status_code, absent.text) == (403, shut.text)
    assert "苗秋实" not in shut.text
    assert len(office.events("access_refused")) == 2
    assert client.get("/cases/../review.html").status_code in (403, 404)
