"""内容表述: what is written wrongly or contradicts itself, told to the reviewer and never changed.

Contradictions wait for a person; slips of form (GB/T 9704-2012) and what recognition garbled are
told beside the text and hold nothing up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter, ne

from detectors.text.lines import lines_with
from detectors.text.normalise import fold
from detectors.text.vocabulary import Words, word_list
from detectors.wording.citations import contradictions
from detectors.wording.contacts import contact_slips
from detectors.wording.dates import date_contradictions, year_contradictions
from detectors.wording.table_dates import reversed_days
from detectors.wording.table_sums import wrong_sums
from review.document import BlockKind, Document, Span
from review.finding import Entity, Finding, Role

NAME = "wording"
_UNSEEN = frozenset(
    {BlockKind.ATTRIBUTE, BlockKind.DROPPED, BlockKind.FILE_NAME, BlockKind.PICTURE}
)
_S = r"[ \t]?"
_SERIAL = re.compile(
    rf"(?P<open>[〔\[［【(（]){_S}(?P<year>(?:19|20)\d{{2}}){_S}(?P<close>[〕\]］】)）JjＪ]){_S}"
    rf"(?P<ordinal>第)?{_S}(?P<zero>0)?\d{{1,5}}{_S}号"
)
_AGENCY_ENDS = frozenset("发办函令规字议告政")
_FORMS = (
    (
        "稿) 稿）",
        re.compile(
            r"[(（](?:征求意见稿|送审稿|讨论稿|审议稿|报批稿|修改稿|修订稿|草稿|初稿|代拟稿"
            r"|第?[一二三四五六七八九]稿)[)）]"
        ),
        "标着未定稿的字样，请核对是否为正式稿",
    ),
    (
        "待 此处 空】 空] 空) 空） ??? ？？？",
        re.compile(
            r"[【\[(（](?:待(?:补充?|定|核实?|完善|更新|修改|确认|填写?|查)"
            r"|此处[^】\])）\n]{0,12}|空)[】\])）]|[?？]{3,9}"
        ),
        "像是还没有写完的地方",
    ),
    (
        "批注",
        re.compile(r"批注[ \t]?[\[(（【]?[A-Za-z\u4e00-\u9fff]{0,6}[0-9]{1,3}[\])）】]?[:：]"),
        "批注还留在正文里",
    ),
    (
        "xx XX ×× **",
        re.compile(
            r"[xX×*]{2,4}(?<![A-Za-z0-9][xX]{2})[年月日号元]"
            r"|[xX×]{2,4}(?:单位|部门|局|科|处|项目|工程|领导|页)"
        ),
        "数字处还是占位符号",
    ),
    (
        "l I o O",
        re.compile(r"年[ \t]?(?:\d?[lIoO]\d?)[ \t]?月|月[ \t]?(?:\d?[lIoO]\d?)[ \t]?日"),
        "日期里混有字母，疑似识别错误",
    ),
)
"""What draft and recognition left: signs that a line must hold, the pattern, what is told."""
_TITLE_SIGN = re.compile("[《》\n]")
_CONFUSED = str.maketrans("羊曰末巳戌闲酒侯卞讠亍囗杳", "单日未已成间洒候下计于口查")
"""What recognition writes for a common character; only where no word explains it."""
_CONFUSABLE = re.compile(f"[{''.join(map(chr, _CONFUSED))}]")
_STANDARD = {ord("噁"): "恶"}
"""What is written so in simplified text as well: 噁 in the names of substances (二噁英, 噁唑)."""
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_FREQUENT = 10.5
_TRADITIONAL_SHARE = 0.2
_LEAST_SIZE = 40


def wording(document: Document) -> Iterator[Finding]:
    """Yield what a reviewer should look at, in any order; linear in the text."""
    text = document.text
    serials = _serials(text)
    for start, end, reason in (
        *_number_forms(serials),
        *_forms(text),
        *contact_slips(text),
        *_unpaired(text),
        *_garbled(text, word_list()),
        *_traditional(text),
    ):
        yield from _seen(document, start, end, reason, Role.NOTE)
    for start, end, reason in (
        *date_contradictions(document),
        *year_contradictions(document, serials),
        *contradictions(text),
    ):
        yield from _seen(document, start, end, reason, Role.REVIEW)
    for index, reason in (*wrong_sums(document), *reversed_days(document)):
        start = document.starts[index]
        end = start + len(document.blocks[index].text)
        yield from _seen(document, start, end, reason, Role.REVIEW)


def _seen(document: Document, start: int, end: int, reason: str, role: Role) -> Iterator[Finding]:
    """Leave out what no reader of the document sees."""
    if document.blocks[document.block_at(start)].kind not in _UNSEEN:
        yield Finding(Entity.WORDING, Span(start, end), 0.7, NAME, role, reason)


def _serials(text: str) -> list[re.Match[str]]:
    """Find what follows the agency in document numbers: 〔2018〕26号."""
    return [m for m in _SERIAL.finditer(text) if text[m.start() - 1 : m.start()] in _AGENCY_ENDS]


def _number_forms(serials: Iterable[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    for match in serials:
        if (match["open"], match["close"]) != ("〔", "〕"):
            yield *match.span(), "发文字号的年份要用六角括号〔〕（GB/T 9704 7.2.5）"
        elif match["ordinal"]:
            yield *match.span(), "发文字号的序号不加“第”字（GB/T 9704 7.2.5）"
        elif match["zero"]:
            yield *match.span(), "发文字号的序号不编虚位，1 不写作 01（GB/T 9704 7.2.5）"


def _forms(text: str) -> Iterator[tuple[int, int, str]]:
    for signs, pattern, reason in _FORMS:
        for start, end in lines_with(text, signs):
            for match in pattern.finditer(text, start, end):
                yield *match.span(), reason


def _unpaired(text: str) -> Iterator[tuple[int, int, str]]:
    """Find a 《 or 》 without its other half; a title may hold another one."""
    open_signs: list[int] = []
    for sign in _TITLE_SIGN.finditer(text):
        if sign.group() == "《":
            open_signs.append(sign.start())
        elif sign.group() == "》" and open_signs:
            open_signs.pop()
        else:  # a stray 》, or the end of a block with one still open
            lonely = open_signs if sign.group() == "\n" else [sign.start()]
            yield from ((at, at + 1, "书名号不成对") for at in lonely)
            open_signs.clear()
    yield from ((at, at + 1, "书名号不成对") for at in open_signs)


def _garbled(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """Find 责任羊位: no word explains the character, and one that looks like it makes a word."""
    for match in _CONFUSABLE.finditer(text):
        at = match.start()
        around = [
            (first, first + size)
            for size in (2, 3, 4)
            for first in range(max(0, at - size + 1), min(at, len(text) - size) + 1)
        ]
        if any(words.get(text[a:b], -1.0) >= 0 for a, b in around):
            continue
        meant = text[at].translate(_CONFUSED)
        found = [
            (a, b)
            for a, b in around
            if words.get(text[a:at] + meant + text[at + 1 : b], 99.0) < _FREQUENT
        ]
        if found:
            start, end = max(found, key=lambda pair: pair[1] - pair[0])
            yield start, end, "疑似识别错字，请核对"


def _traditional(text: str) -> Iterator[tuple[int, int, str]]:
    """Find other characters in a document that is written in simplified ones."""
    text = text.translate(_STANDARD)
    runs = _HAN_RUN.findall(text)
    han = "".join(runs)
    plain = fold(han)
    changed = sum(map(ne, han, plain)) if han != plain else 0
    if len(han) < _LEAST_SIZE or not 0 < changed < _TRADITIONAL_SHARE * len(han):
        return
    for run in _HAN_RUN.finditer(text):
        if (folded := fold(run.group())) != run.group():
            differs = map(ne, run.group(), folded)
            for other, group in groupby(enumerate(differs, run.start()), key=itemgetter(1)):
                places = [at for at, _ in group]
                if other:
                    yield places[0], places[-1] + 1, "简体文件中夹有繁体字"
