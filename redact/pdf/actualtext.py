"""Text that a pdf gives in place of what it paints (``/ActualText``): taken away before reading.

One reader believes it and another reads the glyphs, so that the two could never agree on where
a value stands; and it may say what the page does not show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

_KEY = "/ActualText"
_MARK = b"ActualText"
_MAX_DEPTH = 8


def drop_actual_text(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Rewrite the content of a page and its forms without the key, where it occurs."""
    import pikepdf

    resources = page.resources
    _clean_properties(resources)
    page.contents_coalesce()
    contents = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Stream) and _MARK in contents.read_bytes():
        page.obj["/Contents"] = pdf.make_stream(_without(page))
    _clean_forms(resources, _MAX_DEPTH)


def _clean_forms(resources: Any, depth: int) -> None:
    if resources is None or depth == 0:
        return
    for form in dict(resources.get("/XObject", {})).values():
        if form.get("/Subtype") == "/Form":
            _clean_properties(form.get("/Resources"))
            if _MARK in form.read_bytes():
                form.write(_without(form))
            _clean_forms(form.get("/Resources"), depth - 1)


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
