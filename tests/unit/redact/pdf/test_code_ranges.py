"""Fonts whose few bytes list more codes than any font has are refused before they fill memory."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from redact.pdf import code_ranges
from review.errors import TooLargeInputError
from samples.pdf_writer import write_pdf
from tests.fakes.squares import read

Change = Callable[[pikepdf.Pdf, Any], None]


def changed(change: Change) -> bytes:
    """Change the fonts of a small file."""
    output = BytesIO()
    with pikepdf.open(BytesIO(write_pdf("拟给予临时救助。", "公示"))) as pdf:
        for item in list(pdf.objects):
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                change(pdf, item)
        pdf.save(output)
    return output.getvalue()


def mapped(*ranges: bytes) -> Change:
    """Let fonts be mapped to Unicode by these ranges."""
    body = b"begincmap %d beginbfrange\n%s endbfrange endcmap" % (len(ranges), b"\n".join(ranges))

    def change(pdf: pikepdf.Pdf, font: Any) -> None:
        font.ToUnicode = pdf.make_stream(body)

    return change


def as_wide(last: int) -> Change:
    """Make all codes up to ``last`` of one width, in a font of codes of two bytes."""

    def change(pdf: pikepdf.Pdf, font: Any) -> None:
        descendant = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.CIDFontType2,
            BaseFont=font.BaseFont,
            CIDSystemInfo=pikepdf.Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            FontDescriptor=font.FontDescriptor,
            W=pikepdf.Array([0, last, 1000]),
        )
        font.Subtype = pikepdf.Name.Type0
        font.Encoding = pikepdf.Name("/Identity-H")
        font.DescendantFonts = pikepdf.Array([pdf.make_indirect(descendant)])

    return change


@pytest.mark.parametrize(
    "change",
    [
        mapped(b"<00000000> <ffffffff> <0041>"),
        mapped(b"(\\000\\000\\000\\000) (\\377\\377\\377\\377) (\\000A)"),
        mapped(*[b"<0000> <ffff> <0041>"] * 1_000),
        as_wide(2**31 - 1),
    ],
)
def test_more_codes_than_fonts_can_have_are_refused(change: Change) -> None:
    with pytest.raises(TooLargeInputError, match="编码范围"):
        read(changed(change))


def test_codes_of_two_bytes_may_all_be_listed_in_one_range() -> None:
    change = mapped(b"<00> <ff> <4e00>", b"<0000> <ffff> <0000>")
    assert read(changed(change)).blocks


def test_each_file_is_counted_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_ranges, "MAX_CODES", 100_000)
    data = changed(mapped(b"<0000> <ffff> <4e00>"))
    with pytest.raises(TooLargeInputError):
        read(changed(mapped(*[b"<0000> <ffff> <4e00>"] * 2)))
    assert read(data).blocks
    assert read(data).blocks
