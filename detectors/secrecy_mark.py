"""Marks of secrecy (GB/T 9704-2012, 7.2.2; 保密法 64), told from the same words in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.labels import any_of
from review.finding import Entity

_S = "[ \t]{0,4}"
_LEVEL = rf"(?:绝{_S}密|机{_S}密|秘{_S}密)"
_STAR = "[★☆✩✭⭐*]"
_TERM = (
    rf"(?:[0-9一二三四五六七八九十]{{1,3}}{_S}(?:年|个?{_S}月|日|天)|长{_S}期|启{_S}用{_S}前|公{_S}布{_S}前"
    rf"|解{_S}密{_S}前|使{_S}用{_S}前|宣{_S}布{_S}前)"
)
_OPEN, _CLOSE = r"[\[【(〔<《「]?", r"[\]】)〕>》」]?"
_HEAD = (
    rf"^{_S}(?:(?:份号|编号|No\.?|№){_S}:?{_S})?[0-9]{{0,8}}{_S}"
    rf"(?:(?:密{_S}级|保密等级|密级和保密期限){_S}:?{_S})?"
)
_TAIL = rf"(?:{_S}(?:特急|加急|平急|特提|急件|急)[!]?)?{_S}$"
_FLAGS = re.MULTILINE | re.IGNORECASE

_PATTERNS = (
    # 机密★10年: the star makes a mark wherever it does not stand inside a sentence or quotes.
    (
        re.compile(rf"{_HEAD}{_OPEN}(?P<mark>{_LEVEL}{_S}{_STAR}{_S}{_TERM}?)", _FLAGS),
        "密级标志",
        1.0,
    ),
    (
        re.compile(
            rf"(?:[ \t]{{2,}}|[0-9\]〕号]{_S})(?P<mark>{_LEVEL}{_S}{_STAR}{_S}{_TERM}?)", _FLAGS
        ),
        "密级标志",
        1.0,
    ),
    (re.compile(rf"{_STAR}{_S}(?P<mark>{_LEVEL}){_S}{_STAR}?{_TAIL}", _FLAGS), "密级标志", 1.0),
    # 机密, alone on its line, also with a term that lost its star.
    (
        re.compile(
            rf"{_HEAD}{_OPEN}{_S}(?P<mark>{_LEVEL}(?:{_S}[·.\-]?{_S}{_TERM})?){_S}{_CLOSE}{_TAIL}",
            _FLAGS,
        ),
        "独立成行的密级标志",
        0.95,
    ),
    # 签发人：某某    机密: set apart at the end of a line.
    (re.compile(rf"(?:[ \t]{{2,}}|\t)(?P<mark>{_LEVEL}){_TAIL}", _FLAGS), "行末的密级标志", 0.9),
    # 【机密】关于…: a bracketed mark opens or ends the line.
    (
        re.compile(rf"^{_S}[\[【(〔]{_S}(?P<mark>{_LEVEL}){_S}[\]】)〕](?!第)", _FLAGS),
        "行首加括号的密级标志",
        0.95,
    ),
    (
        re.compile(rf"[\[【〔]{_S}(?P<mark>{_LEVEL}){_S}[\]】〕]{_S}$", _FLAGS),
        "行末加括号的密级标志",
        0.9,
    ),
    (
        re.compile(rf"密{_S}级{_S}:{_S}(?P<mark>{_LEVEL})(?![\u4e00-\u9fff])", _FLAGS),
        "密级栏",
        0.95,
    ),
)
_INTERNAL = (
    "内部资料 内部文件 内部材料 内部刊物 内部参考 内部使用 内部事项 内部信息 注意保存 注意保密 "
    "注意保管 妥善保管 工作秘密 会议内部材料 内部会议材料 会议材料 会后收回 阅后收回 阅后即焚 "
    "不得外传 严禁外传 请勿外传 不得翻印 不得复制 严禁复制 仅供内部参考 仅供内部使用 仅供参考 内部"
)
_ONLY_WITH_ANOTHER = re.compile(
    any_of("注意保存 注意保管 妥善保管 会议材料 仅供参考 内部 不得复制 不得翻印")
)
_JOINT = r"[ \t,、;·。!*★\-—|/]{0,6}"
_INTERNAL_LINE = re.compile(
    rf"{_HEAD}{_OPEN}{_S}(?P<mark>{any_of(_INTERNAL)}(?:{_JOINT}{any_of(_INTERNAL)}){{0,3}})"
    rf"(?:{_STAR}{_S}{_TERM})?[ \t!。]{{0,3}}{_CLOSE}{_TAIL}",
    _FLAGS,
)
_WORD = re.compile(
    r"密|内[ \t]{0,4}部|外[ \t]{0,4}传|保[ \t]{0,4}存|收[ \t]{0,4}回|焚|翻[ \t]{0,4}印"
)


class SecrecyMarkRecognizer:
    """Find marks by their place: at the head of a line or alone on it, never in a sentence."""

    name = "secrecy_mark"
    entities = (Entity.SECRECY_MARK,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        if not _WORD.search(text):
            return
        covered: set[int] = set()
        for pattern, reason, score in _PATTERNS:
            for match in pattern.finditer(text):
                start, end = match.span("mark")
                if covered.isdisjoint(range(start, end)):
                    covered.update(range(start, end))
                    yield Hit(Entity.SECRECY_MARK, start, end, score, reason)
        for match in _INTERNAL_LINE.finditer(text):
            if not _ONLY_WITH_ANOTHER.fullmatch(match["mark"]):
                yield Hit(
                    Entity.SECRECY_MARK, *match.span("mark"), 0.9, "独立成行的内部或工作秘密标志"
                )
