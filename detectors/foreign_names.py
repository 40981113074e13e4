"""Names of foreigners and minorities without a middle dot: told by their sounds and by context.

Runs of characters that write foreign sounds are read against ordinary words, Han names and the
known places, brands and loanwords (``detectors.foreign_reading``); what is left is weighed here
by what stands around it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    "part": 2.0,
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
LONG = 2.0
BESIDE = 4.0
"""What a neighbour in a list says, for a person or against one."""
SUFFIXED = -10.0
AT_PLACE = -4.0
BARE_WEIGHT = 1.5
"""The most that punctuation and common verbs beside an unknown name say."""
ALONE = 1.5
"""What it says that a part of minorities' names fills a cell or a line."""
NEAR = 4.0
"""What a calling right before or kin right behind says."""
FOLLOWED = -2.5
"""Another word right behind makes an eponym (斯特林发动机), unless persons are followed by it."""
AMONG_THINGS = -5.0
"""Members of an enumeration in which places, brands or remedies are named are such things, too."""
_AFTER = re.compile(
    r"[国州省市县区镇乡村坪寨沟坝塘屯庄组社店路街岛湖江河山海洋港湾角峡郡邦城堡宫寺庙桥站场馆队杯奖节年族语文教派系型式牌版号级类业病症菌毒素酸"
    r"片粒胶针剂油法律车机舰弹枪炮币]|(?:群岛|半岛|海峡|运河|高原|盆地|沙漠|草原|俱乐部|球[队场员迷]|地区|共和|王国|帝国|联邦|"
    r"公国|酋长|战[争役]|条约|协[定议]|宣言|公约|会议|公报|峰会|进程|方程|定理|效应|主义|思想|指数|系数|药业|制药|集团|控股|"
    r"股份|科技|电子|电器|品牌|酒店|饭店|银行|基金|证券|大学|学院|医院|研究|实验室|公司|航空|时报|邮报|日报|周刊|新闻|通讯社|"
    r"电视|广播|当[地局]|境内|[东西南北中]部|以[东西南北]|消息|警方|附近|周边|一带|等地|牧场|[农林]场|嘎查|苏木|合作社|餐[馆厅]|口岸|工厂|分公司)|人(?![士说称])"
)
_STILL_PERSON = re.compile(
    r"法官|文[章集中]|路过|病[逝故]|年[仅近]|号召|海关|路[透经]|教[练授]|市长|省长|州长|县长|村民"
)
_PLACE_BEFORE = re.compile(
    r"(?:(?<![关对由鉴基归属等])于|[在到赴往抵驻至据距离沿]|来自|访问|途经|进口自|产自|原产|覆盖|连接|联通|连通|毗邻|停靠|直飞|首都|省会|首府|州府|省|州|市|县|岛)\Z"
)
_AFTER_PERSON = re.compile(
    r"[^\u4e00-\u9fff]|信访|举报|申请|违法|违规|涉嫌|犯罪|不服|诉|一案|家[庭有]|户|所有|名下|作[出为]|[的在是也又还将已曾就都则却便从对向把被让给于以因为和与及同说称率任当获等先首今昨上下前后之本亦均虽不没未要会能可应该只才刚正更最很非认表指强透宣谈补介告回坦呼批警承否证坚相希期建提主出参访会抵来到去离开当担连入代执带领打踢射传接跑进攻得击败战胜输赢失夺攻头左右小大远近]"
)
_REMEDY = re.compile("|".join(sorted(parts("remedy"))))
_ROLE_BEFORE = re.compile(
    r"(?:外援|主力|前锋|前卫|中场|后卫|门将|名将|球星|球员|主帅|教练|选手|影星|歌星|歌手|导演|名导|作家|诗人|画家|学者|专家|"
    r"物理学家|化学家|数学家|哲学家|思想家|飞行员|宇航员|航天员|司令官?|将军|上将|中将|少将|元帅|国王|女王|王子|公主|教皇|主教|"
    r"神父|牧师|大使|公使|领事|特使|特派员|发言人|总干事|秘书长|议员|议长|法官|律师|记者|毒枭|凶手|嫌犯|逃犯|富豪|商人|老板|"
    r"模特|外教|外商|名叫|妻子|丈夫|儿子|女儿|弟弟|哥哥|姐姐|妹妹|父亲|母亲)\Z"
)
_OWN = re.compile(
    r"的?(?:妻子|丈夫|儿子|女儿|父亲|母亲|妹妹|哥哥|弟弟|姐姐|子女|孩子|家人|家属|遗孀|律师|助手|秘书|同伙|学生)|之[子女妻父母弟兄]"
)
_ALONE = re.compile(r"[ \u3000\t\n|]|\Z")
_STOP = re.compile(r"[。;；!！?？:：\n]")
_LINK = re.compile("[ ]?[、,，][ ]?|和|与|及|以及|同")
_LINK_BEFORE = re.compile(rf"(?:{_LINK.pattern})\Z")


@dataclass(frozen=True, slots=True)
class _Judged:
    """Hold a piece with what speaks for a person."""

    piece: Piece
    evidence: Evidence
    weight: float
    thing: bool
    """Whether it is known or placed as something else than a person."""


class ForeignNames:
    """Find names in foreign sounds, and the ground where no Han name can begin."""

    def __init__(self, words: Words, names: NameStatistics) -> None:
        self._reader = Reader(words, names)

    def read(self, text: str) -> Reading:
        """Judge every piece of a text that is written in foreign sounds."""
        judged = [_judge(text, piece) for piece in self._reader.pieces(text)]
        return Reading(text, _enumerated(text, judged))


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what a text holds in foreign sounds."""

    text: str
    judged: Sequence[_Judged]

    def names(self, found: Iterable[Hit] = ()) -> Iterator[Hit]:
        """Yield the persons; names ``found`` otherwise speak for those in one list with them."""
        for one in _neighbours(self.text, self.judged, found):
            if one.weight >= NEEDED:
                yield _hit(one)

    def ground(self) -> Iterator[tuple[int, int]]:
        """Yield the stretches (start, end) that are other things, so that no Han name is there."""
        for one in self.judged:
            doubtful = one.piece.kind in ("unknown", "part") and one.weight >= 0
            if one.weight < NEEDED and not doubtful:
                yield one.piece.start, one.piece.end


def _judge(text: str, piece: Piece) -> _Judged:
    start, end = piece.start, piece.end
    evidence = weigh(text, start, end)
    weight = evidence.weight + KINDS[piece.kind]
    if piece.kind == "unknown" and evidence.score < WEAK:
        weight = min(evidence.weight, BARE_WEIGHT) - _enumerates(text, piece)
    weight += LENGTHS.get(end - start, LONG) if piece.kind in NAMELIKE else 0.0
    right = text[end : end + 4]
    if evidence.score < WEAK and not _AFTER_PERSON.match(right + "。"):
        weight += FOLLOWED
    if evidence.score < FAIR:
        near = text[max(0, start - 4) : start]
        weight += NEAR if _ROLE_BEFORE.search(near) else 0.0
        weight += NEAR if _OWN.match(text, end) else 0.0
    if piece.kind == "part" and end - start > 2 and _ALONE.match(text, end):
        weight += ALONE if _ALONE.search(text[max(0, start - 1) : start] or "\n") else 0.0
    if text[start - 1 : start] == "·" or right[:1] == "·":
        weight += SUFFIXED
    if _REMEDY.search(text, start + 1, end + 3):
        weight += SUFFIXED
    suffixed = _AFTER.match(right) and not _STILL_PERSON.match(right)
    if suffixed:
        weight = min(weight, 0.0) + SUFFIXED
    placed = _PLACE_BEFORE.search(text[max(0, start - 3) : start])
    weight += AT_PLACE if placed else 0.0
    thing = piece.kind in THINGS or (weight < NEEDED and (placed or suffixed))
    return _Judged(piece, evidence, weight, bool(thing))


def _enumerated(text: str, judged: Sequence[_Judged]) -> Sequence[_Judged]:
    """Take bare members of an enumeration of things for such things."""
    if not judged:
        return judged
    stops = [stop.start() for stop in _STOP.finditer(text)]
    sentences = [bisect(stops, one.piece.start) for one in judged]
    things = Counter(
        sentence
        for one, sentence in zip(judged, sentences, strict=True)
        if one.thing and _enumerates(text, one.piece)
    )
    return [
        replace(one, weight=one.weight + AMONG_THINGS)
        if things[sentence] and one.evidence.score < WEAK and _enumerates(text, one.piece)
        else one
        for one, sentence in zip(judged, sentences, strict=True)
    ]


def _enumerates(text: str, piece: Piece) -> bool:
    return "、" in (text[max(0, piece.start - 1) : piece.start], text[piece.end : piece.end + 1])


def _neighbours(text: str, judged: Sequence[_Judged], found: Iterable[Hit]) -> Iterator[_Judged]:
    """Let the members of a list speak for and against each other."""
    said = {(hit.start, hit.end): 1 for hit in found if hit.entity is Entity.PERSON}
    for one in judged:
        sure = (one.weight >= NEEDED) - one.thing
        said[one.piece.start, one.piece.end] = sure
    starts = {start: sure for (start, _), sure in said.items()}
    ends = {end: sure for (_, end), sure in said.items()}
    order = [*judged, *reversed(judged)]
    settled: dict[Piece, _Judged] = {}
    for one in order:
        now = settled[one.piece] = _beside(text, one, starts, ends)
        if now.weight >= NEEDED:
            starts[one.piece.start] = ends[one.piece.end] = 1
    yield from settled.values()


def _beside(text: str, one: _Judged, starts: Mapping[int, int], ends: Mapping[int, int]) -> _Judged:
    """Add to what speaks for a person what its neighbours in a list say."""
    start, end = one.piece.start, one.piece.end
    link, before = _LINK.match(text, end), _LINK_BEFORE.search(text[max(0, start - 3) : start])
    favour = starts.get(link.end(), 0) if link else 0
    favour += ends.get(start - len(before.group()), 0) if before else 0
    if one.thing:
        favour = min(favour, 0)
    evidence = one.evidence
    if favour > 0 and evidence.score < FAIR:
        evidence = evidence._replace(score=FAIR, reason="与其他姓名并列")
    return replace(one, weight=one.weight + BESIDE * favour, evidence=evidence)


def _hit(one: _Judged) -> Hit:
    score, reason = one.evidence.score, one.evidence.reason
    if score < FAIR:
        minority = one.piece.kind in ("minority", "part")
        score = FAIR if minority else max(score, WEAK)
        reason = "少数民族姓名用字" if minority else "外国人名译音用字"
    return Hit(Entity.PERSON, one.piece.start, one.piece.end, score, reason)
