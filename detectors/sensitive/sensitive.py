"""Sensitive information about a person (个保法 28): health, marriage, religion, ethnicity.

The same words fill policy papers (残疾人事业, 民族团结, 婚姻登记): in running text they count only
where the sentence is about somebody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.sensitive.illness import ILL_CAUSE, ILLNESSES, MARITAL_CAUSE
from detectors.sensitive.sensitive_signs import SIGNS
from detectors.sensitive.sign import Lines, Sign, WordSets
from detectors.sensitive.somebody import about_somebody, named_before
from detectors.tables.columns import governed
from detectors.tables.rows import Rows
from review.finding import Entity

_LONGEST_REMARK = 60
_REMARK = re.compile(r"备注|特殊|说明|附注|事由|原因|理由|情况|状况|困难")
_NAMES_HEADER = re.compile(
    r"姓\s*名|户[主名]|对象|人员|学生|儿童|老人|(?:[^\W\d](?<!法)人|者|员|户)(?:[(]|\Z)"
)
_NAMED_HEADER = re.compile(r"姓\s*名|户\s*主")
_ILL_CELL = re.compile(
    rf"(?:身?患有?|因)?(?P<value>[\u4e00-\u9fff]{{0,8}}?{ILLNESSES}|(?:血液)?透析|孕?产妇|孕妇)"
    r"(?:病人|患者)?"
)
_CAUSE = re.compile(
    r"伤亡|伤情|体检|致贫|致困|困难原因|(?:低保|救助|申请|享受|保障|补助)(?:原因|事由|理由)"
)
# In a table of rates a header may be taken for a value.
_LABEL_CELL = re.compile(r".{0,6}(?:比例|占比|标准|金额|限额|额度|人数|户数|人次|名称|数量|费用)")

# 对象类别: 脱贫户、重度残疾人家庭. Who is named beside it is told ill, disabled or divorced.
_CLASS = re.compile(r"(?:类别|类型|属性|身份|成分)(?:[(]|\Z)")
_CLASS_VALUE = re.compile(
    rf"[\u4e00-\u9fff]{{0,3}}?{ILLNESSES}(?:患者|病人|人员?)?(?:家庭|户)?(?![救保])"
    r"|(?:[重中轻]度|[一二三四][ ]?级)?(?:肢体|视力|听力|言语|智力|精神|多重)?"
    r"残(?:疾(?:人员?)?|(?=[,、/;户]|\Z))(?:家庭|户)?"
    r"|(?:失能|失智|失独|精神障碍)(?:老人|人员|患者)?(?:家庭|户)?"
    r"|(?:离异单亲|单亲|离异|离婚|丧偶|孤儿|事实无人抚养(?:儿童)?)(?:家庭|户)?"
)

_GRADE = re.compile(r"等级|级别|类别")
_DISABLED = re.compile(r"残疾|伤残|致残")
_WORDS = WordSets(sign.words for sign in SIGNS)


class SensitiveRecognizer:
    """Find health, marriage, religion and ethnicity where they are about a person."""

    name = "sensitive"
    entities = (Entity.HEALTH, Entity.MARITAL_STATUS, Entity.RELIGION, Entity.ETHNICITY)

    def find(self, passage: Passage) -> Iterator[Hit]:
        covered: set[int] = set()
        rows = Rows(passage.headers)
        for entity in self.entities:
            for start, end, header in governed(passage, entity):
                kind = _of_cell(entity, header, passage.text[start:end])
                if kind is None or not rows.tells_of_person(start):
                    continue
                covered.update(range(start, end))
                yield Hit(kind, start, end, 0.9, "表头为敏感个人信息")
        for start, end, header in passage.headers:
            value = passage.text[start:end]
            if _GRADE.fullmatch(header) and value.strip() and rows.beside(start, _DISABLED):
                covered.update(range(start, end))
                yield Hit(Entity.HEALTH, start, end, 0.8, "与残疾类别同列一行的等级")
        for kind, start, end in _classes(passage, rows):
            if covered.isdisjoint(range(start, end)):
                covered.update(range(start, end))
                yield Hit(kind, start, end, 0.8, "名单中写明的困难类别")
        remarks = _remarks(passage)
        for start, end in remarks:
            ill = _ILL_CELL.fullmatch(passage.text[start:end].strip())
            if ill and covered.isdisjoint(range(start, end)):
                lead = passage.text.index(ill["value"], start, end)
                covered.update(range(start, end))
                yield Hit(Entity.HEALTH, lead, lead + len(ill["value"]), 0.8, "名单中写明病情")
        lines = Lines(passage.text, _WORDS)
        for sign in SIGNS:
            yield from _spoken(sign, lines, covered, remarks)


def _of_cell(entity: Entity, header: str, value: str) -> Entity | None:
    """Say what a cell under a sensitive header holds; 因学 and 缺技术 are no illness."""
    if _LABEL_CELL.fullmatch(value):
        return None
    if entity is not Entity.HEALTH or not _CAUSE.search(header):
        return entity
    if MARITAL_CAUSE.search(value):
        return Entity.MARITAL_STATUS
    return Entity.HEALTH if ILL_CAUSE.search(value) else None


def _classes(passage: Passage, rows: Rows) -> Iterator[tuple[Entity, int, int]]:
    """Yield what the class of a household tells of its health and marriage, where one is named."""
    for start, end, header in passage.headers:
        if not _CLASS.search(header) or not rows.beside(start, _NAMED_HEADER):
            continue
        for match in _CLASS_VALUE.finditer(passage.text, start, end):
            kind = Entity.MARITAL_STATUS if MARITAL_CAUSE.search(match[0]) else Entity.HEALTH
            yield kind, *match.span()


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
    sign: Sign, lines: Lines, covered: set[int], remarks: list[tuple[int, int]]
) -> Iterator[Hit]:
    for match in sign.matches(lines):
        start, end = match.span("value")
        if not covered.isdisjoint(range(start, end)):
            continue
        if sign.proven and not named_before(lines.text, match.end("name")):
            continue
        if sign.sure or _within(start, remarks) or about_somebody(lines.text, start, end):
            covered.update(range(start, end))
            yield Hit(sign.entity, start, end, 0.9 if sign.sure else 0.7, sign.reason)


def _within(offset: int, stretches: list[tuple[int, int]]) -> bool:
    index = bisect_right(stretches, offset, key=lambda stretch: stretch[0]) - 1
    return index >= 0 and offset < stretches[index][1]
