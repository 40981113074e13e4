"""What the matter makes likely of a person of whom no label, title or set phrase says anything.

A draft tells in endless words who was harmed, who complained and who is a child. Where nothing
certain is said, the kind of words around a name, then the kind of document, decide: doubt
protects (政府信息公开条例 15). Whoever stands there by virtue of his office or part has his role
from elsewhere, so nothing here outweighs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from detectors.people.role_cues import OFFICE
from detectors.people.role_setting import REACH, Setting
from detectors.tables.tables import announces_number
from detectors.text.labels import line_after, line_before
from detectors.text.normalise import fold, normalise
from review.document import Document
from review.finding import Finding, Role

_NOTE = r"(?:[(（][^()（）\n]{0,36}[)）])?"
_TITLE = r"(?:女士|先生|同志|同学)?"
# 打伤, 撞死, 砸断: how it came about may be any verb, what came of it is said by the next word.
_OUTCOME = r"[\u4e00-\u9fff](?:伤(?!员|者|亡|情|残)|死(?!者|亡)|残(?!疾)|晕|断(?!定)|毁|瘫|昏)"
_HARM = (
    rf"(?:{_OUTCOME}|(?<!互)殴|打[人了]|踢|掐|泼|搂抱|强[占行拆奸]|侵[占害]|霸占|骗|盗走|偷|抢[走夺劫]|夺走|卷[走入]|跑路|烧毁|勒索|敲诈|猥亵"
    r"|辱骂|谩骂|恐吓|威胁|尾随|跟踪|骚扰|偷拍|虐待|遗弃|拐|囚禁|拘禁|克扣|拖欠|欠薪|欠付|砸中|撞|碾|咬|埋|困在|压在|击中"
    r"|剐蹭|刮[倒擦]|追尾|辞退|冒用|盗用|盗刷|泄露|踩[坏踏]|毁坏|损坏|误诊|误伤|侮辱|诽谤|造谣|霸凌|欺凌|孤立|排挤|体罚)"
)
_DONE_TO = re.compile(
    rf"(?:{_HARM}|拖欠|欠|殴打|搂抱|诈骗)(?!案|罪|者)[了过得取走到中着]{{0,2}}"
    r"(?:[\u4e00-\u9fff]{2,4}[0-9][0-9.,]*[余多]?[万千百]?元[、,和及])*"
    r"[^,。;:、\n被]{0,6}\Z"
)
_BY_WHAT = re.compile(r"(?:以|谎称|假称|冒充|假冒|虚构|编造|隐瞒|借口|声称)[^。;\n]{2,30}\Z")
_GAVE = re.compile(
    r"[^,。;\n]{0,14}?(?:转账|汇款|支付|交付|借款|费|款|押金|定金|[0-9]元|万元|现金)"
)
_TOWARDS = re.compile(r"(?:向|对|将|把|让|使|给|致|与|和|跟|为)[^,。;:、\n]{0,6}\Z")
_TAKEN_FROM = re.compile(r"(?:向|对|让|使|收取|收受|骗取|索要|借)[^,。;:、\n]{0,6}\Z")
_HARMFUL = re.compile(
    rf"[^,。;\n]{{0,16}}?(?:{_HARM}|相撞|碰撞|肇事|施暴|暴力|伤害|(?:销售|出售|提供)[^,。;\n]{{0,8}}?(?:过期|变质|假|劣|不合格))"
)
# 被害, 遭人, 受伤; 被评为, 被任命, 被查处 tell of something else.
_SUFFERED = re.compile(
    rf"(?:被|遭到?|遭受|受到?)[^,。;\n判诉控罚查拘认评任授]{{0,16}}?{_HARM}"
    r"|骨折|(?:轻微|轻|重)伤(?:[一二]级)?(?!害)|[^,。;\n]伤情|送医|送往?[^,。;\n]{0,12}(?:医院|卫生院|急救)|经抢救|抢救无效|不治"
    r"|住院|就医|入院治疗|确诊|患[有上]|医[疗药]费|中毒|工伤|交通事故|死亡|身亡|[溺摔坠烧猝冻]亡|溺水|坠落|跌落|摔[倒伤]|滑倒|落水|被困|失联|失踪"
    r"|上吐下泻|呕吐|腹泻|过敏|[感不][染适]|毁容|受损|损失|被骗|被盗|被打|被抢|被欠|讨薪|欠薪|出现[^,。;\n]{0,10}(?:[炎症热痛肿泻吐晕]|症状|反应)"
    rf"|正在[^,。;\n]{{2,24}}?[,，]被|之死"
)
_CAUSED = re.compile(r"(?:致使?|造成|导致|使得?|令)[^,。;:、\n]{0,6}\Z")
_BY_OTHERS = re.compile(
    rf"{_NOTE}(?:的[^,。;\n]{{1,8}}?)?(?:被|遭到?|遭受|受到?)[^,。;\n]{{0,24}}?{_HARM}"
    r"|的?(?:家属|亲属|遗属|遗孀)"
)
_NOT_HURT = re.compile(
    r"(?:等[^,。;]{0,6})?[^,。;]{0,16}?(?:看望|慰问|救起|救出|救援|施救|抢救[^无]|指挥|要求|强调|主持|部署|赶到|赶赴|带领|率)"
    r"|[^,。;]{0,10}?(?:涉嫌|违法|违反|无证|未按|未经|酒后|伙同|多次[对向]|销售|出售|生产)"
)
_TELLS = (
    r"(?:反映|举报|投诉|检举|控告|揭发|来电|来信|来访|来函|致电|致函|留言|写信|发帖|跟帖|咨询|提问|求助|诉求|申诉|质疑"
    r"|报警|报案|报料|爆料|诉称|上访|信访|拨打)"
)
_ASKS = re.compile(r"[^,。;:\n]{0,12}?(?:建议|呼吁|希望|请求|提出|询问|咨询|想问|表示)")
_REPORTS = re.compile(
    rf"{_NOTE}{_TITLE}(?:等[0-9一二三四五六七八九十多]{{0,4}}[人名位户]?)?(?:[:,]?(?:你|您)[^。\n]{{0,12}}?|[^,。;:\n被]{{0,16}}?){_TELLS}(?!人|处|员|电话)"
)
_FROM_HIM = re.compile(
    r"(?:接到?|收到|据|根据|经|依|按|应|关于|对|答复|回复|接待|受理)[^,。;:\n]{0,12}\Z"
)
_HIS = re.compile(
    rf"{_NOTE}{_TITLE}(?:等[^,。;]{{0,6}})?的?[^,。;\n]{{0,12}}?(?:{_TELLS}|的?(?:线索|诉求|问题|意见))"
)
_COMPLAINED_OF = re.compile(
    rf"(?:被|{_TELLS})[^,。;:\n]{{0,10}}\Z|(?:反映|举报|投诉|控告)[^。;\n]{{0,30}}(?:书记|主任|[局县镇乡科所村]长)\Z"
)
_ABOUT = re.compile(r"(?:反映|举报|投诉|控告|检举|揭发)了?(?![人者的信件])[^。;；:：\n]{0,40}\Z")
_SAYS = re.compile(
    rf"{_NOTE}(?:[^,。;\n]{{0,6}}?)(?:述称|陈述|回忆|证实|看见|看到|听见|听到|目睹|亲眼)"
)
_INTERVIEWED = re.compile(r"(?:走访|询问|找到?|经向|访问|问询)了?[^,。;:\n]{0,10}\Z")
_I_AM = re.compile(r"(?:我叫|我是|我名叫)\Z")
_PENALISED = re.compile(
    rf"{_NOTE}(?:[^。;\n]{{0,40}}?)(?:给予[^,。;\n]{{0,8}}(?:处分|处罚)"
    r"|(?:受到|被(?:依法|处以?|给予)?)[^,。;\n]{0,10}(?:处分|处罚|行政拘留|罚款|判处|吊销|开除)"
    r"|[负有](?:事故|本次事故)?的?(?:全部|主要|直接|领导|管理)(?:领导)?责任"
    r"|(?:建议)?移送司法机关|涉嫌犯罪|(?:已被)?采取(?:刑事)?强制措施|诫勉谈话|立案侦查)"
)
_PENALTY_FOR = re.compile(r"(?:对|给予|处以?)\Z")
_PENALTY = re.compile(
    r"[^,。;\n]{0,12}?(?:给予|作出|处以?|实施)[^,。;\n]{0,8}(?:行政处罚|处分|罚款|行政拘留|处罚)"
)
_LISTED = re.compile(
    r"(?:等[0-9一二三四五六七八九十]{1,4}[人户名])?[^,。;\n]{0,6}?(?:列入|纳入|移[出入])[^,。;\n]{0,12}?(?:失信|黑名单|限制消费|限制高消费|异常名录)"
)
_TO_LIST = re.compile(r"(?:将|把|对)[^。;\n]{0,40}\Z")
_APPLIES = re.compile(
    rf"{_NOTE}(?:等[0-9一二三四五六七八九十]{{1,4}}[户人名]的?)?[^,。;:\n]{{0,14}}?"
    r"(?:申请(?!人|书)|(?:领取|获得?)[^,。;\n]{0,6}赔)|房屋[,，]?(?:发放|补偿|的?征收)?"
)
_CHILD = re.compile(
    r"(?:儿子|女儿|子女|孩子|婚生[子女]|孙子|孙女|[长次幼独][子女]|[小男女]孩|[男女]生|小朋友)\Z"
)
_RELATIVE = re.compile(
    r"(?:配偶|妻子?|丈夫|爱人|[父母]亲|[岳公]父|岳母|公公|婆婆|儿子|女儿|子女|儿媳|女婿|[长次幼独][子女]|孙[子女]"
    r"|[哥弟姐妹]{2}|胞?[兄弟姐妹]|兄长|其[子女父母妻夫])"
    r"[:：]?(?:姓名)?[:：]?(?:名?叫|为|是|系)?[ \u3000]{0,2}\Z"
)
_CARE = re.compile(
    r"监护|抚养|收养|上学|就读|放学|婚生|留守|困境|孤儿|校园|学校|年级|班主任|幼儿园"
)
_POST = re.compile(rf"[^。;\n]{{0,60}}?现任[^,。;\n]{{0,20}}?{OFFICE}")
_ASSISTED = re.compile(r"(?:慰问|资助|救助|帮扶|补助)[^,。;:、\n]{0,10}\Z")


_CULPRIT = re.compile(r"(?:被|遭到?)[^,。;:、\n]{0,8}\Z")
# Whoever stands there for his work is not of those to whom the matter happened.
_ON_THE_JOB = re.compile(
    r"(?:负责人|[局处科所站队组院庭镇乡县区市校部]长|书记|主任|主席|经理|监[理察]员|检[查验测]员|执法(?:人)?员|调解员"
    r"|[安质]全?[检]?员|管理员|审判员|书记员|网格员|联络员|话务员|工作人员|民警|警官|法官|律师|医师|医生|护士|教师|老师"
    r"|记者|专家|干部|代表|工程师|[总施监]监|检察官)[ ]?\Z"
)
_ACTS = re.compile(rf"{_COMPLAINED_OF.pattern}|{_CULPRIT.pattern}|{_ON_THE_JOB.pattern}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """Hold of which role the persons of a kind of document typically are."""

    role: Role
    subject: re.Pattern[str]


_KINDS = (
    _Kind(
        Role.INFORMANT,
        re.compile(
            r"信访|(?<![0-9A-Za-z])123[14]5(?![0-9A-Za-z挂])|热线|工单|留言|来信|来电|来访|(?<!电子)信箱|投诉举报|举报(?:线索|事项|问题)|[您你][^。\n]{0,12}(?:反映|投诉|举报|咨询|求助|来信|留言)"
        ),
    ),
    _Kind(
        Role.VICTIM,
        re.compile(
            r"事故(?!隐患)|伤亡|工伤(?!保险)|职业病|火灾|溺水|疫情|确诊|医疗损害|诈骗|盗窃|抢劫|欠薪|讨薪|被欠|非法集资|家暴|欺凌|伤情|伤者"
        ),
    ),
)
# The staff of a hotline that is praised, those who are trained for accidents.
_OF_STAFF = re.compile(
    r"先进|优秀|表彰|获奖|竞赛|培训|演练|领导小组|值班表|考核|任命|任免|录用|招聘|中标|聘任|专家"
)
_OPENING = 200
_SENTENCE = re.compile(r"[。;\n]")
_PLAIN = re.compile(r"[(),;:]")


def kind_of(document: Document, headers: Mapping[int, str]) -> Role | None:
    """Read from the first lines of which role its persons typically are.

    What stands under a header (``headers`` by block) speaks of one person, and a column of
    telephones (热线) of no matter at all.
    """
    opening = normalise(_opening(document, headers)).text
    if _OF_STAFF.search(opening):
        return None
    return next((kind.role for kind in _KINDS if kind.subject.search(opening)), None)


def _opening(document: Document, headers: Mapping[int, str]) -> str:
    told: list[str] = []
    left = _OPENING
    for index, block in enumerate(document.blocks):
        if left <= 0:
            break
        left -= len(block.text) + 1
        said = block.text[:_OPENING]
        if block.cell is None or (index not in headers and not announces_number(fold(said))):
            told.append(said)
    return "\n".join(told)[:_OPENING]


def doubts(setting: Setting, person: Finding, kind: Role | None) -> Iterator[Role]:
    """Yield what the words around a name suggest of a person who has no role from elsewhere."""
    start, end = person.span.start, setting.together(person).end
    folded = setting.folded.piece
    before, after = line_before(setting.text, start, REACH), line_after(setting.text, end, REACH)
    left = _SENTENCE.split(folded(start - len(before), start))[-1]
    right = _SENTENCE.split(folded(end, end + len(after)))[0]
    own = setting.around(start, end)[1]
    if _CHILD.search(left) and _CARE.search(left + right):
        yield Role.MINOR
    elif _POST.match(own):
        yield Role.OFFICIAL
    elif _is_object(left, right):
        yield Role.VICTIM
    elif _penalised(left, right, own):
        yield Role.PUNISHED
    elif not _CULPRIT.search(left) and _suffers(left, right, own):
        yield Role.VICTIM
    elif _reports(left, right) or (kind is Role.INFORMANT and _ASKS.match(own)):
        yield Role.INFORMANT
    elif _I_AM.search(left) or _INTERVIEWED.search(left) or _SAYS.match(own):
        yield Role.WITNESS
    elif _ASSISTED.search(left):
        yield Role.RECIPIENT
    elif _APPLIES.match(own):
        yield Role.APPLICANT
    # His wife may be harmed with him; she has not complained with him.
    elif kind is Role.INFORMANT and _RELATIVE.search(left):
        yield Role.RELATIVE
    elif kind and not _ACTS.search(left) and not _NOT_HURT.match(right):
        yield kind
    elif _RELATIVE.search(left):
        yield Role.RELATIVE


def is_complained_of(setting: Setting, person: Finding) -> bool:
    """Say whether a complaint is about somebody: 反映其邻居某某、村支书某某."""
    left = line_before(setting.text, person.span.start, REACH)
    return _ABOUT.search(_SENTENCE.split(left)[-1]) is not None


def is_penalised(setting: Setting, person: Finding) -> bool:
    """Say whether somebody is told to answer for what happened: 负直接责任, 移送司法机关."""
    own = setting.around(person.span.start, person.span.end)[1]
    return _PENALISED.match(own) is not None


def _is_object(left: str, right: str) -> bool:
    """Say whether harm is told to have been done to the name that follows."""
    if _DONE_TO.search(left) or _CAUSED.search(left):
        return True
    if _TOWARDS.search(left) and _HARMFUL.match(right):
        return True
    taken = _TAKEN_FROM.search(left) and _GAVE.match(right)
    return bool(taken and _BY_WHAT.search(left))


def _suffers(left: str, right: str, own: str) -> bool:
    """Say whether harm is told of the name as the one whom it befell."""
    if _BY_OTHERS.match(right):
        return True
    if _ON_THE_JOB.search(left) or _NOT_HURT.match(right):
        return False
    return _SUFFERED.search(own) is not None


def _reports(left: str, right: str) -> bool:
    if _COMPLAINED_OF.search(left) and not _FROM_HIM.search(left):
        return False
    if _FROM_HIM.search(left) and _HIS.match(right):
        return True
    return _REPORTS.match(right) is not None


def _penalised(left: str, right: str, own: str) -> bool:
    if _PENALTY_FOR.search(left) and _PENALTY.match(right):
        return True
    if _TO_LIST.search(left) and _LISTED.match(right):
        return True
    return _PENALISED.match(own) is not None
