"""Whoever errs in a chain of approval is told file, line, key and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policies.approval import ApprovalPart, lay_approvals
from policies.loader import load_policy
from review.approval import ONE_STEP
from review.staffing import StaffRole

Write = Callable[[str, str], Path]
Problems = Callable[[Path], tuple[str, ...]]

BASIS = "    basis: 条例第十七条\n"
STEP = "steps:\n  - step: {key}\n    title: 审核\n    by: {by}\n    days: {days}\n{more}"


def step(key: str = "second", by: str = "reviewer", days: object = 3, *more: str) -> str:
    lines = "".join(f"    {line}\n" for line in more)
    return STEP.format(key=key, by=by, days=days, more=lines)


def chains(*written: str) -> str:
    return "chains:\n" + "".join(f"  - {each}\n{BASIS}" for each in written)


MISTAKES = {
    "unknown step": (
        chains("steps: [unit_head, secrecyy]"), 2, "chains 第 1 条",
        "没有“secrecyy”这个环节，请从这些当中选，或在 steps 里写出它：review、consult、unit_head",
    ),
    "step of no letters": (chains("steps: [审核]"), 2, "steps", "小写字母、数字和下划线"),
    "unknown category": (
        chains("steps: [secrecy]\n    category: fire", "steps: [review]"), 2,
        "chains 第 1 条", "没有“fire”这个类别，请用 review policy show 查看类别键。",
    ),
    "unknown role": (step(by="secret"), 4, "by", "没有“secret”这个角色，是否应为 secrecy？"),
    "role in Chinese": (step(by="签发人"), 4, "by", "是否应为 signatory？"),
    "officer as role": (
        step(by="officer"), 4, "by", "送审人和审计员不能审批，请从这些当中选：reviewer 审核人",
    ),
    "auditor as stand-in": (
        step("second", "reviewer", 3, "stand_in: auditor"), 6, "stand_in", "送审人和审计员不能审批",
    ),
    "no days": (step(days=0), 5, "days", "这里至少是 1"),
    "too many days": (step(days=61), 5, "days", "数字太大，最多 60。"),
    "days in words": (step(days="三天"), 5, "days", "这里应是一个整数"),
    "step without a taker": (
        "steps:\n  - step: second\n    title: 审核\n    days: 3\n", 2, "by", "由哪种角色办理",
    ),
    "step written twice": (
        step() + step().removeprefix("steps:\n"), 6, "steps 第 2 条",
        "环节 second 在第 2 行已经写过，请删去一处。",
    ),
    "step twice in a chain": (
        chains("steps: [review, secrecy, review]"), 2, "chains 第 1 条",
        "同一个环节在这条流程里写了两次，请删去一个。",
    ),
    "same person of no step": (
        step("second", "reviewer", 3, "same_person: first"), 2, "steps 第 1 条",
        "没有“first”这个环节",
    ),
    "chain without steps": (chains("steps: []"), 2, "steps", "列表是空的"),
    "chain too long": (
        chains(f"steps: [{', '.join(f's{n}' for n in range(9))}]"), 2, "steps", "9",
    ),
    "chain without a basis": ("chains:\n  - steps: [review]\n", 2, "basis", "依据的条文"),
    "unknown attribute": (
        chains("steps: [review]\n    attribute: 不予公开"), 3, "attribute", "是否应为 withheld？",
    ),
    "unknown verdict": (
        chains("steps: [review]\n    verdict: quarantine"), 3, "verdict", "是否应为 quarantined？",
    ),
    "chain never reached": (
        chains("steps: [review]", "steps: [secrecy]\n    attribute: withheld"), 4, "chains 第 2 条",
        "这条流程永远用不到：前面的流程已经包括了它，请调整次序或删去。",
    ),
    "chain reached by parts that are taken": (
        chains(
            "steps: [review]\n    attribute: withheld",
            "steps: [review]\n    attribute: [proactive, on_request]",
            "steps: [secrecy]\n    category: budget",
        ),
        8, "chains 第 3 条", "这条流程永远用不到",
    ),
    "case without a chain": (
        chains("steps: [review]\n    attribute: [proactive, on_request]"), 2, "chains 第 1 条",
        "有的案件没有流程可走（如类别 accident_report、属性 withheld、结果 blocked）",
    ),
    "consultation as a step": (
        chains("steps: [consult, review]"), 2, "chains 第 1 条",
        "consult 在联合发文时自动排在最前，不要写进 steps，请删去。",
    ),
    "weakening agreed to by no step": (
        "weakening: boss\n", 1, "approval.yaml", "没有“boss”这个环节，请从这些当中选",
    ),
    "grounds of nothing": ("grounds: []\n", 1, "grounds", "列表是空的"),
    "unknown key": ("chain: []\n", 1, "chain", "没有 chain 这个键"),
    "steps that are no list": ("steps: review\n", 1, "steps", "这里应是一个列表"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_remedy(
    write: Write, problems: Problems, mistake: str
) -> None:
    text, line, key, words = MISTAKES[mistake]
    (told,) = problems(write("approval.yaml", text))
    assert told.startswith(f"approval.yaml 第 {line} 行")
    assert key in told
    assert words in told


def test_several_mistakes_are_told_at_once(write: Write, problems: Problems) -> None:
    text = "weakening: boss\n" + step(by="officer") + chains("steps: [nobody]")
    assert len(problems(write("approval.yaml", text))) == 3


def test_an_office_s_chains_replace_the_built_in_one_and_its_steps_one_by_one(write: Write) -> None:
    text = "weakening: secrecy\n" + step("secrecy", "disclosure", 9) + chains("steps: [secrecy]")
    approval = load_policy(write("approval.yaml", text)).approval
    assert [rule.steps for rule in approval.chains] == [("secrecy",)]
    assert (approval.steps["secrecy"].role, approval.steps["secrecy"].days) == (
        StaffRole.DISCLOSURE,
        9,
    )
    assert approval.steps["signatory"].role is StaffRole.SIGNATORY
    assert approval.weakening == "secrecy"
    assert len(approval.grounds) == 5


def test_the_first_chain_that_fits_is_taken(write: Write) -> None:
    text = chains("steps: [secrecy]\n    attribute: withheld", "steps: [review, signatory]")
    approval = load_policy(write("approval.yaml", text)).approval
    assert [s.key for s in approval.chain("budget", "withheld", "clean")] == ["secrecy"]
    asked = approval.chain("budget", "proactive", "clean", joint=("wu",))
    assert [s.key for s in asked] == ["consult", "review", "signatory"]
    assert asked[0].asked == ("wu",)


def test_a_new_step_may_be_used_at_once(write: Write) -> None:
    text = step("legal", "reviewer", 2) + chains("steps: [legal, signatory]")
    (rule,) = load_policy(write("approval.yaml", text)).approval.chains
    assert rule.steps == ("legal", "signatory")


def test_rules_that_say_nothing_of_approval_have_one_step() -> None:
    assert lay_approvals([ApprovalPart()], {"general"}) == (ONE_STEP, [])
