"""The disclosure attribute (公开属性) as forms and imprints give it: a label, then one of three.

An imprint (版记) ends with 公开方式 (GB/T 9704-2012), and the form on which the drafter proposes
the attribute at the source (公开属性源头认定) has a box for each of the three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from review.case import Attribute
from review.document import Block, BlockKind

_NAMES: Mapping[str, Attribute] = {
    "主动公开": Attribute.PROACTIVE,
    "公开发布": Attribute.PROACTIVE,
    "依申请公开": Attribute.ON_REQUEST,
    "不予公开": Attribute.WITHHELD,
    "不公开": Attribute.WITHHELD,
}
_TICKED, _EMPTY = "☑☒√✓✔✅■●◉\uf052\uf0fe", "□☐○〇◯\uf0a8\uf06f"


def _spaced(word: str) -> str:
    return "[ ]*".join(word)


_LABEL = re.compile(
    r"(?:^|(?<=[ |;,。]))(?:(?:政府|政务)?[ ]*信[ ]*息|政[ ]*务)?[ ]*公[ ]*开[ ]*"
    rf"(?:{'|'.join(map(_spaced, ('属性', '方式', '类别', '类型', '形式', '选项')))})"
    r"[ ]*(?:\([^()]{0,20}\))?[ ]*"
)
_NAME = "|".join(f"(?P<n{number}>{_spaced(name)})" for number, name in enumerate(_NAMES))
_BOX = rf"[\[(][ ]*(?P<within>[{_TICKED}xX]?)[ ]*[\])]|(?P<bare>[{_TICKED}{_EMPTY}])"
_TOKEN = re.compile(rf"{_NAME}|(?P<box>{_BOX})")
_CHOICE = re.compile(
    rf":?[ |]*(?P<given>(?:(?:{_NAME}|(?:{_BOX}))[ 、,/;|]*)+)"
    r"(?:$|[。;,(]|(?=[\u4e00-\u9fff]{2,8}[ ]*:))"
)


def labelled_attributes(blocks: Sequence[Block]) -> Iterator[tuple[int, Attribute]]:
    """Yield (block index, attribute) where a label is followed by its value, or by a ticked box.

    The value stands behind the label, in the cells beside it, or in the next line. Boxes of which
    none or several are ticked decide nothing.
    """
    for index, block in enumerate(blocks):
        text = _plain(block.text)
        for label in _LABEL.finditer(text):
            rest = text[label.end() :]
            if not rest.strip(":"):
                rest += " ".join(_plain(each.text) for each in _beside(blocks, index, rest != ""))
            if (choice := _CHOICE.match(rest)) and (found := _chosen(choice["given"])):
                yield index, found
                break


def _plain(text: str) -> str:
    """Fold widths and blanks, and take the marks of Markdown away at the beginning."""
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("**", "").split())
    return plain.lstrip("|#*- ")


def _beside(blocks: Sequence[Block], index: int, colon: bool) -> Iterator[Block]:
    """Yield the cells right of a label; in running text the next line, led to by a colon."""
    cell = blocks[index].cell
    if cell is None:
        following = islice(blocks, index + 1, index + 2)
        yield from (b for b in following if colon and b.kind is BlockKind.PARAGRAPH)
        return
    for block in islice(blocks, index + 1, None):
        beside = block.cell
        if beside is None or (beside.table, beside.row) != (cell.table, cell.row):
            return
        if beside.column != cell.column:
            yield block


def _chosen(given: str) -> Attribute | None:
    tokens = list(_TOKEN.finditer(given))
    names = [token for token in tokens if token["box"] is None]
    if len(names) == len(tokens):
        return _attribute(names[0]) if len(names) == 1 else None
    owners = [_owner(given, tokens, place) for place, t in enumerate(tokens) if _is_ticked(t)]
    return _attribute(owners[0]) if len(owners) == 1 and owners[0] else None


def _is_ticked(token: re.Match[str]) -> bool:
    mark = token["within"] or token["bare"]
    return token["box"] is not None and bool(mark) and mark in f"{_TICKED}xX"


def _owner(given: str, tokens: Sequence[re.Match[str]], place: int) -> re.Match[str] | None:
    """Give the choice that a box belongs to: the one that it touches, else as all boxes stand."""
    box = tokens[place]
    left = tokens[place - 1] if place and tokens[place - 1]["box"] is None else None
    right = next((t for t in tokens[place + 1 : place + 2] if t["box"] is None), None)
    touches = (
        left if left and left.end() == box.start() else None,
        right if right and right.start() == box.end() else None,
    )
    if (touches[0] is None) != (touches[1] is None):
        return touches[0] or touches[1]
    if left is None or right is None:
        return left or right
    each_has_one = 2 * sum(token["box"] is not None for token in tokens) == len(tokens)
    if not each_has_one:
        return None
    return right if tokens[0]["box"] is not None else left


def _attribute(token: re.Match[str]) -> Attribute:
    return next(
        attribute
        for number, attribute in enumerate(_NAMES.values())
        if token[f"n{number}"] is not None
    )
