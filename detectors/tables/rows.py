"""Whether the row of a cell is about a person or counts people."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_PERSON = re.compile(
    r"姓\s*名|户主|身份证|证件号|电话|手机|申请人|患者|对象|领取人|受益人|学生|死者|伤者|当事人|性别|年龄|出生"
)
_COUNT = re.compile(
    r"户数|人数|人次|数量|占比|比例|比重|合计|总数|限额|额度|报销|标准|资金|总额|万元|单位:|增幅"
)
_WIDEST = 60


class Rows:
    """Look into the row around a cell; ``headers`` are those of a passage, in order of place."""

    def __init__(self, headers: Sequence[tuple[int, int, str]]) -> None:
        self._headers = headers
        self._starts = [start for start, _, _ in headers]

    def tells_of_person(self, offset: int) -> bool:
        """Say whether the row names somebody or, if it does not, at least counts nothing.

        A table of 病种 and 报销比例, of 民族 and 人数 is about nobody.
        """
        row = self.cells(offset)
        if any(_PERSON.search(header) for _, _, header in row):
            return True
        return not any(_COUNT.search(header) for _, _, header in row)

    def beside(self, offset: int, header: re.Pattern[str]) -> bool:
        """Say whether another cell of the row stands under such a header."""
        return any(header.search(text) for _, _, text in self.cells(offset))

    def cells(self, offset: int) -> Sequence[tuple[int, int, str]]:
        """Give the cells around one until a header comes again: a new row has begun."""
        index = bisect_right(self._starts, offset) - 1
        seen = {self._headers[index][2]}
        first = last = index
        while first and last - first < _WIDEST:
            header = self._headers[first - 1][2]
            if header in seen:
                break
            seen.add(header)
            first -= 1
        while last + 1 < len(self._headers) and last - first < _WIDEST:
            header = self._headers[last + 1][2]
            if header in seen:
                break
            seen.add(header)
            last += 1
        return self._headers[first : last + 1]
