"""Whether a sentence is about somebody, or about the sick, the poor and the married in general."""

from __future__ import annotations

import re
from functools import lru_cache

from detectors.base import Passage
from detectors.names.names import NameRecognizer
from detectors.sensitive.sign import NAMED, SURNAME
from detectors.text.vocabulary import cues

# Somebody in particular: a pronoun, kin, age, sex, or a form's label. Not 群众, 对象, 人员.
_SOMEBODY = re.compile(
    r"本人|其(?=(?:妻|夫|父|母|子|女|儿|兄|弟|姐|妹|孙|丈|配|患|因|系|本|家|长|次|已|为|身|离|丧|未|名下|左|右|双|头|颅|面|胸|腹|腰|多处))"
    r"|你(?=户|家|本人|反映|患|因|系|已|与|[的]?(?:妻|夫|父|母|子|女|儿))"
    r"|我(?![们国省市县区镇街局委办厅院校村])|(?<!其)[他她](?!们|人)|该(?:户|人|同志|职工|生)|户主|家中|妻子?|丈夫|配偶"
    r"|父亲|母亲|儿子|女儿|长子|次子|长女|次女|孙子|孙女|老伴|哥哥|弟弟|姐姐|妹妹|先生|女士|同志|后者|前者"
    r"|[男女](?=[,、;。 )])|(?<![-~至到][0-9])(?<![-~至到][0-9]{2})岁(?!以[上下]|及|[-~至到])"
    r"|出生(?!人口)|中共党员|学历|身份证"
    r"|患者[:为]?[\u4e00-\u9fff]{2,3}[,(]|某某?"
    r"|到案|陈述|自述|主诉|供述|申请人|当事人|姓名|死者|伤者|被告|原告"
)
_NAMED = re.compile(
    rf"{NAMED}(?:,|[(]|因|患|系|身|被|为|于|信|确|经|的|离|丧|左|右|双|头|颅|多|全|胸|腹|曾|自|长|死|,?[男女])"
)
_CROWD = re.compile(
    r"凡|(?:^|[,。;])对(?!其)|对于|针对|符合|以下条件|下列|之一的|等(?:重大)?疾病|的(?:人员|群众|对象|家庭|居民|患者|老人|儿童|职工|申请人)"
    r"|收治|病人|患者的?(?:管理|救治|服务|筛查)|群众|人群|困难家庭|参保|政策|工作(?![0-9]|了|期间|时|中)|防治|制度|条例|办法|予以|给予|应当|可以申请"
)
_WHOSE = re.compile(
    r"的?(?:村民|居民|市民|群众|学生|职工|员工|老人|患者|户主|邻居|工人|教师|干部|儿童|军人|残疾人|人|后)"
    rf"(?={SURNAME})"
)
# These are about one person even where the sentence speaks of 材料 and 提交.
_DEFINITE = re.compile(
    r"某|到案|陈述|供述|主诉|自述|(?<!其)[他她](?!们|人)|[男女](?=[,、])|(?<![-~至到])(?<![-~至到][0-9])[0-9]岁(?!以[上下]|及|[-~至到])|[前后]者|先生|女士|死者|伤者|该(?:户|同志|职工|生)|你"
)
# A form or a guide speaks of 申请人, 本人 and 配偶 without meaning anyone.
_RULE = re.compile(
    r"或者?|须|需(?!要?人)|应|可(?:以|凭|申请)|材料|证明|提供|提交|携带|的,|情形|标准|范围|每人|每月|每年"
)
_CHILD = re.compile(r"其(?:[长次]?[子女]|儿子|女儿|孙[子女]?|外孙女?)|某|该[童生]")
# 左腿骨折: a group has no left leg.
_SIDE = re.compile(r"[左右]|双(?:手|眼|目|腿|脚|下肢)")
# …住院，由儿媳代为表决: whoever has a relative act for him is one person.
_CARER = re.compile(
    r"[^,;。\n]{0,8},(?:现|暂|已|一直)?由其?(?:妻|丈夫|父|母|儿|女|[长次]子|子(?!公司)|孙|兄|弟|姐|妹|老伴|配偶)"
    r"[^,;。\n]{0,8}?(?:代|照[料顾看]|监护|护理|抚养|赡养|扶养)"
)
_CLAUSE_END = re.compile(r"[,;。\n]")
_SENTENCE_END = "。!?\n"
_REACH = 90
_FOLLOW = 30
_TITLE = 4
_OPENING = 6


def about_somebody(text: str, start: int, end: int) -> bool:
    """Weigh the clause, then the sentence around a word: a person in it, no talk of a crowd."""
    before = _sentence_before(text, start)
    following = _CLAUSE_END.split(text[end : end + _FOLLOW])[0]
    if _WHOSE.match(text, end) and named_after(before + text[start:end], following):
        return True
    after = _CLAUSE_END.split(text[end : end + 12])[0]
    clause = _CLAUSE_END.split(before)[-1]
    bracket = clause.rpartition("(")[2]
    if ")" not in bracket and _SOMEBODY.search(bracket):
        clause = bracket  # 给予某某家慰问金(其父肺癌去世): what is given outside is no crowd's.
    if (_SIDE.match(text, start) or _CARER.match(text, end)) and not _CROWD.search(clause + after):
        return True
    if _named(clause, text[start]):
        return not _CROWD.search(clause + after)
    # 该户符合条件，其妻张某患病: what stands in an earlier clause does not undo the person here.
    scope = clause if _SOMEBODY.search(clause + text[start]) else before
    if _CROWD.search(scope + after):
        return False
    if _SOMEBODY.search(scope + text[start]) or _SOMEBODY.search(after[:6]):
        definite = _DEFINITE.search(scope) or _named(before, text[start])
        # 张三称其父李四患病，需要…: no guide says what is needed of whom it names.
        return bool(definite) or not _general(before, text, end) or _name_in(clause)
    if before == clause and len(before) <= _OPENING and text.startswith(",", end):
        # 因高血压，职工某某申请…: who is meant comes next.
        following = _CLAUSE_END.split(text[end + 1 : end + _FOLLOW])[0]
        told = not _CROWD.search(following) and not _RULE.search(following)
        return (told and _name_in(following)) or _name_in(before)
    return _named(before, text[start]) or _name_in(before)


def person_before(text: str, start: int) -> bool:
    """Say whether the sentence so far names somebody or speaks of his child (其女)."""
    before = _sentence_before(text, start)
    if not before.strip() or _CROWD.search(_CLAUSE_END.split(before)[-1]):
        return False
    return _CHILD.search(before) is not None or _name_in(before)


def named_before(text: str, end: int) -> bool:
    """Say whether a name ends here: not somewhere in the sentence, but right before."""
    before = _sentence_before(text, end)
    return any(hit.end == len(before) for hit in _names().find(Passage(before + ",")))


def _sentence_before(text: str, at: int) -> str:
    """Give what stands before a place in its sentence, within reach."""
    piece = text[max(0, at - _REACH) : at]
    return piece[max(piece.rfind(mark) for mark in _SENTENCE_END) + 1 :]


def _general(before: str, text: str, end: int) -> bool:
    following = text[end : end + _FOLLOW]
    cut = min(
        (found for mark in _SENTENCE_END if (found := following.find(mark)) >= 0), default=_FOLLOW
    )
    return _RULE.search(before + "|" + following[:cut]) is not None


def _named(scope: str, following: str) -> bool:
    """Say whether somebody is named; 方案为 and 任何 begin like names and are words."""
    return any(
        named["name"][:2] not in cues("never")
        for piece in (scope + following, scope + ",")
        for named in _NAMED.finditer(piece)
    )


@lru_cache(maxsize=1024)
def _name_in(sentence: str) -> bool:
    """Ask the recogniser of names, for names that stand amid a clause."""
    return any(True for _ in _names().find(Passage(sentence)))


def named_after(before: str, following: str) -> bool:
    """Say whether what follows begins with a name, a title apart (一级伤残军人某某)."""
    hits = _names().find(Passage(before + following))
    return any(0 <= hit.start - len(before) <= _TITLE for hit in hits)


@lru_cache(maxsize=1)
def _names() -> NameRecognizer:
    return NameRecognizer()
