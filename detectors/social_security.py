"""Numbers of social-security and medical-insurance cards, beside their label."""

from __future__ import annotations

from collections.abc import Iterator

from detectors import checks
from detectors.base import Hit, Passage
from detectors.columns import digits_in, governed
from detectors.labels import labelled, values
from review.finding import Entity

_LABELLED = labelled(
    "社保号 社保卡号 社保卡 社保编号 社会保障号 社会保障号码 社会保障卡 社会保障卡号 个人社保号 "
    "医保号 医保卡号 医保卡 医保编号 医疗证 医疗保险号 参保号 养老保险号 个人编号",
    r"[A-Za-z0-9](?:[ \-]?[A-Za-z0-9]){7,19}(?![A-Za-z0-9])",
)


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
                yield Hit(Entity.CN_SOCIAL_SECURITY, start, end, 0.8, "旁有社保、医保号码字样")
        for start, end, _ in governed(passage, Entity.CN_SOCIAL_SECURITY):
            if covered.isdisjoint(range(start, end)) and _is_one(text[start:end]):
                yield Hit(Entity.CN_SOCIAL_SECURITY, start, end, 0.6, "表头为社保号码")


def _is_one(value: str) -> bool:
    plain = value.replace(" ", "").replace("-", "")
    return digits_in(plain) >= 6 and not checks.id_card(plain)
