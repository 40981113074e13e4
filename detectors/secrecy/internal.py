"""Marks of internal papers and work secrets (保密法 64): a short line of nothing but such words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.secrecy.shapes import CLOSE, FLAGS, HEAD, OPEN, STAR, TAIL, TERM, S
from detectors.text.labels import any_of
from detectors.text.lines import lines_with
from review.finding import Entity, Role

_ALONE = (
    "内部资料 内部文件 内部材料 内部刊物 内部参考 内部使用 内部事项 内部信息 内部掌握 "
    "内部传阅 内部明电 内部会议材料 会议内部材料 注意保密 工作秘密 会后收回 会后退还 "
    "会后退回 阅后收回 阅后退回 阅后退还 阅后即焚 阅后即毁 阅后销毁 用后收回 不得外传 "
    "严禁外传 请勿外传 禁止外传 严禁转发 禁止转发 不得扩散 严禁扩散 请勿扩散 严禁复制 "
    "仅供内部参考 仅供内部使用 仅限内部使用 仅限内部传阅 仅供领导参阅 仅供领导参考 "
    "供领导参阅 供领导参考 保密件 密件"
)
"""Each of these is a mark where it stands alone."""
_BESIDE = (
    "注意保存 注意保管 妥善保管 请妥善保管 会议材料 会议文件 仅供参考 仅供参阅 内部 "
    "不得复制 不得翻印 不得转发 请勿转发 机密文件 秘密文件 绝密文件 涉密文件 保密文件 "
    "涉密材料 机密材料 秘密材料 保密材料"
)
"""These are one only beside another: alone they are a heading, advice or the name of a kind."""
_SIGNS = "密 内 传 回 还 阅后 转 散 翻 复 领导"
_LONGEST_LINE = 80
_WORD = any_of(f"{_ALONE} {_BESIDE}")
_COUNT = r"(?:[(][一二三四五六七八九十0-9]{1,2}[)])?"
_JOINT = r"[ \t,、;·。!*★\-—|/]{0,6}"
_OFFICE = r"(?:[\u4e00-\u9fff]{2,16}(?:委|局|办|厅|部|府|院|会|心|处|科|组|室))?"
_LINE = re.compile(
    rf"{HEAD}{OPEN}{S}{_OFFICE}(?P<mark>{_WORD}{_COUNT}(?:{_JOINT}{_WORD}{_COUNT}){{0,3}})"
    rf"(?:{S}{STAR}?{S}{TERM})?[ \t!。]{{0,3}}{CLOSE}{TAIL}",
    FLAGS,
)
_BRACKETED = re.compile(r"[^\[【(〔]*[\[【(〔]内部[\]】)〕]")
_ONE_BESIDE = re.compile(any_of(_BESIDE) + _COUNT)
_MARKED_COLUMN = re.compile("[密级标]")


def internal_marks(passage: Passage) -> Iterator[Hit]:
    """Yield the marks; a cell of a column that classes something else waits for a person."""
    text = passage.text
    for start, end in lines_with(text, _SIGNS):
        match = end - start < _LONGEST_LINE and _LINE.match(text, start, end)
        if not match or _is_heading(match):
            continue
        first, last = match.span("mark")
        if _is_value(passage, first):
            reason = "表格里的一个值，像是信息的类别；请保密审查人员核对不是本件的标志"
            yield Hit(Entity.NEGATIVE_TERM, first, last, 0.9, reason, Role.REVIEW)
        else:
            yield Hit(Entity.SECRECY_MARK, first, last, 0.9, "独立成行的内部或工作秘密标志")


def _is_heading(match: re.Match[str]) -> bool:
    """Say whether the words may be no mark: one that needs another, and no 【内部】 in brackets."""
    return bool(_ONE_BESIDE.fullmatch(match["mark"])) and not _BRACKETED.fullmatch(match.group())


def _is_value(passage: Passage, at: int) -> bool:
    """Say whether a place lies in a cell below a header that names no mark."""
    return any(
        start <= at < end and head and not _MARKED_COLUMN.search(head)
        for start, end, head in passage.headers
    )
