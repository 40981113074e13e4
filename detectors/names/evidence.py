"""What speaks for and against a name: labels, titles, verbs, neighbours and place words."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from detectors.text.telltales import first_letters
from detectors.text.vocabulary import cues

HAN = "\u3400-\u4dbf\u4e00-\u9fff"
STRONG = 0.92
FAIR = 0.8
WEAK = 0.68
BARE = 0.6
LABELLED = 12.0
"""What a label with a colon before a name speaks for it."""
WHOLE = 3.0
"""What a name gains that fills the place after the label."""
FACT = 14.0
"""The most that what is written down about persons only speaks for a name."""
SPEAKER = 6.0
"""What a name gains that stands from the begin of a line to a colon: who speaks or is addressed."""
NO_MEASURE = 3.0
"""What 张 gains where it cannot count sheets: its price as a word is that of the measure word."""

_LONGEST_LABEL = 8
_COLON = re.compile(r"(?:[(（][^()（）\n]{1,8}[)）])?[ \t]{0,4}[:：][ \t_“\"]{0,4}\Z")
_COLON_REACH = 5
"""How far before a name the colon of its label stands at the most."""
_GENDER = re.compile(
    rf"[ \t(（,，、:：]{{0,3}}(?:性别[:：]?)?[男女](?![{HAN}])|[,，:：][ ]?[男女][,，性]"
)
_NUMBER = re.compile(
    r"[ \t(（,，、;；:：]{0,3}(?:[男女][,，、][ ]?)?(?:的)?(?:公民|居民|联系|有效|第二代)*"
    r"(?:身份证|残疾人?证|工号|身份号码|身份证件|电话|手机|方式[:：]|1[3-9][\d-]{9,12}(?!\d)|\d{17}[\dXx]|"
    r"0\d{2,3}-?\d{7,8})"
)
_BORN = re.compile(
    r"[ \t(（,，:：]{0,2}(?:生于|出生于)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?"
    r"(?:出生|生(?![效产成活态长育]))"
)
IN_BRACKETS = re.compile(
    r"[ ]?[(（][ ]?(?:(?:公民|居民)?身份证?(?:件)?(?:号码?)?[ ]?[:：为]?[ ]?\d{3}"
    r"|工号[ ]?[:：为]?[ ]?\d"
    r"|(?:[男女][，,、][ ]?)?(?:生于|出生于)?\d{4}年\d{1,2}月(?:\d{1,2}日)?"
    r"(?:出生|生(?![效产成活态长育])))"
)
"""What is written in brackets behind the names of persons only: a number of theirs, a birth."""
_LINE_START = ("", "\n", "\r", "\u3000", " ")
_COUNTS = frozenset("一二两三四五六七八九十百千万亿几每这那某该数半整多第0123456789主扩紧夸嚣伸")
_DASHES = ("—", "－", "-")
"""Between Han they join stations and eponyms (柯布—道格拉斯函数)."""
_FACT_HEADS = frozenset("男女性身公居联电手的生出有第残工")
_AND_OTHERS = re.compile(
    r"等[\d一二两三四五六七八九十百余多几]{0,4}(?:人|名|位|同志)|[两三四五六七八九十]{1,3}位(?!数)"
    r"|[两二三四五六七八九十]{1,2}名(?:同志|同学|老师|干警|民警|村民|群众|职工|工人|学生|干部|党员|委员|代表)"
)
_PLACE = re.compile(
    r"(?:自治|特别|经济|高新|开发|工业)?(?:[省市县区镇乡村路街巷湾岛桥湖江河寺庙庄屯寨沟坝塘]"
    r"|街道|社区|大道|小区|公司|集团|药业|实业|置业|酒业|影业|纪念馆|故居|旧居|陵园|基金会|银行|医院|学校|大学|中学|小学|工厂|有限|股份|机场|车站|"
    r"水库|灌区|流域|地区|主义|思想|理论|精神|杆菌|球菌|病毒|传说|年画|[办委局厅站所](?=[”」、，。；：,;:]|\Z)|式|型|性|化|类|奖|杯|牌|级|品)"
)
_NOT_PLACE = re.compile(
    r"(?:大学(?=毕业|期间|本科|专科|学历|在读|就读|[一二三四]年级)|中学(?=毕业|期间|文化)|小学(?=毕业|期间|文化)|市民|区别|路过|县长|镇长|乡长|村民|村长|市长|区长|省长|村支书|性别|类似|级别)"
)
_HOUSEHOLD = re.compile("户(?![口籍主均数型外内用部头])")
_HOUSE_OF = re.compile("户(?=[:：]|不动产|房屋|宅基地|拆迁|被征收)")
_ILL = re.compile(
    r"(?:身)?患(?![者难得])|殉职|牺牲|遇难|受(?:轻|重)?伤|(?:轻|重)伤|身亡|溺亡|病故|因[^，,。;；\n]{0,8}[病癌症炎]"
)
_OF_KIN = re.compile(r"之(?:[父母妻夫子女弟妹兄姐孙侄婿媳嫂]|[长次幼独养][子女])(?![子士王神乡学])")
_OF_SO_MANY_KIN = re.compile(
    "[两二三四五六七](?:兄弟|姐妹|姊妹|兄妹|姐弟|夫妻|夫妇|父子|父女|母子|母女|婆媳|爷孙)"
)
HOME_OF = re.compile("家[0-9一二两三四五六七八九十]{1,2}[口人]")
_OWNS = re.compile("名下(?!有限|企业|公司)")
_DENIED = re.compile("[未没无已均曾仍却](?!来|必|锡|论|关|效|偿|害)")
"""What is said to be done or not done after a subject, as a verb is."""
_DWELLS = re.compile("所(?:居?住|建|购|租住?|承租)的?(?:房|住房|宅|楼|平房|厂房|商铺|土地)")
_RECEIVES = re.compile(r"收(?=[，,。;；、）)\s]|\Z)")
ORGANISATION_END = re.compile(r"[局厅部处科所站厂店村镇乡县市区社队组室馆院办府会]\Z")
_PERSON_ENDINGS = ("人", "员", "者", "长", "师", "任", "书记", "方")


class Evidence(NamedTuple):
    """Sum up what stands around a candidate: weight in nats, best score and its reason."""

    weight: float
    score: float = BARE
    reason: str = "姓名用字特征明显"


_NOTHING, _EDGE, _HANDED = Evidence(0), Evidence(1), Evidence(1.5)
_LINE_ENDS = frozenset(("", "\n", "\r"))


class Lexicon:
    """Hold words, and their lengths by the letter at either edge: most letters have none."""

    def __init__(self, words: frozenset[str], least: int = 1) -> None:
        self._words = frozenset(word for word in words if len(word) >= least)
        self.heads = _lengths((word[0], len(word)) for word in self._words)
        self.tails = _lengths((word[-1], len(word)) for word in self._words)

    def ends(self, text: str) -> str:
        """Give the longest word that ``text`` ends with, empty if none."""
        for length in self.tails.get(text[-1:], ()):
            if (word := text[-length:]) in self._words:
                return word
        return ""

    def begins(self, text: str) -> str:
        """Give the longest word that ``text`` begins with, empty if none."""
        for length in self.heads.get(text[:1], ()):
            if (word := text[:length]) in self._words:
                return word
        return ""


def _lengths(edges: Iterable[tuple[str, int]]) -> Mapping[str, Sequence[int]]:
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for letter, length in edges:
        lengths[letter].add(length)
    return {letter: sorted(found, reverse=True) for letter, found in lengths.items()}


@cache
def _lexicon(kind: str, least: int = 1) -> Lexicon:
    return Lexicon(cues(kind), least)


def weigh(text: str, start: int, end: int, before: Evidence | None = None) -> Evidence:
    """Look at both sides of ``text[start:end]``; the stronger side gives score and reason.

    ``before`` is what ``left_of`` says, for those who ask for several ends of one beginning.
    """
    before, after = before or left_of(text, start), _after(text, end)
    weight = before.weight + after.weight + _no_measure(text, start)
    if before.weight == LABELLED and not is_han(text[end : end + 1]):
        weight += WHOLE
    if text[start - 1 : start] in _LINE_START and text[end : end + 1] in ("：", ":"):
        weight += SPEAKER
    stronger = after if after.score > before.score else before
    return Evidence(weight, stronger.score, stronger.reason)


def most_said(text: str, start: int, end: int, before: Evidence) -> float:
    """Say at a glance, by the next letter alone, how much may speak for a name at the most.

    ``before`` is what ``left_of`` says. Nothing on either side outweighs all else.
    """
    letter = text[end : end + 1]
    # A call takes longer than what it would look up: this is asked of every surname.
    han = "\u3400" <= letter <= "\u9fff"
    after = _most_after().get(letter, 0.0) if han else FACT + WHOLE + SPEAKER
    if before is _NOTHING and not after:
        return -math.inf
    return before.weight + after + (_no_measure(text, start) if text[start] == "张" else 0.0)


def label_before(text: str, start: int) -> str:
    """Give the label that ends right before ``start`` with a colon, empty if there is none."""
    if not start or "\u3400" <= text[start - 1] <= "\u9fff":
        return ""
    near = text[max(0, start - _COLON_REACH) : start]
    if ":" not in near and "：" not in near:
        return ""
    left = text[max(0, start - 24) : start]
    colon = _COLON.search(left)
    if colon is None:
        return ""
    line = left[: colon.start()].rpartition("\n")[2].replace(" ", "")
    if label := _lexicon("label").ends(line):
        return label
    # What stands before the ending may be part of a name: a reason quotes none of it.
    return line[-1] if len(line) > 1 and line.endswith(_PERSON_ENDINGS) else ""


def who_before(text: str, at: int) -> str:
    """Give the label or title of two letters or more that ends at ``at``, empty if none."""
    if text[max(0, at - 2) : at] not in _who_ends():
        return ""
    left = text[max(0, at - _LONGEST_LABEL) : at]
    return max(_lexicon("label", 2).ends(left), _lexicon("title", 2).ends(left), key=len)


def who_tails() -> frozenset[str]:
    """List the letters that labels and titles end with."""
    return frozenset(end[-1] for end in _who_ends())


@cache
def _who_ends() -> frozenset[str]:
    return frozenset(word[-2:] for word in cues("label") | cues("title") if len(word) > 1)


def _no_measure(text: str, start: int) -> float:
    """Weigh 张 where no number makes it the measure word (两张)."""
    measures = text[start] == "张" and text[start - 1 : start] not in _COUNTS
    return NO_MEASURE if measures else 0.0


def left_of(text: str, start: int) -> Evidence:
    """Weigh what stands before ``start``."""
    last = text[start - 1 : start]
    han = "\u3400" <= last <= "\u9fff"
    if han and last not in _speaking_before():
        return _NOTHING
    if not han and (label := label_before(text, start)):
        return Evidence(LABELLED, STRONG, f"“{label}”标签之后")
    if last in _LINE_ENDS:
        return _EDGE
    left = text[max(0, start - 8) : start]
    near = left if han else left.rstrip(" ")
    if near[-2:] in _who_ends():
        if label := _lexicon("label", 2).ends(near):
            if label in cues("weak_label"):
                return Evidence(4.5, WEAK, f"“{label}”之后")
            return Evidence(9, 0.85, f"“{label}”之后")
        if title := _lexicon("title", 2).ends(near):
            return Evidence(6.5, FAIR, f"职务“{title}”之后")
    if not han:
        return Evidence(-3) if last == "《" else _EDGE
    if word := _lexicon("handover").ends(left):
        return Evidence(6, FAIR, f"“{word}”之后")
    return _HANDED if _lexicon("before").ends(left) else Evidence(0)


def _after(text: str, end: int) -> Evidence:
    right = text[end : end + 28]
    if not is_han(right[:1]):
        dashed = right[:1] in _DASHES and is_han(right[1:2])
        return _facts(right) or (Evidence(-3) if dashed else _EDGE)
    for look in _looks().get(right[0], ()):
        if found := look(right):
            return found
    return _NOTHING


def _facts(right: str) -> Evidence | None:
    """Recognise what is written down about persons only: sex, number, birth."""
    if IN_BRACKETS.match(right):
        return Evidence(FACT, STRONG, "括号内写明出生日期或证件号码")
    if _GENDER.match(right):
        return Evidence(10, STRONG, "其后写明性别")
    if _NUMBER.match(right):
        return Evidence(8, STRONG, "其后紧接证件号码或电话")
    if _BORN.match(right):
        return Evidence(8, STRONG, "其后写明出生日期")
    return None


_Look = Callable[[str], Evidence | None]
"""Says of what follows whether it speaks for a name or against it."""


@cache
def _looks() -> Mapping[str, Sequence[_Look]]:
    """List what to look for after a name, the surest first, by the letter that it begins with."""
    looks: defaultdict[str, list[_Look]] = defaultdict(list)
    for heads, _, look in _kinds_of_looks():
        for letter in heads:
            looks[letter].append(look)
    return looks


@cache
def _most_after() -> Mapping[str, float]:
    """Give the most that what begins with a letter can say for a name, in nats."""
    most: defaultdict[str, float] = defaultdict(float)
    for heads, weight, _ in _kinds_of_looks():
        for letter in heads:
            most[letter] = max(most[letter], weight)
    return most


def _kinds_of_looks() -> Iterator[tuple[frozenset[str], float, _Look]]:
    """Yield the letters that each kind begins with, the most it says, and how to look for it."""
    yield _FACT_HEADS, FACT, _facts
    yield _by_pattern(_AND_OTHERS, Evidence(7, FAIR, "其后为“等…人”"))
    yield _by_pattern(_OF_KIN, Evidence(6.5, FAIR, "其后为亲属称谓"))
    yield _by_pattern(_OF_SO_MANY_KIN, Evidence(6.5, FAIR, "其后为亲属称谓"))
    yield _by_pattern(HOME_OF, Evidence(7, FAIR, "其后为“家…人”"))
    yield _by_pattern(_OWNS, Evidence(5.5, WEAK, "其后为“名下”"))
    yield _by_pattern(_DWELLS, Evidence(5.5, WEAK, "其后为“所住”“所建”"))
    yield _by_pattern(_RECEIVES, Evidence(5.5, WEAK, "其后为“收”"))
    yield _by_pattern(_ILL, Evidence(5.0, WEAK, "其后写明患病或伤亡"))
    yield _by_words("call", 9.0, 0.85, "其后为称谓“{}”")
    yield _by_words("title", 5.5, FAIR, "其后为职务“{}”")
    yield _by_words("strong", 5.5, WEAK, "其后为动词“{}”")
    yield _by_pattern(_HOUSE_OF, Evidence(6.0, WEAK, "其后为“户”"))
    yield _by_pattern(_HOUSEHOLD, Evidence(2.5))
    yield first_letters(_PLACE), -9, lambda right: Evidence(-9) if names_place(right, 0) else None
    yield _by_words("verb", 1.5, BARE, Evidence(1.5).reason)
    yield _by_pattern(_DENIED, Evidence(1.5))


def _by_pattern(
    pattern: re.Pattern[str], evidence: Evidence
) -> tuple[frozenset[str], float, _Look]:
    letters = first_letters(pattern)
    return letters, evidence.weight, lambda right: evidence if pattern.match(right) else None


def _by_words(
    kind: str, weight: float, score: float, reason: str
) -> tuple[frozenset[str], float, _Look]:
    words = _lexicon(kind)

    def look(right: str) -> Evidence | None:
        word = words.begins(right)
        return Evidence(weight, score, reason.format(word)) if word else None

    return frozenset(words.heads), weight, look


def of_kin(text: str, end: int) -> bool:
    """Say whether kin is told of the name that ends at ``end`` (之父)."""
    return _OF_KIN.match(text, end) is not None


def falls_ill(text: str, end: int) -> bool:
    """Say whether an illness or an injury is told right after ``end`` (患肺癌)."""
    return _ILL.match(text, end) is not None


def names_place(text: str, end: int) -> bool:
    """Say whether what follows makes a place or an organisation of what ends at ``end``."""
    right = text[end : end + 8]
    return bool(_PLACE.match(right) and not _NOT_PLACE.match(right))


def is_han(character: str) -> bool:
    """Say whether a character is a Chinese one; an empty text is none."""
    return "\u3400" <= character <= "\u9fff"


@cache
def _speaking_before() -> frozenset[str]:
    kinds = ("label", "title", "handover", "before")
    return frozenset().union(*(_lexicon(kind).tails for kind in kinds))
