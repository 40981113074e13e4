"""A reviewer opens Prefect's own page in Chromium, fills in the form and the case is released."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from flows.compose import open_door
from review.case import State
from tests.conftest import RunningOffice

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("stack")]

DRAFT = "关于发放救助金的公告\n\n联系人：苗秋实，联系电话：13912340000。\n\n青禾县民政局\n"


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: run `make test` as root once, it installs it"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        opened = browser.new_page(viewport={"width": 1400, "height": 1200}, locale="zh-CN")
        opened.set_default_timeout(30_000)
        yield opened
        browser.close()


def open_form(page: Page, office: RunningOffice, run: str) -> None:
    page.goto(f"{office.settings.ui_url}/runs/flow-run/{run}", wait_until="domcontentloaded")
    page.get_by_role("button", name="Resume").first.click()
    expect(page.get_by_text("结论").first).to_be_visible()


def logged_in(route: Route, office: RunningOffice, case: str) -> None:
    """Seal the answer on its way, as it is where somebody is logged in."""
    run = route.request.url.split("/")[-2]
    answers = route.request.post_data_json["run_input"]
    open_door(office.desk.store).seal(case, run, "lin", answers, datetime.now(UTC))
    route.continue_()


def test_a_reviewer_approves_in_the_browser_and_the_case_is_released(
    page: Page, running_office: RunningOffice
) -> None:
    office = running_office
    case = office.submit("公告.txt", DRAFT.encode())
    office.until(case, State.AWAITING)
    open_form(page, office, office.waiting_run(case))
    form = page.get_by_role("dialog")
    form.locator(".p-select-button__control").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator(".p-select-option").get_by_text("同意公开").last.click()
    opinion, code = (form.locator("textarea").nth(index) for index in range(2))
    opinion.fill("已核对，同意")
    code.fill(office.fresh_code("lin"))
    page.route("**/resume", lambda route: logged_in(route, office, case))
    form.get_by_role("button", name="Submit").click()
    released = office.until(case, State.RELEASED)
    assert [(a.officer, a.reason) for a in released.approvals] == [("lin", "已核对，同意")]


def test_the_artifacts_show_the_findings_masked(page: Page, running_office: RunningOffice) -> None:
    office = running_office
    case = office.submit("公告.txt", DRAFT.replace("0000", "0001").encode())
    office.until(case, State.AWAITING)
    office.waiting_run(case)
    body = {"artifacts": {"key": {"any_": [f"case-{case}-1-summary"]}}}
    with office.raw() as client:
        (artifact,) = client.post("artifacts/filter", json=body).json()
    page.goto(f"{office.settings.ui_url}/artifacts/artifact/{artifact['id']}")
    expect(page.get_by_text("检出内容与处理后的样子")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert "139＊＊＊＊0001" in shown
    assert "苗秋实" not in shown
    assert "13912340001" not in shown
