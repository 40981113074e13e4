"""Rows that stand in two tables of a case, masked in one and complete in the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from detectors.names.written_names import written
from flows.masks.masked_numbers import IDENTITY, MOBILE, masked_numbers, shown_of
from flows.masks.remaining import Place, Remaining, asks, where
from review.document import Note
from review.finding import Entity
from review.plan import Ruling

_COUNTED = re.compile(r"序号|编号|^No\.?$", re.IGNORECASE)
_HIDDEN = re.compile(r"[*＊×■█●○□▇]{2,}|某|已隐去")
_LEAST_ALIKE = 2
"""Values that columns of other names must share at least to be one."""
_NUMBER = re.compile(r"[0-9Xx]+")


@dataclass(frozen=True, slots=True)
class _Cell:
    """Hold one published cell; ``ruling`` is what hid something in it, ``person`` a name in it."""

    text: str
    original: str
    ruling: Ruling | None = None
    person: bool = False

    @property
    def masked(self) -> bool:
        return self.ruling is not None or _HIDDEN.search(self.text) is not None


_Rows = Mapping[Place, Mapping[str, _Cell]]


@dataclass(frozen=True, slots=True)
class _Table:
    """Hold the rows of a file that have the same columns: a list runs over pages and sheets."""

    file: int
    headers: Sequence[str]
    rows: _Rows

    def of_people(self, *, masked: bool) -> str:
        """Give the first column in which a name is masked, or one is not; empty without one."""
        return next(
            (
                header
                for header in self.headers
                for row in self.rows.values()
                if header in row and row[header].person and row[header].masked is masked
            ),
            "",
        )

    def values(self, header: str) -> frozenset[str]:
        """Give what a column publishes unmasked."""
        cells = (row[header] for row in self.rows.values() if header in row)
        return frozenset(cell.text for cell in cells if cell.text and not cell.masked)

    def renamed(self, names: Mapping[str, str]) -> _Table:
        """Call columns as another table does; ``names`` maps its headers to those of this one."""
        called = {own: other for other, own in names.items()}
        rows = {
            place: {called.get(header, header): cell for header, cell in row.items()}
            for place, row in self.rows.items()
        }
        return _Table(self.file, [called.get(h, h) for h in self.headers], rows)

    def columns(self, *, masked: bool) -> set[str]:
        """Name the columns in which a cell is masked, or one is not."""
        return {
            header
            for row in self.rows.values()
            for header, cell in row.items()
            if cell.text and cell.masked is masked
        }


def joined_rows(files: Sequence[Remaining]) -> tuple[tuple[Note, ...], ...]:
    """Tell for each file which of its masked rows another table of the case completes.

    Two rows are one where the columns that both tables publish agree, in no other row of either.
    Columns are the same that are called the same, or that hold the same under another name.
    """
    tables = [table for number, file in enumerate(files) for table in _tables(number, file)]
    hidden = [table.columns(masked=True) for table in tables]
    shown = [table.columns(masked=False) for table in tables]
    hiders = [table.of_people(masked=True) for table in tables]
    tellers = [table.of_people(masked=False) for table in tables]
    told: list[list[Note]] = [[] for _ in files]
    for (a, masked), (b, table) in permutations(enumerate(tables), 2):
        names = _other_names(masked, table, hiders[a], tellers[b])
        for called in ({}, names) if names else ({},):
            whole = table.renamed(called) if called else table
            shared = [h for h in masked.headers if h in whole.headers]
            targets = [h for h in shared if h in hidden[a] and called.get(h, h) in shown[b]]
            if found := _joined(masked.rows, whole.rows, shared, targets):
                told[masked.file] += _note(files[masked.file], found, masked.file == whole.file)
                break
    return tuple(map(tuple, told))


def _other_names(masked: _Table, whole: _Table, hider: str, teller: str) -> dict[str, str]:
    """Map headers of a list that hides names to those that mean the same in one that tells names.

    ``hider`` and ``teller`` are the columns of the people; the others are known by what they hold.
    """
    ours = [h for h in masked.headers if h not in whole.headers]
    theirs = [h for h in whole.headers if h not in masked.headers]
    if not ours or not theirs or not hider or not teller:
        return {}
    names = {hider: teller} if hider in ours and teller in theirs else {}
    held = {header: whole.values(header) for header in theirs}
    for header in ours:
        values = masked.values(header)
        for other in theirs:
            if other not in names.values() and _hold_the_same(values, held[other]):
                names.setdefault(header, other)
    return names


def _hold_the_same(values: frozenset[str], others: frozenset[str]) -> bool:
    alike = len(values & others)
    return alike >= _LEAST_ALIKE and 2 * alike > min(len(values), len(others))


def _tables(number: int, file: Remaining) -> Iterator[_Table]:
    hiding = {
        file.document.block_at(r.finding.span.start): r
        for r in file.plan.rulings
        if r.replacement is not None
    }
    people = {
        file.document.block_at(r.finding.span.start)
        for r in file.plan.rulings
        if r.finding.entity is Entity.PERSON
    }
    rows: dict[Place, dict[str, _Cell]] = {}
    for index, header in file.headers.items():
        block = file.published.blocks[index]
        if block.cell is not None:
            text = "".join(block.text.split())
            original = file.document.blocks[index].text
            cell = _Cell(text, original, hiding.get(index), index in people)
            rows.setdefault((block.cell.table, block.cell.row), {}).setdefault(header, cell)
    columns: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for (table, _), row in rows.items():
        columns[table] |= dict.fromkeys(row)
    alike: defaultdict[tuple[str, ...], dict[Place, dict[str, _Cell]]] = defaultdict(dict)
    for place, row in rows.items():
        alike[tuple(columns[place[0]])][place] = row
    yield from (_Table(number, headers, of_table) for headers, of_table in alike.items())


def _joined(
    masked: _Rows, whole: _Rows, shared: Sequence[str], targets: Sequence[str]
) -> dict[Place, tuple[list[str], str]]:
    """Map each masked row to the columns that give it away and the column they complete."""
    found: dict[Place, tuple[list[str], str]] = {}
    for target in targets:
        open_rows = {p: r for p, r in masked.items() if target in r and r[target].masked}
        full_rows = {
            p: r
            for p, r in whole.items()
            if target in r and r[target].text and not r[target].masked
        }
        keys = [h for h in shared if h != target and not _COUNTED.search(h)]
        keys = [h for h in keys if not any(r[h].masked for r in open_rows.values() if h in r)]
        if not open_rows or not full_rows or not keys:
            continue
        once = _once(masked, keys)
        others = _once(whole, keys)
        for place, row in open_rows.items():
            key = _key(row, keys)
            there = full_rows.get(others[key]) if once.get(key) == place and key in others else None
            if there and _completes(row[target], there[target]):
                found.setdefault(place, (keys, target))
    return found


def _key(row: Mapping[str, _Cell], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(row[key].text if key in row else "" for key in keys)


def _once(rows: _Rows, keys: Sequence[str]) -> dict[tuple[str, ...], Place]:
    """Map what stands in these columns to the row, where it stands in one row only."""
    places: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place, row in rows.items():
        if any(key := _key(row, keys)):
            places[key].append(place)
    return {key: found[0] for key, found in places.items() if len(found) == 1}


def _completes(masked: _Cell, whole: _Cell) -> bool:
    """Say whether a complete cell may be what a masked one hides."""
    if masked.ruling is not None:
        return "".join(masked.original.split()) == "".join(whole.original.split())
    if _NUMBER.fullmatch(whole.text):
        if len(whole.text) not in (IDENTITY, MOBILE):
            return False
        shown = [s for *_, s in masked_numbers(masked.text)] or [
            shown_of(masked.text, len(whole.text))
        ]
        return shown[0].shared(shown_of(whole.text, len(whole.text))) >= 0
    form, full = written(masked.text).mask, written(whole.text)
    return form is not None and (not form.surname or form.fits(full.surname, full.given))


def _note(
    file: Remaining, found: Mapping[Place, tuple[list[str], str]], here: bool
) -> Iterator[Note]:
    keys, target = next(iter(found.values()))
    yield asks(
        "rows_joined",
        f"有 {len(found)} 行（{where(found)}）虽已隐去“{target}”，但凭“{'、'.join(keys[:6])}”"
        f"可与{'本文件另一个' if here else '另一文件的'}表逐行对上，那里写明了“{target}”；"
        "请两处同样隐去，或删去这些列。",
    )
