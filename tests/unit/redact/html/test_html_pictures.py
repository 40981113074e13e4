"""Pictures within a web page: read, blackened, proven; all others go and are told."""

from __future__ import annotations

import io
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from urllib.parse import quote, unquote_to_bytes

import pytest
from PIL import Image

from flows.processing.proof import prove_text
from redact.html.page import HtmlFormat
from redact.libreoffice import program
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from redact.verify.views import UNCHECKED_PART
from review.document import BlockKind, Document, Severity
from review.errors import TooLargeInputError
from review.plan import RedactionPlan, redacted_document, without_pictures
from tests.fakes import planted_pictures
from tests.fakes.pictures import encoded, written
from tests.fakes.planted import Redacted, pictured, plan_for, redacted_by

NUMBER = "13812345678"
KEPT = "青禾县农业农村局"


def within(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def page(inner: str) -> bytes:
    return f"<html><body><p>前</p>{inner}<p>后</p></body></html>".encode()


def read(inner: str) -> Document:
    return HtmlFormat().read(page(inner))


def codes(inner: str) -> set[str]:
    return {note.code for note in read(inner).notes}


def untouched(inner: str) -> str:
    return HtmlFormat().write(page(inner), plan_for(read(inner), r"(?!)"))[0].decode()


def shown(output: str) -> list[Image.Image]:
    packed = re.findall(r'src="data:image/(?:png|jpeg);base64,([^"]*)"', output)
    return [Image.open(io.BytesIO(b64decode(each))) for each in packed]


FLAT = encoded(Image.new("RGB", (60, 6), "red"), "PNG")
WRITTEN = written([f"联系电话：{NUMBER}", KEPT])


@pytest.fixture(scope="module")
def source() -> bytes:
    picture = within(encoded(WRITTEN, "PNG"))
    return page(f'<p>见下图。<img src="{picture}" alt="{NUMBER}" title="{NUMBER}" width=450></p>')


@pytest.fixture(scope="module")
def redacted(source: bytes) -> Redacted:
    return redacted_by(HtmlFormat(), source, NUMBER)


def test_writing_in_a_picture_is_text_of_the_page_behind_all_other(draft: Document) -> None:
    kinds = [block.kind for block in draft.blocks]
    assert kinds.index(BlockKind.PICTURE) == len(kinds) - kinds.count(BlockKind.PICTURE)
    assert NUMBER in pictured(draft)
    assert KEPT in pictured(draft)
    assert {note.severity for note in draft.notes} == {Severity.INFO}


def test_what_the_plan_takes_out_is_black_and_all_else_stays(output: bytes) -> None:
    again = pictured(HtmlFormat().read(output))
    assert NUMBER[3:8] not in again
    assert KEPT in again
    text = output.decode()
    assert NUMBER not in text
    assert '<img width="450" src="data:image/png;base64,' in text
    (picture,) = shown(text)
    lower = (0, WRITTEN.height // 2, *WRITTEN.size)
    assert picture.crop(lower).tobytes() == WRITTEN.crop(lower).tobytes()


def test_the_output_is_proven_and_one_with_the_picture_as_it_was_is_not(
    source: bytes, draft: Document, plan: RedactionPlan, output: bytes
) -> None:
    allowed = allowed_occurrences(redacted_document(draft, plan).text, [NUMBER])
    verifier = IndependentVerifier()
    assert verifier.verify("html", output, allowed) == ()
    prove_text(draft, plan, HtmlFormat().read(output), lambda each: plan_for(each, r"(?!)"))
    as_it_was, _ = HtmlFormat().write(source, plan_for(draft, r"(?!)"))
    assert verifier.verify("html", as_it_was, allowed) == ("图片 1仍能读到应隐去的内容。",)


def test_a_picture_in_which_the_black_does_not_hold_is_left_out_and_the_page_is_not(
    source: bytes, plan: RedactionPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redact.pictures.file.paint_over", lambda picture, boxes: picture)
    data, notes = HtmlFormat().write(source, plan)
    assert "picture_dropped" in {note.code for note in notes}
    assert b"<img" not in data
    assert "见下图。" in data.decode()


@pytest.mark.usefixtures("no_recogniser")
def test_where_nothing_can_be_recognised_pictures_are_left_out(source: bytes) -> None:
    document = HtmlFormat().read(source)
    assert not pictured(document)
    assert {n.code: n.severity for n in document.notes}["picture_dropped"] is Severity.PERSON


BLUE = encoded(Image.new("RGB", (90, 6), "blue"), "PNG")
TWO = f'<img src="{within(FLAT)}">与<img src="{within(BLUE)}">及<img src="{within(FLAT)}">'


def test_a_picture_that_a_person_names_is_taken_out_wherever_it_stands() -> None:
    document = read(TWO)
    plan = plan_for(document, "［图片1］")
    output, notes = HtmlFormat().write(page(TWO), plan)
    assert [picture.size for picture in shown(output.decode())] == [(90, 6)]
    assert "与" in output.decode()
    assert "及" in output.decode()
    assert "picture_taken_out" in {note.code for note in notes}
    prove_text(document, plan, HtmlFormat().read(output), lambda each: plan_for(each, r"(?!)"))


def test_a_plan_without_pictures_leaves_all_text() -> None:
    document = read(TWO)
    plan = without_pictures(document, plan_for(document, r"(?!)"))
    assert plan is not None
    output, _ = HtmlFormat().write(page(TWO), plan)
    assert not shown(output.decode())
    assert [b.text.split() for b in HtmlFormat().read(output).blocks] == [
        b.text.split() for b in document.blocks if b.kind is not BlockKind.PICTURE
    ]


def moving() -> bytes:
    frames = [Image.new("RGB", (60, 6), colour) for colour in ("red", "blue")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


SHOWN = {
    "png": f'<img src="{within(FLAT)}">',
    "jpeg": f'<img src="{within(encoded(Image.open(io.BytesIO(FLAT)), "JPEG"), "jpeg")}">',
    "gif": f'<img src="{within(moving(), "gif")}">',
    "webp": f'<img src="{within(encoded(Image.open(io.BytesIO(FLAT)), "WEBP"), "webp")}">',
    "bmp": f'<img src="{within(encoded(Image.open(io.BytesIO(FLAT)), "BMP"), "bmp")}">',
    "no base64": f'<img src="data:image/png,{quote(FLAT)}">',
    "wrapped and without its padding": f'<img src=" DATA:image/png;charset=x;BASE64,'
    f'{b64encode(FLAT).decode().rstrip("=")[:40]}\n{b64encode(FLAT).decode().rstrip("=")[40:]}">',
    "wrong kind": f'<img src="{within(FLAT, "jpeg")}">',
    "button": f'<form><input type=IMAGE src="{within(FLAT)}" value=x></form>',
    "old element": f'<image src="{within(FLAT)}">',
    "in a picture element": '<picture><source srcset="a.webp">'
    f'<img src="{within(FLAT)}"></picture>',
    "in a link": f'<a href="http://www.qinghe.gov.cn/a"><img src="{within(FLAT)}"></a>',
    "in a table": f'<table><tr><td><img src="{within(FLAT)}"></td></tr></table>',
}


@pytest.mark.parametrize("case", SHOWN)
def test_a_picture_of_any_kind_that_can_be_decoded_stays(case: str) -> None:
    output = untouched(SHOWN[case])
    assert [picture.size for picture in shown(output)] == [(60, 6)]
    assert "picture_read" in codes(SHOWN[case])
    assert IndependentVerifier().verify("html", output.encode(), {NUMBER: 0}) == ()


def test_what_may_be_shown_otherwise_than_its_pixels_asks_a_person() -> None:
    assert "picture_doubtful" in codes(SHOWN["gif"])
    assert "picture_dropped" in codes(SHOWN["in a picture element"])
    assert "picture_dropped" in codes(f'<img src="{within(FLAT)}" srcset="b.png 2x">')
    for style in ("object-fit:cover", "filter:contrast(9)", "opacity:0", "clip-path:inset(9px)"):
        assert "styles_may_hide" in codes(f'<img style="{style}" src="{within(FLAT)}">')


def test_the_size_stays_and_no_other_look() -> None:
    looks = 'width="60%" height="6" style="width: 60px; float:left; filter:blur(2px)" align=right'
    output = untouched(f'<img {looks} src="{within(FLAT)}">')
    assert '<img width="60%" height="6" align="right" style="width:60px" src="data:' in output
    assert "blur" not in output


SVG = f"<svg xmlns='http://www.w3.org/2000/svg'><text>{NUMBER}</text></svg>"
LEFT_OUT = {
    "elsewhere": f'<img src="http://www.qinghe.gov.cn/{NUMBER}.png">',
    "beside the page": f'<img src="图片/{NUMBER}.png">',
    "in a file": f'<img src="file:///home/{NUMBER}.png">',
    "without address": f"<img alt={NUMBER}>",
    "svg": SVG,
    "svg in an address": f'<img src="{within(SVG.encode(), "svg+xml")}">',
    "svg in clear": f'<img src="data:image/svg+xml,{quote(SVG)}">',
    "no picture": f'<img src="data:image/png;base64,{b64encode(NUMBER.encode()).decode()}">',
    "broken letters": f'<img src="data:image/png;base64,*{NUMBER}">',
    "hidden": f'<img hidden src="{within(planted_pictures.png(NUMBER))}">',
    "not displayed": f'<img style="display:none" src="{within(planted_pictures.png(NUMBER))}">',
    "background": f"<div style=\"background:url('{within(FLAT)}')\">文</div>",
    "old background": f'<table background="{NUMBER}.png"><tr><td>文</td></tr></table>',
    "in a style sheet": f"<style>p{{background:url({within(FLAT)})}}</style><p>{NUMBER}</p>",
    "canvas": f"<canvas>{NUMBER}</canvas>",
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_a_picture_that_cannot_be_shown_as_read_goes_and_is_told(case: str) -> None:
    document = read(LEFT_OUT[case])
    data, notes = HtmlFormat().write(page(LEFT_OUT[case]), plan_for(document, NUMBER))
    assert {n.code: n.severity for n in notes}["picture_dropped"] is Severity.PERSON
    assert b"<img" not in data
    assert b"data:" not in data
    assert NUMBER.encode() not in data
    assert IndependentVerifier().verify("html", data, {NUMBER: 0}) == ()


def test_a_picture_too_large_for_the_reader_is_refused_by_name() -> None:
    with pytest.raises(TooLargeInputError, match="图片"):
        read(f'<img src="data:image/png;base64,{"A" * 10_100_000}">')


@pytest.mark.skipif(program() is None, reason="needs LibreOffice")
def test_a_drawing_within_the_page_is_drawn_and_read_and_keeps_its_size() -> None:
    drawing = SVG.replace("<svg ", "<svg width='600' height='120' ").replace(
        "<text>", f"<!-- {KEPT} --><text x='20' y='60' font-size='28'>电话"
    )
    inner = f'<img src="{within(drawing.encode(), "svg+xml")}">'
    document = read(inner)
    assert NUMBER in pictured(document)
    data, notes = HtmlFormat().write(page(inner), plan_for(document, NUMBER))
    assert {"picture_read", "drawing_pictured"} <= {note.code for note in notes}
    assert b'<img width="600" src="data:image/png' in data
    assert KEPT.encode() not in unpacked(data)
    assert IndependentVerifier().verify("html", data, {NUMBER: 0}) == ()


def unpacked(data: bytes) -> bytes:
    """Join a page with what its addresses hold: the search that would find a value."""
    inside = re.findall(rb"base64,([A-Za-z0-9+/=]+)", data)
    return unquote_to_bytes(data) + b"".join(b64decode(each) for each in inside)


@pytest.mark.parametrize("kind", planted_pictures.HIDING_PLACES)
def test_what_hides_beside_the_pixels_is_found_in_the_draft_and_not_in_the_output(
    kind: str,
) -> None:
    inner = f'<img src="{within(planted_pictures.HIDING_PLACES[kind](NUMBER), kind)}">'
    output = untouched(inner).encode()
    assert NUMBER.encode() in unpacked(page(inner))
    assert NUMBER.encode() not in unpacked(output)
    assert len(shown(output.decode())) == 1


def spoilt(output: str) -> Iterator[str]:
    """Spoil a page of ours: a stowaway in the picture, or in the letters that hold it."""
    data = b64decode(re.findall(r"base64,([^\"]*)", output)[0])
    yield output.replace(b64encode(data).decode(), b64encode(data + NUMBER.encode()).decode())
    yield output.replace(b64encode(data).decode(), b64encode(moving()).decode())
    packed = b64encode(data).decode()
    assert packed.endswith("==")
    yield output.replace(packed, packed[:-3] + chr(ord(packed[-3]) + 1) + "==")


def test_a_stowaway_in_a_picture_of_the_output_is_a_complaint() -> None:
    for each in spoilt(untouched(f'<img src="{within(FLAT)}">')):
        assert UNCHECKED_PART in IndependentVerifier().verify("html", each.encode(), {NUMBER: 0})


@pytest.mark.parametrize(
    "attribute", ["src=a.png", "src='data:text/html,x'", "onerror=x", "srcset=x"]
)
def test_the_verifier_wants_no_address_but_that_of_a_packed_picture(attribute: str) -> None:
    data = f"<!DOCTYPE html>\n<html><head></head><body><img {attribute}></body></html>".encode()
    assert IndependentVerifier().verify("html", data, {}) != ()
