"""Numbers of social-security and medical-insurance cards, beside their label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.numbers import identity
from detectors.tables.columns import digits_in, governed
from detectors.text.labels import labelled, values
from review import checks
from review.finding import Entity

_LABELLED = labelled(
    "社保号 社保卡号 社保卡 社保编号 社会保障号 社会保障号码 社会保障卡 社会保障卡号 个人社保号 "
    "医保号 医保卡号 医保卡 医保编号 医疗证 医疗保险号 参保号 养老保险号 个人编号 "
    "社会保障卡卡号 社保卡卡号 医保卡卡号 医疗保险证 医疗保险手册 新农合证 新农合卡 "
    "合作医疗证 参合证 "
    # What a person holds in an office or a hospital leads to the illness or the need as well.
    "残疾人证 残疾证 低保证 低保金领取证 特困证 特困供养证 五保证 救助证 优待证 优抚证 "
    "就业失业登记证 失业登记证 住院号 病历号 病案号 门诊号 就诊卡号 就诊号 "
    # G and the identity number of the pupil.
    "学籍号 学籍卡 学籍卡号 学籍辅号 "
    "出生证 出生证号 出生证编号 出生医学证明 出生医学证明编号 出生医学证明,编号 出生医学证明》编号 "
    "健康证 健康证号 健康证编号",
    r"[A-Za-z0-9](?:[ \-]?[A-Za-z0-9]){5,21}(?![A-Za-z0-9*])",
)
# 残疾人证: the identity number, then the kind and the degree, then B and how often it was renewed.
_DISABILITY = re.compile(r"[1-7][1-4](?:[Bb][0-9])?(?![0-9A-Za-z])")


class SocialSecurityRecognizer:
    """Find such numbers; one that is a valid identity number is left to ``id_card``."""

    name = "social_security"
    entities = (Entity.CN_SOCIAL_SECURITY,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        covered: set[int] = set()
        for start, end in values(_LABELLED, text):
            if _is_one(text[start:end]):
                covered.update(range(start, end))
                yield Hit(
                    Entity.CN_SOCIAL_SECURITY, start, end, 0.8, "旁有社保、医疗、救助证号字样"
                )
        for start, end, _ in governed(passage, Entity.CN_SOCIAL_SECURITY):
            if covered.isdisjoint(range(start, end)) and _is_one(text[start:end]):
                yield Hit(Entity.CN_SOCIAL_SECURITY, start, end, 0.6, "表头为社保号码")
        for number in identity.sound(text):
            more = _DISABILITY.match(text, number.end)
            if more and covered.isdisjoint(range(number.start, more.end())):
                reason = "身份证号码之后另有两位，像残疾人证号"
                yield Hit(Entity.CN_SOCIAL_SECURITY, number.start, more.end(), 0.9, reason)


def _is_one(value: str) -> bool:
    plain = value.replace(" ", "").replace("-", "")
    return digits_in(plain) >= 6 and not checks.id_card(plain)
