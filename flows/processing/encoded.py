"""What a draft says in code, as base64 or escapes, and what of it rules would hide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import pairwise
from string import punctuation

from flows.masks.remaining import asks, listed
from flows.processing.code_runs import code_blocks, code_text
from redact.verify.encodings import decoded_views
from redact.verify.views import Kind, View
from review.document import Block, BlockKind, Document, Location, Note
from review.plan import RedactionPlan
from review.policy import HIDING

_INVISIBLE = dict.fromkeys((0xAD, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x2060, 0x2070)))
_LOOKALIKES = str.maketrans(
    "АВСЕНКМОРТХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABCEHKMOPTXaeopcyxijsABEZHIKMNOPTYX"
)
_STRANGE = re.compile(r"(?<![!-~])[!-~]{40,}")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:cn|com|net|org)\b", re.ASCII)
_DIGEST = re.compile(r"(?:[A-Za-z0-9-]{1,8}[:=])?[0-9A-Fa-f]{40,128}")
_SIGNS = {"Pc", "Pd", "Ps", "Pe", "Po", "Sc", "Sk", "Sm"}
_MIXED = 0.2
"""Share of signs after which a code changes between small, capital, digit and other signs."""
_NUMBER = re.compile(r"[0-9](?:[ -]?[0-9]){10}", re.ASCII)


def encoded_content(
    published: Document, judge: Callable[[Document], RedactionPlan]
) -> tuple[Note, ...]:
    """Ask a person about texts in ``published`` that hold, decoded, what ``judge`` would hide.

    Detectors read what is written; whoever copies an encoded text into a decoder reads the rest.
    What looks like a code and is none that is known here is asked about, too.
    """
    texts = tuple(_texts(published))
    certain, doubtful = decoded_views([View(Kind.CELLS, (*texts, *_wrapped(published)))])
    # What is text by chance only (GBK, UTF-16) holds no long number by chance.
    numbered = [found for found in doubtful.texts if _NUMBER.search(found[1])]
    lines = ((place, " ".join(text.split())) for place, text in (*certain.texts, *numbered))
    readable = [(place, text) for place, text in lines if text and text.isprintable()]
    return _decoded(readable, judge) or _strange(texts)


def _readings(text: str) -> Iterator[str]:
    """Give a text, and as it reads with its disguise off: wide, look-alike and empty signs."""
    yield text
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).translate(_LOOKALIKES)
    if plain != text:
        yield plain


def _strange(texts: tuple[tuple[str, str], ...]) -> tuple[Note, ...]:
    found = ((place, run) for place, text in texts for run in _STRANGE.findall(text))
    places = [place for place, run in found if _is_code(run) and not _is_known(run)]
    if not places:
        return ()
    return (
        asks(
            "unknown_code",
            f"{listed(list(dict.fromkeys(places)))}有一长串看不出含义的字母、数字，可能是编码后的内容，"
            "请审核人问明是什么；不需要公开的，请退回起草人删去。",
        ),
    )


def _is_code(run: str) -> bool:
    """Tell codes from web addresses, digests and rows of words, dots or lines."""
    if _ADDRESS.search(run) or _DIGEST.fullmatch(run.strip(punctuation)):
        return False
    kinds = [unicodedata.category(sign) for sign in run]
    changes = sum(1 for one, other in pairwise(kinds) if one != other)
    return {"Nd"} < set(kinds) - _SIGNS and changes > _MIXED * len(run)


def _is_known(run: str) -> bool:
    """Tell whether a code was decoded, nearly all of it, to a text."""
    certain, _ = decoded_views([View(Kind.CELLS, (("", run),))])
    read = (text for _, text in certain.texts if " ".join(text.split()).isprintable())
    return max(map(len, read), default=0) > len(run) // 5


def _decoded(
    readable: list[tuple[str, str]], judge: Callable[[Document], RedactionPlan]
) -> tuple[Note, ...]:
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


def _texts(published: Document) -> Iterator[tuple[str, str]]:
    for number, block in enumerate(published.blocks, 1):
        if block.kind is not BlockKind.DROPPED:
            yield from ((f"第{number}段", reading) for reading in _readings(block.text))


def _wrapped(published: Document) -> Iterator[tuple[str, str]]:
    for first, last in code_blocks(published):
        if first < last:
            yield f"第{first + 1}段", code_text(published, first, last)
