"""What a sentence tells of a person: was hurt, reported something, bore witness, is addressed."""

from __future__ import annotations

import re

_NOTE = r"(?:[(（][^()（）\n]{0,36}[)）])?"
_DONE_TO = (
    r"(?:打(?![击造假])|殴|砸|撞|刺|砍|捅|咬|烧|烫|压(?!缩)|碾|轧|卡住|困(?!难|境|扰)|埋|掩埋|淹|冲走|卷[走入]|骗|诈骗"
    r"|盗(?!版)|偷|抢(?!救|险|修)|拐|绑架|劫持|侵害|性侵|猥亵|强奸|虐待|家暴|侮辱|诽谤|遗弃|骚扰|跟踪|电击|毒害|感染|霸凌|欺凌|围殴|绞|夹伤|割伤|划伤|挤伤|炸)"
)
# 被判犯盗窃罪, 被公安机关以诈骗罪立案 tell of a culprit.
_BY_SOMEBODY = r"[^,，。;；、\n判诉控罚查抓捕拘认指以因列责处涉嫌移]"
_HURT = re.compile(
    rf"{_NOTE}(?:[、和及][\u4e00-\u9fff]{{2,4}}?){{0,3}}"
    r"(?:等|均|都|因|[,，]|[0-9两二三四五六七八九十]{1,3}[人名](?:工人|职工|学生|群众|村民|乘客|人员)?|当场|经|不幸|英勇|因公|壮烈|已"
    r"|[于在][^,，。对向将把看慰救给\n]{2,16}?){0,4}"
    r"(?:(?:死亡|遇难|受(?:了)?[轻重微]{0,2}伤|负伤|身亡|坠亡|溺亡|溺水|落水|触电|坠落|跌落|摔伤|砸伤|烧伤|烫伤|灼伤|中毒|窒息"
    r"|抢救无效|不治|猝死|丧生|罹难|遇险|遇害|被害|殉职|殉难|失踪|失联|走失|牺牲(?!休息|时间|个人|节假))"
    r"(?!赔偿|补助|事故|人数|证明|抚恤|情况|原因|者|人员|案|鉴定|的[,，]|[一二三四五六七八九十0-9])"
    r"|(?:轻微?|重)伤(?!赔偿|人数|人员|者|员|鉴定|案|[三四五六七八九十0-9])"
    rf"|(?:被|遭到?|遭受|遭遇){_BY_SOMEBODY}{{0,12}}?{_DONE_TO})"
)
_FELL = re.compile(
    rf"{_NOTE}[^,，。;；、\n对向将把看慰询查问访报讲介要负主]{{1,14}}?"
    rf"(?:被{_BY_SOMEBODY}{{0,8}}?[绞夹轧割划挤砸撞烧烫炸咬打刺压砍][伤死断]|坠落|坠亡|跌落|摔落|晕倒|昏倒|昏迷|死亡|身亡|遇难|受伤|触电|溺水|溺亡|窒息|中毒|被埋|被困)"
    r"(?!赔偿|补助|事故|人数|证明|抚恤|情况|原因|者|人|案|鉴定|职工|工人|学生|儿童|群众|[一二三四五六七八九十0-9])"
)
_TOLL = re.compile(
    r"(?:死亡|遇难|受伤|[轻重]伤|失踪|失联|遇险)[ ]?"
    r"(?:[(（:：]|(?:人员|者)?(?:分别)?[为是])[ ]?(?:(?:分别)?[为是])?\Z"
)
_SOMEBODY = (
    r"(?:的|一名|被困|落水|溺水|轻生|路过)?(?:村民|居民|邻居|行人|工友|同事|同学|学生|妇女|女子|男子|老人|儿童"
    r"|女童|男童|群众|乘客|业主|顾客|店主|员工|职工|女工|病人|妻子|丈夫)?"
)
_TAKEN = re.compile(
    rf"(?:盗窃|窃取|偷走?|扒窃|抢夺|抢走|抢劫|诈骗|骗取|骗走|敲诈|勒索)[了过]?{_SOMEBODY}\Z"
)
_GOODS = re.compile(
    r"(?:的)?(?:[\u4e00-\u9fff]{0,6}?(?:手机|现金|财物|人民币|钱|电动|摩托|自行车|首饰|项链|银行卡|[0-9,.]+万?元|[0-9一两二三]+[部辆台件条张只头]))"
)
_HARM = (
    r"(?:击打|踢打|推倒|[打殴撞砸砍捅刺咬摔压轧烧烫]伤|殴打|撞[倒到飞]|碾压|[打撞砸砍捅刺杀毒害]死|杀害|猥亵|强奸|性侵|虐待|遗弃|拐卖|绑架"
    r"|骚扰|跟踪|侮辱|诽谤|恐吓|威胁|救起|救出|解救|营救)"
)
_HARMED_BEFORE = re.compile(
    r"[用持拿][^,，。]{1,8}(?:打|砸|捅|刺|砍|划|敲|戳|扎)(?:[向中了]{0,2})\Z"
    rf"|(?:{_HARM}[了过]?|(?:骗取|诈骗|抢劫|盗窃)[了过]|(?:致|致使|造成|导致)[其]?){_SOMEBODY}\Z"
)
_CAUSED = re.compile(r"(?:致|致使|造成|导致)[^,，。]{0,6}\Z")
_HARMED_AFTER = re.compile(
    rf"{_NOTE}(?:等[^,，。]{{0,6}})?(?:[^,，。;；、\n]{{0,6}}?){_HARM}(?![者人案])"
    r"|(?:实施|进行)[了过]?(?:殴打|猥亵|抢劫|诈骗|敲诈|家庭暴力|侵害|侮辱|威胁|恐吓|伤害)"
)
_VISITED = re.compile(r"(?:窜至|潜入|闯入|进入|翻入|撬开)[^,，。；;\n]{0,12}\Z")
_HOME = re.compile(r"(?:的)?(?:家|住处|住宅|房间|店|车|宿舍)")
_OBJECT = re.compile(rf"(?:将|把|对){_SOMEBODY}\Z")
_INFORMED = re.compile(
    rf"{_NOTE}(?:等人?)?(?:(?:[于向到]|通过)[^,，。;；、()（）\n]{{2,14}}?)?(?:实名|当面|书面|电话|来电|来信|来访|上门)?的?"
    r"(?:举报|检举|控告|揭发|投诉|报案|报警|上访)(?!人|电话|箱|材料|案件|处理|奖励|中心|平台|热线|问题|事项|查|后)"
    rf"|{_NOTE}(?:来电|来信|来访|致电|留言|网上)(?:反映|求助|诉求|询问|咨询|建议)"
)
_RECEIVED = re.compile(
    r"(?:接到?|收到|据|根据|接群众)(?:[\u4e00-\u9fff]{0,10}?(?:群众|村民|居民|市民|业主|职工|员工|热心人))?\Z"
)
_RECEIVED_AFTER = re.compile(
    rf"{_NOTE}(?:实名|电话)?的?"
    r"(?:举报|检举|控告|揭发|投诉|报案|反映|来电|来信|来访|报警|报料|提供的?(?:线索|情况))"
    rf"|{_NOTE}(?:等[^,，。]{{0,6}})?关于[^。；;\n]{{2,30}}?的(?:举报|投诉|来信|来电|来访|信访|报案|报警)"
)
_CONCERNING = re.compile(r"关于\Z")
_ITS_MATTER = re.compile(
    r"(?:同志|女士|先生)?(?:等[^,，。]{0,6})?(?:反映|举报|投诉|信访|上访|来信|来访|控告)(?!人)"
)
_ASKED = re.compile(r"(?:向|询问|走访)[^,，。；;\n]{0,10}\Z")
_ANSWERS = re.compile(r"(?:等[^,，。]{0,6})?(?:进行)?(?:了)?(?:调查|核实|了解|询问|求证|取证)")
_TESTIFIED = re.compile(
    rf"{_NOTE}(?:等[^,，。;；\n]{{0,6}})?(?:均|都|也|亦|还|可以|可|当庭|出庭)?"
    r"(?:证实|作证|目击|目睹|证明(?!材料|书|文件|人|信)|的?证言|的?证词)"
)
_ADDRESSED = re.compile(r"[ ]?(?:等\d*人)?(?:女士|先生|同志)?[ ]?[:：][ ]*\Z")
_YOUR_COMPLAINT = re.compile(
    r"[您你]们?[^。；;\n]{0,24}?(?:反映|投诉|举报|来信|来电|来访|留言|求助|诉求|信访|控告|申诉|检举)"
)

# Who asks for information is no informant for what else he mentions.
_YOUR_REQUEST = re.compile(
    r"[您你]们?[^。；;\n]{0,24}?(?:信息公开|公开信息|(?:政府|依法|要求)公开|申请公开|获取[^。；;\n]{0,12}信息)"
)


def is_hurt(after: str) -> bool:
    """Say whether the text after a name, or after the list it stands in, tells of an injury."""
    return _HURT.match(after) is not None


def seems_hurt(after: str) -> bool:
    """Say whether the clause after a name goes on, by whatever words, to a fall or a death."""
    return _FELL.match(after) is not None


def is_harmed(before: str, after: str) -> bool:
    """Say whether somebody else is told to have hurt this person: 将…打伤, 撞倒行人…."""
    harmed = _HARMED_BEFORE.search(before)
    if harmed and not (_CAUSED.search(harmed.group()) and not is_hurt(after)):
        return True
    if _VISITED.search(before) and _HOME.match(after):
        return True
    if _TOLL.search(before) or (_TAKEN.search(before) and _GOODS.match(after)):
        return True
    return _OBJECT.search(before) is not None and _HARMED_AFTER.match(after) is not None


def informs(before: str, after: str) -> bool:
    """Say whether the text around a name says that this person reported something."""
    if _RECEIVED.search(before) and _RECEIVED_AFTER.match(after):
        return True
    if _CONCERNING.search(before) and _ITS_MATTER.match(after):
        return True
    return _INFORMED.match(after) is not None


def testifies(before: str, after: str) -> bool:
    """Say whether this person bears witness: 证实, or 经向邻居…核实."""
    if _ASKED.search(before) and _ANSWERS.match(after):
        return True
    return _TESTIFIED.match(after) is not None


def answers_complaint(text: str) -> bool:
    """Say whether a document answers whoever complained: 您反映的…收悉.

    An answer to a request for information (条例 33) is none, whatever it mentions further down.
    """
    complaint = _YOUR_COMPLAINT.search(text)
    return complaint is not None and not _YOUR_REQUEST.search(text, 0, complaint.start())


def is_addressed(before: str, after: str) -> bool:
    """Say whether a line consists of the name a letter is addressed to."""
    return not before.strip() and _ADDRESSED.match(after) is not None
