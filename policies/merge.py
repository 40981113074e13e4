"""Lay directories of rules over one another and check that the whole holds together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from policies.approval import lay_approvals
from policies.expressions import Expressions, lay_expressions
from policies.layer import CategoryPart, Layer, PlacedRule
from policies.merge_terms import Terms, lay_terms
from policies.names import ENTITY_NAMES, role_name, treatment
from policies.schema import CategorySpec, MinimumSpec
from policies.source import Place, Problem
from policies.strength import strength
from review.finding import Entity, Role
from review.policy import (
    LEAST_GROUP,
    STRENGTH,
    Action,
    AllowList,
    Category,
    Nlp,
    OnClean,
    Policy,
    Rule,
)

Cell = tuple[Entity, Role | None]
Rules = dict[Cell, PlacedRule]


@dataclass(slots=True)
class Merged:
    """Hold the merged rules with their places, and what is wrong with them."""

    floor: Rules
    defaults: Rules
    minimum: list[tuple[MinimumSpec, Place]]
    categories: dict[str, tuple[CategorySpec, Rules, Place]]
    terms: Terms
    expressions: Expressions
    problems: list[Problem]


def merge(layers: Sequence[Layer], digest: str) -> tuple[Policy, Merged]:
    """Merge the layers, later over earlier; the policy is usable only when no problem is told."""
    merged = Merged({}, {}, [], {}, {}, {}, [])
    for layer in layers:
        merged.problems += layer.problems
        _lay_rules(merged, layer)
        merged.problems += lay_terms(merged.terms, layer.terms)
        merged.problems += lay_expressions(merged.expressions, layer.expressions)
        for key, part in layer.categories.items():
            _lay_category(merged, key, part)
        _check_floor(merged, layer)
    _check_minimum(merged)
    _check_complete(merged)
    _check_signs(merged, layers)
    approval, problems = lay_approvals([layer.approval for layer in layers], merged.categories)
    merged.problems += problems
    policy = replace(_policy(merged, layers, digest), approval=approval)
    _check_raised_floor(merged, policy, layers[0])
    _check_recovery(merged, policy)
    return policy, merged


def _lay_rules(merged: Merged, layer: Layer) -> None:
    for placed in layer.floor:
        before = merged.floor.get((placed.rule.entity, placed.rule.role))
        if before and strength(placed.rule) < strength(before.rule):
            message = (
                f"底线要求“{treatment(before.rule)}”（{before.rule.basis}），不能改弱，请删去。"
            )
            merged.problems.append(Problem(placed.place, message))
    merged.floor |= _cells(merged, layer.floor)
    merged.defaults |= _cells(merged, layer.defaults)
    merged.minimum += layer.minimum


def _lay_category(merged: Merged, key: str, part: CategoryPart) -> None:
    spec, rules, place = merged.categories.get(key, (CategorySpec(), {}, part.source.place(())))
    given = part.spec.model_dump(exclude_none=True)
    merged.categories[key] = (
        spec.model_copy(update=given), rules | _cells(merged, part.rules), place,
    )  # fmt: skip


def _cells(merged: Merged, placed: Iterable[PlacedRule]) -> Rules:
    cells: Rules = {}
    for item in placed:
        cell = (item.rule.entity, item.rule.role)
        if cell in cells:
            line = cells[cell].place.line
            message = f"{_cell_words(cell)}在第 {line} 行已有规则，请删去一条。"
            merged.problems.append(Problem(item.place, message))
        cells.setdefault(cell, item)
    return cells


def _rule_sets(merged: Merged) -> Iterable[PlacedRule]:
    yield from merged.defaults.values()
    for _, rules, _ in merged.categories.values():
        yield from rules.values()


def _check_floor(merged: Merged, layer: Layer) -> None:
    """Refuse rules that the floor overrules: of its own layer or of one below, not of those above.

    An office may raise the floor over built-in rules; those then simply rest.
    """
    own = [r for part in layer.categories.values() for r in part.rules]
    for placed in (*layer.defaults, *own):
        cell = (placed.rule.entity, placed.rule.role)
        floor = merged.floor.get(cell) or merged.floor.get((placed.rule.entity, None))
        if floor is None or strength(placed.rule) > strength(floor.rule):
            continue
        weaker = strength(placed.rule) < strength(floor.rule)
        message = (
            f"{_cell_words(cell)}{'弱于底线，' if weaker else '已由底线规定，此条不会生效，'}"
            f"底线是“{treatment(floor.rule)}”（{floor.rule.basis}），请删去这条规则。"
        )
        merged.problems.append(Problem(placed.place, message))


def _check_minimum(merged: Merged) -> None:
    for spec, _ in merged.minimum:
        least = _least(spec.action)
        for placed in _rule_sets(merged):
            rule = placed.rule
            # A masked name is written as it is published: no minimum can ask for more.
            spared = {Role.MASKED, *(spec.excluding or ())}
            if rule.entity not in spec.entity or rule.role in spared:
                continue
            if (STRENGTH[rule.effect], rule.action is Action.REVIEW) < least:
                message = (
                    f"{_cell_words((rule.entity, rule.role))}写作“{treatment(rule)}”，弱于最低限度"
                    f" {spec.action}（{spec.basis}），请改为 {spec.action} 或更严的动作。"
                )
                merged.problems.append(Problem(placed.place, message))


def _least(action: Action) -> tuple[int, bool]:
    """Rank a minimum: ``review`` asks only that a person looks, whatever the proposal."""
    if action is Action.REVIEW:
        return STRENGTH[Action.KEEP], True
    return STRENGTH[action], False


def _check_complete(merged: Merged) -> None:
    for spec, _, place in merged.categories.values():
        for key, value in (("title", spec.title), ("basis", spec.basis)):
            if value is None:
                message = f"新类别缺少 {key}，请补上（若想改内置类别，请核对文件名）。"
                merged.problems.append(Problem(Place(place.file, place.line, (key,)), message))


def _check_signs(merged: Merged, layers: Sequence[Layer]) -> None:
    """Refuse a sign that two categories have: no title could then speak for either."""
    owners: dict[str, list[str]] = {}
    for key, (spec, _, _) in merged.categories.items():
        for sign in spec.signs or ():
            owners.setdefault(sign, []).append(key)
    for key, part in layers[-1].categories.items():
        for number, sign in enumerate(part.spec.signs or ()):
            for other in (k for k in owners[sign] if k != key):
                title = merged.categories[other][0].title
                rival = f"“{title}”（{other}）"
                message = f"“{sign}”也是{rival}的标题特征，两类会分不清，请删去或写得更具体。"
                merged.problems.append(Problem(part.source.place(("signs", number)), message))


def _policy(merged: Merged, layers: Sequence[Layer], digest: str) -> Policy:
    return Policy(
        version=" + ".join(layer.version for layer in layers if layer.version),
        digest=digest,
        floor=_plain(merged.floor),
        defaults=_plain(merged.defaults),
        categories={
            key: Category(
                key=key,
                title=spec.title or key,
                rules=_plain(rules),
                on_clean=spec.on_clean or OnClean.SIGN_OFF,
                channels=spec.channels or (),
                scope=spec.scope or "",
                take_down_days=spec.take_down_days,
                basis=spec.basis or "",
                signs=spec.signs or (),
                needs_interpretation=spec.needs_interpretation or False,
                least_group=spec.least_group or LEAST_GROUP,
            )
            for key, (spec, rules, _) in merged.categories.items()
        },
        terms=tuple(term for term, _ in merged.terms.values()),
        expressions=tuple(expression for expression, _ in merged.expressions.values()),
        allow=_allow(layers),
        nlp=next((layer.nlp for layer in reversed(layers) if layer.nlp), Nlp()),
    )


def _plain(rules: Rules) -> tuple[Rule, ...]:
    return tuple(placed.rule for placed in rules.values())


def _allow(layers: Sequence[Layer]) -> AllowList:
    return AllowList(
        phrases=tuple(dict.fromkeys(p for x in layers for p in x.allow.phrases)),
        persons=tuple(dict.fromkeys(p for x in layers for p in x.allow.persons)),
        telephones=tuple(dict.fromkeys(t for x in layers for t in x.allow.telephones)),
    )


def _check_raised_floor(merged: Merged, policy: Policy, base: Layer) -> None:
    """Refuse an added floor that is softer than what it overrules: it would open, not close."""
    without = replace(policy, floor=())
    known = {(placed.rule.entity, placed.rule.role) for placed in base.floor}
    for cell, placed in merged.floor.items():
        if cell in known:
            continue
        entity, role = cell
        roles = [role] if role else [r for r in Role if (entity, r) not in merged.floor]
        overruled = (
            (category, without.rule(category, entity, each))
            for category, each in product(policy.categories.values(), roles)
        )
        for category, rule in overruled:
            if strength(placed.rule) < strength(rule):
                message = (
                    f"{_cell_words(cell)}底线“{treatment(placed.rule)}”比“{category.title}”原有的"
                    f"“{treatment(rule)}”还松，又会盖过它，请改严或删去这条底线。"
                )
                merged.problems.append(Problem(placed.place, message))
                break


def _check_recovery(merged: Merged, policy: Policy) -> None:
    """Refuse a masked identity number beside a full birthday: together they give the number."""
    for category in policy.categories.values():
        numbers = [policy.rule(category, Entity.CN_ID_CARD, role) for role in Role]
        birthdays = [policy.rule(category, Entity.BIRTH_DATE, role) for role in Role]
        shown = next((rule for rule in birthdays if rule.effect is Action.KEEP), None)
        if shown and any(rule.effect is Action.MASK for rule in numbers):
            message = (
                f"“{category.title}”保留出生日期（BIRTH_DATE），身份证号码只作遮盖，两者合起来可"
                "还原全号，请把 BIRTH_DATE 改为 generalise 或把 CN_ID_CARD 改为 remove。"
            )
            merged.problems.append(Problem(_place(merged, shown), message))


def _place(merged: Merged, rule: Rule) -> Place:
    everything = (*merged.floor.values(), *_rule_sets(merged))
    return next(placed.place for placed in everything if placed.rule is rule)


def _cell_words(cell: Cell) -> str:
    entity, role = cell
    return f"{entity}（{ENTITY_NAMES[entity]}，{role_name(role)}）"
