"""Names that a draft masked and that another place, known by the same number, writes in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from detectors.names.written_names import written
from flows.masks.masked_numbers import ALIKE, masked_numbers
from flows.masks.remaining import Record, Remaining, asks, is_masked, is_named, numbers
from review.document import Note
from review.plan import Ruling


def named_by_number(files: Sequence[Remaining]) -> tuple[tuple[Note, ...], ...]:
    """Tell for each file which names that its draft masked another place gives away.

    That is a place with the same number and a full name that fits the mask.
    """
    named: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    shown = [list(_tokens(file)) for file in files]
    for file, records in zip(files, shown, strict=True):
        for tokens, record in records:
            if names := frozenset(file.value(r) for r in record.rulings if is_named(r)):
                for token in tokens:
                    named[token].add(names)
    return tuple(
        tuple(_given_away(file, records, named)) for file, records in zip(files, shown, strict=True)
    )


def _tokens(file: Remaining) -> Iterator[tuple[frozenset[str], Record]]:
    """Yield what records publish of their numbers, where it is enough to tell one from others."""
    for record in file.records.values():
        tokens = frozenset(
            shown.signs
            for start, end, shown in masked_numbers(record.text)
            if len(shown.signs) - shown.hidden >= ALIKE and start < end
        )
        if tokens:
            yield tokens, record


def _given_away(
    file: Remaining,
    records: Sequence[tuple[frozenset[str], Record]],
    named: Mapping[str, set[frozenset[str]]],
) -> Iterator[Note]:
    told: list[Ruling] = []
    for tokens, record in records:
        if masked := [r for r in record.rulings if is_masked(r)]:
            groups = {names for token in tokens for names in named.get(token, ())}
            names = frozenset[str]().union(*groups)
            told += [r for r in masked if any(_fits(file.value(r), name) for name in names)]
    if told:
        yield asks(
            "mask_named",
            f"有 {len(told)} 处隐去的姓名{numbers(told)}，凭同一个号码就能对上"
            "同一案件里写明的姓名，请统一处理。",
        )


def _fits(mask: str, name: str) -> bool:
    form, full = written(mask).mask, written(name)
    return form is not None and form.fits(full.surname, full.given)
