from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import replace

import pytest

from detectors.base import Hit, Passage
from detectors.names.names import NameRecognizer
from detectors.names.recall import evident
from detectors.names.recall import recall as recall_names
from detectors.tables.passages import passages
from detectors.tables.printed_tables import laid_out
from detectors.text.vocabulary import name_statistics, word_list
from review.document import plain_document
from review.finding import Entity

RECOGNIZER = NameRecognizer()


def found(text: str, headers: tuple[tuple[int, int, str], ...] = ()) -> list[str]:
    hits = sorted(RECOGNIZER.find(Passage(text, headers)), key=lambda h: h.start)
    return [text[h.start : h.end] for h in hits]


def found_in_lines(*lines: str) -> list[str]:
    (placed,) = passages(laid_out(plain_document(lines)))
    return found(placed.passage.text, placed.passage.headers)


def recall(text: str, names: Collection[str]) -> Iterator[Hit]:
    return recall_names(text, names, word_list(), name_statistics())


def only(text: str) -> Hit:
    (hit,) = RECOGNIZER.find(Passage(text))
    return hit


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("当事人：陈志远，男，汉族", ["陈志远"]),
        ("法定代表人：欧阳明辉；住所", ["欧阳明辉"]),
        ("项目经理：司徒健 注册编号", ["司徒健"]),
        ("任命张三同志为市财政局局长，免去李四的副局长职务。", ["张三", "李四"]),
        ("法定监护人何桂花之子何小宝系未成年人。", ["何桂花", "何小宝"]),
        ("经研究，王建军、赵丽、孙伟等三人为拟录用人员。", ["王建军", "赵丽", "孙伟"]),
        ("被告人曾国强伙同温志刚、汤伟等人盗窃电动车。", ["曾国强", "温志刚", "汤伟"]),
        ("举报人钱多多反映某餐馆油烟扰民。", ["钱多多"]),
        ("张桂芳持有残疾证。", ["张桂芳"]),
        ("高峰同志带队检查。", ["高峰"]),
        ("会上，应如诗副局长点评了自查工作。", ["应如诗"]),
        ("女王和明仁天皇乘坐马车。", []),
        ("王伟，男，1985年6月生", ["王伟"]),
        ("王伟男1985年6月生", ["王伟"]),
        ("姓名：扎西顿珠，联系人：阿依古丽", ["扎西顿珠", "阿依古丽"]),
    ],
)
def test_context_gives_names_away(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "进一步提高服务效率，地方政府要于年底前完成，并高度重视。",
        "各金融机构要广泛开展宣传教育，今天下午组织迎宾礼仪培训。",
        "维护和谐稳定，推进广东、安徽、江西等地项目建设。",
        "坚持以习近平新时代中国特色社会主义思想为指导。",
        "江蓬综执罚〔2026〕18号",
        "应当充分听取当事人陈述和申辩。",
        "当事人对处理决定不服的，可以依法申请行政复议。",
        "申请人应当如实填写申请表，法定代表人或者负责人应当签名。",
        "执法人员应当出示执法证件，证人应当如实作证。",
        "石家庄市、张家口市、马鞍山市人民政府：",
    ],
)
def test_plain_policy_text_holds_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("given", ["建国", "卫国", "宝国", "保国", "志国", "金锁"])
def test_a_given_name_may_end_as_countries_and_things_do(given: str) -> None:
    assert found(f"2.王{given}，未履行安全管理职责。") == [f"王{given}"]
    assert found(f"王{given}到会。") == [f"王{given}"]


@pytest.mark.parametrize(
    "text",
    ["各成员国应当遵守。", "东道国政府提供便利。", "在建国七十周年之际。", "安装智能锁和指纹锁。"],
)
def test_countries_and_things_that_end_so_are_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["姓名：张某某", "李某甲与王**争执", "当事人：陈某", "姓名：赵×"])
def test_masked_names_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_label_gives_a_high_score_and_a_reason_without_the_name() -> None:
    hit = only("联系人：张敏，办公室")
    assert hit.entity is Entity.PERSON
    assert hit.score >= 0.85
    assert "联系人" in hit.reason
    assert "张敏" not in hit.reason


def test_names_set_with_spaces_are_found_whole() -> None:
    assert found("被处罚人姓名:黎 明 性别:男") == ["黎 明"]
    assert found("出席：何志强  梁  勇  谭小红  黄 丽") == ["何志强", "梁  勇", "谭小红", "黄 丽"]


def test_names_with_a_middle_dot_are_found_whole() -> None:
    assert found("阿依古丽·买买提户籍地在外省") == ["阿依古丽·买买提"]


def test_everything_under_a_name_header_is_a_name() -> None:
    text = "户主姓名\n楼雨\n扎西顿珠\n合计\n张某某"
    cells = tuple(
        (text.index(cell), text.index(cell) + len(cell), "户主姓名")
        for cell in ("楼雨", "扎西顿珠", "合计", "张某某")
    )
    assert found(text, cells) == ["楼雨", "扎西顿珠"]


def test_the_households_of_a_column_bear_names() -> None:
    rows = ("莱阳,见附件,3360,见附件", "昌平,见附件,1360,见附件")
    assert found_in_lines("种植户,身份证号,补助金额,银行账号", *rows) == ["莱阳", "昌平"]


def test_a_long_name_is_found_in_a_table_printed_with_spaces() -> None:
    assert found_in_lines("岗位 姓名 性别", "会计 仡徕阿妹 女") == ["仡徕阿妹"]


def test_an_unusual_name_under_the_header_of_names_is_one() -> None:
    for name in ("清晨雾", "听雨", "不忘", "格桑花开了吗"):
        assert found(name, ((0, len(name), "姓名"),)) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Dilraba",
        "Aynur Mamat",
        "TENZIN DOLMA",
        "dilnur",
        "Gülnar",
        "O'Brien",
        "Nguyễn Thị Hoa",
        "Li",
        "Айгуль Маматова",
        "ئاينۇر مامات",
        "བསྟན་འཛིན་སྒྲོལ་མ",
        "김영희",
    ],
)
def test_a_name_in_other_letters_under_the_header_of_names_is_one(name: str) -> None:
    assert found(f" {name} ", ((0, len(name) + 2, "姓名"),)) == [name]


@pytest.mark.parametrize(
    "header", ["户主", "领取人", "姓名/Name", "收款人（签字）", "农户", "家长"]
)
@pytest.mark.parametrize("name", ["Dilraba", "Aynur Mamat", "TENZIN DOLMA"])
def test_a_name_in_latin_letters_under_any_header_of_persons_is_one(header: str, name: str) -> None:
    assert found(name, ((0, len(name), header),)) == [name]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("迪丽热巴 Dilraba", ["迪丽热巴", "Dilraba"]),
        ("Dilraba 迪丽热巴", ["Dilraba", "迪丽热巴"]),
        ("Dilraba（女）", ["Dilraba"]),
        ("Aynur、Gulnar", ["Aynur", "Gulnar"]),
        ("王建军A", ["王建军"]),
    ],
)
def test_a_name_written_in_two_scripts_is_found_in_both(cell: str, names: list[str]) -> None:
    assert found(cell, ((0, len(cell), "姓名"),)) == names


@pytest.mark.parametrize("header", ["姓名", "户主", "对象", "收款人"])
@pytest.mark.parametrize(
    "cell",
    [
        "总计", "N/A", "n/a", "NA", "-", "—", "Total", "null", "none", "xxx", "A", "B2", "100",
        "ABC Trading Co., Ltd", "Siemens AG", "Huawei Technologies", "Bank of China",
        "ABC有限公司", "http://a.gov.cn", "a@b.cn", "V1.0",
    ],
)  # fmt: skip
def test_a_filler_or_a_firm_in_latin_letters_is_no_name(header: str, cell: str) -> None:
    assert found(cell, ((0, len(cell), header),)) == []


def test_abbreviations_are_names_under_the_header_of_names_alone() -> None:
    assert found("CCTV", ((0, 4, "对象"),)) == []
    assert found("ABC", ((0, 3, "农户"),)) == []


def test_latin_letters_under_other_headers_are_no_name() -> None:
    assert found("Dilraba", ((0, 7, "品牌"),)) == []


@pytest.mark.parametrize("filler", ["合计", "本页小计", "无", "空", "同上", "以下空白", "不详"])
def test_a_filler_under_the_header_of_names_is_none(filler: str) -> None:
    assert found(filler, ((0, len(filler), "姓名"),)) == []


def test_a_number_in_chinese_digits_holds_no_name() -> None:
    assert found("联系号码壹叁玖零陆伍肆叁贰壹捌，请记录。") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("村民扎西平措、旺堆参加培训。", ["扎西平措", "旺堆"]),
        ("户主卓玛，举报人格桑央金反映。", ["卓玛", "格桑央金"]),
        ("边巴、洛桑、次仁旺姆领取补助。", ["边巴", "洛桑", "次仁旺姆"]),
        ("当事人丹增罗布陈述。", ["丹增罗布"]),
        ("沿达瓦路、白玛镇巡查。", []),
    ],
)
def test_tibetan_names_are_found_whole(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_several_names_in_one_cell_are_told_apart() -> None:
    assert found("楼雨、高峰", ((0, 5, "联系人"),)) == ["楼雨", "高峰"]


def test_spaces_part_several_names_in_a_cell() -> None:
    assert found("高兴 安康　扎西", ((0, 8, "姓名"),)) == ["高兴", "安康", "扎西"]
    assert found("欧阳 修文", ((0, 5, "姓名"),)) == ["欧阳 修文"]


@pytest.mark.parametrize("lead", ["1.", "12．", "妻：", "3 ", "★", "1.△"])
def test_a_name_may_stand_behind_its_number_or_mark(lead: str) -> None:
    assert found(lead + "高兴", ((0, len(lead) + 2, "家庭成员"),)) == ["高兴"]


def test_a_column_of_signatures_holds_names() -> None:
    assert found("高兴", ((0, 2, "领款人签名"),)) == ["高兴"]


@pytest.mark.parametrize("told", ["及职务", "及联系方式", "、电话", "/手机号", "及其身份证号"])
def test_a_header_of_names_may_say_what_else_stands_there(told: str) -> None:
    assert found("楼雨", ((0, 2, "户主" + told),)) == ["楼雨"]
    assert found("高峰", ((0, 2, "单位" + told),)) == []


def test_other_headers_do_not_make_names() -> None:
    assert found("高峰", ((0, 2, "备注"),)) == []


def test_a_name_with_evidence_carries_its_bare_occurrence() -> None:
    assert found("当事人：高子舟，男。经查，高子舟到过现场。") == ["高子舟", "高子舟"]


def test_a_full_name_found_without_evidence_is_hidden_wherever_it_stands() -> None:
    text = "邻居龚喜旺违规占用。\n二、关于龚喜旺户问题。\n" + "经核查，该户符合条件。" * 2
    assert found(text) == ["龚喜旺", "龚喜旺"]
    (first, *_) = RECOGNIZER.find(Passage(text))
    assert evident(text, first) == "龚喜旺"


def test_a_short_name_without_evidence_is_looked_for_nowhere_else() -> None:
    hit = Hit(Entity.PERSON, 0, 2, 0.6, "")
    assert evident("高峰", hit) == ""
    assert evident("高峰", replace(hit, score=0.8)) == "高峰"


@pytest.mark.parametrize(
    "text",
    [
        "微信：13800138000",
        "河长：13800138000，段长：13800138000",
        "安置户、危房户、易返贫户、边缘易致贫户、马铃薯种植户",
        "邻居之间要和睦相处，邻居关系融洽",
    ],
)
def test_words_beside_numbers_and_households_are_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("邬秀珠：鱼塘合同今年到期。\n谷爱民：我看还是公开竞标好。", ["邬秀珠", "谷爱民"]),
        ("谷来喜家养鸡三十只。", ["谷来喜"]),
        ("邬家珠说，严俊把原件交了。", ["邬家珠", "严俊"]),
        ("顾客邬秀珠、骆卫东的笔录。", ["邬秀珠", "骆卫东"]),
        ("罗先生于1998年来信。", ["罗"]),
        ("局长欧阳 朔主持会议。", ["欧阳 朔"]),
        ("审核结果：童真（2012年8月1日出生，一级），谷雨（2014年3月生）。", ["童真", "谷雨"]),
        ("专窗关山度（工号：0233）、高尚（身份证号：320981198805067719）", ["关山度", "高尚"]),
        ("异议受理人：经天纬，电话见附件", ["经天纬"]),
    ],
)
def test_place_form_and_neighbours_give_names_away(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "金额：300元\n任务：完成\n方法：研判\n石油：三吨",
        "合同金额玖拾捌万陆仟元整。",
        "请各县金融办、国资委、卫健委、应急办抓落实。",
        "支持布鲁氏菌病、包虫病防治，建设普惠性幼儿园，遵守公序良俗。",
        "开 户 行：见附件\n经 办 人：见附件",
        "不含普惠托育、清正廉明、易损品、乔木林、仲裁庭。",
        "本标准（2019年3月1日生效），该品种（2021年6月生产），高速（2020年生成的数据）",
        "县教育局、县卫健局、市卫健委参加会议。",
        "益阳康达公司、深圳康华达公司参加投标。",
    ],
)
def test_goods_offices_and_set_phrases_are_no_names(text: str) -> None:
    assert found(text) == []


def test_a_given_name_stands_for_the_person_named_in_full_elsewhere() -> None:
    text = "邬秀鸾到校。秀鸾的父亲未到，秀鸾路已修好。"
    assert found(text) == ["邬秀鸾", "秀鸾"]


def test_a_given_name_that_is_a_word_stands_for_nobody() -> None:
    assert found("当事人：邬建设，男。建设项目已批准。") == ["邬建设"]


def test_a_measure_word_is_no_surname() -> None:
    assert found("发放两张路线图，每张路引一元。") == []


def test_recall_finds_known_names_whole_and_spaced() -> None:
    text = "随后楼小雨与楼 小 雨的家属到场。"
    spans = [text[h.start : h.end] for h in recall(text, {"楼小雨"})]
    assert spans == ["楼小雨", "楼 小 雨"]


def test_recall_does_not_take_words_for_known_names() -> None:
    assert list(recall("用电高峰时段应当错峰生产。", {"高峰"})) == []


def test_recall_of_nothing_finds_nothing() -> None:
    assert list(recall("楼小雨到场。", ())) == []
    assert list(recall("", {"楼小雨"})) == []


def test_only_the_surname_of_a_polite_mention_is_the_name() -> None:
    hit = only("顾先生来信反映噪声。")
    assert (hit.start, hit.end) == (0, 1)
    assert hit.score < 0.7


@pytest.mark.parametrize("text", ["", "\n\n", "ABC 123", "王", "：", "姓名："])
def test_text_without_names_is_no_fault(text: str) -> None:
    assert found(text) == []


def test_hits_do_not_overlap_and_lie_within_the_text() -> None:
    text = "主持人：谢谢肖秘书长。曾任总经理的任总工程师、刘向宁先生、欧阳明辉女士出席。" * 3
    found = sorted(RECOGNIZER.find(Passage(text)), key=lambda h: h.start)
    assert len(found) >= 6
    reached = 0
    for hit in found:
        assert reached <= hit.start < hit.end <= len(text)
        reached = hit.end


def test_time_grows_with_the_text_and_the_names_no_faster() -> None:
    line = "经查，当事人陈志远与证人刘桂兰在场，地方政府高度重视。\n"
    once, tenfold = line * 100, line * 1000

    def seconds(text: str) -> float:
        started = time.process_time()
        list(RECOGNIZER.find(Passage(text)))
        return time.process_time() - started

    seconds(once)
    assert seconds(tenfold) < 30 * max(min(seconds(once) for _ in range(3)), 0.005)


@pytest.mark.parametrize(
    "text",
    [
        "沟渠种植苦草、伊乐藻、金鱼藻，岸边种植黄菖蒲、水生鸢尾。",
        "统一营销黄桃、蓝莓、杨梅、葛根等特产。",
        "检出豇豆灭蝇胺、姜吡虫啉、桶装水铜绿假单胞菌。",
    ],
)
def test_goods_in_a_list_are_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "品种有丹参、当归、射干、徐长卿、刘寄奴、毛冬青、夏枯草等。",
        "沿李时珍大道、徐悲鸿纪念馆布置。",
        "收录孟姜女传说、董永传说。",
    ],
)
def test_what_bears_a_name_in_a_list_of_goods_or_a_place_is_no_person(text: str) -> None:
    assert found(text) == []


def test_a_list_of_persons_keeps_its_names_among_words() -> None:
    names = ["章华", "胡杨", "凌波", "高兴", "田野", "安然"]
    assert found(f"拟录用{'、'.join(names)}等6名同志。") == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("目击者宗政拨打110报警。", ["宗政"]),
        ("户主占玉兰，三人。组长说占玉兰逢人便说好。", ["占玉兰", "占玉兰"]),
        ("请寄政务中心407室，荆小楚收，电话见附件。", ["荆小楚"]),
        ("关于对冷光辉违法占用耕地的处罚", ["冷光辉"]),
        ("代表有张志强、李玉兰、步高升、农有田等21人。", ["张志强", "李玉兰", "步高升", "农有田"]),
        ("黄尖、金滩、方强三个断面高锰酸盐指数达标。", []),
        ("开 户 行：江 苏 银 行　账 号：见附件", []),
    ],
)
def test_what_stands_after_and_beside_a_name_decides_its_border(
    text: str, names: list[str]
) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("纠纷另一方为谢春桃。", ["谢春桃"]),
        ("由其女儿谢春桃代签，", ["谢春桃"]),
        ("其妻子胡秀芹到场。", ["胡秀芹"]),
        ("款项由其女婿管小川代领。", ["管小川"]),
        ("种植户黄桃、毛桃销售旺。", []),
        ("推广白花桃，由水蜜桃换种。", []),
        ("对方为江口镇政府。", []),
        ("另一方为柳林村民委员会。", []),
        ("其儿子于2020年去世。", []),
    ],
)
def test_kin_and_the_other_party_are_people_though_their_names_end_like_fruit(
    text: str, names: list[str]
) -> None:
    hits = sorted(NameRecognizer().find(Passage(text)), key=lambda hit: hit.start)
    assert [text[hit.start : hit.end] for hit in hits] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("沿线设马家堡、石桥、何家湾、周家庄等站。", []),
        ("您反映的马家堡公交站牌损坏问题已收悉。", []),
        ("王家坪", []),
        ("当事人李家湾于2024年3月提出申请。", ["李家湾"]),
        ("申请人：周家庄", ["周家庄"]),
        ("任命马家堡为局长。", ["马家堡"]),
    ],
)
def test_the_place_of_a_house_is_a_name_only_where_somebody_is_spoken_of(
    text: str, names: list[str]
) -> None:
    assert found(text) == names


def test_a_name_that_is_a_word_is_known_again_where_a_clause_denies_or_tells_of_kin() -> None:
    text = "死者柴火，男。目击者称，柴火未系安全带。已赔偿柴火之父。现场柴火堆起火。"
    assert found(text) == ["柴火"] * 3


def test_whoever_is_told_of_by_an_identity_number_has_a_name() -> None:
    number = "公民身份号码320981198805067719"
    assert found(f"二被告下落不明。喜洋，{number}。") == ["喜洋"]
    assert found(f"受伤职工方向，{number}；安全，{number}。") == ["方向", "安全"]
    for told in ("民族：汉族", "高中文化", "1970年10月2日出生", "申请人", "无业"):
        assert found(f"住址不详，{told}，{number}") == []


def test_a_section_and_its_head_without_a_name_are_nobody() -> None:
    assert found("联系卫健股：0745-2712345。") == []
    assert found("已向基教股刘股长核实。") == []


@pytest.mark.parametrize(("cell", "names"), [("密封来信", []), ("苏来信", ["苏来信"])])
def test_how_a_complaint_came_in_is_nobody_in_a_column_of_names(
    cell: str, names: list[str]
) -> None:
    assert found(cell, ((0, len(cell), "举报人"),)) == names


def test_whose_house_it_is_is_told_behind_the_name() -> None:
    assert found("征收易永所住房屋一处，拆除刘成所建平房。") == ["易永", "刘成"]
    assert found("学生所住房屋、高层所住房屋、武警所住楼房、全村所建房屋。") == []
