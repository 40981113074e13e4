from __future__ import annotations

import re

import pytest

from detectors.sensitive_signs import SIGNS

TEXT = (
    "全县医疗救助工作会议精神。\n其夫系肢 体二级残疾，每周\n需透析治疗\n"
    "另一名伤者左小腿粉碎性骨折\n"
    "无关的一行\n无关的一行又一行\n因生活不能自理，长期卧床不起；\n\n一名孕妇已怀孕三个月，诊断为妊娠12周"
)


@pytest.mark.parametrize("sign", [s for s in SIGNS if s.word], ids=lambda sign: sign.reason)
@pytest.mark.parametrize("text", [TEXT, TEXT + "\n", TEXT.replace("\n", ""), TEXT[::-1], "", "\n"])
def test_looking_at_the_lines_with_a_word_finds_what_looking_everywhere_finds(sign, text):
    everywhere = [match.span() for match in sign.pattern.finditer(text)]
    assert [match.span() for match in sign.matches(text)] == everywhere


def test_every_such_sign_is_tried_by_the_text_above():
    assert all(any(sign.matches(TEXT)) for sign in SIGNS if sign.word)


def test_lines_without_the_word_are_not_looked_at():
    sign = next(sign for sign in SIGNS if sign.word and sign.word.search("孕"))
    anything = type(sign)(sign.entity, re.compile("行"), True, "", sign.word)
    assert [m.start() for m in anything.matches("行一\n行孕\n" + "二" * 9 + "\n行三")] == [0, 3]
