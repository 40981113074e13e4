"""Names told by their place alone: as far before an identity number as other names stand.

A table that was drawn apart, every field a line or a text box of its own, keeps its order. Where
two names stand the same number of lines before the identity numbers of their people, what stands
there before the other numbers is a name, though it may be a word as well (莲花, 树根).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from detectors.names.names import NameRecognizer
from detectors.text.vocabulary import name_statistics
from review.document import Document, Span
from review.finding import Entity, Finding

FARTHEST = 12
"""Lines that may lie between a name and the number of the same person."""
LEAST_ALIKE = 2

_SHAPE = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff\s·]{0,6}[\u4e00-\u9fff]")
_PLACE = re.compile(r"[省市县区乡镇村组户街路巷号院局所社]$")
_LONGEST = 4
_SCORE = 0.6
_REASON = "与其他人的姓名一样，隔同样几行就是身份证号码"


def names_at_distance(document: Document, found: Sequence[Finding]) -> Iterator[Finding]:
    """Find what stands where other people's names stand; linear in the number of findings."""
    numbers = sorted(_alone(document, found, Entity.CN_ID_CARD))
    if len(numbers) <= LEAST_ALIKE:
        return
    named = _alone(document, found, Entity.PERSON)
    places = sorted(named)
    distances = Counter(
        number - places[at - 1]
        for number in numbers
        if (at := bisect_left(places, number)) and number - places[at - 1] <= FARTHEST
    )
    usual = [distance for distance, alike in distances.items() if alike >= LEAST_ALIKE]
    taken = {document.block_at(f.span.start) for f in found if f.entity is Entity.PERSON}
    for number in numbers:
        near = any(number - distance in named for distance in usual)
        for distance in () if near else usual:
            index = number - distance
            if index >= 0 and index not in taken and _is_shaped(document.blocks[index].text):
                yield _finding(document, index)


def _alone(document: Document, found: Sequence[Finding], entity: Entity) -> Mapping[int, Finding]:
    """Map the blocks that a finding of an entity fills to the finding."""
    filled: dict[int, Finding] = {}
    for finding in found:
        if finding.entity is entity:
            index = document.block_at(finding.span.start)
            if document.value(finding.span) == document.blocks[index].text.strip():
                filled[index] = finding
    return filled


def _is_shaped(text: str) -> bool:
    """Tell whether a whole line may be a name: a surname, one to three more, no place."""
    name = "".join(text.split())
    if not _SHAPE.fullmatch(text.strip()) or len(name) > _LONGEST or _PLACE.search(name):
        return False
    return bool(name_statistics().split(name)[0])


def _finding(document: Document, index: int) -> Finding:
    text, start = document.blocks[index].text, document.starts[index]
    inner = text.strip()
    begin = start + text.index(inner)
    span = Span(begin, begin + len(inner))
    return Finding(Entity.PERSON, span, _SCORE, NameRecognizer.name, reason=_REASON)
