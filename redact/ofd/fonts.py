"""Fonts of an OFD output: which embedded programs can be trusted, cut down to what is shown."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from redact.notes import Notes
from redact.ofd.fontnames import SONG, public_name
from redact.ofd.items import FontKey, OfdPage, TextItem
from redact.ofd.resources import FontSource
from redact.page.radicals import without_radicals

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_TABLES = frozenset(
    {"GlyphOrder", "head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap", "cvt ", "fpgm", "prep"}
)
_SHOWN = frozenset({"head", "hhea", "maxp", "hmtx", "loca", "glyf", "cmap"})

_DATE = 3_786_912_000
"""Any fixed day, counted in seconds from 1904: the same input must give the same bytes."""

Use = tuple[str, int | None]
"""A sign and the glyph that the file names for it."""


@dataclass(frozen=True, slots=True)
class OutputFont:
    """Hold a font as the output declares it, with its program if that could be checked.

    ``numbers`` leads from the glyph numbers of the draft to those of the program.
    """

    name: str
    bold: bool
    italic: bool
    program: bytes | None = None
    numbers: Mapping[int, int] = field(default_factory=dict)


class Fonts:
    """Judge the fonts of a file by all that its pages show."""

    def __init__(
        self, sources: Mapping[FontKey, FontSource], programs: Mapping[FontKey, bytes]
    ) -> None:
        self._sources = sources
        self._programs = {k: data for k, data in programs.items() if _opened(data) is not None}

    def judge(self, pages: Iterable[OfdPage], notes: Notes) -> None:
        """Give up programs that cannot be shown to paint what the text says; tell of them."""
        for key, uses in uses_of(pages).items():
            source, data = self._sources.get(key), self._programs.get(key)
            if data is not None:
                told = _doubt(_opened(data), uses) or _damage(data, uses)
            else:
                embedded = source is not None and source.embedded
                coded = any(glyph is not None for _, glyph in uses)
                told = "font_replaced" if embedded or coded else None
            if told:
                notes.add(told)
                self._programs.pop(key, None)

    def keeps_glyphs(self, key: FontKey | None) -> bool:
        """Tell whether the program of a font stays, and glyph numbers with it."""
        return key in self._programs

    def output(self, key: FontKey | None, uses: Iterable[Use]) -> OutputFont:
        """Declare a font for the output, its program cut down to these uses."""
        source = self._sources.get(key) if key is not None else None
        if source is None or key is None:
            return OutputFont(SONG, False, False)
        data = self._programs.get(key)
        program, numbers = _cut(data, set(uses)) if data is not None else (None, {})
        return OutputFont(
            public_name(source.names) or SONG, source.bold, source.italic, program, numbers
        )


def uses_of(pages: Iterable[OfdPage]) -> dict[FontKey, set[Use]]:
    """Gather what each font is used for."""
    found: dict[FontKey, set[Use]] = defaultdict(set)
    for page in pages:
        for item in page.items:
            if isinstance(item, TextItem) and item.style.font is not None:
                found[item.style.font].update((c.text, c.glyph) for c in item.chars)
    return found


def _opened(data: bytes) -> TTFont | None:
    """Open a TrueType program that knows its characters; None for any other."""
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(data), recalcTimestamp=False)
        usable = set(font.keys()) >= _SHOWN and bool(_characters(font))
    except Exception:  # whatever fontTools stumbles over, the program cannot be checked
        return None
    return font if usable else None


def _characters(font: Any) -> dict[int, set[str]]:
    """Map glyph numbers to the characters that the program itself knows them by."""
    found: dict[int, set[str]] = defaultdict(set)
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code, name in table.cmap.items():
                found[font.getGlyphID(name)].add(chr(code))
    return found


def _doubt(font: Any, uses: Iterable[Use]) -> str | None:
    """Compare what a file says a glyph is with what its font says; give the note of a doubt."""
    characters = _characters(font)
    known = {c for texts in characters.values() for c in texts}
    doubt = None
    for text, glyph in uses:
        if text.isspace():
            continue
        if glyph is None:
            agrees = text in known
            told = "font_replaced"
        else:
            theirs = characters.get(glyph, set())
            agrees = _fold(text) in {_fold(c) for c in theirs}
            told = "glyphs_disagree" if theirs else "font_replaced"
        if not agrees and doubt != "glyphs_disagree":
            doubt = told
    return doubt


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", without_radicals(text))


def _damage(data: bytes, uses: set[Use]) -> str | None:
    """Give the note of a program that cannot be cut down, as its output would have to be."""
    program, _ = _cut(data, uses)
    return None if program else "font_replaced"


def _cut(data: bytes, uses: set[Use]) -> tuple[bytes | None, dict[int, int]]:
    """Build a program of the used glyphs alone, numbered anew, no names, no layout."""
    from fontTools import subset

    options = subset.Options()
    options.notdef_outline = options.hinting = options.glyph_names = False
    options.layout_features, options.name_IDs = [], []
    options.legacy_cmap = options.symbol_cmap = False
    options.recalc_timestamp = False
    try:
        made: Any = _opened(data)
        order = made.getGlyphOrder()
        named = {g for _, g in uses if g is not None and 0 <= g < len(order)}
        cutter = subset.Subsetter(options)
        cutter.populate(
            glyphs=[order[g] for g in named],
            unicodes=[ord(text) for text, glyph in uses if glyph is None],
        )
        cutter.subset(made)
        for tag in set(made.keys()) - _TABLES:
            del made[tag]
        made["head"].created = made["head"].modified = _DATE
        output = BytesIO()
        made.save(output)
        numbers = {g: made.getGlyphID(order[g]) for g in named}
    except Exception:  # a program that cannot be cut is not carried over
        return None, {}
    return output.getvalue(), numbers
