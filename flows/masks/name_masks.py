"""Masks of names that complete each other: 覃*峰 in one place and 覃立* in another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from detectors.text.vocabulary import name_statistics
from flows.masks.remaining import Place, Remaining, asks, where
from review.document import Note

_MOST_ALIKE = 3
"""Of more people of one surname nobody can tell which two masks are of one."""
_SIGN = "[*＊×○●■□]"
_HAN = r"[\u4e00-\u9fff]"
_LAST_SHOWN = re.compile(rf"({_HAN})(?:{_SIGN}({_HAN})|某({_HAN})(?!{_HAN}))")
_FIRST_SHOWN = re.compile(rf"({_HAN})({_HAN})(?:{_SIGN}|某)(?!{_SIGN}|{_HAN})")
_NO_SIGN = "某甲乙丙丁戊己庚辛壬癸"


class _Mask(NamedTuple):
    """Hold of a masked name its surname, the one sign of the given name that shows, and where."""

    surname: str
    shown: str
    place: Place


def name_masks_add_up(files: Sequence[Remaining]) -> tuple[tuple[Note, ...], ...]:
    """Tell for each file where its masks of names show what other masks of the case hide.

    One shows the last sign of a given name, the other its first, under the same surname. Where
    many share the surname, that says nothing of any one of them. Linear in the text.
    """
    last = [list(_masks(file, _LAST_SHOWN)) for file in files]
    first = [list(_masks(file, _FIRST_SHOWN)) for file in files]
    both = _surnames(last) & _surnames(first)
    return tuple(
        tuple(_told([mask.place for mask in (*here, *there) if mask.surname in both]))
        for here, there in zip(last, first, strict=True)
    )


def _masks(file: Remaining, pattern: re.Pattern[str]) -> Iterator[_Mask]:
    statistics = name_statistics()
    for record in file.records.values():
        for match in pattern.finditer(record.text):
            surname, *shown = filter(None, match.groups())
            known = surname in statistics.surname and match[0][:2] not in statistics.compound
            if known and shown[0] not in _NO_SIGN:
                yield _Mask(surname, shown[0], record.place)


def _surnames(masks: Sequence[Sequence[_Mask]]) -> set[str]:
    """List the surnames under which few enough people are masked in one way."""
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for of_file in masks:
        for mask in of_file:
            shown[mask.surname].add(mask.shown)
    return {surname for surname, signs in shown.items() if len(signs) <= _MOST_ALIKE}


def _told(places: Sequence[Place]) -> Iterator[Note]:
    if places:
        yield asks(
            "name_masks_add_up",
            f"{where(places)}的姓名，有的遮中间一字，有的遮末一字，对照起来能拼出全名；"
            "请全部按同一种样子遮盖，如“张某某”。",
        )
