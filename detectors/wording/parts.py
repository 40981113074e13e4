"""Parts that GB/T 9704-2012 wants and a plain official document lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from detectors.text.normalise import fold
from review.document import Block, BlockKind, Document, Note

_HEAD, _FOOT = 15, 30
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[(](?:19|20)\d{2}[〕\])]第?\d{1,5}号(?:签发人.*)?")
_ADDRESSED = re.compile(r"[\u4e00-\u9fff、,()]{2,80}:")
_CLOSED = re.compile(
    r".{0,40}(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九十年月日]{8,12}"
)
_SIGNED = re.compile(
    r"[\u4e00-\u9fff()、]{3,40}(?:府|局|委|会|办|厅|院|部|处|室|所|中心|公司|办公室)"
)
_NOTED = re.compile(r"\(此件.{2,10}\)")
_IMPRINT = re.compile(r"抄送:.*|.{2,30}\d{1,2}日印发")
_KINDS: Mapping[str, tuple[str, ...]] = {
    "请示": ("发文字号", "签发人", "主送机关", "发文机关署名", "成文日期"),
    "报告": ("发文字号", "签发人", "主送机关", "发文机关署名", "成文日期"),
    "通知": ("发文字号", "主送机关", "发文机关署名", "成文日期"),
    "批复": ("发文字号", "主送机关", "发文机关署名", "成文日期"),
    "通报": ("发文字号", "发文机关署名", "成文日期"),
    "意见": ("发文字号", "发文机关署名", "成文日期"),
    "函": ("发文字号", "主送机关", "发文机关署名", "成文日期"),
    "公告": ("发文机关署名", "成文日期"),
    "通告": ("发文机关署名", "成文日期"),
    "决定": ("发文机关署名", "成文日期"),
}
"""What each kind of document bears (GB/T 9704-2012, 7.2.5–7.2.6, 7.3.2, 7.3.5)."""
_ABOUT = re.compile(r"(?:.{2,30})?关于.{2,60}的(" + "|".join(_KINDS) + ")")
_LEAST = 3
_CLOSE = 8
_LONGEST = 120


def missing_parts(document: Document) -> Iterator[Note]:
    """Yield one note that lists what is missing, where the document plainly is an official one."""
    head = list(islice(_lines(document.blocks), _HEAD))
    foot = list(islice(_lines(reversed(document.blocks)), _FOOT))[::-1]
    titles = (m[1] for line in head if (m := _ABOUT.fullmatch(line)))
    kind = next(titles, "")
    there = _there(head, foot)
    if kind and len(there) >= _LEAST and (missing := [p for p in _KINDS[kind] if p not in there]):
        yield Note(
            "wording_parts_missing",
            f"从版式看是一件“{kind}”，但没有找到{'、'.join(missing)}"
            "（GB/T 9704-2012）；请核对是否漏写，公开版本可以不带的除外。",
        )


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind is BlockKind.PARAGRAPH and len(block.text) < _LONGEST:
            line = "".join(fold(block.text).split())
            if line:
                yield line


def _there(head: list[str], foot: list[str]) -> set[str]:
    """Name the parts that are there; a title is known already and counts for itself."""
    found = {"标题"}
    if any(_NUMBER.fullmatch(line) for line in head):
        found.add("发文字号")
    if any("签发人" in line for line in head):
        found.add("签发人")
    if any(_ADDRESSED.match(line) for line in head):
        found.add("主送机关")
    closing = next((n for n, line in enumerate(foot) if _CLOSED.fullmatch(line)), None)
    if closing is not None:
        found.add("成文日期")
    if any(map(_SIGNED.fullmatch, foot[-_CLOSE:])) or (
        closing is not None and _SIGNED.match(foot[closing])
    ):
        found.add("发文机关署名")
    found |= {"附注" for line in foot if _NOTED.search(line)}
    found |= {"版记" for line in foot if _IMPRINT.fullmatch(line)}
    return found
