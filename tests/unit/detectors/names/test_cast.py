"""Names that are everyday words, told by all their places in the document together."""

from __future__ import annotations

import pytest

from bench.corpus import prose
from detectors.names.cast import cast


def _cast(text: str, people: str = "") -> tuple[set[str], set[str]]:
    """Give who is named and of whom a person is asked; ``people`` stand there for certain."""
    known = people.split()
    taken = {at for name in known for at in range(text.find(name), text.find(name) + len(name))}
    hits = list(cast(text, known, lambda start, end: taken.isdisjoint(range(start, end))))
    named = {text[hit.start : hit.end] for hit, certain in hits if certain}
    return named, {text[hit.start : hit.end] for hit, certain in hits if not certain} - named


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "工人万里在三层平台搬运钢管，万里当场倒地。工友石头拨打120，石头手部灼伤。",
            {"万里", "石头"},
        ),
        ("原告明月诉称，被告方向长期酗酒。方向辩称，明月也有过错。", {"明月", "方向"}),
        ("楼上住户车轮与邻居路灯发生口角，车轮报警，路灯的医药费由车轮承担。", {"车轮", "路灯"}),
        ("邻居胖婶照顾小六子，小六子溺水后由胖婶送医，胖婶报警。", {"胖婶", "小六子"}),
    ],
)
def test_who_acts_and_suffers_throughout_a_document_is_a_person(
    text: str, people: set[str]
) -> None:
    assert _cast(text)[0] == people


@pytest.mark.parametrize(
    "text",
    [
        "群众反映强烈的停水问题，由水务局牵头解决。因雷雨、洪水造成的损失，由县应急管理局核实。",
        "当事人应当到场。申请人计划变更住址的，应当提前申请。患者权益得到保障，家长安心。",
        "证人安全由公安机关保障。当事人程序权利应予保障。学生领唱，老人合唱，群众参与。",
        "对高校毕业生中符合条件的，给予补贴。高校毕业生申请补贴，由高校核实。",
        "杨梅、石榴、桂花每株60元。果农种植杨梅、石榴，杨梅在冬季修剪。",
        "孩子（9岁）高兴地说：“谢谢叔叔阿姨！”户主（48岁）高兴得合不拢嘴。",
        "对幼儿高热、新生儿黄疸筛查、孕妇水肿加强监测。幼儿湿疹由家长护理，患者胃痛应当就诊。",
        "高原\n高原\n高原\n严肃\n严肃\n严肃",
    ],
)
def test_words_of_plain_official_text_stay_words(text: str) -> None:
    assert _cast(text) == (set(), set())


@pytest.mark.parametrize(
    "text",
    [
        "严格执行《公共租赁住房管理办法》。县民政局负责公共租赁住房分配，与公共租赁住房有关的，"
        "按《公共租赁住房管理办法》办理，由县财政安排公共租赁住房资金。",
        "空气质量改善，群众满意度明显提高。水质达标，群众满意度达95%。确保群众满意度不降。",
    ],
)
def test_one_phrase_however_often_it_is_repeated_tells_of_nobody(text: str) -> None:
    assert _cast(text) == (set(), set())


def test_plain_policy_prose_names_nobody() -> None:
    assert _cast(prose(20_000)) == (set(), set())


def test_a_word_beside_certain_names_is_asked_about_where_little_else_speaks_for_it() -> None:
    named, asked = _cast("其中张秀兰、方向。", "张秀兰")
    assert (named, asked) == (set(), {"方向"})


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("被拆迁人古典、石榴、金属已签约。征收办约谈古典、金属。", {"古典", "石榴", "金属"}),
        ("张秀兰，因火灾申请救助；谷雨，因伤申请救助；张秀英，因病申请救助。", {"谷雨"}),
    ],
)
def test_what_is_said_of_a_list_or_a_row_is_said_of_its_members(
    text: str, people: set[str]
) -> None:
    assert _cast(text, "张秀兰 张秀英" if "张秀兰" in text else "")[0] == people


def test_goods_and_places_that_are_counted_are_no_names_beside_one() -> None:
    text = "黄尖、金滩、方强三个断面达标。张秀兰反映，江水有异味。"
    assert _cast(text, "张秀兰") == (set(), set())


def test_where_the_same_word_stands_as_a_word_a_person_is_asked() -> None:
    text = "原告严肃诉称，被告余粮打伤严肃。严肃住院，余粮赔偿严肃。会场气氛比较严肃。"
    hits = sorted((hit.start, certain) for hit, certain in cast(text, (), lambda *_: True))
    told = [certain for start, certain in hits if text.startswith("严肃", start)]
    assert told == [True] * 4 + [False]


def test_a_place_of_that_name_is_left() -> None:
    text = "原告和平诉称，被告余粮打伤和平。和平住院。事发于和平镇。"
    ends = [hit.end for hit, _ in cast(text, (), lambda *_: True)]
    assert text.index("和平镇") + 2 not in ends


def test_the_head_of_a_column_that_tells_how_people_are_related_names_nobody() -> None:
    assert _cast("序号\n姓名\n与户主关系\n1\n韦春桃\n本人", "韦春桃") == (set(), set())
