"""The lines of an OFD page as an eye would join them, worked out anew for the verifier."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from redact.verify.drawn import Drawn, Line, Sign
from redact.verify.ofd_xml import Code

_SAME_LINE = 0.45
_SAME_PLACE = 0.25
_FAR = 2.0
_MOST_STEPS = 100_000
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")


class _Sign(NamedTuple):
    text: str
    along: float
    across: float
    size: float


def visual_lines(codes: Iterable[Code]) -> str:
    """Join the signs of a page along their lines, whatever objects they stand in.

    A wide gap starts a line of its own; what is painted twice in one place counts once.
    """
    return "\n".join(_joined(line) for signs in _by_angle(codes) for line in _lines(signs))


def drawn_pages(codes: Iterable[Code]) -> Iterator[Drawn]:
    """Give the same lines with the places of their signs, those of each direction apart."""
    for signs in _by_angle(codes):
        yield [
            Line(
                tuple(Sign(s.text, s.along, s.across) for s in line if not s.text.isspace()),
                max(line[0].size, 0.1),
                "".join(s.text for s in line),
            )
            for line in _lines(signs)
        ]


def _by_angle(codes: Iterable[Code]) -> Iterable[list[_Sign]]:
    by_angle: dict[int, list[_Sign]] = defaultdict(list)
    for code in codes:
        for angle, sign in _signs(code):
            by_angle[angle].append(sign)
    return by_angle.values()


def _lines(signs: list[_Sign]) -> Iterator[list[_Sign]]:
    """Yield the signs of each line from its begin, of two painted in one place the first."""
    signs.sort(key=lambda sign: sign.across)
    line: list[_Sign] = []
    for sign in signs:
        if line and sign.across - line[-1].across > _SAME_LINE * max(sign.size, line[-1].size):
            yield list(_seen(line))
            line = []
        line.append(sign)
    if line:
        yield list(_seen(line))


def _seen(line: list[_Sign]) -> Iterator[_Sign]:
    last: _Sign | None = None
    for sign in sorted(line, key=lambda sign: sign.along):
        if last is None or _gap(last, sign) >= _SAME_PLACE or sign.text != last.text:
            yield sign
            last = sign


def _gap(last: _Sign, sign: _Sign) -> float:
    return (sign.along - last.along) / max(sign.size, last.size)


def _joined(line: Sequence[_Sign]) -> str:
    pieces = [sign.text for sign in line[:1]]
    for last, sign in pairwise(line):
        if _gap(last, sign) > 1 + _FAR:
            pieces.append("\n")
        pieces.append(sign.text)
    return "".join(pieces)


def _signs(code: Code) -> Iterator[tuple[int, _Sign]]:
    """Place the signs of a code: turned so that its line runs level from left to right."""
    left, top = _numbers(code.around.get("Boundary", ""), 0, 0)
    a, b, c, d, e, f = _numbers(code.around.get("CTM", ""), 1, 0, 0, 1, 0, 0)
    (size,) = _numbers(code.around.get("Size", ""), 1)
    down = "DeltaY" in code.own and "DeltaX" not in code.own
    down = down or (len(code.text) == 1 and code.around.get("ReadDirection") == "90")
    angle = round(math.degrees(math.atan2(b, a))) + (90 if down else 0)
    turn = math.radians(angle)
    scale = math.hypot(c, d) * size
    for text, x, y in _places(code, size):
        y -= 0.35 * size
        px, py = a * x + c * y + e + left, b * x + d * y + f + top
        along = px * math.cos(turn) + py * math.sin(turn)
        across = py * math.cos(turn) - px * math.sin(turn)
        yield angle % 360, _Sign(text, along, across, scale)


def _places(code: Code, size: float) -> Iterator[tuple[str, float, float]]:
    (x,), (y,) = (_numbers(code.own.get(name, ""), 0) for name in ("X", "Y"))
    across, down = (_steps(code.own.get(name, "")) for name in ("DeltaX", "DeltaY"))
    for place, text in enumerate(code.text):
        yield text, x, y
        if across or down:
            x += across[place] if place < len(across) else 0
            y += down[place] if place < len(down) else 0
        else:
            x += size if text > "\u024f" else size / 2


def _steps(text: str) -> Sequence[float]:
    """Read distances; of a list that is not well-formed, as far as it is."""
    found: list[float] = []
    words = text.split()
    while words:
        times, taken = 1, 1
        if words[0] == "g" and len(words) > 2 and words[1].isdecimal():
            times, taken = min(int(words[1]), _MOST_STEPS), 3
        if _NUMBER.fullmatch(words[taken - 1]) is None:
            break
        found += [float(words[taken - 1])] * times
        words = words[taken:]
    return found


def _numbers(text: str, *usual: float) -> list[float]:
    """Read as many numbers as there are usual ones, which stand for what is missing."""
    found = [float(number) for number in _NUMBER.findall(text)]
    return found[: len(usual)] if len(found) >= len(usual) else list(usual)
