"""From the findings of a case and the policy to the plan of each document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Protocol

from review.change import Change, Changes
from review.document import BlockKind, Document, Span
from review.finding import (
    DOUBTFUL_NAME,
    ENCODED,
    FIRM_NAME,
    GIVEN_NAME,
    NUMBER_PART,
    Entity,
    Finding,
    Role,
)
from review.plan import Edit, RedactionPlan, Ruling
from review.policy import HIDING, STRENGTH, Action, Category, Policy, Rule


class Operators(Protocol):
    """Write the published form of hidden values."""

    def replacements(
        self,
        hidden: Sequence[tuple[Finding, Rule, str]],
        kept: Sequence[tuple[Finding, str]],
    ) -> Sequence[str]:
        """Give one replacement for each (finding, rule, value), all of one document at once.

        ``kept`` are the names of people that stay in the text, so that none of them is given to
        somebody else. One call for a whole case keeps a pseudonym the same for the same person.
        """
        ...


_NO_CHANGES: Changes = {}


def build_plans(
    scanned: Sequence[tuple[Document, Sequence[Finding]]],
    policy: Policy,
    category: Category,
    operators: Operators,
    changes: Changes = _NO_CHANGES,
) -> tuple[RedactionPlan, ...]:
    """Decide every finding of a case's documents and work out the edits, one plan a document.

    ``changes`` are what people decided otherwise; their ``part`` counts the documents.

    All documents go in together so that one person bears one pseudonym in all of them. Overlaps
    are settled by the strength of the effect: the stronger covers its whole span, the weaker keeps
    only what the stronger leaves.
    """
    ruled = [
        [_rule(policy, category, f, changes.get((part, f.span, f.entity))) for f in findings]
        for part, (_, findings) in enumerate(scanned)
    ]
    hiding = [
        _settle_overlaps([r for r in rulings if r.rule.effect in HIDING]) for rulings in ruled
    ]
    written = iter(
        operators.replacements(
            [
                (r.finding, _worded(document, r), document.value(r.finding.span))
                for (document, _), rulings in zip(scanned, hiding, strict=True)
                for r in rulings
            ],
            _kept_names(scanned, ruled),
        )
    )
    return tuple(
        _plan(document, policy, category, rulings, [(r, next(written)) for r in hidden])
        for (document, _), rulings, hidden in zip(scanned, ruled, hiding, strict=True)
    )


SOMEBODY = "某某"
"""What stands for a name where a word for its bearer would be double or tell too much."""
_BY_SURNAME = ("", "surname", "surname_star")
"""The forms of a name that begin with the first sign of it."""


def _worded(document: Document, ruling: Ruling) -> Rule:
    """Give the rule of a name another form where the word for its bearer does not fit the text.

    举报人举报人 says it twice. And where the draft does not say at that place that somebody
    informed, the word would betray him: the neighbour who confirms it, a party to the matter.
    """
    form, finding = ruling.rule.form, ruling.finding
    if finding.entity is not Entity.PERSON or not form:
        return ruling.rule
    if _doubles(document.text, finding.span, form):
        return replace(ruling.rule, form=SOMEBODY)
    betrays = finding.role is Role.INFORMANT and form.endswith(("人", "者"))
    if betrays and not _does(document.text, finding.span, form[:-1]):
        return replace(ruling.rule, form=SOMEBODY)
    return ruling.rule


def _doubles(text: str, span: Span, form: str) -> bool:
    """Say whether the word that is to stand for a name stands beside it already."""
    reach = len(form) + _BETWEEN
    before = text[max(0, span.start - reach) : span.start].rstrip(" \u3000\n:：")
    after = text[span.end : span.end + reach].lstrip(" \u3000\n")
    return before.endswith(form) or after.startswith(form)


_BETWEEN = 3
"""Spaces and a colon that may stand between a label and the name."""
_REACH = 60
_DEED = r"(?:[(（][^()（）\n]{{0,36}}[)）])?[^,，。;；:：、\n()（）被未]{{0,8}}?{deed}(?![人者])"


def _does(text: str, span: Span, deed: str) -> bool:
    """Say whether the clause goes on with what makes a person what the word calls him."""
    told = re.compile(_DEED.format(deed=re.escape(deed)))
    return told.match(text, span.end, span.end + _REACH) is not None


def _rule(policy: Policy, category: Category, finding: Finding, change: Change | None) -> Ruling:
    if change is None:
        rule = policy.rule(category, finding.entity, finding.role)
        return Ruling(finding, _adapted(rule, finding.detector))
    return Ruling(finding, change.rule(finding.role), decided=True)


def _adapted(rule: Rule, detector: str) -> Rule:
    if detector in {ENCODED, NUMBER_PART}:
        return _whole(rule)
    if detector in {FIRM_NAME, DOUBTFUL_NAME} and rule.effect in HIDING:
        # To rewrite what a firm is registered as, or a word, alters the document; a person may.
        return replace(rule, action=Action.REVIEW, proposal=Action.KEEP, form="")
    if detector == GIVEN_NAME and rule.effect is Action.REPLACE and rule.form in _BY_SURNAME:
        return replace(rule, form=SOMEBODY)
    return rule


def _whole(rule: Rule) -> Rule:
    """Take out whole what a rule would mask or replace: half of a part still tells something."""
    if rule.effect not in HIDING:
        return rule
    if rule.action is Action.REVIEW:
        return replace(rule, proposal=Action.REMOVE, form="")
    return replace(rule, action=Action.REMOVE, form="")


def _kept_names(
    scanned: Sequence[tuple[Document, Sequence[Finding]]], ruled: Sequence[Sequence[Ruling]]
) -> list[tuple[Finding, str]]:
    return [
        (r.finding, document.value(r.finding.span))
        for (document, _), rulings in zip(scanned, ruled, strict=True)
        for r in rulings
        if r.finding.entity is Entity.PERSON and r.rule.effect not in HIDING
    ]


def _plan(
    document: Document,
    policy: Policy,
    category: Category,
    rulings: Sequence[Ruling],
    hidden: Sequence[tuple[Ruling, str]],
) -> RedactionPlan:
    edits: list[Edit] = []
    replaced: dict[str, str] = {}
    for ruling, replacement in hidden:
        replaced.setdefault(ruling.finding.id, replacement)
        edits.extend(_edits_for(document, ruling.finding, replacement))
    told = tuple(replace(r, replacement=replaced.get(r.finding.id)) for r in rulings)
    return RedactionPlan(document.digest, policy.digest, category.key, told, tuple(edits))


def _settle_overlaps(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Cut the weaker of two overlapping rulings down to what the stronger leaves uncovered."""
    ordered = sorted(
        rulings,
        key=lambda r: (
            -STRENGTH[r.rule.effect],
            -len(r.finding.span),
            -r.finding.score,
            r.finding.span.start,
        ),
    )
    taken = _Cover()
    settled: list[Ruling] = []
    for ruling in ordered:
        free = taken.claim(ruling.finding.span)
        if free == [ruling.finding.span]:
            settled.append(ruling)
            continue
        settled += (replace(ruling, finding=replace(ruling.finding, span=span)) for span in free)
    return sorted(settled, key=lambda r: r.finding.span)


class _Cover:
    """Remember which characters are spoken for, so that claims stay linear in their length."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def claim(self, span: Span) -> list[Span]:
        """Take what is free of ``span`` and return it as unbroken pieces."""
        free: list[Span] = []
        start: int | None = None
        for position in range(span.start, span.end + 1):
            usable = position < span.end and position not in self._taken
            if usable and start is None:
                start = position
            elif not usable and start is not None:
                free.append(Span(start, position))
                start = None
        self._taken.update(range(span.start, span.end))
        return free


BLACKENED = "■"
"""What stands for the text under a black box in a picture."""


_WORDS = re.compile("[\u4e00-\u9fff]{2,}")


def _standing(value: str, replacement: str) -> int:
    """Count the signs that a picture keeps of a value: the town of an address, no surname.

    Nothing can be written in a picture, so what a replacement says again must stay in sight.
    """
    words = _WORDS.match(replacement)
    return words.end() if words and value.startswith(words[0]) else 0


def _edits_for(document: Document, finding: Finding, replacement: str) -> Iterable[Edit]:
    """Put the replacement where the span begins; empty what it covers of further blocks.

    In the boxes of a form each sign of it gets one: a single box is too narrow for all of them. A
    surname that stays keeps its cell.
    """
    places = tuple(document.split(finding.span))
    texts = [document.blocks[block].text[local.start : local.end] for block, local in places]
    celled = bool(places) and all(document.blocks[block].cell for block, _ in places)
    pieces = [replacement]
    if celled and len(places) == len(replacement) and all(len(text) == 1 for text in texts):
        pieces = list(replacement)
    elif celled and finding.entity is Entity.PERSON and replacement.startswith(texts[0]):
        pieces = [texts[0], replacement[len(texts[0]) :]]
    for (block, local), written in zip(places, chain(pieces, repeat("")), strict=False):
        start = local.start
        if document.blocks[block].kind is BlockKind.PICTURE:
            start += _standing(document.blocks[block].text[start : local.end], written)
            written = BLACKENED
        if start < local.end:
            yield Edit(block, start, local.end, written, finding.id)
