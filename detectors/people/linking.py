"""Who is who: one person bears one number in the document, however his name is written.

Full names are one person by their letters alone. Masked names and mentions (张局长, 小李) follow
``detectors.people.bearers``: joined where exactly one person fits, else left alone. They lend
nothing to the person but protection.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detectors.names.evidence import BARE
from detectors.names.firm_names import in_firm_name
from detectors.names.mentions import DETECTOR, SCORE, Address, Mention, given_alone, mentions
from detectors.names.people_numbers import numbered
from detectors.names.written_names import Written, read_all
from detectors.people.bearers import Bearer, Bearers
from detectors.people.roles import NEVER_SHOWN, strongest
from detectors.tables.passages import whole
from review.document import Document, Span
from review.finding import FIRM_NAME, Entity, Finding, Role

_GIVEN = "文中全名的名字部分，与该全名为同一人"
_ADDRESSED = "姓氏加称谓，与文中唯一相符的人为同一人"
_IN_FIRM = "企业、店铺名称中有人名的一部分：名称照登，但可能说出是谁，请核对"
_HIDES_FIRM = NEVER_SHOWN | {Role.WITNESS}
"""Of whom not even the firm may tell."""
_SHORTEST = 2
_DEFEATED = "姓名已作隐名处理，但文中另有相符的全名，请核对"


def number_people(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Number the people by the letters of their names, before anything is known of them.

    Bare surnames get no number yet. Other findings and the order stay as they are.
    """
    forms = read_all(document, [f for f in findings if f.entity is Entity.PERSON])
    return numbered(
        replace(f, person="" if (form := forms[document.value(f.span)]).bare else form.letters)
        if f.entity is Entity.PERSON
        else f
        for f in findings
    )


def link(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Join masked names and mentions with the people they mean, roles being known.

    ``findings`` come from ``number_people`` with their roles. Mentions that are someone's are
    added with his role; masked names get the role ``masked``. All people are numbered anew in
    order of first appearance. The order of ``findings`` decides nothing.
    """
    people = sorted((f for f in findings if f.entity is Entity.PERSON), key=lambda f: f.span)
    if not people:
        return tuple(findings)
    linking = _Linking(document, people)
    told = [linking.told(f) if f.entity is Entity.PERSON else f for f in findings]
    told += linking.added()
    return numbered(linking.in_firm(linking.protected(f)) for f in told)


class _Linking:
    """Hold what is asked again while the people of one document are joined."""

    def __init__(self, document: Document, people: Sequence[Finding]) -> None:
        self._document = document
        self._people = people
        self._forms = read_all(document, people)
        self._bearers = Bearers(document, people, self._forms)
        self._mentions = dict(self._mentioned())
        self._lent: defaultdict[str, set[Role]] = defaultdict(set)
        self._strangers: dict[str, Finding] = {}
        self._pieces: set[Span] = set()
        self._times = Counter(document.value(f.span) for f in people)

    def told(self, finding: Finding) -> Finding:
        """Give a finding of a person as it reads when it is known who is meant."""
        form = self._forms[self._document.value(finding.span)]
        if form.mask is not None:
            return self._masked(finding, form)
        if self._bearers.only_given(form, finding.person):
            return self._meant(finding, Mention(0, 0, form.letters, Address.GIVEN))
        mention = self._mentions.get(finding.span)
        if mention is None or not (form.bare or mention.kind is Address.FAMILIAR):
            return finding
        return self._meant(finding, mention)

    def _meant(self, finding: Finding, mention: Mention) -> Finding:
        """Give a shorter form of a name with the person whom it means, if that is one."""
        self._pieces.add(finding.span)
        bearer = self._bearers.of_mention(mention, finding.role)
        if bearer is not None:
            self._lend(finding, bearer)
            role = finding.role if bearer.masked else bearer.role
            return replace(finding, role=role, person=bearer.key, reason=_reason(mention))
        if mention.kind is Address.GIVEN or self._bearers.known(mention.name):
            return replace(finding, person="")
        self._strangers[mention.letters] = finding
        return replace(finding, person=mention.letters)

    def in_firm(self, finding: Finding) -> Finding:
        """Mark a shorter form that belongs to the name of a firm of whoever may be told by it."""
        span = finding.span
        if finding.entity is not Entity.PERSON or finding.role in _HIDES_FIRM:
            return finding
        if not in_firm_name(self._document.text, span.start, span.end):
            return finding
        if span not in self._pieces and not self._is_a_chance(finding):
            return finding
        return replace(finding, detector=FIRM_NAME, reason=_IN_FIRM)

    def _is_a_chance(self, finding: Finding) -> bool:
        """Say whether two letters passed for a name by themselves, and stand nowhere else."""
        letters = self._document.value(finding.span)
        return finding.score <= BARE and len(letters) == _SHORTEST and self._times[letters] == 1

    def _masked(self, finding: Finding, form: Written) -> Finding:
        masked = replace(finding, role=Role.MASKED)
        bearer = self._bearers.of_mask(form)
        if bearer is None:
            return masked
        self._lend(finding, bearer)
        return replace(masked, person=bearer.key, reason=_DEFEATED)

    def _lend(self, finding: Finding, bearer: Bearer) -> None:
        if finding.role in NEVER_SHOWN and not bearer.masked:
            self._lent[bearer.key].add(finding.role)

    def protected(self, finding: Finding) -> Finding:
        """Give a finding the protection that a short form of the same person has lent."""
        lent = self._lent.get(finding.person)
        if lent is None or finding.role not in {Role.UNKNOWN, *NEVER_SHOWN}:
            return finding
        return replace(finding, role=strongest(lent))

    def added(self) -> Iterator[Finding]:
        """Yield the mentions that no recogniser has found, when all findings have been told."""
        taken = {at for f in self._people for at in range(f.span.start, f.span.end)}
        for span, mention in self._mentions.items():
            if not taken.isdisjoint(range(span.start, span.end)):
                continue
            self._pieces.add(span)
            bearer = self._bearers.of_mention(mention)
            stranger = self._strangers.get(mention.letters)
            if bearer is not None and not bearer.masked:
                yield _mention(span, bearer.role, _reason(mention), bearer.key)
            elif stranger is not None:
                yield _mention(span, stranger.role, stranger.reason, mention.letters)

    def _mentioned(self) -> Iterator[tuple[Span, Mention]]:
        given = self._bearers.given_names
        bare = {form.surname for form in self._forms.values() if form.bare}
        surnames = {*self._bearers.surnames, *bare} - {""}
        placed = whole(self._document)
        text = placed.passage.text
        for mention in (*mentions(text, surnames), *given_alone(text, given)):
            yield placed.span(mention.start, mention.end), mention


def _mention(span: Span, role: Role, reason: str, person: str) -> Finding:
    return Finding(Entity.PERSON, span, SCORE, DETECTOR, role, reason, person=person)


def _reason(mention: Mention) -> str:
    return _GIVEN if mention.kind is Address.GIVEN else _ADDRESSED
