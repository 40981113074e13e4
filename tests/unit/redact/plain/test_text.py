from __future__ import annotations

import codecs
import time

import pytest

from redact.plain.text import TextFormat
from review.document import Document, Severity
from review.errors import BrokenInputError, TooLargeInputError, UnsafeOutputError
from review.plan import Edit, RedactionPlan

TEXT = "关于救助的公示\r\n联系人：赵小满，电话13800001234\n\n末行"


def plan_for(document: Document, *edits: tuple[int, int, int, str]) -> RedactionPlan:
    made = tuple(Edit(*edit, finding="f") for edit in edits)
    return RedactionPlan(document.digest, "policy", "general", (), made)


def hide_name(data: bytes) -> bytes:
    document = TextFormat().read(data)
    start = document.blocks[1].text.index("赵小满")
    return TextFormat().write(data, plan_for(document, (1, start, start + 3, "赵某某")))[0]


@pytest.mark.parametrize(
    ("bom", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "gb18030"),
    ],
)
def test_encoding_mark_and_line_ends_stay_as_they_were(bom: bytes, codec: str) -> None:
    data = bom + TEXT.encode(codec)
    assert hide_name(data) == bom + TEXT.replace("赵小满", "赵某某").encode(codec)


@pytest.mark.parametrize("codec", ["iso2022_jp", "iso2022_kr"])
def test_letters_that_escapes_turn_into_other_signs_are_refused(codec: str) -> None:
    with pytest.raises(BrokenInputError, match="编码"):
        TextFormat().read("公示\n電話13800001234".encode(codec))


def test_each_line_is_a_block_at_its_number() -> None:
    document = TextFormat("md", (".md",)).read(TEXT.encode())
    assert [b.text for b in document.blocks] == [
        "关于救助的公示", "联系人：赵小满，电话13800001234", "", "末行",
    ]  # fmt: skip
    assert [b.location.block for b in document.blocks] == [0, 1, 2, 3]
    assert document.format == "md"


def test_a_lone_carriage_return_ends_a_line_and_is_kept() -> None:
    data = "甲\r乙\r\n丙\n".encode()
    document = TextFormat().read(data)
    assert [b.text for b in document.blocks] == ["甲", "乙", "丙", ""]
    assert (
        TextFormat().write(data, plan_for(document, (1, 0, 1, "丁")))[0]
        == "甲\r丁\r\n丙\n".encode()
    )


def test_no_edit_gives_back_the_very_bytes() -> None:
    data = TEXT.encode("gb18030") + b"\x84\x31\xa4\x37"
    assert TextFormat().write(data, plan_for(TextFormat().read(data)))[0] == data


def test_several_edits_of_one_line_fall_into_place() -> None:
    data = b"tel 1234 or 5678."
    plan = plan_for(TextFormat().read(data), (0, 12, 16, "B"), (0, 4, 8, "A"))
    assert TextFormat().write(data, plan)[0] == b"tel A or B."


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text\0more",
        "身份证明".encode("utf-16-le") + b"\x0a\x00",
        b"\xff\xfe\x00",
        b"\xef\xbb\xbf\xff",
        b"\xa0\xff\x80",
        "請於九月一日前繳納罰鍰並領取證明".encode("big5"),
        "お問い合わせは担当までお願いします".encode("shift_jis"),
        "Déjà vu à l'été, où êtes-vous".encode("cp1252"),
    ],
    ids=[
        "empty",
        "nul",
        "utf16-bare",
        "odd-utf16",
        "bad-after-bom",
        "noise",
        "big5",
        "sjis",
        "latin",
    ],
)
def test_what_is_no_known_text_is_refused(data: bytes) -> None:
    with pytest.raises(BrokenInputError):
        TextFormat().read(data)


def test_a_plan_made_on_other_text_is_refused() -> None:
    plan = plan_for(TextFormat().read(b"one"))
    with pytest.raises(UnsafeOutputError, match="不一致"):
        TextFormat().write(b"two", plan)


def test_a_replacement_the_encoding_lacks_is_refused() -> None:
    data = "赵小满".encode("gb18030")
    plan = plan_for(TextFormat().read(data), (0, 0, 3, "\ud800"))
    with pytest.raises(UnsafeOutputError, match="编码"):
        TextFormat().write(data, plan)


def test_an_output_that_cannot_be_read_again_is_refused() -> None:
    data = "电话".encode()
    with pytest.raises(UnsafeOutputError, match="无法读取"):
        TextFormat().write(data, plan_for(TextFormat().read(data), (0, 0, 2, "")))


def test_an_output_with_other_lines_than_planned_still_reads_the_same() -> None:
    data = "电话".encode()
    output, notes = TextFormat().write(data, plan_for(TextFormat().read(data), (0, 0, 2, "甲\n乙")))
    assert (output, notes) == ("甲\n乙".encode(), ())


def test_a_very_long_line_is_read_and_written_in_linear_time() -> None:
    data = ("赵小满住在江府县。" * 400_000).encode()
    started = time.process_time()
    document = TextFormat().read(data)
    output, _ = TextFormat().write(data, plan_for(document, (0, 0, 3, "某人")))
    assert output == "某人".encode() + data[9:]
    assert time.process_time() - started < 5


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(TooLargeInputError):
        TextFormat().read(b"\n" * 1_000_001)


@pytest.mark.parametrize(
    "line",
    ["**138**12345678", "1\\38`1234`5678", "138<b>1234</b>5678", "&#49;3812345678", "a&commat;b"],
)
def test_a_number_cut_by_markup_needs_a_person(line: str):
    (note,) = TextFormat("md").read(line.encode()).notes
    assert note.severity is Severity.PERSON
    assert TextFormat().read(line.encode()).notes == ()


@pytest.mark.parametrize("line", ["138****5678", "2*3=6", "**2026**年", "第1_2项", "A&amp;B"])
def test_ordinary_markup_needs_nobody(line: str):
    assert TextFormat("md").read(line.encode()).notes == ()


@pytest.mark.parametrize("piece", ["1", "1*", "1<", "<", "1\\"])
def test_looking_for_cut_numbers_is_linear(piece: str):
    start = time.process_time()
    TextFormat("md").read((piece * 200_000).encode())
    assert time.process_time() - start < 2
