"""An office's own examples: what a text of a category must become before rules go live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.processing.pipeline import Pipeline
from policies.names import ACTION_NAMES
from review.document import Document, plain_document
from review.errors import InputError
from review.plan import RedactionPlan, Verdict, redacted_document, verdict
from review.policy import Action, Policy

_VERDICTS = {
    Verdict.CLEAN: "未发现问题",
    Verdict.FLAGGED: "需人工审核",
    Verdict.BLOCKED: "拦截",
    Verdict.QUARANTINED: "隔离",
}
Words = Annotated[str, Field(min_length=1)]


class _Spec(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expectation(_Spec):
    """Say what must happen to a value wherever it stands, and optionally what it becomes."""

    value: Words
    action: Action
    becomes: str | None = None


class Example(_Spec):
    """Hold one text of a category with what is expected of it."""

    name: Words
    category: Words
    text: Words
    expect: tuple[Expectation, ...] = ()
    verdict: Verdict | None = None
    reads: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Tell of one example what went otherwise; empty where all is as expected."""

    name: str
    differences: tuple[str, ...]


def read_examples(path: Path) -> Sequence[Example]:
    """Read a YAML list of examples; raises ``InputError`` that names the example and the key."""
    try:
        listed = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise InputError("样例文件读不出来，请核对路径，并检查是否为 YAML（UTF-8）。") from None
    if not isinstance(listed, list) or not listed:
        raise InputError("样例文件应是一个列表，每个样例以“- name:”开头，请改正。")
    return [_example(number, item) for number, item in enumerate(listed, 1)]


def _example(number: int, item: object) -> Example:
    try:
        return Example.model_validate(item)
    except ValidationError as error:
        keys = "、".join(".".join(map(str, e["loc"])) or "内容" for e in error.errors())
        raise InputError(
            f"第 {number} 个样例写得不对，请检查这些键：{keys}。"
            "可以写 name、category、text、expect（value、action、becomes）、verdict、reads。"
        ) from None


def try_examples(examples: Sequence[Example], pipeline: Pipeline) -> Iterator[Outcome]:
    """Judge each example under the policy in force; raises ``WrongUsageError`` on a category."""
    for example in examples:
        yield Outcome(example.name, tuple(_differences(example, pipeline, pipeline.policy)))


def _differences(example: Example, pipeline: Pipeline, policy: Policy) -> Iterator[str]:
    document = plain_document(example.text.splitlines())
    category = policy.category(example.category)
    (plan,) = pipeline.plan([(document, pipeline.detect(document))], category)
    for expectation in example.expect:
        yield from _against(expectation, document, plan)
    found = verdict(document, plan)
    if example.verdict is not None and found is not example.verdict:
        yield f"结果应为“{_VERDICTS[example.verdict]}”，实为“{_VERDICTS[found]}”。"
    published = redacted_document(document, plan).text
    if example.reads is not None and published != example.reads.rstrip("\n"):
        yield f"公开后应为：{example.reads.rstrip()}\n    实为：{published}"


def _against(expectation: Expectation, document: Document, plan: RedactionPlan) -> Iterator[str]:
    value = expectation.value
    if value not in document.text:
        yield f"样例里没有“{value}”，请改正样例。"
        return
    ruled = [r for r in plan.rulings if document.value(r.finding.span) == value]
    # What nobody finds stays as it is: that is what keeping it comes to.
    actions = {r.rule.action for r in ruled} or {Action.KEEP}
    if actions != {expectation.action}:
        told = "、".join(ACTION_NAMES[a] for a in sorted(actions)) + (
            "" if ruled else "（没有检出）"
        )
        yield f"“{value}”应为{ACTION_NAMES[expectation.action]}，实为{told}。"
    became = {r.replacement for r in ruled if r.replacement is not None}
    if expectation.becomes is not None and became != {expectation.becomes}:
        told = "、".join(f"“{text}”" for text in sorted(became)) or "没有改动"
        yield f"“{value}”应写作“{expectation.becomes}”，实为{told}。"
