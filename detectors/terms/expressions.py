"""The office's own list of expressions: what is better not said, and what should be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detectors.text.lines import occurrences
from detectors.text.normalise import fold, without
from review.document import Document, Note, Span
from review.finding import Entity, Finding, Role
from review.heading import title_of
from review.policy import Expression

NAME = "wording"
_GAPS = re.compile(r"[ \t\u3000]+")


def unwanted(document: Document, expressions: Iterable[Expression]) -> Iterator[Finding]:
    """Yield every place of an expression to avoid, spaces seen through, its replacement told."""
    avoided = [expression for expression in expressions if not expression.required]
    if not avoided:
        return
    squeezed = without(document.text, _GAPS)
    for expression in avoided:
        word, instead = _letters(expression.text), _letters(expression.instead)
        for at, _ in occurrences(squeezed.text, word):
            span = Span(*squeezed.original(at, at + len(word)))
            seen = document.blocks[document.block_at(span.start)].kind.is_on_page
            if seen and not _is_better(squeezed.text, at, word, instead):
                yield Finding(Entity.WORDING, span, 0.7, NAME, Role.NOTE, _advice(expression))


def missing(document: Document, expressions: Iterable[Expression]) -> Iterator[Note]:
    """Yield a note for every required expression that a document of its kind does not hold."""
    required = [expression for expression in expressions if expression.required]
    if not required:
        return
    title, text = title_of(document), "".join(fold(document.text).split())
    for expression in required:
        wanted = not expression.titles or any(word in title for word in expression.titles)
        if wanted and "".join(fold(expression.text).split()) not in text:
            yield Note(
                "wording_expression_missing",
                f"用语清单要求写到“{expression.text}”，文中没有找到（{expression.basis}）；请核对。",
            )


def _letters(text: str) -> str:
    return _GAPS.sub("", text)


def _is_better(text: str, at: int, word: str, instead: str) -> bool:
    """Say whether the place is part of the replacement itself, which may hold the same word."""
    inside = instead.find(word) if instead else -1
    return inside >= 0 and text.startswith(instead, at - inside) and at >= inside


def _advice(expression: Expression) -> str:
    better = f"宜写作“{expression.instead}”" if expression.instead else "不宜使用"
    return f"用语清单：{better}（{expression.basis}）"
