"""What a table header says about the cells that it governs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

from detectors.base import Passage
from detectors.latest import of_the_latest
from review.finding import Entity

_INSURANCE = (
    r"(?:社保|社会保[障险]|医保|医疗保险|养老保险|参保|参合|农合|合作医疗|医疗(?=[证卡本]))"
    r".{0,4}?(?:号码?|编[号码]|证|卡)$"
)
# What a person holds in an office or a hospital leads to the illness or the need as well.
_HELD = (
    r"(?:残疾人?|低保|特困|五保|救助|优待|优抚|失业(?:登记)?)证.{0,2}号码?$"
    r"|(?:住院|病历|病案|门诊|就诊|诊疗|体检|学籍)(?:[卡证本])?(?:编?号码?)$|^个人编号$|电脑号$"
)
# The first that fits rules: 邮箱 before 联系方式, 护照号码 before 证件号码.
_MEANINGS: tuple[tuple[Entity, re.Pattern[str]], ...] = tuple(
    (entity, re.compile(pattern, re.IGNORECASE))
    for entity, pattern in (
        (Entity.CN_PASSPORT, r"护照|passport"),
        (Entity.CN_TRAVEL_PERMIT, r"通行证|回乡证|台胞证"),
        (Entity.CN_MILITARY_ID, r"军官证|士兵证|军人证|义务兵证|军人保障卡|警官证"),
        (Entity.CN_PROPERTY_CERT, r"不动产权|房产证|产权证|房权证|土地使用证|土地证号|林权证"),
        (Entity.CN_USCC, r"信用代码"),
        (Entity.CN_LICENSE_PLATE, r"车牌|车架号|驾驶证档案编?号|车辆识别|号牌号码|车辆号牌|牌照号"),
        (Entity.WECHAT_ID, r"微信|wechat"),
        (Entity.QQ_NUMBER, r"^qq"),
        (Entity.EMAIL_ADDRESS, r"邮箱|电子信箱|电子邮件|e-?mail"),
        (
            Entity.CN_SOCIAL_SECURITY,
            # An employer's own number (单位社保编号) tells of nobody.
            rf"^(?!.*(?:[账帐]|身份|证件|单位|企业|登记证)).*{_INSURANCE}|{_HELD}",
        ),
        (
            Entity.CN_BANK_CARD,
            r"银行卡|一卡通|一折通|卡折|[账帐]号|[账帐]户号|[账帐]户$|卡号$|存折|折号"
            r"|bankcard|cardno|account",
        ),
        (Entity.CN_ID_CARD, r"身份证|公民身份|身份号码|证件号|^证号|^id(?:card)?(?:no|number)"),
        (
            Entity.PHONE_NUMBER,
            r"电话|手机|联系方式|联络方式|通[讯信]方式|移动号码|[固座][话机]|小灵通|短号|传真|热线"
            r"|(?<![a-z])(?:tel|phone|mobile)",
        ),
        (Entity.BIRTH_DATE, r"出生(?!地|人口|医学|证)|生日"),
        (Entity.ETHNICITY, r"^民族(?:成[份分])?$"),
        (Entity.MARITAL_STATUS, r"婚姻|婚否"),
        (Entity.RELIGION, r"宗教|信仰|信教"),
        (
            Entity.HEALTH,
            r"健康|身体(?:状况|情况)|体检(?:结论|结果|情况)|患病|疾病|病种|病名|病情|病因|残疾|残级|致残|伤残|伤亡|伤情|致贫|致困|困难原因|诊断|医疗情况|ICD|血型|孕|病史|过敏史"
            r"|失能|自理能力"
            r"|(?:低保|救助|享受|保障|补助)(?:原因|事由|理由)",
        ),
    )
)
# A header says last what stands below it: 开户行账号 is an account, 账号开户行 a bank.
_NOT_A_VALUE = re.compile(
    r"(?:类型|类别|名称|种类|签发.{0,4}|有效(?:期.{0,2}|日期|时间)|发证.{0,4}|开户行|开户银行|户名|张数|复印件|正反面"
    r"|照片|人数|户数|比例|金额|标准|数量|补贴|补助|余额|费|型号|品牌|单价|价格)$"
)
_KIND_AND = re.compile(r"(?:类型|类别|名称|种类)(?:[及和与、/]|以及)(?=号)")
_NOTED = re.compile(r"\(([^()]{2,12}[号码话机])\)")
_PARTS = re.compile(r"[、/,;+及和与]|以及")
_HEALTH_CLASS = re.compile(
    r"(?:残疾|失能|自理能力)(?:类型|类别|种类|等级)|(?:病|伤残|致残)(?:种|症)?(?:类型|类别|种类|等级|名称)|疾病名称"
)
_OF_PAPERS = re.compile(
    r"编号|编码|代码|单号|合同号|流水号|索引号|文号|序列号|批号|案号|凭证号|发票号|票号|许可证号|备案号"
)
_NOTE = re.compile(r"\([^()]*\)|[\s:*_]")
_PART = re.compile(
    r"的?(?:(?:[前后末尾首]|开头|末尾|最后|中间?)(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,2})[位码]"
    r"|第?[0-9]{1,2}[-~至到][0-9]{1,2}位)(?:数字?|号?码)?$|[前中后首末尾][半段](?:[段部]?分?)$"
    r"|(?<!车)尾[号数]$|末位$|校验[码位]$|顺序码$|号段$|[前后]缀$|^号码?$"
)
_PART_ENDS = frozenset("位码字号数段分缀")
"""How the part of a number is called that has a column of its own (身份证号后四位, 尾号)."""
_BRACKETS = re.compile(r"[\s()\[\]:*_]")
_WHOSE = r"(?:[^\W\d]{0,6}[人主者员生长偶女子]|[中英]文)?"
_IN_LATIN = r"(?:\([^()]*\)|[/ ]*[a-z ]+)?:?"
SURNAME = re.compile(rf"{_WHOSE}姓 *氏?{_IN_LATIN}|(?:sur|family ?|last ?)name:?", re.IGNORECASE)
"""What a surname is called where the given name has a cell of its own."""
GIVEN = re.compile(rf"{_WHOSE}名 *字?{_IN_LATIN}|(?:given|first|fore) ?name:?", re.IGNORECASE)
"""What a given name is called then; 名 alone is one beside a surname only."""
_EMPTY = re.compile(
    r"[\s\-—–_/\\.·×xX*、,。无空略否]*"
    r"|[合总小]计|暂无|未提供|未填|不详|不明|未知|同上|见附件|详见附件|没有|/|N/?A|null|none",
    re.IGNORECASE,
)
_MASKED = re.compile(r"[*＊×█■●]{2,}|[xX]{3,}|\*\S*\*")


NUMBERS = frozenset(
    {
        Entity.CN_PASSPORT,
        Entity.CN_TRAVEL_PERMIT,
        Entity.CN_MILITARY_ID,
        Entity.CN_LICENSE_PLATE,
        Entity.CN_SOCIAL_SECURITY,
        Entity.CN_BANK_CARD,
        Entity.CN_ID_CARD,
        Entity.PHONE_NUMBER,
    }
)
"""What a header announces that is no value itself, whatever stands in the cells."""


@lru_cache(maxsize=4096)
def meaning(header: str) -> Entity | None:
    """Say what a header announces, None where it is nothing personal that a number tells.

    Of several things in one column (开户行及账号) any that is personal counts.
    """
    found = _announced(_NOTE.sub("", header))
    if found is None and (noted := _NOTED.search(header)):  # 个人编码(身份证号)
        found = _announced(noted[1])
    return found


def _announced(plain: str) -> Entity | None:
    named = [part for part in _PARTS.split(_KIND_AND.sub("", plain)) if _names_value(part)]
    return next(
        (entity for entity, pattern in _MEANINGS if any(pattern.search(part) for part in named)),
        None,
    )


def _names_value(part: str) -> bool:
    return not _NOT_A_VALUE.search(part) or _HEALTH_CLASS.search(part) is not None


@lru_cache(maxsize=4096)
def part_of(header: str) -> str | None:
    """Give the number of which a header announces a part, empty where it says a part alone.

    None where it announces none.
    """
    if header.rstrip(" )]:*_")[-1:] not in _PART_ENDS:
        return None
    name = _BRACKETS.sub("", header)
    found = _PART.search(name)
    base = name[: found.start()] if found else ""
    return base if found and (not base or meaning(base) in NUMBERS) else None


def governed(passage: Passage, entity: Entity) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, header) of the cells a header gives to an entity, blanks stripped.

    Left out are cells that hold no value (dashes, 合计, 无) and values that are masked already.
    """
    yield from _governed(passage).get(entity, ())


@of_the_latest
def _governed(passage: Passage) -> Mapping[Entity, Sequence[tuple[int, int, str]]]:
    cells: defaultdict[Entity, list[tuple[int, int, str]]] = defaultdict(list)
    for start, end, header in passage.headers:
        if (entity := meaning(header)) is None:
            continue
        value = passage.text[start:end]
        if _EMPTY.fullmatch(value) or _MASKED.search(value):
            continue
        lead = len(value) - len(value.lstrip())
        cells[entity].append((start + lead, start + len(value.rstrip()), header))
    return cells


def header_at(passage: Passage, offset: int) -> str:
    """Give the header that governs the cell at an offset, empty where there is none."""
    place = bisect_right(passage.headers, offset, key=itemgetter(0)) - 1
    if place < 0:
        return ""
    _, end, header = passage.headers[place]
    return header if offset < end else ""


@lru_cache(maxsize=4096)
def of_papers(header: str) -> bool:
    """Say whether a header announces numbers of papers and things, which follow no standard."""
    return _OF_PAPERS.search(header) is not None and meaning(header) is None


def digits_in(text: str) -> int:
    """Count the ASCII digits of a text."""
    return sum("0" <= char <= "9" for char in text)


def masked(text: str) -> bool:
    """Say whether a value was masked already (``138****1234``)."""
    return _MASKED.search(text) is not None
