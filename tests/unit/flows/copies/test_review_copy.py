"""The review copy: everything a reviewer compares on one page, for the people of the case only."""

from __future__ import annotations

import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from flows.copies import review_copy as module
from flows.copies.findings_record import describe_scan
from flows.copies.review_copy import review_copy
from flows.processing.pipeline import Pipeline
from flows.processing.proof import UnprovenError
from flows.processing.scanned import Incoming, Scan
from flows.store.casefiles import CaseFiles
from redact.operators import PublishedForms
from review.document import Block, BlockKind, Cell, Document, Location
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker

DRAFT = "关于救助的公告\n救助对象苗秋实，电话13900000001。\n<script>alert('苗秋实')</script>"


def scan(*texts: str, names: tuple[str, ...] = ("公告.txt", "附件.txt")) -> Scan:
    pipeline = Pipeline(TextWorker(), WordDetector, small_policy(), PublishedForms)
    incoming = [Incoming(n, t.encode()) for n, t in zip(names, texts, strict=False)]
    return pipeline.scan(incoming, "general")


def visible(page: str) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]*>", "", page, flags=re.S)


def test_original_and_published_text_stand_side_by_side() -> None:
    page = review_copy(scan(DRAFT), "案件 1")
    assert re.search(r'<mark class="replace">苗秋实</mark>', page)
    assert "救助对象<ins>苗某某</ins>" in page
    assert page.count("关于救助的公告") == 2


def test_a_short_file_with_empty_lines_is_not_called_long() -> None:
    assert "文件较长" not in review_copy(scan("关于救助的公告\n\n救助对象苗秋实。"), "案件 1")


def test_what_cannot_be_published_is_not_headed_as_published() -> None:
    assert "本件现在不能公开" in review_copy(scan("机密★10年\n报告"), "案件 1")
    assert "本件现在不能公开" not in review_copy(scan(DRAFT), "案件 1")


def test_the_places_where_a_proof_failed_are_marked_in_their_file() -> None:
    failure = UnprovenError("第2个文件：处理后仍检出<姓名>。", (1,), 1)
    page = review_copy(scan(DRAFT, "附表\n苗秋实\n完"), "案件 1", failure=failure)
    assert "没有公开件：第2个文件：处理后仍检出&lt;姓名&gt;。" in page
    assert page.count("此处未通过核验") == 1
    assert page.index("附件.txt") < page.index("此处未通过核验")
    assert page.count("本件现在不能公开") == 2


def test_findings_bear_the_numbers_of_the_record() -> None:
    held = scan(DRAFT, "附件：苗秋实")
    page = review_copy(held, "案件 1")
    rows = describe_scan(held, ()).findings
    for number, row in enumerate(rows, 1):
        listed = re.search(rf'<tr id="f{number}" class="(\w+)">(.*?)</tr>', page)
        assert listed is not None
        assert listed[1] == row.action
        assert row.basis in listed[2]
        assert f'href="#f{number}"' in page


def test_a_finding_leads_to_its_reason_and_back_to_its_place() -> None:
    page = review_copy(scan(DRAFT, "附件：苗秋实"), "案件 1")
    numbers = re.findall(r'<tr id="f(\d+)"', page)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    for number in numbers:
        assert page.count(f' id="t{number}"') == 1
        assert f'id="t{number}" href="#f{number}"' in page
        assert f'<a href="#t{number}">{number}</a>' in page


def test_the_list_shows_what_was_found_in_clear() -> None:
    page = review_copy(scan(DRAFT), "案件 1")
    listed = re.search(r'<tr id="f1".*?</tr>', page)
    assert listed is not None
    assert "<td>苗秋实</td>" in listed[0]


def test_what_waits_for_a_word_is_counted_and_named_first() -> None:
    page = review_copy(scan("机密★10年\n报告"), "案件 1")
    before, _ = page.split("<h2>", 1)
    assert "共检出 1 处" in visible(before)
    assert '拦截，不能公开的：<a href="#t1">1</a>' in before


def test_what_a_draft_says_is_never_markup_of_the_page() -> None:
    page = review_copy(scan(DRAFT, names=("<img src=x>.txt",)), "<b>标题</b>")
    tags: set[str] = set()

    class Collect(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.add(tag)

    Collect().feed(page)
    assert not tags & {"script", "img", "b", "link", "iframe"}
    assert "src=" not in re.sub(r"&lt;.*?&gt;", "", page)


def test_the_page_fetches_nothing() -> None:
    page = review_copy(scan(DRAFT), "案件 1")
    assert not re.search("https?:", page)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src")
    assert "@import" not in page
    assert "url(" not in page


def test_a_changed_cell_shows_what_it_becomes() -> None:
    blocks = tuple(
        Block(text, Location("t", n), BlockKind.CELL, Cell(0, n // 2, n % 2 * 7))
        for n, text in enumerate(("姓名", "金额", "苗秋实", "500元"))
    )
    pipeline = Pipeline(TextWorker(), WordDetector, small_policy(), PublishedForms)
    document = Document("txt", blocks)
    category = pipeline.policy.category("general")
    (plan,) = pipeline.plan([(document, pipeline.detect(document))], category)
    page = "".join(module._document(document, plan, 0))
    assert '苗秋实</mark><div class="becomes"><ins>苗某某</ins></div></td><td>500元</td>' in page
    assert page.count("<td>") == 4


def test_a_long_file_shows_what_lies_around_the_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BLOCKS", 10)
    lines = [f"第{n}行文字" for n in range(50)]
    lines[25] = "苗秋实"
    page = visible(review_copy(scan("\n".join(lines)), "案件 1"))
    assert "第24行文字" in page
    assert "第40行文字" not in page
    assert "共 5 段" in page


def test_a_blocked_draft_shows_what_blocks_it() -> None:
    page = review_copy(scan("机密★10年\n报告"), "案件 1")
    assert '<mark class="block">' in page


def test_only_the_owner_can_open_it(tmp_path: Path) -> None:
    files = CaseFiles(tmp_path)
    files.put_review_copy("2026-0001", review_copy(scan(DRAFT), "案件 1"))
    path = files.review_copy("2026-0001")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
