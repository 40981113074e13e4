"""不动产权证, 房产证, 土地证, 林权证: the whole certificate number with its 字第."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.tables.columns import digits_in, governed
from detectors.text.labels import labelled
from review.finding import Entity

# Found from the words that no other number has, then taken back to the left: linear in the text.
_CORE = re.compile(
    r"(?:不动产(?:权|证明)|房地?产?权?证|房屋?所?有?权证|房产证|房权证|国用|集用|集有|土地证|林证"
    r"|宅基地使用证|房地(?=[\u4e00-\u9fff]?字)|承包(?:经营)?权)"
    r"[\u4e00-\u9fff]{0,6}(?:\([0-9]{4}\)[ ]?)?[\u4e00-\u9fff]{0,4}"
    r"(?:第|字)[ ]?(?P<number>[A-Za-z0-9][A-Za-z0-9\-]{3,19})[ ]?号?"
)
_LEAD = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼江]"
    r"(?:[\u4e00-\u9fff]{0,4})(?:[(\[〔][0-9]{4}[)\]〕]|[0-9]{4})?[ ]?[\u4e00-\u9fff]{0,10}$"
)
# 蓬府林证字: without the province, when nothing but the short form of the office stands before.
_OFFICE = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{1,4}$")
_REACH = 24
_LABELLED = labelled(
    "不动产权证 不动产权证书 不动产权证号 房产证 房产证号 房屋所有权证 产权证 产权证号 "
    "土地使用证 土地证 土地证号 林权证 承包经营权证",
    r"[A-Za-z]{0,3}[0-9][0-9\-]{5,19}(?![0-9])",
)


class PropertyCertRecognizer:
    """Find certificate numbers of houses, land and woods."""

    name = "property_cert"
    entities = (Entity.CN_PROPERTY_CERT,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered: set[int] = set()
        for match in _CORE.finditer(text):
            if digits_in(match["number"]) < 4:
                continue
            start = _reach_left(text, match.start())
            covered.update(range(start, match.end()))
            yield Hit(Entity.CN_PROPERTY_CERT, start, match.end(), 0.9, "不动产权证书编号格式")
        for match in _LABELLED.finditer(text):
            start, end = match.span("value")
            if covered.isdisjoint(range(start, end)):
                covered.update(range(start, end))
                yield Hit(Entity.CN_PROPERTY_CERT, start, end, 0.8, "旁有产权证字样")
        for start, end, _ in governed(passage, Entity.CN_PROPERTY_CERT):
            if covered.isdisjoint(range(start, end)) and digits_in(text[start:end]) >= 4:
                yield Hit(Entity.CN_PROPERTY_CERT, start, end, 0.6, "表头为产权证号")


def _reach_left(text: str, start: int) -> int:
    begin = max(0, start - _REACH)
    before = text[begin:start]
    lead = _LEAD.search(before) or _OFFICE.search(before)
    return begin + lead.start() if lead else start
