"""Sensitive information about a person (个保法 28): health, marriage, religion, ethnicity.

The same words fill policy papers (残疾人事业, 民族团结, 婚姻登记): in running text they count only
where the sentence is about somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.base import Hit, Passage
from detectors.columns import governed
from detectors.labels import any_of
from review.finding import Entity

_PEOPLES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 "
    "畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 "
    "阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 "
    "门巴 珞巴 基诺"
)
_PEOPLE = rf"{any_of(_PEOPLES)}[ ]?族"
_FAITHS = any_of("佛教 道教 基督教 天主教 伊斯兰教 东正教 基督 佛 耶稣 真主 藏传佛教")
_MARRIAGE = any_of("未婚 已婚 离异 离婚 丧偶 再婚 初婚 复婚 分居 同居 单身")
_DISEASE = (
    r"(?:癌|肿瘤|瘤|白血病|尿毒症|糖尿病|高血压|冠心病|心脏病|肝炎|乙肝|丙肝|肺结核|结核|艾滋病|HIV|梅毒|性病"
    r"|精神病|精神分裂|精神障碍|抑郁|躁狂|癫痫|痴呆|帕金森|中风|脑梗|脑出血|脑瘫|心梗|瘫痪|偏瘫|截瘫|骨折"
    r"|肾衰竭|衰竭|肝硬化|硬化|风湿|哮喘|尘肺|残疾|失明|失聪|聋哑|自闭症|孤独症|地中海贫血|血友病|红斑狼疮"
    r"|重病|大病|慢性病|疾病|综合征|综合症|[\u4e00-\u9fff](?:病|症|炎|疾))"
)
_KINDS = any_of("肢体 视力 听力 言语 智力 精神 多重")
_DISABILITY = (
    rf"(?:{_KINDS}[ ]?(?:残疾)?[ ]?[一二三四壹贰叁肆1-4][ ]?级(?:残疾)?"
    rf"|{_KINDS}[ ]?残疾"
    r"|(?:残疾|伤残|致残)(?:等级)?[:为 ]{0,2}[一二三四五六七八九十1-9][ ]?级"
    r"|[一二三四五六七八九十][ ]?级[ ]?(?:肢体|视力|听力|言语|智力|精神|多重)?(?:残疾|伤残))"
    r"(?![人者军]|等级|标准|事业|预防|儿童|学生)"
)
# Somebody in particular: a pronoun, kin, age, sex, or a form's label. Not 群众, 对象, 人员.
_SOMEBODY = re.compile(
    r"本人|其(?=(?:妻|夫|父|母|子|女|儿|丈|配|患|因|系|本|家|长|次|已|为|身|离|丧|未|名下))"
    r"|我(?![们国省市县区镇街局委办厅院校村])|[他她](?!们)|该(?:户|人|同志|职工|生)|户主|家中|妻子?|丈夫|配偶"
    r"|父亲|母亲|儿子|女儿|长子|次子|长女|次女|孙子|孙女|老伴|哥哥|弟弟|姐姐|妹妹|先生|女士|同志"
    r"|[男女](?=[,、;。 )])|岁|出生(?!人口)|中共党员|学历|身份证"
    r"|患者[:为]?[\u4e00-\u9fff]{2,3}[,(]|某某?"
    r"|到案|陈述|自述|主诉|供述|申请人|当事人|姓名|死者|伤者|被告|原告"
)
_NAMED = re.compile(
    r"(?:^|[,。;、:\s)])(?:村民|居民|职工|学生|贫困户|低保户|死者|伤者)?"
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗方俞任袁柳"
    r"鲍史唐费廉岑薛雷贺倪汤罗毕郝安常傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童"
    r"郭梅林钟徐邱骆高夏蔡田胡凌霍万柯卢莫房解丁邓洪崔龚程邢裴陆荣翁甄封段侯宁甘武刘龙叶黎白蒲邰赖卓屠池谭劳申冉"
    r"雍桂牛边燕冀尚温庄晏柴瞿阎连习艾容向古易廖聂关曾游盖]"
    r"[\u4e00-\u9fff×某*]{1,2}(?:,|[(]|因|患|系|身|被|为|于|,?[男女])"
)
_CROWD = re.compile(
    r"凡|(?:^|[,。;])对(?!其)|对于|针对|符合|以下条件|下列|之一的|等(?:重大)?疾病|的(?:人员|群众|对象|家庭|居民|患者|老人|儿童|职工|申请人)"
    r"|患者的?(?:管理|救治|服务|筛查)|群众|人群|困难家庭|参保|政策|工作|防治|制度|条例|办法|予以|给予|应当|可以申请"
)
_CLAUSE_END = re.compile(r"[,;]")
_SENTENCE_END = "。!?\n"


@dataclass(frozen=True, slots=True)
class _Sign:
    """Hold one way a kind of information shows; ``sure`` needs no somebody in the sentence."""

    entity: Entity
    pattern: re.Pattern[str]
    sure: bool
    reason: str


def _label(entity: Entity, words: str, value: str) -> _Sign:
    # A colon must part label and value: 健康状况良好的群众 is a sentence.
    separator = r"[ \t]{0,3}(?:\([^()\n]{0,12}\))?[ \t]{0,3}(?::|[ \t]{2,}|\t)[ \t]{0,4}"
    pattern = re.compile(rf"{any_of(words)}{separator}(?P<value>{value})")
    return _Sign(entity, pattern, True, "旁有相应的栏目名称")


_BOUND = r"(?:(?<=[,、;:/\s(])|(?<=^))"
_SIGNS = (
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
    _Sign(
        Entity.HEALTH,
        re.compile(
            rf"(?:患(?!者|难|得|病率)[有了上过]?|身患|罹患|确诊[为患]?|诊断[为出]|查出|感染|系)(?P<value>(?:[\u4e00-\u9fffA-Za-z]{{0,10}}?)"
            rf"{_DISEASE}[\u4e00-\u9fff]{{0,2}}?)(?![者率人群])"
        ),
        False,
        "句中有患病情况",
    ),
    _Sign(
        Entity.HEALTH,
        re.compile(
            rf"因(?P<value>[\u4e00-\u9fff]{{0,6}}?{_DISEASE})"
            r"(?=[^。\n]{0,4}(?:住院|去世|病故|死亡|治疗|手术|卧床|丧失|致残|无法|返贫))"
        ),
        False,
        "句中有患病情况",
    ),
    _Sign(
        Entity.HEALTH,
        re.compile(
            rf"(?:提交|提供|出具|持)(?:了|有)?(?P<value>[\u4e00-\u9fff]{{0,8}}?{_DISEASE})"
            r"(?=的?(?:诊断|病历|证明))"
        ),
        False,
        "句中有诊断证明",
    ),
    _Sign(Entity.HEALTH, re.compile(rf"(?P<value>{_DISABILITY})"), False, "句中有残疾情况"),
    _Sign(
        Entity.MARITAL_STATUS,
        re.compile(rf"{_BOUND}(?:现|已|系)?(?P<value>{_MARRIAGE})(?=[,、;。/\s)]|$)", re.MULTILINE),
        False,
        "句中有婚姻状况",
    ),
    _Sign(
        Entity.MARITAL_STATUS,
        re.compile(
            r"(?:其|本人|户主|妻子?|丈夫|夫妻|夫妇|父母|他|她|已|与[\u4e00-\u9fff某]{2,4})(?:已|于[0-9年月日]{4,12})?(?P<value>离异|离婚|丧偶|再婚|未婚|分居)(?!登记|率|案件|证|协议书?范本|政策)"
        ),
        False,
        "句中有婚姻状况",
    ),
    _Sign(
        Entity.RELIGION,
        re.compile(rf"(?:信奉|信仰|皈依|信)(?P<value>{_FAITHS}教?)(?!协会|界|团体|活动|事务|场所)"),
        False,
        "句中有宗教信仰",
    ),
    _Sign(
        Entity.ETHNICITY,
        re.compile(rf"{_BOUND}(?P<value>{_PEOPLE})(?=[,、;。/\s)]|$)", re.MULTILINE),
        False,
        "人员介绍中的民族",
    ),
)
_WORD = re.compile(
    r"患|病|残|癌|瘤|症|炎|婚|丧|离|偶|族|教|信仰|健康|身体|诊断|过敏|瘫|折|疾|抑郁|HIV|佛|单身|分居|同居|失明|中风"
)
_ILLNESS = re.compile(rf"{_DISEASE}|残|障|伤|瘫|盲|聋|哑|瘤|癌")
_CAUSE = re.compile(r"伤亡|伤情|致贫|致困|困难原因")


class SensitiveRecognizer:
    """Find health, marriage, religion and ethnicity where they are about a person."""

    name = "sensitive"
    entities = (Entity.HEALTH, Entity.MARITAL_STATUS, Entity.RELIGION, Entity.ETHNICITY)

    def find(self, passage: Passage) -> Iterator[Hit]:
        covered: set[int] = set()
        for entity in self.entities:
            for start, end, header in governed(passage, entity):
                # 因学 and 缺技术 are causes of poverty too, but no illness.
                if _CAUSE.search(header) and not _ILLNESS.search(passage.text, start, end):
                    continue
                covered.update(range(start, end))
                yield Hit(entity, start, end, 0.9, "表头为敏感个人信息")
        if not _WORD.search(passage.text):
            return
        for sign in _SIGNS:
            yield from _spoken(passage.text, sign, covered)


def _spoken(text: str, sign: _Sign, covered: set[int]) -> Iterator[Hit]:
    for match in sign.pattern.finditer(text):
        start, end = match.span("value")
        if not covered.isdisjoint(range(start, end)):
            continue
        if sign.sure or _about_somebody(text, start, end):
            covered.update(range(start, end))
            yield Hit(sign.entity, start, end, 0.9 if sign.sure else 0.7, sign.reason)


def _about_somebody(text: str, start: int, end: int) -> bool:
    """Weigh the clause, then the sentence around a word: a person in it, no talk of a crowd."""
    piece = text[max(0, start - 60) : start]
    cut = max(piece.rfind(mark) for mark in _SENTENCE_END)
    before = piece[cut + 1 :]
    after = _CLAUSE_END.split(text[end : end + 12])[0]
    clause = _CLAUSE_END.split(before)[-1]
    # 该户符合条件，其妻张某患病: what stands in an earlier clause does not undo the person here.
    scope = clause if clause and _person_in(clause, text, start) else before
    if not (_person_in(scope, text, start) or _SOMEBODY.search(after[:6])):
        return False
    return not _CROWD.search(scope + after)


def _person_in(scope: str, text: str, start: int) -> bool:
    return bool(
        _SOMEBODY.search(scope)
        or _NAMED.search(scope + text[start : start + 1])
        or _NAMED.search(scope + ",")
    )
