"""What each role may send to Prefect; whatever is not listed is refused."""

from __future__ import annotations

import pytest

from flows.gateway.rights import answered_run, may_call, may_listen, template
from review.staffing import DECIDING, StaffRole

RUN = "44c108ac-d86c-4393-a0e0-77a0f40328ac"
READS = [
    ("GET", f"/api/flow_runs/{RUN}"),
    ("HEAD", f"/api/flow_runs/{RUN}"),
    ("GET", f"/api/flow_runs/{RUN}/input/suspended-review-1-schema"),
    ("GET", f"/api/flow_runs/{RUN}/input/suspended-review-12-description"),
    ("POST", "/api/flow_runs/filter"),
    ("POST", "/api/flow_runs/history"),
    ("POST", "/api/artifacts/latest/filter"),
    ("POST", "/api/ui/schemas/validate"),
    ("GET", "/runs"),
    ("GET", "/assets/index.js"),
]
WRITES = [
    ("POST", f"/api/flow_runs/{RUN}/input"),
    ("POST", f"/api/flow_runs/{RUN}/input/filter"),
    ("GET", f"/api/flow_runs/{RUN}/input/suspended-review-1-response"),
    ("DELETE", f"/api/flow_runs/{RUN}/input/suspended-review-1-response"),
    ("POST", f"/api/flow_runs/{RUN}/set_state"),
    ("DELETE", f"/api/flow_runs/{RUN}"),
    ("PATCH", f"/api/flow_runs/{RUN}"),
    ("POST", "/api/flow_runs/bulk_set_state"),
    ("POST", "/api/flow_runs/bulk_delete"),
    ("POST", "/api/flow_runs/"),
    ("POST", f"/api/deployments/{RUN}/create_flow_run"),
    ("POST", "/api/block_documents/filter"),
    ("POST", "/api/variables/filter"),
    ("GET", "/api/admin/settings"),
    ("POST", "/api/admin/database/clear"),
    ("POST", "/api/work_queues/1/get_runs"),
    ("POST", "/api/events"),
    ("POST", "/api/logs/"),
    ("OPTIONS", "/api/flow_runs/filter"),
    ("PUT", "/runs"),
    ("POST", "/api"),
    ("GET", "/api/flow_runs/../admin/settings"),
    ("GET", f"/api/flow_runs/{RUN}/input/x/../suspended-review-1-schema"),
    ("POST", "/api/flow_runs/filter/"),
    ("POST", "/api//flow_runs/filter"),
    ("POST", "/api/flow_runs/filter\n"),
]
RESUME = ("POST", f"/api/flow_runs/{RUN}/resume")


@pytest.mark.parametrize("role", sorted({*DECIDING, StaffRole.AUDITOR}))
@pytest.mark.parametrize("call", READS)
def test_who_decides_or_audits_may_read(role: StaffRole, call: tuple[str, str]) -> None:
    assert may_call({role}, *call)


@pytest.mark.parametrize("role", list(StaffRole))
@pytest.mark.parametrize("call", WRITES)
def test_nobody_may_write(role: StaffRole, call: tuple[str, str]) -> None:
    assert not may_call({role}, *call)


@pytest.mark.parametrize("call", [*READS, RESUME])
def test_who_only_hands_in_sees_nothing_of_prefect(call: tuple[str, str]) -> None:
    assert not may_call({StaffRole.OFFICER}, *call)


@pytest.mark.parametrize("role", list(StaffRole))
def test_only_who_decides_answers_forms(role: StaffRole) -> None:
    assert may_call({role}, *RESUME) is (role in DECIDING)
    assert answered_run(*RESUME) == RUN
    assert answered_run("GET", RESUME[1]) is None


def test_several_roles_add_up() -> None:
    both = {StaffRole.OFFICER, StaffRole.AUDITOR}
    assert may_call(both, "GET", "/runs")
    assert not may_call(both, *RESUME)


def test_sockets_only_tell() -> None:
    assert may_listen({StaffRole.REVIEWER}, "/api/events/out")
    assert not may_listen({StaffRole.REVIEWER}, "/api/events/in")
    assert not may_listen({StaffRole.OFFICER}, "/api/events/out")


def test_a_route_is_told_without_what_stands_in_it() -> None:
    assert template(f"/api/flow_runs/{RUN}/set_state") == "/api/flow_runs/{}/set_state"
    assert template("/api/variables/name/苗秋实") == "/api/variables/name/{}"
    assert template("/api/13912345678/x" + "/y" * 50).count("/") < 10
