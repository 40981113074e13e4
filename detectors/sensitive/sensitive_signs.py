"""How health, marriage, religion and ethnicity show in a text: the patterns of each sign."""

from __future__ import annotations

import re

from detectors.sensitive.health_signs import HEALTH_SIGNS
from detectors.sensitive.illness import BEREFT
from detectors.sensitive.sign import NAMED, SURNAME, Sign, label
from detectors.text.labels import any_of
from review.finding import Entity

_PEOPLES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 "
    "畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 "
    "阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 "
    "门巴 珞巴 基诺"
)
_PEOPLE = rf"{any_of(_PEOPLES)}[ ]?族"
_FAITHS = any_of("佛教 道教 基督教 天主教 伊斯兰教 东正教 基督 佛 耶稣 真主 藏传佛教")
_MARRIAGE = any_of("未婚 已婚 离异 离婚 丧偶 再婚 初婚 复婚 分居 同居 单身 单亲")
_AFFAIR = (
    "登记|率|案|纠纷|证(?!明)|协议|政策|家庭|人[员士口]|老[年人]|妇女|青年|子女|职工|群众|手续|冷静|诉讼|财产"
    "|当事人|调解|窗口|问题|者|男|女|对象|工作|状况|声明|法|咨询|事宜|服务|的"
)
"""What the word is about where it tells nothing of whom it follows (离婚登记, 离异家庭)."""
_BOUND = r"(?:(?<=[,、;:/\s(])|(?<=^))"
SIGNS = (
    label(
        Entity.HEALTH,
        "健康状况 身体状况 病情 诊断 临床诊断 诊断结果 疾病名称 病种 患病情况 所患疾病 残疾类别 "
        "残疾等级 伤残等级 致残等级 病史 既往史 过敏史 残疾情况 血型 孕情 怀孕情况",
        r"[^,。;\s]{1,30}",
    ),
    label(Entity.MARITAL_STATUS, "婚姻状况 婚姻 婚否 婚姻情况", r"[^,。;\s]{1,6}"),
    label(Entity.RELIGION, "宗教信仰 信仰 宗教", r"[^,。;\s]{1,10}"),
    label(
        Entity.ETHNICITY, "民族 族别 民族成分", rf"{_PEOPLE}|{any_of(_PEOPLES)}(?![\u4e00-\u9fff])"
    ),
    *HEALTH_SIGNS,
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
            r"(?:^|[,。;、:\s)])(?:[\u4e00-\u9fff]{0,3}(?:户|户主|对象|人员?|民|工|者|某))?"
            rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}})"
            r"(?:已|现|早年?|曾|因|系|[于自在]?[0-9]{4}年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?){0,2}"
            rf"(?P<value>离异|离婚|丧偶|再婚|未婚|单身|分居)(?!{_AFFAIR})",
            re.MULTILINE,
        ),
        True,
        "姓名之后写明婚姻状况",
        proven=True,
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
        Entity.MARITAL_STATUS,
        re.compile(
            rf"(?:{_BOUND}|{NAMED})(?:现|已|系|属|为|是)?(?P<value>{BEREFT}(?:[,、]?(?:系|为|是)?{BEREFT})?)(?=[,、;。)]|$)",
            re.MULTILINE,
        ),
        False,
        "句中有失去父母的情况",
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
