"""The case store keeps its promises, the same ones on both databases."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.store.records import dump_case, load_case
from flows.store.store import CaseStore, DuplicateCaseError
from review.approval import Step
from review.audit import Head
from review.case import (
    Approval,
    Attribute,
    Case,
    Decision,
    Digests,
    Draft,
    State,
    Submission,
    move,
)
from review.change import Change, Place, Treatment
from review.document import Span
from review.errors import NotAllowedError, UnavailableError, WrongUsageError
from review.finding import Entity
from review.plan import Verdict
from review.staffing import StaffRole

BEIJING = timezone(timedelta(hours=8))


def full_case(case_id: str = "2026-0001") -> Case:
    """Fill every field with something that is not its default."""
    digests = Digests(("a" * 64, "b" * 64), "c" * 64, ("d" * 64, "e" * 64), ("f" * 64, "0" * 64))
    at = datetime(2026, 3, 5, 12, 30, 1, 7, tzinfo=BEIJING)
    return Case(
        id=case_id,
        submission=Submission(
            "subsidy_payment",
            Attribute.ON_REQUEST,
            "A01",
            "理由：含“引号”\n与换行\x00",
            "条例第十五条",
            ("网站", "公报"),
            date(2026, 4, 1),
            "2025-0007",
            ("C03",),
        ),
        drafts=(
            Draft("名单.xlsx", "a" * 64, "xlsx", 1),
            Draft("附件.docx", "b" * 64, "docx", 2**40),
        ),
        policy="c" * 64,
        created_at=at,
        state=State.APPROVED,
        title="关于𠮷某某补贴的公示",
        verdict=Verdict.FLAGGED,
        note="说明",
        digests=digests,
        approvals=(
            Approval(
                "B02", "secrecy", at, Decision.APPROVE, "同意", digests, "secrecy", "表", "时", "方"
            ),
        ),
        chain=(
            Step(
                "secrecy",
                "保密审查",
                StaffRole.SECRECY,
                3,
                (StaffRole.SIGNATORY,),
                ("head",),
                ("C03",),
            ),
        ),
        at_step=1,
        waiting_since=at,
        changes=(
            Change(Entity.PERSON, (Place(1, Span(2, 5)),), Treatment.LAWFUL, "依法公开", "B02", at),
        ),
        weakened_by=("B02",),
        round=2,
        earlier=(
            Change(Entity.PERSON, (Place(0, Span(0, 2)),), Treatment.REMOVE, "多余", "B02", at),
        ),
    )


def test_full_case_fills_every_field():
    case = full_case()
    for field in fields(Case):
        assert getattr(case, field.name) not in (None, "", ())


def test_a_case_comes_back_as_it_was_put(store: CaseStore, noon):
    case = full_case()
    store.add(case, actor="A01", at=noon, data={})
    assert store.get(case.id) == case


_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_moments = st.datetimes(
    datetime(1970, 1, 2), datetime(2999, 1, 1), timezones=st.sampled_from([UTC, BEIJING])
)
_digests = st.builds(
    Digests,
    source=st.tuples(_text),
    policy=_text,
    plans=st.tuples(_text, _text),
    redacted=st.just(()),
)


@given(
    st.builds(
        Case,
        id=_text,
        submission=st.builds(
            Submission,
            category=_text,
            attribute=st.sampled_from(Attribute),
            officer=_text,
            reason=_text,
            basis=_text,
            channels=st.lists(_text, max_size=3).map(tuple),
            publish_on=st.none() | st.dates(),
        ),
        drafts=st.lists(
            st.builds(Draft, name=_text, sha256=_text, format=_text, size=st.integers(0)),
            max_size=3,
        ).map(tuple),
        policy=_text,
        created_at=_moments,
        state=st.sampled_from(State),
        title=_text,
        verdict=st.none() | st.sampled_from(Verdict),
        note=_text,
        digests=st.none() | _digests,
        approvals=st.lists(
            st.builds(
                Approval,
                officer=_text,
                role=_text,
                at=_moments,
                decision=st.sampled_from(Decision),
                reason=_text,
                digests=_digests,
            ),
            max_size=2,
        ).map(tuple),
    )
)
def test_every_case_survives_being_written_down(case: Case):
    assert load_case(dump_case(case)) == case


def test_a_case_with_broken_unicode_is_refused_in_words(store: CaseStore, make_case, noon):
    with pytest.raises(WrongUsageError, match="无法保存的字符"):
        store.add(make_case(title="坏\ud800字"), actor="A01", at=noon, data={})
    with pytest.raises(WrongUsageError, match="无法保存的字符"):
        store.record(actor="A01", action="x", at=noon, data={"k": "\ud800"})
    assert store.head() == Head()


def test_an_unknown_case_is_wrong_usage(store: CaseStore, make_case, noon):
    with pytest.raises(WrongUsageError, match="没有这个编号"):
        store.get("2026-9999")
    with pytest.raises(WrongUsageError, match="无法识别的字符"):
        store.get("\udcff")
    with pytest.raises(WrongUsageError, match="没有这个编号"):
        store.save(make_case(), was=State.REGISTERED, actor="A01", action="x", at=noon)


def test_a_case_number_is_taken_once(store: CaseStore, make_case, noon):
    store.add(make_case(), actor="A01", at=noon, data={})
    with pytest.raises(WrongUsageError, match="已经用过"):
        store.add(make_case(source="b"), actor="A01", at=noon, data={})
    assert store.head().count == 1


def test_adding_and_saving_each_leave_one_event(store: CaseStore, make_case, noon):
    case = make_case()
    store.add(case, actor="A01", at=noon, data={"sources": ("a", "b"), "size": 3})
    scanned = move(case, State.SCANNED)
    later = noon + timedelta(microseconds=1)
    store.save(scanned, was=State.REGISTERED, actor="system", action="case_scanned", at=later)
    first, second = store.events(case.id)
    assert (first.seq, first.action, first.actor, first.at) == (1, "case_registered", "A01", noon)
    body = hashlib.sha256(dump_case(case).encode()).hexdigest()
    assert first.data == {"sources": ("a", "b"), "size": 3, "body": body}
    assert (second.action, second.at, second.previous) == ("case_scanned", later, first.digest)
    assert store.get(case.id).state is State.SCANNED
    assert store.head() == Head(2, second.digest)


def test_of_two_that_decide_the_second_is_told(store: CaseStore, make_case, noon):
    case = make_case(state=State.AWAITING)
    store.add(case, actor="A01", at=noon, data={})
    save = {"was": State.AWAITING, "actor": "B02", "action": "case_decided", "at": noon}
    store.save(replace(case, state=State.RETURNED), **save)
    with pytest.raises(NotAllowedError, match="已被别人办理"):
        store.save(replace(case, state=State.APPROVED), **save)
    assert store.get(case.id).state is State.RETURNED
    assert store.head().count == 2


def test_cases_are_listed_newest_last_and_by_state(store: CaseStore, make_case, noon):
    for number, state in ((3, State.CLEAN), (1, State.FLAGGED), (2, State.CLEAN)):
        case = make_case(f"2026-{number:04d}", str(number), state=state)
        store.add(case, actor="A", at=noon, data={})
    assert [case.id for case in store.list()] == ["2026-0003", "2026-0001", "2026-0002"]
    assert [case.id for case in store.list({State.CLEAN})] == ["2026-0003", "2026-0002"]
    assert store.list({State.RELEASED}) == []


def test_a_duplicate_has_the_same_files_in_the_same_category(store: CaseStore, make_case, noon):
    drafts = (Draft("1.txt", "a" * 64, "txt", 1), Draft("2.txt", "b" * 64, "txt", 1))
    store.add(make_case(drafts=drafts), actor="A01", at=noon, data={})
    found = store.find_duplicate(("b" * 64, "a" * 64), "general")
    assert found is not None
    assert found.id == "2026-0001"
    assert store.find_duplicate(("a" * 64,), "general") is None
    assert store.find_duplicate(("a" * 64, "b" * 64), "budget") is None


@pytest.mark.parametrize("state", [State.RETURNED, State.WITHHELD, State.WITHDRAWN])
def test_what_was_returned_withheld_or_withdrawn_may_come_again(
    store: CaseStore, make_case, noon, state
):
    store.add(make_case(state=state), actor="A01", at=noon, data={})
    assert store.find_duplicate(("a" * 64,), "general") is None
    store.add(make_case("2026-0002"), actor="A01", at=noon, data={})
    found = store.find_duplicate(("a" * 64,), "general")
    assert found is not None
    assert found.id == "2026-0002"


LIVE = sorted(set(State) - {State.RETURNED, State.WITHHELD, State.WITHDRAWN})


@pytest.mark.parametrize("state", LIVE)
def test_a_duplicate_of_a_case_in_force_is_not_added(sqlite_store, make_case, noon, state: State):
    sqlite_store.add(make_case(state=state), actor="A01", at=noon, data={})
    with pytest.raises(DuplicateCaseError, match="2026-0001") as caught:
        sqlite_store.add(make_case("2026-0002"), actor="A01", at=noon, data={})
    assert caught.value.case == "2026-0001"
    assert caught.value.exit_code == 2
    assert [case.id for case in sqlite_store.list()] == ["2026-0001"]
    assert sqlite_store.head().count == 1


def test_case_numbers_count_within_the_year_of_beijing(store: CaseStore, noon):
    new_year_in_beijing = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    assert store.next_id(noon) == "2026-0001"
    assert store.next_id(new_year_in_beijing - timedelta(seconds=1)) == "2026-0002"
    assert store.next_id(new_year_in_beijing) == "2027-0001"
    assert store.next_id(noon) == "2026-0003"


def test_a_number_drawn_for_nothing_never_comes_again(store: CaseStore, noon, database_url):
    drawn = store.next_id(noon)
    again = CaseStore(database_url, store.anchor)
    assert again.next_id(noon) != drawn
    again.close()


def test_events_stream_past_the_page_size(sqlite_store: CaseStore, noon):
    with sqlite_store.transaction() as ledger:
        for number in range(1200):
            ledger.append(actor="A01", action="x", at=noon, case=str(number % 2))
    assert [event.seq for event in sqlite_store.events()] == list(range(1, 1201))
    assert sum(1 for _ in sqlite_store.events("1")) == 600
    assert sqlite_store.verify() is None


def test_every_moment_keeps_its_microsecond(store: CaseStore):
    moments = [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, 0, 0, 0, 1, tzinfo=BEIJING),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ]
    for at in moments:
        store.record(actor="A01", action="x", at=at)
    assert [event.at for event in store.events()] == moments
    assert store.verify() is None


def test_an_error_inside_a_transaction_leaves_nothing(store: CaseStore, make_case, noon):
    def fail() -> None:
        with store.transaction() as ledger:
            ledger.append(actor="A01", action="x", at=noon)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.head() == Head()
    assert list(store.events()) == []
    assert store.verify() is None


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory",
        "mysql://root@localhost/x",
        "postgresql+psycopg2://a@b/c",
        "postgresql://a@b:port/c",
        "postgresql://a@b/c?connect_timeout=3",
    ],
)
def test_a_database_url_that_is_none_is_wrong_usage(url: str, tmp_path: Path):
    with pytest.raises(WrongUsageError, match="数据库地址"):
        CaseStore(url, tmp_path / "anchor")


def test_an_unreachable_server_is_unavailable_and_keeps_the_password(tmp_path: Path):
    store = CaseStore("postgresql://user:geheim@127.0.0.1:1/x", tmp_path / "anchor")
    with pytest.raises(UnavailableError) as caught:
        store.migrate()
    assert "geheim" not in str(caught.value)
    assert caught.value.exit_code == 9
    with pytest.raises(UnavailableError):
        store.list()


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path):
    path = tmp_path / "review.db"
    path.write_bytes(b"no database at all, but long enough to look at" * 100)
    with pytest.raises(UnavailableError, match="SQLITE_NOTADB"):
        CaseStore(f"sqlite:///{path}", tmp_path / "anchor").migrate()


def test_a_directory_in_the_place_of_the_database_is_unavailable(tmp_path: Path):
    with pytest.raises(UnavailableError):
        CaseStore(f"sqlite:///{tmp_path}", tmp_path / "anchor").migrate()
