"""Prove an output: read anew it says what was planned, and no detector finds what was hidden."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, takewhile

from flows.masks.remaining import listed
from flows.places import place_name
from policies.names import ENTITY_NAMES
from redact.verify.verifier import is_about_values
from review.document import BLOCK_SEPARATOR, Block, BlockKind, Document, Span
from review.errors import UnsafeOutputError
from review.plan import RedactionPlan, Ruling, kept_by_person, redacted_document, replaced_spans
from review.planning import BLACKENED
from review.policy import HIDING

_ANEW = "请起草人把原件另存为 .docx 或 PDF 后重新提交；仍然这样的，请报告管理员。"
_MOST_TOLD = 3


class UnprovenError(UnsafeOutputError):
    """An output that reads otherwise than planned, or in which something is left to hide.

    ``blocks`` are the places in the draft; ``file`` counts the files of the case from 0.
    """

    def __init__(self, message: str, blocks: tuple[int, ...], file: int = 0) -> None:
        super().__init__(message)
        self.blocks = blocks
        self.file = file


def prove_text(
    document: Document,
    plan: RedactionPlan,
    output: Document,
    judge: Callable[[Document], RedactionPlan],
) -> None:
    """Show that ``output`` reads as planned and that ``judge`` finds nothing left to hide in it.

    What a machine read in pictures is not compared sign by sign: painting over one sign can change
    how its neighbours are recognised. It is searched for what had to be hidden like all the rest.

    Raises ``UnprovenError`` naming what kind of thing is left and where, never the thing.
    """
    expected = redacted_document(document, plan)
    ours, theirs = _folded(_written(expected)), _folded(_written(output))
    if ours != theirs:
        raise _otherwise(document, expected, ours, theirs)
    if left := tuple(left_over(document, plan, output, judge(output))):
        raise _still_found(document, expected, output, left)


def _otherwise(document: Document, expected: Document, ours: str, theirs: str) -> UnprovenError:
    """Name the place from which an output reads otherwise than planned."""
    equal = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False))
    )
    offset = _Folding(_written(expected)).offset(equal)
    blocks = (expected.block_at(offset),) if expected.blocks else ()
    where = "".join(f"从{place_name(document, index)}起" for index in blocks)
    return UnprovenError(
        f"生成的文件{where}与应有内容不一致。{_ANEW}",
        blocks,
    )


def _still_found(
    document: Document, expected: Document, output: Document, left: Sequence[Ruling]
) -> UnprovenError:
    """Name kinds and places of what is left to hide in an output."""
    ours, theirs = _Folding(_written(expected)), _Folding(_written(output))
    told: dict[str, dict[str, None]] = {}
    blocks: dict[int, None] = {}
    in_picture = False
    for ruling in left:
        there = output.blocks[output.block_at(ruling.finding.span.start)]
        if there.kind is BlockKind.PICTURE:
            index, in_picture = _picture_block(document, there), True
        else:
            offset = ours.offset(theirs.before(ruling.finding.span.start))
            index = expected.block_at(offset)
        place = "图片中" if index is None else place_name(document, index)
        told.setdefault(ENTITY_NAMES[ruling.finding.entity], {})[place] = None
        if index is not None:
            blocks[index] = None
    kinds = "，".join(f"{kind}（{listed(list(places))}）" for kind, places in told.items())
    picture = "在图片中的，请换掉或去掉图片；" if in_picture else ""
    return UnprovenError(
        f"处理后的文件中仍检出应隐去的内容：{kinds}。"
        f"请起草人在原件中改写或删去这几处（{picture}确属误报的，换一种写法）后重新提交。",
        tuple(blocks),
    )


def _picture_block(document: Document, there: Block) -> int | None:
    """Find where the draft has what was read in a picture of the output."""
    alike = [
        (
            block.location.part == there.location.part
            and block.location.page == there.location.page,
            block.text == there.text,
            -index,
        )
        for index, block in enumerate(document.blocks)
        if block.kind is BlockKind.PICTURE
    ]
    same_picture, same_text, index = max(alike, default=(False, False, 0))
    return -index if same_picture or same_text else None


def blocks_of(error: UnsafeOutputError) -> tuple[int, ...]:
    """Give the places in the draft that an error is about, as far as it knows them."""
    return error.blocks if isinstance(error, UnprovenError) else ()


def without_pictures_too(first: UnsafeOutputError, then: UnsafeOutputError) -> UnprovenError:
    """Tell of a file that fails with its pictures and without them."""
    blocks = dict.fromkeys((*blocks_of(first), *blocks_of(then)))
    return UnprovenError(f"{first.message}去掉图片也不行：{then.message}", tuple(blocks))


def complained(complaints: Sequence[str]) -> str:
    """Join what a verifier says of an output into one sentence with what to do about it."""
    told = "；".join(each.rstrip("。") for each in complaints[:_MOST_TOLD])
    more = f"；另有 {len(complaints) - _MOST_TOLD} 处" if len(complaints) > _MOST_TOLD else ""
    readable = any(map(is_about_values, complaints))
    advice = "请起草人在原件中删去或改写这些内容后重新提交。" if readable else _ANEW
    return f"{told}{more}。{advice}"


def left_over(
    document: Document, plan: RedactionPlan, output: Document, found: RedactionPlan
) -> Iterator[Ruling]:
    """Yield what ``found`` would hide in ``output`` beside the replacements and what people keep.

    Output and expected text are equal but for white space, so places are compared by the number
    of other characters before them.
    """
    expected = redacted_document(document, plan)
    ours = theirs = _Folding(written := _written(expected))
    if (other := _written(output)) != written:
        theirs = _Folding(other)
    kept_spans = kept_by_person(document, plan)
    masks = _stretches(ours, (*replaced_spans(document, plan), *kept_spans))
    kept = {expected.value(span) for span in kept_spans}
    for ruling in found.rulings:
        span = ruling.finding.span
        if ruling.rule.effect not in HIDING:
            continue
        if output.blocks[output.block_at(span.start)].kind is BlockKind.PICTURE:
            value = output.value(span)
            if value.strip(BLACKENED) and value not in kept:
                yield ruling
            continue
        start, end = theirs.before(span.start), theirs.before(span.end)
        mask = bisect_right(masks, start, key=lambda stretch: stretch[0]) - 1
        if mask < 0 or end > masks[mask][1]:
            yield ruling


def _stretches(folding: _Folding, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Give the settled places in order, those that touch as one: no draft text is between them."""
    united: list[tuple[int, int]] = []
    for span in sorted(spans):
        start, end = folding.before(span.start), folding.before(span.end)
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(end, united[-1][1])
        else:
            united.append((start, end))
    return united


def _written(document: Document) -> str:
    """Give the text at its offsets, what was read in pictures blank."""
    return BLOCK_SEPARATOR.join(
        " " * len(block.text) if block.kind is BlockKind.PICTURE else block.text
        for block in document.blocks
    )


class _Folding:
    """Count the characters before an offset that are not white space."""

    def __init__(self, text: str) -> None:
        self._counts = list(accumulate((not c.isspace() for c in text), initial=0))

    def before(self, offset: int) -> int:
        return self._counts[offset]

    def offset(self, before: int) -> int:
        """Give the offset of the character that has so many others before it."""
        return bisect_right(self._counts, before) - 1


def _folded(text: str) -> str:
    return "".join(text.split())
