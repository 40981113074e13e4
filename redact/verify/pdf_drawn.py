"""The lines of a pdf page with the places of their digits, as pdfium sets them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from redact.verify.drawn import Line, Sign

_LEAST_DIGITS = 11
_SAME_LINE = 0.5
_DIGIT = re.compile(r"[0-9]")
_LINE = re.compile(r"[^\r\n]+")


def drawn_lines(text_page: Any) -> list[Line]:
    """Give the lines of a page's text; of those without digits the ends alone.

    Empty where a page has too few digits for a number of a person.
    """
    text = "".join(chr(code) for code in _codes(text_page))
    if len(_DIGIT.findall(text)) < _LEAST_DIGITS:
        return []
    return [line for match in _LINE.finditer(text) for line in _lines(text_page, text, match)]


def _codes(text_page: Any) -> Iterator[int]:
    from pypdfium2.raw import FPDFText_GetUnicode

    for place in range(text_page.count_chars()):
        yield FPDFText_GetUnicode(text_page, place)


def _lines(text_page: Any, text: str, match: re.Match[str]) -> Iterator[Line]:
    """Part what pdfium holds for a line where the next character stands elsewhere."""
    written = [place for place in range(*match.span()) if not text[place].isspace()]
    if not _DIGIT.search(match[0]):
        written = written[:: max(len(written) - 1, 1)]
    signs: list[Sign] = []
    size = 0.0
    for place in written:
        left, bottom, right, top = text_page.get_charbox(place, loose=True)
        sign = Sign(text[place], (left + right) / 2, -(bottom + top) / 2)
        if signs and not _goes_on(signs[-1], sign, size):
            yield Line(tuple(signs), size, "".join(s.text for s in signs))
            signs = []
        if not signs:
            size = max(top - bottom, 1.0)
        signs.append(sign)
    if signs:
        yield Line(tuple(signs), size, "".join(s.text for s in signs))


def _goes_on(last: Sign, sign: Sign, size: float) -> bool:
    if abs(sign.y - last.y) < _SAME_LINE * size:
        return sign.x > last.x
    return abs(sign.x - last.x) < _SAME_LINE * size
