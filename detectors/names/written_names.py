"""What a name is however it is written: 张 建 国, 張建國 and 张·建国 are the same letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detectors.names.masked_names import Mask, parse
from detectors.text.normalise import normalise
from detectors.text.vocabulary import name_statistics
from review.document import Document
from review.finding import Finding

_SEPARATORS = re.compile(r"[\s·]+")


@dataclass(frozen=True, slots=True)
class Written:
    """Hold the letters of a name and how they divide.

    ``mask`` is set where it is a masked one; ``given`` is empty for a bare surname, ``surname``
    where none is known (names in transliteration).
    """

    letters: str
    surname: str
    given: str
    mask: Mask | None = None

    @property
    def full(self) -> bool:
        return self.mask is None and not self.bare

    @property
    def bare(self) -> bool:
        """Say whether only a surname stands there (王 in 王先生)."""
        return self.mask is None and not self.given


def written(value: str) -> Written:
    """Read the text of a finding as a name."""
    plain = normalise(value).text
    letters = _SEPARATORS.sub("", plain).casefold()
    if mask := parse(letters):
        return Written(letters, mask.surname, "", mask)
    names = name_statistics()
    if len(letters) < 2 or letters in names.compound:
        return Written(letters, letters, "")
    if "·" in plain:
        return Written(letters, "", letters)
    return Written(letters, *names.split(letters))


def read_all(document: Document, people: Sequence[Finding]) -> Mapping[str, Written]:
    """Read every written form once: by the text of the finding."""
    return {value: written(value) for value in {document.value(f.span) for f in people}}
