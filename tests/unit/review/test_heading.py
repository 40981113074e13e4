from __future__ import annotations

from datetime import date

import pytest

from review.case import Attribute
from review.document import Block, BlockKind, Cell, Document, Location, plain_document
from review.heading import attribute_marked_in, document_number_of, made_on, title_of

HEAD = ["青禾县人民政府文件", "青政发〔2026〕8号", "", "关于做好临时救助工作的通知", "各乡镇："]


def test_the_title_is_the_line_that_ends_as_titles_do() -> None:
    assert title_of(plain_document(HEAD)) == "关于做好临时救助工作的通知"


def test_without_such_a_line_the_first_one_serves() -> None:
    assert title_of(plain_document(["", "  ", "临时救助"])) == "临时救助"


@pytest.mark.parametrize(
    "above",
    [
        ["机密★3年"],
        ["机密 ★ 3 年"],
        ["秘密★长期", "特急"],
        ["绝密"],
        ["机密★十年"],
        ["000001", "机密★6个月"],
        ["000001", "机密★6月", "加急"],
        ["№000012 机密★1年 特急"],
        ["份号：000001", "密级：机密", "紧急程度：平急"],
    ],
)
def test_what_stands_above_the_title_is_none(above: list[str]) -> None:
    assert title_of(plain_document([*above, "安保工作安排", "正文"])) == "安保工作安排"
    assert title_of(plain_document(above)) == ""


@pytest.mark.parametrize("title", ["秘密交通线纪念馆开放安排", "加急办理事项", "2026年安排"])
def test_a_title_that_begins_as_a_mark_does_is_one(title: str) -> None:
    assert title_of(plain_document([title, "正文"])) == title


def test_what_stands_on_a_later_page_is_no_title() -> None:
    pages = [(None, ""), (1, "青禾县2026年稳岗返还政策解读"), (2, "受益企业名单")]
    blocks = (Block(text, Location("slide", n, page)) for n, (page, text) in enumerate(pages))
    assert title_of(Document("pptx", tuple(blocks))) == "青禾县2026年稳岗返还政策解读"


def table(*rows: list[str]) -> Document:
    cells = [(text, Cell(0, r, c)) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Document(
        "csv",
        tuple(
            Block(text, Location("table", n), BlockKind.CELL, cell)
            for n, (text, cell) in enumerate(cells)
        ),
    )


def test_the_names_of_columns_are_no_title() -> None:
    assert title_of(table(["序号", "姓名", "患病情况说明"], ["1", "张三", "无"])) == ""


def test_a_cell_alone_in_its_row_above_a_table_is_its_title() -> None:
    titled = table(["青禾县救助资金发放表", "", ""], ["序号", "姓名", "家庭困难情况"])
    assert title_of(titled) == "青禾县救助资金发放表"


def test_an_empty_document_has_no_title_and_no_number() -> None:
    empty = plain_document([])
    assert (title_of(empty), document_number_of(empty), attribute_marked_in(empty)) == (
        "",
        "",
        None,
    )


def test_markdown_marks_are_no_part_of_a_title() -> None:
    assert title_of(plain_document(["# 最低生活保障服务指南"])) == "最低生活保障服务指南"


@pytest.mark.parametrize(
    "written",
    ["青政发〔2026〕8号", "青政发[2026]8号", "青 政 发 （2026） 8 号", "青政发［2026］第8号"],
)
def test_a_document_number_is_found_however_its_brackets_are_written(written: str) -> None:
    number = document_number_of(plain_document(["文件", written]))
    assert number.replace("第", "") == "青政发〔2026〕8号"


@pytest.mark.parametrize(
    ("mark", "attribute"),
    [
        ("（此件公开发布）", Attribute.PROACTIVE),
        ("(此件依申请公开)", Attribute.ON_REQUEST),
        ("（此件 不 公 开）", Attribute.WITHHELD),
    ],
)
def test_the_mark_at_the_foot_gives_the_attribute(mark: str, attribute: Attribute) -> None:
    assert attribute_marked_in(plain_document([*HEAD, "正文", mark])) is attribute


def test_the_words_in_a_long_sentence_are_no_mark() -> None:
    sentence = "各单位应当在附注中写明此件公开发布或者其他公开方式，" * 5
    assert attribute_marked_in(plain_document([sentence])) is None


def test_hidden_attributes_are_no_title() -> None:
    hidden = Block("某某的通知", Location("alt", 0), BlockKind.ATTRIBUTE)
    shown = Block("放假安排", Location("text", 1))
    assert title_of(Document("docx", (hidden, shown))) == "放假安排"


@pytest.mark.parametrize(
    "lines",
    [
        ["江县人民政府办公室", "2026年3月1日", "（此件公开发布）", "附件1", "2026年5月9日"],
        ["请于2026年4月1日前报送。", "江 县 人 民 政 府", "二〇二六年三月一日"],
        ["江县民政局（印章） 2026 年 3 月 1 日"],
        ["江县民政局2026年3月1日（此件公开发布）", "抄送：县委办。", "2026年3月8日"],
        ["成文日期：2026-03-01", "发布日期：2026-03-09", "2026年4月2日"],
    ],
)
def test_the_day_of_making_is_read_from_the_foot(lines: list[str]) -> None:
    assert made_on(plain_document(lines)) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "lines",
    [
        ["本办法自2026年3月1日起施行。"],
        ["2026年 月 日"],
        ["2026年2月30日"],
        ["开标时间2026年3月1日"],
        [],
    ],
)
def test_a_day_within_the_text_is_no_day_of_making(lines: list[str]) -> None:
    assert made_on(plain_document(lines)) is None


def test_a_day_in_a_table_is_no_day_of_making() -> None:
    assert made_on(plain_document(["2026年3月1日"], kind=BlockKind.CELL)) is None


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            ["青禾县民政局", "青民复〔2026〕4号", "关于临时救助的答复意见书"],
            "关于临时救助的答复意见书",
        ),
        (
            ["青禾县人民政府常务会议纪要", "〔2026〕18号", "青禾县人民政府第三次常务会议纪要"],
            "青禾县人民政府第三次常务会议纪要",
        ),
        (["青禾县文化馆", "青文〔2026〕4号 签发人：某某", "春节活动安排"], "春节活动安排"),
        (["救助公告", "青民〔2026〕4号", "各乡镇：", "请查收附件的名单"], "救助公告"),
        (["政府信息公开申请答复书", "青复〔2026〕第1号", "申请人：某某"], "政府信息公开申请答复书"),
        (["青禾县民政局", "青民〔2026〕4号", "各乡镇："], "青禾县民政局"),
    ],
)
def test_a_letterhead_above_the_number_is_no_title(lines: list[str], title: str) -> None:
    assert title_of(plain_document(lines)) == title


@pytest.mark.parametrize(
    "line",
    [
        "招标代理费按川价发〔2008〕141号文件计收。",
        "根据《征收土地公告》（青府征〔2026〕7号），现将补偿方案公示如下",
        "青府征〔2026〕7号公告发布后，被征地农户应当办理登记",
        "青政发〔2026〕8号、青政发〔2026〕9号同时废止",
    ],
)
def test_a_number_that_is_only_cited_is_not_the_documents_own(line: str) -> None:
    assert document_number_of(plain_document(["公告", line])) == ""


@pytest.mark.parametrize(
    ("line", "title", "number"),
    [
        (
            "青禾县民政局行政处罚决定书　青民罚〔2026〕3号",
            "青禾县民政局行政处罚决定书",
            "青民罚〔2026〕3号",
        ),
        ("关于开展检查的通知（青政发[2026]8号）", "关于开展检查的通知", "青政发〔2026〕8号"),
        ("青禾县县长令字〔2026〕1号", "青禾县县长令字〔2026〕1号", "青禾县县长令字〔2026〕1号"),
        ("转发《关于做好工作的通知》（省民发〔2026〕3号）", None, ""),
        ("附件：关于做好工作的通知（省民发〔2026〕3号）", None, ""),
    ],
)
def test_a_number_behind_the_title_is_the_documents_own_and_no_part_of_the_title(
    line: str, title: str | None, number: str
) -> None:
    document = plain_document([line, "各乡镇："])
    assert document_number_of(document) == number
    assert title is None or title_of(document) == title


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("青禾县人民政府文件 青政发〔2026〕8号", "青政发〔2026〕8号"),
        ("发文字号：青政发〔2026〕8号", "青政发〔2026〕8号"),
        ("（青政办发〔2026〕8号）", "青政办发〔2026〕8号"),
        ("青教函〔2026〕55号　　公开属性：主动公开", "青教函〔2026〕55号"),
        ("〔2026〕18号", "〔2026〕18号"),
    ],
)
def test_a_number_on_a_line_of_its_own_is_the_documents_own(line: str, number: str) -> None:
    assert document_number_of(plain_document(["标题", line])) == number


def test_the_header_that_a_workbook_prints_is_no_title() -> None:
    printed = Block("监测对象等4户", Location("sheet", 0), BlockKind.PAGE_HEADER)
    sheet = table(["青禾县2026年监测对象帮扶台账（公示）"], ["序号", "姓名"])
    assert title_of(Document("xlsx", (printed, *sheet.blocks))).endswith("帮扶台账(公示)")
    assert title_of(Document("xlsx", (printed,))) == "监测对象等4户"
