"""Texts painted over each other are taken apart, in time that does not explode with them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import accumulate

import pytest

from redact.ofd.format import OfdFormat
from redact.page.glyphs import Box, Glyph
from redact.page.lines import lines_of, overprinted, runs_of
from tests.fakes import ofd

SIGNS = "".join(map(chr, range(0x4E00, 0x4E00 + 20_000)))
LONG = 30


def test_many_texts_over_each_other_are_each_read_whole_and_soon() -> None:
    texts = [SIGNS[n * LONG : (n + 1) * LONG] for n in range(500)]
    data = ofd.package([ofd.page("".join(ofd.text(t, y=5 + n * 0.5) for n, t in enumerate(texts)))])
    start = time.process_time()
    document = OfdFormat().read(data)
    assert time.process_time() - start < 5
    assert sum(text in document.text for text in texts) == len(texts)


def _glyphs(*texts: tuple[float, str]) -> list[Glyph]:
    """Paint texts at one height, each from its place on, ten points a sign."""
    placed = [(x + 10 * n, sign) for x, text in texts for n, sign in enumerate(text)]
    return [
        Glyph(sign, Box(x, 0, x + 10, 10), x, x + 10, 5, 10, order=order)
        for order, (x, sign) in enumerate(placed)
    ]


@pytest.mark.parametrize("aside", [0, 2, 4, 5, 6, 8, 9, 10, 13])
@pytest.mark.parametrize("later", [("13922298145",), ("（略）",), ("1398", "5502"), ("无", "有")])
def test_what_is_typed_over_a_text_comes_between_none_of_its_signs(
    aside: float, later: Sequence[str]
) -> None:
    over = [(50 + aside + 70 * n, text) for n, text in enumerate(later)]
    runs = [run.text for run in runs_of(_glyphs((0, "联系电话：13878123698"), *over))]
    assert "联系电话：13878123698" in runs
    assert "".join(later) in "".join(runs).replace(" ", "")


@pytest.mark.parametrize("aside", [0, 0.3, 0.7])
def test_copies_of_a_text_that_make_it_bold_count_once(aside: float) -> None:
    copies = [(n * aside, "电话13878123698") for n in range(4)]
    assert [run.text for run in runs_of(_glyphs(*copies))] == ["电话13878123698"]


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ([(0, "联系电话：13878123698"), (55, "13922298145")], True),
        ([(0, "0123456789"), (-10, "0123456789"), (-60, "0123456789")], True),
        ([(0, "联系电话：13878123698"), (0.3, "联系电话：13878123698")], False),
        ([(0, "申请人：______________"), (45, "赵小满")], False),
        ([(0, "联系电话："), (50, "13878123698")], False),
    ],
)
def test_letters_and_digits_on_others_are_counted(
    texts: Sequence[tuple[float, str]], told: bool
) -> None:
    assert (overprinted(_glyphs(*texts)) > 3) is told


def _spread(text: str, *steps: float) -> list[Glyph]:
    """Set the signs of a text apart, ten points each, by steps between them."""
    places = [0.0, *accumulate(10 + step for step in steps)]
    return [g for x, sign in zip(places, text, strict=True) for g in _glyphs((x, sign))]


@pytest.mark.parametrize(
    ("text", "steps", "read"),
    [
        ("本人周桂英", (7, 7, 7, 7), "本人周桂英"),
        ("周桂英", (12, 12), "周桂英"),
        ("住址53号", (6, 6, 0, 6), "住址53 号"),
        ("姓名", (10,), "姓 名"),
        ("张伟李娜王芳", (0, 9, 0, 9, 0), "张伟 李娜 王芳"),
        ("得分859", (0, 0, 6, 6), "得分8 5 9"),
        ("申请人：周桂英", (0, 0, 0, 0, 45, 45), "申请人：周桂英"),
        ("周桂（签字）", (60, 0, 0, 0, 0), "周 桂（签字）"),
    ],
)
def test_a_line_set_wide_has_no_spaces(text: str, steps: Sequence[float], read: str) -> None:
    assert [run.text for run in runs_of(_spread(text, *steps))] == [read]


@pytest.mark.parametrize(
    ("text", "steps", "read"),
    [
        ("姓名李梅", (40, 80, 40), ["姓 名", "李 梅"]),
        ("张三李四", (10, 30, 10), ["张 三", "李 四"]),
        ("周桂英女三组", (0, 0, 30, 30, 0), ["周桂英", "女", "三组"]),
        # Heads of columns that stand closer to each other than their own signs do.
        ("项目单位金额", (50, 70, 50, 30, 50), list("项目单位金额")),
        # A name fills its column, and the next one begins close to it.
        ("李雪梅和平镇", (40, 40, 10, 0, 0), ["李雪梅", "和平镇"]),
        ("本人李雪梅三组", (0, 8, 40, 40, 8, 0), ["本人", "李雪梅", "三组"]),
        ("李雪梅和平镇", (40, 60, 10, 0, 0), ["李 雪", "梅 和平镇"]),
    ],
)
def test_signs_set_apart_are_one_text_only_where_nothing_is_nearer(
    text: str, steps: Sequence[float], read: Sequence[str]
) -> None:
    assert [run.text for run in runs_of(_spread(text, *steps))] == read


@pytest.mark.parametrize(("up", "read"), [(3, "手机13876502341 2"), (-2, "手机138765023412")])
def test_the_mark_of_a_note_is_no_digit_of_the_number_before_it(up: float, read: str) -> None:
    number = _glyphs((0, "手机13876502341"))
    mark = Glyph("2", Box(130, 0, 136, 6), 130, 136, 5 - up, 6, order=13)
    assert [run.text for run in runs_of([*number, mark])] == [read]


def test_blanks_painted_under_a_text_are_no_line() -> None:
    """Some report tools paint a space for every empty paragraph between the rows of a table."""
    below = [glyph._replace(across=glyph.across + 20) for glyph in _glyphs((0, "  "))]
    (line,) = lines_of([*_glyphs((0, "户主姓名")), *below])
    assert [run.text for run in line] == ["户主姓名"]
