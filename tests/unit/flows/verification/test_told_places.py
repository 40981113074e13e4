"""Places of which the same is told are put together."""

from __future__ import annotations

from flows.verification.told_places import listed, still_read

STILL = "仍能读到应隐去的内容。"


def test_numbers_within_one_part_stand_behind_its_name_once() -> None:
    places = ["正文第 3 段", "正文第 4 段", "工作表单元格 C3", "工作表单元格 D3", "文档属性"]
    assert listed(places) == "正文第 3、4 段、工作表单元格 C3、D3、文档属性"


def test_of_very_many_places_the_first_are_named_and_all_are_counted() -> None:
    told = listed([f"正文第 {n} 段" for n in range(1, 101)])
    assert told.startswith("正文第 1、2、3")
    assert told.endswith("20 段等 100 处")


def test_what_says_more_than_a_place_stays_a_sentence() -> None:
    more = f"图片 1还有没遮住的手机号码（可能分成了几行或几格），{STILL}"
    assert still_read([f"页眉第 1 段{STILL}", more]) == (["页眉第 1 段"], [more])
