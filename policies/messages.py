"""Put what pydantic refuses into plain Chinese with a remedy."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from policies.schema import Spec
from policies.source import Data, Key, Problem, Source, colon_hint
from review.finding import Entity, Role
from review.policy import Action, NlpEngine, OnClean, TermLevel

S = TypeVar("S", bound=Spec)

_CHOICES: dict[str, tuple[str, type[StrEnum]]] = {
    "entity": ("项目", Entity),
    "role": ("身份", Role),
    "except": ("身份", Role),
    "action": ("动作", Action),
    "proposal": ("动作", Action),
    "on_clean": ("办法", OnClean),
    "level": ("级别", TermLevel),
    "engine": ("引擎", NlpEngine),
}

_MISSING = {
    "basis": "请写明依据的条文，如“个人信息保护法第二十八条”。",
    "entity": "请写明管哪一项信息，如 PERSON。",
    "action": "请写明怎么处理，如 mask。",
    "term": "请写明词语。",
    "level": "请写 stop、review 或 note。",
    "ground": "请写明类别，如“工作秘密”。",
    "owner": "请写明由谁提出。",
    "since": "请写明从哪天起，如 2026-01-31。",
    "engine": "请写 builtin、spacy 或 transformers。",
}

_SHAPE = {
    "string_type": "这里应是一段文字，请去掉多余的列表或缩进。",
    "tuple_type": "这里应是一段文字或一个列表，请检查缩进。",
    "model_type": "这里应是“键: 内容”的形式，请检查缩进和冒号。",
    "int_parsing": "这里应是一个整数，如 30。",
    "greater_than_equal": "这里至少是 1；不设期限请删去这一行。",
    "less_than_equal": "数字太大，最多 3650。",
    "too_short": "列表是空的，请填写内容或删去这个键。",
    "string_too_long": "内容太长，请缩短。",
    "string_pattern_mismatch": "电话只能由数字和短横组成，如 12345 或 0591-12345。",
}

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
    custom = detail["type"] in ("form", "proposal", "role", "unless", "model")
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
        if name in ("term", "phrases", "persons"):
            return "少于两个字，会命中几乎所有文件，请写完整的词语。"
        return f"{name} 是空的，{_MISSING.get(name, '请填写内容或删去这个键。')}"
    if kind.startswith("date"):
        return _DATE
    if kind == "model_type" and (hint := colon_hint(str(detail["input"]))):
        return hint
    return _SHAPE.get(kind) or detail["msg"]


def _spec_at(spec: type[Spec], detail: ErrorDetails) -> type[Spec]:
    """Find the nested piece that an unknown key stands in."""
    for part in detail["loc"][:-1]:
        choices = get_args(spec.model_fields[str(part)].annotation)
        spec = next((c for c in choices if isinstance(c, type) and issubclass(c, Spec)), spec)
    return spec


def _unknown_key(spec: type[Spec], name: str) -> str:
    known = [field.alias or key for key, field in spec.model_fields.items()]
    return f"没有 {name} 这个键，{_advice(name, known)}"


def _unknown_choice(name: str, given: Any) -> str:
    words, choices = _CHOICES[name]
    return f"没有“{str(given)[:30]}”这个{words}，{_advice(str(given), [c.value for c in choices])}"


def _advice(given: str, known: list[str]) -> str:
    folded = {k.lower(): k for k in known}
    close = get_close_matches(given.lower(), folded, n=1, cutoff=0.6)
    guess = f"是否应为 {folded[close[0]]}？" if close else ""
    return f"{guess}可用的有：{'、'.join(known)}。"
