"""Walk over every object of a pdf: strings, names, streams, fonts, and what may not be there."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass, field
from typing import Any

from redact.verify.pdf_fonts import ContentDecoder, characters_of_program, parse_code_map
from redact.verify.pdf_leftovers import LEFTOVERS, has_leftovers
from redact.verify.views import MAX_INFLATED, UNCHECKED_PART, decodings, printed

_FORBIDDEN = {
    "/EmbeddedFiles": "输出中有附件，请转人工处理。",
    "/EF": "输出中有附件，请转人工处理。",
    "/AF": "输出中有附件，请转人工处理。",
    "/JavaScript": "输出中有脚本，请转人工处理。",
    "/JS": "输出中有脚本，请转人工处理。",
    "/Launch": "输出中有脚本，请转人工处理。",
    "/OCProperties": "输出中有可隐藏的图层，请转人工处理。",
    "/XFA": "输出中有动态表单，请转人工处理。",
    "/RichMedia": "输出中有多媒体内容，请转人工处理。",
    "/Movie": "输出中有多媒体内容，请转人工处理。",
    "/Sound": "输出中有多媒体内容，请转人工处理。",
    "/3D": "输出中有多媒体内容，请转人工处理。",
    "/FileAttachment": "输出中有附件，请转人工处理。",
}
_PICTURE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
_BLIND_FONT = "输出中有无法核对文字的字体，请转人工处理。"


@dataclass(slots=True)
class ObjectWalk:
    """Collect what the objects of a pdf hold.

    ``shown`` are decoded content streams, ``aside`` strings and names, ``raw`` streams in all
    encodings, ``fonts`` the characters that each font can show, in its own order, ``packages`` and
    ``attached`` whole files within: zip packages, and further pdfs.
    """

    shown: list[tuple[str, str]] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    raw: list[tuple[str, str]] = field(default_factory=list)
    fonts: list[str] = field(default_factory=list)
    complaints: dict[str, None] = field(default_factory=dict)
    packages: list[tuple[str, bytes]] = field(default_factory=list)
    attached: list[tuple[str, bytes]] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)
    inflated: int = 0
    _decoder: ContentDecoder = field(default_factory=ContentDecoder)

    def walk(self, pdf: Any) -> None:
        """Visit every object of the file, reachable or not, and the content of every page."""
        self._visit(pdf.trailer, "文件结构")
        for object_ in pdf.objects:
            self._visit(object_, _place(object_))
        for number, page in enumerate(pdf.pages, 1):
            resources = page.obj.get("/Resources", _inherited(page.obj))
            self.shown.append((f"第 {number} 页", self._decoder.texts(page.obj, resources)))
        for font in pdf.objects:
            if _is_font(font) and font.get("/Subtype") == "/Type3":
                self._drawings(font)
        self.aside.extend(("页面标记", text) for text in self._decoder.tagged)
        if self._decoder.unmapped:
            self.complaints.setdefault(_BLIND_FONT)
        for font in pdf.objects:
            if _is_font(font) and has_leftovers(font, self._decoder.codes.get(font.objgen, set())):
                self.complaints.setdefault(LEFTOVERS)

    def _drawings(self, font: Any) -> None:
        """Read text within the streams that draw a font's glyphs, and codes that they show."""
        for stream in font.get("/CharProcs", {}).values():
            if text := self._decoder.texts(stream, font.get("/Resources")):
                self.shown.append(("字体", text))

    def _visit(self, root: Any, place: str) -> None:
        """Visit an object and what is written inside it; others are visited for themselves."""
        import pikepdf

        waiting = [root]
        while waiting:
            current = waiting.pop()
            if isinstance(current, pikepdf.Stream):
                self._stream(current, place)
                waiting += _inner(self._keys(current, place))
            elif isinstance(current, pikepdf.Dictionary):
                waiting += _inner(self._keys(current, place))
            elif isinstance(current, pikepdf.Array):
                waiting += _inner(list(current))
            elif isinstance(current, pikepdf.String):
                self._string(bytes(current), str(current), place)
            elif isinstance(current, pikepdf.Name):
                self._name(current, place)

    def _keys(self, holder: Any, place: str) -> list[Any]:
        values = []
        for key, value in holder.items():
            self._forbid(key)
            self.aside.append((place, key))
            values.append(value)
        return values

    def _name(self, name: Any, place: str) -> None:
        data = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1].decode()), name.unparse())
        self._forbid(data.decode("latin-1"))
        self._text(data, place)

    def _forbid(self, name: str) -> None:
        if name in _FORBIDDEN:
            self.complaints.setdefault(_FORBIDDEN[name])

    def _string(self, data: bytes, text: str, place: str) -> None:
        self.aside.append((place, text))
        self._text(data, place)

    def _text(self, data: bytes, place: str) -> None:
        self.aside.append((place, data.decode("utf-8", "ignore")))
        self.aside.append((place, data.decode("gb18030", "ignore")))
        self.raw.extend((place, text) for text in decodings(data))

    def _stream(self, stream: Any, place: str) -> None:
        if stream.get("/Subtype") == "/Image":
            self._picture(stream)
            return
        data = stream.read_bytes()
        self.add_bytes(data, place)
        if stream.get("/Type") == "/Metadata":
            self.aside.append((place, html.unescape(data.decode("utf-8", "ignore"))))
        if stream.get("/Subtype") == "/Form" or "/PatternType" in stream:
            self.shown.append((place, self._decoder.texts(stream, stream.get("/Resources"))))
        if b"begincmap" in data:
            self.fonts.append("".join(parse_code_map(data).characters.values()))
        else:
            self.fonts.append(characters_of_program(data))

    def add_bytes(self, data: bytes, place: str) -> None:
        """Take a decoded stream in all encodings, once."""
        digest = hashlib.sha256(data).digest()
        if digest in self.seen:
            return
        self.seen.add(digest)
        self.inflated += len(data)
        if self.inflated > MAX_INFLATED:
            self.complaints.setdefault(UNCHECKED_PART)
            return
        self.raw.extend((place, text) for text in decodings(data))
        if data.startswith(b"PK\x03\x04"):
            self.packages.append((place, data))
        if data.startswith(b"%PDF-"):
            self.attached.append((place, data))

    def _picture(self, stream: Any) -> None:
        """Look for text in the wrapping of a picture; pixels are no text, but must be all.

        A picture holding more bytes than its pixels need carries something else.
        """
        filters = stream.get("/Filter", [])
        names = {str(f) for f in (filters if not hasattr(filters, "unparse") else [filters])}
        packed = stream.read_raw_bytes()
        if names & _PICTURE_FILTERS:
            self.raw.extend(("图像数据", text) for text in printed(packed))
        elif len(stream.read_bytes()) != _pixel_bytes(stream):
            self.complaints.setdefault(UNCHECKED_PART)


def _pixel_bytes(stream: Any) -> int:
    """Work out how many bytes the pixels of an unpacked picture take."""
    space = stream.get("/ColorSpace")
    name = str(space[0]) if hasattr(space, "__len__") and not _is_name(space) else str(space)
    samples = {"/DeviceRGB": 3, "/CalRGB": 3, "/Lab": 3, "/DeviceCMYK": 4}.get(name, 1)
    if name == "/ICCBased":
        samples = int(space[1].get("/N"))
    bits = 1 if stream.get("/ImageMask", False) else int(stream.get("/BitsPerComponent", 8))
    return int(stream.Height) * ((int(stream.Width) * samples * bits + 7) // 8)


def _is_name(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Name)


def _is_font(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/Font"


def _inner(values: list[Any]) -> list[Any]:
    """Leave out references: the objects they lead to are visited for themselves."""
    return [value for value in values if not getattr(value, "is_indirect", False)]


def _inherited(page: Any) -> Any:
    """Find the resources that a page takes over from the page tree."""
    for _ in range(100):
        page = page.get("/Parent")
        if page is None or "/Resources" in page:
            break
    return page.get("/Resources") if page is not None else None


def _place(object_: Any) -> str:
    """Name the kind of an object in Chinese, never by anything written in it."""
    import pikepdf

    if not isinstance(object_, pikepdf.Dictionary | pikepdf.Stream):
        return "文件对象"
    kind = str(object_.get("/Type", ""))
    if "/Title" in object_ and "/Parent" in object_:
        return "书签"
    if kind == "/Annot" or "/Rect" in object_:
        return "批注"
    if kind == "/Metadata":
        return "元数据"
    return "字体" if kind.startswith("/Font") else "文件对象"
