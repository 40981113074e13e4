"""Web pages: read as people see them, rebuilt from what is known, nothing carried along."""

from __future__ import annotations

import time

import pytest

from redact.html.page import HtmlFormat
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Cell, Document
from review.errors import BrokenInputError, UnsafeOutputError
from review.plan import RedactionPlan, redacted_document
from tests.fakes.planted import plan_for

PAGE = """<!DOCTYPE html>
<html lang="zh"><head><title>救助公示</title></head><body>
<h1 style="text-align: center; color: red">救助公示</h1>
<p>经研究，同意给予钱<b>多</b>多
   临时救助。</p>
<table border="1"><tr><th>姓名<th>金额</tr><tr><td>钱多多</td><td>500元</td></tr></table>
</body></html>"""


def read(page: str) -> Document:
    return HtmlFormat().read(page.encode())


def body(inner: str) -> str:
    return f"<html><body>{inner}</body></html>"


def texts(page: str) -> list[str]:
    """Give what a reader of the page sees."""
    shown = [b for b in read(page).blocks if b.kind is not BlockKind.DROPPED]
    return [block.text.strip() for block in shown]


def codes(page: str) -> set[str]:
    return {note.code for note in read(page).notes}


def redacted(page: str, pattern: str = "钱多多") -> str:
    document = read(page)
    return HtmlFormat().write(page.encode(), plan_for(document, pattern))[0].decode()


@pytest.mark.parametrize("between", [" ", "/", "='<'", '="x"', "=< "])
def test_a_tag_with_thousands_of_attributes_is_refused_at_once(between: str) -> None:
    attributes = between.join(f"a{number}" for number in range(100_000))
    started = time.process_time()
    with pytest.raises(BrokenInputError, match="属性过多"):
        HtmlFormat().read(f"<p {attributes}>通知</p>".encode())
    assert time.process_time() - started < 5


def test_a_page_is_read_line_by_line_as_a_browser_shows_it() -> None:
    assert texts(PAGE) == [
        "救助公示", "救助公示", "经研究，同意给予钱多多 临时救助。",
        "姓名", "金额", "钱多多", "500元",
    ]  # fmt: skip


def test_a_value_is_replaced_across_inline_markup() -> None:
    output = redacted(PAGE)
    assert "多" not in output
    assert "给予某<b></b> 临时救助" in output


def test_the_look_that_is_harmless_stays() -> None:
    output = redacted(PAGE)
    assert '<h1 style="text-align:center">救助公示</h1>' in output
    assert "color" not in output
    assert '<table border="1">' in output


def test_cells_know_their_place_where_cells_span() -> None:
    page = body(
        "<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr>"
        "<tr><td>丙</td><td>丁</td></tr></table><table><tr><td>戊</td></tr></table>"
    )
    assert {b.text: b.cell for b in read(page).blocks} == {
        "甲": Cell(0, 0, 0), "乙": Cell(0, 0, 1), "丙": Cell(0, 1, 1), "丁": Cell(0, 1, 2),
        "戊": Cell(1, 0, 0),
    }  # fmt: skip


def test_preformatted_text_keeps_its_lines() -> None:
    assert read(body("<pre>第一行\n  第二行</pre>")).blocks[0].text == "第一行\n  第二行"


HIDDEN = [
    ("<script>var x='钱多多'</script>", "scripts_dropped"),
    ("<style>/*钱多多*/ p{color:red}</style>", "styles_dropped"),
    ("<!-- 钱多多 -->", "comments_dropped"),
    ("<img alt='钱多多' src='data:image/png;base64,AAAA'>", "picture_dropped"),
    ("<svg><text>钱多多</text></svg>", "picture_dropped"),
    ("<input type=text value='钱多多'>", "object_dropped"),
    ("<select><option>钱多多</option></select>", "object_dropped"),
    ("<iframe srcdoc='钱多多'></iframe>", "object_dropped"),
    ("<noscript>钱多多</noscript>", "content_dropped"),
    ("<template><p>钱多多</p></template>", "content_dropped"),
    ("<p hidden>钱多多</p>", "hidden_dropped"),
    ("<p style='DISPLAY : none'>钱多多</p>", "hidden_dropped"),
    ("<a href='mailto:钱多多@example.cn'>来信</a>", "links_dropped"),
    ("<a href='javascript:alert(\"钱多多\")'>点</a>", "links_dropped"),
    ("<a href='(https://a.cn/钱多多)'>点</a>", "links_dropped"),
    ("<a href='https://钱多多@a.cn/x'>点</a>", "links_dropped"),
    ("<meta name=author content='钱多多'>", "properties_dropped"),
    ("<ruby>字<rt>钱多多</rt></ruby>", "ruby_dropped"),
]


@pytest.mark.parametrize(("planted", "code"), HIDDEN, ids=[p for p, _ in HIDDEN])
def test_what_nobody_reads_is_dropped_and_told(planted: str, code: str) -> None:
    page = body(f"<p>前</p>{planted}<p>后</p>")
    output = redacted(page)
    assert "钱多多" not in output
    assert "前" in output
    assert "后" in output
    assert code in codes(page)


SILENT = [
    "<p title='钱多多'>文</p>",
    "<p data-name='钱多多' onclick='钱多多' id='钱多多' class='钱多多'>文</p>",
    "<?php 钱多多 ?><p>文</p>",
    "<p style='background:url(钱多多)'>文</p>",
    "<table summary='钱多多'><tr><td>文</td></tr></table>",
]


@pytest.mark.parametrize("planted", SILENT)
def test_attributes_and_instructions_are_not_carried_over(planted: str) -> None:
    output = redacted(body(planted), "无此文字")
    assert "钱多多" not in output
    assert "文" in output


def test_text_that_styles_may_hide_is_shown_and_told() -> None:
    for page in (
        "<p style='color:#fff'>钱多多</p>",
        "<p><font color=white>钱多多</font></p>",
        "<p style='position:absolute;left:-9999px'>钱多多</p>",
    ):
        assert texts(body(page)) == ["钱多多"]
        assert "styles_may_hide" in codes(body(page))


def test_unknown_elements_give_up_their_text() -> None:
    assert texts(body("<my-card>一<marquee>二</marquee></my-card>三")) == ["一二三"]


def test_text_outside_every_element_is_read() -> None:
    assert texts("开头<p>中间</p>结尾") == ["开头", "中间", "结尾"]


def test_a_link_is_examined_decoded_and_written_back() -> None:
    page = body(
        "<p><a href='https://www.example.gov.cn/q?n=%E9%92%B1%E5%A4%9A%E5%A4%9A'>详情</a></p>"
    )
    document = read(page)
    assert document.blocks[-1].kind is BlockKind.ATTRIBUTE
    assert document.blocks[-1].text.endswith("n=钱多多")
    output = redacted(page)
    assert "%E9%92%B1%E5%A4%9A" not in output
    assert "n=%E6%9F%90" in output


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_the_encoding_stays_and_is_declared(codec: str) -> None:
    page = PAGE.encode(codec)
    document = HtmlFormat().read(page)
    output, _ = HtmlFormat().write(page, plan_for(document, "钱多多"))
    assert f'<meta charset="{codec}">' in output.decode(codec)


def test_writing_twice_gives_the_same_bytes() -> None:
    assert redacted(PAGE) == redacted(PAGE)


def test_a_page_nested_too_deep_is_refused() -> None:
    with pytest.raises(BrokenInputError, match="嵌套过深"):
        read(body("<div>" * 5000 + "钱多多"))


def test_a_page_without_content_is_refused() -> None:
    with pytest.raises(BrokenInputError, match="没有可读的内容"):
        read("<!-- -->")


def test_a_plan_for_other_text_is_refused() -> None:
    plan = RedactionPlan("0" * 64, "", "general", (), ())
    with pytest.raises(UnsafeOutputError, match="重新提交"):
        HtmlFormat().write(PAGE.encode(), plan)


def test_reading_takes_time_in_proportion_to_the_page() -> None:
    def took(rows: int) -> float:
        page = body(f"<table>{'<tr><td>钱多多</td><td>乙</td></tr>' * rows}</table>")
        start = time.process_time()
        read(page)
        return time.process_time() - start

    took(100)
    short = min(took(2000) for _ in range(3))
    assert min(took(8000) for _ in range(3)) < 12 * max(short, 0.02)


def complaints(output: str, value: str = "钱多多") -> tuple[str, ...]:
    allowed = allowed_occurrences("", [value])
    return IndependentVerifier().verify("html", output.encode(), allowed)


def test_the_verifier_agrees_with_a_clean_page() -> None:
    document = read(PAGE)
    plan = plan_for(document, "钱多多")
    output, _ = HtmlFormat().write(PAGE.encode(), plan)
    allowed = allowed_occurrences(redacted_document(document, plan).text, ["钱多多"])
    assert IndependentVerifier().verify("html", output, allowed) == ()


@pytest.mark.parametrize(
    "leak",
    [
        "<p>钱<b>多</b>多</p>",
        "<p>钱&#22810;多</p>",
        "<a href='https://x.cn/%E9%92%B1%E5%A4%9A%E5%A4%9A'>x</a>",
        "<!--钱多多-->",
        "<script>1</script>",
        "<p onclick='x'>文</p>",
        "<a href='javascript:x'>文</a>",
        "<img src=x>",
        "<?x?>",
    ],
)
def test_the_verifier_finds_what_a_writer_might_leave(leak: str) -> None:
    assert complaints(f"<!DOCTYPE html><html><body>{leak}</body></html>")


@pytest.mark.parametrize("target", ["list.jsp?at=08:30", "error.html#CAPS:A", "a/b:c"])
def test_a_link_within_the_site_may_have_a_colon_behind_its_page(target: str) -> None:
    output = redacted(body(f"<p><a href='{target}'>钱多多的通知</a></p>"))
    assert target in output
    assert not complaints(output)


def test_elements_that_hold_nothing_swallow_nothing() -> None:
    for tag in ("wbr", "source", "track", "embed", "keygen", "bgsound", "frame"):
        assert "".join(texts(body(f"<p>前<{tag}>钱多多"))).replace(" ", "") == "前钱多多"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>甲</body></html>钱多多<p>乙",
        "<html><body>甲</body></html><div>钱多多</div><p>乙</p>",
        "<body>甲<p>钱多多</p></html><html><body>乙</body></html>",
    ],
)
def test_what_stands_behind_the_end_of_the_page_is_read_and_redacted(page: str) -> None:
    assert texts(page) == ["甲", "钱多多", "乙"]
    output = redacted(page)
    assert "钱多多" not in output
    assert "乙" in output


def test_what_stands_apart_does_not_run_together() -> None:
    for between in ("<details>", "<summary>", "<img>", "<fieldset><legend>", "<xmp>"):
        assert "513812345678" not in "".join(read(body(f"<div>5{between}13812345678")).text)
    line = "<span style='display:block'>5</span><span style='display:block'>13812345678</span>"
    assert texts(body(line)) == ["5", "13812345678"]


@pytest.mark.parametrize(
    "page",
    [
        "<p><bdo dir=rtl>87654321831</bdo></p>",
        "<p><span style='unicode-bidi: bidi-override; direction:rtl'>87654321831</span></p>",
        "<p>\u202e87654321831\u202c</p>",
    ],
)
def test_text_that_runs_backwards_is_told(page: str) -> None:
    assert "direction_changed" in codes(body(page))


def test_control_characters_neither_break_nor_hide() -> None:
    assert texts(body("<p>钱\x01多\x0b多&#1;好\x0c坏</p>")) == ["钱多多好 坏"]


def test_a_comment_within_a_style_does_not_show_what_it_hides() -> None:
    assert texts(body("<p style='display:/*x*/none'>钱多多</p>乙")) == ["乙"]


@pytest.mark.parametrize(
    "piece",
    [
        "<o:p>字</o:p>",
        "<img>字",
        "<!-- -->字",
        "<span hidden>x</span>字",
        "<table><tr><td colspan=999 rowspan=999>字</table>",
    ],
)
def test_clutter_takes_time_in_proportion_to_the_page(piece: str) -> None:
    def took(times: int) -> float:
        page = body(f"<div>{piece * times}</div>")
        start = time.process_time()
        read(page)
        return time.process_time() - start

    short = min(took(1000) for _ in range(3))
    assert min(took(8000) for _ in range(2)) < 24 * max(short, 0.02)


def test_a_comment_of_a_style_that_never_ends_hides_nothing_and_costs_little() -> None:
    assert texts(body('<p style="color:red;/* display:none">钱多多</p>')) == ["钱多多"]
    start = time.process_time()
    assert texts(body(f'<p style="{"/*a" * 100_000}">钱多多</p>')) == ["钱多多"]
    assert time.process_time() - start < 5


def test_a_page_that_reads_otherwise_than_planned_is_not_given_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = body("<p>甲乙 某</p>").encode()
    monkeypatch.setattr("redact.html.page.WebPage.encode", lambda _: other)
    with pytest.raises(UnsafeOutputError, match="与预期不符"):
        redacted(body("<p>甲 钱多多</p>"))


def test_a_cell_outside_any_row_is_read() -> None:
    assert texts("<table><td>甲<td rowspan=2>乙<tr><td>丙</table>") == ["甲", "乙", "丙"]


def test_an_item_that_goes_on_from_its_automatic_number_is_told() -> None:
    for items in ('<ol start="138"><li>00138000</ol>', '<ol><li value="138">00138000</ol>'):
        assert "number_runs_on" in codes(body(items))
    assert "number_runs_on" not in codes(body("<ol><li>00138000</ol>"))
