"""Addresses below the township: where a person lives, or where an office stands.

A number that follows a road, a village, an estate or a building anchors an address; it is
followed left to its beginning and right to the room. After a label (家庭住址：, 家住) no number
is needed. A bare administrative name down to the township is no finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from detectors.base import Hit, Passage
from detectors.vocabulary import Words, place_words, segment, word_list
from review.finding import Entity, Role


def _any(kind: str) -> str:
    """Write a kind of ``data/places.txt`` as one alternation, longest words first."""
    words = sorted(place_words(kind), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})"


_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_STOP_SIGNS = "的在与和于为是被将及对至迁到往由从经"
_NAME = rf"(?:(?![{_STOP_SIGNS}])[{_HAN}])"
_ORDINAL = "一二三四五六七八九十百"
_NUMBER = rf"(?:[A-Za-z]{{0,2}}\d{{1,5}}[A-Za-z]?|[{_ORDINAL}]{{1,4}}|[甲乙丙丁A-Z])"
_NUMBERS = rf"{_NUMBER}(?:(?:[-－—~～/_]|之)[0-9A-Za-z{_ORDINAL}]{{1,5}}){{0,3}}"
_UNIT = rf"{_any('unit')}(?!{_any('not_unit')})"
_SIDE = "(?:[东西南北中]{1,2}(?:段|侧|区|巷|街|路|里|门|弄)?)?"
# 中心400-820-1234 and 中心020-8312-3456 ring; they do not lead to a door.
_NO_TELEPHONE = r"(?!0|[48]00-\d{3}-\d{4})"
_ANCHOR = re.compile(
    rf"{_any('carrier')}{_SIDE}[ ]?"
    rf"(?:{_NUMBERS}[ ]?{_UNIT}|{_NO_TELEPHONE}\d{{1,4}}(?:-\d{{1,5}}){{1,2}}(?![\d-]))"
    rf"|(?<=村)[{_HAN}]{{1,4}}组(?![织成长建合])"
    rf"|(?<=[{_HAN}A-Z]){_NUMBERS}(?:号楼|栋|幢|座)"
    rf"[-—]?(?:{_NUMBERS}(?:单元|单|室|号|层|楼|户)|\d{{3,4}})"
    rf"|(?<=[{_HAN}])(?<![话线机真电打拨号]){_NO_TELEPHONE}\d{{1,3}}-\d{{1,3}}-\d{{3,4}}(?![\d-])"
)
_MORE = re.compile(
    rf"[ -]?(?:{_NAME}{{2,10}}?)?"
    rf"(?:(?:地下|负)?{_NUMBERS}[ ]?{_UNIT}|\d{{1,3}}(?:-\d{{1,5}}){{1,2}}"
    r"|[-—]?[A-Za-z]?\d{2,5}(?!\d|[年月日元万个人米亩天%.:：]))"
)
_PLACE_END = re.compile(rf"[ ]?(?:{_NAME}|[A-Z]){{2,10}}?{_any('estate')}(?![{_HAN}])")
_BODY = re.compile(rf"[{_HAN}A-Za-z0-9_\-－—·]+(?:[ ][{_HAN}0-9]+){{0,6}}\Z")
_DATE = re.compile(r"\d+[年月日时分元万亿]|[%％]")
_PROVINCE = _any("province")
_PROVINCE_START = re.compile(
    rf"{_PROVINCE}(?=省|市|自治区|特别行政区)"
    rf"|{_PROVINCE}(?=[{_HAN}]{{2,5}}?(?:市|地区|自治州|盟|自治县|县))"
    rf"|(?<![{_HAN}]){_PROVINCE}(?![路街东西南北])"
)
_ADMIN = re.compile(
    rf"(?:中国)?(?:[{_HAN}]{{2,8}}?(?:省|自治区|特别行政区)|{_PROVINCE}(?!市))?[ ]?"
    rf"(?:[{_HAN}]{{2,9}}?(?:市|自治州|州|盟|地区))?[ ]?"
    rf"(?:[{_HAN}]{{1,9}}?(?:自治县|县|(?<![小社园校景库厂宿业])区|市|旗))?[ ]?"
    rf"(?:[{_HAN}]{{1,8}}?(?:街道办事处|街道办|街道|民族乡|镇|乡|苏木))?"
)
_HOME_LABEL = re.compile(
    rf"{_any('home_label')}(?:[(（][^()（）\n]{{1,10}}[)）])?[ ]?(?:[:：]|为|是)[ ]*"
    rf"|{_any('home_verb')}(?![所房院宿宅址户建])"
    r"(?=[^\n，。；]{0,30}[村路街号室组栋巷寨屯区庄苑])"
)
_VALUE = re.compile(r"[^,，。;；、\n|\t:：《》“”〔〕【】\[\]]{3,60}")
_CLAUSE = re.compile(r"[于因系的被经与为由在已自]")
_AFTER = re.compile(rf"[ ]*{_any('after')}")
_DETAIL = re.compile(rf"[{_HAN}]{{2,12}}?{_any('deep')}|{_NUMBERS}{_UNIT}|[{_HAN}]{{1,4}}组|\d-\d")
_SHALLOW = re.compile(rf"{_any('shallow')}\Z")
_HOME_HEADER = re.compile(rf"{_any('home_header')}|地\s*址\Z")
_HOME_SIGN = re.compile("家庭|户籍|居住|家住|现住|坐落")
_OFFICE_LABEL = re.compile(
    rf"{_any('office')}[{_HAN}]{{0,4}}(?:地\s*址|地点|位置|场所|所在地|住所)|经营场所|建设地点"
)
_SEAT = re.compile(rf"[ ]?[{_HAN}]{{0,12}}?{_any('seat')}")
_SEAT_WITHIN = re.compile("政府|委员会|服务中心|大厅")
_SITE = re.compile(rf"{_any('site')}[{_HAN}，,]{{0,6}}(?:位于|坐落于?|选址于?|设在|设于|在)\Z")
_RESIDENTIAL = re.compile(_any("residential"))
_COMPANY = re.compile(_any("company"))
_PERSON = re.compile(_any("person"))


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    score: float
    reason: str
    role: Role


class AddressRecognizer:
    """Find addresses; those of offices and project sites carry the role ``OFFICE``.

    ``words`` prices ordinary words; by them the beginning of an address in a sentence is found.
    """

    name = "address"
    entities = (Entity.CN_ADDRESS,)

    def __init__(self, words: Words | None = None) -> None:
        self._words = words or word_list()
        self._stops = place_words("stop")

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield addresses that say more than the township; the hit covers the whole address."""
        text = passage.text
        covered = 0
        places = [*_in_cells(passage), *_labelled(text)]
        places += _outside(self._anchored(text), places)
        for place in sorted(places, key=lambda p: (p.start, -p.end)):
            if place.start < covered:
                continue
            covered = place.end
            yield Hit(
                Entity.CN_ADDRESS, place.start, place.end, place.score, place.reason, place.role
            )

    def _anchored(self, text: str) -> Iterator[_Place]:
        reached = 0
        for anchor in _ANCHOR.finditer(text):
            if anchor.start() < reached:
                continue
            start = self._begin(text, anchor.start(), reached)
            end = _finish(text, anchor.end())
            value = text[start:end]
            sure = bool(re.search("[省市县区镇乡]", value)) or len(_DETAIL.findall(value)) > 1
            bare = anchor.group()[0].isdigit() and not sure
            if anchor.start() == start or bare or not _goes_deep(value):
                continue
            reached = end
            role = _role(text, max(0, start - 12), start, start, end)
            yield _Place(start, end, 0.8 if sure else 0.6, "含道路、村组或楼栋门牌的地址", role)

    def _begin(self, text: str, at: int, reached: int) -> int:
        """Walk left from an anchor to where the address begins."""
        body = _BODY.search(text, max(reached, at - 40), at)
        if body is None:
            return at
        start = body.start()
        for date in _DATE.finditer(text, start, at):
            start = date.end()
        begin = start
        for first, last in segment(text[start:at], self._words):
            word = text[start + first : start + last]
            if word in self._stops and not _joins_roads(text, start + first):
                begin = start + last
        province = _PROVINCE_START.search(text, begin, at)
        return province.start() if province else begin


def _outside(found: Iterable[_Place], sure: Iterable[_Place]) -> list[_Place]:
    """Keep the places that no surer one overlaps, in linear time."""
    taken = {position for place in sure for position in range(place.start, place.end)}
    return [p for p in found if taken.isdisjoint(range(p.start, p.end))]


def _joins_roads(text: str, at: int) -> bool:
    """Say whether the word at ``at`` joins two roads (凤凰路与华奥路交叉口)."""
    return text[at] in "与和及" and text[at - 1 : at] in {"路", "街", "道"}


def _labelled(text: str) -> Iterator[_Place]:
    for label in _HOME_LABEL.finditer(text):
        value = _VALUE.match(text, label.end())
        if value is None:
            continue
        colon = label.group().rstrip(" ").endswith((":", "："))
        end = _value_end(text, value.start(), value.end(), colon=colon)
        if end - value.start() < 4 or not _goes_deep(text[value.start() : end], labelled=colon):
            continue
        line = text.rfind("\n", 0, label.start()) + 1
        role = _role(text, max(line, label.start() - 12), label.end(), value.start(), end)
        reason = f"“{label.group().strip(' :：')[:6]}”之后"
        yield _Place(value.start(), end, 0.92 if colon else 0.85, reason, role)


def _finish(text: str, end: int) -> int:
    """Walk right over further buildings, units, floors and rooms."""
    for _ in range(6):
        more = _MORE.match(text, end)
        if more is None:
            break
        end = more.end()
    place = _PLACE_END.match(text, end)
    return place.end() if place else end


def _value_end(text: str, start: int, end: int, *, colon: bool) -> int:
    """Cut what a label introduces down to the address."""
    if stop := _AFTER.search(text, start + 2, end):
        end = stop.start()
    end = _bracket_end(text, start, end)
    deepest = max((detail.end() for detail in _DETAIL.finditer(text, start, end)), default=start)
    if not colon:
        return deepest
    if deepest > start and _CLAUSE.match(text, deepest, end):
        return deepest
    return start + len(text[start:end].rstrip(" "))


def _bracket_end(text: str, start: int, end: int) -> int:
    """Stop at a bracket that closes what was opened before the address: （住址：…31号）于…."""
    open_brackets = 0
    for place in range(start, end):
        open_brackets += (text[place] in "(（") - (text[place] in ")）")
        if open_brackets < 0:
            return place
    return end


def _goes_deep(value: str, *, labelled: bool = False) -> bool:
    """Say whether an address tells more than the township; a label needs no known form."""
    admin = _ADMIN.match(value)
    rest = value[admin.end() if admin else 0 :].strip(" ")
    if labelled and rest != value and len(rest) > 1:
        return True
    return _DETAIL.search(rest) is not None and not _SHALLOW.search(rest)


def _role(text: str, first: int, label_end: int, start: int, end: int) -> Role:
    """Tell an office from a home: by label, by what the address names, by what stands near."""
    label, value = text[first:label_end], text[start:end]
    if _OFFICE_LABEL.search(label) or _SITE.search(text[max(0, start - 20) : start]):
        return Role.OFFICE
    if _RESIDENTIAL.search(value) or _HOME_SIGN.search(label):
        return Role.UNKNOWN
    if _SEAT.match(text, end) or _SEAT_WITHIN.search(value):
        return Role.OFFICE
    near = text[max(0, first - 80) : first] + text[end : end + 40].split("\n")[0]
    if not re.search("地址|住所", label) or _PERSON.search(near):
        return Role.UNKNOWN
    return Role.OFFICE if _COMPANY.search(near) else Role.UNKNOWN


def _in_cells(passage: Passage) -> Iterator[_Place]:
    for start, end, header in passage.headers:
        office = _OFFICE_LABEL.search(header)
        if not office and not _HOME_HEADER.search(header):
            continue
        value = passage.text[start:end]
        first = start + len(value) - len(value.lstrip())
        last = start + len(value.rstrip())
        if last - first >= 3 and _goes_deep(value.strip(), labelled=True):
            role = Role.OFFICE if office else Role.UNKNOWN
            yield _Place(first, last, 0.95, f"表头“{header.strip()[:8]}”之下", role)
