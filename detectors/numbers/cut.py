"""Numbers that a label announces and that break off where a text ends, to go on in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detectors.numbers import mobile
from detectors.numbers.pieces import is_running_text
from detectors.text.labels import labelled
from detectors.text.normalise import fold
from review.document import Block
from review.finding import Entity

_IDENTITY = "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码"
_PLATE = "车牌 车牌号 车牌号码 号牌 号牌号码 车号"
_KINDS = (
    (Entity.PHONE_NUMBER, (11,), labelled(f"{mobile.LABELS} 号码", r"1[3-9][0-9]{1,8}\Z")),
    (Entity.CN_ID_CARD, (18,), labelled(_IDENTITY, r"[1-9][0-9]{2,16}\Z")),
    (Entity.CN_LICENSE_PLATE, (7, 8), labelled(_PLATE, r"[\u4e00-\u9fff][A-Z][0-9A-Z]{0,4}\Z")),
)
"""What is announced how, and its length."""
_REACH = 40
_REST = re.compile(
    r"[ ]*(?P<digits>[0-9]{1,15}X?|(?=[A-Z]*[0-9])[0-9A-Z]{2,6})"
    r"(?![0-9A-Za-z.:、/%年月日元]|,[0-9])",
    re.IGNORECASE,
)
"""How a text goes on with digits that begin no item, date or amount; with letters in a plate."""


def cut_numbers(blocks: Sequence[Block]) -> Iterator[tuple[Entity, int]]:
    """Yield numbers broken off at the foot of a column, each with its block.

    Something must be there that makes them whole, wherever it stands.
    """
    texts = [(n, block.text) for n, block in enumerate(blocks) if is_running_text(block)]
    rests = (_REST.match(fold(text[:_REACH])) for _, text in texts)
    lengths = {len(rest["digits"]) for rest in rests if rest}
    for number, text in texts if lengths else ():
        if not text[-1:].isalnum():
            continue
        end = fold(text[-_REACH:])
        for entity, whole, pattern in _KINDS:
            cut = pattern.search(end)
            if cut and any(length - len(cut["value"]) in lengths for length in whole):
                yield entity, number
