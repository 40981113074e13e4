from __future__ import annotations

import pytest

from detectors.names.firm_names import in_firm_name
from detectors.run import build_detector
from review.document import plain_document
from review.finding import FIRM_NAME, Entity, Finding, Role
from review.policy import AllowList

DETECTOR = build_detector((), AllowList())
CODE = "\n统一社会信用代码：92431227MA4PXY2K8T"


def told(text: str, piece: str) -> Finding:
    """Give what is found of the first occurrence of a piece."""
    document = plain_document(text.split("\n"))
    (found,) = (
        f
        for f in DETECTOR.detect(document)
        if f.entity is Entity.PERSON and f.span.start == text.index(piece)
    )
    assert document.value(found.span) == piece
    return found


@pytest.mark.parametrize(
    "text",
    [
        "云溪县阿芳副食店", "阿芳服装厂欠薪", "阿芳商贸有限公司", "阿芳种养专业合作社",
        "阿芳经营部", "阿芳小卖部", "阿芳粉店", "阿芳理发工作室", "阿芳口腔诊所", "阿芳酒楼",
        "阿芳家庭农场",
        "当事人：云溪县阿芳牛肉粉" + CODE, "名称：阿芳百货" + CODE,
    ],
)  # fmt: skip
def test_a_firm_is_told_by_its_kind_or_by_its_credit_code(text: str) -> None:
    start = text.index("阿芳")
    assert in_firm_name(text, start, start + 2)


@pytest.mark.parametrize(
    "text",
    [
        "阿芳在副食店购买", "阿芳到店里", "阿芳店里", "阿芳厂长", "阿芳的副食店", "阿芳和副食店",
        "阿芳经营副食店", "阿芳负责该厂", "阿芳开办诊所", "阿芳证实上述情况", "阿芳，副食店店主",
        "当事人：阿芳" + CODE, "阿芳\n副食店", "阿芳行走不便",
    ],
)  # fmt: skip
def test_who_does_something_in_a_firm_is_not_its_name(text: str) -> None:
    start = text.index("阿芳")
    assert not in_firm_name(text, start, start + 2)


def test_a_given_name_in_the_name_of_a_firm_is_left_to_a_person() -> None:
    text = f"当事人：云溪县阿芳副食店{CODE}\n经营者：滕阿芳\n阿芳称不知情。"
    found = told(text, "阿芳")
    assert (found.detector, found.role) == (FIRM_NAME, Role.LEGAL_REPRESENTATIVE)
    assert "企业" in found.reason


def test_who_must_not_be_told_is_hidden_in_the_name_of_a_firm_as_well() -> None:
    text = "阿芳副食店停业。\n举报人：滕阿芳，女"
    found = told(text, "阿芳")
    assert found.role is Role.INFORMANT
    assert found.detector != FIRM_NAME


def test_a_full_name_in_the_name_of_a_firm_is_a_person_as_anywhere() -> None:
    text = f"当事人：云溪县张三丰副食店{CODE}\n经营者：张三丰"
    assert told(text, "张三丰").detector != FIRM_NAME


@pytest.mark.parametrize(
    "text", ["万志强强行进入办公区域。", "任根生自行拆除了违建。", "史红原系供销社职工。"]
)
def test_a_name_before_a_verb_that_ends_like_a_firm_is_hidden(text: str) -> None:
    (found,) = (f for f in DETECTOR.detect(plain_document([text])) if f.entity is Entity.PERSON)
    assert found.detector != FIRM_NAME
