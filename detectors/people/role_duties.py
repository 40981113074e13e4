"""Who acts for an office though no title stands beside him: presides, is charged with a case.

Officials in office are named (政府信息公开条例 20(二)). At feasts, in families and in firms
somebody presides and leads as well: he is nobody's official.
"""

from __future__ import annotations

import re

_PRIVATE = re.compile(
    r"家庭|家族|亲属|[婚葬丧]|宴|股东|董事|公司|企业|合伙|工程|施工|店|厂|集资|业主|导游|团伙"
)
_CLAUSE = re.compile(r"[。；;\n]")
_MEETING = r"(?:会议?|听证|会商|调解|活动|仪式)"
_HANDED_MEETING = re.compile(rf"{_MEETING}(?:[^。；;\n]{{0,20}}[，,])?由?\Z")
_PRESIDES = re.compile(r"(?:同志)?主持(?=[，,。；;\n会召并]|\Z)")
_PRESIDES_OVER = re.compile(
    r"(?:同志)?主持(?:召开|会议|了?[^，,。；;\n]{0,8}(?:协调|听证|调解|协商|会商|对话|现场|座谈|化解|调度|联席)[^，,。；;\n]{0,4}会?)"
)
_CASE = re.compile(r"(?:[件案]|事项|问题|纠纷|工单|诉求|议题)由\Z")
_DECIDED = re.compile(r"会议[^，,。；;\n]{0,6}由\Z")
_CHARGED = re.compile(
    r"(?:同志)?(?:包案|领办|督办|承办|主办|负责(?:包案|督办|承办|办理|解释|答复|跟踪)|牵头(?:化解|办理|督办))"
)
_IN_CHARGE = re.compile(r"(?:同志)?包案")
_LABELS = re.compile(
    r"(?:包案|领办|牵头|带队)(?:[省市县区镇乡]级?)?领导(?:为|是|[:：])?[ ]?\Z"
    r"|(?:责任|包案|牵头)领导[^。\n]{0,40}?责任人(?:为|是)?[ ]?[:：]?[ ]?\Z"
    r"|(?:[本我该][局厅委办所镇乡县院]|本?机关|(?:办案|复查|复核)(?:机关|单位))负责人"
    r"(?:审批)?[ ]?[:：]?[ ]?\Z"
    r"|(?<![^\W\d])负责人审批[:：][ ]?\Z"
)
_TEAM = re.compile(
    r"(?:调查|工作|核查|检查|复查|督导|审查|听证|领导)(?:小组|组)[^。；;\n抓获查处]{0,40}?"
    r"(?:副?组长|成员)(?:为|有|是|包括)?[ ]?[:：]?[ ]?\Z"
)
_ROSTER = re.compile(
    r"(?:\A|[。；;])[ \u3000]*(?:[一二三四五六七八九十0-9]{1,3}[、.．])?[ ]?组长(?:[:：]?[ ]?"
    r"|[:：]?[\u4e00-\u9fff·]{2,4}[ \u3000，,；;、]{1,3}(?:副组长|成员|组员)"
    r"[:：]?[ ]?(?:[\u4e00-\u9fff·]{2,4}、)*)\Z"
)
"""A line that lists a team: 组长游子安，成员桂林、."""
_MEMBERS = re.compile(
    r"[^。；;\n]{0,40}?为成员的[^，,。；;\n]{0,12}(?:调查|工作|核查|检查|督导|专家|专项)组"
)
_LED = re.compile(r"(?:小组|组|专班)由\Z")
_LEADS = re.compile(r"(?:同志)?(?:任|担任)副?组长")
_UNIT = re.compile(
    r"(?:[省市县区镇乡道][\u4e00-\u9fff]{0,8}(?:[局委办厅所]|政府|中心|大队|支队|纪委)"
    r"|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}(?:[局委办所股]|政府|执法队|大队|支队))由?\Z"
)
_FOR_UNIT = re.compile(
    r"(?:同志)?(?:于[^，,。；;\n]{2,10})?(?:具体|负责)?"
    r"(?:通报|汇报|承办|带队|牵头|主持|督办|答复|解释|记录|宣读|释明|核查|勘查|介绍(?!信)|登记(?!结婚|离婚|失业|为|在)"
    r"|入户(?!籍)|到场|到会|发放|(?:任|为|是)(?:具体|第一)?责任人)"
)
_RESPONSIBLE = re.compile(r"责任人[ ]?[:：]?[\u4e00-\u9fff]{0,12}\Z")


def on_duty(before: str, after: str) -> bool:
    """Say whether somebody presides over a meeting of an office, leads its team or has its case.

    ``before`` and ``after`` are the line around him, or around the list of names he stands in.
    """
    left = _CLAUSE.split(before)[-1]
    if _PRIVATE.search(left) or _PRIVATE.search(_CLAUSE.split(after)[0][:12]):
        return False
    if _IN_CHARGE.match(after) or _PRESIDES_OVER.match(after) or _LABELS.search(before):
        return True
    if _PRESIDES.match(after) and _HANDED_MEETING.search(left):
        return True
    if _CHARGED.match(after) and (_CASE.search(left) or _DECIDED.search(left)):
        return True
    if _TEAM.search(left) or (_LED.search(left) and _LEADS.match(after)):
        return True
    listed = "组长" in before and _ROSTER.search(before)
    return bool(listed or ("成员的" in after and _MEMBERS.match(after)))


def for_unit(before: str, after: str) -> bool:
    """Say whether the name of an office stands right before somebody who does its work."""
    left = re.split(r"[，,。；;：:、 \n]", before)[-1]
    if _UNIT.search(left) is None:
        return False
    return _FOR_UNIT.match(after) is not None or _RESPONSIBLE.search(before) is not None
