"""What changed between two approvals: who looks at which cases, how long, who agrees to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeVar

from policies.changes import EVERY_CATEGORY, Change, Kind, ranked
from policies.describe_approval import kind_words, role_names, step_titles, weakening_words
from review.approval import CONSULT, Approvals, ChainRule, Step
from review.case import Attribute
from review.plan import Verdict
from review.policy import Policy

_WHERE = "审批流程"

T = TypeVar("T")
Kinds = frozenset[tuple[Attribute, Verdict]]


def compare_approval(old: Policy, new: Policy) -> Iterator[Change]:
    """Yield what a case meets otherwise: chains by the cases that go them, steps, grounds."""
    yield from _chains(old, new)
    yield from _steps(old.approval, new.approval)
    yield from _weakening(old.approval, new.approval)
    yield from _grounds(old.approval, new.approval)


def _chains(old: Policy, new: Policy) -> Iterator[Change]:
    """Tell each change of a chain once, for all categories that have it for the same cases."""
    common = [key for key in new.categories if key in old.categories]
    alike: dict[tuple[ChainRule, ChainRule, Kinds], list[str]] = defaultdict(list)
    for category in common:
        for (before, after), cases in _differing(old.approval, new.approval, category).items():
            alike[before, after, frozenset(cases)].append(category)
    for (before, after, kinds), keys in alike.items():
        titles = "、".join(new.categories[key].title for key in keys)
        place = EVERY_CATEGORY if keys == common else titles
        for attributes, verdicts in _blocks(kinds):
            where = "；".join((place, *kind_words(attributes, verdicts)))
            yield _chain_change(where, before, after, old.approval, new.approval)


def _differing(
    old: Approvals, new: Approvals, category: str
) -> Mapping[tuple[ChainRule, ChainRule], list[tuple[Attribute, Verdict]]]:
    found: dict[tuple[ChainRule, ChainRule], list[tuple[Attribute, Verdict]]] = defaultdict(list)
    for attribute, verdict in product(Attribute, Verdict):
        before, after = (
            _way(approval.rule(category, attribute, verdict)) for approval in (old, new)
        )
        if before != after:
            found[before, after].append((attribute, verdict))
    return found


def _way(rule: ChainRule) -> ChainRule:
    """Take from a chain whom it is for: what counts is who goes it."""
    return ChainRule(rule.steps, rule.basis)


def _blocks(kinds: Kinds) -> Iterator[tuple[Collection[str], Collection[str]]]:
    """Lay out cases as attributes × verdicts, so that few words name them all."""
    verdicts = {a: frozenset(v for other, v in kinds if other is a) for a in Attribute}
    for some in dict.fromkeys(filter(None, verdicts.values())):
        yield [a for a in Attribute if verdicts[a] == some], some


def _chain_change(
    where: str, before: ChainRule, after: ChainRule, old: Approvals, new: Approvals
) -> Change:
    if before.steps == after.steps:
        words = f"审批流程的依据由“{before.basis}”改为“{after.basis}”"
        return Change(Kind.CHANGED, where, words)
    kind = ranked((len(before.steps),), (len(after.steps),))
    words = f"审批由“{_path(before, old)}”改为“{_path(after, new)}”，依据：{after.basis}"
    return Change(kind, where, words)


def _path(rule: ChainRule, approval: Approvals) -> str:
    return "→".join(approval.steps[key].title for key in rule.steps)


def _steps(old: Approvals, new: Approvals) -> Iterator[Change]:
    """Compare the steps that some case goes through both before and after."""
    used = _used(old) & _used(new)
    for key, after in new.steps.items():
        if key in used:
            for kind, words in _step(old.steps[key], after, old, new):
                yield Change(kind, _WHERE, f"“{after.title}”{words}")


def _used(approval: Approvals) -> frozenset[str]:
    keys = {key for rule in approval.chains for key in rule.steps} | {CONSULT}
    return frozenset(keys & approval.steps.keys())


def _step(old: Step, new: Step, before: Approvals, after: Approvals) -> Iterator[tuple[Kind, str]]:
    if old.title != new.title:
        yield Kind.CHANGED, f"原来叫“{old.title}”"
    if old.role is not new.role:
        words = f"由“{role_names([old.role])}”办理改为由“{role_names([new.role])}”办理"
        yield Kind.CHANGED, words
    if old.days != new.days:
        yield _days_kind(old, new), f"的限期由 {old.days} 个工作日改为 {new.days} 个工作日"
    more, fewer = _apart(old.stand_in, new.stand_in)
    if more:
        yield Kind.WEAKER, f"增加代办的角色：{role_names(more)}"
    if fewer:
        yield Kind.STRONGER, f"减少代办的角色：{role_names(fewer)}"
    allowed, barred = _apart(old.same_person, new.same_person)
    if allowed:
        yield Kind.WEAKER, f"改为可由办过“{step_titles(allowed, after)}”的人再办"
    if barred:
        yield Kind.STRONGER, f"不再可由办过“{step_titles(barred, before)}”的人再办"


def _days_kind(old: Step, new: Step) -> Kind:
    """Give joint units' time its weight: once it is over, their silence is consent (第三十四条)."""
    return ranked((old.days,), (new.days,)) if new.key == CONSULT else Kind.CHANGED


def _apart(old: Sequence[T], new: Sequence[T]) -> tuple[list[T], list[T]]:
    """Give what came and what went, in the order they are written."""
    return [each for each in new if each not in old], [each for each in old if each not in new]


def _weakening(old: Approvals, new: Approvals) -> Iterator[Change]:
    if old.weakening != new.weakening:
        kind = ranked((bool(old.weakening),), (bool(new.weakening),))
        yield Change(kind, _WHERE, f"由“{weakening_words(old)}”改为“{weakening_words(new)}”")


def _grounds(old: Approvals, new: Approvals) -> Iterator[Change]:
    """Tell of grounds for 依申请公开 and 不予公开 that came or went."""
    more, fewer = _apart(old.grounds, new.grounds)
    for ground in more:
        yield Change(Kind.NEW, _WHERE, f"增加不公开的依据：{ground}")
    for ground in fewer:
        yield Change(Kind.REMOVED, _WHERE, f"去掉了不公开的依据：{ground}")
