"""Forms that unfold without bounds and content that packs too well are refused at once."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from redact.pdf.format import PdfFormat
from redact.pdf.forms import check_forms
from review.errors import BrokenInputError, TooLargeInputError


def form(pdf: pikepdf.Pdf, content: bytes, child: pikepdf.Object | None = None) -> pikepdf.Object:
    made = pdf.make_stream(content)
    made["/Subtype"] = pikepdf.Name.Form
    if child is not None:
        made["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=child))
    return made


def paper(pdf: pikepdf.Pdf, content: bytes, child: pikepdf.Object) -> pikepdf.Pdf:
    page = pdf.add_blank_page()
    page.obj["/Contents"] = pikepdf.Array([pdf.make_stream(content), pdf.make_stream(b"")])
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=child))
    return pdf


def nested(levels: int, content: bytes) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    inner = form(pdf, b"0 0 m")
    for _ in range(levels):
        inner = form(pdf, content, inner)
    return paper(pdf, content, inner)


def test_a_form_that_paints_itself_is_refused() -> None:
    pdf = pikepdf.new()
    circle = form(pdf, b"/F Do")
    circle["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=circle))
    with pytest.raises(BrokenInputError):
        check_forms(paper(pdf, b"/F Do", circle))


@pytest.mark.parametrize("name", [b"/F Do ", b"/#46 Do "])
def test_forms_that_multiply_are_refused(name: bytes) -> None:
    with pytest.raises(TooLargeInputError):
        check_forms(nested(10, name * 10))


def test_a_form_without_resources_uses_those_around_it() -> None:
    pdf = pikepdf.new()
    bare = form(pdf, b"/F Do")
    with pytest.raises(BrokenInputError):
        check_forms(paper(pdf, b"/F Do", bare))


def test_forms_within_bounds_pass() -> None:
    check_forms(nested(10, b"/F Do "))
    check_forms(nested(1, b"/F Do " * 1000))


def test_content_that_packs_too_well_is_refused() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj["/Contents"] = pdf.make_stream(b"0 0 m " * 1_000_000)
    saved = BytesIO()
    pdf.save(saved)
    with pytest.raises(TooLargeInputError):
        PdfFormat().read(saved.getvalue())
