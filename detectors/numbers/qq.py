"""QQ numbers beside their label; a group's number leads to persons too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.tables.columns import digits_in, governed
from detectors.text.numerals import CHINESE_DIGITS
from review.finding import Entity

_DIGIT = f"[0-9{CHINESE_DIGITS}]"
_LABELLED = re.compile(
    r"(?:(?<![A-Za-z])Q[ ]?Q|扣扣|企鹅号)[ ]{0,2}(?:工作|交流|咨询)?(?:群|号码|账号|帐号|号){0,2}"
    r"[ ]{0,2}[:为是]{0,2}[ ]{0,3}"
    rf"(?P<value>(?!0){_DIGIT}(?:[ \-]?{_DIGIT}){{4,10}})(?!{_DIGIT}|[@*])",
    re.IGNORECASE,
)

_WORDS = ("Q", "q", "扣扣", "企鹅号")


class QqRecognizer:
    """Find QQ numbers of five to eleven digits."""

    name = "qq"
    entities = (Entity.QQ_NUMBER,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        covered: set[int] = set()
        named = any(word in passage.text for word in _WORDS)
        for match in _LABELLED.finditer(passage.text) if named else ():
            covered.update(range(*match.span("value")))
            yield Hit(Entity.QQ_NUMBER, *match.span("value"), 0.85, "旁有QQ字样")
        for start, end, _ in governed(passage, Entity.QQ_NUMBER):
            if covered.isdisjoint(range(start, end)) and digits_in(passage.text[start:end]) >= 5:
                yield Hit(Entity.QQ_NUMBER, start, end, 0.7, "表头为QQ号")
