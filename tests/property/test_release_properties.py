from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.audit import Head
from review.case import Approval, Attribute, Case, Decision, Digests, Draft, State, Submission
from review.display import take_down_on
from review.document import Span
from review.errors import NotAllowedError, UnsafeOutputError
from review.finding import Entity, Finding
from review.plan import Ruling, Verdict
from review.policy import Action, Category, Rule
from review.release import ReleasePackage, build_package, count_findings
from review.timing import planned_day

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
CATEGORY = Category("general", "通用", ())
OUTPUTS = st.lists(
    st.tuples(st.text("abc", min_size=1, max_size=3), st.binary(max_size=4)),
    min_size=1,
    max_size=3,
    unique_by=lambda pair: pair[0],
)


def approved(outputs: list[tuple[str, bytes]]) -> Case:
    redacted = tuple(hashlib.sha256(data).hexdigest() for _, data in outputs)
    sources = tuple(f"source{n}" for n in range(len(outputs)))
    digests = Digests(sources, "policy", sources, redacted)
    drafts = tuple(Draft(name, "s", "txt", 1) for name, _ in outputs)
    given_by = Approval("2002", "reviewer", NOW, Decision.APPROVE, "同意", digests)
    submission = Submission("general", Attribute.PROACTIVE, "1001")
    return Case(
        "C1", submission, drafts, "policy", NOW, State.APPROVED, "题", Verdict.FLAGGED, "", digests,
        (given_by,),
    )  # fmt: skip


def build(
    case: Case, outputs: list[tuple[str, bytes]], category: Category = CATEGORY
) -> ReleasePackage:
    up = planned_day(case.submission, TODAY)
    down = take_down_on(category, None, up, no_working_days)
    return build_package(case, category, "江府办〔2026〕8号", {}, outputs, Head(3, "h"), up, down)


def no_working_days(day: date, days: int) -> date:
    raise AssertionError("no period of working days was announced")


@given(OUTPUTS)
def test_the_manifest_gives_the_digest_of_every_file(outputs):
    package = build(approved(outputs), outputs)
    files = json.loads(package.manifest)["files"]
    assert {f["name"]: f["sha256"] for f in files} == {
        name: hashlib.sha256(data).hexdigest() for name, data in package.files.items()
    }
    assert len(files) == len(package.files) == len(outputs)


@given(OUTPUTS, st.data())
def test_one_changed_byte_stops_the_release(outputs, data: st.DataObject):
    case = approved(outputs)
    at = data.draw(st.integers(0, len(outputs) - 1))
    name, content = outputs[at]
    changed = [*outputs[:at], (name, content + b"x"), *outputs[at + 1 :]]
    with pytest.raises(UnsafeOutputError):
        build(case, changed)


@given(OUTPUTS)
def test_a_file_left_out_or_slipped_in_stops_the_release(outputs):
    case = approved(outputs)
    for changed in (outputs[:-1], [*outputs, ("z.txt", b"more")]):
        with pytest.raises(UnsafeOutputError):
            build(case, changed)


def test_two_files_of_one_name_stop_the_release():
    """One of them would silently take the other's place."""
    outputs = [("a.txt", b"1"), ("a.txt", b"2")]
    with pytest.raises(UnsafeOutputError):
        build(approved(outputs), outputs)


@given(OUTPUTS, st.sampled_from(sorted(set(State) - {State.APPROVED})))
def test_only_an_approved_case_is_packed(outputs, state: State):
    case = approved(outputs)
    for unfit in (
        replace(case, state=state),
        replace(case, approvals=()),
        replace(case, digests=None),
    ):
        with pytest.raises(NotAllowedError):
            build(unfit, outputs)


@given(OUTPUTS)
def test_an_approval_given_on_other_bytes_stops_the_release(outputs):
    case = approved(outputs)
    assert case.digests is not None
    other = replace(case.approvals[0], digests=replace(case.digests, policy="older"))
    with pytest.raises(UnsafeOutputError):
        build(replace(case, approvals=(other,)), outputs)


@given(st.integers(1, 400), st.dates(date(2026, 1, 1), date(2027, 1, 1)) | st.none())
def test_a_list_comes_down_so_many_days_after_it_goes_up_and_never_goes_up_in_the_past(
    days: int, publish_on: date | None
):
    outputs = [("a.txt", b"1")]
    case = approved(outputs)
    case = replace(case, submission=replace(case.submission, publish_on=publish_on))
    manifest = json.loads(build(case, outputs, replace(CATEGORY, take_down_days=days)).manifest)
    up, down = (date.fromisoformat(manifest[k]) for k in ("publish_on", "take_down_on"))
    assert up == max(publish_on or TODAY, TODAY)
    assert down - up == timedelta(days=days)


RULINGS = st.lists(
    st.builds(
        lambda entity, action: Ruling(
            Finding(entity, Span(0, 1), 1.0, "t"), Rule(entity, None, action, "")
        ),
        st.sampled_from(Entity),
        st.sampled_from(Action),
    )
)


@given(RULINGS)
def test_findings_are_counted_each_once(rulings: list[Ruling]):
    counted = count_findings(rulings)
    assert sum(n for actions in counted.values() for n in actions.values()) == len(rulings)
    assert all(n > 0 for actions in counted.values() for n in actions.values())
