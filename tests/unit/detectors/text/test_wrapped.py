"""Lines cut where they grew too long are one text; entries and rows below each other are not."""

from __future__ import annotations

import pytest

from detectors.text.wrapped import JOINT, wrapped
from review.document import Block, BlockKind, Document, Location, plain_document
from tests.fakes.tables import cells

LINE = "来信人反映其邻居于三月将房屋出租给他人经营"


def joined(*lines: str) -> list[str]:
    return [text for _, text in wrapped(plain_document(lines))]


def test_a_line_that_stops_inside_a_sentence_goes_on_in_the_next() -> None:
    assert joined(LINE, "小吃店。", LINE + "。") == [f"{LINE}{JOINT}小吃店。"]


def test_every_character_keeps_its_offset() -> None:
    document = plain_document(["标题", LINE, LINE, "小吃店。", "", LINE, "店"])
    for start, text in wrapped(document):
        assert document.text.startswith(text.replace(JOINT, "\n"), start)
    assert len(list(wrapped(document))) == 2


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (LINE + "。", "他说"),
        (LINE + "：", "他说"),
        (LINE, "  另起一段"),
        (LINE, "二、处理情况"),
        (LINE, "3.处理情况"),
        (LINE, "联系人：蔺某"),
        ("住址：安岭县白石镇和平村7组21号", "二〇二六年三月"),
        ("住址 安岭县白石镇和平村5组13号", "住址 安岭县青岭乡柳树村8组49号"),
        (LINE, LINE * 2),
        (LINE, ""),
        ("王海燕", "李秀兰"),
        ("联系邮箱zhangsan@example.com", "OpenOffice"),
        ("序号1 姓名二 电话13800138000", "x" * 5),
        ("1  张三三  住东风村二组  13800138000", "2  李四四  住东风村二组  13800138001"),
        ("│1│张三三│住东风村二组二十号│13800138000", "2│李四四│住东风村二组│1380013"),
    ],
)
def test_what_ends_with_its_line_goes_on_nowhere(line: str, after: str) -> None:
    assert joined(line, after) == []


def test_a_label_at_the_head_of_a_line_goes_on_where_lines_are_cut_alike() -> None:
    assert joined(LINE, LINE, "系电话：13800138000")[0].endswith(f"{JOINT}系电话：13800138000")


def test_a_number_goes_on_and_its_last_sign_with_it() -> None:
    line = "来信人的公民身份号码是11010119900307867"
    assert joined(line, "X，住本市")
    assert joined(line, "8，住本市")
    assert not joined(line, "Xi Jie 8 hao")


def test_cells_go_on_nowhere() -> None:
    document = Document("xlsx", cells([[LINE, LINE], [LINE, LINE]]))
    assert not list(wrapped(document))


@pytest.mark.parametrize(("part", "number"), [("one", 1), ("other", 0)])
def test_lines_read_in_one_picture_go_on_there_alone(part: str, number: int) -> None:
    places = Location("one", 0), Location(part, 1)
    lines = zip((LINE, "小吃店。"), places, strict=True)
    blocks = tuple(Block(text, place, BlockKind.PICTURE) for text, place in lines)
    assert len(list(wrapped(Document("image", blocks)))) == number
