from __future__ import annotations

import re

import pytest

from detectors.sensitive.sensitive_signs import SIGNS
from detectors.sensitive.sign import Lines, Sign, WordSets
from review.finding import Entity

TEXT = (
    "全县医疗救助工作会议精神。\n其夫系肢 体二级残疾，每周\n需透析治疗\n"
    "另一名伤者左小腿粉碎性骨折\n"
    "无关的一行\n无关的一行又一行\n因生活不能自理，长期卧床不起；\n\n一名孕妇已怀孕三个月，诊断为妊娠12周\n"
    "病情:好转,婚姻:已婚,信仰:佛教,民族:汉族\n被诊断为尿毒症;因肺癌于2026年1月住院\n系乙肝病毒携带者,肺结核确诊病例\n"
    "体检发现肝硬化;劳动能力鉴定为五级\n系言语残疾人,一级伤残军人王某\n因高血压,因病致贫\n提交了胃癌诊断证明\n"
    "妻子精神分裂症,肝癌晚期,\n左肾切除术后,既往有冠心病,系聋哑人\n疾病编码:C34.9,尿毒症(N18.9)\n现离异,其妻丧偶\n张建国离婚,2025年3月登记结婚\n"
    "离异后王建国,判决离婚,系单亲家庭\n信奉佛教,系基督教徒,回族,\n其母有高血压病史\n王建国腹泻就医\n现住骨科15床,父母双亡,王建国有抑郁症,"
    "王建国肺结核住院,长期服用抗结核药,因吸毒被强制隔离戒毒\n其父类风湿多年,常年哮喘\n残疾类别肢体\n残疾等级二级\n"
)


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.pattern.pattern[:24])
@pytest.mark.parametrize("text", [TEXT, TEXT + "\n", TEXT.replace("\n", ""), TEXT[::-1], "", "\n"])
def test_looking_at_the_lines_with_a_word_finds_what_looking_everywhere_finds(sign, text):
    everywhere = [match.span() for match in sign.pattern.finditer(text)]
    assert [match.span() for match in sign.matches(Lines(text))] == everywhere
    lines = Lines(text, WordSets(each.words for each in SIGNS))
    assert [match.span() for match in sign.matches(lines)] == everywhere


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.pattern.pattern[:24])
def test_every_sign_shows_in_the_text_above(sign):
    assert any(sign.matches(Lines(TEXT)))


def test_lines_without_the_word_are_not_looked_at():
    lines = Lines("行一\n行孕\n" + "二" * 9 + "\n行三")
    assert lines.having(frozenset({"孕"})) == [(0, 6)]


def test_the_end_of_the_line_before_is_looked_at_as_well():
    text = "前一行的话很长" * 3 + "\n怀孕\n后一行"
    assert Lines(text).having(frozenset({"孕"})) == [(14, 25)]


def test_a_sign_knows_its_word_from_its_pattern():
    sign = Sign(Entity.HEALTH, re.compile(r"(?<=,)(?P<value>.{0,6}?(?:肺?癌|高烧))"), False, "")
    assert sign.words == {"癌", "高烧"}


def test_what_must_stand_behind_is_looked_for_before_the_sign_is_tried():
    sign = Sign(Entity.HEALTH, re.compile(r"(?P<value>癌)(?=\n?.{0,2}住院)"), False, "")
    assert sign.behind is not None
    assert sign.behind.pattern == "住院"
    assert [match.start() for match in sign.matches(Lines("癌而住院癌\n住院癌,病故"))] == [0, 4]


def test_a_sign_without_a_certain_word_is_tried_everywhere():
    assert Sign(Entity.HEALTH, re.compile("病(?P<value>.+)"), False, "").words == frozenset()
