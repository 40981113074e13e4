"""Numbers in boxes, over borders of cells and in lines of a column, and figures that are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

import pytest

from redact.page.block import TextBlock
from redact.page.gathered import gather_numbers
from redact.page.glyphs import Box, Glyph
from redact.page.layout import PageLayout
from redact.page.lines import Run
from redact.page.rules import RuledPage

MOBILE, IDENTITY, CARD = "13951293663", "329826195402264838", "6217380279361074614"
EM = 10.0


def row(
    text: str, *, x: float = 100.0, y: float = 50.0, step: float = 5.5, order: Iterator[int]
) -> list[Glyph]:
    """Set signs at even steps on a row, sizes in points; a blank only takes its room."""
    return [
        Glyph(
            sign,
            Box(x + step * n, y - EM / 2, x + step * n + 5, y + EM / 2),
            x + step * n,
            x + step * n + 5,
            y,
            EM,
            order=next(order),
        )
        for n, sign in enumerate(text)
        if sign != " "
    ]


def texts(*rows: Iterable[Glyph], rules: Iterable[Box] = ()) -> list[str]:
    glyphs = [glyph for each in rows for glyph in each]
    return [
        block.text for block in PageLayout().blocks(RuledPage((600, 800), tuple(rules)), glyphs)
    ]


def grid(xs: Iterable[float], ys: Iterable[float]) -> list[Box]:
    xs, ys = list(xs), list(ys)
    down = [Box(x, ys[0], x, ys[-1]) for x in xs]
    return [*down, *(Box(xs[0], y, xs[-1], y) for y in ys)]


@pytest.mark.parametrize("number", [MOBILE, CARD])
@pytest.mark.parametrize("step", [11.0, 14.0, 24.0])
def test_a_number_with_a_box_for_each_digit_is_one(number: str, step: float) -> None:
    order = count()
    boxes = grid((98 + step * n for n in range(len(number) + 1)), (40, 60))
    found = texts(row("联系电话", x=20, step=10, order=order), row(number, step=step, order=order),
                  rules=boxes)  # fmt: skip
    assert number in found


def test_boxes_in_two_rows_are_one_number() -> None:
    order = count()
    rules = grid((98 + 14 * n for n in range(10)), (40, 57, 74))
    upper = row(IDENTITY[:9], step=14, y=48, order=order)
    assert IDENTITY in texts(upper, row(IDENTITY[9:], step=14, y=65, order=order), rules=rules)


def test_numbers_that_wrap_in_unruled_columns_are_whole() -> None:
    order = count()
    upper = row(f"{IDENTITY[:10]} {MOBILE[:8]} {CARD[:10]}", order=order)
    lower = row(f"{IDENTITY[10:]}   {MOBILE[8:]}      {CARD[10:]}", y=62, order=order)
    assert {IDENTITY, MOBILE, CARD} <= set(texts(upper, lower))


def test_a_digit_read_in_the_next_cell_comes_back_to_its_number() -> None:
    order = count()
    text = f"{IDENTITY}{MOBILE}"
    # The border lies a digit too far to the left.
    rules = grid((98, 98 + 5.5 * 17, 98 + 5.5 * 29), (40, 60, 80))
    assert {IDENTITY, MOBILE} <= set(texts(row(text, order=order), rules=rules))


def test_the_rest_of_a_block_stays_with_a_space_for_the_number() -> None:
    order = count()
    upper = row(f"甲 {MOBILE[:6]} 乙", order=order)
    lower = row(MOBILE[6:], x=111, y=62, order=order)
    assert texts(upper, lower) == ["甲 乙", MOBILE]


def test_columns_whose_pieces_make_a_sound_number_side_by_side_stay_apart() -> None:
    order = count()
    # 195512 beside 00773 and 320482200209 beside 187521 are sound by chance.
    for one, other in (("195512", "00773"), ("320482200209", "187521")):
        assert not gather_numbers(_blocks(row(f"{one} {other}", step=6, order=order)))[1]


def test_an_account_that_holds_a_sound_number_stays_whole() -> None:
    # Its first 18 digits are a sound card, too; the second begins with an identity number.
    for account in ("6299997901060270762", f"{IDENTITY}5"):
        blocks = _blocks(row(account, order=count()))
        assert gather_numbers(blocks) == (blocks, [])


@pytest.mark.parametrize("account", ["6299997901060270762", "6299997901060270769"])
def test_an_account_beside_another_column_loses_no_digit(account: str) -> None:
    order = count()
    rules = grid((98, 98 + 5.5 * 19, 98 + 5.5 * 25), (40, 60, 80))
    assert account in texts(row(f"{account}181104", order=order), rules=rules)


def test_figures_under_each_other_are_no_number() -> None:
    order = count()
    far = [row(MOBILE[:6], order=order), row(MOBILE[6:], y=72, order=order)]
    assert not gather_numbers(_blocks(*far))[1]
    aside = [row(MOBILE[:4], x=120, order=order), row(MOBILE[4:], y=62, x=100, order=order)]
    assert not gather_numbers(_blocks(*aside))[1]
    money = [row(MOBILE[:6], order=order), row(f"{MOBILE[6:]}.50", y=62, order=order)]
    assert not gather_numbers(_blocks(*money))[1]


def test_a_column_of_figures_that_goes_on_above_and_below_is_no_number() -> None:
    order = count()
    figures = ["4821", "1537", "8172", "131", "905"]
    column = [row(text, y=50 + 13 * n, order=order) for n, text in enumerate(figures)]
    assert not gather_numbers(_blocks(*column))[1]
    assert gather_numbers(_blocks(*column[1:4]))[1]


def test_what_a_block_holds_whole_stays_in_it() -> None:
    order = count()
    block = row(f"电话{MOBILE}", order=order)
    longer = row(f"{MOBILE}45", y=90, order=order)
    assert not gather_numbers(_blocks(block, longer))[1]


@pytest.mark.parametrize("figure", ["31", "3.5", "4182"])
@pytest.mark.parametrize("begins", [True, False])
def test_a_number_that_meets_the_text_of_the_next_cell_is_whole(figure: str, begins: bool) -> None:
    texts = (MOBILE, figure) if begins else (figure.replace(".", ""), MOBILE)
    block = row("".join(texts), order=count())
    (left,), (found,) = gather_numbers(_blocks(block), (0, len(texts[0])))
    assert (found.block.text, found.leads) == (MOBILE, begins)
    assert left is not None
    assert left.text == texts[begins]


def test_digits_painted_one_by_one_or_in_other_parts_are_no_two_cells() -> None:
    account = f"{MOBILE}204817"
    for strings in (range(len(account)), (0, 6), (0, 10), (0, 14, 15)):
        blocks = _blocks(row(account, order=count()))
        assert gather_numbers(blocks, strings) == (blocks, [])


def _blocks(*rows: Iterable[Glyph]) -> list[TextBlock]:
    return [TextBlock((Run(tuple(each)),)) for each in rows]
