"""Lay lists of terms over one another: an office adds and hardens, it never softens."""

from __future__ import annotations

from dataclasses import replace

from policies.names import LEVEL_NAMES
from policies.patterns import MAX_PATTERNS
from policies.source import Place, Problem
from policies.strength import LEVEL_STRENGTH, term_key
from review.policy import Term, TermLevel, Where

PlacedTerm = tuple[Term, Place]
Terms = dict[str, PlacedTerm]


def lay_terms(terms: Terms, listed: tuple[PlacedTerm, ...]) -> list[Problem]:
    """Add the terms of one directory to those below it; returns what is wrong with them.

    A term that is known already stays in force from the earlier day and keeps its variants.
    """
    problems: list[Problem] = []
    own: dict[str, tuple[str, int]] = {}
    for term, place in listed:
        key = key_of(term)
        before = terms.get(key)
        if key in own:
            problems.append(Problem(place, _twice(*own[key])))
        elif before:
            problems += (Problem(place, message) for message in _softened(before[0], term))
            term = _joined(before[0], term)
        own[key] = (term.text, place.line)
        terms[key] = (term, place)
    problems += _doubled_variants(listed, own)
    patterns = [place for term, place in listed if term.is_pattern]
    if len(patterns) > MAX_PATTERNS:
        message = f"pattern 超过 {MAX_PATTERNS} 条，审查会太慢，请并成几条或改写成 term。"
        problems.append(Problem(patterns[MAX_PATTERNS], message))
    return problems


def key_of(term: Term) -> str:
    """Give what makes two entries the same: their letters, or the pattern as it is written."""
    return f"/{term.text}/" if term.is_pattern else term_key(term.text)


def _twice(text: str, line: int) -> str:
    return f"这个词（“{text}”）在第 {line} 行已经有了，请删去一条。"


def _doubled_variants(
    listed: tuple[PlacedTerm, ...], own: dict[str, tuple[str, int]]
) -> list[Problem]:
    """Refuse a variant that another entry has too: which level counts would be chance."""
    problems = []
    for term, place in listed:
        for variant in term.variants:
            key = term_key(variant)
            if key in own:
                message = f"“{variant}”与第 {own[key][1]} 行的词语或变体相同，请删去一处。"
                where = Place(place.file, place.line, (*place.key, "variants"))
                problems.append(Problem(where, message))
            own.setdefault(key, (term.text, place.line))
    return problems


def _joined(before: Term, term: Term) -> Term:
    variants = tuple(dict.fromkeys((*term.variants, *before.variants)))
    return replace(term, since=min(before.since, term.since), variants=variants)


def _softened(before: Term, term: Term) -> list[str]:
    """Say in which ways a term is softer than the one of the same text that it replaces."""
    level = LEVEL_NAMES[before.level]
    if LEVEL_STRENGTH[term.level] < LEVEL_STRENGTH[before.level]:
        return [
            f"内置清单中这个词是 {before.level}（{level}）级，不能降级，"
            f"请把 level 改回 {before.level} 或删去这一条。"
        ]
    if term.until and not before.until:
        return ["内置清单中的词不能停用，请删去 until。"]
    narrowed = [
        key
        for key, given, held in (
            ("near", term.near, before.near),
            ("not_near", term.not_near, before.not_near),
            ("where", term.where, Where.ANYWHERE),
        )
        if given and given != held
    ]
    if before.level is TermLevel.STOP and narrowed:
        return [f"内置清单中这个词是禁止级，不能只在部分情形下起作用，请删去 {narrowed[0]}。"]
    return []
