from __future__ import annotations

import time

import pytest

from detectors.names.headed_lists import headed_lists
from detectors.text.vocabulary import name_statistics, word_list


def found(text: str) -> list[str]:
    hits = headed_lists(text, word_list(), name_statistics())
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("一年级（2）班：童话、丁香、牧歌、江小鱼", ["童话", "丁香", "牧歌", "江小鱼"]),
        ("护林员：林森、丛林、安心（组长）。", ["林森", "丛林", "安心"]),
        ("请以下农户清理门前杂物：常青、苗壮、安心；", ["常青", "苗壮", "安心"]),
        ("名单如下：常青、苗壮、安心等6人", ["常青", "苗壮", "安心"]),
    ],
)
def test_behind_a_head_for_people_words_are_names(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "参加人员：党员、干部、群众。",
        "重点人员：司机、保安、厨师、护士。",
        "村民反映的问题：道路、水渠、路灯。",
        "单位名单：江苏、安徽、江西。",
        "入户宣传：防火、防汛、防溺水。",
        "管理人员：经理、会计、主任",
        "护林员：林森、丛林",
    ],
)
def test_callings_things_and_places_are_none(text: str) -> None:
    assert found(text) == []


def test_the_time_grows_with_the_text_alone() -> None:
    def seconds(length: int) -> float:
        text = ("名单：" + "常青、" * length)[:length]
        begin = time.process_time()
        found(text)
        return time.process_time() - begin

    assert seconds(64_000) < 24 * max(seconds(8_000), 0.002)
