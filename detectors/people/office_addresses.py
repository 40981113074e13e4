"""Which address or mailbox is an office's own, though only its telephone tells (条例 20(二))."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detectors.text.labels import line_after, line_before
from review.document import Document, Span
from review.finding import Entity, Finding, Role

REASON = "与单位电话写在一起，像是单位地址"
MAILBOX = "与单位电话写在一起，像是单位邮箱"

_STANDING = frozenset(
    {Role.HANDLER, Role.OFFICIAL, Role.LEGAL_REPRESENTATIVE, Role.BIDDER, Role.PROJECT_MANAGER}
)
"""Who stands there for an office or a firm: beside anybody else the address may be his home."""
_HOME = re.compile("小区|花园|家园|公寓|新村|宿舍|家属|单元|[室村组屯]")
_LABEL = re.compile(r"(?<![\u4e00-\u9fff])(?:办公|联系|单位)?地\s*址[:：][ \u3000]*\Z")
_BETWEEN = re.compile(
    r"[，,；;、 \u3000]{1,4}(?:办公|联系|咨询|单位)?(?:地\s*址|电\s*话)[:：][ \u3000]{0,4}"
)
_MAIL_LABEL = re.compile(
    r"(?<![个私本])(?<![你您])(?:电子)?(?:邮\s*箱|信箱|邮件)(?:地址)?(?:[:：为]|是)?[ \u3000]*\Z"
)
_PUBLIC_MAIL = re.compile(
    r"(?:办公|咨询|监督|公示|举报|投诉|受理|服务|单位|公开|公共|局|委|办|征求意见|反馈)(?:电子)?(?:邮箱|信箱|邮件)"
)
_PUBLIC_LINE = re.compile(r"(?:咨询|监督|举报|投诉|受理|服务|值班|反映)(?:电话|热线)[:：]?")
_GAP = 12
_REACH = 80


@dataclass(frozen=True, slots=True)
class _Places:
    """Hold where offices' telephones begin and end, and private people and theirs, in order."""

    begins: Sequence[int]
    ends: Sequence[int]
    private: Sequence[int]
    own_phones: Sequence[int]


def beside_phones(document: Document, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Mark addresses and mailboxes that stand with an office's telephone; keep the order."""
    phones = [f.span for f in findings if _is_offices_phone(f)]
    places = _Places(
        sorted(span.start for span in phones),
        sorted(span.end for span in phones),
        sorted(
            f.span.start for f in findings if f.entity is Entity.PERSON and f.role not in _STANDING
        ),
        sorted(
            f.span.start
            for f in findings
            if f.entity is Entity.PHONE_NUMBER and f.role is not Role.OFFICE
        ),
    )
    for finding in findings:
        unknown = finding.role is Role.UNKNOWN
        address = unknown and finding.entity is Entity.CN_ADDRESS
        if address and _stands_beside(document, finding, places):
            yield replace(finding, role=Role.OFFICE, reason=REASON)
        elif (
            unknown
            and finding.entity is Entity.EMAIL_ADDRESS
            and _is_mailbox(document.text, finding.span, places)
        ):
            yield replace(finding, role=Role.OFFICE, reason=MAILBOX)
        else:
            yield finding


def _is_offices_phone(finding: Finding) -> bool:
    return finding.entity is Entity.PHONE_NUMBER and finding.role is Role.OFFICE


def _is_mailbox(text: str, mail: Span, places: _Places) -> bool:
    """Say whether a labelled mailbox stands in the line of an office's number, nobody beside it."""
    before, after = line_before(text, mail.start, _REACH), line_after(text, mail.end, _REACH)
    first, last = mail.start - len(before), mail.end + len(after)
    alone = all(_none_within(whose, first, last) for whose in (places.private, places.own_phones))
    if not alone or not _MAIL_LABEL.search(before):
        return False
    if _PUBLIC_MAIL.search(before[-_GAP:]) or _PUBLIC_LINE.search(before):
        return True
    return not _none_within(places.begins, first, last)


def _none_within(places: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(places, first) >= bisect_left(places, last)


def _stands_beside(document: Document, address: Finding, places: _Places) -> bool:
    text, start, end = document.text, address.span.start, address.span.end
    if _HOME.search(text, start, end) or not _LABEL.search(line_before(text, start, _GAP)):
        return False
    first = start - len(line_before(text, start, _REACH))
    if not _none_within(places.private, first, end + _GAP):
        return False
    before = bisect_left(places.ends, start + 1) - 1
    if before >= 0 and _BETWEEN.fullmatch(text, places.ends[before], start):
        return True
    after = bisect_left(places.begins, end)
    return after < len(places.begins) and bool(_BETWEEN.fullmatch(text, end, places.begins[after]))
