"""Names of persons: surnames raise candidates, statistics and context decide.

A candidate is weighed by how much cheaper the text reads with a name there than without
(``detectors.vocabulary``), plus what stands around it (``detectors.name_evidence``).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from detectors.base import Hit, Passage
from detectors.name_evidence import BARE, FAIR, HAN, STRONG, WEAK, Evidence, label_before, weigh
from detectors.vocabulary import (
    NameStatistics,
    Words,
    backward,
    cues,
    forward,
    name_statistics,
    plain_cost,
    word_list,
)
from review.finding import Entity

PRIOR = 5.5
"""Cost of beginning a name at all, in nats: about one word in 250 is a name."""
THRESHOLD = 4.0
"""How many nats a name must be ahead of the plain reading, evidence included."""
EVIDENCED = 1.0
"""The same where a label, a title or a form of address stands beside it."""
EVIDENCED_RARE = 4.0
"""The same for surnames that are everyday words as well (和, 同, 任意)."""
PLACE_LIKE = 5.0
"""Taken off names that end like a place (李卜村)."""
FOREIGN_LIKE = 7.0
"""Taken off names in letters that mostly write foreign sounds (雷吉纳)."""
DEAR = 7.5
"""Cost of a character, in nats, above which a few of them are hardly ordinary words."""
HOPELESS = -10.0
"""A name this far behind the plain reading of its characters needs a label to be looked at."""
DOUBTFUL = -2.0
"""A name this far behind, evidence included, may still be carried by its neighbours in a list."""
_MASKS = frozenset("某*＊×")
_NEVER_GIVEN = frozenset("的了着与及是被把也都不某")
_PLACE_ENDINGS = frozenset("楼村镇县市区乡街路河族苑国庄屯寨港州省")
_FOREIGN_LETTERS = frozenset(
    "尔斯特拉克里维巴姆雷纳乌迪内逊莫罗萨塔帕茨兹耶弗夫奥伊阿艾埃卢奇科鲁谢列佩托诺尼奈洛格朗贝蒂德费卡基加图戈瓦西亚比莱布塞吉古莎瑞"
)
RECALL_MARGIN = -3.0
"""A bare occurrence of an evidenced name may lose this much against the plain reading."""

RECALL_WORD = 2.0
"""What a name that is an ordinary word as well (高峰) must be ahead to be recalled."""
RARE_WORD = 14.5
"""Words that cost more are too rare to count as ordinary."""
FOREIGN_NAME = 20.0
"""Cost of a name without a known surname."""

_RUN = re.compile(rf"[{HAN}]+")
_SPACED = re.compile(rf"(?<![{HAN}])[{HAN}](?:[ \u3000]{{1,4}}[{HAN}]){{1,2}}(?=等|(?![{HAN}]))")
_TRANSLITERATED = (
    "阿埃艾爱安昂奥澳巴白班邦保鲍贝本比彼别宾波玻伯勃博卜布查达戴丹当道得德登邓狄迪蒂丁东杜敦顿多厄恩尔法凡范菲费芬丰冯佛"
    "夫弗福伏盖甘冈高戈哥歌格葛根古瓜圭果哈海汉豪赫黑亨洪胡华怀惠霍基吉季加贾简姜杰金喀卡凯坎康柯科克肯孔库奎拉莱赖兰朗劳勒"
    "雷蕾黎里李理利丽莉立连莲良列林琳留柳龙卢鲁路露伦罗洛吕律马玛迈麦曼芒毛梅门蒙孟米密缅敏明缪摩莫默姆穆木娜那纳乃奈南内"
    "妮尼年涅宁牛纽农努诺欧帕派潘庞佩彭蓬皮平普其奇齐恰钱乔切琴青琼丘曲让热仁日茹儒瑞若撒萨塞赛桑瑟森沙莎山珊尚绍舍申圣"
    "迭施什史士寿舒顺朔司丝斯松苏索塔太泰坦汤唐陶特滕提铁廷通图吐托脱瓦万汪旺威韦维伟魏温文翁沃乌吴伍武西希锡席夏香向肖谢"
    "辛欣兴雄休修许旭逊雅亚延扬杨耶叶伊依因英尤于约宰赞泽曾扎詹珍芝治朱卓兹子宗祖佐热买提艾孜古依拜克尔肉哈斯力木江扎西"
    "顿珠才让央金措嘎玛次仁旦增洛桑格勒巴桑尖参·沃罗伊拉泰勒"
)
_FOREIGN_PART = f"[{_TRANSLITERATED}]"
_DOTTED = re.compile(rf"{_FOREIGN_PART}{{1,6}}(?:[·•‧・]{_FOREIGN_PART}{{1,8}}){{1,3}}")
_INNER_SPACE = re.compile(rf"(?<=[{HAN}])[ \u3000]{{1,4}}(?=[{HAN}])")
_DOCUMENT_YEAR = re.compile(r"[ ]?[〔\[【(（][ ]?(?:19|20)\d{2}[ ]?[〕\]】)）J][ ]?(?:第)?\d")
_COURTESY = re.compile("(?:博士|教士|女士|爵士|男爵|公爵|先生)\\Z")
_ANY_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[·•‧・][{HAN}]{{1,10}}){{1,3}}")
_LIST_GAP = re.compile(r"[ \t]*[、,，/；;][ \t]*|[ \t\u3000]{1,6}|[和与及]")
_PIECE = re.compile(r"[^、,，/；;\n()（）]+")
_NAME_HEADER = re.compile(
    r"(?:姓\s*名|户主|负责人|联系人|联络人|法定代表人|法人代表|监护人|经办人|申请人|当事人|被处罚人|"
    r"项目经理|总监理?|家长|配偶|受益人|领取人|收款人|户名|学生|考生|业主|承租人|产权人|权利人|"
    r"举报人|投诉人|信访人|死者|伤者|受害人|证人|执法人员|评标专家|评委|人员|成员|对象|村民|"
    r"驾驶[员人]|车主|房主|责任人|组长|队长|签[收字]人?|经手人|审核人|制表人|填表人|代表)(?:\s*签[字名章])?\Z"
)
_HEADER_TAIL = re.compile(r"[(（\[【].*\Z|[:：\s*]+|(?:名单|及职务|、职务|/职务)\Z|[12一二]\Z")
_PERSON_LABEL = re.compile(
    r"(?P<label>姓名|户主|当事人|被处罚人|证人|举报人|受害人|被害人|监护人|申请人|死者|伤者|投诉人|信访人|"
    r"联系人|经办人|法定代表人|负责人)[ ]{0,2}[:：][ \t]{0,4}"
    rf"(?P<name>[{HAN}]{{2,5}})(?=[ \t]{{0,4}}(?:[,，。;；、\n(（]|\Z|[ \t][^ \t]))"
)
_ORGANISATION = re.compile(
    r"(?:公司|集团|银行|医院|学校|大学|中学|小学|幼儿园|委员会|政府|局|厅|部|处|科|所|站|中心|厂|店|"
    r"合作社|村|镇|乡|县|市|区|街道|社区|协会|商会|行|社|队|组|室|馆|院|办)\Z"
)
_MASKED = re.compile(r"[某×*＊xX○〇?？]")


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    margin: float
    evidence: Evidence

    @property
    def total(self) -> float:
        return self.margin + self.evidence.weight


class NameRecognizer:
    """Find names of persons; masked names (张某某) are not reported, they hide nothing more.

    ``words`` prices ordinary words; the default is the word list that ships with the package
    (built from jieba's dictionary), so that jieba itself need not be loaded.
    """

    name = "names"
    entities = (Entity.PERSON,)

    def __init__(self, words: Words | None = None, names: NameStatistics | None = None) -> None:
        self._words = words or word_list()
        self._names = names or name_statistics()
        self._surnames = self._names.common | self._names.rare
        self._unfit, self._never = cues("unfit"), cues("never")
        self._priced = lru_cache(maxsize=1 << 16)(self._price)
        starts = "".join(sorted(self._surnames | {c[0] for c in self._names.compound}))
        self._start = re.compile(f"[{starts}]")

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield names; bare occurrences of names with evidence follow them within the passage."""
        text = passage.text
        taken = _Taken(len(text))
        hits: list[Hit] = []
        for source in (
            self._in_cells(passage),
            _dotted(text),
            self._labelled(text),
            self._in_runs(text, taken),
        ):
            hits += taken.admit(source)
        hits += taken.admit(self._spaced(text, taken))
        hits += taken.admit(self.recall(text, {n for h in hits if (n := evident(text, h))}))
        return iter(hits)

    def recall(self, text: str, names: Collection[str]) -> Iterator[Hit]:
        """Find bare occurrences of ``names``, written as a whole or spaced, in linear time.

        For names that carry evidence elsewhere in the document (score of at least 0.8, found
        with ``find`` in any passage). A name that is also a word (高峰) is not recalled where
        the plain reading is clearly better.
        """
        whole = {n for n in (re.sub(r"\s", "", name) for name in names) if len(n) > 1}
        if not whole:
            return
        squeezed, places = _squeeze(text)
        for start, end in _occurrences(squeezed, whole):
            if self._bears_recall(squeezed, start, end):
                reason = "同一姓名在文中另有依据"
                yield Hit(Entity.PERSON, places[start], places[end - 1] + 1, 0.75, reason)

    def _bears_recall(self, text: str, start: int, end: int) -> bool:
        left, right = max(0, start - 5), end + 5
        window = text[left:right]
        plain, rest = forward(window, self._words), backward(window, self._words)
        surname, given = self._split(text[start:end])
        cost = self._names.cost(surname, given) if surname else FOREIGN_NAME
        margin = plain[-1] - (plain[start - left] + cost + rest[end - left])
        is_word = self._words.get(text[start:end], math.inf) < RARE_WORD
        needed = RECALL_WORD if is_word else RECALL_MARGIN
        return margin + weigh(text, start, end).weight > needed

    def _split(self, name: str) -> tuple[str, str]:
        if len(name) > 2 and name[:2] in self._names.compound:
            return name[:2], name[2:]
        return (name[0], name[1:]) if name[0] in self._surnames else ("", name)

    def _in_cells(self, passage: Passage) -> Iterator[Hit]:
        for start, end, header in passage.headers:
            if not _NAME_HEADER.search(_HEADER_TAIL.sub("", header.strip())):
                continue
            for piece in _PIECE.finditer(passage.text, start, end):
                if found := self._whole_name(piece.group()):
                    first = piece.start() + found[0]
                    reason = f"表头“{header.strip()[:8]}”之下"
                    yield Hit(Entity.PERSON, first, piece.start() + found[1], 0.95, reason)

    def _whole_name(self, piece: str) -> tuple[int, int] | None:
        """Read a whole cell as one name: (start, end) within it."""
        match = re.match(rf"\s*([{HAN}](?:[{HAN}·•‧・ \u3000]*[{HAN}]))(?![{HAN}])", piece)
        if match is None:
            return None
        name = re.sub(r"\s", "", match.group(1))
        if name in cues("empty") or _MASKED.search(name) or _MASKED.match(piece[match.end() :]):
            return None
        dotted = bool(re.search(r"[·•‧・]", name))
        if not dotted and (len(name) > 5 or (_ORGANISATION.search(name) and len(name) > 3)):
            return None
        surname, given = self._split(name)
        known = surname and 1 <= len(given) <= 3
        if known or dotted or forward(name, self._words)[-1] > DEAR * len(name):
            return match.span(1)
        return None

    def _spaced(self, text: str, taken: _Taken) -> Iterator[Hit]:
        """Find names set with spaces (王 伟) by a label, by neighbours or on their own line."""
        matches = [span for m in _SPACED.finditer(text) if (span := self._halves(text, *m.span()))]
        for start, end in (*matches, *reversed(matches)):
            letters = re.sub(r"\s", "", text[start:end])
            surname, given = self._split(letters)
            if not surname or not 1 <= len(given) <= 2 or "某" in letters:
                continue
            evidence = weigh(text, start, end)
            worth = plain_cost(letters, self._words) - self._names.cost(surname, given) + 2
            if evidence.score > WEAK and worth + evidence.weight > 0:
                yield Hit(Entity.PERSON, start, end, evidence.score, evidence.reason)
            elif worth > 0 and (taken.touch(text, start, end) or _fills_line(text, start, end)):
                yield Hit(Entity.PERSON, start, end, WEAK, "空格分开的姓名单独成行或并列")

    def _halves(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Cut 梁 勇 黄 down to 梁 勇 where the third letter begins the next name."""
        letters = [at for at in range(start, end) if not text[at].isspace()]
        if len(letters) == 3 and text[letters[2]] in self._names.common:
            follows = re.match(rf"[ \u3000]{{1,4}}[{HAN}](?![{HAN}])", text[end : end + 6])
            return (start, letters[1] + 1) if follows else (start, end)
        return start, end

    def _in_runs(self, text: str, taken: _Taken) -> Iterator[Hit]:
        """Weigh candidates run by run, then let accepted names carry their list neighbours."""
        doubtful: list[_Candidate] = []
        accepted: list[_Candidate] = []
        for run in _RUN.finditer(text):
            if len(run.group()) < 12 and _DOCUMENT_YEAR.match(text, run.end()):
                continue
            for candidate in _best(self._candidates(text, *run.span())):
                if not taken.free(candidate.start, candidate.end):
                    continue
                good = candidate.total >= self._needed(text, candidate)
                (accepted if good else doubtful).append(candidate)
        yield from (self._hit(c) for c in accepted)
        yield from _listed(text, accepted, doubtful)
        yield from self._mentions(text)

    def _needed(self, text: str, candidate: _Candidate) -> float:
        if candidate.evidence.score < FAIR:
            return THRESHOLD
        return EVIDENCED_RARE if text[candidate.start] in self._names.rare else EVIDENCED

    @staticmethod
    def _hit(candidate: _Candidate) -> Hit:
        evidence = candidate.evidence
        return Hit(Entity.PERSON, candidate.start, candidate.end, evidence.score, evidence.reason)

    def _candidates(self, text: str, start: int, end: int) -> Iterator[_Candidate]:
        """Weigh every surname with one or two characters after it within a run of Han."""
        weighed: list[tuple[int, int, float, Evidence]] = []
        for match in self._start.finditer(text, start, end - 1):
            for at, size, cost, bound in self._shapes(text, match.start(), end):
                evidence = weigh(text, at, at + size)
                if bound + evidence.weight > DOUBTFUL:
                    weighed.append((at, size, cost, evidence))
        if not weighed:
            return
        run = text[start:end]
        plain, rest = forward(run, self._words), backward(run, self._words)
        for at, size, cost, evidence in weighed:
            here = at - start
            margin = plain[-1] - (plain[here] + cost + PRIOR + rest[here + size])
            yield _Candidate(at, at + size, margin, evidence)

    def _shapes(self, text: str, at: int, end: int) -> Iterator[tuple[int, int, float, float]]:
        """Give (start, length, cost, greatest margin) of the names that may begin at ``at``."""
        head = 2 if text[at : at + 2] in self._names.compound else 1
        surname = text[at : at + head]
        for size in (head + 1, head + 2):
            given = text[at + head : at + size]
            if at + size > end or text[at + size : at + size + 1] in _MASKS:
                continue
            if given[-1] in "男女" and text[at + size : at + size + 1].isdigit():
                continue
            cost, bound = self._priced(surname, given)
            if bound > HOPELESS or (bound > -math.inf and label_before(text, at)):
                yield at, size, cost, bound

    def _price(self, surname: str, given: str) -> tuple[float, float]:
        """Give cost and greatest margin of a name; minus infinity where it cannot be one."""
        if given in self._unfit or not _NEVER_GIVEN.isdisjoint(given):
            return math.inf, -math.inf
        name = surname + given
        if name in self._never or name[:2] in self._never:
            return math.inf, -math.inf
        cost = self._names.cost(surname, given) + _unlikely(given)
        return cost, plain_cost(name, self._words) - cost - PRIOR

    def _labelled(self, text: str) -> Iterator[Hit]:
        """Find after a label what no surname begins (姓名：扎西顿珠) or what is long."""
        for match in _PERSON_LABEL.finditer(text):
            name = match.group("name")
            surname, given = self._split(name)
            unusual = not surname or len(given) > 2 or surname in self._names.rare
            dear = forward(name, self._words)[-1] > DEAR * len(name)
            fits = name not in cues("empty") and not _ORGANISATION.search(name)
            if unusual and dear and fits:
                label = match.group("label")
                yield Hit(Entity.PERSON, *match.span("name"), STRONG, f"“{label}”标签之后")

    def _mentions(self, text: str) -> Iterator[Hit]:
        """Find a bare surname with a courtesy title (顾先生); only the surname is the name."""
        for match in re.finditer(rf"(?<![{HAN}])([{HAN}])(?:先生|女士|小姐|太太)", text):
            if match.group(1) in self._names.common:
                yield Hit(Entity.PERSON, match.start(1), match.end(1), 0.6, "姓氏加称谓")


class _Taken:
    """Remember which characters already belong to a name."""

    def __init__(self, size: int) -> None:
        self._marks = bytearray(size + 1)

    def free(self, start: int, end: int) -> bool:
        return not any(self._marks[start:end])

    def touch(self, text: str, start: int, end: int) -> bool:
        """Say whether a name stands right beside this place, but for a list's separator."""
        left = re.search(r"[ \u3000、,，]{1,8}\Z", text[max(0, start - 8) : start])
        right = re.match(r"[ \u3000、,，]{1,8}", text[end : end + 8])
        before = start - len(left.group()) - 1 if left else -1
        after = end + len(right.group()) if right else -1
        return (before >= 0 and bool(self._marks[before])) or (
            after >= 0 and bool(self._marks[after])
        )

    def admit(self, hits: Iterable[Hit]) -> list[Hit]:
        """Keep the hits that lie on free ground and take that ground."""
        kept: list[Hit] = []
        for hit in hits:
            if self.free(hit.start, hit.end):
                self._marks[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                kept.append(hit)
        return kept


def _unlikely(given: str) -> float:
    """Price endings of places and foreign sounds, in nats."""
    cost = PLACE_LIKE if given[-1] in _PLACE_ENDINGS else 0.0
    foreign = sum(letter in _FOREIGN_LETTERS for letter in given)
    return cost + (FOREIGN_LIKE if foreign == 2 else 0.0)


def _best(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Keep the strongest of overlapping candidates, in order of place."""
    chosen: list[_Candidate] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (-c.total, c.start)):
        ground = range(candidate.start, candidate.end)
        if taken.isdisjoint(ground):
            taken.update(ground)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _listed(text: str, accepted: list[_Candidate], doubtful: list[_Candidate]) -> Iterator[Hit]:
    """Accept a doubtful name that stands in one list with a certain one (华、丁、朱等)."""
    ends = {c.end for c in accepted}
    starts = {c.start for c in accepted}
    for order, joined in ((doubtful, ends), (list(reversed(doubtful)), starts)):
        for candidate in order:
            if candidate.total < DOUBTFUL or candidate.start in starts:
                continue
            if _touches(text, candidate, joined, forwards=joined is ends):
                ends.add(candidate.end)
                starts.add(candidate.start)
                yield Hit(Entity.PERSON, candidate.start, candidate.end, FAIR, "与其他姓名并列")


def _touches(text: str, candidate: _Candidate, joined: set[int], *, forwards: bool) -> bool:
    if forwards:
        left = text[max(0, candidate.start - 6) : candidate.start]
        gaps = (candidate.start - n for n in range(1, len(left) + 1))
        return any(
            gap in joined and _LIST_GAP.fullmatch(text, gap, candidate.start) for gap in gaps
        )
    return any(
        candidate.end + n in joined and _LIST_GAP.fullmatch(text, candidate.end, candidate.end + n)
        for n in range(1, 7)
    )


def _dotted(text: str) -> Iterator[Hit]:
    """Find names with a middle dot: any after a label, else those in transliteration letters."""
    for match in _ANY_DOTTED.finditer(text):
        if label := label_before(text, match.start()):
            yield Hit(Entity.PERSON, *match.span(), STRONG, f"“{label}”标签之后")
            continue
        for name in _DOTTED.finditer(text, *match.span()):
            end = name.start() + len(_COURTESY.sub("", name.group()))
            letters = end - name.start() - 1
            if letters >= 4 or weigh(text, name.start(), end).weight > 2:
                yield Hit(Entity.PERSON, name.start(), end, FAIR, "带间隔号的译名或少数民族姓名")


def _squeeze(text: str) -> tuple[str, Sequence[int]]:
    """Drop the spaces between Han: the text without them and where each character stood."""
    dropped = {at for gap in _INNER_SPACE.finditer(text) for at in range(*gap.span())}
    if not dropped:
        return text, range(len(text))
    places = [at for at in range(len(text)) if at not in dropped]
    return "".join(text[at] for at in places), places


def _occurrences(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    """Scan once: where two characters begin a name, try its lengths, longest first."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:2]].add(len(name))
    if not lengths:
        return
    heads = "".join(sorted({head[0] for head in lengths}))
    position = 0
    pattern = re.compile(f"[{re.escape(heads)}]")
    while match := pattern.search(text, position):
        start = match.start()
        position = start + 1
        for size in sorted(lengths.get(text[start : start + 2], ()), reverse=True):
            if text[start : start + size] in names:
                yield start, start + size
                position = start + size
                break


def _fills_line(text: str, start: int, end: int) -> bool:
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    return not text[left:start].strip() and not text[end : None if right < 0 else right].strip()


def evident(text: str, hit: Hit) -> str:
    """Give the name of a hit if it is to be looked for elsewhere, empty if not.

    A full name of three characters is no chance reading; a shorter one needs evidence. To hide a
    name in one place and to leave it in another hides nothing.
    """
    name = text[hit.start : hit.end]
    written = len(re.sub(r"\s", "", name))
    return name if hit.score >= FAIR or (written > 2 and hit.score >= BARE) else ""


def recall(text: str, names: Collection[str]) -> Iterator[Hit]:
    """Find bare occurrences in ``text`` of names that have evidence elsewhere in the document.

    For ``detectors.run``: after the first pass over all passages collect the ``evident`` names of
    the PERSON hits, then call this on every passage and unite the results;
    hits that overlap longer ones may be dropped. Linear in the text, whatever the number of names.
    """
    return NameRecognizer().recall(text, names)
