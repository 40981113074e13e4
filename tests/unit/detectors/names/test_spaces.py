from __future__ import annotations

import pytest

from detectors.names.spaces import split_names
from detectors.text.vocabulary import name_statistics, word_list


def found(text: str) -> list[str]:
    hits = split_names(text, word_list(), name_statistics())
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市生态环境局局长顾 盼赶赴现场指挥。", ["顾 盼"]),
        ("任命：翟 敬 轩的区司法局局长职务", ["翟 敬 轩"]),
        ("专家组由农 谷、江月明等五人组成", ["农 谷"]),
        ("联系人：市教育局鲍\u3000勃，电话见附件", ["鲍\u3000勃"]),
        ("局长欧阳 朔主持会议。", ["欧阳 朔"]),
        # No other letters are set apart near it, and no word is broken by the space.
        ("异议请向乡自然资源所谷 梁反映", ["谷 梁"]),
        ("木工和车 大 勇一起赶到", ["车 大 勇"]),
        ("核稿宦 涛，校对另行安排", ["宦 涛"]),
        # A word, but right behind a title.
        ("听取了水务局局长沙 洲的汇报", ["沙 洲"]),
        ("三名工人余 涛、方 栋、纪 峥被困", ["余 涛", "方 栋", "纪 峥"]),
    ],
)
def test_a_name_is_read_over_the_space_inside_it(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "王 ",
        "金 额：300元",
        "时 间：上午9时\n地 点：县政府会议室",
        "方 式：公开招标  项 目：道路改造",
        "江 苏 银 行 账 号",
        "全县 高标准农田 任务表",
        "局长张 的意见",
        "中标供应商应 当自中标通知书发出之日起签订合同",
        "项目负责人盖 章后报送",
        "《关于春耕备耕的通知》（苏 政发〔2024〕9号）",
        "来 自各乡镇的代表参加，国 有企业派员列席",
    ],
)
def test_words_set_with_spaces_are_no_names(text: str) -> None:
    assert found(text) == []


def test_the_reason_names_the_space_or_the_evidence_and_not_the_person() -> None:
    (titled,) = split_names("局长顾 盼到场。", word_list(), name_statistics())
    assert "局长" in titled.reason
    assert "顾" not in titled.reason
    assert titled.score >= 0.8
