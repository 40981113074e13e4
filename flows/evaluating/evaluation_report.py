"""An evaluation for machines (JSON) and for reading: one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.copies.marked_text import stretches
from flows.evaluating.evaluation import KIND_NAMES, Evaluated, Told, WrongText, shown_value
from policies.names import ENTITY_NAMES
from review.document import Span
from review.evaluation import Judgement, Kind, Mistake, Score
from review.finding import Entity

_AROUND = 80
"""Characters of unmarked text kept beside a mark where the rest of a long text is left out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark a stretch of text in the style of a mistake; ``tag`` stands behind it."""

    span: Span
    style: str
    tag: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a stretch of text whose every character bears the same marks."""

    text: str
    styles: tuple[str, ...] = ()
    tags: tuple[Mark, ...] = ()


def evaluation_json(files: Sequence[Evaluated], *, reveal: bool) -> dict[str, Any]:
    """Lay out the figures of each file with its mistakes, and of all files together."""
    return {
        "files": [
            {
                "path": str(file.path),
                **judgement_json(file.judgement),
                "mistakes": [_mistake_json(told, reveal=reveal) for told in file.mistakes],
            }
            for file in files
        ],
        "total": judgement_json(total(files)),
    }


def total(files: Sequence[Evaluated]) -> Judgement:
    """Add up the figures of all files."""
    return sum((file.judgement for file in files), Judgement())


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """Lay out figures; null is what the labels cannot tell."""
    return {
        "records": judgement.records,
        "characters": judgement.characters,
        "entities": {
            entity.value: {
                "labels": tally.labels,
                "found": tally.judged,
                "exact": _score_json(tally.exact),
                "overlap": _score_json(tally.overlap),
            }
            for entity, tally in judgement.tallies.items()
        },
        "plain": {
            "characters": judgement.plain_characters,
            "alarms": judgement.alarms,
            "per_10k": _rounded(judgement.alarm_rate),
        },
        "traps": {"all": judgement.traps, "found": judgement.traps_found},
        "expectations": {"all": judgement.expectations, "met": judgement.expectations_met},
        "confusion": [
            {"kind": kind.value, "label": label, "found": found, "count": count}
            for (kind, label, found), count in confusion(judgement)
        ],
    }


def confusion(
    judgement: Judgement,
) -> list[tuple[tuple[Kind, Entity | None, Entity | None], int]]:
    """List what was taken for what, the most frequent first."""
    return sorted(
        judgement.confusion.items(), key=lambda line: (-line[1], *(part or "" for part in line[0]))
    )


def _score_json(score: Score) -> dict[str, float | None]:
    return {
        "precision": _rounded(score.precision),
        "recall": _rounded(score.recall),
        "f1": _rounded(score.f1),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _mistake_json(told: Told, *, reveal: bool) -> dict[str, Any]:
    laid: dict[str, Any] = {"line": told.line, "id": told.id, "kind": told.mistake.kind.value}
    sides = (
        ("label", told.mistake.label, told.label_text),
        ("found", told.mistake.found, told.found_text),
    )
    for side, place, value in sides:
        if place:
            entity, span = place
            laid[side] = {
                "entity": entity,
                "start": span.start,
                "end": span.end,
                "text": shown_value(entity, value, reveal=reveal),
            }
    return laid


def evaluation_html(files: Sequence[Evaluated]) -> bytes:
    """Write the page: figures on top, then every kept text with its mistakes in clear."""
    environment = Environment(
        loader=PackageLoader("flows"), autoescape=True, undefined=StrictUndefined
    )
    everything = total(files)
    page = environment.get_template("evaluation.html").render(
        files=files,
        total=everything,
        confusion=confusion(everything),
        entities=sorted({e for f in files for t in f.texts for e in entities_of(t)}),
        names=entity_name,
        kinds=KIND_NAMES,
        ratio=ratio,
        sentences=sentences,
        pieces=pieces,
        entities_of=entities_of,
        left_out=sum(len({t.line for t in f.mistakes}) - len(f.texts) for f in files),
    )
    return page.encode("utf-8")


def sentences(judgement: Judgement) -> Iterator[str]:
    """Tell what there is to tell beside the table of entities."""
    yield f"{judgement.records} 条，{judgement.characters} 字"
    if (rate := judgement.alarm_rate) is not None:
        yield (
            f"无个人信息的正文 {judgement.plain_characters} 字，误检 {judgement.alarms} 处，"
            f"每万字 {rate:.2f} 处"
        )
    if judgement.traps:
        yield f"陷阱 {judgement.traps} 处，误中 {judgement.traps_found} 处"
    if judgement.expectations:
        yield f"整条预期 {judgement.expectations} 条，符合 {judgement.expectations_met} 条"


def entity_name(entity: Entity | None) -> str:
    """Name an entity in Chinese; None is any."""
    return ENTITY_NAMES[entity] if entity else "任意种类"


def ratio(value: float | None) -> str:
    """Write a figure with three places; what cannot be told is a dash."""
    return "—" if value is None else f"{value:.3f}"


def entities_of(text: WrongText) -> list[str]:
    """List the entities that the mistakes in a text are about."""
    places = (place for m in text.mistakes for place in (m.label, m.found) if place)
    return sorted({entity.value for entity, _ in places if entity})


def pieces(text: WrongText) -> Iterator[Piece]:
    """Cut a text where marks begin and end; long stretches without one are shortened."""
    marks = [mark for mistake in text.mistakes for mark in _marks(mistake)]
    whole = text.example.text
    for start, end, over in stretches(len(whole), marks):
        styles = tuple(dict.fromkeys(m.style for m in over))
        tags = tuple(m for m in over if m.span.end == end)
        stretch = whole[start:end]
        yield Piece(stretch if styles else _shortened(stretch), styles, tags)


def _shortened(stretch: str) -> str:
    if len(stretch) <= 3 * _AROUND:
        return stretch
    return f"{stretch[:_AROUND]} …… {stretch[-_AROUND:]}"


def _marks(mistake: Mistake) -> Iterator[Mark]:
    """Mark what should have been found and, where it differs, what was found."""
    kind = mistake.kind
    told = KIND_NAMES[kind]
    if mistake.label:
        entity, span = mistake.label
        yield Mark(span, kind.value, f"{told}：{entity_name(entity)}")
    if mistake.found and not (mistake.label and mistake.label == mistake.found):
        entity, span = mistake.found
        style = "found" if mistake.label else kind.value
        told = "检为" if mistake.label else told
        yield Mark(span, style, f"{told}：{entity_name(entity)}")
