"""车牌 (GA 36-2018): five-sign plates, six-sign plates of new-energy cars, and special ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.tables.columns import digits_in, governed
from detectors.text.labels import any_of, near
from detectors.text.telltales import headed
from review.finding import Entity

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
# I and O are no signs of a plate: a scan made them of 1 and 0.
_SIGN = r"(?:[ ]?[A-Za-z0-9])"
_MARK = r"[ ]?[·.\-]?[ ]?"
_PLATE = re.compile(
    rf"{_PROVINCE}[ ]?[A-HJ-NP-Za-hj-np-z]{_MARK}"
    rf"(?P<signs>(?:[ ]?[0-9]){{5}}[ ]?[A-Ka-k]|[A-Ka-k]{_SIGN}(?:[ ]?[0-9]){{4}}"
    rf"|{_SIGN}{{4}}(?:{_SIGN}|[ ]?[挂学警港澳试超领]))(?![A-Za-z0-9])"
    rf"|WJ[ ]?{_PROVINCE}?{_MARK}(?P<police>[0-9]{{4}}[0-9A-Za-z])(?![A-Za-z0-9])"
)
# Others have signs that numbers beside a verb have too (使123456): they need a word of traffic.
_SPECIAL = headed(
    r"(?:使[ ]?(?P<embassy>[0-9]{3}[·.\-]?[0-9]{3})"
    rf"|(?<![A-Za-z])[VKHBSLJNGCEO][A-HJ-MO-Z]{_MARK}(?P<army>[0-9]{{5}}))(?![A-Za-z0-9])"
)
# Plates of electric bicycles: their form is each city's own, six signs or seven.
_BICYCLE = re.compile(
    rf"{_PROVINCE}[ ]?[A-HJ-NP-Z]{_MARK}(?P<signs>[A-Z0-9]{{6,7}})(?![A-Za-z0-9])"
)
_TRAFFIC = re.compile(
    any_of("车牌 号牌 牌号 牌照 车辆 轿车 小车 货车 客车 汽车 军车 驾驶 电动车 自行车 摩托车")
)
_LEAST_DIGITS = 3
_LEAST_BICYCLE_DIGITS = 4
# The number of the body tells the owner as the plate does (GB 16735: 17 signs without I, O, Q).
_BODY = re.compile(
    r"(?:车架号码?|车辆识别(?:代号|代码|号)|(?<![A-Za-z])VIN码?)[ ]{0,2}[:为是]{0,2}[ ]{0,2}"
    r"(?P<value>(?=[A-Z]*[0-9])[A-HJ-NPR-Z0-9]{17})(?![A-Za-z0-9])"
)

# The file of a driver (twelve digits) leads to him as his plate does.
_FILE = re.compile(r"档案编?号码?[ ]{0,2}[:为是]{0,2}[ ]{0,2}(?P<value>[0-9]{12})(?![0-9A-Za-z*])")
_DRIVER = re.compile("驾驶|驾照|准驾")


class LicensePlateRecognizer:
    """Find number plates; most are told by their shape, and a digit at least must be in it."""

    name = "license_plate"
    entities = (Entity.CN_LICENSE_PLATE,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        covered: set[int] = set()
        for start, end in _plates(passage.text):
            covered.update(range(start, end))
            yield Hit(Entity.CN_LICENSE_PLATE, start, end, 0.9, "机动车号牌格式")
        for match in _BODY.finditer(passage.text):
            covered.update(range(*match.span("value")))
            yield Hit(Entity.CN_LICENSE_PLATE, *match.span("value"), 0.8, "车架号之后")
        for match in _FILE.finditer(passage.text):
            start, end = match.span("value")
            if near(_DRIVER, passage.text, start, end, 40, 16):
                covered.update(range(start, end))
                yield Hit(Entity.CN_LICENSE_PLATE, start, end, 0.8, "驾驶证档案编号")
        for start, end, _ in governed(passage, Entity.CN_LICENSE_PLATE):
            if covered.isdisjoint(range(start, end)):
                yield Hit(Entity.CN_LICENSE_PLATE, start, end, 0.6, "表头为车牌号")


def _plates(text: str) -> Iterator[tuple[int, int]]:
    for match in _PLATE.finditer(text):
        signs = match["signs"] or match["police"]
        misread = any(sign in "IOio" for sign in signs)
        if digits_in(signs) >= (_LEAST_DIGITS if misread else 1):
            yield match.span()
    for match in _BICYCLE.finditer(text):
        told = digits_in(match["signs"]) >= _LEAST_BICYCLE_DIGITS
        if told and (match[0][2] in "·.-" or near(_TRAFFIC, text, *match.span(), 20, 6)):
            yield match.span()
    for match in _SPECIAL.finditer(text) if _TRAFFIC.search(text) else ():
        if near(_TRAFFIC, text, match.start(), match.end(), 20, 6):
            yield match.span()
