"""What is put over a value that wraps: masks share out over its lines."""

from __future__ import annotations

import pytest

from redact.page.block import TextBlock
from redact.page.gap import exact_gaps_of, gaps_of
from redact.page.glyphs import Box, Glyph
from redact.page.lines import Run
from review.plan import Edit


def block(*lines: str) -> TextBlock:
    runs = [
        Run(tuple(Glyph(c, Box(n * 6, y, n * 6 + 6, y + 10), n * 6, n * 6 + 6, y + 5, 10)
                  for n, c in enumerate(line)))
        for y, line in zip(range(0, 100, 14), lines, strict=False)
    ]  # fmt: skip
    return TextBlock(tuple(runs))


WRAPPED = block("36073", "31984", "01190", "268")


@pytest.mark.parametrize(
    ("mask", "texts"),
    [
        ("***", ["*", "*", "*", "*"]),
        ("*****", ["*", "**", "*", "*"]),
        ("", ["", "", "", ""]),
        ("某人", ["某", "", "人", ""]),
    ],
)
def test_on_a_picture_every_line_of_a_number_looks_alike(mask: str, texts: list[str]) -> None:
    edit = Edit(0, 0, len(WRAPPED.text), mask, "a")
    assert [gap.text for gap in gaps_of(WRAPPED, [edit])] == texts


def test_a_text_that_is_rewritten_gets_no_more_signs_than_its_mask_has() -> None:
    edit = Edit(0, 0, len(WRAPPED.text), "***", "a")
    assert "".join(gap.text for gap in exact_gaps_of(WRAPPED, [edit])) == "***"


def test_a_gap_of_signs_whose_ink_is_known_reaches_no_further() -> None:
    (gap,) = gaps_of(block("36073"), [Edit(0, 0, 5, "", "a")])
    assert gap._replace(inked=True).surroundings == gap.box
    assert gap.surroundings.around(gap.box) == gap.surroundings != gap.box
