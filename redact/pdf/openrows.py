"""Rows of ruled tables that a page's end leaves open: their rules go on, the border is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_NEAR = 1.5
"""Points within which rules meet or end at one height."""

_LEAST_ROW, _LEAST_RULES = 6.0, 3
"""Points of an open row, and upright rules that bound it, at least."""


def open_ends(page: Any, tables: Sequence[Any]) -> Iterator[float]:
    """Yield the heights at which the upright rules of ``tables`` end beyond their last border."""
    for table in tables:
        left, top, right, bottom = table.bbox
        rules = [r for r in page.vertical_edges if left - _NEAR < r["x0"] < right + _NEAR]
        above = [r["top"] for r in rules if r["top"] < top - _LEAST_ROW < top - _NEAR < r["bottom"]]
        below = [
            r["bottom"]
            for r in rules
            if r["top"] < bottom + _NEAR < bottom + _LEAST_ROW < r["bottom"]
        ]
        borders = len({round(x) for cell in table.cells for x in (cell[0], cell[2])})
        for ends in (above, below):
            even = bool(ends) and max(ends) - min(ends) < _NEAR
            if even and len(ends) >= max(_LEAST_RULES, borders):
                yield ends[0]
