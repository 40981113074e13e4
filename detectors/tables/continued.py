"""Tables that go on from the one before: cut in two, or headed by a table of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from detectors.tables.columns import NUMBERS, meaning
from detectors.tables.grid import Filled
from detectors.text.vocabulary import name_statistics
from review.document import Block

_LONGEST_BETWEEN = 40
"""Characters that may stand between (续表, 附件1续)."""
_NUMBERED = re.compile(r"序\s*号")
_PERSONS = re.compile(r"姓\s*名|户主|[^\W\d]人")
_NAME = re.compile("[\u4e00-\u9fff]{2,4}")
_DIGIT = re.compile("[0-9]")
_FEWEST_COLUMNS = 2
_LONGEST_GIVEN = 2


def goes_on(
    rows: Sequence[Sequence[Filled]], columns: Mapping[int, str], between: Sequence[Block]
) -> bool:
    """Say whether rows without header fit the columns of the table that stands before them.

    What is numbered, called and telephoned must look like it below each such header, and there
    must be one; ``between`` are the blocks that part the tables.
    """
    said = sum(len(block.text) for block in between if block.cell is None)
    if len(columns) < _FEWEST_COLUMNS or said > _LONGEST_BETWEEN:
        return False
    widest = max((row[-1][0] for row in rows if row), default=-1)
    if widest != max(columns):
        return False
    told = list(_likenesses(rows, columns))
    return bool(told) and all(told)


def _likenesses(rows: Sequence[Sequence[Filled]], columns: Mapping[int, str]) -> Iterator[bool]:
    """Yield for each column whose content can be told by its look whether most of it does."""
    for column, header in columns.items():
        texts = [text for row in rows for place, _, text in row if place == column]
        if _NUMBERED.fullmatch(header):
            like = [text.isdigit() for text in texts]
        elif meaning(header) in NUMBERS:
            like = [_DIGIT.search(text) is not None for text in texts]
        elif _PERSONS.search(header):
            like = [_is_name(text) for text in texts]
        else:
            continue
        yield bool(like) and 2 * sum(like) >= len(like)


def _is_name(text: str) -> bool:
    if not _NAME.fullmatch(text):
        return False
    surname, given = name_statistics().split(text)
    return surname != "" and len(given) <= _LONGEST_GIVEN
