"""Write an embedded font whose codes 1, 2, 3 … are the glyphs of its program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from redact.pdf.glyphless import to_unicode
from redact.pdf.program import Program

if TYPE_CHECKING:
    import pikepdf

_METRICS = ("/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/XHeight", "/StemV")
_SYMBOLIC = 4


def identity_font(
    pdf: pikepdf.Pdf,
    name: str,
    program: Program,
    metrics: Mapping[str, Any],
    meanings: Sequence[tuple[str, float]],
) -> Any:
    """Write a composite font; ``meanings`` are text and width in thousandths of each code.

    ``name`` is a letter and a number, another for each font of the output; of ``metrics`` only
    numbers go into the descriptor.
    """
    from pikepdf import Array, Dictionary, Name, String

    base = Name(f"/{_tag(name)}+{name}")
    file = pdf.make_stream(program.data)
    descriptor = font_descriptor(base, metrics, _SYMBOLIC)
    if program.truetype:
        file.Length1 = len(program.data)
        descriptor.FontFile2 = file
    else:
        file.Subtype = Name.CIDFontType0C
        descriptor.FontFile3 = file
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2 if program.truetype else Name.CIDFontType0,
        BaseFont=base,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=1000,
        W=Array([1, Array([plain_number(width) for _, width in meanings])]),
    )
    if program.truetype:
        descendant.CIDToGIDMap = Name.Identity
    rows = ((number, text) for number, (text, _) in enumerate(meanings, 1))
    made = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=base, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_stream(to_unicode(rows)),
    )  # fmt: skip
    return pdf.make_indirect(made)


def font_descriptor(name: Any, metrics: Mapping[str, Any], flags: int) -> Any:
    """Describe a font by the numbers of its source."""
    from pikepdf import Array, Dictionary, Name

    box = [float(v) for v in metrics.get("/FontBBox", [0, 0, 1000, 1000])]
    made = Dictionary(
        Type=Name.FontDescriptor, FontName=name, Flags=flags,
        FontBBox=Array([plain_number(v) for v in box[:4]]),
    )  # fmt: skip
    for key in _METRICS:
        made[key] = plain_number(float(metrics.get(key, 0)))
    return made


def plain_number(value: float) -> Any:
    """Write a number as short as it goes."""
    from decimal import Decimal

    return int(value) if value == int(value) else Decimal(f"{value:.4f}")


def _tag(name: str) -> str:
    """Give the six letters that mark a subset, from a letter and the number of the font."""
    number = int(name[1:])
    tail = "".join(chr(65 + number // 26**place % 26) for place in range(5))
    return f"{tail}{name[0]}"
