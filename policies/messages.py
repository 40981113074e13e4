"""Put what pydantic refuses into plain Chinese with a remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.names import (
    ACTION_NAMES,
    ENTITY_NAMES,
    LEVEL_NAMES,
    ON_CLEAN_NAMES,
    ROLE_NAMES,
    VERDICT_NAMES,
    WHERE_NAMES,
)
from policies.schema import Spec
from policies.source import Data, Key, Problem, Source, colon_hint
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Attribute
from review.finding import Entity, Role
from review.plan import Verdict
from review.policy import Action, NlpEngine, OnClean, TermCategory, TermLevel, Where
from review.staffing import STAFF_ROLE_NAMES, StaffRole

S = TypeVar("S", bound=Spec)

_CHOICES: dict[str, tuple[str, type[StrEnum], Mapping[Any, str]]] = {
    "entity": ("项目", Entity, ENTITY_NAMES),
    "role": ("身份", Role, ROLE_NAMES),
    "except": ("身份", Role, ROLE_NAMES),
    "action": ("动作", Action, ACTION_NAMES),
    "proposal": ("动作", Action, ACTION_NAMES),
    "on_clean": ("办法", OnClean, ON_CLEAN_NAMES),
    "level": ("级别", TermLevel, LEVEL_NAMES),
    "engine": ("引擎", NlpEngine, {}),
    "category": ("类别", TermCategory, {}),
    "where": ("位置", Where, WHERE_NAMES),
    "by": ("角色", StaffRole, STAFF_ROLE_NAMES),
    "stand_in": ("角色", StaffRole, STAFF_ROLE_NAMES),
    "attribute": ("公开属性", Attribute, ATTRIBUTE_NAMES),
    "verdict": ("结果", Verdict, VERDICT_NAMES),
}
_KEYS_IN_CHINESE = {
    "项目": "entity", "身份": "role", "处理": "action", "动作": "action", "写法": "form",
    "依据": "basis", "词语": "term", "级别": "level", "类别": "category", "提出单位": "owner",
    "启用": "since", "停用": "until", "例外": "unless", "变体": "variants", "邻近": "near",
    "不邻近": "not_near", "位置": "where", "名称": "title", "渠道": "channels", "范围": "scope",
    "ground": "category",
}  # fmt: skip
"""What people write for a key; ``ground`` held the category once."""

_FAULTS_OF = frozenset({
    "form", "proposal", "role", "unless", "model", "term", "variants", "pattern", "until",
    "near", "not_near", "within", "by", "stand_in", "avoid", "instead", "titles",
})  # fmt: skip
"""Faults that the pieces tell themselves, named after the key they lie in."""

_MISSING = {
    "basis": "请写明依据的条文，如“个人信息保护法第二十八条”。",
    "entity": "请写明管哪一项信息，如 PERSON。",
    "action": "请写明怎么处理，如 mask。",
    "term": "请写明词语。",
    "level": "请写 stop、review 或 note。",
    "category": "请写明类别，如“工作秘密”。",
    "owner": "请写明由谁提出。",
    "since": "请写明从哪天起，如 2026-01-31。",
    "step": "请写环节的键，如 secrecy。",
    "by": "请写由哪种角色办理，如 secrecy。",
    "days": "请写几个工作日办完，如 3。",
    "steps": "请写依次经过的环节，如 [unit_head, secrecy]。",
    "engine": "请写 builtin、spacy 或 transformers。",
}

_SHAPE = {
    "string_type": "这里应是一段文字，请去掉多余的列表或缩进。",
    "tuple_type": "这里应是一段文字或一个列表，请检查缩进。",
    "model_type": "这里应是“键: 内容”的形式，请检查缩进和冒号。",
    "int_parsing": "这里应是一个整数，如 30。",
    "greater_than_equal": "这里至少是 1；不设期限或限制请删去这一行。",
    "too_short": "列表是空的，请填写内容或删去这个键。",
    "string_too_long": "内容太长，请缩短。",
    "string_pattern_mismatch": "电话只能由数字和短横组成，如 12345 或 0591-12345。",
}

_SHOWN = 30
_STEP_KEYS = frozenset({"step", "steps", "same_person", "weakening"})
_DATE = "日期不存在或写法不对，请写成 2026-01-31 的样子。"


def checked(spec: type[S], source: Source, data: Data, key: Key) -> tuple[S | None, list[Problem]]:
    """Validate one piece of a file; None and every problem when it does not fit ``spec``."""
    try:
        return spec.model_validate(data), []
    except ValidationError as error:
        problems = [
            Problem(source.place(_key(key, detail)), _message(spec, detail))
            for detail in error.errors(include_url=False)
        ]
        return None, problems


def _key(key: Key, detail: ErrorDetails) -> Key:
    custom = detail["type"] in _FAULTS_OF
    return (*key, *detail["loc"], *((detail["type"],) if custom else ()))


def _message(spec: type[Spec], detail: ErrorDetails) -> str:
    kind = detail["type"]
    name = next((str(p) for p in reversed(detail["loc"]) if isinstance(p, str)), "")
    if kind == "extra_forbidden":
        return _unknown_key(_spec_at(spec, detail), name)
    if kind == "missing":
        return f"缺少 {name}，{_MISSING.get(name, '请补上。')}"
    if kind == "enum":
        return _unknown_choice(name, detail["input"])
    if kind == "string_too_short":
        if name in ("phrases", "persons", "avoid", "require"):
            return "少于两个字，会命中几乎所有文件，请写完整的词语。"
        return f"{name} 是空的，{_MISSING.get(name, '请填写内容或删去这个键。')}"
    if kind == "string_pattern_mismatch" and name in _STEP_KEYS:
        return "环节的键只能用小写字母、数字和下划线，以字母开头，如 unit_head。"
    if kind.startswith("date"):
        return _DATE
    if kind == "model_type" and (hint := colon_hint(str(detail["input"]))):
        return hint
    if kind == "less_than_equal":
        return f"数字太大，最多 {detail['ctx']['le']}。"
    return _SHAPE.get(kind) or detail["msg"]


def _spec_at(spec: type[Spec], detail: ErrorDetails) -> type[Spec]:
    """Find the nested piece that an unknown key stands in."""
    for part in detail["loc"][:-1]:
        choices = get_args(spec.model_fields[str(part)].annotation)
        spec = next((c for c in choices if isinstance(c, type) and issubclass(c, Spec)), spec)
    return spec


def _unknown_key(spec: type[Spec], name: str) -> str:
    known = {field.alias or key: "" for key, field in spec.model_fields.items()}
    meant = _KEYS_IN_CHINESE.get(name)
    guess = f"请改写成 {meant}。" if meant in known else ""
    return f"没有 {name} 这个键，{guess or _advice(name, known)}"


def _unknown_choice(name: str, given: Any) -> str:
    words, choices, names = _CHOICES[name]
    written = str(given)
    if any(comma in written for comma in ",，、"):
        hint = "几项请写成列表，用方括号、英文逗号和空格，如 [甲, 乙]。"
    else:
        hint = _advice(written, {choice.value: names.get(choice, "") for choice in choices})
    return f"没有“{written[:_SHOWN]}”这个{words}，{hint}"


def _advice(given: str, known: Mapping[str, str]) -> str:
    """Offer the nearest of what there is, by its key or its Chinese name, and list it all."""
    folded = {_folded(word): key for key, name in known.items() for word in (name, key) if word}
    close = get_close_matches(_folded(given), folded, n=1, cutoff=0.6)
    guess = f"是否应为 {folded[close[0]]}？" if close else ""
    return f"{guess}可用的有：{'、'.join(known)}。"


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).lower()
