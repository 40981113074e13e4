"""Labelled text to be right about: our own official text, and what a user brings along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.contestants import Span as Found
from bench.corpus import prose
from flows.evaluating.labelled import Reader
from review.document import Span
from review.evaluation import PERSONAL, Example, Judgement
from review.finding import Entity, Finding
from review.judging import judge

POLICY = "政策文本"
OFFICIAL = "公文"
_SOURCE = Path(__file__).with_name("official.jsonl")
_PROSE = 30_000
_PROSE_SEED = 77


@dataclass(frozen=True, slots=True)
class TextSet:
    """Hold the texts of one source under the name the tables show."""

    name: str
    examples: Sequence[Example]


def policy_prose() -> TextSet:
    """Give plain policy text in which every finding is a false alarm."""
    lines = prose(_PROSE, _PROSE_SEED).split("\n")
    examples = (Example(str(n), line, exhaustive=PERSONAL) for n, line in enumerate(lines) if line)
    return TextSet(POLICY, tuple(examples))


def official() -> TextSet:
    """Give the official texts that ship with the project: documents, and plain ones."""
    return TextSet(OFFICIAL, tuple(_examples(_SOURCE)))


def from_folder(folder: Path) -> Iterator[TextSet]:
    """Read the ``.jsonl`` files of a folder that label all people in their texts.

    Raises ``InputError`` where one of them is no labelled text.
    """
    for path in sorted(folder.glob("*.jsonl")):
        examples = [each for each in _examples(path) if Entity.PERSON in each.exhaustive]
        if any(label.entity is Entity.PERSON for each in examples for label in each.labels):
            yield TextSet(path.stem, examples)


def weigh(texts: TextSet, found: Sequence[Sequence[Found]]) -> Judgement:
    """Judge what an engine found in each of the texts."""
    total = Judgement()
    for example, spans in zip(texts.examples, found, strict=True):
        findings = [Finding(Entity(kind), Span(start, end), 1.0, "") for start, end, kind in spans]
        total += judge(example, findings)[0]
    return total


def _examples(path: Path) -> Iterator[Example]:
    reader = Reader()
    return (example for _, example in reader.examples(reader.check(path)))
