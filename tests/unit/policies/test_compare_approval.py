"""A comparison says which cases fewer or other people look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from policies.changes import EVERY_CATEGORY, Change, Kind
from policies.compare import compare
from review.approval import CONSULT, ChainRule, Step
from review.policy import Policy
from review.staffing import StaffRole

FOUR = ("unit_head", "secrecy", "disclosure", "signatory")
BASIS = "政府信息公开条例第十七条"
ALONE = frozenset({"withheld"})


def with_chains(policy: Policy, *chains: ChainRule, **more: object) -> Policy:
    approval = replace(policy.approval, chains=chains, **more)  # type: ignore[arg-type]
    return replace(policy, approval=approval)


def with_step(policy: Policy, key: str, **changes: object) -> Policy:
    steps: Mapping[str, Step] = policy.approval.steps
    changed = {**steps, key: replace(steps[key], **changes)}  # type: ignore[arg-type]
    return replace(policy, approval=replace(policy.approval, steps=changed))


def only(changes: tuple[Change, ...]) -> Change:
    (change,) = changes
    return change


@pytest.fixture(scope="module")
def four(builtin: Policy) -> Policy:
    return with_chains(builtin, ChainRule(FOUR, BASIS), weakening="secrecy")


def test_more_steps_are_stronger_and_fewer_weaker(builtin: Policy) -> None:
    more = with_chains(builtin, ChainRule(FOUR, BASIS))
    words = f"审批由“审核”改为“承办部门负责人→保密审查→政务公开机构审核→签发”，依据：{BASIS}"
    assert only(compare(builtin, more)) == Change(Kind.STRONGER, EVERY_CATEGORY, words)
    assert only(compare(more, builtin)).kind is Kind.WEAKER


def test_as_many_other_steps_are_a_change(four: Policy) -> None:
    other = with_chains(four, ChainRule(("secrecy", "unit_head", *FOUR[2:]), BASIS))
    change = only(compare(four, other))
    assert change.kind is Kind.CHANGED
    assert "改为“保密审查→承办部门负责人→" in change.words


def test_only_the_cases_concerned_are_named(four: Policy) -> None:
    short = ChainRule(("secrecy",), BASIS, frozenset({"budget"}), ALONE, frozenset({"blocked"}))
    change = only(compare(four, with_chains(four, short, *four.approval.chains)))
    assert (change.kind, change.where) == (Kind.WEAKER, "财政预决算；不予公开；已拦截")


def test_cases_that_no_block_holds_are_told_in_several(four: Policy) -> None:
    withheld = ChainRule(("secrecy",), BASIS, attributes=ALONE)
    blocked = ChainRule(("secrecy",), BASIS, verdicts=frozenset({"blocked"}))
    changes = compare(four, with_chains(four, withheld, blocked, *four.approval.chains))
    assert {c.where for c in changes} == {
        "所有类别；主动公开、依申请公开；已拦截",
        "所有类别；不予公开",
    }


def test_chains_written_otherwise_to_the_same_effect_show_no_change(four: Policy) -> None:
    withheld = ChainRule(FOUR, BASIS, attributes=ALONE)
    assert compare(four, with_chains(four, withheld, *four.approval.chains)) == ()


def test_another_ground_of_the_same_chain_is_told(four: Policy) -> None:
    change = only(compare(four, with_chains(four, ChainRule(FOUR, "本单位办法"))))
    assert change.kind is Kind.CHANGED
    assert change.words == f"审批流程的依据由“{BASIS}”改为“本单位办法”"


@pytest.mark.parametrize(
    ("key", "changes", "kind", "words"),
    [
        (
            "secrecy", {"role": StaffRole.DISCLOSURE}, Kind.CHANGED,
            "“保密审查”由“保密审查人”办理改为由“政务公开机构”办理",
        ),
        ("secrecy", {"days": 1}, Kind.CHANGED, "“保密审查”的限期由 3 个工作日改为 1 个工作日"),
        ("secrecy", {"title": "保密"}, Kind.CHANGED, "“保密”原来叫“保密审查”"),
        (
            "secrecy", {"stand_in": (StaffRole.SIGNATORY,)}, Kind.WEAKER,
            "“保密审查”增加代办的角色：签发人",
        ),
        (
            "unit_head", {"stand_in": ()}, Kind.STRONGER,
            "“承办部门负责人”减少代办的角色：签发人",
        ),
        (
            "disclosure", {"same_person": ("secrecy",)}, Kind.WEAKER,
            "“政务公开机构审核”改为可由办过“保密审查”的人再办",
        ),
        (
            "signatory", {"same_person": ()}, Kind.STRONGER,
            "“签发”不再可由办过“承办部门负责人”的人再办",
        ),
        (
            CONSULT, {"days": 5}, Kind.WEAKER, "“会签单位”的限期由 15 个工作日改为 5 个工作日",
        ),
        (
            CONSULT, {"days": 20}, Kind.STRONGER, "“会签单位”的限期由 15 个工作日改为 20 个工作日",
        ),
    ],
)  # fmt: skip
def test_a_changed_step_says_what_it_lets_through(
    four: Policy, key: str, changes: dict[str, object], kind: Kind, words: str
) -> None:
    assert only(compare(four, with_step(four, key, **changes))) == Change(kind, "审批流程", words)


def test_a_step_that_no_case_takes_does_not_matter(builtin: Policy) -> None:
    assert compare(builtin, with_step(builtin, "signatory", days=1)) == ()


def test_the_step_that_agrees_to_a_weakening_is_missed_when_it_goes(four: Policy) -> None:
    without = replace(four, approval=replace(four.approval, weakening=""))
    assert only(compare(four, without)).kind is Kind.WEAKER
    assert only(compare(without, four)).kind is Kind.STRONGER
    other = replace(four, approval=replace(four.approval, weakening="signatory"))
    change = only(compare(four, other))
    assert change.kind is Kind.CHANGED
    assert "经“签发”环节的另一人同意" in change.words


def test_grounds_come_and_go(builtin: Policy) -> None:
    first, *rest = builtin.approval.grounds
    fewer = replace(builtin, approval=replace(builtin.approval, grounds=tuple(rest)))
    words = f"去掉了不公开的依据：{first}"
    assert only(compare(builtin, fewer)) == Change(Kind.REMOVED, "审批流程", words)
    assert only(compare(fewer, builtin)).kind is Kind.NEW
