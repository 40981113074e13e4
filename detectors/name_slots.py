"""Names that nothing but their place tells: between a label for persons and a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from detectors.base import Hit
from detectors.name_evidence import HAN, ORGANISATION_END
from detectors.vocabulary import NameStatistics, Words, cues, forward
from review.finding import Entity

DEAR = 7.5
"""Cost of a letter, in nats, above which a few of them are hardly ordinary words."""
_FILLED = frozenset("你我他她诉的了着与及是被把也都不某为在于和或未已应须等其该各本此无有")
_SHORTEST_LABEL = 2


def slots(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find what stands whole between a label and a stop and is no word (受理人：经天纬，).

    Without a colon only what a surname begins counts: 犯罪嫌疑人认罪认罚 names nobody.
    """
    for match in _slot().finditer(text):
        name = match["name"]
        ordinary = words.get(name, 99.0) < 99.0 or forward(name, words)[-1] <= DEAR * len(name)
        organisation = len(name) > 2 and ORGANISATION_END.search(name)
        if ordinary or organisation or not _FILLED.isdisjoint(name) or name in cues("empty"):
            continue
        surname, given = names.split(name)
        if given in cues("unfit") or not (match["colon"] or (surname and len(given) < 3)):
            continue
        reason = f"“{match['label']}”之后单独成段"
        yield Hit(Entity.PERSON, *match.span("name"), 0.85, reason)


@cache
def _slot() -> re.Pattern[str]:
    strong = cues("label") - cues("weak_label")
    labels = sorted((w for w in strong if len(w) >= _SHORTEST_LABEL), key=len, reverse=True)
    return re.compile(
        rf"(?P<label>{'|'.join(labels)})(?P<colon>[:：][ \u3000]{{0,3}})?"
        rf"(?P<name>[{HAN}]{{2,4}})(?=[，,、。；;（(\n]|[ \u3000]|\Z)"
    )
