"""Scanned pages that lie askew: their lines are set level, their rules found and made to tables."""

from __future__ import annotations

import math

import pytest
from PIL import Image, ImageDraw

from redact.ocr.doubts import Doubt
from redact.ocr.parts import ReadPart, with_rules
from redact.ocr.type import in_type
from redact.page.block import tables_of
from redact.page.glyphs import Box, Glyph
from redact.page.lines import Run
from redact.page.paragraphs import paragraphs_of
from redact.page.rules import RuledPage, ruled_lines
from redact.page.upright import Upright, upright
from tests.fakes.scans import table

SIZE = (595.0, 842.0)


def line(turn: float, quarter: int, text: str = "申请人赵小满身份证号") -> list[Glyph]:
    """Write a line that runs in a direction, as a recogniser gives it: one height for all of it."""
    radians = math.radians(turn)
    x, y = 300 - 80 * math.cos(radians), 400 - 80 * math.sin(radians)
    found = []
    for number, sign in enumerate(text):
        cx, cy = x + 16 * number * math.cos(radians), y + 16 * number * math.sin(radians)
        level = math.radians(quarter)
        middle = cx * math.cos(level) + cy * math.sin(level)
        box = Box(cx - 8, cy - 8, cx + 8, cy + 8)
        found.append(Glyph(sign, box, middle - 8, middle + 8, 400.0, 16.0, quarter))
    return found


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
@pytest.mark.parametrize("tilt", [0.0, 1.5, -2.0])
def test_a_line_lies_level_however_the_page_was_put_into_the_scanner(
    quarter: int, tilt: float
) -> None:
    glyphs = line(quarter + tilt, quarter)
    turned = upright(glyphs, *SIZE)
    assert turned.quarter == quarter
    assert turned.tilt == pytest.approx(tilt, abs=0.01)
    level = [turned.level(glyph) for glyph in glyphs]
    assert [glyph.angle for glyph in level] == [0] * len(level)
    assert max(g.across for g in level) - min(g.across for g in level) < 0.1
    assert [g.start for g in level] == sorted(g.start for g in level)
    wide, high = turned.size
    assert all(0 < g.box.x0 < g.box.x1 < wide and 0 < g.box.top < high for g in level)


def test_signs_of_other_heights_in_a_line_do_not_tilt_its_page() -> None:
    glyphs = line(0.0, 0, "1" + "申" * 11)
    high = glyphs[0].box._replace(top=glyphs[0].box.top + 3)
    assert upright([glyphs[0]._replace(box=high), *glyphs[1:]], *SIZE).tilt < 0.12


def test_a_page_without_writing_lies_as_it_lies() -> None:
    assert upright([], *SIZE) == Upright(0, 0.0, *SIZE)


@pytest.mark.parametrize("tilt", [0.0, 0.8, -1.2])
def test_the_rules_of_a_tilted_table_give_its_cells(tilt: float) -> None:
    drawn = table([["", "", ""]] * 4, [200, 300, 260])
    scan = drawn.rotate(-tilt, Image.Resampling.BICUBIC, fillcolor="white")
    turned = Upright(0, tilt, scan.width * 0.36, scan.height * 0.36)
    lines = ruled_lines(scan, turned, ())
    (found,) = tables_of(RuledPage(turned.size, lines))
    assert (len(found.cells), found.rows, len(found.edges)) == (12, 4, 4)


@pytest.mark.parametrize("doubt", [Doubt.CROOKED, Doubt.FAINT])
def test_rules_of_a_page_whose_lines_lie_several_ways_are_not_trusted(doubt: Doubt) -> None:
    drawn = table([["", "", ""]] * 4, [200, 300, 260])
    turned = Upright(0, 0.0, drawn.width * 0.36, drawn.height * 0.36)
    part = with_rules(ReadPart((), frozenset([doubt]), turned), drawn)
    assert bool(part.rules) is (doubt is not Doubt.CROOKED)


def test_strokes_of_large_characters_and_grey_paper_are_no_rules() -> None:
    paper = Image.new("RGB", (800, 400), (205, 203, 198))
    ImageDraw.Draw(paper).rectangle((100, 100, 180, 180), outline="black", width=8)
    box = Box(95 * 0.36, 95 * 0.36, 185 * 0.36, 185 * 0.36)
    glyph = Glyph("口", box, box.x0, box.x1, 140 * 0.36, 90 * 0.36)
    turned = Upright(0, 0.0, 800 * 0.36, 400 * 0.36)
    assert ruled_lines(paper, turned, [glyph]) == ()
    assert ruled_lines(paper, turned, ()) != ()


@pytest.mark.parametrize(("y", "kept"), [(116, False), (130, False), (98, True), (148, True)])
def test_strokes_in_line_over_a_whole_cell_are_no_border_and_a_rule_beside_them_is(
    y: int, kept: bool
) -> None:
    paper = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(paper).line((100, y, 220, y), fill="black", width=2)
    boxes = [Box(x * 0.36, 100 * 0.36, (x + 15) * 0.36, 146 * 0.36) for x in range(100, 220, 15)]
    signs = [Glyph("2", box, box.x0, box.x1, 123 * 0.36, 12.0) for box in boxes]
    turned = Upright(0, 0.0, 800 * 0.36, 300 * 0.36)
    assert bool(ruled_lines(paper, turned, signs)) is kept
    assert ruled_lines(paper, turned, ()) != ()


@pytest.mark.parametrize(("x", "kept"), [(107, False), (112, False), (84, True)])
def test_strokes_of_signs_close_below_each_other_are_no_border_and_a_rule_beside_them_is(
    x: int, kept: bool
) -> None:
    paper = Image.new("RGB", (300, 800), "white")
    ImageDraw.Draw(paper).line((x, 60, x, 740), fill="black", width=2)
    tops = range(60, 740, 23)
    boxes = [Box(100 * 0.36, y * 0.36, 117 * 0.36, (y + 17) * 0.36) for y in tops]
    signs = [Glyph("明", b, b.x0, b.x1, (b.top + b.bottom) / 2, 17 * 0.36) for b in boxes]
    turned = Upright(0, 0.0, 300 * 0.36, 800 * 0.36)
    assert bool(ruled_lines(paper, turned, signs)) is kept
    assert ruled_lines(paper, turned, ()) != ()


@pytest.mark.parametrize("ground", ["white", "#eeeeee", "#2a2a2a", "black"])
def test_light_writing_on_a_dark_screen_is_no_rule_and_a_line_across_it_is(ground: str) -> None:
    screen = Image.new("RGB", (900, 900), ground)
    ink = "white" if ground.startswith(("#2", "b")) else "black"
    pen = ImageDraw.Draw(screen)
    for y in range(100, 800, 60):
        for x in range(100, 800, 34):
            pen.rectangle((x, y, x + 24, y + 24), outline=ink, width=3)
    turned = Upright(0, 0.0, 900 * 0.36, 900 * 0.36)
    assert ruled_lines(screen, turned, ()) == ()
    pen.line((50, 75, 850, 75), fill=ink, width=2)
    (rule,) = ruled_lines(screen, turned, ())
    assert rule.x1 - rule.x0 > 750 * 0.36


def test_a_border_that_runs_through_the_writing_of_one_cell_is_kept() -> None:
    paper = Image.new("RGB", (800, 300), "white")
    ImageDraw.Draw(paper).line((40, 120, 760, 120), fill="black", width=2)
    box = Box(100 * 0.36, 100 * 0.36, 220 * 0.36, 146 * 0.36)
    turned = Upright(0, 0.0, 800 * 0.36, 300 * 0.36)
    assert ruled_lines(paper, turned, [Glyph("2", box, box.x0, box.x1, 44.0, 12.0)]) != ()


def test_lines_of_a_cell_that_were_read_of_unlike_size_are_one_text() -> None:
    def run(text: str, across: float, size: float) -> Run:
        wide = 0.55 * size
        return Run(
            tuple(
                Glyph(sign, Box(0, 0, 1, 1), 10 + wide * n, 10 + wide * (n + 1), across, size)
                for n, sign in enumerate(text)
            )
        )

    lines = [run("51437995", 20.0, 10.0), run("429", 33.0, 13.8)]
    assert paragraphs_of(lines, (8.0, 58.0)) == [lines]
    assert paragraphs_of([lines[0], run("429", 33.0, 17.0)], (8.0, 58.0)) != [lines]


def test_addresses_of_a_list_without_borders_are_texts_of_their_own() -> None:
    def run(text: str, across: float) -> Run:
        places = range(0, 10 * len(text), 10)
        signs = zip(text, places, strict=True)
        return Run(tuple(Glyph(s, Box(0, 0, 1, 1), x, x + 10, across, 10) for s, x in signs))

    towns = (
        "平川县白石镇和平村七组二号",
        "平川县云溪镇上湾村一组十九号",
        "平川县青溪乡柳树村六组八号",
    )
    rows = [run(town, 20 + 14 * n) for n, town in enumerate(towns)]
    assert paragraphs_of(rows) == [[row] for row in rows]
    assert len(paragraphs_of(rows[:2])) == 1
    prose = [run(text, row.across) for text, row in zip((towns[1], *towns[1:]), rows, strict=True)]
    assert paragraphs_of(prose)[0] == prose[:2]


def test_type_is_as_large_as_its_characters_are_wide() -> None:
    signs = [
        Glyph(sign, Box(x, 0, x + 20, 32), float(x), x + 20.0, 16.0, 32.0)
        for sign, x in zip("住址1", (0, 20, 40), strict=True)
    ]
    assert [glyph.size for glyph in in_type(signs)] == [20.0] * 3
    assert [glyph.size for glyph in in_type(signs[2:])] == [24.0]


def test_places_along_a_tilted_line_follow_the_boxes_but_for_spaces() -> None:
    signs = [
        Glyph(sign, Box(x, 0, x + 20, 32), x - 17.0, x + 3.0, 16.0, 32.0)
        for sign, x in zip("住址甲乙", (0, 20, 40, 60), strict=True)
    ]
    signs[3] = signs[3]._replace(start=signs[3].start + 8)
    assert [(g.start, g.end) for g in in_type(signs)] == [(0, 20), (20, 40), (40, 60), (68, 80)]
