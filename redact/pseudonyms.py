"""Names as they are published: 张某某; 张某甲, 张某乙 where several must be told apart; 张*丰."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from itertools import count

SOMEONE = "某某"

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_MIDDLE_DOTS = "·•・‧∙⋅．.･"
_COMPOUND_SIGNS = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容"
    "仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐"
    "段干百里呼延东郭南门羊舌微生公户公玉梁丘左丘东门西门第五歐陽司馬諸葛尉遲赫連鍾離長孫鮮于軒轅"
)
_COMPOUND = frozenset(
    a + b for a, b in zip(_COMPOUND_SIGNS[::2], _COMPOUND_SIGNS[1::2], strict=True)
)


def name_key(name: str) -> str:
    """Fold a name so that spaced, full-width and dotted spellings are one person."""
    folded = unicodedata.normalize("NFKC", name)
    kept = (c for c in folded if c.isalnum() or c in "*某")
    return "".join(kept).casefold()


def is_bare(name: str) -> bool:
    """Say whether a text is a surname and nothing else (王 of 王先生)."""
    return name_key(name) == surname(name).casefold()


def surname(name: str) -> str:
    """Give the part of a name that may stay: the surname, or the first sign of a dotted name."""
    folded = "".join(unicodedata.normalize("NFKC", name).split())
    letters = "".join(c for c in folded if c.isalnum())
    dotted = any(dot in folded.strip(_MIDDLE_DOTS) for dot in _MIDDLE_DOTS)
    if not dotted and len(letters) > 2 and letters[:2] in _COMPOUND:
        return letters[:2]
    return letters[:1]


def starred(name: str) -> str:
    """Write 张*丰 or 王*; one star however long the name, no last sign where it tells the rest."""
    family = surname(name)
    given = "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum())[len(family) :]
    ordinary = all("\u3400" <= c <= "\U0003ffff" for c in given) and len(given) == 2
    if ordinary and given[0] != given[1]:
        return f"{family}*{given[1]}"
    return f"{family}*"


def pseudonyms(people: Mapping[str, str], standing: Collection[str] = ()) -> Mapping[str, str]:
    """Give each person of a case one pseudonym; ``people`` maps a key to a name written in full.

    In order of first appearance: one bearer of a surname becomes 张某某; several become 张某甲,
    张某乙, …. What is ``standing`` in the published text as a name of somebody, masked or not, is
    never given to somebody else.
    """
    families: dict[str, list[str]] = {}
    for key, name in people.items():
        families.setdefault(surname(name).casefold(), []).append(key)
    taken = {name_key(name) for name in (*people.values(), *standing)}
    given: dict[str, str] = {}
    for bearers in families.values():
        family = surname(people[bearers[0]])
        alone = family + SOMEONE
        if len(bearers) == 1 and name_key(alone) not in taken:
            given[bearers[0]] = alone
            continue
        marks = (family + "某" + mark for mark in _marks())
        free = (mark for mark in marks if name_key(mark) not in taken)
        given |= dict(zip(bearers, free, strict=False))
    return given


def _marks() -> Iterator[str]:
    yield from _STEMS
    yield from _BRANCHES
    yield from map(str, count(len(_STEMS) + len(_BRANCHES) + 1))
