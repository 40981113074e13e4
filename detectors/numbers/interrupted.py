"""Mobiles and identity numbers that a word in brackets interrupts: 1389（移动）1633777."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from review import checks
from review.finding import Entity

_WORD = r"\([ ]?(?P<word>[\u4e00-\u9fff]{2,6})[ ]?\)"
# It begins with a set of letters, so that the search skips quickly what has none of them.
_HEAD = r"[1-9](?<![0-9A-Za-z\-].)(?<![0-9][.,].)[0-9]{1,16}"
_TAIL = r"[0-9]{1,16}X?"
# Behind the second part another bracket is the unit of a second figure.
_PARTED = re.compile(rf"(?P<head>{_HEAD}){_WORD}(?P<tail>{_TAIL})(?![0-9A-Za-z%(]|[.,][0-9])")
_FIGURE = re.compile(
    r"(?:[元吨米亩顷里斤升克瓦时度次个件项座台辆套年月日天]|(?<![农住租业商大])户|(?<![本家亲夫爱他她系托理证])人"
    r"|(?<![在住回老])家)\Z"
)
"""What a figure in brackets is counted in: no 本人, no 在家."""


@lru_cache(maxsize=1)
def interrupted(text: str) -> tuple[tuple[Entity, int, int], ...]:
    """Give (entity, start, end) of numbers that are sound without the word between their parts."""
    return tuple(_found(text)) if "(" in text else ()


def _found(text: str) -> Iterator[tuple[Entity, int, int]]:
    for match in _PARTED.finditer(text):
        number = match["head"] + match["tail"]
        if _FIGURE.search(match["word"]):
            continue
        if checks.mobile(number):
            yield Entity.PHONE_NUMBER, *match.span()
        elif checks.id_card(number):
            yield Entity.CN_ID_CARD, *match.span()
