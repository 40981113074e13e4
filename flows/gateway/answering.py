"""What happens to an answer on its way to Prefect: the person seals it, free text stays here."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from starlette.types import ASGIApp

from flows.cases.answer import CHANGED
from flows.people.door import Door
from flows.store.casefiles import CaseFiles, further_name
from flows.store.store import CaseStore
from review.errors import NotAllowedError, UnavailableError, WrongUsageError

FURTHER = "further"
"""The field with what the reviewer wants hidden, too, in his own words: often a person's data."""

TURN = "turn"
"""The field that binds an answer to what the case asked when the form was opened."""

MOST_BYTES = 256 * 1024
_MOST_FURTHER = 10_000
_TAG = "case:"
_BROKEN = "审批表的内容无法读取，请刷新网页后重新填写。"


class Prefect:
    """Ask the server within, past every right: only for what the gateway itself must know."""

    def __init__(self, inner: ASGIApp) -> None:
        transport = httpx.ASGITransport(app=inner, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://gateway/api")

    async def case_of(self, run: str) -> str | None:
        """Give the case of a run by its tag; None unless it has exactly one."""
        response = await self._client.get(f"/flow_runs/{run}")
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        tags = self._checked(response).get("tags", [])
        named = [tag.removeprefix(_TAG) for tag in tags if tag.startswith(_TAG)]
        return named[0] if len(named) == 1 else None

    async def paused_runs(self) -> Mapping[str, str]:
        """Give the run that waits with its form, by case."""
        found: dict[str, str] = {}
        page, size = 0, 200
        while True:
            body = {
                "flow_runs": {"state": {"type": {"any_": ["PAUSED"]}}},
                "sort": "ID_DESC",
                "limit": size,
                "offset": page * size,
            }
            runs = self._checked(await self._client.post("/flow_runs/filter", json=body))
            for run in runs:
                for tag in run["tags"]:
                    found.setdefault(tag.removeprefix(_TAG), run["id"])
            if len(runs) < size:
                return found
            page += 1

    async def summary_of(self, case: str) -> str | None:
        """Give the newest artifact that sums a case up, None where there is none."""
        body = {
            "artifacts": {"key": {"like_": f"case-{case.lower()}-%-summary"}},
            "sort": "CREATED_DESC",
            "limit": 1,
        }
        found = self._checked(await self._client.post("/artifacts/filter", json=body))
        return str(found[0]["id"]) if found else None

    def _checked(self, response: httpx.Response) -> Any:
        if response.status_code != httpx.codes.OK:
            raise UnavailableError("审查服务正忙，请稍后重试。")
        return response.json()


class Answering:
    """Seal answers for the person who is logged in."""

    def __init__(
        self,
        prefect: Prefect,
        store: CaseStore,
        files: CaseFiles,
        door: Door,
        now: Callable[[], datetime],
    ) -> None:
        self._prefect = prefect
        self._store = store
        self._files = files
        self._door = door
        self._now = now

    async def seal(self, run: str, officer: str, body: bytes) -> bytes:
        """Seal the answers in a request's body and give the body to pass on.

        Raises ``WrongUsageError`` where the body is none, ``NotAllowedError`` where the run is of
        no case.
        """
        answers = _answers(body)
        run = _canonical(run)
        case = await self._prefect.case_of(run)
        if case is None:
            raise NotAllowedError(
                "这个流程不属于任何案件，不能在这里答复，请从“我的待办”重新打开。"
            )
        await asyncio.to_thread(self._keep, case, run, officer, answers)
        return json.dumps({"run_input": answers}, ensure_ascii=False).encode()

    def _keep(self, case: str, run: str, officer: str, answers: dict[str, Any]) -> None:
        known = self._store.get(case)
        if answers.setdefault(TURN, known.turn) != known.turn:
            raise NotAllowedError(CHANGED)
        further = answers.get(FURTHER, "")
        if not isinstance(further, str):  # Prefect would make a text of a template
            raise WrongUsageError(_BROKEN)
        if further.strip():
            if len(further) > _MOST_FURTHER:
                raise WrongUsageError(f"另需隐去的内容不能超过 {_MOST_FURTHER} 字，请删减。")
            token = secrets.token_hex(16)
            self._files.put_record(known.id, further_name(token), {"text": further})
            answers[FURTHER] = token
        self._door.seal(known.id, run, officer, answers, self._now())


def _canonical(run: str) -> str:
    try:
        return str(UUID(run))
    except ValueError:
        raise WrongUsageError("流程编号的写法不对，请从“我的待办”重新打开。") from None


def _answers(body: bytes) -> dict[str, Any]:
    if len(body) > MOST_BYTES:
        raise WrongUsageError("审批表的内容太长，请删减后再提交。")
    try:
        sent = json.loads(body.decode(), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise WrongUsageError(_BROKEN) from None
    answers = sent.get("run_input") if isinstance(sent, dict) else None
    if not isinstance(answers, dict):
        raise WrongUsageError(_BROKEN)
    return answers


def _no_constant(name: str) -> None:
    raise ValueError(name)
