"""Record, whereabouts and biometrics of somebody go before a person; of nobody they are words."""

from __future__ import annotations

import pytest

from detectors.sensitive.personal_matters import PersonalMattersRecognizer
from review.finding import Entity, Role

RECOGNIZER = PersonalMattersRecognizer()


@pytest.mark.parametrize(
    ("text", "cue", "matter"),
    [
        ("被处罚人阮志高，曾因盗窃于2019年被江北区人民法院判处有期徒刑一年。", "判处", "犯罪"),
        ("阮某，男，有盗窃前科，无业。", "有盗窃前科", "犯罪"),
        ("骆卫东系刑满释放人员，生活困难。", "刑满释放", "犯罪"),
        ("佘大勇，男，3月1日乘坐G6021次列车抵达江城。", "乘坐", "行踪"),
        ("简素珍，女，43岁，3月2日乘坐12路公交车前往菜市场。", "乘坐", "行踪"),
        ("佘大勇，男，入住如家酒店江城店302房。", "入住", "行踪"),
        ("经DNA比对，死者系佘大勇。", "DNA", "生物"),
        ("民警依法采集其指纹，阮某签字确认。", "指纹", "生物"),
    ],
)
def test_a_matter_of_somebody_is_put_before_a_person(hits_of, text, cue, matter):
    (hit,) = hits_of(RECOGNIZER, text)
    assert (hit.entity, hit.role) == (Entity.NEGATIVE_TERM, Role.REVIEW)
    assert text[hit.start : hit.end] == cue
    assert matter in hit.reason
    assert cue not in hit.reason


@pytest.mark.parametrize(
    "text",
    [
        "对曾因犯罪受过刑事处罚的人员，不得录用为公务员。",
        "加强刑满释放人员安置帮教工作。",
        "倡导乘坐公共交通工具出行，12路公交车延长至火车站。",
        "引导游客入住星级酒店，全年接待过夜游客120万人次。",
        "人脸识别技术应当遵守法律，采集人脸信息应当取得同意。",
        "推广指纹比对技术在社保认证工作中的应用。",
        "会议决定，曾于2019年印发的通知同时废止。",
    ],
)
def test_the_same_words_about_nobody_are_none(hits_of, text):
    assert hits_of(RECOGNIZER, text) == []
