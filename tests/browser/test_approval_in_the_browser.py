"""A reviewer logs in with Chromium, opens Prefect's own page and fills in the form."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from review.case import State
from tests.conftest import ID_CARD, RunningOffice, eventually

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


def log_in(page: Page, office: RunningOffice, officer: str, heading: str = "等我审批") -> None:
    page.context.clear_cookies()
    page.goto(office.settings.ui_url)
    page.fill("#officer", officer)
    page.fill("#password", office.words[officer])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()


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


def choose(page: Page, select: Locator, option: str) -> None:
    select.focus()
    page.keyboard.press("ArrowDown")
    page.locator(".p-select-option").get_by_text(option).last.click()


def fill_in(page: Page, decision: str, opinion: str, code: str) -> None:
    form = page.get_by_role("dialog")
    choose(page, form.locator(".p-select-button__control").first, decision)
    form.locator("textarea").nth(0).fill(opinion)
    form.locator("textarea").nth(1).fill(code)


def send(page: Page) -> None:
    page.get_by_role("dialog").get_by_role("button", name="Submit").click()


def test_a_reviewer_approves_in_the_browser_and_the_case_is_released(
    page: Page, running_office: RunningOffice
) -> None:
    office = running_office
    case = office.submit("公告.txt", DRAFT.encode())
    office.until(case, State.AWAITING)
    office.waiting_run(case)
    log_in(page, office, "lin")
    open_form(page, case)
    fill_in(page, "同意公开", "已核对，同意", office.fresh_code("lin"))
    send(page)
    released = office.until(case, State.RELEASED)
    assert [(a.officer, a.reason) for a in released.approvals] == [("lin", "已核对，同意")]


def test_a_finding_kept_by_one_reviewer_is_published_when_another_agrees(
    page: Page, running_office: RunningOffice
) -> None:
    office = running_office
    case = office.submit("公告.txt", DRAFT.replace("0000", "0003").encode())
    office.until(case, State.AWAITING)
    log_in(page, office, "lin")
    open_form(page, case)
    fill_in(page, "同意公开", "联系人应当公开", office.fresh_code("lin"))
    form = page.get_by_role("dialog")
    form.get_by_role("button", name="Add item").click()
    form.locator("input[type=number]").fill("1")
    choose(page, form.locator(".p-select-button__control").nth(1), "依法应当公开")
    form.locator("textarea").nth(2).fill("办事联系人，应当公开")
    send(page)
    eventually(lambda: office.desk.store.get(case).changes)
    log_in(page, office, "guo")
    open_form(page, case)
    fill_in(page, "同意公开", "同意保留", office.fresh_code("guo"))
    send(page)
    office.until(case, State.RELEASED)
    released = (office.desk.files.released_dir(case) / "公告.txt").read_text()
    assert "苗秋实" in released
    assert "13912340003" not in released


def test_an_officer_finds_no_form_and_no_page_of_prefect(
    page: Page, running_office: RunningOffice
) -> None:
    office = running_office
    case, run = office.waiting_case()
    log_in(page, office, "zhou", "我送审的案件")
    expect(page.get_by_role("row").filter(has_text=case)).to_be_visible()
    assert page.get_by_role("link", name="审批").count() == 0
    page.goto(f"{office.settings.ui_url}/runs/flow-run/{run}")
    expect(page.get_by_text("您的角色不能做这件事")).to_be_visible()


def test_the_artifacts_show_the_findings_masked(page: Page, running_office: RunningOffice) -> None:
    office = running_office
    case, _ = office.waiting_case()
    asked, _ = office.desk.asked(case)
    body = {"artifacts": {"key": {"any_": [f"case-{case}-{asked}-summary"]}}}
    with office.raw() as client:
        (artifact,) = client.post("artifacts/filter", json=body).json()
    log_in(page, office, "lin")
    page.goto(f"{office.settings.ui_url}/artifacts/artifact/{artifact['id']}")
    expect(page.get_by_text("检出内容与处理后的样子")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert "139＊＊＊＊0001" in shown
    assert "苗秋实" not in shown
    assert ID_CARD not in shown
    assert not re.search(r"139\d{8}", shown)


def test_no_page_calls_out_or_breaks_on_its_policy(
    page: Page, running_office: RunningOffice
) -> None:
    office, noise = running_office, Noise()
    _, run = office.waiting_case()
    log_in(page, office, "lin")
    noise.listen(page, office.settings.ui_url)
    for path in ("/desk", f"/runs/flow-run/{run}", "/dashboard", f"/v2/runs/flow-run/{run}"):
        page.goto(office.settings.ui_url + path)
        page.wait_for_timeout(3000)
        assert page.locator("body").inner_text().strip(), path
    assert noise == Noise()


def test_a_form_left_open_agrees_to_nothing_that_came_later(
    page: Page, running_office: RunningOffice
) -> None:
    office = running_office
    case = office.submit("公告.txt", DRAFT.replace("0000", "0005").encode())
    office.until(case, State.AWAITING)
    log_in(page, office, "guo")
    open_form(page, case)
    kept = [{"number": 1, "treatment": "保留：依法应当公开", "reason": "办事联系人，应当公开"}]
    values = {"decision": "修改处理", "code": office.fresh_code("lin"), "changes": kept}
    office.person("lin").resume(office.waiting_run(case), values)
    eventually(lambda: office.desk.store.get(case).changes)
    office.waiting_run(case)
    fill_in(page, "同意公开", "同意", office.fresh_code("guo"))
    send(page)
    page.wait_for_timeout(5000)
    standing = office.desk.store.get(case)
    assert (standing.state, standing.weakened_by) == (State.AWAITING, ("lin",))
    assert "answer_sealed" not in [
        event.action for event in office.desk.store.events(case) if event.actor == "guo"
    ]
