"""The findings of a review copy as lists: how many of each kind, and each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import escape

from flows.copies.findings_record import place_of
from flows.processing.scanned import ScannedFile
from policies.names import ACTION_NAMES, ENTITY_NAMES, ROLE_NAMES
from review.document import Document
from review.plan import Ruling
from review.policy import Action

_HEADS = ("序号", "种类", "原文", "身份", "处理", "改为", "位置", "为何检出", "依据")
_MOST_NAMED = 300
"""Numbers in one row; whoever has more to decide on works through the list."""


def overview(rulings: Sequence[Ruling]) -> Iterator[str]:
    """Say how many findings there are of each treatment, and name those that wait for a word."""
    if not rulings:
        return
    counts = Counter(ruling.rule.action for ruling in rulings)
    told = "、".join(
        f'<mark class="{action.value}">{ACTION_NAMES[action]}</mark> {counts[action]} 处'
        for action in ACTION_NAMES
        if counts[action]
    )
    yield f'<p class="count">共检出 {len(rulings)} 处：{told}。</p>'
    for action, why in ((Action.BLOCK, "拦截，不能公开"), (Action.REVIEW, "要由您决定")):
        named = [n for n, ruling in enumerate(rulings, 1) if ruling.rule.action is action]
        if named:
            links = " ".join(f'<a href="#t{n}">{n}</a>' for n in named[:_MOST_NAMED])
            more = f" 等 {len(named)} 处" if len(named) > _MOST_NAMED else ""
            yield f'<p class="todo">{why}的：{links}{more}</p>'


def findings_list(file: ScannedFile, before: int, framed: AbstractSet[int]) -> Iterator[str]:
    """List the findings of a file, each leading back to its text and to its frame on a page.

    ``before`` counts the findings of the files before, ``framed`` are those that a page shows.
    """
    if not file.rulings:
        yield "<p>没有检出需要处理的内容。</p>"
        return
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    yield f'<div class="wide"><table class="list"><thead><tr>{heads}</tr></thead><tbody>'
    documents = [file.document] * len(file.plan.rulings)
    documents += [file.name_document] * len(file.name_plan.rulings)
    pairs = zip(documents, file.rulings, strict=True)
    for number, (document, ruling) in enumerate(pairs, before + 1):
        yield _row(number, document, ruling, framed=number in framed)
    yield "</tbody></table></div>"


def _row(number: int, document: Document, ruling: Ruling, *, framed: bool) -> str:
    found, rule = ruling.finding, ruling.rule
    action = rule.action.value
    page = f' <a href="#p{number}">看页面</a>' if framed else ""
    cells = (
        f'<a href="#t{number}">{number}</a>',
        escape(ENTITY_NAMES[found.entity]),
        escape(document.value(found.span)),
        escape(ROLE_NAMES[found.role]),
        f'<mark class="{action}">{escape(ACTION_NAMES[rule.action])}</mark>',
        escape(ruling.replacement or ""),
        escape(place_of(document, ruling)) + page,
        escape(found.reason),
        escape(rule.basis),
    )
    told = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr id="f{number}" class="{action}">{told}</tr>'
