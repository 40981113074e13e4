"""车牌 (GA 36-2018): five-sign plates, six-sign plates of new-energy cars, and special suffixes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.columns import governed
from review.finding import Entity

_SIGN = "A-HJ-NP-Za-hj-np-z0-9"
_PLATE = re.compile(
    r"(?:WJ[ ]?)?[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][ ]?"
    rf"[A-HJ-NP-Za-hj-np-z][ ]?[·.\-]?[ ]?"
    rf"(?P<signs>[0-9]{{5}}[A-Ka-k]|[A-Ka-k][{_SIGN}][0-9]{{4}}"
    rf"|[{_SIGN}]{{4}}[{_SIGN}挂学警港澳试超])(?![A-Za-z0-9])"
)


class LicensePlateRecognizer:
    """Find number plates; at least one of the signs must be a digit."""

    name = "license_plate"
    entities = (Entity.CN_LICENSE_PLATE,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        covered: set[int] = set()
        for match in _PLATE.finditer(passage.text):
            if any("0" <= sign <= "9" for sign in match["signs"]):
                covered.update(range(*match.span()))
                yield Hit(Entity.CN_LICENSE_PLATE, *match.span(), 0.9, "机动车号牌格式")
        for start, end, _ in governed(passage, Entity.CN_LICENSE_PLATE):
            if covered.isdisjoint(range(start, end)):
                yield Hit(Entity.CN_LICENSE_PLATE, start, end, 0.6, "表头为车牌号")
