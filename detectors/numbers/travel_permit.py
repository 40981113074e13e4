"""Permits for travel between the mainland, Hong Kong, Macao and Taiwan (港澳台通行证)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.base import Hit, Passage
from detectors.numbers.documents import Certificate, certificates
from detectors.text.labels import any_of, labelled
from review.finding import Entity

_KIND = Certificate(
    Entity.CN_TRAVEL_PERMIT,
    "通行证",
    re.compile(any_of("通行证 回乡证 台胞证 来往内地 来往大陆 往来港澳 往来台湾")),
    re.compile(
        r"(?<![A-Za-z0-9])(?:[HM][ \-]?[0-9]{4}[ ]?[0-9]{4}(?:[ ]?[0-9]{2})?|[CW][A-Z0-9][0-9]{7}"
        r"|[TL][ \-]?[0-9]{4}[ ]?[0-9]{4})(?![A-Za-z0-9])",
        re.IGNORECASE,
    ),
    labelled(
        "通行证 回乡证 台胞证",
        r"[0-9]{8}(?:[0-9]{2})?(?:[ ]?\([A-Za-z0-9]\))?(?![A-Za-z0-9*])",
    ),
)


class TravelPermitRecognizer:
    """Find permit numbers with the name of the permit in the same line or header."""

    name = "travel_permit"
    entities = (Entity.CN_TRAVEL_PERMIT,)

    def find(self, passage: Passage) -> Iterator[Hit]:
        yield from certificates(passage, _KIND)
