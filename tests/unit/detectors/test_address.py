from __future__ import annotations

import pytest

from detectors.address import AddressRecognizer
from detectors.base import Hit, Passage
from review.finding import Entity, Role

RECOGNIZER = AddressRecognizer()


def hits(text: str, headers: tuple[tuple[int, int, str], ...] = ()) -> list[Hit]:
    return sorted(RECOGNIZER.find(Passage(text, headers)), key=lambda h: h.start)


def found(text: str, headers: tuple[tuple[int, int, str], ...] = ()) -> list[str]:
    return [text[h.start : h.end] for h in hits(text, headers)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "男，住福建省福州市鼓楼区东街街道安泰社区津泰路128号3栋502室。",
            "福建省福州市鼓楼区东街街道安泰社区津泰路128号3栋502室",
        ),
        (
            "当事人于2026年1月5日在江门市蓬江区白沙街道胜利路66号门口摆卖。",
            "江门市蓬江区白沙街道胜利路66号",
        ),
        ("伤者（江海区外海街道麻三村6组人）送医。", "江海区外海街道麻三村6组"),
        (
            "户籍地新疆喀什地区疏附县托克扎克镇3村2组14号。",
            "新疆喀什地区疏附县托克扎克镇3村2组14号",
        ),
        ("家庭住址：台山市台城街道北坑村委会龙安里12号", "台山市台城街道北坑村委会龙安里12号"),
        (
            "家住沙坪街道人民东路88号华庭花园5幢1203房的村民",
            "沙坪街道人民东路88号华庭花园5幢1203房",
        ),
        ("举报人反映开平市长沙街道东郊路9号某餐馆扰民", "开平市长沙街道东郊路9号"),
        ("现住址：桃源小区7-2-1101 电话：略", "桃源小区7-2-1101"),
        ("住址：大坪村小坪组", "大坪村小坪组"),
        ("该户（家庭住址：安定镇横冲村7组18号）因火灾受损", "安定镇横冲村7组18号"),
        ("该户（家庭住址：安定镇横冲村7组（老屋场））受灾", "安定镇横冲村7组（老屋场）"),
        ("户籍地址：安定镇横冲村7组18号于2024年迁出", "安定镇横冲村7组18号"),
    ],
)
def test_the_hit_covers_the_whole_address(text: str, address: str) -> None:
    (hit,) = hits(text)
    assert text[hit.start : hit.end] == address
    assert hit.entity is Entity.CN_ADDRESS
    assert hit.role is Role.UNKNOWN
    assert address not in hit.reason


@pytest.mark.parametrize(
    "text",
    [
        "福建省福州市鼓楼区",
        "户籍地：福建省福州市鼓楼区",
        "住址：江门市蓬江区白沙街道",
        "居住在农村的老年人按规定享受高龄津贴。",
        "国办发〔2018〕26号，江府办〔2026〕8号",
        "地铁2号线、105国道改造工程，第12号公告，3号楼宇经济",
        "市住建函〔2026〕8号、江住公示[2025]112号收悉",
        "疑问请致电客服热线400-820-1234或联系客户经理",
        "便民服务中心020-8312-3456，服务中心800-820-1234",
        "住房城乡建设部门要稳妥推进城镇老旧小区改造和棚户区改造。",
        "农村公路建设要坚持因地制宜，加快建制村通硬化路。",
        "",
    ],
)
def test_names_of_places_down_to_the_township_are_no_addresses(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "办公地址：江门市蓬江区白沙大道西1号市政府大楼302室。",
        "项目位于江门市新会区会城街道同德二路12号。",
        "法定代表人：某某；统一社会信用代码：略；住所：江门市新会区会城街道同德二路12号。",
        "统一社会信用代码：略\n住所：新会区会城街道同德二路12号\n法定代表人：略\n身份证：略",
        "报名地点：江门市江海区外海街道金瓯路288号",
    ],
)
def test_offices_and_sites_are_told_from_homes(text: str) -> None:
    (hit,) = hits(text)
    assert hit.role is Role.OFFICE


def test_a_firm_near_by_does_not_make_an_office_of_a_home() -> None:
    (hit,) = hits("某公司职工，家庭住址：江门市蓬江区胜利路5号桃源小区2幢301房")
    assert hit.role is Role.UNKNOWN


def test_the_domicile_of_a_person_stays_a_home() -> None:
    (hit,) = hits("姓名：略\n身份证：略\n住所：新会区会城街道同德二路12号")
    assert hit.role is Role.UNKNOWN


def test_the_header_of_a_column_says_whose_address_it_is() -> None:
    text = "北坑村12号\n胜利路66号"
    (home,) = hits(text, ((0, 6, "家庭住址"),))[:1]
    assert (home.start, home.end, home.role) == (0, 6, Role.UNKNOWN)
    office = hits(text, ((7, 13, "单位地址"),))[-1]
    assert (office.start, office.role) == (7, Role.OFFICE)


def test_two_addresses_in_one_line_are_two_hits() -> None:
    text = "由胜利路66号迁至建设路8号"
    assert found(text) == ["胜利路66号", "建设路8号"]
