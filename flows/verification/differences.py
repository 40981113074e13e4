"""What was taken out of a text and what was put in, and which of it no finding explains."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from operator import itemgetter

from flows.places import place_name
from flows.processing.line_alignment import hunks
from flows.processing.scanned import ScannedFile
from flows.verification.pieces import Piece, Work, folded, lines_of, pieces
from review.document import Document

MASK_SIGNS = re.compile(r"[*＊×■█●○□▇某]+")
MASKS = re.compile(r"[*＊×xX■█●○□▇_—某甲乙丙丁戊己庚辛壬癸\[\]【】()（）略隐去已删除]*")
_LABELS = re.compile(
    "姓名|化名|当事人|申请人|被告|原告|证人|户主|居民|村民|市民|群众|职工|员工|学生|家长|患者|伤者|死者|业主|"
    "被?(?:信访|反映|投诉|举报|处罚|申请|监护|受害)人|第三人|法定代表人|负责人|经办人|驾驶人|"
    "电话|手机|身份证|证件|号码|账号|账户|住址|地址|邮箱|微信|车牌|出生|日期|个人|信息|隐私|内容|"
    "已?(?:隐去|删除|脱敏|遮盖|屏蔽|处理|省略)|不予公开|略|[号\\[\\]【】〔〕()（）_—…“”]"
)
"""What is written in the place of a value: what it is, in which capacity a person appears."""
_ORDINAL = re.compile(r"[甲乙丙丁戊己庚辛壬癸]?|[A-Za-z]?\d{0,2}")
_LEAST_WEIGHT = 6
_LEAST_REST = 1
"""Signs beside a hidden value that an alignment may count to it by chance."""
_PAIRS, _PAIRS_OF_LINE = 8_000_000, 300
"""Pairs of equal signs that are weighed, in all and for each line; more is told as a whole."""


class ChangeKind(Enum):
    """Say what happened to a text: the values are read by programs."""

    LOST = "lost"
    ADDED = "added"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Change:
    """Say where something changed without a ground; blocks count from 0, ``place`` is read."""

    block: int
    place: str
    kind: ChangeKind


def differences(
    before: ScannedFile, after: Document, hidden: Sequence[str], ways: Collection[str]
) -> tuple[list[str], tuple[Change, ...]]:
    """Give the texts that vanished, and the changes that no finding explains.

    ``hidden`` are the values that the policy hides, ``ways`` what it writes in their place.
    """
    moved = before.document.format != after.format
    old, new = (lines_of(each, running_first=moved) for each in (before.document, after))
    grounds = [folded(value) for value in hidden]
    nearby = _by_block(before)
    work = Work(_PAIRS + _PAIRS_OF_LINE * len(old))
    deleted: list[str] = []
    found = dict[tuple[bool, int, ChangeKind], None]()
    for left, right in hunks([text for text, _ in old], [text for text, _ in new]):
        line = _Line(old[left], list(_values_of(old[left], nearby)), grounds, ways)
        for piece in pieces(old[left], new[right], work):
            if kind := line.change(piece):
                found[bool(old[left]), piece.block, kind] = None
            if kind is ChangeKind.LOST:
                deleted.append(piece.gone)
    return [text for text in deleted if _is_telling(text)], _named(before.document, after, found)


def _named(
    before: Document, after: Document, found: Iterable[tuple[bool, int, ChangeKind]]
) -> tuple[Change, ...]:
    """Name the places in the one document, then those in the other: each is counted out once."""
    places = {
        (old, block): place_name(before if old else after, block)
        for old, block, _ in sorted(found, key=itemgetter(0))
    }
    changes = (Change(block, places[old, block], kind) for old, block, kind in found)
    return tuple(dict.fromkeys(changes))


_Value = tuple[str, int]
"""A hidden value and the offset at which it begins."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold lines of the original with what is hidden in them, what is hidden at all, and how."""

    lines: Sequence[tuple[str, int]]
    values: Sequence[_Value]
    hidden: Sequence[str]
    ways: Collection[str]

    def change(self, piece: Piece) -> ChangeKind | None:
        """Say what a piece is that no finding explains, None where one does."""
        near = [value for value, _ in self.values]
        if piece.is_number:
            same = _cut_short(piece, self.values) or _is_same_number(piece.gone, piece.came)
            return None if same else ChangeKind.NUMBER
        # A part of a value counts where the value stands, a whole one wherever people hid it.
        here = near if _stands_there(piece, self.values) else ()
        if piece.gone and not (
            _explained(piece.gone, here) or _explained(piece.gone, self.hidden, whole=True)
        ):
            return ChangeKind.LOST
        # What a mask keeps of the value (32***329) may read as new: it is not.
        return None if _is_mask(piece.came, self.lines, self.ways, near) else ChangeKind.ADDED


def _by_block(file: ScannedFile) -> dict[int, list[_Value]]:
    """Give for each block what is hidden of it, at offsets that count no white space."""
    found: dict[int, list[_Value]] = {}
    for ruling in file.plan.rulings:
        if ruling.replacement is not None:
            for index, local in file.document.split(ruling.finding.span):
                text = file.document.blocks[index].text
                value = folded(text[local.start : local.end])
                found.setdefault(index, []).append((value, len(folded(text[: local.start]))))
    return found


def _values_of(
    lines: Sequence[tuple[str, int]], nearby: Mapping[int, Sequence[_Value]]
) -> Iterator[_Value]:
    """Yield the hidden values of some lines at their offsets in all of these together."""
    before = 0
    for text, block in lines:
        yield from ((value, before + start) for value, start in nearby.get(block, ()))
        before += len(text)


def _is_same_number(old: str, new: str) -> bool:
    """Say whether a number is only written otherwise: 8,600 for 8600.00."""
    try:
        return Decimal(old.replace(",", "")) == Decimal(new.replace(",", ""))
    except InvalidOperation:  # 1.2.3 counts paragraphs
        return False


def _cut_short(piece: Piece, values: Sequence[_Value]) -> bool:
    """Say whether of a hidden number nothing but its head and its tail is left."""
    gone, came = piece.gone, piece.came
    hidden = any(start <= piece.start < start + len(value) for value, start in values)
    return (
        hidden
        and len(came) < len(gone)
        and any(gone.startswith(came[:n]) and gone.endswith(came[n:]) for n in range(len(came) + 1))
    )


def _stands_there(piece: Piece, values: Sequence[_Value]) -> bool:
    """Say whether what went touches a hidden value: a part of one may stand anywhere by chance."""
    end = piece.start + len(piece.gone)
    return any(
        start - _LEAST_REST <= end and piece.start <= start + len(value) + _LEAST_REST
        for value, start in values
    )


def _explained(gone: str, grounds: Sequence[str], *, whole: bool = False) -> bool:
    """Say whether what went is nothing but hidden values, or unless ``whole`` a part of one."""
    held = [value for value in grounds if value and value in gone]
    for value in sorted(held, key=len, reverse=True):
        gone = gone.replace(value, "")
    if held and sum(map(str.isalnum, gone)) <= _LEAST_REST:
        return True
    return not whole and any(gone in value for value in grounds)


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
    return is_label(rest)


def is_label(text: str) -> bool:
    """Say whether a text names nobody: it is made of labels, and an ordinal at most."""
    return _ORDINAL.fullmatch(_LABELS.sub("", text)) is not None


def _is_telling(text: str) -> bool:
    """Say whether a text is long enough not to stand elsewhere by chance."""
    return sum(1 if c < "\x80" else 2 for c in text) >= _LEAST_WEIGHT
