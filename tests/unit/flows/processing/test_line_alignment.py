"""Lines of an original and of what is published find each other, however many differ."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from flows.processing.line_alignment import hunks

texts = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=20)


def told(old: list[str], new: list[str]) -> list[tuple[list[str], list[str]]]:
    return [(old[a], new[b]) for a, b in hunks(old, new)]


def test_changed_lines_are_paired_one_by_one() -> None:
    assert told(["题", "甲1", "乙1", "尾"], ["题", "甲*", "乙*", "尾"]) == [
        (["甲1"], ["甲*"]), (["乙1"], ["乙*"]),
    ]  # fmt: skip


def test_a_removed_line_shifts_nothing_behind_it() -> None:
    assert told(["1", "a", "2", "b", "3", "c"], ["1", "*", "3", "*"]) == [
        (["a", "2", "b"], ["*"]), (["c"], ["*"]),
    ]  # fmt: skip


def test_an_added_line_is_told_alone() -> None:
    assert told(["甲", "乙"], ["甲", "丙", "乙"]) == [([], ["丙"])]


@given(texts, texts)
def test_what_is_not_told_is_equal(old: list[str], new: list[str]) -> None:
    kept_old, kept_new, at, there = [], [], 0, 0
    for left, right in hunks(old, new):
        kept_old += old[at : left.start]
        kept_new += new[there : right.start]
        at, there = left.stop, right.stop
    assert kept_old + old[at:] == kept_new + new[there:]


@given(texts)
def test_equal_texts_differ_nowhere(text: list[str]) -> None:
    assert told(text, text) == []


def test_a_long_roster_with_rows_removed_is_aligned_in_time_with_its_length() -> None:
    def took(rows: int) -> float:
        old = [cell for n in range(rows) for cell in (str(n), f"姓名{n % 50}", "500元")]
        new = [c for n in range(rows) if n % 700 for c in (str(n), "某某", "500元")]
        start = time.process_time()
        assert sum(1 for _ in hunks(old, new)) >= rows - rows // 700 - 1
        return time.process_time() - start

    took(1000)
    short = min(took(5000) for _ in range(2))
    assert min(took(20_000) for _ in range(2)) < 12 * max(short, 0.02)
