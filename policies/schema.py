"""The shape of the policy files; keys that are not named here are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Annotated, Any, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from policies.forms import fault
from review.finding import Entity, Role
from review.policy import Action, AllowList, Nlp, NlpEngine, OnClean, Rule, TermLevel

MIN_TERM = 2

_LEVEL_ENTITIES = frozenset({Entity.NEGATIVE_TERM, Entity.WORDING})
_LEVEL_ROLES = frozenset(Role(level.value) for level in TermLevel)

T = TypeVar("T")


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _one_each(words: tuple[str, ...]) -> tuple[str, ...]:
    for word in words:
        if any(comma in word for comma in "，、；"):
            raise PydanticCustomError(
                "comma", "用了中文逗号或顿号，几项会连成一项，请写成 [甲, 乙]（英文逗号加空格）。"
            )
    return words


Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
OneOrMore = Annotated[tuple[T, ...], BeforeValidator(_as_list), Field(min_length=1)]
Listed = Annotated[OneOrMore[T], AfterValidator(_one_each)]
"""One or more words; a Chinese comma would make one word of several."""


class Spec(BaseModel):
    """Refuse unknown keys, trim text, stay as read."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class RuleSpec(Spec):
    """Read one rule: entities × roles → action, form, basis."""

    entity: OneOrMore[Entity]
    role: OneOrMore[Role] | None = None
    action: Action
    form: str = ""
    basis: Text
    proposal: Action | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        self._check_proposal()
        for entity in self.entity:
            self._check_roles(entity)
            if message := fault(entity, self.proposal or self.action, self.form):
                raise PydanticCustomError("form", "{message}", {"message": message})
        return self

    def _check_proposal(self) -> None:
        if self.action is Action.REVIEW and self.proposal in (None, Action.REVIEW, Action.BLOCK):
            raise PydanticCustomError(
                "proposal", "人工审核须写 proposal，说明审定之前怎么处理，如 keep、mask、replace。"
            )
        if self.action is not Action.REVIEW and self.proposal is not None:
            raise PydanticCustomError("proposal", "只有 action 为 review 时才写 proposal，请删去。")

    def _check_roles(self, entity: Entity) -> None:
        for role in self.role or ():
            if (role in _LEVEL_ROLES) != (entity in _LEVEL_ENTITIES):
                raise PydanticCustomError(
                    "role",
                    "stop、review、note 只用于 NEGATIVE_TERM 和 WORDING，其余项目请写人员身份。",
                )

    def rules(self) -> Iterator[Rule]:
        """Write the rule out for every entity and role it names."""
        for entity in self.entity:
            for role in self.role or (None,):
                yield Rule(
                    entity, role, self.action, self.basis, self.form, self.proposal or Action.KEEP
                )


class MinimumSpec(Spec):
    """Read one minimum: no rule for these entities may protect less, save for the named roles."""

    entity: OneOrMore[Entity]
    excluding: OneOrMore[Role] | None = Field(default=None, alias="except")
    action: Action
    basis: Text


class CategorySpec(Spec):
    """Read the fields of a category; None means that this file does not say."""

    title: Text | None = None
    basis: Text | None = None
    on_clean: OnClean | None = None
    channels: Listed[Text] | None = None
    scope: Text | None = None
    take_down_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    signs: Listed[Annotated[str, StringConstraints(min_length=2, max_length=40)]] | None = None
    needs_interpretation: bool | None = None
    least_group: Annotated[int, Field(ge=1, le=1000)] | None = None


class NlpSpec(Spec):
    """Read which engine recognises names and addresses beside the built-in recognisers."""

    engine: NlpEngine
    model: Annotated[str, StringConstraints(max_length=500)] = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        builtin = self.engine is NlpEngine.BUILTIN
        if builtin and self.model:
            raise PydanticCustomError("model", "engine 为 builtin 时不用模型，请删去 model。")
        if not builtin and not self.model:
            raise PydanticCustomError(
                "model", "请写明模型：已安装的模型包名，或模型文件夹的绝对路径。"
            )
        relative = "/" in self.model and not PurePath(self.model).is_absolute()
        if relative or (self.engine is NlpEngine.TRANSFORMERS and "/" not in self.model):
            raise PydanticCustomError("model", "请写模型文件夹的绝对路径，如 /opt/models/zh。")
        return self

    def nlp(self) -> Nlp:
        """Give the choice as the language knows it."""
        return Nlp(self.engine, self.model)


class PolicySpec(Spec):
    """Read what ``policy.yaml`` holds beside its lists of rules."""

    version: Text | None = None
    nlp: NlpSpec | None = None


Telephone = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9-]{1,18}[0-9]$")]


class AllowSpec(Spec):
    """Read the lists of what looks personal and is not."""

    phrases: OneOrMore[Annotated[str, StringConstraints(min_length=2, max_length=100)]] = ()
    persons: OneOrMore[Annotated[str, StringConstraints(min_length=2, max_length=20)]] = ()
    telephones: OneOrMore[Telephone] = ()

    def allow_list(self) -> AllowList:
        """Give the lists as the language knows them."""
        return AllowList(self.phrases, self.persons, self.telephones)
