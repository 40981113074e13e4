"""Whose address it is: an office's, a firm's or a site's, or a person's home."""

from __future__ import annotations

import re

from detectors.addresses.words import HAN, any_of
from review.finding import Role

OFFICE_LABEL = re.compile(
    rf"(?:{any_of('office')}|经营(?![者户人])|被?抽样(?![人员]))(?:(?!某)[{HAN}]){{0,4}}(?:地\s*址|地点|位置|场所|所在地|住所)|经营场所|建设地点|受理窗口"
)
_HOME = re.compile("家庭|户籍|居住|家住|现住|(?<![(（])住址|坐落|经营者住所")
_PARTYS = re.compile(
    r"(?:申请|信访|举报|投诉|来信|来访|来电|反映|当事|被处罚|承租|权利|受害|报案)人的?"
    r"(?:联系|通讯|通信|送达|邮寄)?地址"
)
_CROSSING = re.compile(r"(?:交叉口|交汇处|交界处|路口|路段|收费站|桥头)\Z")
"""Where roads meet nobody lives."""
_YOURS = re.compile(r"[你您](?:本人)?的?(?:通信|通讯|联系|送达|邮寄)?地址[:：为是在 ]*\Z")
_VERB = re.compile(r"(?<![居户常])住(?![所址])")
# No clause about somebody stands between an address and the office that sits there.
_TITLE = rf"(?:(?![某民向到往至的与被对和及因在由将])[{HAN}])"
_SEAT = re.compile(
    rf"[ ]?(?:{_TITLE}{{0,12}}?{any_of('seat')}|[省市县区镇乡]{_TITLE}{{1,8}}?(?:局|委|办|院|厅))"
)
_SEAT_WITHIN = re.compile("政府|委员会|服务中心|大厅|会议室|开标室")
_SITE = re.compile(rf"(?<![住居]){any_of('site')}[，,]?[现均]?(?:位于|坐落于?|选址于?|设在|设于)\Z")
# Whoever sells food has the name of his shop before its address (食品安全法第一百一十八条).
_SHOP = (
    r"(?:超市|经营部|经销部|门市部?|商[行店]|餐[馆厅]|饭[店馆庄]"
    r"|[面粉粥]馆|小吃店|副食店|食品[店厂]|食堂)"
)
_BODY = re.compile(
    rf"(?:{any_of('body')}|{_SHOP}|[{HAN}]{{3}}[所站])(?:[ ]?[(（](?:地址)?[:：]?"
    r"|[，,；; \u3000]{0,3}(?:办公|联系|通[讯信]|注册|所在|其|的)?(?:地址|住所)"
    r"(?:[:：]|在|为|是)[ ]*)\Z"
)
# 位于创业路9号的三友钢构厂
_SITS = re.compile(r"(?:位于|坐落于|坐落在|设在|设于)\Z")
_SEATED = re.compile(rf"的[{HAN}]{{2,16}}?(?:{any_of('body')}|{_SHOP}|[厂店])")
_DIVISIONS = rf"(?:[{HAN}]{{2,8}}?[省市县区])*"
# 办理地点：政务服务中心二楼，赣南大道168号。
_AT_OFFICE = re.compile(
    rf"{OFFICE_LABEL.pattern}[:：](?:(?![住户民人])[^。;；:：\n]){{2,40}}[,，][ ]?{_DIVISIONS}\Z"
)
# 招标人 某公司 赣南大道200号 联系人：…: a line that a body opens is no person's.
_OPENS = re.compile(
    rf"(?:(?<![^\n])|招标人|采购人|代理机构|建设单位|中标人|供应商|投标人)[:： \u3000]{{0,4}}"
    rf"[{HAN}()（）]{{2,24}}?{any_of('body')}[ \u3000]{{1,4}}{_DIVISIONS}\Z"
)
_GOES_ON = re.compile(r"[ \u3000，,；;]{1,4}(?:联系|电话|邮编|传真)")
_CLOSES = re.compile(r"[。；;，,、)）\s]|\Z")
_WORKS = re.compile(rf"[{HAN}]{{0,6}}?{any_of('works')}")
# 滨江路1—99号 is a stretch of a road; 12-3号 is a door.
_STRETCH = re.compile(r"[路街巷弄道]\d{1,4}号?[—～~至到]\d{1,4}号\Z")
_ROOM = re.compile("室|单元|房|户")
_RESIDENTIAL = re.compile(any_of("residential"))
_HOUSE = re.compile(r"[路街巷弄道村].{0,8}\d|[村屯组寨庄]")
_COMPANY = re.compile(any_of("company"))
_PERSON = re.compile(any_of("person"))
# Whoever gets letters has a postcode: it speaks for an office only where one is named or asks.
_POSTCODE = re.compile(r"[ \u3000，,；;（(]{1,4}(?:邮编|邮政编码)")
_ASKS = re.compile(rf"征求意见|反馈意见|意见反馈|(?:来信|信函)请?寄|{any_of('company')}")
_ENDS_IN_BODY = re.compile(rf"{any_of('body')}\Z")
# 受理人：…。信访人张大山，电话：…，地址：… is his, whatever office is spoken of before.
_OF_PARTY = re.compile(
    r"(?:信访|举报|投诉|来信|来访|来电|反映|申请|报案|求助|承租|当事)人[:：]?"
    rf"[{HAN}]{{2,4}}(?<![司店厂社部行所院校馆])[,，(（][^。\n]*\Z"
)


def role_of(text: str, first: int, label_end: int, start: int, end: int) -> Role:
    """Tell an office from a home: by label, by what the address names, by what stands near.

    ``first``..``label_end`` is what stands before the address ``start``..``end`` in its line.
    """
    label, value = text[first:label_end], text[start:end]
    if _HOME.search(label) or _YOURS.search(label) or _PARTYS.search(label):
        return Role.UNKNOWN
    if OFFICE_LABEL.search(label) or _SITE.search(text[max(0, start - 20) : start]):
        return Role.OFFICE
    if _VERB.search(label) or (_RESIDENTIAL.search(value) and _ROOM.search(value)):
        return Role.UNKNOWN
    if (
        _STRETCH.search(value)
        or _CROSSING.search(value)
        or (_SITS.search(text[max(0, start - 4) : start]) and _SEATED.match(text, end))
        or _WORKS.match(text, end)
        or _BODY.search(text[max(0, start - 24) : start])
        or (_CLOSES.match(text, end) and _AT_OFFICE.search(text[max(0, start - 64) : start]))
        or (_GOES_ON.match(text, end) and _OPENS.search(text, max(0, start - 48), start))
    ):
        return Role.OFFICE
    if _RESIDENTIAL.search(value):
        return Role.UNKNOWN
    if _SEAT.match(text, end) or _SEAT_WITHIN.search(value):
        return Role.OFFICE
    return _by_neighbours(text, label, first, start, end)


def is_residential(value: str) -> bool:
    """Say whether people live at what an address names: an estate, a village, a road's number."""
    return _RESIDENTIAL.search(value) is not None or _HOUSE.search(value) is not None


def _by_neighbours(text: str, label: str, first: int, start: int, end: int) -> Role:
    near = text[max(0, first - 80) : first] + text[end : end + 40].split("\n")[0]
    if not re.search("地址|住所", label) or _PERSON.search(near):
        return Role.UNKNOWN
    if _OF_PARTY.search(text, max(0, first - 80), start):
        return Role.UNKNOWN
    asked = _POSTCODE.match(text, end) and (
        _ASKS.search(text, max(0, first - 80), start) or _ENDS_IN_BODY.search(text, start, end)
    )
    return Role.OFFICE if asked or _COMPANY.search(near) else Role.UNKNOWN
