"""An address beside an office's own telephone is the office's, and nobody's home."""

from __future__ import annotations

import pytest

from detectors.run import build_detector
from review.document import plain_document
from review.finding import Entity, Role
from review.policy import AllowList

DETECTOR = build_detector((), AllowList())


def roles(text: str, entity: Entity = Entity.CN_ADDRESS) -> dict[str, Role]:
    document = plain_document(text.split("\n"))
    return {document.value(f.span): f.role for f in DETECTOR.detect(document) if f.entity is entity}


@pytest.mark.parametrize(
    "text",
    [
        "请向县住房保障中心反映。联系人：涂国平，电话：0797-8443320，地址：青田县鹤城街道建设路8号。",
        "受理人：钱小宝，地址：青田县鹤城街道府前街3号，电话：0578-6811111。",
        "办理地点：县政务服务中心二楼12号窗口，青田县鹤城街道新大街18号；周一至周五办理。",
        "采购人　青田县教育局　青田县鹤城街道涌泉街62号　联系人：王先生　0578-6812345",
    ],
)
def test_the_address_of_a_desk_stands(text: str) -> None:
    assert set(roles(text).values()) == {Role.OFFICE}


@pytest.mark.parametrize(
    "text",
    [
        "申请人李小红，电话：0578-6812345，地址：青田县鹤城街道新大街18号。",
        "低保户张国，联系人：李强，电话：0578-6812345，地址：青田县鹤城街道新大街18号",
        "联系人：李强，电话：0578-6812345，地址：青田县鹤城街道新大街18号5栋302室",
        "受理人：钱小宝。信访人张大山，电话：0578-6812345，地址：青田县鹤城街道新大街18号。",
        "李强　青田县教育局　青田县鹤城街道涌泉街62号　联系电话：13812345678",
    ],
)
def test_a_home_stays_hidden_beside_whatever_telephone(text: str) -> None:
    assert Role.OFFICE not in roles(text).values()


def test_where_a_guest_lives_begins_behind_the_house_of_his_host() -> None:
    text = "现借住岳父严家旺家（枫树坪村下屋组14号）。后住姐夫家（石桥村大塘组7号），未修房。"
    assert set(roles(text)) == {"枫树坪村下屋组14号", "石桥村大塘组7号"}


def test_what_goes_on_behind_the_bracket_is_not_left_standing() -> None:
    (address,) = roles("现借住岳父家（枫树坪村）下屋组14号。")
    assert address.endswith("下屋组14号")


def test_the_line_of_an_office_is_known_by_its_mailbox() -> None:
    told = "联系：0797-8412345　邮箱 yx12345@ganzhou.gov.cn"
    assert roles(told, Entity.PHONE_NUMBER) == {"0797-8412345": Role.OFFICE}
    assert roles("联系：0797-8412345　邮箱 yx@qq.com", Entity.PHONE_NUMBER) == {
        "0797-8412345": Role.UNKNOWN
    }


def test_badges_of_inspectors_are_no_telephones() -> None:
    text = "执法人员：丁一凡（14070733021）、沈默（12070733034）、李大勇（13640733012）。"
    assert set(roles(text, Entity.PHONE_NUMBER)) == {"13640733012"}
    assert roles("当事人张三（14070733021）。", Entity.PHONE_NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        "咨询电话：0797-8412345　电子邮箱：ycrsj@163.com",
        "投诉电话：12315，邮箱：ycscjg@126.com。",
        "监督电话：0797-8412345，邮箱：ycrsj@163.com。",
        "联系人：涂国平，联系电话：0797-8443320，地址：政务大道6号，邮箱：ycgs@163.com。",
    ],
)
def test_the_mailbox_of_an_office_stands_whoever_carries_it(text: str) -> None:
    assert set(roles(text, Entity.EMAIL_ADDRESS).values()) == {Role.OFFICE}


@pytest.mark.parametrize(
    "text",
    [
        "申请人李小红，电话：0578-6812345，邮箱：lxh1985@163.com。",
        "信访人张大山，邮箱：zds@163.com，投诉电话：12345",
        "手机：13812345678，邮箱：lxh1985@163.com",
        "联系电话：13812345678 传真：0578-6812345 邮箱：lixiaohong@163.com",
        "请发送至lxh1985@163.com。",
    ],
)
def test_the_mailbox_of_a_person_does_not(text: str) -> None:
    assert Role.OFFICE not in roles(text, Entity.EMAIL_ADDRESS).values()
