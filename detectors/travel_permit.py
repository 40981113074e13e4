"""Permits for travel between the mainland, Hong Kong, Macao and Taiwan (港澳台通行证)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.documents import certificates
from detectors.labels import any_of
from review.finding import Entity

_LABEL = re.compile(any_of("通行证 回乡证 台胞证 来往内地 来往大陆 往来港澳 往来台湾"))
_SHAPE = re.compile(
    r"(?<![A-Za-z0-9])(?:[HMhm][ ]?[0-9]{8}(?:[ ]?[0-9]{2})?|[CcWw][A-Za-z0-9][0-9]{7}"
    r"|[TLtl][0-9]{8}|[0-9]{8}(?:[0-9]{2})?(?:\([A-Za-z0-9]\))?)(?![A-Za-z0-9])"
)


class TravelPermitRecognizer:
    """Find permit numbers with the name of the permit in the same line or header."""

    name = "travel_permit"
    entities = (Entity.CN_TRAVEL_PERMIT,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        yield from certificates(passage, Entity.CN_TRAVEL_PERMIT, _SHAPE, _LABEL, "通行证")
