"""Where a person stands in a sentence: what goes before his name and what follows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from detectors.names.evidence import HAN, IN_BRACKETS, Lexicon, is_han, label_before
from detectors.text.vocabulary import Words, cues

WHO, REACH, PAUSE, OTHER = "who", "reach", "pause", "other"
"""What goes before: who somebody is, what reaches persons and much else, a pause, other words."""
FACT, DEED, MEEK, THING, STOP = "fact", "deed", "meek", "thing", "stop"
"""What follows: what only persons are told of, acts mostly theirs, any acts, things, a pause."""
_WHO = ("handover", "label", "weak_label", "tie")
_FACT = re.compile(
    rf"{IN_BRACKETS.pattern}|[(（](?:[男女]|\d{{1,3}}(?:周岁|岁))"
    rf"|[，,][ ]?(?:[男女](?![{HAN}])|\d{{1,3}}岁|现年|家住)"
    r"|等[\d一二两三四五六七八九十余]{1,3}[人名位户]"
    r"|户(?=[，,:：（(补另]|不动产|房屋)|家(?=[0-9一二两三四五六]{1,2}[口人])"
)
_TOLD = re.compile(
    rf"[(（][{HAN}]{{1,8}}[)）]|[，,](?:因[^素此为]|系[本我该]|家庭|住本|原系)"
    r"|[ ]?\d[\d,.]*(?:元|万元|亩|平方米)|家(?=补偿|[，,。；新有又院门])"
)
_NUMBERS = ("〔", "[", "【")
"""What opens the year of a document's number (江人发〔2026〕5号)."""

COUNTED = (
    r"(?:户(?![口籍主])|人(?![员民均])|名(?![下义字])|口(?![述头供])|位(?![于置])|亩"
    r"|兄弟|姐妹|夫妻|父子|父女|母子|母女)"
)
_SETTLEMENTS = frozenset("村庄屯寨沟湾坝塘堡坪")
_SETTLED = re.compile(rf"[一二两三四五六七八九十]{{1,3}}[余几多]?{COUNTED}")
_FACT_HEADS = "等户家"
_LISTED = rf"[{HAN}]{{2,4}}(?:[(（][^()（）\n]{{1,12}}[)）])?"
_LIST_BEFORE = re.compile(
    rf"(?P<head>[{HAN}]{{2,12}})(?:[(（][^()（）\n]{{1,12}}[)）])?(?:、{_LISTED}){{0,6}}、\Z"
)
_LIST_AFTER = re.compile(rf"(?:、{_LISTED}(?=、)){{0,6}}、(?P<tail>[{HAN}]{{2,12}})")
_LIST_REACH = 60
_RANKS = (FACT, WHO, DEED, REACH, MEEK, THING, STOP, PAUSE, OTHER)
"""What speaks for persons most comes first."""


class _Table(NamedTuple):
    """Hold words with what they say, found by the letter at their edge."""

    kinds: Mapping[str, str]
    lexicon: Lexicon


def _table(kinds: Sequence[tuple[str, frozenset[str]]]) -> _Table:
    """Join kinds of words; what is of several kinds is of the last."""
    words = {word: says for says, listed in kinds for word in listed}
    return _Table(words, Lexicon(frozenset(words)))


@cache
def _before() -> _Table:
    who = (word for kind in _WHO for word in cues(kind) if len(word) > 1)
    return _table([(REACH, cues("reach") | cues("title")), (WHO, frozenset(who))])


@cache
def _after() -> _Table:
    own = frozenset("的" + word for word in cues("part") | cues("thing"))
    return _table(
        [
            (MEEK, cues("verb") | cues("meek")),
            (THING, frozenset("的")),
            (DEED, frozenset(word for word in cues("act") if len(word) > 1) | cues("deed") | own),
            (FACT, cues("strong") | cues("part") | cues("courtesy")),
        ]
    )


@cache
def tails() -> str:
    """List the letters that what hands over to a person ends with."""
    return "".join(sorted(_before().lexicon.tails))


@cache
def heads() -> str:
    """List the letters that what follows a person begins with."""
    return "".join(sorted({*_after().lexicon.heads, *_FACT_HEADS}))


@cache
def who_ends() -> frozenset[str]:
    """List the last two letters of what says who somebody is."""
    return frozenset(word[-2:] for word, kind in _before().kinds.items() if kind == WHO)


def before(text: str, at: int) -> str:
    """Say what stands before ``at``; before a list it stands before each of its members."""
    if text.endswith("、", 0, at) and (
        found := _LIST_BEFORE.search(text, max(0, at - _LIST_REACH), at)
    ):
        start, end = found.span("head")
        heads = (_before_name(text, end - size) for size in (2, 3) if end - size >= start)
        return min(heads, key=_RANKS.index)
    return _before_name(text, at)


def _before_name(text: str, at: int) -> str:
    left = text[max(0, at - 8) : at]
    if not left or not is_han(left[-1]):
        counted = left[-1:].isdigit()
        return WHO if label_before(text, at) else OTHER if counted else PAUSE
    word = _before().lexicon.ends(left)
    return _before().kinds[word] if word else OTHER


def after(text: str, at: int, words: Words) -> str:
    """Say what follows ``at``; what follows a list follows each of its members."""
    if text.startswith("、", at) and (found := _LIST_AFTER.match(text, at, at + _LIST_REACH)):
        start, end = found.span("tail")
        ends = (_after_name(text, start + n, words) for n in (2, 3) if start + n <= end)
        return min(ends, key=_RANKS.index)
    return _after_name(text, at, words)


def _after_name(text: str, at: int, words: Words) -> str:
    """Say what follows a name; a word that only begins like one of ours is another (毕业|生)."""
    right = text[at : at + 12]
    if is_settled(text, at):
        return OTHER
    if _FACT.match(right):
        return FACT
    if _TOLD.match(right):
        return MEEK
    if not right or not is_han(right[0]):
        return OTHER if right[:1] in _NUMBERS else STOP
    word = _after().lexicon.begins(right)
    if not word or (len(word) > 1 and words.get(right[: len(word) + 1], 0.0)):
        return OTHER
    return _after().kinds[word]


def is_settled(text: str, at: int) -> bool:
    """Say whether those are counted who live in the place that ends at ``at`` (王庄三户)."""
    return text[at - 1 : at] in _SETTLEMENTS and _SETTLED.match(text, at) is not None
