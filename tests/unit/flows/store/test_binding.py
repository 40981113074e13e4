"""A case in the database is what the chain says of it, or it is refused and found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from flows.store.caserows import row_of
from flows.store.records import dump_case
from flows.store.store import CaseStore
from review.case import (
    Approval,
    Attribute,
    Case,
    Decision,
    Digests,
    State,
    Submission,
    Verdict,
    await_decision,
    record_scan,
)
from review.errors import AuditBrokenError

CASE = "2026-0001"
DIGESTS = Digests(("a" * 64,), "f" * 64, ("d" * 64,), ("e" * 64,))
LATER = datetime.fromisoformat("2026-03-06T08:00:00+00:00")


@pytest.fixture
def waiting(store: CaseStore, make_case, noon) -> Case:
    """Put a case that waits for a person, between two others."""
    store.add(make_case("2026-0000", "b"), actor="A01", at=noon, data={})
    registered = make_case(CASE)
    store.add(registered, actor="A01", at=noon, data={})
    scanned = record_scan(registered, Verdict.FLAGGED, DIGESTS, "关于补贴的公示")
    change = {"actor": "system", "at": noon}
    store.save(scanned, was=State.REGISTERED, action="case_scanned", **change)
    case = await_decision(scanned, (), noon)
    store.save(case, was=State.FLAGGED, action="case_waiting", **change)
    store.record(actor="B02", action="answer_refused", at=noon, case=CASE, data={"reason": "x"})
    store.add(make_case("2026-0002", "c"), actor="A01", at=noon, data={})
    assert store.get(CASE) == case
    assert store.verify() is None
    return case


def execute(store: CaseStore, statement: str, **values: str) -> None:
    """Write past the store, as someone would who owns the database."""
    with store._database.write() as connection:
        assert connection.execute(text(statement), values).rowcount > 0


def put(store: CaseStore, case: Case) -> None:
    statement = "UPDATE cases SET body = :body, state = :state WHERE id = :id"
    execute(store, statement, body=dump_case(case), state=case.state.value, id=CASE)


def approved(case: Case, digests: Digests = DIGESTS) -> Case:
    approval = Approval("B02", "reviewer", LATER, Decision.APPROVE, "同意", digests)
    return replace(case, state=State.APPROVED, approvals=(approval,))


FORGERIES: dict[str, Callable[[Case], Case]] = {
    "state": lambda case: replace(case, state=State.RELEASED),
    "approval": approved,
    "digest": lambda case: replace(case, digests=replace(DIGESTS, redacted=("0" * 64,))),
    "digest under approval": lambda case: approved(
        replace(case, digests=replace(DIGESTS, plans=())), replace(DIGESTS, plans=())
    ),
    "verdict": lambda case: replace(case, verdict=Verdict.CLEAN),
    "submission": lambda case: replace(
        case, submission=Submission("general", Attribute.PROACTIVE, "A99")
    ),
    "title": lambda case: replace(case, title="另一个标题"),
    "draft": lambda case: replace(case, drafts=(replace(case.drafts[0], size=11),)),
}


def test_a_forged_body_is_refused_and_found(store: CaseStore, waiting: Case):
    for what, forge in FORGERIES.items():
        put(store, forge(waiting))
        with pytest.raises(AuditBrokenError, match=f"案件 {CASE} ") as caught:
            store.get(CASE)
        assert caught.value.exit_code == 7
        broken = store.verify()
        assert broken is not None, what
        assert broken.seq == 4
        assert CASE in broken.message
        shown = caught.value.message + broken.message
        assert not any(word in shown for word in ("补贴", "标题"))
    put(store, waiting)
    assert store.verify() is None


FORGED_COLUMNS = {"state": "approved", "category": "budget", "source_key": "0" * 64}


def test_a_forged_column_is_refused_and_found(store: CaseStore, waiting: Case):
    for column, value in FORGED_COLUMNS.items():
        before = row_of(waiting)[column]
        change = f"UPDATE cases SET {column} = :value WHERE id = :id"
        execute(store, change, value=value, id=CASE)
        with pytest.raises(AuditBrokenError):
            store.get(CASE)
        assert store.verify() is not None, column
        execute(store, change, value=before, id=CASE)
        assert store.verify() is None


def test_a_case_under_another_number_is_refused_and_found(store: CaseStore, waiting: Case):
    execute(store, "UPDATE cases SET id = '2026-0077' WHERE id = :id", id=CASE)
    with pytest.raises(AuditBrokenError):
        store.get("2026-0077")
    assert store.verify() is not None


def test_an_earlier_body_of_the_same_case_is_refused(store: CaseStore, waiting: Case, make_case):
    put(store, make_case(CASE))
    with pytest.raises(AuditBrokenError):
        store.get(CASE)
    assert store.verify() is not None


def test_the_body_of_another_case_is_refused(store: CaseStore, waiting: Case):
    execute(
        store,
        "UPDATE cases SET body = (SELECT body FROM cases WHERE id = '2026-0000') WHERE id = :id",
        id=CASE,
    )
    with pytest.raises(AuditBrokenError):
        store.get(CASE)
    assert store.verify() is not None


def test_a_body_that_is_none_is_refused_like_a_forged_one(store: CaseStore, waiting: Case):
    for body in ("", "no json", "[]", "{}"):
        execute(store, "UPDATE cases SET body = :body WHERE id = :id", body=body, id=CASE)
        with pytest.raises(AuditBrokenError, match="不符"):
            store.get(CASE)
        broken = store.verify()
        assert broken is not None
        assert broken.seq == 4


def test_a_removed_case_is_found_by_its_first_event(store: CaseStore, waiting: Case):
    execute(store, "DELETE FROM cases WHERE id = :id", id=CASE)
    broken = store.verify()
    assert broken is not None
    assert broken.seq == 2
    assert "不在库中" in broken.message


@pytest.mark.parametrize(
    ("case_id", "named"), [("2026-0099", True), ("张三的案件", False), ("", False)]
)
def test_a_case_smuggled_in_is_refused_and_found(store, waiting, make_case, case_id, named):
    smuggled = approved(make_case(case_id, "9", digests=DIGESTS))
    execute(
        store,
        "INSERT INTO cases (id, state, category, source_key, body)"
        " VALUES (:id, 'approved', 'general', :key, :body)",
        id=case_id,
        key="0" * 64,
        body=dump_case(smuggled),
    )
    with pytest.raises(AuditBrokenError) as caught:
        store.get(case_id)
    broken = store.verify()
    assert broken is not None
    assert broken.seq == 0
    shown = caught.value.message + broken.message
    assert ("2026-0099" in shown) is named
    assert "张三" not in shown


def test_listing_and_looking_for_duplicates_refuse_a_forged_case(store: CaseStore, waiting: Case):
    put(store, approved(waiting))
    with pytest.raises(AuditBrokenError):
        store.list()
    with pytest.raises(AuditBrokenError):
        store.list({State.APPROVED})
    with pytest.raises(AuditBrokenError):
        store.find_duplicate(("a" * 64,), "general")
    assert [case.id for case in store.list({State.REGISTERED})] == ["2026-0000", "2026-0002"]


def test_a_forged_case_is_not_written_over(store: CaseStore, waiting: Case, noon):
    put(store, replace(waiting, state=State.AWAITING, title="另一个标题"))
    decided = replace(waiting, state=State.RETURNED)
    with pytest.raises(AuditBrokenError):
        store.save(decided, was=State.AWAITING, actor="B02", action="case_returned", at=noon)
    assert store.verify() is not None


def test_an_event_forged_to_fit_breaks_the_chain(store: CaseStore, waiting: Case, noon):
    """Binding the row again by an event of one's own shows in the head and in the chain."""
    forged = approved(waiting)
    put(store, forged)
    execute(
        store,
        "INSERT INTO audit_events SELECT 7, at, actor, action, case_id, :data, previous, digest"
        " FROM audit_events WHERE seq = 4",
        data='{"body":"' + "0" * 64 + '"}',
    )
    broken = store.verify()
    assert broken is not None
    assert broken.seq == 7
    with pytest.raises(AuditBrokenError):
        store.save(forged, was=State.APPROVED, actor="system", action="case_released", at=noon)


def test_words_that_look_like_a_binding_are_none(store: CaseStore, waiting: Case, noon):
    data = {"reason": '"body":"0"', "list": ('{"body":"', "body"), "x": "body"}
    store.record(actor="B02", action="answer_refused", at=noon, case=CASE, data=data)
    assert store.get(CASE) == waiting
    assert store.verify() is None


def test_every_change_leaves_the_digest_of_what_it_left(store: CaseStore, waiting: Case):
    bodies = [event.data.get("body") for event in store.events(CASE)]
    digests = [body for body in bodies if body]
    assert len(set(digests)) == len(digests) == 3
    assert all(len(str(digest)) == 64 for digest in digests)
    assert bodies[-1] is None
    exported = json.dumps([str(event) for event in store.events()], ensure_ascii=False)
    assert "补贴" not in exported
