from __future__ import annotations

import pytest

from detectors.names.rows import rows
from detectors.text.vocabulary import name_statistics, word_list

FOUND = {"焦文明", "敬小满", "隆昌旺", "谷雨轩", "乜志鹏"}


def found(text: str) -> list[str]:
    def unnamed(start: int, end: int) -> bool:
        return text[start:end] not in FOUND

    hits = rows(text, word_list(), name_statistics(), unnamed)
    return [text[hit.start : hit.end] for hit in hits]


def test_what_stands_in_a_row_of_names_is_one_though_it_is_a_word_or_a_place() -> None:
    assert found("公示名单\n焦文明  敬小满  隆昌旺\n祁连  谷雨轩  乜志鹏 达瓦\n以上7人") == [
        "祁连",
        "达瓦",
    ]


def test_spaces_are_those_of_either_width() -> None:
    assert found("焦文明\u3000敬小满\u3000隆昌旺\u3000高峰") == ["高峰"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "焦文明 敬小满 祁连",
        "柳溪 石门 白鹭 黄龙 马鞍 焦文明 敬小满 隆昌旺 杏花",
        "焦文明 敬小满 隆昌旺 主任 党员 单位 高级",
        "焦文明 敬小满 隆昌旺 祁连山下的人",
    ],
)
def test_words_and_rows_of_something_else_hold_none(text: str) -> None:
    assert found(text) == []
