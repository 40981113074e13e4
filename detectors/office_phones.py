"""Which telephone is an office's own: those are no private numbers (条例 20(二))."""

from __future__ import annotations

import re
from bisect import bisect_right

from detectors.numerals import digits_of
from detectors.role_setting import Setting
from review.finding import Finding, Role

_MOBILE = re.compile(r"(?:0086|86|0)?1[3-9]\d{9}")
_OFFICE_PHONE = re.compile(
    r"(?:办公|咨询|监督|举报|投诉|值班|受理|服务|业务|窗口|单位|对外|联系)(?:电话|热线|方式)|传真|总机|热线"
)
_PRIVATE = re.compile(r"手机|家庭|本人|住址|家住|户籍|身份证|个人")
_PUBLIC_BODY = re.compile(
    r"政府|法院|检察院|委员会|办公室|办事处|派出所|服务中心|[局厅委署](?![部长员])"
)
_LABEL_REACH = 16
_BODY_REACH = 60


def role_of(setting: Setting, telephone: Finding) -> Role:
    """Mark an office's number: a landline, or one introduced as the office's own."""
    document, start = setting.document, telephone.span.start
    mobile = _MOBILE.fullmatch(digits_of(document.value(telephone.span)))
    block = document.starts[document.block_at(start)]
    before = setting.text[max(block, start - _LABEL_REACH) : start]
    if mobile or _PRIVATE.search(before):
        return Role.UNKNOWN
    public = _OFFICE_PHONE.search(before) or _of_public_body(setting, block, start)
    return Role.OFFICE if public else Role.UNKNOWN


def _of_public_body(setting: Setting, block: int, start: int) -> bool:
    """Say whether a public body is spoken of before a number, and no person since."""
    first = max(block, start - _BODY_REACH)
    person = bisect_right(setting.ends, start) - 1
    if person >= 0 and setting.ends[person] > first:
        return False
    return _PUBLIC_BODY.search(setting.text, first, start) is not None
