"""统一社会信用代码 (GB 32100-2015), 18 signs with a check sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors import checks
from detectors.base import Hit, Passage
from detectors.columns import governed
from detectors.labels import any_of, near
from review.finding import Entity

_SHAPE = re.compile(r"(?<![A-Za-z0-9])[1-9A-Ya-y](?:[ \-]?[0-9A-Za-z]){17}(?![A-Za-z0-9])")
_LABEL = re.compile(any_of("信用代码 机构代码 税号 纳税人识别号"))


class UsccRecognizer:
    """Find credit codes by their check sign, or by their label where it is wrong."""

    name = "uscc"
    entities = (Entity.CN_USCC,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered: set[int] = set()
        for match in _SHAPE.finditer(text):
            if score := _score(text, match):
                covered.update(range(*match.span()))
                yield Hit(Entity.CN_USCC, *match.span(), score, "统一社会信用代码格式")
        for start, end, _ in governed(passage, Entity.CN_USCC):
            if covered.isdisjoint(range(start, end)):
                yield Hit(Entity.CN_USCC, start, end, 0.6, "表头为信用代码")


def _score(text: str, match: re.Match[str]) -> float:
    code = match[0].replace(" ", "").replace("-", "")
    beside = near(_LABEL, text, match.start(), match.end(), 30, 0)
    if checks.uscc(code) and (beside or checks.uscc_plausible(code)):
        return 0.0 if checks.id_card(code) and not beside else 0.95
    return 0.6 if beside and code[2:8].isdigit() else 0.0
