"""What a draft says in code, as base64 or escapes, and what of it rules would hide."""

from __future__ import annotations

from collections.abc import Callable

from flows.remaining import asks, listed
from redact.verify.encodings import decoded_views
from redact.verify.views import Kind, View
from review.document import Block, BlockKind, Document, Location, Note
from review.plan import RedactionPlan
from review.policy import HIDING


def encoded_content(
    published: Document, judge: Callable[[Document], RedactionPlan]
) -> tuple[Note, ...]:
    """Ask a person about texts in ``published`` that hold, decoded, what ``judge`` would hide.

    Detectors read what is written; whoever copies an encoded text into a decoder reads the rest.
    """
    texts = tuple(
        (f"第{number}段", block.text)
        for number, block in enumerate(published.blocks, 1)
        if block.kind is not BlockKind.DROPPED
    )
    certain, _ = decoded_views([View(Kind.CELLS, texts)])
    readable = [(place, text) for place, text in certain.texts if text.isprintable()]
    if not readable:
        return ()
    decoded = Document(
        "txt", tuple(Block(text, Location("text", n)) for n, (_, text) in enumerate(readable))
    )
    hidden = [r.finding for r in judge(decoded).rulings if r.rule.effect in HIDING]
    if not hidden:
        return ()
    places = [readable[decoded.block_at(found.span.start)][0] for found in hidden]
    return (
        asks(
            "encoded_content",
            f"{listed(list(dict.fromkeys(places)))}解开后是应当隐去的内容。"
            "请把这段编码填入“另外要隐去的文字”，或退回请起草人删去。",
        ),
    )
