"""How illness, injury, disability and pregnancy show in a text: the patterns of each sign."""

from __future__ import annotations

import re

from detectors.sensitive.illness import (
    AFTER_PERSON,
    CONDITION,
    DISABILITY,
    DISABLED,
    DISEASE,
    ICD,
    ILLNESSES,
    INJURY,
    KIND,
    MEDICINE,
    OPERATION,
    PART,
    PREGNANCY,
    SYMPTOM,
)
from detectors.sensitive.sign import SURNAME, Sign
from review.finding import Entity

_BARE = rf"(?P<value>(?:{KIND}|{PART})?{ILLNESSES})"
"""An illness with what it is of, no verb before it."""


def _health(pattern: str, reason: str) -> Sign:
    return Sign(Entity.HEALTH, re.compile(pattern), False, reason)


def _certified(field: str, value: str) -> Sign:
    """Build the sign of a field of a certificate as a machine reads it: 残疾类别肢体."""
    alone = r"(?=[ ]*$|[ ]+(?:残疾)?(?:类别|等级|级别))"
    pattern = re.compile(rf"(?:^|[ ])残疾{field}[ ]{{0,4}}(?P<value>{value}){alone}", re.MULTILINE)
    return Sign(Entity.HEALTH, pattern, True, "残疾人证的一栏")


_KINDS = "(?:视力|听力|言语|肢体|智力|精神|多重)(?:残疾)?"

HEALTH_SIGNS = (
    _certified("类[别型]", rf"{_KINDS}(?:[、/]{_KINDS}){{0,3}}"),
    _certified("(?:等级|级别)", "[一二三四1-4]级"),
    _health(rf"(?P<value>{DISABILITY})", "句中有残疾情况"),
    _health(
        r"(?:患(?!者|难|得|病率)[有了上过]?|出现[了过]?|引发[了]?|身患|罹患|确诊[为患]?|诊断[为出]|查出|感染|系)"
        rf"(?P<value>(?:[\u4e00-\u9fffA-Za-z]{{0,10}}?){ILLNESSES})(?![者率人群])",
        "句中有患病情况",
    ),
    _health(
        rf"因(?P<value>[\u4e00-\u9fff]{{0,6}}?{ILLNESSES})"
        r"(?=(?:[于在]?[0-9年月日]{2,12})?[^。,\n]{0,10}?(?:住院|入院|就医|抢救|去世|病故|死亡|治疗|手术|卧床|丧失|致残|无法|返贫)"
        r"|,?(?:由|委托|请)[^,。;\n]{0,8}代)",
        "句中有患病情况",
    ),
    # 某某肺结核住院, 其父硅肺病去世: what came of it stands behind, no 患 or 因 before it.
    _health(
        rf"(?!{SURNAME}炎){_BARE}"
        r"(?=(?:再次|反复|正在|需|后)?(?:住院|入院|去世|病逝|病故|离世|亡故|已故|死亡|发作|复发|受不了|手术|化疗|放疗|透析|卧床))",
        "句中有患病情况",
    ),
    # 类风湿多年, 常年类风湿，: how long it has lasted stands for the verb.
    _health(
        rf"(?!{SURNAME}炎){_BARE}"
        r"(?=(?:已有?|达|近)?(?:[多数]|[0-9]{1,2}|[一二三四五六七八九十]{1,3})[余多几]?年[余多]?(?:[,;。)\n]|\Z))",
        "句中有患病情况",
    ),
    _health(
        rf"(?:常年|长期|多年来?){_BARE}(?=[,;。)\n]|\Z)",
        "句中有患病情况",
    ),
    _health(
        rf"(?:服用|服|吃|注射|靠)(?:着|过|了)?(?P<value>{MEDICINE})(?!品?(?:的)?(?:患者|者|人群|比例))",
        "句中有用药情况",
    ),
    _health(
        r"(?P<value>吸(?:食)?(?:毒品?|冰毒|海洛因|大麻|麻古)|(?:强制隔离|社区|自愿)戒毒)(?!人员|[者康所场工]|社区)",
        "句中有吸毒、戒毒情况",
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
        rf"(?:[体产孕]检|筛查|检查|检验|血检|化验|B超|CT)[^,。;\n]{{0,6}}?(?:发现|检出|查出|提示|显示|确诊)(?:患有?)?"
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
        rf"(?<![没无未])(?:有|患)(?P<value>[\u4e00-\u9fff]{{0,4}}?{ILLNESSES}病?史)(?![人者患])",
        "句中有病史",
    ),
    _health(
        rf"(?P<value>{SYMPTOM}(?:[、和]?{SYMPTOM}){{0,3}})(?=[^,。;\n]{{0,12}}(?:就医|送医|就诊|住院|入院|住进|入住))",
        "句中有就医的症状",
    ),
    _health(rf"(?P<value>{INJURY}){AFTER_PERSON}", "句中有伤病情况"),
    _health(rf"(?P<value>{OPERATION}){AFTER_PERSON}", "句中有伤病情况"),
    _health(
        rf"(?:既往(?:有|患有?)?|素有|自述有|伴有|合并)(?P<value>[\u4e00-\u9fff]{{0,4}}?{ILLNESSES})"
        r"(?=病?史|[,;。、)\n]|\Z)",
        "句中有既往病情",
    ),
    _health(
        rf"(?:系|为|是)(?P<value>(?:聋哑|盲|聋|哑|智障|残疾|植物|{DISEASE}病?)人)(?=[,。;、)\n]|\Z)",
        "句中有残疾或患病情况",
    ),
    _health(rf"(?P<value>{CONDITION}){AFTER_PERSON}", "句中有健康状况"),
    _health(rf"(?P<value>{PREGNANCY}){AFTER_PERSON}", "句中有孕产情况"),
    _health(
        rf"(?<![没无未所具带持享含设])有(?P<value>[\u4e00-\u9fff]{{0,3}}?{ILLNESSES})(?=[,;。)\n]|\Z)",
        "句中有患病情况",
    ),
    # 其妻肺癌, 他的儿媳某某有抑郁症: the name of whom it is said belongs to no illness.
    _health(
        r"(?:本人|妻子?|丈夫|父亲?|母亲?|儿媳妇?|女婿|儿子?|女儿?|[长次]子|孙[子女]|配偶|老伴)"
        rf"(?:(?:(?![没无未所])[\u4e00-\u9fff]){{0,4}}?有)?"
        rf"(?P<value>(?:(?![有媳婿])[\u4e00-\u9fff]){{0,4}}?{ILLNESSES})(?=[,;。)\n]|\Z)",
        "句中有患病情况",
    ),
    # The department in which somebody lies leads to his illness.
    _health(
        r"(?P<value>(?:[\u4e00-\u9fff](?<![院心在于住到至])){1,5}(?:科|病区|病房|ICU)"
        r"[ ]?(?:[一二三四五六七八九十0-9]{1,2}(?:病区|病房|室|区))?"
        r"[0-9]{1,3}[ ]?号?(?:病床|床))(?!位|均|以上|规模)",
        "写明住院的科室、床号",
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
)
