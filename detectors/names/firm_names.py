"""Whether a piece of a person's name belongs to what a firm is called (阿芳副食店).

The registered name of a firm is public (企业信息公示暂行条例) and another than the registered one
is nobody's: it is kept as it stands, and a person is asked, for it may tell the owner.
"""

from __future__ import annotations

import re

from detectors.text.labels import line_after, line_before

_REACH = 24
_CODE_REACH = 120
_GAP = (
    r"(?:(?!经营(?!部)|负责|购|销售(?![部店])|提供|位于|电话)"
    r"[\u3400-\u9fff](?<![在到的从与和及于是将把对向因了去由被给其该让叫说称租买住开办]))"
)
_KIND = (
    "公司|集团|合作社|合作联社|经营部|经销部|门市部?|服务部|小卖部|营业部|维修部|工作室|诊所|卫生室|药房|超市"
    "|商[行店场城]|餐[馆厅]|饭[店馆庄]|酒[楼家店]|[面粉粥]馆|小吃|食府|农[庄场]|[养饲]殖场|种植园|作坊|工坊|事务所"
    "|幼儿园|培训中心|服务中心|理发店|美[容发][店院]"
)
# 阿芳店里 and 阿芳厂长 are no firms: these need the trade before them.
_SHORT = "[店厂馆铺坊社行部场](?![长主员家卡号])"
_FIRM = re.compile(rf"{_GAP}{{0,10}}?(?:{_KIND})|{_GAP}{{1,10}}?{_SHORT}")
_LABEL = re.compile(
    r"(?:当事人|被处罚(?:人|单位)|名\s*称|字\s*号|商号|招牌|个体工商户)[^：:\n]{0,6}[:：][^：:，,。；;\n]{0,16}\Z"
)
_CODE = re.compile(r"信用代码|注册号|营业执照")
_LONGER = re.compile(r"[\u3400-\u9fff]{2}")


def in_firm_name(text: str, start: int, end: int) -> bool:
    """Say whether a firm is called by what stands in ``text[start:end]``, end exclusive."""
    after = line_after(text, end, _REACH)
    if _FIRM.match(after):
        return True
    labelled = _LABEL.search(line_before(text, start, _REACH)) and _LONGER.match(after)
    return bool(labelled) and _CODE.search(text, end, end + _CODE_REACH) is not None
