"""Names and numbers whose signs stand one under the other, and columns of tables that do not."""

from __future__ import annotations

from itertools import count

import pytest

from redact.page.glyphs import Box, Glyph
from redact.page.layout import PageLayout
from redact.page.rules import RuledPage

EM = 10.0
MOBILE = "13951293663"
Text = tuple[float, float, str]


def _glyphs(order: count[int], x: float, y: float, text: str, down: float = 0.0) -> list[Glyph]:
    """Set a text along a line, or downwards by a pitch."""
    found, left, top = [], x, y
    for sign in text:
        wide = EM if ord(sign) > 127 else EM / 2
        at = left - wide / 2 if down else left
        box = Box(at, top, at + wide, top + EM)
        found.append(Glyph(sign, box, at, at + wide, top + EM / 2, EM, order=next(order)))
        left, top = (left, top + down) if down else (left + wide, top)
    return found


def _texts(
    down: list[Text], along: list[Text], pitch: float, rules: tuple[Box, ...] = ()
) -> list[str]:
    order = count()
    glyphs = [g for text in along for g in _glyphs(order, *text)]
    glyphs += [g for text in down for g in _glyphs(order, *text, pitch)]
    return [block.text for block in PageLayout().blocks(RuledPage((600, 800), rules), glyphs)]


@pytest.mark.parametrize("pitch", [11.0, 13.0, 18.0, 25.0, 38.0])
def test_signs_under_each_other_are_one_text(pitch: float) -> None:
    assert _texts([(100, 80, "申请人周桂英")], [], pitch) == ["申请人周桂英"]


@pytest.mark.parametrize("pitch", [11.0, 13.0, 18.0])
def test_texts_that_run_down_side_by_side_are_each_one(pitch: float) -> None:
    names = ["周桂英", "覃志远", "吴小燕"]
    found = _texts([(100 + 50 * n, 80, name) for n, name in enumerate(names)], [], pitch)
    assert sorted(found) == sorted(names)


def test_a_name_that_goes_on_in_the_next_column_of_vertical_writing_is_whole() -> None:
    columns = ["今有本镇新安村的村民覃志", "远因患重病住院向民政申请"]
    found = _texts([(300 - 20 * n, 80, text) for n, text in enumerate(columns)], [], 12.0)
    assert found == ["".join(columns)]


def test_a_text_that_runs_down_beside_lines_is_one() -> None:
    lines = [(100.0, 76 + 19.0 * n, "该户家庭人口四人经入户调查符合条件") for n in range(5)]
    assert "周桂英" in _texts([(60, 80, "周桂英")], lines, 14.0)


def test_a_number_under_its_label_is_read_with_it() -> None:
    assert _texts([(100, 80, f"电话{MOBILE}")], [], 13.0) == [f"电话{MOBILE}"]


def test_a_name_in_a_wide_cell_is_one() -> None:
    box = Box(60, 70, 140, 160)
    rules = [Box(x, 70, x, 160) for x in (60, 140, 220)] + [Box(60, y, 220, y) for y in (70, 160)]
    assert box.holds_centre(Box(95, 80, 105, 90))
    assert "周桂英" in _texts([(100, 80, "周桂英")], [], 24.0, tuple(rules))


@pytest.mark.parametrize("pitch", [13.0, 18.0, 25.0])
@pytest.mark.parametrize("column", ["男女女男", "3109"])
def test_entries_of_one_sign_in_rows_of_a_table_stay_apart(pitch: float, column: str) -> None:
    rows = [(60.0, 80 + pitch * n, "道路养护工程") for n in range(4)]
    found = _texts([(160, 80, column)], rows, pitch)
    assert all(sign in found for sign in column)


def test_entries_in_the_middle_of_rows_of_two_lines_stay_apart() -> None:
    rows = [(60.0, 80 + 32.0 * n + 13 * m, "道路养护工程") for n in range(4) for m in range(2)]
    found = _texts([(160, 86.5, "男女女男")], rows, 32.0)
    assert found.count("男") == 2


def test_rows_of_names_set_wide_are_read_along() -> None:
    order = count()
    glyphs = [
        glyph
        for row, name in enumerate(["周桂英", "覃志远", "吴小燕"])
        for n, sign in enumerate(name)
        for glyph in _glyphs(order, 100 + 40 * n, 80 + 20 * row, sign)
    ]
    blocks = PageLayout().blocks(RuledPage((600, 800), ()), glyphs)
    assert [block.text for block in blocks] == ["周桂英", "覃志远", "吴小燕"]


def test_single_figures_of_a_few_rows_make_no_text() -> None:
    assert _texts([(100, 80, "一18")], [], 15.0) == ["一", "1", "8"]
