"""Re-read OpenDocument output for the verifier: all parts, all text, all attributes."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from redact.verify.held import is_picture, read_held
from redact.verify.views import UNCHECKED_PART, Kind, Reading, View, decodings
from redact.verify.zip import PackageError, unpack

_MALFORMED = "输出的压缩结构异常，可能夹带内容，请转人工处理。"
_DOCTYPE = "输出中有带文档类型定义的部件，请转人工处理。"
_BINARY = "输出中有内嵌的二进制数据，请转人工处理。"
_PLACES = {
    "content.xml": "正文",
    "styles.xml": "样式和页眉页脚",
    "settings.xml": "文档设置",
    "meta.xml": "文档属性",
    "META-INF/manifest.xml": "部件清单",
}
_MEDIA_TYPE = "mimetype"
_SETTINGS = "settings.xml"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_PARAGRAPHS = frozenset({f"{_TEXT} p", f"{_TEXT} h"})
_APART = frozenset(
    {"note", "note-citation", "annotation", "frame", "custom-shape", "title", "desc", "ruby-text"}
)
_BREAKS = {f"{_TEXT} tab": "\t", f"{_TEXT} line-break": "\n", f"{_TEXT} s": " "}
_DATA = "binary-data"
_SPOKEN = frozenset(
    {"name", "display-name", "title", "label", "string-value", "description", "author", "value",
     "formula", "condition", "num-prefix", "num-suffix", "num-format", "num-list-format",
     "bullet-char", "href", "help-id"}
)  # fmt: skip


@dataclass(slots=True)
class _Open:
    """Hold the pieces of an element's text; within a paragraph they are shared with its parent."""

    pieces: list[str]
    inside: bool
    data: bool = False


@dataclass(slots=True)
class _PartReader:
    """Collect the texts of a part, what stands aside of them, and what is mere machinery."""

    texts: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    machine: dict[str, None] = field(default_factory=dict)
    complaints: dict[str, None] = field(default_factory=dict)
    _stack: list[_Open] = field(default_factory=list)

    def read(self, data: bytes) -> None:
        """Read a part; what cannot be read is a complaint."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = lambda *_: self.complaints.setdefault(_DOCTYPE)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self.aside.append
        parser.ProcessingInstructionHandler = lambda target, text: self.aside.append(
            f"{target} {text}"
        )
        parser.StartNamespaceDeclHandler = lambda prefix, uri: self.machine.setdefault(
            f"{prefix or ''} {uri}"
        )
        try:
            parser.Parse(data, True)
        except expat.ExpatError:
            self.complaints.setdefault(UNCHECKED_PART)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.machine.setdefault(name)
        for key, value in attributes.items():
            self._attribute(key, value)
        if name in _BREAKS and self._stack:
            self._stack[-1].pieces.append(_BREAKS[name])
        inside = bool(self._stack) and self._stack[-1].inside
        own = name in _PARAGRAPHS or local in _APART or local == _DATA
        if own or not inside:
            self._stack.append(_Open([], name in _PARAGRAPHS or inside, local == _DATA))
        else:
            self._stack.append(_Open(self._stack[-1].pieces, True))

    def _attribute(self, key: str, value: str) -> None:
        self.machine.setdefault(key)
        if key.rpartition(" ")[2] in _SPOKEN or not value.isascii():
            self.aside.append(value)
        else:
            self.machine.setdefault(value)

    def _characters(self, text: str) -> None:
        if self._stack:
            self._stack[-1].pieces.append(text)

    def _end(self, _: str) -> None:
        closed = self._stack.pop()
        if self._stack and closed.pieces is self._stack[-1].pieces:
            return
        text = "".join(closed.pieces)
        if closed.data:
            self.complaints.setdefault(_BINARY)
            self.aside += _decoded(text)
        if text.strip():
            self.texts.append(text)


def read_odf(output: bytes) -> Reading:
    """Read a package; a part that is no plain XML is a complaint in itself."""
    try:
        package = unpack(output)
    except PackageError:
        return Reading(complaints=(_MALFORMED,))
    readers: list[tuple[str, _PartReader]] = []
    pictures: list[tuple[str, bytes]] = []
    for number, (name, data) in enumerate(package.parts, 1):
        if not data:
            continue
        if is_picture(data):
            pictures.append((name, data))
            continue
        reader = _PartReader()
        if name == _MEDIA_TYPE and data.startswith(b"application/vnd.oasis.opendocument."):
            reader.aside.append(data.decode("utf-8", "replace"))
        else:
            reader.read(data)
        if name == _SETTINGS:  # its numbers are shown to nobody
            reader.aside += reader.texts
            reader.texts.clear()
        readers.append((_PLACES.get(name, f"压缩包内第 {number} 个部件"), reader))
    margins = [
        ("压缩包的附加字段", text) for margin in package.margins for text in decodings(margin)
    ]
    margins += [("压缩包内的文件名", name) for name, _ in package.parts]
    complaints = dict.fromkeys(c for _, reader in readers for c in reader.complaints)
    seen = read_held(pictures)
    views = (*_views(readers), View(Kind.ASIDE, tuple(margins)), *seen.views)
    return Reading(views, tuple(complaints | dict.fromkeys(seen.complaints)))


def _views(readers: list[tuple[str, _PartReader]]) -> Iterator[View]:
    yield View(
        Kind.CELLS,
        tuple(
            (f"{place}第 {number} 段", text)
            for place, reader in readers
            for number, text in enumerate(reader.texts, 1)
        ),
    )
    yield View(
        Kind.ASIDE,
        tuple((f"{place}的属性或隐藏内容", t) for place, reader in readers for t in reader.aside),
    )
    yield View(Kind.RAW, tuple((f"{place}的标记", t) for place, r in readers for t in r.machine))


def _decoded(text: str) -> Iterator[str]:
    """Read embedded data as every encoding that text may hide in."""
    try:
        yield from decodings(base64.b64decode("".join(text.split())))
    except binascii.Error:
        return
