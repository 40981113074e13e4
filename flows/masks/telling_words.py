"""Words that tell who a masked person is: a nickname, "the only one", an office, a place on a map.

What makes a natural person identifiable together with other information is personal information
(个人信息保护法 第四条; GB/T 37964: 重标识风险); whether it does is for a person to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flows.masks.remaining import Place, Record, Remaining, asks, is_hidden, is_masked, where
from review.document import Note

_PERSON = "[人者员手师生户民医教工妇孩童家长匠兵尼僧]|教授|教师|医生|护士|主任|书记|司机|大学生"
_OF_RIGHTS = "共有|产权|所有权|继承|合法|中标|成交|供应|股东|抚养|监护|赡养|负责|责任|经办|联系"
"""The only owner or heir is so by law, and one of many such."""
_KIN = (
    "[长次独][子女]|[儿侄]子|女儿|妻子|丈夫|父亲|母亲|哥哥|弟弟|姐姐|妹妹|儿媳|女婿|岳[父母]|爱人"
)
_SENTENCE = re.compile(r"[^。；！？\n]+")
_ROLE = re.compile(r"(?:举报|投诉|信访|上访|申诉|报案|受害|被害)人|患者")
_MASK = re.compile(r"某|[*＊×■█●○□▇]")


class _Sign(NamedTuple):
    """Hold what gives somebody away: the code of the note, a pattern, what people are told.

    ``of_roles``: only of who complains or suffered; people in office are named by their offices.
    """

    code: str
    pattern: re.Pattern[str]
    message: str
    of_roles: bool = False


_SIGNS = (
    _Sign(
        "alias_told",
        re.compile(
            r"(?:外号|绰号|诨[名号]|人称|小名|乳名|昵称|网名|笔名|艺名|法名|化名|别名|又名)"
            r"[为是叫：:]{0,2}[“”\"‘’「『《]{0,1}[\w\u4e00-\u9fff]{2,8}"
        ),
        "有隐去了姓名的人的外号、小名、网名等，熟人凭它就能认出；请核对后隐去。",
    ),
    _Sign(
        "singled_out",
        re.compile(
            r"(?:唯一|惟一|仅有的?一[名位个]|只有[他她]?一[名位个]|首[位名]|第一[位名个]|最年[长轻]的?|"
            rf"年龄最[大小]的?)(?!的?(?:{_OF_RIGHTS}))[^，,。；、]{{0,12}}?(?:{_PERSON})"
        ),
        "用“唯一”“首位”这类说法写了隐去姓名的人，当地人不看姓名也知道是谁；请改成概括的说法。",
    ),
    _Sign(
        "office_told",
        re.compile(
            r"(?:^|[，,（(：:]|系|是|为|任|原)[^，,。；、（(：:向由请经找]{0,12}?"
            r"(?:小学|中学|学校|幼儿园|卫生院|医院|福利院|敬老院|养老院|[\u4e00-\u9fff]村|[镇乡局站所])"
            r"(?:党支部|支部|村委会|委员会|委)?"
            r"(?:校长|院长|园长|所长|站长|局长|镇长|乡长|支书|支部书记|村主任|村支书)"
            r"(?=[，,。；、）)的]|$)"
        ),
        "隐去了姓名，却写明了单位和只有一人担任的职务，一查就知道是谁；请核对，"
        "与履行职务无关的，把单位或职务一并隐去。",
        of_roles=True,
    ),
    _Sign(
        "relative_told",
        re.compile(
            r"[系是为][^，,。；、（）()某*＊×和与及为是系]{1,20}?(?:(?!某)[\u4e00-\u9fff]){2,4}"
            rf"(?:之(?:{_KIN}|[子女妻夫父母兄弟姐妹侄媳婿])|的(?:{_KIN}))(?=[，,。；、）)]|$)"
        ),
        "隐去了姓名，却写明是某个有名有姓的人的亲属，一查就知道是谁；请核对后隐去。",
        of_roles=True,
    ),
    _Sign(
        "position_told",
        re.compile(
            r"(?:东经|北纬|经度|纬度)[：:]{0,1}\s?\d{1,3}(?:\.\d{3,}|[°度]\s?\d{1,2}[′分'])"
            r"|(?<![\d.])\d{2,3}\.\d{4,}\s?[,，]\s?\d{2,3}\.\d{4,}(?![\d.])"
        ),
        "有经纬度坐标，在地图上能找到隐去姓名的人的住处；请核对后隐去。",
    ),
)


def telling_words(file: Remaining) -> Iterator[Note]:
    """Ask about sentences and rows that hide somebody and say in other words who it is; linear."""
    told: dict[_Sign, dict[Place, None]] = {sign: {} for sign in _SIGNS}
    for record in file.records.values():
        hides = any(is_hidden(r) or is_masked(r) for r in record.rulings)
        for text in _sentences(record):
            speaks = _ROLE.search(text) is not None
            if not speaks and not (hides and _MASK.search(text)):
                continue
            for sign in _SIGNS:
                if (speaks or not sign.of_roles) and sign.pattern.search(text):
                    told[sign][record.place] = None
    for sign, places in told.items():
        if places:
            yield asks(sign.code, f"{where(places)}{sign.message}")


def _sentences(record: Record) -> Sequence[str]:
    """Give the row, or of a paragraph its sentences."""
    return [record.text] if record.place[0] >= 0 else _SENTENCE.findall(record.text)
