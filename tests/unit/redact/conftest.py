"""Pictures that many tests show are recognised once; what proves an output reads afresh anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PIL import Image

from redact.ocr.recall import Packed, afresh, recalling
from redact.page.glyphs import Painted
from review.document import Document
from review.plan import RedactionPlan
from tests.fakes.planted import Redacted

_known: dict[str, Packed] = {}
"""What was read so far."""

# For a module, not for the session: tests of other folders run in this process, too.


@pytest.fixture(scope="module", autouse=True)
def pictures_read_once() -> Iterator[None]:
    """Remember what was read: the recogniser says the same of the same pixels every time."""
    with recalling(_known) as readings:
        yield
    _known.update(readings)


@pytest.fixture(scope="module", autouse=True)
def typefaces_taken_at_their_word() -> Iterator[None]:
    """Let no typeface be looked at: those of tests draw squares, and a look takes a second."""

    def told(raster: object, number: int, lines: Sequence[Sequence[Painted]]) -> list[str]:
        return ["".join(glyph.text for glyph in line) for line in lines]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("redact.pdf.typefaces._read", told)
        yield


@pytest.fixture
def nothing_remembered() -> Iterator[None]:
    """Forget it where a test counts or hinders readings."""
    with afresh():
        yield


@pytest.fixture
def no_recogniser(nothing_remembered: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what reads pictures, as where its library is missing."""

    def missing(picture: Image.Image) -> None:
        raise ImportError("rapidocr")

    monkeypatch.setattr("redact.ocr.recognise.read_picture", missing)


# What a module's ``redacted`` consists of, for tests that need a part of it.


@pytest.fixture(scope="module")
def draft(redacted: Redacted) -> Document:
    return redacted[0]


@pytest.fixture(scope="module")
def plan(redacted: Redacted) -> RedactionPlan:
    return redacted[1]


@pytest.fixture(scope="module")
def output(redacted: Redacted) -> bytes:
    return redacted[2]
