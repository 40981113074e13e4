"""Read labelled texts, one JSON record a line; the labels of public sets become our entities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from flows.evaluating.label_names import ENTITIES, OPTIONAL, unmeasured
from review.document import Span
from review.errors import InputError
from review.evaluation import PERSONAL, SURE, Example, Expectation, Label
from review.finding import Entity

_SPOKEN = re.compile(r"[A-Za-z0-9_]{1,40}")


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """Hold what a first reading showed: how many records, and which entities they label."""

    path: Path
    records: int
    occurring: frozenset[Entity]

    @property
    def default(self) -> frozenset[Entity]:
        """Give what a record without ``ann`` labels exhaustively: what occurs, or else all."""
        return self.occurring or PERSONAL


@dataclass(frozen=True, slots=True)
class Reader:
    """Read records; ``skipped`` labels are passed over, ``split`` keeps only one part of a set."""

    skipped: frozenset[str] = frozenset()
    split: str | None = None

    def check(self, path: Path) -> LabelledFile:
        """Read a whole file through, so that a mistake on its last line is told at once.

        Raises ``InputError`` with the number of the first line that is no labelled text.
        """
        occurring: set[Entity] = set()
        count = 0
        for _, example in self._read(path, frozenset()):
            count += 1
            occurring.update(label.entity for label in example.labels)
        if not count:
            raise InputError(
                "文件里没有可评测的记录，请核对文件内容"
                + ("和 --split 的取值。" if self.split else "。")
            )
        return LabelledFile(path, count, frozenset(occurring))

    def examples(self, file: LabelledFile) -> Iterator[tuple[int, Example]]:
        """Yield the records one by one with the number of their line."""
        return self._read(file.path, file.default)

    def _read(self, path: Path, default: frozenset[Entity]) -> Iterator[tuple[int, Example]]:
        for number, record in _records(path):
            if self.split is None or record.get("split") == self.split:
                yield number, _Record(number, record, self.skipped).example(default)


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _parsed(number, line)
    except OSError:
        raise InputError("打不开评测文件，请核对路径和权限。") from None


def _parsed(number: int, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError):
        raise InputError(f"第 {number} 行不是 JSON（UTF-8），请改正后再试。") from None
    if not isinstance(record, dict):
        raise InputError(f"第 {number} 行不是一条 JSON 记录，请改正后再试。")
    return record


@dataclass(frozen=True, slots=True)
class _Record:
    """Turn one parsed line into an example; every complaint names the line."""

    number: int
    fields: dict[str, Any]
    skipped: frozenset[str]

    def example(self, default: frozenset[Entity]) -> Example:
        name = self._text("id", self.fields.get("id"))
        if "value" in self.fields and "text" not in self.fields:
            return self._number(name)
        text = self._text("text", self.fields.get("text"))
        spans = [(span, self._span(span, text)) for span in self._list("spans")]
        ann = self.fields.get("ann")
        return Example(
            name,
            text,
            tuple(chain.from_iterable(self._label(span, place) for span, place in spans)),
            default if ann is None else frozenset(self._entities(self._list("ann"))),
            tuple(chain.from_iterable(self._trap(t, text) for t in self._list("traps", ()))),
            self._expectations(),
        )

    def _number(self, name: str) -> Example:
        """Read ``{"type","value","valid"}``: a valid value must be found, an invalid one not."""
        value, valid = self._text("value", self.fields["value"]), self.fields.get("valid")
        if not isinstance(valid, bool):
            raise self._wrong("缺少 valid（true 或 false）")
        entities = list(self._entities([self.fields.get("type")]))
        labels = tuple(Label(entity, Span(0, len(value))) for entity in entities if valid)
        unwanted = tuple(Expectation(e, False, SURE) for e in entities if not valid)
        return Example(name, value, labels, expectations=unwanted)

    def _label(self, span: Any, place: Span) -> Iterator[Label]:
        name = span.get("label")
        if name in OPTIONAL:
            yield Label(OPTIONAL[name], place, optional=True)
        else:
            yield from (Label(entity, place) for entity in self._entities([name]))

    def _expectations(self) -> tuple[Expectation, ...]:
        expected = self.fields.get("expect")
        if expected is None:
            return ()
        if not isinstance(expected, dict) or not isinstance(expected.get("present"), bool):
            raise self._wrong('的 expect 不是 {"type","present"} 的形式')
        present = expected["present"]
        wanted = expected.get("type")
        if wanted == "*":
            return (Expectation(None, present),)
        # Sets expect much that no detector of ours is for; only what we name can be held to it.
        return tuple(Expectation(e, present) for name, e in ENTITIES.items() if name == wanted)

    def _entities(self, names: list[Any]) -> Iterator[Entity]:
        for name in names:
            if not isinstance(name, str):
                raise self._wrong("的标签不是文字")
            if name in ENTITIES:
                yield ENTITIES[name]
            elif not (name in OPTIONAL or name in self.skipped or unmeasured(name)):
                told = f" {name}" if _SPOKEN.fullmatch(name) else ""
                raise self._wrong(f"有不认识的标签{told}；确实不评测的，用 --skip-label 写明")

    def _trap(self, trap: Any, text: str) -> Iterator[Span]:
        """Place a trap; one that is written out counts wherever it stands."""
        if not isinstance(trap, str):
            yield self._span(trap, text)
        elif not trap or trap not in text:
            raise self._wrong("的 traps 里有正文中没有的文字")
        else:
            yield from (Span(*m.span()) for m in re.finditer(re.escape(trap), text))

    def _span(self, span: Any, text: str) -> Span:
        if not isinstance(span, dict):
            raise self._wrong("的区间不是 JSON 对象")
        start, end = span.get("start"), span.get("end")
        if not (type(start) is int and type(end) is int):
            raise self._wrong("的区间缺少 start、end（整数）")
        if not 0 <= start < end <= len(text):
            raise self._wrong("的区间超出正文或为空")
        return Span(start, end)

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            raise self._wrong(f"缺少 {key}（非空文字）")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise self._wrong(f"的 {key} 里有不成对的代理字符") from None
        return value

    def _list(self, key: str, default: Any = None) -> list[Any]:
        value = self.fields.get(key, default)
        if not isinstance(value, list | tuple):
            raise self._wrong(f"缺少 {key}（列表）")
        return list(value)

    def _wrong(self, what: str) -> InputError:
        return InputError(f"第 {self.number} 行{what}，请改正后再试。")
