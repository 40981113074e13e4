"""The negative list is seen through spaces and signs, and weighed by what stands around."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from detectors.terms.negative_list import NegativeList
from review.document import Block, BlockKind, Document, Location, plain_document
from review.errors import UnsafeOutputError
from review.finding import Finding, Role
from review.policy import Term, TermCategory, TermLevel, Where

DAY = date(2026, 6, 1)


def term(text: str, level: TermLevel = TermLevel.STOP, **more: Any) -> Term:
    return Term(text, level, TermCategory.OTHER, "某条", "owner", "2026-01-01", **more)


def findings(terms: list[Term], text: str, day: date | None = DAY) -> list[Finding]:
    today = None if day is None else lambda: day
    found = NegativeList(terms, today).find(plain_document(text.split("\n")))
    return sorted(found, key=lambda finding: finding.span)


def found(terms: list[Term], text: str, day: date | None = DAY) -> list[str]:
    return [text[f.span.start : f.span.end] for f in findings(terms, text, day)]


def roles(terms: list[Term], text: str) -> list[Role]:
    return [finding.role for finding in findings(terms, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("涉及军事禁区坐标的", ["军事禁区"]),
        ("涉及军 事 禁　区坐标", ["军 事 禁　区"]),
        ("涉及軍事禁區坐標", ["軍事禁區"]),
        ("军\u200b事禁区", ["军\u200b事禁区"]),
        ("这一行写得很长所以在这里断开军事\n禁区在下一行还有很多很多很多字", ["军事\n禁区"]),
        ("军事\n禁区", []),
        ("军事，禁区", []),
        ("建军事业、禁区", []),
        ("军事", []),
        ("", []),
    ],
)
def test_sees_through_spaces_and_wrapped_lines(text: str, expected: list[str]) -> None:
    assert found([term("军事禁区")], text) == expected


@pytest.mark.parametrize("text", ["军*事*禁*区", "军.事.禁.区", "军、事、禁、区", "军\n事\n禁\n区"])
def test_signs_between_all_letters_hide_nothing(text: str) -> None:
    assert found([term("军事禁区")], f"（{text}）") == [text]
    assert roles([term("军事禁区")], f"（{text}）") == [Role.STOP]


@pytest.mark.parametrize("text", ["军事-禁区", "军事/禁区", "军*事禁区"])
def test_signs_between_some_letters_ask_a_person(text: str) -> None:
    assert roles([term("军事禁区")], text) == [Role.REVIEW]
    assert roles([term("军事禁区", TermLevel.NOTE)], text) == [Role.NOTE]


@pytest.mark.parametrize(
    ("written", "text", "count"),
    [
        ("甲类、乙类协议", "按甲类、乙类协议办", 1),
        ("甲类、乙类协议", "按甲类、 乙类协议办", 1),
        ("甲类、乙类协议", "按甲类乙类协议办", 1),
        ("甲类、乙类协议", "按甲类；乙类协议办", 0),
        ("A-7号场", "去a-7号场", 1),
    ],
)
def test_signs_that_belong_to_a_term_are_no_disguise(written: str, text: str, count: int) -> None:
    assert roles([term(written)], text) == [Role.STOP] * count


def test_ignores_the_case_of_latin_letters() -> None:
    assert found([term("GPS原始数据")], "gps原始数据") == ["gps原始数据"]
    assert found([term("gps原始数据")], "İGPS原始数据"[1:]) == ["GPS原始数据"]


@pytest.mark.parametrize(
    ("text", "count"), [("由AI生成", 1), ("DAILY", 0), ("说AI。", 1), ("3AI", 1), ("AI AI", 2)]
)
def test_a_latin_term_is_a_whole_word(text: str, count: int) -> None:
    assert len(found([term("AI")], text)) == count


def test_a_number_in_a_term_is_a_whole_number() -> None:
    assert found([term("12号目标")], "第112号目标和12号目标") == ["12号目标"]


def test_the_role_is_the_level() -> None:
    listed = [term("甲乙"), term("丙丁", TermLevel.NOTE)]
    assert roles(listed, "甲乙和丙丁") == [Role.STOP, Role.NOTE]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("涉及商业秘密的", 0),
        ("涉及秘密的", 1),
        ("商业秘密和秘密", 1),
        ("商 业 秘 密", 0),
        ("商业，秘密", 1),
        ("业秘密", 1),
    ],
)
def test_a_longer_harmless_phrase_excuses_the_term(text: str, count: int) -> None:
    assert len(found([term("秘密", unless=("商业秘密",))], text)) == count


def test_a_harmless_phrase_may_hold_signs() -> None:
    listed = [term("工作秘密", unless=("商业秘密、工作秘密",))]
    assert found(listed, "按照《商业秘密、工作秘密》办理") == []


def test_a_shorter_term_within_a_longer_one_is_told_only_where_it_is_harder() -> None:
    listed = [term("核电", TermLevel.REVIEW), term("核电设施"), term("设施图纸")]
    assert found(listed, "核电设施图纸") == ["核电设施", "设施图纸"]
    softer = [term("核电"), term("核电设施", TermLevel.NOTE)]
    assert sorted(roles(softer, "核电设施")) == [Role.NOTE, Role.STOP]


def test_a_longer_term_that_does_not_count_hides_none() -> None:
    listed = [term("核电"), term("核电设施", until="2026-02-01")]
    assert found(listed, "核电设施") == ["核电"]


def test_variants_are_the_term_in_other_words() -> None:
    listed = [term("蓝湖专项", variants=("BL工程", "lanhu"))]
    assert found(listed, "蓝湖专项即BL工程，又名lanhu。") == ["蓝湖专项", "BL工程", "lanhu"]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2025, 12, 31), 0),
        (date(2026, 1, 1), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), 0),
        (None, 1),
    ],
)
def test_a_term_counts_from_its_first_day_to_its_last(day: date | None, count: int) -> None:
    assert len(found([term("蓝湖专项", until="2026-06-30")], "蓝湖专项", day)) == count


def test_the_day_is_asked_for_at_each_review() -> None:
    days = iter((date(2026, 6, 30), date(2026, 7, 1)))
    listed = NegativeList([term("蓝湖专项", until="2026-06-30")], lambda: next(days))
    document = plain_document(["蓝湖专项"])
    assert [len(list(listed.find(document))) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("坐标：某山，雷达站位于此处", 1),
        ("雷达站，\n坐　标另附", 1),
        ("雷达站在修", 0),
        ("雷达站" + "远" * 30 + "坐标", 0),
        ("雷达站" + "近" * 28 + "坐标", 1),
        ("科普：雷达站的坐标", 0),
    ],
)
def test_a_term_may_count_only_near_one_word_and_not_near_another(text: str, count: int) -> None:
    listed = [term("雷达站", near=("坐标", "经纬度"), not_near=("科普",))]
    assert len(found(listed, text)) == count


def test_how_near_is_near_can_be_told() -> None:
    assert found([term("雷达站", near=("坐标",), within=2)], "雷达站的坐标") == []
    assert found([term("雷达站", near=("坐标",), within=3)], "雷达站的坐标") == ["雷达站"]


def test_a_term_may_count_in_the_title_alone() -> None:
    listed = [term("应急预案", where=Where.TITLE)]
    lines = ["青禾县人民政府", "关于印发应急", "预案的通知", "现将应急预案印发给你们。"]
    assert found(listed, "青禾县应急预案编制\n工作的通知\n现将应急预案印发") == ["应急预案"]
    assert found(listed, "\n".join(lines)) == []
    assert found(listed, "关于工作的通知\n现将应急预案印发给你们。") == []
    name = Block("应急预案终稿", Location("file_name", 1), BlockKind.FILE_NAME)
    body = Block("关于工作的通知", Location("text", 0))
    assert len(list(NegativeList(listed).find(Document("txt", (body, name))))) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("内参", 1),
        ("内参★一年", 1),
        ("【内参】关于某事的报告", 1),
        ("000123  内参", 1),
        ("签发人：某某    内参", 1),
        ("编号：12  内参", 1),
        ("报送内参三期", 0),
        ("内参编辑部", 0),
    ],
)
def test_a_term_may_count_only_where_a_mark_would_stand(text: str, count: int) -> None:
    assert len(found([term("内参", where=Where.MARK)], f"首行\n{text}\n末行")) == count


@pytest.mark.parametrize(
    "text",
    ["junshijinqu", "JunShiJinQu", "jun shi jin qu", "jun1shi4jin4qu1", "军shi禁区", "军shì禁qu"],
)
def test_pinyin_asks_a_person(text: str) -> None:
    assert roles([term("军事禁区")], f"涉及{text}的") == [Role.REVIEW]


@pytest.mark.parametrize("text", ["军shift禁区", "军事 jin", "junshi", "俊shi禁区", "均事禁区"])
def test_what_only_sounds_alike_is_no_term(text: str) -> None:
    assert found([term("军事禁区"), term("军事", unless=("军事 jin",))], text) in ([], ["军事"])
    assert found([term("军事禁区")], text) == []


def test_characters_taken_apart_ask_a_person() -> None:
    assert roles([term("国家秘密")], "这是国家禾必密，请看") == [Role.REVIEW]
    assert found([term("国家秘密")], "这是国家禾必宓山，请看") == ["国家禾必宓山"]
    assert found([term("国家秘密")], "禾必密") == []


def test_halves_before_a_term_move_it_by_nothing() -> None:
    assert found([term("机密件")], "女子和木几密件") == ["木几密件"]


def test_a_disguise_says_so_and_quotes_nothing() -> None:
    (finding,) = findings([term("国家秘密")], "国家禾必密")
    assert finding.reason == "负面清单：其他（某条），字被拆开书写，请核对"


def test_a_pattern_finds_what_no_word_can_name() -> None:
    listed = [term(r"第\d+号密件", is_pattern=True)]
    assert found(listed, "见第12号密件和第 3 号密件") == ["第12号密件", "第 3 号密件"]
    assert found(listed, "見第１２號密件") == ["第１２號密件"]
    assert found([replace(listed[0], near=("坐标",))], "见第12号密件") == []


def test_a_pattern_that_is_stuck_is_never_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detectors.terms.patterns._SECONDS", 0.05)
    listed = [term(r"(?:甲*)*丁", is_pattern=True)]
    with pytest.raises(UnsafeOutputError, match="正则式"):
        found(listed, "甲" * 2000 + "丙丁")


def test_empty_list_finds_nothing() -> None:
    assert found([], "任何文字 abc 女子") == []


def test_stays_linear_with_many_terms() -> None:
    listed = NegativeList([term(f"甲乙丙{i}号目标") for i in range(3000)])
    document = plain_document(["甲乙丙" * 20_000])
    began = time.process_time()
    assert list(listed.find(document)) == []
    assert time.process_time() - began < 2


def test_a_line_of_any_length_is_looked_at_in_time() -> None:
    listed = NegativeList([term("内参", where=Where.MARK)])
    document = plain_document(["报内参" * 40_000])
    began = time.process_time()
    assert list(listed.find(document)) == []
    assert time.process_time() - began < 4
