"""What a role may call of Prefect: a list of what only reads, and the answer to a form."""

from __future__ import annotations

import re
from collections.abc import Collection

from review.staffing import DECIDING, StaffRole

API = "/api"
HEALTH = "/api/health"
SETTINGS = "/api/admin/settings"

_ID = r"[^/]+"

# Found by watching what both user interfaces call. Left out on purpose: answers already given
# (`input/filter`, `…-response`), blocks, variables and settings, which may hold secrets, and every
# POST that polls, claims or counts down.
_GETS = (
    "/csrf-token",
    "/version",
    "/admin/version",
    "/artifacts/{id}",
    "/artifacts/{id}/latest",
    "/automations/related-to/{id}",
    "/collections/views/{id}",
    "/concurrency_limits/tag/{id}",
    "/deployments/name/{id}/{id}",
    "/deployments/{id}",
    "/deployments/{id}/schedules",
    "/events/filter/next",
    "/flow_run_states/",
    "/flow_run_states/{id}",
    "/flow_runs/{id}",
    "/flow_runs/{id}/graph",
    "/flow_runs/{id}/graph-v2",
    "/flow_runs/{id}/input/{form}",
    "/flow_runs/{id}/logs/download",
    "/flows/name/{id}",
    "/flows/{id}",
    "/task_run_states/",
    "/task_run_states/{id}",
    "/task_runs/{id}",
    "/ui/task_runs/{id}",
    "/work_pools/{id}",
    "/work_pools/{id}/queues/{id}",
    "/work_queues/{id}",
    "/work_queues/{id}/status",
)
_POSTS = (
    "/artifacts/count",
    "/artifacts/filter",
    "/artifacts/latest/count",
    "/artifacts/latest/filter",
    "/automations/count",
    "/automations/filter",
    "/concurrency_limits/filter",
    "/deployments/count",
    "/deployments/filter",
    "/deployments/paginate",
    "/events/count-by/{id}",
    "/events/filter",
    "/flow_runs/count",
    "/flow_runs/filter",
    "/flow_runs/history",
    "/flow_runs/lateness",
    "/flow_runs/paginate",
    "/flows/count",
    "/flows/filter",
    "/flows/paginate",
    "/logs/filter",
    "/saved_searches/filter",
    "/task_runs/count",
    "/task_runs/filter",
    "/task_runs/history",
    "/task_runs/paginate",
    "/task_workers/filter",
    "/ui/flow_runs/count-task-runs",
    "/ui/flow_runs/history",
    "/ui/flows/count-deployments",
    "/ui/flows/next-runs",
    "/ui/schemas/validate",
    "/ui/task_runs/count",
    "/ui/task_runs/dashboard/counts",
    "/v2/concurrency_limits/filter",
    "/work_pools/count",
    "/work_pools/filter",
    "/work_pools/{id}/queues/filter",
    "/work_pools/{id}/workers/filter",
    "/work_queues/filter",
)
_SOCKETS = frozenset({f"{API}/events/out", f"{API}/logs/out"})

_WORD = re.compile(r"[a-z][a-z0-9]?[a-z_-]{0,28}")


def _pattern(paths: Collection[str]) -> re.Pattern[str]:
    forms = "|".join(re.escape(path) for path in paths).replace(r"\{id\}", _ID)
    shown = r"suspended-review-\d+-(?:schema|description)"
    return re.compile(f"{API}(?:{forms})".replace(r"\{form\}", shown))


_READING = {"GET": _pattern(_GETS), "HEAD": _pattern(_GETS), "POST": _pattern(_POSTS)}
_RESUME = re.compile(rf"{API}/flow_runs/({_ID})/resume")


def answered_run(method: str, path: str) -> str | None:
    """Give the run whose form a request answers, None for every other request."""
    match = _RESUME.fullmatch(path) if method == "POST" else None
    return None if match is None else match[1]


def may_look(roles: Collection[StaffRole]) -> bool:
    """Tell whether somebody may look at Prefect's pages at all."""
    return StaffRole.AUDITOR in roles or may_answer(roles)


def may_answer(roles: Collection[StaffRole]) -> bool:
    """Tell whether somebody may answer forms."""
    return not DECIDING.isdisjoint(roles)


def may_call(roles: Collection[StaffRole], method: str, path: str) -> bool:
    """Tell whether somebody may send a request to Prefect."""
    if answered_run(method, path) is not None:
        return may_answer(roles)
    if path == API or path.startswith(f"{API}/"):
        reading = _READING.get(method)
        return may_look(roles) and reading is not None and reading.fullmatch(path) is not None
    return may_look(roles) and method in ("GET", "HEAD")


def may_listen(roles: Collection[StaffRole], path: str) -> bool:
    """Tell whether somebody may open a socket, which can only be one that tells."""
    return may_look(roles) and path in _SOCKETS


def template(path: str) -> str:
    """Give a path without what stands in it: a number or name of somebody's is no audit record."""
    parts = path.split("/")[:8]
    return "/".join(p if not p or _WORD.fullmatch(p) else "{}" for p in parts)
