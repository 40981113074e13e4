"""Who has lost a paper: notices of loss begin with him (幸福遗失机动车登记证书，声明作废)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit
from detectors.names.evidence import FAIR, HAN
from detectors.names.lists import WORD_AMONG_NAMES, fits
from detectors.text.vocabulary import NameStatistics, Words
from review.finding import Entity

_NAME = rf"[{HAN}]{{2,4}}?"
_NAMES = rf"(?P<names>{_NAME}(?:、{_NAME}){{0,4}})"
_LOST = re.compile("[遗丢]失")
_LOSER = re.compile(
    rf"(?:\A|(?<=[。；;：:\n\u3000 ])){_NAMES}(?:[(（][^()（）\n]{{1,30}}[)）])?"
    rf"(?:因[^，,。；;\n]{{1,10}}[，,]?)?(?:不慎)?(?:[将把][^，,。；;\n]{{2,24}})?\Z"
)
_OWNER = re.compile(
    rf"{_NAMES}(?=的|持有|所持|名下|身份证|房屋|土地|宅基地|林权|不动产|驾驶|行驶|残疾)"
)
_PAPER = re.compile(r"[证照卡书](?![明人])|合同|协议|发票|收据|票据|保[险单]|[公印]章|车牌|号牌")
_REACH = 60


def lost_papers(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Yield whoever stands whole before 遗失 with a paper behind it, or right behind 遗失."""
    for lost in _LOST.finditer(text):
        found = (
            _LOSER.search(text, max(0, lost.start() - _REACH), lost.start()),
            _OWNER.match(text, lost.end()),
        )
        for match in found:
            if match and _PAPER.search(text, match.start(), lost.end() + _REACH):
                yield from _people(text, *match.span("names"), words, names)


def _people(text: str, start: int, end: int, words: Words, names: NameStatistics) -> Iterator[Hit]:
    for name in text[start:end].split("、"):
        if fits(name, names) and words.get(name, WORD_AMONG_NAMES) >= WORD_AMONG_NAMES:
            yield Hit(Entity.PERSON, start, start + len(name), FAIR, "其后写明遗失证件")
        start += len(name) + 1
