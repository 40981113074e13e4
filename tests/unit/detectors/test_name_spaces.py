from __future__ import annotations

import pytest

from detectors.name_spaces import split_names
from detectors.vocabulary import name_statistics, word_list


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
    ],
)
def test_words_set_with_spaces_are_no_names(text: str) -> None:
    assert found(text) == []


def test_the_reason_names_the_space_or_the_evidence_and_not_the_person() -> None:
    (titled,) = split_names("局长顾 盼到场。", word_list(), name_statistics())
    assert "局长" in titled.reason
    assert "顾" not in titled.reason
    assert titled.score >= 0.8
