"""Whole drafts: every mark stops, every remnant waits for a person, every other draft passes."""

from __future__ import annotations

import time

import pytest

from detectors.run import build_detector
from policies.loader import load_policy
from redact.ooxml.docx import DocxFormat
from review.document import BlockKind, Document, plain_document
from review.finding import Entity, Finding, Role
from review.policy import AllowList
from tests.fakes.secrecy_drafts import BODY, DOUBTFUL, FOOT, HARMLESS, HEAD, MARKED, TITLE, draft
from tests.unit.redact.ooxml.test_docx import with_body

DETECTOR = build_detector((), AllowList())


def found_in(document: Document) -> list[Finding]:
    return [
        finding
        for finding in DETECTOR.detect(document)
        if finding.entity in (Entity.SECRECY_MARK, Entity.NEGATIVE_TERM)
    ]


def marks_in(document: Document) -> list[Finding]:
    return [finding for finding in found_in(document) if finding.entity is Entity.SECRECY_MARK]


@pytest.mark.parametrize("name", MARKED)
def test_every_mark_stops(name: str) -> None:
    assert marks_in(draft(MARKED[name]))


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_left_of_a_mark_waits_for_a_person(name: str) -> None:
    found = found_in(draft(DOUBTFUL[name]))
    assert {(f.entity, f.role) for f in found} == {(Entity.NEGATIVE_TERM, Role.REVIEW)}
    assert all("保密" in f.reason for f in found)


@pytest.mark.parametrize("name", HARMLESS)
def test_drafts_that_only_speak_of_secrecy_pass(name: str) -> None:
    assert found_in(draft(HARMLESS[name])) == []


def test_the_built_in_list_lets_them_pass_too() -> None:
    detector = build_detector(load_policy().terms, AllowList())
    held = {
        name: finding.reason
        for name, lines in HARMLESS.items()
        for finding in detector.detect(draft(lines))
        if finding.entity is Entity.NEGATIVE_TERM and finding.role is not Role.NOTE
    }
    assert held == {}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("机密★10年", TITLE), "密级标志（机密，期限10年），位于首页上方"),
        (((HEAD, "秘密★启用前"), TITLE), "密级标志（秘密，期限启用前），位于页眉"),
        ((TITLE, (FOOT, "内部资料 注意保存")), "位于页脚"),
        (((BlockKind.ATTRIBUTE, "绝密"), TITLE), "位于水印"),
        ((TITLE, (BlockKind.FILE_NAME, "【秘密】通知")), "位于文件名"),
        ((("秘密★3年", "第12号"), TITLE), "位于表格"),
    ],
)
def test_a_mark_is_told_with_level_term_place_and_the_way_out(lines, told) -> None:
    (mark,) = marks_in(draft(lines))
    for part in (told, "本单位保密机构", "解密依据", "定密责任人"):
        assert part in mark.reason


@pytest.mark.parametrize(
    ("properties", "place"),
    [('<w:color w:val="FFFFFF"/>', "首页上方"), ("<w:vanish/>", "不显示的内容")],
)
def test_a_mark_made_invisible_in_a_word_file_stops_it(properties: str, place: str) -> None:
    mark = f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>机密★10年</w:t></w:r></w:p>"
    document = DocxFormat().read(with_body(f"{mark}<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>"))
    (found,) = marks_in(document)
    assert place in found.reason


def test_levels_of_two_papers_both_stop() -> None:
    lines = ("机密★10年", TITLE, BODY, "附件", "秘密★5年", "重点部位名册")
    assert len(marks_in(draft(lines))) == 2


@pytest.mark.parametrize(
    "piece", ["密", "★", "机密", "密级", "根据机密", "份号", "内部资料 ", "保密期限:\n", "秘\n密\n"]
)
def test_time_grows_with_the_text(piece: str) -> None:
    from detectors.secrecy.doubt import SecrecyDoubtRecognizer
    from detectors.secrecy.mark import SecrecyMarkRecognizer
    from detectors.tables.passages import passages

    def took(count: int) -> float:
        document = plain_document([piece * count])
        start = time.process_time()
        for placed in passages(document):
            list(SecrecyMarkRecognizer().find(placed.passage))
            list(SecrecyDoubtRecognizer().find(placed.passage))
        return time.process_time() - start

    took(100)
    short = min(took(2_000) for _ in range(3))
    assert min(took(8_000) for _ in range(3)) < 12 * max(short, 0.02)
