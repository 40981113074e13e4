"""What a table says of the role of a person: by the header, by the row, by its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache

from detectors.people import minors
from detectors.people.minors import Sign
from detectors.people.role_cues import holds_office
from detectors.people.role_setting import Setting
from detectors.tables.columns import meaning
from detectors.text.role_labels import by_header
from review.finding import Entity, Finding, Role

_PRIVATE = frozenset({Entity.CN_ID_CARD, Entity.CN_BANK_CARD, Entity.HEALTH, Entity.BIRTH_DATE})
_SUMS = re.compile("金额|补贴|补助|救助|标准|面积|人口")
_NAME_HEADER = re.compile(r"姓\s*名|名单|户主")
_EXAM = re.compile("准考证|[笔面]试(?:成绩|得分|分数)|报考[岗职]位")
_UNHURT = re.compile(r"无|未受伤|无伤亡|无伤|正常|[-—/]*")


class _Topic(Enum):
    """Say what a column of a roster tells of the person of the row."""

    CASUALTY = auto()
    POST = auto()
    AGE = auto()
    OTHER = auto()


_DESK = re.compile(r"(?:(?:服务|办事|综合)?窗口(?:编?号|名称)?|股室(?:名称)?)")
"""The header of a column of desks: who stands in its rows serves there."""
_CLIENT = re.compile(
    r"(?<!负责)(?<!工作)(?<!经办)(?<!联系)人\s*(?:姓名)?\Z|[者户]\s*\Z|户主|业主|群众|来[访信电]|信访|诉求|住址|家庭|户籍"
)
_TOPICS = (
    (_Topic.CASUALTY, re.compile(r"伤亡|伤情|受伤|死亡|遇难|伤势|被欠|欠薪|拖欠|被骗|被盗")),
    (_Topic.POST, re.compile(r"职\s*务")),
    (_Topic.AGE, re.compile(r"年\s*龄")),
)


@lru_cache(maxsize=4096)
def _topic_of(header: str) -> _Topic:
    return next((topic for topic, words in _TOPICS if words.search(header)), _Topic.OTHER)


def in_row(setting: Setting, person: Finding) -> Iterator[Role]:
    """Yield what the other cells tell: a casualty that is filled in, a public office held."""
    for index in setting.cells_of(person):
        topic = _topic_of(setting.headers.get(index, ""))
        if topic is _Topic.OTHER:
            continue
        cell = setting.document.blocks[index].text.strip()
        if (
            topic is _Topic.CASUALTY
            and not _UNHURT.fullmatch(cell)
            and not _runs_a_firm(setting, person)
        ):
            yield Role.VICTIM
        if topic is _Topic.POST and setting.is_nearest(person, index) and holds_office(cell):
            yield Role.OFFICIAL


def _runs_a_firm(setting: Setting, person: Finding) -> bool:
    """Say whether a row is of a firm: the wages that it owes, the hurt it had, are not his."""
    return by_header(setting.header(person)) is Role.LEGAL_REPRESENTATIVE


def serves_at_desk(headers: Iterable[str]) -> bool:
    """Say whether a row is of a desk and its staff: none of its ``headers`` speaks of a client."""
    told = [header.strip() for header in headers]
    return any(map(_DESK.fullmatch, told)) and not any(
        _CLIENT.search(header) or _is_private(header) for header in told
    )


def is_listed(setting: Setting, person: Finding) -> bool:
    """Say whether a cell stands in a column of names of those whom the matter may concern.

    Not where a column tells the hurt from others, or at which desk somebody serves.
    """
    headers = [setting.headers.get(index, "") for index in setting.cells_of(person)]
    if serves_at_desk((*headers, setting.header(person))):
        return False
    topics = set(map(_topic_of, headers))
    if _Topic.CASUALTY in topics:
        return False
    return _NAME_HEADER.search(setting.header(person)) is not None


def by_column(setting: Setting, person: Finding) -> Role | None:
    """Read the header over a cell; under a plain 姓名 the subject of the document decides."""
    header = setting.header(person)
    if named := by_header(header):
        return named
    return _by_topic(setting, person) if _NAME_HEADER.search(header) else None


def _by_topic(setting: Setting, person: Finding) -> Role | None:
    """Read from the subject of the document who stands in a list, as far as its row agrees.

    Whoever attends a meeting about subsidies draws none, who is on a list of subsidies that
    a meeting decides on holds no office, and where a column names the punished (身份: 当事人) the
    others are not.
    """
    held = list(posts(setting, person))
    cells = setting.cells_of(person)
    for index in cells:
        cell = setting.document.blocks[index].cell
        if cell and (cell.table, cell.column) in setting.telling:
            return by_header(setting.document.blocks[index].text.strip())
    if setting.topic is None and any(_EXAM.search(setting.headers.get(i, "")) for i in cells):
        return Role.CANDIDATE
    private = any(_is_private(setting.headers.get(index, "")) for index in cells)
    if setting.topic is Role.OFFICIAL and (private or held):
        return None
    if setting.topic is Role.RECIPIENT and not private and any(map(holds_office, held)):
        return None
    return setting.topic


def posts(setting: Setting, person: Finding) -> Iterator[str]:
    """Yield what the columns of posts (职务) in a person's row say."""
    for index in setting.cells_of(person):
        if _topic_of(setting.headers.get(index, "")) is _Topic.POST:
            yield setting.document.blocks[index].text.strip()


@lru_cache(maxsize=4096)
def _is_private(header: str) -> bool:
    """Say whether a column tells what no list of officials does: numbers, sums, illnesses."""
    return meaning(header) in _PRIVATE or _SUMS.search(header) is not None


def signs(setting: Setting, person: Finding) -> Iterator[Sign]:
    """Yield what the cells of a row say about the age of the person."""
    for index in setting.cells_of(person):
        cell, header = setting.document.blocks[index].text.strip(), setting.headers.get(index, "")
        yield from minors.by_schooling(setting.header(person), header, cell)
        if len(cell) > minors.LONGEST_STATUS:
            continue
        yield from minors.by_status(cell)
        if _topic_of(header) is _Topic.AGE and cell.isdecimal():
            yield from minors.by_age(cell)
