"""Which telephone is an office's own: those are no private numbers (条例 20(二))."""

from __future__ import annotations

import re
from bisect import bisect_right

from detectors.people.role_rows import serves_at_desk
from detectors.people.role_setting import Setting
from detectors.tables.row_cells import cells_beside
from detectors.text.labels import line_before
from detectors.text.numerals import digits_of
from review.finding import Finding, Role

_MOBILE = re.compile(r"(?:0086|86|0)?1[3-9]\d{9}")
_OFFICE_PHONE = re.compile(
    r"(?:办公|咨询|监督|公示|举报|投诉|值班|受理|服务|业务|窗口|单位|对外|[抢维报]修|救援|客服|报名|预约|应急|调度)(?:电话|热线|方式)"
    r"|传真|总机|热线"
)
# 联系城关中队0598-3829003: what ends like a part of a body stands right before the number;
# 502室, 石桥村3队 and 12号院 are homes.
_UNIT = re.compile(
    r"(?:[局厅委署所站科股]|(?<![0-9一二三四五六七八九十号])[室队院]|部门|窗口|中心"
    r"|(?<=[\u3400-\u9fff]{2})(?<![代承经主协领督包专补申新交])办)"
    r"(?:的?(?:联系|办公)?(?:电话|座机))?[ ]?[:：]?[ ]?\Z"
)
_FIRM = re.compile(
    r"(?:公司|合作社|集团|[村居]民?委员?会|[厂店馆校园院局站所部社]|中心|超市|农场|学校|银行)\Z"
)
_SUBJECT = re.compile(r"(?:名称|(?<!工作)(?<!所在)单位|企业|公司|机构|商户|[人主者户])\Z")
# Whoever serves at a desk answers its landline.
_SHARED = re.compile(r"电话|联系方式")
_CONTACT = re.compile(r"联系(?:电话|方式)")
# 联系：0797-8412345　邮箱 yx12345@ganzhou.gov.cn
_OFFICE_MAIL = re.compile(
    r"[^\n。]{0,12}?[ \u3000:：,，][A-Za-z0-9_.-]+@(?:[A-Za-z0-9-]+\.)*gov\.cn"
)
_PRIVATE = re.compile(
    r"手机|家庭|本人|住址|家住|户籍|身份证|个人|住宅|宅电|户主|业主|住户|村民|居民|(?:来信|来访|来电|举报|投诉|申请|当事)人"
)
_BODY = re.compile(
    r"政府|法院|检察院|委员会|办公室|办事处|派出所|村委会|居委会|大厅|[局厅委署](?![部长员])"
    r"|公司|集团|学校|[中小大]学|学院|幼儿园|医院|卫生院|银行|事务所|中心|[支大]队|采购人|招标人|代理机构|单位"
    r"|邮编|邮政编码|网址|电子信箱"
    r"|(?:[府委政编]|防汛|应急|扶贫|振兴|信访|综治|食安|河长|林长|禁毒|移民|征收|拆迁)办(?![理事公法结案])"
    r"|残联|妇联|工商联|总工会|红十字会"
)
# 如有异议，请向云峰镇民政办反映，电话…
_TOLD_TO = re.compile(
    r"请?(?:向|到|至|与)[^。；;，,\n]{2,24}(?:反映|举报|投诉|咨询|提出|查询)[^。；;\n0-9]{0,12}\Z"
)
# 可拨打12320或0745-…咨询: who is asked to ring gets an answer from an office.
_RINGS = re.compile(r"(?:拨打|致电)(?P<whom>[^。；;\n]{0,24})\Z")
_FOR_AN_ANSWER = re.compile(
    r"(?:进行|予以)?(?:政策|业务)?(?:咨询|查询|反映|举报|投诉|报修|报名|预约|求助)(?=[，,。；;、）)或和\n]|\Z)"
)
# 证件号码 …　通信地址 …　邮政编码 …: the form that somebody fills in about himself.
_FORM = re.compile("证件(?:号码|名称|类型)")
_PUBLIC = frozenset(
    {
        Role.HANDLER,
        Role.OFFICIAL,
        Role.LEGAL_REPRESENTATIVE,
        Role.PROJECT_MANAGER,
        Role.BIDDER,
    }
)
"""Who is reached at a landline of the office or the firm he stands for."""
_LABEL_REACH = 16
_BODY_REACH = 60
_FORM_REACH = 100


def role_of(setting: Setting, telephone: Finding, owner: Role | None) -> Role:
    """Mark a landline of an office or a firm; ``owner`` is the role of whom it stands beside.

    A mobile is never an office's, nor is what stands beside a private person.
    """
    document, start = setting.document, telephone.span.start
    header = setting.header(telephone)
    if _MOBILE.fullmatch(digits_of(document.value(telephone.span))):
        return Role.UNKNOWN
    block = document.starts[document.block_at(start)]
    before = setting.text[max(block, start - _LABEL_REACH) : start]
    if owner is None and _is_to_be_rung(setting, telephone):
        return Role.OFFICE
    if _PRIVATE.search(before) or _PRIVATE.search(header):
        return Role.UNKNOWN
    if _OFFICE_PHONE.search(before) or _OFFICE_PHONE.search(header) or owner in _PUBLIC:
        return Role.OFFICE
    if not header and _is_of_a_unit(setting, before, start):
        return Role.OFFICE
    if header and _SHARED.search(header) and _in_row_of_a_desk(setting, telephone):
        return Role.OFFICE
    if owner is not None or _FORM.search(line_before(setting.text, start, _FORM_REACH)):
        return Role.UNKNOWN
    public = (
        _CONTACT.search(before)
        or _TOLD_TO.search(line_before(setting.text, start, _BODY_REACH))
        or _OFFICE_MAIL.match(setting.text, telephone.span.end)
        or _of_a_body(setting, telephone, block)
        or _in_row_of_a_firm(setting, telephone)
    )
    return Role.OFFICE if public else Role.UNKNOWN


def _is_to_be_rung(setting: Setting, telephone: Finding) -> bool:
    """Say whether readers are told to ring a number for what they want of an office."""
    start, end = telephone.span.start, telephone.span.end
    rung = _RINGS.search(line_before(setting.text, start, _BODY_REACH))
    if rung is None or _PRIVATE.search(rung["whom"]):
        return False
    return _FOR_AN_ANSWER.match(setting.text, end) is not None


def _is_of_a_unit(setting: Setting, before: str, start: int) -> bool:
    """Say whether a part of a body stands right before a number, and no name that ends like one."""
    unit = _UNIT.search(before)
    if unit is None:
        return False
    at = start - len(before) + unit.start()
    last = bisect_right(setting.starts, at) - 1
    return last < 0 or setting.people[last].span.end <= at


def _in_row_of_a_firm(setting: Setting, telephone: Finding) -> bool:
    """Say whether the row of a cell is a body's or a firm's own, where nobody is named in it."""
    document = setting.document
    return any(
        _SUBJECT.search(setting.headers.get(index, ""))
        and _FIRM.search(document.blocks[index].text.strip())
        for index in cells_beside(document, telephone.span.start)
    )


def _in_row_of_a_desk(setting: Setting, telephone: Finding) -> bool:
    """Say whether a column tells at which desk a number is answered, and none of clients."""
    cells = cells_beside(setting.document, telephone.span.start)
    return serves_at_desk(setting.headers.get(index, "") for index in cells)


def _of_a_body(setting: Setting, telephone: Finding, block: int) -> bool:
    """Say whether a body is spoken of before a number, or above its line, and no person since."""
    start = telephone.span.start
    # A cell says nothing of the next one.
    own_line = setting.document.blocks[setting.document.block_at(start)].cell is not None
    first = max(block if own_line else 0, start - _BODY_REACH)
    person = bisect_right(setting.ends, start) - 1
    if person >= 0 and setting.ends[person] > first:
        return False
    return _BODY.search(setting.text, first, start) is not None
