"""The content of a page as one flat list of operators: forms unfolded, only what is understood."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from redact.page.doubt import DoubtError
from redact.pdf.colours import colour_space, graphics_state

if TYPE_CHECKING:
    import pikepdf

MAX_OPERATORS = 200_000
_MAX_DEPTH = 20

_NUMERIC = {
    "w": 1, "J": 1, "j": 1, "M": 1, "i": 1, "cm": 6,
    "m": 2, "l": 2, "c": 6, "v": 4, "y": 4, "re": 4, "h": 0, "S": 0, "s": 0, "f": 0, "F": 0,
    "f*": 0, "B": 0, "B*": 0, "b": 0, "b*": 0, "n": 0, "W": 0, "W*": 0,
    "g": 1, "G": 1, "rg": 3, "RG": 3, "k": 4, "K": 4, "q": 0, "Q": 0,
    "BT": 0, "ET": 0, "Tc": 1, "Tw": 1, "Tz": 1, "TL": 1, "Tr": 1, "Ts": 1,
    "Td": 2, "TD": 2, "Tm": 6, "T*": 0,
}  # fmt: skip
"""Operators that take so many numbers and nothing else (ISO 32000, annex A)."""

_BUILDS = frozenset({"m", "l", "c", "v", "y", "re"})
_ENDS = frozenset({"n", "f", "F", "f*", "B", "B*", "b", "b*", "s", "S"})
_COLOURS = frozenset({"sc", "SC", "scn", "SCN"})
_SHOWS = {"Tj": 1, "'": 1, '"': 3, "TJ": 1}
_DROPPED = frozenset({"BMC", "EMC", "MP", "DP", "BX", "EX", "ri", "INLINE IMAGE"})


class Operator(NamedTuple):
    """Hold one operator; a resource that it names stands among its operands itself."""

    name: str
    operands: tuple[Any, ...] = ()


def operators_of(page: pikepdf.Page) -> list[Operator]:
    """List what a page paints, the forms it uses in their place.

    Pictures, marks and comments are left out. Raises ``DoubtError`` for whatever is not known.
    """
    unfolding = _Unfolding()
    found = list(unfolding.operators(page.obj, page.resources, 0))
    if unfolding.blends and unfolding.groups:
        raise DoubtError("transparency group with blending")
    return found


class _Unfolding:
    def __init__(self) -> None:
        self.blends = self.groups = False
        self._count = 0

    def operators(self, content: Any, resources: Any, depth: int) -> Iterator[Operator]:
        """Yield the operators of a stream with its graphics states balanced and its path ended.

        A path that is left open would be painted by whatever comes behind the stream.
        """
        import pikepdf

        if depth > _MAX_DEPTH:
            raise DoubtError("forms nested too deeply")
        saved, path = 0, False
        for instruction in pikepdf.parse_content_stream(content):
            self._count += 1
            if self._count > MAX_OPERATORS:
                raise DoubtError("too many operators")
            name, operands = str(instruction.operator), tuple(instruction.operands)
            if name == "Q" and not saved:
                continue
            saved += {"q": 1, "Q": -1}.get(name, 0)
            path = name in _BUILDS or (path and name not in _ENDS)
            yield from self._operator(name, operands, resources, depth)
        yield from [Operator("n")] * path
        yield from [Operator("Q")] * saved

    def _operator(
        self, name: str, operands: tuple[Any, ...], resources: Any, depth: int
    ) -> Iterator[Operator]:
        if name in _NUMERIC:
            yield Operator(name, _numbers(operands, _NUMERIC[name]))
        elif name in _COLOURS:
            yield Operator(name, _numbers(operands, len(operands)))
        elif name in _SHOWS:
            yield _show(name, operands)
        elif name == "Tf" and len(operands) == 2:
            yield Operator(name, (_resource(resources, "/Font", operands[0]), _number(operands[1])))
        elif name == "d" and len(operands) == 2:
            dashes = list(operands[0])
            yield Operator(name, (_numbers(dashes, len(dashes)), _number(operands[1])))
        elif name == "gs":
            state = _resource(resources, "/ExtGState", operands[0])
            clean, blends = graphics_state(state)
            self.blends = self.blends or blends
            yield Operator(name, (clean,))
        elif name in ("cs", "CS"):
            yield Operator(name, (_space(resources, operands[0]),))
        elif name == "Do":
            yield from self._painted(
                _resource(resources, "/XObject", operands[0]), resources, depth
            )
        elif name == "BDC":
            if str(operands[0]) == "/OC":
                raise DoubtError("optional content")
        elif name not in _DROPPED:
            raise DoubtError("operator that is not known")

    def _painted(self, painted: Any, resources: Any, depth: int) -> Iterator[Operator]:
        if "/OC" in painted:
            raise DoubtError("optional content")
        if painted.get("/Subtype") == "/Image":
            return
        if painted.get("/Subtype") != "/Form":
            raise DoubtError("external object that is not known")
        self.groups = self.groups or "/Group" in painted
        x0, y0, x1, y1 = _numbers(list(painted.BBox), 4)
        yield Operator("q")
        if "/Matrix" in painted:
            yield Operator("cm", _numbers(list(painted.Matrix), 6))
        yield Operator("re", (x0, y0, x1 - x0, y1 - y0))
        yield Operator("W")
        yield Operator("n")
        yield from self.operators(painted, painted.get("/Resources", resources), depth + 1)
        yield Operator("Q")


def _show(name: str, operands: tuple[Any, ...]) -> Operator:
    import pikepdf

    if len(operands) != _SHOWS[name]:
        raise DoubtError("text without its operands")
    last = operands[-1]
    items = list(last) if name == "TJ" else [last]
    pieces = [bytes(i) if isinstance(i, pikepdf.String) else _number(i) for i in items]
    if name != "TJ" and not isinstance(pieces[0], bytes):
        raise DoubtError("text that is no string")
    return Operator(name, (*_numbers(operands[:-1], len(operands) - 1), tuple(pieces)))


def _space(resources: Any, name: Any) -> Any:
    if str(name) in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK"):
        return str(name)
    return colour_space(_resource(resources, "/ColorSpace", name))


def _resource(resources: Any, kind: str, name: Any) -> Any:
    found = (resources or {}).get(kind, {}).get(str(name))
    if found is None:
        raise DoubtError("resource that is not there")
    return found


def _numbers(operands: Any, count: int) -> tuple[float, ...]:
    if len(operands) != count:
        raise DoubtError("operator without its operands")
    return tuple(map(_number, operands))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise DoubtError("operand that is no number")
    return float(value)
