"""A pdf made plain: checked, decrypted, flattened and upright, so that every reader agrees."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from redact.pdf.actualtext import drop_actual_text
from redact.pdf.attributes import Attribute, attributes_of
from redact.pdf.forms import check_forms, forms_under
from redact.pdf.limits import MAX_PAGE_POINTS, check_objects, check_pages, check_raw_streams
from redact.pdf.lying import lying_pages, rotation_of
from redact.pdf.mending import mended
from review.document import Note, Severity
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    ReviewError,
    TooLargeInputError,
)

if TYPE_CHECKING:
    import pikepdf

_VISIBLE_NOTES = frozenset({"/Widget", "/Stamp", "/FreeText"})
"""Annotations that are part of what a page says; comments and marks of editing are not."""

MENDED = "pdf_mended"
"""Code of the note that a file was rebuilt."""

_KEPT_PAGE_KEYS = frozenset({"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox"})
_KEPT_ROOT_KEYS = frozenset({"/Type", "/Pages", "/OCProperties"})
_STANDARD_FONTS = ("Helvetica", "Times", "Courier", "Symbol", "ZapfDingbats", "Arial", "CourierNew")
_HARMLESS = re.compile("updated appearance|output may still be valid")
"""What the library says of undrawn form fields, and of streams that are flushed and not closed."""


@dataclass(frozen=True, slots=True)
class PdfSource:
    """Hold the plain file: pages upright, origin at the lower left corner, no annotations."""

    data: bytes
    attributes: tuple[Attribute, ...]
    notes: tuple[Note, ...]


def open_source(data: bytes) -> PdfSource:
    """Check a pdf against all limits and make it plain; raises ``InputError``."""
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
    try:
        return _plain(data)
    except BrokenInputError:
        rebuilt = mended(data)
        if rebuilt is None:
            raise
    source = _plain(rebuilt)
    message = "PDF 的结构有损坏，已修复后再审查，请对照原件核对页数和各页内容。"
    note = Note(MENDED, message, Severity.PERSON)
    return replace(source, notes=(note, *source.notes))


def _plain(data: bytes) -> PdfSource:
    import pikepdf

    check_raw_streams(data)
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
            check_pages(pdf)
            check_objects(pdf)
            check_forms(pdf)
            attributes = tuple(attributes_of(pdf))
            lying = lying_pages(data, pdf)
            notes = (*_notes(pdf), *_font_notes(pdf), *map(_turned, lying))
            _make_plain(pdf, lying)
            output = BytesIO()
            pdf.save(output, static_id=True)
            # An object whose length or place is wrong counts as empty then, and so would its page.
            if any(not _HARMLESS.search(str(warning)) for warning in pdf.get_warnings()):
                raise BrokenInputError("PDF 已损坏或不完整，请用原软件重新导出后再提交。")
    except pikepdf.PasswordError as error:
        raise EncryptedInputError("PDF 设有打开密码，请取消密码后重新提交。") from error
    except ReviewError:
        raise
    except Exception as error:
        # Objects of a damaged file have any type; each surprise is the same news to the user.
        raise BrokenInputError("PDF 已损坏或不完整，请用原软件重新导出后再提交。") from error
    return PdfSource(output.getvalue(), attributes, notes)


def _notes(pdf: pikepdf.Pdf) -> Iterator[Note]:
    subtypes = {
        str(note.get("/Subtype"))
        for page in pdf.pages
        for note in page.obj.get("/Annots", [])
        if hasattr(note, "get")
    }
    if subtypes - _VISIBLE_NOTES - {"/Link", "/Popup"}:
        yield Note("pdf_annotations", "PDF 中的批注和修订标记没有带入处理后的文件。")
    if subtypes & {"/Widget", "/Stamp"}:
        message = "PDF 中的表单或签章已变成页面内容，电子签名失效，请核对页面。"
        yield Note("pdf_forms", message, Severity.PERSON)
    if "/XFA" in pdf.Root.get("/AcroForm", {}):
        message = (
            "PDF 是动态表单（XFA），表单内容没有审查，也没有带入处理后的文件，"
            "请用原软件打印成普通 PDF 后重新提交。"
        )
        yield Note("pdf_dynamic_form", message, Severity.PERSON)
    if pdf.attachments:
        yield Note("pdf_attachments", "PDF 内嵌的附件没有审查，也没有带入处理后的文件。")
    if "/OCProperties" in pdf.Root:
        message = "PDF 含有可以隐藏的图层，请核对各页文字与画面是否一致。"
        yield Note("pdf_layers", message, Severity.PERSON)


def _font_notes(pdf: pikepdf.Pdf) -> Iterator[Note]:
    for number, page in enumerate(pdf.pages, 1):
        if any(map(_is_missing, _fonts(page.resources))):
            message = (
                f"第{number}页用了没有嵌入的字体，处理后的页面可能缺字，请嵌入全部字体后重新导出。"
            )
            yield Note("pdf_font", message, Severity.PERSON)


def _fonts(resources: Any) -> Iterator[Any]:
    for listed in (resources, *(form.get("/Resources") for form in forms_under(resources))):
        yield from dict((listed or {}).get("/Font", {})).values()


def _is_missing(font: Any) -> bool:
    """Tell whether a font's glyphs are neither in the file nor among the standard fonts."""
    if font.get("/Subtype") == "/Type3":
        return False
    if font.get("/Subtype") == "/Type0":
        font = font["/DescendantFonts"][0]
    descriptor = font.get("/FontDescriptor", {})
    if any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        return False
    name = bytes(font.get("/BaseFont", "/").unparse())[1:].decode("latin-1")
    return not name.startswith(_STANDARD_FONTS)


def _turned(number: int) -> Note:
    return Note("pdf_turned", f"第{number}页的文字横放在纸上，处理后的页面已转正，请核对版面。")


def _make_plain(pdf: pikepdf.Pdf, lying: Mapping[int, int]) -> None:
    for page in pdf.pages:
        _keep_visible_notes(page.obj)
    pdf.flatten_annotations("screen")
    for number, page in enumerate(pdf.pages, 1):
        drop_actual_text(pdf, page)
        _make_upright(page, lying.get(number, rotation_of(page)))
    for key in set(pdf.Root.keys()) - _KEPT_ROOT_KEYS:
        del pdf.Root[key]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]


def _keep_visible_notes(page: pikepdf.Object) -> None:
    import pikepdf

    if "/Annots" in page:
        kept = [n for n in page["/Annots"] if n.get("/Subtype") in _VISIBLE_NOTES]
        page["/Annots"] = pikepdf.Array(kept)


def _make_upright(page: pikepdf.Page, turn: int) -> None:
    """Turn a page upright and cut it to what is shown; the page's own boxes and keys go."""
    x0, y0, x1, y1 = _visible_box(page)
    width, height = x1 - x0, y1 - y0
    matrices = {
        0: (1, 0, 0, 1, -x0, -y0),
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    if turn not in matrices:
        raise BrokenInputError("PDF 页面方向有误，请用原软件重新导出后再提交。")
    if turn % 180:
        width, height = height, width
    numbers = " ".join(f"{value:.4f}" for value in matrices[turn])
    resources = page.resources
    page.contents_add(f"q {numbers} cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
    page.obj["/Resources"] = resources
    page.obj["/MediaBox"] = [0, 0, round(width, 4), round(height, 4)]
    for key in set(page.obj.keys()) - _KEPT_PAGE_KEYS:
        del page.obj[key]
    # Values that a page inherits would apply again, so each page states its own.
    page.obj["/Rotate"] = 0
    page.obj["/CropBox"] = page.obj["/MediaBox"]


def _visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    media, crop = _box(page.mediabox), _box(page.cropbox)
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    if x1 - x0 < 1 or y1 - y0 < 1:
        raise BrokenInputError("PDF 页面尺寸有误，请用原软件重新导出后再提交。")
    if max(x1 - x0, y1 - y0) > MAX_PAGE_POINTS:
        raise TooLargeInputError("PDF 页面尺寸过大，请缩小页面后重新导出。")
    return x0, y0, x1, y1


def _box(raw: Any) -> tuple[float, float, float, float]:
    a, b, c, d = (float(value) for value in raw)
    return min(a, c), min(b, d), max(a, c), max(b, d)
