"""The people of a document by name, and which one of them a shorter form can mean.

A form is somebody's only where exactly one person fits. Where two fit it stays nobody's: a wrong
guess would put what one person did under the pseudonym of another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from detectors.names.evidence import FAIR
from detectors.names.mentions import Address, Mention, titles_beside
from detectors.names.written_names import Written
from detectors.people.roles import NEVER_SHOWN
from detectors.tables.passages import whole
from review.document import Document
from review.finding import Finding, Role

_IN_OFFICE = frozenset({Role.OFFICIAL, Role.HANDLER})
_YOUNG = frozenset({"同学", "小", "阿", "姓学生", "姓男孩", "姓女孩", "姓男童", "姓女童"})
_BEFORE, _AFTER = 12, 24
_SEX = re.compile(r"[ ,，、:：(（]{0,3}([男女])(?![\u4e00-\u9fff])")
_END = re.compile(r"[。；;\n]")
_DEFINED = re.compile(
    r"[^。；;\n]{0,40}?[(（，,][ ]?(?:以?下)(?:简)?称(?:为)?[:：]?[ ]?"
    r"[“\"‘「『]?(?P<form>[\u4e00-\u9fff*×]{1,4})[”\"’」』]?[ ]?[)），,。]"
)
_DEFINITION_REACH = 60


@dataclass(frozen=True, slots=True)
class Bearer:
    """Hold one person as far as names tell: ``key`` is the number that his findings bear.

    ``titles`` are the titles of office that stand beside his name, ``sex`` 男 or 女 where written.
    """

    key: str
    surname: str
    given: str
    role: Role
    masked: bool = False
    sex: str = ""
    titles: frozenset[str] = frozenset()

    def agrees(self, role: Role) -> bool:
        """Say whether what is said of a short form can be said of this person."""
        protects = self.role is Role.UNKNOWN and role in NEVER_SHOWN
        return role in (Role.UNKNOWN, self.role) or protects

    def answers_to(self, mention: Mention) -> bool:
        """Say whether the form of address fits: sex, age, office."""
        if mention.sex and self.sex and mention.sex != self.sex:
            return False
        if self.role is Role.MINOR and mention.title not in _YOUNG:
            return False
        if mention.kind is Address.OFFICE:
            return mention.title in self.titles or self.role in _IN_OFFICE
        return True


class Bearers:
    """Look up whom a masked name or a mention means; linear in the number of names."""

    def __init__(
        self, document: Document, people: Sequence[Finding], forms: Mapping[str, Written]
    ) -> None:
        self._text, self._folded = document.text, whole(document).normalised.piece
        self._people = [(f, forms[document.value(f.span)]) for f in people]
        self._full = self._named()
        self._defined = dict(self._definitions())
        self._by_surname: defaultdict[str, list[Bearer]] = defaultdict(list)
        for bearer in self._full.values():
            self._by_surname[bearer.surname].append(bearer)
        self._unmasked = dict(self._fitting_masks())
        for bearer in self._still_masked():
            self._by_surname[bearer.surname].append(bearer)
        self._by_given = _alone((b.given, b) for b in self._full.values())
        self._given = frozenset(b.given for b in self._full.values())

    @property
    def given_names(self) -> Collection[str]:
        """List the given names that one person alone bears."""
        return self._by_given.keys()

    @property
    def surnames(self) -> Collection[str]:
        """List the surnames that somebody of the document bears, masked or not."""
        return self._by_surname.keys()

    def known(self, surname: str) -> bool:
        """Say whether anybody of a surname is named in the document, masked or not."""
        return surname in self._by_surname

    def only_given(self, form: Written, person: str) -> bool:
        """Say whether a form without a surname of its own is a given name of somebody here."""
        return form.full and person not in self._full and form.letters in self._given

    def of_mask(self, form: Written) -> Bearer | None:
        """Find the person whose full name stands elsewhere in the document."""
        return self._unmasked.get(form.letters)

    def of_mention(self, mention: Mention, role: Role = Role.UNKNOWN) -> Bearer | None:
        """Find the one person whom a mention in a role can mean."""
        if mention.kind is Address.GIVEN:
            return self._by_given.get(mention.name)
        if defined := self._defined.get(mention.letters):
            return defined
        fitting = self._by_surname.get(mention.name, ())
        if len(fitting) != 1 or not fitting[0].answers_to(mention):
            return None
        return fitting[0] if fitting[0].agrees(role) else None

    def _named(self) -> dict[str, Bearer]:
        found: dict[str, Bearer] = {}
        for finding, form in self._people:
            if not form.full or not form.surname:
                continue
            bearer = found.get(finding.person) or Bearer(
                finding.person, form.surname, form.given, finding.role
            )
            found[finding.person] = self._described(bearer, finding)
        weak = self._weak_given(found.values())
        return {key: bearer for key, bearer in found.items() if key not in weak}

    def _weak_given(self, bearers: Iterable[Bearer]) -> frozenset[str]:
        """Name those without evidence who read like another's given name (文华 of 张文华)."""
        given = {bearer.given for bearer in bearers}
        sure = {f.person for f, _ in self._people if f.score >= FAIR}
        return frozenset(
            f.person for f, form in self._people if form.letters in given and f.person not in sure
        )

    def _described(self, bearer: Bearer, finding: Finding) -> Bearer:
        """Add what stands beside one occurrence of a full name."""
        start, end = finding.span.start, finding.span.end
        left = _END.split(self._text[max(0, start - _BEFORE) : start])[-1]
        right = _END.split(self._text[end : end + _AFTER])[0]
        before, after = self._folded(start - len(left), start), self._folded(end, end + len(right))
        sex = _SEX.match(after)
        return replace(
            bearer,
            sex=bearer.sex or (sex[1] if sex else ""),
            titles=bearer.titles | titles_beside(before, after),
        )

    def _definitions(self) -> Iterator[tuple[str, Bearer]]:
        """Yield the short forms that the text itself defines (以下简称“张某”)."""
        full = [(f, w) for f, w in self._people if f.person in self._full]
        ends = [*(f.span.start for f, _ in full), len(self._text)][1:]
        told: list[tuple[str, Bearer]] = []
        for (finding, form), end in zip(full, ends, strict=True):
            start = finding.span.end
            match = _DEFINED.match(self._folded(start, min(end, start + _DEFINITION_REACH)))
            if match and form.surname in match["form"]:
                told.append((match["form"], self._full[finding.person]))
        yield from _alone(told).items()

    def _fitting_masks(self) -> Iterator[tuple[str, Bearer]]:
        """Yield the masked names whose one full name stands elsewhere.

        A mask that shows the surname alone is joined only where no other such mask fits.
        """
        masks = self._masks()
        open_masks: defaultdict[str, int] = defaultdict(int)
        for form, _ in masks.values():
            if form.mask and not form.mask.tail and form.letters not in self._defined:
                open_masks[form.surname] += 1
        for letters, (form, finding) in masks.items():
            if defined := self._defined.get(letters):
                yield letters, defined
                continue
            assert form.mask is not None
            bearers = self._by_surname.get(form.surname, ())
            fitting = [b for b in bearers if form.mask.fits(b.surname, b.given)]
            sure = form.mask.tail or open_masks[form.surname] == 1
            if len(fitting) == 1 and sure and fitting[0].agrees(finding.role):
                yield letters, fitting[0]

    def _masks(self) -> dict[str, tuple[Written, Finding]]:
        return {form.letters: (form, f) for f, form in self._people if form.mask is not None}

    def _still_masked(self) -> Iterator[Bearer]:
        for letters, (form, finding) in self._masks().items():
            if letters not in self._unmasked and form.surname:
                yield Bearer(finding.person, form.surname, "", finding.role, masked=True)


def _alone(told: Iterable[tuple[str, Bearer]]) -> dict[str, Bearer]:
    """Keep what is told of one person only."""
    several: defaultdict[str, dict[str, Bearer]] = defaultdict(dict)
    for form, bearer in told:
        several[form][bearer.key] = bearer
    return {
        form: next(iter(found.values()))
        for form, found in several.items()
        if form and len(found) == 1
    }
