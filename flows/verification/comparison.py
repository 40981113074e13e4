"""A check on anyone's redaction: the original and what is to be published, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from detectors.names.written_names import written
from flows.masks.reidentification import residual_risks
from flows.masks.weak_masks import weakly_masked
from flows.processing.differences import MASK_SIGNS, MASKS, Change, differences, folded
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming, ScannedFile
from flows.verification.disguises import disguised, rewritten
from flows.verification.looks import looked_at
from redact.verify.split_numbers import kept_numbers
from redact.verify.verifier import allowed_occurrences, is_about_values
from review.document import Document
from review.finding import Entity
from review.plan import Ruling, redacted_document, removed_values
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
    "object_pictured": "嵌入对象，其中的内容没有检查",
    "pdf_attachments": "内嵌的附件",
    "attachments_dropped": "内嵌的附件",
    "pdf_forms": "表单或签章",
    "pdf_dynamic_form": "动态表单（XFA）",
    "signature_dropped": "电子签名或签章",
    "links_dropped": "超链接的目标地址",
    "image_read": "图片，其中的文字由机器识别，可能有漏认",
    "image_silent": "图片，其中没有认出文字",
    "picture_dropped": "图片，其中的文字没有检查",
    "picture_doubtful": "图片，其中有没能识别的内容",
    "pdf_picture": "图片，其中的文字由机器识别，可能有漏认",
    "pdf_picture_silent": "图片，其中没有认出文字",
    "pdf_covered": "图片，其中的文字没有检查",
    "pdf_scan": "扫描的页面，文字由机器识别，可能有漏认",
    "pdf_layer_differs": "与画面不一致的文字层",
    "chart_dropped": "图表，其中的文字没有检查",
    "diagram_redrawn": "智能图形（SmartArt），其背后的数据没有检查",
    "format_dropped": "单元格的显示格式，可能隐藏或改写了内容",
    "drawing_pictured": "矢量图，其中的文字由机器识别，可能有漏认",
    "drawing_not_pictured": "矢量图，其中的文字没有检查",
    "drawing_dropped": "矢量图形，其中若画有文字则没有检查",
    "pdf_drawing": "图形，其中若画有文字则可能没有认出",
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

CONTENT = {
    "chart_dropped": "图表或智能图形",
    "object_dropped": "嵌入对象或控件",
    "drawing_dropped": "矢量图形",
    "content_dropped": "无法识别的内容",
    "annotations_dropped": "水印、印章或图形批注",
    "formula_without_value": "没有保存计算结果的公式（如合计）",
}
"""What of an original its reader cannot carry over, though people see it."""

_UNCHECKED = "未能逐字检查的部件或标记"
_ODD = re.compile("^输出(?:文件)?的?中?|，请转人工处理。$")


@dataclass(frozen=True, slots=True)
class Tally:
    """Count places: to be hidden by the policy, and of these really gone."""

    planned: int
    gone: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what a check found: what is readable, what can be had back, what should be looked at.

    ``live`` are rulings on ``published`` that the policy would hide; ``recoverable``,
    ``leftovers``, ``risks`` and ``differences`` (of what pictures show, of what is left out) are
    Chinese sentences without values.
    """

    published: ScannedFile
    live: tuple[Ruling, ...]
    recoverable: tuple[str, ...]
    leftovers: tuple[str, ...]
    risks: tuple[str, ...]
    differences: tuple[str, ...]
    changes: tuple[Change, ...]
    tally: Tally

    @property
    def leaks(self) -> bool:
        return bool(self.live or self.recoverable)

    @property
    def doubtful(self) -> bool:
        return bool(self.leftovers or self.risks or self.differences or self.changes)


def compare(
    pipeline: Pipeline, original: Incoming, published: Incoming, category: str
) -> Comparison:
    """Judge ``published`` against ``original`` under the policy, whoever redacted it.

    Looked for is what the policy of the category hides in the original, in its text and in its
    name, and whatever else vanished. Raises a ``ReviewError`` where one of the two cannot be read.
    """
    (before,) = pipeline.scan([original], category).files
    (after,) = pipeline.scan([published], category).files
    hidden = (
        *removed_values(before.document, before.plan),
        *removed_values(before.name_document, before.name_plan),
    )
    ways = {folded(r.replacement) for r in before.rulings if r.replacement is not None}
    deleted, changes = differences(before, after.document, hidden, ways)
    expected = redacted_document(before.document, before.plan).text
    sought = [*hidden, *disguised(before)]
    allowed = {
        **allowed_occurrences(after.document.text, deleted),
        **allowed_occurrences(expected, sought),
    }
    kept = kept_numbers(block.text for block in after.document.blocks)
    told = pipeline.survivals(after.document.format, published.data, allowed, kept)
    look = looked_at(pipeline, before, after)
    recoverable = (
        *filter(is_about_values, told),
        *look.recoverable,
        *rewritten(after.document.text, expected, sought),
        *_weak(after.document.text, hidden, ways),
    )
    written = {_unmasked(way) for way in ways}
    live = (
        *_live(after.document, after.plan.rulings, written),
        *_live(after.name_document, after.name_plan.rulings, written),
    )
    return Comparison(
        after,
        live,
        recoverable,
        tuple(dict.fromkeys(_leftovers(after.document, told))),
        (
            *_risks(after, pipeline.policy.category(category).least_group),
            *_given_names(before, after.document.text),
        ),
        (*look.differences, *_left_out(before.document, after.document)),
        () if look.settles else changes,
        _tally(before, after.document.text, expected),
    )


def _weak(text: str, hidden: Sequence[str], ways: Collection[str]) -> Iterator[str]:
    if weak := weakly_masked(text, [folded(value) for value in hidden], ways):
        yield f"有 {weak} 个号码只遮盖了几位，很容易补全，请多遮几位。"


def _leftovers(document: Document, told: Sequence[str]) -> Iterator[str]:
    """Name what a file carries beside its text, and what of it could not be checked."""
    yield from (LEFTOVERS[n.code] for n in document.notes if n.code in LEFTOVERS)
    yield from (
        f"{_UNCHECKED}：{_ODD.sub('', sentence)}"
        for sentence in told
        if not is_about_values(sentence)
    )


def _left_out(original: Document, published: Document) -> Iterator[str]:
    """Name what people see in the original and nothing compares, where it is there no more."""
    there = {note.code for note in published.notes}
    for code in dict.fromkeys(note.code for note in original.notes):
        if code in CONTENT and code not in there:
            yield f"原件里的{CONTENT[code]}没有原样留在公开件里，请对照原件核对。"


def _risks(file: ScannedFile, least_group: int) -> tuple[str, ...]:
    """Say what can be worked out from a file as it stands, with nothing of it hidden anew."""
    rulings = tuple(replace(r, replacement=None) for r in file.plan.rulings)
    as_it_is = replace(file.plan, rulings=rulings, edits=())
    (notes,) = residual_risks([(file.document, as_it_is)], least_group)
    return tuple(note.message for note in notes)


def _given_names(before: ScannedFile, published: str) -> Iterator[str]:
    """Tell of names of which a mask hides the surname alone (usual are 张某某, 张*丰)."""
    given = {
        re.escape(name.given)
        for r in before.plan.rulings
        if r.replacement is not None and r.finding.entity is Entity.PERSON
        if len((name := written(folded(before.document.value(r.finding.span)))).given) > 1
    }
    pattern = rf"(?:{MASK_SIGNS.pattern}|(?<![A-Za-z])[xX]{{1,2}})({'|'.join(sorted(given))})"
    found = set(re.findall(pattern, folded(published))) if given else set()
    if found:
        yield f"有 {len(found)} 个姓名只遮住了姓，名字是全的；请按“张某某”的样子遮盖。"


def _tally(before: ScannedFile, published: str, expected: str) -> Tally:
    """Compare as multisets what the policy hides and what really went."""
    planned = Counter(
        before.document.value(r.finding.span)
        for r in before.plan.rulings
        if r.replacement is not None
    )
    there = allowed_occurrences(published, list(planned))
    kept = allowed_occurrences(expected, list(planned))
    left = sum(
        min(number, max(there.get(value, 0) - kept.get(value, 0), 0))
        for value, number in planned.items()
    )
    return Tally(planned.total(), planned.total() - left)


def _live(
    document: Document, rulings: Sequence[Ruling], written: Collection[str]
) -> Iterator[Ruling]:
    """Yield what the policy would hide, unless it reads as the policy itself would write it."""
    for ruling in rulings:
        value = folded(document.value(ruling.finding.span))
        masked = MASKS.fullmatch(value) or _unmasked(value) in written
        if ruling.rule.effect in HIDING and not masked:
            yield ruling


def _unmasked(text: str) -> str:
    return MASK_SIGNS.sub("", folded(text))
