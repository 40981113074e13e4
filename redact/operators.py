"""The published forms: what is written in the place of a hidden value (GB/T 37964-2019, 附录 A)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redact.addresses import LEVELS, administrative_part
from redact.pseudonyms import SOMEONE, is_bare, name_key, pseudonyms, starred, surname
from review.finding import Entity, Finding, Role
from review.policy import Action, Rule

MASKED = "****"
REMOVED = "***"
HIDDEN = "〔已隐去〕"

LABELS = {
    Entity.PERSON: "〔姓名已隐去〕",
    Entity.PHONE_NUMBER: "〔电话已隐去〕",
    Entity.EMAIL_ADDRESS: "〔邮箱已隐去〕",
    Entity.IP_ADDRESS: "〔网络地址已隐去〕",
    Entity.CN_ID_CARD: "〔身份证号已隐去〕",
    Entity.CN_PASSPORT: "〔护照号已隐去〕",
    Entity.CN_TRAVEL_PERMIT: "〔通行证号已隐去〕",
    Entity.CN_MILITARY_ID: "〔军官证号已隐去〕",
    Entity.CN_SOCIAL_SECURITY: "〔社保号已隐去〕",
    Entity.CN_BANK_CARD: "〔银行账号已隐去〕",
    Entity.CN_LICENSE_PLATE: "〔车牌号已隐去〕",
    Entity.CN_ADDRESS: "〔住址已隐去〕",
    Entity.CN_PROPERTY_CERT: "〔产权证号已隐去〕",
    Entity.BIRTH_DATE: "〔出生日期已隐去〕",
    Entity.WECHAT_ID: "〔微信号已隐去〕",
    Entity.QQ_NUMBER: "〔QQ号已隐去〕",
    Entity.HEALTH: "〔健康信息已隐去〕",
    Entity.MARITAL_STATUS: "〔婚姻状况已隐去〕",
    Entity.RELIGION: "〔宗教信仰已隐去〕",
    Entity.ETHNICITY: "〔民族已隐去〕",
    Entity.MINOR: "〔未成年人信息已隐去〕",
    Entity.CN_USCC: "〔统一社会信用代码已隐去〕",
}

_AFFIX_FORM = re.compile(r"(\d{1,2})\+(.*)\+(\d{1,2})", re.DOTALL)
_WORD_MASK = re.compile(r"某{1,3}.?")
_YEAR = re.compile(r"(?:1[89]|20)\d\d|[一二][〇零○一二三四五六七八九]{3}")


class PublishedForms:
    """Write the published form of hidden values; fulfils ``review.planning.Operators``.

    The forms of a rule: for ``mask`` ``PREFIX+LITERAL+SUFFIX`` (``3+****+4``) or ``email``; for
    ``replace`` ``surname``, ``surname_star``, ``label`` or literal text; for ``generalise``
    ``township``, ``county``, ``city``, ``province`` or ``year``; for ``remove`` literal text.
    An empty form is the action's usual one. A form that is not understood hides everything.
    """

    def replacements(
        self,
        hidden: Sequence[tuple[Finding, Rule, str]],
        kept: Sequence[tuple[Finding, str]] = (),
    ) -> list[str]:
        """Give one replacement for each (finding, rule, value) of a whole case.

        ``kept`` are the names that stay: their bearers' own masks are taken over, and nobody else
        is given one of them.
        """
        people = _people_of(hidden, kept)
        return [
            _guard(finding, rule, value, _write(finding, rule, value, people))
            for finding, rule, value in hidden
        ]


_NAMED = frozenset({"surname", "surname_star"})
"""The forms that keep the surname of a person."""


@dataclass(frozen=True, slots=True)
class _People:
    """Look up how the bearer of a finding is called and published.

    ``given`` are the given names that stand in full names; ``names`` the fullest written form of
    each person.
    """

    given: frozenset[str]
    names: Mapping[str, str]
    pseudonyms: Mapping[str, str]

    def starred(self, finding: Finding, value: str) -> str:
        key = _key(finding, value, self.given)
        return starred(self.names.get(key, value)) if key else SOMEONE

    def pseudonym(self, finding: Finding, value: str) -> str:
        return self.pseudonyms.get(_key(finding, value, self.given), SOMEONE)


def _people_of(
    hidden: Sequence[tuple[Finding, Rule, str]], kept: Sequence[tuple[Finding, str]]
) -> _People:
    named = [(f, v) for f, r, v in hidden if _form(f, r) in _NAMED and name_key(v)]
    given = frozenset(
        key[len(surname(value)) :]
        for _, value in (*named, *kept)
        if len(key := name_key(value)) > 2
    )
    names = _full_names(named, given)
    bearers = {_key(f, v, given) for f, r, v in hidden if _form(f, r) == "surname"}
    told = pseudonyms(
        {key: name for key, name in names.items() if key in bearers}, [v for _, v in kept]
    )
    return _People(given, names, {**told, **_own_masks(kept, names)})


def _key(finding: Finding, value: str, given: frozenset[str]) -> str:
    """Tell people apart: by number, else by the letters of the name.

    Empty for a surname or a given name alone that may mean several.
    """
    if finding.person:
        return finding.person
    key = name_key(value)
    return "" if is_bare(value) or key in given else key


def _full_names(named: Iterable[tuple[Finding, str]], given: frozenset[str]) -> dict[str, str]:
    """Find the fullest written form of each person in order of first appearance.

    A spelling in Latin letters (Zhang Wei) is fuller than none, not than 张伟.
    """
    best: dict[str, tuple[tuple[bool, int, float], str]] = {}
    for finding, value in named:
        if key := _key(finding, value, given):
            letters = name_key(value)
            rank = (any(c >= "\u3400" for c in letters), len(letters), finding.score)
            if key not in best or rank > best[key][0]:
                best[key] = rank, value
    return {key: value for key, (_, value) in best.items()}


def _own_masks(kept: Iterable[tuple[Finding, str]], names: Mapping[str, str]) -> dict[str, str]:
    """Find the masked form that the draft itself has for a person who is to be hidden."""
    told: dict[str, str] = {}
    for finding, value in kept:
        name = names.get(finding.person) if finding.role is Role.MASKED else None
        if name and _WORD_MASK.fullmatch(name_key(value).removeprefix(surname(name))):
            told.setdefault(finding.person, value)
    return told


def _form(finding: Finding, rule: Rule) -> str:
    """Name the form of a replacement, the usual one of the entity where the rule gives none."""
    if rule.effect is not Action.REPLACE:
        return ""
    return rule.form or ("surname" if finding.entity is Entity.PERSON else "label")


def _write(finding: Finding, rule: Rule, value: str, people: _People) -> str:
    match rule.effect:
        case Action.MASK:
            return _mask(value, rule.form)
        case Action.GENERALISE:
            return _generalise(value, rule.form)
        case Action.REPLACE:
            return _replace(finding, value, _form(finding, rule), people)
        case Action.REMOVE if rule.form:
            return _literal(finding, rule.form)
        case Action.REMOVE:
            return REMOVED
        case _:
            return MASKED


def _replace(finding: Finding, value: str, form: str, people: _People) -> str:
    if form == "surname":
        return people.pseudonym(finding, value)
    if form == "surname_star":
        return people.starred(finding, value)
    return _literal(finding, form)


def _literal(finding: Finding, form: str) -> str:
    return LABELS.get(finding.entity, HIDDEN) if form == "label" else form


def _mask(value: str, form: str) -> str:
    """Keep what the form keeps, unless a short value would show as much as it hides."""
    if form == "email":
        return _mask_email(value)
    match = _AFFIX_FORM.fullmatch(form)
    kept = _significant(value)
    if not match:
        return MASKED
    before, literal, after = int(match[1]), match[2] or MASKED, int(match[3])
    hidden = len(kept) - before - after
    if hidden < 1 or (hidden < len(literal) and hidden <= before + after):
        return MASKED
    middle = kept[before : before + hidden]
    masked = kept[:before] + literal + kept[before + hidden :]
    return MASKED if middle in masked else masked


def _mask_email(value: str) -> str:
    local = _significant(value.partition("@")[0])
    return f"{local[0]}***@***" if len(local) > 1 else "***@***"


def _generalise(value: str, form: str) -> str:
    if form in LEVELS:
        kept = administrative_part(value, form)
        text = "".join(unicodedata.normalize("NFKC", value).split())
        below = text.removeprefix(kept)
        return REMOVED if below and below in kept else kept + REMOVED
    if form == "year" and (year := _YEAR.match(unicodedata.normalize("NFKC", value).strip())):
        return f"{year[0]}年"
    return MASKED


def _guard(finding: Finding, rule: Rule, value: str, replacement: str) -> str:
    """Fall back to a neutral sign where a replacement would say what it stands for."""
    folded = _fold(value)
    if finding.person and _form(finding, rule) in _NAMED and is_bare(value):
        return replacement  # 王女士 becomes 王某甲女士: the surname is what may stay
    if rule.effect is Action.GENERALISE and rule.form in LEVELS:
        # An address that ends at the level kept is its own beginning: nothing below to hide.
        return HIDDEN if _fold(replacement) == folded else replacement
    tried = (replacement, MASKED, HIDDEN)
    return next((text for text in tried if folded and folded not in _fold(text)), MASKED)


def _significant(value: str) -> str:
    """Fold full-width forms and drop whatever only separates."""
    return "".join(c for c in unicodedata.normalize("NFKC", value) if c.isalnum())


def _fold(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
