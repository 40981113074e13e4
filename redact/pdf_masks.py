"""What is put into a gap: the mask in type that the output holds anyway, else invisible text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from redact.pdf_codes import FontCodes
from redact.pdf_glyphless import GlyphlessFont
from redact.pdf_shows import LAYER, StandIn, TextState, number

HELVETICA = "H"
"""Name on a page of the standard font for letters and digits of masks."""

_LEAST_STRETCH, _MOST_STRETCH = 0.6, 1.15
_MOST_SPREAD = 0.3
_INVISIBLE = 3


class _Sign(NamedTuple):
    font: str
    code: bytes
    width: float


def visible_mask(stand_in: StandIn, codes: Mapping[int, Mapping[int, bytes]]) -> bytes | None:
    """Write a gap's text so that it fills the gap; None where no type for it is at hand.

    ``codes`` are the new ones of each font by its identity: only what is shown elsewhere too, or
    what mask and removed text have in common, has one.
    """
    state, font = stand_in.state, stand_in.state.font
    assert font is not None
    known = {font.texts[code]: (font, code) for code in codes[id(font)]} | dict(stand_in.signs)
    signs = [_sign(character, known, codes) for character in stand_in.gap.text]
    shown = [sign for sign in signs if sign is not None]
    if not shown or len(shown) < len(signs):
        return None
    natural = sum(sign.width for sign in shown) * state.size * state.stretch / 1000
    ratio = min(stand_in.wide / natural, _MOST_STRETCH)
    spread = (stand_in.wide - natural * ratio) / len(shown)
    if ratio < _LEAST_STRETCH or spread > _MOST_SPREAD * state.size * state.stretch:
        return None
    stretch = state.stretch * ratio
    start = f"{number(100 * stretch)} Tz"
    # Readers order what they find by its height, so letters of another font take the same.
    apart = -1000 * spread / (stretch * state.size)
    rise = -stand_in.drop - _letters()[1] * state.size
    return "\n".join((start, *_shows(shown, state, rise, apart), _back(stand_in))).encode()


def invisible_text(stand_in: StandIn, layer: GlyphlessFont) -> bytes:
    """Write a gap's text in the invisible font so that it fills the gap."""
    state = stand_in.state
    digits = layer.codes(stand_in.gap.text)
    stretch = 100 * stand_in.wide / (state.size * len(stand_in.gap.text))
    start = f"{_INVISIBLE} Tr {number(stretch)} Tz {number(-stand_in.drop)} Ts"
    show = f"/{LAYER} {number(state.size)} Tf <{digits}> Tj"
    return "\n".join((start, show, _back(stand_in))).encode()


def _back(stand_in: StandIn) -> str:
    """Go back to where the gap begins and to how text was set."""
    state = stand_in.state
    settings = f"{number(100 * state.stretch)} Tz {number(state.rise)} Ts {number(state.mode)} Tr"
    distance = 1000 * stand_in.wide / (state.size * state.stretch)
    return f"{settings} /{LAYER} {number(state.size)} Tf [{number(distance)}] TJ"


def _sign(
    character: str,
    known: Mapping[str, tuple[FontCodes, int]],
    codes: Mapping[int, Mapping[int, bytes]],
) -> _Sign | None:
    if character in known:
        font, code = known[character]
        return _Sign(font.name, codes[id(font)][code], font.widths[code])
    width = _letters()[0].get(character)
    return None if width is None else _Sign(HELVETICA, b"%02X" % ord(character), width)


def _shows(signs: Sequence[_Sign], state: TextState, rise: float, apart: float) -> Iterator[str]:
    for font, group in groupby(signs, key=lambda sign: sign.font):
        text = " ".join(f"<{sign.code.decode()}> {number(apart)}" for sign in group)
        lifted = number(rise if font == HELVETICA else state.rise)
        yield f"/{font} {number(state.size)} Tf {lifted} Ts [{text}] TJ"


@cache
def _letters() -> tuple[Mapping[str, float], float]:
    """Give the widths of Helvetica's letters in thousandths, and how deep it reaches in ems."""
    from pdfminer.fontmetrics import FONT_METRICS

    descriptor, widths = FONT_METRICS["Helvetica"]
    letters = {character: float(widths[character]) for character in map(chr, range(32, 127))}
    return letters, float(str(descriptor["Descent"])) / 1000
