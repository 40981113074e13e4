from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows.intake.intake import Keeper, bury
from flows.prefect_api import LIVE_STATES, Reply
from flows.store.store import CaseStore
from review.case import Case

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


@dataclass
class Server:
    """Hold runs as Prefect lists them."""

    runs: list[dict[str, Any]] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    left: dict[str, list[Reply]] = field(default_factory=dict)

    def add(self, case: str, kind: str, *, age: int = 0, form: bool = True) -> str:
        name = f"run-{len(self.runs) + 1}"
        at = (NOW - timedelta(seconds=age)).isoformat()
        self.runs.append(
            {
                "id": name, "state_id": f"s-{name}", "state_type": kind, "tags": [f"case:{case}"],
                "created": at, "state": {"timestamp": at},
            }
        )  # fmt: skip
        self.forms |= {name} if form else set()
        return name

    def kind(self, name: str) -> str:
        return str(next(run["state_type"] for run in self.runs if run["id"] == name))

    def live_runs(self) -> list[dict[str, Any]]:
        return [run for run in self.runs if run["state_type"] in LIVE_STATES]

    def runs_of(self, case: str) -> list[dict[str, Any]]:
        return [run for run in self.runs if f"case:{case}" in run["tags"]]

    def has_form(self, run: dict[str, Any]) -> bool:
        return run["id"] in self.forms

    def replies(self, name: str) -> list[Reply]:
        return self.left.get(name, [])

    def forget_answer(self, name: str, key: str) -> None:
        self.left[name] = [reply for reply in self.left[name] if reply.key != key]

    def set_crashed(self, name: str) -> None:
        next(run for run in self.runs if run["id"] == name)["state_type"] = "CRASHED"

    def start_case(self, case: str, *, after: str = "") -> str:
        return self.add(case, "SCHEDULED")


@dataclass
class Shelf:
    store: CaseStore


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def keeper(sqlite_store: CaseStore, make_case: Callable[..., Case], server: Server) -> Keeper:
    sqlite_store.add(make_case("2026-0001"), actor="A01", at=NOW, data={})
    return Keeper(Shelf(sqlite_store), server)  # type: ignore[arg-type]


def test_a_case_that_nobody_works_on_gets_a_run(keeper: Keeper, server: Server) -> None:
    assert (keeper.recover(now=NOW), keeper.recover(now=NOW)) == (1, 0)
    assert server.kind("run-1") == "SCHEDULED"


@pytest.mark.parametrize("kind", ["PAUSED", "SCHEDULED", "RUNNING", "PENDING"])
def test_a_case_with_a_sound_run_is_left_alone(keeper: Keeper, server: Server, kind: str) -> None:
    run = server.add("2026-0001", kind, age=90_000)
    assert keeper.recover() == 0
    assert server.kind(run) == kind


def test_a_run_that_waits_without_its_form_is_replaced(keeper: Keeper, server: Server) -> None:
    run = server.add("2026-0001", "PAUSED", age=120, form=False)
    assert keeper.recover(now=NOW) == 1
    assert server.kind(run) == "CRASHED"


def test_a_run_just_suspended_may_still_store_its_form(keeper: Keeper, server: Server) -> None:
    run = server.add("2026-0001", "PAUSED", age=5, form=False)
    assert keeper.recover(now=NOW) == 0
    assert server.kind(run) == "PAUSED"


def test_a_case_that_keeps_failing_waits_longer_each_time(keeper: Keeper, server: Server) -> None:
    for _ in range(3):
        server.add("2026-0001", "FAILED", age=180)
    assert keeper.recover(now=NOW) == 0
    assert keeper.recover(now=NOW + timedelta(minutes=2)) == 1


def test_answers_left_in_a_dead_run_are_kept_for_the_run_that_follows(
    keeper: Keeper, server: Server
) -> None:
    run = server.add("2026-0001", "CRASHED", age=3600)
    server.left[run] = [Reply("suspended-review-1-response", {}, NOW)]
    assert keeper.recover(now=NOW) == 1
    assert len(server.replies(run)) == 1


def test_only_runs_that_claim_to_be_worked_on_are_buried(server: Server) -> None:
    kinds = ("RUNNING", "PENDING", "PAUSED", "SCHEDULED")
    runs = [server.add("2026-0001", kind) for kind in kinds]
    bury(server)  # type: ignore[arg-type]
    assert [server.kind(run) for run in runs] == ["CRASHED", "CRASHED", "PAUSED", "SCHEDULED"]
