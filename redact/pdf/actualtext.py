"""Text that a pdf gives in place of what it paints (``/ActualText``): taken away before reading.

One reader believes it and another reads the glyphs, so that the two could never agree on where
a value stands; and it may say what the page does not show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redact.pdf.forms import forms_under

if TYPE_CHECKING:
    import pikepdf

_KEY = "/ActualText"
_MARK = b"ActualText"


def drop_actual_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Rewrite the content of a page and its forms without the key, where it occurs."""
    import pikepdf

    resources = page.resources
    _clean_properties(resources)
    page.contents_coalesce()
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream) and _MARK in contents.read_bytes():
        page.obj["/Contents"] = pdf.make_stream(_without(page))
    for form in forms_under(resources):
        _clean_properties(form.get("/Resources"))
        if _MARK in form.read_bytes():
            form.write(_without(form))


def _clean_properties(resources: Any) -> None:
    for properties in dict((resources or {}).get("/Properties", {})).values():
        if _KEY in properties:
            del properties[_KEY]


def _without(stream: Any) -> bytes:
    import pikepdf

    instructions = list(pikepdf.parse_content_stream(stream))
    for instruction in instructions:
        if str(instruction.operator) in ("BDC", "DP"):
            for operand in instruction.operands:
                if isinstance(operand, pikepdf.Dictionary) and _KEY in operand:
                    del operand[_KEY]
    return pikepdf.unparse_content_stream(instructions)
