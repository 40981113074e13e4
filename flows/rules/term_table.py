"""An office's table of words: which column is which, and each row as an entry of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from policies.messages import checked
from policies.names import LEVEL_NAMES, WHERE_NAMES
from policies.schema import MIN_TERM
from policies.source import Data, Problem, Source
from policies.strength import term_key
from policies.term_schema import TermSpec
from review.document import Document
from review.errors import InputError
from review.policy import Term, TermCategory, TermLevel

TERMS = "terms.yaml"
"""The file of the rules that the rows will stand in."""

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


def read_entries(table: Document, today: date, report: Report) -> Iterator[Entry]:
    """Yield the rows that hold as entries, and report what is wrong with the others.

    Raises ``InputError`` without a column of terms.
    """
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
        report.common.append(too_common(number, told["term"], told["term"]))
        return
    source = Source(TERMS, "", {})
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


def too_common(row: int, term: str, spelling: str) -> Told:
    """Tell of a row that would flag every other document by one of its spellings."""
    told = f"“{spelling}”太短或太常用，会标出大量普通文件，请写成更长的说法。"
    return Told(row, f"第 {row} 行“{term}”：{told}")
