"""A pdf opened by pdfium: its pages, one held open at a time, and the text on them."""

from __future__ import annotations

from collections import Counter
from math import degrees
from types import TracebackType
from typing import Any, Self

from redact.page.glyphs import Box
from review.errors import BrokenInputError

_SAMPLE = 400
"""Signs of a page that are asked how they stand, at most."""


class OpenPdf:
    """Hold a pdf open and read its pages; pages count from 1."""

    def __init__(self, data: bytes) -> None:
        import pypdfium2

        self._opened: tuple[int, Any, Any] | None = None
        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise BrokenInputError("PDF 无法打开，请用原软件重新导出后再提交。") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close_page()
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def size(self, number: int) -> tuple[float, float]:
        """Give width and height of a page in points."""
        width, height = self._pdf.get_page_size(number - 1)
        return float(width), float(height)

    def text(self, number: int) -> str:
        """Give all text of a page as pdfium reads it."""
        return self._bounded(number, [None])[0]

    def text_in(self, number: int, boxes: list[Box]) -> list[str]:
        """Give what pdfium reads inside each box."""
        return self._bounded(number, list(boxes))

    def characters(self, number: int) -> list[tuple[str, Box]]:
        """Give what pdfium reads on a page, in its order, each with the place that it takes."""
        page, text = self._page(number), self._text_page(number)
        height = page.get_height()
        # One character a number: beyond the first plane the whole text would count otherwise.
        found = []
        for index in range(text.count_chars()):
            x0, bottom, x1, top = text.get_charbox(index, loose=True)
            box = Box(x0, height - top, x1, height - bottom)
            found.append((text.get_text_range(index, 1), box))
        return found

    def upright_turn(self, number: int, least: int, share: float) -> int | None:
        """Give the degrees clockwise by which most signs of a page stand upright, from its start.

        None where fewer than ``least`` are seen, or no ``share`` of them stands alike.
        """
        from pypdfium2.raw import FPDFText_GetCharAngle, FPDFText_GetUnicode

        text = self._text_page(number)
        count = text.count_chars()
        seen = Counter(
            round(degrees(FPDFText_GetCharAngle(text, place))) % 360
            for place in range(0, count, count // _SAMPLE + 1)
            if chr(FPDFText_GetUnicode(text, place)).isalnum()
        )
        if seen.total() < least:
            return None
        ((angle, times),) = seen.most_common(1)
        return -angle % 360 if angle % 90 == 0 and times >= share * seen.total() else None

    def _page(self, number: int) -> Any:
        """Open a page, or hand out the one opened last: one page is asked for several things."""
        if self._opened is None or self._opened[0] != number:
            self._close_page()
            self._opened = number, self._loaded(number), None
        return self._opened[1]

    def _loaded(self, number: int) -> Any:
        from pypdfium2 import PdfiumError

        try:
            return self._pdf[number - 1]
        except PdfiumError as error:
            raise BrokenInputError("PDF 页面无法打开，请用原软件重新导出后再提交。") from error

    def _text_page(self, number: int) -> Any:
        page = self._page(number)
        assert self._opened is not None
        text = self._opened[2] or page.get_textpage()
        self._opened = number, page, text
        return text

    def _close_page(self) -> None:
        if self._opened is not None:
            _, page, text = self._opened
            self._opened = None
            if text is not None:
                text.close()
            page.close()

    def _bounded(self, number: int, boxes: list[Box | None]) -> list[str]:
        page, text = self._page(number), self._text_page(number)
        height = page.get_height()
        return [
            text.get_text_bounded()
            if box is None
            else text.get_text_bounded(box.x0, height - box.bottom, box.x1, height - box.top)
            for box in boxes
        ]
