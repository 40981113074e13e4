"""Forms that unfold without bounds and content that packs too well are refused at once."""

from __future__ import annotations

import time
from io import BytesIO

import pikepdf
import pytest

from redact.pdf.format import PdfFormat
from redact.pdf.forms import check_forms
from redact.pdf.source import open_source
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


def sharing(count: int) -> pikepdf.Pdf:
    """Let forms share one list of resources that names them all, as many programs write it."""
    pdf = pikepdf.new()
    marked = b"/Span <</ActualText (13812345678)>> BDC EMC"
    forms = {f"/F{n}": form(pdf, marked) for n in range(count)}
    listed = pdf.make_indirect(pikepdf.Dictionary(XObject=pikepdf.Dictionary(forms)))
    for each in forms.values():
        each["/Resources"] = listed
    page = pdf.add_blank_page()
    page.obj["/Contents"] = pdf.make_stream(b"/F0 Do")
    page.obj["/Resources"] = listed
    return pdf


def test_forms_that_all_share_one_list_of_resources_are_each_looked_at_once() -> None:
    saved = BytesIO()
    sharing(40).save(saved)
    start = time.process_time()
    plain = open_source(saved.getvalue()).data
    assert time.process_time() - start < 5
    with pikepdf.open(BytesIO(plain)) as pdf:
        forms = dict(pdf.pages[0].resources["/XObject"])
        assert len(forms) == 40
        assert not any(b"ActualText" in each.read_bytes() for each in forms.values())


def test_what_stands_for_text_goes_from_forms_however_deep() -> None:
    saved = BytesIO()
    nested(12, b"/Span <</ActualText (13812345678)>> BDC /F Do EMC").save(saved)
    plain = open_source(saved.getvalue()).data
    with pikepdf.open(BytesIO(plain)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert len(streams) >= 13
        assert not any(b"ActualText" in each.read_bytes() for each in streams)


def test_content_that_packs_too_well_is_refused() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.obj["/Contents"] = pdf.make_stream(b"0 0 m " * 1_000_000)
    saved = BytesIO()
    pdf.save(saved)
    with pytest.raises(TooLargeInputError):
        PdfFormat().read(saved.getvalue())
