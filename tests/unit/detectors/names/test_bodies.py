"""What a village or an office of lawyers is called is public, whoever bears its letters."""

from __future__ import annotations

import pytest

from detectors.names.bodies import bodies
from detectors.run import build_detector
from review.document import plain_document
from review.finding import Entity
from review.policy import AllowList

DETECTOR = build_detector((), AllowList())


def people(text: str) -> set[str]:
    document = plain_document(text.split("\n"))
    found = DETECTOR.detect(document)
    return {document.value(f.span) for f in found if f.entity is Entity.PERSON}


def test_a_village_is_nobody_behind_the_label_of_an_account_and_in_the_title() -> None:
    text = "黄坑村2026年决议公开\n户主黄容，女。\n户名：黄坑村股份经济合作社。"
    assert people(text) == {"黄容"}


def test_who_is_called_like_a_village_is_found_where_the_village_is_not_meant() -> None:
    text = "王建村村民委员会公告\n申请人：王建，男，住王建村。王建的申请已受理。"
    document = plain_document(text.split("\n"))
    found = [f for f in DETECTOR.detect(document) if f.entity is Entity.PERSON]
    assert [document.value(f.span) for f in found] == ["王建", "王建"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("委托代理人：江西明理律师事务所律师傅国强。", "傅国强"),
        ("代理人：浙江文正律师事务所律师周国平。", "周国平"),
        ("委托代理人陈江明，北京安理律师事务所律师。", "陈江明"),
    ],
)
def test_an_office_of_lawyers_is_closed_before_its_ending(text: str, name: str) -> None:
    assert people(text) == {name}


@pytest.mark.parametrize(
    "text",
    ["张建村村委会主任到场。", "联系人：张建村委会干部", "联系人：张建村委会，电话见附件"],
)
def test_who_serves_a_committee_is_no_village(text: str) -> None:
    assert list(bodies(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("共同申请人：丈夫董永胜（13627071660）、儿子董小满。", "董永胜"),
        ("经调解，郭靖让出1.2米通道，当事人郭靖同意。", "郭靖"),
    ],
)
def test_kin_and_a_verb_are_no_part_of_a_name(text: str, name: str) -> None:
    assert name in people(text)
    assert not {found for found in people(text) if name in found and found != name}


@pytest.mark.parametrize(
    "text", ["其父硅肺病去世。", "其母白血病故。", "青石镇文峰路12号中学教师公寓3-501"]
)
def test_neither_an_illness_nor_a_kind_of_house_is_a_name(text: str) -> None:
    assert not {name for name in people(text) if "病" in name or "公寓" in name}


@pytest.mark.parametrize(
    "text",
    [
        "供应商怀化博学仪器设备有限公司。负责人周国平。",
        "投诉人：长沙明礼科技有限公司\n联系人：周国平",
        "供应商常德力正材料股份有限公司，法定代表人周国平。",
    ],
)
def test_a_firm_that_begins_with_its_place_is_nobody(text: str) -> None:
    assert people(text) == {"周国平"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("投诉人常德力起诉明礼商贸有限公司。", "常德力"),
        ("户主：安康，男，系明礼商贸有限公司工人。", "安康"),
        ("举报人安康与明礼商贸有限公司签约。", "安康"),
    ],
)
def test_whoever_is_called_like_a_place_is_no_part_of_a_firm_named_after(
    text: str, name: str
) -> None:
    assert name in people(text)
