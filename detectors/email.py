"""E-mail addresses; found from the @ outwards, without any list from the network."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.columns import governed
from review.finding import Entity, Role

_LOCAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,63})[ ]?$")
_DOMAIN = re.compile(r"[ ]?(?:[A-Za-z0-9\-]{1,63}[ ]?\.[ ]?){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9])")
_LONGEST_LOCAL = 65


class EmailRecognizer:
    """Find mail addresses; one under gov.cn is an office's."""

    name = "email"
    entities = (Entity.EMAIL_ADDRESS,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        text = passage.text
        at = text.find("@")
        while at >= 0:
            before = text[max(0, at - _LONGEST_LOCAL) : at]
            local, domain = _LOCAL.search(before), _DOMAIN.match(text, at + 1)
            if local and domain:
                office = domain[0].replace(" ", "").lower().endswith("gov.cn")
                role = Role.OFFICE if office else Role.UNKNOWN
                start = at - len(before) + local.start()
                yield Hit(Entity.EMAIL_ADDRESS, start, domain.end(), 0.95, "电子邮箱格式", role)
            at = text.find("@", at + 1)
        for start, end, _ in governed(passage, Entity.EMAIL_ADDRESS):
            if "@" not in text[start:end]:
                yield Hit(Entity.EMAIL_ADDRESS, start, end, 0.5, "表头为电子邮箱")
