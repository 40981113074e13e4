"""The flow of one case: scan, wait for a person, release.

A resumed flow runs again from its first line, so every step asks the case store what is already
done. Prefect is told the case number and masked texts, never a person's data; whatever goes wrong
reaches it as one sentence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TypeVar

from prefect import flow, task
from prefect.artifacts import Artifact, acreate_markdown_artifact, acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.flow_runs import asuspend_flow_run
from prefect.input import RunInput
from prefect.runtime import flow_run

from flows.beijing import beijing_day
from flows.cases.artifacts import excerpts, findings_table
from flows.cases.desk import Desk
from flows.cases.form import decision_form, to_answer
from flows.compose import now, open_api, open_desk, open_door, settings
from flows.durable import locked
from flows.people.door import Sealed
from flows.prefect_api import FLOW_NAME, PrefectApi, Reply
from flows.store.erasure import fold_log
from review.case import Case, State
from review.errors import NotAllowedError, ReviewError

WAIT_SECONDS = 400 * 24 * 3600
"""How long a case may wait for a person before Prefect gives the run up; the case itself stays."""

Result = TypeVar("Result")


class CaseFailedError(RuntimeError):
    """What Prefect is told of a failure: one sentence without a trace of the document."""


@contextmanager
def sanitised() -> Iterator[None]:
    """Let nothing but a declared sentence out of a step."""
    message = ""
    try:
        yield
    except ReviewError as error:
        message = error.message
    except Exception as error:  # its text may quote the document
        message = f"处理时出现内部错误（{type(error).__name__}），案件保持原状，请管理员检查。"
    if message:
        raise CaseFailedError(message) from None


@cache
def _desk() -> Desk:
    return open_desk()


async def _aside(step: Callable[[str], Result], case_id: str) -> Result:
    """Run a step of the desk off the event loop, so that Prefect's own calls go on."""
    with sanitised():
        return await asyncio.to_thread(step, case_id)


@task(
    name="scan", task_run_name="检测与处理", retries=2, retry_delay_seconds=5, cache_policy=NO_CACHE
)
async def scan_case(case_id: str) -> None:
    """Read, detect, plan, write and verify."""
    await _aside(lambda key: _desk().scan(key), case_id)


@task(
    name="release",
    task_run_name="生成公开包",
    retries=2,
    retry_delay_seconds=5,
    cache_policy=NO_CACHE,
)
async def release_case(case_id: str) -> None:
    """Write the released package."""
    await _aside(lambda key: _desk().release(key), case_id)


@flow(name=FLOW_NAME, persist_result=False, log_prints=False, validate_parameters=True)
async def review_case(case_id: str) -> str:
    """Take one case from registration to its end; returns the state it ended in."""
    case = await _aside(_desk().store.get, case_id)
    await scan_case(case.id)
    case = await _aside(_desk().store.get, case_id)
    while case.state in (State.AWAITING, State.APPROVED):
        if case.state is State.AWAITING:
            await show_case(case)
            case = await ask_person(case)
        else:
            await release_case(case_id)
            case = await _aside(_desk().store.get, case_id)
    await _aside(_take_late_replies, case_id)
    return case.state.value


async def show_case(case: Case) -> None:
    """Publish the artifacts of a waiting case, once for each time it asks."""
    with sanitised():
        asked, _ = _desk().asked(case.id)
        key = f"case-{case.id.lower()}-{asked}"
        if await Artifact.aget(f"{key}-summary") is not None:
            return
        await asyncio.to_thread(_forget_shown, case.id)
        record = _desk().record(case.id)
        about = " ".join(part for part in (case.id, record.document_number, record.title) if part)
        name = f"{about}（待{case.step.title}）"
        await asyncio.to_thread(_api().rename, str(flow_run.id), name)
        await acreate_table_artifact(
            key=f"{key}-findings", table=findings_table(record), description="检出清单（已打码）"
        )
        await acreate_markdown_artifact(
            key=f"{key}-summary",
            markdown=excerpts(case, record),
            description="处理前后对照（已打码）",
        )


def _forget_shown(case_id: str) -> None:
    """Take off the server what it showed of a case the time before."""
    _api().forget_shown(case_id)
    fold_log(settings().home)


async def ask_person(case: Case) -> Case:
    """Suspend until a person has filled in the form, then let the desk decide on it.

    Rounds are numbered by how often the case has asked. What this run was answered is looked for
    first: another run of the case may have moved the number on meanwhile.
    """
    with sanitised():
        asked, refusal = _desk().asked(case.id)
        form, this_run = _form(case, refusal), str(flow_run.id)
        if await asyncio.to_thread(_reply, case.id, this_run) is None:
            with suppress(ValueError, TypeError):  # set going with no valid answer: judged below
                await asuspend_flow_run(
                    wait_for_input=form, timeout=WAIT_SECONDS, key=f"review-{asked}"
                )
        if not await asyncio.to_thread(_take_reply, case.id, this_run, form):
            _miss_reply(case, asked)
        return _desk().store.get(case.id)


def _form(case: Case, refusal: str) -> type[RunInput]:
    desk = _desk()
    rules = desk.rules_of(case)
    category = rules.category(case.submission.category)
    today = beijing_day(now())
    record = desk.record(case.id)
    return decision_form(case, record, category, rules.approval, refusal, today)


def _reply(case_id: str, this_run: str) -> tuple[str, Reply] | None:
    """Give the first answer to the case that is not taken yet, with the run that holds it.

    A run that was killed leaves its answer to the run that follows it.
    """
    runs = dict.fromkeys((this_run, *(run["id"] for run in _api().runs_of(case_id))))
    return next(((run, reply) for run in runs for reply in _api().replies(run)), None)


def _miss_reply(case: Case, asked: int) -> None:
    """Record that a run went on without an answer, unless another run has just taken that."""
    desk = _desk()
    if desk.store.get(case.id).state is State.AWAITING and desk.asked(case.id)[0] == asked:
        desk.refuse(case.id, "没有收到完整的审批意见，请重新填写。")


def _take_reply(case_id: str, this_run: str, form: type[RunInput] | None = None) -> bool:
    """Decide on the next answer to a case, if there is one; a refusal leaves the case as it is.

    One run at a time looks for an answer, decides on it and takes it off Prefect: two that come
    upon the same one would both record what became of it.
    """
    desk = _desk()
    with locked(desk.files.case_dir(case_id) / ".answer.lock"):
        given = _reply(case_id, this_run)
        if given is None:
            return False
        run, reply = given
        door = open_door(desk.store)
        seal = door.sealed(case_id, run, reply.values) if isinstance(reply.values, dict) else None
        try:
            _decide(case_id, form or _form(desk.store.get(case_id), ""), reply, seal)
        except NotAllowedError:
            pass  # recorded by the desk; the form comes again and says why
        finally:
            _api().forget_answer(run, reply.key)
            fold_log(settings().home)
        if seal is not None:
            door.take(case_id, seal, now())
    return True


def _decide(case_id: str, form: type[RunInput], reply: Reply, seal: Sealed | None) -> None:
    """Decide in the name of the person who was logged in when he gave this very answer."""
    desk = _desk()
    if seal is None:
        desk.refuse(case_id, "这份答复不是登录后提交的，没有采用；请登录后重新填写。")
        return
    try:
        answer = to_answer(form, reply.values, seal.officer, seal.at)
    except ValueError:
        desk.refuse(case_id, "没有收到完整的审批意见，请重新填写。", officer=seal.officer)
        return
    desk.decide(case_id, answer)


def _take_late_replies(case_id: str) -> None:
    """Record and delete what came too late: to another run of the case, or before a crash."""
    while _take_reply(case_id, str(flow_run.id)):
        pass


def _api() -> PrefectApi:
    return open_api()
