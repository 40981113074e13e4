"""Take an office's negative list from a table: read the rows, weed them, add them to its rules."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import yaml

from detectors.text.vocabulary import word_list
from flows.durable import write_file
from policies.loader import load_policy
from policies.merge_terms import key_of
from policies.messages import checked
from policies.names import LEVEL_NAMES, WHERE_NAMES
from policies.schema import MIN_TERM
from policies.source import Data, Problem, Source
from policies.strength import LEVEL_STRENGTH, term_key
from policies.term_schema import TermSpec
from review.document import Document
from review.errors import InputError
from review.policy import Policy, Term, TermCategory, TermLevel

COMMON_WORD = 10.0
"""A word that costs less (nats; seen once in 22,000 words) would flag every other document."""

_TERMS = "terms.yaml"
# libyaml writes ten times faster; the pure one writes the same.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_COLUMNS: Mapping[str, str] = {
    "term": "词语|词|敏感词|关键词|用语|term",
    "level": "级别|等级|处理级别|level",
    "category": "类别|分类|category",
    "basis": "依据|法律依据|basis",
    "owner": "提出单位|责任单位|单位|owner",
    "since": "启用|启用日期|生效日期|since",
    "until": "停用|停用日期|失效日期|until",
    "unless": "例外|除外|unless",
    "variants": "变体|别称|别名|variants",
    "near": "邻近|邻近词|near",
    "not_near": "不邻近|不邻近词|not_near",
    "within": "邻近字数|within",
    "where": "位置|where",
}
_LISTS = ("unless", "variants", "near", "not_near")
_LEVELS = {name: level.value for level, name in LEVEL_NAMES.items()}
_PLACES = {name: where.value for where, name in WHERE_NAMES.items()}
_LIST = re.compile(r"[、,，;；\n]+")
_DATE = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})(?:日|\s.*)?")
_PATTERN = re.compile(r"/(.+)/")


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one row as it will stand in ``terms.yaml``; ``row`` counts from 1 as a person does."""

    row: int
    spec: TermSpec

    @property
    def term(self) -> Term:
        return self.spec.term_of_policy()


class Told(NamedTuple):
    """Hold a Chinese sentence about a row, which it names."""

    row: int
    sentence: str


@dataclass(slots=True)
class Report:
    """Tell what became of every row."""

    added: list[Entry] = field(default_factory=list)
    known: int = 0
    duplicates: list[Told] = field(default_factory=list)
    clashes: list[Told] = field(default_factory=list)
    common: list[Told] = field(default_factory=list)
    wrong: list[Told] = field(default_factory=list)

    @property
    def told(self) -> Sequence[Told]:
        """Give what is told of rows as somebody goes through his table: from top to bottom."""
        return sorted((*self.wrong, *self.clashes, *self.common, *self.duplicates))


def import_terms(table: Document, folder: Path, policy: Policy, today: date) -> Report:
    """Add the rows of ``table`` to ``folder/terms.yaml``; nothing is written when a row is wrong.

    Raises ``InputError`` without a column of terms and ``PolicyInvalidError`` where the rules
    would no longer hold.
    """
    report = Report()
    _weed(_entries(table, today, report), policy, report)
    if report.added and not report.wrong:
        _write(folder, report.added)
    return report


def _entries(table: Document, today: date, report: Report) -> Iterator[Entry]:
    rows = _rows(table)
    columns = next((found for _, row in rows if "term" in (found := _columns(row))), None)
    if columns is None:
        raise InputError(
            "表里没有“词语”这一列，请在表头写上：词语、级别、类别、依据、提出单位、启用、停用、"
            "例外、变体、邻近、不邻近、位置。"
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
    """Check a row by the rules of the file that it will stand in."""
    if len(term_key(told["term"])) < MIN_TERM:
        report.common.append(_too_common(number, told["term"], told["term"]))
        return
    source = Source(_TERMS, "", {})
    spec, problems = checked(TermSpec, source, _entry_of_file(told, today), ())
    report.wrong += (Told(number, f"第 {number} 行：{_in_words(each)}") for each in problems)
    if spec is not None:
        yield Entry(number, spec)


def _entry_of_file(told: Mapping[str, str], today: date) -> dict[str, Data]:
    given: dict[str, Data] = {key: text for key, text in told.items() if text}
    given |= {key: _words(told[key]) for key in _LISTS if told.get(key)}
    given |= {key: _day(told[key]) for key in ("since", "until") if told.get(key)}
    if pattern := _PATTERN.fullmatch(told["term"]):
        del given["term"]
        given["pattern"] = pattern[1]
    level, where = told.get("level") or TermLevel.REVIEW.value, told.get("where")
    defaults: dict[str, Data] = {
        "category": TermCategory.OTHER.value,
        "owner": "本单位",
        "since": today.isoformat(),
    }
    read: dict[str, Data] = {"level": _LEVELS.get(level, level)}
    if where:
        read["where"] = _PLACES.get(where, where)
    return defaults | given | read


def _words(text: str) -> Data:
    return [word for word in map(str.strip, _LIST.split(text)) if word]


def _day(text: str) -> str:
    """Write a date as files do, whatever stands between its numbers; another text as it is."""
    found = _DATE.fullmatch(text)
    return f"{int(found[1]):04}-{int(found[2]):02}-{int(found[3]):02}" if found else text


def _in_words(problem: Problem) -> str:
    """Name the column of a fault by its head."""
    key = next((str(p) for p in reversed(problem.place.key) if isinstance(p, str)), "")
    head = _COLUMNS[key].partition("|")[0] if key in _COLUMNS else ""
    choices = {
        "level": f"级别只能写{'、'.join(_LEVELS)}，请改正。",
        "category": f"类别只能写{'、'.join(TermCategory)}，请改正。",
        "where": f"位置只能写{'、'.join(_PLACES)}，请改正。",
        "basis": "没有写依据，请补上法律条文或本单位的文件。",
    }
    return choices.get(key) or (f"{head}：" if head else "") + problem.message


def _weed(entries: Iterable[Entry], policy: Policy, report: Report) -> None:
    """Sort the rows into what is added and what is told: double, clashing, too common."""
    in_force = {key_of(term): term for term in policy.terms}
    seen: dict[str, Entry] = {}
    for entry in entries:
        term, key = entry.term, key_of(entry.term)
        before = in_force.get(key)
        if common := _common(term):
            report.common.append(_too_common(entry.row, term.text, common))
        elif doubled := next((seen[each] for each in _keys(term) if each in seen), None):
            _tell_double(entry, doubled, report)
        elif before and LEVEL_STRENGTH[term.level] < LEVEL_STRENGTH[before.level]:
            level = LEVEL_NAMES[before.level]
            report.clashes.append(_told(entry, f"现行规则已是“{level}”级，不能降级，没有收入。"))
        elif before and before.level is term.level:
            report.known += 1
        else:
            report.added.append(entry)
        for each in _keys(term):
            seen.setdefault(each, entry)


def _keys(term: Term) -> Sequence[str]:
    return [key_of(term), *map(term_key, term.variants)]


def _common(term: Term) -> str:
    """Name the spelling of a term that ordinary documents are full of; empty for none."""
    costs = word_list()
    spellings = () if term.is_pattern else (term.text, *term.variants)
    return next((s for s in spellings if costs.get(s, float("inf")) < COMMON_WORD), "")


def _told(entry: Entry, sentence: str) -> Told:
    return Told(entry.row, f"第 {entry.row} 行“{entry.term.text}”：{sentence}")


def _too_common(row: int, term: str, spelling: str) -> Told:
    told = f"“{spelling}”太短或太常用，会标出大量普通文件，请写成更长的说法。"
    return Told(row, f"第 {row} 行“{term}”：{told}")


def _tell_double(entry: Entry, before: Entry, report: Report) -> None:
    if before.term.level is not entry.term.level:
        report.clashes.append(_told(entry, f"与第 {before.row} 行级别不同，请留一行。"))
    else:
        report.duplicates.append(_told(entry, f"与第 {before.row} 行重复，只收一次。"))


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
        {key: _plain(value) for key, value in entry.spec.model_dump(exclude_unset=True).items()}
        for entry in entries
    ]
    dumped = yaml.dump(
        listed, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, default_flow_style=False
    )
    return "".join(f"  {line}\n" for line in dumped.splitlines())


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value
