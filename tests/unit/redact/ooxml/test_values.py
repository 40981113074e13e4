"""Which names of fonts may stay as they are."""

from __future__ import annotations

import pytest

from redact.ooxml.values import is_safe_font


@pytest.mark.parametrize(
    "name", ["Times New Roman", "仿宋_GB2312", "方正小标宋简体", "SimSun GB18030"]
)
def test_a_name_that_looks_like_that_of_a_font_may_stay(name: str) -> None:
    assert is_safe_font(name)


@pytest.mark.parametrize("name", ["Font 13812345678", "A110105194912310021", "张三丰", "F 123456"])
def test_one_that_could_tell_a_number_or_a_person_may_not(name: str) -> None:
    assert not is_safe_font(name)
