"""Regular expressions of the negative list, each with a limit of time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import regex

from detectors.text.normalise import without
from review.errors import UnsafeOutputError
from review.policy import Term

# Spaces inside words and broken lines, as recognition puts them in: a pattern need not allow them.
_GAPS = re.compile(r"[ \t]+|(?<=[^\n]{12})[ \t]*\n[ \t]*(?=[^\n]{12})")
_SECONDS = 5.0
"""A pattern that was checked needs milliseconds; what needs more is stuck."""


class PatternList:
    """Hold the terms that are patterns, compiled."""

    def __init__(self, terms: Sequence[Term]) -> None:
        flags = regex.IGNORECASE | regex.MULTILINE
        self._patterns = [(t, regex.compile(t.text, flags)) for t in terms if t.is_pattern]

    def find(self, folded: str) -> Iterator[tuple[Term, int, int]]:
        """Yield each match with its offsets in the folded text.

        Raises ``UnsafeOutputError`` when a pattern takes too long: what it would find is unknown.
        """
        if not self._patterns:
            return
        squeezed = without(folded, _GAPS)
        for term, pattern in self._patterns:
            try:
                for match in pattern.finditer(squeezed.text, timeout=_SECONDS):
                    if match.end() > match.start():
                        yield term, *squeezed.original(*match.span())
            except TimeoutError:
                raise UnsafeOutputError(
                    f"负面清单的正则式“{term.text}”运行太久，不能确认本件是否安全，"
                    "请改写或删去这条正则式后重试。"
                ) from None
