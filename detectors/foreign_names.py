"""Names of foreigners and minorities without a middle dot: told by their sounds and by context.

Runs of characters that write foreign sounds are read against ordinary words, Han names and the
known places, brands and loanwords (``detectors.foreign_reading``); what is left is weighed here
by what stands around it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from detectors.base import Hit
from detectors.foreign_reading import Piece, Reader
from detectors.foreign_sounds import parts
from detectors.name_evidence import FAIR, WEAK, Evidence, weigh
from detectors.vocabulary import NameStatistics, Words
from review.finding import Entity

NEEDED = 3.0
"""How much must speak for a person, in nats."""
KINDS = {
    "person": 2.0,
    "either": 0.5,
    "minority": 4.0,
    "part": 0.0,
    "unknown": 0.0,
    "place": -3.0,
    "abroad": -16.0,
    "home": -16.0,
    "thing": -16.0,
}
"""What the kind of a piece says by itself, in nats."""
THINGS = frozenset({"abroad", "home", "thing"})
NAMELIKE = frozenset({"person", "either", "unknown", "part"})
LENGTHS = {2: -3.0, 3: 0.5}
"""What the length says; from four characters on hardly anything but a name sounds foreign."""
LONG = 1.5
BESIDE = 4.0
"""What a neighbour in a list says, for a person or against one."""
SUFFIXED = -10.0
AT_PLACE = -4.0
FOLLOWED = -2.5
"""Another word right behind makes an eponym (斯特林发动机), unless persons are followed by it."""
AMONG_THINGS = -5.0
"""Members of an enumeration in which places, brands or remedies are named are such things, too."""
_AFTER = re.compile(
    r"[国州省市县区镇乡村路街岛湖江河山海洋港湾角峡郡邦城堡宫寺庙桥站场馆队杯奖节年族语文教派系型式牌版号级类业病症菌毒素酸"
    r"片粒胶针剂油法律车机舰弹枪炮币]|(?:群岛|半岛|海峡|运河|高原|盆地|沙漠|草原|俱乐部|球[队场员迷]|地区|共和|王国|帝国|联邦|"
    r"公国|酋长|战[争役]|条约|协[定议]|宣言|公约|会议|公报|峰会|进程|方程|定理|效应|主义|思想|指数|系数|药业|制药|集团|控股|"
    r"股份|科技|电子|电器|品牌|酒店|饭店|银行|基金|证券|大学|学院|医院|研究|实验室|公司|航空|时报|邮报|日报|周刊|新闻|通讯社|"
    r"电视|广播|当[地局]|境内|[东西南北中]部)|人(?![士说称])"
)
_STILL_PERSON = re.compile(
    r"法官|文[章集中]|路过|病[逝故]|年[仅近]|号召|海关|路[透经]|教[练授]|市长|省长|州长|县长|村民"
)
_PLACE_BEFORE = re.compile(r"(?:[在到赴于往抵驻]|位于|前往|来自|飞往|出访|途经|进口自|产自|原产)\Z")
_AFTER_PERSON = re.compile(
    r"[^\u4e00-\u9fff]|[的在是也又还将已曾就都则却便从对向把被让给于以因为和与及同说称率任当获等先首今昨上下前后之本亦均虽不没未要会能可应该只才刚正更最很非认表指强透宣谈补介告回坦呼批警承否证坚相希期建提主出参访会抵来到去离开当担连入代执带领打踢射传接跑进攻得击败战胜输赢失夺攻头左右小大远近]"
)
_REMEDY = re.compile("|".join(sorted(parts("remedy"))))
_STOP = re.compile(r"[。;；!！?？:：\n]")
_LINK = re.compile("[ ]?[、,，][ ]?|和|与|及|以及|同")
_LINK_BEFORE = re.compile(rf"(?:{_LINK.pattern})\Z")


@dataclass(frozen=True, slots=True)
class _Judged:
    """Hold a piece with what speaks for a person."""

    piece: Piece
    evidence: Evidence
    weight: float


class ForeignNames:
    """Find names in foreign sounds, and the ground where no Han name can begin."""

    def __init__(self, words: Words, names: NameStatistics) -> None:
        self._reader = Reader(words, names)

    def read(self, text: str, found: Iterable[Hit] = ()) -> tuple[list[Hit], list[tuple[int, int]]]:
        """Give the names of persons and the stretches that are other things in foreign sounds.

        Names already ``found`` speak for those that stand in one list with them.
        """
        pieces = list(self._reader.pieces(text))
        if not pieces:
            return [], []
        judged = [_judge(text, piece) for piece in pieces]
        judged = list(_neighbours(text, _enumerated(text, judged), found))
        hits = [_hit(one) for one in judged if one.weight >= NEEDED]
        ground = [
            (one.piece.start, one.piece.end)
            for one in judged
            if one.weight < NEEDED and (one.piece.kind not in ("unknown", "part") or one.weight < 0)
        ]
        return hits, ground


def _judge(text: str, piece: Piece) -> _Judged:
    start, end = piece.start, piece.end
    evidence = weigh(text, start, end)
    weight = evidence.weight + KINDS[piece.kind]
    weight += LENGTHS.get(end - start, LONG) if piece.kind in NAMELIKE else 0.0
    right = text[end : end + 4]
    if evidence.score < WEAK and not _AFTER_PERSON.match(right + "。"):
        weight += FOLLOWED
    if text[start - 1 : start] == "·" or right[:1] == "·":
        weight += SUFFIXED
    if _REMEDY.search(text, start + 1, end + 3):
        weight += SUFFIXED
    if _AFTER.match(right) and not _STILL_PERSON.match(right):
        weight = min(weight, 0.0) + SUFFIXED
    if _PLACE_BEFORE.search(text[max(0, start - 3) : start]):
        weight += AT_PLACE
    return _Judged(piece, evidence, weight)


def _enumerated(text: str, judged: Sequence[_Judged]) -> Sequence[_Judged]:
    """Take bare members of an enumeration of things for such things."""
    stops = [stop.start() for stop in _STOP.finditer(text)]
    sentences = [bisect(stops, one.piece.start) for one in judged]
    things = Counter(
        sentence
        for one, sentence in zip(judged, sentences, strict=True)
        if one.piece.kind in THINGS and _enumerates(text, one.piece)
    )
    return [
        replace(one, weight=one.weight + AMONG_THINGS)
        if things[sentence] > 1 and one.evidence.score < WEAK and _enumerates(text, one.piece)
        else one
        for one, sentence in zip(judged, sentences, strict=True)
    ]


def _enumerates(text: str, piece: Piece) -> bool:
    return "、" in (text[max(0, piece.start - 1) : piece.start], text[piece.end : piece.end + 1])


def _neighbours(text: str, judged: Sequence[_Judged], found: Iterable[Hit]) -> Iterator[_Judged]:
    """Let the members of a list speak for and against each other."""
    said = {(hit.start, hit.end): 1 for hit in found if hit.entity is Entity.PERSON}
    for one in judged:
        sure = (one.weight >= NEEDED) - (one.piece.kind in THINGS)
        said[one.piece.start, one.piece.end] = sure
    starts = {start: sure for (start, _), sure in said.items()}
    ends = {end: sure for (_, end), sure in said.items()}
    for one in judged:
        link, before = (
            _LINK.match(text, one.piece.end),
            _LINK_BEFORE.search(text[max(0, one.piece.start - 3) : one.piece.start]),
        )
        favour = starts.get(link.end(), 0) if link else 0
        favour += ends.get(one.piece.start - len(before.group()), 0) if before else 0
        evidence = one.evidence
        if favour > 0 and evidence.score < FAIR:
            evidence = evidence._replace(score=FAIR, reason="与其他姓名并列")
        yield replace(one, weight=one.weight + BESIDE * favour, evidence=evidence)


def _hit(one: _Judged) -> Hit:
    score, reason = one.evidence.score, one.evidence.reason
    if score < FAIR:
        minority = one.piece.kind in ("minority", "part")
        score = FAIR if minority else max(score, WEAK)
        reason = "少数民族姓名用字" if minority else "外国人名译音用字"
    return Hit(Entity.PERSON, one.piece.start, one.piece.end, score, reason)
