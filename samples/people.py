"""Invented people for the rosters: names, birthdays and numbers drawn by a fixed seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from samples.numbers import bank_card, identity_number, mobile

_SURNAMES = (
    "韦 覃 蓝 农 陆 庞 邓 阮 柏 褚 欧阳 祝 滕 骆 喻 柯 章 穆 茅 戚 邵 舒 屈 游 龚 "
    "张 王 李 陈 刘 周 黄 上官 程 苗 段 汤 殷 尹"
)
_WOMEN = (
    "岚青 芷汀 砚秋 秀穗 春苗 桃英 腊梅 翠萍 麦香 秋菊 水莲 银花 兰芝 荷香 莲花 桂枝 来娣 "
    "杏儿 玉秀 三妹"
)
_MEN = (
    "松屏 竹笙 禾芃 桂榕 稼轩 云岫 柏森 满仓 有粮 长根 冬生 金锁 石头 土生 福田 树根 喜旺 "
    "大牛 守业 谷雨"
)
TOWNSHIPS = ("柳溪镇", "石门乡", "塘口镇", "白鹭街道")
VILLAGES = ("杏花村", "上河村", "梨园村", "青石村", "枫林村", "小井村")


@dataclass(frozen=True, slots=True)
class Person:
    """Hold what a roster asks of one person; ``group`` is his place below the township."""

    name: str
    woman: bool
    born: date
    id_card: str
    phone: str
    account: str
    township: str
    group: str


def people(seed: int, count: int) -> tuple[Person, ...]:
    """Draw ``count`` people; the same seed gives the same people, other seeds other numbers."""
    random = Random(seed)
    names = [
        (surname + given, given)
        for surname in _SURNAMES.split()
        for given in _WOMEN.split() + _MEN.split()
    ]
    return tuple(
        _person(random, name, given in _WOMEN.split(), seed * 100 + place)
        for place, (name, given) in enumerate(random.sample(names, count))
    )


def _person(random: Random, name: str, woman: bool, serial: int) -> Person:
    born = date(1944, 1, 1) + timedelta(days=random.randrange(57 * 365))
    village = random.choice(VILLAGES)
    return Person(
        name=name,
        woman=woman,
        born=born,
        id_card=identity_number(born, 2 * random.randrange(1, 490) + (0 if woman else 1)),
        phone=mobile(serial),
        account=bank_card(random.randrange(10**11, 10**12)),
        township=random.choice(TOWNSHIPS),
        group=f"{village}{random.randrange(1, 13)}组",
    )
