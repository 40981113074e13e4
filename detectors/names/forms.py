"""Names told by their form: under a header, after a label, before a courtesy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from detectors.base import Hit, Passage
from detectors.names.evidence import HAN, STRONG
from detectors.names.latin_names import before_han, in_cell
from detectors.text.vocabulary import NameStatistics, Words, cues, forward
from review.finding import Entity

DEAR = 7.5
"""Cost of a character, in nats, above which a few of them are hardly ordinary words."""
_PIECE = re.compile(r"[^、,，/；;\n()（）]+")
_NAME_HEADER = re.compile(
    r"(?:姓\s*名|户主|负责人|联系人|联络人|法定代表人|法人代表|监护人|经办人|申请人|当事人|被处罚人|"
    r"项目经理|总监理?|家长|配偶|受益人|领取人|收款人|户名|学生|考生|业主|承租人|产权人|权利人|"
    r"举报人|投诉人|信访人|死者|伤者|受害人|证人|执法人员|评标专家|评委|人员|成员|对象|村民|"
    r"(?:养殖|种植|农|渔|贫困|脱贫|监测|困难|受灾|低保|五保|特困|经营|种粮)户|(?:承租|出租|转让|受让|流转)方|原告|被告|第三人|驾驶[员人]|车主|房主|责任人|组长|队长|签[收字]人?|经手人|审核人|制表人|填表人|代表)(?:\s*签[字名章])?\Z"
)
# What else a column of persons is called ends in a word for persons (诉求人, 专管员, 农机购置者).
_PERSONS_HEADER = re.compile(
    r"(?:[^\W\d](?<![及法])人|[^\W\d]者|[^\W\d]员|(?<![开账帐销分])户|[房车船坟失货业买卖雇事户]主|[租顾乘旅游]客|客户"
    r"|(?<![出卫民派发产新])生|[儿孩学]童|老人|子女|[亲家眷遗]属|[父母]亲|领导|专家|委员|干部|医生|教师|老师|[河湖林田段路组社院校]长"
    r"|主任|书记|法官|民警|师傅|司机|夫妻|[妻夫]子?|丈夫|[儿孙]子|[孙侄]?女儿?)\Z"
)
_PLAIN_HEADER = re.compile(r"(?:[\u4e00-\u9fff]{0,6})姓\s*名")
_NO_NAME = re.compile(
    r"[合总小共累]计|空白|人数|户数|以上|以下|此页|名单|无此|签字|签章|盖章|日期|备注|序号"
)
# 密封来信: in the place of a name, how it came in.
_ANONYMOUS = re.compile(rf"[{HAN}]{{2,4}}(?:来信|来函|来电|来访|信件|信函|邮件|留言|网民|网友)")
_HEADER_TAIL = re.compile(
    r"(?i)[(（\[【].*\Z|[\s/]*(?:full[ ]?)?name\Z|[:：\s*]+|名单\Z"
    r"|(?:及其?|[和与、/])(?:职[务称]|性别|年龄|(?:联系)?(?:电话|方式)|手机号?码?|身份证号?码?|住址)\Z"
    r"|[12一二]\Z|(?<=[人主者员户长])签[字名章]\Z"
)
_LEAD = re.compile(rf"\s*(?:[0-9]{{1,3}}[.．:：)\s]\s*|[{HAN}]{{1,4}}[:：]\s*)?[★☆△▲●◆※#]*\s*")
"""What may stand before a name in its cell: its number, what the bearer is to whom, a mark."""
_SEVERAL = re.compile(rf"[{HAN}]{{2,4}}(?:[ \u3000]+[{HAN}]{{2,4}})+")
_PERSON_LABEL = re.compile(
    r"(?P<label>姓名|户主|当事人|被处罚人|证人|举报人|受害人|被害人|监护人|申请人|死者|伤者|投诉人|信访人|"
    r"联系人|经办人|法定代表人|负责人)[ ]{0,2}[:：][ \t]{0,4}"
    rf"(?P<name>[{HAN}]{{2,5}})(?=[ \t]{{0,4}}(?:[,，。;；、\n(（]|\Z|[ \t][^ \t]))"
)
_ORGANISATION = re.compile(
    r"(?:公司|集团|银行|医院|学校|大学|中学|小学|幼儿园|委员会|政府|局|厅|部|处|科|所|站|中心|厂|店|"
    r"合作社|村|镇|乡|县|市|区|街道|社区|协会|商会|行|社|队|组|室|馆|院|办|校|园|场|坊|吧)\Z"
)
_MASKED = re.compile(r"[某×*＊xX○〇?？]")


def in_cells(passage: Passage, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find the names under a header that announces persons."""
    for start, end, header in passage.headers:
        if not announces_names(header):
            continue
        reason = f"表头“{header.strip()[:8]}”之下"
        for begin, piece in _pieces(passage.text[start:end], names):
            for first, last in _names_in(piece, words, names, plain=_is_plain(header)):
                place = start + begin
                yield Hit(Entity.PERSON, place + first, place + last, 0.95, reason)


def _pieces(cell: str, names: NameStatistics) -> Iterator[tuple[int, str]]:
    """Yield what may be names in a cell, each with its place; spaces part several of them."""
    for piece in _PIECE.finditer(cell):
        lead = _LEAD.match(piece.group())
        begin = piece.start() + (lead.end() if lead else 0)
        text = cell[begin : piece.end()]
        if _SEVERAL.fullmatch(text.strip()) and _are_several(text.split(), names):
            for member in re.finditer(rf"[{HAN}]+", text):
                yield begin + member.start(), member.group()
        else:
            yield begin, text


def _are_several(members: Sequence[str], names: NameStatistics) -> bool:
    """Tell names that spaces part from one set wide (欧阳 修文) or with a title (李明 主任)."""
    surnamed = sum(names.split(member)[0] != "" for member in members)
    return members[0] not in names.compound and surnamed >= max(2, len(members) / 2)


def _names_in(
    piece: str, words: Words, names: NameStatistics, *, plain: bool
) -> Iterator[tuple[int, int]]:
    """Yield the name in Han that fills a cell, and what it is called in other letters."""
    lead = before_han(piece)
    han = _whole_name(piece[lead:], words, names, plain=plain)
    others = [(0, len(piece))]
    if han is not None:
        yield lead + han[0], lead + han[1]
        others = [(0, lead), (lead + han[1], len(piece))]
    for start, end in others:
        if found := in_cell(piece[start:end], plain=plain):
            yield start + found[0], start + found[1]


@lru_cache(maxsize=4096)
def announces_names(header: str) -> bool:
    """Say whether a header is what people are called (姓名, 户主, 报名者)."""
    named = _HEADER_TAIL.sub("", header.strip())
    return _NAME_HEADER.search(named) is not None or _PERSONS_HEADER.search(named) is not None


@lru_cache(maxsize=4096)
def _is_plain(header: str) -> bool:
    return _PLAIN_HEADER.fullmatch(_HEADER_TAIL.sub("", header.strip())) is not None


def _whole_name(
    piece: str, words: Words, names: NameStatistics, *, plain: bool
) -> tuple[int, int] | None:
    """Read a whole cell as one name: (start, end) within it.

    Under a ``plain`` header 姓名 everything is one that is no filler and no organisation.
    """
    match = re.match(rf"\s*([{HAN}](?:[{HAN}·•‧・ \u3000]*[{HAN}]))(?![{HAN}])", piece)
    if match is None:
        return None
    name = re.sub(r"\s", "", match.group(1))
    if (
        name in cues("empty")
        or _NO_NAME.search(name)
        or _ANONYMOUS.fullmatch(name)
        or _MASKED.search(name)
        or _MASKED.match(piece[match.end() :])
    ):
        return None
    with_dot = bool(re.search(r"[·•‧・]", name))
    if not with_dot and (len(name) > 5 + plain or (_ORGANISATION.search(name) and len(name) > 3)):
        return None
    surname, given = names.split(name)
    known = surname and 1 <= len(given) <= 3
    if known or plain or with_dot or forward(name, words)[-1] > DEAR * len(name):
        return match.span(1)
    return None


def labelled(text: str, words: Words, names: NameStatistics) -> Iterator[Hit]:
    """Find after a label what no surname begins (姓名：扎西顿珠) or what is long."""
    for match in _PERSON_LABEL.finditer(text):
        start, end = match.span("name")
        start += _calling(match["name"])
        name = text[start:end]
        surname, given = names.split(name)
        unusual = not surname or len(given) > 2 or surname in names.rare
        dear = forward(name, words)[-1] > DEAR * len(name)
        fits = name not in cues("empty") and not _ORGANISATION.search(name)
        if unusual and dear and fits:
            label = match.group("label")
            yield Hit(Entity.PERSON, start, end, STRONG, f"“{label}”标签之后")


def _calling(name: str) -> int:
    """Give the length of the calling that stands before a name (丈夫董永胜), 0 where none does."""
    sizes = (size for size in (4, 3, 2) if len(name) - size > 1)
    return next((size for size in sizes if name[:size] in cues("weak_label")), 0)


def mentions(text: str, names: NameStatistics) -> Iterator[Hit]:
    """Find a bare surname with a courtesy title (顾先生); only the surname is the name."""
    for match in re.finditer(rf"(?<![{HAN}])([{HAN}])(?:先生|女士|小姐|太太)", text):
        if match.group(1) in names.common:
            yield Hit(Entity.PERSON, match.start(1), match.end(1), 0.6, "姓氏加称谓")
