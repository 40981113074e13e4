"""The review record (审查表) of a case: what was weighed, who said what, on which bytes.

It holds what an office files with a decision (政府信息公开条例第十七条: 先审查、后公开): title,
summary, method and scope, time, reason and basis, the three judgements, every opinion. Nothing
personal: titles are concealed already, staff are numbers, findings are counts and places.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.beijing import BEIJING
from flows.cases.artifacts import DECISION_NAMES
from flows.copies.findings_record import CaseRecord
from flows.record.basics import Facts, basics
from flows.record.form import Cell, RecordForm, Section, printable
from policies.names import ENTITY_NAMES
from review.approval import SIGN_OFF
from review.case import POLICY_OFFICER, Approval, Case, State
from review.dates import in_words
from review.document import Severity
from review.finding import Entity
from review.judgement import JUDGEMENT_NAMES, Judgement, judgement_of, said_on
from review.staffing import STAFF_ROLE_NAMES, StaffRole

TITLE, FILE = "政府信息公开审查表", "审查表"
_PLACES = 3


def write_record(facts: Facts) -> dict[str, bytes]:
    """Print the form of a case as the files that an office keeps, by name."""
    from flows.record.docx import write_docx
    from flows.record.pdf import write_pdf

    form = review_form(facts)
    return {f"{FILE}.docx": write_docx(form), f"{FILE}.pdf": write_pdf(form)}


def review_form(facts: Facts) -> RecordForm:
    """Fill in the form of a case."""
    case = facts.case
    sections = (
        Section("基本情况", tuple(basics(facts))),
        Section("审查内容", tuple(_judgements(facts))),
        Section("审查意见", tuple(_opinions(case))),
        Section("存证信息（SHA-256）", tuple(_proofs(facts)), small=True),
    )
    return printable(RecordForm(TITLE, case.id, case.created_at, sections))


def _judgements(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    for judgement, name in JUDGEMENT_NAMES.items():
        told = _listed([*_notes(facts.record, judgement), *_slips(facts.record, judgement)])
        lines = [f"系统检查：{told or '未发现问题。'}", *_words(facts.case, judgement)]
        yield (Cell(name, "\n".join(lines)),)
    if others := list(_notes(facts.record, None)):
        yield (Cell("其他提示", _listed(others).lstrip()),)


def _words(case: Case, judgement: Judgement) -> Iterator[str]:
    """Give what each person said on a judgement."""
    for approval in case.approvals:
        if said := said_on(approval)[judgement]:
            yield f"{_step_title(case, approval)}（工号 {approval.officer}）：{said}"


def _notes(record: CaseRecord, judgement: Judgement | None) -> Iterator[str]:
    for note in record.notes:
        if judgement_of(note) is judgement:
            mark = "〔需核对〕" if note.severity is Severity.PERSON else ""
            yield f"{mark}{note.message}"


def _slips(record: CaseRecord, judgement: Judgement) -> Iterator[str]:
    """Tell what was found in the text under a judgement, by reason, with the first places."""
    places: dict[tuple[str, str], list[str]] = {}
    for row in record.findings:
        if judgement_of(Entity(row.entity)) is judgement:
            places.setdefault((row.entity, row.reason), []).append(row.place)
    for (entity, reason), found in places.items():
        shown = "、".join(list(dict.fromkeys(found))[:_PLACES])
        more = "等" if len(set(found)) > _PLACES else ""
        told = reason or ENTITY_NAMES[Entity(entity)]
        yield f"{told}，{len(found)} 处（{shown}{more}）。"


def _listed(told: Sequence[str]) -> str:
    """Give one sentence as it is and several below, numbered."""
    if len(told) < 2:
        return "".join(told)
    return "\n" + "\n".join(f"{number}. {each}" for number, each in enumerate(told, 1))


def _opinions(case: Case) -> Iterator[tuple[Cell, ...]]:
    """Give every opinion in the order of time, and a row for each step that is still to come."""
    for approval in case.approvals:
        yield (_opinion(case, approval),)
    for step in case.chain[case.at_step :] if case.state is State.AWAITING else ():
        asked = f"征求：{'、'.join(step.asked)}\n" if step.asked else ""
        yield (Cell(f"{step.title}\n意见", f"{asked}（尚未办理）"),)


def _opinion(case: Case, approval: Approval) -> Cell:
    said = f"{DECISION_NAMES[approval.decision]}。"
    if approval.reason:
        said += f"\n{approval.reason}"
    moment = approval.at.astimezone(BEIJING)
    signed = f"{_who(approval)}　日期：{in_words(moment.date())} {moment:%H:%M}"
    return Cell(f"{_step_title(case, approval)}\n意见", said, signed)


def _step_title(case: Case, approval: Approval) -> str:
    """Name the step of an opinion; a chain that was changed since may not hold it any more."""
    if approval.officer == POLICY_OFFICER:
        return "规则"
    titles = {step.key: step.title for step in (SIGN_OFF, *case.chain)}
    return titles.get(approval.step, approval.step)


def _who(approval: Approval) -> str:
    if approval.officer == POLICY_OFFICER:
        return "按规则自动办理"
    return f"{STAFF_ROLE_NAMES[StaffRole(approval.role)]} 工号：{approval.officer}"


def _proofs(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    case = facts.case
    sources = [draft.sha256 for draft in case.drafts]
    yield (Cell("原件", "\n".join(sources)),)
    if case.digests and case.digests.redacted:
        label = "公开件" if facts.manifest else "处理后的文件"
        yield (Cell(label, "\n".join(case.digests.redacted)),)
    yield (Cell("规则", case.digests.policy if case.digests else case.policy),)
    yield (Cell("审计链", f"第 {facts.head.count} 条 {facts.head.digest}"),)
