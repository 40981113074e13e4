"""The sample that is a scan: bars stand where its builder drew what is hidden, and only there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from flows.compose import open_pipeline
from flows.processing.scanned import Incoming
from redact.pictures import format as pictures
from samples.build import source_of
from samples.manifest import load_samples
from samples.scan_writer import Place, places_of
from tests.golden.published import frozen, text_of
from tests.golden.scans import Pixels, pixels, reading_of, readings_of

(SCAN,) = (sample for sample in load_samples() if sample.path.suffix == ".png")
DRAFT = SCAN.path.read_bytes()


def cut(page: Pixels, place: Place) -> Pixels:
    left, top, right, bottom = place
    return page[top:bottom, left:right]


def places(values: Sequence[str]) -> list[Place]:
    return [place for value in values for place in places_of(source_of(SCAN), value)]


def test_every_planted_value_is_drawn_where_the_builder_says() -> None:
    page = pixels(DRAFT)
    for value in (*SCAN.hidden, *SCAN.kept):
        assert (found := places([value])), value
        assert min(int(np.ptp(cut(page, place))) for place in found) > 100, value


@pytest.fixture(scope="module")
def output() -> bytes:
    """Redact the scan with what its builder knows of it, as if it had been read again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("REVIEW_POLICY", raising=False)
        reading = reading_of(SCAN, pixels(DRAFT).shape[1::-1])
        patch.setattr(pictures, "recall", lambda _: reading)
        patch.setattr(pictures, "shows_covered", lambda *_: False)
        incoming = Incoming(SCAN.path.name, DRAFT, readings_of(SCAN, DRAFT))
        (file,) = open_pipeline().scan([incoming], SCAN.category).files
        written, _ = pictures.ImageFormat().write(DRAFT, file.plan)
    return written


def test_bars_of_one_colour_cover_what_must_go(output: bytes) -> None:
    page = pixels(output)
    assert [place for place in places(SCAN.hidden) if np.ptp(cut(page, place))] == []


def test_nothing_else_of_the_scan_is_touched(output: bytes) -> None:
    changed = (pixels(DRAFT) != pixels(output)).any(axis=-1)
    for left, top, right, bottom in places(SCAN.hidden):
        around = (bottom - top) // 3
        changed[top - around : bottom + around, left - around : right + around] = False
    assert not changed.any()


def test_nothing_but_pixels_and_their_fineness_is_published(output: bytes) -> None:
    assert text_of(SCAN.path.name, output) == frozen(SCAN).read_text(encoding="utf-8")
