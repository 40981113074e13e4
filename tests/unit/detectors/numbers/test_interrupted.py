"""Numbers that a word in brackets interrupts, and figures with their units that are none."""

from __future__ import annotations

import pytest

from detectors.base import Passage
from detectors.numbers import mobile
from detectors.numbers.id_card import IdCardRecognizer
from detectors.text.normalise import normalise


@pytest.mark.parametrize(
    "text",
    [
        "1389（移动）1633777",
        "138（联通）12369877",
        "13633(本人手机)170982",
        "1363317（本人）0982",
    ],
)
@pytest.mark.parametrize("around", ["{}", "联系人{}，请联系。", "覃某某，{}、"])
def test_a_mobile_with_a_word_in_brackets_within_it_is_found_whole(text: str, around: str) -> None:
    whole = around.format(text)
    assert [whole[hit.start : hit.end] for hit in mobile.find(normalise(whole).text)] == [text]


def test_an_identity_number_with_a_word_within_it_is_found_whole() -> None:
    text = normalise("450102（广西）199001010012，住址").text
    digits = "45010219900101001"
    check = "10X98765432"[sum(int(d) * pow(2, 17 - n, 11) for n, d in enumerate(digits)) % 11]
    text = text.replace("199001010012", f"19900101001{check}")
    found = list(IdCardRecognizer().find(Passage(text)))
    assert [(hit.start, hit.end) for hit in found] == [(0, text.index(","))]


@pytest.mark.parametrize(
    "text",
    [
        "支出1389（万元）1633777（元）",
        "1389（平方米）1633777",
        "138（户）12369877（人）",
        "2026（第二批）0000123",
        "1389（移动）16337771",
        "编号A1389（移动）1633777",
    ],
)
def test_figures_with_units_and_other_lengths_are_no_mobile(text: str) -> None:
    assert not list(mobile.find(normalise(text).text))
