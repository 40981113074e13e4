"""Days that cannot be true are told, and wait for a person."""

from __future__ import annotations

import pytest

from detectors.wording.wording import wording
from review.document import plain_document
from review.finding import Role

HEAD = ("江府办〔2026〕8号", "江城市人民政府办公室关于做好防汛工作的通知", "各县（区）人民政府：")
FOOT = ("江城市人民政府办公室", "2026年4月3日", "（此件公开发布）")


def told(*lines: str) -> list[tuple[str, str]]:
    document = plain_document(lines)
    return [(document.value(f.span), f.reason) for f in wording(document) if f.role is Role.REVIEW]


WRONG = [
    ("会议定于2026年3月3日（星期三）召开。", "2026年3月3日（星期三", "日期与星期对不上"),
    ("2026年3月2日，周二，上午9时", "2026年3月2日，周二", "日期与星期对不上"),
    ("公示时间：2026年5月10日至2026年5月4日", "2026年5月4日", "截止的日期早于开始的日期"),
    ("2026年5月10日—2025年5月16日", "2025年5月16日", "截止的日期早于开始的日期"),
    ("自2026 年 5 月 10 日起至2026年5月 1 日止", "2026年5月 1 日", "截止的日期早于开始的日期"),
    ("请于2026年3月20日前报送。", "2026年3月20日", "早于成文日期"),
    ("各单位务必在2025年4月30日（周三）前完成。", "2025年4月30日", "早于成文日期"),
    ("报名材料须于2026年4月1日下午5时前提交。", "2026年4月1日", "早于成文日期"),
    ("根据《防汛通知》（江府发〔2027〕3号）要求，", "〔2027〕3号", "晚于成文日期的年份"),
]


@pytest.mark.parametrize(("line", "value", "reason"), WRONG)
def test_days_that_cannot_be_true_are_told(line: str, value: str, reason: str) -> None:
    ((found, why),) = told(*HEAD, line, *FOOT)
    assert (found, reason in why) == (value, True)


@pytest.mark.parametrize(
    "line",
    [
        "会议定于2026年3月3日（星期二）召开。",
        "2026年3月1日（星期日）、2026年3月2日（周一）",
        "2026年3月1日（星期天）",
        "公示时间：2026年5月4日至2026年5月10日",
        "2026年12月20日至2027年1月10日",
        "2026年5月10日、2026年5月4日两次会议",
        "请于2026年4月20日前报送。",
        "截至2026年3月20日前已完成。",
        "2025年4月30日前已经取得许可的，继续有效。",
        "根据《防汛通知》（江府发〔2025〕3号）要求，",
        "2026年3月3日（周期三个月）",
    ],
)
def test_days_that_fit_are_left_alone(line: str) -> None:
    assert told(*HEAD, line, *FOOT) == []


def test_a_number_of_another_year_than_the_day_of_making_is_told() -> None:
    lines = ("江府办〔2025〕8号", *HEAD[1:], *FOOT)
    assert told(*lines) == [("〔2025〕8号", "本件文号的年份与成文日期的年份不一致")]


def test_a_number_with_its_signatory_counts_too() -> None:
    ((found, _),) = told("江府办〔2025〕8号    签发人：某某", *HEAD[1:], *FOOT)
    assert found == "〔2025〕8号"


def test_without_a_day_of_making_nothing_is_compared() -> None:
    assert told(*HEAD, "请于2020年3月20日前报送。") == []
