"""Masks of a case looked at together: none may be completed by another place of it."""

from __future__ import annotations

import time
from functools import cache

import pytest

from detectors.names.people_numbers import share_numbers
from detectors.names.spelt_names import add_spelt
from flows.compose import open_pipeline
from flows.masks.reidentification import residual_risks
from flows.processing.pipeline import Pipeline
from review.document import (
    Block,
    Cell,
    Document,
    Note,
    Span,
    plain_document,
)
from review.finding import Entity, Finding
from review.plan import redacted_document
from tests.fakes.tables import cells


@cache
def _pipeline() -> Pipeline:
    return open_pipeline()


def table(text: str) -> Document:
    return Document("csv", cells(line.split(",") for line in text.strip().splitlines()))


def judged(*documents: Document) -> tuple[list[str], tuple[tuple[Note, ...], ...]]:
    """Redact a case by the general rules; gives the published texts and the notes."""
    own = _pipeline()
    found = add_spelt(share_numbers([[(d, own.detect(d))] for d in documents]))
    category = own.policy.category("general")
    plans = own.plan([scanned for (scanned,) in found], category)
    files = list(zip(documents, plans, strict=True))
    return [redacted_document(d, p).text for d, p in files], residual_risks(files, 3)


def codes(*documents: Document) -> list[list[str]]:
    return [[note.code for note in notes] for notes in judged(*documents)[1]]


def text(*lines: str) -> Document:
    return plain_document(lines)


@pytest.mark.parametrize(
    "line",
    [
        "张某某，1987年3月14日出生，身份证号350521********1234。",
        "张某某，身份证号35052119870314****，男。",
        "张某某，电话138001312**。",
        "张某某，1987年3月14日出生，身份证号350521 ******** 1234。",
        "张某某，1987年3月14日出生，身份证号350521xxxxxxxx1234。",
        "张某某，1987年3月14日出生，身份证号350521****1234。",
        "张某某驾驶赣B·12*45号小型轿车。",
        "张某某，护照号E1234*678。",
        "张某某，家庭电话0797-632214*。",
        "张某某，身份证前十四位35052119870314，后四位1237。",
        "张某某，手机号1385678开头、尾号4521。",
        "张某某，银行卡前12位621700123456，后四位7890。",
    ],
)
def test_a_mask_of_the_draft_itself_that_leaves_too_much_is_told(line: str) -> None:
    document = text(line)
    own = _pipeline()
    (plan,) = own.plan([(document, ())], own.policy.category("general"))
    ((note,),) = residual_risks([(document, plan)], 3)
    assert note.code == "number_completable"
    assert "第1段" in note.message


@pytest.mark.parametrize(
    "line",
    [
        "张某某，身份证号35*************234。",
        "张某某，电话138****1234。",
        "张某某，银行卡号6222021600****1234。",
        "合同编号6222021600****1234。",
        "限号尾号1234。",
        "车辆赣B***45、赣A·6***8、沪C12***、京A·D****8。",
        "张某某，护照号E****5678，家庭电话0797-632****。",
        "设备型号E1234*678。",
        "身份证前六位为行政区划代码，后四位为顺序码和校验码。",
        "张某某，身份证前六位350521，后四位1237。",
    ],
)
def test_the_usual_published_forms_are_strong(line: str) -> None:
    assert codes(text(line)) == [[]]


def test_two_masks_of_one_telephone_are_laid_over_each_other() -> None:
    notes = codes(text("张某某，电话138****1234。", "张某某的电话：1380013****。"))
    assert notes == [["masks_add_up"]]
    first, second = text("张某某，电话138****1234。"), text("张某某的电话：1380013****。")
    assert codes(first, second) == [["masks_add_up"], ["masks_add_up"]]


def test_masks_of_one_plate_are_laid_over_each_other() -> None:
    lines = ("张某某驾驶赣B·123**号小型轿车。", "赣B·**345号车主为张某某。")
    assert codes(text(*lines)) == [["masks_add_up"]]


def test_telephones_of_two_people_do_not_add_up() -> None:
    assert codes(text("张某某，电话138****1234。", "李某某的电话：1380013****。")) == [[]]


def test_many_digits_alike_say_that_it_is_one_number() -> None:
    lines = ("收款人电话：1380013**34。", "另一电话：13800*31234。")
    told = codes(text(*lines))
    assert "number_completable" in told[0]
    assert "masks_add_up" not in told[0]


def test_a_name_masked_beside_a_number_that_names_him_elsewhere_is_told() -> None:
    first, second = text("当事人张某某（电话138****1234）。"), text("联系人张伟，电话13800131234。")
    assert codes(first, second) == [["mask_named"], []]


def test_numbers_of_one_paragraph_are_weighed_in_time_proportional_to_them() -> None:
    own = _pipeline()

    def took(number: int) -> float:
        line = "张伟，138****1234；" * number
        people = [
            Finding(
                Entity.PERSON, Span(n * 15, n * 15 + 2), 0.9, "test", id=f"F{n}", person=f"P{n}"
            )
            for n in range(number)
        ]
        document = text(line)
        (plan,) = own.plan([(document, people)], own.policy.category("general"))
        start = time.process_time()
        residual_risks([(document, plan)], 3)
        return time.process_time() - start

    took(10)
    assert took(2_000) < 10 * max(took(500), 0.02)


def test_a_row_that_another_table_completes_is_told_with_the_columns() -> None:
    masked = table(
        "姓名,身份证号,单位,岗位\n张某某,35***************,柳河镇小学,语文教师\n"
        "李某某,35***************,石门镇小学,数学教师"
    )
    whole = table(
        "姓名,职务,单位,岗位\n张伟,局长,柳河镇小学,语文教师\n李大海,局长,石门镇小学,数学教师"
    )
    _, (first, second) = judged(masked, whole)
    (note,) = [n for n in first if n.code == "rows_joined"]
    assert "“单位、岗位”" in note.message
    assert "第2行、第1个表第3行" in note.message
    assert "rows_joined" not in [n.code for n in second]


def test_a_row_is_told_that_a_table_with_other_headers_completes() -> None:
    masked = table(
        "姓名,报考职位,总成绩,备注\n张某某,农业局科员,78.52,放弃\n"
        "李某某,水利局科员,81.27,有犯罪记录\n王某某,林业局科员,76.91,"
    )
    named = "姓名全称,职务,岗位名称,综合成绩\n张国栋,局长,农业局科员,{}\n李桂兰,局长,水利局科员,{}"
    assert codes(masked, table(named.format("78.52", "81.27")))[0] == ["rows_joined"]
    others = named.replace("局科员", "所干事").format("66.10", "70.30")
    assert codes(masked, table(others))[0] == []


def test_rows_of_other_surnames_or_with_nothing_in_common_are_not_joined() -> None:
    masked = table("姓名,单位,岗位\n张某某,柳河镇小学,语文教师\n李某某,石门镇小学,数学教师")
    others = table(
        "姓名,职务,单位,岗位\n王伟,校长,柳河镇小学,语文教师\n赵大海,局长,石门镇小学,数学教师"
    )
    apart = table(
        "姓名,职务,单位,岗位\n张伟,校长,塘口镇小学,体育教师\n李大海,局长,江口镇小学,音乐教师"
    )
    for whole in (others, apart):
        assert "rows_joined" not in codes(masked, whole)[0]


@pytest.mark.parametrize(
    "spelt", ["Zhang Wei", "ZHANG Wei", "Wei Zhang", "zhangwei", "Zhāng Wěi", "ZhangWei"]
)
def test_a_hidden_name_spelt_in_latin_letters_is_hidden_too(spelt: str) -> None:
    published, _ = judged(text(f"申请人张伟（{spelt}）反映问题。"))
    assert published == ["申请人张某某（张某某）反映问题。"]


def test_the_spelling_in_another_file_of_the_case_is_hidden_too() -> None:
    published, _ = judged(text("申请人张伟反映问题。"), text("The applicant Zhang Wei asked."))
    assert published[1] == "The applicant 张某某 asked."


def test_who_may_be_named_may_be_spelt() -> None:
    published, notes = judged(text("县住建局局长张伟（Zhang Wei）出席。"))
    assert "Zhang Wei" in published[0]
    assert notes == ((),)


def test_a_spelling_that_two_share_is_nobodys() -> None:
    line = "申请人张玮（Zhang Wei）反映问题。县住建局局长张伟出席。"
    published, notes = judged(text(line))
    assert "Zhang Wei" in published[0]
    assert notes == ((),)


@pytest.mark.parametrize(
    "line",
    [
        "详见http://www.example.gov.cn/people/zhangwei/index.html。",
        "县农业局办公邮箱：zhangwei@jiangfu.gov.cn。",
        "可加zhangwei1987联系。",
        "见附图（Zhang W.，2026）。",
        "见附图（W. Zhang，2026）。",
    ],
)
def test_a_spelling_within_an_address_or_cut_short_is_told(line: str) -> None:
    _, ((note,),) = judged(text("申请人张伟反映问题。", line))
    assert note.code == "name_spelt"
    assert "第2段" in note.message
    assert "zhang" not in note.message.lower()


@pytest.mark.parametrize(
    "line",
    [
        "张某某的个人主页http://www.example.com/zhangxiaofeng1983，已停用。",
        "张*峰的网名为xiaofeng.zhang。",
        "证人张某某（ZXF）证实。",
        "证人张某某Z.X.F.证实。",
    ],
)
def test_letters_that_may_spell_a_name_masked_beside_them_are_told(line: str) -> None:
    assert "name_spelt" in codes(text(line))[0]


@pytest.mark.parametrize(
    "line",
    [
        "王某某反映网站https://www.wangluo.com.cn/index不能打开。",
        "马某某反映Windows不能使用，Manager一职空缺。",
        "张某某（GPS）轨迹为证。",
        "李*兰的网名为xiaofeng.zhang。",
    ],
)
def test_letters_that_spell_nobody_masked_beside_them_are_not(line: str) -> None:
    assert "name_spelt" not in codes(text(line))[0]


def test_a_city_or_an_english_word_is_no_name() -> None:
    published, _ = judged(
        text("申请人尚海、池娜反映问题。", "Made in China, shipped from Shanghai.")
    )
    assert published[0].endswith("Made in China, shipped from Shanghai.")


def test_columns_of_a_list_over_two_tables_are_judged_together() -> None:
    head = "姓名,村,年龄\n"
    one = head + "张某某,柳河村,60—69岁\n李某某,柳河村,60—69岁"
    two = head + "王某某,柳河村,60—69岁\n赵某某,石门村,30—39岁"
    first = table(one)
    blocks = [
        *first.blocks,
        *(
            Block(b.text, b.location, b.kind, Cell(1, b.cell.row, b.cell.column))
            for b in table(two).blocks
            if b.cell
        ),
    ]
    _, ((note,),) = judged(Document("xlsx", tuple(blocks)))
    assert note.code == "small_groups"
    assert "第1、2个表" in note.message
    assert "1 行不足 3 人" in note.message
    assert codes(table(one + "\n王某某,柳河村,60—69岁")) == [[]]


def test_a_merged_cell_reaches_down_over_its_rows() -> None:
    rows = "姓名,村,病种\n张某某,柳河村,甲\n李某某,,甲\n王某某,,甲"
    assert codes(table(rows)) == [[]]


def test_it_is_said_which_columns_make_the_groups_small() -> None:
    rows = "".join(f"{name}某某,柳河村,{60 + n}\n" for n, name in enumerate("赵钱孙李周吴"))
    _, ((note,),) = judged(table("姓名,村,年龄\n" + rows))
    assert "删去“年龄”" in note.message


def test_a_table_that_counts_people_is_no_list_of_them() -> None:
    rows = "乡镇,病种,人数\n柳河镇,高血压,12\n石门镇,糖尿病,7"
    assert codes(table(rows)) == [[]]


def test_masks_of_a_card_are_laid_over_each_other() -> None:
    first = text(
        "覃某某，农行卡号6228480830*********，请核对。", "覃某某卡号：************4718679。"
    )
    assert codes(first) == [["masks_add_up"]]
    alike = text(
        "覃某某，农行卡号***************8679，请核对。", "覃某某卡号：***************8679。"
    )
    assert codes(alike) == [[]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("举报人覃某峰反映，", "经办人与覃立某（另有附件）核实。"),
        ("覃*峰", "覃立*"),
    ],
)
def test_masks_that_show_two_signs_of_one_name_add_up(one: str, other: str) -> None:
    one = one.replace("峰反映", "峰")
    assert codes(text(one, other)) == [["name_masks_add_up"]]
    assert codes(text(one), text(other)) == [["name_masks_add_up"], ["name_masks_add_up"]]


@pytest.mark.parametrize(
    "lines",
    [
        ("覃*峰", "覃*海", "韦*珍"),
        ("覃*峰", "韦秀*"),
        ("覃某某", "覃某甲", "覃某"),
        ("欧阳*", "欧*峰"),
        ("覃*峰", "覃立*", "覃文*", "覃国*", "覃建*"),
    ],
)
def test_masks_of_one_kind_or_of_many_people_do_not_add_up(lines: tuple[str, ...]) -> None:
    assert "name_masks_add_up" not in codes(text(*lines))[0]


def test_initials_beside_whom_they_mean_are_told() -> None:
    assert "name_spelt" in codes(text("申请人覃立峰反映问题，签名QLF。"))[0]
    assert "name_spelt" not in codes(text("申请人覃立峰反映问题。", "本市GDP增长，QLF除外。"))[0]
    assert "name_spelt" not in codes(text("申请人覃立峰反映GDP数据有误。"))[0]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("举报人覃某某，绰号“铁算盘”，住青塘镇。", "alias_told"),
        ("申请人覃立峰（人称峰哥）反映问题。", "alias_told"),
        ("投诉人覃某某是青塘镇唯一的女邮递员。", "singled_out"),
        ("举报人为我县首位女拖拉机手，反映补贴问题。", "singled_out"),
        ("投诉人韦某某，青塘镇中心小学校长，反映问题。", "office_told"),
        ("信访人黄某，高岭村村支书，反映问题。", "office_told"),
        ("信访人张某某（系原柳河县教育局局长张国栋之子）反映问题。", "relative_told"),
        ("举报人覃某某是柳河县教育局局长张国栋的妻子，反映问题。", "relative_told"),
        ("救助对象覃某某家位于东经110.123456度、北纬22.765432度。", "position_told"),
    ],
)
def test_words_that_tell_who_a_masked_person_is_are_told(line: str, code: str) -> None:
    assert code in codes(text(line))[0]


@pytest.mark.parametrize(
    "line",
    [
        "唯一中标候选人为桂东建工集团有限公司。",
        "首个国家级试点在我县启动，青塘镇中心小学校长梁志宏出席。",
        "项目位于东经110.123456度、北纬22.765432度。",
        "本办法所称外号，是指车辆编号。",
        "覃某某申请低保，家庭唯一的收入来源是种地。",
        "申请人应当为房屋唯一产权人。",
        "申请人周某某称其为该房屋唯一共有人。",
        "宗地坐标：东经110.123456，北纬22.654321，权利人某某公司。",
        "*注：唯一识别码由系统生成，经办人签字有效。",
        "投诉人可向市场监管所所长反映。",
        "请举报人拨打12345。青塘镇中心小学校长办公室设在一楼。",
        "患者满意度居全市首位，护士人均护理8名患者。",
        "举报人为当事人近亲属的，不予奖励。",
        "信访人系张某某之子。",
        "患者为低保对象或者其子女的，凭证明减免。",
    ],
)
def test_the_same_words_of_things_and_of_people_in_office_are_not(line: str) -> None:
    told = {"alias_told", "singled_out", "office_told", "position_told", "relative_told"}
    assert not told & set(codes(text(line))[0])


def test_columns_under_names_that_nobody_knows_single_people_out_too() -> None:
    rows = ["覃某某,48,一片区,丧偶", "韦某某,61,二片区,独居", "黄某某,33,三片区,离异"]
    people = table("\n".join(["对象,岁数,片区,因何致贫", *rows]))
    assert "small_groups" in codes(people)[0]
    counted = "片区,网格,因何\n一片区,12,宣传\n二片区,15,宣传"
    assert codes(table(counted)) == [[]]


def test_rows_about_single_people_single_them_out_though_no_column_names_them() -> None:
    rows = "\n".join(f"{n},{'男女'[n % 2]},{30 + n},县农业局" for n in range(5))
    assert "small_groups" in codes(table(f"序号,性别,年龄,所在单位\n{rows}"))[0]
    aged = "\n".join(f"{n},{60 + n},小学" for n in range(5))
    assert "small_groups" in codes(table(f"序号,年龄,文化程度\n{aged}"))[0]
    asked = "协管员,男,35周岁以下,大专\n讲解员,不限,30周岁以下,本科"
    assert codes(table(f"岗位,人数,性别,年龄,学历\n{asked.replace(',', ',2,', 1)}")) == [[]]
