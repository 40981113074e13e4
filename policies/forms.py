"""The published forms that an action may write, and what is wrong with any other."""

from __future__ import annotations

import re

from review.finding import Entity
from review.policy import Action

MASK = re.compile(r"(?P<head>\d{1,2})\+(?P<stars>\*+)\+(?P<tail>\d{1,2})", re.ASCII)

PERSON_FORMS = frozenset({"surname", "surname_star"})
REPLACE_FORMS = frozenset({*PERSON_FORMS, "label"})
GENERALISE_FORMS = {
    Entity.CN_ADDRESS: ("township", "county", "city", "province"),
    Entity.BIRTH_DATE: ("year",),
}

_MIN_STARS, _MAX_STARS = 3, 20
_MAX_SHOWN = 8
# Region, birthday, three of the last four digits and the check digit's rule give the whole number.
_MAX_SHOWN_ID = 6
_MAX_LITERAL = 20


def fault(entity: Entity, action: Action, form: str) -> str:
    """Say in Chinese what is wrong with a form and what to write instead; empty when nothing is.

    ``action`` is the effect on the text: the proposal where a person decides.
    """
    if action is Action.MASK:
        return _mask_fault(entity, form)
    if action is Action.REPLACE:
        return _replace_fault(entity, form)
    if action is Action.GENERALISE:
        return _generalise_fault(entity, form)
    if action is Action.REMOVE:
        return _literal_fault(form) if form else ""
    return f"动作 {action} 不改文字，请删去 form。" if form else ""


def _mask_fault(entity: Entity, form: str) -> str:
    if form == "email":
        return "" if entity is Entity.EMAIL_ADDRESS else "email 只用于电子邮箱，请改成如 3+****+4。"
    match = MASK.fullmatch(form)
    if not match:
        return "遮盖的写法不对，请写成“保留前几位+星号+保留后几位”，如 3+****+4。"
    if not _MIN_STARS <= len(match["stars"]) <= _MAX_STARS:
        return f"星号应为 {_MIN_STARS} 至 {_MAX_STARS} 个，如 3+****+4。"
    shown = int(match["head"]) + int(match["tail"])
    limit = _MAX_SHOWN_ID if entity is Entity.CN_ID_CARD else _MAX_SHOWN
    if shown > limit:
        return f"露出 {shown} 位太多，容易还原全号，前后合计请不超过 {limit} 位。"
    return ""


def _replace_fault(entity: Entity, form: str) -> str:
    if not form:
        return "替换要写明换成什么，请写 surname、surname_star、label 或一段替换文字。"
    if form in PERSON_FORMS and entity is not Entity.PERSON:
        return f"{form} 只用于姓名，请改成 label 或一段替换文字。"
    return "" if form in REPLACE_FORMS else _literal_fault(form)


def _generalise_fault(entity: Entity, form: str) -> str:
    known = GENERALISE_FORMS.get(entity)
    if known is None:
        return "这一项不能概括，只有住址和出生日期可以，请改用 mask、replace 或 remove。"
    return "" if form in known else f"概括的写法不对，可用：{'、'.join(known)}。"


def _literal_fault(form: str) -> str:
    if len(form) > _MAX_LITERAL:
        return f"替换文字太长，请不超过 {_MAX_LITERAL} 个字。"
    if re.search(r"[A-Za-z0-9+]", form):
        known = "、".join(sorted(REPLACE_FORMS))
        return f"没有这种写法；替换文字不含字母和数字，替换姓名可用：{known}。"
    return ""
