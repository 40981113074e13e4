"""The rules in force: what happens to which entity of which role in which category, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from review.approval import ONE_STEP, Approvals
from review.errors import WrongUsageError
from review.finding import Entity, Role

ANY_ROLE = None


class Action(StrEnum):
    """Say what becomes of a finding (techniques of GB/T 37964-2019 where it has the word)."""

    KEEP = "keep"
    REVIEW = "review"
    GENERALISE = "generalise"
    MASK = "mask"
    REPLACE = "replace"
    REMOVE = "remove"
    BLOCK = "block"


STRENGTH: Mapping[Action, int] = {action: rank for rank, action in enumerate(Action)}
"""How strongly an action protects: later in ``Action`` is stronger."""

HIDING = frozenset({Action.GENERALISE, Action.MASK, Action.REPLACE, Action.REMOVE})
"""The actions that change the text."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Decide one entity in one role.

    ``role`` None means every role. ``proposal`` is what happens to the text while a person has
    not decided (only for ``review``). ``form`` names the published form that the operator writes
    (``3-4``, ``surname``, ``label``, …); ``basis`` quotes the article the rule rests on.
    """

    entity: Entity
    role: Role | None
    action: Action
    basis: str
    form: str = ""
    proposal: Action = Action.KEEP

    @property
    def effect(self) -> Action:
        """Give the action that the text undergoes: the proposal where a person decides."""
        return self.proposal if self.action is Action.REVIEW else self.action


class OnClean(StrEnum):
    """Say what becomes of a case in which nothing was found."""

    RELEASE = "release"
    SIGN_OFF = "sign_off"


LEAST_GROUP = 3
"""Rows that must look alike where a category says nothing else."""


@dataclass(frozen=True, slots=True)
class Category:
    """Describe one kind of document and its rules.

    ``take_down_days`` counts calendar days of display for lists with names, None where the
    document stays. ``signs`` are what titles of this kind hold; words parted by a space must all
    be there. ``needs_interpretation`` asks for a document's interpretation (解读) beside it.
    ``least_group`` is how many rows of a table without names must look alike (k-anonymity,
    GB/T 37964).
    """

    key: str
    title: str
    rules: tuple[Rule, ...]
    on_clean: OnClean = OnClean.SIGN_OFF
    channels: tuple[str, ...] = ()
    scope: str = ""
    take_down_days: int | None = None
    basis: str = ""
    signs: tuple[str, ...] = ()
    needs_interpretation: bool = False
    least_group: int = LEAST_GROUP


class TermLevel(StrEnum):
    """Say how hard a term of the negative list stops a document."""

    STOP = "stop"
    REVIEW = "review"
    NOTE = "note"


class TermCategory(StrEnum):
    """Name what a term of the negative list would give away, as an office writes it."""

    NATIONAL_SECURITY = "国家安全"
    ECONOMIC_SECURITY = "经济安全"
    PUBLIC_SECURITY = "公共安全"
    SOCIAL_STABILITY = "社会稳定"
    FORBIDDEN_BY_LAW = "法律法规禁止公开"
    TRADE_SECRET = "商业秘密"  # noqa: S105
    PRIVACY = "个人隐私"
    WORK_SECRET = "工作秘密"  # noqa: S105
    INTERNAL_AFFAIRS = "内部事务"
    PROCESS = "过程性信息"
    ENFORCEMENT_FILE = "执法案卷"
    OTHER = "其他"


class Where(StrEnum):
    """Say where in a document a term counts."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    MARK = "mark"


NEAR = 30
"""How many letters away a word is still near, where a term does not say."""


@dataclass(frozen=True, slots=True)
class Term:
    """Hold one entry of the negative list with its ground (``basis``) and provenance.

    ``text`` is the term, or a regular expression where ``is_pattern``. ``variants`` are other
    spellings of it, ``unless`` longer phrases in which it is harmless (``商业秘密`` for ``秘密``).
    It counts only from ``since`` to ``until`` (both included, empty for no end), where one of the
    words ``near`` it stands within ``within`` letters and none of ``not_near`` does.
    """

    text: str
    level: TermLevel
    category: TermCategory
    basis: str
    owner: str
    since: str
    until: str = ""
    is_pattern: bool = False
    variants: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    within: int = NEAR
    where: Where = Where.ANYWHERE

    def counts_on(self, day: date) -> bool:
        """Say whether the term is in force on a day."""
        written = day.isoformat()
        return self.since <= written and not self.has_ended(day)

    def has_ended(self, day: date) -> bool:
        """Say whether the last day of the term is past."""
        return bool(self.until) and self.until < day.isoformat()


@dataclass(frozen=True, slots=True)
class Expression:
    """Hold one entry of an office's list of expressions.

    ``text`` is to be avoided, ``instead`` says what is better; or it is ``required`` in every
    document whose title holds one of ``titles`` (in all without them).
    """

    text: str
    basis: str
    required: bool = False
    instead: str = ""
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AllowList:
    """Hold what looks personal and is not: leaders in set phrases, public service numbers."""

    phrases: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    telephones: tuple[str, ...] = ()


class NlpEngine(StrEnum):
    """Name what recognises names and addresses beside the built-in recognisers."""

    BUILTIN = "builtin"
    SPACY = "spacy"
    TRANSFORMERS = "transformers"


@dataclass(frozen=True, slots=True)
class Nlp:
    """Choose a model that the office installed; ``model`` is a package or an absolute path.

    ``builtin`` has no model.
    """

    engine: NlpEngine = NlpEngine.BUILTIN
    model: str = ""


_FAIL_CLOSED_BASIS = "政府信息公开条例第十五条（无专门规则，由审核人决定）"


@dataclass(frozen=True, slots=True)
class Policy:
    """Hold all rules in force; ``digest`` is the SHA-256 of the files they were read from."""

    version: str
    digest: str
    floor: tuple[Rule, ...]
    defaults: tuple[Rule, ...]
    categories: Mapping[str, Category]
    terms: tuple[Term, ...] = ()
    expressions: tuple[Expression, ...] = ()
    allow: AllowList = AllowList()
    nlp: Nlp = Nlp()
    approval: Approvals = ONE_STEP

    def category(self, key: str) -> Category:
        """Look up a category; raises ``WrongUsageError`` with key and title of each there is."""
        if key not in self.categories:
            known = "、".join(f"{each.title} {each.key}" for each in self.categories.values())
            raise WrongUsageError(f"没有“{key}”这个类别，请从这些当中选一个：{known}。")
        return self.categories[key]

    def rule(self, category: Category, entity: Entity, role: Role) -> Rule:
        """Find the rule for an entity in a role.

        A rule for this very role comes before one for every role, the category's before the
        default. What no rule names is hidden until a person decides. Whatever they say, the floor
        is the least that happens (a minor is never named, 未成年人保护法第一百零三条).
        """
        ruled = self._ruled(category, entity, role)
        floor = self._floor_rule(entity, role)
        if floor is None or STRENGTH[ruled.effect] > STRENGTH[floor.effect]:
            return ruled
        # A rule for this very role may add a question to a person to the same effect.
        alike = (ruled.role, ruled.effect, ruled.form) == (role, floor.effect, floor.form)
        return ruled if alike else floor

    def is_floor(self, entity: Entity, role: Role) -> bool:
        """Tell whether the law leaves no choice about an entity in a role."""
        return self._floor_rule(entity, role) is not None

    def _floor_rule(self, entity: Entity, role: Role) -> Rule | None:
        return _pick(self.floor, entity, role) or _pick(self.floor, entity, ANY_ROLE)

    def _ruled(self, category: Category, entity: Entity, role: Role) -> Rule:
        for wanted in (role, ANY_ROLE):
            for rules in (category.rules, self.defaults):
                if found := _pick(rules, entity, wanted):
                    return found
        return Rule(entity, None, Action.REVIEW, _FAIL_CLOSED_BASIS, proposal=Action.REMOVE)


def _pick(rules: tuple[Rule, ...], entity: Entity, role: Role | None) -> Rule | None:
    return next((r for r in rules if r.entity == entity and r.role == role), None)
