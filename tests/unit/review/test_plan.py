"""What a plan takes out is told to the verifier as values that can be missed."""

from __future__ import annotations

import pytest

from review.document import plain_document
from review.plan import Edit, RedactionPlan, removed_values


def removed(*pieces: str) -> tuple[str, ...]:
    """Take out one thing that stands in these blocks."""
    document = plain_document(list(pieces))
    edits = tuple(Edit(n, 0, len(piece), "", "F1") for n, piece in enumerate(pieces))
    return removed_values(document, RedactionPlan(document.digest, "", "general", (), edits))


def test_of_a_number_one_digit_to_a_box_the_number_is_the_value_and_no_digit() -> None:
    assert removed(*"13876502341") == ("13876502341",)


@pytest.mark.parametrize("pieces", [("138", "76502341"), ("覃", "勇")])
def test_a_piece_that_tells_something_by_itself_is_a_value_beside_the_whole(
    pieces: tuple[str, ...],
) -> None:
    assert set(removed(*pieces)) == {"".join(pieces), *pieces}


def test_what_stands_whole_is_a_value_however_short() -> None:
    assert removed("36") == ("36",)
