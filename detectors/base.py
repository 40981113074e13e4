"""The family interface of the recognisers: text in, hits out, no library in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from review.errors import UnsafeOutputError
from review.finding import Entity, Role


@dataclass(frozen=True, slots=True)
class Hit:
    """Mark one match in a passage: offsets into ``Passage.text``, end exclusive.

    ``reason`` says in Chinese why it is one, without quoting the value.
    """

    entity: Entity
    start: int
    end: int
    score: float
    reason: str
    role: Role = Role.UNKNOWN


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Passage:
    """Hold a stretch of a document, normalised for matching.

    ``text`` has full-width folded, zero-width dropped and traditional characters simplified; it
    joins whole blocks by line feeds. ``headers`` gives for (start, end) stretches of ``text``
    that are table cells the header that governs them (``姓名``); empty for running text.
    """

    text: str
    headers: tuple[tuple[int, int, str], ...] = ()


class Recognizer(Protocol):
    """Find one kind of thing; ``name`` is its policy key and the name of its test file."""

    @property
    def name(self) -> str: ...

    @property
    def entities(self) -> tuple[Entity, ...]: ...

    def find(self, passage: Passage) -> Iterator[Hit]:
        """Yield hits in any order; an error ends the whole scan."""
        ...


def failed(name: str, error: Exception) -> UnsafeOutputError:
    """Tell that a recogniser failed; its error is not quoted, for that may quote the document."""
    return UnsafeOutputError(
        f"识别器“{name}”运行出错（{type(error).__name__}），"
        "不能确认本件是否安全，请转人工审查并告知系统管理员。"
    )
