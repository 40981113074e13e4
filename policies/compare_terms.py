"""What changed between two negative lists: what is found more, less or otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policies.changes import Change, Kind, listed, ranked
from policies.names import LEVEL_NAMES, WHERE_NAMES
from policies.strength import LEVEL_STRENGTH
from review.policy import Term, Where

_WHERE = "负面清单"


def compare_terms(old: Iterable[Term], new: Iterable[Term]) -> Iterator[Change]:
    """Yield one change for each term that came, went or differs, by its weightiest difference."""
    before = {term.text: term for term in old}
    after = {term.text: term for term in new}
    for text, term in after.items():
        if text not in before:
            yield Change(Kind.NEW, _WHERE, f"新增“{text}”（{LEVEL_NAMES[term.level]}）")
        elif term != before[text]:
            yield _change(before[text], term)
    for text, term in before.items():
        if text not in after:
            yield Change(Kind.REMOVED, _WHERE, f"去掉了“{text}”（{LEVEL_NAMES[term.level]}）")


def _change(old: Term, new: Term) -> Change:
    differences = list(_differences(old, new))
    kinds = {kind for kind, _ in differences}
    kind = next((k for k in (Kind.WEAKER, Kind.STRONGER) if k in kinds), Kind.CHANGED)
    words = "；".join(words for _, words in differences) or "的类别、依据或来源有改动"
    return Change(kind, _WHERE, f"“{new.text}”{words}")


def _differences(old: Term, new: Term) -> Iterator[tuple[Kind, str]]:
    """Yield how a term finds less, more or other than before, with the words for it."""
    if old.level is not new.level:
        kind = ranked((LEVEL_STRENGTH[old.level],), (LEVEL_STRENGTH[new.level],))
        yield kind, f"由“{LEVEL_NAMES[old.level]}”级改为“{LEVEL_NAMES[new.level]}”级"
    lists = (
        ("例外", old.unless, new.unless, Kind.WEAKER, Kind.STRONGER),
        ("变体", old.variants, new.variants, Kind.STRONGER, Kind.WEAKER),
        ("不邻近的词", old.not_near, new.not_near, Kind.WEAKER, Kind.STRONGER),
        ("邻近的词", old.near, new.near, *_by_near(old, new)),
    )
    for name, before, after, more, fewer in lists:
        if added := set(after) - set(before):
            yield more, f"增加{name}：{listed(added)}"
        if gone := set(before) - set(after):
            yield fewer, f"减少{name}：{listed(gone)}"
    if old.within != new.within and (new.near or new.not_near):
        yield Kind.CHANGED, f"邻近的范围由 {old.within} 字改为 {new.within} 字"
    if old.where is not new.where:
        kind = ranked((old.where is Where.ANYWHERE,), (new.where is Where.ANYWHERE,))
        yield kind, f"由只看{WHERE_NAMES[old.where]}改为只看{WHERE_NAMES[new.where]}"
    if old.since != new.since:
        kind = Kind.WEAKER if new.since > old.since else Kind.STRONGER
        yield kind, f"启用日期由 {old.since} 改为 {new.since}"
    if old.until != new.until:
        kind = Kind.WEAKER if _end(new) < _end(old) else Kind.STRONGER
        yield kind, f"停用日期由“{old.until or '不停用'}”改为“{new.until or '不停用'}”"


def _by_near(old: Term, new: Term) -> tuple[Kind, Kind]:
    """Give the kinds of more and of fewer words: the first narrows a term, the rest widen it."""
    more = Kind.STRONGER if old.near else Kind.WEAKER
    fewer = Kind.WEAKER if new.near else Kind.STRONGER
    return more, fewer


def _end(term: Term) -> str:
    return term.until or "9999-12-31"
