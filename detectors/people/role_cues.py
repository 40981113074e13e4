"""Offices joined to a name, appointments to them, and what a list of names is about."""

from __future__ import annotations

import re
from collections.abc import Mapping

from detectors.text.telltales import headed
from review.document import BlockKind, Document
from review.finding import Role

OFFICE = (
    r"(?:省|市|县|区|州|镇|乡|街道|村|社区|局|厅|部|委|办|科|处|所|站|院|会|党组|党委|党工委|支部|支队|大队|中队|政府|中心)?"
    r"(?:党组书记|总书记|副?书记|第一书记|副?主席|副?总理|副?部长|副?厅长|副?局长|副?处长|副?科长|副?股长|副?所长|副?站长|副?大?队长|"
    r"副?省长|副?市长|副?区长|副?县长|副?镇长|副?乡长|副?州长|副?主任(?!医师)|副?秘书长|[一二三四]级(?:主任科员|调研员|巡视员)|"
    r"副?调研员|村支书|驻村工作队员|流调组长|常委|委员|检察长|副?庭长|审判员|法官助理|法官|检察官|民警|(?:交通|人民)警察|警官|教导员|政委|网格员|驻村干部|执法队?员|城管队?员|辅警|交警|巡警|综合执法队队员|组织委员|党组成员|党委委员|[县区市镇乡]长助理|总工程师|总会计师|总经济师|总农艺师|总规划师|总统计师|总审计师|总兽医师|首席专家|河长|林长|田长|段长|科员|巡视员)"
)
_OFFICE = headed(OFFICE)
_NOT_PUBLIC = re.compile(
    r"少先队|公司|集团|企业|厂|店|医院|银行|协会|董事|总经理|班主任|物业|车间|家长|家委会|业主|业委会|校友|商会|合作社|施工|包工|保安|车队"
)
_LIST = r"(?:[\u4e00-\u9fff·]{2,5}(?:同志)?[、和])"
_APPOINTED = re.compile(
    rf"(?:任命|免去|决定|聘任|提名|同意|接受)(?:[^。；\n]{{0,4}}|{_LIST}{{1,6}})\Z"
)
_OTHERS = r"(?:[、和][\u4e00-\u9fff·]{2,5}(?:同志)?){0,6}"
_APPOINTED_AFTER = re.compile(
    rf"{_OTHERS}(?:等?同志)?(?:为|任|的?[^。\n]{{2,20}}职务|兼任|不再担任)"
)
_COMRADE = re.compile(rf"{_OTHERS}等?同志(?:为|任|兼任|担任|不再担任|的[^。\n]{{2,20}}职务)")
# 张三向村支书反映 says nothing about 张三: only what is joined to the name does.
_TITLE_AFTER = re.compile(
    r"(?:同志)?(?:[ ]?[,，(（:：][ ]?|[ ]{1,4}|(?:时任|现任|原任|曾任|担任|兼任|任|系|为|是))"
    rf"[^。；;\n,，向对找被由经与和及跟给将把让请带]{{0,16}}?{OFFICE}"
)
_TITLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.CANDIDATE,
        re.compile(r"拟录用|拟聘用?|拟招募|录用人员|招聘|招录|任前公示|拟任|考察对象"),
    ),
    (
        Role.RECIPIENT,
        re.compile(
            r"低保|特困|救助|补贴|补助|危房|住房保障|公租房|廉租|困难群众|发放|扶贫|临时救助|抚恤|优抚|残疾|高龄"
        ),
    ),
    (Role.BIDDER, re.compile(r"中标|成交|竞得|评标")),
    (Role.OFFICIAL, re.compile(r"任免|任命|任职通知|免职|会议纪要|领导小组|指挥部")),
    (Role.PUNISHED, re.compile(r"行政处罚|处罚决定|失信|被执行人")),
)


# 柯玉梅副县长, 谷爱民局长; of a deputy who is written to, 代表 and 委员 are the title.
_TITLE_GLUED = re.compile(
    r"(?:副?[省市县区州镇乡][长]|副?[局厅部处科所站队庭]长|副?书记|副?主任(?!医师)|副?主席|副?秘书长|警官|法官|检察官"
    r"|(?:代表|委员)(?=[ ]*[:：、]))"
)


_PRESIDES = re.compile(r"(?:会议|会|活动|仪式)由\Z")
_TAKES_PART = re.compile(
    r"(?:等)?(?:县|市|区|省|有关|相关)?(?:领导|同志)(?:试用期满|[一并]?(?:主持|出席|列席|参加|陪同))"
)
_RELIEVED = re.compile(r"的[^，,。\n]{2,24}职务")


def holds_office(post: str) -> bool:
    """Say whether the text of a cell is a public office (副县长)."""
    return _OFFICE.search(post) is not None and not _NOT_PUBLIC.search(post)


def takes_part(before: str, after: str) -> bool:
    """Say whether a sentence of minutes has somebody preside over a meeting or attend it."""
    if _PRESIDES.search(before) and re.match(r"(?:同志)?主持", after):
        return True
    return _TAKES_PART.match(after) is not None


# 与乡民政办骆卫东联系：, 水文站骆卫东、水务局陶小满分别汇报: who speaks for a body.
_OF_UNIT = re.compile(
    r"[省市县区镇乡道][\u4e00-\u9fff]{0,8}(?:[局委办厅站所]|中心|大队|支队)\Z"
    r"|\A[\u4e00-\u9fff]{2,8}[局委办站所]\Z"
)
_FOR_UNIT = re.compile(r"[^，,。；;\n]{0,24}?(?:汇报|联系[:：，,])")
_PRESENTER = re.compile(
    r"[ \u3000]*[\u3400-\u9fff]{1,16}(?:[局厅委办院]|委员会|办公室|政府|中心|大队|支队)[ \u3000]+\Z"
)
_DATED = re.compile(r"[ \u3000]*\n[ \u3000]*[0-9]{4}年[0-9]{1,2}月")


def presents(before: str, after: str) -> bool:
    """Say whether a line is a body and a name, and a date follows: the title page of a talk.

    ``before`` is the line up to the name, ``after`` goes on over its end.
    """
    return _PRESENTER.fullmatch(before) is not None and _DATED.match(after) is not None


def in_office(before: str, after: str, topic: Role | None) -> bool:
    """Say whether a public office, or an appointment to one, is joined to a name."""
    tail = re.split(r"[，,。；;：:、 ]", before.rstrip("：: "))[-1]
    if not before.strip() and _RELIEVED.match(after):
        return True
    held = [office.end() for office in _OFFICE.finditer(tail)]
    if held and held[-1] == len(tail.rstrip()) and not _NOT_PUBLIC.search(tail):
        return True
    if _APPOINTED.search(before) and _APPOINTED_AFTER.match(after):
        return True
    if topic is Role.OFFICIAL and _COMRADE.match(after):
        return True
    if _TITLE_GLUED.match(after) and not _NOT_PUBLIC.search(tail):
        return True
    if _OF_UNIT.search(tail) and _FOR_UNIT.match(after):
        return True
    behind = _TITLE_AFTER.match(after)
    return behind is not None and not _NOT_PUBLIC.search(behind.group())


_NUMBERING = re.compile(r"\s*(?:[(（]?[0-9]{1,3}[.．、)）]\s*)?")
_SUBJECTS: Mapping[Role, re.Pattern[str]] = {
    Role.CANDIDATE: re.compile(
        "[^\n]{0,160}?(?:拟任|拟提任|拟提名|拟聘|拟录用|推荐为|报考|准考证|[笔面]试|总成绩|岗位代码)"
    ),
    Role.RECIPIENT: re.compile(r"[^\n被遭]{0,80}?(?:救助|补助|发放|资助|补贴)[^\n]{0,6}?[0-9]"),
    Role.PUNISHED: re.compile(r"[^\n被遭]{0,60}?(?:罚款|处以|警告|拘留|吊销|暂扣)"),
}
"""What a line of such a notice goes on to say of whom it begins with."""


_AMONG_OTHERS: Mapping[Role, re.Pattern[str]] = {
    Role.CANDIDATE: re.compile(
        r"[(（]准考证|(?:自愿|主动)?放弃|(?:体检|考察|政审|面试)(?:结果)?不?合格|(?:依次|按序)?递补"
        r"|进入(?:体检|考察|面试|政审)|不再列入|入围"
    ),
    Role.RECIPIENT: re.compile(
        r"[ ]?[0-9][0-9.,]*(?:亩|万?元|平方米|公?斤|[头只株])"
        r"|[ ]?[0-9两二三四五六七八九十]{1,3}户|[，,(（][男女]性?[，,]"
    ),
}
"""What is said of each in a list, or behind the colon of one."""
_PIECE = re.compile(r"[，,、；;：:。(（由因][ ]?\Z")


def is_subject(before: str, after: str, topic: Role | None) -> bool:
    """Say whether a line, or a piece of a list, that begins with a name says of him its matter.

    ``after`` ends before the next person: what is said of that one says nothing of the first.
    """
    said = _SUBJECTS.get(topic) if topic else None
    if said is None:
        return False
    if _NUMBERING.fullmatch(before) and said.match(after):
        return True
    among = topic and _AMONG_OTHERS.get(topic)
    return bool(among and _PIECE.search(before) and among.match(after))


def topic_of(document: Document, headers: Mapping[int, str]) -> Role | None:
    """Read from the first lines of the document which role a plain list of names has."""
    # A draft that is a picture has its title in it; in one with pictures they say nothing of it.
    picture = document.format == "image"
    told = (BlockKind.PICTURE,) if picture else (BlockKind.PARAGRAPH, BlockKind.CELL)
    # What stands under a header speaks of one person, not of the list.
    opening = "\n".join(
        block.text
        for index, block in enumerate(document.blocks[:12])
        if block.kind in told and index not in headers
    )[:400]
    return next((role for role, subject in _TITLES if subject.search(opening)), None)
