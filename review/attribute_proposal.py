"""公开属性的建议: which attribute a document seems to need, why, and what it may not carry along.

The proposal is shown beside what the drafter declared; it never replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from review.case import Attribute
from review.document import Document, Note, Severity
from review.finding import Entity, Role
from review.heading import attributes_marked_in, lines_of, title_of
from review.plan import RedactionPlan
from review.policy import HIDING, Action, Category

ATTRIBUTE_NAMES: Mapping[Attribute, str] = {
    Attribute.PROACTIVE: "主动公开",
    Attribute.ON_REQUEST: "依申请公开",
    Attribute.WITHHELD: "不予公开",
}
"""The disclosure attributes by the words of the 条例."""

Files = Sequence[tuple[Document, RedactionPlan]]

_CLOSED_BY_LAW = "政府信息公开条例第十四条"
_INTERNAL = "政府信息公开条例第十六条"
_AT_SOURCE = "公开属性源头认定，以文中标注为准"
_FORWARDED = re.compile("转发")
_PROCESS = re.compile(
    r"(?:会议记录|讨论记录|磋商(?:信)?函|请示)$|\((?:讨论稿|送审稿|代拟稿|草稿|初稿|修改稿)\)"
)
"""Titles of what 条例第十六条 calls process: discussion records, drafts, requests."""
_TO_ONE_PERSON = re.compile("书面答复")
_CLOSED = "(?:不予?公开|依申请公开|不随文公开|另行报送)"
_NOT_ALONG = re.compile(rf"附件\d?{_CLOSED}|附件[^。]{{0,60}}\([^()]{{0,4}}{_CLOSED}\)")


@dataclass(frozen=True, slots=True)
class AttributeProposal:
    """Hold the attribute proposed with its ground.

    ``carried`` tells what a document that is published proactively may not carry along (不可夹带).
    """

    attribute: Attribute
    basis: str
    reason: str
    carried: tuple[Note, ...] = ()

    def notes(self, declared: Attribute | None = None) -> tuple[Note, ...]:
        """Tell a reviewer; where the drafter declared another attribute, a person compares."""
        name = ATTRIBUTE_NAMES[self.attribute]
        said = f"建议公开属性：{name}。理由：{self.reason}；依据：{self.basis}"
        if declared in (None, self.attribute):
            return Note("attribute_proposed", f"{said}。"), *self.carried
        differs = f"{said}；送审时填报的是{ATTRIBUTE_NAMES[declared]}，请核对后决定。"
        return Note("attribute_proposed", differs, Severity.PERSON), *self.carried


def propose_attribute(files: Files, category: Category) -> AttributeProposal:
    """Work out the attribute of a case from its content, marks and category; linear in the text.

    What law closes comes first, then the mark at the source, then the kind of document.
    ``files`` are the document and its attachments in order.
    """
    attribute, basis, reason = next(
        found
        for found in (
            _closed(files),
            _marked(files),
            _process(files[0][0]),
            _of_category(files, category),
        )
        if found is not None
    )
    carried = tuple(_carried(files)) if attribute is Attribute.PROACTIVE else ()
    return AttributeProposal(attribute, basis, reason, carried)


Ground = tuple[Attribute, str, str]


def _closed(files: Files) -> Ground | None:
    blocking = [
        ruling for _, plan in files for ruling in plan.rulings if ruling.rule.action is Action.BLOCK
    ]
    if any(ruling.finding.entity is Entity.SECRECY_MARK for ruling in blocking):
        return Attribute.WITHHELD, _CLOSED_BY_LAW, "文中有密级标志"
    if blocking:
        return Attribute.WITHHELD, blocking[0].rule.basis, "文中有负面清单禁止公开的内容"
    return None


def _marked(files: Files) -> Ground | None:
    """Follow the mark of the document; of a forwarding, that of what it forwards."""
    document = files[0][0]
    own = attributes_marked_in(document)
    if _FORWARDED.search(title_of(document)):
        below = [mark for each, _ in files[1:] for mark in attributes_marked_in(each)]
        source = [*own[1:], *below]
        if source:
            return source[0], _AT_SOURCE, "转发的文件随被转发文件的公开属性"
    if own:
        name = ATTRIBUTE_NAMES[own[-1]]
        return own[-1], _AT_SOURCE, f"文中标注为{name}"
    return None


def _process(document: Document) -> Ground | None:
    if _PROCESS.search(title_of(document)):
        return Attribute.WITHHELD, _INTERNAL, "标题像讨论记录、过程稿或请示，可以不予公开"
    return None


def _of_category(files: Files, category: Category) -> Ground:
    anew = (
        "被转发的文件没有标注公开属性，按内容重新认定；"
        if _FORWARDED.search(title_of(files[0][0]))
        else ""
    )
    if category.channels and all(map(_TO_ONE_PERSON.search, category.channels)):
        return (
            Attribute.ON_REQUEST,
            category.basis,
            f"{anew}“{category.title}”只答复{category.scope}本人",
        )
    return Attribute.PROACTIVE, category.basis, f"{anew}属于“{category.title}”，未见不公开的理由"


def _carried(files: Files) -> Iterator[Note]:
    """Tell what is on request or withheld within a document that is open."""
    rulings = [ruling for _, plan in files for ruling in plan.rulings]
    if hidden := sum(r.rule.effect in HIDING for r in rulings):
        message = f"不可夹带：个人信息等 {hidden} 处按规则隐去后公开（条例第十五条、第三十七条）。"
        yield Note("attribute_separated", message)
    terms = sum(
        r.finding.entity is Entity.NEGATIVE_TERM and r.finding.role is Role.REVIEW for r in rulings
    )
    if terms:
        yield _not_along(
            f"负面清单审核级内容 {terms} 处，请逐处判断，不能公开的删去后再公开（条例第三十七条）。"
        )
    for number, (document, _) in enumerate(files[1:], 2):
        marks = set(attributes_marked_in(document)) - {Attribute.PROACTIVE}
        if marks:
            names = "、".join(sorted(ATTRIBUTE_NAMES[mark] for mark in marks))
            yield _not_along(f"第 {number} 个文件标注为{names}，不得随本件公开，请取出另送。")
    if len(files) > 1 and any(_NOT_ALONG.search(line) for line in lines_of(files[0][0])):
        yield _not_along("文中写明附件不公开或依申请公开，附件却一并送审，请取出另送。")


def _not_along(message: str) -> Note:
    return Note("attribute_carried", f"不可夹带：{message}", Severity.PERSON)
