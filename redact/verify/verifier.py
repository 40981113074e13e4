"""Prove on the output bytes that what a plan removed is gone, by readers of its own."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from redact.verify.encodings import decoded_views
from redact.verify.html import read_html
from redact.verify.image import read_image
from redact.verify.matching import Hits, Needles, fold_value, occurrences
from redact.verify.odf import read_odf
from redact.verify.ofd import read_ofd
from redact.verify.package import read_package
from redact.verify.pdf import read_pdf
from redact.verify.split_numbers import left_standing
from redact.verify.text import read_csv, read_text
from redact.verify.views import UNREADABLE, FontTrace, Kind, Reading, View

_READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "docx": read_package,
    "xlsx": read_package,
    "pptx": read_package,
    "odt": read_odf,
    "ods": read_odf,
    "pdf": read_pdf,
    "ofd": read_ofd,
    "image": read_image,
    "txt": read_text,
    "md": read_text,
    "csv": read_csv,
    "html": read_html,
}
_MOST_PLACES = 50
_READABLE = "仍能读到应隐去的内容。"
_IN_PIECES = "{}还有没遮住的{}（可能分成了几行或几格），" + _READABLE
_FONT_TRACE = "字体中仍留有应隐去内容的字符，请转人工处理。"


class IndependentVerifier:
    """Re-read an output with code that no writer uses."""

    def verify(
        self,
        format: str,
        output: bytes,
        allowed: Mapping[str, int],
        kept: Collection[str] | None = None,
    ) -> tuple[str, ...]:
        """Return a Chinese sentence for each place where a value survives or cannot be excluded.

        ``allowed`` comes from ``allowed_occurrences``, ``kept`` from ``kept_numbers``: no other
        number of a person may stand in a picture, whole or in pieces. Without it none is looked
        for. How values are compared, and what is too
        short to be looked for everywhere, is told in ``redact.verify.matching``. A format without
        a reader and a file that cannot be read are complaints, never silence.
        """
        reader = _READERS.get(format)
        if reader is None:
            return (UNREADABLE,)
        try:
            reading = reader(output)
        except Exception:  # whatever a parser throws, the output is not proven
            return (UNREADABLE,)
        needles = Needles(allowed)
        limits = _limits(allowed)
        views = (*reading.views, *(decoded_views(reading.views) if allowed else ()))
        survivors = dict.fromkeys(
            place for view in views for place in _survivors(needles, view, limits)
        )
        fonts = [_FONT_TRACE] if _traced(allowed, reading.traces) else []
        strange = () if kept is None else _strange(reading.views, kept)
        return (*reading.complaints, *_told(survivors), *fonts, *strange)


def is_about_values(complaint: str) -> bool:
    """Tell a complaint about a value that survives from one about how the file is built."""
    return complaint.endswith(_READABLE) or complaint == _FONT_TRACE


def seen_on_pages(pages: Sequence[str], allowed: Mapping[str, int]) -> tuple[str, ...]:
    """Say on which pages, as a renderer shows them, a value stands that had to go altogether.

    A second opinion: what the plan keeps elsewhere is left to ``IndependentVerifier``, since pages
    repeat headers and heads of tables as often as they need. Numbers of pages and paragraphs are
    the renderer's own, so that nothing shorter than three signs is looked for.
    """
    view = View(Kind.SHOWN, tuple((f"第 {n} 页", text) for n, text in enumerate(pages, 1)))
    limits = {value: sys.maxsize if n else 0 for value, n in _limits(allowed).items()}
    survivors = dict.fromkeys(_survivors(Needles(allowed), view, limits))
    return tuple(f"用 LibreOffice 打开后，{told}" for told in _told(survivors))


def allowed_occurrences(expected_text: str, removed: Sequence[str]) -> dict[str, int]:
    """Count how often each removed value may still occur, because the plan keeps it elsewhere.

    ``expected_text`` is the text as it must read after the plan. Runs of long identifiers that it
    keeps are counted too, under keys of their own.
    """
    needles = Needles(removed)
    counts: Counter[str] = Counter()
    for kind in (Kind.CELLS, Kind.PAGES):
        hits = occurrences(needles, [expected_text], kind.value)
        counts |= Counter({value: len(texts) for value, texts in hits.items()})
    kept = {value: counts[fold_value(value)] for value in removed}
    pieces = {piece: counts[piece] for piece in needles.pieces & counts.keys()}
    return pieces | kept


def _limits(allowed: Mapping[str, int]) -> dict[str, int]:
    """Fold the keys; of two spellings of one value the stricter count holds."""
    limits: dict[str, int] = {}
    for value, number in allowed.items():
        key = fold_value(value)
        limits[key] = min(number, limits.get(key, number))
    return limits


def _survivors(needles: Needles, view: View, limits: Mapping[str, int]) -> Iterable[str]:
    """Name the places of a view in which a value occurs although it occurs too often there."""
    texts = _bundled(view)
    hits: Hits = occurrences(needles, [text for text, _ in texts], view.kind.value)
    leaking = {
        index
        for value, indices in hits.items()
        if sum(len(texts[index][1]) for index in indices) > limits.get(value, 0)
        for index in indices
    }
    return dict.fromkeys(place for index in sorted(leaking) for place in texts[index][1])


def _bundled(view: View) -> list[tuple[str, list[str]]]:
    """List the texts with their places; where each stands alone, equal ones are looked at once."""
    if view.kind.value.joins or view.kind.value.wraps:
        return [(text, [place]) for place, text in view.texts]
    places: dict[str, list[str]] = {}
    for place, text in view.texts:
        places.setdefault(text, []).append(place)
    return list(places.items())


def _strange(views: Iterable[View], kept: Collection[str]) -> Iterable[str]:
    """Tell of numbers in pictures that no plan knows of."""
    return dict.fromkeys(
        _IN_PIECES.format(place, found.kind.value)
        for view in views
        for place, lines in view.drawn
        for found in left_standing(lines, kept)
    )


def _traced(values: Iterable[str], traces: Sequence[FontTrace]) -> bool:
    """Tell whether a font knows all Chinese signs of a value, some of which no page shows."""
    if not traces:
        return False
    signs = [frozenset(c for c in fold_value(value) if c > "\x7f") for value in values]
    return any(
        len(value) > 1 and value <= trace.known and value & trace.unused
        for trace in traces
        for value in signs
    )


def _told(survivors: Iterable[str]) -> list[str]:
    places = list(survivors)
    told = [f"{place}{_READABLE}" for place in places[:_MOST_PLACES]]
    if len(places) > _MOST_PLACES:
        told.append(f"另有 {len(places) - _MOST_PLACES} 处{_READABLE}")
    return told
