"""汇聚: what is harmless one by one and may be a secret together (保密法 36); told, never decided.

A kind counts where the text is specific: coordinates, addresses of a network, posts with figures.
General words (加强巡逻, 建设变电站) count for nothing by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detectors.text.lines import lines_with, occurrences
from review.document import Document, Note, Severity

_COORDINATE_SIGNS = "经度 东经 经纬度 坐标 °"
_DEGREES = re.compile(r"°[ \t]?\d{1,2}[ \t]?[′'’分]")
_FRACTION = re.compile(r"\.(\d{2,8})(?![\d.])")
_LONGITUDE = re.compile(r"(?<![\d.])(?:7[3-9]|[89]\d|1[0-2]\d|13[0-5])$")
_PLANE = re.compile(r"(?<![\d.])[2-5]\d{6}$")
"""Metres of a Gauss-Krüger grid, as CGCS2000 coordinates are written in tables."""

_ADDRESS = re.compile(r"\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])")
_ADDRESS_START = re.compile(r"(?<![\d.])\d{2,3}$")
_PORT = re.compile(r"(?:端口|VLAN|vlan)[号为:： \t]{0,3}\d{1,5}")
_NETWORK = (
    "防火墙 交换机 路由器 堡垒机 网闸 拓扑 网段 网关 VLAN VPN 高危漏洞 弱口令 管理员账号 "
    "入侵检测 数据库服务器 核心机房"
)

_GUARDS = "警力 民警 辅警 保安 安保 武警 巡逻 守卫 哨 执勤 押运 监控 摄像 探头 门禁"
_GUARDED = re.compile(
    r"[^,，。;；\n]{2,10}?\d{1,4}[ \t]?(?:名|人|个|处|班|组|次)|.{2}(?:路线|时段|时间|点位)[为:：]"
)
_COUNTED = re.compile(r"\d{1,4}[ \t]?(?:名|个|处|路|台|套)[^,，。;；\n]{0,6}$")
_FACILITIES = (
    "变电站 自来水厂 水源地 油库 储气库 储备库 门站 调压站 配气站 储配站 通信枢纽 数据中心 "
    "核心机房 大坝 调度中心 发射台 雷达站 军事设施 军事管理区 弹药库 危化品仓库 储罐区 核电站 "
    "输油管道 输气管道 取水口"
)

_NAME = re.compile(r"姓名|责任人|联系人")
_POST = re.compile(r"职务|岗位|警号|哨位|编制|值班|分工|职责")
_HEAD_ROWS = 3


@dataclass(frozen=True, slots=True)
class _Kind:
    """Say how many of a kind count beside another one, and how many by themselves."""

    words: str
    count: Callable[[Document], int]
    together: int
    alone: int | None


def aggregation(document: Document) -> Iterator[Note]:
    """Yield one note where several kinds come together, or one of them in great number."""
    met: list[str] = []
    alone = False
    for kind in _KINDS:
        if kind.alone is None and not met:
            continue  # it matters beside another kind only, and no other is there
        count = kind.count(document)
        if count >= kind.together:
            met.append(kind.words.format(count))
            alone = alone or (kind.alone is not None and count >= kind.alone)
    if len(met) > 1 or alone:
        yield Note(
            "wording_aggregation",
            f"汇聚提示：文中集中写了{'、'.join(met)}。单看各项也许可以公开，合在一起可能涉及国家秘密"
            "或者工作秘密（保守国家秘密法第三十六条、第六十四条，条例第十四条）；请保密审查人员判断"
            "是否删减、分开或者不予公开，拿不准的送本单位保密机构。",
            Severity.PERSON,
        )


def _coordinates(document: Document) -> int:
    text = document.text
    if not any(sign in text for sign in _COORDINATE_SIGNS.split()):
        return 0
    longitudes = planes = 0
    for match in _FRACTION.finditer(text):
        whole = text[max(0, match.start() - 8) : match.start()]
        longitudes += len(match[1]) > 3 and bool(_LONGITUDE.search(whole))
        planes += len(match[1]) < 5 and bool(_PLANE.search(whole))
    return max(longitudes, planes // 2, sum(1 for _ in _DEGREES.finditer(text)) // 2)


def _network(document: Document) -> int:
    text = document.text
    specific = {
        text[max(0, match.start() - 3) : match.end()]
        for match in _ADDRESS.finditer(text)
        if _ADDRESS_START.search(text[max(0, match.start() - 4) : match.start()])
    } | {
        match.group()
        for start, end in lines_with(text, "端口 VLAN vlan")
        for match in _PORT.finditer(text, start, end)
    }
    if not specific and "拓扑" not in text:
        return 0
    words = sum(word in text for word in _NETWORK.split())
    return len(specific) + words if words else 0


def _guarded(document: Document) -> int:
    """Count places with figures: 保安6名, 12路监控, 巡逻路线：…"""
    text = document.text
    return sum(
        1
        for at, _ in occurrences(text, _GUARDS)
        if _GUARDED.match(text, at) or _COUNTED.search(text[max(0, at - 14) : at])
    )


def _facilities(document: Document) -> int:
    """Count different facilities, told apart by the two characters before the word."""
    text = document.text
    return len({text[max(0, at - 2) : at] + w for at, w in occurrences(text, _FACILITIES)})


def _posts(document: Document) -> int:
    """Count the rows of the tables that name people with their posts."""
    heads: dict[int, list[str]] = {}
    rows: dict[int, int] = {}
    for block in document.blocks:
        if block.cell is not None:
            rows[block.cell.table] = max(rows.get(block.cell.table, 0), block.cell.row)
            if block.cell.row < _HEAD_ROWS and len(block.text) < 20:
                heads.setdefault(block.cell.table, []).append("".join(block.text.split()))
    return sum(
        rows[table]
        for table, texts in heads.items()
        if any(map(_NAME.search, texts)) and any(map(_POST.search, texts))
    )


_KINDS = (
    _Kind("坐标 {} 组", _coordinates, 3, 10),
    _Kind("网络和设备细节 {} 项", _network, 3, 6),
    _Kind("安防部署 {} 处", _guarded, 2, 8),
    _Kind("人员岗位 {} 行", _posts, 5, None),
    _Kind("重要设施 {} 处", _facilities, 2, None),
)
"""What counts beside another kind only comes last."""
