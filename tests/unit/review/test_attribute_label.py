"""The attribute is read beside its label, in boxes and in cells, and only where it is plain."""

from __future__ import annotations

import pytest

from review.case import Attribute
from review.document import Document, plain_document
from review.heading import attribute_marked_in, attributes_marked_in
from tests.fakes.tables import cells

OPEN, ASKED, CLOSED = Attribute.PROACTIVE, Attribute.ON_REQUEST, Attribute.WITHHELD


def table(rows: list[list[str]]) -> Document:
    return Document("docx", cells(rows))


@pytest.mark.parametrize(
    ("line", "attribute"),
    [
        ("公开属性：依申请公开", ASKED),
        ("公开属性:主动公开", OPEN),
        ("公 开 属 性 ： 不 予 公 开", CLOSED),
        ("公开方式：主动公开", OPEN),
        ("公开方式：主动公开\u3000公开时限：长期公开", OPEN),
        ("公开类别：不予公开（理由：过程性信息）", CLOSED),
        ("信息公开选项：依申请公开。", ASKED),
        ("政府信息公开属性　主动公开", OPEN),
        ("公开属性：☑主动公开　□依申请公开　□不予公开", OPEN),
        ("公开属性：□主动公开 ☑依申请公开 □不予公开", ASKED),
        ("公开属性：主动公开□　依申请公开□　不予公开■", CLOSED),
        ("公开属性（请打勾）：主动公开（ ）依申请公开（√）不予公开（ ）", ASKED),
        ("公开属性：[ ]主动公开 [x]依申请公开 [ ]不予公开", ASKED),
        ("公开方式：主动公开√　依申请公开　不予公开", OPEN),
        ("公开方式：主动公开　√依申请公开　不予公开", ASKED),
        ("索引号：340202-2026-0001　公开属性：依申请公开　成文日期：2026年11月1日", ASKED),
        ("| 公开属性 | 依申请公开 |", ASKED),
        ("**公开属性**：不予公开", CLOSED),
        ("公开属性：□主动公开/☒依申请公开/□不予公开", ASKED),
    ],
)
def test_the_value_behind_the_label_is_the_attribute(line: str, attribute: Attribute) -> None:
    assert attribute_marked_in(plain_document(["关于低保的通知", line])) is attribute


@pytest.mark.parametrize(
    "line",
    [
        "公开属性：□主动公开　□依申请公开　□不予公开",
        "公开属性：☑主动公开　☑依申请公开　□不予公开",
        "公开属性：主动公开、依申请公开、不予公开",
        "公开属性分为主动公开、依申请公开、不予公开三类。",
        "公开方式：政府网站、公告栏",
        "公开属性：",
        "公开属性由拟稿人在起草时提出，主动公开的不再说明理由。",
        "公开方式 主动公开√依申请公开 不予公开",
        "公开类别：主动公开的文件应当在二十个工作日内公布",
    ],
)
def test_what_is_not_decided_there_is_no_attribute(line: str) -> None:
    assert attribute_marked_in(plain_document(["关于低保的通知", line])) is None


def test_cells_beside_the_label_hold_the_value() -> None:
    form = [["文件标题", "关于低保的通知"], ["公开属性", "依申请公开"], ["理由", "涉及个人"]]
    assert attribute_marked_in(table(form)) is ASKED
    boxes = [["公开属性：", "□主动公开", "■不予公开"], ["理由", "无"]]
    assert attribute_marked_in(table(boxes)) is CLOSED


def test_a_column_of_a_catalogue_is_no_mark_of_the_document() -> None:
    rows = [["名称", "公开方式"], ["办事指南", "主动公开"], ["公开方式", "公开时限"]]
    assert attribute_marked_in(table(rows)) is None


def test_the_next_line_holds_the_value_where_a_colon_leads_there() -> None:
    assert attribute_marked_in(plain_document(["公开属性：", "依申请公开"])) is ASKED
    assert attribute_marked_in(plain_document(["公开属性", "主动公开"])) is None


def test_a_label_that_repeats_the_mark_is_no_second_attribute() -> None:
    lines = ["通知", "（此件公开发布）", "公开方式：主动公开"]
    assert attributes_marked_in(plain_document(lines)) == (OPEN,)
    lines = ["公开属性：主动公开", "通知", "（此件公开发布）", "被转发的通知", "（此件公开发布）"]
    assert attributes_marked_in(plain_document(lines)) == (OPEN, OPEN)
    lines = ["通知", "（此件公开发布）", "公开属性：不予公开"]
    assert attribute_marked_in(plain_document(lines)) is CLOSED
