"""Re-read docx, xlsx and pptx output for the verifier: all parts, texts, attributes, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from redact.verify.held import is_picture, read_held
from redact.verify.views import UNCHECKED_PART, Kind, Reading, View, decodings
from redact.verify.xml import DoctypeError, Text, XmlReader
from redact.verify.zip import PackageError, unpack

_MALFORMED = "输出的压缩结构异常，可能夹带内容，请转人工处理。"
_DOCTYPE = "输出中有带文档类型定义的部件，请转人工处理。"
_SHARED = "xl/sharedStrings.xml"
_PLACES = (
    ("word/document", "正文"),
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
    ("word/footnotes", "脚注"),
    ("word/endnotes", "尾注"),
    ("word/comments", "批注"),
    ("word/settings", "文档设置"),
    ("word/styles", "样式"),
    ("word/glossary", "自动图文集"),
    ("docProps/", "文档属性"),
    ("customXml/", "自定义数据"),
    ("ppt/slides/", "幻灯片"),
    ("ppt/slideLayouts/", "幻灯片版式"),
    ("ppt/slideMasters/", "幻灯片母版"),
    ("xl/workbook", "工作簿"),
    ("xl/worksheets/", "工作表"),
    ("xl/sharedStrings", "共享字符串"),
    ("xl/comments", "批注"),
    ("xl/styles", "样式"),
    ("xl/pivotCache", "数据透视表的缓存"),
    ("xl/externalLinks", "外部链接的缓存"),
    ("xl/embeddings", "嵌入的文件"),
    ("word/embeddings", "嵌入的文件"),
    ("ppt/embeddings", "嵌入的文件"),
    ("xl/charts", "图表"),
    ("word/charts", "图表"),
    ("ppt/charts", "图表"),
    ("ppt/notesSlides/", "演讲者备注"),
    ("ppt/comments", "批注"),
)
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/embeddings/object\d+\.(?:docx|xlsx|pptx)")
_DEEPEST = 3
_PACKAGE = b"PK\x03\x04"
_RELATIONSHIPS = re.compile(r"(?:.*/)?_rels/[^/]*\.rels")


def read_package(output: bytes, depth: int = 0) -> Reading:
    """Read a package; a part that is neither plain XML nor a plain picture is a complaint."""
    try:
        package = unpack(output)
    except PackageError:
        outside = tuple(("压缩包", text) for text in decodings(output))
        return Reading((View(Kind.RAW, outside),), (_MALFORMED,))
    complaints: dict[str, None] = {}
    readers: list[tuple[str, str, XmlReader]] = []
    pictures: list[tuple[str, bytes]] = []
    embedded: list[View] = []
    strange: list[tuple[str, bytes]] = []
    for number, (name, data) in enumerate(package.parts, 1):
        if _EMBEDDED.fullmatch(name) and depth < _DEEPEST:
            inner = read_package(data, depth + 1)
            embedded += inner.views
            complaints |= dict.fromkeys(inner.complaints)
            continue
        if is_picture(data):
            pictures.append((name, data))
            continue
        reader = XmlReader()
        try:
            reader.read(data)
        except DoctypeError:
            complaints.setdefault(_DOCTYPE)
        except expat.ExpatError:
            complaints.setdefault(UNCHECKED_PART)
            strange.append((_place(name, number), data))
        readers.append((name, _place(name, number), reader))
    margins = [
        ("压缩包的附加字段", text) for margin in package.margins for text in decodings(margin)
    ]
    margins += [("压缩包内的文件名", name) for name, _ in package.parts]
    views = [*_views(readers), View(Kind.ASIDE, tuple(margins)), *embedded]
    seen = read_held(pictures)
    views += (*_inside(strange, depth), *seen.views)
    return Reading(tuple(views), tuple(complaints | dict.fromkeys(seen.complaints)))


def _inside(strange: list[tuple[str, bytes]], depth: int) -> Iterator[View]:
    """Look into parts that are no XML: packages that nobody told of, any bytes."""
    for place, data in strange:
        yield View(Kind.RAW, tuple((place, text) for text in decodings(data)))
        if data.startswith(_PACKAGE) and depth < _DEEPEST:
            for view in read_package(data, depth + 1).views:
                yield View(view.kind, tuple((f"{place}内的{w}", text) for w, text in view.texts))


def _place(name: str, number: int) -> str:
    """Name a part in Chinese, never by its own name: that could hold a value."""
    if _RELATIONSHIPS.fullmatch(name):
        return "部件关系"
    return next(
        (p for prefix, p in _PLACES if name.startswith(prefix)), f"压缩包内第 {number} 个部件"
    )


def _views(readers: list[tuple[str, str, XmlReader]]) -> Iterator[View]:
    shared = [text.text for name, _, reader in readers if name == _SHARED for text in reader.texts]
    yield View(
        Kind.CELLS,
        tuple(
            (_where(place, number, text), _resolve(text, shared))
            for name, place, reader in readers
            if name != _SHARED
            for number, text in enumerate(reader.texts, 1)
        ),
    )
    yield View(Kind.CELLS, tuple(("共享字符串", text) for text in shared))
    yield View(
        Kind.ASIDE,
        tuple(
            (f"{place}的属性或隐藏内容", t) for _, place, reader in readers for t in reader.aside
        ),
    )
    yield View(
        Kind.RAW,
        tuple((f"{place}的标记", t) for _, place, reader in readers for t in reader.machine),
    )


def _where(place: str, number: int, text: Text) -> str:
    return f"{place}单元格 {text.cell}" if text.cell else f"{place}第 {number} 段"


def _resolve(text: Text, shared: list[str]) -> str:
    """Put the shared string in the place of its index, so that each use counts once."""
    if not text.shared:
        return text.text
    number = int(text.text)
    return shared[number] if 0 <= number < len(shared) else text.text
