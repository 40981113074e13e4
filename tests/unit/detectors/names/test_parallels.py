"""A name that reads like a word is told by the names that begin the pieces beside its own."""

from __future__ import annotations

import pytest

from detectors.names.parallels import parallels
from detectors.text.vocabulary import name_statistics, word_list

FOUND = {"邢阿福", "官晓峰", "温有水", "温阿梅"}


def found(text: str) -> list[str]:
    def unnamed(start: int, end: int) -> bool:
        return text[start:end] not in FOUND

    hits = parallels(text, word_list(), name_statistics(), unnamed)
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1.邢阿福，胃病；2.桂圆，出血；3.茅台山，头疼；4.官晓峰，咳嗽。", ["桂圆", "茅台山"]),
        ("村民温有水家5人、温阿梅家2人（卧床）、蓝天家3人。", ["蓝天"]),
        ("邢阿福（南浦镇）、战旗（大湖镇）、官晓峰（城关镇）", ["战旗"]),
    ],
)
def test_pieces_alike_begin_with_names_alike(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.邢阿福，组长；2.加强领导，落实责任；3.工作，安排；",
        "1.邢阿福，组长；2.官晓峰，副组长；3.工作，安排；4.负责人，待定；5.王某，成员。",
        "邢阿福（组长）、财政局（成员单位）、官晓峰（成员）",
        "邢阿福（组长）、战旗（大湖镇）",
    ],
)
def test_words_offices_and_masked_names_among_names_are_none(text: str) -> None:
    assert found(text) == []
