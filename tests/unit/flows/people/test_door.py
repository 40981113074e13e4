"""The door: an answer counts as somebody's only where he was logged in when he gave it, once."""

from __future__ import annotations

import json
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.people.door import Door
from flows.store.store import CaseStore
from review.errors import UnavailableError

ANSWERS = {"decision": "同意公开", "opinion": "已核对", "code": "314159"}
RUN = "6d1c0f7e-run"


@pytest.fixture
def door(sqlite_store: CaseStore, tmp_path: Path) -> Door:
    return Door(sqlite_store, tmp_path / "door.key")


def test_a_sealed_answer_names_its_officer_and_moment(door: Door, noon: datetime):
    door.seal("2026-0001", RUN, "lin", ANSWERS, noon)
    found = door.sealed("2026-0001", RUN, dict(reversed(ANSWERS.items())))
    assert found is not None
    assert (found.officer, found.at) == ("lin", noon)


def test_what_was_not_sealed_is_nobodys(door: Door, noon: datetime):
    assert door.sealed("2026-0001", RUN, ANSWERS) is None
    door.seal("2026-0001", RUN, "lin", ANSWERS, noon)
    assert door.sealed("2026-0001", RUN, ANSWERS | {"decision": "不予公开"}) is None
    assert door.sealed("2026-0001", RUN, ANSWERS | {"more": ""}) is None
    assert door.sealed("2026-0001", "another run", ANSWERS) is None
    assert door.sealed("2026-0002", RUN, ANSWERS) is None


def test_the_newest_seal_that_fits_is_given_first_and_each_only_once(door: Door, noon: datetime):
    later = noon + timedelta(seconds=5)
    door.seal("2026-0001", RUN, "lin", ANSWERS, noon)
    door.seal("2026-0001", RUN, "guo", ANSWERS, later)
    seen = []
    while (found := door.sealed("2026-0001", RUN, ANSWERS)) is not None:
        seen.append((found.officer, found.at))
        door.take("2026-0001", found, later)
    assert seen == [("guo", later), ("lin", noon)]


def test_an_event_written_without_the_key_counts_as_none(
    door: Door, sqlite_store: CaseStore, tmp_path: Path, noon: datetime
):
    Door(sqlite_store, tmp_path / "other.key").seal("2026-0001", RUN, "lin", ANSWERS, noon)
    door.seal("2026-0009", RUN, "lin", ANSWERS, noon)
    assert door.sealed("2026-0001", RUN, ANSWERS) is None


def test_a_seal_copied_into_an_event_of_somebody_else_counts_as_none(
    door: Door, sqlite_store: CaseStore, noon: datetime
):
    door.seal("2026-0001", RUN, "lin", ANSWERS, noon)
    (event,) = sqlite_store.events()
    for actor, case, at in (("guo", "2026-0002", noon), ("lin", "2026-0002", noon)):
        sqlite_store.record(
            actor=actor, action="answer_sealed", at=at, case=case, data=dict(event.data)
        )
    assert door.sealed("2026-0002", RUN, ANSWERS) is None


def test_without_its_key_a_seal_is_an_error_and_not_a_stranger(
    door: Door, tmp_path: Path, noon: datetime
):
    door.seal("2026-0001", RUN, "lin", ANSWERS, noon)
    (tmp_path / "door.key").unlink()
    with pytest.raises(UnavailableError):
        door.sealed("2026-0001", RUN, ANSWERS)


def test_the_key_is_private_and_the_chain_tells_nothing_of_the_answer(
    door: Door, sqlite_store: CaseStore, tmp_path: Path, noon: datetime
):
    door.seal("2026-0001", RUN, "lin", ANSWERS, noon)
    door.seal("2026-0001", RUN, "lin", ANSWERS, noon + timedelta(seconds=1))
    assert stat.S_IMODE((tmp_path / "door.key").stat().st_mode) == 0o600
    first, second = sqlite_store.events()
    assert first.data["seal"] != second.data["seal"], "equal answers must not look equal"
    told = json.dumps([dict(first.data), dict(second.data)], ensure_ascii=False)
    assert not any(value in told for value in ANSWERS.values())
    assert sqlite_store.verify() is None
