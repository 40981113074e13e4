"""Names within a run of Han: every surname is a candidate, weighed against the plain reading.

A candidate is weighed by how much cheaper the text reads with a name there than without
(``detectors.text.vocabulary``), plus what stands around it (``detectors.names.evidence``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from detectors.base import Hit
from detectors.names.demands import demanded
from detectors.names.edges import cut_short, whole
from detectors.names.evidence import (
    FAIR,
    HAN,
    LABELLED,
    Evidence,
    label_before,
    left_of,
    most_said,
    weigh,
    who_before,
)
from detectors.names.lattice import FOREIGN_LETTERS, plain_readings
from detectors.names.neighbours import (
    DOUBTFUL,
    Candidate,
    Free,
    among_goods,
    carried,
    goods,
    near,
)
from detectors.text.numerals import CHINESE_DIGITS
from detectors.text.vocabulary import NameStatistics, Words, cues, paper_endings, plain_cost
from review.finding import Entity

PRIOR = 5.5
"""Cost of beginning a name at all, in nats: about one word in 250 is a name."""
EVIDENCED = 1.0
"""The same where a label, a title or a form of address stands beside it."""
USUAL = 7.0
"""Words of one letter that cost less join other words wherever they stand (和, 同)."""
EVIDENCED_RARE = 4.0
"""The same for surnames that are everyday words as well (和, 同, 任意)."""
PLACE_LIKE = 5.0
"""Taken off names that end like a place (李卜村), goods (黄颡鱼) or a paper (花名册)."""
FOREIGN_LIKE = 7.0
"""Taken off names in letters that mostly write foreign sounds (雷吉纳)."""
OFTEN_GIVEN = 6.3
"""Cost to which the first letter of a given name is a usual one, in nats."""
SETTLEMENT_LIKE = 6.0
"""Taken off besides where it is the place of a house (马家堡, 王家坪): villages, stops."""
HOUSE_LIKE = 4.0
"""Taken off names that end in 家 and no word does: the household is meant (邱梅家养鸡)."""
SHOP_LIKE = 10.0
"""Taken off names that go on with 记, as shops are called (李记凉皮)."""
SPOKEN_OF = 2.5
"""What must speak for a name, in nats, that its ending like goods is forgiven."""
VERB_LIKE = 5.0
"""Taken off names that end in a verb of one letter, unless that makes a word (秋收)."""
HOPELESS = -10.0
"""A name this far behind the plain reading of its characters needs a label to be looked at."""
_NEVER_GIVEN = frozenset("的地了着与及是被把也都不某因第委办氏诉仟佰拾")
_NEVER_LAST = frozenset("未无已系曾所却仍户去股")
"""No given name ends with these: to hide 未 with a name would say the contrary (魏成未参保)."""
_VERBS = frozenset("收考逢赴驾携拨称说让")
_PLACE_ENDINGS = frozenset(
    "楼村镇县市区乡街路河族苑国庄屯寨港州省巷弄湾沟坝塘桥湖猪鱼虾蟹鸭鹅稻麦粳桃芹菜薯贷险券费税戏锁渡堤祠庙雉猴蛇蛙龟藻蒲蕨藓胺啶酮酯醇酸碱盐剂酶霉菌莓菇瓜笋藕"
)
_GIVEN_ENDINGS = frozenset("国锁")
"""Of these what often ends a given name whose first letter is a usual one (宝国, 金锁)."""
_OF_A_HOUSE = frozenset("堡坪坞洼峪冲垭岔湾庄沟屯寨")
_GIVEN_GOODS = frozenset("桃芹")
"""Of these the goods that are given as well (春桃): where somebody is spoken of, they are names."""
_SHORT = 2
_KEPT = 1 << 17
"""How many places' readings are remembered."""
_HAN = re.compile(f"[{HAN}]+")
_ONE = re.compile(f"[{HAN}]")
_WRITTEN_NUMBER = re.compile(f"[{CHINESE_DIGITS}]{{5,}}")
_DOCUMENT_YEAR = re.compile(r"[ ]?[〔\[【(（][ ]?(?:19|20)\d{2}[ ]?[〕\]】)）J][ ]?(?:第)?\d")
_Shape = tuple[int, float, float]
"""(length, cost, greatest margin) of a name that may begin somewhere."""


class _Shapes(NamedTuple):
    """Hold the names that may begin somewhere and the greatest margin of them all."""

    each: tuple[_Shape, ...]
    best: float


_COMPOUND = _Shapes((), math.inf)
"""Remembered for three characters that begin with a compound surname: a fourth decides."""
_Weighed = tuple[int, int, float, Evidence]
"""(start, length, cost, evidence) of a possible name."""


class RunReader:
    """Find the names that runs of Han hold."""

    def __init__(self, words: Words, names: NameStatistics) -> None:
        self._words = words
        self._names = names
        self._unfit, self._never = cues("unfit"), cues("never")
        verbs = (w for w in cues("act") | cues("verb") if len(w) > 1)
        self._papers = paper_endings()
        self._given = cues("given")
        self._barred = self._unfit.union(verbs)
        self._shapes: dict[str, _Shapes] = {}
        starts = names.common | names.rare | {compound[0] for compound in names.compound}
        self._start = re.compile(f"[{''.join(sorted(starts))}](?=[{HAN}])")

    def read(self, text: str, free: Free) -> Iterator[Hit]:
        """Yield the names on ``free`` ground: the evident, then those that these carry."""
        doubtful: list[Candidate] = []
        accepted: list[Candidate] = []
        for candidates in self._runs(text, free):
            for candidate in whole(text, candidates, self._words):
                good = candidate.total >= self._needed(text, candidate)
                (accepted if good else doubtful).append(candidate)
        begins = {c.start for c in (*accepted, *doubtful)}
        trade = goods(text, self._words, self._names)
        accepted = [
            c
            for c in accepted
            if c.evidence.score >= FAIR
            or (c.start not in trade and not among_goods(text, c, begins, self._names, free))
        ]
        doubtful = [c for c in doubtful if c.start not in trade]
        for candidate in accepted:
            evidence = candidate.evidence
            span = candidate.start, candidate.end
            yield Hit(Entity.PERSON, *span, evidence.score, evidence.reason)
        yield from carried(text, accepted, doubtful)
        yield from near(accepted, doubtful)

    def _needed(self, text: str, candidate: Candidate) -> float:
        name = text[candidate.start : candidate.end]
        if candidate.evidence.score < FAIR:
            thing = self._is_thing(self._names.split(name)[1])
            return demanded(text, candidate, self._words, thing=thing)
        if name[0] not in self._names.rare or self._is_no_word(name):
            return EVIDENCED
        return EVIDENCED_RARE

    def _is_no_word(self, name: str) -> bool:
        """Say whether of three letters neither two are a word nor the first is a usual one."""
        price = self._words.get
        parts = price(name[:2], math.inf), price(name[1:], math.inf)
        return len(name) == 3 and min(parts) == math.inf and price(name[0], math.inf) >= USUAL

    def _runs(self, text: str, free: Free) -> Iterator[list[Candidate]]:
        """Yield run by run the candidates that are worth a comparison with the plain reading."""
        weighed: list[_Weighed] = []
        first = last = 0
        for found in self._weighed(text, free):
            if found[0] >= last:
                if weighed:
                    yield self._compared(text, first, last, weighed)
                first, last = _run(text, found[0])
                weighed = []
            weighed.append(found)
        if weighed:
            yield self._compared(text, first, last, weighed)

    def _weighed(self, text: str, free: Free) -> Iterator[_Weighed]:
        """Weigh every surname with one or two characters after it, where a name is not hopeless."""
        known, unread = self._shapes, _COMPOUND.best
        written = {at for m in _WRITTEN_NUMBER.finditer(text) for at in range(*m.span())}
        for match in self._start.finditer(text):
            at = match.start()
            window = text[at : at + 3]
            each, best = known.get(window, _COMPOUND)
            if best == unread:
                each, best = self._shapes_of(window, text[at : at + 4])
                if window[:2] in self._names.compound and _ends_title(text, at):
                    continue
            if not each or at in written:
                continue
            if best <= HOPELESS and not label_before(text, at):
                continue
            before = left_of(text, at)
            for size, cost, bound in each:
                end = at + size
                if bound <= HOPELESS and before.weight < LABELLED:
                    continue
                if bound <= DOUBTFUL and bound + most_said(text, at, end, before) <= DOUBTFUL:
                    continue
                if not free(at, end) or cut_short(text, at, end):
                    continue
                evidence = weigh(text, at, end, before)
                if size > _SHORT and evidence.weight >= SPOKEN_OF and text[end - 1] in _GIVEN_GOODS:
                    cost, bound = cost - PLACE_LIKE, bound + PLACE_LIKE
                if bound + evidence.weight > DOUBTFUL:
                    yield at, size, cost, evidence

    def _compared(
        self, text: str, first: int, last: int, weighed: Iterable[_Weighed]
    ) -> list[Candidate]:
        """Set the readings of a run with a name against the one without."""
        if last - first < 12 and _DOCUMENT_YEAR.match(text, last):
            return []
        plain, rest = plain_readings(text[first:last], self._words)
        return [
            Candidate(
                at,
                at + size,
                plain[-1] - (plain[at - first] + cost + PRIOR + rest[at - first + size]),
                evidence,
            )
            for at, size, cost, evidence in weighed
        ]

    def _shapes_of(self, window: str, wider: str) -> _Shapes:
        """Give the names that the next three, or four, characters allow; remember them."""
        if len(self._shapes) >= _KEPT:
            self._shapes.clear()
        if window[:2] not in self._names.compound:
            shapes = self._shapes[window] = _gathered(self._read_shapes(window, 1))
            return shapes
        self._shapes[window] = _COMPOUND
        wider = wider.ljust(4)
        if wider not in self._shapes:
            self._shapes[wider] = _gathered(self._read_shapes(wider, 2))
        return self._shapes[wider]

    def _read_shapes(self, window: str, head: int) -> Iterator[_Shape]:
        surname = window[:head]
        if window[head : head + 2] in self._barred:
            return
        for size in (head + 1, head + 2):
            given = window[head:size]
            if not _HAN.fullmatch(given) or len(given) < size - head or given in self._unfit:
                continue
            if not _NEVER_GIVEN.isdisjoint(given) or given[1:] in _NEVER_LAST:
                continue
            name = surname + given
            if name in self._never or name[:2] in self._never:
                continue
            cost = self._names.cost(surname, given) + self._unlikely(given)
            yield size, cost, plain_cost(name, self._words) - cost - PRIOR

    def _unlikely(self, given: str) -> float:
        """Price endings of places, households and verbs, and foreign sounds, in nats."""
        cost = PLACE_LIKE if self._is_thing(given) else 0.0
        cost += SETTLEMENT_LIKE if given[:1] == "家" and given[1:] in _OF_A_HOUSE else 0.0
        foreign = len(given) == 2 and FOREIGN_LETTERS.issuperset(given)
        house = given[1:] == "家" and self._words.get(given, math.inf) == math.inf
        cost += HOUSE_LIKE if house else 0.0
        cost += SHOP_LIKE if given[0] == "记" else 0.0
        if given[1:] in _VERBS and given not in self._names.pair:
            cost += VERB_LIKE if self._words.get(given, math.inf) == math.inf else 0.0
        return cost + (FOREIGN_LIKE if foreign else 0.0)

    def _is_thing(self, given: str) -> bool:
        """Tell whether a name ends like a place, goods or a paper."""
        place = given[-1] in _PLACE_ENDINGS and not self._is_given(given)
        return place or given[-1] in self._papers

    def _is_given(self, given: str) -> bool:
        """Tell whether a name ends like a place and is one yet: 建国, 宝国; not 员国 (成员国)."""
        if given in self._given:
            return True
        often = self._names.first.get(given[0], math.inf) <= OFTEN_GIVEN
        return (
            given[1:] in _GIVEN_ENDINGS and often and self._words.get(given, math.inf) == math.inf
        )


def _gathered(shapes: Iterable[_Shape]) -> _Shapes:
    each = tuple(shapes)
    return _Shapes(each, max((bound for _, _, bound in each), default=-math.inf))


def _run(text: str, at: int) -> tuple[int, int]:
    """Give the bounds of the run of Han around ``at``."""
    match = _HAN.match(text, at)
    last = match.end() if match else at
    while at and _ONE.match(text[at - 1]):
        at -= 1
    return at, last


def _ends_title(text: str, at: int) -> bool:
    """Say whether the first letter of a compound surname ends a title (护士长|孙丽)."""
    return not text.startswith(text[at], at - 1) and bool(who_before(text, at + 1))
