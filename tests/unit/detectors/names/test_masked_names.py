"""Names that the draft has masked already are seen, and unnamed things are not taken for them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from detectors.base import Hit, Passage
from detectors.names.masked_names import MaskedNameRecognizer, parse
from review.finding import Entity, Role

RECOGNIZER = MaskedNameRecognizer()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("当事人张某某，男，汉族", ["张某某"]),
        ("原告张某诉被告李某甲、陈某2一案", ["张某", "李某甲", "陈某2"]),
        ("王**、王×、赵××、张*国、司徒*", ["王**", "王×", "赵××", "张*国", "司徒*"]),
        ("孙＊＊与周Ｘｘ、吴xx签字", ["孙＊＊", "周Ｘｘ", "吴xx"]),
        ("欧阳某某家中", ["欧阳某某"]),
        ("张某1月1日到场", ["张某"]),
        ("姓名：某某某", ["某某某"]),
        ("联系人：某某", ["某某"]),
        ("任某，男", ["任某"]),
        ("户主王*领取补助", ["王*"]),
        ("李*国一案，张*国的住房，姓名：王×华系户主", ["李*国", "张*国", "王×华"]),
    ],
)
def test_a_masked_name_is_found_whole(
    found: Callable[..., list[str]], text: str, names: list[str]
) -> None:
    assert sorted(found(RECOGNIZER, text)) == sorted(names)


@pytest.mark.parametrize(
    "text",
    [
        "某某局、某镇、某公司、某日、某年某月",
        "江某某商行与张某某建材经营部、白某公司",
        "由于某些原因，对方某一方要求甲方某项目停工",
        "某某某表示",
        "于某日在某地，同某单位签订，向某县反映，任某职务",
        "房间长×宽×高，高×宽，2×3，面积按单价×数量",
        "二○一八年，万○五百",
        "**重点工作方**与*王*，**王**，男",
        "李xx12、王*2、石**kwargs",
        "",
    ],
)
def test_what_is_unnamed_and_no_person_is_left_alone(
    found: Callable[..., list[str]], text: str
) -> None:
    assert found(RECOGNIZER, text) == []


def test_a_masked_name_bears_its_role_and_a_reason() -> None:
    (hit,) = RECOGNIZER.find(Passage("举报人张某某反映"))
    assert hit == Hit(Entity.PERSON, 3, 6, 0.9, "姓名已作隐名处理", Role.MASKED)


@pytest.mark.parametrize(
    ("mask", "surname", "given", "fits"),
    [
        ("张某", "张", "伟", True),
        ("张某某", "张", "建国", True),
        ("张某某", "李", "建国", False),
        ("张某甲", "张", "建国", False),
        ("张*国", "张", "建国", True),
        ("张*国", "张", "建军", False),
        ("张*国", "张", "国", False),
        ("张*", "张", "建国", True),
        ("张**", "张", "建国", True),
        ("张**", "张", "伟", False),
        ("欧阳*", "欧阳", "锋", True),
    ],
)
def test_a_mask_fits_the_names_that_it_may_hide(
    mask: str, surname: str, given: str, fits: bool
) -> None:
    read = parse(mask)
    assert read is not None
    assert read.fits(surname, given) is fits


@pytest.mark.parametrize("text", ["", "张建国", "张", "a**", "John", "**", "某张"])
def test_what_hides_nobody_is_no_mask(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("text", ["张*" * 20_000, "张某" * 20_000, "王**" * 20_000, "某" * 50_000])
def test_monotonous_text_does_not_slow_it_down(text: str) -> None:
    list(RECOGNIZER.find(Passage("张某")))
    began = time.process_time()
    list(RECOGNIZER.find(Passage(text)))
    assert time.process_time() - began < 2
