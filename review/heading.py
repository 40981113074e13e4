"""What the head and foot of an official document say of it (GB/T 9704-2012)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from review.attribute_label import labelled_attributes
from review.case import Attribute
from review.dates import DAY, read_day
from review.document import Block, BlockKind, Document

_HEAD_BLOCKS = 40
_SEEN = frozenset(BlockKind) - {BlockKind.ATTRIBUTE, BlockKind.DROPPED}
_TITLE_LENGTH = 80
_ENDINGS = (
    r"(?:通知|公告|公示|通报|决定书?|意见书?|办法|方案|报告|批复|函|纪要|名单|名册|指南|规定|细则|要点|"
    r"答复书?|告知书|说明|预算|决算|预案|通告|令|一览表|统计表|汇总表|花名册|清单|明细表?|情况)"
)
_TITLE_ENDING = re.compile(_ENDINGS + r"\Z")
_ABOVE_TITLE = re.compile(
    r"((份号|密级(和保密期限)?|紧急程度):?|(No\.?)?\d{6}"
    r"|(绝密|机密|秘密)([★☆*]?([\d一二三四五六七八九十]{1,3}(年|个?月|[天日])|长期)|[★☆*])?"
    r"|特提|特急|加急|平急)+"
)
"""Number of the copy, secrecy and urgency: what stands above the title (GB/T 9704 7.2)."""
_SERIAL = r"[〔\[(](?:19|20)\d{2}[〕\])]第?\d{1,5}号"
_NUMBER = re.compile(
    r"(?:[一-鿿]*文件|(?:发文字号|文号|文件编号):?|\()?"
    rf"(?P<number>[一-鿿]{{0,12}}{_SERIAL})"
    r"\)?(?:(?:签发人|公开|索引号|成文|印发|发文|发布|\d{4}年).{0,30})?"
)
"""发文字号: a line of its own (GB/T 9704 7.2.5); a number within a sentence is a cited one."""
_NUMBERED_TITLE = re.compile(
    rf"(?P<title>[^:]{{4,}}{_ENDINGS})\(?(?P<number>[一-鿿]{{2,12}}{_SERIAL})\)?"
)
"""A title with the number behind it in one line; behind 》 stands the number of a cited one."""
_NO_TITLE = (":", "。", ";", ",")
_LETTERHEAD_TITLE = 40
_MARKS: Mapping[str, Attribute] = {
    "此件公开发布": Attribute.PROACTIVE,
    "此件主动公开": Attribute.PROACTIVE,
    "此件依申请公开": Attribute.ON_REQUEST,
    "此件不公开": Attribute.WITHHELD,
    "此件不予公开": Attribute.WITHHELD,
}
_LABELLED = re.compile(rf"成文(?:日期|时间):?(?P<day>{DAY})")
_CLOSING = re.compile(
    r"(?:[一-鿿()、]{2,40}(?:[府局委会办厅院部处室所队站社校组]|中心|公司)(?:\([^()]{0,6}章\))?)?"
    rf"\(?(?P<day>{DAY})\)?(?:\(此件[^()]{{2,8}}\))?"
)
"""成文日期: a line of its own below the signature, or behind it (GB/T 9704 7.3.5)."""
_AFTER_BODY = re.compile(r"附件?[\d一二三四五六七八九十]{0,2}[:.]?|抄送:.*|.*印发")


def lines_of(document: Document, kinds: frozenset[BlockKind] = _SEEN) -> list[str]:
    """Give the blocks of some kinds, white space folded away, full-width brackets made plain."""
    return list(_lines(document, kinds))


def _lines(document: Document, kinds: frozenset[BlockKind] = _SEEN) -> Iterator[str]:
    return map(_line, _visible(document, kinds))


def _visible(document: Document, kinds: frozenset[BlockKind] = _SEEN) -> Iterator[Block]:
    return (block for block in document.blocks if block.kind in kinds)


def _line(block: Block) -> str:
    return "".join(unicodedata.normalize("NFKC", block.text).split())


def _head(document: Document) -> list[str]:
    return list(islice(_lines(document), _HEAD_BLOCKS))


def title_of(document: Document) -> str:
    """Find the title: the first line of the head that ends as titles do, else the first line.

    The line below the document number goes before those above it: these may be the letterhead
    (发文机关标志, 发文字号, 标题 in this order: GB/T 9704 7.2.4 to 7.3.1).
    A copy number, a secrecy mark and an urgency are no title, even where nothing else is there,
    nor is a cell beside others: a table that begins with its column names has none.
    Takes a *redacted* document: the title goes into the manifest, the store and Prefect.
    """
    return _title_line(document)[0]


def _title_line(document: Document) -> tuple[str, str]:
    """Give the title, and the document number that stands in its line (``""`` if none)."""
    lines = [_line(block).strip("#*-| ") for block in _title_blocks(document)]
    head = [line for line in lines if line and not _ABOVE_TITLE.fullmatch(line)]
    below = _below_number(head)
    for line in ([below] if below else []) + head:
        if not 4 <= len(line) <= _TITLE_LENGTH:
            continue
        if numbered := _NUMBERED_TITLE.fullmatch(line):
            return numbered["title"], numbered["number"]
        if _TITLE_ENDING.search(line):
            return line, ""
    if 4 <= len(below) <= _LETTERHEAD_TITLE and not below.endswith(_NO_TITLE):
        return below, ""
    return (head[0][:_TITLE_LENGTH] if head else ""), ""


def _below_number(head: Sequence[str]) -> str:
    """Give the line below the document number, where what is above may be the letterhead."""
    numbered = (n for n, line in enumerate(head) if _NUMBER.fullmatch(line))
    below = head[next(numbered, len(head)) + 1 :]
    return next((line for line in below if not line.startswith("签发人")), "")


def _title_blocks(document: Document) -> Iterator[Block]:
    """Yield the blocks of the head that may hold the title; what stands on a later page is none.

    A page's header and footer are none either, unless nothing else is there: those of a workbook
    come before its first cell.
    """
    visible = [b for b in islice(_visible(document), 2 * _HEAD_BLOCKS) if b.text.strip()]
    seen = [b for b in visible if not b.kind.is_running] or visible
    rows = Counter((b.cell.table, b.cell.row) for b in seen if b.cell)
    first = next((b.location.page for b in seen if b.location.page is not None), None)
    for block in seen[:_HEAD_BLOCKS]:
        if block.location.page not in (None, first):
            return
        if block.cell is None or rows[block.cell.table, block.cell.row] == 1:
            yield block


def document_number_of(document: Document) -> str:
    """Find the document number (发文字号) in the head, written as GB/T 9704 wants it, or ``""``.

    A line of its own counts first, then what stands behind the title.
    """
    alone = (line for line in _head(document) if not _NUMBERED_TITLE.fullmatch(line))
    own = next((m["number"] for line in alone if (m := _NUMBER.fullmatch(line))), "")
    number = re.sub(r"[\[(]", "〔", own or _title_line(document)[1], count=1)
    return re.sub(r"[\])]", "〕", number, count=1)


def attribute_marked_in(document: Document) -> Attribute | None:
    """Read the disclosure mark (附注) in the document; the last one counts, None without any."""
    return next(reversed(attributes_marked_in(document)), None)


def attributes_marked_in(document: Document) -> tuple[Attribute, ...]:
    """Read every disclosure mark in the order of the text: a forwarding holds its source's, too.

    A label (公开方式：主动公开) that says again what the mark before or after it says is no second.
    """
    visible = [block for block in document.blocks if block.kind in _SEEN]
    labelled = dict(labelled_attributes(visible))
    found: list[tuple[Attribute, bool]] = []
    for index, line in enumerate(lines_of(document)):
        if index in labelled:
            found.append((labelled[index], True))
        elif len(line) <= _TITLE_LENGTH:
            found += [(attribute, False) for mark, attribute in _MARKS.items() if mark in line]
    return tuple(
        attribute
        for place, (attribute, label) in enumerate(found)
        if not (label and attribute in _around(found, place))
    )


def _around(found: Sequence[tuple[Attribute, bool]], place: int) -> list[Attribute]:
    """Give the attribute found just before, and that of the mark just after."""
    after = [attribute for attribute, label in found[place + 1 : place + 2] if not label]
    return [attribute for attribute, _ in found[max(0, place - 1) : place]] + after


def made_on(document: Document) -> date | None:
    """Read the day on which a document was made (成文日期); None where it bears none.

    The line that holds nothing else decides, the last one before attachments and imprint.
    """
    found: date | None = None
    for line in lines_of(document, frozenset({BlockKind.PARAGRAPH})):
        if labelled := _LABELLED.search(line):
            return read_day(labelled["day"])
        if found and _AFTER_BODY.fullmatch(line):
            return found
        if closing := _CLOSING.fullmatch(line):
            found = read_day(closing["day"]) or found
    return found
