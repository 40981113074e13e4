"""Words that say in which capacity a person stands in a document."""

from __future__ import annotations

import re
from functools import lru_cache

from review.document import BlockKind, Document
from review.finding import Role

_LABELS: tuple[tuple[Role, str], ...] = (
    (
        Role.VICTIM,
        "受害(?:人|者|学生|儿童|女童)|被害人|被侵权人|死者|伤者|伤员|遇难者|遇难人员|死亡人员|受伤人员|患者|病人|被侵害人",
    ),
    (Role.INFORMANT, "举报人|报案人|投诉人|信访人|来信人|来访人|反映人|检举人|控告人|爆料人"),
    (Role.WITNESS, "见证人|证人|目击者|知情人"),
    (Role.GUARDIAN, "法定监护人|监护人|家长|抚养人|法定代理人"),
    (Role.MINOR, "未成年人|学生姓名|幼儿|儿童|婴儿|孤儿|留守儿童|困境儿童"),
    (
        Role.PUNISHED,
        "[被受]处罚人(?:姓名)?|违法嫌疑人|当事人(?:姓名)?|行政相对人|违法行为人|被执行人|失信被执行人|被处罚单位|"
        "违法当事人|被告人|犯罪嫌疑人|处罚对象",
    ),
    (Role.LEGAL_REPRESENTATIVE, "法定代表人|法人代表|法人姓名|经营者|投资人|实际控制人"),
    (Role.PROJECT_MANAGER, "项目经理|项目负责人|总监理工程师|总监|建造师|注册建造师|技术负责人"),
    (Role.BIDDER, "中标人|投标人|中标候选人|成交供应商|竞得人|竞买人|受让人|中标单位"),
    (
        Role.CANDIDATE,
        "拟录用人员|拟聘用人员|拟任人选|拟任职人员|候选人|考生(?:姓名)?|应聘人|报考人员|拟录用|拟聘用",
    ),
    (
        Role.RECIPIENT,
        "户主(?:姓名)?|低保对象|特困人员|救助对象|受助人|受益人|领取人|补助对象|补贴对象|保障对象|"
        "承租人|共同生活成员|家庭成员|残疾人|优抚对象|收款人|享受人",
    ),
    (Role.APPLICANT, "申请人(?:姓名)?|申报人|申领人|申请执行人|委托人|被征收人|权利人|产权人"),
    (
        Role.HANDLER,
        "经办人|承办人|联系人|联络人|执法人员|行政执法人员|办案人员|检查人员|调查人员?|记录人|"
        "询问人|主办人|协办人|校对|拟稿人?|核稿|审核人|复核人|填表人|制表人|咨询人|受理人|送达人",
    ),
    (
        Role.OFFICIAL,
        "签发人?|主持人?|出席|列席|参加|参会人员|请假|缺席|总指挥|指挥长|召集人|审判长|审判员|书记员|"
        "检察官|新闻发言人|评标专家|评委|"
        "(?:局长|县长|市长|区长|镇长|乡长|书记|主任|组长)(?=[ ]*[:：])",
    ),
)
_LABEL = re.compile("|".join(f"(?P<{role.name}>{words})" for role, words in _LABELS))
_NAME = r"[\u4e00-\u9fff·]{2,5}(?:[(（][^()（）\n]{0,30}[)）])?"
# After a colon anything may stand between the names of a list; without one only names:
# 证人证言，张三 names no witness.
_LABEL_GAP = re.compile(
    r"(?:[(（][^()（）\n]{0,10}[)）]|[)）])?[ ]{0,3}"
    r"(?:(?:[:：]|为|是)[ ]{0,3}"
    r"(?:[\u4e00-\u9fff·0-9() （）-]{2,20}[、,，/;；][ ]?|[\u4e00-\u9fff·]{2,5}[ ]{1,4}|和|及|与)*"
    rf"|(?:{_NAME}[ ]?(?:[、/]|和|及|与|[ ]{{1,4}}))*)\Z"
)
_OFFICE = re.compile(
    r"(?:省|市|县|区|州|镇|乡|街道|村|社区|局|厅|部|委|办|科|处|所|站|院|会|党组|党委|党工委|支部|支队|大队|中队|政府|中心)?"
    r"(?:党组书记|总书记|副?书记|第一书记|副?主席|副?总理|副?部长|副?厅长|副?局长|副?处长|副?科长|副?股长|副?所长|副?站长|副?大?队长|"
    r"副?省长|副?市长|副?区长|副?县长|副?镇长|副?乡长|副?州长|副?主任(?!医师)|副?秘书长|[一二三四]级(?:主任科员|调研员|巡视员)|"
    r"副?调研员|常委|委员|检察长|副?庭长|审判员|法官|检察官|民警|警官|教导员|政委|网格员|驻村干部|总工程师|总会计师|总经济师|总农艺师|总规划师|总统计师|总审计师|总兽医师|首席专家|河长|林长|田长|段长|科员|巡视员)"
)
_NOT_PUBLIC = re.compile(r"公司|集团|企业|厂|店|医院|银行|协会|董事|总经理|班主任|物业|车间")
_LIST = r"(?:[\u4e00-\u9fff·]{2,5}(?:同志)?[、和])"
_APPOINTED = re.compile(
    rf"(?:任命|免去|决定|聘任|提名|同意|接受)(?:[^。；\n]{{0,4}}|{_LIST}{{1,6}})\Z"
)
_OTHERS = r"(?:[、和][\u4e00-\u9fff·]{2,5}(?:同志)?){0,6}"
_APPOINTED_AFTER = re.compile(
    rf"{_OTHERS}(?:等?同志)?(?:为|任|的[^。\n]{{2,20}}职务|兼任|不再担任)"
)
_COMRADE = re.compile(rf"{_OTHERS}等?同志(?:为|任|兼任|担任|不再担任|的[^。\n]{{2,20}}职务)")
# 张三向村支书反映 says nothing about 张三: only what is joined to the name does.
_TITLE_AFTER = re.compile(
    r"(?:同志)?(?:[ ]?[,，(（:：][ ]?|[ ]{1,4}|(?:时任|现任|原任|曾任|担任|兼任|任|系|为|是))"
    rf"[^。；;\n,，向对找被由经与和及跟给将把让请带]{{0,16}}?{_OFFICE.pattern}"
)
_TITLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.CANDIDATE, re.compile(r"拟录用|拟聘用?|录用人员|招聘|招录|任前公示|拟任|考察对象")),
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


def by_label(before: str) -> Role | None:
    """Read the nearest label before a name; a list of names after a label shares it."""
    labels = list(_LABEL.finditer(before))
    if not labels or not _LABEL_GAP.match(before, labels[-1].end()):
        return None
    return _named(labels[-1])


@lru_cache(maxsize=4096)
def by_header(header: str) -> Role | None:
    """Read the role that the header of a column or the label of a field names (监护人电话)."""
    return _named(_LABEL.search(header))


def _named(label: re.Match[str] | None) -> Role | None:
    return Role[label.lastgroup] if label and label.lastgroup else None


def in_office(before: str, after: str, topic: Role | None) -> bool:
    """Say whether a public office, or an appointment to one, is joined to a name."""
    tail = re.split(r"[，,。；;：:、]", before)[-1]
    held = [office.end() for office in _OFFICE.finditer(tail)]
    if held and held[-1] == len(tail.rstrip()) and not _NOT_PUBLIC.search(tail):
        return True
    if _APPOINTED.search(before) and _APPOINTED_AFTER.match(after):
        return True
    if topic is Role.OFFICIAL and _COMRADE.match(after):
        return True
    behind = _TITLE_AFTER.match(after)
    return behind is not None and not _NOT_PUBLIC.search(behind.group())


_HURT = re.compile(
    r"(?:[(（][^()（）\n]{0,20}[)）])?(?:[、和及][\u4e00-\u9fff]{2,4}?){0,3}"
    r"(?:等|均|都|因|[,，]|[0-9]{1,3}[人名]|当场|经|不幸|英勇|因公|壮烈|已"
    r"|[于在][^,，。对向将把看慰救给\n]{2,16}?){0,4}"
    r"(?:死亡|遇难|受(?:了)?[轻重微]?伤|[轻重]伤|负伤|身亡|溺亡|溺水|抢救无效|遇害|被害|殉职|殉难|"
    r"失踪|牺牲(?!休息|时间|个人|节假))"
    r"(?!赔偿|补助|事故|人数|证明|抚恤|情况|原因|者|人员|案|鉴定|[一二三四五六七八九十0-9])"
)
_INFORMED = re.compile(
    r"(?:[(（][^()（）\n]{0,36}[)）])?(?:等人?)?(?:(?:[于向]|通过)[^,，。;；、()（）\n]{2,14}?)?(?:实名|当面|书面|电话|来电|来信|来访|上门)?的?"
    r"(?:举报|检举|控告|揭发|投诉|报案)(?!人|电话|箱|材料|案件|处理|奖励|中心|平台|热线|问题|事项|查|后)"
)
_RECEIVED = re.compile(
    r"(?:接到?|收到|据|根据|接群众)(?:[\u4e00-\u9fff]{0,10}?(?:群众|村民|居民|市民|业主|职工|员工|热心人))?\Z"
)
_RECEIVED_AFTER = re.compile(
    r"(?:[(（][^()（）\n]{0,36}[)）])?(?:等人?)?(?:实名|电话)?的?"
    r"(?:举报|检举|控告|揭发|投诉|报案|反映|来电|来信|来访|报警|报料)"
)


def is_hurt(after: str) -> bool:
    """Say whether the text after a name, or after the list it stands in, tells of an injury."""
    return _HURT.match(after) is not None


def informs(before: str, after: str) -> bool:
    """Say whether the text around a name says that this person reported something."""
    if _RECEIVED.search(before) and _RECEIVED_AFTER.match(after):
        return True
    return _INFORMED.match(after) is not None


_PROPOSED = re.compile("[^\\n]{0,160}?(?:拟任|拟提任|拟提名|拟聘|拟录用|推荐为)")


def is_proposed(after: str, topic: Role | None) -> bool:
    """Say whether a line of a notice on candidates goes on to say what for a name is proposed."""
    return topic is Role.CANDIDATE and _PROPOSED.match(after) is not None


def topic_of(document: Document) -> Role | None:
    """Read from the first lines of the document which role a plain list of names has."""
    opening = "\n".join(
        b.text for b in document.blocks[:12] if b.kind in (BlockKind.PARAGRAPH, BlockKind.CELL)
    )[:400]
    return next((role for role, subject in _TITLES if subject.search(opening)), None)
