"""How health, marriage, religion and ethnicity show in a text: the patterns of each sign."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.illness import (
    AFTER_PERSON,
    CONDITION,
    CONDITION_WORD,
    DISABILITY,
    DISABLED,
    ICD,
    ILLNESSES,
    INJURY,
    PREGNANCY,
    PREGNANCY_WORD,
)
from detectors.labels import any_of
from detectors.vocabulary import name_statistics
from review.finding import Entity

SURNAME = "[" + "".join(sorted(name_statistics().common)) + "]"
NAMED = (
    r"(?:^|[,。;、:\s)])(?:村民|居民|职工|学生|贫困户|低保户|死者|伤者|邻居|同村|当事人|申请人|证人|其[妻夫父母子女兄弟姐妹])?"
    rf"(?P<name>(?:{SURNAME}|欧阳|上官|司马|司徒|诸葛)[\u4e00-\u9fff×某*]{{1,2}})"
)
"""Somebody named at the beginning of a clause."""
_PEOPLES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 "
    "畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 "
    "阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 "
    "门巴 珞巴 基诺"
)
_PEOPLE = rf"{any_of(_PEOPLES)}[ ]?族"
_FAITHS = any_of("佛教 道教 基督教 天主教 伊斯兰教 东正教 基督 佛 耶稣 真主 藏传佛教")
_MARRIAGE = any_of("未婚 已婚 离异 离婚 丧偶 再婚 初婚 复婚 分居 同居 单身 单亲")


_REACH = 8


@dataclass(frozen=True, slots=True)
class Sign:
    """Hold one way a kind of information shows; ``sure`` needs no somebody in the sentence.

    ``word`` is in every match of a pattern that is slow to try at every character.
    """

    entity: Entity
    pattern: re.Pattern[str]
    sure: bool
    reason: str
    word: re.Pattern[str] | None = None

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Find all places, in order; where a word is known only its lines are looked at."""
        if self.word is None:
            yield from self.pattern.finditer(text)
            return
        for first, last in _lines_with(self.word, text):
            yield from self.pattern.finditer(text, first, last)


def _lines_with(word: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of lines that hold ``word``, adjacent ones as one.

    Each begins a little before: a pattern may reach back over the end of a line (每周, 透析).
    """
    first = last = 0
    for match in word.finditer(text):
        if match.start() < last:
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        if line - _REACH > last:
            if last:
                yield first, last
            first = line - _REACH
        last = text.find("\n", match.end()) + 1 or len(text)
    if last:
        yield first, last


def _label(entity: Entity, words: str, value: str) -> Sign:
    # A colon must part label and value: 健康状况良好的群众 is a sentence.
    separator = r"[ \t]{0,3}(?:\([^()\n]{0,12}\))?[ \t]{0,3}(?::|[ \t]{2,}|\t)[ \t]{0,4}"
    pattern = re.compile(rf"{any_of(words)}{separator}(?P<value>{value})")
    return Sign(entity, pattern, True, "旁有相应的栏目名称")


def _health(pattern: str, reason: str, word: str = "") -> Sign:
    needed = re.compile(word) if word else None
    return Sign(Entity.HEALTH, re.compile(pattern), False, reason, needed)


_BOUND = r"(?:(?<=[,、;:/\s(])|(?<=^))"
SIGNS = (
    _label(
        Entity.HEALTH,
        "健康状况 身体状况 病情 诊断 临床诊断 诊断结果 疾病名称 病种 患病情况 所患疾病 残疾类别 "
        "残疾等级 伤残等级 致残等级 病史 既往史 过敏史 残疾情况 血型 孕情 怀孕情况",
        r"[^,。;\s]{1,30}",
    ),
    _label(Entity.MARITAL_STATUS, "婚姻状况 婚姻 婚否 婚姻情况", r"[^,。;\s]{1,6}"),
    _label(Entity.RELIGION, "宗教信仰 信仰 宗教", r"[^,。;\s]{1,10}"),
    _label(
        Entity.ETHNICITY, "民族 族别 民族成分", rf"{_PEOPLE}|{any_of(_PEOPLES)}(?![\u4e00-\u9fff])"
    ),
    _health(
        rf"(?P<value>{DISABILITY})",
        "句中有残疾情况",
        any_of("残疾 伤残 致残 肢体 视力 听力 言语 智力 精神 多重"),
    ),
    _health(
        r"(?:患(?!者|难|得|病率)[有了上过]?|出现[了过]?|引发[了]?|身患|罹患|确诊[为患]?|诊断[为出]|查出|感染|系)"
        rf"(?P<value>(?:[\u4e00-\u9fffA-Za-z]{{0,10}}?){ILLNESSES})(?![者率人群])",
        "句中有患病情况",
    ),
    _health(
        rf"因(?P<value>[\u4e00-\u9fff]{{0,6}}?{ILLNESSES})"
        r"(?=(?:[于在]?[0-9年月日]{2,12})?[^。,\n]{0,10}?(?:住院|入院|就医|抢救|去世|病故|死亡|治疗|手术|卧床|丧失|致残|无法|返贫))",
        "句中有患病情况",
    ),
    _health(
        rf"(?:系|为|是|属)(?P<value>[\u4e00-\u9fffA-Z]{{0,6}}?{ILLNESSES})"
        r"(?=患者|病人|感染者|携带者|病毒携带)",
        "句中有患病情况",
    ),
    _health(
        rf"(?<=[,(;、])(?P<value>[\u4e00-\u9fffA-Z]{{0,6}}?{ILLNESSES})(?=确诊)", "句中有患病情况"
    ),
    _health(
        rf"(?:体检|检查|检验|血检|化验|B超|CT)[^,。;\n]{{0,6}}?(?:发现|检出|查出|提示|显示|确诊)(?:患有?)?"
        rf"(?P<value>[\u4e00-\u9fff]{{0,6}}?{ILLNESSES})",
        "句中有检查结果",
    ),
    _health(
        r"(?:劳动能力|伤残|残疾)[^,。;\n]{0,8}?(?:鉴定|评定|认定)为?(?P<value>[一二三四五六七八九十]级)(?!以)",
        "句中有伤残鉴定结果",
    ),
    # 系言语残疾人, 一级伤残军人某某: said of one person, the group word is his title.
    _health(rf"(?:系|为|是|属)(?P<value>{DISABLED})人(?=[,。;、)]|\Z)", "句中有残疾情况"),
    _health(
        rf"(?P<value>{DISABLED})(?=(?:军人|警察|职工|儿童|学生|人)(?!员|数|口){SURNAME})",
        "句中有残疾情况",
    ),
    _health(
        rf"(?:^|(?<=[。\n,]))因(?P<value>[\u4e00-\u9fff]{{0,6}}?{ILLNESSES})(?=,)", "句中有患病情况"
    ),
    _health(r"(?P<value>因(?:病|残|伤|病残))(?=致贫|返贫|致困)", "句中有致贫的健康原因"),
    _health(
        rf"(?:提交|提供|出具|持)(?:了|有)?(?P<value>[\u4e00-\u9fff]{{0,8}}?{ILLNESSES})"
        r"(?=的?(?:诊断|病历|证明))",
        "句中有诊断证明",
    ),
    _health(
        rf"(?P<value>{INJURY}){AFTER_PERSON}",
        "句中有伤病情况",
        "骨折|截肢|失明|失聪|瘫痪|脑出血|白血病|尿毒症|癌|肿瘤|伤|裂|坏死|脱落|打断|毁容",
    ),
    _health(
        rf"(?P<value>{CONDITION}){AFTER_PERSON}",
        "句中有健康状况",
        CONDITION_WORD,
    ),
    _health(rf"(?P<value>{PREGNANCY}){AFTER_PERSON}", "句中有孕产情况", PREGNANCY_WORD),
    _health(
        r"(?:本人|妻子?|丈夫|父亲?|母亲?|儿子?|女儿?|[长次]子|配偶|老伴)"
        rf"(?P<value>[\u4e00-\u9fff]{{0,4}}?{ILLNESSES})(?=[,;。)\n]|\Z)",
        "句中有患病情况",
    ),
    # 户主某某因病致贫，肝硬化晚期，…: the illness is a clause of its own.
    _health(
        rf"(?<=[,(;、])(?P<value>(?:左|右|双侧|急性|慢性|先天性?|重度|中度|轻度|恶性|[\u4e00-\u9fff]{{0,4}}?){ILLNESSES})(?=[,;。)\n]|\Z)",
        "人员介绍中的病情",
    ),
    _health(
        rf"(?:诊断|疾病|病种|ICD)[\u4e00-\u9fff-]{{0,4}}(?:编?码|10)[:为 ]{{0,2}}(?P<value>{ICD})",
        "疾病编码",
    ),
    _health(rf"[病症炎癌瘤][(](?P<value>{ICD})(?=[)])", "疾病编码"),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(
            rf"{_BOUND}(?:现|已|系|终身|至今)?(?P<value>{_MARRIAGE})(?=[,、;。/\s)]|$)",
            re.MULTILINE,
        ),
        False,
        "句中有婚姻状况",
    ),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(
            r"(?:其|本人|户主|妻子?|丈夫|夫妻|夫妇|父母|他|她|已|与[\u4e00-\u9fff某]{2,4})(?:已|于[0-9年月日]{4,12})?(?P<value>离异|离婚|丧偶|再婚|未婚|分居)(?!登记|率|案件|证|协议书?范本|政策)"
        ),
        False,
        "句中有婚姻状况",
    ),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(
            rf"{NAMED}(?:已|现)?(?P<value>离异|离婚|丧偶|再婚|未婚|分居)(?=[,。;、)]|$)",
            re.MULTILINE,
        ),
        True,
        "姓名之后写明婚姻状况",
    ),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(
            r"(?:[0-9]月|[0-9]日|[0-9]年)(?:在[^,。;\n]{2,14}?)?(?:登记|协议|办理|依法)?"
            r"(?P<value>结婚|离婚|再婚|复婚)(?=[,、。;)后]|登记|$)",
            re.MULTILINE,
        ),
        False,
        "句中有婚姻状况",
    ),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(
            rf"{_BOUND}(?P<value>离婚|离异|丧偶)后(?={SURNAME}[^,。;\n]{{1,3}})", re.MULTILINE
        ),
        False,
        "句中有婚姻状况",
    ),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(
            r"(?:判决|协议|调解|准予|登记|已与[\u4e00-\u9fff某]{1,4})(?P<value>离婚)(?=[,。;、)]|后|$)",
            re.MULTILINE,
        ),
        False,
        "句中有婚姻状况",
    ),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(r"(?:为|系|属|是)(?P<value>单亲)家庭"),
        False,
        "句中有婚姻状况",
    ),
    Sign(
        Entity.RELIGION,
        re.compile(rf"(?:信奉|信仰|皈依|信)(?P<value>{_FAITHS}教?)(?!协会|界|团体|活动|事务|场所)"),
        False,
        "句中有宗教信仰",
    ),
    Sign(
        Entity.RELIGION,
        re.compile(
            rf"(?:{_BOUND}|系|为|是)(?P<value>(?:{_FAITHS}教?(?:信徒|教徒|信众|徒)|穆斯林|居士))"
            r"(?=[,、;。/\s)]|$)",
            re.MULTILINE,
        ),
        False,
        "人员介绍中的宗教信仰",
    ),
    Sign(
        Entity.ETHNICITY,
        re.compile(rf"{_BOUND}(?P<value>{_PEOPLE})(?=[,、;。/\s)]|$)", re.MULTILINE),
        False,
        "人员介绍中的民族",
    ),
)
