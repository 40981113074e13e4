"""A desk with one officer and one reviewer, and a server that only remembers what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pyotp

from flows.cases.answer import Answer
from flows.cases.desk import Desk
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from redact.operators import PublishedForms
from review.case import Attribute, Case, Decision, Submission
from review.policy import Policy
from review.staffing import StaffRole
from tests.fakes.detectors import WordDetector
from tests.fakes.policies import small_policy
from tests.fakes.workers import TextWorker

DRAFT = "关于救助的公告\n救助对象苗秋实，13900000001。"
OPINION = "第二段请删去与救助无关的内容"


@dataclass
class Server:
    """Take runs as Prefect does: the same key again is the same run."""

    desk: Desk | None = None
    started: list[tuple[str, str]] = field(default_factory=list)

    def check(self) -> None:
        pass

    def start_case(self, case: str, *, after: str = "") -> str:
        if (case, after) not in self.started:
            self.started.append((case, after))
            if self.desk is not None:
                self.desk.scan(case)
        return f"{case}/{after}"


class OfficersDesk:
    """Hand in, send back, and look at what became of it."""

    def __init__(
        self, home: Path, store: CaseStore, at: datetime, policy: Policy | None = None
    ) -> None:
        self.at = at
        rules = policy or small_policy()
        pipeline = Pipeline(TextWorker(), WordDetector, rules, PublishedForms)
        self.staff = StaffRegister(store)
        self.files = CaseFiles(home)
        self.desk = Desk(store, self.files, self.staff, lambda: pipeline, lambda: self.at)
        self.staff.add("zhou", {StaffRole.OFFICER}, at=at)
        self.staff.add("zheng", {StaffRole.OFFICER}, at=at)
        self.staff.add("wu", {StaffRole.UNIT_HEAD}, at=at)
        self.secret = self.staff.add("lin", {StaffRole.REVIEWER}, at=at)
        self.server = Server(self.desk)

    def waiting(self, texts: Sequence[str] = (DRAFT,), category: str = "general") -> Case:
        submission = Submission(category, Attribute.PROACTIVE, "zhou")
        incoming = [Incoming("公告.txt", text.encode()) for text in texts]
        return self.desk.scan(self.desk.submit(incoming, submission)[0].id)

    def decide(self, case: Case, decision: Decision, opinion: str, **more: str) -> Case:
        self.at += timedelta(seconds=30)
        code = pyotp.TOTP(self.secret).at(self.at)
        return self.desk.decide(case.id, Answer(decision, opinion, "lin", code, self.at, **more))

    def send_back(self, case: Case, opinion: str = OPINION, **more: str) -> Case:
        return self.decide(case, Decision.RETURN, opinion, **more)

    def returned(self, *texts: str) -> Case:
        return self.send_back(self.waiting(texts or (DRAFT,)))
