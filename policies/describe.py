"""The matrix of a category as a person reads it: each entity in each role, what and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from review.finding import Entity, Role
from review.policy import Category, Policy, Rule


class Origin(StrEnum):
    """Say which list a rule comes from."""

    FLOOR = "floor"
    CATEGORY = "category"
    DEFAULTS = "defaults"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold what happens to an entity in a role; ``role`` None stands for all not named apart."""

    entity: Entity
    role: Role | None
    rule: Rule
    origin: Origin


def matrix(policy: Policy, category: Category) -> Iterator[Cell]:
    """Give every cell of a category, in the order of ``Entity`` and ``Role``."""
    rules = (*policy.floor, *category.rules, *policy.defaults)
    for entity in Entity:
        for role, example in roles_apart(entity, rules):
            rule = policy.rule(category, entity, example)
            yield Cell(entity, role, rule, _origin(policy, category, rule))


def roles_apart(entity: Entity, rules: Iterable[Rule]) -> Iterator[tuple[Role | None, Role]]:
    """List the roles that some rule names for an entity, then None for the rest.

    Each comes with a role to ask the policy by: itself, or any one of the rest.
    """
    named = {rule.role for rule in rules if rule.entity is entity}
    yield from ((role, role) for role in Role if role in named)
    rest = next((role for role in Role if role not in named), None)
    if rest is not None:
        yield None, rest


def _origin(policy: Policy, category: Category, rule: Rule) -> Origin:
    lists = (
        (Origin.FLOOR, policy.floor),
        (Origin.CATEGORY, category.rules),
        (Origin.DEFAULTS, policy.defaults),
    )
    return next((o for o, rules in lists if any(rule is r for r in rules)), Origin.NONE)
