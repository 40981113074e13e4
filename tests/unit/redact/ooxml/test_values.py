"""Which names of fonts and which declarations of style may stay as they are."""

from __future__ import annotations

import pytest
from lxml import etree

from redact.odf.values import is_shaped
from redact.ooxml.parts import A, V
from redact.ooxml.values import clean_attributes, clean_css, is_safe_font, is_simple


@pytest.mark.parametrize(
    "name", ["Times New Roman", "仿宋_GB2312", "方正小标宋简体", "SimSun GB18030"]
)
def test_a_name_that_looks_like_that_of_a_font_may_stay(name: str) -> None:
    assert is_safe_font(name)


@pytest.mark.parametrize(
    "name", ["Font 13812345678", "A110105194912310021", "张三丰", "F 123456", "F 138-0013-8000"]
)
def test_one_that_could_tell_a_number_or_a_person_may_not(name: str) -> None:
    assert not is_safe_font(name)


def test_of_a_style_the_measures_stay_and_nothing_that_hides_or_tells() -> None:
    given = "width:3pt;visibility:hidden;display:none;height:13812345678;left:钱多多;z-index:-1"
    assert clean_css(given) == "width:3pt;z-index:-1"


def cleaned(namespace: str, attributes: str, tag: str = "gd") -> dict[str, str]:
    element = etree.fromstring(f'<x:{tag} xmlns:x="{namespace}" {attributes}/>')
    clean_attributes(element)
    return {str(name): str(value) for name, value in element.items()}


@pytest.mark.parametrize("value", ["13812345678", "val 13812345678", "*/ w 13812345678 2", "张三"])
def test_a_formula_of_a_shape_holds_no_number_as_long_as_a_telephones(value: str) -> None:
    assert cleaned(A, f'fmla="{value}"') == {}
    assert cleaned(V, f'eqn="{value}"') == {}


def test_a_formula_that_only_reckons_stays() -> None:
    assert cleaned(A, 'fmla="*/ w 1 2"') == {"fmla": "*/ w 1 2"}
    assert cleaned(V, 'eqn="sum #0 0 10800"') == {"eqn": "sum #0 0 10800"}


@pytest.mark.parametrize("value", ["lvl9pPr", "ideographDigital", "accent6", "B7DEE812", "1440"])
def test_a_word_of_the_schema_and_a_measure_may_stay(value: str) -> None:
    assert is_simple(value)
    assert is_shaped(value)


@pytest.mark.parametrize("value", ["a13812345678", "x110105194912310021", "13812345678"])
def test_a_number_that_poses_as_a_word_may_not(value: str) -> None:
    assert not is_simple(value)
    assert not is_shaped(value)


@pytest.mark.parametrize("name", ["bmk", "matchingName", "class", "althref", "name", "tooltip"])
def test_a_string_of_anybodys_choosing_goes_even_where_it_is_one_word(name: str) -> None:
    assert cleaned(A, f'{name}="ZhangSan"', "rPr") == {}
    assert cleaned(V, f'{name}="ZhangSan"', "shape") == {}
