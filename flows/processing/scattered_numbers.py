"""Ask a person about numbers set in pieces (138 | 1234 | 5678), of which no rule can be sure."""

from __future__ import annotations

from detectors.numbers.scattered import scattered
from flows.masks.remaining import asks, place_of, where
from review.document import Document, Note
from review.finding import Entity

_NAMES = {
    Entity.CN_ID_CARD: "身份证号码",
    Entity.PHONE_NUMBER: "手机号码",
    Entity.CN_BANK_CARD: "银行卡号",
    Entity.CN_LICENSE_PLATE: "车牌号",
}


def scattered_numbers(published: Document) -> tuple[Note, ...]:
    """Ask where in a text, as it would be published, a number seems to stand in pieces."""
    found = scattered(published)
    return tuple(
        asks(
            "scattered_number",
            f"{where(place_of(n, published.blocks[n]) for n in places)}"
            f"有拆成几格或几行写的数字，合起来像{name}。"
            "请核对：是个人信息的，退回请起草人删去；只是一般数字的，可以通过。",
        )
        for entity, name in _NAMES.items()
        if (places := [one.block for one in found if one.entity is entity])
    )
