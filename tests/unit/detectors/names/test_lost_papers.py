from __future__ import annotations

import pytest

from detectors.names.lost_papers import lost_papers
from detectors.text.vocabulary import name_statistics, word_list


def found(text: str) -> list[str]:
    hits = lost_papers(text, word_list(), name_statistics())
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("遗失声明\n　　平安遗失机动车登记证书，声明作废。", ["平安"]),
        ("高山不慎将驾驶证遗失；康乐、康健遗失拆迁安置协议各一份。", ["高山", "康乐", "康健"]),
        ("遗失时光、时雨房屋产权证一本，声明作废。", ["时光", "时雨"]),
        ("遗失安宁身份证一张。", ["安宁"]),
    ],
)
def test_a_notice_of_loss_names_whoever_lost_a_paper(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "单位遗失公章一枚。",
        "本人遗失身份证一张。",
        "因故遗失身份证的，应当挂失。",
        "安泰商店遗失营业执照正本。",
        "旅客方便时认领。平安里站遗失物品招领。",
    ],
)
def test_what_a_notice_of_loss_says_of_nobody_is_no_name(text: str) -> None:
    assert found(text) == []
