"""The review copy: one page that shows original and published text side by side, for the people
of the case only. It holds values in clear and never leaves the case folder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from html import escape
from itertools import groupby

from flows.copies.marked_text import stretches
from flows.copies.page_pictures import Pictures
from flows.copies.review_copy_list import findings_list, overview
from flows.copies.review_copy_pages import pages_section
from flows.copies.review_copy_style import LEGEND, STYLE
from flows.processing.proof import UnprovenError
from flows.processing.scanned import Scan, ScannedFile
from redact.preview.pictures import PagePairs
from review.case import PUBLISHABLE
from review.document import Block, BlockKind, Cell, Document, Span
from review.errors import UnsafeOutputError
from review.plan import Edit, RedactionPlan, Ruling
from review.policy import STRENGTH

MOST_BLOCKS = 3000
"""Longer files show only what lies around a finding."""
_AROUND = 2
_NO_PICTURES: Pictures = {}
_NO_COPIES: Mapping[int, str] = {}
_SEALED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
"""A copy that was taken out runs no script and fetches nothing either."""
_FAILED = '<span class="failed">此处未通过核验</span>'
_ASIDE: Mapping[BlockKind, str] = {
    BlockKind.PAGE_HEADER: "页眉",
    BlockKind.PAGE_FOOTER: "页脚",
    BlockKind.NOTE: "注释",
    BlockKind.ATTRIBUTE: "属性",
    BlockKind.DROPPED: "不带入公开件",
    BlockKind.FILE_NAME: "文件名",
    BlockKind.PICTURE: "图片中的文字",
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """Hold one finding within one block: offsets in the block, its number on the page.

    ``leads`` tells the first of several blocks over which a finding runs.
    """

    span: Span
    number: int
    ruling: Ruling
    leads: bool = True

    @property
    def action(self) -> str:
        return self.ruling.rule.action.value


def review_copy(
    scan: Scan,
    title: str,
    pictures: Pictures = _NO_PICTURES,
    copies: Mapping[int, str] = _NO_COPIES,
    failure: UnsafeOutputError | None = None,
) -> str:
    """Write the page of a scanned case; findings are numbered as in the form and in the record.

    ``pictures`` are those of the files that have any, by the number of the file; ``copies`` the
    names of highlighted drafts that lie beside the page. ``failure`` says why there is no output
    and, where it knows, at which places.
    """
    told = f'<p class="warn">没有公开件：{escape(failure.message)}</p>' if failure else ""
    parts = [
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_SEALED}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title>"
        f"<style>{STYLE}</style></head><body><h1>审核对照页：{escape(title)}</h1>",
        '<p class="warn">本页含未处理的原文，只供本件审核人查看，不得转发或公开。</p>',
        told,
        LEGEND,
        *overview([ruling for file in scan.files for ruling in file.rulings]),
    ]
    number = 0
    for index, file in enumerate(scan.files):
        publishable = scan.verdict in PUBLISHABLE and not failure
        failed = _failed(failure, index)
        parts += _file(file, number, copies.get(index, ""), failed, publishable=publishable)
        if index in pictures:
            parts += pages_section(pictures[index], file.plan.rulings, number)
        parts += findings_list(file, number, _framed(pictures.get(index, "")))
        number += len(file.rulings)
    parts.append("</body></html>\n")
    return "\n".join(parts)


def _framed(pairs: PagePairs | str) -> AbstractSet[int]:
    """Name the findings that a page or picture shows in a frame."""
    every = () if isinstance(pairs, str) else (*pairs.shown, *pairs.sheets)
    return {place.number for pair in every for place in pair.places}


def _failed(failure: UnsafeOutputError | None, file: int) -> AbstractSet[int]:
    """Name the blocks of a file at which the proof of its output failed."""
    if isinstance(failure, UnprovenError) and failure.file == file:
        return frozenset(failure.blocks)
    return frozenset()


def _file(
    file: ScannedFile, before: int, copy: str, failed: AbstractSet[int], *, publishable: bool
) -> Iterator[str]:
    after = "公开后" if publishable else "处理后（本件现在不能公开）"
    yield f"<h2>{escape(file.incoming.name)}</h2>"
    yield from (f'<p class="note">{escape(n.message)}</p>' for n in file.document.notes)
    if copy:
        told = "原件的标注稿（检出处有底色和批注，位置不能确定的除外；含原文，不得公开）"
        yield f'<p class="note"><a href="{escape(copy)}">{told}</a></p>'
    yield f'<div class="pair head"><div>原件</div><div>{after}</div></div>'
    inner = before + len(file.plan.rulings)
    yield from _document(file.document, file.plan, before, failed)
    if file.name_plan.rulings:
        yield from _document(file.name_document, file.name_plan, inner)


def _document(
    document: Document, plan: RedactionPlan, before: int, failed: AbstractSet[int] = frozenset()
) -> Iterator[str]:
    marks = _marks(document, plan, before)
    edits = plan.edits_by_block()
    chosen = _shown(document, marks.keys() | failed)
    if len(document.blocks) > MOST_BLOCKS:
        yield f'<p class="note">文件较长，只列出检出内容及其前后，共 {len(chosen)} 段。</p>'
    for table, group in groupby(chosen, key=lambda i: _table_of(document.blocks[i])):
        indices = list(group)
        if table is None:
            for index in indices:
                block = document.blocks[index]
                told = _FAILED if index in failed else ""
                yield _pair(
                    _label(block) + _original(block, marks.get(index, ())),
                    _label(block) + told + _published(block, edits.get(index, ())),
                )
        else:
            yield _table(document, indices, marks, edits, failed)


def _pair(left: str, right: str) -> str:
    return f'<div class="pair"><div>{left}</div><div>{right}</div></div>'


def _table_of(block: Block) -> int | None:
    return None if block.cell is None else block.cell.table


def _table(
    document: Document,
    indices: Sequence[int],
    marks: Mapping[int, Sequence[_Mark]],
    edits: Mapping[int, Sequence[Edit]],
    failed: AbstractSet[int],
) -> str:
    """Show a table once, each changed cell with what it becomes below it."""
    columns = sorted({_place(document.blocks[i]).column for i in indices})
    lines: list[str] = []
    for _, row in groupby(indices, key=lambda i: _place(document.blocks[i]).row):
        cells: dict[int, str] = defaultdict(str)
        for index in row:
            block = document.blocks[index]
            told = _FAILED if index in failed else ""
            cells[_place(block).column] += (
                told
                + _original(block, marks.get(index, ()))
                + (
                    f'<div class="becomes">{_published(block, edits[index])}</div>'
                    if index in edits
                    else ""
                )
            )
        if len(cells) == 1:
            lines.append(f'<tr><td colspan="{len(columns)}">{"".join(cells.values())}</td></tr>')
        else:
            told = "".join(f"<td>{cells.get(n, '')}</td>" for n in columns)
            lines.append(f"<tr>{told}</tr>")
    return f'<div class="wide"><table class="whole">{"".join(lines)}</table></div>'


def _place(block: Block) -> Cell:
    assert block.cell is not None
    return block.cell


def _label(block: Block) -> str:
    aside = _ASIDE.get(block.kind)
    page = f"第{block.location.page}页 " if block.location.page else ""
    told = f"{page}{aside or ''}".strip()
    return f'<span class="place">{escape(told)}</span>' if told else ""


def _marks(document: Document, plan: RedactionPlan, before: int) -> Mapping[int, Sequence[_Mark]]:
    found: dict[int, list[_Mark]] = defaultdict(list)
    for number, ruling in enumerate(plan.rulings, before + 1):
        for part, (index, local) in enumerate(document.split(ruling.finding.span)):
            found[index].append(_Mark(local, number, ruling, leads=not part))
    return found


def _shown(document: Document, marks: AbstractSet[int]) -> Sequence[int]:
    every = range(len(document.blocks))
    if len(every) <= MOST_BLOCKS:
        return [i for i in every if document.blocks[i].text.strip()]
    near = {i + n for i in marks for n in range(-_AROUND, _AROUND + 1)}
    return [i for i in every if i in near]


def _original(block: Block, marks: Sequence[_Mark]) -> str:
    """Cut a block at every border of a finding; the strongest action gives the colour."""
    pieces: list[str] = []
    for start, end, over in stretches(len(block.text), marks):
        text = escape(block.text[start:end])
        if not over:
            pieces.append(text)
            continue
        strongest = max(over, key=lambda m: STRENGTH[m.ruling.rule.effect])
        begun = "".join(
            f'<a class="no"{_id(m)} href="#f{m.number}">{m.number}</a>'
            for m in over
            if m.span.start == start
        )
        pieces.append(f'{begun}<mark class="{strongest.action}">{text}</mark>')
    return "".join(pieces)


def _id(mark: _Mark) -> str:
    return f' id="t{mark.number}"' if mark.leads else ""


def _published(block: Block, edits: Sequence[Edit]) -> str:
    if block.kind is BlockKind.DROPPED:
        return '<span class="gone">（不带入公开件）</span>'
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces.append(escape(block.text[position : edit.start]))
        pieces.append(f"<ins>{escape(edit.replacement)}</ins>" if edit.replacement else "")
        position = edit.end
    pieces.append(escape(block.text[position:]))
    return "".join(pieces)
