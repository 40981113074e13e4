"""Marks of secrecy (GB/T 9704-2012, 7.2.2; 保密法 64), told from the same words in a sentence.

A mark is a hard stop. A column that lists several levels explains them or lists papers by them;
then a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.labels import any_of
from detectors.lines import lines_with
from review.finding import Entity, Role

_S = "[ \t]{0,4}"
_LEVEL = rf"(?:绝{_S}密|机{_S}密|秘{_S}密)"
_BROKEN_LEVEL = rf"(?:绝|机|秘){_S}\n{_S}密"
_STAR = "[★☆✩✭⭐*]"
_TERM = (
    rf"(?:[0-9一二三四五六七八九十]{{1,3}}{_S}(?:年|个?{_S}月|日|天)|长{_S}期|启{_S}用{_S}前|公{_S}布{_S}前"
    rf"|解{_S}密{_S}前|使{_S}用{_S}前|宣{_S}布{_S}前)"
)
_OPEN, _CLOSE = r"[\[【(〔<《「]?", r"[\]】)〕>》」]?"
_HEAD = (
    rf"^{_S}(?:(?:份号|编号|No\.?|№){_S}:?{_S})?[0-9]{{0,8}}{_S}"
    rf"(?:(?:TOP{_S}SECRET|SECRET|CONFIDENTIAL){_S}[/|]?{_S})?"
    rf"(?:(?:密{_S}级|保密等级|密级和保密期限){_S}:?{_S})?"
)
_TAIL = (
    rf"(?:{_S}(?:特急|加急|平急|特提|急件|急)[!]?)?"
    rf"(?:{_S}(?:份号|编号|No\.?|№){_S}:?{_S}[0-9]{{1,8}})?{_S}$"
)
_OFFICE = r"(?:[\u4e00-\u9fff]{2,16}(?:委|局|办|厅|部|府|院|会|心|处|科|组|室))?"
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
    # 秘, 密, ★5年: one letter a line, as a narrow text box or a cell breaks it.
    (
        re.compile(
            rf"^{_S}(?P<mark>{_BROKEN_LEVEL}(?:{_S}\n?{_S}{_STAR}{_S}{_TERM}?)?){_S}$", _FLAGS
        ),
        "拆成几行的密级标志",
        0.95,
    ),
    # 秘密女10年: recognition read the star as some other sign.
    (
        re.compile(rf"{_HEAD}(?P<mark>{_LEVEL}{_S}[^\s0-9]{_S}{_TERM}){_TAIL}", _FLAGS),
        "密级标志，五角星疑似识别错误",
        0.9,
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
    # 关于某事的通知（机密）: behind a title, where round brackets say no less.
    (
        re.compile(
            rf"(?:通知|意见|方案|报告|请示|批复|函|纪要|预案|名单|名册|通报|决定|要点|讲话|规划|计划|汇报)"
            rf"[(]{_S}(?P<mark>{_LEVEL}){_S}[)]{_S}$",
            _FLAGS,
        ),
        "标题后加括号的密级标志",
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
    "不得外传 严禁外传 请勿外传 禁止外传 严禁转发 请勿转发 不得转发 禁止转发 不得扩散 严禁扩散 "
    "请勿扩散 不得翻印 不得复制 严禁复制 仅供内部参考 仅供内部使用 仅限内部使用 仅限内部传阅 "
    "内部掌握 内部传阅 机密文件 秘密文件 绝密文件 涉密文件 保密文件 仅供参考 内部"
)
_ONLY_WITH_ANOTHER = re.compile(
    any_of(
        "注意保存 注意保管 妥善保管 会议材料 仅供参考 内部 不得复制 不得翻印 不得转发 请勿转发 "
        "机密文件 秘密文件 绝密文件 涉密文件 保密文件"
    )
)
_JOINT = r"[ \t,、;·。!*★\-—|/]{0,6}"
_INTERNAL_LINE = re.compile(
    rf"{_HEAD}{_OPEN}{_S}{_OFFICE}(?P<mark>{any_of(_INTERNAL)}(?:{_JOINT}{any_of(_INTERNAL)}){{0,3}})"
    rf"(?:{_STAR}{_S}{_TERM})?[ \t!。]{{0,3}}{_CLOSE}{_TAIL}",
    _FLAGS,
)
_INTERNAL_SIGNS = "密 内 传 回 焚 转 散 翻 复"
_LONGEST_LINE = 80
_BARE = "独立成行的密级标志"
_COLUMN = re.compile("级")
_EXPLAINED = "一列中有几个密级，像是在说明密级或开列涉密文件；请保密审查人员核对"
_NOT_LETTERS = re.compile(r"\W+")


class SecrecyMarkRecognizer:
    """Find marks by their place: at the head of a line or alone on it, never in a sentence."""

    name = "secrecy_mark"
    entities = (Entity.SECRECY_MARK, Entity.NEGATIVE_TERM)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        yield from _levels(passage)
        for start, end in lines_with(text, _INTERNAL_SIGNS):
            match = end - start < _LONGEST_LINE and _INTERNAL_LINE.match(text, start, end)
            if match and not _ONLY_WITH_ANOTHER.fullmatch(match["mark"]):
                yield Hit(
                    Entity.SECRECY_MARK, *match.span("mark"), 0.9, "独立成行的内部或工作秘密标志"
                )


def _levels(passage: Passage) -> Iterator[Hit]:
    text = passage.text
    covered: set[int] = set()
    found: list[tuple[int, int, float, str]] = []
    for line_start, line_end in lines_with(text, "密", around=2):
        for pattern, reason, score in _PATTERNS:
            for match in pattern.finditer(text, line_start, line_end):
                start, end = match.span("mark")
                if covered.isdisjoint(range(start, end)):
                    covered.update(range(start, end))
                    found.append((start, end, score, reason))
    listed = _listed(passage, [(a, b) for a, b, _, reason in found if reason == _BARE])
    for start, end, score, reason in found:
        if (start, end) in listed:
            yield Hit(Entity.NEGATIVE_TERM, start, end, score, _EXPLAINED, Role.REVIEW)
        else:
            told = f"{reason}（{_level_and_term(text[start:end])}）"
            yield Hit(Entity.SECRECY_MARK, start, end, score, told)


def _listed(passage: Passage, bare: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pick the levels of a column that lists several: it explains them, or lists papers by them."""
    cells = {
        (start, end): _NOT_LETTERS.sub("", passage.text[start:end])
        for start, end in bare
        if any(a <= start and end <= b and _COLUMN.search(head) for a, b, head in passage.headers)
    }
    return set(cells) if len(set(cells.values())) > 1 else set()


def _level_and_term(mark: str) -> str:
    """Say level and term: 机密，期限10年."""
    letters = _NOT_LETTERS.sub("", mark)
    term = re.search(rf"{_TERM}$", letters[2:])
    return f"{letters[:2]}，期限{term.group()}" if term else letters[:2]
