"""公开时机: what speaks against the planned day is told, with the day and the article."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from review.case import Attribute, Submission
from review.document import Document, Severity, plain_document
from review.policy import Category, OnClean
from review.timing import Occasion, interpretation_note, timing_notes

GENERAL = Category("general", "一般文件", ())
ROSTER = Category("roster", "救助名单", (), take_down_days=10)
POLICY = Category("policy", "政策文件", (), needs_interpretation=True)
TODAY = date(2026, 3, 10)


def add_weekdays(start: date, days: int) -> date:
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def told(
    *lines: str,
    category: Category = GENERAL,
    today: date = TODAY,
    publish_on: date | None = None,
    attribute: Attribute = Attribute.PROACTIVE,
) -> dict[str, tuple[str, Severity]]:
    submission = Submission(category.key, attribute, "zhou", publish_on=publish_on)
    notes = timing_notes(plain_document(lines), category, Occasion(submission, today), add_weekdays)
    return {note.code: (note.message, note.severity) for note in notes}


def test_the_last_day_for_publication_is_told_with_its_ground() -> None:
    message, severity = told("江县人民政府", "2026年3月2日")["timing_limit"]
    assert "最迟应在 2026年3月30日 公开" in message
    assert "条例第二十六条" in message
    assert severity is Severity.INFO


def test_a_service_guide_has_one_day_and_being_late_makes_it_wait_for_nobody() -> None:
    guide = Category("service_guide", "办事指南", (), on_clean=OnClean.RELEASE)
    message, severity = told("江县民政局", "2026年3月2日", category=guide)["timing_overdue"]
    assert "2026年3月3日 届满" in message
    assert "第7项" in message
    assert severity is Severity.INFO


def test_a_limit_that_has_passed_is_flagged() -> None:
    message, severity = told("江县人民政府", "2026年1月5日")["timing_overdue"]
    assert "2026年2月2日" in message
    assert severity is Severity.PERSON


def test_the_last_day_itself_is_in_time() -> None:
    assert "timing_limit" in told("江县人民政府", "2026年3月2日", today=date(2026, 3, 30))
    assert "timing_overdue" in told("江县人民政府", "2026年3月2日", today=date(2026, 3, 31))


def test_a_planned_day_beyond_the_limit_is_flagged() -> None:
    notes = told("江县人民政府", "2026年3月2日", publish_on=date(2026, 5, 1))
    assert "2026年5月1日 晚于公开期限 2026年3月30日" in notes["timing_planned_late"][0]


def test_what_is_not_published_proactively_has_no_such_limit() -> None:
    lines = ("江县人民政府", "2026年1月5日")
    assert told(*lines, attribute=Attribute.ON_REQUEST) == {}
    assert told(*lines, attribute=Attribute.WITHHELD) == {}


def test_a_day_of_making_after_the_publication_is_flagged() -> None:
    assert list(told("江县人民政府", "2026年3月11日")) == ["timing_made_later"]
    assert "timing_made_later" not in told(
        "江县人民政府", "2026年3月11日", publish_on=date(2026, 3, 12)
    )


@pytest.mark.parametrize(
    "line",
    [
        "本办法自2026年3月1日起施行。",
        "第二十条 本办法自二〇二六年三月一日起施行，有效期五年。",
        "六、自2026年3月1日起正式实施。",
        "调整后的标准自2026年3月1日起执行。",
        "本通知自 2026 年 3 月 1 日 起至2030年12月31日止执行。",
    ],
)
def test_effect_before_publication_is_flagged(line: str) -> None:
    message, severity = told(line)["timing_effect_first"]
    assert "自 2026年3月1日 起施行" in message
    assert severity is Severity.PERSON


@pytest.mark.parametrize(
    "line",
    [
        "本办法自2026年3月10日起施行。",
        "本办法自2026年4月1日起施行。",
        "本办法自印发之日起施行。",
        "《中华人民共和国民法典》自2021年1月1日起施行。",
        "原标准自2020年1月1日起执行的，按原标准结清。",
    ],
)
def test_effect_from_the_publication_on_or_of_another_act_is_none(line: str) -> None:
    assert told(line) == {}


@pytest.mark.parametrize(
    "line",
    [
        "（2026年3月15日前不得公开）",
        "2026年3月15日10时之前，请勿对外发布本名单。",
        "本通知不得早于2026年3月15日向社会公布。",
        "2026年3月15日起方可公开。",
        "会议结束前不得对外公开。",
        "（启用前不得外传）",
        "本件在县人大常委会会议结束前不得公开。",
        "此件暂不公开。",
        "新闻发布会后方可公布。",
    ],
)
def test_an_embargo_in_force_is_flagged(line: str) -> None:
    assert told(line)["timing_embargo"][1] is Severity.PERSON


@pytest.mark.parametrize(
    "line",
    [
        "（2026年3月9日前不得公开）",
        "2026年3月10日起方可公开。",
        "中标候选人公示前，任何单位和个人不得公开评标委员会成员名单。",
        "考务人员在命题期间不得泄露试题。",
        "采购文件在开标前应当保密，不得泄露。",
        "行政机关公开政府信息前应当依法审查。",
        "涉及商业秘密的，不得公开。",
        "此前已公开的信息，不再重复发布。",
        "不得公开、散布他人隐私。",
    ],
)
def test_an_embargo_that_is_over_or_a_rule_for_others_is_none(line: str) -> None:
    assert told(line) == {}


def test_a_display_that_begins_or_ends_before_the_publication_is_flagged() -> None:
    title = "拟录用人员公示"
    over = told(title, "公示期自2026年3月1日至3月7日。")
    cut = told(title, "公示时间：2026年3月6日至2026年3月14日")
    assert list(over) == ["timing_display_over"]
    assert list(cut) == ["timing_display_cut", "timing_take_down"]
    assert "2026年3月15日" in cut["timing_take_down"][0]


def test_a_display_published_before_it_begins_is_flagged() -> None:
    notes = told("救助对象名单", "公示时间：2026年7月6日至7月14日", category=ROSTER)
    assert list(notes) == ["timing_display_early"]
    assert "2026年7月6日" in notes["timing_display_early"][0]


def test_a_display_longer_than_its_category_permits_is_flagged() -> None:
    notes = told("救助对象名单", "公示期为15天。", category=ROSTER)
    assert "10 天" in notes["timing_display_long"][0]
    assert "2026年3月20日" in notes["timing_display_long"][0]


def test_the_day_of_taking_down_follows_a_shorter_announcement() -> None:
    notes = told("救助对象名单", "公示期为5个工作日。", category=ROSTER)
    assert notes["timing_take_down"] == (
        "按文中的公示期，将于 2026年3月18日 撤下。",
        Severity.INFO,
    )


def test_the_same_length_as_the_category_permits_is_not_too_long() -> None:
    assert list(told("名单", "公示10天", category=ROSTER)) == ["timing_take_down"]


def test_rules_on_displays_announce_none() -> None:
    assert told("最低生活保障办法", "公示期为7天，公示期不少于5个工作日。") == {}


def _flagged(*documents: Document, names: tuple[str, ...] = ("办法.docx",)) -> bool:
    return interpretation_note(documents, names, POLICY) is not None


def test_a_policy_document_alone_is_flagged() -> None:
    note = interpretation_note([plain_document(["江县救助办法"])], ["办法.docx"], POLICY)
    assert note is not None
    assert (note.code, note.severity) == ("timing_interpretation", Severity.PERSON)
    assert _flagged(plain_document(["江县救助办法", "各单位要做好政策解读工作。"]))


def test_a_policy_document_with_its_interpretation_is_not() -> None:
    rules, beside = plain_document(["江县救助办法"]), plain_document(["《江县救助办法》政策解读"])
    assert not _flagged(rules, beside, names=("办法.docx", "附件.docx"))
    assert not _flagged(rules, rules, names=("办法.docx", "一图读懂.docx"))
    assert not _flagged(plain_document(["江县救助办法", "政策解读：https://example.gov.cn/1.html"]))
    assert not _flagged(beside)


def test_other_categories_need_no_interpretation() -> None:
    assert interpretation_note([plain_document(["江县救助办法"])], ["办法.docx"], GENERAL) is None
