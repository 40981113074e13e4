"""Roles: in which capacity each person stands in the document, and whose the numbers are.

What stands before, after and above a name decides; the same person has the same role throughout,
and where several apply the one that protects most wins. Numbers, accounts, birthdays and
addresses of those who are never shown, and of the guardians of minors, bear their role.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from detectors.people import (
    kin,
    minors,
    office_addresses,
    office_phones,
    role_doubt,
    role_rows,
    role_voices,
)
from detectors.people.minors import Sign
from detectors.people.ownership import OWNED, Ownership
from detectors.people.role_setting import Setting, setting_of
from detectors.people.role_voices import Standing
from detectors.people.village_groups import PLACE_OF_MATTER, is_place_of_matter
from review.document import Document
from review.finding import Entity, Finding, Role

PRIORITY = (
    Role.MINOR,
    Role.VICTIM,
    Role.INFORMANT,
    Role.WITNESS,
    Role.GUARDIAN,
    Role.PUNISHED,
    Role.RECIPIENT,
    Role.APPLICANT,
    Role.RELATIVE,
    Role.CANDIDATE,
    Role.LEGAL_REPRESENTATIVE,
    Role.PROJECT_MANAGER,
    Role.BIDDER,
    Role.HANDLER,
    Role.OFFICIAL,
    Role.PUBLIC_FIGURE,
)
"""The protected roles come first (未成年人保护法 103); the public ones last, so doubt protects."""

NEVER_SHOWN = frozenset({Role.MINOR, Role.GUARDIAN, Role.VICTIM, Role.INFORMANT})
"""Whose names no policy shows: their numbers, accounts, birthdays and addresses bear the role,
for the floor removes them, and a short form of the name has it too.
"""


@dataclass(slots=True)
class _Voices:
    """Collect what all occurrences of one person say."""

    roles: set[Role]
    signs: set[Sign]
    standings: list[Standing]

    def role(self) -> Role:
        if Role.GUARDIAN not in self.roles and minors.decide(self.signs):
            return Role.MINOR
        return strongest(self.roles - ({Role.OFFICIAL} if self._is_citizen() else set()))

    def _is_citizen(self) -> bool:
        """Say whether he is called a citizen, and not more often by an office: doubt protects.

        Who only sits in a meeting is one by a single word; whoever is named by his office again
        and again keeps it, though somewhere 群众 stands before his name.
        """
        count = self.standings.count
        return 0 < count(Standing.CITIZEN) >= count(Standing.OFFICE)


def assign(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give every PERSON, telephone and address its role; others and order stay as they are.

    A role that a recogniser gave already counts as one voice. Ages are reckoned on the
    document's own day. The same person has one role in the document.
    """
    setting = setting_of(document, findings)
    owning = Ownership(document, setting.people, setting.headers)
    owners = {id(f): owning.owner(f) for f in findings if f.entity in OWNED}
    voices = _heard(setting, findings, owners)
    roles = {key: voice.role() for key, voice in voices.items()}
    roles |= _doubted(setting, voices, roles)
    for key in kin.guardians(setting, roles):
        roles[key] = strongest({roles[key], Role.GUARDIAN})
    decided = [_decided(setting, f, roles, owners.get(id(f))) for f in findings]
    return tuple(office_addresses.beside_phones(document, decided))


def _heard(
    setting: Setting, findings: Sequence[Finding], owners: Mapping[int, Finding | None]
) -> dict[str, _Voices]:
    voices: defaultdict[str, _Voices] = defaultdict(lambda: _Voices(set(), set(), []))
    for person in setting.people:
        voice = voices[setting.key(person)]
        roles = set(role_voices.roles(setting, person))
        # A column of pupils may hold grown-ups: the label is a sign among others.
        voice.signs |= {
            *role_voices.signs(setting, person),
            *({Sign.PUPIL} if Role.MINOR in roles else ()),
        }
        voice.roles |= roles - {Role.MINOR, *_unspoken(setting)}
        if standing := role_voices.standing(setting, person):
            voice.standings.append(standing)
    for finding in findings:
        owner = owners.get(id(finding))
        if owner is not None:
            voices[setting.key(owner)].signs |= set(setting.births_of(finding))
    return voices


def _doubted(
    setting: Setting, voices: Mapping[str, _Voices], roles: Mapping[str, Role]
) -> Mapping[str, Role]:
    """Give those of whom nothing certain is said the role that the matter makes likely."""
    kind = role_doubt.kind_of(setting.document, setting.headers)
    likely: defaultdict[str, set[Role]] = defaultdict(set)
    # Whom a complaint is about has not brought it, wherever else he is named.
    accused = {
        setting.key(person)
        for person in setting.people
        if kind is Role.INFORMANT and role_doubt.is_complained_of(setting, person)
    }
    # Who answers for an accident is not hurt by it because its report names him.
    accused |= {
        setting.key(person)
        for person in setting.people
        if kind is Role.VICTIM and role_doubt.is_penalised(setting, person)
    }
    for person in setting.people:
        key = setting.key(person)
        if roles[key] is not Role.UNKNOWN:
            continue
        if not setting.fills_line(person.span):
            likely[key] |= set(role_doubt.doubts(setting, person, None if key in accused else kind))
        elif kind and role_rows.is_listed(setting, person):
            likely[key].add(kind)
    # A child by what is said near it may be grown up by its birth.
    return {
        key: strongest(
            found
            - ({Role.MINOR} if Sign.BORN_ADULT in voices[key].signs else set())
            - _unspoken(setting)
        )
        for key, found in likely.items()
    }


def _unspoken(setting: Setting) -> frozenset[Role]:
    """Give the roles that the document gives nobody, whatever it calls him."""
    return frozenset() if setting.punishes else frozenset({Role.PUNISHED})


def _decided(
    setting: Setting, finding: Finding, roles: Mapping[str, Role], owner: Finding | None
) -> Finding:
    if finding.entity is Entity.PERSON:
        return replace(finding, role=roles[setting.key(finding)])
    if finding.role is not Role.UNKNOWN or finding.entity not in OWNED:
        return finding
    if Sign.BORN_MINOR in setting.births_of(finding):
        return replace(finding, role=Role.MINOR)
    if is_place_of_matter(setting, finding):
        return replace(finding, role=Role.OFFICE, reason=PLACE_OF_MATTER)
    if owner is None and setting.in_minors_row(finding):
        return replace(finding, role=Role.MINOR)
    owned_by = None if owner is None else roles[setting.key(owner)]
    if owned_by is not None and owned_by in NEVER_SHOWN:
        return replace(finding, role=owned_by)
    if finding.entity is Entity.PHONE_NUMBER:
        return replace(finding, role=office_phones.role_of(setting, finding, owned_by))
    return finding


def strongest(roles: Iterable[Role]) -> Role:
    """Pick the role that protects most, ``UNKNOWN`` where there is none."""
    given = set(roles)
    return next((role for role in PRIORITY if role in given), Role.UNKNOWN)
