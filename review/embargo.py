"""What a document says of its own embargo: the day or the event before which it stays closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from review.dates import DAY, read_day
from review.document import Document
from review.heading import lines_of

_PUBLISH = "(?:公开|发布|公布|传播|扩散|外传|见报|报道|宣传)"
_OUTWARD = "(?:擅自|提前|自行|对外|向外|向社会)*"
_FORBIDDEN = (
    rf"(?:不得|不宜|不可|不能|请勿|切勿|勿|暂不|暂缓|严禁|禁止){_OUTWARD}(?:公开)?{_PUBLISH}"
)
_ALLOWED = rf"(?:方可|方能|才可|才能|再行?){_OUTWARD}{_PUBLISH}"
_BEFORE_DAY = re.compile(rf"(?P<day>{DAY})[^。;,]{{0,8}}?(?:之|以)?前,?[^。;]{{0,12}}?{_FORBIDDEN}")
_FROM_DAY = re.compile(
    rf"(?:不得早于|不早于)(?P<day>{DAY})[^。;,]{{0,6}}{_PUBLISH}"
    rf"|(?P<after>{DAY})[^。;,]{{0,8}}?(?:以?后|起){_ALLOWED}"
)
_EVENT = re.compile(
    rf"(?:前|期间),?[^。;]{{0,12}}?{_FORBIDDEN}|后{_ALLOWED}|(?:暂不|暂缓){_OUTWARD}{_PUBLISH}"
)
_NOTHING_ELSE = re.compile(rf"[(【\[]?[^。;]{{0,24}}(?:{_FORBIDDEN}|{_ALLOWED})[)】\]。!]?")
_OF_ITSELF = re.compile("本件|此件|本文件|本通知|本公告|本材料|该件|以上内容|会议材料")


@dataclass(frozen=True, slots=True)
class Embargo:
    """Say until when a document stays closed; ``day`` None where that hangs on an event.

    ``through`` says that the day itself is closed, too.
    """

    day: date | None = None
    through: bool = False

    def holds_on(self, planned: date) -> bool:
        """Tell whether the document may not be published on a day, as far as it says itself."""
        return self.day is None or planned < self.day or (self.through and planned == self.day)


def embargoes_in(document: Document) -> Iterator[Embargo]:
    """Yield the embargoes that a document states of itself; linear in its text.

    What depends on an event counts only in a line of its own or a sentence that names the
    document: elsewhere the same words lay down rules for others.
    """
    for line in lines_of(document):
        for sentence in re.split("[。;]", line):
            dated = list(_dated(sentence))
            yield from dated
            alone = sentence == line.rstrip("。;") and _NOTHING_ELSE.fullmatch(sentence)
            if not dated and (alone or _OF_ITSELF.search(sentence)) and _EVENT.search(sentence):
                yield Embargo()


def _dated(sentence: str) -> Iterator[Embargo]:
    for match in _BEFORE_DAY.finditer(sentence):
        if day := read_day(match["day"]):
            yield Embargo(day, through=True)
    for match in _FROM_DAY.finditer(sentence):
        if day := read_day(match["day"] or match["after"]):
            yield Embargo(day)
