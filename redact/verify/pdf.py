"""Re-read pdf output for the verifier: two text extractors, pictures, every object and byte."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from collections.abc import Container
from io import BytesIO
from typing import Any

from redact.verify.drawn import Drawn
from redact.verify.matching import fold
from redact.verify.package import read_package
from redact.verify.pdf_drawn import drawn_lines
from redact.verify.pdf_objects import ObjectWalk
from redact.verify.pdf_pictures import read_page_pictures
from redact.verify.views import (
    MAX_INFLATED,
    FontTrace,
    Kind,
    Reading,
    View,
    drawn_view,
)

_ENCRYPTED = "输出文件带有加密，不能证明已去除应隐去的内容，请转人工处理。"
_REVISIONS = "输出中保留了旧版本或夹带了数据，请转人工处理。"
_PAGES_DIFFER = "不同程序读出的页数不一致，请转人工处理。"
_STREAM = re.compile(rb"(?<!end)stream\r?\n(.*?)endstream", re.DOTALL)
_DICTIONARY_LIMIT = 4096
_GENERAL_FONT = 2000
_POPPLER_TIMEOUT = 300
_MOST_REVISIONS = 10
_DEEPEST = 2
_BLANK_SCALE = 0.3


def read_pdf(output: bytes, depth: int = 0) -> Reading:
    """Read a pdf by pdfium, by poppler where installed, and object by object."""
    import pikepdf

    complaints = dict.fromkeys(_structure(output))
    walk = ObjectWalk()
    with pikepdf.open(BytesIO(output)) as pdf:
        if pdf.is_encrypted:
            return Reading(complaints=(_ENCRYPTED,))
        walk.walk(pdf)
        pages = len(pdf.pages)
    _scan_bytes(output, walk)
    seen = read_page_pictures(output)
    shown, blind = _pdfium(output, seen.shown)
    views = [shown, *filter(None, [_poppler(output)])]
    if any(len(view.texts) != pages for view in views):
        complaints.setdefault(_PAGES_DIFFER)
    complaints |= dict.fromkeys((*blind, *seen.complaints)) | walk.complaints
    views.append(drawn_view((f"第 {n} 页图像", lines) for n, lines in seen.shown.items()))
    views.append(
        drawn_view((f"第 {n} 页图像", p) for n, parts in seen.lying.items() for p in parts)
    )
    views.append(View(Kind.PAGES, tuple(walk.shown)))
    views.append(View(Kind.ASIDE, tuple(walk.aside)))
    views += _attached(walk, depth) + _earlier(output)
    orders = [("字体映射表", _without_ascii(font)) for font in walk.fonts]
    views.append(View(Kind.RAW, (*walk.raw, *orders)))
    return Reading(
        tuple(views), tuple(complaints), _traces(walk.fonts, [text for _, text in shown.texts])
    )


def _attached(walk: ObjectWalk, depth: int) -> list[View]:
    """Look into attached files that are packages (docx, xlsx) or pdfs themselves."""
    inner = [(place, read_package(data).views) for place, data in walk.packages]
    if depth < _DEEPEST:
        inner += ((place, _views_within(data, depth)) for place, data in walk.attached)
    return [
        View(view.kind, tuple((f"{place}内的{where}", text) for where, text in view.texts))
        for place, views in inner
        for view in views
    ]


def _views_within(data: bytes, depth: int) -> tuple[View, ...]:
    try:
        return read_pdf(data, depth + 1).views
    except Exception:  # whatever a parser throws: that there is an attachment is a complaint
        return ()


def _earlier(output: bytes) -> list[View]:
    """Read the states of the file before its later changes: each ends with a mark of its own."""
    import pypdfium2

    ends = [match.end() for match in re.finditer(rb"%%EOF", output)][:-1]
    views = []
    for end in ends[-_MOST_REVISIONS:]:
        try:
            view, _ = _pdfium(output[:end], ())
        except pypdfium2.PdfiumError:
            continue  # no state of its own: a linearised file has a second mark
        earlier = (("文件里保存的旧版本", text) for _, text in view.texts)
        views.append(View(Kind.PAGES, tuple(earlier)))
    return views


def _structure(output: bytes) -> list[str]:
    """Refuse what an honest writer never leaves: older revisions, bytes before or behind."""
    behind = output.rpartition(b"%%EOF")[2]
    clean = output.startswith(b"%PDF-") and not behind.strip() and output.count(b"startxref") == 1
    return [] if clean else [_REVISIONS]


def _scan_bytes(output: bytes, walk: ObjectWalk) -> None:
    """Inflate every stream that stands in the bytes, whether or not any object table lists it."""
    outside: list[bytes] = []
    position = 0
    for match in _STREAM.finditer(output):
        between = output[position : match.start()]
        outside.append(between)
        position = match.end()
        head = between[-_DICTIONARY_LIMIT:].rpartition(b" obj")[2]
        if re.search(rb"/Subtype\s*/Image", head):
            continue
        walk.add_bytes(_inflated(match[1]), "文件字节")
    outside.append(output[position:])
    walk.add_bytes(b"\n".join(outside), "文件字节")


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, MAX_INFLATED)
    except zlib.error:
        return data


def _pdfium(output: bytes, seen: Container[int]) -> tuple[View, list[str]]:
    """Read each page by pdfium, with the places of its signs.

    A page that shows something, but has no text and was not ``seen``, is a complaint.
    """
    import pypdfium2

    texts: list[tuple[str, str]] = []
    drawn: list[tuple[str, Drawn]] = []
    blind: list[str] = []
    with pypdfium2.PdfDocument(output) as pdf:
        for number in range(len(pdf)):
            page: Any = pdf[number]
            text_page = page.get_textpage()
            texts.append((f"第 {number + 1} 页", text_page.get_text_range()))
            drawn.append((f"第 {number + 1} 页", drawn_lines(text_page)))
            text_page.close()
            unread = not fold(texts[-1][1]).strip() and number + 1 not in seen
            if unread and not _is_blank(page):
                blind.append(f"第 {number + 1} 页有图像而没有可检查的文字，请转人工处理。")
            page.close()
    return View(Kind.PAGES, tuple(texts), tuple(drawn)), blind


def _is_blank(page: Any) -> bool:
    low, high = page.render(scale=_BLANK_SCALE, grayscale=True).to_pil().convert("L").getextrema()
    return bool(low == high)


def _poppler(output: bytes) -> View | None:
    """Read the pages by poppler; None where it is not installed.

    It is a further witness, never the only one: without its CJK data it drops Chinese silently.
    """
    program = shutil.which("pdftotext")
    if program is None:
        return None
    done = subprocess.run(
        [program, "-q", "-enc", "UTF-8", "-", "-"],
        input=output,
        capture_output=True,
        timeout=_POPPLER_TIMEOUT,
        check=True,
    )
    pages = done.stdout.decode("utf-8", "replace").split("\f")[:-1]
    return View(Kind.PAGES, tuple((f"第 {n} 页", text) for n, text in enumerate(pages, 1)))


def _without_ascii(text: str) -> str:
    """Leave out letters and digits: an ordered map lists 123456789 whatever it shows."""
    return "".join(c for c in text if c > "\x7f")


def _traces(fonts: list[str], texts: list[str]) -> tuple[FontTrace, ...]:
    """Find characters that a font still knows and no page shows: the leavings of a subset."""
    used = set(fold("".join(texts)))
    traces = []
    for font in fonts:
        known = frozenset(fold(_without_ascii(font)))
        unused = known - used
        if 0 < len(unused) <= _GENERAL_FONT:
            traces.append(FontTrace(known, unused))
    return tuple(traces)
