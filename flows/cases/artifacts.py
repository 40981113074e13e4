"""What a reviewer sees in Prefect beside the form: tables and excerpts, everything masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from flows.copies.findings_record import CaseRecord, FindingRow
from policies.names import ACTION_NAMES, ENTITY_NAMES, ROLE_NAMES, VERDICT_NAMES
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import PUBLISHABLE, Approval, Case, Decision
from review.document import Note, Severity
from review.finding import Entity, Role
from review.judgement import JUDGEMENT_NAMES, Judgement, judgement_of, said_on
from review.plan import Verdict
from review.policy import Action

DECISION_NAMES: Mapping[Decision, str] = {
    Decision.APPROVE: "同意公开",
    Decision.RETURN: "退回修改",
    Decision.WITHHOLD: "不予公开",
    Decision.SEND_BACK: "退回上一步",
    Decision.RECLASSIFY: "改变公开属性",
    Decision.REVISE: "修改处理",
}
_SHOWN = 200
_FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "\\`*_{}[]<>#!|~&"} | {ord("/"): "／"}


def escape(text: str) -> str:
    """Make draft text inert in markdown, whatever renders it.

    The characters that markdown and HTML act on become their full-width twins: the two renderers
    of Prefect's pages disagree on backslashes and entities, and on nothing else that is safe.
    """
    return re.sub(r"\s+", " ", text).translate(_FULL_WIDTH)


def summary_table(case: Case, record: CaseRecord) -> str:
    """Lay out the head of a case as a markdown table."""
    verdict = case.verdict
    rows = [
        ("案件", case.id),
        ("标题", record.title or "（未识别）"),
        ("文号", record.document_number or "（无）"),
        ("类别", record.category or case.submission.category),
        ("公开属性", ATTRIBUTE_NAMES[case.submission.attribute]),
        ("送审人", case.submission.officer),
        ("当前环节", _step(case)),
        ("结果", VERDICT_NAMES[verdict] if verdict else ""),
        ("检出", f"{len(record.findings)} 处"),
    ]
    if case.note:
        rows.append(("原因", case.note))
    lines = ["| 项目 | 内容 |", "|---|---|"]
    lines += [f"| {name} | {escape(value)} |" for name, value in rows]
    return "\n".join(lines)


def _step(case: Case) -> str:
    if len(case.chain) < 2:
        return case.step.title
    return f"{case.step.title}（第 {case.at_step + 1} 步，共 {len(case.chain)} 步）"


def opinions(case: Case) -> list[str]:
    """List what was decided at earlier steps, each on one line of markdown."""
    titles = {step.key: step.title for step in case.chain}
    return [
        f"- **{escape(titles.get(a.step, a.step))}** {escape(a.officer)}："
        + "；".join((DECISION_NAMES[a.decision], *_words(a)))
        + "。"
        for a in case.approvals
    ]


def _words(approval: Approval) -> Iterator[str]:
    judged = ((JUDGEMENT_NAMES[on], words) for on, words in said_on(approval).items())
    said = (("意见", approval.reason), *judged)
    return (f"{name}：{escape(words).rstrip('。；')}" for name, words in said if words)


def _judgements(case: Case, record: CaseRecord) -> list[str]:
    """Write a section for each of the three judgements with what the machine found."""
    terms = {
        Judgement.WORDING: "",
        Judgement.TIMING: f"拟公开时间：{case.submission.publish_on or '批准当日'}。",
        Judgement.CHANNEL: _channels(case),
    }
    parts = []
    for judgement, name in JUDGEMENT_NAMES.items():
        found = [_note(n) for n in record.notes if judgement_of(n) is judgement]
        counted = sum(judgement_of(Entity(row.entity)) is judgement for row in record.findings)
        if counted:
            found.append(f"- 检出清单中有 {counted} 处属于内容表述，见各项“为何检出”。")
        lines = [f"## {name}", terms[judgement], *(found or ["- 系统没有发现问题。"])]
        parts.append("\n".join(filter(None, lines)))
    return parts


def _channels(case: Case) -> str:
    channels = "、".join(case.submission.channels) or "按类别规定的渠道"
    declared = ATTRIBUTE_NAMES[case.submission.attribute]
    grounds = "；".join(filter(None, (case.submission.reason, case.submission.basis)))
    told = f"公开属性：{declared}。公开渠道：{escape(channels)}。"
    return told + (f"理由和依据：{escape(grounds)}。" if grounds else "")


def _note(note: Note) -> str:
    head = "请核对" if note.severity is Severity.PERSON else "提示"
    return f"- **{head}**：{escape(note.message)}"


def next_step(case: Case, record: CaseRecord) -> str:
    """Say what the reviewer of a case that must not be published has to do."""
    entities = {row.entity for row in record.findings if row.action == Action.BLOCK.value}
    if case.verdict is Verdict.BLOCKED and Entity.SECRECY_MARK.value in entities:
        return (
            "文中有密级标志：请停止在本系统流转，送本单位保密机构处理。确已解密的，"
            "退回送审人，由定密责任人出具解密依据、去掉标志后重新送审；仍属国家秘密的，不予公开（条例第十四条）。"
        )
    if case.verdict is Verdict.BLOCKED:
        return (
            "文中有负面清单的禁止用语：请对照“依据”一栏核对，能删改的退回修改，"
            "整件不宜公开的不予公开，并写明依据。"
        )
    if case.verdict is Verdict.QUARANTINED:
        return "系统不能证明处理后的文件安全：请退回送审人，按“原因”一栏改正或另存后重新送审。"
    return ""


def copy_link(case: Case) -> str:
    """Link to the review copy, which never lies in Prefect; a case without a scan has none."""
    if case.digests is None:
        return ""
    return f"请先看[对照页](/cases/{case.id}/review.html)：左边是原件，右边是处理后的样子。"


def how_to_compare(case: Case) -> str:
    """Say how a person gets at the files themselves."""
    held = "原件和处理后的文件" if case.verdict in PUBLISHABLE else "原件"
    command = f"`review show {case.id} --export 文件夹`"
    return f"要看文件本身，请管理员在运行本系统的机器上用 {command} 取出{held}。"


def findings_table(record: CaseRecord) -> list[dict[str, str]]:
    """Lay out the findings as rows of a table artifact, whose cells are rendered as markdown."""
    several = has_several_files(record)
    return [_row(number, row, several) for number, row in enumerate(record.findings[:_SHOWN], 1)]


def has_several_files(record: CaseRecord) -> bool:
    """Tell whether a case has findings in more than one file."""
    return len({row.file for row in record.findings}) > 1


def _row(number: int, row: FindingRow, several: bool) -> dict[str, str]:
    cells = {
        "序号": str(number),
        **({"文件": row.file} if several else {}),
        "种类": ENTITY_NAMES[Entity(row.entity)],
        "身份": f"{ROLE_NAMES[Role(row.role)]} {row.person}",
        "内容（打码）": row.text,
        "处理": ACTION_NAMES[Action(row.action)],
        "改为": row.replacement,
        "位置": row.place,
        "为何检出": row.reason,
        "依据": row.basis,
    }
    return {head: escape(cell).strip() for head, cell in cells.items()}


def excerpts(case: Case, record: CaseRecord) -> str:
    """Write the masked excerpts as markdown: what stands there and what would be published."""
    several = has_several_files(record)
    parts = [f"# 案件 {case.id}", summary_table(case, record), copy_link(case)]
    if step := next_step(case, record):
        parts.append(f"**怎么办：{escape(step)}**")
    if said := opinions(case):
        parts.append("\n".join(("## 前面的意见", *said)))
    if record.since:
        parts.append("\n".join(("## 与上一次送审相比", *(f"- {escape(x)}" for x in record.since))))
    if others := [_note(note) for note in record.notes if judgement_of(note) is None]:
        parts.append("\n".join(("## 系统提示", *others)))
    parts += _judgements(case, record)
    parts.append("## 检出内容与处理后的样子")
    parts.append(f"【】中是检出的内容，已打码。{how_to_compare(case)}")
    for number, row in enumerate(record.findings[:_SHOWN], 1):
        unchanged = "不能公开" if row.action == Action.BLOCK.value else "原样保留"
        after = escape(row.result) if row.result else unchanged
        parts.append(
            f"**{number}. {ENTITY_NAMES[Entity(row.entity)]}**"
            f"（{escape(row.file + '，' if several else '')}{escape(row.place)}）"
            f"\n\n- 现在：{escape(row.excerpt)}\n- 公开：{after}"
        )
    if (more := len(record.findings) - _SHOWN) > 0:
        parts.append(f"另有 {more} 处未在此列出，用 `review show {case.id}` 查看全部。")
    return "\n\n".join(filter(None, parts))
