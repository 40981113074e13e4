from __future__ import annotations

import hashlib
import json
import time
import zipfile
from pathlib import Path

import pytest

from detectors.base import Hit, Passage
from detectors.data import build_foreign
from detectors.names.foreign_names import ForeignNames
from detectors.names.foreign_sounds import foreign_words, is_row, parts, row, sounds
from detectors.names.names import NameRecognizer
from detectors.text.normalise import normalise
from detectors.text.vocabulary import name_statistics, word_list

RECOGNIZER = NameRecognizer()
FOREIGN = ForeignNames(word_list(), name_statistics())


def hits(text: str) -> list[Hit]:
    return sorted(RECOGNIZER.find(Passage(normalise(text).text)), key=lambda hit: hit.start)


def found(text: str) -> list[str]:
    return [normalise(text).text[hit.start : hit.end] for hit in hits(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("总经理斯坦维奇女士介绍了项目情况。", ["斯坦维奇"]),
        ("副部长马尔金科夫斯基前几天宣布称，谈判继续。", ["马尔金科夫斯基"]),
        ("外籍教师安德鲁森说，课程已经结束。", ["安德鲁森"]),
        ("受害人巴斯卡尼和韦尔特曼先后到场。", ["巴斯卡尼", "韦尔特曼"]),
        ("联系人：费尔迪南，电话见附件。", ["费尔迪南"]),
    ],
)
def test_a_foreign_name_without_a_dot_is_found_whole(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("村民阿不都热合曼和古丽巴哈尔到天山区办理手续。", ["阿不都热合曼", "古丽巴哈尔"]),
        ("乌云其木格同志任呼伦贝尔市人大常委会副主任。", ["乌云其木格"]),
        ("吉木日古、阿依木沙加领取补助。", ["吉木日古", "阿依木沙加"]),
        ("副市长查干巴拉到会。", ["查干巴拉"]),
        ("热依汗古丽，就读师范学院。", ["热依汗古丽"]),
        ("委员：尼玛扎堆、农布次里。", ["尼玛扎堆", "农布次里"]),
        ("对高乐其木格作出罚款二百元的处罚。", ["高乐其木格"]),
        ("关于仁青措信访事项的答复意见", ["仁青措"]),
        ("现将麦合木提江、李秀兰、卓玛措等3人名单公示。", ["麦合木提江", "李秀兰", "卓玛措"]),
        ("经查，买尔旦于2026年3月在该村建房。", ["买尔旦"]),
    ],
)
def test_minority_names_are_known_by_their_parts(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("当事人：吐尔洪．阿卜力孜，男", ["吐尔洪.阿卜力孜"]),
        ("肇事者古丽娜尔•阿不力孜驾驶小轿车。", ["古丽娜尔·阿不力孜"]),
        ("对买买提江‧吐尔地等四人作出处罚。", ["买买提江·吐尔地"]),
        ("免去阿不都热西提·卡德尔同志副乡长职务。", ["阿不都热西提·卡德尔"]),
        ("评委西蒙·潘依旧没有到场。", ["西蒙·潘"]),
        ("市投资促进局接待了科瓦奇·伊什特万先生。", ["科瓦奇·伊什特万"]),
        ("妮娜·布伦斯基击败凯萨琳·希尔顿夺冠。", ["妮娜·布伦斯基", "凯萨琳·希尔顿"]),
        ("导演弗朗茨-福德-科波里尼的新片。", ["弗朗茨-福德-科波里尼"]),
    ],
)
def test_a_name_in_parts_begins_and_ends_where_its_sounds_do(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "中国·徐州国际马拉松。红色·记忆展览。",
        "莫斯科-北京、巴黎-达喀尔两条线路。",
        "图书馆新增《简·爱》。",
        "学习高斯-赛德尔迭代。",
        "实施“阿依蒙格”儿童发展计划。",
    ],
)
def test_a_dot_or_a_hyphen_alone_makes_no_name(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "布宜诺斯艾利斯省遭灾，朴茨茅斯队和乌迪内斯队比赛。",
        "线路覆盖汉堡、杜伊斯堡、鹿特丹、安特卫普、列日、马德里。",
        "雷尼尔雪山、费卢杰、巴西利亚、马尔代夫、巴格达。",
        "塔什库尔干塔吉克自治县、察布查尔锡伯自治县、巴里坤哈萨克自治县。",
        "锡林郭勒盟苏尼特左旗、乌拉特前旗、察哈尔右翼前旗划定禁牧区。",
        "托克扎克镇、色力布亚镇、古勒巴格街道加快改造。",
        "沿达瓦路、卓玛街、乌兰图雅镇、巴特尔嘎查、阿木沟、木呷坪、阿呷地村巡查。",
        "阿力甫江服装店、巴特尔牧业合作社、卓玛藏餐馆、古丽餐厅已办理执照。",
        "克拉玛依、乌鲁木齐、呼伦贝尔、阿克苏、伊犁同步实施。",
    ],
)
def test_places_hold_no_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "西门子、博世、巴斯夫、施耐德、霍尼韦尔、沃尔玛、麦当劳设立研发中心。",
        "苏富比、阿玛尼、迪士尼、奥林匹克、奥斯卡、吉尼斯。",
        "阿莫西林、阿托伐他汀、奥司他韦、阿比多尔、利巴韦林、卡维地洛、阿罗洛尔。",
        "尼龙、马达、沙发、卡拉OK、巴士、克拉、艾滋病、安卓。",
        "引进斯特林发动机，学习帕累托最优、恩格尔系数、哥德巴赫猜想。",
        "要加强西部大开发，特别是东西部协作。",
        "古尔邦节、肉孜节、那达慕大会、麦西来甫、木卡姆。",
    ],
)
def test_brands_remedies_and_loanwords_are_no_names(text: str) -> None:
    assert found(text) == []


def test_a_label_makes_no_person_of_a_country() -> None:
    assert found("邀请人：德国巴伐利亚") == []


def test_a_han_name_in_foreign_sounds_stays_whole() -> None:
    assert found("张雅茹女士到场。") == ["张雅茹"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("姓名：Mohammed Al-Farsi，护照号码", ["Mohammed Al-Farsi"]),
        ("当事人：JOHN SMITHSON，男", ["JOHN SMITHSON"]),
        ("John van Smithson，护照号见附件", ["John van Smithson"]),
        ("外籍人员 Maria Delgado 入境", ["Maria Delgado"]),
        ("旅美教授Linda Zhao返乡", ["Linda Zhao"]),
        ("请老师PPT授课，教授 MBA EMBA 课程", []),
        ("约翰·米勒（John Miller）持签证入境", ["约翰·米勒", "John Miller"]),
        ("世界卫生组织（World Health）发布指南", []),
        ("负责人：ABC Trading Co., Ltd", []),
        ("联系人：Excel 表格见附件", []),
        ("推广 Linux 和 Windows 系统，参加 World Cup。", []),
        ("姓名：", []),
        ("姓名：dilraba，女", ["dilraba"]),
        ("姓名：Айгуль Маматова，女", ["Айгуль Маматова"]),
        ("申请人：Aynur mamat，电话", ["Aynur mamat"]),
        ("联系人：admin，电话", []),
        ("姓名：n/a，电话：none", []),
        ("负责人：Siemens AG，电话", []),
        ("邮箱：dilraba，网址：www", []),
    ],
)
def test_latin_letters_are_a_name_only_where_something_says_so(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_name_in_latin_letters_is_found_wherever_it_stands_again_but_in_no_word() -> None:
    text = "外籍人员Mary Ann Brown（中文名：麦克）入境。Mary Ann Brown的房东到场。Mary Ann Browning"
    assert found(text) == ["Mary Ann Brown", "麦克", "Mary Ann Brown"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("日本首相桥本健太郎、外相河野洋介会见来宾。", ["桥本健太郎", "河野洋介"]),
        ("铃木信一郎，日本籍，男。", ["铃木信一郎"]),
        ("日本游客中村健介在途中受伤，日方专家田中先生到场。", ["中村健介", "田中"]),
        ("李小林女士、张中山同志出席。", ["李小林", "张中山"]),
        ("书记田中华主持。", ["田中华"]),
        ("日本丰田汽车、松下电器、三菱重工、本田技研工业在我市投资。", []),
        ("日本福冈、千叶、长崎、宫崎。中山大学、清水乡、大石桥镇、平野社区。", []),
    ],
)
def test_a_japanese_name_is_one_where_something_says_so(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_reason_says_why_and_quotes_no_name() -> None:
    (hit,) = hits("热依汗古丽领取补助。")
    assert "少数民族姓名" in hit.reason
    assert "热依汗" not in hit.reason


def test_names_beside_it_in_a_list_carry_a_foreign_one() -> None:
    assert found("参加人员：王建军、巴斯卡尼、李秀兰") == ["王建军", "巴斯卡尼", "李秀兰"]
    reading = FOREIGN.read("巴斯卡尼、某产品")
    assert list(reading.names()) == []


@pytest.mark.parametrize("text", ["", "\n", "阿", "·", "阿·", "··阿里··", "A" * 50, "-阿里-"])
def test_odd_text_is_no_fault(text: str) -> None:
    for hit in hits(text):
        assert 0 <= hit.start < hit.end <= len(text)


def test_time_grows_no_faster_than_a_text_of_nothing_but_foreign_sounds() -> None:
    def seconds(text: str) -> float:
        started = time.process_time()
        FOREIGN.read(text)
        return time.process_time() - started

    piece = "斯特拉克里维巴姆雷纳"
    once = min(seconds(piece * 20) for _ in range(3))
    assert seconds(piece * 200) < 30 * max(once, 0.005)


def test_names_sound_cheaper_than_other_text() -> None:
    model = sounds()
    assert model.cost("斯坦维奇") < model.cost("高度重视")


def test_the_known_words_have_their_kinds() -> None:
    words = foreign_words()
    assert words["乌鲁木齐"] == "home"
    assert words["布宜诺斯艾利斯"] == "abroad"
    assert words["阿莫西林"] == "thing"


def test_a_row_of_parts_is_counted_in_as_few_as_do() -> None:
    assert row("阿不都热合曼", parts("turkic")) in (1, 2)
    assert row("高度重视", parts("turkic")) == 0
    assert is_row("其其格")
    assert not is_row("高度")


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "cities.whl"
    cities = {
        "1": {"countrycode": "FR", "population": 9, "alternatenames": ["巴尔尼克", "Barnick"]},
        "2": {"countrycode": "CN", "population": 9, "alternatenames": ["布隆特斯镇"]},
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(build_foreign.CITIES, json.dumps(cities))
    monkeypatch.setattr(build_foreign, "WHEEL", hashlib.sha256(path.read_bytes()).hexdigest())
    return path


def test_the_data_are_built_from_cities_dictionary_and_divisions(
    wheel: Path, tmp_path: Path
) -> None:
    build_foreign.main(wheel, tmp_path)
    written = (tmp_path / "foreign_names.txt").read_text("utf-8").splitlines()
    lines = [line for line in written if not line.startswith("#")]
    kinds = {
        kind: set(words.split(" ")) for kind, _, words in (line.partition("\t") for line in lines)
    }
    assert "巴尔尼克" in kinds["place"]
    assert not any("布隆特斯" in words for words in kinds.values())
    assert "\n^\t" in (tmp_path / "foreign_sounds.txt").read_text("utf-8")
    assert len(written) > len(lines), "the sources and their licences are named"


def test_another_release_of_the_cities_is_refused(wheel: Path, tmp_path: Path) -> None:
    wheel.write_bytes(b"other")
    with pytest.raises(ValueError, match="pinned"):
        build_foreign.main(wheel, tmp_path)
