"""Two readers of one pdf: where they show different pages, a person must say which one is meant.

A file may tell an object twice, or count its pages wrong. Each reader then takes what it finds
first or last, and the page that is reviewed is not the one that its author sees.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from redact.page.raster import PdfRaster
from review.document import Note, Severity
from review.errors import BrokenInputError

_DPI = 18
_MOST_TOLD = 5
_DIFFERENT = (
    "PDF 用不同的软件打开时页面不同（{where}），请对照原件核对，或用原软件重新导出后再提交。"
)
_OTHER_NUMBER = "PDF 用不同的软件打开时页数不同，请用原软件重新导出后再提交。"


def disagreements(data: bytes) -> Iterator[Note]:
    """Compare what pdfium shows of a draft with what it shows once qpdf has read and written it.

    ``data`` is one that qpdf reads without mending it. Raises ``BrokenInputError`` where they count
    other pages.
    """
    import pikepdf

    output = BytesIO()
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        pages = len(pdf.pages)
        pdf.save(
            output, static_id=True, compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )  # fmt: skip
    try:
        drafted = PdfRaster(data)
    except BrokenInputError:
        yield _note(range(1, pages + 1))
        return
    with drafted, PdfRaster(output.getvalue()) as read:
        if different := differing(drafted, read, _DPI):
            yield _note(different)


def differing(one: PdfRaster, other: PdfRaster, dpi: float) -> list[int]:
    """Number the pages that read or look otherwise in two files.

    Raises ``BrokenInputError`` where one has more pages than the other.
    """
    if len(one) != len(other):
        raise BrokenInputError(_OTHER_NUMBER)
    return [
        number
        for number in range(1, len(one) + 1)
        if one.text(number) != other.text(number)
        or one.sight(number, dpi).tobytes() != other.sight(number, dpi).tobytes()
    ]


def _note(pages: list[int] | range) -> Note:
    told = "、".join(f"第{number}页" for number in pages[:_MOST_TOLD])
    where = told if len(pages) <= _MOST_TOLD else f"{told}等{len(pages)}页"
    return Note("pdf_two_readings", _DIFFERENT.format(where=where), Severity.PERSON)
