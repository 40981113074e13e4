"""Check digits are exact, digit by digit."""

from __future__ import annotations

import pytest

from review import checks

ID_CARD, CARD, CODE = "110101199003078670", "4539578763621486", "9144030071526726XG"


@pytest.mark.parametrize("number", [ID_CARD, "32010620050101123X", "32010620050101123x"])
def test_accepts_identity_numbers(number):
    assert checks.id_card(number)


@pytest.mark.parametrize(
    "number",
    ["", "11010119900307867", "110101199002308670", "990101199003078670", "11010119900307867a"],
)
def test_refuses_what_is_no_identity_number(number):
    assert not checks.id_card(number)


@pytest.mark.parametrize(
    ("check", "number", "signs"),
    [
        (checks.id_card, ID_CARD, "0123456789"),
        (checks.luhn, CARD, "0123456789"),
        (checks.uscc, CODE, "0123456789ABCDEFGHJKLMNPQRTUWXY"),
    ],
)
def test_one_changed_sign_is_noticed(check, number, signs):
    for place, old in enumerate(number):
        for new in set(signs) - {old}:
            assert not check(number[:place] + new + number[place + 1 :])


def test_credit_code_knows_no_letters_that_look_like_digits():
    assert checks.uscc(CODE)
    assert not checks.uscc("I" + CODE[1:])
    assert not checks.uscc(CODE[:17])


@pytest.mark.parametrize(
    ("number", "plausible"), [("110101900307867", True), ("110101901307867", False)]
)
def test_old_numbers_are_judged_by_region_and_birthday(number, plausible):
    assert checks.id_card_plausible(number) is plausible
