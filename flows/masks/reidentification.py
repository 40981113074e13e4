"""What is left after redaction, looked at together: can what was hidden be worked out again?

Looked for are (GB/T 37964, 个人信息去标识化指南: 重标识风险): masked numbers completed by what
stands beside them or by another mask, people hidden in one place and named, or spelt in Latin
letters, in another, masks of one name that differ, rows that another table of the case completes,
tables without names whose other columns single people out, and words that tell who is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.masks.joined_rows import joined_rows
from flows.masks.name_masks import name_masks_add_up
from flows.masks.named_by_number import named_by_number
from flows.masks.named_elsewhere import named_elsewhere, spelt_out
from flows.masks.number_risks import number_risks
from flows.masks.remaining import Remaining
from flows.masks.small_groups import small_groups
from flows.masks.telling_words import telling_words
from review.document import Document, Note
from review.plan import RedactionPlan

Files = Sequence[tuple[Document, RedactionPlan]]


def residual_risks(
    files: Files, least_group: int, names: Files = ()
) -> tuple[tuple[Note, ...], ...]:
    """Give for each file of a case what a person should look at; quotes no value.

    ``least_group`` is how many rows must look alike where names are hidden (k-anonymity);
    ``names`` are the file names with what becomes of them.
    """
    left = [Remaining(document, plan) for document, plan in files]
    titles = [Remaining(document, plan) for document, plan in names]
    told = zip(
        number_risks(left),
        named_by_number(left),
        named_elsewhere(left),
        spelt_out(left, titles),
        name_masks_add_up(left),
        joined_rows(left),
        (tuple(small_groups(file, least_group)) for file in left),
        (tuple(telling_words(file)) for file in left),
        strict=True,
    )
    return tuple(tuple(note for notes in of_file for note in notes) for of_file in told)
