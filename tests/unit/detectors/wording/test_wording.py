"""内容表述: what a reviewer is told of slips and contradictions; nothing is changed."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from detectors.run import build_detector
from detectors.wording.wording import wording
from review.document import Block, BlockKind, Document, Location, plain_document
from review.finding import Role
from review.policy import AllowList
from tests.fakes.tables import cells

PLAIN = "为进一步改善农村人居环境，根据省、市有关部署，制定本方案，请结合实际认真贯彻执行。\n"


def told(*lines: str) -> list[tuple[str, str, Role]]:
    document = plain_document(lines)
    return [(document.value(f.span), f.reason, f.role) for f in wording(document)]


def reasons(*lines: str) -> set[str]:
    return {reason for _, reason, _ in told(*lines)}


CONTRADICTIONS = [
    (
        "根据《政务公开工作要点》（国办发〔2018〕26号）……《政务公开工作要点》（国办发〔2018〕23号）",
        {"国办发〔2018〕26号", "国办发〔2018〕23号"},
        "不同的文号",
    ),
    (
        "《公共资源配置意见》（国办发〔2017〕97号）和《社会公益事业意见》（国办发[2017] 97号）",
        {"公共资源配置意见", "社会公益事业意见"},
        "不同的标题",
    ),
    ("自2026年2月30日起施行", {"2026年2月30日"}, "没有这一天"),
    ("2025年2月29日印发", {"2025年2月29日"}, "没有这一天"),
    ("2026年13月1日前完成", {"2026年13月1日"}, "没有这一天"),
]


@pytest.mark.parametrize(("line", "values", "reason"), CONTRADICTIONS)
def test_contradictions_wait_for_a_person(line: str, values: set[str], reason: str) -> None:
    found = [(v, role) for v, why, role in told(line) if reason in why]
    assert {v for v, _ in found} == values
    assert {role for _, role in found} == {Role.REVIEW}


SLIPS = [
    ("青政办发[2018 J 54 号", "[2018 J 54 号", "六角括号"),
    ("国办发（2018）26号", "（2018）26号", "六角括号"),
    ("国办发〔2018〕第26号", "〔2018〕第26号", "不加“第”字"),
    ("国办发〔2018〕026号", "〔2018〕026号", "不编虚位"),
    ("江府县停车管理办法（征求意见稿）", "（征求意见稿）", "未定稿"),
    ("责任单位：【待补】", "【待补】", "没有写完"),
    ("于xx月底前完成", "xx月", "占位符号"),
    ("由XX单位牵头负责", "XX单位", "占位符号"),
    ("江城县停车办法（报批稿）", "（报批稿）", "未定稿"),
    ("县住建局（此处补充名单）负责", "（此处补充名单）", "没有写完"),
    ("完成率达到？？？", "？？？", "没有写完"),
    ("批注[张1]：此处口径待核", "批注[张1]：", "批注还留在正文里"),
    ("咨询电话：0554-123456", "0554-123456", "电话号码"),
    ("登录http:/www.jiangcheng.gov.cn", "http:/", "网址开头写错"),
    ("2018 年 6 月 l4 日", "月 l4 日", "混有字母"),
    ("责任羊位：县住建局", "羊位", "疑似识别错字"),
    ("《政务公开工作要点", "《", "不成对"),
    ("政务公开工作要点》", "》", "不成对"),
]


@pytest.mark.parametrize(("line", "value", "reason"), SLIPS)
def test_slips_are_only_told(line: str, value: str, reason: str) -> None:
    ((found, why, role),) = told(line)
    assert found == value
    assert reason in why
    assert role is Role.NOTE


CORRECT = [
    "国办发〔2018〕26号",
    "（2018）苏0102民初123号",
    "苏（2020）江府县不动产权第0012345号",
    "《政务公开工作要点》（国办发〔2018〕26号）……按照《政务公开工作要点》（国办发〔2018〕26号）要求",
    "《关于推进政务公开的意见》（中办发〔2016〕8号）、《推进政务公开的意见》（中办发〔2016〕8号）",
    "2024年2月29日",
    "《关于学习〈条例〉的通知》和《〈办法〉实施细则》",
    "养羊户、山羊、羊肉价格，周末、末位，曰：",
    "酒店、休闲、等候、侯某",
    "一、二、（三）待遇（空调）",
    "12345热线（xx可拨打）",
    "1月1日至12月31日",
    "张××、李XX申请公开",
    "（待遇）和（空调）",
]


@pytest.mark.parametrize("line", CORRECT)
def test_correct_wording_is_left_alone(line: str) -> None:
    assert told(line) == []


def test_traditional_characters_in_a_simplified_document_are_told() -> None:
    found = told(PLAIN, "（三）推進源頭減量。")
    assert [(v, why) for v, why, _ in found] == [
        ("進", "简体文件中夹有繁体字"), ("頭減", "简体文件中夹有繁体字"),
    ]  # fmt: skip


def test_the_names_of_substances_are_written_with_a_sign_of_their_own() -> None:
    assert reasons(PLAIN + "排放的二噁英和水中的噁唑烷酮、噁霜灵须按规定监测。") == set()
    assert told(PLAIN + "與二噁英有关的")[0][0] == "與"


def test_a_document_in_traditional_characters_is_written_that_way() -> None:
    text = (
        "為進一步改善農村人居環境，根據省、市有關部署，制定本方案，"
        "請結合實際認真貫徹執行，確保取得實際成效。"
    )
    assert told(text) == []


def table(*rows: Sequence[str]) -> Document:
    return Document("csv", cells(rows))


def sums(*rows: Sequence[str]) -> list[str]:
    document = table(*rows)
    return [document.value(f.span) for f in wording(document)]


def test_a_total_that_is_not_the_sum_is_told() -> None:
    head, rows = ("村", "户数", "金额"), [("甲村", "3", "1,200.50"), ("乙村", "4", "300")]
    assert sums(head, *rows, ("合计", "7", "1500.5")) == []
    assert sums(head, *rows, ("合计", "8", "1500.5")) == ["8"]
    assert sums(head, *rows, ("合 计", "７", "1600.5")) == ["1600.5"]


def test_tables_with_subtotals_or_gaps_are_not_added_up() -> None:
    head = ("村", "户数")
    assert sums(head, ("甲村", "3"), ("小计", "3"), ("乙村", "4"), ("合计", "9")) == []
    assert sums(head, ("甲村", "3"), ("乙村", "约4"), ("合计", "9")) == []
    assert sums(head, ("甲村", "3"), ("合计", "9")) == []
    assert sums(head, ("合计", "9"), ("甲村", "3"), ("乙村", "4")) == []


def test_what_no_reader_sees_is_not_judged() -> None:
    block = Block("国办发（2018）26号", Location("m", 0), BlockKind.DROPPED)
    assert list(wording(Document("pdf", (block,)))) == []


def test_the_detector_set_tells_it_with_the_rest() -> None:
    document = plain_document(["国办发（2018）26号"])
    found = build_detector((), AllowList()).detect(document)
    assert [(f.entity.value, f.detector, f.role) for f in found] == [
        ("WORDING", "wording", Role.NOTE)
    ]


@pytest.mark.parametrize(
    "piece", ["《", "羊位", "（2018", "年l", "x", "進", "《一二三四》（发〔2018〕"]
)
def test_time_grows_with_the_text(piece: str) -> None:
    def took(count: int) -> float:
        document = plain_document([PLAIN + piece * count])
        start = time.process_time()
        list(wording(document))
        return time.process_time() - start

    took(100)
    short = min(took(10_000) for _ in range(3))
    assert min(took(40_000) for _ in range(3)) < 12 * max(short, 0.02)
