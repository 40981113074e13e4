"""Where places of a text stand after its edits."""

from __future__ import annotations

import pytest

from review.plan import Edit, Moves, apply_edits

TEXT = "甲张伟乙13812345678丙丁"
EDITS = (Edit(0, 1, 3, "张某某", ""), Edit(0, 4, 15, "", ""), Edit(0, 16, 16, "……", ""))


@pytest.mark.parametrize("sign", "甲乙丙丁")
def test_what_is_not_edited_is_found_again(sign: str) -> None:
    place = TEXT.index(sign)
    shift, _ = Moves(EDITS).at(place)
    assert apply_edits(TEXT, EDITS)[place + shift] == sign


@pytest.mark.parametrize(("place", "number"), [(0, 0), (1, 0), (2, 0), (3, 1), (15, 2), (16, None)])
def test_the_next_edit_is_that_which_ends_behind_the_place(place: int, number: int | None) -> None:
    following = Moves(EDITS).at(place)[1]
    assert following == (None if number is None else EDITS[number])
