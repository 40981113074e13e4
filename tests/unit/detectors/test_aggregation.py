"""汇聚: kinds that add up are told with their counts, general words are not."""

from __future__ import annotations

import time

import pytest

from detectors.aggregation import aggregation
from review.document import Severity, plain_document
from tests.fakes.secrecy_drafts import BODY, HARMLESS, MARKED, TITLE, Line, draft

COORDINATES = tuple(f"{n}号点位：东经117.0{n}2345，北纬32.6{n}1234" for n in range(1, 5))
FACILITIES = "重点目标包括白鹭变电站、河东自来水厂和江城油库。"
GUARDS = "白鹭变电站夜间安排保安6名值守，配备红外监控探头，共有12路监控接入；巡逻路线：东门至北门。"
NETWORK = (
    "核心交换机管理地址10.10.1.1，端口8443",
    "防火墙外网地址10.10.2.1，划分VLAN 20",
    "堡垒机地址10.10.3.8，数据库服务器地址10.10.3.9",
)
POSTS: tuple[Line, ...] = (
    ("姓名", "职务", "值班电话"),
    *((f"赵某{n}", "值班员", "略") for n in "甲乙丙丁戊己"),
)


def told(*lines: Line) -> list[str]:
    notes = list(aggregation(draft(lines)))
    assert all(
        note.severity is Severity.PERSON and note.code == "wording_aggregation" for note in notes
    )
    return [note.message for note in notes]


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ((*COORDINATES, FACILITIES), ("坐标 4 组", "重要设施 3 处")),
        ((FACILITIES, GUARDS), ("安防部署 3 处", "重要设施 3 处")),
        (NETWORK, ("网络和设备细节",)),
        ((*POSTS, GUARDS), ("人员岗位 6 行", "安防部署")),
        ((GUARDS, NETWORK[0]), ("安防部署", "网络和设备细节 3 项")),
        (tuple(f"点{n}坐标：117.1{n:02}45,32.5{n:02}67" for n in range(12)), ("坐标 12 组",)),
        (
            ("东经117°02′15″，北纬32°38′20″", *("东经117°02′16″，北纬32°38′21″",) * 9),
            ("坐标 10 组",),
        ),
        (
            ("界址点坐标", *(f"3612{n}45.123 405{n}122.456" for n in range(3)), FACILITIES),
            ("坐标 3 组", "重要设施 3 处"),
        ),
    ],
)
def test_what_adds_up_is_told_with_its_counts(
    lines: tuple[Line, ...], parts: tuple[str, ...]
) -> None:
    (message,) = told(TITLE, *lines)
    for part in (*parts, "保守国家秘密法第三十六条", "保密机构"):
        assert part in message


def test_the_note_quotes_nothing_of_the_document() -> None:
    (message,) = told(TITLE, *COORDINATES, FACILITIES, *NETWORK)
    for value in ("117.", "10.10", "白鹭", "河东"):
        assert value not in message


@pytest.mark.parametrize(
    "lines",
    [
        ("推进变电站、自来水厂、数据中心等基础设施建设，加强巡逻防控和网络安全防护。",),
        ("新建110千伏变电站2座，改造水厂3座，敷设输气管道50公里，总投资3.2亿元。",),
        ("配备专职保安，安装监控，落实值班制度；全市民警和辅警参加培训。",),
        ("完成防火墙、交换机、路由器等设备采购，预算118.2034万元。",),
        ("征收土地112.3456公顷，其中耕地98.7654公顷，界址点坐标见附图。",),
        ("项目位于东经117.0123，北纬32.6123，占地20亩。",),
        POSTS,
        (*POSTS, "推进变电站建设。"),
        (("点位", "经度", "纬度"), ("县气象站", "117.01234", "32.61234")),
        (BODY,),
    ],
)
def test_ordinary_papers_are_not_told(lines: tuple[Line, ...]) -> None:
    assert told(TITLE, *lines) == []


def test_drafts_that_only_speak_of_secrecy_add_nothing_up() -> None:
    for lines in (*HARMLESS.values(), *MARKED.values()):
        assert told(*lines) == []


@pytest.mark.parametrize("piece", ["117.12345 ", "坐标", "10.10.", "保安", "一二三四水", "1名"])
def test_time_grows_with_the_text(piece: str) -> None:
    def took(count: int) -> float:
        document = plain_document(["坐标拓扑" + piece * count])
        start = time.process_time()
        list(aggregation(document))
        return time.process_time() - start

    took(100)
    short = min(took(5_000) for _ in range(3))
    assert min(took(20_000) for _ in range(3)) < 12 * max(short, 0.02)
