"""What an officer declares beside a draft in the watched folder: ``NAME.yaml``."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from flows.cases.declaration import attribute_named
from review.attribute_proposal import ATTRIBUTE_NAMES
from review.case import Attribute
from review.errors import InputError, WrongUsageError

SUFFIXES = (".yaml", ".yml")
FOLDER_DEFAULTS = "submission.yaml"
"""In a folder of the inbox: what holds for every draft in and below it."""

_MAX_BYTES = 64 * 1024
_NO_MAPPING = (
    "说明文件不是“项: 值”形式的 YAML（UTF-8，冒号用英文冒号，后面空一格），请改正后重新放入。"
)
_NO_OFFICER = """\
不知道由谁送审：{missing}。请写上这两行（工号换成自己的），再把草稿和说明文件一起重新放入类别文件夹：
officer: 送审人工号
attribute: 主动公开"""
_NO_FILE = (
    "缺少说明文件，应在草稿旁放一个同名的 .yaml（如草稿是“通知.docx”，就放“通知.docx.yaml”），"
    f"或在文件夹里放一个 {FOLDER_DEFAULTS}，管其中所有草稿"
)
_NO_LINE = "说明文件里没有 officer（送审人工号）这一行"
NO_ATTRIBUTE = (
    "说明文件里没有 attribute（公开属性）这一行：属性由送审人认定，系统不代为决定。"
    f"请写明 attribute: {'、'.join(ATTRIBUTE_NAMES.values())}之一（后两种还要写 reason 理由），"
    "再把草稿和说明文件一起重新放入类别文件夹。"
)


_ADVICE = {
    "attribute": f"attribute（公开属性）只能写{'、'.join(ATTRIBUTE_NAMES.values())}之一；",
    "officer": "officer（送审人工号）只写一个工号；",
    "reason": "reason（理由）只写一段文字；",
    "basis": "basis（依据）只写一段文字；",
    "channels": "channels（公开渠道）写成列表，每行一个，如“- 政府网站”；",
    "publish_on": "publish_on（公开日期）写成 2026-12-01 这样；",
    "forwards": "forwards（转发的是哪个案件）只写一个案件编号；",
    "joint": "joint（会签单位办理人）写成列表，每行一个工号，如“- wu”；",
    "case": "case（重新提交的案件）只写一个案件编号；",
}
_CASE_OF_ITS_OWN = (
    "case（重新提交的案件）只能写在草稿自己的说明文件里，不能写在管整个文件夹的 "
    f"{FOLDER_DEFAULTS} 里，请改正后重新放入。"
)
_CASE_ALONE = (
    "写了 case 就是重新提交被退回的案件，公开属性等都按原来送审时的办，另外只能写 officer："
    "请删去其余各项后重新放入；要改公开属性等，请去掉 case 这一行，作为新件送审。"
)


class Sidecar(BaseModel):
    """Hold the declaration that goes with a draft; what is left out is empty.

    With ``case`` the draft is the corrected one of a case that was sent back. Without an
    attribute it bears that of what it ``forwards``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    attribute: Attribute | None = None
    officer: str = ""
    reason: str = ""
    basis: str = ""
    channels: tuple[str, ...] = ()
    publish_on: date | None = None
    forwards: str = ""
    joint: tuple[str, ...] = ()
    case: str = ""

    @field_validator("attribute", mode="before")
    @classmethod
    def _attribute(cls, value: object) -> Attribute:
        return attribute_named(str(value))


def is_sidecar(path: Path) -> bool:
    """Tell a declaration from a draft by its name."""
    return path.suffix.lower() in SUFFIXES


def sidecars(files: Collection[Path]) -> Mapping[str, Path]:
    """List the declarations of single drafts among the files of one folder, by folded name."""
    named = {path.name.casefold(): path for path in files if is_sidecar(path)}
    named.pop(FOLDER_DEFAULTS, None)
    return named


def find_sidecar(draft: Path, declared: Mapping[str, Path]) -> Path | None:
    """Find the declaration of a draft: ``通知.docx.yaml`` before ``通知.yaml``."""
    for stem in (draft.name, draft.stem):
        for suffix in SUFFIXES:
            if found := declared.get((stem + suffix).casefold()):
                return found
    return None


def is_shared(sidecar: Path, draft: Path, siblings: Collection[Path]) -> bool:
    """Tell whether another draft of the folder still needs this declaration."""
    declared = sidecars(siblings)
    return any(
        find_sidecar(other, declared) == sidecar
        for other in siblings
        if other != draft and not is_sidecar(other)
    )


def read_declaration(root: Path, draft: Path, sidecar: Path | None) -> Sidecar:
    """Read what is declared for a draft, the nearer file winning key by key.

    From ``root`` down to the draft's folder each ``submission.yaml`` counts, then the draft's own
    sidecar. Raises ``InputError`` where none names an officer or an attribute, and on wrong keys,
    naming those and never their values.
    """
    folders = [root]
    for part in draft.parent.relative_to(root).parts:
        folders.append(folders[-1] / part)
    files = [folder / FOLDER_DEFAULTS for folder in folders]
    declared: dict[str, object] = {}
    found = False
    for path in (*files, *([sidecar] if sidecar else [])):
        if path.is_symlink():
            raise WrongUsageError("说明文件是符号链接，不予采用；请放入文件本身后重新放入。")
        if path.exists():
            found = True
            content = _mapping(path)
            _check_case(content, own=path == sidecar)
            declared |= content
    try:
        declaration = Sidecar.model_validate(declared)
    except ValidationError as error:
        raise InputError(_complaint(error)) from None
    if not declaration.officer.strip():
        raise InputError(_NO_OFFICER.format(missing=_NO_LINE if found else _NO_FILE))
    if not (declaration.attribute or declaration.forwards or declaration.case):
        raise InputError(NO_ATTRIBUTE)
    return declaration


def _check_case(content: Mapping[str, object], own: bool) -> None:
    """Let a draft name the case that it corrects, and nothing that would seem to change it."""
    if "case" not in content:
        return
    if not own:
        raise InputError(_CASE_OF_ITS_OWN)
    if not content.keys() <= {"case", "officer"}:
        raise InputError(_CASE_ALONE)


def _mapping(path: Path) -> dict[str, object]:
    """Read a YAML file of plain texts: ``0012`` stays a staff number, ``no`` stays a word."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError("说明文件过大，请只写所需各项后重新放入。")
        content = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 (texts only)
    except OSError:
        raise InputError("说明文件读不出来，请检查后重新放入。") from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise InputError(_NO_MAPPING) from None
    if content in (None, ""):
        return {}
    if not isinstance(content, dict):
        raise InputError(_NO_MAPPING)
    return content


def _complaint(error: ValidationError) -> str:
    """Say which keys are wrong and how to write them; one that we do not know is not repeated."""
    keys = [str(problem["loc"][0]) for problem in error.errors(include_input=False)]
    advice = "".join(_ADVICE[key] for key in Sidecar.model_fields if key in keys)
    if any(key not in Sidecar.model_fields for key in keys):
        advice += f"有不认识的项，可用的项为 {'、'.join(Sidecar.model_fields)}；"
    return f"说明文件填写有误：{advice}请改正后重新放入。"
