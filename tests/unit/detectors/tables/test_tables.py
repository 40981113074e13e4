"""Header rows are told from titles, data and forms, and govern their columns."""

from __future__ import annotations

import pytest

from detectors.tables.tables import headers
from review.document import Block, BlockKind, Cell, Document, Location
from tests.fakes.tables import cells


def governed(rows: list[list[str]]) -> dict[str, str]:
    """Give header by cell text; the texts of a test's cells are distinct."""
    blocks = cells(rows)
    return {blocks[i].text: header for i, header in headers(Document("x", blocks)).items()}


def test_title_rows_above_the_header_are_passed_over():
    found = governed(
        [
            ["某镇2018年低保对象名单", "", ""],
            ["单位：某镇人民政府", "", "2018年5月"],
            ["序号", "姓 名", "身份证号码"],
            ["1", "张三", "110101199003078670"],
        ]
    )
    assert found["张三"] == "姓 名"
    assert found["110101199003078670"] == "身份证号码"
    assert "姓 名" not in found


def test_a_repeated_header_begins_anew():
    found = governed(
        [["姓名", "联系电话"], ["张三", "13800138000"], ["户主", "银行账号"], ["李四", "6222"]]
    )
    assert found["6222"] == "银行账号"
    assert "银行账号" not in found


def test_a_header_governs_the_cells_beside_it_that_hold_what_goes_on():
    found = governed(
        [
            ["姓名", "联系电话", "", "住址", "", "", ""],
            ["张三", "138", "00138000", "江门市", "蓬江区", "龙泉路18号", "6栋2单元501"],
            ["李四", "13900139000", "100", "新会区", "三江镇", "一次性", "5栋"],
        ]
    )
    assert {text for text, header in found.items() if header == "住址"} == {
        "江门市", "蓬江区", "龙泉路18号", "6栋2单元501", "新会区", "三江镇",
    }  # fmt: skip
    assert {text for text, header in found.items() if header == "联系电话"} == {
        "138", "00138000", "13900139000",
    }  # fmt: skip


def test_words_over_figures_are_headers_beside_a_known_one():
    found = governed([["姓名", "信息1", "信息2"], ["张三", "158", "26927670"]])
    assert found == {"张三": "姓名", "158": "信息1", "26927670": "信息2"}
    assert governed([["姓名", "张三", "一组"], ["李四", "12", "二组"]])["张三"] == "姓名"


def test_an_opinion_and_a_year_of_birth_are_labels_and_no_values():
    found = governed(
        [["申请人", "姓名"], ["甲", "张三"], ["审批意见", "同意"], ["姓名", "出生年", "月"]]
    )
    assert (found["同意"], "出生年" in found) == ("审批意见", False)


def test_of_two_header_rows_the_lower_speaks_where_it_does():
    found = governed(
        [
            ["序号", "户主", "家庭情况", "", "银行账号"],
            ["", "", "人口", "健康状况", ""],
            ["1", "张三", "3", "肢体二级", "622202"],
        ]
    )
    assert found == {
        "1": "序号",
        "张三": "户主",
        "3": "人口",
        "肢体二级": "健康状况",
        "622202": "银行账号",
    }


def test_a_row_that_begins_with_the_number_of_the_row_is_the_header():
    found = governed(
        [
            ["序号", "被处罚人姓名", "主要问题", "处理意见", "执法人员"],
            ["1", "张三", "无证驾驶", "罚款200元", "李四"],
        ]
    )
    assert found["张三"] == "被处罚人姓名"
    assert found["李四"] == "执法人员"


def test_in_a_form_the_label_on_the_left_governs():
    found = governed(
        [
            ["姓名", "张三", "性别", "男"],
            ["身份证号", "110101199003078670", "出生日期", "1990年3月"],
            ["家庭住址", "某镇某村", "", ""],
        ]
    )
    assert found == {
        "张三": "姓名",
        "男": "性别",
        "110101199003078670": "身份证号",
        "1990年3月": "出生日期",
        "某镇某村": "家庭住址",
    }


def test_two_columns_of_label_and_value():
    assert governed([["姓名", "张三"], ["手机", "138"]]) == {"张三": "姓名", "138": "手机"}


def test_a_form_may_hold_a_list_and_go_on():
    found = governed(
        [
            ["申请人", "张三", "联系电话", "13800138000"],
            ["姓名", "关系", "身份证号", "健康状况"],
            ["李四", "妻", "110101199003078670", "残疾"],
            ["开户行", "某农商行", "账号", "80020000012345"],
        ]
    )
    assert found["李四"] == "姓名"
    assert found["残疾"] == "健康状况"
    assert found["80020000012345"] == "账号"


def test_a_value_that_reads_like_a_label_does_not_hide_the_next_column():
    found = governed([["姓名", "残疾类别", "银行账号"], ["张三", "残疾", "622202"]])
    assert found["622202"] == "银行账号"


def test_unknown_names_of_columns_do_not_hide_the_header():
    found = governed(
        [["序号", "姓名", "小组", "早稻", "晚稻", "面积"], ["1", "张三", "甲", "2", "4", "6"]]
    )
    assert found["张三"] == "姓名"


def test_a_single_column():
    assert governed([["姓名"], ["张三"]]) == {"张三": "姓名"}


def test_a_section_row_in_a_list_does_not_end_its_header():
    found = governed([["姓名", "电话"], ["张三", "1"], ["备注", ""], ["李四", "2"]])
    assert found["2"] == "电话"


def test_a_table_of_figures_has_no_header():
    assert governed([["12", "34"], ["56", "78"]]) == {}


@pytest.mark.parametrize(
    "header", ["身份证号码（18位）", "身　份　证　号", "身份證號碼", "*身份证号："]
)
def test_sees_through_how_a_header_is_written(header):
    assert "1101" in governed([["姓名", header], ["张三", "1101"]])


def test_two_tables_do_not_mix():
    blocks = (
        Block("姓名", Location("p", 0), BlockKind.CELL, Cell(0, 0, 0)),
        Block("张三", Location("p", 1), BlockKind.CELL, Cell(1, 0, 0)),
    )
    assert headers(Document("x", blocks)) == {}


def test_a_long_or_explained_name_of_a_number_is_a_header():
    long = "惠民惠农财政补贴资金一卡通银行账号"
    explained = "联系电话(如13800138000)"
    found = governed([["姓名", long, explained], ["张三", "123456789012345678", "5881234"]])
    assert found["123456789012345678"] == long
    assert found["5881234"] == explained


def test_a_remark_about_a_number_is_no_header():
    found = governed([["姓名", "备注"], ["张三", "已绑定本人银行卡"], ["李四", "无"]])
    assert found["李四"] == "姓名"
    assert found["已绑定本人银行卡"] == "备注"


def test_in_a_roster_on_its_side_the_first_cell_governs_all_persons():
    found = governed([["姓名", "张三", "李四"], ["账号", "1111", "2222"], ["村组", "东村", "西村"]])
    assert (found["1111"], found["2222"]) == ("账号", "账号")
    assert "西村" not in found


@pytest.mark.parametrize(
    "header",
    [
        ["信访人", "身份证号", "诉求", "包案领导"],
        ["被征收人", "拆迁面积", "身份证号"],
        ["承租方", "证件号码", "位置"],
        ["对象", "身份证号", "措施"],
        ["工作事项", "责任单位", "联系人及电话"],
    ],
)
def test_headers_that_name_a_part_in_the_matter_or_stand_over_numbers_are_headers(
    header: list[str],
) -> None:
    row = [f"甲{n}" if "号" not in text else "511324196203110178" for n, text in enumerate(header)]
    assert list(governed([header, row]).values()) == header


def test_a_form_whose_number_is_left_open_stays_a_form() -> None:
    found = governed([["姓名", "张三", "身份证号", "无"], ["配偶", "李四", "住址", "双河村"]])
    assert found["张三"] == "姓名"
    assert found["无"] == "身份证号"


def test_headers_in_unknown_words_are_told_by_the_figures_below_a_known_one():
    found = governed(
        [
            ["农户", "承包地块", "亩", "补偿金", "领款人签字", "手机"],
            ["甲某", "大塘口", "2.1", "3150", "", "13800138000"],
            ["乙某", "小岗", "1.4", "2100", "", "13800138001"],
        ]
    )
    assert found["甲某"] == "农户"
    assert found["乙某"] == "农户"
    assert found["13800138001"] == "手机"
    assert "承包地块" not in found


def test_headers_over_numbers_that_are_masked_are_headers_still():
    found = governed(
        [["入住老人", "失能等级", "补贴", "家属电话"], ["甲某", "半失能", "六百", "***"]]
    )
    assert found["半失能"] == "失能等级"
    assert "补贴" not in found


def test_known_and_unknown_headers_that_alternate_are_no_form():
    found = governed(
        [
            ["序号", "低保户", "家庭住址", "成员及称谓", "健康状况", "月人均", "银行账户"],
            ["1", "甲某", "某巷2栋", "乙某", "类风湿", "420", "6222020000000000"],
        ]
    )
    assert found["甲某"] == "低保户"
    assert found["类风湿"] == "健康状况"


@pytest.mark.parametrize(
    "rows",
    [
        [["称呼", "张三", "性别", "男"], ["年龄", "46", "手机", "13800138000"]],
        [["姓名", "张三", "住址", "某村"], ["电话", "1380", "人口", "5"]],
    ],
)
def test_a_form_whose_labels_stand_over_labels_has_no_header(rows):
    assert governed(rows).get("张三", "姓名") == "姓名"
    assert governed(rows).get("13800138000", "手机") == "手机"


def test_a_column_without_header_is_governed_by_the_title_that_says_who_is_listed():
    found = governed([["某县困境儿童名单"], ["甲某"], ["乙某"]])
    assert found == {"甲某": "某县困境儿童名单", "乙某": "某县困境儿童名单"}
    assert governed([["某县工作要点"], ["加强领导"], ["落实责任"]]) == {}


def test_the_capacity_of_people_heads_a_column():
    found = governed([["姓名", "身份"], ["张三", "当事人"], ["高兴", "装载工"]])
    assert found == {"张三": "姓名", "当事人": "身份", "高兴": "姓名", "装载工": "身份"}


def test_a_header_governs_every_paragraph_of_its_cells_and_may_have_several_itself() -> None:
    rows = [["姓\n名", "联系\n电话"], ["张三\n李四", "甲\n\n乙"]]
    blocks = tuple(
        Block(text, Location("p", 0), BlockKind.CELL, Cell(0, row, column))
        for row, texts in enumerate(rows)
        for column, cell in enumerate(texts)
        for text in cell.split("\n")
    )
    found = {blocks[i].text: header for i, header in headers(Document("x", blocks)).items()}
    named, called = {"张三": "姓名", "李四": "姓名"}, {"甲": "联系电话", "乙": "联系电话"}
    assert found == named | called | {"": "联系电话"}


def test_names_on_the_right_of_their_label_are_governed_where_there_are_several() -> None:
    found = governed([["姓名", "高兴", "安康", "扎西"], ["得分", "81", "82", "83"]])
    assert {found.get(name) for name in ("高兴", "安康", "扎西")} == {"姓名"}
    assert "壮族" not in governed([["姓名", "高兴", "壮族"], ["得分", "81", "82"]])


def test_a_header_in_whatever_words_stands_over_a_figure() -> None:
    rows = [["姓 名", "2026年应补", "备 注"], ["高兴", "300", ""], ["安康", "200", ""]]
    assert {governed(rows).get(name) for name in ("高兴", "安康")} == {"姓 名"}


@pytest.mark.parametrize(
    "sum_of", ["2026年{}月补助金额（元）", "2026年{}月", "2026年{}-12月应发金额"]
)
@pytest.mark.parametrize("first", [["序号"], []])
def test_sums_of_many_months_do_not_keep_a_row_from_being_the_header(sum_of, first):
    heads = [*first, "姓名", "银行账号", "健康状况", *(sum_of.format(n) for n in range(1, 8))]
    person = ["张三", "6221880000000012345", "尿毒症", *(f"{n}00" for n in range(1, 8))]
    found = governed([heads, [*("1" for _ in first), *person]])
    assert found["6221880000000012345"] == "银行账号"
    assert found["尿毒症"] == "健康状况"
    assert "健康状况" not in found


def test_a_month_beside_its_label_stays_what_the_label_says():
    found = governed(
        [["姓名", "张三", "出生年月", "1968年1月"], ["学历", "大专", "入职", "1990年7月"]]
    )
    assert found["1968年1月"] == "出生年月"


def test_a_register_card_whose_owner_is_the_head_of_the_household_is_a_form() -> None:
    found = governed(
        [
            ["姓名", "张三", "户主或与户主关系", "户主"],
            ["曾用名", "张小三", "性　　别", "男"],
            ["出生地", "某县", "民　　族", "汉族"],
        ]
    )
    assert (found["张三"], found["张小三"], found["某县"]) == ("姓名", "曾用名", "出生地")
    assert found.keys().isdisjoint({"曾用名", "出生地", "性　　别"})


@pytest.mark.parametrize("label", ["与申请人关系", "与被监护人的关系", "与死者关系", "亲属关系"])
def test_how_somebody_is_related_is_a_label(label):
    assert governed([["姓名", label], ["张三", "长女"]]) == {"张三": "姓名", "长女": label}
