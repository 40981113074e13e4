"""Numbers of which a mask shows a part: how many fit it, and what two masks show together.

Identity numbers follow GB 11643 (region 6, birthday 8, sequence 3, check digit); mobile numbers
have eleven digits, bank cards mostly sixteen or nineteen, plates (GA 36) five or six signs behind
province and office, passports and travel permits a letter or two and seven or eight digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detectors.text.dates import DATE, compact
from detectors.text.normalise import fold
from detectors.text.numerals import to_ascii

MOST_CANDIDATES = 1000
"""A masked number that fits no more people than this is as good as written out."""
LEAST_HIDDEN = 4
"""A mobile number of which fewer digits are hidden is soon tried out."""
_LEAST_HIDDEN_OF_PLATE = 2
"""A plate of which one sign is hidden fits a few dozen vehicles, of which one is of that kind."""
ALIKE = 7
"""Digits that two masks must share to be of one number, where nothing else says so."""
IDENTITY, MOBILE = 18, 11
CARDS = frozenset({16, 17, 19})
"""Digits of a bank card (ISO/IEC 7812); what has eighteen is taken for an identity number."""
HIDDEN = "*"

_SIGNS = "*＊×■█●○□▇"
_TOKEN = re.compile(rf"(?<![0-9A-Za-z{_SIGNS}])[0-9{_SIGNS}xX]{{8,24}}(?![0-9A-Za-z{_SIGNS}])")
_SPACED = re.compile(
    rf"(?<![0-9A-Za-z{_SIGNS}])[0-9]{{2,8}}[ -](?:[{_SIGNS}]{{2,14}}|[xX]{{2,14}})"
    rf"[ -][0-9]{{2,8}}[0-9xX]?(?![0-9A-Za-z{_SIGNS}])"
)
_MASK = re.compile(rf"[{_SIGNS}]+|[xX]{{2,}}")
_OF_IDENTITY = re.compile(r"身份证|公民身份|身份号码|证件号")
_OF_CARDS = re.compile(r"卡号|银行卡|[账帐][号户]|存折|卡折")
_PLATE = re.compile(
    rf"(?P<office>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z])[·.• ]?"
    rf"(?P<rest>[0-9A-Z{_SIGNS}]{{5,6}})(?![0-9A-Za-z{_SIGNS}])"
)
_PAPER = re.compile(
    rf"(?<![0-9A-Za-z{_SIGNS}])[A-Z]{{1,2}}[0-9{_SIGNS}]{{7,8}}(?![0-9A-Za-z{_SIGNS}])"
)
_LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z{_SIGNS}])0[0-9]{{2,3}}[- ]?[0-9{_SIGNS}]{{7,8}}(?![0-9A-Za-z{_SIGNS}])"
)
_OF_PAPERS = re.compile(r"护照|通行证|往来|回乡证|台胞证|证件")
_CENTURY = re.compile(r".{6}(?:[1*][89*]|[2*][0*])")
_LEAST_SHOWN = 4
_EVERY_BIRTHDAY = 36_500
_YEARS, _DAYS = 100, 366


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold what a mask shows of a number: one sign a place, ``*`` where it is hidden."""

    signs: str

    @property
    def hidden(self) -> int:
        return self.signs.count(HIDDEN)

    def shared(self, other: Shown) -> int:
        """Count the places that both show alike; -1 where they cannot be one number."""
        if len(self.signs) != len(other.signs):
            return -1
        pairs = [p for p in zip(self.signs, other.signs, strict=True) if HIDDEN not in p]
        return len(pairs) if all(a == b for a, b in pairs) else -1

    def joined(self, other: Shown) -> Shown:
        """Give what both show together."""
        pairs = zip(self.signs, other.signs, strict=True)
        return Shown("".join(b if a == HIDDEN else a for a, b in pairs))


def shown_of(mask: str, length: int) -> Shown:
    """Lay a mask over a number of this length; a short mask shows its head and its tail."""
    pieces = _MASK.split(mask)
    if len(mask) == length:
        return _laid(mask)
    head, tail = pieces[0][:length], pieces[-1][: length - len(pieces[0])]
    return Shown((head + HIDDEN * (length - len(head) - len(tail)) + tail).upper())


def _laid(mask: str) -> Shown:
    return Shown(_MASK.sub(lambda m: HIDDEN * len(m[0]), mask).upper())


def masked_numbers(text: str, before: str = "") -> Iterator[tuple[int, int, Shown]]:
    """Yield (start, end, what is shown) of the masked identity, mobile and card numbers of a text.

    ``before`` is what governs the text (the header of its column).
    """
    for match in (*_TOKEN.finditer(text), *_SPACED.finditer(text)):
        token = re.sub("[ -]", "", match[0])
        if not _MASK.search(token) or sum(map(str.isdigit, token)) < _LEAST_SHOWN:
            continue
        around = before + text[max(0, match.start() - 15) : match.start()]
        if _OF_IDENTITY.search(around) or (len(token) == IDENTITY and not _OF_CARDS.search(around)):
            shown = shown_of(token, IDENTITY)
            if len(token) <= IDENTITY and _CENTURY.match(shown.signs):
                yield match.start(), match.end(), shown
        elif len(token) == MOBILE and token[0] in "1" + _SIGNS:
            yield match.start(), match.end(), shown_of(token, MOBILE)
        elif len(token) in CARDS and _OF_CARDS.search(around):
            yield match.start(), match.end(), shown_of(token, len(token))


def other_masks(text: str, before: str = "") -> Iterator[tuple[int, int, Shown]]:
    """Yield, as ``masked_numbers`` does, masked plates, landlines, passports and permits."""
    for match in _PLATE.finditer(text):
        if _MASK.search(match["rest"]):
            yield *match.span(), _laid(match["office"] + match["rest"])
    for match in _LANDLINE.finditer(text):
        if _MASK.search(match[0]):
            yield *match.span(), _laid(re.sub("[ -]", "", match[0]))
    for match in _PAPER.finditer(text):
        around = before + text[max(0, match.start() - 15) : match.start()]
        if _MASK.search(match[0]) and _OF_PAPERS.search(around):
            yield *match.span(), _laid(match[0])


def is_short(shown: Shown) -> bool:
    """Say whether so few signs of a number are hidden that all can be tried; not for identities."""
    plate = not shown.signs[:1].isascii()
    return shown.hidden < (_LEAST_HIDDEN_OF_PLATE if plate else LEAST_HIDDEN)


def candidates(number: str, shown: Shown, beside: str) -> int:
    """Estimate how many identity numbers fit what is ``shown`` and what stands ``beside`` it.

    ``number`` is the true one, empty where nobody knows it.
    """
    hidden = [sign == HIDDEN for sign in shown.signs]
    region = _ways(hidden[:6])
    if _REGION.search(beside):
        region = 1
    sequence = _ways(hidden[14:17])
    if hidden[16] and re.search(r"(?<![子儿])[男女](?![方])", beside):
        sequence //= 2
    total = region * _birthdays((number or shown.signs)[6:14], hidden[6:14], beside, bool(number))
    total *= max(sequence, 1)
    return total if hidden[17] else max(total // 11, 1)


_REGION = re.compile(
    r"(?:住|户籍|籍贯|地址|出生地|[乡镇村])[^。；\n]{0,20}?[\u4e00-\u9fff]{2}(?:[县旗区镇乡]|街道)"
)
"""Where somebody's county is told, the six digits of the region are as good as told."""
_DATE = re.compile(DATE)
_BORN = re.compile(r"出生|生于|生日|生人")
_BIRTH_REACH = 8
_DAY = re.compile(r"(?P<month>\d{1,2})[ ]?[月./-][ ]?(?P<day>\d{1,2})(?!\d)")
_AGE = re.compile(r"(?<!\d)\d{1,3}[ ]?(?:周岁|岁)|年龄[:： ]{0,3}\d{1,3}(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})[ ]?年")


def _birthdays(born: str, hidden: Sequence[bool], beside: str, known: bool) -> int:
    """Count the birthdays that fit; ``born`` is the true one, or what is shown of it."""
    plain = fold(beside)
    for match in _DATE.finditer(plain):
        day = compact(match[0]) or ""
        if _agrees(born, day) and (known or _is_birth(plain, *match.span())):
            return 1
    years = min(_ways(hidden[:4]), _years(born, to_ascii(plain), known))
    days = min(_ways(hidden[4:]), _days(born, plain, known))
    return min(years * days, _EVERY_BIRTHDAY)


def _years(born: str, plain: str, known: bool) -> int:
    for match in _YEAR.finditer(plain):
        if _agrees(born[:4], match[1]) and (known or _is_birth(plain, *match.span())):
            return 1
    return 2 if _AGE.search(plain) else _YEARS


def _days(born: str, plain: str, known: bool) -> int:
    for match in _DAY.finditer(plain):
        day = f"{int(match['month']):02d}{int(match['day']):02d}"
        if _agrees(born[4:], day) and (known or _is_birth(plain, *match.span())):
            return 1
    return _DAYS


def _agrees(shown: str, told: str) -> bool:
    return Shown(shown).shared(Shown(told)) >= 0


def _is_birth(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - _BIRTH_REACH) : end + _BIRTH_REACH]
    return _BORN.search(around) is not None


def _ways(hidden: Sequence[bool]) -> int:
    """Count the digits that may stand in the hidden places."""
    return int("1" + "0" * sum(hidden))
