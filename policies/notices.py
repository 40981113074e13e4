"""What rules may say and hardly mean: told beside the check, and nothing fails by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from policies.layer import Layer
from policies.merge import Merged
from policies.source import Place, Problem

_ALIKE = 0.7


def notices(merged: Merged, layers: Sequence[Layer], day: date) -> Iterator[Problem]:
    """Yield terms that do not count on the day, and channels that look misspelt."""
    for term, place in merged.terms.values():
        if term.has_ended(day):
            message = f"“{term.text}”已于 {term.until} 停用，不再起作用，请删去这一条或改写 until。"
            yield Problem(_at(place, "until"), message)
        elif not term.counts_on(day):
            message = f"“{term.text}”到 {term.since} 才启用，现在还不起作用，请核对 since。"
            yield Problem(_at(place, "since"), message)
    yield from _channels(layers)


def _channels(layers: Sequence[Layer]) -> Iterator[Problem]:
    base, *own = layers
    known = {c for part in base.categories.values() for c in part.spec.channels or ()}
    for part in (part for layer in own for part in layer.categories.values()):
        for number, channel in enumerate(part.spec.channels or ()):
            close = get_close_matches(channel, known - {channel}, n=1, cutoff=_ALIKE)
            if close and channel not in known:
                message = (
                    f"别的类别没有“{channel}”这个渠道，是否应为 {close[0]}？"
                    "确是另一个渠道的，不用理会。"
                )
                yield Problem(part.source.place(("channels", number)), message)


def _at(place: Place, key: str) -> Place:
    return Place(place.file, place.line, (*place.key, key))
