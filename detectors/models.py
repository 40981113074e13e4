"""The heavier engine that an office may put beside the built-in recognisers: its own model.

The model must lie on this machine. Nothing here, and nothing that Presidio or spaCy would do by
themselves, ever fetches one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from review.errors import PolicyInvalidError
from review.finding import Entity
from review.policy import Nlp, NlpEngine

NAME = "model"
"""The detector's name of what the model found."""

REASON = "模型识别"

_SCORE = 0.7
"""For models that give none: above a bare name, below one with evidence beside it."""

LABELS: Mapping[str, tuple[str, ...]] = {
    "PERSON": ("PERSON", "PER", "PERS", "NAME", "NR", "nr"),
    "LOCATION": ("LOCATION", "LOC", "GPE", "FAC", "ADDRESS", "ADDR", "NS", "ns"),
}
"""What takes part, by Presidio's label, and how models name it; all else is left out."""

_PACKAGES: Mapping[NlpEngine, tuple[str, ...]] = {
    NlpEngine.SPACY: ("spacy",),
    NlpEngine.TRANSFORMERS: ("spacy", "torch", "transformers"),
}
# A model calls every city a place: an address is one that leads to a door.
_DOOR = re.compile(
    r"[0-9〇零一二三四五六七八九十百][ ]?(?:号|弄|栋|幢|座|单元|室|层|楼|组|巷)|小区|花园|公寓|新村"
)
_LETTERS = re.compile(r"[^\W\d_]")


def require(nlp: Nlp) -> None:
    """Make sure that package and model are on this machine, without loading them.

    Raises ``PolicyInvalidError`` with what to install.
    """
    if nlp.engine is NlpEngine.BUILTIN:
        return
    missing = [name for name in _PACKAGES[nlp.engine] if find_spec(name) is None]
    if missing:
        raise PolicyInvalidError(
            f"规则的 nlp.engine 是 {nlp.engine}，但本机没有安装 {'、'.join(missing)}；请管理员运行"
            f" pip install 'prepublication-review[{nlp.engine}]'，或改为 builtin。"
        )
    if not _is_installed(nlp):
        raise PolicyInvalidError(
            f"规则的 nlp.model“{nlp.model}”不在本机：系统不会自行下载，请管理员装好模型或更正路径，"
            "或把 nlp.engine 改为 builtin。"
        )


def unusable(nlp: Nlp) -> PolicyInvalidError:
    """Make the error for a model that is there and cannot be loaded."""
    return PolicyInvalidError(
        f"规则的 nlp.model“{nlp.model}”无法用 {nlp.engine} 加载，请管理员核对模型的类型和版本，"
        "或把 nlp.engine 改为 builtin。"
    )


def _is_installed(nlp: Nlp) -> bool:
    if Path(nlp.model).is_absolute():
        return Path(nlp.model).is_dir()
    if nlp.engine is NlpEngine.TRANSFORMERS:
        return False
    try:
        distribution(nlp.model)
    except (PackageNotFoundError, ValueError):
        return False
    return True


def configuration(nlp: Nlp, language: str) -> dict[str, Any]:
    """Write Presidio's own configuration of the model."""
    model: Any = nlp.model
    if nlp.engine is NlpEngine.TRANSFORMERS:
        model = {"spacy": language, "transformers": nlp.model}
    return {
        "nlp_engine_name": nlp.engine.value,
        "models": [{"lang_code": language, "model_name": model}],
        "ner_model_configuration": {
            "model_to_presidio_entity_mapping": {
                own: label for label, known in LABELS.items() for own in known
            },
            "default_score": _SCORE,
        },
    }


def entity_of(label: str, value: str) -> Entity | None:
    """Say what a label of Presidio's means here, None for what does not take part."""
    if label == "PERSON" and len(_LETTERS.findall(value)) > 1:
        return Entity.PERSON
    if label == "LOCATION" and _DOOR.search(value):
        return Entity.CN_ADDRESS
    return None
