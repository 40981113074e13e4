"""The gateway's own pages for those who are in: desk, review copies, locked accounts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from flows.cases.desk import Desk
from flows.cases.waiting import may_read
from flows.durable import declared_errors
from flows.gateway import pages
from flows.gateway.answering import Prefect
from flows.gateway.bodies import read_form
from flows.gateway.callers import Person
from flows.gateway.desk_page import own_rows, waiting_rows
from flows.gateway.entrance import Entrance
from flows.gateway.rights import may_answer, may_look
from review.case import Case
from review.errors import NotAllowedError, WrongUsageError
from review.staffing import StaffRole, role_names

_COPY = re.compile(r"/cases/([A-Za-z0-9][A-Za-z0-9_-]{0,63})/review\.html")
_MARKED = re.compile(
    r"/cases/([A-Za-z0-9][A-Za-z0-9_-]{0,63})/(marked-[A-Za-z0-9-]{1,40}\.(?:docx|pdf))"
)
_SUMMARY = re.compile(r"/cases/([A-Za-z0-9][A-Za-z0-9_-]{0,63})/summary")

Handler = Callable[[Request, Person], Awaitable[Response]]


@dataclass(slots=True)
class Front:
    """Answer what is asked of the gateway itself."""

    desk: Desk
    prefect: Prefect
    entrance: Entrance
    now: Callable[[], datetime]

    def handler(self, method: str, path: str) -> Handler | None:
        """Give what answers a person's request, None where the path is none of ours."""
        verb = "GET" if method == "HEAD" else method
        of_case: Mapping[re.Pattern[str], Callable[..., Awaitable[Response]]] = {
            _COPY: self._review_copy,
            _MARKED: self._marked_copy,
            _SUMMARY: self._summary,
        }
        for pattern, show in of_case.items():
            if verb == "GET" and (match := pattern.fullmatch(path)):
                return partial(show, *match.groups())
        routes: Mapping[tuple[str, str], Handler] = {
            ("GET", "/"): self._home,
            ("GET", "/desk"): self._desk_page,
            ("GET", "/password"): self.entrance.password_form,
            ("POST", "/password"): self.entrance.change_password,
            ("GET", "/staff"): self._staff_page,
            ("POST", "/staff/unlock"): self._unlock,
            ("POST", "/logout"): self.entrance.log_out,
        }
        return routes.get((verb, path))

    async def _home(self, request: Request, person: Person) -> Response:
        return pages.to("/desk")

    async def _desk_page(self, request: Request, person: Person) -> Response:
        staff = person.staff
        decides, submits = may_answer(staff.roles), StaffRole.OFFICER in staff.roles
        runs = await self.prefect.paused_runs() if decides else {}
        waiting = (
            await asyncio.to_thread(waiting_rows, self.desk, staff, runs, self.now())
            if decides
            else []
        )
        own, older = await asyncio.to_thread(own_rows, self.desk, staff) if submits else ([], 0)
        return pages.page(
            "desk.html",
            staff,
            decides=decides,
            submits=submits,
            waiting=waiting,
            own=own,
            left_out=older,
        )

    async def _review_copy(self, case_id: str, request: Request, person: Person) -> Response:
        return await asyncio.to_thread(self._open_copy, case_id, person)

    def _open_copy(self, case_id: str, person: Person) -> Response:
        """Show the draft in clear to the people of the case; the chain says who looked."""
        case = self._readable(case_id, person, "review_copy")
        with declared_errors():
            copy = self.desk.files.review_copy(case.id, case.version)
            text = copy.read_text("utf-8") if copy.exists() else None
        if text is None:
            raise WrongUsageError("该件还没有对照页，请等检测完成后再看。")
        self._record(person, "review_copy_opened", case.id, {})
        return pages.as_html(text)

    def _readable(self, case_id: str, person: Person, what: str) -> Case:
        """Give a case to the people of the case; the chain says who else tried."""
        case = self._case(case_id)
        if case is None or not may_read(case, person.staff):
            self._record(person, "access_refused", case.id if case else "", {"what": what})
            raise NotAllowedError(
                "没有这个案件，或者您无权查看它的对照页；请核对编号，或请办理这个案件的人查看。"
            )
        return case

    async def _marked_copy(
        self, case_id: str, name: str, request: Request, person: Person
    ) -> Response:
        return await asyncio.to_thread(self._open_marked, case_id, name, person)

    def _open_marked(self, case_id: str, name: str, person: Person) -> Response:
        """Hand out a highlighted draft as the review copy is shown; older versions are not."""
        case = self._readable(case_id, person, "marked_copy")
        held = {path.name: path for path in self.desk.files.marked_copies(case.id, case.version)}
        if name not in held:
            raise WrongUsageError("该件没有这份标注稿，请从对照页重新打开。")
        with declared_errors():
            data = held[name].read_bytes()
        self._record(person, "marked_copy_opened", case.id, {})
        return pages.as_download(f"{case.id}-{name}", data)

    async def _summary(self, case_id: str, request: Request, person: Person) -> Response:
        """Lead to the masked findings of a case, where Prefect's rights decide who sees them."""
        found = await self.prefect.summary_of(case_id) if may_look(person.staff.roles) else None
        if found is None:
            raise WrongUsageError("没有这个案件的检测结果，或者正在准备；请稍后再打开。")
        return pages.to(f"/artifacts/artifact/{found}")

    def _case(self, case_id: str) -> Case | None:
        try:
            return self.desk.store.get(case_id)
        except WrongUsageError:
            return None

    async def _staff_page(self, request: Request, person: Person) -> Response:
        return await asyncio.to_thread(self._locked, person)

    def _locked(self, person: Person, error: str = "", done: str = "") -> Response:
        if StaffRole.AUDITOR not in person.staff.roles:
            self._record(person, "access_refused", "", {"what": "staff"})
            raise NotAllowedError("只有审计员可以查看锁定的工号，请找审计员解锁。")
        rows = [
            {"id": member.id, "roles": role_names(member.roles)}
            for member in self.desk.staff.list()
            if member.locked and not member.disabled
        ]
        status = 403 if error else 200
        return pages.page(
            "staff.html", person.staff, status=status, error=error, done=done, locked=rows
        )

    async def _unlock(self, request: Request, person: Person) -> Response:
        form = await read_form(request)
        return await asyncio.to_thread(
            self._unlocked, person, form.get("officer", ""), form.get("code", "")
        )

    def _unlocked(self, person: Person, officer: str, code: str) -> Response:
        try:
            self.desk.staff.unlock(officer, by=person.staff.id, code=code, at=self.now())
        except (NotAllowedError, WrongUsageError) as refusal:
            return self._locked(person, error=refusal.message)
        return self._locked(person, done=f"已解锁工号 {officer}。")

    def _record(self, person: Person, action: str, case: str, data: Mapping[str, str]) -> None:
        self.desk.store.record(
            actor=person.staff.id, action=action, at=self.now(), case=case, data=data
        )
