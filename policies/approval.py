"""The approval chains of a policy: read, laid over one another, and checked to hold together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import product
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from policies.schema import OneOrMore, Spec, Text
from policies.source import Place, Problem
from review.approval import CONSULT, ONE_STEP, Approvals, ChainRule, Step
from review.case import Attribute
from review.plan import Verdict
from review.staffing import DECIDING, STAFF_ROLE_NAMES, StaffRole

StepKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,31}$")]

MOST_STEPS = 8


class StepSpec(Spec):
    """Read one step: who takes it, within how many working days, and who else may."""

    step: StepKey
    title: Text
    by: StaffRole
    days: Annotated[int, Field(ge=1, le=60)]
    stand_in: OneOrMore[StaffRole] = ()
    same_person: OneOrMore[StepKey] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        key = "stand_in" if self.by in DECIDING else "by"
        if not {self.by, *self.stand_in} <= DECIDING:
            names = "、".join(f"{r} {STAFF_ROLE_NAMES[r]}" for r in StaffRole if r in DECIDING)
            message = f"送审人和审计员不能审批，请从这些当中选：{names}。"
            raise PydanticCustomError(key, "{message}", {"message": message})
        return self


class ChainSpec(Spec):
    """Read one chain: its steps in order, and which cases go this way."""

    steps: Annotated[OneOrMore[StepKey], Field(max_length=MOST_STEPS)]
    basis: Text
    category: OneOrMore[Text] = ()
    attribute: OneOrMore[Attribute] = ()
    verdict: OneOrMore[Verdict] = ()


class ApprovalSpec(Spec):
    """Read what ``approval.yaml`` holds beside its lists."""

    weakening: StepKey | None = None
    grounds: OneOrMore[Text] | None = None


Placed = tuple[ChainSpec, Place]


class ApprovalPart:
    """Hold what one directory says of approvals."""

    def __init__(self) -> None:
        self.spec = ApprovalSpec()
        self.place: Place | None = None
        self.steps: tuple[tuple[StepSpec, Place], ...] = ()
        self.chains: tuple[Placed, ...] = ()


def lay_approvals(
    parts: Sequence[ApprovalPart], categories: Collection[str]
) -> tuple[Approvals, list[Problem]]:
    """Lay the parts over one another, later over earlier; steps by key, the chains as a whole.

    Rules that name no chain at all have one step.
    """
    problems: list[Problem] = []
    steps: dict[str, tuple[StepSpec, Place]] = {}
    chains: tuple[Placed, ...] = ()
    spec = ApprovalSpec()
    for part in parts:
        own: dict[str, int] = {}
        for step, place in part.steps:
            if step.step in own:
                told = f"环节 {step.step} 在第 {own[step.step]} 行已经写过，请删去一处。"
                problems.append(Problem(place, told))
            own[step.step] = place.line
            steps[step.step] = (step, place)
        chains = part.chains or chains
        given = part.spec.model_dump(exclude_none=True)
        spec = spec.model_copy(update=given)
    problems += _check_steps(steps)
    problems += _check_chains(chains, steps, categories)
    if spec.weakening and spec.weakening not in steps:
        place = next(p.place for p in reversed(parts) if p.spec.weakening and p.place)
        problems.append(Problem(place, _unknown(spec.weakening, steps)))
    if not chains and not problems:
        return ONE_STEP, []
    return Approvals(
        {key: _step(each) for key, (each, _) in steps.items()},
        tuple(_chain(each) for each, _ in chains),
        spec.weakening or "",
        spec.grounds or (),
    ), problems


def _step(spec: StepSpec) -> Step:
    return Step(spec.step, spec.title, spec.by, spec.days, spec.stand_in, spec.same_person)


def _chain(spec: ChainSpec) -> ChainRule:
    return ChainRule(
        spec.steps,
        spec.basis,
        frozenset(spec.category),
        frozenset(a.value for a in spec.attribute),
        frozenset(v.value for v in spec.verdict),
    )


def _unknown(key: str, steps: Iterable[str]) -> str:
    return f"没有“{key}”这个环节，请从这些当中选，或在 steps 里写出它：{'、'.join(steps)}。"


def _check_steps(steps: dict[str, tuple[StepSpec, Place]]) -> Iterator[Problem]:
    for spec, place in steps.values():
        for key in spec.same_person:
            if key not in steps:
                yield Problem(place, _unknown(key, steps))


def _check_chains(
    chains: Sequence[Placed], steps: Collection[str], categories: Collection[str]
) -> Iterator[Problem]:
    """Tell of steps and categories that are none, chains never reached and cases without one."""
    left = set(product(categories, Attribute, Verdict))
    for spec, place in chains:
        for key in spec.steps:
            if key not in steps:
                yield Problem(place, _unknown(key, steps))
            elif key == CONSULT:
                yield Problem(
                    place, f"{CONSULT} 在联合发文时自动排在最前，不要写进 steps，请删去。"
                )
        if len(set(spec.steps)) < len(spec.steps):
            yield Problem(place, "同一个环节在这条流程里写了两次，请删去一个。")
        for key in spec.category:
            if key not in categories:
                yield Problem(place, f"没有“{key}”这个类别，请用 review policy show 查看类别键。")
        taken = {(c, a, v) for c, a, v in left if _chain(spec).fits(c, a.value, v.value)}
        if not taken and set(spec.category) <= set(categories):
            yield Problem(place, "这条流程永远用不到：前面的流程已经包括了它，请调整次序或删去。")
        left -= taken
    if left and chains:
        category, attribute, verdict = min(left)
        yield Problem(
            chains[-1][1],
            f"有的案件没有流程可走（如类别 {category}、属性 {attribute}、结果 {verdict}），"
            "请在最后加一条不写 category、attribute、verdict 的流程。",
        )
