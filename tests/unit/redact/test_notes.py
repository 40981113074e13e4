"""What readers tell people of many pages."""

from __future__ import annotations

import pytest

from redact.notes import by_pages, page_numbers
from review.document import Note, Severity


def test_what_is_said_of_several_pages_is_said_once_with_their_numbers() -> None:
    fonts = [Note("font", f"第{n}页缺字体。", Severity.PERSON) for n in (1, 2, *range(5, 41))]
    other, of_file = Note("scan", "第3页缺字体。"), Note("layers", "含有图层。")
    assert by_pages([of_file, *fonts[:5], other, *fonts[5:]]) == [
        of_file,
        Note("font", "第 1、2、5–40 页缺字体。", Severity.PERSON),
        other,
    ]


def test_what_differs_between_pages_stays_apart() -> None:
    notes = [Note("scan", "第1页看不清。"), Note("scan", "第2页有印章。")]
    assert by_pages(notes) == notes


@pytest.mark.parametrize(
    ("pages", "told"), [([3], "3"), ([2, 1], "1、2"), ([7, 1, 2, 3, 3], "1–3、7"), ([], "")]
)
def test_long_runs_of_pages_are_told_by_their_ends(pages: list[int], told: str) -> None:
    assert page_numbers(pages) == told
