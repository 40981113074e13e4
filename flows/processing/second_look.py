"""Look at drafts as they will read: what is found only beside masks is found before people decide.

A word of health beside a name may be told of anyone until the name reads 张某某. The proof of the
output would refuse the file for it, when those who could decide have decided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from flows.masks.remaining import asks, listed
from flows.places import place_name
from flows.processing.proof import left_over
from review.document import Document, Note, Span
from review.finding import Finding, unite
from review.origin import original_span
from review.plan import RedactionPlan, Ruling, redacted_document

MOST_LOOKS = 3
"""Hiding what one look found may bring out more; after this many a person is asked."""

Part = tuple[Document, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Hold the text of a part as it will read, and what the detectors and rules say of that."""

    document: Document
    judged: RedactionPlan


@dataclass(frozen=True, slots=True)
class Looked:
    """Hold a part of a case with all that is found in it, what becomes of it and of what is left.

    ``left`` are the places that looking again did not settle, as the findings there.
    """

    document: Document
    findings: tuple[Finding, ...]
    plan: RedactionPlan
    foreseen: Foreseen | None
    left: tuple[Finding, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """Ask a person about what looking again did not settle."""
        return (_unsettled(self),) if self.left else ()


def look_again(
    parts: Sequence[Part],
    plan: Callable[[Sequence[Part]], Sequence[RedactionPlan]],
    judge: Callable[[Document], RedactionPlan],
) -> tuple[Looked, ...]:
    """Plan the parts of a case, look at the planned texts, and plan with what is found anew.

    What was found in the first place keeps its role: whether an official is one still when those
    around him are hidden is for a person to say.
    """
    current = list(parts)
    seen: dict[int, Looked] = {}
    for looks in range(1, MOST_LOOKS + 1):
        plans = plan(current)
        for number, (part, planned) in enumerate(zip(current, plans, strict=True)):
            if number not in seen or seen[number].plan != planned:
                seen[number] = _look(*part, planned, judge)
        fresh = {number: _anew(looked) for number, looked in seen.items()}
        if looks == MOST_LOOKS or not any(fresh.values()):
            break
        current = [
            (document, joined(number, findings, fresh[number]))
            for number, (document, findings) in enumerate(current)
        ]
    return tuple(seen[number] for number in range(len(parts)))


def _look(
    document: Document,
    findings: tuple[Finding, ...],
    plan: RedactionPlan,
    judge: Callable[[Document], RedactionPlan],
) -> Looked:
    if not plan.edits:
        return Looked(document, findings, plan, None, ())
    text = redacted_document(document, plan)
    foreseen = Foreseen(text, judge(text))
    left = tuple(
        _found_here(ruling, original_span(document, plan, text, ruling.finding.span))
        for ruling in left_over(document, plan, text, foreseen.judged)
    )
    return Looked(document, findings, plan, foreseen, left)


def _found_here(ruling: Ruling, span: Span) -> Finding:
    """Carry a finding back to the draft; people are numbered otherwise there."""
    found = ruling.finding
    reason = f"周围内容隐去后可以看出：{found.reason}"
    return replace(found, span=span, reason=reason, id="", person="")


def _anew(looked: Looked) -> tuple[Finding, ...]:
    known = {(f.span, f.entity) for f in looked.findings}
    return tuple(f for f in looked.left if (f.span, f.entity) not in known)


def _unsettled(looked: Looked) -> Note:
    document, numbers = looked.document, {(f.span, f.entity): f.id for f in looked.findings}
    places = [place_name(document, document.block_at(f.span.start)) for f in looked.left]
    ids = [numbers[key] for f in looked.left if (key := (f.span, f.entity)) in numbers]
    told = f"（编号 {listed(list(dict.fromkeys(ids)))}）" if ids else ""
    return asks(
        "second_look",
        f"其余内容隐去以后，{listed(list(dict.fromkeys(places)))}{told}仍会检出按规则应当隐去的内容，"
        "照此不能生成公开版本。请起草人把这些地方改写清楚后重新送审。",
    )


def joined(part: int, found: Sequence[Finding], more: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put more findings among those of a text; those of a file name are numbered apart."""
    if not more:
        return tuple(found)
    together = unite((*found, *more))
    if part % 2 == 0:
        return together
    return tuple(replace(each, id=f"N{n}") for n, each in enumerate(together, 1))
