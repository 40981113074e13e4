"""Addresses after a label: 家庭住址：, 户籍地为, 家住."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.addresses.role import role_of
from detectors.addresses.shape import (
    Place,
    Split,
    continues,
    deepest,
    finish,
    goes_deep,
    level_of,
    split,
)
from detectors.addresses.words import HAN, NAME, any_of, words_of_a_sentence
from detectors.text.telltales import headed
from detectors.text.vocabulary import Words
from review.finding import Role

_HAMLET = re.compile(rf"{NAME}{{2,5}}")
_HOME_LABEL = headed(
    rf"{any_of('home_label')}(?:[(（][^()（）\n]{{1,10}}[)）])?"
    r"(?:[ ]?(?:[:：]|为|是|位于)[ ]*|[ ]+)"
    rf"|{any_of('home_verb')}[在于]?(?![住所房院宿宅址处地户建人用证权期])"
)
_VALUE = re.compile(r"[^,，。;；、\n|\t:：《》“”〔〕【】\[\]]{3,60}")
# 借住岳父严家旺家（枫树坪村下屋组14号）: with whom somebody lives is no part of where.
_HOST = re.compile(
    rf"(?:(?!村|组|路|街)[{HAN}]){{1,8}}?(?:家[里中]?|住?处|那里)[(（]"
    rf"(?=[^()（）\n]*[)）](?![{HAN}0-9]))"
)
_CLAUSE = re.compile(r"[于因系的被经与为由在已自]")
_OF = re.compile("[的，。]")
_AND = re.compile("(?<=[号室组户楼栋幢元])[和与及]")
_AFTER = re.compile(rf"[ ]*{any_of('after')}")
# 家住洪田镇上寨村，: the village itself lies below the township.
_VILLAGE = re.compile(rf"[{HAN}]{{2,6}}?(?:村|社区)(?=[，,。；;）)\n]|\Z)")
_NATIVE = re.compile(
    rf"(?<=[，,；;（(])(?P<value>[{HAN}]{{2,18}}?(?:乡|镇|街道)[{HAN}]{{2,6}}?(?:村|社区))"
    r"(?=(?:村民|居民|人)[，,。；;）)\n])"
)
_NEXT_LINE = re.compile(r"\n[ ]*(?=[^\n:：]{2,40}(?:\n|[,，。;；]|\Z))")


def labelled(text: str, words: Words) -> Iterator[Place]:
    """Yield the addresses that a label introduces; after a colon no known form is needed."""
    reached = 0
    for label in _HOME_LABEL.finditer(text):
        host = _HOST.match(text, label.end())
        value = _VALUE.match(text, host.end() if host else label.end())
        if value is None or label.start() < reached:
            continue
        colon = label.group().rstrip(" ").endswith((":", "："))
        public = split(text, value.start())
        end = _value_end(text, public, value, words, colon=colon)
        if public.end >= end:
            end = _on_the_next_line(text, end, words)
        deep = goes_deep(text, public, end, labelled=colon)
        if (
            not deep
            and public.level == "township"
            and (village := _VILLAGE.match(text, public.end))
        ):
            end, deep = village.end(), True
        if end - value.start() < 3 or not deep:
            continue
        line = text.rfind("\n", 0, label.start()) + 1
        role = role_of(text, max(line, label.start() - 12), label.end(), value.start(), end)
        reason = f"“{label.group().strip(' :：')[:6]}”之后"
        reached = end
        level = level_of(text, value.start(), end) if end > value.end() else public.level
        yield Place(value.start(), end, 0.92 if colon else 0.85, reason, role, level)


def natives(text: str) -> Iterator[Place]:
    """Yield the village of which somebody is told to be (，洪田镇核桃村人，)."""
    for match in _NATIVE.finditer(text):
        start, end = match.span("value")
        public = split(text, start)
        if public.level == "township" and public.end < end:
            yield Place(start, end, 0.7, "写明是哪个村的人", Role.UNKNOWN, public.level)


def _on_the_next_line(text: str, end: int, words: Words) -> int:
    """Go on over a line end where only the divisions stood before it."""
    line = _NEXT_LINE.match(text, end)
    if line is None:
        return end
    last = min((i for i in (text.find("\n", line.end()),) if i >= 0), default=len(text))
    if not continues(text, line.end(), last):
        return end
    return finish(text, deepest(text, line.end(), last), words)


def _value_end(text: str, public: Split, value: re.Match[str], words: Words, *, colon: bool) -> int:
    """Cut what a label introduces down to the address."""
    start, end = value.span()
    if stop := _AFTER.search(text, start + 2, end):
        end = stop.start()
    end = _bracket_end(text, start, end)
    if stop := _AND.search(text, start, end):
        end = stop.start()
    if not colon and (stop := _OF.search(text, start, end)):
        end = stop.start()
    last = deepest(text, start, end)
    if not colon:
        last = min(end, finish(text, last, words))
        return _rest_of_clause(text, last, end, words) if public.level else last
    if last > start and _CLAUSE.match(text, last, end):
        return last
    return start + len(text[start:end].rstrip(" "))


def _rest_of_clause(text: str, last: int, end: int, words: Words) -> int:
    """Take in the name of a hamlet at the end of the clause (五里村鸭池塘)."""
    if text[last - 1] not in "村区会" or not _HAMLET.fullmatch(text, last, end):
        return last
    return last if any(words_of_a_sentence(text, last, end, words)) else end


def _bracket_end(text: str, start: int, end: int) -> int:
    """Stop at a bracket that closes what was opened before the address: （住址：…31号）于…."""
    open_brackets = 0
    for place in range(start, end):
        open_brackets += (text[place] in "(（") - (text[place] in ")）")
        if open_brackets < 0:
            return place
    return end
