"""Take an office's negative list from a table: read the rows, weed them, add them to its rules."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from detectors.vocabulary import word_list
from flows.durable import write_file
from policies.loader import load_policy
from policies.names import LEVEL_NAMES
from policies.schema import MIN_TERM
from policies.strength import LEVEL_STRENGTH, term_key
from review.document import Document
from review.errors import InputError
from review.policy import Policy, TermLevel

COMMON_WORD = 10.0
"""A word that costs less (nats; seen once in 22,000 words) would flag every other document."""

_TERMS = "terms.yaml"
_COLUMNS: Mapping[str, str] = {
    "term": "词语|词|敏感词|关键词|用语|term",
    "level": "级别|等级|处理级别|level",
    "ground": "类别|分类|ground",
    "basis": "依据|法律依据|basis",
    "owner": "提出单位|责任单位|单位|owner",
    "since": "启用|启用日期|生效日期|since",
    "unless": "例外|除外|unless",
}
_LEVELS = {name: level for level, name in LEVEL_NAMES.items()} | {
    level.value: level for level in TermLevel
}
_LIST = re.compile(r"[、,，;；\n]+")
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one row as it will stand in ``terms.yaml``; ``row`` counts from 1 as a person does."""

    row: int
    term: str
    level: TermLevel
    ground: str
    basis: str
    owner: str
    since: date
    unless: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """Tell what became of every row, in Chinese sentences that name the row."""

    added: list[Entry] = field(default_factory=list)
    known: int = 0
    duplicates: list[str] = field(default_factory=list)
    clashes: list[str] = field(default_factory=list)
    common: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def import_terms(table: Document, folder: Path, policy: Policy, today: date) -> Report:
    """Add the rows of ``table`` to ``folder/terms.yaml``; nothing is written when a row is wrong.

    Raises ``InputError`` without a column of terms and ``PolicyInvalidError`` where the rules
    would no longer hold.
    """
    report = Report()
    entries = list(_entries(table, today, report))
    _weed(entries, policy, report)
    if report.added and not report.wrong:
        _write(folder, report.added)
    return report


def _entries(table: Document, today: date, report: Report) -> Iterator[Entry]:
    rows = _rows(table)
    columns = next((found for _, row in rows if "term" in (found := _columns(row))), None)
    if columns is None:
        raise InputError(
            "表里没有“词语”这一列，请在表头写上：词语、级别、类别、依据、提出单位、例外。"
        )
    begun = False
    for number, row in rows:
        if not begun:
            begun = "term" in _columns(row)
            continue
        told = {name: row.get(column, "").strip() for name, column in columns.items()}
        if told["term"]:
            yield from _entry(number, told, today, report)


def _rows(table: Document) -> Sequence[tuple[int, Mapping[int, str]]]:
    """Give the cells by row, numbered from 1; further tables go on below the first."""
    rows: dict[tuple[int, int], dict[int, str]] = {}
    for block in table.blocks:
        if block.cell is not None:
            place = (block.cell.table, block.cell.row)
            rows.setdefault(place, {})[block.cell.column] = block.text
    return [(row + 1, cells) for (_, row), cells in rows.items()]


def _columns(row: Mapping[int, str]) -> Mapping[str, int]:
    heads = {column: re.sub(r"\s|[(（].*?[)）]", "", text) for column, text in row.items()}
    return {
        name: column
        for name, names in _COLUMNS.items()
        for column, head in heads.items()
        if re.fullmatch(names, head)
    }


def _entry(number: int, told: Mapping[str, str], today: date, report: Report) -> Iterator[Entry]:
    level = _LEVELS.get(told.get("level") or LEVEL_NAMES[TermLevel.REVIEW])
    when = _DATE.match(told.get("since", ""))
    basis = told.get("basis", "")
    if level is None:
        report.wrong.append(f"第 {number} 行：级别只能写禁止、审核或提示，请改正。")
    elif not basis:
        report.wrong.append(f"第 {number} 行：没有写依据，请补上法律条文或本单位的文件。")
    elif told.get("since") and when is None:
        report.wrong.append(f"第 {number} 行：启用日期请写成 2026-01-01 的样子。")
    else:
        yield Entry(
            number,
            told["term"],
            level,
            told.get("ground") or "本单位负面清单",
            basis,
            told.get("owner") or "本单位",
            date(*map(int, when.groups())) if when else today,
            tuple(phrase for phrase in _LIST.split(told.get("unless", "")) if phrase),
        )


def _weed(entries: Iterable[Entry], policy: Policy, report: Report) -> None:
    """Sort the rows into what is added and what is told: double, clashing, too common."""
    in_force = {term_key(term.text): term.level for term in policy.terms}
    seen: dict[str, Entry] = {}
    costs = word_list()
    for entry in entries:
        key, row = term_key(entry.term), f"第 {entry.row} 行“{entry.term}”"
        if len(key) < MIN_TERM or costs.get(entry.term, float("inf")) < COMMON_WORD:
            report.common.append(f"{row}：太短或太常用，会标出大量普通文件，请写成更长的说法。")
        elif key in seen and seen[key].level is not entry.level:
            report.clashes.append(f"{row}：与第 {seen[key].row} 行级别不同，请留一行。")
        elif key in seen:
            report.duplicates.append(f"{row}：与第 {seen[key].row} 行重复，只收一次。")
        elif key in in_force and LEVEL_STRENGTH[entry.level] < LEVEL_STRENGTH[in_force[key]]:
            level = LEVEL_NAMES[in_force[key]]
            report.clashes.append(f"{row}：现行规则已是“{level}”级，不能降级，没有收入。")
        elif in_force.get(key) is entry.level:
            report.known += 1
        else:
            report.added.append(entry)
        seen.setdefault(key, entry)


def _write(folder: Path, entries: Sequence[Entry]) -> None:
    """Append the entries, comments of the file kept, once the whole folder has been checked."""
    path = folder / _TERMS
    before = path.read_text("utf-8") if path.exists() else "terms:\n"
    text = before.rstrip("\n") + "\n" + _yaml(entries)
    with tempfile.TemporaryDirectory(prefix="policy-") as scratch:
        trial = Path(scratch) / "policy"
        if folder.exists():
            shutil.copytree(folder, trial)
        else:
            trial.mkdir()
        (trial / _TERMS).write_text(text, "utf-8")
        load_policy(trial)
    folder.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode("utf-8"), 0o644)


def _yaml(entries: Sequence[Entry]) -> str:
    listed = [
        {
            "term": e.term,
            "level": e.level.value,
            "ground": e.ground,
            "basis": e.basis,
            "owner": e.owner,
            "since": e.since,
            **({"unless": list(e.unless)} if e.unless else {}),
        }
        for e in entries
    ]
    dumped = yaml.safe_dump(listed, allow_unicode=True, sort_keys=False, default_flow_style=False)
    return "".join(f"  {line}\n" for line in dumped.splitlines())
