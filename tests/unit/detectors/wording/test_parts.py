"""A plain official document that lacks a part is told so; other papers are not measured by it."""

from __future__ import annotations

import pytest

from detectors.wording.parts import missing_parts
from review.document import Severity, plain_document

NUMBER = "江府办〔2026〕8号"
TITLE = "江城市人民政府办公室关于做好防汛工作的通知"
TO = "各县（区）人民政府，市政府各部门："
BODY = "为切实做好防汛工作，现将有关事项通知如下。"
SIGNED, DAY, MARK = "江城市人民政府办公室", "2026年4月3日", "（此件公开发布）"
WHOLE = (NUMBER, TITLE, TO, BODY, SIGNED, DAY, MARK)


def told(*lines: str) -> list[str]:
    notes = list(missing_parts(plain_document(lines)))
    assert all((n.code, n.severity) == ("wording_parts_missing", Severity.INFO) for n in notes)
    return [note.message for note in notes]


@pytest.mark.parametrize(
    ("part", "name"),
    [(NUMBER, "发文字号"), (TO, "主送机关"), (SIGNED, "发文机关署名"), (DAY, "成文日期")],
)
def test_a_part_that_is_missing_is_named(part: str, name: str) -> None:
    (message,) = told(*(line for line in WHOLE if line != part))
    assert f"没有找到{name}" in message
    assert "通知" in message


def test_several_missing_parts_make_one_note() -> None:
    (message,) = told(TITLE, TO, BODY, DAY, MARK)
    assert "没有找到发文字号、发文机关署名" in message


def test_a_request_upwards_names_its_signatory() -> None:
    title = "江城县人民政府关于申请防汛资金的请示"
    (message,) = told(NUMBER, title, "市人民政府：", BODY, "江城县人民政府", DAY)
    assert "没有找到签发人" in message
    assert told(f"{NUMBER}  签发人：某某", title, "市人民政府：", BODY, "江城县人民政府", DAY) == []


@pytest.mark.parametrize(
    "lines",
    [
        WHOLE,
        (NUMBER, TITLE, TO, BODY, f"{SIGNED} {DAY}", MARK),
        ("江 府 办 〔2026〕 8 号", TITLE, TO, BODY, "江城市人民政府办公室", "2026 年 4 月 3 日"),
        ("江城市人民政府关于调整休市时间的公告", BODY, "江城市人民政府", DAY),
        (TITLE, "一、总体要求", "二、主要任务"),
        ("政务公开工作要点", "一、总体要求"),
        ("拟录用人员名单", "姓名", "张某某"),
        ("我在网上看到《关于做好防汛工作的通知》，请问什么时候执行？",),
        (),
    ],
)
def test_whole_documents_and_other_papers_are_left_alone(lines: tuple[str, ...]) -> None:
    assert told(*lines) == []
