"""Names of the case written in Latin letters as well: 张伟（Zhang Wei）, zhangwei申请表.docx."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from detectors.names.evidence import FAIR
from detectors.names.people_numbers import Scanned
from detectors.names.pinyin import Latin, latin, sounds, spellings
from detectors.names.written_names import written
from review.document import BlockKind, Document, Span
from review.finding import Entity, Finding, Role, unite

DETECTOR = "spelt_names"
_REASON = "文中姓名的拼音写法"
_LETTERS = re.compile("[A-Za-z]")
_CLASS = re.compile("(?:特别行政区|自治[区州县旗]|地区|[省市县区盟旗])$")
_LEAST_JOINED = 7
"""Letters below which a name written in one word may as well be another word (china, mali)."""
_IN_TEXT = frozenset("@/._-\\=?")
_IN_NAMES = frozenset("@")
"""Signs that make Latin letters part of an address; file names part words by them."""


def add_spelt(files: Sequence[Sequence[Scanned]]) -> list[list[Scanned]]:
    """Add the Latin spellings of the people that the case names in full.

    ``files`` bear the numbers of ``detectors.names.people_numbers``. Only what is certain is
    added: a whole name by itself that spells one person alone. Parts of addresses stay as they are.
    """
    people = _people(files)
    if not people:
        return [list(documents) for documents in files]
    return [[(d, _with_spelt(d, found, people)) for d, found in documents] for documents in files]


def _people(files: Sequence[Sequence[Scanned]]) -> Mapping[str, Finding]:
    """Map a spelling to the one person who is meant by it."""
    told: defaultdict[str, dict[str, Finding]] = defaultdict(dict)
    for document, findings in (scanned for documents in files for scanned in documents):
        for finding in findings:
            if finding.entity is Entity.PERSON and finding.person and finding.role != Role.MASKED:
                for spelt in spellings(written(document.value(finding.span))):
                    told[spelt].setdefault(finding.person, finding)
    return {spelt: next(iter(who.values())) for spelt, who in told.items() if len(who) == 1}


def _with_spelt(
    document: Document, findings: tuple[Finding, ...], people: Mapping[str, Finding]
) -> tuple[Finding, ...]:
    added = [
        Finding(Entity.PERSON, span, FAIR, DETECTOR, who.role, _REASON, person=who.person)
        for span, who in _spelt(document, people)
    ]
    if not added:
        return findings
    taken = {f.span: f for f in added}
    others = {at for f in findings if f.span not in taken for at in range(f.span.start, f.span.end)}
    free = [f for f in added if others.isdisjoint(range(f.span.start, f.span.end))]
    kept = [
        replace(f, person=taken[f.span].person, role=taken[f.span].role)
        if f.span in taken and f.entity is Entity.PERSON
        else f
        for f in findings
    ]
    named = any(block.kind is BlockKind.FILE_NAME for block in document.blocks)
    together = unite((*kept, *free))
    if not named:
        return together
    return tuple(replace(f, id=f"N{number}") for number, f in enumerate(together, 1))


def _spelt(document: Document, people: Mapping[str, Finding]) -> Iterator[tuple[Span, Finding]]:
    for index, block in enumerate(document.blocks):
        if not _LETTERS.search(block.text):
            continue
        of_address = _IN_NAMES if block.kind is BlockKind.FILE_NAME else _IN_TEXT
        end = 0
        for run in latin(block.text):
            who = people.get(run.letters)
            if who and run.start >= end and _is_certain(block.text, run, of_address):
                end = run.end
                start = document.starts[index]
                yield Span(start + run.start, start + run.end), who


def _is_certain(text: str, run: Latin, of_address: frozenset[str]) -> bool:
    before, after = text[max(0, run.start - 1) : run.start], text[run.end : run.end + 1]
    if after == ".":
        after = text[run.end + 1 : run.end + 2]  # a full stop, or a point within an address
    if any(c in of_address or (c.isascii() and c.isalnum()) for c in (before, after) if c):
        return False
    if any(c in of_address for c in text[run.start : run.end]):
        return False
    if len(run.words) > 1:
        return all(word[0].isupper() for word in run.words) or len(run.letters) >= _LEAST_JOINED
    return len(run.letters) >= _LEAST_JOINED and run.letters not in _places()


@cache
def _places() -> frozenset[str]:
    """Spell the divisions down to the county without their class: Shanghai is no 尚海."""
    from review import division_names as told

    names = f"{told.PROVINCES} {told.CITIES} {told.COUNTIES}".split()
    stems = (_CLASS.sub("", name) for name in names)
    return frozenset("".join(sounds().get(char, "?") for char in stem) for stem in stems)
