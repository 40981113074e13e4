"""Addresses in tables: the column says that a cell is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detectors.addresses.role import OFFICE_LABEL
from detectors.addresses.shape import Place, goes_deep, is_part, level_of, split
from detectors.addresses.words import any_of, is_generic
from detectors.base import Passage
from detectors.tables.rows import Rows
from review.finding import Role

_HOME_HEADER = re.compile(rf"{any_of('home_header')}|地\s*址(?=\Z|[及和与、/])")
_TELEPHONE = re.compile(
    r"(?<![\s,，;；/、])[\s,，;；/、]++(?:联系)?(?:电话|手机)?[:： ]*"
    r"(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|(?:0\d{2,3}[ -]?)?[2-8]\d{6,7})\s*\Z"
)
"""What a column of addresses and telephones holds behind the address."""
_HOUSE_HEADER = re.compile(r"村组|组别|村民小组|门牌号?码?|楼?栋号?|楼栋房号|房间?号|室号|单元号?")
_PEOPLE = re.compile("姓\\s*名|户主|业主|住户|承租人|申请人|权利人")
_PLAIN = re.compile(r"(?:单位|注册|通讯|联系|详细)?地\s*址|住所地?|所在地")
_FIRM_HEADER = re.compile(r"名\s*称|供应商|投标人|中标|成交|候选人|单位|企业|公司|机构|主体")
# Whoever makes or sells food is published with the address of the business (食品安全法 118).
_SAMPLED = re.compile(r"(?:被抽样|被采样|抽样|生产|经营|经销|销售)(?:单位|企业|者|场所|商)")
_PARTY = re.compile("被执行人|被处罚人|当事人|相对人")
_FIRM = re.compile(
    r"[\u3400-\u9fff]{3}(?:公司|集团|研究院|设计院|事务所)(?:[(（][^()（）]{1,12}[)）])?\Z"
)
_KIND = re.compile("性质|类[型别]|状态|情况")
_NO_VALUE = re.compile(r"同上|不详|未知|暂无|[\W\d_]*")


def in_cells(passage: Passage) -> Iterator[Place]:
    """Yield the cells that hold an address, or a part of one in a list of people."""
    people = any(_PEOPLE.search(header) for _, _, header in passage.headers)
    rows = Rows(passage.headers)
    for start, end, header in passage.headers:
        value = passage.text[start:end]
        first = start + len(value) - len(value.lstrip())
        last = start + len(_TELEPHONE.sub("", value).rstrip())
        if first < last and _is_address_cell(passage.text, first, last, header, people=people):
            office = OFFICE_LABEL.search(header) or _is_firms(
                passage.text, header, rows.cells(start)
            )
            role = Role.OFFICE if office else Role.UNKNOWN
            reason = f"表头“{header.strip()[:8]}”之下"
            yield Place(first, last, 0.95, reason, role, level_of(passage.text, first, last))


def _is_firms(text: str, header: str, row: Sequence[tuple[int, int, str]]) -> bool:
    """Say whether a plain 地址 stands in the row of a company, and no person's (中标供应商)."""
    if not _PLAIN.fullmatch(header.strip()) or any(_PEOPLE.search(one) for _, _, one in row):
        return False
    if any(_SAMPLED.search(one) for _, _, one in row):
        return True
    firms = {one: _FIRM.search(text[start:end].strip()) for start, end, one in row}
    parties = [firm for one, firm in firms.items() if _PARTY.search(one)]
    named = any(firm for one, firm in firms.items() if _FIRM_HEADER.search(one))
    return all(parties) and (named or bool(parties))


def _is_address_cell(text: str, first: int, last: int, header: str, *, people: bool) -> bool:
    """Judge a cell by its column; in a list of people a house number has one of its own."""
    value = text[first:last]
    if _HOUSE_HEADER.fullmatch(header.strip()):
        return people and is_part(value)
    if _KIND.search(header) or _NO_VALUE.fullmatch(value):
        return False
    home = _HOME_HEADER.search(header)
    if len(value) < 3 or not (home or OFFICE_LABEL.search(header)):
        return False
    public = split(text, first)
    if goes_deep(text, public, last, labelled=True):
        return True
    # What stands in a column of homes and is no division is taken for a home.
    return home is not None and not public.level and not is_generic(value)
