"""The rules may change while the office works: never half, never unseen, never for a case begun."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from flows.processing.pipeline import Pipeline
from flows.rules.rule_archive import RuleArchive
from flows.rules.rulebook import IN_FORCE, SETTLE_SECONDS, Rulebook
from flows.store.store import CaseStore
from policies.loader import load_edition, read_edition
from redact.operators import PublishedForms
from review.audit import AuditEvent
from review.errors import PolicyInvalidError, UnsafeOutputError
from review.finding import Entity, Role
from review.policy import Policy
from tests.fakes.detectors import WordDetector
from tests.fakes.workers import TextWorker

STRICTER = """
rules:
  - entity: PERSON
    role: recipient
    action: remove
    basis: 本单位规定第八条
"""
OPENER = STRICTER.replace("remove", "keep")
SUBSIDY = "categories/subsidy_payment.yaml"


def build(policy: Policy) -> Pipeline:
    return Pipeline(TextWorker(), WordDetector, policy, PublishedForms)  # type: ignore[arg-type]


class Office:
    """A folder of rules, a store and a clock that tests turn; ``book`` opens a process."""

    def __init__(self, home: Path, store: CaseStore, noon: datetime) -> None:
        self.rules = home / "rules"
        self.archive = RuleArchive(home / "policies")
        self.store = store
        self.noon = noon
        self.seconds = 0.0
        (self.rules / "categories").mkdir(parents=True)
        self.write("rules:\n")
        self.write(STRICTER)

    def write(self, text: str, name: str = SUBSIDY) -> None:
        (self.rules / name).write_text(text, encoding="utf-8")

    def book(self, *, strict: bool = False) -> Rulebook:
        return Rulebook(
            self.archive,
            self.store,
            self.rules,
            build,
            lambda: self.noon,
            lambda: self.seconds,
            strict=strict,
        )

    def settle(self, book: Rulebook) -> Pipeline:
        book()
        self.seconds += SETTLE_SECONDS
        return book()

    def events(self) -> list[AuditEvent]:
        return [event for event in self.store.events() if event.action == IN_FORCE]


@pytest.fixture
def office(tmp_path: Path, sqlite_store: CaseStore, noon: datetime) -> Office:
    return Office(tmp_path, sqlite_store, noon)


def effect(pipeline: Pipeline) -> str:
    category = pipeline.policy.category("subsidy_payment")
    return pipeline.policy.rule(category, Entity.PERSON, Role.RECIPIENT).effect.value


def test_the_chain_names_the_rules_in_force_once(office: Office) -> None:
    book = office.book()
    pipeline = book()
    book()
    office.book()()
    (event,) = office.events()
    assert event.data["digest"] == pipeline.policy.digest
    assert event.data["version"] == pipeline.policy.version
    assert event.actor == "system"


def test_looking_names_nothing(office: Office) -> None:
    assert office.book().digest()
    assert office.events() == []


def test_a_change_is_taken_up_without_a_restart_and_counted_in_the_chain(office: Office) -> None:
    book = office.book()
    before = book().policy.digest
    office.write(OPENER)
    assert effect(office.settle(book)) == "keep"
    event = office.events()[-1]
    assert (event.data["previous"], event.data["weaker"]) == (before, 1)
    assert "stronger" not in event.data
    assert office.store.verify() is None


def test_a_change_to_and_fro_is_told_each_time(office: Office) -> None:
    book = office.book()
    book()
    office.write(OPENER)
    office.settle(book)
    office.write(STRICTER)
    office.settle(book)
    assert [event.data.get("stronger") for event in office.events()] == [None, None, 1]


def test_a_folder_that_is_still_being_written_to_is_not_read(office: Office) -> None:
    book = office.book()
    book()
    office.write(OPENER)
    assert effect(book()) == "remove"
    office.seconds += SETTLE_SECONDS - 0.1
    office.write(OPENER + "# 还没写完\n")
    assert effect(book()) == "remove"
    office.seconds += 0.2
    assert effect(book()) == "remove"
    office.seconds += SETTLE_SECONDS
    assert effect(book()) == "keep"


def test_a_faulty_change_leaves_the_rules_before_in_force_and_says_so(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    book = office.book()
    before = book()
    office.write(OPENER, "categories/bid_award.yaml")
    office.write("rules: 写错了\n")
    with caplog.at_level(logging.WARNING):
        assert office.settle(book) is before
        office.settle(book)
    assert [r.getMessage() for r in caplog.records] == [
        f"规则文件夹有问题，仍按原规则（摘要 {before.policy.digest[:12]}）办理："
        "规则文件有 1 处问题，请逐条改正后再试。"
    ]
    office.write(OPENER)
    assert effect(office.settle(book)) == "keep"


def test_a_folder_that_is_gone_leaves_the_rules_before_in_force(office: Office) -> None:
    book = office.book()
    before = book()
    shutil.rmtree(office.rules)
    assert office.settle(book) is before


def test_a_comment_is_another_digest_and_an_untouched_text_is_none(office: Office) -> None:
    book = office.book()
    before = book()
    office.write(STRICTER)  # saved again without a change
    assert office.settle(book) is before
    office.write("# 说明\n" + STRICTER)
    office.settle(book)
    assert set(office.events()[-1].data) == {"version", "digest", "previous"}


def test_a_fresh_process_goes_on_under_the_last_rules_when_the_folder_is_faulty(
    office: Office,
) -> None:
    office.book()()
    office.write("rules: 写错了\n")
    assert effect(office.book()()) == "remove"
    assert len(office.events()) == 1


def test_a_named_folder_must_be_sound(office: Office) -> None:
    office.book()()
    office.write("rules: 写错了\n")
    with pytest.raises(PolicyInvalidError):
        office.book(strict=True)()


def test_without_rules_before_a_faulty_folder_stops_the_work(office: Office) -> None:
    office.write("rules: 写错了\n")
    with pytest.raises(PolicyInvalidError):
        office.book()()


def test_a_case_keeps_the_rules_that_it_began_with(office: Office) -> None:
    book = office.book()
    began = book().policy.digest
    office.write(OPENER)
    office.settle(book)
    assert effect(book.of(began)) == "remove"
    assert effect(office.book().of(began)) == "remove"  # a process that never saw them
    assert book.of(book.digest()) is book()


def test_kept_rules_are_for_nobody_else_to_read(office: Office) -> None:
    office.book()()
    kept = [path for path in (office.archive._folder).rglob("*") if path.is_file()]
    assert len(kept) > 20
    assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}


def _lose(folder: Path) -> None:
    shutil.rmtree(folder)


def _change(folder: Path) -> None:
    (folder / "office" / SUBSIDY).write_text(OPENER, encoding="utf-8")


def _break(folder: Path) -> None:
    (folder / "builtin" / "policy.yaml").write_text("floor: 无", encoding="utf-8")


def _empty(folder: Path) -> None:
    for path in (folder / "builtin").rglob("*.yaml"):
        path.unlink()


@pytest.mark.parametrize("harm", [_lose, _change, _break, _empty])
def test_kept_rules_that_are_not_the_same_any_more_are_refused(
    office: Office, harm: Callable[[Path], None]
) -> None:
    digest = office.book()().policy.digest
    harm(office.archive._folder / digest)
    office.write(OPENER)
    with pytest.raises(UnsafeOutputError, match="退回重新送审"):
        office.book().of(digest)


@pytest.mark.parametrize("digest", ["", "../rules", "f" * 64, "F" * 64])
def test_what_is_no_digest_of_kept_rules_is_refused(office: Office, digest: str) -> None:
    with pytest.raises(UnsafeOutputError):
        office.book().of(digest)


def test_an_edition_read_back_is_the_one_that_was_kept(office: Office) -> None:
    files = read_edition(office.rules)
    policy = load_edition(files)
    office.archive.keep(policy, files)
    office.archive.keep(policy, files)
    assert office.archive.load(policy.digest) == policy
