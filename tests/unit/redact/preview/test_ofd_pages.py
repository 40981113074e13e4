"""Drawings of OFD pages: signs and lines where the file puts them, findings framed."""

from __future__ import annotations

import shutil
from io import BytesIO

import pytest
from PIL import Image

from redact.ofd.format import OfdFormat
from redact.preview import ofd_sketch
from redact.preview.ofd_pages import ofd_pairs
from redact.preview.pictures import Allowance, Mark, PagePairs, PictureOrder
from review.errors import BrokenInputError
from review.plan import Edit, RedactionPlan
from tests.fakes import bars
from tests.fakes.bars import read_bars
from tests.fakes.ofd import package, page, path, resources, text

LINE = "申请人赵小满符合条件。"
pytestmark = pytest.mark.skipif(shutil.which("fc-match") is None, reason="no fontconfig")


def draft() -> bytes:
    return package([
        page(text("关于救助的公告", 20), text(LINE, 40), path("M 20 60 L 190 60", 'Stroke="true"')),
        page(text("附件", 20)),
    ])  # fmt: skip


def order(*marks: Mark) -> PictureOrder:
    return PictureOrder("ofd", "ofd", (), marks, {}, Allowance(30, 8_000_000))


def mark() -> Mark:
    blocks = OfdFormat().read(draft()).blocks
    (block,) = (n for n, b in enumerate(blocks) if "赵小满" in b.text)
    start = blocks[block].text.index("赵小满")
    return Mark(1, block, start, start + 3, "赵小满", True)


def drawn(*marks: Mark, output: bytes = b"") -> PagePairs:
    return ofd_pairs(draft(), output, order(*marks))


def is_dark(picture: bytes, left: float, top: float, right: float, bottom: float) -> bool:
    """Tell whether anything is drawn between these shares of the page."""
    page = Image.open(BytesIO(picture)).convert("L")
    box = (left * page.width, top * page.height, right * page.width, bottom * page.height)
    return page.crop(tuple(map(round, box))).getextrema()[0] < 128


def test_signs_and_lines_stand_where_the_file_puts_them() -> None:
    first, second = drawn().shown
    assert first.after is None
    assert is_dark(first.before.data, 20 / 210, 40 / 297, 60 / 210, 46 / 297)
    assert is_dark(first.before.data, 180 / 210, 59 / 297, 189 / 210, 61 / 297)
    assert not is_dark(first.before.data, 0, 70 / 297, 1, 1)
    assert is_dark(second.before.data, 20 / 210, 20 / 297, 30 / 210, 26 / 297)
    assert drawn().sketched


def test_a_frame_holds_its_finding() -> None:
    ((place,), ()) = (pair.places for pair in drawn(mark()).shown)
    left, right = place.left * 210, (place.left + place.width) * 210
    assert left == pytest.approx(20 + 3 * 4, abs=1)
    assert right == pytest.approx(20 + 6 * 4, abs=1)
    assert 36 < place.top * 297 < 42


def test_text_that_is_another_gets_no_frame() -> None:
    assert [pair.places for pair in drawn(mark()._replace(text="钱文海")).shown] == [(), ()]


def test_the_output_is_drawn_beside_its_draft() -> None:
    document, where = OfdFormat().read(draft()), mark()
    edit = Edit(where.block, where.start, where.end, "赵某某", "F1")
    plan = RedactionPlan(document.digest, "p", "general", (), (edit,))
    found = drawn(where, output=OfdFormat().write(draft(), plan)[0])
    assert found.total == found.after == 2
    after = found.shown[0].after
    assert after is not None
    assert after.data != found.shown[0].before.data
    assert is_dark(after.data, 20 / 210, 40 / 297, 60 / 210, 46 / 297)


RES = (
    '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile>'
    "</ofd:MultiMedia></ofd:MultiMedias>"
)


@pytest.mark.parametrize("matrix", ["100 0 0 50 0 0", "0 50 -100 0 100 0", "-100 0 0 -50 100 50"])
def test_a_picture_stands_where_the_file_puts_it_whichever_way_it_is_turned(
    matrix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwanted(*_: object) -> None:
        raise AssertionError("nothing is read for a drawing")

    monkeypatch.setattr("redact.pictures.reading.read_places", unwanted)
    data = BytesIO()
    Image.new("RGB", (100, 50), "black").save(data, "PNG")
    picture = f'<ofd:ImageObject ID="4" ResourceID="5" Boundary="50 100 100 50" CTM="{matrix}"/>'
    made = package(
        [page(text("正文"), picture)],
        {"Doc_0/PublicRes.xml": resources(RES), "Doc_0/Res/a.png": data.getvalue()},
    )
    ((_, before, *_),) = ofd_pairs(made, b"", order()).shown
    for left, top in ((51, 101), (148, 101), (51, 148), (148, 148)):
        assert is_dark(before.data, left / 210, top / 297, (left + 1) / 210, (top + 1) / 297)
    assert not is_dark(before.data, 0, 90 / 297, 49 / 210, 1)
    assert not is_dark(before.data, 151 / 210, 0, 1, 1)
    assert not is_dark(before.data, 0, 151 / 297, 1, 1)


def test_a_machine_without_a_chinese_font_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for cached in (ofd_sketch._chinese_font, ofd_sketch._font):
        cached.cache_clear()
    monkeypatch.setattr(ofd_sketch.shutil, "which", lambda name: None)
    with pytest.raises(BrokenInputError, match="中文字体"):
        drawn()


@pytest.mark.parametrize("matrix", ["100 0 0 50 0 0", "0 50 -100 0 100 0", "60 0 0 50 20 0"])
def test_a_finding_in_a_picture_is_framed_whichever_way_it_is_turned(
    matrix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bars(monkeypatch)
    picture = f'<ofd:ImageObject ID="4" ResourceID="5" Boundary="50 100 100 50" CTM="{matrix}"/>'
    made = package(
        [page(text("正文"), picture)],
        {"Doc_0/PublicRes.xml": resources(RES), "Doc_0/Res/a.png": bars.drawn()},
    )
    marks = bars.marks_in(OfdFormat().read(made))
    (pair,) = ofd_pairs(made, b"", order(*marks)._replace(pictured=True)).shown
    (place,) = pair.places
    assert bars.holds_bar(pair.before, place)
    assert [shown.number for shown in pair.pictures] == [1]
