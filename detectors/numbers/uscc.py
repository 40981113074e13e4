"""统一社会信用代码 (GB 32100-2015), 18 signs with a check sign."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.numbers import identity
from detectors.tables.columns import governed
from detectors.text.labels import any_of, near
from detectors.text.telltales import headed
from review import checks
from review.finding import Entity

_SIGN = "[0-9A-Za-z]"
_SHAPE = headed(
    rf"(?<!{_SIGN})[1-9A-Ya-yIl](?:[ \-]{{0,2}}{_SIGN}){{17}}(?!{_SIGN})"
    # Broken by the end of a line, once.
    rf"|(?<!{_SIGN})(?=[0-9A-Za-z\n]{{19}}(?!{_SIGN}))[1-9A-Y]{_SIGN}{{3,16}}\n{_SIGN}{{1,14}}"
)
# The digits of the region and ten signs more; found many times faster than the shape fails.
_REGION = re.compile(r"[0-9OIlSsZz][0-9A-Za-z \-\n]{10}")
_LABEL = re.compile(any_of("信用代码 机构代码 税号 纳税人识别号"))
# I, O, S, V and Z are no signs of a code (GB 32100, 3): a scan made them of digits.
_READ = str.maketrans("IlOoSsZz", "11005522")


class UsccRecognizer:
    """Find credit codes by their check sign, or by their label where it is wrong."""

    name = "uscc"
    entities = (Entity.CN_USCC,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered: set[int] = set()
        for match in _SHAPE.finditer(text) if _REGION.search(text) else ():
            if score := _score(text, match):
                covered.update(range(*match.span()))
                yield Hit(Entity.CN_USCC, *match.span(), score, "统一社会信用代码格式")
        for start, end, _ in governed(passage, Entity.CN_USCC):
            if covered.isdisjoint(range(start, end)):
                yield Hit(Entity.CN_USCC, start, end, 0.6, "表头为信用代码")


def _score(text: str, match: re.Match[str]) -> float:
    code = re.sub(r"[ \-\n]", "", match[0]).translate(_READ)
    sound = checks.uscc(code)
    # Figures of a table's row may make a code by chance.
    row = code.isdigit() and len(code) < len(match[0])
    plausible = checks.uscc_plausible(code) and match.start() not in identity.taken(text)
    if sound and plausible and not row:
        return 0.95
    if not code[2:8].isdigit() or not near(_LABEL, text, match.start(), match.end(), 30, 0):
        return 0.0
    if sound:
        return 0.95
    return 0.0 if "\n" in match[0] else 0.6
