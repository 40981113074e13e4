"""How many codes the fonts of a file may list by ranges: pdfminer writes every one of them out.

Some bytes can span four billion, in a map to Unicode, a list of widths or the map of a typeface.
To be imported only where a pdf is read: the library is heavy.
"""

from __future__ import annotations

from pdfminer import cmapdb, pdffont

from review.errors import TooLargeInputError

MAX_CODES = 4_000_000
"""In all fonts of a file, some 400 MB; one whose codes have two bytes can show 65,536."""


class _CountedRange:
    """Stand for ``range`` where pdfminer reads fonts; what spans too much is not begun."""

    def __init__(self) -> None:
        self.left = MAX_CODES

    def __call__(self, *bounds: int) -> range:
        found = range(*bounds)
        self.left -= max(found.stop - found.start, 0)
        if self.left < 0:
            raise TooLargeInputError("PDF 字体的编码范围过大，请用原软件重新导出后再提交。")
        return found


_counted = _CountedRange()
for _module in (cmapdb, pdffont):
    vars(_module)["range"] = _counted


def count_codes_anew() -> None:
    """Begin to count the codes of another file; reading too many raises ``TooLargeInputError``."""
    _counted.left = MAX_CODES
