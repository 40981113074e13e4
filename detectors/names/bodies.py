"""Ground on which no person is named: what a village, a firm or an office of lawyers is called.

All are public: a village is no person though one has its letters, and the name of a firm is
published as registered (企业信息公示暂行条例).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detectors.names.evidence import HAN
from detectors.text.telltales import headed
from review.divisions import cut_short, first_known, shortened

_COLLECTIVE = "(?:股份)?经济(?:股份)?(?:合作|联合)总?社"
# 张建村村委会主任 may be the head himself, 联系人：张建村委会 somebody of the committee.
_COMMITTEE = "(?:村委会|村?民?委员会|委会)(?!副?主任|委员|干部|成员)"
_RULES = rf"(?:{_COLLECTIVE}|{_COMMITTEE})"
_VILLAGE = re.compile(
    rf"(?:(?<![{HAN}:：])|(?<=[乡镇县区市])|(?<=街道))[{HAN}]{{1,4}}?(?<![在到去找由经从至向])(?:村|社区)(?={_RULES})"
    rf"|(?<=[:：])[{HAN}]{{1,4}}?(?:村|社区)(?={_COLLECTIVE})"
)
_FOLLOWED = re.compile(rf"村(?={_RULES})|社区(?={_RULES})")
"""Stands in every text in which a village is called so, and is found much faster."""
_OFFICE = headed(
    "(?:律师|会计师|税务师|审计师|造价师|评估师|专利代理)事务所|法律服务所|公证处|司法鉴定[所中]"
)
_FIRM = headed("有限(?:责任)?公司|股份(?:有限)?公司|集团公司|农民专业合作社")
_PARTING = re.compile(
    rf"[^{HAN}]|[在到的从与和及于是将把对向因了去由被给其该让叫说称诉告欠任系为等或]|经营|负责|提供|起诉|委托"
)
"""No firm has it in its name: what a firm is called begins behind the last of them."""
_REACH = 14
_SHORTEST = 2
_APART = re.compile(f"[^{HAN}]")


def bodies(text: str) -> Iterator[tuple[int, int]]:
    """Yield where villages stand that the text calls so, offices of lawyers, and firms.

    Of firms only those that begin with their place: 怀化博文教育有限公司 is registered with it
    (企业名称登记管理规定 6), and its letters read on as a name.
    """
    called = _VILLAGE.finditer(text) if _FOLLOWED.search(text) else ()
    if villages := {match.group() for match in called}:
        for match in re.finditer("|".join(sorted(villages, key=len, reverse=True)), text):
            yield match.span()
    for office in _OFFICE.finditer(text):
        yield _beginning(text, office.start()), office.end()
    for firm in _FIRM.finditer(text):
        left = _behind(_PARTING, text, firm.start())
        if (first := _place(text, left, firm.start())) is not None:
            yield first, firm.end()


def _place(text: str, start: int, end: int) -> int | None:
    """Give where the place begins that a firm is called by, without its ending (怀化)."""
    return next((at for at in range(start, end - _SHORTEST) if shortened(text, at) > at), None)


def is_village(text: str, name: str) -> bool:
    """Say whether a village is called ``name`` somewhere in the text."""
    return re.search(rf"{re.escape(name)}{_RULES}", text) is not None


def _beginning(text: str, at: int) -> int:
    """Give where the name of an office begins: at its city or province, else two letters before."""
    left = _behind(_APART, text, at)
    for first in range(left, at - _SHORTEST):
        if first_known(text, first, at) == first or cut_short(text, first) > first:
            return first
    return max(left, at - _SHORTEST)


def _behind(parting: re.Pattern[str], text: str, at: int) -> int:
    """Give where the last of what parts ends before ``at``, within reach."""
    left = max(0, at - _REACH)
    return max((gap.end() for gap in parting.finditer(text, left, at)), default=left)
