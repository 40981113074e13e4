"""军官证, 士兵证 and other papers of the forces: a 字第 number of eight digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.tables.columns import digits_in, governed
from detectors.text.labels import labelled, spaced, values
from review.finding import Entity

_DIGITS = r"[0-9]{8}(?![0-9])"
_NUMBERED = re.compile(
    rf"[军兵士文武政后装参联沈北兰济南广成海空战][ ]?{spaced('字')}[ ]?第?[ ]?(?P<value>{_DIGITS})"
)
_LABELLED = labelled(
    "军官证 士兵证 义务兵证 士官证 警官证 文职干部证 文职人员证 军人证 军人身份证 军队离休干部证 "
    "军队退休证 军人保障卡 退役军人证 退伍证 军人证件 军官证件",
    r"(?:[\u4e00-\u9fff][ ]?字第?[ ]?)?[0-9]{5,10}(?![0-9*])",
)


class MilitaryIdRecognizer:
    """Find numbers of military papers by 某字第…号 or the name of the paper."""

    name = "military_id"
    entities = (Entity.CN_MILITARY_ID,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        covered: set[int] = set()
        for pattern in (_NUMBERED, _LABELLED):
            for start, end in values(pattern, passage.text):
                if covered.isdisjoint(range(start, end)):
                    covered.update(range(start, end))
                    yield Hit(Entity.CN_MILITARY_ID, start, end, 0.85, "军人证件编号")
        for start, end, _ in governed(passage, Entity.CN_MILITARY_ID):
            if covered.isdisjoint(range(start, end)) and digits_in(passage.text[start:end]) >= 4:
                yield Hit(Entity.CN_MILITARY_ID, start, end, 0.6, "表头为军人证件")
