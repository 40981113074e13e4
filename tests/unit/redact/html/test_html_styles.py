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
    "<!-- .h{display:none} -->",
    "@layer base; .h{display:none}",
    ".h.h{display:none} p.h{display:block}",
    ".h{display:table-column}",
    ".q{background:url(//x/*a)} .h{display:none}",
    ".h{a:b//*x*/*;display:none}",
    ".h{a:b\\/*;display:none}",
    "p/**/.h{display/*x*//*y*/:none/**/!/**/important}",
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
    ".h{display:none} .h{displa\\79:block}",
    ".h{displa\\79:none}",
    ".h{display:n\\6fne}",
    ":root{--d:none} .h{display:var(--d)}",
    ".h, p:new{display:none}",
    ".1a, .h{display:none}",
    "; .h{display:none}",
    "} .h{display:none}",
    "@import 'a.css'; .h{display:none}",
    "@import 'a.css';",
    "@namespace 'x'; .h{display:none}",
    ".q{color:rgb(1;} .h{display:none}",
    ".h{display:none} .q[x;{} .h{display:block}",
    ".q{font-family:'x\n} .h{display:none}",
    "body{display:none}",
    ".h{position:absolute;left:-9999px}",
    ".x/**/h, .h{display:none}",
]
SHOWN = [
    ".x{display:none}",
    "p > .h{display:none}",
    "section > .h{display:none}",
    ".h{display:none} #one{display:block}",
    ".h{display:none} .h{display:block}",
    ".h{display:none} p.h{display:table-cell}",
    ".H{display:none}",
    ".h{display:none} .q{background:url(//x/*a)} .h{display:block}",
    ".h.h{display:block} p.h{display:none}",
    ".h{display:none} .h{a:b//*x*/*;display:block}",
    ".h{dis/**/play:none}",
    ".h{display:no/**/ne}",
]
OWN_HIDDEN = [
    "style='display:/**/none'",
    "style='display:none!important;display:block'",
    "hidden",
    "hidden='until-found'",
]
OWN_SHOWN = [
    "style='display:none;display:block'",
    "style='display:block!important;display:none'",
    "style='backface-visibility:hidden'",
    "style='--display:none'",
    "style='all:initial;display:none;all:initial'",
    "style=\"quotes:';display:none;'\"",
    "hidden style='display:block'",
]


def page(style: str, attributes: str = "") -> bytes:
    return (
        f"<!DOCTYPE html><html><head><style {attributes}>{style}</style></head><body><section><div>"
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


@pytest.mark.parametrize("own", OWN_HIDDEN)
def test_what_hides_itself_is_gone_and_told(own: str) -> None:
    data = page("").replace(b"id=one", own.encode())
    assert kinds(data)["钱多多"] is BlockKind.DROPPED
    assert "hidden_dropped" in codes(data)


@pytest.mark.parametrize("own", OWN_SHOWN)
def test_what_only_seems_to_hide_itself_stays(own: str) -> None:
    assert kinds(page("").replace(b"id=one", own.encode()))["钱多多"] is BlockKind.PARAGRAPH


@pytest.mark.parametrize("own", ["style='display:var(--d)'", "style='displa\\79:none'", "popover"])
def test_what_may_hide_itself_stays_and_a_person_is_asked(own: str) -> None:
    data = page("").replace(b"id=one", own.encode())
    assert kinds(data)["钱多多"] is BlockKind.PARAGRAPH
    assert "styles_may_hide" in codes(data)


@pytest.mark.parametrize("child", ["visibility:visible", "visibility:initial", "all:initial"])
def test_what_shows_itself_within_hidden_text_stays_and_a_person_is_asked(child: str) -> None:
    hidden = f"<div style='visibility:hidden'>甲<p style='{child}'>乙</p></div>".encode()
    assert kinds(hidden)["乙"] is BlockKind.PARAGRAPH
    assert "styles_may_hide" in codes(hidden)


def test_what_is_invisible_till_a_script_has_loaded_stays_and_a_person_is_asked() -> None:
    article = (
        "<script>load()</script><div style='visibility:hidden; opacity:0'>钱多多</div>".encode()
    )
    assert kinds(article)["钱多多"] is BlockKind.PARAGRAPH
    assert "styles_may_hide" in codes(article)
    folded = article.replace(b"visibility:hidden", b"display:none")
    assert kinds(folded)["钱多多"] is BlockKind.DROPPED


def test_a_sheet_wins_over_hiding_only_where_browsers_let_it() -> None:
    forced = page("p{display:block!important}").replace(b"id=one", b"style='display:none'")
    assert kinds(forced)["钱多多"] is BlockKind.PARAGRAPH
    marked = page("p{display:block} [hidden]{display:none!important}").replace(b"id=one", b"hidden")
    assert kinds(marked)["钱多多"] is BlockKind.DROPPED


def test_rows_of_a_table_stand_in_the_body_that_browsers_give_it() -> None:
    table = "<!DOCTYPE html><style>{}</style><table><tr class=h><td>甲</td></tr></table>"
    for hidden in ("tbody tr.h{display:none}", "table > tbody > tr{display:none}"):
        assert kinds(table.format(hidden).encode())["甲"] is BlockKind.DROPPED
    shown = table.format("table > tr.h{display:none}").encode()
    assert kinds(shown)["甲"] is BlockKind.CELL


def test_a_page_that_declares_no_kind_compares_names_without_case() -> None:
    strict = page(".H{display:none} #ONE{visibility:hidden}")
    assert kinds(strict)["钱多多"] is BlockKind.PARAGRAPH
    old = strict.removeprefix(b"<!DOCTYPE html>")
    assert kinds(old)["钱多多"] is BlockKind.DROPPED
    loose = b"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Transitional//EN' 'x'>" + old
    assert kinds(loose)["钱多多"] is BlockKind.PARAGRAPH


def test_only_white_space_of_the_language_parts_classes() -> None:
    data = page(".h{display:none}").replace(b"'h k'", "'h\u00a0k'".encode())
    assert kinds(data)["钱多多"] is BlockKind.PARAGRAPH


def test_a_sheet_in_another_language_hides_nothing() -> None:
    data = page(".h{display:none}", "type='text/less'")
    assert kinds(data)["钱多多"] is BlockKind.PARAGRAPH
    upper = page(".h{display:none}", "type='TEXT/CSS'")
    assert kinds(upper)["钱多多"] is BlockKind.DROPPED


def test_one_of_several_looks_hides_nothing_for_sure() -> None:
    data = page(".h{display:none}", "title='大字'")
    assert kinds(data)["钱多多"] is BlockKind.PARAGRAPH
    assert "styles_may_hide" in codes(data)


def test_a_sheet_that_lies_elsewhere_may_hide_anything() -> None:
    assert "styles_may_hide" in codes(b"<link rel='stylesheet' href='a.css'><p>\xe6\x96\x87</p>")


def test_hidden_text_is_read_line_by_line_without_its_scripts() -> None:
    hidden = "<div hidden>甲<!-- x -->乙<p>丙</p>丁<br>戊<script>x</script></div><p>后</p>"
    lines = [text for text, kind in kinds(hidden.encode()).items() if kind is BlockKind.DROPPED]
    assert lines == ["甲乙", "丙", "丁", "戊"]


def test_sheets_are_weighed_in_time_proportional_to_the_page() -> None:
    sheet = "".join(f".a{n} div div div p{{display:block}}" for n in range(100))
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


def test_no_more_rules_are_read_than_are_weighed() -> None:
    sheet = ",a" * 20_000 + "{" + "display:none;" * 5_000 + "}"
    start = time.process_time()
    assert "styles_may_hide" in codes(f"<style>{sheet}</style><p>文</p>".encode())
    assert time.process_time() - start < 5


@pytest.mark.parametrize("piece", ["url(", "@layer ", "'", "/*", "[", "{", r"\""])
def test_a_sheet_of_open_ends_is_read_in_time_proportional_to_it(piece: str) -> None:
    data = f"<style>{piece * 40_000}</style><p>文</p>".encode()
    start = time.process_time()
    HtmlFormat().read(data)
    assert time.process_time() - start < 1
