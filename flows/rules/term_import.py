"""Take an office's negative list from a table: weed its rows, add them to the rules."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

import yaml

from detectors.text.vocabulary import word_list
from flows.durable import write_file
from flows.rules.term_table import TERMS, Entry, Report, Told, read_entries, too_common
from policies.loader import load_policy
from policies.merge_terms import key_of
from policies.names import LEVEL_NAMES
from policies.strength import LEVEL_STRENGTH, term_key
from review.document import Document
from review.policy import Policy, Term

COMMON_WORD = 10.0
"""A word that costs less (nats; seen once in 22,000 words) would flag every other document."""

# libyaml writes ten times faster; the pure one writes the same.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def import_terms(table: Document, folder: Path, policy: Policy, today: date) -> Report:
    """Add the rows of ``table`` to ``folder/terms.yaml``; nothing is written when a row is wrong.

    Raises ``InputError`` without a column of terms and ``PolicyInvalidError`` where the rules
    would no longer hold.
    """
    report = Report()
    _weed(read_entries(table, today, report), policy, report)
    if report.added and not report.wrong:
        _write(folder, report.added)
    return report


def _weed(entries: Iterable[Entry], policy: Policy, report: Report) -> None:
    """Sort the rows into what is added and what is told: double, clashing, too common."""
    in_force = {key_of(term): term for term in policy.terms}
    seen: dict[str, Entry] = {}
    for entry in entries:
        term, key = entry.term, key_of(entry.term)
        before = in_force.get(key)
        if common := _common(term):
            report.common.append(too_common(entry.row, term.text, common))
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


def _tell_double(entry: Entry, before: Entry, report: Report) -> None:
    if before.term.level is not entry.term.level:
        report.clashes.append(_told(entry, f"与第 {before.row} 行级别不同，请留一行。"))
    else:
        report.duplicates.append(_told(entry, f"与第 {before.row} 行重复，只收一次。"))


def _write(folder: Path, entries: Sequence[Entry]) -> None:
    """Append the entries, comments of the file kept, once the whole folder has been checked."""
    path = folder / TERMS
    before = path.read_text("utf-8") if path.exists() else "terms:\n"
    text = before.rstrip("\n") + "\n" + _yaml(entries)
    with tempfile.TemporaryDirectory(prefix="policy-") as scratch:
        trial = Path(scratch) / "policy"
        if folder.exists():
            shutil.copytree(folder, trial)
        else:
            trial.mkdir()
        (trial / TERMS).write_text(text, "utf-8")
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
