"""Shared ways to ask one recogniser, or the whole detector, what it finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from detectors.base import Hit, Passage, Recognizer
from detectors.text.normalise import normalise

Found = Callable[..., list[str]]


def hits(recognizer: Recognizer, text: str, header: str = "") -> list[Hit]:
    folded = normalise(text)
    headers = ((0, len(folded.text), header),) if header else ()
    return sorted(recognizer.find(Passage(folded.text, headers)), key=lambda hit: hit.start)


@pytest.fixture
def found() -> Found:
    """Give the original texts that a recogniser finds, in order."""

    def find(recognizer: Recognizer, text: str, header: str = "") -> list[str]:
        folded = normalise(text)
        spans = [folded.original(hit.start, hit.end) for hit in hits(recognizer, text, header)]
        return [text[start:end] for start, end in spans]

    return find


@pytest.fixture
def hits_of() -> Callable[..., list[Hit]]:
    """Give the hits of a recogniser in order."""
    return hits
