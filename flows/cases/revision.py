"""What people decide otherwise than proposed, as changes of the places that it is about.

A decision on one finding holds for the same value, and for the same person, wherever they stand in
the case: a name kept here and hidden there would tell who is hidden.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from flows.cases.answer import Answer, Wish
from flows.processing.scanned import Scan
from review.change import Change, Place, Treatment
from review.document import Document, Span
from review.errors import NotAllowedError
from review.finding import Entity, Finding
from review.plan import Ruling
from review.policy import Policy

MOST_FURTHER = 50
"""Lines of text to be hidden besides, in one answer."""


def requested_changes(
    scan: Scan, policy: Policy, answer: Answer, further: str
) -> tuple[Change, ...]:
    """Turn what a person asks for into changes; ``further`` is text to be hidden, by lines.

    Raises ``NotAllowedError`` where a number is none of the list, the law leaves no choice, or a
    text is not in the drafts; it quotes no text.
    """
    parts = list(parts_of(scan))
    numbered = [(part, ruling) for part, (_, rulings) in enumerate(parts) for ruling in rulings]
    numbers = [wish.number for wish in answer.wishes]
    if len(set(numbers)) != len(numbers):
        raise NotAllowedError("逐项修改里有两项写了同一个序号，请并成一项。")
    wished = tuple(_wished(wish, parts, numbered, policy, answer) for wish in answer.wishes)
    return wished + tuple(_hidden_besides(parts, answer, further))


Part = tuple[Document, Sequence[Ruling]]


def parts_of(scan: Scan) -> Iterator[Part]:
    """Give the texts of a case in the order in which changes count them."""
    for file in scan.files:
        yield file.document, file.plan.rulings
        yield file.name_document, file.name_plan.rulings


def _wished(
    wish: Wish,
    parts: Sequence[Part],
    numbered: Sequence[tuple[int, Ruling]],
    policy: Policy,
    answer: Answer,
) -> Change:
    if not 1 <= wish.number <= len(numbered):
        raise NotAllowedError(f"检出清单里没有第 {wish.number} 项，请对照清单填写序号。")
    part, ruling = numbered[wish.number - 1]
    finding = ruling.finding
    if wish.treatment is Treatment.LAWFUL and policy.is_floor(finding.entity, finding.role):
        raise NotAllowedError(
            f"第 {wish.number} 项是法律规定必须隐去的，不能以依法公开为由保留；"
            "确属检测有误的，请选“检测有误”。"
        )
    value = parts[part][0].value(finding.span)
    places = tuple(
        Place(where, other.finding.span)
        for where, other in numbered
        if _is_same(finding, value, other.finding, parts[where][0])
    )
    return Change(
        finding.entity, places, wish.treatment, wish.reason.strip(), answer.officer, answer.at
    )


def _is_same(finding: Finding, value: str, other: Finding, document: Document) -> bool:
    if other.entity is not finding.entity or other.role is not finding.role:
        return False
    same_person = bool(finding.person) and finding.person == other.person
    return same_person or same_value(document.value(other.span), value)


def _hidden_besides(parts: Sequence[Part], answer: Answer, further: str) -> Iterator[Change]:
    lines = list(dict.fromkeys(filter(None, (line.strip() for line in further.splitlines()))))
    if len(lines) > MOST_FURTHER:
        raise NotAllowedError(f"另外要隐去的文字一次不能超过 {MOST_FURTHER} 行，请分次填写。")
    for number, line in enumerate(lines, 1):
        places = tuple(
            Place(part, span)
            for part, (document, _) in enumerate(parts)
            for span in occurrences(document.text, line)
        )
        if len(line) < 2 or not places:  # one character stands everywhere
            raise NotAllowedError(
                f"另外要隐去的第 {number} 行文字在文中没有找到（或不足两个字），"
                "请从文中原样复制，一行一处。"
            )
        yield Change(
            Entity.NEGATIVE_TERM,
            places,
            Treatment.REMOVE,
            answer.reason.strip(),
            answer.officer,
            answer.at,
        )


def occurrences(text: str, wanted: str) -> Iterator[Span]:
    """Find every place of a text in another, however it is spaced within a line."""
    pattern = r"[^\S\n]*".join(map(re.escape, "".join(wanted.split())))
    for found in re.finditer(pattern, text) if pattern else ():
        yield Span(found.start(), found.end())


def same_value(one: str, other: str) -> bool:
    """Tell whether two texts say the same, whatever their widths and spaces."""
    return folded(one) == folded(other)


def folded(text: str) -> str:
    """Leave out white space, and how wide characters are."""
    return "".join(unicodedata.normalize("NFKC", text).split())
