"""Where a particular child goes to school is hidden; schools as such are public."""

from __future__ import annotations

import pytest

from detectors.base import Passage
from detectors.sensitive.minor_school import MinorSchoolRecognizer
from detectors.text.normalise import normalise
from review.finding import Entity

RECOGNIZER = MinorSchoolRecognizer()


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("城东小学三年级学生佘小雨放学途中走失。", "城东小学三年级"),
        ("江城市第二中学初二（5）班学生何小宝被打伤", "江城市第二中学初二（5）班"),
        ("佘小雨，女，10岁，就读于城东小学三年级2班。", "城东小学三年级2班"),
        ("其女佘小雨在城东小学上学", "城东小学"),
        ("何小宝（明珠幼儿园大班幼儿）已出院", "明珠幼儿园大班"),
        ("其子庞小军（9岁，就读于城东小学三年级）由前夫抚养", "城东小学三年级"),
        ("溺亡者系城东小学五年级学生何小宝，其父母在外务工。", "城东小学五年级"),
        ("其子某某就读于城东小学。", "城东小学"),
        ("孙子邱小宝在白塘中心小学读三年级。", "白塘中心小学"),
        ("佘小雨（15周岁，清溪一中初三学生）", "清溪一中初三"),
    ],
)
def test_the_school_of_a_child_is_found(found, hits_of, text, school):
    assert found(RECOGNIZER, text) == [school]
    assert {hit.entity for hit in hits_of(RECOGNIZER, text)} == {Entity.MINOR}


@pytest.mark.parametrize(
    "text",
    [
        "城东小学教师张建国到场",
        "改善北坑镇中心小学学生宿舍条件，县教育局局长张建国讲话",
        "全县小学学生人数1.2万人，中学学生6千人",
        "在城东小学学习培训会上，张建国讲话",
        "符合条件的适龄儿童应当就读于公办小学",
        "张建国，男，毕业于江城中学",
        "县长张建国到城东小学看望学生",
        "城东小学五年级学生获得一等奖，校长张建国表示祝贺",
        "对就读于民办幼儿园的幼儿给予补助",
        "新建北坑中学、城东小学，新增学位2300个",
    ],
)
def test_schools_of_nobody_in_particular_stay(found, text):
    assert found(RECOGNIZER, text) == []


def test_the_class_of_a_named_child_tells_who_it_is_and_a_teacher_s_does_not() -> None:
    def classes(text: str) -> list[str]:
        passage = Passage(normalise(text).text)
        return [passage.text[h.start : h.end] for h in MinorSchoolRecognizer().find(passage)]

    assert classes("学生卜小凡（男，10岁，四年级三班）家长反映。") == ["四年级三班"]
    assert classes("未成年人项小雨（女，9岁，三年级二班学生）到场。") == ["三年级二班"]
    assert classes("骆卫东之子骆小满（男，初二（3）班）走失。") == ["初二(3)班"]
    assert classes("班主任李小红（女，35岁，三年级二班班主任）获奖。") == []
    assert classes("四年级三班（男生20人，女生18人）获第一名。") == []


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("其子覃浩宇（11岁，干溪小学五年级）上学需接送。", "干溪小学五年级"),
        ("女儿吴小雨（县第二中学初一）住校。", "县第二中学初一"),
        ("受助学生：李小军，白岩小学四年级。", "白岩小学四年级"),
        ("其女吴小雨（9岁，白岩小学）随祖母生活。", "白岩小学"),
    ],
)
def test_a_school_beside_the_name_of_a_child_is_found(found, text, school):
    assert found(RECOGNIZER, text) == [school]


@pytest.mark.parametrize(
    "text",
    [
        "班主任张国强（干溪小学五年级）到场。",
        "教师张国强（男，35岁，干溪小学五年级）获奖。",
        "张国强（县第二中学）、李国强（白岩小学）获奖。",
        "县长张国强到访，白岩小学四年级，干溪小学五年级分获冠亚军。",
        "优秀班级：一等奖，白岩小学四年级；二等奖，干溪小学五年级。",
    ],
)
def test_a_school_beside_a_teacher_or_nobody_stays(found, text):
    assert found(RECOGNIZER, text) == []
