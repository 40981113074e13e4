from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from redact.ofd.format import OfdFormat
from redact.verify.verifier import IndependentVerifier
from review.plan import RedactionPlan
from tests.fakes import ofd
from tests.fakes.ofd import glyphs, page, text

NAME, PHONE = "张三丰", "13812345678"
REMOVED = dict.fromkeys((NAME, PHONE, "350102198501011235", "王伟", "汉"), 0)
PAGE = "Doc_0/Pages/Page_0/Content.xml"
TURNED = 'CTM="0 1 -1 0 0 0" Font='
SIGNS = "联系人某到场王伟"
EMBEDDED = '<ofd:Font ID="1" FontName="ABCDEF+X"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font>'


def written(data: bytes) -> dict[str, bytes]:
    document = OfdFormat().read(data)
    plan = RedactionPlan(document.digest, "", "general", (), ())
    output, _ = OfdFormat().write(data, plan)
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PLAIN = written(ofd.package([page(text("联系人张某某，电话138****5678"))]))
CODED = written(
    ofd.package(
        [page(text("联系人某到场", inner=glyphs(1, 2, 3, 4, 5, 6)))],
        {"Doc_0/PublicRes.xml": ofd.resources(fonts=EMBEDDED), "Doc_0/Res/f.ttf": ofd.font(SIGNS)},
    )
)


def zipped(parts: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def verify(parts: Mapping[str, bytes], comment: bytes = b"") -> tuple[str, ...]:
    return IndependentVerifier().verify("ofd", zipped(parts, comment), REMOVED)


def with_page(content: str) -> dict[str, bytes]:
    """Put objects of ours before those of the plain page."""
    return PLAIN | {
        PAGE: PLAIN[PAGE].replace(b"<ofd:TextObject", f"{content}<ofd:TextObject".encode(), 1)
    }


def attribute(value: str) -> dict[str, bytes]:
    return PLAIN | {PAGE: PLAIN[PAGE].replace(b'Font="', f'{value} Font="'.encode(), 1)}


def each(words: str, down: bool = False) -> str:
    places = ((20, 100 + 4 * n) if down else (20 + 4 * n, 100) for n in range(len(words)))
    signs = [text(c, y, x) for c, (x, y) in zip(words, places, strict=False)]
    return "".join(reversed(signs))


def with_font(data: bytes) -> dict[str, bytes]:
    (name,) = (n for n in CODED if n.endswith(".ttf"))
    return CODED | {name: data}


@pytest.mark.parametrize("parts", [PLAIN, CODED])
def test_an_output_of_ours_passes(parts: Mapping[str, bytes]) -> None:
    assert verify(parts) == ()


@pytest.mark.parametrize(
    ("where", "parts"),
    [
        ("a text", with_page(text(NAME))),
        ("full-width", with_page(text("１３８１２３４５６７８"))),
        ("character references", with_page(text("&#24352;&#19977;&#20016;"))),
        ("one sign an object, painted backwards", with_page(each(NAME))),
        ("two signs, one an object", with_page(each("王伟"))),
        ("one below the other", with_page(each(NAME, down=True))),
        ("turned, one sign an object", with_page(each(NAME, down=True).replace("Font=", TURNED))),
        ("outside the page", with_page(text(NAME, 900))),
        ("path data", with_page(ofd.path(f"M 0 0 {PHONE}"))),
        ("an attribute", attribute(f'Boundary="{PHONE} 0 1 1"')),
        ("an identifier", attribute(f'Name="{NAME}"')),
        ("an element's text", with_page(f"<ofd:FillColor>{NAME}</ofd:FillColor>")),
        ("a comment", with_page(f"<!--{NAME}-->")),
        ("a processing instruction", with_page(f"<?a {NAME}?>")),
        ("a foreign element", with_page("<ofd:Actions/>")),
        ("a foreign attribute", attribute('Event="CLICK"')),
        ("a namespace", with_page(f'<a:b xmlns:a="urn:{PHONE}"/>')),
        ("a stray part", PLAIN | {"Doc_0/a.xml": b"<a/>"}),
        ("a picture", PLAIN | {"Doc_0/Res/font_1.png": b"\x89PNG"}),
        ("a part's name", PLAIN | {f"Doc_0/{PHONE}.xml": b"<a/>"}),
        ("no font", PLAIN | {"Doc_0/Res/font_1.ttf": b"no font"}),
        ("a broken part", PLAIN | {PAGE: b"<a>"}),
        ("a document type", PLAIN | {PAGE: b"<!DOCTYPE a []>" + PLAIN[PAGE].split(b"?>")[1]}),
        ("glyphs that say otherwise", with_font(ofd.font(SIGNS.replace("某", "丰")))),
        ("a glyph that no page shows", with_font(ofd.font(SIGNS))),
        ("a glyph under no character", with_font(ofd.font(SIGNS, cmap=SIGNS[:6]))),
        ("glyphs without their font", {n: d for n, d in CODED.items() if not n.endswith("ttf")}),
    ],
)  # fmt: skip
def test_what_no_output_may_hold_is_told(where: str, parts: Mapping[str, bytes]) -> None:
    complaints = verify(parts)
    assert complaints, where
    assert all(told.endswith("。") for told in complaints)
    assert not any(value in told for value in REMOVED for told in complaints)


def test_a_comment_of_the_package_is_told() -> None:
    assert verify(PLAIN, NAME.encode("gb18030"))


def test_a_complaint_names_the_page() -> None:
    assert verify(with_page(text(PHONE, 60))) == ("第 1 页仍能读到应隐去的内容。",)


def test_a_value_that_is_kept_elsewhere_may_stay_as_often_as_it_is_kept() -> None:
    output = zipped(with_page(text("王伟", 60)))
    assert IndependentVerifier().verify("ofd", output, REMOVED | {"王伟": 1}) == ()
    twice = zipped(with_page(text("王伟", 60) + text("王伟", 90)))
    assert IndependentVerifier().verify("ofd", twice, REMOVED | {"王伟": 1})


def test_what_is_painted_twice_in_one_place_counts_once() -> None:
    output = zipped(with_page(text("王伟", 60) * 2))
    assert IndependentVerifier().verify("ofd", output, REMOVED | {"王伟": 1}) == ()


def test_a_number_that_wraps_is_joined_by_its_places() -> None:
    parts = with_page(
        text("350102198", 100, 60) + text("王某", 100, 20) + text("501011248", 106, 60)
    )
    verify = IndependentVerifier().verify
    told = verify("ofd", zipped(parts), {}, ())
    assert any("身份证号码" in complaint for complaint in told)
    assert verify("ofd", zipped(parts), {}, ("350102198501011248",)) == ()
