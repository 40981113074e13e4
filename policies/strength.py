"""Which of two rules, or of two levels of one term, protects more."""

from __future__ import annotations

import unicodedata

from policies.forms import GENERALISE_FORMS, MASK
from review.finding import Entity
from review.policy import STRENGTH, Action, Rule, TermLevel

Strength = tuple[int, int, bool]

LEVEL_STRENGTH = {level: rank for rank, level in enumerate(reversed(TermLevel))}
"""How hard a term stops a document: higher is harder."""

_SHOWN_OF_NAME = {"surname": 1, "surname_star": 2}
_EMAIL_SHOWN = 3
# Finest first: what is named later tells less.
_LEVELS = GENERALISE_FORMS[Entity.CN_ADDRESS]


def strength(rule: Rule) -> Strength:
    """Rank a rule: what the text undergoes, how little its form shows, whether a person looks."""
    return STRENGTH[rule.effect], -shown(rule.form), rule.action is Action.REVIEW


def shown(form: str) -> int:
    """Count roughly what a published form gives away, to compare forms of one action."""
    if match := MASK.fullmatch(form):
        return int(match["head"]) + int(match["tail"])
    if form in _LEVELS:
        return len(_LEVELS) - _LEVELS.index(form)
    return _EMAIL_SHOWN if form == "email" else _SHOWN_OF_NAME.get(form, 0)


def term_key(text: str) -> str:
    """Fold a term to its letters and digits, so that other spellings are the same term."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
