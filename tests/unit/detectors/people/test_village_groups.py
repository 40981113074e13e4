"""A village group is a place in a title and somebody's home beside him."""

from __future__ import annotations

import pytest

from detectors.run import build_detector
from review.document import Document, plain_document
from review.finding import Entity, Role
from review.policy import AllowList
from tests.fakes.tables import cells

DETECTOR = build_detector((), AllowList())


def roles(document: Document) -> list[Role]:
    return [f.role for f in DETECTOR.detect(document) if f.entity is Entity.CN_ADDRESS]


@pytest.mark.parametrize(
    "text",
    [
        "石桥村3组",
        "现将白马镇金马村2社被征地农户补偿情况公示如下：",
        "双河村8组道路硬化工程已完工。",
        "关于征收青溪镇石桥村五组集体土地的公告",
        "上户村十二组灌溉渠清淤完成。罗小军到场。",
    ],
)
def test_a_group_in_a_sentence_about_nobody_is_the_place_of_the_matter(text: str) -> None:
    assert set(roles(plain_document([text]))) == {Role.OFFICE}


@pytest.mark.parametrize(
    "text",
    [
        "罗永福，石桥村3组村民，因病致贫。",
        "石桥村3组罗小军户，家中四口人。",
        "石桥村3组一名村民确诊肺结核。",
        "双河村8组12号房屋漏雨。",
        "家住石桥村3组。",
        "石桥村3组5岁男孩溺水。",
        "石桥村3组低保户房屋漏雨。",
    ],
)
def test_beside_somebody_it_is_his_home(text: str) -> None:
    found = roles(plain_document([text]))
    assert found
    assert set(found) == {Role.UNKNOWN}


def test_in_the_row_of_a_table_it_is_the_home_of_whom_the_row_is_about() -> None:
    rows = [["姓名", "村组", "金额"], ["罗某某", "石桥村3组", "620"]]
    assert roles(Document("x", cells(rows))) == [Role.UNKNOWN]
