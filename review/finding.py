"""What a detector found: where, what, how sure, and in which role the person stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from review.document import Span


class Entity(StrEnum):
    """Name what is found: Presidio's name where it has one, else ``CN_…`` or the field's own."""

    PERSON = "PERSON"
    PHONE_NUMBER = "PHONE_NUMBER"
    EMAIL_ADDRESS = "EMAIL_ADDRESS"
    IP_ADDRESS = "IP_ADDRESS"
    CN_ID_CARD = "CN_ID_CARD"
    CN_PASSPORT = "CN_PASSPORT"
    CN_TRAVEL_PERMIT = "CN_TRAVEL_PERMIT"
    CN_MILITARY_ID = "CN_MILITARY_ID"
    CN_SOCIAL_SECURITY = "CN_SOCIAL_SECURITY"
    CN_BANK_CARD = "CN_BANK_CARD"
    CN_LICENSE_PLATE = "CN_LICENSE_PLATE"
    CN_ADDRESS = "CN_ADDRESS"
    CN_PROPERTY_CERT = "CN_PROPERTY_CERT"
    BIRTH_DATE = "BIRTH_DATE"
    WECHAT_ID = "WECHAT_ID"
    QQ_NUMBER = "QQ_NUMBER"
    HEALTH = "HEALTH"
    MARITAL_STATUS = "MARITAL_STATUS"
    RELIGION = "RELIGION"
    ETHNICITY = "ETHNICITY"
    MINOR = "MINOR"
    CN_USCC = "CN_USCC"
    SECRECY_MARK = "SECRECY_MARK"
    NEGATIVE_TERM = "NEGATIVE_TERM"
    WORDING = "WORDING"


class Role(StrEnum):
    """Say in which capacity a person (or a telephone, an address) appears in the document."""

    UNKNOWN = "unknown"
    PUNISHED = "punished"
    LEGAL_REPRESENTATIVE = "legal_representative"
    OFFICIAL = "official"
    OFFICE = "office"
    HANDLER = "handler"
    WITNESS = "witness"
    VICTIM = "victim"
    INFORMANT = "informant"
    GUARDIAN = "guardian"
    MINOR = "minor"
    APPLICANT = "applicant"
    RECIPIENT = "recipient"
    RELATIVE = "relative"
    CANDIDATE = "candidate"
    BIDDER = "bidder"
    PROJECT_MANAGER = "project_manager"
    PUBLIC_FIGURE = "public_figure"
    MASKED = "masked"
    STOP = "stop"
    REVIEW = "review"
    NOTE = "note"


ENCODED = "encoded"
"""The detector of what stands in code: no part of a code can be masked, it goes out whole."""

NUMBER_PART = "number_part"
"""The detector of a part of a number in a cell of its own: none of it stays."""

FIRM_NAME = "firm_name"
"""The detector of a piece of a person's name in what a firm is called: a person decides on it."""

DOUBTFUL_NAME = "doubtful_name"
"""The detector of what may be somebody's name or an ordinary word: a person decides on it."""

GIVEN_NAME = "given_name"
"""The detector of a given name apart from its surname, which may stay: nothing of it does."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Point at one thing found: offsets in the document's text, never the text itself.

    ``score`` runs from 0 to 1, ``reason`` says in Chinese why it is one and quotes no value.
    For ``NEGATIVE_TERM`` the role is the term's level (stop, review, note); for telephones and
    addresses ``office`` marks those of an office. ``person`` numbers the people of a document
    ``P1``, ``P2``, … in order of first appearance, whatever form a name is written in; it is empty
    for what is no person and for a name that fits several.
    """

    entity: Entity
    span: Span
    score: float
    detector: str
    role: Role = Role.UNKNOWN
    reason: str = ""
    id: str = ""
    person: str = ""


def unite(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep one finding for each entity and span, the decided role and the higher score first.

    Findings that overlap without being equal all stay: which of them rules is decided with the
    policy in hand (``review.plan``). The result is sorted by place and numbered ``F1``, ``F2``, ….
    """
    best: dict[tuple[Span, Entity], Finding] = {}
    for finding in findings:
        key = (finding.span, finding.entity)
        if key not in best or _rank(finding) > _rank(best[key]):
            best[key] = finding
    ordered = sorted(best.values(), key=lambda f: (f.span.start, -f.span.end, f.entity))
    return tuple(_numbered(f, f"F{number}") for number, f in enumerate(ordered, 1))


def _numbered(finding: Finding, id: str) -> Finding:
    return finding if finding.id == id else replace(finding, id=id)


def _rank(finding: Finding) -> tuple[bool, float, str, str]:
    return (finding.role is not Role.UNKNOWN, finding.score, finding.role, finding.detector)
