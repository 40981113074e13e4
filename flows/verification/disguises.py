"""Hidden values written in another way: in pinyin, backwards, in traditional signs, misspelt."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence

from detectors.names.pinyin import plain, spellings
from detectors.names.written_names import written
from detectors.text.normalise import fold
from detectors.text.numerals import MISREAD, to_ascii
from flows.processing.scanned import ScannedFile
from flows.verification.differences import MASK_SIGNS
from flows.verification.pieces import folded
from redact.verify.verifier import allowed_occurrences
from review.finding import Entity

_LEAST_TURNED = 9
"""Letters and digits of a number that is also looked for backwards."""


def disguised(file: ScannedFile) -> list[str]:
    """List the spellings of the names that are hidden in a file, and its numbers backwards."""
    return list(dict.fromkeys(_disguised(file)))


def _disguised(file: ScannedFile) -> Iterator[str]:
    for ruling in file.plan.rulings:
        if ruling.replacement is None:
            continue
        value = "".join(file.document.value(ruling.finding.span).split())
        if ruling.finding.entity is Entity.PERSON:
            yield from sorted(spellings(written(value)))
        if len(value) > (2 if ruling.finding.entity is Entity.PERSON else _LEAST_TURNED):
            yield value[::-1]


def _straightened(text: str) -> str:
    """Undo what a scan or a disguise makes of digits: O for 0, l for 1, 一三八 for 138."""
    return to_ascii(fold(text)).translate(MISREAD)


def _unmasked(text: str) -> str:
    return MASK_SIGNS.sub("", text)


_READINGS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("换用繁体、全角等写法", fold),
    ("换用形近字或汉字数字", _straightened),
    ("用带声调的拼音", plain),
    ("字间夹了遮盖符号", _unmasked),
)


_HASH = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-f])")
_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256"}


def _hashed(published: str, values: Sequence[str]) -> bool:
    """Say whether a text holds the digest of a value: who knows the form tries all values."""
    found = set(_HASH.findall(published.lower()))
    plain_values = [folded(value).encode() for value in values] if found else []
    return any(
        hashlib.new(_BY_LENGTH[length], value, usedforsecurity=False).hexdigest() in found
        for length in {len(digest) for digest in found}
        for value in plain_values
    )


def rewritten(published: str, expected: str, values: Sequence[str]) -> tuple[str, ...]:
    """Say in which other writing a text still holds values more often than ``expected`` does."""
    told = (
        ["正文有号码或姓名的散列值（MD5、SHA），可以逐个试出来。"]
        if _hashed(published, values)
        else []
    )
    for way, read in _READINGS:
        there = read(published)
        if there == published:
            continue
        sought = [read(value) for value in values]
        found = allowed_occurrences(there, sought)
        kept = allowed_occurrences(read(expected), sought)
        plainly = allowed_occurrences(published, values)
        new = (
            found[s] > max(kept[s], plainly[v]) for s, v in zip(sought, values, strict=True) if s
        )
        if any(new):
            told.append(f"正文{way}仍能读到应隐去的内容。")
    return tuple(told)
