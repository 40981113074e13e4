"""A pdf whose tables are wrong, rebuilt where two readers rebuild it alike."""

from __future__ import annotations

from io import BytesIO

from redact.page.raster import PdfRaster
from redact.pdf.agreement import differing
from review.errors import BrokenInputError

_END = b"%%EOF"
_PADDING = b"\0\t\n\f\r "
_DPI = 36


def mended(data: bytes) -> bytes | None:
    """Rebuild a file that reaches its end but whose tables or lengths are wrong.

    Office programs open such files without a word. None where nothing is wrong with them, where
    the end is missing, and where another reader, left to mend the file itself, sees other pages.
    """
    import pikepdf

    if not data.rstrip(_PADDING).endswith(_END):
        return None
    output = BytesIO()
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=True) as pdf:
            if not pdf.check_pdf_syntax():
                return None
            # Streams stay as they are: a damaged one must still be found out.
            pdf.save(
                output, static_id=True, compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )  # fmt: skip
    except pikepdf.PdfError:
        return None
    return output.getvalue() if _alike(data, output.getvalue()) else None


def _alike(broken: bytes, whole: bytes) -> bool:
    """Tell whether all pages look and read the same, however the broken file is read."""
    try:
        with PdfRaster(broken) as one, PdfRaster(whole) as other:
            return not differing(one, other, _DPI)
    except BrokenInputError:
        return False
