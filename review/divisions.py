"""Administrative divisions: how far an address is public, from the province to the township.

Known names come from ``division_names``; a name that the list lacks (newer than it, a 团场, an
开发区) is read by its form, and then only where nothing of a road, an estate or a house is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

LEVELS = ("province", "city", "county", "township")
LONGEST_NAME = 15
"""Characters of the longest known name."""

_LONGEST_SHORT = 4
_PROVINCE, _CITY, _COUNTY, _TOWNSHIP = range(4)
_GAP = re.compile(r"(?:[ _\-—·.,，、/|]|市辖区)*")
_NO_ROAD = r"(?![东西南北中前后新]?(?:路|街(?!道|镇)|巷|弄|大道))"
_NO_MARKET = r"(?!场|民|政|花园|广场|之|家园|名|风|新村|中心|人家|街|路)"
# A road, a house or a number never belongs to the name of a district: with one of these in it, a
# match would carry private parts of the address into what is published.
_NAME = r"(?:(?!大道|小区|社区|花园|公寓|街(?!镇|道|街道))[^\W\d_路巷弄号栋幢室组省县区])"
_PLAIN = r"(?:(?!农场|林场)[^\W\d_路街巷弄号栋幢室组省市县区村社镇乡屯庄苑里])"
_COUNT = r"(?:\d{1,3}|[一二三四五六七八九十百〇○零]{1,4})"
# A quarter, the part of an estate: the counties that end so are all known by name.
_NO_COUNTY = "小社校厂园院库景片宅活舍置街属墅业老新东西南北中一二三四五六七八九十A-DF-W"
_ZONE = (
    rf"{_PLAIN}{{1,10}}?(?:经济技术开发区|(?:高新技术)?产业开发区|开发区|高新区|经开区|度假区"
    rf"|保税区|示范区|管理区|风景名胜区|新区(?={_PLAIN}{{1,6}}(?:街道|镇|乡)))"
)
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_NAME}{{2,3}}?省|(?:新疆)?生产建设兵团|(?:香港|澳门)特别行政区",
        rf"{_NAME}{{2,10}}?自治州|{_NAME}{{2,5}}?(?:地区|盟)|(?:第|农){_COUNT}师"
        rf"|{_NAME}{{1,5}}?(?<![超夜菜])市{_NO_MARKET}",
        rf"{_NAME}{{2,13}}?自治[县旗]|(?:(?![镇乡]){_NAME}){{1,5}}?县"
        rf"|(?:某|{_NAME}{{2,4}}?)(?<![{_NO_COUNTY}])(?<!开发)区"
        rf"|{_NAME}{{1,4}}?(?<![超夜菜])市{_NO_MARKET}",
        rf"(?:第?{_COUNT}团(?:场|(?!结|委|部|员|长))|{_NAME}{{1,7}}?(?:街道(?!办)|街道(?=办事处)|苏木)"
        rf"|(?:(?!村){_NAME}){{1,9}}?(?:民族乡|(?<!街)[镇乡]|街镇(?!政府))"
        rf"|{_PLAIN}{{1,8}}?(?:[农林牧渔盐茶]场|农林场|种[畜禽]场|[原良]种场|办事处)){_NO_ROAD}",
    )
)
_COMMON = re.compile(
    "[全本我该各每][省市县区乡镇]|城市|都市|县市|城区|市区|山区|老区|灾区|城镇|乡镇|集镇|建制镇|城乡|家乡"
)
"""What is formed like the name of a division and names none."""
_ZONED = re.compile(_ZONE)
_NATION = "(?:[\u3400-\u9fff]{1,6}族)+"
_SUFFIX = re.compile(
    rf"(?:回族|壮族|维吾尔)?自治区|特别行政区|(?:{_NATION}|蒙古|哈萨克|柯尔克孜)?自治州|地区|[省市盟]"
)
_LAST = re.compile("[省市县区旗盟州镇乡道木]")


@dataclass(frozen=True, slots=True)
class Division:
    """Name one division in a text: its level of ``LEVELS`` and its place, end exclusive."""

    level: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Known:
    """Hold the levels of each known name, and the names of provinces and cities cut short."""

    levels: Mapping[str, tuple[int, ...]]
    reach: Mapping[str, int]
    """Length of the longest name for each beginning of two characters."""
    short: Mapping[str, int]

    def longest(self, text: str, start: int, above: int) -> tuple[int, int] | None:
        """Give (level, end) of the longest known name at ``start`` that lies below ``above``."""
        reach = self.reach.get(text[start : start + 2], 0)
        for end in range(min(len(text), start + reach), start + 1, -1):
            for level in self.levels.get(text[start:end], ()):
                if level > above and not _road_follows(text, end, level):
                    return level, end
        return None

    def cut_short(self, text: str, start: int) -> tuple[int, int] | None:
        """Give (level, end) of a name without its suffix; a whole name must follow it."""
        for end in range(min(len(text), start + _LONGEST_SHORT), start + 1, -1):
            level = self.short.get(text[start:end])
            if level is None:
                continue
            gap = _GAP.match(text, end)
            follows = gap.end() if gap else end
            if self.longest(text, follows, level - 1) or (
                level == _PROVINCE and self.cut_short(text, follows)
            ):
                return level, end
        return None


@cache
def _known() -> _Known:
    # Half a megabyte of names: read at the first address, not at every start of the program.
    from review import division_names as names

    levels: dict[str, tuple[int, ...]] = dict.fromkeys(names.TOWNSHIPS.split(), (_TOWNSHIP,))
    for level, listed in (
        (_COUNTY, f"{names.COUNTIES} {names.FORMER_COUNTIES}"),
        (_CITY, f"{names.CITIES} {names.FORMER_CITIES}"),
        (_PROVINCE, names.PROVINCES),
    ):
        for name in listed.split():
            levels[name] = (level, *levels.get(name, ()))
    reach: dict[str, int] = {}
    for name in levels:
        reach[name[:2]] = max(reach.get(name[:2], 0), len(name))
    short = {
        cut: level
        for level, listed in ((_CITY, names.CITIES), (_PROVINCE, names.PROVINCES))
        for name in listed.split()
        if len(cut := _SUFFIX.sub("", name)) > 1
    }
    return _Known(levels, reach, short)


def divisions(text: str, start: int = 0) -> tuple[Division, ...]:
    """Read the divisions that an address names from ``start`` on, from the province down.

    Levels may be missing and be repeated (``浙江杭州浙江省杭州市``); white space and ``_-·,/`` may
    stand between them.
    """
    return tuple(_read(text, start))


def _read(text: str, start: int) -> Iterator[Division]:
    above, end = -1, start
    county = False
    while True:
        begin = end
        if end > start and (gap := _GAP.match(text, end)):
            begin = gap.end()
        if found := _named(text, begin, above):
            above, end = found
            level = above
        elif above < _TOWNSHIP and (zone := _ZONED.match(text, begin)):
            # Beside a county a zone is a part of it, and a township may follow all the same.
            above, end = max(above, _COUNTY), zone.end()
            level = _TOWNSHIP if county else _COUNTY
        elif found := _shaped(text, begin, above):
            above, end = found
            level = above
        else:
            return
        county = county or level == _COUNTY
        yield Division(LEVELS[level], begin, end)


def _named(text: str, start: int, above: int) -> tuple[int, int] | None:
    """Give (level, end) of the known division at ``start``, whole or cut short."""
    known = _known()
    if found := known.longest(text, start, above):
        return found
    if above >= _PROVINCE:
        again = known.longest(text, start, -1)
        if again and again[0] <= _CITY and known.longest(text, again[1], again[0]):
            return again
    return known.cut_short(text, start)


def _shaped(text: str, start: int, above: int) -> tuple[int, int] | None:
    """Give (level, end) of what is formed like the name of a division."""
    if _COMMON.match(text, start):
        return None
    for level in range(above + 1, len(LEVELS)):
        if shape := _SHAPES[level].match(text, start):
            return level, shape.end()
    return None


_ROAD = re.compile(r"[东西南北中前后新]?(?:路|街(?!道|镇)|巷|弄|大道)")


def _road_follows(text: str, end: int, level: int) -> bool:
    """Say whether a name is the beginning of a road's (``新镇路``); not for the higher levels."""
    return level >= _COUNTY and _ROAD.match(text, end) is not None


def first_known(text: str, start: int, end: int) -> int | None:
    """Find where the first known division between ``start`` and ``end`` begins, None without one.

    Names of two characters (城区, 新镇) are too common to begin an address.
    """
    known = _known()
    for last in _LAST.finditer(text, start + 2, end):
        for begin in range(max(start, last.end() - LONGEST_NAME), last.end() - 2):
            if text[begin : last.end()] in known.levels:
                return _with_short_names(text, start, begin)
    return None


def cut_short(text: str, start: int) -> int:
    """Give the end of a province's or a city's name without its ending (江西), else ``start``."""
    short = _known().short
    ends = range(start + _LONGEST_SHORT, start + 1, -1)
    return next((end for end in ends if text[start:end] in short), start)


def shortened(text: str, start: int) -> int:
    """Give the end of a city's or a county's name of two letters without its ending (舒城)."""
    name, known = text[start : start + 2], _known()
    if name in known.short or f"{name}县" in known.levels or f"{name}市" in known.levels:
        return start + 2
    return start


def _with_short_names(text: str, start: int, begin: int) -> int:
    """Step left over names cut short and those of two characters: 浙江台州 before 温岭市, 漳县."""
    known = _known()
    while True:
        for first in range(max(start, begin - _LONGEST_SHORT), begin - 1):
            name = text[first:begin]
            if name in known.short or (name[-1] == "县" and name in known.levels):
                begin = first
                break
        else:
            return begin
