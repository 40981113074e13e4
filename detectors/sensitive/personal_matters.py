"""Criminal record, whereabouts and biometrics of somebody: put before a person (个保法 28).

No entity is theirs, and what must go is a sentence rather than a word: the words that announce
such a matter are marked for review, never the person's own data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.sensitive.somebody import about_somebody
from review.finding import Entity, Role

_MATTERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "犯罪记录",
        re.compile(
            r"曾(?:多次)?[因于经被][^,。;\n]{0,30}?(?P<cue>判处|判刑|判决|刑事处罚|行政拘留|强制隔离戒毒|强制戒毒|劳动教养|监视居住)"
            r"|(?P<cue_2>有[^,。;\n]{0,8}?前科|前科人员|刑满释放|刑释解教|吸毒史|涉毒前科|违法犯罪记录)"
        ),
    ),
    (
        "行踪轨迹",
        re.compile(
            r"(?P<cue>乘坐?)[^,。;\n]{0,6}?(?:[GDCZTKY][0-9]{1,4}次?|[A-Z0-9]{2}[0-9]{3,4}(?:次?航班)?|[0-9]{1,3}路|航班)"
            r"|(?P<cue_2>入住)[^,。;\n]{2,20}?(?:酒店|宾馆|旅馆|旅店|旅社|民宿|招待所|客栈)"
        ),
    ),
    (
        "生物识别信息",
        re.compile(
            r"(?P<cue>指纹|人脸|虹膜|声纹|掌纹|DNA)(?:信息|样本|图像|特征|数据|图谱)?"
            r"(?:(?:比对|鉴定|检验|分型)(?:,?(?:确认|证实|认定)?(?:死者|遗体|其))?|与[^,。;\n]{2,12}(?:一致|吻合|相符))"
            r"|(?:采集|提取)(?:了|其)[^,。;\n]{0,6}?(?P<cue_2>指纹|人脸|虹膜|声纹|血样|DNA)"
        ),
    ),
)
_ITS = re.compile("其|死者|遗体")
_WORD = re.compile(r"曾|前科|刑满|刑释|吸毒|犯罪记录|乘|入住|指纹|人脸|虹膜|声纹|掌纹|DNA|血样")


class PersonalMattersRecognizer:
    """Mark for review where criminal record, whereabouts or biometrics of somebody are told."""

    name = "personal_matters"
    entities = (Entity.NEGATIVE_TERM,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        if not _WORD.search(passage.text):
            return
        for matter, pattern in _MATTERS:
            for match in pattern.finditer(passage.text):
                start, end = match.span("cue" if match["cue"] else "cue_2")
                if _ITS.search(match[0]) or about_somebody(passage.text, start, end):
                    reason = f"写有个人的{matter}（个人信息保护法第二十八条），请决定是否删去"
                    yield Hit(Entity.NEGATIVE_TERM, start, end, 0.9, reason, Role.REVIEW)
