"""Re-read OFD output for the verifier: every part, text, picture, and every glyph of each font."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from redact.verify.matching import fold
from redact.verify.ofd_fonts import Program, read_program
from redact.verify.ofd_lines import drawn_pages, visual_lines
from redact.verify.ofd_xml import Code, OfdXml
from redact.verify.pictures import seen_in
from redact.verify.views import UNCHECKED_PART, FontTrace, Kind, Reading, View, decodings
from redact.verify.xml import DoctypeError
from redact.verify.zip import PackageError, unpack

_MALFORMED = "输出的压缩结构异常，可能夹带内容，请转人工处理。"
_DOCTYPE = "输出中有带文档类型定义的部件，请转人工处理。"
_FOREIGN = "输出中有不应出现的部件或标记，请转人工处理。"
_GLYPHS = "输出中有文字的字形无法核对，请转人工处理。"
_LEFTOVER = "字体中留有页面上没有使用的字形或其他数据，请转人工处理。"

_PAGE = re.compile(r"Doc_0/Pages/Page_(\d{1,4})/Content\.xml")
_FONT = re.compile(r"Doc_0/Res/(font_\d{1,9}\.ttf)")
_PICTURE = re.compile(r"Doc_0/Res/image_\d{1,4}\.(?:png|jpeg)")
_OTHERS = frozenset({"OFD.xml", "Doc_0/Document.xml", "Doc_0/PublicRes.xml"})


@dataclass(slots=True)
class _Package:
    """Gather what the parts hold."""

    pages: dict[int, Sequence[Code]] = field(default_factory=dict)
    fonts: dict[str, str] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    pictures: list[tuple[str, bytes]] = field(default_factory=list)
    aside: list[tuple[str, str]] = field(default_factory=list)
    complaints: dict[str, None] = field(default_factory=dict)


def read_ofd(output: bytes) -> Reading:
    """Read an OFD package; whatever no output of ours may hold is a complaint in itself."""
    try:
        package = unpack(output)
    except PackageError:
        return Reading(complaints=(_MALFORMED,))
    found = _Package()
    for margin in package.margins:
        found.complaints.setdefault(_FOREIGN)
        found.aside += (("压缩包的附加字段", text) for text in decodings(margin))
    for name, data in package.parts:
        found.aside.append(("压缩包内的文件名", name))
        if match := _FONT.fullmatch(name):
            _take_font(found, match[1], data)
        elif _PICTURE.fullmatch(name):
            found.pictures.append((f"图片 {len(found.pictures) + 1}", data))
        else:
            _take_xml(found, name, data)
    views, traces = (*_views(found), *_pictured(found)), _check_fonts(found)
    return Reading(views, tuple(found.complaints), traces)


def _take_font(found: _Package, name: str, data: bytes) -> None:
    try:
        program = read_program(data)
    except Exception:  # a program that cannot be read may hold anything
        found.complaints.setdefault(UNCHECKED_PART)
        return
    found.programs[name] = program
    if not program.plain:
        found.complaints.setdefault(_LEFTOVER)


def _take_xml(found: _Package, name: str, data: bytes) -> None:
    page = _PAGE.fullmatch(name)
    place = f"第 {int(page[1]) + 1} 页" if page else "文档结构"
    if page is None and name not in _OTHERS:
        found.complaints.setdefault(_FOREIGN)
        found.aside += ((place, text) for text in decodings(data))
    reader = OfdXml()
    try:
        reader.read(data)
    except DoctypeError:
        found.complaints.setdefault(_DOCTYPE)
    except expat.ExpatError:
        found.complaints.setdefault(UNCHECKED_PART)
    if reader.foreign:
        found.complaints.setdefault(_FOREIGN)
    found.fonts |= reader.fonts
    found.aside += ((f"{place}的属性", text) for text in reader.aside)
    if page is not None:
        found.pages[int(page[1])] = reader.codes
    else:
        found.aside += ((place, code.text) for code in reader.codes)


def _views(found: _Package) -> tuple[View, ...]:
    pages = sorted(found.pages.items())
    named = [(f"第 {number + 1} 页", codes) for number, codes in pages]
    shown = [(place, _decoded(codes, found)) for place, codes in named]
    return (
        View(Kind.PAGES, tuple((place, _painted(codes)) for place, codes in named)),
        _visual(named),
        View(Kind.PAGES, tuple((place, visual_lines(codes)) for place, codes in shown)),
        View(Kind.ASIDE, tuple(found.aside)),
        View(Kind.RAW, tuple(("字体映射表", text) for text in _orders(found))),
    )


def _visual(named: Sequence[tuple[str, Sequence[Code]]]) -> View:
    texts = tuple((place, visual_lines(codes)) for place, codes in named)
    drawn = ((place, lines) for place, codes in named for lines in drawn_pages(codes))
    return View(Kind.PAGES, texts, tuple(drawn))


def _pictured(found: _Package) -> Iterator[View]:
    try:
        yield seen_in(found.pictures)
    except Exception:  # whatever a decoder or recogniser throws, the picture is not proven
        found.complaints.setdefault(UNCHECKED_PART)


def _painted(codes: Iterable[Code]) -> str:
    """Join codes in the order of painting, without the second of two painted in one place."""
    lines: dict[tuple[str, ...], None] = {}
    for code in codes:
        place = (*code.around.items(), *code.own.items())
        lines.setdefault((code.text, *(f"{k}={v}" for k, v in place if k != "ID")))
    return "\n".join(line[0] for line in lines)


def _decoded(codes: Iterable[Code], found: _Package) -> list[Code]:
    """Put for each sign with a glyph what the font itself says that the glyph is."""
    decoded = []
    for code in codes:
        text = code.text
        if code.glyphs:
            program = found.programs.get(found.fonts.get(code.around.get("Font", ""), ""))
            known: Mapping[int, str] = program.characters if program is not None else {}
            signs = [known.get(glyph, "") for glyph in code.glyphs]
            if len(signs) != len(text) or not _agree(text, signs):
                found.complaints.setdefault(_GLYPHS)
            text = "".join(sign[:1] or " " for sign in signs)
        decoded.append(Code(text, code.own, code.around, ()))
    return decoded


def _agree(text: str, signs: Iterable[str]) -> bool:
    return all(
        c.isspace() or any(fold(c) == fold(s) or c == s for s in sign)
        for c, sign in zip(text, signs, strict=False)
    )


def _orders(found: _Package) -> Iterator[str]:
    """Yield the characters of each font in the order of its glyphs, letters and digits left out."""
    for program in found.programs.values():
        ordered = (program.characters[glyph] for glyph in sorted(program.characters))
        yield "".join(c for characters in ordered for c in characters if c > "\x7f")


def _check_fonts(found: _Package) -> tuple[FontTrace, ...]:
    """Find characters that a font still knows, and shapes it still holds, though no page shows."""
    texts: dict[str, set[str]] = defaultdict(set)
    glyphs: dict[str, set[int]] = defaultdict(set)
    for codes in found.pages.values():
        for code in codes:
            file = found.fonts.get(code.around.get("Font", ""), "")
            glyphs[file].update(code.glyphs)
            texts[file].update(() if code.glyphs else code.text)
    traces = []
    for file, program in found.programs.items():
        if program.leftover(texts[file], glyphs[file]):
            found.complaints.setdefault(_LEFTOVER)
        shown = texts[file] | {c for g in glyphs[file] for c in program.characters.get(g, "")}
        known = frozenset(fold("".join(c for c in program.numbers if c > "\x7f")))
        unused = known - set(fold("".join(shown)))
        if unused:
            traces.append(FontTrace(known, unused))
    return tuple(traces)
