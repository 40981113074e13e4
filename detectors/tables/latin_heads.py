"""What columns are called in Latin letters, as tables out of a database are: xm, id_no, phone."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 24
_HEADS: tuple[tuple[str, str], ...] = (
    ("姓名", "xm xingming name fullname realname username personname"),
    ("户主姓名", "hz hzxm huzhu"),
    ("学生姓名", "xsxm"),
    ("申请人姓名", "sqr sqrxm"),
    ("身份证号", "sfz sfzh sfzhm sfzjh sfzjhm zjhm gmsfhm gmsfzh shenfenzheng idno idnum idnumber"
     " idcard idcardno idcardnumber identityno identitynumber certno certnumber"),
    ("联系电话", "dh dhhm lxdh lxfs sj sjh sjhm shouji dianhua phone phoneno phonenumber"
     " mobile mobileno mobilephone cellphone tel telno telephone contact"),
    ("家庭住址", "dz zz jtzz jtdz xzz lxdz zhuzhi dizhi address addr homeaddress"),
    ("银行账号", "yhkh yhzh yhk ykt yktzh bankcard bankcardno bankaccount bankno cardno"
     " accountno account"),
    ("开户行", "khh khyh bank bankname"),
    ("性别", "xb sex gender"),
    ("年龄", "nl age"),
    ("出生日期", "csrq csny birth birthday birthdate dateofbirth dob"),
    ("民族", "mz minzu nation ethnicity"),
    ("婚姻状况", "hyzk marital maritalstatus"),
    ("健康状况", "jkzk health healthstatus"),
    ("学历", "xl degree education"),
    ("家庭人口", "jtrk rks familysize"),
    ("监护人", "jhr jhrxm guardian guardianname"),
    ("车牌号", "cph cphm plate plateno platenumber"),
    ("微信号", "wx wxh wechat"),
    ("电子邮箱", "yx dzyx email mail"),
    ("单位", "dw gzdw org company employer"),
    ("学校", "xx xuexiao school"),
    ("社区", "sq cun cz zhen xz jd village town"),
    ("金额", "je bzje jine amount"),
    ("序号", "xh no id seq"),
    ("编号", "bh code"),
    ("备注", "bz remark remarks note notes memo"),
)  # fmt: skip
_WHOSE = {
    "hz": "户主", "sqr": "申请人", "applicant": "申请人", "jhr": "监护人", "guardian": "监护人",
    "parent": "家长", "xs": "学生", "stu": "学生", "student": "学生", "child": "儿童", "po": "配偶",
    "spouse": "配偶", "lxr": "联系人", "user": "", "my": "",
}  # fmt: skip
_CALLED = {word: head for head, words in _HEADS for word in words.split()}
_APART = re.compile(r"[\s_.\-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def in_chinese(text: str) -> str:
    """Give a head in Latin letters as it would stand in Chinese; any other text stays."""
    return _translated(text) if text[:1].isascii() and len(text) <= _LONGEST else text


@lru_cache(maxsize=4096)
def _translated(text: str) -> str:
    if not text[:1].isalpha():
        return text
    parts = _APART.split(_CAMEL.sub("_", text).lower().strip("_:"))
    if found := _CALLED.get("".join(parts)):
        return found
    head = _CALLED.get("".join(parts[1:]))
    return _WHOSE[parts[0]] + head if head and parts[0] in _WHOSE else text
