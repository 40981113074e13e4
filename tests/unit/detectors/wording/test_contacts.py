"""Links that do not open and numbers that nobody answers are told beside the text."""

from __future__ import annotations

import time

import pytest

from detectors.wording.contacts import contact_slips


def told(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], reason) for start, end, reason in contact_slips(text)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("网址：http:/www.jiangcheng.gov.cn", "开头写错"),
        ("网址：http：//www.jiangcheng.gov.cn", "开头写错"),
        ("网址：http//www.jiangcheng.gov.cn", "开头写错"),
        ("网址：htpp://www.jiangcheng.gov.cn", "开头写错"),
        ("网址：https:\\\\www.jiangcheng.gov.cn", "开头写错"),
        ("登录http://www. jiangcheng.gov.cn查询", "有空格"),
        ("登录www.jiangcheng .gov.cn查询", "有空格"),
        ("登录http://zwgk. jiangcheng.gov.cn/col/查询", "有空格"),
        ("登录www。jiangcheng。gov。cn查询", "中文标点"),
        ("登录www.jiangcheng.gov，cn查询", "中文标点"),
        ("登录http://jiangcheng查询", "不完整"),
    ],
)
def test_links_that_do_not_open_are_told(text: str, reason: str) -> None:
    assert [reason in why for _, why in told(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "网址：http://www.jiangcheng.gov.cn",
        "网址：HTTPS://WWW.JIANGCHENG.GOV.CN/",
        "登录江城市人民政府网站（http://www.jiangcheng.gov.cn/zwgk/index.html）查询。",
        "登录www.jiangcheng.gov.cn，点击“政务公开”。",
        "登录www.jiangcheng.gov.cn。逾期不予受理。",
        "http://10.1.1.1:8080/ 与 http://localhost:4200",
        "采用HTTP协议和HTTPS协议传输数据。",
        "邮箱：zwgk@jiangcheng.gov.cn",
    ],
)
def test_links_that_open_are_left_alone(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "number",
    [
        "0554-123456",
        "0554-123456789",
        "010-1234567",
        "1381234567",
        "138123456789",
        "400-123-456",
        "05541",
        "0554 - 66 123",
    ],
)
def test_numbers_that_nobody_answers_are_told(number: str) -> None:
    ((found, reason),) = told(f"联系电话：{number}，联系人略")
    assert found == number
    assert "位数或写法" in reason


@pytest.mark.parametrize(
    "number",
    [
        "0554-6612345",
        "0554—66123456",
        "(0554) 6612345",
        "05546612345",
        "010-12345678",
        "010 1234 5678",
        "0554-6612345-801",
        "0554-6612345（工作日）",
        "13812345678",
        "138-1234-5678",
        "400-123-4567",
        "12345",
        "12345 0554-6612345",
        "6612345",
        "66123456",
        "95598",
        "+86-554-6612345",
        "138****5678",
        "110、119",
        "0744-12380",
        "0744-12345",
    ],
)
def test_numbers_that_can_be_dialled_are_left_alone(number: str) -> None:
    assert told(f"监督电话：{number}") == []


def test_other_numbers_are_nobodys_telephone() -> None:
    assert told("电话会议于2026年召开，电话亭120座，热线12345受理量1234567件") == []


@pytest.mark.parametrize("piece", ["http", "www.", "电话：0", "a.", "电话：1 "])
def test_time_grows_with_the_text(piece: str) -> None:
    def took(count: int) -> float:
        start = time.process_time()
        list(contact_slips(piece * count))
        return time.process_time() - start

    took(100)
    short = min(took(5_000) for _ in range(3))
    assert min(took(20_000) for _ in range(3)) < 12 * max(short, 0.02)
