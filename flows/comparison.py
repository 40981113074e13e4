"""A check on anyone's redaction: the original and what is to be published, side by side."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from flows.line_alignment import hunks
from flows.pipeline import Incoming, Pipeline, ScannedFile
from flows.weak_masks import weakly_masked
from review.document import Block, BlockKind, Document
from review.plan import Ruling, removed_values
from review.policy import HIDING

LEFTOVERS = {
    "comments_dropped": "批注或注释",
    "pdf_annotations": "批注或修订标记",
    "revisions_accepted": "修订痕迹",
    "hidden_dropped": "隐藏的文字或图形",
    "annotations_dropped": "水印、印章或图形批注",
    "speaker_notes_dropped": "演讲者备注",
    "hidden_shown": "隐藏的行、列或工作表",
    "slides_shown": "隐藏的幻灯片",
    "documents_merged": "同一个文件里的另一份文档",
    "pdf_hidden_text": "页面可见范围之外的文字",
    "outside_dropped": "页面可见范围之外的文字",
    "versions_dropped": "保存的其他版本",
    "pdf_layers": "可以隐藏的图层",
    "styles_may_hide": "可能隐藏文字的网页样式",
    "direction_changed": "倒着排或竖着排的文字",
    "properties_dropped": "文档属性（作者、单位、时间等）",
    "custom_data_dropped": "自定义数据",
    "macro_dropped": "宏",
    "scripts_dropped": "网页脚本",
    "object_dropped": "嵌入对象或控件",
    "pdf_attachments": "内嵌的附件",
    "attachments_dropped": "内嵌的附件",
    "pdf_forms": "表单或签章",
    "signature_dropped": "电子签名或签章",
    "links_dropped": "超链接的目标地址",
    "image_read": "图片，其中的文字由机器识别，可能有漏认",
    "image_silent": "图片，其中没有认出文字",
    "picture_dropped": "图片，其中的文字没有检查",
    "picture_doubtful": "图片，其中有没能识别的内容",
    "pdf_picture": "图片，其中的文字没有检查",
    "pdf_scan": "没有文字的页面，没有检查",
    "chart_dropped": "图表，其中的文字没有检查",
    "drawing_dropped": "矢量图形，其中若画有文字则没有检查",
    "pdf_drawing": "矢量图形，其中若画有文字则没有检查",
    "content_dropped": "无法识别的内容",
    "pdf_unknown_glyphs": "认不出的字",
    "glyphs_dropped": "认不出的字",
    "pdf_font": "字符对照可疑的字体",
    "glyphs_disagree": "字形与文字不一致的字体",
    "font_replaced": "字形无法核对的字体",
    "pdf_disagreement": "两种读法不一致的文字",
    "markdown_markup": "被标记隔开的号码",
}
"""What a reader's notes mean for a file that is about to be published as it is."""

_UNCHECKED = "没有逐字检查到的部件或标记"
_ASIDE = frozenset({BlockKind.ATTRIBUTE, BlockKind.DROPPED, BlockKind.PICTURE})
_MASK_SIGNS = re.compile(r"[*＊×■█●○□▇某]+")
_MASKS = re.compile(r"[*＊×xX■█●○□▇_—某甲乙丙丁戊己庚辛壬癸\[\]【】()（）略隐去已删除]*")
_LEAST_WEIGHT = 6
_LEAST_REST = 1
"""Signs beside a hidden value that an alignment may count to it by chance."""
_MOST_CELLS = 4_000_000
"""Two lines whose lengths multiply to more are not compared sign by sign."""


@dataclass(frozen=True, slots=True)
class Change:
    """Say where something changed without a ground; blocks count from 0."""

    block: int
    lost: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what a check found: what is readable, what can be had back, what should be looked at.

    ``live`` are rulings on ``published`` that the policy would hide; ``recoverable`` and
    ``leftovers`` are Chinese sentences without values.
    """

    published: ScannedFile
    live: tuple[Ruling, ...]
    recoverable: tuple[str, ...]
    leftovers: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def leaks(self) -> bool:
        return bool(self.live or self.recoverable)

    @property
    def doubtful(self) -> bool:
        return bool(self.leftovers or self.changes)


def compare(
    pipeline: Pipeline, original: Incoming, published: Incoming, category: str
) -> Comparison:
    """Judge ``published`` against ``original`` under the policy, whoever redacted it.

    Raises a ``ReviewError`` where one of the two cannot be read.
    """
    (before,) = pipeline.scan([original], category).files
    (after,) = pipeline.scan([published], category).files
    hidden = removed_values(before.document, before.plan)
    deleted, changes = _differences(before, after.document, hidden)
    # What the verifier says of any file of this build tells of the file, not of the values.
    odd = pipeline.survivals(after.document, published.data, ())
    told = pipeline.survivals(after.document, published.data, [*hidden, *deleted])
    recoverable = tuple(sentence for sentence in told if sentence not in odd)
    ways = {_folded(r.replacement) for r in before.rulings if r.replacement is not None}
    if weak := weakly_masked(after.document.text, [_folded(v) for v in hidden], ways):
        recoverable += (f"有 {weak} 个号码只遮盖了几位，很容易补全，请多遮几位。",)
    found = [LEFTOVERS[n.code] for n in after.document.notes if n.code in LEFTOVERS]
    found += [_UNCHECKED] * bool(odd)
    written = {_unmasked(way) for way in ways}
    live = (
        *_live(after.document, after.plan.rulings, written),
        *_live(after.name_document, after.name_plan.rulings, written),
    )
    return Comparison(after, live, recoverable, tuple(dict.fromkeys(found)), changes)


def _live(
    document: Document, rulings: Sequence[Ruling], written: Collection[str]
) -> Iterator[Ruling]:
    """Yield what the policy would hide, unless it reads as the policy itself would write it."""
    for ruling in rulings:
        value = document.value(ruling.finding.span)
        if ruling.rule.effect in HIDING and _unmasked(value) not in written:
            yield ruling


def _unmasked(text: str) -> str:
    return _MASK_SIGNS.sub("", _folded(text))


def _differences(
    before: ScannedFile, after: Document, hidden: Sequence[str]
) -> tuple[list[str], tuple[Change, ...]]:
    """Give the texts that vanished, and the changes that no finding explains."""
    old, new = _lines(before.document), _lines(after)
    grounds = [_folded(value) for value in hidden]
    nearby = _by_block(before)
    deleted: list[str] = []
    changes: list[Change] = []
    for left, right in hunks([text for text, _ in old], [text for text, _ in new]):
        near = [value for _, block in old[left] for value in nearby.get(block, ())]
        for gone, came, block in _pieces(old[left], new[right]):
            # The values of the line itself nearly always explain it; all are looked at only else.
            if gone and (_explained(gone, near) or _explained(gone, grounds)):
                continue
            if gone:
                deleted.append(gone)
                changes.append(Change(block, lost=True))
            # What a mask keeps of the value (32***329) may read as new: it is not.
            elif not _MASKS.fullmatch(came) and not _stands_in(old[left], came):
                changes.append(Change(block, lost=False))
    return [text for text in deleted if _is_telling(text)], tuple(dict.fromkeys(changes))


def _by_block(file: ScannedFile) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for ruling in file.plan.rulings:
        if ruling.replacement is not None:
            for index, local in file.document.split(ruling.finding.span):
                text = file.document.blocks[index].text[local.start : local.end]
                found.setdefault(index, []).append(_folded(text))
    return found


def _explained(gone: str, grounds: Sequence[str]) -> bool:
    """Say whether what went is part of a hidden value, or nothing but hidden values."""
    held = [value for value in grounds if value and value in gone]
    for value in sorted(held, key=len, reverse=True):
        gone = gone.replace(value, "")
    if held and sum(map(str.isalnum, gone)) <= _LEAST_REST:
        return True
    return any(gone in value for value in grounds)


def _stands_in(lines: Sequence[tuple[str, int]], came: str) -> bool:
    rest = _MASK_SIGNS.sub("", came)
    return rest != came and any(rest in text for text, _ in lines)


def _is_telling(text: str) -> bool:
    """Say whether a text is long enough not to stand elsewhere by chance."""
    return sum(1 if c < "\x80" else 2 for c in text) >= _LEAST_WEIGHT


def _lines(document: Document) -> list[tuple[str, int]]:
    shown = ((i, b) for i, b in enumerate(document.blocks) if b.kind not in _ASIDE)
    return [(text, i) for i, b in shown if (text := _text(b))]


def _text(block: Block) -> str:
    return _folded(block.text)


def _folded(text: str) -> str:
    return "".join(text.split())


def _pieces(
    old: Sequence[tuple[str, int]], new: Sequence[tuple[str, int]]
) -> Iterator[tuple[str, str, int]]:
    """Yield (what went, what came, block) within one stretch."""
    left, right = "".join(t for t, _ in old), "".join(t for t, _ in new)
    lines = old or new
    if len(left) * len(right) > _MOST_CELLS:
        yield left, right, lines[0][1]
        return
    ends = list(accumulate(len(text) for text, _ in lines))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            line = min(bisect_right(ends, a if old else c), len(lines) - 1)
            yield left[a:b], right[c:d], lines[line][1]
