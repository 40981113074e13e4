"""What a person may decide at the step that a case waits at, and what becomes of the case then.

Nobody decides on his own draft, takes two steps that the chain wants of two people, or agrees to
a weakening of his own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from review.approval import Step
from review.case import (
    POLICY_OFFICER,
    PUBLISHABLE,
    Approval,
    Attribute,
    Case,
    Decision,
    Digests,
    State,
    Submission,
    move,
)
from review.change import Change
from review.errors import NotAllowedError
from review.plan import Verdict


def allowed_decisions(case: Case) -> tuple[Decision, ...]:
    """List what a person may decide at the step that the case waits at.

    A blocked or quarantined case can only be sent back or withheld. Before the last step a case
    is withheld by changing its attribute, so that the steps for that are gone through. Joint units
    that are asked agree or send back.
    """
    publishable = case.verdict in PUBLISHABLE
    withheld = not publishable or case.submission.attribute is Attribute.WITHHELD
    agreeing = Decision.WITHHOLD if withheld else Decision.APPROVE
    allowed = {Decision.RETURN, agreeing}
    if not case.step.asked:
        allowed |= {Decision.WITHHOLD} if case.at_step + 1 >= len(case.chain) else set()
        allowed |= {Decision.RECLASSIFY} if publishable else set()
        allowed |= {Decision.REVISE} if not withheld else set()
        allowed |= {Decision.SEND_BACK} if case.at_step else set()
    return tuple(each for each in Decision if each in allowed)


_OUTCOME: Mapping[Decision, State] = {
    Decision.APPROVE: State.APPROVED,
    Decision.RETURN: State.RETURNED,
    Decision.WITHHOLD: State.WITHHELD,
}


def decide(case: Case, approval: Approval) -> Case:
    """Record a person's decision on a waiting case: it goes on, ends or goes a step back.

    Raises ``NotAllowedError`` when this person may not decide so (``check_decision``).
    ``reclassify`` and ``revise`` are for what changes more than the step.
    """
    check_decision(case, approval)
    if approval.decision in (Decision.RECLASSIFY, Decision.REVISE):
        raise ValueError("what changes more than the step goes through reclassify or revise")
    opinions = (*case.approvals, approval)
    if approval.decision is Decision.SEND_BACK:
        return replace(
            case, approvals=opinions, at_step=case.at_step - 1, waiting_since=approval.at
        )
    agreed = case if approval.decision is Decision.RETURN else replace(case, weakened_by=())
    if approval.decision is Decision.RETURN or _is_last(case, approval):
        return replace(move(agreed, _OUTCOME[approval.decision]), approvals=opinions)
    if case.step.asked and _unheard(case) - {approval.officer}:
        return replace(agreed, approvals=opinions)
    return _next_step(replace(agreed, approvals=opinions), approval.at)


def _next_step(case: Case, at: datetime) -> Case:
    return replace(case, at_step=case.at_step + 1, waiting_since=at)


def _is_last(case: Case, approval: Approval) -> bool:
    """Tell whether this is the last word: of the last step, and of the last who is asked there."""
    others = _unheard(case) - {approval.officer} if case.step.asked else frozenset()
    return case.at_step + 1 >= len(case.chain) and not others


def _unheard(case: Case) -> frozenset[str]:
    """Name the joint units' people who have not answered since the case came to this step.

    Other terms on the same bytes, or a step that sent it back, are put to all of them anew.
    """
    heard = takewhile(lambda each: _agreed_here(case, each), reversed(case.approvals))
    return frozenset(case.step.asked) - {approval.officer for approval in heard}


def _agreed_here(case: Case, approval: Approval) -> bool:
    of_now = approval.step == case.step.key and approval.digests == case.digests
    return of_now and approval.decision in _AGREEING


def consent_by_silence(case: Case, at: datetime) -> Case:
    """Go on without the joint units that have not answered in time (条例第三十四条).

    ``at`` must lie after their time. Raises ``NotAllowedError`` where nobody was asked.
    """
    if case.state is not State.AWAITING or not case.step.asked:
        raise NotAllowedError("该件现在没有在征求会签单位意见。")
    return _next_step(case, at)


def check_decision(case: Case, approval: Approval) -> None:
    """Refuse a decision that this person may not take on this case now.

    Raises ``NotAllowedError``: he handed the draft in himself, gives the policy's name for his
    own, took another step of it, weakened a protection to which nobody else has agreed, was not
    asked, decided on other bytes or at another step, or the verdict does not permit it.
    """
    officer, step = approval.officer, case.step
    if case.state is not State.AWAITING:
        raise NotAllowedError("该件已经办结，这份答复没有采用。")
    if officer == POLICY_OFFICER:
        raise NotAllowedError("规则不能代替审核人作出决定，请用本人工号审批。")
    if told := barred(case, officer):
        raise NotAllowedError(told)
    if approval.decision not in allowed_decisions(case):
        raise NotAllowedError(_forbidden(case))
    if case.digests is not None and approval.digests != case.digests:
        raise NotAllowedError("审批所依据的文件与当前文件不一致，请重新打开案件后再审。")
    if approval.step != step.key:
        raise NotAllowedError(f"该件现在等待的是“{step.title}”，请重新打开案件后再审。")
    if approval.decision in _AGREEING and officer in case.weakened_by:
        raise NotAllowedError("修改减弱了保护，提出的人不能自己同意，须由另一人同意。")


def barred(case: Case, officer: str) -> str:
    """Say why a person may not take the step that a case waits at, whatever his role; or nothing.

    Nobody decides on his own draft, nor takes a second step where the chain wants another person.
    """
    if officer == case.submission.officer:
        return "送审人不能审批自己提交的文件，请由其他审核人办理。"
    if case.step.asked and officer not in _unheard(case):
        return "该件正在征求会签单位意见，您不在征求之列或已经答复。"
    if taken := _step_taken_by(case, officer):
        return f"您已办理该件的“{taken}”，这一步须由另一人办理。"
    return ""


_AGREEING = frozenset({Decision.APPROVE, Decision.WITHHOLD})


def _forbidden(case: Case) -> str:
    if case.verdict in PUBLISHABLE:
        return "该件在这一步不能这样决定，请重新打开案件，从“结论”里选一项。"
    return "该件已被拦截或隔离，不能同意公开，只能退回修改或不予公开。"


def _step_taken_by(case: Case, officer: str) -> str:
    """Name another step of the chain, before this one, that this person agreed to; or nothing."""
    passed = {step.key: step.title for step in case.chain[: case.at_step] if not step.asked}
    latest = {a.step: a for a in case.approvals if a.decision in _AGREEING and a.step in passed}
    for key, approval in latest.items():
        if approval.officer == officer and key not in case.step.same_person:
            return passed[key]
    return ""


def reclassify(
    case: Case, approval: Approval, submission: Submission, chain: Sequence[Step]
) -> Case:
    """Change what was declared (公开属性及其理由、依据); everybody decides anew.

    A change that lets more be seen is a weakening: somebody else has to agree.
    """
    check_decision(case, approval)
    order = list(Attribute)
    weaker = order.index(submission.attribute) < order.index(case.submission.attribute)
    return replace(
        case,
        submission=submission,
        chain=tuple(chain),
        at_step=0,
        waiting_since=approval.at,
        weakened_by=_with(case.weakened_by, approval.officer) if weaker else case.weakened_by,
        approvals=(*case.approvals, approval),
    )


def revise(
    case: Case,
    approval: Approval,
    changes: Sequence[Change],
    digests: Digests,
    title: str,
    agreeing: str,
) -> Case:
    """Take up changes of findings, bytes and title made from them; the step is asked again.

    Whoever weakened a protection cannot agree to it himself (四眼), and a case that has passed
    the step with the key ``agreeing`` goes back to it.
    """
    check_decision(case, approval)
    weakens = any(change.weakens for change in changes)
    keys = [step.key for step in case.chain[: case.at_step]]
    back = keys.index(agreeing) if weakens and agreeing in keys else case.at_step
    return replace(
        case,
        changes=(*case.changes, *changes),
        digests=digests,
        title=title,
        at_step=back,
        waiting_since=approval.at,
        weakened_by=_with(case.weakened_by, approval.officer) if weakens else case.weakened_by,
        approvals=(*case.approvals, approval),
    )


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return names if name in names else (*names, name)


def approve_by_policy(case: Case, at: datetime, reason: str) -> Case:
    """Pass a clean case whose category needs no sign-off; raises ``NotAllowedError`` otherwise.

    A case that already waits for a person, or whose drafter wants it withheld, is not passed.
    """
    if case.state is not State.CLEAN or case.verdict is not Verdict.CLEAN or case.digests is None:
        raise NotAllowedError("只有未发现问题的文件才能按规则直接公开。")
    if Decision.APPROVE not in allowed_decisions(case):
        raise NotAllowedError("该件拟不予公开，不能按规则直接公开，请由审核人决定。")
    approval = Approval(POLICY_OFFICER, "policy", at, Decision.APPROVE, reason, case.digests)
    return replace(move(case, State.APPROVED), approvals=(*case.approvals, approval))
