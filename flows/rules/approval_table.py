"""The approval chains laid out for a page, a workbook and machines."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from policies.describe_approval import CHAIN_COLUMNS, chain_rows, weakening_words
from review.approval import Approvals, ChainRule, Step
from review.policy import Policy

if TYPE_CHECKING:
    from openpyxl import Workbook

CAPTION = "审批流程（从上往下看，第一条合适的就用）"
_WIDTHS = (40, 6, 20, 18, 8, 18, 20, 60)


def approval_html(policy: Policy) -> str:
    """Lay out the chains and what beside them counts, as a piece of a page."""
    head = "".join(f"<th>{name}</th>" for name in CHAIN_COLUMNS)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>"
        for row in chain_rows(policy)
    )
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    grounds = "".join(f"<li>{escape(ground)}</li>" for ground in policy.approval.grounds)
    return (
        f"<table><caption>{CAPTION}</caption>{body}</table>"
        f"<p>{escape(weakening_words(policy.approval))}。</p>"
        f"<p>依申请公开、不予公开可以选用的依据：</p><ul>{grounds}</ul>"
    )


def add_approval_sheet(book: Workbook, policy: Policy) -> None:
    """Add the chains to a workbook, one row for each step."""
    sheet = book.create_sheet("审批流程")
    sheet.append(CHAIN_COLUMNS)
    for row in chain_rows(policy):
        sheet.append(row)
    sheet.append((weakening_words(policy.approval),))
    for ground in policy.approval.grounds:
        sheet.append((f"依申请公开、不予公开可以选用的依据：{ground}",))
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s"  # a title is never a formula, however it begins
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width


def approval_json(approval: Approvals) -> dict[str, Any]:
    """Lay out the whole approval for machines; an empty list of conditions fits every case."""
    return {
        "steps": [_step_json(step) for step in approval.steps.values()],
        "chains": [_chain_json(rule) for rule in approval.chains],
        "weakening": approval.weakening,
        "grounds": list(approval.grounds),
    }


def _step_json(step: Step) -> dict[str, Any]:
    return {
        "step": step.key,
        "title": step.title,
        "by": step.role.value,
        "days": step.days,
        "stand_in": [role.value for role in step.stand_in],
        "same_person": list(step.same_person),
    }


def _chain_json(rule: ChainRule) -> dict[str, Any]:
    return {
        "steps": list(rule.steps),
        "basis": rule.basis,
        "category": sorted(rule.categories),
        "attribute": sorted(rule.attributes),
        "verdict": sorted(rule.verdicts),
    }
