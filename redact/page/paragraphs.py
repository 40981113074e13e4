"""From runs to paragraphs: lines that only wrapped are one text, everything else stays apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from redact.page.lines import Run

_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳●■◆▪•]|第[一二三四五六七八九十百\d]{1,4}[条章节]"
)
WORD = re.compile(r"[!-~]+|.[，。、；：！？）》”]?", re.DOTALL)

_TAIL = re.compile(r"\d+$")
_HEAD = re.compile(r"\d+[Xx]?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(r"\d{6}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dXx]")
_SUM = re.compile(r"[-+¥￥]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,4})[%％元]?|\d+[%％]")
_DATE = re.compile(r"(?:19|20)\d{2}([-./])\d{1,2}\1\d{1,2}|[012]?\d[:：][0-5]\d")
_LANDLINE = re.compile(r"0\d{2,3}-[2-8]\d{6,7}")
_ROOM = re.compile(r"\d{1,2}-\d{1,4}")
_COMPLETE = (_MOBILE, _IDENTITY, _SUM, _DATE, _LANDLINE, _ROOM)
_FIGURE = re.compile(r"[-+]?[\d.,:/%¥]+")
"""What a figure is written with: dashes join the groups of a telephone number or an account."""

_LONGEST_NUMBER = 19

_WORD_ENDS = frozenset(",;:!?)")
_LINE_PITCH = 2.6
_SIZE_RATIO = 1.3
_CELL_RATIO = 1.6
"""How much larger one line may be read than the next; short lines of cells are read unsurely."""

_INDENT = 1.2
_HANGING = 5.0
_PROSE_WIDTH = 12.0
_SLACK = 1.0
_LABEL = re.compile(r"[^\W\d_]{2,6}[:：]?")
_VALUE, _HANGS = 6.0, 0.5
"""Ems that a value is long at least whose rest stands under it, set in from its label, and ems by
which it may stand aside."""
_ALIKE, _ENTRIES, _RAGGED = 2, 3, 0.5
"""Letters with which lines begin that are rows of a list, such lines at least, and ems by which one
of two is shorter."""


def paragraphs_of(
    runs: Iterable[Run], borders: tuple[float, float] | None = None
) -> list[list[Run]]:
    """Group the runs of one column, page or cell, in order from the top.

    ``borders`` are left and right of a cell; without them lines wrap where the longest run ends
    among those that stand above or below. A run joins the one above it when its first word
    would not have fitted there: in doubt they are joined, because a number cut in two is
    missed while a number with a stranger's name before it is found.
    """
    ordered = list(runs)
    paragraphs: list[list[Run]] = []
    open_ones: list[list[Run]] = []
    for run in ordered:
        open_ones = [p for p in open_ones if run.across - p[-1].across < _LINE_PITCH * run.size]
        above = next((p for p in reversed(open_ones) if _is_below(p[-1], run)), None)
        if above is not None and (
            wraps(above[-1], run, ordered, borders) or _cuts_number(above, run, ordered)
        ):
            above.append(run)
            continue
        paragraph = [run]
        paragraphs.append(paragraph)
        if above is not None:
            open_ones.remove(above)
        open_ones.append(paragraph)
    return paragraphs


def joint(last: str, text: str) -> str:
    """Give what stands between two lines of one paragraph: a space between Latin words only."""
    word_ends = last[-1:].isascii() and (last[-1:].isalpha() or last[-1:] in _WORD_ENDS)
    return " " if word_ends and text[:1].isascii() and text[:1].isalpha() else ""


def _is_below(upper: Run, run: Run) -> bool:
    return (
        run.across - upper.across > 0.5 * min(upper.size, run.size)
        and run.start < upper.end
        and upper.start < run.end
    )


def wraps(
    upper: Run,
    run: Run,
    runs: Sequence[Run],
    borders: tuple[float, float] | None = None,
) -> bool:
    """Tell whether ``run`` is the next line of what ``upper`` is a line of.

    ``runs`` are all of the page on which ``upper`` stands, used where there are no ``borders``.
    """
    most = _SIZE_RATIO if borders is None else _CELL_RATIO
    if not 1 / most < run.size / upper.size < most or _ITEM.match(run.text):
        return False
    if counts_on(upper.text, run.text):
        return False
    if borders is None and _hangs(upper, run):
        return True
    if borders is None and (not _may_wrap(upper, run) or _are_entries(upper, run, runs)):
        return False
    word = WORD.match(run.text)
    width = (word.end() if word else 1) / len(run.text) * (run.end - run.start)
    if borders is None:
        return _border(upper, runs) - upper.end < width + _SLACK * run.size
    # A cell may be centred, so what is free on both sides counts, and each side has its margin.
    free = borders[1] - borders[0] - (upper.end - upper.start)
    return free < width + 2 * _SLACK * run.size


def _are_entries(upper: Run, run: Run, runs: Sequence[Run]) -> bool:
    """Tell whether lines begin with one word, several of them, and end at places of their own.

    So do the addresses of a list; lines of prose begin alike by chance and end at the border.
    """
    word = run.text[:_ALIKE]
    if len(word) < _ALIKE or not word.isalpha() or not upper.text.startswith(word):
        return False
    alike = sum(each.text.startswith(word) for each in runs)
    shorter = min(upper.end, run.end) < _border(upper, runs) - _RAGGED * run.size
    return alike >= _ENTRIES and shorter


def _hangs(upper: Run, run: Run) -> bool:
    """Tell whether a line stands under the value of a label, as the rest of it does on cards.

    Where such a line ends nothing else tells: what stands below may reach further.
    """
    place = upper.glyphs.index(None) if None in upper.glyphs else 0
    value, slack = upper.glyphs[place + 1 :], _HANGS * run.size
    if not place or value[0] is None or not _LABEL.fullmatch(upper.text, 0, place):
        return False
    begins = value[0].start
    level = abs(run.start - begins) < slack and upper.end - begins > _VALUE * upper.size
    alike = run.text[:_ALIKE] == upper.text[place + 1 :][:_ALIKE]
    return level and run.end < upper.end + slack and not alike


def _cuts_number(paragraph: Sequence[Run], run: Run, runs: Sequence[Run]) -> bool:
    """Tell whether a line of a narrow column ends within a number that ``run`` goes on with.

    Such lines are too short to pass for running text. A column of bare figures is none: there
    each line is a number of its own, and so is a telephone number that is complete.
    """
    upper = paragraph[-1]
    tail, head = _TAIL.search(upper.text), _HEAD.match(run.text)
    if tail is None or head is None or abs(run.start - upper.start) > _INDENT * run.size:
        return False
    number = tail[0] + head[0]
    whole = _MOBILE.fullmatch(tail[0]) and not _IDENTITY.fullmatch(number)
    bare = len(paragraph) == 1 and all(_FIGURE.fullmatch(each.text) for each in (upper, run))
    if bare or whole or len(number) > _LONGEST_NUMBER or counts_on(upper.text, run.text):
        return False
    return _border(upper, runs) - upper.end < run.size


def counts_on(upper: str, text: str) -> bool:
    """Tell whether of two texts, one under the other, each is of numbers complete in themselves."""
    if upper.isdecimal() and text.isdecimal() and int(text) == int(upper) + 1:
        return True
    figures = (*upper.split(), *text.split())
    return all(any(form.fullmatch(figure) for form in _COMPLETE) for figure in figures)


def _may_wrap(upper: Run, run: Run) -> bool:
    """Tell running text from short entries in columns and from an indented new paragraph."""
    long = upper.end - upper.start > _PROSE_WIDTH * upper.size
    indent = (run.start - upper.start) / run.size
    return long and (run.alone or not upper.alone) and -_HANGING <= indent <= _INDENT


def _border(upper: Run, runs: Sequence[Run]) -> float:
    across, reach = upper.across, 40 * upper.size
    start, end = upper.start, upper.end
    return max(
        r.end for r in runs if abs(r.across - across) < reach and r.start < end and start < r.end
    )
