"""公开方式: do the channels reach whom they should, and nobody else?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review.case import Attribute
from review.document import Document, Note, Severity
from review.finding import Entity, Role
from review.heading import lines_of, title_of
from review.plan import RedactionPlan
from review.policy import Action, Category

_INTERNET = re.compile("网站|网$|平台|新媒体|微信|微博|公众号|头条|抖音|视频号|客户端|APP", re.I)
_NEW_MEDIA = re.compile("新媒体|微信|微博|公众号|头条|抖音|视频号")
_GAZETTE = re.compile("公报")
_TO_ONE_PERSON = re.compile("书面|当面|寄送|送达")
_KNOWN = re.compile("[示告传开]栏|窗口|广播|电视|电台|[日晚时]报|报纸|发布会|档案馆|图书馆")
_EVERYBODY = re.compile("社会公众|全社会|不限")

_PRIVATE = frozenset(Role) - {
    Role.OFFICIAL,
    Role.OFFICE,
    Role.HANDLER,
    Role.PUBLIC_FIGURE,
    Role.LEGAL_REPRESENTATIVE,
    Role.BIDDER,
    Role.PROJECT_MANAGER,
    Role.MASKED,
}
_RECOGNISABLE = "surname_star"
"""The published form (张*丰) by which neighbours know who is meant."""

_NORMATIVE_TITLE = re.compile(
    r"(?:办法|规定|细则|规则|通告)(?:\((?:试行|暂行|修订)\))?[》”]?(?:的通知)?$"
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]{1,5}条")
_IN_FORCE = re.compile("起(?:正式)?(?:施行|实施|执行|生效)")
_LEAST_ARTICLES = 3
_UNRELATED = re.compile(
    "有奖转发|转发(?:有奖|抽奖)|集赞|砍价|团购价|秒杀|直播带货|招商加盟|优惠券|星座运势|心灵鸡汤|"
    "点击购买|扫码购买"
)


@dataclass(frozen=True, slots=True)
class Outlet:
    """Hold how a document is to be published: the channels that count and its attribute.

    ``taken_down`` says that the publication ends by itself.
    """

    channels: tuple[str, ...]
    attribute: Attribute
    taken_down: bool


def channel_notes(
    files: Sequence[tuple[Document, RedactionPlan]], category: Category, outlet: Outlet
) -> tuple[Note, ...]:
    """Tell what speaks against the channels of a case; the first file is the document itself."""
    if outlet.attribute is Attribute.WITHHELD:
        return ()
    document = files[0][0]
    return tuple(
        _person(code, message)
        for code, message in (
            *_reach(category, outlet),
            *_names(files, category, outlet),
            *_gazette(document, category, outlet),
            *_new_media(document, outlet),
        )
    )


def _reach(category: Category, outlet: Outlet) -> Iterator[tuple[str, str]]:
    """Compare the channels with the attribute: whom it is for, and whom they reach."""
    public = [c for c in outlet.channels if not _TO_ONE_PERSON.search(c)]
    strange = [c for c in public if c not in category.channels and not _is_known(c)]
    if strange:
        yield (
            "channel_strange",
            f"看不出{_quoted(strange)}是什么公开渠道，请核对，或在规则的 channels 中写明。",
        )
    if not outlet.channels:
        yield (
            "channel_missing",
            f"没有写明公开渠道，“{category.title}”类别也没有规定；请退回补填公开渠道。",
        )
    elif outlet.attribute is Attribute.ON_REQUEST and public:
        yield (
            "channel_on_request",
            f"本件拟依申请公开，渠道中的{_quoted(public)}却面向公众；"
            "依申请公开的只答复申请人，请核对公开属性和渠道。",
        )
    elif outlet.attribute is Attribute.PROACTIVE and not public:
        yield (
            "channel_one_person",
            f"本件拟主动公开，渠道{_quoted(outlet.channels)}却只到个别人，请核对公开属性和渠道。",
        )


def _is_known(channel: str) -> bool:
    return any(kind.search(channel) for kind in (_INTERNET, _GAZETTE, _KNOWN))


def _names(
    files: Sequence[tuple[Document, RedactionPlan]], category: Category, outlet: Outlet
) -> Iterator[tuple[str, str]]:
    """Look at the names of private people that stay: how far they travel and how long."""
    shown = sum(map(_names_shown, (plan for _, plan in files)))
    if not shown or outlet.attribute is not Attribute.PROACTIVE:
        return
    online = [c for c in outlet.channels if _INTERNET.search(c)]
    if online and category.scope and not _EVERYBODY.search(category.scope):
        yield (
            "channel_beyond_scope",
            f"处理后仍能认出 {shown} 处个人姓名，公开范围是“{category.scope}”，"
            f"渠道中的{_quoted(online)}却人人可见（{category.basis}）；"
            "请只在规定范围内公布，或另出一份不写姓名的上网。",
        )
    if not outlet.taken_down and "公示" in title_of(files[0][0]):
        yield (
            "channel_without_end",
            f"这是公示，写有 {shown} 处个人姓名，却没有公示期，将长期公开；"
            "请在文中写明公示期，期满撤下（个人信息保护法第六条）。",
        )


def _names_shown(plan: RedactionPlan) -> int:
    return sum(
        r.finding.entity is Entity.PERSON
        and r.finding.role in _PRIVATE
        and (r.rule.effect is Action.KEEP or r.rule.form == _RECOGNISABLE)
        for r in plan.rulings
    )


def _gazette(document: Document, category: Category, outlet: Outlet) -> Iterator[tuple[str, str]]:
    printed = any(map(_GAZETTE.search, outlet.channels))
    if outlet.attribute is Attribute.PROACTIVE and not printed and is_normative(document):
        yield (
            "channel_gazette",
            "本件像是规范性文件（有施行日期和条文），公开渠道中却没有政府公报；"
            f"请加上政府公报，“{category.title}”不能用这个渠道的，请核对类别。",
        )


def is_normative(document: Document) -> bool:
    """Tell whether a document lays down rules: by its title, its articles and its effect."""
    lines = lines_of(document)
    if not _NORMATIVE_TITLE.search(title_of(document)):
        return False
    articles = sum(1 for line in lines if _ARTICLE.match(line))
    notice = title_of(document).endswith("通告")  # a public notice has points, not articles
    in_force = any(map(_IN_FORCE.search, lines))
    return in_force and (notice or articles >= _LEAST_ARTICLES)


def _new_media(document: Document, outlet: Outlet) -> Iterator[tuple[str, str]]:
    channels = [c for c in outlet.channels if _NEW_MEDIA.search(c)]
    if channels and any(map(_UNRELATED.search, lines_of(document))):
        yield (
            "channel_unrelated",
            f"渠道中有{_quoted(channels)}，文中却有像商业推广或有奖活动的内容；"
            "政务新媒体不发布与本机关职能无关的信息，请删去或换渠道。",
        )


def _quoted(channels: Sequence[str]) -> str:
    return "、".join(f"“{channel}”" for channel in channels)


def _person(code: str, message: str) -> Note:
    return Note(code, message, Severity.PERSON)
