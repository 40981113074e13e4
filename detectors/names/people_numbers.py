"""The numbers of people, P1, P2, …: in a document, and through all the files of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from detectors.names.mentions import DETECTOR
from detectors.names.written_names import written
from review.document import Document
from review.finding import Entity, Finding

Scanned = tuple[Document, tuple[Finding, ...]]
"""A document and what was found in it."""


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Write P1, P2, … for whatever told the people apart, in order of place."""
    told = tuple(findings)
    first = sorted((f.span, f.person) for f in told if f.person)
    numbers = {key: f"P{n}" for n, key in enumerate(dict.fromkeys(k for _, k in first), 1)}
    return tuple(replace(f, person=numbers[f.person]) if f.person else f for f in told)


def share_numbers(files: Sequence[Sequence[Scanned]]) -> list[list[Scanned]]:
    """Number the people of a case through all its files; the same letters are the same person.

    Each file is given as its documents (text and name), which share their numbers already. A
    shorter form is joined with a full name of its own file only; one that is a stranger's there
    (王女士) is nobody's where another file names somebody of that surname.
    """
    letters = [_letters(documents) for documents in files]
    surnames = [{written(name).surname for name in names.values()} for names in letters]
    order: dict[str, str] = {}
    shared: list[list[Scanned]] = []
    for number, documents in enumerate(files):
        others = set[str]().union(*(each for n, each in enumerate(surnames) if n != number))
        keys = _keys(documents, letters[number], others, number)
        for _, findings in documents:
            for finding in sorted(findings, key=lambda f: f.span):
                if key := keys.get(finding.person):
                    order.setdefault(key, f"P{len(order) + 1}")
        shared.append([(d, tuple(_shared(f, keys, order) for f in fs)) for d, fs in documents])
    return shared


def _letters(documents: Sequence[Scanned]) -> dict[str, str]:
    """Give the name that stands for each person of a file: in full, else masked."""
    best: dict[str, tuple[bool, int, str]] = {}
    for document, findings in documents:
        for finding in findings:
            if not finding.person or finding.detector == DETECTOR:
                continue
            form = written(document.value(finding.span))
            if not form.bare:
                rank = form.full, len(form.letters), form.letters
                best[finding.person] = max(rank, best.get(finding.person, rank))
    return {person: name for person, (_, _, name) in best.items()}


def _keys(
    documents: Sequence[Scanned], letters: Mapping[str, str], others: set[str], number: int
) -> dict[str, str]:
    """Say by what each person of a file is known in the case; empty for whom nobody knows."""
    keys = dict(letters)
    for document, findings in documents:
        for finding in findings:
            if finding.person and finding.person not in letters:
                elsewhere = written(document.value(finding.span)).surname in others
                keys[finding.person] = "" if elsewhere else f"{number} {finding.person}"
    return keys


def _shared(finding: Finding, keys: Mapping[str, str], order: Mapping[str, str]) -> Finding:
    if finding.entity is not Entity.PERSON or not finding.person:
        return finding
    return replace(finding, person=order.get(keys[finding.person], ""))
