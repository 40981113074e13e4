"""The few calls of Prefect's REST interface that spare us the second of ``import prefect``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import httpx
from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from review.errors import NotAllowedError, UnavailableError

FLOW_NAME = "review-case"
DEPLOYMENT_NAME = "local"
LIVE_STATES = ("SCHEDULED", "PENDING", "RUNNING", "PAUSED")


class _BusyError(Exception):
    """The server asked to be called again: SQLite under load answers 503."""


class PrefectApi:
    """Talk to one Prefect server; raises ``UnavailableError`` when it does not answer."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = httpx.Client(base_url=url, timeout=30, trust_env=False)

    def _request(self, method: str, path: str, body: object = None) -> httpx.Response:
        def once() -> httpx.Response:
            response = self._client.request(method, path, json=body)
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

    def _deployment_id(self) -> str:
        response = self._request("GET", f"/deployments/name/{FLOW_NAME}/{DEPLOYMENT_NAME}")
        if response.status_code != httpx.codes.OK:
            raise UnavailableError("审查服务还没有就绪，请稍候再试，或用 review up 启动。")
        return str(response.json()["id"])

    def start_case(self, case_id: str, *, attempt: int = 0) -> str:
        """Create the flow run of a case, once for each (case, attempt); returns the run's id."""
        body = {
            "parameters": {"case_id": case_id},
            "name": f"案件 {case_id}",
            "tags": [case_tag(case_id)],
            "idempotency_key": f"{case_id}/{attempt}",
        }
        path = f"/deployments/{self._deployment_id()}/create_flow_run"
        return str(self._request("POST", path, body).json()["id"])

    def runs_of(self, case_id: str) -> list[dict[str, Any]]:
        """List the flow runs of a case, newest first."""
        body = {
            "flow_runs": {"tags": {"all_": [case_tag(case_id)]}},
            "sort": "EXPECTED_START_TIME_DESC",
            "limit": 50,
        }
        return list(self._request("POST", "/flow_runs/filter", body).json())

    def resume(self, run_id: str, answers: dict[str, str]) -> None:
        """Answer the waiting form, by the very call that the user interface makes.

        Raises ``NotAllowedError`` when the form refuses the answers.
        """
        response = self._request("POST", f"/flow_runs/{run_id}/resume", {"run_input": answers})
        if response.json().get("status") != "ACCEPT":
            raise NotAllowedError("审批表没有被接受，请核对填写的内容。")

    def answered_at(self, run_id: str, key: str) -> datetime | None:
        """Read the server's time at which a form was answered."""
        body = {"prefix": key, "limit": 5}
        rows = self._request("POST", f"/flow_runs/{run_id}/input/filter", body).json()
        moments = [row["created"] for row in rows if row["key"] == key]
        return datetime.fromisoformat(moments[0]) if moments else None

    def forget_answer(self, run_id: str, key: str) -> None:
        """Delete an answer from Prefect's database once the case store holds the decision."""
        self._request("DELETE", f"/flow_runs/{run_id}/input/{key}")

    def rename(self, run_id: str, name: str) -> None:
        """Give a run the name that people look for."""
        self._request("PATCH", f"/flow_runs/{run_id}", {"name": name})

    def set_crashed(self, run_id: str) -> None:
        """Mark a run whose process is gone, so that another may take its place."""
        state = {"type": "CRASHED", "message": "处理进程已结束，由新的运行接续。"}
        self._request("POST", f"/flow_runs/{run_id}/set_state", {"state": state, "force": True})


def case_tag(case_id: str) -> str:
    """Give the tag by which the runs of a case are found."""
    return f"case:{case_id}"
