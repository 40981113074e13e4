"""A reviewer logs in with Chromium, opens Prefect's own page and fills in the form."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect, sync_playwright

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


@dataclass
class Noise:
    """What a page said in the console, and where it wanted to call."""

    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def listen(self, page: Page, own: str) -> None:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", lambda response: self._note(response.url, own))

    def _note(self, url: str, own: str) -> None:
        """Note what was answered: what the policy stops is never asked."""
        if not url.startswith((own, "data:", "blob:")):
            self.elsewhere.append(url)


def log_in(page: Page, office: RunningOffice, officer: str) -> None:
    page.context.clear_cookies()
    page.goto(office.settings.ui_url)
    page.fill("#officer", officer)
    page.fill("#password", office.words[officer])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="等我审批")).to_be_visible()


def open_form(page: Page, case: str) -> None:
    row = page.get_by_role("row").filter(has_text=case)
    for _ in range(60):
        if row.get_by_role("link", name="审批").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    row.get_by_role("link", name="审批").click()
    page.get_by_role("button", name="Resume").first.click()
    expect(page.get_by_text("结论").first).to_be_visible()


def test_a_reviewer_approves_in_the_browser_and_the_case_is_released(
    page: Page, running_office: RunningOffice
) -> None:
    office = running_office
    case = office.submit("公告.txt", DRAFT.encode())
    office.until(case, State.AWAITING)
    office.waiting_run(case)
    log_in(page, office, "lin")
    open_form(page, case)
    form = page.get_by_role("dialog")
    form.locator(".p-select-button__control").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator(".p-select-option").get_by_text("同意公开").last.click()
    opinion, code = (form.locator("textarea").nth(index) for index in range(2))
    opinion.fill("已核对，同意")
    code.fill(office.fresh_code("lin"))
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
    log_in(page, office, "lin")
    page.goto(f"{office.settings.ui_url}/artifacts/artifact/{artifact['id']}")
    expect(page.get_by_text("检出内容与处理后的样子")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert "139＊＊＊＊0001" in shown
    assert "苗秋实" not in shown
    assert "13912340001" not in shown


def test_no_page_calls_out_or_breaks_on_its_policy(
    page: Page, running_office: RunningOffice
) -> None:
    office, noise = running_office, Noise()
    case = office.submit("公告.txt", DRAFT.replace("0000", "0002").encode())
    office.until(case, State.AWAITING)
    run = office.waiting_run(case)
    log_in(page, office, "lin")
    noise.listen(page, office.settings.ui_url)
    for path in ("/desk", f"/runs/flow-run/{run}", "/dashboard", f"/v2/runs/flow-run/{run}"):
        page.goto(office.settings.ui_url + path)
        page.wait_for_timeout(3000)
        assert page.locator("body").inner_text().strip(), path
    assert noise == Noise()
