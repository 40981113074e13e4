"""What style sheets hide: gone where that is sure, kept and told where it is not."""

from __future__ import annotations

import time

import pytest

from redact.html.page import HtmlFormat
from review.document import BlockKind
from tests.fakes.planted import plan_for

HIDDEN = [
    ".h{display:none}",
    "  .h { Display : None !important ; color:red }",
    "p.h{display:none}",
    "div .h{display:none}",
    "div > p.h{display:none}",
    "section div > .h{display:none}",
    "#one{visibility:hidden}",
    ".a,.h , .b{display:none}",
    "/* .h{} */ .h{/*x*/display:none",
    "@charset 'utf-8'; .h{display:none}",
    ".h{display:block} .h{display:none}",
    "p{display:block!important} .h{display:none!important}",
    ".g .h{display:block} .h{display:none}",
    "@media print{.x{display:none}} .h{display:none}",
    "li:hover ul{display:block} .h{display:none}",
    "p::before{content:'}'} .h{display:none}",
]
UNSURE = [
    "@media print{.h{display:none}}",
    "@media screen{.h{display:none}}",
    "p:nth-child(1){display:none}",
    "[id=one]{display:none}",
    "p ~ .h{display:none}",
    ".h{display:none} .h:hover{display:block}",
    ".h{display:none} @media screen{.h{display:block}}",
    ".h{display:none} .h{display:-x-new}",
    ".h{display:none} .h{all:revert}",
    ".\\68{display:none}",
    ".h{visibility:hidden} b{visibility:visible}",
    ".h{color:red; .x &{display:none}}",
    ".h{opacity:0}",
    ".h{position:absolute;left:-9999px}",
]
SHOWN = [
    ".x{display:none}",
    "p > .h{display:none}",
    "section > .h{display:none}",
    ".h{display:none} #one{display:block}",
    ".h{display:none} .h{display:block}",
    ".h{display:none} p.h{display:table-cell}",
]


def page(style: str, attributes: str = "") -> bytes:
    return (
        f"<html><head><style {attributes}>{style}</style></head><body><section><div>"
        "<p id=one class='h k'>钱<b>多多</b></p><p>后</p></div></section></body></html>"
    ).encode()


def kinds(data: bytes) -> dict[str, BlockKind]:
    return {block.text: block.kind for block in HtmlFormat().read(data).blocks}


def codes(data: bytes) -> set[str]:
    return {note.code for note in HtmlFormat().read(data).notes}


@pytest.mark.parametrize("style", HIDDEN)
def test_what_a_sheet_surely_hides_is_looked_at_told_and_not_published(style: str) -> None:
    data = page(style)
    assert kinds(data) == {"钱多多": BlockKind.DROPPED, "后": BlockKind.PARAGRAPH}
    assert "hidden_dropped" in codes(data)
    plan = plan_for(HtmlFormat().read(data), "钱多多")
    written = HtmlFormat().write(data, plan)[0].decode()
    assert "多" not in written
    assert "后" in written


@pytest.mark.parametrize("style", UNSURE)
def test_what_a_sheet_may_hide_stays_and_a_person_is_asked(style: str) -> None:
    assert kinds(page(style))["钱多多"] is BlockKind.PARAGRAPH
    assert "styles_may_hide" in codes(page(style))


@pytest.mark.parametrize("style", SHOWN)
def test_what_a_sheet_shows_stays_and_nobody_is_asked(style: str) -> None:
    assert kinds(page(style))["钱多多"] is BlockKind.PARAGRAPH
    assert codes(page(style)) == {"styles_dropped"}


@pytest.mark.parametrize("media", ["print", "(min-width: 40em)"])
def test_a_sheet_for_other_media_hides_nothing_for_sure(media: str) -> None:
    data = page(".h{display:none}", f"media='{media}'")
    assert kinds(data)["钱多多"] is BlockKind.PARAGRAPH
    assert "styles_may_hide" in codes(data)


def test_an_elements_own_style_goes_before_the_sheet() -> None:
    shown = page(".h{display:none}").replace(b"id=one", b"id=one style='display:block'")
    assert kinds(shown)["钱多多"] is BlockKind.PARAGRAPH
    forced = shown.replace(b"none}", b"none!important}")
    assert kinds(forced)["钱多多"] is BlockKind.DROPPED


def test_a_sheet_that_lies_elsewhere_may_hide_anything() -> None:
    assert "styles_may_hide" in codes(b"<link rel='stylesheet' href='a.css'><p>\xe6\x96\x87</p>")


def test_hidden_text_is_read_line_by_line_without_its_scripts() -> None:
    hidden = "<div hidden>甲<!-- x -->乙<p>丙</p>丁<br>戊<script>x</script></div><p>后</p>"
    lines = [text for text, kind in kinds(hidden.encode()).items() if kind is BlockKind.DROPPED]
    assert lines == ["甲乙", "丙", "丁", "戊"]


def test_sheets_are_weighed_in_time_proportional_to_the_page() -> None:
    sheet = "".join(f".a{n} div div div p{{display:block}}" for n in range(300))
    sheet += "div div div div .z p{display:none}"

    def took(number: int) -> float:
        nested = "<div>" * 60 + "<p>钱多多</p>" * number + "</div>" * 60
        data = f"<style>{sheet}</style>{nested}".encode()
        start = time.process_time()
        HtmlFormat().read(data)
        return time.process_time() - start

    took(5)
    short = min(took(20) for _ in range(2))
    assert min(took(80) for _ in range(2)) < 8 * max(short, 0.02)
