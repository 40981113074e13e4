"""Roles: in which capacity each person, telephone and address stands in the document.

What stands before, after and above a name decides; the same name has the same role throughout,
and where several apply the one that protects most wins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from review.document import BlockKind, Document
from review.finding import Entity, Finding, Role

PRIORITY = (
    Role.MINOR,
    Role.VICTIM,
    Role.INFORMANT,
    Role.WITNESS,
    Role.GUARDIAN,
    Role.PUNISHED,
    Role.RECIPIENT,
    Role.APPLICANT,
    Role.CANDIDATE,
    Role.LEGAL_REPRESENTATIVE,
    Role.PROJECT_MANAGER,
    Role.BIDDER,
    Role.HANDLER,
    Role.OFFICIAL,
)
"""The protected roles come first (未成年人保护法 103); the public ones last, so doubt protects."""

ADULT = 18
"""Years; 未成年人保护法 2."""

_LEAD = 24
_FOLLOW = 24
_LABELS: tuple[tuple[Role, str], ...] = (
    (
        Role.VICTIM,
        "受害人|被害人|死者|伤者|伤员|遇难者|遇难人员|死亡人员|受伤人员|患者|病人|被侵害人",
    ),
    (Role.INFORMANT, "举报人|投诉人|信访人|来信人|来访人|反映人|检举人|控告人|爆料人"),
    (Role.WITNESS, "见证人|证人|目击者|知情人"),
    (Role.GUARDIAN, "法定监护人|监护人|家长|抚养人|法定代理人"),
    (Role.MINOR, "未成年人|学生姓名|幼儿|儿童|婴儿|孤儿|留守儿童|困境儿童"),
    (
        Role.PUNISHED,
        "被处罚人(?:姓名)?|当事人(?:姓名)?|行政相对人|违法行为人|被执行人|失信被执行人|被处罚单位|"
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
_LABEL_GAP = re.compile(
    r"(?:[(（][^()（）\n]{0,10}[)）])?[ ]{0,3}(?:[:：]|为|是)?[ ]{0,3}"
    r"(?:[\u4e00-\u9fff·0-9() （）-]{2,20}[、,，/;；][ ]?|[\u4e00-\u9fff·]{2,5}[ ]{1,4}|和|及)*\Z"
)
_OFFICE = re.compile(
    r"(?:省|市|县|区|州|镇|乡|街道|村|社区|局|厅|部|委|办|科|处|所|站|院|会|党组|党委|党工委|支部|支队|大队|中队|政府|中心)?"
    r"(?:党组书记|总书记|副?书记|第一书记|副?主席|副?总理|副?部长|副?厅长|副?局长|副?处长|副?科长|副?股长|副?所长|副?站长|副?大?队长|"
    r"副?省长|副?市长|副?区长|副?县长|副?镇长|副?乡长|副?州长|副?主任(?!医师)|副?秘书长|[一二三四]级(?:主任科员|调研员|巡视员)|"
    r"副?调研员|常委|委员|检察长|副?庭长|审判员|法官|检察官|民警|警官|教导员|政委|网格员|驻村干部|河长|林长|田长|段长|科员|巡视员)"
)
_NOT_PUBLIC = re.compile(r"公司|集团|企业|厂|店|医院|银行|协会|董事|总经理")
_APPOINTED = re.compile(r"(?:任命|免去|决定|聘任|提名|同意|接受)[^。；\n]{0,4}\Z")
_APPOINTED_AFTER = re.compile(r"(?:同志)?(?:为|任|的[^。\n]{2,20}职务|兼任|不再担任)")
_TITLE_AFTER = re.compile(rf"(?:同志)?[ ，,(（任]{{0,2}}(?:[^。；\n，,]{{0,12}})?{_OFFICE.pattern}")
_UNDER = r"(?:不满|未满)(?:十四|十六|十八|14|16|18)周?岁"
_MINOR_WORD = re.compile(rf"未成年|{_UNDER}|小学生|初中生|幼儿园|婴幼?儿|留守儿童|孤儿")
_MINOR_BEFORE = re.compile(
    rf"(?:未成年人?|{_UNDER}的?[\u4e00-\u9fff]{{0,4}}|小学生|初中生|幼儿|婴儿|儿童|孤儿|"
    r"未成年(?:子女|学生|儿子|女儿))[ :：]{0,2}\Z"
)
_AGE = re.compile(r"(?:^|[，,、（( ])(\d{1,2})周?岁|年龄[:：]?(\d{1,2})(?!\d)")
_VICTIM_NEAR = re.compile(r"(?:死亡|遇难|受伤|身亡|溺亡|抢救无效|遇害|被害)")
_BREAK = re.compile(r"[。；;\n]")
_REACH = 60
_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")
_ID_DATE = re.compile(r"(?<!\d)\d{6}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx](?![\dXx])")
_BORN = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?\s*(?:出生|生)|出生[^\d\n]{0,6}(\d{4})[年./-](\d{1,2})"
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
_NAME_HEADER = re.compile(r"姓\s*名|名单|户主")
_OFFICE_PHONE = re.compile(
    r"(?:办公|咨询|监督|举报|投诉|值班|受理|服务|业务|窗口|单位|对外|联系)(?:电话|热线|方式)|传真|总机|热线"
)
_PRIVATE = re.compile(r"手机|家庭|本人|住址|家住|户籍|身份证|个人")


@dataclass(frozen=True, slots=True)
class _Setting:
    """Hold what all findings of a document share."""

    text: str
    latest: date | None
    topic: Role | None
    headers: Mapping[tuple[int, int], str]
    starts: Sequence[int]
    ends: Sequence[int]

    def around(self, start: int, end: int) -> tuple[str, str, bool]:
        """Give the sentence left and right of a name up to the next person on either side.

        The flag says whether another person ends the right side.
        """
        before = bisect_right(self.ends, start) - 1
        after = bisect_left(self.starts, end)
        first = max(start - _REACH, self.ends[before] if before >= 0 else 0)
        last = end + _REACH
        cut = after < len(self.starts) and self.starts[after] <= last
        right = self.text[end : self.starts[after] if cut else last]
        sentence = _BREAK.split(right)[0]
        left = _BREAK.split(self.text[first:start])[-1]
        return left, sentence, cut and len(sentence) == len(right)


def assign(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give every PERSON, telephone and address its role; others and order stay as they are.

    A role that a recogniser gave already counts as one voice. The document's own latest date is
    the reference for ages. The same name (white space apart) has one role in the document.
    """
    people = sorted(f.span for f in findings if f.entity is Entity.PERSON)
    setting = _Setting(
        document.text,
        _latest(document.text),
        _topic(document),
        _headers(document),
        [span.start for span in people],
        sorted(span.end for span in people),
    )
    voices: defaultdict[str, set[Role]] = defaultdict(set)
    for finding in findings:
        if finding.entity is Entity.PERSON:
            voices[_key(document, finding)] |= set(_voices(document, setting, finding))
    return tuple(_decided(document, setting, finding, voices) for finding in findings)


def _decided(
    document: Document, setting: _Setting, finding: Finding, voices: Mapping[str, set[Role]]
) -> Finding:
    if finding.entity is Entity.PERSON:
        return replace(finding, role=strongest(voices[_key(document, finding)]))
    if finding.entity is Entity.PHONE_NUMBER and finding.role is Role.UNKNOWN:
        return replace(finding, role=_telephone_role(document, setting, finding))
    return finding


def strongest(roles: Iterable[Role]) -> Role:
    """Pick the role that protects most, ``UNKNOWN`` where there is none."""
    given = set(roles)
    return next((role for role in PRIORITY if role in given), Role.UNKNOWN)


def _key(document: Document, finding: Finding) -> str:
    return re.sub(r"\s", "", document.value(finding.span))


def _voices(document: Document, setting: _Setting, finding: Finding) -> set[Role]:
    """Collect every role that one occurrence of a name speaks for."""
    text, start, end = setting.text, finding.span.start, finding.span.end
    line = text.rfind("\n", 0, start) + 1
    before = text[max(line, start - _LEAD) : start]
    after = text[end : end + _FOLLOW].split("\n")[0]
    found = {finding.role} - {Role.UNKNOWN}
    found |= _by_label(text[max(line, start - 60) : start])
    found |= _by_office(before, after)
    found |= _by_header(document, setting, finding)
    if Role.GUARDIAN not in found and _is_minor(setting, document, finding):
        found.add(Role.MINOR)
    if not found and _VICTIM_NEAR.match(after.lstrip("等因，,人0123456789名当场经")):
        found.add(Role.VICTIM)
    return found


def _by_label(before: str) -> set[Role]:
    """Read the nearest label before a name; a list of names after a label shares it."""
    labels = list(_LABEL.finditer(before))
    if not labels:
        return set()
    last = labels[-1]
    if last.lastgroup is None or not _LABEL_GAP.match(before, last.end()):
        return set()
    return {Role[last.lastgroup]}


def _by_office(before: str, after: str) -> set[Role]:
    tail = re.split(r"[，,。；;：:、]", before)[-1]
    held = [office.end() for office in _OFFICE.finditer(tail)]
    if held and held[-1] == len(tail.rstrip()) and not _NOT_PUBLIC.search(tail):
        return {Role.OFFICIAL}
    if _APPOINTED.search(before) and _APPOINTED_AFTER.match(after):
        return {Role.OFFICIAL}
    behind = _TITLE_AFTER.match(after)
    return {Role.OFFICIAL} if behind and not _NOT_PUBLIC.search(behind.group()) else set()


def _by_header(document: Document, setting: _Setting, finding: Finding) -> set[Role]:
    """Read the header over a cell; under a plain 姓名 the subject of the document decides."""
    block = document.blocks[document.block_at(finding.span.start)]
    if block.cell is None:
        return set()
    header = setting.headers.get((block.cell.table, block.cell.column), "")
    if named := _LABEL.search(header):
        return {Role[named.lastgroup]} if named.lastgroup else set()
    if _NAME_HEADER.search(header) and setting.topic is not None:
        return {setting.topic}
    return set()


def _is_minor(setting: _Setting, document: Document, finding: Finding) -> bool:
    """Decide minority by words, by an age beside the name, or by birth on the latest date."""
    left, right, shared = setting.around(finding.span.start, finding.span.end)
    row = _row(document, finding)
    if _MINOR_BEFORE.search(left) or _MINOR_WORD.search(row):
        return True
    if any(not (shared and len(right) - w.end() < 3) for w in _MINOR_WORD.finditer(right)):
        return True
    if any(int(age.group(1) or age.group(2)) < ADULT for age in _AGE.finditer(right)):
        return True
    latest = setting.latest
    return latest is not None and any(_years(b, latest) < ADULT for b in _births(row or right))


def _row(document: Document, finding: Finding) -> str:
    """Join the cells of the row in which a finding stands, empty outside tables."""
    index = document.block_at(finding.span.start)
    cell = document.blocks[index].cell
    if cell is None:
        return ""
    first = last = index
    while first and _same_row(document, first - 1, index):
        first -= 1
    while last + 1 < len(document.blocks) and _same_row(document, last + 1, index):
        last += 1
    return "\t".join(block.text for block in document.blocks[first : last + 1])


def _same_row(document: Document, one: int, other: int) -> bool:
    a, b = document.blocks[one].cell, document.blocks[other].cell
    return a is not None and b is not None and (a.table, a.row) == (b.table, b.row)


def _births(text: str) -> Iterable[date]:
    for number in _ID_DATE.finditer(text):
        yield from _date(*number.groups())
    for born in _BORN.finditer(text):
        year, month, day = born.group(1) or born.group(4), born.group(2) or born.group(5), "1"
        yield from _date(year, month, born.group(3) or day)


def _date(year: str, month: str, day: str) -> Iterable[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _latest(text: str) -> date | None:
    """Find the document's own latest date: the day on which it speaks."""
    return max(
        (day for found in _DATE.finditer(text) for day in _date(*found.groups())), default=None
    )


def _topic(document: Document) -> Role | None:
    """Read from the first lines of the document which role a plain list of names has."""
    opening = "\n".join(
        b.text for b in document.blocks[:12] if b.kind in (BlockKind.PARAGRAPH, BlockKind.CELL)
    )[:400]
    return next((role for role, subject in _TITLES if subject.search(opening)), None)


def _headers(document: Document) -> dict[tuple[int, int], str]:
    """Take for each column of a table the first cell that labels persons, else its first cell."""
    headers: dict[tuple[int, int], str] = {}
    for block in document.blocks:
        if block.cell is None or not block.text.strip():
            continue
        place = (block.cell.table, block.cell.column)
        text = re.sub(r"\s", "", block.text)
        labels = len(text) <= 12 and bool(_NAME_HEADER.search(text) or _LABEL.search(text))
        known = headers.get(place)
        if known is None or (block.cell.row < 6 and labels and not _NAME_HEADER.search(known)):
            headers[place] = text
    return headers


def _telephone_role(document: Document, setting: _Setting, finding: Finding) -> Role:
    """Mark an office's number: a landline, or one introduced as the office's own."""
    value = re.sub(r"\D", "", document.value(finding.span))
    index = bisect_right(document.starts, finding.span.start) - 1
    before = setting.text[max(document.starts[index], finding.span.start - 16) : finding.span.start]
    mobile = len(value.removeprefix("86")) == 11 and value.removeprefix("86").startswith("1")
    if mobile or _PRIVATE.search(before):
        return Role.UNKNOWN
    return Role.OFFICE if _OFFICE_PHONE.search(before) else Role.UNKNOWN
