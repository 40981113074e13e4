"""A check on anyone's redaction: the original and what is to be published, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from detectors.names.written_names import written
from flows.masks.reidentification import residual_risks
from flows.masks.weak_masks import weakly_masked
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming, ScannedFile
from flows.verification.differences import MASK_SIGNS, MASKS, Change, differences, is_label
from flows.verification.disguises import disguised, rewritten
from flows.verification.leftovers import CONTENT, LEFTOVERS
from flows.verification.looks import looked_at
from flows.verification.pieces import folded
from redact.verify.split_numbers import kept_numbers
from redact.verify.verifier import allowed_occurrences, is_about_values
from review.document import Document
from review.finding import Entity
from review.plan import Ruling, redacted_document, removed_values
from review.policy import HIDING

_UNCHECKED = "未能逐字检查的部件或标记"
_ODD = re.compile("^输出(?:文件)?的?中?|，请转人工处理。$")


@dataclass(frozen=True, slots=True)
class Tally:
    """Count places: to be hidden by the policy, and of these neither read nor seen any more."""

    planned: int
    gone: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what a check found: what is readable, what can be had back, what should be looked at.

    ``live`` are rulings on ``published`` that the policy would hide; ``recoverable``,
    ``leftovers``, ``risks`` and ``differences`` (of what pictures show, of what is left out) are
    Chinese sentences without values.
    """

    published: ScannedFile
    live: tuple[Ruling, ...]
    recoverable: tuple[str, ...]
    leftovers: tuple[str, ...]
    risks: tuple[str, ...]
    differences: tuple[str, ...]
    changes: tuple[Change, ...]
    tally: Tally

    @property
    def leaks(self) -> bool:
        return bool(self.live or self.recoverable)

    @property
    def doubtful(self) -> bool:
        return bool(self.leftovers or self.risks or self.differences or self.changes)


def compare(
    pipeline: Pipeline, original: Incoming, published: Incoming, category: str
) -> Comparison:
    """Judge ``published`` against ``original`` under the policy, whoever redacted it.

    Looked for is what the policy of the category hides in the original, in its text and in its
    name, and whatever else vanished. Raises a ``ReviewError`` where one of the two cannot be read.
    """
    (before,) = pipeline.scan([original], category).files
    (after,) = pipeline.scan([published], category).files
    hidden = (
        *removed_values(before.document, before.plan),
        *removed_values(before.name_document, before.name_plan),
    )
    ways = {folded(r.replacement) for r in before.rulings if r.replacement is not None}
    deleted, changes = differences(before, after.document, hidden, ways)
    expected = redacted_document(before.document, before.plan).text
    sought = [*hidden, *disguised(before)]
    allowed = {
        **allowed_occurrences(after.document.text, deleted),
        **allowed_occurrences(expected, sought),
    }
    kept = kept_numbers(block.text for block in after.document.blocks)
    told = pipeline.survivals(after.document.format, published.data, allowed, kept)
    look = looked_at(pipeline, before, after)
    recoverable = (
        *filter(is_about_values, told),
        *look.recoverable,
        *rewritten(after.document.text, expected, sought),
        *_weak(after.document.text, hidden, ways),
    )
    written = {_unmasked(way) for way in ways}
    live = (
        *_live(after.document, after.plan.rulings, written),
        *_live(after.name_document, after.name_plan.rulings, written),
    )
    return Comparison(
        after,
        live,
        recoverable,
        tuple(dict.fromkeys(_leftovers(after.document, told))),
        (
            *_risks(after, pipeline.policy.category(category).least_group),
            *_given_names(before, after.document.text),
        ),
        (*look.differences, *_left_out(before.document, after.document)),
        () if look.settles else changes,
        _tally(before, after.document.text, expected, len(live) + look.restorable),
    )


def _weak(text: str, hidden: Sequence[str], ways: Collection[str]) -> Iterator[str]:
    if weak := weakly_masked(text, [folded(value) for value in hidden], ways):
        yield f"有 {weak} 个号码只遮盖了几位，很容易补全，请多遮几位。"


def _leftovers(document: Document, told: Sequence[str]) -> Iterator[str]:
    """Name what a file carries beside its text, and what of it could not be checked."""
    yield from (LEFTOVERS[n.code] for n in document.notes if n.code in LEFTOVERS)
    for sentence in told:
        if not is_about_values(sentence):
            odd = _ODD.sub("", sentence)
            yield odd.removeprefix("有") if odd.startswith("有") else f"{_UNCHECKED}：{odd}"


def _left_out(original: Document, published: Document) -> Iterator[str]:
    """Name what people see in the original and nothing compares, where it is there no more."""
    there = {note.code for note in published.notes}
    for code in dict.fromkeys(note.code for note in original.notes):
        if code in CONTENT and code not in there:
            yield f"原件里的{CONTENT[code]}没有原样留在公开件里，请对照原件核对。"


def _risks(file: ScannedFile, least_group: int) -> tuple[str, ...]:
    """Say what can be worked out from a file as it stands, with nothing of it hidden anew."""
    rulings = tuple(replace(r, replacement=None) for r in file.plan.rulings)
    as_it_is = replace(file.plan, rulings=rulings, edits=())
    (notes,) = residual_risks([(file.document, as_it_is)], least_group)
    return tuple(note.message for note in notes)


def _given_names(before: ScannedFile, published: str) -> Iterator[str]:
    """Tell of names of which a mask hides the surname alone (usual are 张某某, 张*丰)."""
    given = {
        re.escape(name.given)
        for r in before.plan.rulings
        if r.replacement is not None and r.finding.entity is Entity.PERSON
        if len((name := written(folded(before.document.value(r.finding.span)))).given) > 1
    }
    pattern = rf"(?:{MASK_SIGNS.pattern}|(?<![A-Za-z])[xX]{{1,2}})({'|'.join(sorted(given))})"
    found = set(re.findall(pattern, folded(published))) if given else set()
    if found:
        yield f"有 {len(found)} 个姓名只遮住了姓，名字是全的；请按“张某某”的样子遮盖。"


def _tally(before: ScannedFile, published: str, expected: str, known: int) -> Tally:
    """Compare as multisets what the policy hides and what really went.

    ``known`` places are left for sure, though the text may show them otherwise or not at all.
    """
    planned = Counter(
        before.document.value(r.finding.span)
        for r in before.plan.rulings
        if r.replacement is not None
    )
    there = allowed_occurrences(published, list(planned))
    kept = allowed_occurrences(expected, list(planned))
    left = sum(
        min(number, max(there.get(value, 0) - kept.get(value, 0), 0))
        for value, number in planned.items()
    )
    total = planned.total()
    return Tally(total, max(total - max(left, known), 0))


def _live(
    document: Document, rulings: Sequence[Ruling], written: Collection[str]
) -> Iterator[Ruling]:
    """Yield what the policy would hide, unless it reads as the policy itself would write it."""
    for ruling in rulings:
        value = folded(document.value(ruling.finding.span))
        masked = MASKS.fullmatch(value) or _unmasked(value) in written
        masked = masked or (ruling.finding.entity is Entity.PERSON and is_label(value))
        if ruling.rule.effect in HIDING and not masked:
            yield ruling


def _unmasked(text: str) -> str:
    return MASK_SIGNS.sub("", folded(text))
