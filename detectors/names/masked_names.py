"""Names that are masked already: 张某某, 李某甲, 王**, 张*国, 赵××; reported, not hidden again."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.base import Hit, Passage
from detectors.names.evidence import FAIR, HAN, is_han, label_before, names_place, weigh
from detectors.text.numerals import CHINESE_DIGITS
from detectors.text.telltales import headed
from detectors.text.vocabulary import cues, name_statistics, word_list
from review.finding import Entity, Role

REASON = "姓名已作隐名处理"
SCORE = 0.9

_SIGNS = "*×○●■□"
_ORDINALS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_BY_SIGN = rf"(?:[{_SIGNS}]{{1,3}}|[xX]{{2,3}})"
_WORDS = re.compile(
    rf"某{{1,3}}(?:[{_ORDINALS}]|[1-9]\d?(?![\d年月日时点分号楼栋届级次个名人万元%.．]))?"
)
_SIGNED = headed(rf"(?<=[{HAN}])(?P<sign>{_BY_SIGN})(?P<tail>[{HAN}])?")
_PARSED = re.compile(
    rf"(?P<head>[{HAN}]{{1,3}}?)(?:(?P<word>某{{1,3}})(?P<ordinal>[{_ORDINALS}]|\d{{1,2}})?"
    rf"|(?P<sign>{_BY_SIGN}))(?P<tail>[{HAN}]?)"
)
# 某些, 某日, 某镇, 某公司: what is left unnamed there is no person.
_UNNAMED_THING = re.compile(
    r"[些种个日月年天时次项类款条例届届级段期处地国省市区县州镇乡村街路巷号栋楼县局厅部科所站厂店行社馆院校园港岛矿职岗]"
)
_ORGANISATION = re.compile(
    r"[^\W与和及在的到向对从由被将把某是系为进去来开\d]{0,4}?(?:公司|集团|商行|商店|商场|经营部|经销部|服务部|门市|诊所|药[店房]|超市|"
    r"饭店|酒店|宾馆|旅馆|餐[厅馆]|饮食店|小吃店|便利店|工作室|合作社|养殖场|农场|加工厂|事务所)"
    r"|银行|医院|学校|中学|小学|幼儿园|派出所|委员会|村委|项目部|工地|小区|家园|[局厅厂店镇乡]"
)
_REACH = 200
_USUAL = 8.0
"""Cost, in nats, below which a character often ends a given name."""
_EVIDENT = 1.5
"""What must speak for a single sign with a word right behind it (王*领取), in nats."""
_SIZE = frozenset("长宽高厚深")


@dataclass(frozen=True, slots=True)
class Mask:
    """Hold what a masked name still shows.

    ``hidden`` counts the signs that stand for characters, 0 where 某 stands for any number;
    ``ordinal`` is the mark that tells several apart (甲), ``tail`` the last character if it shows.
    """

    surname: str
    hidden: int
    ordinal: str
    tail: str

    def fits(self, surname: str, given: str) -> bool:
        """Say whether a full name reads like this where its characters are hidden."""
        if self.ordinal or surname != self.surname or not given.endswith(self.tail):
            return False
        if self.tail:
            return len(given) == (self.hidden or 1) + 1
        return self.hidden < 2 or len(given) == self.hidden


def parse(letters: str) -> Mask | None:
    """Read a name without white space as a masked one, None where it is none."""
    if letters and not letters.strip("某"):
        return Mask("", 0, "", "")
    match = _PARSED.fullmatch(letters)
    if match is None or "某" in match["head"]:
        return None
    return Mask(match["head"], len(match["sign"] or ""), match["ordinal"] or "", match["tail"])


class MaskedNameRecognizer:
    """Find masked names; unnamed things (某公司, 某日) and organisations (张某某商行) are none."""

    name = "masked_names"
    entities = (Entity.PERSON,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield masked names, those in words first."""
        text = passage.text
        for match in _WORDS.finditer(text) if "某" in text else ():
            surname = _surname_before(text, match.start())
            if surname and _is_person(text, match, surname):
                yield _hit(match.start() - len(surname), match.end())
        for match in _SIGNED.finditer(text):
            surname = _surname_before(text, match.start())
            end = _end_of_starred(text, match)
            if surname and _is_starred(text, match, surname, end):
                yield _hit(match.start() - len(surname), end)
        yield from _someone(text)


def _hit(start: int, end: int) -> Hit:
    return Hit(Entity.PERSON, start, end, SCORE, REASON, Role.MASKED)


def _surname_before(text: str, end: int) -> str:
    """Give the surname that ends here and begins a name, empty if there is none."""
    names = name_statistics()
    for surname in (text[max(0, end - 2) : end], text[end - 1 : end]):
        known = surname in names.compound or surname in names.common or surname in names.rare
        if known and _begins_name(text, end - len(surname), surname):
            return surname
    return ""


def _begins_name(text: str, start: int, surname: str) -> bool:
    """Say whether a name may begin here: 对方某 and 由于某 are words, 向某某 is more likely one."""
    before = text[start - 1 : start]
    if not before or not is_han(before):
        return True
    if word_list().get(before + surname[0], 0.0) or before + surname[0] in cues("never"):
        return False
    if len(surname) > 1 or surname in name_statistics().common:
        return True
    return weigh(text, start, start + 1).score >= FAIR


def _is_person(text: str, match: re.Match[str], surname: str) -> bool:
    start, end = match.start() - len(surname), match.end()
    if _ORGANISATION.match(text, end) or names_place(text, end):
        return False
    if len(match.group()) > 1:
        return text[end : end + 1] != "某"
    if _UNNAMED_THING.match(text, end):
        return False
    rare = surname in name_statistics().rare
    return not rare or bool(label_before(text, start)) or text[end : end + 1] in "，,。；;、）) "


def _end_of_starred(text: str, match: re.Match[str]) -> int:
    """Say where 张*国 ends: with its last character, unless that begins the next word (王*领取)."""
    end = match.end()
    if match["tail"] is None:
        return end
    follows = text[end : end + 1]
    if not is_han(follows):
        return end
    word = word_list().get(match["tail"] + follows, 0.0)
    usual = name_statistics().last.get(match["tail"], math.inf) < _USUAL
    return end if usual and not word and len(match["sign"]) == 1 else match.end("sign")


def _is_starred(text: str, match: re.Match[str], surname: str, end: int) -> bool:
    """Tell 张*国 from 高×宽, 2×3 and the asterisks that set words in bold."""
    start, signs = match.start() - len(surname), match["sign"]
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    if "*" in signs and (before == "*" or ("**" in signs and _in_bold(text, start))):
        return False
    if "○" in signs and (_is_digit(after) or _is_digit(before)):
        return False
    if surname in _SIZE and (before in ("*", "×") or match["tail"] in _SIZE):
        return False
    if after and ((after.isascii() and after.isalnum()) or after in _SIGNS):
        return False
    loose = len(signs) == 1 and end == match.end("sign") and is_han(after)
    return not loose or weigh(text, start, end).weight >= _EVIDENT


def _in_bold(text: str, start: int) -> bool:
    """Say whether two asterisks that no surname precedes open before this place in its line."""
    line = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    names = name_statistics()
    opened = (m.start() for m in re.finditer(r"\*\*", line))
    return sum(at == 0 or line[at - 1] not in names.common for at in opened) % 2 == 1


def _someone(text: str) -> Iterator[Hit]:
    """Find 某某某 where a name is asked for; without a label it may be anything unnamed."""
    for match in re.finditer(r"(?<!某)某某某?(?!某)", text):
        if label_before(text, match.start()) and not _ORGANISATION.match(text, match.end()):
            yield _hit(*match.span())


def _is_digit(character: str) -> bool:
    return bool(character) and character in CHINESE_DIGITS
