from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flows.evaluating.labelled import Reader
from review.document import Span
from review.errors import InputError
from review.evaluation import PERSONAL, SURE, Example, Expectation, Label
from review.finding import Entity

GOOD = {"id": "a", "text": "经办人甲乙。", "spans": [{"start": 3, "end": 5, "label": "PERSON"}]}


def written(folder: Path, *records: Any) -> Path:
    path = folder / "set.jsonl"
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def read(folder: Path, *records: Any, reader: Reader | None = None) -> list[Example]:
    reader = reader or Reader()
    checked = reader.check(written(folder, *records))
    return [example for _, example in reader.examples(checked)]


def spans(*labels: str) -> list[dict[str, Any]]:
    return [{"start": 3, "end": 5, "label": label, "raw": "x"} for label in labels]


@pytest.mark.parametrize(
    ("label", "entity"),
    [
        ("PERSON", Entity.PERSON),
        ("PHONE", Entity.PHONE_NUMBER),
        ("EMAIL", Entity.EMAIL_ADDRESS),
        ("ID_CARD", Entity.CN_ID_CARD),
        ("PLATE", Entity.CN_LICENSE_PLATE),
        ("BANK_CARD", Entity.CN_BANK_CARD),
        ("PASSPORT", Entity.CN_PASSPORT),
        ("USCC", Entity.CN_USCC),
        ("WECHAT", Entity.WECHAT_ID),
        ("MILITARY_ID", Entity.CN_MILITARY_ID),
        ("ADDRESS", Entity.CN_ADDRESS),
        ("DATE_OF_BIRTH", Entity.BIRTH_DATE),
        ("CN_ADDRESS", Entity.CN_ADDRESS),
        ("HEALTH", Entity.HEALTH),
    ],
)
def test_labels_of_public_sets_and_our_own_become_entities(
    label: str, entity: Entity, tmp_path: Path
) -> None:
    (example,) = read(tmp_path, GOOD | {"spans": spans(label), "ann": [label]})
    assert example.labels == (Label(entity, Span(3, 5)),)
    assert example.exhaustive == {entity}


@pytest.mark.parametrize("label", ["ORG", "LOCATION", "ADDR_ROOMNO"])
def test_labels_that_are_no_entity_of_ours_are_not_measured(label: str, tmp_path: Path) -> None:
    (example,) = read(tmp_path, GOOD | {"spans": spans(label), "ann": [label]})
    assert (example.labels, example.exhaustive) == ((), frozenset())


@pytest.mark.parametrize(
    ("label", "entity"),
    [
        ("PERSON_MASKED", Entity.PERSON),
        ("PUBLIC_FIGURE", Entity.PERSON),
        ("PUBLIC_PHONE", Entity.PHONE_NUMBER),
    ],
)
def test_what_may_be_found_or_not_is_optional(label: str, entity: Entity, tmp_path: Path) -> None:
    (example,) = read(tmp_path, GOOD | {"spans": spans(label), "ann": ["PERSON"]})
    assert example.labels == (Label(entity, Span(3, 5), optional=True),)
    assert example.plain


def test_without_ann_everything_that_occurs_in_the_file_is_exhaustive(tmp_path: Path) -> None:
    phones = GOOD | {"spans": spans("PHONE")}
    examples = read(tmp_path, GOOD, phones, GOOD | {"ann": []})
    both = {Entity.PERSON, Entity.PHONE_NUMBER}
    assert [example.exhaustive for example in examples] == [both, both, frozenset()]


def test_without_any_label_everything_personal_is_exhaustive(tmp_path: Path) -> None:
    (example,) = read(tmp_path, GOOD | {"spans": []})
    assert example.exhaustive == PERSONAL


def test_traps_are_stretches_or_words_wherever_they_stand(tmp_path: Path) -> None:
    text = "万元以上万元以下"
    traps = ["万元", {"start": 2, "end": 4}]
    (example,) = read(tmp_path, {"id": "a", "text": text, "spans": [], "traps": traps})
    assert example.traps == (Span(0, 2), Span(4, 6), Span(2, 4))


@pytest.mark.parametrize(
    ("expected", "read_as"),
    [
        ({"type": "PHONE", "present": True}, (Expectation(Entity.PHONE_NUMBER, True),)),
        ({"type": "*", "present": False}, (Expectation(None, False),)),
        ({"type": "FINANCIAL", "present": True}, ()),
        ({"type": "NEVER_HEARD_OF", "present": True}, ()),
    ],
)
def test_what_is_expected_of_a_whole_text_is_read(
    expected: dict[str, Any], read_as: tuple[Expectation, ...], tmp_path: Path
) -> None:
    (example,) = read(tmp_path, GOOD | {"expect": expected})
    assert example.expectations == read_as


def test_a_number_must_be_found_if_valid_and_at_most_be_probable_if_not(tmp_path: Path) -> None:
    number = {"id": "n", "type": "USCC", "value": "91X"}
    valid, invalid = read(tmp_path, number | {"valid": True}, number | {"valid": False})
    assert valid.labels == (Label(Entity.CN_USCC, Span(0, 3)),)
    assert invalid.expectations == (Expectation(Entity.CN_USCC, False, SURE),)
    assert not valid.exhaustive | invalid.exhaustive


def test_a_split_is_taken_alone(tmp_path: Path) -> None:
    records = (GOOD | {"split": "dev"}, GOOD | {"id": "b", "split": "held-out"}, GOOD)
    assert [e.id for e in read(tmp_path, *records, reader=Reader(split="held-out"))] == ["b"]


def test_a_label_may_be_skipped_by_name(tmp_path: Path) -> None:
    record = GOOD | {"spans": spans("PET", "PERSON"), "ann": ["PET", "PERSON"]}
    (example,) = read(tmp_path, record, reader=Reader(frozenset({"PET"})))
    assert [label.entity for label in example.labels] == [Entity.PERSON]


def test_text_may_hold_line_feeds_and_the_file_a_byte_order_mark(tmp_path: Path) -> None:
    record = json.dumps(GOOD | {"text": "甲\n乙经办人甲乙"}, ensure_ascii=False)
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + record.encode() + b"\r\n\r\n")
    assert Reader().check(path).records == 1


PLACE = {"start": 3, "end": 5, "label": "PERSON"}
BAD: dict[str, Any] = {
    "no JSON": "甲乙",
    "cut off": '{"id": "a", "text": "甲',
    "a list": "[1]",
    "nested without end": "[" * 100_000,
    "no id": {key: GOOD[key] for key in ("text", "spans")},
    "no text": {key: GOOD[key] for key in ("id", "spans")},
    "no spans": {key: GOOD[key] for key in ("id", "text")},
    "empty text": GOOD | {"text": ""},
    "text no text": GOOD | {"text": 7},
    "half a character": '{"id": "a", "text": "\\ud800", "spans": []}',
    "spans no list": GOOD | {"spans": {}},
    "span no object": GOOD | {"spans": [3]},
    "span without end": GOOD | {"spans": [{"start": 3, "label": "PERSON"}]},
    "offset no number": GOOD | {"spans": [PLACE | {"end": "5"}]},
    "offset true": GOOD | {"spans": [PLACE | {"start": True}]},
    "offset outside": GOOD | {"spans": [PLACE | {"end": 7}]},
    "offset below": GOOD | {"spans": [PLACE | {"start": -1}]},
    "empty span": GOOD | {"spans": [PLACE | {"end": 3}]},
    "unknown label": GOOD | {"spans": [PLACE | {"label": "PRESON"}]},
    "no label": GOOD | {"spans": [{"start": 3, "end": 5}]},
    "unknown ann": GOOD | {"ann": ["PRESON"]},
    "ann no list": GOOD | {"ann": "PERSON"},
    "trap outside": GOOD | {"traps": [{"start": 0, "end": 99}]},
    "trap not in the text": GOOD | {"traps": ["丙丁"]},
    "empty trap": GOOD | {"traps": [""]},
    "expect no object": GOOD | {"expect": "PERSON"},
    "expect without present": GOOD | {"expect": {"type": "PERSON"}},
    "unknown type": {"id": "n", "type": "PRESON", "value": "1", "valid": True},
    "number without verdict": {"id": "n", "type": "USCC", "value": "1"},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_record_gets_one_chinese_sentence_with_its_line(bad: Any, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^第 2 行[^\n]*[。]$") as caught:
        Reader().check(written(tmp_path, GOOD, bad))
    assert "甲" not in caught.value.message


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_a_file_without_records_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match="没有可评测的记录"):
        Reader().check(path)


def test_a_split_that_no_record_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--split"):
        Reader(split="test").check(written(tmp_path, GOOD))


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_opened_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="打不开"):
        Reader().check(tmp_path / name)


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes('{"id": "甲"}'.encode("gbk"))
    with pytest.raises(InputError, match="第 1 行不是 JSON"):
        Reader().check(path)
