"""Content streams for pdfminer's interpreter, cut into tokens by one regular expression.

pdfminer cuts them sign by sign. What the expression does not know (comments, pictures within the
content, strings in strings) is left to pdfminer altogether, so that both read the same.
To be imported only where a pdf is read: the library is heavy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT, PSLiteral

_SPACE = rb"\0\t\n\f\r "
_END = rb"(?=[" + _SPACE + rb"\[\]<>/(]|\Z)"
_TOKENS = rb"|".join(
    (
        rb"([+-]?\d+" + _END + rb")",
        rb"([+-]?(?:\d+\.\d*|\.\d+)" + _END + rb")",
        rb"<((?:[0-9A-Fa-f]{2})*)>",
        rb"\(((?:[^()\\\r]|\\(?:[nrtbf()\\]|[0-3][0-7]{2}|[0-7]{1,2}(?![0-7])))*)\)",
        rb"/([!\"$&'*-.0-;=?-Z\\^-z|~]+" + _END + rb")",
        rb"((?!(?:BI|ID|EI)\b)(?:[A-Za-z]{1,5}\*?|d[01]|['\"])" + _END + rb")",
        rb"(\[|\]|<<|>>)",
        rb"([^" + _SPACE + rb"])",
    )
)
_INTEGER, _REAL, _HEX, _STRING, _NAME, _OPERATOR, _BRACKET, _OTHER = range(1, 9)
_TOKEN = re.compile(rb"[" + _SPACE + rb"]*(?:" + _TOKENS + rb")")
_ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"} | {
    digits % code: bytes((code,))
    for digits, codes in ((b"%03o", 256), (b"%02o", 64), (b"%o", 8))
    for code in range(codes)
}


_WORDS = frozenset((b"true", b"false", b"null"))
_OPENING = {b"]": b"[", b">>": b"<<"}

_NOTHING = 1e-9
"""Share of a matrix that is an error of reckoning."""


class _Operator(NamedTuple):
    """Hold an operator, pdfminer's function for it, if there is one, and its count of operands."""

    name: bytes
    function: Callable[..., None] | None = None
    operands: int = 0


class Interpreter(PDFPageInterpreter):
    """Interpret content as pdfminer does, only faster where it is plain."""

    def execute(self, streams: Sequence[object]) -> None:
        body = self._body(streams)
        items = items_of(body) if body is not None else None
        if items is None:
            super().execute(streams)
            return
        for item in items:
            if type(item) is not _Operator:
                self.argstack.append(item)
                continue
            _, function, count = item
            if function is None:
                continue
            operands = self.pop(count) if count else ()
            if len(operands) == count:
                function(self, *operands)

    def do_cm(self, a1: Any, b1: Any, c1: Any, d1: Any, e1: Any, f1: Any) -> None:
        """Change the coordinates as pdfminer does, without what reckoning leaves of a turn.

        A page turned to and fro lies aslant by less than anybody can see, and its boxes would be
        none.
        """
        super().do_cm(a1, b1, c1, d1, e1, f1)
        a, b, c, d, e, f = self.ctm
        least = _NOTHING * max(abs(a), abs(b), abs(c), abs(d))
        if any(0 < abs(side) < least for side in (a, b, c, d)):
            a, b, c, d = (side if abs(side) >= least else 0.0 for side in (a, b, c, d))
            self.ctm = a, b, c, d, e, f
            self.device.set_ctm(self.ctm)

    def do_TJ(self, pieces: Any) -> None:  # noqa: N802 (pdfminer's name)
        """Show text; our device takes no more of the graphics state than its colour, uncopied."""
        if self.textstate.font is not None:
            state = self.graphicstate
            self.device.render_string(self.textstate, pieces, state.ncs, state)

    def _body(self, streams: Sequence[object]) -> bytes | None:
        """Join the streams; None where one has no number, stands twice or contains itself."""
        found = [stream_value(each) for each in streams]
        numbers = {stream.objid for stream in found if stream.objid is not None}
        if len(numbers) != len(found) or numbers & self.parent_stream_ids:
            return None
        self.stream_ids = numbers
        return b"\n".join(stream.get_data() for stream in found)


@cache
def _operators() -> Mapping[bytes, _Operator]:
    """List the operators that pdfminer has a function for."""
    spelt = {"_a": "*", "_w": '"', "_q": "'"}
    found: dict[bytes, _Operator] = {}
    for attribute in dir(Interpreter):
        name = attribute.removeprefix("do_")
        if name != attribute:
            name = name[:-2] + spelt[name[-2:]] if name[-2:] in spelt else name
            function = getattr(Interpreter, attribute)
            count = function.__code__.co_argcount - 1
            found[name.encode()] = _Operator(name.encode(), function, count)
    return found


def items_of(body: bytes) -> list[Any] | None:
    """List operands and operators; None where anything else occurs or brackets do not match."""
    found: list[Any] = []
    current, opened = found, list[tuple[bytes, list[Any]]]()
    operators = _operators()
    for match in _TOKEN.finditer(body):
        kind = match.lastindex
        assert kind is not None
        text = match[kind]
        if kind == _OPERATOR:
            if opened or text in _WORDS:
                return None
            current.append(operators.get(text) or _Operator(text))
        elif kind == _INTEGER:
            current.append(int(text))
        elif kind == _REAL:
            current.append(float(text))
        elif kind == _HEX:
            current.append(bytes.fromhex(text.decode("ascii")))
        elif kind == _STRING:
            current.append(_ESCAPED.sub(_sign, text) if b"\\" in text else text)
        elif kind == _NAME:
            current.append(LIT(text.decode("ascii")))
        elif kind == _OTHER:
            return None
        elif text in (b"[", b"<<"):
            opened.append((text, current))
            current = []
        else:
            if not opened or opened[-1][0] != _OPENING[text]:
                return None
            made = current if text == b"]" else _dictionary(current)
            if made is None:
                return None
            current = opened.pop()[1]
            current.append(made)
    return None if opened else found


def _dictionary(items: Sequence[Any]) -> dict[str, Any] | None:
    keys = items[::2]
    if len(items) % 2 or not all(isinstance(key, PSLiteral) for key in keys):
        return None
    return {str(key.name): value for key, value in zip(keys, items[1::2], strict=True)}


def _sign(match: re.Match[bytes]) -> bytes:
    return _SIGNS.get(match[1], match[1])
