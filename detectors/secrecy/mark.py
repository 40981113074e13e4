"""Marks of secrecy (GB/T 9704-2012, 7.2.2; 保密法 64), told from the same words in a sentence.

A mark is a hard stop. A column that lists several levels explains them or lists papers by them;
then a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.secrecy.internal import internal_marks
from detectors.secrecy.shapes import (
    CLOSE,
    FLAGS,
    FRAME,
    HEAD,
    LEVEL,
    OPEN,
    STAR,
    TAIL,
    TERM,
    S,
)
from detectors.text.lines import lines_with
from review.finding import Entity, Role

_BROKEN_LEVEL = rf"(?:绝|机|秘){S}\n{S}密"
_PATTERNS = (
    # 机密★10年: the star makes a mark wherever it does not stand inside a sentence or quotes.
    (
        re.compile(rf"{HEAD}{OPEN}(?P<mark>{LEVEL}{S}{STAR}{S}{TERM}?)", FLAGS),
        "密级标志",
        1.0,
    ),
    (
        re.compile(rf"(?:[ \t]{{2,}}|[0-9\]〕号]{S})(?P<mark>{LEVEL}{S}{STAR}{S}{TERM}?)", FLAGS),
        "密级标志",
        1.0,
    ),
    (
        re.compile(rf"{STAR}{S}(?P<mark>{LEVEL}{S}{STAR}?{S}{TERM}?){TAIL}", FLAGS),
        "密级标志",
        1.0,
    ),
    # 机密, alone on its line, also with a term that lost its star.
    (
        re.compile(
            rf"{HEAD}{OPEN}{S}(?P<mark>{LEVEL}级?(?:{S}[·.\-(]?{S}{TERM}[)]?)?){S}{CLOSE}{TAIL}",
            FLAGS,
        ),
        "独立成行的密级标志",
        0.95,
    ),
    # 秘, 密, ★5年: one letter a line, as a narrow text box or a cell breaks it.
    (
        re.compile(rf"^{S}(?P<mark>{_BROKEN_LEVEL}(?:{S}\n?{S}{STAR}{S}{TERM}?)?){S}$", FLAGS),
        "拆成几行的密级标志",
        0.95,
    ),
    # 秘密女10年: recognition read the star as some other sign.
    (
        re.compile(rf"{HEAD}(?P<mark>{LEVEL}{S}[^\s0-9]{S}{TERM}){TAIL}", FLAGS),
        "密级标志，五角星疑似识别错误",
        0.9,
    ),
    # 签发人：某某    机密: set apart at the end of a line.
    (re.compile(rf"(?:[ \t]{{2,}}|\t)(?P<mark>{LEVEL}){TAIL}", FLAGS), "行末的密级标志", 0.9),
    # 【机密】关于…: a bracketed mark opens or ends the line.
    (
        re.compile(rf"^{S}[\[【(〔]{S}(?P<mark>{LEVEL}){S}[\]】)〕](?!第)", FLAGS),
        "行首加括号的密级标志",
        0.95,
    ),
    (
        re.compile(rf"[\[【〔]{S}(?P<mark>{LEVEL}){S}[\]】〕]{S}$", FLAGS),
        "行末加括号的密级标志",
        0.9,
    ),
    # 关于某事的通知（机密）: behind a title, where round brackets say no less.
    (
        re.compile(
            rf"(?:通知|意见|方案|报告|请示|批复|函|纪要|预案|名单|名册|通报|决定|要点|讲话|规划|计划|汇报)"
            rf"[(]{S}(?P<mark>{LEVEL}){S}[)]{S}$",
            FLAGS,
        ),
        "标题后加括号的密级标志",
        0.9,
    ),
    (
        re.compile(
            rf"(?:密{S}级|定密|密别|[密秘涉][密等]等级){S}:{S}"
            rf"(?P<mark>{LEVEL}级?|工作秘密)(?![\u4e00-\u9fff])",
            FLAGS,
        ),
        "密级栏",
        0.95,
    ),
    # 本试卷启封前按绝密级事项管理: a line of its own at the head of an examination paper.
    (
        re.compile(
            rf"^{FRAME}[\u4e00-\u9fff]{{0,12}}(?:启封|启用|使用|公布|完毕)[\u4e00-\u9fff]{{0,6}}前"
            rf"按(?P<mark>{LEVEL})级?(?:事项|材料|件)?(?:管理|保管){FRAME}$",
            FLAGS,
        ),
        "试卷上的密级标志",
        0.95,
    ),
)
_BARE = "独立成行的密级标志"
_COLUMN = re.compile("级")
_EXPLAINED = "一列中有几个密级，像是在说明密级或开列涉密文件；请保密审查人员核对"
_NOT_LETTERS = re.compile(r"\W+")


class SecrecyMarkRecognizer:
    """Find marks by their place: at the head of a line or alone on it, never in a sentence."""

    name = "secrecy_mark"
    entities = (Entity.SECRECY_MARK, Entity.NEGATIVE_TERM)

    def find(self, passage: Passage) -> Iterator[Hit]:
        yield from _levels(passage)
        yield from internal_marks(passage)


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
    term = re.search(rf"{TERM}$", letters[2:])
    return f"{letters[:2]}，期限{term.group()}" if term else letters[:2]
