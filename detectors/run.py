"""Run all detectors over a document: the way from text to findings."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING

from detectors.allow import Allowed
from detectors.base import Hit, Passage, failed
from detectors.names import recall
from detectors.names.cast import cast
from detectors.names.distance import names_at_distance
from detectors.names.doubt import doubtful
from detectors.names.evidence import STRONG
from detectors.names.names import NameRecognizer
from detectors.names.parted_names import names_in_parts
from detectors.numbers.columned import numbers_over_columns
from detectors.numbers.drawn_cells import numbers_over_drawn_lines
from detectors.numbers.parts import numbers_in_parts
from detectors.numbers.within_runs import numbers_within_runs
from detectors.people.linking import link, number_people
from detectors.people.roles import assign
from detectors.registry import recognizers
from detectors.secrecy.head import loose_marks, remains, with_place
from detectors.tables.passages import Placed, passages, whole
from detectors.tables.printed_tables import laid_out
from detectors.terms.expressions import unwanted
from detectors.terms.negative_list import NAME as NEGATIVE_LIST
from detectors.terms.negative_list import NegativeList
from detectors.text.normalise import normalise
from detectors.text.vocabulary import name_statistics, word_list
from detectors.text.wrapped import wrapped
from detectors.wording.wording import wording
from review.document import Document
from review.errors import ReviewError
from review.finding import DOUBTFUL_NAME, Entity, Finding, Role, unite
from review.policy import AllowList, Expression, Nlp, NlpEngine, Term
from review.ports import Detector

if TYPE_CHECKING:
    from detectors.engine import Engine

_BUILTIN = Nlp()


def build_detector(
    terms: Sequence[Term],
    allow: AllowList,
    nlp: Nlp = _BUILTIN,
    today: Callable[[], date] | None = None,
    expressions: Sequence[Expression] = (),
) -> Detector:
    """Wire the recognisers with the negative list, the allow-list and the model of a policy.

    ``today`` tells the day of a review, on which a term is in force or not; without it every term
    is. A model is loaded at once. Raises ``PolicyInvalidError`` where it cannot be.
    """
    detector = DocumentDetector(tuple(terms), allow, nlp, today, tuple(expressions))
    if nlp.engine is not NlpEngine.BUILTIN:
        detector.load()
    return detector


@dataclass(frozen=True)
class DocumentDetector:
    """Find everything of interest in a document; Presidio is loaded at the first use."""

    terms: tuple[Term, ...]
    allow: AllowList
    nlp: Nlp = _BUILTIN
    today: Callable[[], date] | None = None
    expressions: tuple[Expression, ...] = ()

    def load(self) -> None:
        """Load now what would be loaded at the first use."""
        _ = self._engine

    @cached_property
    def _engine(self) -> Engine:
        from detectors.engine import Engine, ModelRecognizer

        model = () if self.nlp.engine is NlpEngine.BUILTIN else (ModelRecognizer(self.nlp),)
        engine = Engine((*recognizers(), *model))
        _settle()
        return engine

    @cached_property
    def _negative_list(self) -> NegativeList:
        return NegativeList(self.terms, self.today)

    @cached_property
    def _allowed(self) -> Allowed:
        return Allowed(self.allow)

    def detect(self, document: Document) -> tuple[Finding, ...]:
        """Return the united findings with their roles.

        Raises ``UnsafeOutputError`` when a recogniser fails, never returns fewer findings.
        """
        laid = laid_out(document)
        found: list[Finding] = []
        evident: set[str] = set()
        asked: set[str] = set()
        for placed, detector, hit in self._hits(laid):
            found.append(_finding(placed, detector, hit))
            if hit.entity is Entity.PERSON and hit.role is not Role.MASKED:
                name = recall.evident(placed.passage.text, hit)
                if name:
                    evident.add(name)
                # What little speaks for, and is hidden yet, hides nothing if it stands elsewhere.
                if not name or hit.score >= STRONG:
                    asked.add(placed.passage.text[hit.start : hit.end])
        found += numbers_in_parts(laid)
        found += numbers_over_columns(laid)
        found += numbers_over_drawn_lines(document)
        found += numbers_within_runs(document, found)
        parted = tuple(names_in_parts(laid))
        found += (part.finding for part in parted)
        distant = tuple(names_at_distance(laid, found))
        found += distant
        evident |= {laid.value(finding.span) for finding in distant}
        evident |= {part.name for part in parted if len(part.name) > 1}
        found += _named_again(laid, evident, found)
        found += _cast(laid, found)
        found += _perhaps_named(laid, asked, found)
        found += self._listed(document)
        found += (
            *wording(document),
            *loose_marks(document, found),
            *remains(document),
            *unwanted(document, self.expressions),
        )
        # Passages overlap at their borders: unite first, or roles would see doubles.
        judged = assign(laid, number_people(laid, unite(with_place(document, found))))
        linked = link(laid, judged)
        # Last, because a leader is one only inside the set phrase, not wherever his name stands.
        return unite(self._allowed.mark(laid, linked))

    def _listed(self, document: Document) -> tuple[Finding, ...]:
        """Look for the negative list in the whole document: title and surroundings count there."""
        try:
            return tuple(self._negative_list.find(document))
        except ReviewError:
            raise
        except Exception as error:
            # Not chained: the message of the cause may quote the document.
            raise failed(NEGATIVE_LIST, error) from None

    def _hits(self, document: Document) -> Iterator[tuple[Placed, str, Hit]]:
        for placed in chain(passages(document), _over_line_ends(document)):
            for detected in self._engine.find(placed.passage):
                yield placed, detected.detector, detected.hit


def _over_line_ends(document: Document) -> Iterator[Placed]:
    """Yield as passages the lines that were cut, put together.

    Besides what they are by themselves: the end of a line may be whole, and read into the next.
    """
    for start, text in wrapped(document):
        normalised = normalise(text)
        yield Placed(Passage(normalised.text), normalised, start)


@cache
def _settle() -> None:
    """Load the statistics, once for the process, and spare the collector what stays to the end."""
    word_list()
    name_statistics()
    gc.collect()  # or what is garbage now would never be collected
    gc.freeze()
    # Findings hold no circles: looking for some at every 700 new ones took a sixth of the time.
    gc.set_threshold(50_000, 20, 20)


def _named_again(
    document: Document, evident: set[str], found: Sequence[Finding]
) -> Iterator[Finding]:
    """Find the bare occurrences of names that have evidence elsewhere in the document."""
    if not evident:
        return
    placed = whole(document)
    text, free = placed.passage.text, _unnamed(placed, found)
    for hit in recall.recall(text, evident, word_list(), name_statistics(), free):
        yield _finding(placed, NameRecognizer.name, hit)


def _cast(document: Document, found: Sequence[Finding]) -> Iterator[Finding]:
    """Find who plays a part in the document, by all places of his name together."""
    placed = whole(document)
    text, free = placed.passage.text, _unnamed(placed, found)
    people = {document.value(f.span) for f in found if f.entity is Entity.PERSON}
    for hit, certain in cast(text, people, free):
        yield _finding(placed, NameRecognizer.name if certain else DOUBTFUL_NAME, hit)


def _perhaps_named(
    document: Document, asked: set[str], found: Sequence[Finding]
) -> Iterator[Finding]:
    """Find where a name that is found elsewhere may be meant, or a word that is written alike."""
    if not asked:
        return
    placed = whole(document)
    for hit in doubtful(placed.passage.text, asked, word_list(), _unnamed(placed, found)):
        yield _finding(placed, DOUBTFUL_NAME, hit)


def _unnamed(placed: Placed, found: Sequence[Finding]) -> Callable[[int, int], bool]:
    """Say of offsets in a passage whether nobody has been found there in the document."""
    taken = {
        offset
        for finding in found
        if finding.entity is Entity.PERSON
        for offset in range(finding.span.start, finding.span.end)
    }
    return _free(placed, taken)


def _free(placed: Placed, taken: Set[int]) -> Callable[[int, int], bool]:
    """Say of offsets in a passage whether what stands there in the document is not ``taken``."""

    def free(start: int, end: int) -> bool:
        span = placed.span(start, end)
        return taken.isdisjoint(range(span.start, span.end))

    return free


def _finding(placed: Placed, detector: str, hit: Hit) -> Finding:
    span = placed.span(hit.start, hit.end)
    return Finding(hit.entity, span, hit.score, detector, hit.role, hit.reason)
