"""Dates of birth: only with words of birth, a header, or beside the person's own description."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.tables.columns import governed, meaning
from detectors.text.dates import DATE, compact
from detectors.text.labels import any_of
from detectors.text.numerals import CHINESE_DIGITS
from review import checks
from review.finding import Entity

# Right after such words a number can be nothing else: 199001, 90.1.2.
_SHORT = (
    r"(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])|[0-9]{2}[./\-][01]?[0-9](?:[./\-][0-3]?[0-9])?)"
    r"(?![0-9./\-])"
)
_NOTE = r"(?:\([^()\n]{0,8}\))?[ \t]{0,3}[:于为是在]{0,2}[ \t]{0,4}"
_BEFORE = re.compile(
    # Only a label stands in the line above its value: after 1990年1月2日出生 a new line begins.
    rf"(?:(?:{any_of('出生日期 出生年月 出生年月日 出生时间 生日')}{_NOTE}(?:[ \t]*\n)?"
    rf"|{any_of('出生 诞生 生辰')}|(?<![产发学先医考师新招花滋孳衍])生[ ]?于){_NOTE}"
    rf"(?P<value>{DATE}|{_SHORT}))"
)
_AFTER = re.compile(
    rf"(?P<value>{DATE})[ ]?(?:\([^()\n]{{1,6}}\))?[ ]?"
    r"(?:出[ ]?生(?!人口|率|缺陷|医学|证|登记|数|队列|婴儿|地)"
    r"|生(?=[,。;、)\]〕\s]|人(?![\u4e00-\u9fff])|于|$))"
)
_PERSON = re.compile(
    rf"[男女][,、;\s][ ]?(?:[\u4e00-\u9fff]{{1,5}}族[,、;\s][ ]?)?(?P<value>{DATE})(?![至到\-~])"
)
_ID_CARD = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?P<birthday>(?:19|20)[0-9]{6})[0-9]{3}[0-9Xx](?![0-9])"
)
# What each pattern cannot do without; found many times faster than the pattern fails.
_WORD = re.compile(r"出[ \t]{0,2}生|生[ \t]{0,2}[日辰]|诞[ \t]{0,2}生|生[ ]?于")
_WORD_AFTER = re.compile(rf"[0-9{CHINESE_DIGITS}十拾年月日号)][ ]?(?:出[ ]?)?生")
_SEX = re.compile(r"[男女][,、;\s]")
_DATE = re.compile(DATE)
_DATE_LIKE = re.compile(r"[0-9〇零一二三四五六七八九]{2}")
_REACH = 40
_WITH_MONTH = 6


class BirthDateRecognizer:
    """Find birthdays; other dates of a document are none."""

    name = "birth_date"
    entities = (Entity.BIRTH_DATE,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered: set[int] = set()
        others = _under_another_header(passage)
        for start, end, score, reason in (*_worded(text, others), *_beside_id(text)):
            if covered.isdisjoint(range(start, end)):
                covered.update(range(start, end))
                yield Hit(Entity.BIRTH_DATE, start, end, score, reason)
        for start, end, _ in governed(passage, Entity.BIRTH_DATE):
            if covered.isdisjoint(range(start, end)) and _DATE_LIKE.search(text[start:end]):
                yield Hit(Entity.BIRTH_DATE, start, end, 0.8, "表头为出生日期")


def _under_another_header(passage: Passage) -> frozenset[int]:
    """Give where cells begin whose header says that they hold something else (准考证号)."""
    return frozenset(
        start
        for start, _, header in passage.headers
        if meaning(header) not in (Entity.BIRTH_DATE, Entity.CN_ID_CARD)
    )


def _worded(text: str, others: frozenset[int]) -> Iterator[tuple[int, int, float, str]]:
    for pattern, sign, score, reason in (
        (_BEFORE, _WORD, 0.95, "前有出生字样"),
        (_AFTER, _WORD_AFTER, 0.9, "后有出生字样"),
        (_PERSON, _SEX, 0.75, "紧跟性别的日期"),
    ):
        if not sign.search(text):
            continue
        for match in pattern.finditer(text):
            # 女，1985年结婚: a bare year after the sex is no birthday.
            if pattern is not _PERSON or (
                len(match["value"]) >= _WITH_MONTH and match.start("value") not in others
            ):
                yield (*match.span("value"), score, reason)


def _beside_id(text: str) -> Iterator[tuple[int, int, float, str]]:
    """Find dates that equal the birthday inside an identity number of the same line."""
    for card in _ID_CARD.finditer(text):
        if not checks.id_card(card[0]):
            continue
        for start, end in (
            (max(text.rfind("\n", 0, card.start()) + 1, card.start() - _REACH), card.start()),
            (card.end(), card.end() + _REACH),
        ):
            for match in _DATE.finditer(text, start, min(end, len(text))):
                if compact(match[0]) == card["birthday"]:
                    yield (*match.span(), 0.9, "与身份证号码中的出生日期一致")
