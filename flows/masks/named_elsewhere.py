"""People whose names are hidden in one place and told in another, in full or in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from detectors.names.pinyin import (
    initials,
    latin,
    may_spell,
    shortened,
    spellings,
    surname_initials,
)
from detectors.names.written_names import Written, written
from flows.masks.remaining import (
    Place,
    Record,
    Remaining,
    asks,
    is_hidden,
    is_masked,
    is_named,
    numbers,
    where,
)
from review.document import Note

_LETTERS = re.compile("[A-Za-z]")
_SHORT = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,4}(?![A-Za-z])")
_HOSTS = re.compile(r"(?:https?://|www\.)[A-Za-z0-9.-]+", re.IGNORECASE)
"""What spells the name of a place or a firm."""
_BEHIND = re.compile(r"[(（]?([A-Za-z])[.·]?([A-Za-z])(?:[.·]?[A-Za-z])?(?![A-Za-z])")
"""Two or three initials right behind a name."""
_LEAST_LETTERS = 6
"""Shorter runs of Latin letters spell half of all names."""


def named_elsewhere(files: Sequence[Remaining]) -> tuple[tuple[Note, ...], ...]:
    """Tell for each file whom it hides although the case names him in another place."""
    named = [{file.value(r) for r in file.plan.rulings if is_named(r)} for file in files]
    return tuple(tuple(_named(file, named, number)) for number, file in enumerate(files))


def _named(file: Remaining, named: Sequence[set[str]], number: int) -> Iterator[Note]:
    hidden = [r for r in file.plan.rulings if is_hidden(r) and len(file.value(r)) > 1]
    elsewhere = set[str]().union(*(names for n, names in enumerate(named) if n != number))
    for code, names, place in (
        ("named_elsewhere", elsewhere, "在同一案件的另一文件中"),
        ("named_twice", named[number] - elsewhere, "在本文件的另一处"),
    ):
        told = [r for r in hidden if file.value(r) in names]
        if told:
            people = len({file.value(r) for r in told})
            yield asks(
                code, f"有 {people} 人已隐去姓名{numbers(told)}，{place}却写明，请统一处理。"
            )


def spelt_out(
    files: Sequence[Remaining], titles: Sequence[Remaining]
) -> tuple[tuple[Note, ...], ...]:
    """Tell for each file where it still spells the name of somebody whom the case hides.

    Those who share the spelling with somebody named in full are left out: it says nothing.
    """
    forms = _Forms(files)
    return tuple(
        (
            *_spelt(forms.found(file), file),
            *(_in_name(forms.found(titles[n])) if titles else ()),
        )
        for n, file in enumerate(files)
    )


class _Forms:
    """Know how the names that a case hides are written in Latin letters."""

    def __init__(self, files: Sequence[Remaining]) -> None:
        hidden = _written(
            file.value(r) for file in files for r in file.plan.rulings if is_hidden(r)
        )
        named = _written(file.value(r) for file in files for r in file.plan.rulings if is_named(r))
        self.told = _all_forms(hidden) - _all_forms(named)

    def found(self, file: Remaining) -> list[Place]:
        """List the records that still hold one of them."""
        return [
            record.place
            for record in file.records.values()
            if _LETTERS.search(record.text)
            and (self._in(record.text) or _has_initials(record, file) or _spells_mask(record, file))
        ]

    def _in(self, text: str) -> bool:
        return any(
            run.letters in self.told
            if len(run.letters) >= _LEAST_LETTERS and not run.short
            else not self.told.isdisjoint(run.short)
            for run in latin(text)
        )


def _has_initials(record: Record, file: Remaining) -> bool:
    """Say whether initials stand beside whom they mean: elsewhere three letters say nothing."""
    words = {match[0].lower() for match in _SHORT.finditer(record.text)}
    hidden = (written(file.value(r)) for r in record.rulings if is_hidden(r)) if words else ()
    return any(name.full and not words.isdisjoint(initials(name)) for name in hidden)


def _spells_mask(record: Record, file: Remaining) -> bool:
    """Say whether letters beside a name that the draft masked may spell it."""
    masks = {m for r in record.rulings if is_masked(r) and (m := written(file.value(r)).mask)}
    letters = {
        run.letters
        for run in latin(_HOSTS.sub("", record.text) if masks else "")
        if len(run.letters) >= _LEAST_LETTERS
    }
    return _has_initials_behind(record, file) or any(
        may_spell(each, mask) for each in letters for mask in masks if mask.surname
    )


def _has_initials_behind(record: Record, file: Remaining) -> bool:
    """Say whether a name that the draft masked is followed by initials: 张某某（ZXF）."""
    for ruling in filter(is_masked, record.rulings):
        value = file.value(ruling)
        mask = written(value).mask
        at = record.text.find(value)
        behind = _BEHIND.match(record.text, at + len(value)) if mask and at >= 0 else None
        if mask and behind and behind[1].lower() in surname_initials(mask):
            return True
    return False


def _written(values: Iterable[str]) -> list[Written]:
    return [form for value in set(values) if (form := written(value)).full]


def _all_forms(names: Iterable[Written]) -> set[str]:
    return {form for name in names for form in (*spellings(name), *shortened(name))}


def _spelt(places: Sequence[Place], file: Remaining) -> Iterator[Note]:
    if places:
        yield asks(
            "name_spelt",
            f"{where(places)}有与已隐去的姓名读音相同的拼音或缩写（网址、邮箱、账号等），"
            "可能说出是谁，请核对后隐去。",
        )


def _in_name(places: Sequence[Place]) -> Iterator[Note]:
    if places:
        yield asks("name_spelt", "文件名里有与已隐去的姓名读音相同的拼音，请改名后再提交。")
