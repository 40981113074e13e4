"""Addresses as they are published: down to 乡镇 or 街道, nothing below."""

from __future__ import annotations

import re
import unicodedata

LEVELS = ("province", "city", "county", "township")

# A road, a house or a number never belongs to the name of a district: with one of these in it, a
# match would carry private parts of the address into what is published.
_NAME = r"(?:(?!大道|小区|社区|花园|公寓|街(?!镇|道|街道))[^\W\d_路巷弄号栋幢室组省县区])"
_NO_ROAD = r"(?![东西南北中前后新]?(?:路|街(?!道)|巷|弄|大道))"
_MUNICIPALITY = r"(?:北京|天津|上海|重庆)市"

_STEPS = {
    "province": re.compile(
        rf"{_MUNICIPALITY}|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|{_NAME}{{2,3}}?省"
        r"|(?:香港|澳门)特别行政区"
        r"|(?:内蒙古|广西|西藏|宁夏|新疆)(?=[^\W\d_]{2,4}[市盟州])"
    ),
    "city": re.compile(
        rf"{_NAME}{{2,10}}?自治州|{_NAME}{{2,5}}?(?:地区|盟)"
        rf"|{_NAME}{{1,5}}?(?<![超夜菜])市(?!场|民|政|花园|广场|之|家园|名|风|新村|中心|人家|街|路)"
    ),
    "county": re.compile(
        rf"{_NAME}{{2,13}}?自治[县旗]|{_NAME}{{1,5}}?[县旗]"
        rf"|{_NAME}{{1,5}}?(?<![小社校厂园院库景片宅活舍])区"
        rf"|{_NAME}{{1,4}}?(?<![超夜菜])市(?!场|民|政|花园|广场|之|家园|名|风|新村|中心|人家|街|路)"
    ),
    "township": re.compile(
        rf"{_NAME}{{1,7}}?(?:街道(?!办)|街道(?=办事处)|苏木)|{_NAME}{{1,9}}?(?:民族乡|(?<!街)[镇乡]|街镇(?!政府)){_NO_ROAD}"
    ),
}


def administrative_part(address: str, level: str) -> str:
    """Give the beginning of an address down to ``level``, or to the lowest level above it.

    ``level`` is one of ``LEVELS``. Empty where no level is recognised: what is not understood
    is not published.
    """
    text = "".join(unicodedata.normalize("NFKC", address).split())
    position = 0
    for step in LEVELS[: LEVELS.index(level) + 1]:
        if match := _STEPS[step].match(text, position):
            position = match.end()
    return text[:position]
