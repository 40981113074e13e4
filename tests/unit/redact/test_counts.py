"""Whole numbers of a draft are short and in ASCII digits; anything else is none."""

from __future__ import annotations

import pytest

from redact.counts import whole_number


def test_a_whole_number_is_read() -> None:
    assert whole_number("0") == 0
    assert whole_number("000120") == 120
    assert whole_number("123", digits=3) == 123


@pytest.mark.parametrize(
    "text", [None, "", "-1", "+1", " 1", "1.0", "²", "１２", "一", "1" * 5_000]
)
def test_nothing_else_is_one_and_nothing_breaks(text: str | None) -> None:
    assert whole_number(text) is None


def test_a_number_of_more_digits_than_asked_for_is_none() -> None:
    assert whole_number("1234", digits=3) is None
