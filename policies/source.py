"""Read a YAML file into plain data of which every value knows its line.

Only the part of YAML that a rule needs is accepted: maps, lists and text. Aliases, tags and deep
nesting are refused, so that a file can neither grow in memory nor create an object.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 8

# libyaml's parser is ten times faster; the pure one understands the same files.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_WRONG_COLON = re.compile(
    r"[\s-]*(?P<key>[A-Za-z_]+)(?:(?P<chinese>\s*：\s*)|:(?=[^\s/]))(?P<rest>.*?)"
    r"(?=\s+[A-Za-z_]+[：:]|$)"
)
_TAB = re.compile(r" *\t")
_SHOWN = 30
_BAD_KEY = "键只能是简单的文字，请对照内置规则改写。"

Data = str | list["Data"] | dict[str, "Data"]
Key = tuple[str | int, ...]
Lines = dict[Key, dict[str | int, int]]


@dataclass(frozen=True, slots=True)
class Place:
    """Point at one value: file, line (from 1) and key."""

    file: str
    line: int
    key: Key = ()

    def words(self) -> str:
        """Write the place as a person would say it: file, line, entry, key."""
        parts = [f"第 {p + 1} 条" if isinstance(p, int) else p for p in self.key]
        head = f"{self.file} 第 {self.line} 行"
        return f"{head}，{' '.join(parts)}" if parts else head


@dataclass(frozen=True, slots=True)
class Problem:
    """Tell one thing that is wrong and how to mend it."""

    place: Place
    message: str

    def sentence(self) -> str:
        """Write place, fault and remedy in one line of Chinese."""
        return f"{self.place.words()}：{self.message}"


@dataclass(frozen=True, slots=True)
class Source:
    """Hold the data of one file and, for each map and list in it, the line of every part."""

    file: str
    data: Data
    lines: Lines = field(repr=False)

    def place(self, key: Key) -> Place:
        """Locate a key, or the nearest one around it that the file really has.

        A single value where a list may stand has no entry number.
        """
        while key and isinstance(key[-1], int) and self._line(key) is None:
            key = key[:-1]
        known = key
        while known and self._line(known) is None:
            known = known[:-1]
        return Place(self.file, self._line(known) or 1, key)

    def _line(self, key: Key) -> int | None:
        return self.lines.get(key[:-1], {}).get(key[-1]) if key else None


class UnreadableError(Exception):
    """A file that is no acceptable YAML; ``problems`` says where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.problems = problems


def read_source(file: str, raw: bytes) -> Source:
    """Parse the bytes of one file; raises ``UnreadableError`` with every fault found."""
    if len(raw) > MAX_BYTES:
        raise UnreadableError(
            (_problem(file, 1, "文件超过 32 MB，请拆成几个目录或删去多余内容。"),)
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = "不是 UTF-8 编码，请用文本编辑器另存为 UTF-8。"
        raise UnreadableError((_problem(file, line, message),)) from None
    return _Reader(file).read(text)


def colon_hint(line: str) -> str | None:
    """Say how to write a line whose key lacks a colon and a space behind it; None for any other."""
    found = _WRONG_COLON.match(line)
    if found is None:
        return None
    right = f"{found['key']}: {found['rest'][:_SHOWN]}".strip()
    fault = "用了中文冒号，请改成英文冒号并" if found["chinese"] else "冒号后面没有空格，请"
    return f"{fault}在后面空一格，写成“{right}”。"


def _line_hint(line: str) -> str | None:
    if _TAB.match(line):
        return "行首用了制表符（Tab），请全部改成空格，每级缩进两格。"
    return colon_hint(line)


def _is_text(event: Any) -> bool:
    """Say whether an event is plain text, neither marked nor tagged: most of a file is."""
    return (
        isinstance(event, yaml.ScalarEvent)
        and event.anchor is None
        and (event.tag is None or event.tag == "!")
    )


def _problem(file: str, line: int, message: str, key: Key = ()) -> Problem:
    return Problem(Place(file, line, key), message)


class _Reader:
    """Build the data from parser events; the parser itself never recurses."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._lines: Lines = {}
        self._problems: list[Problem] = []
        self._next: Callable[[], Any]

    def read(self, text: str) -> Source:
        try:
            data = self._parse(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self._refuse(text, mark.line + 1 if mark else 1)
            raise UnreadableError(tuple(self._problems)) from None
        if isinstance(data, str) and colon_hint(data):
            self._refuse(text, len(text))
        if self._problems:
            raise UnreadableError(tuple(self._problems))
        return Source(self._file, data, self._lines)

    def _parse(self, text: str) -> Data:
        parser = _LOADER(text)
        # Asked for one event after the other: a third quicker than through ``yaml.parse``.
        self._next = parser.get_event
        try:
            return self._document()
        finally:
            parser.dispose()

    def _refuse(self, text: str, line: int) -> None:
        """Report tabs and wrong colons up to the line where the parser gave up, else that line."""
        above = text.splitlines()[:line]
        hints = [(n, hint) for n, each in enumerate(above, 1) if (hint := _line_hint(each))]
        for number, hint in hints:
            self._report(number, hint)
        if not hints:
            message = "不是合法的 YAML，请检查缩进（只用空格）、冒号后的空格和引号是否成对。"
            self._report(line, message)

    def _document(self) -> Data:
        data: Data | None = None
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if not isinstance(event, yaml.NodeEvent):
                continue
            if data is not None:
                self._stop(event, (), "一个文件里只能有一份内容，请删去多余的“---”。")
            data = self._node(event, ())
        if data is None:
            self._report(1, "文件是空的，请写入内容或删去该文件。")
            return ""
        return data

    def _node(self, event: Any, key: Key) -> Data:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._stop(event, key, "不能用 & 和 * 引用别处的内容，请把内容写全（文字请加引号）。")
        if event.tag not in (None, "!"):
            self._stop(event, key, "不能用“!”标签，请只写文字、列表和键。")
        if len(key) > MAX_DEPTH:
            self._stop(event, key[:2], "层级太深，请对照内置规则检查缩进和括号。")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(key)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(key)
        return str(event.value)

    def _sequence(self, key: Key) -> Data:
        items: list[Data] = []
        lines = self._lines[key] = {}
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            lines[len(items)] = event.start_mark.line + 1
            items.append(self._node(event, (*key, len(items))))
        return items

    def _mapping(self, key: Key) -> Data:
        items: dict[str, Data] = {}
        lines = self._lines[key] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            name = event.value if _is_text(event) else self._stop(event, key, _BAD_KEY)
            line = event.start_mark.line + 1
            if name in items:
                message = f"这个键在第 {lines[name]} 行已经写过，请删去一处。"
                self._report(line, message, (*key, name))
            lines.setdefault(name, line)
            value = self._next()
            items[name] = value.value if _is_text(value) else self._node(value, (*key, name))
        return items

    def _report(self, line: int, message: str, key: Key = ()) -> None:
        self._problems.append(_problem(self._file, line, message, key))

    def _stop(self, event: Any, key: Key, message: str) -> NoReturn:
        self._report(event.start_mark.line + 1, message, key)
        raise UnreadableError(tuple(self._problems))
