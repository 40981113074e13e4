"""Columns that stand close together are read one after the other."""

from __future__ import annotations

import pytest

from redact.page.columns import columns_of
from redact.page.glyphs import Box, Glyph
from redact.page.lines import lines_of

LEFT = (
    "申请人赵小满身份证号码为一一",
    "三五〇一〇二一九九〇〇一〇一",
    "家住本区五四路一号二幢三零",
    "四室联系电话一三八七六五零",
)
RIGHT = (
    "上述情况经街道办事处审核属",
    "实同意上报区民政局审批请予",
    "支持以上说明如有不实愿承担",
    "一切责任特此说明并致敬意谢",
)


def _glyphs(apart: float, lines: int) -> list[Glyph]:
    found = []
    for row, pair in enumerate(zip(LEFT[:lines], RIGHT[:lines], strict=True)):
        for start, text in zip((0.0, 140 + apart), pair, strict=True):
            for n, sign in enumerate(text):
                x, y = start + 10 * n, row * 15.0
                found.append(Glyph(sign, Box(x, y, x + 10, y + 10), x, x + 10, y + 5, 10))
    return found


@pytest.mark.parametrize(
    ("apart", "lines", "parted"), [(6, 4, True), (10, 4, True), (10, 3, False), (0, 4, False)]
)
def test_close_columns_are_parted_where_space_goes_down_many_lines(
    apart: float, lines: int, parted: bool
) -> None:
    runs = [run.text for run in columns_of(list(lines_of(_glyphs(apart, lines))))]
    assert (runs[:2] == [LEFT[0], RIGHT[0]]) is parted


def test_a_line_across_ends_a_column_and_stays_whole() -> None:
    glyphs = _glyphs(10, 4)
    across = [g._replace(across=g.across - 15) for g in _glyphs(0, 1)]
    runs = [run.text for run in columns_of(list(lines_of([*across, *glyphs])))]
    assert runs[:3] == [LEFT[0] + RIGHT[0], LEFT[0], RIGHT[0]]


def test_labels_and_short_values_are_no_columns() -> None:
    rows = ("姓名 赵小满", "性别 女", "民族 汉", "学历 大学", "职务 科员")
    glyphs = [
        Glyph(sign, Box(10 * n, y, 10 * n + 10, y + 10), 10 * n, 10 * n + 10, y + 5, 10)
        for y, row in zip(range(0, 75, 15), rows, strict=True)
        for n, sign in enumerate(row)
    ]
    assert [run.text for run in columns_of(list(lines_of(glyphs)))] == list(rows)
