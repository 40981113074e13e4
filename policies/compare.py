"""What changed between two policies, in words and by effect: weaker, stronger, new, removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from policies.changes import EVERY_CATEGORY, Change, Kind, listed, ranked
from policies.compare_approval import compare_approval
from policies.compare_terms import compare_terms
from policies.describe import roles_apart
from policies.expressions import compare_expressions
from policies.names import (
    ENTITY_NAMES,
    ON_CLEAN_NAMES,
    nlp_name,
    role_name,
    treatment,
)
from policies.strength import strength
from review.finding import Entity, Role
from review.policy import Category, NlpEngine, OnClean, Policy, Rule


def compare(old: Policy, new: Policy) -> tuple[Change, ...]:
    """List all changes from ``old`` to ``new``, the weaker ones first.

    Rules are compared by what they do in each category, so a changed default or a dropped rule
    shows with its effect, not only as a line that is gone.
    """
    changes = [
        *_rules(old, new),
        *_categories(old, new),
        *compare_terms(old.terms, new.terms),
        *compare_expressions(old.expressions, new.expressions),
        *_allow(old, new),
        *_nlp(old, new),
        *compare_approval(old, new),
    ]
    order = list(Kind)
    return tuple(sorted(changes, key=lambda change: order.index(change.kind)))


def _rules(old: Policy, new: Policy) -> Iterator[Change]:
    common = [key for key in new.categories if key in old.categories]
    everything = [*_all_rules(old), *_all_rules(new)]
    for entity in Entity:
        alike: dict[tuple[Rule, Rule, tuple[str, ...]], list[Role | None]] = defaultdict(list)
        for role, example in roles_apart(entity, everything):
            for (before, after), where in _differing(old, new, common, entity, example).items():
                alike[before, after, tuple(where)].append(role)
        for (before, after, keys), roles in alike.items():
            place = EVERY_CATEGORY if list(keys) == common else _titles(new, keys)
            subject = f"{ENTITY_NAMES[entity]}（{'、'.join(map(role_name, roles))}）"
            yield Change(_direction(before, after), place, subject + _rule_words(before, after))


def _differing(
    old: Policy, new: Policy, common: Iterable[str], entity: Entity, role: Role
) -> Mapping[tuple[Rule, Rule], list[str]]:
    """Group the categories in which an entity's rule changes by the change itself."""
    found: dict[tuple[Rule, Rule], list[str]] = defaultdict(list)
    for key in common:
        before = old.rule(old.categories[key], entity, role)
        after = new.rule(new.categories[key], entity, role)
        if _content(before) != _content(after):
            found[before, after].append(key)
    return found


def _all_rules(policy: Policy) -> Iterator[Rule]:
    yield from policy.floor
    yield from policy.defaults
    for category in policy.categories.values():
        yield from category.rules


def _content(rule: Rule) -> tuple[str, ...]:
    return rule.action, rule.effect, rule.form, rule.basis


def _direction(before: Rule, after: Rule) -> Kind:
    return ranked(strength(before), strength(after))


def _rule_words(before: Rule, after: Rule) -> str:
    if treatment(before) == treatment(after):
        return f"的依据由“{before.basis}”改为“{after.basis}”"
    return f"由“{treatment(before)}”改为“{treatment(after)}”，依据：{after.basis}"


def _categories(old: Policy, new: Policy) -> Iterator[Change]:
    for key, category in new.categories.items():
        if key not in old.categories:
            yield Change(Kind.NEW, category.title, f"新增类别 {key}")
        else:
            yield from _category(old.categories[key], category)
    for key, category in old.categories.items():
        if key not in new.categories:
            yield Change(Kind.REMOVED, category.title, f"去掉了类别 {key}")


def _category(old: Category, new: Category) -> Iterator[Change]:
    if old.on_clean is not new.on_clean:
        kind = Kind.WEAKER if new.on_clean is OnClean.RELEASE else Kind.STRONGER
        before, after = ON_CLEAN_NAMES[old.on_clean], ON_CLEAN_NAMES[new.on_clean]
        yield Change(kind, new.title, f"由“{before}”改为“{after}”")
    if old.take_down_days != new.take_down_days:
        kind = Kind.WEAKER if _days(new) > _days(old) else Kind.STRONGER
        words = f"撤下期限由“{_days_words(old)}”改为“{_days_words(new)}”"
        yield Change(kind, new.title, words)
    if old.least_group != new.least_group:
        kind = Kind.STRONGER if new.least_group > old.least_group else Kind.WEAKER
        words = f"隐名的表里相同的行至少由 {old.least_group} 行改为 {new.least_group} 行"
        yield Change(kind, new.title, words)
    if old.needs_interpretation != new.needs_interpretation:
        kind = Kind.STRONGER if new.needs_interpretation else Kind.WEAKER
        yield Change(kind, new.title, f"{'改为' if new.needs_interpretation else '不再'}要求附解读")
    fields = (
        ("名称", old.title, new.title),
        ("依据", old.basis, new.basis),
        ("公开范围", old.scope, new.scope),
        ("公开渠道", "、".join(old.channels), "、".join(new.channels)),
        ("标题特征", "、".join(old.signs), "、".join(new.signs)),
    )
    for name, before, after in fields:
        if before != after:
            words = f"{name}由“{before or '未定'}”改为“{after or '未定'}”"
            yield Change(Kind.CHANGED, new.title, words)


def _days(category: Category) -> float:
    return float("inf") if category.take_down_days is None else category.take_down_days


def _days_words(category: Category) -> str:
    return "不撤下" if category.take_down_days is None else f"{category.take_down_days} 天"


def _allow(old: Policy, new: Policy) -> Iterator[Change]:
    pairs = (
        ("固定表述", old.allow.phrases, new.allow.phrases),
        ("人名", old.allow.persons, new.allow.persons),
        ("公共电话", old.allow.telephones, new.allow.telephones),
    )
    for name, before, after in pairs:
        if more := set(after) - set(before):
            yield Change(Kind.WEAKER, "放行名单", f"{name}增加：{listed(more)}")
        if fewer := set(before) - set(after):
            yield Change(Kind.STRONGER, "放行名单", f"{name}减少：{listed(fewer)}")


def _nlp(old: Policy, new: Policy) -> Iterator[Change]:
    """Tell a change of engine: a model only adds to what the built-in recognisers find."""
    if old.nlp == new.nlp:
        return
    models = tuple((each.nlp.engine is not NlpEngine.BUILTIN,) for each in (old, new))
    words = f"识别引擎由“{nlp_name(old.nlp)}”改为“{nlp_name(new.nlp)}”"
    yield Change(ranked(*models), EVERY_CATEGORY, words)


def _titles(policy: Policy, keys: Iterable[str]) -> str:
    return "、".join(policy.categories[key].title for key in keys)
