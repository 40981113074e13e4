from __future__ import annotations

import csv
import io

import pytest

from bench.engine import Introduction
from bench.measure import Result
from bench.report import (
    accuracy_table,
    comma_separated,
    exponent,
    growth,
    growth_table,
    markdown,
    record,
    remarks,
    speed_table,
    throughput,
)
from review.evaluation import Judgement, Tally
from review.finding import Entity


def result(name: str, seconds: dict[int, float], **more: object) -> Result:
    introduction = Introduction(name.upper(), "1.2", 0.5, 30 << 20)
    return Result(name, introduction, seconds, peak=90 << 20, **more)  # type: ignore[arg-type]


OURS = result("ours", {10_000: 0.1, 100_000: 1.0, 1_000_000: 11.0})
SLOW = result("slow", {10_000: 4.0})


def test_throughput_is_read_off_at_a_hundred_thousand_characters() -> None:
    assert throughput(OURS) == pytest.approx(100_000)


def test_throughput_of_an_engine_too_slow_for_that_is_read_off_at_what_it_managed() -> None:
    assert throughput(SLOW) == pytest.approx(2_500)


def test_growth_compares_a_character_in_the_largest_text_with_one_in_the_smallest() -> None:
    assert growth(OURS.seconds) == pytest.approx(1.1)
    assert growth({10: 1.0, 100: 100.0}) == pytest.approx(10)


def test_the_exponent_of_linear_time_is_one_and_of_quadratic_time_two() -> None:
    assert exponent({10: 2.0, 100: 20.0, 1000: 200.0}) == pytest.approx(1)
    assert exponent({10: 2.0, 100: 200.0, 1000: 20000.0}) == pytest.approx(2)


def test_the_table_says_how_many_times_faster_ours_is() -> None:
    ours, slow = speed_table([OURS, SLOW]).rows

    assert ours[:4] == ["OURS", "1.2", "100,000", "1.00 倍"]
    assert slow[3] == "40.00 倍"


def test_a_size_that_was_not_run_is_marked_as_reckoned() -> None:
    _, slow = speed_table([OURS, SLOW]).rows

    assert slow[4:-1] == ["4.00", "≈12.0", "≈40.0", "≈120.0", "≈400.0"]


def test_the_rate_on_official_texts_stands_last() -> None:
    ours = result("ours", {10_000: 1.0}, rates={"公文": 12_345.6})

    assert [row[-1] for row in speed_table([ours, SLOW]).rows] == ["12,346", "—"]


def test_an_engine_that_cannot_run_stays_in_the_table_with_its_reason() -> None:
    broken = Result("broken", failed="ImportError：没有")

    rows = speed_table([OURS, broken]).rows

    assert rows[1] == ["broken", "不能运行：ImportError：没有"]
    assert len(growth_table([OURS, broken]).rows) == 1
    assert accuracy_table([OURS, broken]).rows[1][0] == "broken"
    assert "broken 中途停止：ImportError：没有" in remarks([OURS, broken])


def test_a_text_that_an_engine_refused_is_told_below_the_table() -> None:
    refusing = result("strict", {10_000: 1.0}, refused={"1,000,000 字": "too large"})

    assert remarks([refusing]) == ["STRICT 未收（1,000,000 字）：too large"]


def test_accuracy_shows_alarms_on_our_own_texts_and_f1_on_those_with_people() -> None:
    tallies = {Entity.PERSON: Tally(2, 1, 2, 2, 1, 2), Entity.PHONE_NUMBER: Tally(2, 2, 2, 2, 2, 2)}
    judgements = {
        "政策文本": Judgement(plain_characters=20_000, alarms=3),
        "公文": Judgement(plain_characters=10_000, alarms=1, tallies=tallies),
        "news": Judgement(tallies={Entity.PERSON: Tally(4, 1, 2, 1, 1, 1)}),
    }

    table = accuracy_table([result("ours", {10_000: 1.0}, judgements=judgements), SLOW])

    ours, slow = table.rows
    assert dict(zip(table.headers, ours, strict=True)) == {
        "引擎": "OURS",
        "政策文本 误报/万字": "1.5",
        "公文 误报/万字": "1.0",
        "公文 姓名F1": "0.500 / 1.000",
        "公文 各类F1": "0.750 / 1.000",
        "news 姓名F1": "0.400 / 0.667",
    }
    assert slow == ["SLOW", *["—"] * 5]


def test_markdown_rows_have_as_many_cells_as_the_header() -> None:
    broken = Result("broken", failed="a | b")

    text = markdown([speed_table([OURS, broken])], "# 比较", remarks([broken]))

    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.count("|") for line in lines}) == 1
    assert text.endswith("- broken 中途停止：a | b\n")


def test_csv_holds_the_same_rows() -> None:
    table = speed_table([OURS, SLOW])

    rows = list(csv.reader(io.StringIO(comma_separated([table]))))

    assert rows[1] == table.headers
    assert rows[2:4] == table.rows


def test_the_record_keeps_the_bare_figures() -> None:
    ours, broken = record([OURS, Result("broken", failed="x")])

    assert ours["growth"] == pytest.approx(1.1)
    assert ours["seconds"]["10000"] == 0.1
    assert broken["failed"] == "x"
    assert broken["characters_per_second"] is None
