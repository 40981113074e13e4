"""A header says last what stands below it; of several things any personal one counts."""

from __future__ import annotations

import pytest

from detectors.tables.columns import meaning
from review.finding import Entity

BANK, ID, PHONE = Entity.CN_BANK_CARD, Entity.CN_ID_CARD, Entity.PHONE_NUMBER
SOCIAL = Entity.CN_SOCIAL_SECURITY


@pytest.mark.parametrize(
    ("header", "entity"),
    [
        ("开户行账号", BANK),
        ("开户行及账号", BANK),
        ("开户银行、户名、账号", BANK),
        ("收款账户", BANK),
        ("粮补折号", BANK),
        ("账 户\n(必填)", BANK),
        ("Account No.", BANK),
        ("有效证件号", ID),
        ("证件类型及号码", ID),
        ("个人编码(身份证号)", ID),
        ("ID No.", ID),
        ("通讯方式", PHONE),
        ("Mobile", PHONE),
        ("住宅电话(含区号)", PHONE),
        ("参保编号", SOCIAL),
        ("城乡居民养老保险个人编号", SOCIAL),
        ("住院号", SOCIAL),
        ("残疾人证号", SOCIAL),
        ("参保人身份证号", ID),
        ("Passport No.", Entity.CN_PASSPORT),
        ("残疾等级", Entity.HEALTH),
    ],
)
def test_a_number_of_a_person_is_known_by_the_words_it_ends_with(
    header: str, entity: Entity
) -> None:
    assert meaning(header) is entity


@pytest.mark.parametrize(
    "header",
    [
        "账号开户行",
        "账户性质",
        "开户银行",
        "账户名称",
        "银行卡户名",
        "身份证有效期限",
        "证件类型",
        "身份证复印件",
        "护照签发机关",
        "电话补贴",
        "手机型号",
        "银行卡余额",
        "单位社保编号",
        "社会保险登记证号",
        "医疗器械注册证号",
        "检验单号",
        "项目编号",
        "发票号码",
        "编号",
        "号码",
        "金额(元)",
        "",
    ],
)
def test_what_is_told_of_a_number_or_a_paper_is_none(header: str) -> None:
    assert meaning(header) is None
