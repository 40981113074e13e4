"""A draft is compared with what titles of each category hold; the officer's word wins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from policies.loader import load_policy
from review.document import Block, BlockKind, Document, Location, plain_document
from review.policy import Category
from review.suggestion import suggest
from samples.manifest import load_samples

CATEGORIES = load_policy(None).categories


def guess(lines: Sequence[str], name: str = "附件") -> str | None:
    found = suggest(CATEGORIES, plain_document(lines), name)
    return found.category.key if found else None


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("江府县市场监督管理局行政处罚决定书", "administrative_penalty"),
        ("关于孙志远等同志职务任免的通知", "appointment_notice"),
        ("江府县2026年部门预算公开说明", "budget"),
        ("江府县2026年农村低保对象公示名单", "social_assistance"),
        ("江府县人民政府第12次常务会议纪要", "meeting"),
        ("关于县十八届人大三次会议第45号代表建议的答复", "proposal_reply"),
        ("政府信息公开申请答复告知书", "request_reply"),
        ("江府县耕地地力保护补贴发放明细表", "subsidy_payment"),
        ("“3·12”道路交通事故调查报告", "accident_report"),
        ("江府县2026年教师招聘笔试成绩公示", "recruitment_notice"),
        ("2026年住房租赁补贴发放名单公示", "housing_security"),
        ("江府县退耕还林补助兑现公示", "subsidy_payment"),
        ("政府信息不予公开告知书", "request_reply"),
        ("关于群众反映柳河村道路破损问题的答复", "petition_reply"),
        ("城关镇80周岁以上老人高龄津贴发放名册", "social_assistance"),
        ("江府县防止返贫监测对象名单公示", "poverty_relief"),
    ],
)
def test_a_title_tells_its_category(title: str, key: str) -> None:
    assert guess([title]) == key


def test_every_sample_is_taken_for_its_own_category_or_for_none() -> None:
    guessed = {sample.name: guess([sample.title]) for sample in load_samples()}
    for sample in load_samples():
        assert guessed[sample.name] in (sample.category, None), sample.name
    assert sum(found is not None for found in guessed.values()) > len(guessed) / 2


def test_an_ordinary_notice_is_like_none() -> None:
    assert guess(["关于做好2026年汛期地质灾害防范工作的通知", "各乡镇人民政府："]) is None


def test_the_head_decides_before_the_file_name() -> None:
    assert guess(["行政处罚决定书"], "预算说明") == "administrative_penalty"
    assert guess(["序号", "姓名"], "2026年低保对象名单") == "social_assistance"


def test_letters_set_apart_are_read_together() -> None:
    assert guess(["行 政 处 罚 决 定 书"]) == "administrative_penalty"


def test_the_longest_sign_wins_and_a_tie_says_nothing() -> None:
    categories = {
        key: Category(key, key, (), signs=signs)
        for key, signs in {"a": ("公示",), "b": ("中标 公示",), "c": ("采购",)}.items()
    }
    found = suggest(categories, plain_document(["采购中标公示"]), "")
    assert found is not None
    assert (found.category.key, found.words) == ("b", ("中标", "公示"))
    assert suggest(categories, plain_document(["公示采购名单"]), "") is None


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("关于印发江府县公共租赁住房管理办法的通知", "policy_document"),
        ("关于印发《江府县最低生活保障实施细则》的通知", "policy_document"),
        ("关于印发江府县征地补偿安置办法（试行）的通知", "policy_document"),
        ("公共租赁住房申请服务指南", "service_guide"),
        ("江府县民政局临时救助资金预算", "budget"),
    ],
)
def test_the_word_that_closes_a_title_says_what_the_draft_is(title: str, key: str) -> None:
    assert guess([title]) == key


def test_an_invitation_to_a_meeting_is_no_record_of_one() -> None:
    assert guess(["关于召开全县秋收工作会议的通知"]) is None


def test_what_no_reader_sees_says_nothing() -> None:
    block = Block("行政处罚决定书", Location("m", 0), BlockKind.DROPPED)
    assert suggest(CATEGORIES, Document("pdf", (block,)), "") is None


def test_only_the_head_counts() -> None:
    assert guess(["正文"] * 20 + ["行政处罚决定书"]) is None


@pytest.mark.parametrize(
    "body",
    [
        "产权证书遗失。根据《不动产登记暂行条例实施细则》第二十二条的规定，现声明作废。",
        "根据《不动产登记暂行条例实施细则》第二十二条的规定,现声明该",
        "经审核，下列人员符合最低生活保障管理办法，现公示如下：",
    ],
)
def test_a_rule_that_the_body_cites_is_not_its_title(body: str) -> None:
    assert guess(["不动产权属证书作废公告", body]) is None


def test_a_rule_that_is_issued_is_named_in_the_title() -> None:
    assert guess(["关于印发《青禾县不动产登记实施细则》的通知"]) == "policy_document"
