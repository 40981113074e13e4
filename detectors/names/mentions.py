"""People spoken of by less than their name: 张局长, 王女士, 老李, 王姓男子, and a given name alone.

None of these is a finding by itself: ``detectors.people.linking`` decides whose they are, and drops
what is nobody's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from detectors.names.evidence import is_han, weigh
from detectors.text.occurrences import apart, everywhere
from detectors.text.vocabulary import cues, name_statistics, word_list

DETECTOR = "mentions"
SCORE = 0.55
"""Below every full name: the surest written form of a person tells his surname."""

_ALONE = 2.0
"""What must speak for a given name that stands alone, in nats: both sides end a word."""


class Address(StrEnum):
    """Say what a form of address tells: manners, an office, a trade, closeness, a given name."""

    COURTESY = "courtesy"
    OFFICE = "office"
    TRADE = "trade"
    FAMILIAR = "familiar"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Mention:
    """Mark the part that stands for a name: offsets in the text, end exclusive.

    ``name`` is the surname (of ``GIVEN`` the given name), ``title`` the address beside it,
    ``sex`` 男 or 女 where the address tells.
    """

    start: int
    end: int
    name: str
    kind: Address
    title: str = ""
    sex: str = ""

    @property
    def letters(self) -> str:
        """Give the whole mention as one would say it."""
        familiar = self.kind is Address.FAMILIAR
        return self.title + self.name if familiar else self.name + self.title


_WOMAN = "女士|小姐|太太|夫人|阿姨|大妈|大娘|大嫂|大姐|奶奶|婆婆"
_MAN = "先生|大爷|大叔|大伯|大哥|爷爷|老汉"
_OFFICE = (
    "副?(?:局长|厅长|部长|处长|科长|股长|所长|站长|队长|大队长|支队长|省长|市长|区长|县长|镇长|乡长|州长|"
    "主任|书记|主席|院长|校长|庭长|检察长|秘书长|组长|政委|指导员|教导员|村长|会长)|"
    "常委|委员|法官|检察官|警官|民警|支书|村主任|审判员|书记员"
)
_TRADE = "老师|医生|大夫|护士|律师|教授|师傅|同学|老板|经理|工程师|会计|同志"
_KIND = (
    "男子|女子|男性|女性|男孩|女孩|男童|女童|老人|村民|居民|业主|司机|驾驶员|学生|同学|员工|职工|市民|患者|死者|"
    "伤者|群众|男|女"
)
_NEAR = "老小阿"
_COMMON = 11.0
"""Cost, in nats, below which 老师 is a word; the word lists hold 老王 as well, but dearer."""
_ADDRESS = re.compile(
    rf"姓(?P<some>{_KIND})|(?P<courtesy>{_WOMAN}|{_MAN})|(?P<office>{_OFFICE})|(?P<trade>{_TRADE})"
)
_HELD_BEFORE = re.compile(rf"(?P<title>{_OFFICE})(?:[:：]|同志)?[ ]?\Z")
_HELD_AFTER = re.compile(
    rf"(?:[ ]?同志)?(?:[ ]?[,，(（、:：][ ]?|[ ]|(?:时任|现任|原任|曾任|担任|兼任|任|系|为|是))?"
    rf"(?P<body>[^。！!？?；;\n,，、:：()（）您你我向对找被由经与和及跟给将把让请]{{0,16}}?)"
    rf"(?P<title>{_OFFICE})(?!信箱|热线|接[访待])"
)


def titles_beside(before: str, after: str) -> frozenset[str]:
    """List the titles of office, without 副, that are joined to a name on either side.

    What follows without a pause must follow at once: 张三反映，李局长 gives 张三 no office.
    """
    held = [m["title"] for m in (_HELD_BEFORE.search(before),) if m]
    if (match := _HELD_AFTER.match(after)) and (match.start("body") or not match["body"]):
        names = name_statistics()
        addressed = match["body"][-1:] in names.common and len(match["body"]) == 1
        held += [] if addressed else [match["title"]]
    return frozenset(title.removeprefix("副") for title in held)


def mentions(text: str, surnames: Collection[str]) -> Iterator[Mention]:
    """Find the given surnames with an address, in order of place; linear in the text."""
    for start, end in apart(surnames, text):
        if mention := _addressed(text, start, end) or _familiar(text, start, end):
            yield mention


def _addressed(text: str, start: int, after: int) -> Mention | None:
    match = _ADDRESS.match(text, after)
    if match is None or _inside_word(text, start, after):
        return None
    if word_list().get(text[start : match.end()], 0.0):
        return None
    surname = text[start:after]
    if some := match["some"]:
        return Mention(start, after + 1, surname, Address.COURTESY, "姓" + some, _sex(some))
    if courtesy := match["courtesy"]:
        return Mention(start, after, surname, Address.COURTESY, courtesy, _sex(courtesy))
    if office := match["office"]:
        return Mention(start, after, surname, Address.OFFICE, office.removeprefix("副"))
    return Mention(start, after, surname, Address.TRADE, match["trade"])


def _familiar(text: str, place: int, end: int) -> Mention | None:
    """Read 老王, 小李; 小康社会 and 小马过河 are words."""
    start = place - 1
    if place == 0 or text[start] not in _NEAR or end - place > 1:
        return None
    known = word_list()
    after, before = text[end : end + 1], text[max(0, start - 1) : start]
    if is_han(after) and (after == "姓" or known.get(text[start : end + 1], 0.0)):
        return None
    words = (
        is_han(after) and known.get(text[place] + after, 0.0),
        is_han(before) and known.get(before + text[start], 0.0),
        known.get(text[start:end], math.inf) < (_COMMON if text[start] == "老" else math.inf),
    )
    return None if any(words) else Mention(start, end, text[place], Address.FAMILIAR, text[start])


def _inside_word(text: str, start: int, after: int) -> bool:
    """Tell 对王局长 from 公安局长, and 高校长 from 高校长期."""
    known = word_list()
    before = text[max(0, start - 1) : start]
    if is_han(before) and known.get(before + text[start], 0.0):
        return True
    ends = text[after : after + 4]
    return bool(
        known.get(text[after - 1 : after + 1], 0.0)
        and len(ends) > 2
        and (known.get(ends[1:3], 0.0))
        and not known.get(ends[:2], math.inf) < known.get(ends[1:3], math.inf)
    )


def given_alone(text: str, given: Collection[str]) -> Iterator[Mention]:
    """Find given names of two characters that stand alone; linear, however many there are.

    Everyday words (建国) and what a surname stands before are left: that is another's name.
    """
    known, names = word_list(), name_statistics()
    wanted = {name for name in given if len(name) == 2 and not known.get(name, 0.0)}
    for start, end in everywhere(wanted - cues("given") - cues("unfit"), text):
        before = text[max(0, start - 1) : start]
        if before and (before in names.common or before in names.rare):
            continue
        if weigh(text, start, end).weight >= _ALONE:
            yield Mention(start, end, text[start:end], Address.GIVEN)


def _sex(address: str) -> str:
    if "女" in address or re.fullmatch(_WOMAN, address):
        return "女"
    return "男" if "男" in address or re.fullmatch(_MAN, address) else ""
