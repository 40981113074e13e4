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
_KNOWN = rb"|".join(
    (
        rb"[+-]?\d+" + _END,
        rb"[+-]?(?:\d+\.\d*|\.\d+)" + _END,
        rb"<(?:[0-9A-Fa-f]{2})*>",
        rb"\((?:[^()\\\r]|\\(?:[nrtbf()\\]|[0-3][0-7]{2}|[0-7]{1,2}(?![0-7])))*\)",
        rb"/[!\"$&'*-.0-;=?-Z\\^-z|~]+" + _END,
        rb"(?!(?:BI|ID|EI)\b)(?:[A-Za-z]{1,5}\*?|d[01]|['\"])" + _END,
        rb"\[|\]|<<|>>",
    )
)
"""Numbers, strings, names, operators, brackets: what a token is shows its first byte."""

_TOKEN = re.compile(rb"[" + _SPACE + rb"]*(" + _KNOWN + rb"|[^" + _SPACE + rb"][\s\S]*)")
"""A token; what is none that is known is taken with all that follows, so that it is the last."""

_LAST = re.compile(_KNOWN)
_ESCAPED = re.compile(rb"\\([nrtbf()\\]|[0-7]{1,3})")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"} | {
    digits % code: bytes((code,))
    for digits, codes in ((b"%03o", 256), (b"%02o", 64), (b"%o", 8))
    for code in range(codes)
}


_WORDS = frozenset((b"true", b"false", b"null"))
_NUMBER = frozenset(b"+-.0123456789")
_OPENING, _CLOSING = (b"[", b"<<"), {b"]": b"[", b">>": b"<<"}

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
        calls = calls_of(body) if body is not None else None
        if calls is None:
            super().execute(streams)
            return
        for (_, function, count), operands in calls:
            if function is not None and len(operands) == count and not self.argstack:
                function(self, *operands)
                continue
            # Too few, too many, or some left from before: what lies on top counts.
            self.argstack += operands
            if function is not None:
                taken = self.pop(count) if count else ()
                if len(taken) == count:
                    function(self, *taken)

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


def calls_of(body: bytes) -> list[tuple[_Operator, list[Any]]] | None:
    """List the operators, each with the operands before it.

    None where anything else occurs or brackets do not match.
    """
    tokens = _TOKEN.findall(body)
    if tokens and not _LAST.fullmatch(tokens[-1]):
        return None
    calls: list[tuple[_Operator, list[Any]]] = []
    current, opened = list[Any](), list[tuple[bytes, list[Any]]]()
    # The same numbers, names and operators come again and again.
    known: dict[bytes, Any] = dict(_operators())
    for token in tokens:
        item = known.get(token)
        if item is None:
            if token in _OPENING:
                opened.append((token, current))
                current = []
                continue
            if token in _CLOSING:
                if not opened or opened[-1][0] != _CLOSING[token]:
                    return None
                item = current if token == b"]" else _dictionary(current)
                if item is None:
                    return None
                current = opened.pop()[1]
            else:
                item = known[token] = _item(token)
        if type(item) is not _Operator:
            current.append(item)
        elif opened or item.name in _WORDS:
            return None
        else:
            calls.append((item, current))
            current = []
    return None if opened else calls


def _item(token: bytes) -> Any:
    """Make the operand or operator that a token is."""
    first = token[:1]
    if first == b"(":
        return _unescaped(token[1:-1]) if b"\\" in token else token[1:-1]
    if first == b"<":
        return bytes.fromhex(token[1:-1].decode("ascii"))
    if first == b"/":
        return LIT(token[1:].decode("ascii"))
    if first[0] in _NUMBER:
        return float(token) if b"." in token else int(token)
    return _Operator(token)


def _unescaped(text: bytes) -> bytes:
    parts = _ESCAPED.split(text)
    parts[1::2] = [_SIGNS.get(escaped, escaped) for escaped in parts[1::2]]
    return b"".join(parts)


def _dictionary(items: Sequence[Any]) -> dict[str, Any] | None:
    keys = items[::2]
    if len(items) % 2 or not all(isinstance(key, PSLiteral) for key in keys):
        return None
    return {str(key.name): value for key, value in zip(keys, items[1::2], strict=True)}
