"""The three judgements that a review is made of: 内容表述, 公开时机, 公开方式."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from review.case import Approval
from review.document import Note
from review.finding import Entity


class Judgement(StrEnum):
    """Name what a reviewer weighs; the value is the key under which his words are kept."""

    WORDING = "wording"
    TIMING = "timing"
    CHANNEL = "channel"


JUDGEMENT_NAMES: Mapping[Judgement, str] = {
    Judgement.WORDING: "内容表述",
    Judgement.TIMING: "公开时机",
    Judgement.CHANNEL: "公开方式",
}

_FAMILIES: Mapping[str, Judgement] = {
    "wording": Judgement.WORDING,
    "timing": Judgement.TIMING,
    "channel": Judgement.CHANNEL,
    "attribute": Judgement.CHANNEL,
    "category": Judgement.CHANNEL,
}
"""By the first word of a note's code. Attribute (公开属性) and category decide method and scope."""

_REMAINING = frozenset({
    "number_completable", "masks_add_up", "mask_completed", "mask_named", "name_masks_add_up",
    "named_elsewhere", "named_twice", "name_spelt", "rows_joined", "small_groups",
    "alias_told", "singled_out", "office_told", "position_told",
})  # fmt: skip
"""What a published text still tells of hidden people: a matter of its content."""

_OF_CONTENT = frozenset({Entity.WORDING, Entity.NEGATIVE_TERM, Entity.SECRECY_MARK})


def said_on(approval: Approval) -> Mapping[Judgement, str]:
    """Give a person's words on each judgement, empty where he said none."""
    return {
        Judgement.WORDING: approval.wording,
        Judgement.TIMING: approval.timing,
        Judgement.CHANNEL: approval.channel,
    }


def judgement_of(told: Note | Entity) -> Judgement | None:
    """Say under which judgement a note or what was found belongs.

    None for what a reader of files could not see or left out, and for personal information,
    which has its own list.
    """
    if isinstance(told, Entity):
        return Judgement.WORDING if told in _OF_CONTENT else None
    if told.code in _REMAINING:
        return Judgement.WORDING
    return _FAMILIES.get(told.code.partition("_")[0])
