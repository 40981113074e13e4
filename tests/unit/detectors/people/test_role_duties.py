"""Who presides, leads a team or has a case acts for an office, but not at feasts or in firms."""

from __future__ import annotations

import pytest

from detectors.people.role_duties import on_duty
from detectors.run import build_detector
from review.document import plain_document
from review.finding import Entity, Role
from review.policy import AllowList

DETECTOR = build_detector((), AllowList())
PETITION = "您反映的噪声问题收悉，来信人贺小燕的诉求已受理。\n"


def roles(text: str, name: str) -> set[Role]:
    document = plain_document((PETITION + text).split("\n"))
    return {
        finding.role
        for finding in DETECTOR.detect(document)
        if finding.entity is Entity.PERSON and document.value(finding.span) == name
    }


@pytest.mark.parametrize(
    "text",
    [
        "9月3日召开协调会，由唐立群主持，贺小燕参加。",
        "听证会于3月4日举行，唐立群主持，贺小燕陈述意见。",
        "7月9日，唐立群主持召开对话会。",
        "该件由唐立群包案，限期办结。",
        "此案由唐立群负责督办。",
        "会议决定由唐立群负责答复贺小燕。",
        "县人社局唐立群具体承办。",
        "执法大队由唐立群带队到现场检查。",
        "责任人：劳动监察大队唐立群。",
        "责任单位：镇政府；责任领导：马国平；责任人：唐立群。",
        "成立调查组，组长马国平，成员唐立群、黎小峰。",
        "联合调查组由唐立群任组长。",
        "本局负责人唐立群审批。",
    ],
)
def test_who_acts_for_an_office_is_an_official(text: str) -> None:
    assert roles(text, "唐立群") == {Role.OFFICIAL}


@pytest.mark.parametrize(
    "text",
    [
        "家庭会议由长子唐立群主持。",
        "婚礼由唐立群主持，宾客酒后滋事。",
        "唐立群主持召开股东会，决定减资。",
        "债务纠纷由唐立群负责偿还。",
        "事故责任单位为某公司，责任人唐立群被移送司法机关。",
        "合伙组组长马国平，成员唐立群，合伙承包鱼塘。",
        "该案由唐立群向法院起诉。",
        "向县信访局唐立群反映的问题已答复。",
    ],
)
def test_who_presides_or_answers_for_himself_is_no_official(text: str) -> None:
    assert Role.OFFICIAL not in roles(text, "唐立群")


def test_who_complained_stays_hidden_beside_the_official_who_presides() -> None:
    text = "召开协调会，由唐立群主持，村民覃玉芳、田满仓参加。"
    assert Role.OFFICIAL not in roles(text, "覃玉芳") | roles(text, "田满仓")


TEAM = "组长游子安，成员桂小林、海东洋。"


def test_a_line_that_lists_a_team_names_officials() -> None:
    for name in ("游子安", "桂小林", "海东洋"):
        before, after = TEAM.split(name)
        assert on_duty(before, after), name
    assert not on_duty("施工班组由组长游子安和", "负责，成员桂小林。")


def test_members_of_a_team_of_inquiry_are_officials() -> None:
    assert on_duty("成立由市应急管理局", "、市公安局警小钟为成员的调查组")
    assert not on_duty("选举", "、警小钟为成员的合作社")
