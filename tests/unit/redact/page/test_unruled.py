"""Cells that wrapped in tables without rules are whole; rows of their own stay apart."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest

from redact.page.glyphs import Box, Glyph
from redact.page.layout import PageLayout
from redact.page.rules import RuledPage

EM = 10.0
PLACES = (60.0, 115.0, 200.0, 300.0)
HEADERS = ("姓名", "住址", "电话", "金额")
Line = tuple[float, Sequence[str]]
"""How far below the line before it stands, in points, and its fields."""


def _texts(*lines: Line, places: Sequence[float] = PLACES) -> list[str]:
    order, glyphs, top = count(), list[Glyph](), 80.0
    for pitch, fields in lines:
        top += pitch
        for x, field in zip(places, fields, strict=True):
            for sign in field:
                wide = EM if ord(sign) > 127 else EM / 2
                box = Box(x, top, x + wide, top + EM)
                glyphs.append(Glyph(sign, box, x, x + wide, top + EM / 2, EM, order=next(order)))
                x += wide
    return [block.text for block in PageLayout().blocks(RuledPage((600, 800), ()), glyphs)]


WRAPPED: Sequence[Line] = (
    (20, HEADERS),
    (20, ("周国", "大塘乡石龙村", "0797-", "1200")),
    (12, ("强", "上屯二十四号", "8234567", "")),
    (12, ("", "四单元", "", "")),
    (18, ("欧阳", "和平镇", "", "860")),
    (12, ("明月", "", "", "")),
)


@pytest.mark.parametrize("places", [PLACES, (60.0, 86.0, 152.0, 195.0)])
def test_what_wrapped_in_a_column_is_one_text(places: Sequence[float]) -> None:
    found = _texts(*WRAPPED, places=places)
    assert {"周国强", "大塘乡石龙村上屯二十四号四单元", "0797-8234567", "欧阳明月"} <= set(found)


def test_what_stays_of_the_lines_is_not_lost() -> None:
    signs = sorted("".join(text for _, fields in WRAPPED for text in fields))
    assert sorted("".join(_texts(*WRAPPED)).replace(" ", "")) == signs


@pytest.mark.parametrize(
    "rows",
    [
        # Of one height each, with a space between groups of them.
        [(12, ("李雪梅", "新安村三组", "", "1200")), (12, ("覃志远", "和平村", "", "860")),
         (18, ("周国强", "新安村三组", "", "1350"))],
        [(12, ("赵刚", "新安村三组", "", "1200")), (18, ("覃志远", "和平村", "", "")),
         (12, ("李雪梅", "新安村三组", "", ""))],
        # What begins below the first line of a row is another row's.
        [(12, ("李雪梅", "新安村三组", "", "1200")), (18, ("覃志远", "新安村三组", "", "")),
         (12, ("周国强", "和平村", "", "860"))],
        # All rows stand as close.
        [(20, ("李雪梅", "新安村三组", "", "1200")), (20, ("周国强", "", "", "")),
         (20, ("覃志远", "新安村三组", "", "800"))],
        # One number under another.
        [(12, ("李雪梅", "", "13951293663", "")), (12, ("周国强", "", "13517781120", "")),
         (18, ("覃志远", "", "13951293663", ""))],
    ],
)  # fmt: skip
def test_rows_of_their_own_stay_apart(rows: Sequence[Line]) -> None:
    found = _texts((20, HEADERS), *rows)
    assert {name for _, (name, *_) in rows} <= set(found)


LED: Sequence[Line] = (
    (14, ("序号", "姓名", "住址", "金额")),
    (14, ("1", "李雪梅", "大塘乡石龙村", "1200")),
    (14, ("", "", "上屯二十四号", "")),
    (14, ("", "", "四单元", "")),
    (14, ("2", "覃志远", "永和县沙洲乡", "860")),
    (14, ("", "", "河背村", "")),
    (14, ("3", "周国强", "新安村三组", "1350")),
)
CENTRED: Sequence[Line] = (
    (14, ("序号", "姓名", "住址", "金额")),
    (14, ("", "", "大塘乡石龙村", "")),
    (14, ("1", "李雪梅", "上屯二十四号", "1200")),
    (14, ("", "", "四单元", "")),
    (14, ("", "", "永和县沙洲乡", "")),
    (7, ("2", "覃志远", "", "860")),
    (7, ("", "", "河背村", "")),
    (14, ("3", "周国强", "新安村三组", "1350")),
)


@pytest.mark.parametrize("lines", [LED, CENTRED])
def test_rows_as_close_as_their_lines_begin_where_the_first_column_does(
    lines: Sequence[Line],
) -> None:
    found = _texts(*lines)
    assert {"大塘乡石龙村上屯二十四号四单元", "永和县沙洲乡河背村", "新安村三组"} <= set(found)


@pytest.mark.parametrize(
    "entries",
    [
        ("李雪梅", "王芳", "周国强", "赵刚"),
        ("新安村三组十号", "新安村五组", "新安村一组九号", "新安村二组"),
        ("取水许可办理", "招生", "临时救助", "养老机构备案登记"),
        ("6222021001116245702", "62220210011162458", "6222021001116245728", "6222021001116245"),
    ],
)
def test_entries_under_one_heading_are_no_lines_of_a_cell(entries: Sequence[str]) -> None:
    heads = ("河背村", "", "石龙村", "")
    rows = [(14.0, (head, entry, "", "")) for head, entry in zip(heads, entries, strict=True)]
    assert set(entries) <= set(_texts((14, ("村别", "内容", "", "")), *rows))


def test_names_beside_wrapped_text_are_not_one_name() -> None:
    rows = [
        (14.0, ("河背村", "李雪梅", "大塘乡石龙村", "")),
        (14.0, ("", "王芳", "和平镇", "")),
        (14.0, ("石龙村", "周国强", "永和县沙洲乡", "")),
        (14.0, ("", "赵刚", "新安村", "")),
    ]
    assert {"李雪梅", "王芳", "和平镇"} <= set(_texts((14, HEADERS), *rows))


def test_a_name_of_two_signs_fills_its_column_as_those_of_three_do() -> None:
    rows = (("李", "雪", "梅", "和平镇"), ("王", "", "芳", "大塘乡"), ("赵", "", "刚", "女"))
    found = _texts(*((20.0, row) for row in rows), places=(60, 100, 140, 160))
    assert found == ["李雪梅", "和平镇", "王 芳", "大塘乡", "赵 刚", "女"]


def test_running_text_is_no_table() -> None:
    text = "为加强农村饮水安全管理工作现将有关事项通知如下请认真贯彻执行"
    lines = [(14.0, (text[n : n + 8], text[n + 8 : n + 16], "", "")) for n in (0, 4, 8)]
    assert _texts(*lines, places=(60, 140, 0, 0)) == ["".join(f[0] + f[1] for _, f in lines)]


def test_under_the_value_of_a_label_stands_the_rest_of_it() -> None:
    found = _texts(
        (20, ("姓名", "周国强")),
        (20, ("住址", "江南省安岭县云溪镇罗家")),
        (12, ("", "坪村5组13号")),
        (30, ("公民身份号码是", "其后十八位数字长过住址的一行")),
        places=(60.0, 90.0),
    )
    assert "住址 江南省安岭县云溪镇罗家坪村5组13号" in found


@pytest.mark.parametrize(
    ("label", "value", "below"),
    [
        ("联系人", "周国强", "李雪梅"),
        ("材料", "安岭县身份证复印件一份", "安岭县户口簿复印件"),
        ("材料", "申请书一份由本人签名", "家庭收入证明由村民委员会出具并盖章"),
        ("１２", "安岭县身份证复印件一份", "户口簿复印件"),
    ],
)
def test_what_stands_under_a_value_may_be_one_of_its_own(
    label: str, value: str, below: str
) -> None:
    found = _texts(
        (20, (label, value)), (12, ("", below)), (30, ("", "其后的一行长过前面的每一行")),
        places=(60.0, 60.0 + (len(label) + 1) * EM),
    )  # fmt: skip
    assert value + below not in "".join(found).split(" ")
    assert any(text.endswith(below) and value not in text for text in found)
