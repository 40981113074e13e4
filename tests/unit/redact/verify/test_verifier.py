from __future__ import annotations

import random
import time

import pytest

from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from redact.verify.views import UNREADABLE

ID, PHONE = "350102198501011235", "13812345678"


def verify(text: str, *removed: str, expected: str = "", format: str = "txt") -> tuple[str, ...]:
    allowed = allowed_occurrences(expected, removed)
    return IndependentVerifier().verify(format, text.encode(), allowed)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("format", ["txt", "md", "csv"])
def test_text_is_read_in_its_encoding(encoding: str, format: str):
    verifier = IndependentVerifier()
    assert verifier.verify(format, "经办人：张三丰\n".encode(encoding), {"张三丰": 0})
    assert verifier.verify(format, "经办人：张某某\n".encode(encoding), {"张三丰": 0}) == ()


@pytest.mark.parametrize("format", ["txt", "md", "csv"])
def test_text_in_no_known_encoding_is_a_complaint(format: str):
    (complaint,) = IndependentVerifier().verify(format, b"\xff\xff\xff", {})
    assert "编码" in complaint


@pytest.mark.parametrize("format", ["ceb", "doc", ""])
def test_a_format_without_a_reader_is_a_complaint(format: str):
    assert IndependentVerifier().verify(format, b"", {}) == (UNREADABLE,)


@pytest.mark.parametrize(
    "text",
    [
        "张三\n丰",
        "张**三**丰",
        "&#24352;三丰",
        "张<b>三</b>丰",
        "张 三　丰",
        "張三丰".replace("張", "张"),
    ],
)
def test_markup_and_line_ends_do_not_hide_a_name(text: str):
    assert verify(text, "张三丰", format="md")


def test_a_table_is_read_cell_by_cell():
    assert verify('序号,姓名\n1,"王,伟"\n', "王伟", format="csv") == (
        "第 2 行仍能读到应隐去的内容。",
    )
    assert verify("序号,电话\n1381234,5678\n", PHONE, format="csv") == ()
    assert verify("姓;名\n王;伟\n", "王伟", format="csv") == ()


def test_what_the_plan_keeps_elsewhere_may_stay_as_often_as_expected():
    expected = "局长张三丰主持会议。当事人张某某。"
    assert verify(expected, "张三丰", expected=expected) == ()
    assert verify(expected + "张三丰", "张三丰", expected=expected) != ()


def test_of_two_spellings_of_a_value_the_stricter_count_holds():
    allowed = {"王 伟": 0, "王伟": 1}
    assert IndependentVerifier().verify("txt", "王伟".encode(), allowed)


@pytest.mark.parametrize("shown", [ID[:8], ID[5:13], ID[-8:], "出生19850101"])
def test_eight_signs_of_an_identifier_are_too_many(shown: str):
    assert verify(f"号码{shown}", ID)


@pytest.mark.parametrize("shown", ["35*************235", "350102", "****1235", "1985年"])
def test_the_published_form_of_an_identifier_passes(shown: str):
    assert verify(f"号码{shown}", ID) == ()


def test_a_part_of_an_identifier_that_the_plan_keeps_may_stay():
    expected = "出生日期19850101，号码35*************235"
    assert verify(expected, ID, expected=expected) == ()
    assert verify(expected + "，19850101", ID, expected=expected) != ()


@pytest.mark.parametrize(
    ("text", "removed", "found"),
    [
        ("年龄\n35\n", "35", True),
        ("共135人", "35", False),
        ("35岁", "35岁", True),
        ("编号A123号", "123", True),
        ("编号41235号", "123", False),
        ("QQ：12345", "12345", True),
        ("民族：汉", "汉", True),
        ("民族：***", "汉", False),
        ("王\n伟大", "王伟", False),
        ("王伟大", "王伟", True),
        ("1985-10-12", "1985年10月12日", True),
        ("19851012", "1985年10月12日", True),
        ("1985年10月", "1985年10月12日", False),
        ("138****5678", PHONE, False),
        ("1381234 5678", PHONE, True),
        ("（0598）1234567", "05981234567", True),
    ],
)
def test_short_values_are_judged_by_what_stands_around_them(text: str, removed: str, found: bool):
    assert bool(verify(text, removed)) is found


def test_punctuation_alone_is_no_value():
    assert verify("甲，乙", "，", " ", "") == ()


def test_many_places_are_told_in_a_bounded_list():
    rows = "\n".join(["张三丰"] * 80)
    complaints = verify(rows, "张三丰", format="csv")
    assert len(complaints) == 51
    assert complaints[-1].startswith("另有 30 处")


def test_the_allowance_counts_as_the_verifier_does():
    allowed = allowed_occurrences(
        "张 三丰、张三\n丰、１３８１２３４５６７８", ["张三丰", PHONE, "李四"]
    )
    assert (allowed["张三丰"], allowed[PHONE], allowed["李四"]) == (2, 1, 0)


def roster(rows: int) -> tuple[str, list[str]]:
    """Make a masked roster and the values taken out of it."""
    chance = random.Random(7)
    lines, removed = [], []
    for number in range(rows):
        identity = f"3501{chance.randrange(10**14):014}"
        phone = f"139{chance.randrange(10**8):08}"
        name = "王" + "".join(chance.choices("伟芳敏静丽强磊军洋勇", k=2))
        removed += [identity, phone, name]
        lines.append(f"{number},王某{number},35****{identity[-3:]},139****{phone[-4:]},符合条件")
    return "\n".join(lines), removed


def test_the_time_grows_no_faster_than_the_file():
    def seconds(rows: int) -> float:
        text, removed = roster(rows)
        start = time.process_time()
        assert verify(text, *removed, expected=text, format="csv") == ()
        return time.process_time() - start

    seconds(200)
    assert seconds(8000) < 16 * max(seconds(1000), 0.02)


def test_a_kept_number_that_shares_digits_with_a_removed_one_is_no_leak():
    expected = (
        "手机138****5678，电话0598-12345678，受理编号13812345号、1234567800001，传真0598-13812345"
    )
    assert verify(expected, PHONE, expected=expected) == ()
    assert verify(expected + "，13812345", PHONE, expected=expected) != ()
