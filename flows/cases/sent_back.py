"""What the officer is told of a case that was sent back: why, by whom and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flows.beijing import beijing_minute
from flows.cases.desk import Desk
from flows.state_names import STATE_NAMES
from review.case import Approval, Case, Decision, State
from review.judgement import JUDGEMENT_NAMES, said_on


def reasons(case: Case) -> tuple[str, ...]:
    """Say line by line who sent a case back last and why; empty where nobody did."""
    said = [each for each in case.approvals if each.decision is Decision.RETURN]
    if case.state is not State.RETURNED or not said:
        return ()
    last = said[-1]
    titles = {step.key: step.title for step in case.chain}
    moment = beijing_minute(last.at)
    head = (
        f"第 {case.round} 次送审于 {moment} {STATE_NAMES[case.state]}，"
        f"环节：{titles.get(last.step, last.step)}，办理人工号：{last.officer}"
    )
    return (head, *(f"{name}：{words}" for name, words in _opinion(last) if words))


def _opinion(approval: Approval) -> Iterator[tuple[str, str]]:
    yield "退回意见", approval.reason
    yield from ((JUDGEMENT_NAMES[on], words) for on, words in said_on(approval).items())


def next_command(case: Case) -> str:
    """Give the command with which the corrected files are handed in."""
    attached = " --attach 附件" * (len(case.drafts) - 1)
    return f"review resubmit {case.id} 改正后的文件{attached} --officer {case.submission.officer}"


def note(case: Case) -> str:
    """Write what is put beside the draft in the watched folder."""
    lines = [f"案件 {case.id}", *reasons(case), "", "怎么办：按意见改正后重新提交。"]
    if len(case.drafts) == 1:
        lines += [
            f"把改正后的文件放进收件文件夹的 {case.submission.category}，旁边放一个同名的 .yaml"
            "（如草稿是“通知.docx”，就放“通知.docx.yaml”），写上这两行：",
            f"case: {case.id}",
            f"officer: {case.submission.officer}",
            "或者用命令：",
        ]
    return "\n".join((*lines, next_command(case), ""))


def notes_of(desk: Desk) -> Callable[[], Mapping[str, str]]:
    """Give what looks up the note of each case that stands sent back now."""
    return lambda: {case.id: note(case) for case in desk.store.list((State.RETURNED,))}
