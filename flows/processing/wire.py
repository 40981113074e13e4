"""How documents and plans cross the border of the sandbox: plain JSON, never pickle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from sys import intern
from typing import Any

from redact.preview.highlights import HighlightOrder, Label
from redact.preview.pictures import (
    Allowance,
    Mark,
    PagePair,
    PagePairs,
    PagePicture,
    PictureOrder,
    Place,
)
from review.document import Block, BlockKind, Cell, Document, Location, Note, Severity
from review.plan import Edit, RedactionPlan
from review.policy import Action


def pack_document(document: Document) -> dict[str, Any]:
    """Turn a document into JSON types."""
    return {
        "format": document.format,
        "blocks": [_pack_block(block) for block in document.blocks],
        "notes": [asdict(note) for note in document.notes],
    }


def unpack_document(packed: dict[str, Any]) -> Document:
    """Build a document from JSON; anything malformed raises ``TypeError`` or ``ValueError``."""
    blocks = tuple(_unpack_block(block) for block in packed["blocks"])
    return Document(packed["format"], blocks, unpack_notes(packed["notes"]))


def unpack_notes(packed: list[dict[str, str]]) -> tuple[Note, ...]:
    """Build notes from JSON."""
    return tuple(Note(n["code"], n["message"], Severity(n["severity"])) for n in packed)


def _pack_block(block: Block) -> list[Any]:
    place, cell = block.location, block.cell
    grid = None if cell is None else [cell.table, cell.row, cell.column]
    return [block.text, block.kind.value, place.part, place.block, place.page, place.cell, grid]


def _unpack_block(packed: list[Any]) -> Block:
    text, kind, part, number, page, name, grid = packed
    cell = None if grid is None else Cell(*grid)
    return Block(text, Location(intern(part), number, page, name), BlockKind(kind), cell)


def pack_plan(plan: RedactionPlan) -> dict[str, Any]:
    """Turn the part of a plan that a writer needs into JSON types: no rulings, only edits."""
    return {
        "document": plan.document_digest,
        "policy": plan.policy_digest,
        "category": plan.category,
        "edits": [[e.block, e.start, e.end, e.replacement, e.finding] for e in plan.edits],
    }


def unpack_plan(packed: dict[str, Any]) -> RedactionPlan:
    """Build a writer's plan from JSON."""
    edits = tuple(Edit(*edit) for edit in packed["edits"])
    return RedactionPlan(packed["document"], packed["policy"], packed["category"], (), edits)


def pack_order(order: PictureOrder) -> dict[str, Any]:
    """Turn what is to be pictured into JSON types."""
    marks, became = ([list(m) for m in side] for side in (order.marks, order.became))
    return order._asdict() | {"marks": marks, "became": became, "allowed": dict(order.allowed)}


def unpack_order(packed: dict[str, Any]) -> PictureOrder:
    """Build an order from JSON."""
    order = PictureOrder(**packed)
    marks, became = (tuple(Mark(*m) for m in side) for side in (order.marks, order.became))
    texts, becomes = tuple(order.texts), tuple(order.becomes)
    return order._replace(
        texts=texts, marks=marks, allowance=Allowance(*order.allowance), becomes=becomes,
        became=became, running=tuple(order.running),
    )  # fmt: skip


def pack_highlights(order: HighlightOrder) -> dict[str, Any]:
    """Turn what is to be highlighted into JSON types."""
    marks, labels = ([list(each) for each in group] for group in (order.marks, order.labels))
    return order._asdict() | {"marks": marks, "labels": labels}


def unpack_highlights(packed: dict[str, Any]) -> HighlightOrder:
    """Build what is to be highlighted from JSON."""
    marks = tuple(Mark(*mark) for mark in packed["marks"])
    labels = tuple(Label(number, Action(name), told) for number, name, told in packed["labels"])
    texts, pictured = tuple(packed["texts"]), bool(packed["pictured"])
    return HighlightOrder(packed["format"], texts, marks, labels, pictured)


def pack_pairs(pairs: PagePairs) -> tuple[dict[str, Any], bytes]:
    """Turn pictured pages into JSON types and the bytes of all pictures one after another."""
    every = (*pairs.shown, *pairs.sheets)
    pictures = [p for pair in every for p in (pair.before, pair.after) if p]
    pages = [
        [pair.number, *_pack_sizes(pair), [[list(p) for p in side] for side in _sides(pair)]]
        for pair in every
    ]
    told = {key: getattr(pairs, key) for key in _COMPARED} | {"sheets": len(pairs.sheets)}
    return {"pages": pages} | told, b"".join(p.data for p in pictures)


def _sides(pair: PagePair) -> tuple[tuple[Place, ...], ...]:
    return pair.places, pair.placed, pair.pictures


_COMPARED = ("total", "after", "cut", "uneven", "complaints", "sketched")


def _pack_sizes(pair: PagePair) -> Iterator[list[Any] | None]:
    for picture in (pair.before, pair.after):
        yield [picture.kind, len(picture.data)] if picture else None


def unpack_pairs(packed: dict[str, Any], data: bytes) -> PagePairs:
    """Build pictured pages; anything malformed raises ``TypeError`` or ``ValueError``."""
    shown, rest = [], memoryview(data)
    for number, before, after, sides in packed["pages"]:
        first, rest = _unpack_picture(before, rest)
        second, rest = _unpack_picture(after, rest) if after else (None, rest)
        spots, placed, whole = (tuple(_unpack_place(p) for p in side) for side in sides)
        shown.append(PagePair(int(number), first, second, spots, placed, whole))
    if rest:
        raise ValueError("more bytes than pictures")
    total, after, cut, uneven, complaints, sketched = (packed[key] for key in _COMPARED)
    told = tuple(map(int, uneven)), tuple(map(str, complaints))
    border = len(shown) - int(packed["sheets"])
    pages, sheets = tuple(shown[:border]), tuple(shown[border:])
    return PagePairs(pages, int(total), int(after), bool(cut), *told, bool(sketched), sheets)


def _unpack_picture(packed: list[Any], data: memoryview) -> tuple[PagePicture, memoryview]:
    kind, size = packed
    if kind not in ("png", "jpeg") or not 0 < size <= len(data):
        raise ValueError("not a picture")
    return PagePicture(kind, bytes(data[:size])), data[size:]


def _unpack_place(packed: list[Any]) -> Place:
    number, *shares = packed
    left, top, width, height = (float(share) for share in shares)
    if not all(0 <= share <= 1 for share in (left, top, width, height)):
        raise ValueError("not a place on the page")
    return Place(int(number), left, top, width, height)
