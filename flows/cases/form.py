"""The approval form as Prefect's user interface shows it: Chinese titles, required credentials.

Agreeing takes the conclusion and a code. All the rest has what was declared and proposed as its
default, and may be left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from prefect.input import RunInput
from pydantic import BaseModel, ConfigDict, Field, create_model

from flows.cases.answer import Answer, Wish
from flows.cases.artifacts import DECISION_NAMES, copy_link, escape, next_step, summary_table
from flows.cases.declaration import MAX_LENGTH, attribute_named
from flows.copies.findings_record import CaseRecord
from review.approval import Approvals
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Case, Decision
from review.change import TREATMENT_NAMES, Treatment
from review.deciding import allowed_decisions
from review.policy import Category

_BY_LABEL = {label: decision for decision, label in DECISION_NAMES.items()}
_TREATMENTS = {label: treatment for treatment, label in TREATMENT_NAMES.items()}
_UNCHANGED = "（不变）"

# Prefect's own list for choosing closes again at once when it is opened by a click.
_BY_KEYBOARD = "下拉框点一下没有展开的，再按键盘的 ↓ 键。"

MOST_WISHES = 200
"""Findings that one answer may decide otherwise: as many as the list shows."""

# Prefect's server keeps what passes this schema; a long run of digits never reaches its database.
# Year and number of a document run to seven where the brackets are left out.
_NO_LONG_NUMBERS = r"^(?![\s\S]*\d{8})[^\x00]*$"
_TEXT = {"maxLength": MAX_LENGTH, "pattern": _NO_LONG_NUMBERS}


class _DecisionForm(RunInput):
    """Hide input in errors: Prefect stores the text of an exception."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, title="审批意见")


class FindingChange(BaseModel):
    """Ask for one finding to be decided otherwise than proposed."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, title="一项修改")

    number: int = Field(title="序号", description="检出清单里的序号。", ge=1)
    treatment: Literal[tuple(_TREATMENTS)] = Field(title="怎么处理")  # type: ignore[valid-type]
    reason: str = Field(title="理由", json_schema_extra=_TEXT)  # type: ignore[arg-type]


def decision_form(
    case: Case,
    record: CaseRecord,
    category: Category,
    rules: Approvals,
    refusal: str,
    today: date,
) -> type[RunInput]:
    """Build the form of a waiting case; ``refusal`` says why the last answer was not accepted."""
    fields = _conclusion(case, record, refusal) | _credential()
    if Decision.REVISE in allowed_decisions(case):
        fields |= _changes()
    if Decision.RECLASSIFY in allowed_decisions(case):
        fields |= _attribute(case, rules)
    if Decision.APPROVE in allowed_decisions(case):
        fields |= _publication(case, category, today)
    fields |= _judgements() | _turn(case)
    model: type[RunInput] = create_model("DecisionForm", __base__=_DecisionForm, **fields)
    return model.with_initial_data(description=_description(case, record, refusal))


def _conclusion(case: Case, record: CaseRecord, refusal: str) -> dict[str, Any]:
    choices = tuple(DECISION_NAMES[decision] for decision in allowed_decisions(case))
    refused = f"上次提交未被接受：{refusal} " if refusal else ""
    return {
        "decision": (
            Literal[choices],
            # Said here, too: on a screen lower than the form Prefect shows nothing of what is
            # above the fields.
            Field(title="结论", description=f"{refused}{_advice(case, record)}{_BY_KEYBOARD}"),
        ),
        "opinion": _text(
            "意见",
            "除同意公开外都要写明理由；不要写个人信息，"
            "也不要写 8 位及以上的连续数字（如电话、证件号），否则不能提交。",
        ),
    }


def _credential() -> dict[str, Any]:
    return {
        "code": (
            str,
            Field(
                title="动态口令",
                description="手机验证器上的 6 位数字，每个口令只能用一次。到此可以提交："
                "以下标有 Optional 的各项，不改就不用填。",
            ),
        )
    }


def _changes() -> dict[str, Any]:
    told = (
        "不同意检出清单里某一项的处理时，在这里添加一项；同一个人、同一内容在全案一并改。"
        "填了这里，结论请选“修改处理”：系统先按修改重新处理，再请您审一次，不会直接公开。"
        "把应隐去的改为保留，须另一位审核人同意。"
    )
    return {
        "changes": (
            list[FindingChange],
            Field(default=[], title="逐项修改", description=told, max_length=MOST_WISHES),
        ),
        "further": (
            str,
            Field(
                default="",
                title="另外要隐去的文字",
                description="清单没有列出而应当隐去的文字，从文中原样复制，一行一处；"
                "要去掉一张图片，填它在检测结果或对照页上的编号，如“［图片1］”。结论同样选“修改处理”。",
                json_schema_extra={"maxLength": 20 * MAX_LENGTH},
            ),
        ),
    }


def _attribute(case: Case, rules: Approvals) -> dict[str, Any]:
    names = tuple(ATTRIBUTE_NAMES.values())
    grounds = (_UNCHANGED, *rules.grounds)
    return {
        "attribute": (
            Literal[names],
            Field(
                default=ATTRIBUTE_NAMES[case.submission.attribute],
                title="公开属性",
                description="改了这里，各环节按新的属性重新办理，不会直接公开；请写明意见。",
            ),
        ),
        "ground": (
            Literal[grounds],
            Field(
                default=_UNCHANGED,
                title="依据",
                description="依申请公开、不予公开所依据的条文。",
            ),
        ),
    }


def _publication(case: Case, category: Category, today: date) -> dict[str, Any]:
    known = category.channels or case.submission.channels
    fields: dict[str, Any] = {
        "publish_on": (
            date,
            Field(
                default=case.submission.publish_on or today,
                title="公开时间",
                description="不早于批准当日：批准晚了，就在批准当日公开。",
            ),
        )
    }
    if len(known) > 1:  # one channel leaves nothing to choose
        fields["channels"] = (
            list[Literal[tuple(known)]],  # type: ignore[misc]
            Field(
                default=list(case.submission.channels or category.channels),
                title="公开方式（渠道）",
                description=f"公开范围：{category.scope or '社会公众'}。",
            ),
        )
    return fields


def _judgements() -> dict[str, Any]:
    return {
        "wording": _text("对内容表述的意见", "没有意见可不填。"),
        "timing": _text("对公开时机的意见", "没有意见可不填。"),
        "channel": _text("对公开方式的意见", "没有意见可不填。"),
    }


def _turn(case: Case) -> dict[str, Any]:
    """Bind an answer to what was looked at: a page left open shows an older list and version."""
    told = "自动填写，不用改：表明这份意见是针对现在这一版、这一环节的。"
    return {
        "turn": (
            str,
            Field(
                default=case.turn,
                title="审批表编号",
                description=told,
                json_schema_extra={"enum": [case.turn]},
            ),
        )
    }


def _text(title: str, description: str) -> tuple[type[str], Any]:
    return str, Field(default="", title=title, description=description, json_schema_extra=_TEXT)  # type: ignore[arg-type]


def to_answer(form: type[RunInput], values: object, officer: str, at: datetime) -> Answer:
    """Turn what was filled in into an answer of the desk.

    Raises ``ValueError`` where it is not what the form asks for: it need not have come through it.
    """
    filled = form.model_validate(values).model_dump()
    attribute = filled.get("attribute")
    ground = filled.get("ground", _UNCHANGED)
    wishes = tuple(_wish(each) for each in filled.get("changes", ()))
    further = filled.get("further", "").strip()
    return Answer(
        decision=_meant(form, filled, bool(wishes or further)),
        reason=filled["opinion"].strip(),
        officer=officer,
        code=filled["code"].strip(),
        at=at,
        wishes=wishes,
        further=further,
        attribute=None if attribute is None else attribute_named(attribute),
        basis="" if ground == _UNCHANGED else ground,
        channels=tuple(filled.get("channels", ())),
        publish_on=filled.get("publish_on"),
        wording=filled["wording"].strip(),
        timing=filled["timing"].strip(),
        channel=filled["channel"].strip(),
        turn=filled["turn"],
    )


def _meant(form: type[RunInput], filled: dict[str, Any], changed: bool) -> Decision:
    """Take who agrees to something else than was proposed at what he filled in."""
    decision = _BY_LABEL[filled["decision"]]
    if decision is not Decision.APPROVE:
        return decision
    if changed:
        return Decision.REVISE
    declared = form.model_fields.get("attribute")
    if declared is not None and filled["attribute"] != declared.default:
        return Decision.RECLASSIFY
    return decision


def _wish(filled: dict[str, Any]) -> Wish:
    treatment: Treatment = _TREATMENTS[filled["treatment"]]
    return Wish(filled["number"], treatment, filled["reason"].strip())


def _description(case: Case, record: CaseRecord, refusal: str) -> str:
    """Tell in a few lines what is to be decided; everything in it is masked."""
    parts: list[str] = []
    if refusal:
        parts.append(f"**上次提交未被接受：{escape(refusal)}**")
    parts.append(summary_table(case, record))
    parts += [copy_link(case), escape(_advice(case, record))]
    return "\n\n".join(filter(None, parts))


def _advice(case: Case, record: CaseRecord) -> str:
    options: Sequence[str] = [DECISION_NAMES[d] for d in allowed_decisions(case)]
    if Decision.APPROVE not in allowed_decisions(case):
        only = f"该件现在不能同意公开，只能选：{'、'.join(options)}。"
        return only + next_step(case, record)
    later = case.chain[case.at_step + 1 :]
    then = f"同意后转“{later[0].title}”。" if later else "同意后将公开处理后的文件。"
    return f"{then}原件留在本单位。请先看对照页和检测结果再下结论。"
