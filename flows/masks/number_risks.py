"""Masked numbers that can be completed: from what stands beside them, or from one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.masks.masked_numbers import (
    ALIKE,
    CARDS,
    IDENTITY,
    MOBILE,
    MOST_CANDIDATES,
    Shown,
    candidates,
    is_short,
    masked_numbers,
    other_masks,
    shown_of,
)
from flows.masks.remaining import Record, Remaining, asks, numbers, where
from flows.masks.told_ends import told_ends
from review.document import Note
from review.finding import Entity
from review.plan import Moves, Ruling

_LENGTHS = {Entity.CN_ID_CARD: IDENTITY, Entity.PHONE_NUMBER: MOBILE}

_NEAR = 120
"""Characters of a paragraph on either side that speak of the same person."""


@dataclass(frozen=True, slots=True)
class Masked:
    """Hold one masked number: where it stands, what it shows, how it is written.

    ``true`` is the number itself where the plan masked it.
    """

    file: int
    record: Record
    shown: Shown
    written: str
    true: str = ""
    ruling: Ruling | None = None

    @property
    def beside(self) -> str:
        """Give the row, or of a paragraph what stands near."""
        text = self.record.text
        at = text.find(self.written) if self.record.place[0] < 0 else -1
        return text if at < 0 else text[max(0, at - _NEAR) : at + len(self.written) + _NEAR]

    @property
    def owner(self) -> str:
        """Give the number of the one person of the record, empty where there are several."""
        people = self.record.people
        return next(iter(people)) if len(people) == 1 else ""


def number_risks(files: Sequence[Remaining]) -> tuple[tuple[Note, ...], ...]:
    """Tell for each file of a case which of its masked numbers can be completed."""
    masked = [list(_masked(number, file)) for number, file in enumerate(files)]
    every = [each for found in masked for each in found]
    sums = _summed(every)
    whole = _written_in_full(files)
    return tuple(
        (
            *_beside(file, found),
            *_adding_up(file, found, sums),
            *_completed(file, found, whole),
        )
        for file, found in zip(files, masked, strict=True)
    )


def _length(entity: Entity, value: str) -> int:
    """Give how many signs such a number has, 0 where it is none that is looked at."""
    if entity is Entity.CN_BANK_CARD and len(value) in CARDS:
        return len(value)
    return _LENGTHS.get(entity, 0)


def _masked(number: int, file: Remaining) -> Iterator[Masked]:
    """Yield the masks that the plan writes and those that the draft itself has."""
    for ruling in file.plan.rulings:
        value = _significant(file.value(ruling))
        length = _length(ruling.finding.entity, value)
        if length and (shown := _written(ruling.replacement or "", length)):
            true = value[-length:]
            if len(true) == length:
                mask = ruling.replacement or ""
                yield Masked(number, file.record_of(ruling), shown, mask, true, ruling)
    moves = {block: Moves(edits) for block, edits in file.plan.edits_by_block().items()}
    for record in file.records.values():
        for index in record.blocks:
            text, header = file.document.blocks[index].text, file.headers.get(index, "")
            found = (*masked_numbers(text, header), *other_masks(text, header))
            for start, end, shown in found:
                following = moves[index].at(start)[1] if index in moves else None
                if following is None or following.start >= end:
                    yield Masked(number, record, shown, text[start:end])
        for start, end, shown in told_ends(record.text):
            yield Masked(number, record, shown, record.text[start:end])


def _written(replacement: str, length: int) -> Shown | None:
    if not any(map(str.isdigit, replacement)):
        return None
    shown = shown_of(replacement, length)
    return shown if shown.hidden else None


def _significant(value: str) -> str:
    return "".join(c for c in value if c.isalnum()).upper()


def _beside(file: Remaining, found: Sequence[Masked]) -> Iterator[Note]:
    weak = [each for each in found if _is_weak(each)]
    if weak:
        yield asks(
            "number_completable",
            f"有 {len(weak)} 个号码虽已遮盖，但遮得太少，或者同一行、同一段还写有出生日期、年龄、"
            f"性别、住址等，几乎可以推算出来{_where(weak)}；"
            "请多遮几位，或隐去旁边的出生日期。",
        )


def _is_weak(each: Masked) -> bool:
    if len(each.shown.signs) == IDENTITY:
        return candidates(each.true, each.shown, each.beside) <= MOST_CANDIDATES
    return is_short(each.shown)


def _where(found: Sequence[Masked]) -> str:
    ruled = [each.ruling for each in found if each.ruling]
    own = where(each.record.place for each in found if each.ruling is None)
    return numbers(ruled) + (f"（{own}）" if own else "")


def _summed(every: Sequence[Masked]) -> dict[int, Shown]:
    """Lay masks of one number over each other: what all show together, by the mask's identity."""
    sums: dict[int, Shown] = {}
    for group in _groups(every):
        together = group[0].shown
        for each in group[1:]:
            if together.shared(each.shown) >= 0:
                together = together.joined(each.shown)
        sums |= {id(each): together for each in group}
    return sums


def _groups(every: Sequence[Masked]) -> Iterator[list[Masked]]:
    """Yield masks of one number: the same true number, the same person, or many digits alike."""
    known: defaultdict[tuple[str, int], list[Masked]] = defaultdict(list)
    loose: list[Masked] = []
    for each in every:
        key = each.true or each.owner
        if key:
            known[key, len(each.shown.signs)].append(each)
        if not each.true:
            loose.append(each)
    yield from (group for group in known.values() if len({e.shown for e in group}) > 1)
    yield from _alike(loose)


def _alike(loose: Sequence[Masked]) -> Iterator[list[Masked]]:
    """Pair masks that show the same digits at the same end, found by their first or last four."""
    by_end: defaultdict[tuple[int, str, str], dict[Shown, Masked]] = defaultdict(dict)
    for each in loose:
        signs = each.shown.signs
        by_end[len(signs), signs[:5], ""].setdefault(each.shown, each)
        by_end[len(signs), "", signs[-4:]].setdefault(each.shown, each)
    for (_, head, tail), shapes in by_end.items():
        if "*" in head + tail or not 1 < len(shapes) <= _MOST_SHAPES:
            continue
        told = list(shapes.values())
        for number, one in enumerate(told):
            yield from (
                [one, other]
                for other in told[number + 1 :]
                if one.shown.shared(other.shown) >= ALIKE
            )


_MOST_SHAPES = 50
"""Of more masks that begin or end alike none tells which number it is of."""


def _adding_up(file: Remaining, found: Sequence[Masked], sums: dict[int, Shown]) -> Iterator[Note]:
    told = [e for e in found if id(e) in sums and not _is_weak(e) and _is_told(e, sums[id(e)])]
    if told:
        yield asks(
            "masks_add_up",
            f"有 {len(told)} 个号码在本件的不同地方遮盖了不同的几位，拼起来几乎就是全号"
            f"{_where(told)}；请统一遮盖同样的几位。",
        )


def _is_told(each: Masked, together: Shown) -> bool:
    if together.hidden >= each.shown.hidden:
        return False
    if len(together.signs) == IDENTITY:
        return candidates(each.true, together, each.beside) <= MOST_CANDIDATES
    return is_short(together)


def _written_in_full(files: Sequence[Remaining]) -> set[str]:
    """List the identity, mobile and card numbers that the case publishes in full."""
    return {
        number
        for file in files
        for ruling in file.plan.rulings
        if ruling.replacement is None
        for value in [_significant(file.value(ruling))]
        if (length := _length(ruling.finding.entity, value))
        for number in [value[-length:]]
        if len(number) == length
    }


def _completed(file: Remaining, found: Sequence[Masked], whole: set[str]) -> Iterator[Note]:
    ends = {(len(number), number[-4:]): Shown(number) for number in whole}
    told = [
        each
        for each in found
        if (full := ends.get((len(each.shown.signs), each.shown.signs[-4:])))
        and full.shared(each.shown) >= ALIKE
    ]
    if told:
        yield asks(
            "mask_completed",
            f"有 {len(told)} 个遮盖的号码在同一案件里又写有全号{_where(told)}，请统一处理。",
        )
