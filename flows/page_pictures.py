"""Pictures of the pages of a case's pdf files, within what a review copy may hold of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flows.pipeline import Output, Pipeline, Scan, ScannedFile
from redact.pictures import Allowance, Mark, PagePairs
from review.document import BlockKind
from review.errors import ReviewError

PICTURED = "pdf"
MOST = Allowance(pages=30, bytes=8_000_000)
"""What one review copy holds of pictures, all files together."""

Pictures = Mapping[int, PagePairs | None]
"""Pictured pages by the number of the file; None where they could not be made."""


def page_pictures(
    pipeline: Pipeline, scan: Scan, outputs: Sequence[Output], most: Allowance = MOST
) -> Pictures:
    """Picture the pages of each pdf; what goes wrong leaves a file without and raises nothing.

    Files with few pages come first, so that what they leave of their share goes to longer ones.
    """
    numbers = [n for n, file in enumerate(scan.files) if file.document.format == PICTURED]
    numbers.sort(key=lambda n: _pages(scan.files[n]))
    pictures: dict[int, PagePairs | None] = {}
    for position, number in enumerate(numbers):
        shares = len(numbers) - position
        share = Allowance(most.pages // shares, most.bytes // shares)
        made = _made(pipeline, scan, number, outputs[number].data if outputs else b"", share)
        pictures[number] = made
        if made is not None:
            most = Allowance(most.pages - len(made.shown), most.bytes - _size(made))
    return pictures


def _made(
    pipeline: Pipeline, scan: Scan, number: int, output: bytes, share: Allowance
) -> PagePairs | None:
    before = sum(len(file.rulings) for file in scan.files[:number])
    file = scan.files[number]
    try:
        made = pipeline.picture(file, output, tuple(_marks(file, before)), share)
    except (ReviewError, OSError):
        return None
    within = len(made.shown) <= share.pages and _size(made) <= share.bytes
    return made if within else None


def _marks(file: ScannedFile, before: int) -> Iterator[Mark]:
    """Point at the findings on the pages, under the numbers that they bear in the review copy."""
    document = file.document
    for number, ruling in enumerate(file.plan.rulings, before + 1):
        for index, local in document.split(ruling.finding.span):
            block = document.blocks[index]
            if block.kind is not BlockKind.DROPPED:
                text = block.text[local.start : local.end]
                yield Mark(number, index, local.start, local.end, text)


def _pages(file: ScannedFile) -> int:
    return max((block.location.page or 0 for block in file.document.blocks), default=0)


def _size(made: PagePairs) -> int:
    pictures = (p for pair in made.shown for p in (pair.before, pair.after) if p)
    return sum(len(picture.data) * 4 // 3 for picture in pictures)
