"""The approval form as Prefect's user interface shows it: Chinese titles, required credentials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from prefect.input import RunInput
from pydantic import ConfigDict, Field, create_model

from flows.answer import Answer
from flows.artifacts import DECISION_NAMES, escape, how_to_compare, next_step, summary_table
from flows.declaration import MAX_LENGTH
from flows.findings_record import CaseRecord
from review.case import Case, Decision, allowed_decisions

LABELS = DECISION_NAMES
_BY_LABEL = {label: decision for decision, label in LABELS.items()}

# Prefect's server keeps what passes this schema; a long run of digits never reaches its database.
# Year and number of a document run to seven where the brackets are left out.
_NO_LONG_NUMBERS = r"^(?![\s\S]*\d{8})[^\x00]*$"


class _DecisionForm(RunInput):
    """Hide input in errors: Prefect stores the text of an exception."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, title="审批意见")


def decision_form(case: Case, record: CaseRecord, refusal: str) -> type[RunInput]:
    """Build the form of a waiting case; ``refusal`` says why the last answer was not accepted."""
    choices = tuple(LABELS[decision] for decision in allowed_decisions(case))
    fields: dict[str, Any] = {
        "decision": (
            Literal[choices],
            Field(title="结论", description="请先看“产物”（Artifacts）里的检测清单再下结论。"),
        ),
        "opinion": (
            str,
            Field(
                default="",
                title="意见",
                description=(
                    "退回修改、不予公开时必填，写明理由；不要写个人信息，"
                    "也不要写 8 位及以上的连续数字（如电话、证件号），否则不能提交。"
                ),
                json_schema_extra={"maxLength": MAX_LENGTH, "pattern": _NO_LONG_NUMBERS},
            ),
        ),
        "officer": (
            str,
            Field(title="工号", description="审核人本人的工号；送审人不能审批自己的文件。"),
        ),
        "code": (
            str,
            Field(title="动态口令", description="手机验证器上的 6 位数字，每个口令只能用一次。"),
        ),
    }
    model: type[RunInput] = create_model("DecisionForm", __base__=_DecisionForm, **fields)
    return model.with_initial_data(description=_description(case, record, refusal))


def to_answer(form: type[RunInput], values: object, at: datetime) -> Answer:
    """Turn what was filled in into an answer of the desk.

    Raises ``ValueError`` where it is not what the form asks for: it need not have come through it.
    """
    filled = form.model_validate(values).model_dump()
    return Answer(
        decision=_BY_LABEL[filled["decision"]],
        reason=filled["opinion"].strip(),
        officer=filled["officer"].strip(),
        code=filled["code"].strip(),
        at=at,
    )


def _description(case: Case, record: CaseRecord, refusal: str) -> str:
    """Tell in a few lines what is to be decided; everything in it is masked."""
    parts: list[str] = []
    if refusal:
        parts.append(f"**上次提交未被接受：{escape(refusal)}**")
    parts.append(summary_table(case, record))
    parts.append(_advice(case, record))
    return "\n\n".join(parts)


def _advice(case: Case, record: CaseRecord) -> str:
    options: Sequence[str] = [LABELS[d] for d in allowed_decisions(case)]
    if Decision.APPROVE not in allowed_decisions(case):
        only = f"该件不能同意公开，只能选：{'、'.join(options)}。"
        return only + next_step(case, record) + how_to_compare(case)
    return f"同意后将公开处理后的文件，原件留在本单位。{how_to_compare(case)}"
