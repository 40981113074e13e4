"""Many at once: the chain stays whole, numbers stay single, one decision wins."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from flows.store.store import CaseStore, DuplicateCaseError
from review.case import State
from review.errors import NotAllowedError
from tests.fakes.processes import run_at_once


def test_four_processes_keep_one_chain_and_single_numbers(
    store: CaseStore, database_url: str, anchor: Path, noon
):
    def append(name: str) -> None:
        own = CaseStore(database_url, anchor)
        for n in range(8):
            own.record(actor=name, action="x", at=noon, case=own.next_id(noon), data={"n": n})

    store.close()
    jobs = [partial(append, f"P{number}") for number in range(4)]
    assert run_at_once(jobs) == [0, 0, 0, 0]
    assert store.verify() is None
    assert store.head().count == 32
    events = list(store.events())
    assert {event.case for event in events} == {f"2026-{n:04d}" for n in range(1, 33)}
    for number in range(4):
        own = [event.data["n"] for event in events if event.actor == f"P{number}"]
        assert own == list(range(8))
    assert store._anchor.read() == store.head()


def in_threads(job: Callable[[int], object], count: int = 8) -> list[object]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(job, range(count)))


def test_threads_share_one_store(store: CaseStore, noon):
    def job(number: int) -> None:
        for _ in range(5):
            store.record(actor=f"T{number}", action="x", at=noon)

    in_threads(job)
    assert store.verify() is None
    assert store.head().count == 40


def test_of_many_decisions_at_once_one_is_taken(store: CaseStore, make_case, noon):
    case = make_case(state=State.AWAITING)
    store.add(case, actor="A01", at=noon, data={})

    def decide(number: int) -> bool:
        outcome = replace(case, state=State.RETURNED, note=str(number))
        try:
            store.save(outcome, was=State.AWAITING, actor=f"B{number}", action="x", at=noon)
        except NotAllowedError:
            return False
        return True

    assert sum(map(bool, in_threads(decide))) == 1
    last = list(store.events(case.id))[-1]
    assert last.actor == f"B{store.get(case.id).note}"
    assert store.head().count == 2


def test_of_many_that_hand_in_the_same_draft_one_opens_a_case(store: CaseStore, make_case, noon):
    def hand_in(number: int) -> str:
        try:
            store.add(make_case(f"2026-000{number}"), actor="A01", at=noon, data={})
        except DuplicateCaseError as known:
            return known.case
        return f"2026-000{number}"

    opened = in_threads(hand_in)
    assert len(set(opened)) == 1
    assert [case.id for case in store.list()] == opened[:1]
    assert store.head().count == 1
    assert store.verify() is None


def test_reading_on_while_others_write_sees_each_event_once(store: CaseStore, noon):
    for _ in range(3):
        store.record(actor="A01", action="x", at=noon)
    stream = store.events()
    first = next(stream)
    store.record(actor="A01", action="x", at=noon)
    assert [first.seq, *(event.seq for event in stream)] in ([1, 2, 3], [1, 2, 3, 4])
    assert store.verify() is None
