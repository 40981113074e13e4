"""Pictures in the review copy: for files with pages, shared among them.

They are never a reason to fail a case unless they show what had to go.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from flows.cases.desk import Desk
from flows.copies import page_pictures as module
from flows.copies.page_pictures import FAILED, likeness_notes, page_pictures
from flows.copies.review_copy import review_copy
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.sandbox import Limits, Sandbox
from flows.processing.scanned import Incoming, Output, Scan
from flows.processing.wire import pack_order, pack_pairs, unpack_order, unpack_pairs
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from redact.operators import PublishedForms
from redact.preview.highlights import HighlightOrder
from redact.preview.pictures import (
    Allowance,
    Mark,
    PagePair,
    PagePairs,
    PagePicture,
    PictureOrder,
    Place,
)
from review.case import Attribute, Case, Submission
from review.document import Block, BlockKind, Document, Location
from review.errors import BrokenInputError, ReviewError, UnsafeOutputError
from review.plan import Verdict
from review.staffing import StaffRole
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker

SAMPLE = Path(__file__).parents[4] / "samples" / "drafts" / "征收土地补偿登记结果公告.pdf"
DRAFT = "救助对象苗秋实。\n第二页"
COMPARED = {
    "after": 0, "cut": False, "uneven": [], "complaints": [], "sketched": False, "sheets": 0,
}  # fmt: skip
PIXEL = PagePicture("png", b"\x89PNG")


@dataclass
class PagedWorker(TextWorker):
    """Say that every file is a pdf of one page a line, and picture it as told."""

    fault: Exception | None = None
    asked: list[tuple[Allowance, Sequence[Mark], bytes]] = field(default_factory=list)
    excess: int = 0
    told: dict[str, Any] = field(default_factory=dict)

    def read(self, name: str, data: bytes) -> Document:
        lines = enumerate(data.decode().split("\n"))
        blocks = tuple(Block(t, Location("page", n, page=n + 1)) for n, t in lines)
        return Document(name.rpartition(".")[2], blocks)

    def picture(self, original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
        marks, allowance = order.marks, order.allowance
        self.asked.append((allowance, marks, output))
        if self.fault:
            raise self.fault
        spots = tuple(Place(m.number, 0.1, 0.2, 0.3, 0.1) for m in marks)
        total = original.decode().count("\n") + 1
        count = min(total, allowance.pages) + self.excess
        after = PIXEL if output else None
        shown = [PagePair(n + 1, PIXEL, after, () if n else spots) for n in range(count)]
        return PagePairs(tuple(shown), total, **self.told)

    def highlight(self, original: bytes, order: HighlightOrder) -> bytes:
        raise UnsafeOutputError("没有标注稿")


def order(*marks: Mark) -> PictureOrder:
    return PictureOrder("pdf", "pdf", (), marks, {"苗秋实": 1}, Allowance(30, 8_000_000))


def pictured(worker: PagedWorker, *drafts: tuple[str, str], published: bool = True) -> str:
    pipeline = Pipeline(worker, WordDetector, small_policy(), PublishedForms)
    scan = pipeline.scan([Incoming(name, text.encode()) for name, text in drafts], "general")
    outputs = [Output(n, b"made " + n.encode(), ()) for n, _ in drafts] if published else []
    return review_copy(scan, "案件 1", page_pictures(pipeline, scan, outputs))


def test_pages_stand_side_by_side_with_numbered_frames() -> None:
    page = pictured(PagedWorker(), ("公告.pdf", DRAFT))
    assert page.count("<h3>页面对照</h3>") == 1
    assert re.search(r'<a class="spot replace" href="#f1" style="left:10.00%;top:20.00%', page)
    assert 'alt="原件第2页"' in page
    assert 'alt="公开后第2页"' in page
    assert page.index("页面对照") < page.index('<table class="list">')


def test_text_without_pages_is_not_pictured() -> None:
    worker = PagedWorker()
    page = pictured(worker, ("公告.txt", DRAFT))
    assert worker.asked == []
    assert "页面对照" not in page


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "pptx", "odt", "doc", "xls", "ods", "odp"])
def test_office_files_are_pictured_where_libreoffice_is_installed(
    suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "program", lambda: "soffice")
    page = pictured(PagedWorker(), (f"公告.{suffix}", DRAFT))
    assert 'alt="原件第2页"' in page
    assert 'class="spot replace" href="#f1"' in page


def test_a_file_that_cannot_be_shown_here_says_so_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "program", lambda: None)
    worker = PagedWorker()
    assert module.NO_RENDERER in pictured(worker, ("公告.docx", DRAFT))
    assert worker.asked == []
    assert 'alt="原件第2页"' in pictured(worker, ("公告.ofd", DRAFT))


def test_drawings_are_called_so() -> None:
    assert "示意图" in pictured(PagedWorker(told={"sketched": True}), ("公告.ofd", DRAFT))
    assert "示意图" not in pictured(PagedWorker(), ("公告.ofd", DRAFT))


def test_the_renderer_is_told_the_text_of_the_draft_and_what_had_to_go() -> None:
    asked: list[PictureOrder] = []
    worker = PagedWorker()
    make = worker.picture

    def remember(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
        asked.append(order)
        return make(original, output, order)

    worker.picture = remember  # type: ignore[method-assign]
    pictured(worker, ("公告.pdf", DRAFT))
    assert asked[0].texts == tuple(DRAFT.split("\n"))
    assert asked[0].allowed == {"苗秋实": 0}
    assert asked[0].marks[0].edited


def test_an_output_that_shows_what_had_to_go_stops_the_case() -> None:
    worker = PagedWorker(told={"complaints": ("第 1 页仍能读到应隐去的内容。",)})
    with pytest.raises(UnsafeOutputError, match="第 1 页"):
        pictured(worker, ("公告.pdf", DRAFT))


def scanned_case(
    worker: PagedWorker, store: CaseStore, home: Path, at: datetime
) -> tuple[Desk, Case]:
    pipeline = Pipeline(worker, WordDetector, small_policy(), PublishedForms)
    staff = StaffRegister(store)
    staff.add("zhou", {StaffRole.OFFICER}, at=at)
    desk = Desk(store, CaseFiles(home), staff, lambda: pipeline, lambda: at)
    submission = Submission("general", Attribute.PROACTIVE, "zhou")
    drafts = [Incoming("公告.pdf", DRAFT.encode())]
    return desk, desk.scan(desk.submit(drafts, submission)[0].id)


def test_such_a_case_is_quarantined_and_keeps_no_output(
    sqlite_store: CaseStore, noon: datetime, tmp_path: Path
) -> None:
    worker = PagedWorker(told={"complaints": ("第 1 页仍能读到应隐去的内容。",)})
    desk, case = scanned_case(worker, sqlite_store, tmp_path, noon)
    assert case.verdict is Verdict.QUARANTINED
    assert "第 1 页" in case.note
    assert not list(desk.files.case_dir(case.id).glob("outputs*"))


def test_what_looks_otherwise_stands_in_the_record_and_holds_nothing_up(
    sqlite_store: CaseStore, noon: datetime, tmp_path: Path
) -> None:
    worker = PagedWorker(told={"after": 2, "uneven": (2,)})
    desk, case = scanned_case(worker, sqlite_store, tmp_path, noon)
    assert case.verdict is Verdict.FLAGGED
    assert "layout_differs" in [note.code for note in desk.record(case.id).notes]


def test_pages_that_look_otherwise_are_named_to_the_reviewer() -> None:
    told = {"after": 3, "uneven": (2,)}
    page = pictured(PagedWorker(told=told), ("公告.pdf", DRAFT))
    assert "第2页（版式有变化）" in page
    assert "第1页（版式有变化）" not in page
    assert "处理前 2 页，处理后 3 页" in page
    pairs = {0: "没有图片", 1: PagePairs((), 2, 3, uneven=(2,)), 2: PagePairs((), 60, 59, True)}
    assert [note.message for note in likeness_notes(pairs)] == [
        "第2个文件第 2 页版式有变化，请看对照页的页面图片。",
        "第2个文件处理前 2 页，处理后 3 页，请看对照页的页面图片。",
    ]


def test_pages_that_look_alike_are_not_spoken_of() -> None:
    assert list(likeness_notes({0: PagePairs((), 2, 2), 1: PagePairs((), 2, 0)})) == []
    assert "版式有变化" not in pictured(PagedWorker(told={"after": 2}), ("公告.pdf", DRAFT))


def test_findings_of_a_second_file_go_on_with_the_numbers_of_the_list() -> None:
    worker = PagedWorker()
    page = pictured(worker, ("公告.pdf", DRAFT), ("附件.pdf", "苗秋实"))
    assert page.count('href="#f2" style=') == 1
    assert {m.number for _, marks, _ in worker.asked for m in marks} == {1, 2}
    made = [b"made " + name.encode() for name in ("附件.pdf", "公告.pdf")]
    assert [output for *_, output in worker.asked] == made


def test_a_short_attachment_leaves_its_share_to_the_long_file() -> None:
    worker = PagedWorker()
    long = "\n".join(["苗秋实", *["文字"] * 49])
    page = pictured(worker, ("公告.pdf", long), ("附件.pdf", "苗秋实"))
    assert [allowance.pages for allowance, *_ in worker.asked] == [15, 29]
    assert "另有 21 页没有显示" in page
    assert page.count('alt="原件第') == 30


@pytest.mark.parametrize(
    "fault", [BrokenInputError("坏"), UnsafeOutputError("坏"), OSError("no process")]
)
def test_a_failure_to_render_is_told_and_fails_nothing(fault: Exception) -> None:
    page = pictured(PagedWorker(fault=fault), ("公告.pdf", DRAFT))
    assert FAILED in page
    assert "<img" not in page
    assert 'class="replace">苗秋实</mark>' in page


def test_more_than_allowed_is_thrown_away() -> None:
    assert FAILED in pictured(PagedWorker(excess=31), ("公告.pdf", DRAFT))


def test_without_an_output_only_the_draft_is_shown() -> None:
    page = pictured(PagedWorker(), ("公告.pdf", DRAFT), published=False)
    assert 'alt="原件第1页"' in page
    assert "没有公开件" in page


def test_findings_without_a_frame_are_counted() -> None:
    held = pictured(PagedWorker(), ("公告.pdf", DRAFT))
    assert "没有画框" not in held
    worker = PagedWorker()
    worker.picture = lambda *_: PagePairs((PagePair(1, PIXEL, None, ()),), 1)  # type: ignore[method-assign]
    assert "有 1 处检出内容没有画框（序号 1；" in pictured(worker, ("公告.pdf", DRAFT))


def test_pictures_are_outlined_under_the_numbers_that_people_name_them_by() -> None:
    worker = PagedWorker()
    held = (Place(2, 0.1, 0.1, 0.1, 0.1), Place(0, 0.5, 0.5, 0.1, 0.1))
    pair = PagePair(1, PIXEL, PIXEL, (Place(1, 0.1, 0.1, 0.1, 0.1),), (), held)
    worker.picture = lambda *_: PagePairs((pair,), 1)  # type: ignore[method-assign]
    page = pictured(worker, ("公告.pdf", DRAFT))
    assert re.findall(r'class="pic" style="[^"]*"><b>(图\d*)</b>', page) == ["图2", "图"]
    assert "［图片1］" in page


def test_pictures_that_no_page_frames_stand_behind_the_pages() -> None:
    worker = PagedWorker()
    spots = (Place(1, 0.1, 0.1, 0.1, 0.1),)
    sheets = PagePair(3, PIXEL, PIXEL, spots, spots), PagePair(0, PIXEL, None, spots)
    pairs = PagePairs((PagePair(1, PIXEL, PIXEL, ()),), 1, sheets=sheets)
    worker.picture = lambda *_: pairs  # type: ignore[method-assign]
    page = pictured(worker, ("公告.pdf", DRAFT))
    assert page.index('alt="原件第1页"') < page.index('alt="原件图片3"')
    assert 'alt="公开后图片3"' in page
    assert 'alt="原件嵌入文件中的图片"' in page
    assert "公开件中没有这张图片" in page
    assert page.count('href="#f1" style=') == 3
    assert "没有画框" not in page


def test_a_web_page_is_pictured_only_for_findings_in_its_pictures() -> None:
    worker = PagedWorker()
    pictured(worker, ("公告.html", DRAFT))
    assert worker.asked == []
    read = worker.read

    def with_picture(name: str, data: bytes) -> Document:
        first, *rest = read(name, data).blocks
        return Document("html", (replace(first, kind=BlockKind.PICTURE), *rest))

    worker.read = with_picture  # type: ignore[method-assign]
    pictured(worker, ("公告.html", DRAFT))
    assert len(worker.asked) == 1


def test_the_renderer_is_told_what_is_drawn_and_what_may_stand_on_every_page() -> None:
    asked: list[PictureOrder] = []
    worker = PagedWorker()
    read = worker.read

    def of_kinds(name: str, data: bytes) -> Document:
        head, title, link, text = read(name, data).blocks
        title = replace(title, kind=BlockKind.ATTRIBUTE, location=Location("word/charts/c.xml", 1))
        kinds = replace(head, kind=BlockKind.PAGE_HEADER), replace(link, kind=BlockKind.ATTRIBUTE)
        return Document("pdf", (kinds[0], title, kinds[1], text))

    def remember(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
        asked.append(order)
        return PagePairs((), 1)

    worker.read, worker.picture = of_kinds, remember  # type: ignore[method-assign]
    pictured(worker, ("公告.pdf", "页眉\n图表标题\n链接\n正文"))
    assert asked[0].texts == ("页眉", "图表标题", "", "正文")
    assert asked[0].running == (0,)


def test_a_finding_is_framed_on_both_sides() -> None:
    worker = PagedWorker()
    spots = (Place(1, 0.1, 0.1, 0.1, 0.1),), (Place(1, 0.2, 0.1, 0.1, 0.1),)
    worker.picture = lambda *_: PagePairs((PagePair(1, PIXEL, PIXEL, *spots),), 1)  # type: ignore[method-assign]
    page = pictured(worker, ("公告.pdf", DRAFT))
    assert re.findall(r'href="#f1" style="left:(\d+)', page) == ["10", "20"]


def test_the_renderer_is_told_what_each_finding_became() -> None:
    asked: list[PictureOrder] = []
    worker = PagedWorker()

    def remember(original: bytes, output: bytes, order: PictureOrder) -> PagePairs:
        asked.append(order)
        return PagePairs((), 1)

    worker.picture = remember  # type: ignore[method-assign]
    pictured(worker, ("公告.pdf", "苗秋实和苗秋实来了"))
    (text,) = asked[0].becomes
    first, second = asked[0].became
    assert [m.text for m in (first, second)] == [text[m.start : m.end] for m in (first, second)]
    assert "苗秋实" not in text
    assert text == f"{first.text}和{second.text}来了"


def test_a_finding_over_several_lines_bears_its_number_once() -> None:
    worker = PagedWorker()
    lines = Place(1, 0.1, 0.1, 0.1, 0.1), Place(1, 0.1, 0.2, 0.1, 0.1)
    worker.picture = lambda *_: PagePairs((PagePair(1, PIXEL, PIXEL, lines),), 1)  # type: ignore[method-assign]
    page = pictured(worker, ("公告.pdf", DRAFT))
    assert page.count('class="spot') == 2
    assert page.count("<b>1</b>") == 1
    assert page.count(' id="p1"') == 1
    assert '<a href="#p1">看页面</a>' in page


def test_a_frame_under_a_number_of_no_finding_is_not_drawn() -> None:
    worker = PagedWorker()
    spot = Place(7, 0.1, 0.1, 0.1, 0.1)
    worker.picture = lambda *_: PagePairs((PagePair(1, PIXEL, None, (spot,)),), 1)  # type: ignore[method-assign]
    assert 'class="spot' not in pictured(worker, ("公告.pdf", DRAFT))


def test_pictures_cross_the_border_of_the_sandbox_whole() -> None:
    spot = Place(1, 0.0, 0.25, 0.5, 0.5)
    pairs = PagePairs(
        (
            PagePair(1, PagePicture("png", b"abc"), PagePicture("jpeg", b"de"), *([(spot,)] * 3)),
            PagePair(3, PagePicture("jpeg", b"f"), None, ()),
        ),
        4,
        5,
        True,
        (1, 3),
        ("第 1 页仍能读到应隐去的内容。",),
        True,
        (PagePair(2, PagePicture("png", b"gh"), None, (spot,)),),
    )
    assert unpack_pairs(*pack_pairs(pairs)) == pairs


def test_an_order_crosses_the_border_of_the_sandbox_whole() -> None:
    mark = Mark(1, 0, 0, 2, "青禾", True)
    given = order(mark)._replace(becomes=("青禾",), became=(mark,), running=(0,), pictured=True)
    assert unpack_order(json.loads(json.dumps(pack_order(given)))) == given


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ([1, ["svg+xml", 3], None, [[], [], []]], b"abc"),
        ([1, ["png", 4], None, [[], [], []]], b"abc"),
        ([1, ["png", -1], None, [[], [], []]], b"abc"),
        ([1, ["png", 2], None, [[], [], []]], b"abc"),
        ([1, ["png", 3], None, [[[1, float("nan"), 0, 0, 0]], [], []]], b"abc"),
        ([1, ["png", 3], None, [[], [[1, 0, 0, 2, 0]], []]], b"abc"),
        ([1, ["png", 3], None, [[], [], [["x", 0, 0, 0, 0]]]], b"abc"),
        ([1, ["png", 3], None, [[], []]], b"abc"),
    ],
)
def test_an_answer_that_is_no_picture_is_refused(page: list[object], data: bytes) -> None:
    with pytest.raises((TypeError, ValueError)):
        unpack_pairs({"pages": [page], "total": 1} | COMPARED, data)


def test_the_sandbox_pictures_a_sample() -> None:
    data = SAMPLE.read_bytes()
    found = Sandbox().picture(data, data, order(Mark(1, 0, 0, 2, "青禾")))
    (pair,) = found.shown
    assert Image.open(BytesIO(pair.before.data)).width == 662
    assert [place.number for place in pair.places] == [1]


def test_the_sandbox_ends_a_renderer_that_takes_too_much() -> None:
    with pytest.raises(ReviewError):
        Sandbox(Limits(memory=60 << 20)).picture(SAMPLE.read_bytes(), b"", order())


def scanned(pipeline: Pipeline) -> Scan:
    return pipeline.scan([Incoming(SAMPLE.name, SAMPLE.read_bytes())], "general")


def test_a_real_draft_shows_pictures_that_open_and_nothing_is_fetched() -> None:
    pipeline = Pipeline(Sandbox(), WordDetector, small_policy(), PublishedForms)
    scan = scanned(pipeline)
    outputs = pipeline.redact(scan)
    page = review_copy(scan, "案件 1", page_pictures(pipeline, scan, outputs))
    sources = re.findall(r'src="([^"]*)"', page)
    assert len(sources) == 2
    for source in sources:
        head, _, body = source.partition(",")
        assert re.fullmatch(r"data:image/(png|jpeg);base64", head)
        Image.open(BytesIO(b64decode(body, validate=True))).load()
    assert "<script" not in page
    assert not re.search("https?:", page)
