"""Content cut by one expression reads as pdfminer reads it, or is left to pdfminer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSEOF, PSKeyword, keyword_name

from redact.pdf.interpreter import calls_of


def by_pdfminer(body: bytes) -> list[Any]:
    stream = PDFStream({}, body)
    stream.objid = 1
    parser = PDFContentParser([stream])
    found: list[Any] = []
    while True:
        try:
            _, item = parser.nextobject()
        except PSEOF:
            return found
        found.append((keyword_name(item),) if isinstance(item, PSKeyword) else item)


def by_expression(body: bytes) -> list[Any] | None:
    calls = calls_of(body)
    return calls and [
        each for (name, *_), operands in calls for each in (*operands, (name.decode(),))
    ]


def up_to_an_operator(items: list[Any]) -> list[Any]:
    """Leave out operands that nothing uses."""
    last = max((n for n, item in enumerate(items, 1) if isinstance(item, tuple)), default=0)
    return items[:last]


PLAIN = [
    b"q 1 0 0 1 72.5 -.5 cm +3 w 5. M BT /F1 12 Tf (abc) Tj ET Q",
    b"[(a\\(b\\)) -20.5 <0a0B> 3]TJ T* (x)' 1 2 (y)\" f* W* n",
    b"/P <</MCID 12/Lang (zh) /A [1 [2 /B]] >>BDC EMC/G3 gs",
    b"(\\053\\53\\5) Tj (\\n\\r\\t\\b\\f\\\\) Tj () Tj <> Tj",
    b"\n\t/Im1 Do\r\nsh 500 0 d0 1 0 0 0 1 1 d1 odd q",
    b"",
]


@pytest.mark.parametrize("body", PLAIN)
def test_plain_content_is_cut_as_pdfminer_cuts_it(body: bytes) -> None:
    # A keyword that ends the content is lost to pdfminer, hence the line end.
    assert by_expression(body + b"\n") == up_to_an_operator(by_pdfminer(body + b"\n"))


LEFT = [
    b"BI /W 1 /H 1 /BPC 8 ID x EI Q",
    b"q % a comment\n Q",
    b"((nested)) Tj",
    b"(line\\\nend) Tj",
    b"(unclosed Tj",
    b"<0a0> Tj",
    b"/A#20B gs",
    b"true false null w",
    b"[1 2 TJ",
    b"1 ] TJ",
    b"<</A 1 /B>> BDC",
    b"<< 1 2 >> BDC",
    b"--5 w",
    b"{ 1 } w",
    b"[ q ] TJ",
    "（字） Tj".encode(),
]


@pytest.mark.parametrize("body", LEFT)
def test_what_is_not_plain_is_left_to_pdfminer(body: bytes) -> None:
    assert calls_of(body) is None


@given(st.binary(max_size=60) | st.text("()<>[]/\\%BIDE 0123456789.-+afTj*'\"#", max_size=60))
def test_nothing_is_cut_otherwise_than_by_pdfminer(body: bytes | str) -> None:
    data = (body if isinstance(body, bytes) else body.encode()) + b"\n"
    data = data.replace(b"\0", b" ")  # white space (ISO 32000, 7.2.3), to pdfminer a letter
    cut = by_expression(data)
    assert cut is None or cut == up_to_an_operator(by_pdfminer(data))
