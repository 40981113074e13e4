"""Run the detectors over labelled texts and hold on to what they got wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from review.conceal import IMPERSONAL
from review.document import Document, Span, plain_document
from review.evaluation import Example, Judgement, Kind, Mistake
from review.finding import Entity, Finding
from review.judging import judge

KEPT_TEXTS = 2_000
"""So many texts with mistakes are kept for the report; the figures and the list hold all."""

KIND_NAMES = {
    Kind.MISSED: "漏检",
    Kind.FALSE: "误检",
    Kind.BORDER: "边界不符",
    Kind.ENTITY: "种类不符",
    Kind.TRAP: "误中陷阱",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a mistake with its place in the file and the text under it."""

    line: int
    id: str
    mistake: Mistake
    label_text: str
    found_text: str


@dataclass(frozen=True, slots=True)
class WrongText:
    """Hold a text with the mistakes in it."""

    line: int
    example: Example
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Hold what became of one file; of the texts with mistakes only the first are kept."""

    path: Path
    judgement: Judgement
    mistakes: tuple[Told, ...]
    texts: tuple[WrongText, ...]


def evaluate(
    path: Path,
    examples: Iterable[tuple[int, Example]],
    detect: Callable[[Document], Iterable[Finding]],
) -> Evaluated:
    """Judge the texts one by one; raises what a failing detector raises."""
    total = Judgement()
    told: list[Told] = []
    texts: list[WrongText] = []
    for line, example in examples:
        document = plain_document(example.text.split("\n"))
        judgement, mistakes = judge(example, detect(document))
        total += judgement
        told += (_told(line, example, mistake) for mistake in mistakes)
        if mistakes and len(texts) < KEPT_TEXTS:
            texts.append(WrongText(line, example, mistakes))
    return Evaluated(path, total, tuple(told), tuple(texts))


def _told(line: int, example: Example, mistake: Mistake) -> Told:
    def text(place: tuple[Entity | None, Span] | None) -> str:
        return example.text[place[1].start : place[1].end] if place else ""

    return Told(line, example.id, mistake, text(mistake.label), text(mistake.found))


def shown_value(entity: Entity | None, value: str, *, reveal: bool) -> str:
    """Give a value for a list: in clear, or its first character and a mask of fixed length."""
    return value if reveal or not value or entity in IMPERSONAL else f"{value[:1]}***"
