"""What is put into a gap: the mask in the page's own type or in ours, else invisible text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from redact.page import mask_type
from redact.pdf.glyphless import GlyphlessFont
from redact.pdf.maskfont import Letter, MaskFont, MaskFonts, letter
from redact.pdf.shows import LAYER, Sign, StandIn, number

_MOST_SPREAD = 0.3
"""Space behind each sign, in ems, up to which a mask still looks like one word."""

_INVISIBLE = 3


class SetMask(NamedTuple):
    """Hold a mask that fits its gap: its signs, how they are set, what of the gap stays free.

    ``spread`` is put behind each sign; it and ``free``, behind them all, are in text space.
    """

    signs: Sequence[Sign | Letter]
    font: MaskFont
    stretch: float
    rise: float
    spread: float = 0.0
    free: float = 0.0


def set_mask(stand_in: StandIn, fonts: MaskFonts) -> SetMask | None:
    """Set the text of a gap; None where it has none or would not be readable.

    It is set in type that the page shows anyway, or that the removed text has in common with it;
    in our own where that lacks a character or would leave a hole. Its fonts take note of it.
    """
    if not stand_in.gap.text:
        return None
    state = stand_in.state
    # Readers order what they find by its height, so letters of another font take the same.
    depth = -(stand_in.drop + state.rise) / state.size
    font = fonts.of_descent(depth)
    rise = state.rise + (depth - font.descent) * state.size
    known = _known_signs(stand_in)
    made = _in_own_type(stand_in, known, font, rise) or _in_our_type(stand_in, known, font, rise)
    for character, sign in zip(stand_in.gap.text, made.signs if made else (), strict=False):
        if isinstance(sign, Sign):
            sign.font.use(sign.code, character, sign.width)
    return made


def _known_signs(stand_in: StandIn) -> Mapping[str, Sign]:
    """Find the characters of a mask that the page's type is to have in the output."""
    font, known = stand_in.state.font, dict(stand_in.signs)
    assert font is not None
    for character in set(stand_in.gap.text) & font.by_text.keys():
        code = font.by_text[character]
        known.setdefault(character, Sign(font, code, font.widths[code]))
    return known


def _in_own_type(
    stand_in: StandIn, known: Mapping[str, Sign], font: MaskFont, rise: float
) -> SetMask | None:
    text, em = stand_in.gap.text, stand_in.em
    signs = [known[c] for c in text if c in known]
    natural = sum(sign.width for sign in signs) / 1000
    if len(signs) < len(text) or natural <= 0:
        return None
    stretch = min(stand_in.wide / em / natural, mask_type.MOST_STRETCH)
    spread = stand_in.wide / em - natural * stretch
    if stretch < mask_type.LEAST_STRETCH or spread > _MOST_SPREAD * len(signs):
        return None
    return SetMask(signs, font, stretch, rise, spread * em / len(signs))


def _in_our_type(
    stand_in: StandIn, known: Mapping[str, Sign], font: MaskFont, rise: float
) -> SetMask | None:
    """Set a mask in our type; a character that it lacks may come from the page's."""
    widths, text = mask_type.widths(), stand_in.gap.text
    if any(c not in widths and c not in known for c in text):
        return None
    natural = sum(widths[c] if c in widths else known[c].width / 1000 for c in text)
    wide = stand_in.wide / stand_in.em
    fitted = mask_type.fit(natural, wide, stand_in.points)
    mixed = any(c not in widths for c in text)
    if fitted is None or (mixed and fitted.scale < 1):
        return None
    signs = [letter(c, fitted.scale) if c in widths else known[c] for c in text]
    if isinstance(last := signs[-1], Sign):
        if fitted.free > _MOST_SPREAD:
            return None
    else:
        others = sum(sign.width for sign in signs[:-1])
        signs[-1] = last._replace(width=round(1000 * wide / fitted.stretch - others))
    font.use(sign for sign in signs if isinstance(sign, Letter))
    return SetMask(signs, font, fitted.stretch, rise, free=fitted.free * stand_in.em)


def visible_mask(
    stand_in: StandIn, made: SetMask, codes: Mapping[int, Mapping[int, bytes]]
) -> bytes:
    """Write a mask so that it fills its gap; ``codes`` are those of each font by its identity."""
    state, ours = stand_in.state, made.font.codes
    start = f"{number(100 * made.stretch * state.stretch)} Tz"
    apart = -1000 * made.spread / (made.stretch * state.stretch * state.size)
    shows = []
    for name, signs in groupby(made.signs, key=lambda s: _name(s, made.font)):
        behind = f" {number(apart)}" if apart else ""
        between = f">{behind} <" if apart else ""
        written = f"<{between.join(_code(sign, ours, codes) for sign in signs)}>{behind}"
        rise = made.rise if name == made.font.name else state.rise
        shows.append(f"/{name} {number(state.size)} Tf {number(rise)} Ts [{written}] TJ")
    ems = sum(sign.width for sign in made.signs) / 1000 * made.stretch
    advance = ems * stand_in.em + made.spread * len(made.signs)
    return "\n".join((start, *shows, _back(stand_in, advance))).encode()


def _name(sign: Sign | Letter, font: MaskFont) -> str:
    return font.name if isinstance(sign, Letter) else sign.font.name


def _code(
    sign: Sign | Letter, ours: Mapping[Letter, int], codes: Mapping[int, Mapping[int, bytes]]
) -> str:
    """Give the code, in hexadecimal digits, under which the output shows a sign."""
    if isinstance(sign, Letter):
        return f"{ours[sign]:04X}"
    return codes[id(sign.font)][sign.code].decode()


def invisible_text(stand_in: StandIn, layer: GlyphlessFont) -> bytes:
    """Write a gap's text in the invisible font so that it fills the gap."""
    state = stand_in.state
    digits = layer.codes(stand_in.gap.text)
    stretch = 100 * stand_in.wide / (state.size * len(stand_in.gap.text))
    start = f"{_INVISIBLE} Tr {number(stretch)} Tz {number(-stand_in.drop)} Ts"
    show = f"/{LAYER} {number(state.size)} Tf <{digits}> Tj"
    return "\n".join((start, show, _back(stand_in, stand_in.wide))).encode()


def _back(stand_in: StandIn, advance: float) -> str:
    """Go back by what was advanced, to where the gap begins, and to how text was set."""
    state = stand_in.state
    settings = f"{number(100 * state.stretch)} Tz {number(state.rise)} Ts {number(state.mode)} Tr"
    distance = 1000 * advance / stand_in.em
    return f"{settings} /{LAYER} {number(state.size)} Tf [{number(distance)}] TJ"
