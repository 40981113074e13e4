"""Names that their place tells: right behind a label, a title or a calling for persons."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache

from detectors.base import Hit
from detectors.names.closing import acts, goes_on, stops
from detectors.names.evidence import (
    FAIR,
    HAN,
    IN_BRACKETS,
    ORGANISATION_END,
    falls_ill,
    who_before,
    who_tails,
)
from detectors.text.vocabulary import (
    NameStatistics,
    Words,
    cues,
    forward,
    paper_endings,
    place_words,
    scarce_surnames,
    surname_letters,
)
from review.finding import Entity

DEAR = 7.5
"""Cost of a letter, in nats, above which a few of them are hardly ordinary words."""
DEAR_WITH_SURNAME = 5.5
"""The same for what a surname begins."""
WORD_AFTER_COLON = 10.0
"""A word that costs less is no name, not even whole between a label's colon and a stop."""
WORD_BEFORE_STOP = 11.0
"""The same right behind the label, without a colon."""
WORD_BEFORE_VERB = 11.0
"""The same where a verb goes on."""
WORD_BEFORE_LETTER = 12.4
"""The same where a letter goes on that follows many a word, and behind a weak label."""
RATHER_WORD = 6.5
"""How much dearer than the word itself, in nats, a name may be that ends a clause (车票。)."""
_FILLED = frozenset(
    "你我他她诉的了着与及是被把也都不某为在于或未已应须其该各本此无有委仟佰拾病癌症瘤"
)
_WAYS = frozenset("路街巷桥河")


def slots(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what stands between a label and its end: a stop or a verb (受理人：经天纬，).

    Without a colon only what a surname begins counts: 犯罪嫌疑人认罪认罚 names nobody.
    """
    last = 0
    for match in _slot().finditer(text):
        start = match.end()
        if start < last:
            continue
        last_of_label = match.start() + 1
        label = who_before(text, last_of_label) or _calling(text, last_of_label)
        if not label and match["colon"] and _COUNTED.search(text, max(0, start - 12), start):
            label = "户数或人数"
        if not label or (match["comma"] and not _FORM.match(text, start)):
            continue
        weak = label in cues("weak_label") and match["colon"] is None
        end = _end(text, start, words, names, colon=match["colon"] is not None, weak=weak)
        if end:
            last = end
            yield Hit(Entity.PERSON, start, end, 0.85, f"“{label}”之后单独成段")


def _calling(text: str, at: int) -> str:
    """Give the calling in 员 that ends at ``at`` (护林员), empty if none."""
    if text[at - 1] != "员":
        return ""
    calling = _CALLING.search(text, max(0, at - 3), at)
    return calling.group() if calling else ""


def addressed(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find to whom a letter is written: a name before a colon, then 你, 本院 or the like."""
    for match in _LETTER.finditer(text):
        if bears(match["name"], WORD_AFTER_COLON, words, names):
            yield Hit(Entity.PERSON, *match.span("name"), FAIR, "文书抬头，其后对其说话")


def identified(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what stands, whole or behind a label, before brackets that tell of one person.

    These are his sex, his age, his birth or a number of his.
    """
    for bracket in _BRACKET.finditer(text):
        if not _TELLING.match(text, bracket.start()):
            continue
        start, end = _han_before(text, bracket.start() - text.endswith(" ", 0, bracket.start()))
        for first in (*range(end - 2, max(start, end - _LONGEST - 1), -1), start):
            whole = first == start and 1 < end - start <= _LONGEST
            if not (
                whole or who_before(text, first) or _YOUNG.search(text, max(0, first - 2), first)
            ):
                continue
            if _fills(text[first:end], words, names):
                yield Hit(Entity.PERSON, first, end, FAIR, "括号内写明性别、年龄或证件号码")
                break


def with_identity(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what stands whole, or behind a label, before an identity number (喜洋，身份证号…)."""
    for number in _IDENTITY.finditer(text):
        start, end = _han_before(text, number.start())
        for first in (*range(end - 2, max(start, end - _USUAL - 1), -1), start):
            whole = first == start and 1 < end - start <= _LONGEST
            whole = whole and text[start - 1 : start] in _BEGINS
            if (whole or who_before(text, first)) and _is_somebody(text[first:end], words):
                yield Hit(Entity.PERSON, first, end, FAIR, "其后写明身份证号码")
                break


def _is_somebody(name: str, words: Words) -> bool:
    """Say whether it may be a name and is not what people are called for (申请人，身份证号)."""
    people = words.get(name, math.inf) < math.inf and name.endswith(_PEOPLE)
    # 民族：汉族，身份证号: what else is told of him may stand there as well.
    return _possible(name) and not people and name[-1] != "族" and not who_before(name, len(name))


def of_sex(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what stands whole, or behind a label, before a clause with the sex (谢谢，女，)."""
    for sex in _SEX.finditer(text):
        start, end = _han_before(text, sex.start())
        for first in (*range(end - 2, max(start, end - _USUAL - 1), -1), start):
            whole = first == start and 1 < end - start <= _USUAL
            if (whole or who_before(text, first)) and _is_called(text[first:end], words, names):
                yield Hit(Entity.PERSON, first, end, FAIR, "其后写明性别")
                break


def _is_called(name: str, words: Words, names: NameStatistics) -> bool:
    """Say whether it may be a name and is not what people are called for (农民，男，)."""
    people = words.get(name, math.inf) < math.inf and name.endswith(_PEOPLE)
    return bool(names.split(name)[0]) and _possible(name) and not people


def called(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what stands whole between a word that begins a title and a courtesy (关于…同志)."""
    for courtesy in _COURTESY.finditer(text):
        start, end = _han_before(text, courtesy.start())
        if title := _BEGINNING.match(text, start, end):
            start = title.end()
        if 1 < end - start <= _USUAL and bears(text[start:end], WORD_BEFORE_VERB, words, names):
            yield Hit(Entity.PERSON, start, end, FAIR, "其后为称谓")


def numbered(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what stands whole, and nothing else, before a mobile number (冉冉 138…)."""
    for number in _MOBILE.finditer(text):
        if text[number.start() - 1 : number.start()].isdigit():
            continue
        gap = _GAP_BEFORE.search(text, max(0, number.start() - 5), number.start())
        start, end = _han_before(text, gap.start() if gap else number.start())
        if 1 < end - start <= _USUAL and bears(text[start:end], WORD_BEFORE_STOP, words, names):
            yield Hit(Entity.PERSON, start, end, FAIR, "其后紧接手机号码")


def _han_before(text: str, end: int) -> tuple[int, int]:
    """Give the stretch of Han that ends at ``end``, as far as names and labels may reach."""
    start = end
    while start > 0 and end - start < _WIDEST and "\u3400" <= text[start - 1] <= "\u9fff":
        start -= 1
    return start, end


def of_kin(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what fills the place behind 之妻, 其子 up to a stop, with or without a surname."""
    for match in _KIN.finditer(text):
        start, end = match.span("name")
        while end - start > 1 and not (stops(text, end) or acts(text, end) or _is_ill(text, end)):
            end -= 1
        if end - start > 1 and _fills(text[start:end], words, names):
            yield Hit(Entity.PERSON, start, end, FAIR, "亲属称谓之后单独成段")


def given_names(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what a child is called by whoever found it (拾到女婴一名，取名党福来)."""
    for match in _NAMED.finditer(text):
        if _CHILD.search(text, max(0, match.start() - _OF_HIM), match.start()) and _fills(
            match["name"], words, names
        ):
            yield Hit(Entity.PERSON, *match.span("name"), FAIR, "写明给孩子取的名字")


def _is_ill(text: str, end: int) -> bool:
    return falls_ill(text, end) or _HAS_ILLNESS.match(text, end) is not None


def meetings(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find whom one is to get in touch with, or who quarrels with somebody (与关月联系)."""
    for match in _MEETING.finditer(text):
        if bears(match["name"], WORD_BEFORE_LETTER, words, names):
            yield Hit(Entity.PERSON, *match.span("name"), FAIR, "与其人联系或往来")


def _end(
    text: str, start: int, words: Words, names: NameStatistics, *, colon: bool, weak: bool
) -> int:
    """Give the end of the name that begins at ``start``, 0 where none does."""
    if colon and (padded := _PADDED.match(text, start)):
        name = padded[1] + padded[2]
        return padded.end() if bears(name, WORD_AFTER_COLON, words, names) else 0
    whole = _LETTERS.match(text, start)
    size = len(whole.group()) if whole else 0
    if colon and 2 <= size <= 4 and stops(text, start + size):
        return start + size if _fills(text[start : start + size], words, names) else 0
    for length in range(min(size, 4), 1, -1):
        name, end = text[start : start + length], start + length
        if weak and name[0] not in names.common:
            continue
        if name in names.compound and _SPACE.match(text, end):
            continue
        if name[1:] + text[end : end + 1] in cues("unfit"):
            continue
        if stops(text, end):
            if weak and text[end : end + 1] not in _OPENS and words.get(name[:2], 0.0):
                continue
            if not colon and name in place_words("residential"):
                continue
            least = WORD_AFTER_COLON if colon else WORD_BEFORE_STOP
        elif falls_ill(text, end):
            least, weak = WORD_AFTER_COLON, False
        elif acts(text, end):
            least = WORD_BEFORE_VERB
        elif goes_on(text, end) and not acts(text, end - 1):
            least = WORD_BEFORE_LETTER
        else:
            continue
        if _is_glued(text, start, end) and _is_rather_word(name, words, names):
            continue
        if bears(name, max(least, WORD_BEFORE_LETTER) if weak else least, words, names):
            return end
    return 0


def _is_glued(text: str, start: int, end: int) -> bool:
    """Say whether nothing stands between a label and what ends the clause: 申请人国籍."""
    return text[start - 1] not in _APART and _CLAUSE_END.match(text, end) is not None


def _is_rather_word(name: str, words: Words, names: NameStatistics) -> bool:
    """Say whether a word is far likelier than the same letters as a name (国籍, 车票)."""
    surname, given = names.split(name)
    if not surname:
        surname, given = name[0], name[1:]
    return names.cost(surname, given) - words.get(name, math.inf) > RATHER_WORD


def _fills(name: str, words: Words, names: NameStatistics) -> bool:
    """Say whether what fills the place after a colon is a name, with or without a surname."""
    if bears(name, WORD_AFTER_COLON, words, names):
        return True
    ordinary = words.get(name, 99.0) < 99.0 or forward(name, words)[-1] <= DEAR * len(name)
    return not ordinary and _possible(name) and names.split(name)[1] not in cues("unfit")


def bears(name: str, least: float, words: Words, names: NameStatistics) -> bool:
    """Say whether a surname begins it and it is no word that costs less than ``least``."""
    surname, given = names.split(name)
    scarce = not surname and name[0] in scarce_surnames()
    if (scarce and (len(name) > 2 or least < WORD_BEFORE_LETTER)) or name in names.compound:
        surname, given = name[0], name[1:]
    if not surname or not 1 <= len(given) <= 2 or not _possible(name):
        return False
    barred = (
        given in cues("unfit")
        or name[:2] in cues("never")
        or given in cues("title")
        or acts(given, 0)
    )
    if barred or words.get(name, 99.0) < least:
        return False
    return len(name) == 2 or forward(name, words)[-1] > DEAR_WITH_SURNAME * len(name)


def _possible(name: str) -> bool:
    organisation = len(name) > 2 and (ORGANISATION_END.search(name) or name[-1] in _WAYS)
    if name[-1] in paper_endings():
        return False
    listed = name in cues("empty") or name in cues("label") or name in cues("title")
    return not organisation and not listed and _FILLED.isdisjoint(name[1:])


_CLAUSE_END = re.compile(r"[。；;：:\s]|\Z")
_APART = frozenset("：:，, \u3000")
_FORM = re.compile(rf"[{HAN}]{{2,4}}[;；]")
"""Forms read aloud or written in one line: 经办人，关月；电话，…"""
_SPACE = re.compile(rf"[ \u3000]+[{HAN}]")
_OPENS = ("（", "(")
"""What alone makes a name of a word behind a weak label: 老人康复、 tells of the old."""
_LETTERS = re.compile(f"[{HAN}]{{1,5}}")
_PADDED = re.compile(
    rf"([{HAN}])[ \u3000]{{1,4}}([{HAN}])(?=[，,、。；;（(\n]|[ \u3000]+[{HAN}]{{2}}|\Z)"
)
"""A name of two letters that a space widens to the breadth of three."""
_COUNTED = re.compile(r"\d[ ]?[户人名位][:：][ \u3000]{0,3}\Z")
"""新增3户：, 死亡2人：."""


_LETTER = re.compile(
    rf"^[ \u3000]*(?P<name>[{HAN}]{{2,4}})(?:代表|委员|同志|先生|女士|同学)?[:：]\s{{0,4}}"
    r"(?=[你您]|本[院委局会]|我[院委局]|经查|因[你您]|现[就将对]|关于[你您])",
    re.MULTILINE,
)
_MEETING = re.compile(
    rf"[与和同](?P<name>[{HAN}]{{2,3}})(?=(?:取得)?联系[，,。方电]|发生[口纠争冲]|因[^，。]{{1,12}}发生)"
)


_LONGEST = 4
_USUAL = 3
_WIDEST = 12
_BRACKET = re.compile("[(（]")
_TELLING = re.compile(
    rf"{IN_BRACKETS.pattern}|[（(](?:[男女]性?|\d{{1,3}}(?:周岁|岁))[ ]?[，,、)）]"
    r"|[（(](?:军人证|残疾证|其(?:[父母妻夫子女兄弟姐妹]|儿子|女儿)|孕[0-9]{1,2}[周个月])"
)
_YOUNG = re.compile(r"(?:儿童|学生|[男女小幼]孩|[男女幼]童|[男女弃]婴|孩子|少[男女年])\Z")
_SEX = re.compile(r"[，,][ ]?[男女](?:性)?(?=[，,、](?![ ]?[男女]))")
_BEGINS = ("", "\n", "\u3000", " ", "。", "；", ";", "、")
_IDENTITY = re.compile(
    r"[，,][ ]?(?:公民|居民)?身份(?:证件?)?号码?[ ]?[:：为是]?[ ]?"
    r"(?=[0-9]{14}(?:[0-9]|[0-9]{3}[0-9Xx]))"
)
_PEOPLE = ("人", "员", "者", "长", "师", "民", "户", "兵", "工", "生", "客", "方")
_COURTESY = re.compile(r"(?:同志|先生|女士|夫妇|夫妻)(?![们会之间])")
_BEGINNING = re.compile("关于|对于|给予|表彰|追授|慰问")
_MOBILE = re.compile(r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
_GAP_BEFORE = re.compile(r"[ \u3000]{0,3}[:：,，]?[ ]?\Z")
_KIN = re.compile(
    # It begins with a set of letters, so that the search skips quickly what has none of them.
    r"[之其的妻长次幼独养](?:"
    r"(?<=[之其的])(?:儿媳妇?|女婿|儿子|女儿|妻子|丈夫|父亲|母亲|孙子|孙女|侄子|侄女)"
    r"|(?<=[之其])(?:[父母妻夫子女弟妹兄姐孙侄]|[长次幼独养][子女])"
    r"|(?<=[，,、。；;（(因由与被].)(?:(?<=妻)|(?<=[长次幼独养])[子女]))"
    rf"(?P<name>[{HAN}]{{2,3}})"
)
_NAMED = re.compile(
    rf"[取起改更]名[为叫]?[“\"]?(?P<name>[{HAN}]{{2,4}})(?=[，,、。；;（(”\"\n]|\Z)"
)
_CHILD = re.compile("[婴孩童]|[儿养继][子女]|[子女]儿")
_OF_HIM = 40
_HAS_ILLNESS = re.compile(r"有[^，,。;；\n]{0,6}[癌症炎病](?![虫例情害历区床人])")
_CALLING = re.compile(rf"[{HAN}]{{2}}(?<![人成党委动官全])员\Z")


_ALONE = rf"[{HAN}]{{2,4}}(?:[ \u3000]{{1,4}}[{HAN}]{{2,6}}[ \u3000:：]|[ \u3000]*(?:\n|\Z))"
"""In a form without colons: 申请人姓名 郁闷　工作单位 无."""


@cache
def _slot() -> re.Pattern[str]:
    """Compile the end of a label with what may begin behind it: anything after a colon."""
    return re.compile(
        rf"[{''.join(sorted(who_tails()))}员名位]"
        rf"(?:(?P<colon>[:：][ \u3000]{{0,3}}|[ \u3000]{{1,4}}(?={_ALONE}))"
        rf"(?=[{HAN}][ \u3000]{{0,4}}[{HAN}])"
        rf"|(?P<comma>[，,])?(?=[{''.join(sorted(surname_letters()))}][{HAN}]))"
    )
