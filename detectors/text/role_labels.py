"""Labels that say in which capacity a person stands: before a name, over a column, after a list."""

from __future__ import annotations

import re
from functools import lru_cache

from detectors.text.telltales import headed
from review.finding import Role

# 被举报人 informs nobody, 被询问人 asks nothing: what is done to somebody has labels of its own.
_ACTIVE = "(?<!被)"
_LABELS: tuple[tuple[Role, str], ...] = (
    (
        Role.VICTIM,
        "受害(?:人|者|学生|儿童|女童|妇女|群众|职工)|被害人|被侵权人|死者|伤者|伤员|遇难者|遇难人员|罹难者|死亡人员"
        "|受伤人员|伤亡人员|失踪人员|失联人员|被困人员|被困群众|幸存者|(?:死亡|工亡|受伤|工伤|遇难)(?:职工|工人|员工)"
        "|溺水(?:者|学生|儿童|人员)|(?:被拐|被骗|被盗|被打|被家暴|遭家暴)(?:妇女|群众|人员|人|者)"
        "|失主|事主|附带民事诉讼原告人?|(?:确诊|疑似)?病例[0-9]{0,3}[,，]?|感染者|患者|病人|被侵害人",
    ),
    (
        Role.INFORMANT,
        f"{_ACTIVE}(?:举报人|报案人|报警人|投诉人|信访人|来信人|来访人|来电人|反映人|检举人|控告人|揭发人|爆料人"
        "|线索提供人|诉求人|求助人|线人)",
    ),
    (
        Role.WITNESS,
        f"见证人|{_ACTIVE}证人|证明人|在场人|目击(?:者|人|群众)|知情人|被询问人|被访谈人",
    ),
    (
        Role.GUARDIAN,
        "法定监护人|监护人|家长|抚养人|寄养人|养父|养母|法定代理人|父母姓名|父亲姓名|母亲姓名",
    ),
    (
        Role.MINOR,
        "未成年人|学生姓名|幼儿|幼童|儿童|新生儿|女婴|男婴|弃婴|婴儿|患儿|女童|男童|孤儿|留守儿童|困境儿童",
    ),
    (
        Role.PUNISHED,
        "[被受]处罚人(?:姓名)?|违法嫌疑人|当事人(?:姓名)?|行政相对人|违法行为人|被执行人|失信被执行人|被处罚单位|"
        "违法当事人|被告人|犯罪嫌疑人|处罚对象",
    ),
    (Role.LEGAL_REPRESENTATIVE, "法定代表人|法人代表|法人姓名|经营者|投资人|实际控制人"),
    (
        Role.PROJECT_MANAGER,
        "项目经理|项目负责人|总监理工程师|总监|建造师|注册建造师|技术负责人",
    ),
    (
        Role.BIDDER,
        "中标人|投标人|中标候选人|成交供应商|竞得人|竞买人|受让人|中标单位",
    ),
    (
        Role.CANDIDATE,
        "递补(?:人员|人选)?(?=[:：])|(?:入围|递补|体检|考察|政审)+人员|拟录用人员|拟招[募聘录]人员|拟聘用?人员|拟任人选|拟任职人员|候选人|公示对象|考察对象|(?:拟推荐|推荐|建议|拟表彰)(?:人选|对象)|拟(?:推荐|表彰|授予|提拔|吸收)[^,，。:：\n]{2,14}?(?:人选|对象|人员)|考生(?:姓名)?|应聘人|报考人员|拟录用|拟聘用",
    ),
    (
        Role.RECIPIENT,
        "户主(?:姓名)?|低保对象|低保户|特困人员|特困供养人员|五保户|贫困户|脱贫户|监测户|救助对象|受助人|受益人"
        "|领取人|补助对象|补贴对象|保障对象|承租人|残疾人|优抚对象|收款人|享受人"
        "|(?:新增|拟纳入|新纳入|退出|取消|停发|停保|停止(?:供养|救助|保障))(?:对象|人员|户)?[0-9]{0,3}[户人名]?(?=[:：])"
        "|(?:发放|救济|帮扶|资助|慰问|扶持|安置)对象|(?:享受|领取)[\u4e00-\u9fff]{0,8}(?:人员|对象)|受灾户|困难户|帮扶户|重灾户",
    ),
    (
        Role.APPLICANT,
        "(?<!共同)申请人(?:姓名)?|提案人|领衔代表|领衔人|建议人|申报人|申领人|申请执行人|委托人|被征收人(?:代表)?|被拆迁人|权利人|产权人",
    ),
    (
        Role.HANDLER,
        f"{_ACTIVE}(?:经办人|承办人|(?<!紧急)联系人|联络人|执法人员|行政执法人员|办案人员|检查人员|调查人员?|记录[人员]?|"
        "询问人|主办人|协办人|(?:核查|抽样|采样|监测|检测|勘验|勘查|核实|走访|入户|录入|统计|汇总|审批|验收|复查|督办)人员?|登记人员|校对|拟稿人?|核稿|审核人|复核人|填表人|制表人|咨询人|受理人|送达人|调解员|通讯员)"
        "|(?<=[(（])(?:本报|本网|见习|驻地)?记者"
        "|经办(?![人机])|代发人|帮扶责任人|值班(?:人员|员|医生)|(?:行政|技术|巡查|包保|监管|转移|预警|防汛)责任人|帮扶干部|包[村片组]干部|采购人代表"
        "|(?:窗口|值班|经办|承办|[局所站镇乡办科股]|街道|社区|村委会|居委会|政府|机关|部门|大队|服务中心|大厅)工作人员",
    ),
    (
        Role.OFFICIAL,
        "(?:机关|单位|部门|窗口|科室|股室)负责人|(?:值班|带班|分管|包保|包案|联系|主要|接访|挂[钩点联]|带队|责任)领导|[省市县区镇乡村]?级?总?[河湖林田]长(?!制|办)|领导署名|签发人?|主持人?|出席|列席|参加|参会人员|请假|缺席|总指挥|指挥长|召集人|审判长|审判员|人民陪审员|陪审员"
        "|执行员|书记员|听证员|检察官|行政复议(?:办案|工作|审理)?人员|新闻发言人|评标专家|评审专家|评委|(?:领导小组|委员会|调查组|工作组|谈判小组|专家组)(?:全体)?(?:成员|(?:组成)?人员)"
        "|(?:局长|县长|市长|区长|镇长|乡长|书记|主任|所长|站长|组长|组员|民警|警察)(?=[ ]*[:：])"
        "|(?<=[,，;；。 ])成员(?=[ ]*[:：])",
    ),
)
_WORDS = "|".join(f"(?P<{role.name}>{words})" for role, words in _LABELS)
_LABEL = headed(_WORDS)
_RELATIVE_HEADER = re.compile(r"(?:配偶|妻子|丈夫|子女)(?:姓\s*名|名字)?\s*\Z")
"""A list that keeps applicants hides who belongs to them (申请人配偶姓名)."""
_PARENT_HEADER = re.compile(r"(?:父亲|母亲|爷爷|奶奶|祖父|祖母)(?![节])")
# Who submits a proposal; within a sentence 代表 and 委员 are offices.
_DEPUTY_HEADER = re.compile(
    r"(?:领衔|提案|议案|建议|提出|省|市|县|区|人大|政协)*(?:代表|委员)(?:姓名)?"
)
_KIN = re.compile(
    r"[(（](?:其|系|之|申请人|死者|本人)?"
    r"[父母夫妻子女儿媳婿兄弟姐妹孙侄舅姑姨叔伯外公婆长次养继]{1,3}[)）]"
)
_NAME = r"[\u4e00-\u9fff·]{2,5}(?:[(（][^()（）\n]{0,30}[)）])?"
# After a colon anything may stand between the names of a list; without one only names:
# 证人证言，张三 names no witness, and 被处罚人张三与李四 need not be one party.
_LABEL_GAP = re.compile(
    r"(?:名单|姓名|名册|(?<![参与到]会人员)(?<!出席人员)签[名字]|及(?:联系)?(?:电话|方式)|第[一二三四五六七八九十0-9]{1,2}名)?"
    r"(?:[(（][^()（）\n]{0,10}[)）]|[)）])?[ ]{0,3}"
    r"(?:(?:[:：]|为|是)[ ]{0,3}(?:第[一二三四五]名?[:：][ ]?)?"
    r"(?:[\u4e00-\u9fff·0-9() （）-]{2,20}[、,，/;；][ ]?|[\u4e00-\u9fff·]{2,5}[ ]{1,4}|和|及|与)*"
    r"(?P<member>(?:副?组长|组员|成员)?)"
    rf"|(?:{_NAME}[ ]?(?:[、/]|和|及|[ ]{{1,4}}))*)\Z"
)
_NUMBER = "[0-9一二三四五六七八九十两多余几]{0,4}"
_NOTE = r"(?:[(（][^()（）\n]{0,36}[)）])?"
_AMONG = re.compile(
    rf"{_NOTE}[ ]?(?:等[ ]?{_NUMBER}|[两二三四]|[0-9]{{1,3}}(?=[人名位]))[余]?"
    rf"(?:[名位个]?的?|[人名位](?:同志)?(?:为|是|列为))(?:{_WORDS})"
)
_IS = re.compile(
    rf"{_NOTE}[,，]?(?:均|都)?(?:系|是|为)(?:本案|该案|此案|本次事故|该起事故|事故)?的?(?:{_WORDS})(?=[,，。;；、)）]|\Z)"
)

_BADGE = re.compile(r"[ ]?[(（](?:行政)?执法(?:证|编)")
# Under a list of names: 制表：蒲晓燕  审核：龙志平. 经审核：龙志平符合条件 signs nothing.
_SIGNING = re.compile(
    r"(?<![\u4e00-\u9fff])(?:审核|复核|初审|审批|核对|校核|制表|填表|填报|编制|造册|经办|统计)"
    r"(?:[(（]签[字名章][)）])?[ \u3000]{0,4}[:：][ \u3000]{0,4}\Z"
)
_SIGNED = re.compile(
    r"[ \u3000]*(?:\Z|[(（]签"
    r"|[ \u3000,，;；](?:[0-9]{4}年|[\u4e00-\u9fff]{2,6}[ \u3000]{0,4}[:：]))"
)
# 登记人 is whoever a vehicle or a house is registered to; a clerk is one among the signatures.
_REGISTRAR = re.compile(
    r"(?<![\u4e00-\u9fff])登记人(?:[(（]签[字名章][)）])?[ \u3000]{0,4}[:：]?[ \u3000]{0,4}\Z"
)
_SIGNATURES = re.compile(
    r"(?:登记|填表|填报|接待|来访|受理)(?:日期|时间)|[(（]签[字名章][)）]"
    r"|(?:经办|复核|审核|核对|校对|填表|填报|制表|记录|接待|受理|核查)人"
)
_REGISTERED = re.compile("[车房]|号牌|牌照|不动产|产权|权证|使用权|股权|机主|号码")
_BRACKETED = re.compile(rf"[ ]?[(（](?:系|为)?(?:{_WORDS})(?=[)）,，、;；])")


def by_label(before: str) -> Role | None:
    """Read the nearest label before a name; a list of names after a label shares it."""
    labels = list(_LABEL.finditer(before))
    gap = _LABEL_GAP.match(before, labels[-1].end()) if labels else None
    if gap is None:
        return None
    role = _named(labels[-1])
    # 当事人：某合作社，成员李四 is another; 调查组成员：组长王建，成员李四 sit in one group.
    if gap["member"] and role is not Role.OFFICIAL:
        return None
    # 经办人（子）于勒 acts for his family, not for an office.
    kin = role is Role.HANDLER and _KIN.match(before, labels[-1].end())
    return None if kin else role


def by_sign_off(before: str, after: str) -> Role | None:
    """Read who signs for a list: a name alone between such a label and the end or the next one."""
    signs = _SIGNING.search(before) and _SIGNED.match(after)
    return Role.HANDLER if signs else None


def by_register(before: str, around: str) -> Role | None:
    """Read who registers, where others sign beside him and no thing is registered to him.

    ``around`` is what stands before and after the name, over the ends of lines.
    """
    if not _REGISTRAR.search(before) or _REGISTERED.search(around):
        return None
    return Role.HANDLER if _SIGNATURES.search(around) else None


def by_label_after(after: str) -> Role | None:
    """Read the label that follows a name or the list it ends: 等5名伤者, 系本案证人, （经营者）."""
    if _BADGE.match(after):
        return Role.HANDLER
    return _named(_AMONG.match(after) or _IS.match(after) or _BRACKETED.match(after))


@lru_cache(maxsize=4096)
def by_header(header: str) -> Role | None:
    """Read the role that the header of a column or the label of a field names (监护人电话)."""
    if _RELATIVE_HEADER.search(header):
        return Role.RELATIVE
    if label := _LABEL.search(header):
        return _named(label)
    if _DEPUTY_HEADER.fullmatch(header):
        return Role.APPLICANT
    return Role.GUARDIAN if _PARENT_HEADER.match(header) else None


_ACTING = frozenset({Role.INFORMANT, Role.WITNESS, Role.APPLICANT, Role.PUNISHED, Role.HANDLER})


@lru_cache(maxsize=4096)
def is_acting(label: str) -> bool:
    """Say whether it calls somebody by his part in the matter and nothing else (信访人)."""
    found = _LABEL.match(label)
    whole = found is not None and found.end() == len(label)
    return whole and label.endswith("人") and _named(found) in _ACTING


def _named(label: re.Match[str] | None) -> Role | None:
    return Role[label.lastgroup] if label and label.lastgroup else None
