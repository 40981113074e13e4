"""The village group as the place of a matter: 石桥村3组补贴公示, 征收金马村2社集体土地.

Where nobody is spoken of it tells no more than the title of the notice; beside a person it says
where he lives (民法典 1034).
"""

from __future__ import annotations

import re
from bisect import bisect_left

from detectors.people.role_setting import Setting
from review.finding import Entity, Finding

_GROUP = re.compile(
    r"[\u3400-\u9fff]{1,20}?(?:村|社区|居委会)(?:委会)?第?[0-9一二三四五六七八九十]{1,3}(?:村民)?(?:小组|组|社|队|屯)"
    r"|[\u3400-\u9fff]{1,20}?(?:村|社区)[\u3400-\u9fff]{1,4}(?:村民小组|组|屯|社)"
)
PLACE_OF_MATTER = "村民小组，句中未说到个人，按事项地点保留"
_REACH = 120
_END = re.compile(r"[。；;\n]")
_SOMEBODY = re.compile(
    r"[家居户][住籍]|[现居常暂]?住(?![房建宅])|户主|[一1]名|某|本人|其[父母妻夫子女家]|患|病|残疾|离异|孤儿|留守"
    r"|孩|婴|幼童|学生|溺|[0-9一二三四五六七八九十]岁|低保户|贫困户|脱贫户|特困|[死伤]者|死亡|受伤|[男女](?=[，,。、]|\Z)"
)


def is_place_of_matter(setting: Setting, address: Finding) -> bool:
    """Say whether an address is a village group alone, in a sentence that speaks of nobody."""
    document, span = setting.document, address.span
    index = document.block_at(span.start)
    if address.entity is not Entity.CN_ADDRESS or setting.header(address):
        return False
    if not _GROUP.fullmatch(setting.folded.piece(span.start, span.end)):
        return False
    block = document.starts[index]
    first = max(block, span.start - _REACH)
    last = min(block + len(document.blocks[index].text), span.end + _REACH)
    start = max(
        (end.end() for end in _END.finditer(setting.text, first, span.start)), default=first
    )
    stop = _END.search(setting.text, span.end, last)
    end = stop.start() if stop else last
    person = bisect_left(setting.starts, start)
    if person < len(setting.starts) and setting.starts[person] < end:
        return False
    return not (_in_row_of_people(setting, index) or _SOMEBODY.search(setting.text, start, end))


def _in_row_of_people(setting: Setting, index: int) -> bool:
    """Say whether a cell stands beside others: what they tell may be somebody's."""
    blocks, cell = setting.document.blocks, setting.document.blocks[index].cell
    if cell is None:
        return False
    beside = (blocks[at].cell for at in (index - 1, index + 1) if 0 <= at < len(blocks))
    return any(other and (other.table, other.row) == (cell.table, cell.row) for other in beside)
