"""The few calls of Prefect's REST interface that spare us the second of ``import prefect``."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from flows.durable import declared_errors
from review.errors import NotAllowedError, UnavailableError

FLOW_NAME = "review-case"
DEPLOYMENT_NAME = "local"
LIVE_STATES = ("SCHEDULED", "PENDING", "RUNNING", "PAUSED")


_ANSWERED = re.compile(r"suspended-review-\d+-response")
_PAGE = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold one answer as the server keeps it; ``at`` is the server's time of its arrival.

    ``values`` is whatever was sent: anyone who reaches the server can write such a row.
    """

    key: str
    values: object = field(repr=False)
    at: datetime


class _BusyError(Exception):
    """The server asked to be called again: SQLite under load answers 503."""


class PrefectApi:
    """Talk to one Prefect server through its gateway, with the token or as who logs in.

    ``trusted`` is a certificate to trust beside the system's. Every method raises
    ``UnavailableError`` when the server does not answer and ``NotAllowedError`` when it refuses.
    """

    def __init__(self, url: str, token: str = "", trusted: Path | None = None) -> None:
        parts = urlsplit(url)
        self._root = f"{parts.scheme}://{parts.netloc}"
        headers = {"Origin": self._root}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(
            base_url=url,
            timeout=30,
            trust_env=False,
            headers=headers,
            verify=_trust(trusted) if parts.scheme == "https" else True,
        )

    def log_in(self, officer: str, password: str) -> None:
        """Go on as a person; raises ``NotAllowedError`` where number or password is refused."""
        form = {"officer": officer, "password": password}
        response = self._request("POST", f"{self._root}/login", form=form)
        if response.status_code != httpx.codes.SEE_OTHER:
            raise NotAllowedError("工号或密码不对，或暂时不能登录，请稍后再试。")

    def _request(
        self, method: str, path: str, body: object = None, form: dict[str, str] | None = None
    ) -> httpx.Response:
        def once() -> httpx.Response:
            response = self._client.request(method, path, json=body, data=form)
            if response.status_code in (429, 503):
                raise _BusyError
            return response

        retrying = Retrying(
            retry=retry_if_exception_type((_BusyError, httpx.TransportError)),
            wait=wait_exponential_jitter(initial=0.2, max=3),
            stop=stop_after_attempt(5),
        )
        try:
            response = retrying(once)
        except Exception:  # tenacity wraps what it gave up on; none of it helps the user
            raise UnavailableError(
                "连不上审查服务，请先运行 review up（或检查 REVIEW_API_URL），再重试。"
            ) from None
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise NotAllowedError(
                "审查服务没有认出本机：请核对 REVIEW_HOME，或从服务所在的机器取来 worker.token。"
            )
        if response.status_code == httpx.codes.FORBIDDEN and not form:
            raise NotAllowedError("审查服务拒绝了这个请求，请核对工号的角色。")
        if response.status_code >= 500:
            raise UnavailableError("审查服务内部出错，请稍后重试，或重启 review up。")
        return response

    def check(self) -> None:
        """Make sure that the server answers and our flow is being served there."""
        self._deployment_id()

    def healthy(self) -> bool:
        """Tell whether the server answers at all, without retrying."""
        try:
            return self._client.get("/health").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _deployment(self) -> dict[str, Any] | None:
        """Read the registration of our flow, None while there is none."""
        response = self._request("GET", f"/deployments/name/{FLOW_NAME}/{DEPLOYMENT_NAME}")
        return dict(response.json()) if response.status_code == httpx.codes.OK else None

    def _deployment_id(self) -> str:
        deployment = self._deployment()
        if deployment is None:
            raise UnavailableError("审查服务还没有就绪，请稍候再试，或用 review up 启动。")
        return str(deployment["id"])

    def registered_at(self) -> datetime | None:
        """Read when the serving process last registered our flow; None if it never did."""
        deployment = self._deployment()
        return None if deployment is None else datetime.fromisoformat(deployment["updated"])

    def start_case(self, case_id: str, *, after: str = "") -> str:
        """Create the flow run of a case, once for each run that it follows; returns its id.

        ``after`` is the id of the dead run whose place it takes, empty for the first.
        """
        body = {
            "parameters": {"case_id": case_id},
            "name": f"案件 {case_id}",
            "tags": [case_tag(case_id)],
            "idempotency_key": f"{case_id}/{after}",
        }
        path = f"/deployments/{self._deployment_id()}/create_flow_run"
        return str(self._request("POST", path, body).json()["id"])

    def live_runs(self) -> Iterator[dict[str, Any]]:
        """Stream the runs that wait, are due or are being worked on, of all cases."""
        wanted = {"state": {"type": {"any_": list(LIVE_STATES)}}}
        offset = 0
        while True:
            body = {"flow_runs": wanted, "sort": "ID_DESC", "limit": _PAGE, "offset": offset}
            page = self._request("POST", "/flow_runs/filter", body).json()
            yield from page
            if len(page) < _PAGE:
                return
            offset += _PAGE

    def runs_of(self, case_id: str) -> list[dict[str, Any]]:
        """List the flow runs of a case, newest first."""
        body = {
            "flow_runs": {"tags": {"all_": [case_tag(case_id)]}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": 50,
        }
        return list(self._request("POST", "/flow_runs/filter", body).json())

    def resume(self, run_id: str, answers: Mapping[str, object]) -> None:
        """Answer the waiting form, by the very call that the user interface makes.

        Raises ``NotAllowedError`` when the form refuses the answers.
        """
        response = self._request("POST", f"/flow_runs/{run_id}/resume", {"run_input": answers})
        if response.json().get("status") != "ACCEPT":
            raise NotAllowedError("审批表没有被接受，请核对填写的内容。")

    def has_form(self, run: dict[str, Any]) -> bool:
        """Tell whether a suspended run has the form that it waits for: it is stored afterwards."""
        keys = run["state"]["state_details"].get("run_input_keyset") or {}
        path = f"/flow_runs/{run['id']}/input/{keys.get('schema')}"
        return self._request("GET", path).status_code == httpx.codes.OK

    def replies(self, run_id: str) -> list[Reply]:
        """List the answers that a run holds, oldest first."""
        return [
            Reply(row["key"], _loaded(row["value"]), datetime.fromisoformat(row["created"]))
            for row in self._inputs(run_id)
            if _ANSWERED.fullmatch(row["key"])
        ]

    def _forms(self, run_id: str) -> list[str]:
        """List the keys under which a run holds forms and what stands above them."""
        keys = [str(row["key"]) for row in self._inputs(run_id)]
        return [key for key in keys if not _ANSWERED.fullmatch(key)]

    def _inputs(self, run_id: str) -> list[dict[str, Any]]:
        """List what a run was given and shown while it was suspended, oldest first."""
        body = {"prefix": "suspended-review-", "limit": _PAGE}
        return list(self._request("POST", f"/flow_runs/{run_id}/input/filter", body).json())

    def forget_answer(self, run_id: str, key: str) -> None:
        """Delete an answer from Prefect's database: it may quote anything, and it holds a code."""
        self._request("DELETE", f"/flow_runs/{run_id}/input/{key}")

    def rename(self, run_id: str, name: str) -> None:
        """Give a run the name that people look for."""
        self._request("PATCH", f"/flow_runs/{run_id}", {"name": name})

    def forget_shown(self, case_id: str) -> None:
        """Delete what was shown of a case: what a person has hidden since may stand in it.

        A form that somebody may still answer stays.
        """
        for run in self.runs_of(case_id):
            if run["state_type"] != "PAUSED":
                for key in self._forms(run["id"]):
                    self._request("DELETE", f"/flow_runs/{run['id']}/input/{key}")
        wanted = {"artifacts": {"key": {"like_": f"case-{case_id.lower()}-%"}}, "limit": _PAGE}
        for artifact in self._request("POST", "/artifacts/filter", wanted).json():
            self._request("DELETE", f"/artifacts/{artifact['id']}")

    def set_crashed(self, run_id: str) -> None:
        """Mark a run whose process is gone, so that another may take its place."""
        state = {"type": "CRASHED", "message": "处理进程已结束，由新的运行接续。"}
        self._request("POST", f"/flow_runs/{run_id}/set_state", {"state": state, "force": True})


def _trust(certificate: Path | None) -> ssl.SSLContext:
    """Trust the system's authorities and a certificate of the office's own."""
    context = ssl.create_default_context()
    if certificate is not None:
        with declared_errors():
            context.load_verify_locations(certificate)
    return context


def _loaded(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return None


def case_tag(case_id: str) -> str:
    """Give the tag by which the runs of a case are found."""
    return f"case:{case_id}"
