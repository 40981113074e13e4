"""The upper part of a review record (审查表): what the document is, how and when it appears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.beijing import beijing_day
from flows.copies.findings_record import CaseRecord
from flows.record.form import Cell
from flows.reminding.workdays import add_workdays
from flows.state_names import STATE_NAMES
from policies.names import ACTION_NAMES, ENTITY_NAMES, VERDICT_NAMES
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.audit import Head
from review.case import PUBLISHABLE, Attribute, Case
from review.dates import in_words
from review.display import take_down_on
from review.finding import Entity
from review.judgement import judgement_of
from review.policy import Action, Category

_NONE, _FOR_GOOD = "无", "不设期限"


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


def basics(facts: Facts) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows that say what the document is and how it is to be published."""
    case, record = facts.case, facts.record
    submission = case.submission
    known = facts.category.title if facts.category else submission.category
    yield Cell("案件编号", case.id), Cell("送审日期", in_words(beijing_day(case.created_at)))
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
    yield "，".join(_files(case, record)) + "。"
    if case.round > 1:
        yield f"退回修改后第 {case.round} 次送审。"
    if case.submission.forwards:
        yield f"转发案件 {case.submission.forwards} 的文件。"
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
    if case.changes:
        kept = sum(change.weakens for change in case.changes)
        yield f"审核中改变处理 {len(case.changes)} 处，其中改为保留 {kept} 处。"


def _files(case: Case, record: CaseRecord) -> Iterator[str]:
    """Name each file by what it is and how long; the own name may bear a person's."""
    for number, draft in enumerate(case.drafts):
        what = f"附件{number}" if number else "正文"
        pages, size = record.extents[number] if number < len(record.extents) else (0, 0)
        length = "".join(f"，{n} {unit}" for n, unit in ((pages, "页"), (size, "字")) if n)
        yield f"{what}（{draft.format}{length}）"


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
    if facts.manifest:
        ends = facts.manifest.get("take_down_on")
        return in_words(date.fromisoformat(ends)) if ends else _FOR_GOOD
    if _is_withheld(facts.case):
        return _NONE
    if planned := facts.case.submission.publish_on:
        day = take_down_on(facts.category, facts.record.display, planned, _workday)
        return f"拟于{in_words(day)}撤下" if day else _FOR_GOOD
    days = facts.category.take_down_days if facts.category else None
    if facts.record.display:
        return "公示期满撤下" + (f"，最迟公开满 {days} 日" if days else "")
    return f"公开满 {days} 日撤下" if days else _FOR_GOOD


def _workday(start: date, days: int) -> date:
    return add_workdays(start, days).day
