"""The forms of a pdf: which there are, and how much a page paints once they are unfolded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from review.errors import BrokenInputError, TooLargeInputError

if TYPE_CHECKING:
    import pikepdf

MAX_UNFOLDED = 50_000_000
"""Bytes of content that one page may come to, every use of a form counted."""

_MAX_DEPTH = 20
_PAINTED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def check_forms(pdf: pikepdf.Pdf) -> None:
    """Raise ``InputError`` where forms paint themselves or each other without bounds."""
    sizes: dict[Any, int] = {}
    for page in pdf.pages:
        body = b"\n".join(stream.read_bytes() for stream in content_streams(page))
        if _unfolded(body, page.obj.get("/Resources", _inherited(page.obj)), sizes, 0) > (
            MAX_UNFOLDED
        ):
            raise _too_large()


def content_streams(page: pikepdf.Page) -> list[Any]:
    """Give the streams that a page consists of; an empty page need not have any."""
    import pikepdf

    contents: Any = page.obj.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        return list(contents)
    return [contents] if contents else []


def forms_under(resources: Any) -> Iterator[Any]:
    """Yield the forms that resources name and those that these name in turn, each once.

    Many programs let all forms share one list of resources, which names them all again.
    """
    waiting, seen = [resources], set[Any]()
    while waiting:
        for form in dict((waiting.pop() or {}).get("/XObject", {})).values():
            if form.get("/Subtype") == "/Form" and form.objgen not in seen:
                seen.add(form.objgen)
                waiting.append(form.get("/Resources"))
                yield form


def _unfolded(body: bytes, resources: Any, sizes: dict[Any, int], depth: int) -> int:
    if depth > _MAX_DEPTH:
        raise BrokenInputError("PDF 内容嵌套过深，请用原软件重新导出后再提交。")
    forms = {
        key: form
        for key, form in dict((resources or {}).get("/XObject", {})).items()
        if form.get("/Subtype") == "/Form"
    }
    size = len(body)
    if not forms:
        return size
    for name, times in Counter(map(_plain, _PAINTED.findall(body))).items():
        if name in forms:
            size += times * _form(forms[name], resources, sizes, depth)
    return min(size, MAX_UNFOLDED + 1)


def _form(form: Any, outer: Any, sizes: dict[Any, int], depth: int) -> int:
    own = form.get("/Resources")
    # A form without resources of its own uses those of what paints it, so it is counted anew.
    if own is None:
        return _unfolded(form.read_bytes(), outer, sizes, depth + 1)
    if form.objgen not in sizes:
        sizes[form.objgen] = _unfolded(form.read_bytes(), own, sizes, depth + 1)
    return sizes[form.objgen]


def _plain(name: bytes) -> str:
    return "/" + _ESCAPED.sub(lambda m: bytes.fromhex(m[1].decode()), name).decode("latin-1")


def _inherited(page: Any) -> Any:
    node = page.get("/Parent")
    for _ in range(64):
        if node is None or "/Resources" in node:
            break
        node = node.get("/Parent")
    return node.get("/Resources") if node is not None else None


def _too_large() -> TooLargeInputError:
    return TooLargeInputError("PDF 内容反复嵌套，展开后过大，请用原软件重新导出后再提交。")
