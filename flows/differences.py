"""What was taken out of a text and what was put in, and which of it no finding explains."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from flows.line_alignment import hunks
from flows.scanned import ScannedFile
from review.document import Block, BlockKind, Document

_ASIDE = frozenset({BlockKind.ATTRIBUTE, BlockKind.DROPPED, BlockKind.PICTURE})
MASK_SIGNS = re.compile(r"[*＊×■█●○□▇某]+")
MASKS = re.compile(r"[*＊×xX■█●○□▇_—某甲乙丙丁戊己庚辛壬癸\[\]【】()（）略隐去已删除]*")
_LABELS = re.compile(
    "姓名|化名|当事人|申请人|被告|原告|证人|户主|居民|村民|市民|群众|职工|员工|电话|手机|身份证|证件|号码|账号|账户|住址|地址|邮箱|微信|车牌|出生|日期|个人|信息|隐私|内容|"
    "已?(?:隐去|删除|脱敏|遮盖|屏蔽|处理|省略)|不予公开|略|[号\\[\\]【】〔〕()（）_—…“”]"
)
_ORDINAL = re.compile(r"[甲乙丙丁戊己庚辛壬癸]?|[A-Za-z]?\d{0,2}")
_LEAST_WEIGHT = 6
_LEAST_REST = 1
"""Signs beside a hidden value that an alignment may count to it by chance."""
_PAIRS, _PAIRS_OF_LINE = 8_000_000, 300
"""Pairs of equal signs that are weighed, in all and for each line; more is told as a whole."""


@dataclass(frozen=True, slots=True)
class Change:
    """Say where something changed without a ground; blocks count from 0."""

    block: int
    lost: bool


@dataclass(slots=True)
class _Work:
    """Bound the time of a comparison: aligning costs what equal signs there are to pair."""

    left: int

    def affords(self, old: str, new: str) -> bool:
        counts = Counter(new)
        self.left -= sum(number * counts[sign] for sign, number in Counter(old).items())
        return self.left >= 0


def differences(
    before: ScannedFile, after: Document, hidden: Sequence[str], ways: Collection[str]
) -> tuple[list[str], tuple[Change, ...]]:
    """Give the texts that vanished, and the changes that no finding explains.

    ``hidden`` are the values that the policy hides, ``ways`` what it writes in their place.
    """
    old, new = _lines(before.document), _lines(after)
    grounds = [folded(value) for value in hidden]
    nearby = _by_block(before)
    work = _Work(_PAIRS + _PAIRS_OF_LINE * len(old))
    deleted: list[str] = []
    changes: list[Change] = []
    for left, right in hunks([text for text, _ in old], [text for text, _ in new]):
        near = [value for _, block in old[left] for value in nearby.get(block, ())]
        for gone, came, block in _pieces(old[left], new[right], work):
            # The values of the line itself nearly always explain it; all are looked at only else.
            if gone and (_explained(gone, near) or _explained(gone, grounds)):
                if not _is_mask(came, old[left], ways, near):
                    changes.append(Change(block, lost=False))
            elif gone:
                deleted.append(gone)
                changes.append(Change(block, lost=True))
            # What a mask keeps of the value (32***329) may read as new: it is not.
            elif not _is_mask(came, old[left], ways, near):
                changes.append(Change(block, lost=False))
    return [text for text in deleted if _is_telling(text)], tuple(dict.fromkeys(changes))


def _by_block(file: ScannedFile) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for ruling in file.plan.rulings:
        if ruling.replacement is not None:
            for index, local in file.document.split(ruling.finding.span):
                text = file.document.blocks[index].text[local.start : local.end]
                found.setdefault(index, []).append(folded(text))
    return found


def _explained(gone: str, grounds: Sequence[str]) -> bool:
    """Say whether what went is part of a hidden value, or nothing but hidden values."""
    held = [value for value in grounds if value and value in gone]
    for value in sorted(held, key=len, reverse=True):
        gone = gone.replace(value, "")
    if held and sum(map(str.isalnum, gone)) <= _LEAST_REST:
        return True
    return any(gone in value for value in grounds)


def _is_mask(
    came: str,
    lines: Sequence[tuple[str, int]],
    ways: Collection[str],
    values: Sequence[str],
) -> bool:
    """Say whether what came in is what masks are made of.

    That is mask signs and words, a letter or an ordinal that tells people apart, what the policy
    writes, and beside signs what they leave of the line itself.
    """
    if not came or MASKS.fullmatch(came) or came in ways:
        return True
    rest = MASK_SIGNS.sub("", came)
    if any(value in rest for value in values if len(value) > 1):
        return False
    if rest != came and any(rest in text for text, _ in lines):
        return True
    return _ORDINAL.fullmatch(_LABELS.sub("", rest)) is not None


def _is_telling(text: str) -> bool:
    """Say whether a text is long enough not to stand elsewhere by chance."""
    return sum(1 if c < "\x80" else 2 for c in text) >= _LEAST_WEIGHT


def _lines(document: Document) -> list[tuple[str, int]]:
    shown = ((i, b) for i, b in enumerate(document.blocks) if b.kind not in _ASIDE)
    return [(text, i) for i, b in shown if (text := _text(b))]


def _text(block: Block) -> str:
    return folded(block.text)


def folded(text: str) -> str:
    """Leave out white space."""
    return "".join(text.split())


def _pieces(
    old: Sequence[tuple[str, int]], new: Sequence[tuple[str, int]], work: _Work
) -> Iterator[tuple[str, str, int]]:
    """Yield (what went, what came, block) within one stretch."""
    left, right = "".join(t for t, _ in old), "".join(t for t, _ in new)
    lines = old or new
    if not work.affords(left, right):
        yield left, right, lines[0][1]
        return
    ends = list(accumulate(len(text) for text, _ in lines))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            line = min(bisect_right(ends, a if old else c), len(lines) - 1)
            yield left[a:b], right[c:d], lines[line][1]
