"""How health, marriage, religion and ethnicity show in a text: the patterns of one sign each."""

from __future__ import annotations

import re
from dataclasses import dataclass

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
_MARRIAGE = any_of("未婚 已婚 离异 离婚 丧偶 再婚 初婚 复婚 分居 同居 单身")
DISEASE = (
    r"(?:癌|肿瘤|瘤|白血病|尿毒症|糖尿病|高血压|冠心病|心脏病|肝炎|乙肝|丙肝|肺结核|结核|艾滋病|HIV|梅毒|性病"
    r"|精神病|精神分裂|精神障碍|抑郁症?|躁狂症?|癫痫|痴呆|帕金森|中风|脑梗|脑出血|脑瘫|心梗|瘫痪|偏瘫|截瘫|骨折"
    r"|肾衰竭|衰竭|肝硬化|硬化|风湿|哮喘|尘肺|残疾|失明|失聪|聋哑|自闭症|孤独症|地中海贫血|血友病|红斑狼疮"
    r"|重病|大病|慢性病|疾病|综合征|综合症|[\u4e00-\u9fff](?:病|症|炎|疾))"
)
ILLNESS = (
    rf"{DISEASE}(?:[^\W患因有治住诊看的等者防和及与或其]{{0,5}}?[病症炎癌瘤]|综合征)?"
    r"(?:[早中晚]期|术后|[一二三四ⅠⅡⅢⅣIV1-4]{1,3}期|[一二三四1-4]级)?"
)
"""One illness with what belongs to its name: 尘肺病, 精神分裂症, 肺癌晚期."""
ILLNESSES = (
    rf"{ILLNESS}(?:(?:、|和|及|与|以及|并发|合并|伴有?|兼有?)[ ]?[^\W患其]{{0,8}}?{ILLNESS}"
    rf"|,[^\W患其因妻夫父母子女儿有]{{0,5}}?{ILLNESS}(?=[,、。;)\s]|\Z))*"
)
"""An enumeration of illnesses, each of them whole."""
_PART = (
    r"(?:颅骨|颅脑|肋骨|股骨|胫骨|腓骨|锁骨|骨盆|腰椎|颈椎|胸椎|脊椎|头部|胸部|腹部|面部|全身"
    r"|[左右双]?(?:上肢|下肢|肢|腿|臂|手|脚|足|目|眼|耳)|肺|肝|脾|肾|脑|胃|乳腺)"
)
_KIND = r"(?:多处|多发性?|开放性|闭合性|粉碎性|恶性|慢性|急性)"
_INJURY = (
    rf"(?:(?:{_PART}|{_KIND}){{0,4}}(?:骨折|截肢|失明|失聪|瘫痪|脑出血|白血病|尿毒症|癌|肿瘤)"
    rf"|{_KIND}?{_PART}{_KIND}?(?:挫伤|挫裂伤|损伤|烧伤|烫伤))"
)
_KINDS = any_of("肢体 视力 听力 言语 智力 精神 多重")
_DISABILITY = (
    rf"(?:{_KINDS}[ ]?(?:残疾)?[ ]?[一二三四壹贰叁肆1-4][ ]?级(?:残疾)?"
    rf"|{_KINDS}[ ]?残疾"
    r"|(?:残疾|伤残|致残)(?:等级)?[:为 ]{0,2}[一二三四五六七八九十1-9][ ]?级"
    r"|[一二三四五六七八九十][ ]?级[ ]?(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾|伤残))"
    r"(?![人者军]|等级|标准|事业|预防|儿童|学生)"
)


@dataclass(frozen=True, slots=True)
class Sign:
    """Hold one way a kind of information shows; ``sure`` needs no somebody in the sentence."""

    entity: Entity
    pattern: re.Pattern[str]
    sure: bool
    reason: str


def _label(entity: Entity, words: str, value: str) -> Sign:
    # A colon must part label and value: 健康状况良好的群众 is a sentence.
    separator = r"[ \t]{0,3}(?:\([^()\n]{0,12}\))?[ \t]{0,3}(?::|[ \t]{2,}|\t)[ \t]{0,4}"
    pattern = re.compile(rf"{any_of(words)}{separator}(?P<value>{value})")
    return Sign(entity, pattern, True, "旁有相应的栏目名称")


_BOUND = r"(?:(?<=[,、;:/\s(])|(?<=^))"
SIGNS = (
    _label(
        Entity.HEALTH,
        "健康状况 身体状况 病情 诊断 临床诊断 诊断结果 疾病名称 病种 患病情况 所患疾病 残疾类别 "
        "残疾等级 伤残等级 致残等级 病史 既往史 过敏史 残疾情况",
        r"[^,。;\s]{1,30}",
    ),
    _label(Entity.MARITAL_STATUS, "婚姻状况 婚姻 婚否 婚姻情况", r"[^,。;\s]{1,6}"),
    _label(Entity.RELIGION, "宗教信仰 信仰 宗教", r"[^,。;\s]{1,10}"),
    _label(
        Entity.ETHNICITY, "民族 族别 民族成分", rf"{_PEOPLE}|{any_of(_PEOPLES)}(?![\u4e00-\u9fff])"
    ),
    Sign(Entity.HEALTH, re.compile(rf"(?P<value>{_DISABILITY})"), False, "句中有残疾情况"),
    Sign(
        Entity.HEALTH,
        re.compile(
            rf"(?:患(?!者|难|得|病率)[有了上过]?|身患|罹患|确诊[为患]?|诊断[为出]|查出|感染|系)(?P<value>(?:[\u4e00-\u9fffA-Za-z]{{0,10}}?)"
            rf"{ILLNESSES})(?![者率人群])"
        ),
        False,
        "句中有患病情况",
    ),
    Sign(
        Entity.HEALTH,
        re.compile(
            rf"因(?P<value>[\u4e00-\u9fff]{{0,6}}?{ILLNESSES})"
            r"(?=[^。\n]{0,4}(?:住院|去世|病故|死亡|治疗|手术|卧床|丧失|致残|无法|返贫))"
        ),
        False,
        "句中有患病情况",
    ),
    Sign(
        Entity.HEALTH,
        re.compile(
            rf"(?:提交|提供|出具|持)(?:了|有)?(?P<value>[\u4e00-\u9fff]{{0,8}}?{ILLNESSES})"
            r"(?=的?(?:诊断|病历|证明))"
        ),
        False,
        "句中有诊断证明",
    ),
    Sign(
        Entity.HEALTH,
        re.compile(rf"(?P<value>{_INJURY})(?![者率人群科药]|患者|病人|伤员|防治|筛查|救治)"),
        False,
        "句中有伤病情况",
    ),
    Sign(
        Entity.MARITAL_STATUS,
        re.compile(rf"{_BOUND}(?:现|已|系)?(?P<value>{_MARRIAGE})(?=[,、;。/\s)]|$)", re.MULTILINE),
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
        Entity.RELIGION,
        re.compile(rf"(?:信奉|信仰|皈依|信)(?P<value>{_FAITHS}教?)(?!协会|界|团体|活动|事务|场所)"),
        False,
        "句中有宗教信仰",
    ),
    Sign(
        Entity.ETHNICITY,
        re.compile(rf"{_BOUND}(?P<value>{_PEOPLE})(?=[,、;。/\s)]|$)", re.MULTILINE),
        False,
        "人员介绍中的民族",
    ),
)
