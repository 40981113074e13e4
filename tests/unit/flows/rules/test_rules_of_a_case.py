"""A running case keeps the rules that it began with, from the scan to the release."""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from flows.cases.answer import Answer
from flows.cases.desk import Desk
from flows.people.staff import StaffRegister
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from flows.rules.rule_archive import RuleArchive
from flows.rules.rulebook import SETTLE_SECONDS, Rulebook
from flows.store.casefiles import CaseFiles
from flows.store.store import CaseStore
from redact.operators import PublishedForms
from review.case import Attribute, Case, Decision, State, Submission
from review.policy import Policy
from review.staffing import StaffRole
from tests.fakes.detectors import WordDetector
from tests.fakes.workers import TextWorker

TEXT = "关于放假的通知\n联系人苗秋实，13900000001。"
HIDE = """
scope: 全县
take_down_days: 30
rules:
  - entity: PERSON
    action: remove
    basis: 本单位规定第八条
"""
SHOW = HIDE.replace("remove", "keep").replace("30", "60")


def build(policy: Policy) -> Pipeline:
    return Pipeline(TextWorker(), WordDetector, policy, PublishedForms)  # type: ignore[arg-type]


class Office:
    """A desk with rules on disk that tests may rewrite while cases are under way."""

    def __init__(self, home: Path, store: CaseStore, noon: datetime) -> None:
        self.home, self.now, self.seconds = home, noon, 0.0
        self.rules = home / "rules"
        (self.rules / "categories").mkdir(parents=True)
        self.write(HIDE)
        staff = StaffRegister(store)
        book = Rulebook(
            RuleArchive(home / "policies"),
            store,
            self.rules,
            build,
            lambda: self.now,
            lambda: self.seconds,
            strict=True,
        )
        self.desk = Desk(store, CaseFiles(home), staff, book, lambda: self.now, book)
        staff.add("zhou", {StaffRole.OFFICER}, at=noon)
        self.secret = staff.add("lin", {StaffRole.REVIEWER}, at=noon)

    def write(self, text: str) -> None:
        (self.rules / "categories" / "general.yaml").write_text(text, encoding="utf-8")

    def change(self, text: str) -> None:
        self.write(text)
        self.desk.rules_in_force()
        self.seconds += SETTLE_SECONDS
        self.desk.rules_in_force()

    def submit(self, text: str = TEXT) -> str:
        submission = Submission("general", Attribute.PROACTIVE, "zhou")
        return self.desk.submit([Incoming("通知.txt", text.encode())], submission)[0].id

    def decide(self, case: str, decision: Decision) -> Case:
        self.now += timedelta(seconds=30)
        code = pyotp.TOTP(self.secret).at(self.now)
        answer = Answer(decision=decision, reason="同意", officer="lin", code=code, at=self.now)
        return self.desk.decide(case, answer)

    def notes(self, case: str) -> dict[str, str]:
        return {note.code: note.message for note in self.desk.record(case).notes}


@pytest.fixture
def office(tmp_path: Path, sqlite_store: CaseStore, noon: datetime) -> Office:
    return Office(tmp_path / "home", sqlite_store, noon)


def test_a_case_is_scanned_and_released_under_the_rules_that_it_began_with(office: Office) -> None:
    case = office.submit()
    office.change(SHOW)
    assert office.desk.scan(case).state is State.AWAITING
    rules = office.desk.rules_of(office.desk.store.get(case))
    assert rules.category("general").take_down_days == 30
    assert office.notes(case)["policy_replaced"] == "规则已更新，本件仍按送审时的原规则办理。"
    office.decide(case, Decision.APPROVE)
    assert office.desk.release(case).state is State.RELEASED
    folder = office.desk.files.released_dir(case)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert "苗秋实" not in (folder / "通知.txt").read_text()
    assert manifest["policy_digest"] == office.desk.store.get(case).policy
    assert manifest["take_down_on"] == "2026-04-04"
    assert "policy_replaced" not in office.notes(case)


def test_a_case_handed_in_later_goes_by_the_rules_of_then(office: Office) -> None:
    office.submit()
    office.change(SHOW)
    later = office.submit(TEXT + "\n另：照旧。")
    office.desk.scan(later)
    assert "policy_replaced" not in office.notes(later)
    assert office.desk.record(later).counts["PERSON"] == {"keep": 1}


def test_rules_that_come_back_are_no_change_for_a_case(office: Office) -> None:
    case = office.submit()
    office.desk.scan(case)
    office.change(SHOW)
    assert "policy_replaced" in office.notes(case)
    office.change(HIDE)
    assert "policy_replaced" not in office.notes(case)


def test_a_case_whose_rules_are_lost_is_set_aside_and_can_be_sent_back(office: Office) -> None:
    case = office.submit()
    office.desk.scan(case)
    office.change(SHOW)
    shutil.rmtree(office.home / "policies" / office.desk.store.get(case).policy)
    office.decide(case, Decision.APPROVE)
    held = office.desk.release(case)
    assert held.state is State.AWAITING
    assert "规则没有留存" in held.note
    assert not office.desk.files.released_dir(case).exists()
    assert office.decide(case, Decision.RETURN).state is State.RETURNED
