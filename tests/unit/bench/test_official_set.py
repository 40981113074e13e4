"""The labelled official texts: what is committed is what the source says, and its numbers hold."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest

from bench.build_official import SOURCE, TARGET, records, unmarked
from detectors.text.normalise import normalise
from review.checks import id_card, luhn, uscc

COMMITTED = [json.loads(line) for line in TARGET.read_text(encoding="utf-8").splitlines()]
PLAIN = [record for record in COMMITTED if "HEALTH" in record["ann"]]
ANYBODY = {"PERSON_MASKED", "PUBLIC_PHONE", "PUBLIC_FIGURE"}


def values(record: dict[str, Any], label: str) -> list[str]:
    return [
        record["text"][span["start"] : span["end"]]
        for span in record["spans"]
        if span["label"] == label
    ]


def all_values(label: str) -> list[str]:
    return [value for record in COMMITTED for value in values(record, label)]


def signs(value: str) -> str:
    return "".join(c for c in normalise(value).text if c.isalnum())


def test_the_committed_records_are_those_of_the_source() -> None:
    assert list(records(SOURCE.read_text(encoding="utf-8"))) == COMMITTED


def test_the_set_is_as_large_as_promised() -> None:
    assert len(COMMITTED) >= 150
    assert sum(len(record["text"]) for record in COMMITTED) >= 30_000
    assert sum(len(record["text"]) for record in PLAIN) >= 12_000


def test_every_category_has_texts() -> None:
    keys = {path.name[:-5] for path in (files("policies") / "builtin" / "categories").iterdir()}
    assert {record["category"] for record in COMMITTED} == keys


def test_plain_texts_name_nobody() -> None:
    assert {span["label"] for record in PLAIN for span in record["spans"]} <= ANYBODY


def test_a_fifth_is_held_out_of_both_kinds() -> None:
    held_out = [record for record in COMMITTED if record["split"] == "held-out"]
    assert len(held_out) == len(COMMITTED) // 5
    assert 0 < sum(record in PLAIN for record in held_out) < len(held_out)


def test_a_person_labelled_once_is_labelled_wherever_the_text_names_him() -> None:
    assert all_values("PERSON")
    for record in COMMITTED:
        for name in set(values(record, "PERSON")):
            assert record["text"].count(name) == values(record, "PERSON").count(name), record["id"]


@pytest.mark.parametrize(
    ("label", "holds"), [("CN_BANK_CARD", luhn), ("CN_USCC", uscc)], ids=["bank", "uscc"]
)
def test_numbers_have_right_check_digits(label: str, holds: Any) -> None:
    assert all_values(label)
    assert all(holds(signs(value)) for value in all_values(label))


def test_identity_numbers_have_right_check_digits() -> None:
    assert all_values("CN_ID_CARD")
    assert all(id_card(signs(value)[:18]) for value in all_values("CN_ID_CARD"))


def test_marks_come_off_and_leave_their_places() -> None:
    text, (person, trap) = unmarked("由[[PERSON|甲乙]]和[[TRAP|万元]]办。")
    assert text == "由甲乙和万元办。"
    assert (person.start, person.end, person.label) == (1, 3, "PERSON")
    assert text[trap.start : trap.end] == "万元"


@pytest.mark.parametrize("body", ["[[PERSON|甲乙", "[[person|甲乙]]", "甲乙]]", "[[PERSON|]]"])
def test_a_mark_that_is_no_mark_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="not closed"):
        unmarked(body)


def test_text_before_the_first_record_is_refused() -> None:
    with pytest.raises(ValueError, match="begin with a record"):
        list(records("甲乙\n@@ 001 general\n丙丁\n"))
