"""What comparing the look of pages before and after a redaction can tell."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

MOST_COMPARED = 40
"""Pages of one file whose looks are compared; from the next one on people are told so."""


class Sight(Enum):
    """Say what is left to see in places that were to be hidden, or what else differs."""

    THROUGH = "through"
    VEILED = "veiled"
    HALF = "half"
    ALTERED = "altered"
    OTHER = "other"
    BEYOND = "beyond"
    UNSEEN = "unseen"


class Seen(NamedTuple):
    """Count places of one kind on a page, or in a picture of an office file, both from 1.

    Number 0 stands for pictures that are gone, or with ``UNSEEN`` for changed ones that cannot be
    compared; with ``BEYOND`` it is the first of those that were not compared.
    """

    page: int
    sight: Sight
    number: int
