"""Pages are compared by sight: what moves within a pixel is alike, a stroke gone or new is not."""

from __future__ import annotations

from contextlib import nullcontext
from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from redact.page.doubt import DoubtError
from redact.page.gap import Gap
from redact.page.glyphs import Box
from redact.page.raster import PdfRaster
from redact.pdf.likeness import Pages, Planned, check_likeness

PIXEL = 72 / 96


def page(*strokes: tuple[float, float, float, float], side: float = 200) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(side, side), invariant=1)
    for stroke in strokes:
        canvas.rect(*stroke, stroke=0, fill=1)
    canvas.save()
    return buffer.getvalue()


def alike(before: bytes, after: bytes, drawn: bool) -> bool:
    with PdfRaster(before) as old, PdfRaster(after) as new:
        try:
            check_likeness(1, Pages(old, new, new), Planned((), (), drawn))
        except DoubtError:
            return False
    return True


def test_what_is_put_into_a_gap_may_not_reach_out_of_it() -> None:
    gap = Gap((), Box(120, 120, 130, 140), "*")
    inside, outside = (121.0, 62.0, 8.0, 16.0), (30.0, 10.0, 100.0, 1.0)
    for finished, fits in ((page(THICK, inside), True), (page(THICK, inside, outside), False)):
        with (
            PdfRaster(page(THICK)) as old,
            PdfRaster(page(THICK)) as bare,
            PdfRaster(finished) as last,
            nullcontext() if fits else pytest.raises(DoubtError),
        ):
            check_likeness(1, Pages(old, bare, last), Planned((), (gap,), drawn=False))


THICK = (30.0, 30.0, 40.0, 40.0)
STROKE = (120.0, 60.0, 1.5, 20.0)


@pytest.mark.parametrize("drawn", [False, True])
def test_what_stays_is_alike_and_what_moves_by_a_little(drawn: bool) -> None:
    moved = (THICK[0] + 0.2 * PIXEL, *THICK[1:])
    assert alike(page(THICK, STROKE), page(moved, STROKE), drawn)


def test_a_whole_pixel_is_forgiven_to_drawn_glyphs_alone() -> None:
    moved = tuple((s[0] + PIXEL, *s[1:]) for s in (THICK, STROKE))
    assert alike(page(THICK, STROKE), page(*moved), drawn=True)
    assert not alike(page(THICK, STROKE), page(*moved), drawn=False)


@pytest.mark.parametrize("drawn", [False, True])
def test_a_stroke_that_is_gone_or_new_is_seen(drawn: bool) -> None:
    assert not alike(page(THICK, STROKE), page(THICK), drawn)
    assert not alike(page(THICK), page(THICK, STROKE), drawn)


@pytest.mark.parametrize("drawn", [False, True])
def test_a_stroke_that_moved_further_is_seen(drawn: bool) -> None:
    moved = (STROKE[0] + 4 * PIXEL, *STROKE[1:])
    assert not alike(page(THICK, STROKE), page(THICK, moved), drawn)


def judged(bare: bytes, *gaps: Box) -> None:
    """Judge a page that is finished as it should be, over ``bare``."""
    planned = Planned((), tuple(Gap((), box, "*") for box in gaps), drawn=False)
    with PdfRaster(page(THICK)) as old, PdfRaster(bare) as under:
        check_likeness(1, Pages(old, under, old), planned)


@pytest.mark.parametrize(
    "gap",
    [
        Box(110, 115, 135, 145),
        Box(110, 60, 135, 145),
        Box(190, 115, 260, 145),
    ],
)
def test_ink_left_in_a_gap_is_seen_wherever_the_gap_lies(gap: Box) -> None:
    left = (gap.x0 + 6, 200 - gap.bottom + 8, 1.5, gap.bottom - gap.top - 16)
    beside = Box(20, 118, 25, 130)
    for gaps in ((gap,), (beside, gap), (gap, beside)):
        with pytest.raises(DoubtError, match="ink"):
            judged(page(THICK, left), *gaps)
        judged(page(THICK), *gaps)


def test_a_rule_through_a_gap_and_a_gap_off_the_page_are_no_ink() -> None:
    judged(page(THICK, (100.0, 70.0, 90.0, 1.0)), Box(110, 115, 135, 145))
    judged(page(THICK), Box(230, 20, 260, 40), Box(20, 230, 40, 260))


def test_a_page_too_large_to_be_rendered_as_finely_as_it_is_compared_is_in_doubt() -> None:
    large = page(THICK, side=5000)
    with PdfRaster(large) as whole, pytest.raises(DoubtError, match="too large"):
        check_likeness(1, Pages(whole, whole, whole), Planned((), (), drawn=False))
