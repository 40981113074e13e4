"""Which of the lines found in several searches are one."""

from __future__ import annotations

import numpy as np

from redact.ocr.places import _unite


def line(x: float, y: float, long: float, high: float = 40.0, tilt: float = 0.0) -> np.ndarray:
    turn = np.radians(tilt)
    cos, sin = float(np.cos(turn)), float(np.sin(turn))
    shape = np.array([(0, 0), (long, 0), (long, high), (0, high)])
    return np.asarray(shape @ np.array([(cos, sin), (-sin, cos)]) + (x, y), np.float32)


def united(*found: np.ndarray) -> list[np.ndarray]:
    places: list[np.ndarray] = []
    for place in found:
        _unite(places, place)
    return places


def test_a_short_line_between_long_ones_of_a_tilted_page_is_kept() -> None:
    lines = [line(100, 100 + 60 * n, 1_400 if n % 2 == 0 else 300, tilt=5) for n in range(6)]
    assert len(united(*lines)) == 6
    assert len(united(*reversed(lines))) == 6


def test_a_line_found_twice_is_one_and_the_larger_search_counts() -> None:
    (kept,) = united(line(100, 100, 600), line(102, 101, 596))
    assert kept[0][0] == 100


def test_a_line_that_reaches_on_takes_the_place_of_the_one_that_ends_early() -> None:
    (kept,) = united(line(100, 100, 450), line(100, 100, 600))
    assert kept[1][0] == 700
    (kept,) = united(line(100, 100, 450), line(40, 100, 510))
    assert kept[0][0] == 40


def test_two_cells_that_one_search_ran_together_stay_two() -> None:
    assert len(united(line(100, 100, 280), line(420, 100, 280), line(100, 100, 600))) == 2
