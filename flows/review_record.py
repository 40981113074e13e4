"""The review record (审查表) of a case: what was weighed, who said what, on which bytes.

It holds what an office files with a decision (政府信息公开条例第十七条: 先审查、后公开): title,
summary, method and scope, time, reason and basis, the three judgements, every opinion. Nothing
personal: titles are concealed already, staff are numbers, findings are counts and places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.artifacts import DECISION_NAMES, VERDICT_NAMES
from flows.declaration import ATTRIBUTE_NAMES
from flows.findings_record import CaseRecord
from flows.record_form import Cell, RecordForm, Section, printable
from flows.state_names import STATE_NAMES
from flows.store import BEIJING
from policies.names import ACTION_NAMES, ENTITY_NAMES
from review.audit import Head
from review.case import PUBLISHABLE, Approval, Attribute, Case
from review.dates import in_words
from review.document import Severity
from review.finding import Entity
from review.judgement import JUDGEMENT_NAMES, Judgement, judgement_of
from review.policy import Action, Category
from review.staffing import STAFF_ROLE_NAMES, StaffRole

TITLE, FILE = "政府信息公开审查表", "审查表"
_NONE = "无"
_PLACES = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """Gather what the form is filled from.

    ``manifest`` is that of the released package, empty before; ``head`` the chain's head at the
    case's latest event; ``category`` None where the rules know it no longer.
    """

    case: Case
    record: CaseRecord
    category: Category | None
    head: Head
    manifest: Mapping[str, Any]


def write_record(facts: Facts) -> dict[str, bytes]:
    """Print the form of a case as the files that an office keeps, by name."""
    from flows.record_docx import write_docx
    from flows.record_pdf import write_pdf

    form = review_form(facts)
    return {f"{FILE}.docx": write_docx(form), f"{FILE}.pdf": write_pdf(form)}


def review_form(facts: Facts) -> RecordForm:
    """Fill in the form of a case."""
    case = facts.case
    sections = (
        Section("基本情况", tuple(_basics(facts))),
        Section("审查内容", tuple(_judgements(facts))),
        Section("审查意见", tuple(_opinions(case))),
        Section("存证信息（SHA-256）", tuple(_proofs(facts)), small=True),
    )
    return printable(RecordForm(TITLE, case.id, case.created_at, sections))


def _basics(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    case, record = facts.case, facts.record
    submission = case.submission
    known = facts.category.title if facts.category else submission.category
    yield Cell("案件编号", case.id), Cell("送审日期", _day(case.created_at))
    yield (Cell("文件标题", record.title or "（未识别）"),)
    yield Cell("文号", record.document_number or _NONE), Cell("类别", record.category or known)
    yield (
        Cell("公开属性", ATTRIBUTE_NAMES[submission.attribute]),
        Cell("办理状态", STATE_NAMES[case.state]),
    )
    yield (Cell("送审人工号", submission.officer), Cell("检测结论", _verdict(case)))
    yield (Cell("信息摘要", "\n".join(_summary(case, record))),)
    yield Cell("公开渠道", _channels(facts)), Cell("公开范围", _scope(facts))
    yield Cell("公开时间", _publish_on(facts)), Cell("撤下时间", _take_down_on(facts))
    yield (Cell("理由", submission.reason or _NONE),)
    yield (Cell("依据", submission.basis or (facts.category and facts.category.basis) or _NONE),)


def _verdict(case: Case) -> str:
    return VERDICT_NAMES[case.verdict] if case.verdict else "尚未检测"


def _summary(case: Case, record: CaseRecord) -> Iterator[str]:
    main, *attached = case.drafts
    annex = f"，附件 {len(attached)} 个（{_formats(attached)}）" if attached else ""
    yield f"正文 1 个（{_formats([main])}）{annex}。"
    if case.note:
        yield case.note
    personal = {
        entity: counted
        for entity, counted in record.counts.items()
        if judgement_of(Entity(entity)) is None
    }
    if not personal:
        yield "未检出个人信息。" if case.digests else "没有检测清单。"
        return
    total = sum(n for counted in personal.values() for n in counted.values())
    kinds = "、".join(f"{ENTITY_NAMES[Entity(e)]}（{_actions(c)}）" for e, c in personal.items())
    yield f"检出个人信息 {total} 处：{kinds}。"


def _formats(drafts: Sequence[Any]) -> str:
    return "、".join(dict.fromkeys(draft.format for draft in drafts))


def _actions(counted: Mapping[str, int]) -> str:
    return "、".join(f"{ACTION_NAMES[Action(action)]} {n}" for action, n in counted.items())


def _is_withheld(case: Case) -> bool:
    return case.submission.attribute is Attribute.WITHHELD or case.verdict not in PUBLISHABLE


def _channels(facts: Facts) -> str:
    if _is_withheld(facts.case):
        return _NONE
    allowed = facts.category.channels if facts.category else ()
    return "、".join(facts.case.submission.channels or allowed) or "未指定"


def _scope(facts: Facts) -> str:
    if _is_withheld(facts.case):
        return _NONE
    return (facts.category.scope if facts.category else "") or "未指定"


def _publish_on(facts: Facts) -> str:
    if released := facts.manifest.get("publish_on"):
        return in_words(date.fromisoformat(released))
    if _is_withheld(facts.case):
        return _NONE
    planned = facts.case.submission.publish_on
    return f"拟于{in_words(planned)}公开" if planned else "批准后公开"


def _take_down_on(facts: Facts) -> str:
    if ends := facts.manifest.get("take_down_on"):
        return in_words(date.fromisoformat(ends))
    if _is_withheld(facts.case):
        return _NONE
    days = facts.category.take_down_days if facts.category and not facts.manifest else None
    if facts.record.display and not facts.manifest:
        return "公示期满撤下" + (f"，最迟公开满 {days} 日" if days else "")
    return f"公开满 {days} 日撤下" if days else "不设期限"


def _judgements(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    for judgement in Judgement:
        told = _listed([*_notes(facts.record, judgement), *_slips(facts.record, judgement)])
        yield (Cell(JUDGEMENT_NAMES[judgement], f"系统检查：{told or '未发现问题。'}"),)
    if others := list(_notes(facts.record, None)):
        yield (Cell("其他提示", _listed(others).lstrip()),)


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
    for approval in case.approvals:
        yield (_opinion(approval),)
    if not case.approvals:
        yield (Cell("审核人\n意见", "（尚未办理）"),)


def _opinion(approval: Approval) -> Cell:
    said = f"{DECISION_NAMES[approval.decision]}。"
    if approval.reason:
        said += f"\n{approval.reason}"
    moment = approval.at.astimezone(BEIJING)
    signed = f"{_who(approval)}　日期：{in_words(moment.date())} {moment:%H:%M}"
    return Cell(f"{_role(approval)}\n意见", said, signed)


def _who(approval: Approval) -> str:
    by_rule = approval.role not in list(StaffRole)
    return "按规则自动办理" if by_rule else f"工号：{approval.officer}"


def _role(approval: Approval) -> str:
    by_rule = approval.role not in list(StaffRole)
    return "规则" if by_rule else STAFF_ROLE_NAMES[StaffRole(approval.role)]


def _proofs(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    case = facts.case
    sources = [draft.sha256 for draft in case.drafts]
    yield (Cell("原件", "\n".join(sources)),)
    if case.digests and case.digests.redacted:
        label = "公开件" if facts.manifest else "处理后的文件"
        yield (Cell(label, "\n".join(case.digests.redacted)),)
    yield (Cell("规则", case.digests.policy if case.digests else case.policy),)
    yield (Cell("审计链", f"第 {facts.head.count} 条 {facts.head.digest}"),)


def _day(at: datetime) -> str:
    return in_words(at.astimezone(BEIJING).date())
