"""Sensitive information about a person (个保法 28): health, marriage, religion, ethnicity.

The same words fill policy papers (残疾人事业, 民族团结, 婚姻登记): in running text they count only
where the sentence is about somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.columns import governed
from detectors.sensitive_signs import DISEASE, ILLNESSES, NAMED, SIGNS, SURNAME, Sign
from detectors.vocabulary import cues
from review.finding import Entity

# Somebody in particular: a pronoun, kin, age, sex, or a form's label. Not 群众, 对象, 人员.
_SOMEBODY = re.compile(
    r"本人|其(?=(?:妻|夫|父|母|子|女|儿|兄|弟|姐|妹|孙|丈|配|患|因|系|本|家|长|次|已|为|身|离|丧|未|名下))"
    r"|你(?=户|家|本人|反映|患|因|系|[的]?(?:妻|夫|父|母|子|女|儿))"
    r"|我(?![们国省市县区镇街局委办厅院校村])|[他她](?!们)|该(?:户|人|同志|职工|生)|户主|家中|妻子?|丈夫|配偶"
    r"|父亲|母亲|儿子|女儿|长子|次子|长女|次女|孙子|孙女|老伴|哥哥|弟弟|姐姐|妹妹|先生|女士|同志"
    r"|[男女](?=[,、;。 )])|岁|出生(?!人口)|中共党员|学历|身份证"
    r"|患者[:为]?[\u4e00-\u9fff]{2,3}[,(]|某某?"
    r"|到案|陈述|自述|主诉|供述|申请人|当事人|姓名|死者|伤者|被告|原告"
)
_NAMED = re.compile(
    rf"{NAMED}(?:,|[(]|因|患|系|身|被|为|于|信|确|经|的|离|丧|左|右|双|头|颅|多|全|胸|腹|曾|自|长|死|,?[男女])"
)
_CROWD = re.compile(
    r"凡|(?:^|[,。;])对(?!其)|对于|针对|符合|以下条件|下列|之一的|等(?:重大)?疾病|的(?:人员|群众|对象|家庭|居民|患者|老人|儿童|职工|申请人)"
    r"|收治|病人|患者的?(?:管理|救治|服务|筛查)|群众|人群|困难家庭|参保|政策|工作|防治|制度|条例|办法|予以|给予|应当|可以申请"
)
_CLAUSE_END = re.compile(r"[,;]")
_LONGEST_REMARK = 60
_SENTENCE_END = "。!?\n"


_WORD = re.compile(
    r"患|病|残|伤|肢|癌|瘤|症|炎|婚|丧|离|偶|族|教|信仰|健康|身体|诊断|过敏|瘫|折|疾|抑郁|HIV|佛|单身|分居|同居|失明|中风"
)
_ILLNESS = re.compile(rf"{DISEASE}|残|障|伤|瘫|盲|聋|哑|瘤|癌")
_REMARK = re.compile(r"备注|说明|附注|事由|原因|理由|情况|状况|困难")
_NAMES_HEADER = re.compile(r"姓\s*名|户主|申请人|对象|人员|领取人|受益人|学生|死者|伤者|当事人")
_ILL_CELL = re.compile(rf"(?:身?患有?|因)?(?P<value>[\u4e00-\u9fff]{{0,8}}?{ILLNESSES})")
_WHOSE = re.compile(
    r"的?(?:村民|居民|市民|群众|学生|职工|员工|老人|患者|户主|邻居|工人|教师|干部|儿童)"
    rf"(?P<name>{SURNAME}[\u4e00-\u9fff]{{1,2}}?)(?=[,。、;()\s因领于已系住在等,的]|\Z)"
)
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
        remarks = _remarks(passage)
        for start, end in remarks:
            ill = _ILL_CELL.fullmatch(passage.text[start:end].strip())
            if ill and covered.isdisjoint(range(start, end)):
                lead = passage.text.index(ill["value"], start, end)
                covered.update(range(start, end))
                yield Hit(Entity.HEALTH, lead, lead + len(ill["value"]), 0.8, "名单中写明病情")
        for sign in SIGNS:
            yield from _spoken(passage.text, sign, covered, remarks)


def _remarks(passage: Passage) -> list[tuple[int, int]]:
    """List the cells of remarks in a roster: what they tell is told of the person of the row."""
    if not any(_NAMES_HEADER.search(header) for _, _, header in passage.headers):
        return []
    return [
        (start, end)
        for start, end, header in passage.headers
        if _REMARK.search(header) and end - start <= _LONGEST_REMARK
    ]


def _spoken(
    text: str, sign: Sign, covered: set[int], remarks: list[tuple[int, int]]
) -> Iterator[Hit]:
    for match in sign.pattern.finditer(text):
        start, end = match.span("value")
        if not covered.isdisjoint(range(start, end)):
            continue
        if sign.sure or _within(start, remarks) or _about_somebody(text, start, end):
            covered.update(range(start, end))
            yield Hit(sign.entity, start, end, 0.9 if sign.sure else 0.7, sign.reason)


def _within(offset: int, stretches: list[tuple[int, int]]) -> bool:
    index = bisect_right(stretches, offset, key=lambda stretch: stretch[0]) - 1
    return index >= 0 and offset < stretches[index][1]


def _about_somebody(text: str, start: int, end: int) -> bool:
    """Weigh the clause, then the sentence around a word: a person in it, no talk of a crowd."""
    piece = text[max(0, start - 60) : start]
    cut = max(piece.rfind(mark) for mark in _SENTENCE_END)
    before = piece[cut + 1 :]
    if (whose := _WHOSE.match(text, end)) and whose["name"][:2] not in cues("never"):
        return True
    after = _CLAUSE_END.split(text[end : end + 12])[0]
    clause = _CLAUSE_END.split(before)[-1]
    # 该户符合条件，其妻张某患病: what stands in an earlier clause does not undo the person here.
    scope = clause if clause and _person_in(clause, text, start) else before
    if not (_person_in(scope, text, start) or _SOMEBODY.search(after[:6])):
        return False
    return not _CROWD.search(scope + after)


def _person_in(scope: str, text: str, start: int) -> bool:
    return bool(
        _SOMEBODY.search(scope) or _names(scope + text[start : start + 1]) or _names(scope + ",")
    )


def _names(clause: str) -> bool:
    """Say whether somebody is named; 方案为 and 任何 begin like names and are words."""
    return any(named["name"][:2] not in cues("never") for named in _NAMED.finditer(clause))
