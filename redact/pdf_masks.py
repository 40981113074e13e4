"""What is put into a gap: the mask in type that the output holds anyway, else invisible text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from redact.pdf_glyphless import GlyphlessFont
from redact.pdf_shows import LAYER, Sign, StandIn, TextState, number

HELVETICA = "H"
"""Name on a page of the standard font for letters and digits of masks."""

_LEAST_STRETCH, _MOST_STRETCH = 0.6, 1.15
_MOST_SPREAD = 0.3
_INVISIBLE = 3


class _Fitted(NamedTuple):
    """Hold a mask that fits its gap: how far it is stretched, and the space behind each sign."""

    signs: list[Sign | str]
    stretch: float
    spread: float


def keep_signs(stand_in: StandIn) -> None:
    """Let fonts keep what a mask that will be visible has in common with the removed text."""
    fitted = _fitted(stand_in)
    for character, sign in zip(stand_in.gap.text, fitted.signs if fitted else (), strict=False):
        if isinstance(sign, Sign):
            sign.font.use(sign.code, character, sign.width)


def visible_mask(stand_in: StandIn, codes: Mapping[int, Mapping[int, bytes]]) -> bytes | None:
    """Write a gap's text so that it fills the gap; None where no type for it is at hand.

    ``codes`` are the new ones of each font by its identity.
    """
    fitted = _fitted(stand_in)
    if fitted is None:
        return None
    state = stand_in.state
    start = f"{number(100 * fitted.stretch)} Tz"
    apart = -1000 * fitted.spread / (fitted.stretch * state.size)
    # Readers order what they find by its height, so letters of another font take the same.
    rise = -stand_in.drop - _letters()[1] * state.size
    shows = _shows([_coded(sign, codes) for sign in fitted.signs], state, rise, apart)
    return "\n".join((start, *shows, _back(stand_in))).encode()


def _fitted(stand_in: StandIn) -> _Fitted | None:
    """Set a mask in what is at hand: what is shown elsewhere, what it keeps, standard letters."""
    state, font = stand_in.state, stand_in.state.font
    assert font is not None
    known = {text: Sign(font, code, font.widths[code]) for code, text in font.texts.items()}
    known |= stand_in.signs
    letters = _letters()[0]
    signs = [known.get(c) or (c if c in letters else None) for c in stand_in.gap.text]
    shown = [sign for sign in signs if sign is not None]
    if not shown or len(shown) < len(signs):
        return None
    widths = (sign.width if isinstance(sign, Sign) else letters[sign] for sign in shown)
    natural = sum(widths) * state.size * state.stretch / 1000
    if natural <= 0:
        return None
    ratio = min(stand_in.wide / natural, _MOST_STRETCH)
    spread = (stand_in.wide - natural * ratio) / len(shown)
    if ratio < _LEAST_STRETCH or spread > _MOST_SPREAD * state.size * state.stretch:
        return None
    return _Fitted(shown, state.stretch * ratio, spread)


def _coded(sign: Sign | str, codes: Mapping[int, Mapping[int, bytes]]) -> tuple[str, str]:
    """Give the font and the code, in hexadecimal digits, under which the output shows a sign."""
    if isinstance(sign, str):
        return HELVETICA, f"{ord(sign):02X}"
    return sign.font.name, codes[id(sign.font)][sign.code].decode()


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


def _shows(
    signs: Sequence[tuple[str, str]], state: TextState, rise: float, apart: float
) -> Iterator[str]:
    for font, group in groupby(signs, key=itemgetter(0)):
        text = " ".join(f"<{code}> {number(apart)}" for _, code in group)
        lifted = number(rise if font == HELVETICA else state.rise)
        yield f"/{font} {number(state.size)} Tf {lifted} Ts [{text}] TJ"


@cache
def _letters() -> tuple[Mapping[str, float], float]:
    """Give the widths of Helvetica's letters in thousandths, and how deep it reaches in ems."""
    from pdfminer.fontmetrics import FONT_METRICS

    descriptor, widths = FONT_METRICS["Helvetica"]
    letters = {character: float(widths[character]) for character in map(chr, range(32, 127))}
    return letters, float(str(descriptor["Descent"])) / 1000
