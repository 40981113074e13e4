"""What may be somebody's name by its letters and by where it begins and ends, not yet judged."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

from detectors.names.doubt import parted
from detectors.names.evidence import HAN, ORGANISATION_END, is_han
from detectors.names.places import (
    DEED,
    FACT,
    MEEK,
    OTHER,
    WHO,
    after,
    before,
    heads,
    tails,
    who_ends,
)
from detectors.text.vocabulary import cues, paper_endings, surname_letters, word_list

USUAL = 7.5
"""Words that cost less are no names whatever their place."""
WORD_LOSS, LOSS = 4.0, 1.5
"""What the plain reading may lose, in nats, where a word stands apart, and other letters."""

_BESIDE = 2
_WAYS = frozenset("路街巷桥")
_BARRED = frozenset("的了着与及是被把也都某因第委办氏诉其您你我他她们")
_POINTING = frozenset("本该此各每须敬要可领后两所过者已均未不在正自再又还并且而若如则以按据")
_ILLS = frozenset("症热疸痛肿疹癌瘤疮痢癣泻咳")
"""What illnesses end with, and no given name (幼儿高热, 新生儿黄疸)."""
_GOES_ON = frozenset("系称说将因已于在向从到等书可须应")
_PEOPLE = re.compile(
    r"(?:[人员者长师民户兵工生客方众家童]|同志|同学|老人|代表|夫妻|干部|书记|主任|父母|子女|[兄姐弟妹]|亲属)\Z"
)
_HAN = re.compile(f"[{HAN}]+")
_MENTION = re.compile("[老小阿大].")
"""老张 may be somebody known: ``detectors.people.linking`` decides; 阿芳 is a nickname."""
_KIN = re.compile("[阿大小老表堂][姨婆公妈爸爷奶叔嫂哥弟妹婶伯舅姑姐]|阿訇")
NICKNAME = re.compile(
    rf"老[{HAN}]头|[{HAN}]老[一二三四五六七八九幺大]|小[{HAN}]子|[{HAN}]家老[大二三四五六七八幺]"
    rf"|[大二三四五六][狗毛牛娃蛋妞丫]子?|阿[{HAN}]|[{HAN}][婶嫂娃蛋妞]"
)
_NICKNAME_SIGN = re.compile("[老小阿狗毛牛娃蛋妞丫婶嫂]")
"""Stands among the first three letters of every nickname, and is found much faster."""
_LISTED = (
    *("empty", "label", "title", "call", "tie", "courtesy", "never"),
    *("act", "verb", "strong", "deed", "part", "thing", "meek", "reach"),
)
"""What these kinds of cues list are no names."""


def candidates(text: str) -> frozenset[str]:
    """Give what begins and ends somewhere in the text where persons do; linear in the text."""
    return frozenset(_Gathered(text).names)


class _Gathered:
    """Gather what may be names, and remember what was refused for the letters around it."""

    def __init__(self, text: str) -> None:
        self._text, self._words = text, word_list()
        self.names: set[str] = set()
        self._refused: set[str] = set()
        self._gather()

    def _gather(self) -> None:
        """Gather what begins and ends where persons do."""
        text = self._text
        for opening in _opening().finditer(text):
            self._begin(opening.start(), anywhere=True)
        ends = who_ends()
        for opening in _calling().finditer(text):
            at = opening.end()
            if text[at - 2 : at] in ends and before(text, at) == WHO:
                self._begin(at, anywhere=text[at] in surname_letters())
        nickname = _nickname()
        for sign in _NICKNAME_SIGN.finditer(text):
            for at in range(max(0, sign.start() - 2), sign.end()):
                found = nickname.match(text, at)
                if (
                    found
                    and not _KIN.fullmatch(found.group())
                    and self._parted(*found.span(), LOSS)
                ):
                    self.names.add(found.group())

    def _begin(self, start: int, *, anywhere: bool) -> None:
        """Gather what may be a name from ``start`` on; ``anywhere`` or where persons stand only."""
        text, left = self._text, ""
        who = not is_han(text[start - 1 : start]) or text[max(0, start - 2) : start] in who_ends()
        for end in (start + 2, start + 3):
            name = text[start:end]
            if not who and is_han(following := text[end : end + 1]) and following not in _heads():
                continue
            if name in self.names:
                continue
            if len(name) < end - start or not _shaped(name):
                continue
            if (around := text[max(0, start - _BESIDE) : end + _BESIDE]) in self._refused:
                continue
            left = left or before(text, start)
            if left == OTHER:
                return
            right = after(text, end, self._words)
            if right in (FACT, DEED, MEEK) or (anywhere and (left == WHO or right != OTHER)):
                word = self._words.get(name, 0.0) > 0
                apart = self._parted(start, end, WORD_LOSS if word else LOSS)
                if apart:
                    self.names.add(name)
                else:
                    self._refused.add(around)

    def _parted(self, start: int, end: int, loss: float) -> bool:
        return parted(self._text, start, end, self._words, loss)


@lru_cache(maxsize=1 << 16)
def _shaped(name: str) -> bool:
    """Say whether letters may be a name at all, whatever stands beside them."""
    if not _BARRED.isdisjoint(name) or not _HAN.fullmatch(name) or name in _listed():
        return False
    if name[0] in _POINTING or _PEOPLE.search(name) or _MENTION.fullmatch(name):
        return False
    if name[-1] in "地得" or _KIN.fullmatch(name):  # 高兴地说, 阿姨
        return False
    if name[-1] in _ILLS:
        return False
    word = word_list().get(name, math.inf)
    unfit = name[1:] in cues("unfit") or name[-1] in _GOES_ON or name[:2] in cues("never")
    if word < USUAL or name[-1] in _WAYS or (word == math.inf and unfit):
        return False
    longer = len(name) > 2
    return not (longer and (name[-1] in paper_endings() | {"书"} or ORGANISATION_END.search(name)))


@cache
def _listed() -> frozenset[str]:
    return frozenset().union(*map(cues, _LISTED))


@cache
def _opening() -> re.Pattern[str]:
    """Match the first letter of what may be a name: few letters begin one, so it is quick."""
    surnames = "".join(sorted(surname_letters()))
    return re.compile(
        rf"[{surnames}](?:(?<=[{tails()}].)|(?<![{HAN}].))"
        rf"(?=[{HAN}]{{1,2}}(?:[^{HAN}]|[{heads()}]|\Z))"
    )


@cache
def _heads() -> frozenset[str]:
    return frozenset(heads())


@cache
def _calling() -> re.Pattern[str]:
    first, last = ("".join(sorted({end[at] for end in who_ends()})) for at in (0, 1))
    return re.compile(rf"[{first}][{last}](?=[{HAN}]{{2}})")


@cache
def _nickname() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<=[{tails()}])|(?<![{HAN}]))(?:{NICKNAME.pattern})")
