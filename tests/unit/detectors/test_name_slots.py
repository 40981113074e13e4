from __future__ import annotations

import pytest

from detectors.name_slots import slots
from detectors.vocabulary import name_statistics, word_list


def found(text: str) -> list[str]:
    hits = slots(text, word_list(), name_statistics())
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("异议受理人：经天纬，电话见附件", ["经天纬"]),
        ("被处罚人：者来英\n住址不详", ["者来英"]),
        ("项目负责人计从龢，投标报价", ["计从龢"]),
        ("见证人：柘福贵、物业代表", ["柘福贵"]),
    ],
)
def test_what_stands_whole_after_a_label_is_a_name(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "负责人：",
        "负责人签字、单位盖章",
        "犯罪嫌疑人认罪认罚，应当从宽",
        "当事人：某公司，住所不详",
        "申请人：财政局，代理人：办公室",
        "被申请人：不明，第三人：无",
        "联系人信息，经办人意见",
        "受理人：本局执法科",
    ],
)
def test_words_offices_and_fillers_after_a_label_are_none(text: str) -> None:
    assert found(text) == []
