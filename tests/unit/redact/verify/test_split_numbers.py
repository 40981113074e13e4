"""Numbers that stand on a page in pieces: joined by their places, whatever a reader cut."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

import pytest

from redact.verify.drawn import Drawn, Line, Sign
from redact.verify.number_kinds import Number
from redact.verify.split_numbers import kept_numbers, left_standing
from redact.verify.verifier import _READERS, IndependentVerifier, is_about_values
from redact.verify.views import Reading, drawn_view

EM = 10.0
ID, OTHER_ID, WITH_X = "350102198501011248", "510727196204260097", "51072720071112147X"
CARD, MOBILE = "6228394648206933252", "13812345678"
Placed = tuple[str, float, float]


def line(text: str, x: float, y: float, step: float = 0.55 * EM) -> Line:
    """Set a text from the left: Chinese signs are as wide as they are high."""
    signs, at = [], x
    for sign in text:
        wide = step if sign.isascii() else EM
        signs.append(Sign(sign, at + wide / 2, y))
        at += wide
    return Line(tuple(sign for sign in signs if sign.text != " "), 1.3 * EM, text)


def page(*placed: Placed) -> Drawn:
    return [line(*each) for each in placed]


def told(drawn: Drawn, kept: Sequence[str] = ()) -> dict[str, Number]:
    return {found.digits: found.kind for found in left_standing(drawn, kept)}


def wrapped(number: str, signs: int, x: float = 50, y: float = 0) -> Iterator[Placed]:
    """Write a number as a narrow cell wraps it."""
    pieces = [number[at : at + signs] for at in range(0, len(number), signs)]
    return ((piece, x, y + 14 * row) for row, piece in enumerate(pieces))


@pytest.mark.parametrize("signs", [3, 4, 5, 6, 7, 9, 10, 12, 17])
@pytest.mark.parametrize("number", [ID, WITH_X])
def test_an_identity_number_that_wraps_in_a_cell_is_seen(number: str, signs: int) -> None:
    beside = [("12", 20, 0), ("王某某", 120, 0), ("3300", 180, 0), ("3400", 180, 60)]
    assert told(page(*beside, *wrapped(number, signs))) == {number: Number.IDENTITY}


@pytest.mark.parametrize("signs", [5, 6, 8, 10, 16])
def test_a_card_that_wraps_in_a_cell_is_seen(signs: int) -> None:
    assert told(page(*wrapped(CARD, signs))) == {CARD: Number.CARD}


@pytest.mark.parametrize("signs", [4, 6, 7, 8, 9])
def test_a_mobile_that_wraps_in_a_cell_is_seen(signs: int) -> None:
    row = [("1", 0, 0), ("王某某", 15, 0), ("560.00", 120, 0), ("2", 0, 60), ("李某", 15, 60)]
    assert told(page(*row, *wrapped(MOBILE, signs))) == {MOBILE: Number.MOBILE}


def test_a_last_digit_that_is_read_of_smaller_size_belongs_to_its_number() -> None:
    *full, last = page(*wrapped(CARD, 6))
    drawn = [Line((), EM, " "), *full, last._replace(size=last.size / 1.55)]
    assert told(drawn) == {CARD: Number.CARD}


def test_mobiles_that_wrap_in_each_row_are_seen_though_rows_are_as_far_apart_as_lines() -> None:
    numbers = ["13812345678", "15987654321", "18600001111"]
    rows = [each for n, number in enumerate(numbers) for each in wrapped(number, 7, 50, 28 * n)]
    assert set(told(page(*rows))) == set(numbers)


@pytest.mark.parametrize(
    "placed",
    [
        [("350102", 0, 0), ("19850101", 60, 0), ("1248", 130, 0)],
        [(sign, 16 * n, 0) for n, sign in enumerate(ID)],
        [("身份证号码350102", 0, 0), ("198501011248", 0, 14)],
        [("当事人的身份证号码为35010219850", 20, 0), ("1011248，住某县。", 0, 16)],
        [("王某 350102198", 0, 0), ("501011248", 35, 14), ("某", 0, 14)],
        [("35O102l98", 50, 0), ("501011248", 50, 14)],
        [("３５０１０２１９８", 50, 0, EM), ("５０１０１１２４８", 50, 14, EM)],
        [("|350102198", 50, 0), ("501011248|", 55, 14)],
        [("1 王某 350102198  560.00", 0, 0), ("501011248", 38.5, 14)],
    ],
    ids=["cells", "boxes", "label", "prose", "row", "letters", "wide", "borders", "figures"],
)
def test_an_identity_number_is_seen_however_it_is_parted(placed: list[Placed]) -> None:
    assert told(page(*placed)) == {ID: Number.IDENTITY}


@pytest.mark.parametrize("degrees", [1.5, -2, 90, 180, 270, 91])
def test_a_tilted_or_turned_page_is_read_along_its_lines(degrees: float) -> None:
    angle = math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    level = page(("补助对象名单（第一批）公示表", 0, -30), ("张某", 0, 0), *wrapped(ID, 6))
    turned = [
        Line(
            tuple(Sign(t, x * cos - y * sin, x * sin + y * cos) for t, x, y in each.signs),
            each.size,
            each.text,
        )
        for each in level
    ]
    assert told(turned) == {ID: Number.IDENTITY}


@pytest.mark.parametrize(
    "placed",
    [
        [("6228", 0, 0), ("3946", 40, 0), ("4820", 80, 0), ("6933", 120, 0), ("252", 160, 0)],
        [("刘某，号码6228394", 0, 0), ("648206933252，住武", 0, 14)],
        [(sign, 50, 14 * row) for row, sign in enumerate(CARD)],
    ],
    ids=["cells", "prose", "down"],
)
def test_a_card_is_seen_however_it_is_parted(placed: list[Placed]) -> None:
    assert told(page(*placed)) == {CARD: Number.CARD}


def test_a_number_on_one_line_is_seen_and_said_to_be_whole() -> None:
    drawn = page(("电话138 1234 5678", 0, 0), (f"身份证{ID}。", 0, 20), (f"卡号{CARD}", 0, 40))
    assert {(f.digits, f.whole) for f in left_standing(drawn, ())} == {
        (MOBILE, True),
        (ID, True),
        (CARD, True),
    }


def test_what_detectors_saw_whole_and_the_plan_keeps_is_not_told() -> None:
    kept = kept_numbers(
        ["咨询电话：138-1234-5678", f"账号 {CARD[:6]} {CARD[6:]}", f"{ID[:9]}\n{ID[9:]}"]
    )
    drawn = page((MOBILE, 0, 0), *wrapped(CARD, 8, 50, 30), *wrapped(ID, 9, 200, 30))
    assert told(drawn, kept) == {}
    # A second recogniser may take a sign of it for another, or see one more.
    assert told(page(("13812345673", 0, 0)), kept) == {}
    assert told(page((MOBILE, 0, 0)), ["1381234567"]) == {}
    # What merely begins like it, or stands in two texts, was not seen.
    assert told(page((MOBILE, 0, 0)), kept_numbers([MOBILE[:7], MOBILE[7:]])) != {}
    assert told(page((MOBILE, 0, 0)), kept_numbers([f"{MOBILE[:7]} 560.00{MOBILE[7:]}"])) != {}


@pytest.mark.parametrize(
    "placed",
    [
        [("350102****", 50, 0), ("****011248", 50, 14)],
        [("350102198501", 50, 0), ("某某", 50, 14), ("011248", 50, 28)],
        [("350102.198", 50, 0), ("501011248", 50, 14)],
        [("CN350102198", 50, 0), ("501011248", 50, 14)],
        [("350102198", 50, 0), ("501011248元", 50, 14)],
        [("350102198", 50, 0), ("501011248", 50, 60)],
        [("350102198", 50, 0), ("501011248", 250, 14)],
        [("350102198", 50, 0), ("501011249", 50, 14)],
        [*wrapped("13812345678", 6, 50), ("乡镇", 0, 0), ("村组", 0, 14)],
        [("138123", 50, 0), ("45678", 55.5, 14)],
        [("12345678", 50, 0), ("138", 50, 14), ("8", 50, 28)],
    ],
)
def test_what_is_masked_or_no_number_together_is_not_told(placed: list[Placed]) -> None:
    assert told(page(*placed)) == {}


def test_figures_of_two_columns_that_nearly_touch_are_no_mobiles() -> None:
    rows = ["17143393739", "37821181078", "34511043386", "4462879642", "923414440661"]
    assert told(page(*((text, 50, 14 * row) for row, text in enumerate(rows)))) == {}
    assert told(page(*((text, 50, 14 * row) for row, text in enumerate(rows[:3])))) != {}


def table(seed: int) -> Drawn:
    """Draw a dense table of figures: counts, years, months, codes of regions and budgets."""
    chance = random.Random(seed)
    kinds = [
        lambda row: str(chance.randint(100_000, 999_999)),
        lambda row: str(int(10 ** chance.uniform(2, 6))),
        lambda row: f"4501{chance.randint(1, 40):02}",
        lambda row: (
            f"20{chance.randint(10, 26)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        ),
        lambda row: str(2_010_000 + 100 * chance.randint(1, 30)),
        lambda row: f"1{chance.randint(3, 9)}{chance.randint(10, 9_999)}",
        lambda row: f"{chance.uniform(10, 9_999):.2f}",
        lambda row: str(row + 1),
    ]
    columns = [("乡镇", 0.0), *((chance.choice(kinds), 60 + 60.0 * n) for n in range(9))]
    aligned, pitch = chance.choice([0, 0.5, 1]), chance.choice([14, 16, 20])

    def cells() -> Iterator[Placed]:
        for row in range(25):
            for kind, x in columns:
                text = kind if isinstance(kind, str) else kind(row)
                yield text, x + aligned * (50 - 5.5 * len(text)), pitch * row

    return page(*cells())


def test_tables_of_figures_hold_no_number_of_a_person() -> None:
    assert [seed for seed in range(12) if told(table(seed))] == []


def test_an_identity_number_among_the_figures_of_a_table_is_seen_all_the_same() -> None:
    for seed in range(4):
        drawn = [*table(seed), *page(("王某", 700, 0), *wrapped(OTHER_ID, 9, 730, 0))]
        assert told(drawn) == {OTHER_ID: Number.IDENTITY}


def test_the_verifier_tells_of_a_number_that_no_plan_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = drawn_view([("图片 1", page(*wrapped(ID, 9)))])
    monkeypatch.setitem(_READERS, "image", lambda output: Reading((seen,)))
    verify = IndependentVerifier().verify
    (complaint,) = verify("image", b"", {}, ())
    assert is_about_values(complaint)
    assert "图片 1还有没遮住的身份证号码" in complaint
    assert verify("image", b"", {}, kept_numbers([ID])) == ()
    assert verify("image", b"", {}) == ()
