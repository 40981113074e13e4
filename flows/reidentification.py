"""What is left after redaction, looked at together: can what was hidden be worked out again?

Three ways are looked for (GB/T 37964, 个人信息去标识化指南: 重标识风险): a masked identity number
whose missing digits stand beside it, a person hidden in one file and named in another of the same
case, and a table without names whose other columns single people out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from detectors.tables import headers
from review.divisions import divisions
from review.document import Document, Note, Severity
from review.finding import Entity
from review.plan import RedactionPlan, Ruling, redacted_document

MOST_CANDIDATES = 1000
"""A masked number that fits fewer people than this is as good as written out."""
_BORN = slice(6, 14)
_EVERY_BIRTHDAY = 36_500
_DATE = re.compile(r"((?:19|20)\d{2})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})(?!\d)")
_QUASI = re.compile(
    r"村|组别|社区|乡镇|街道|年龄|性别|民族|病种|疾病|病情|残疾|学校|班级|单位(?!名称)|职务|职业|岗位|出生|学历|婚姻|籍贯"
)
_SIGNS = re.compile(r"[*＊×]")

Files = Sequence[tuple[Document, RedactionPlan]]


def residual_risks(files: Files, least_group: int) -> tuple[tuple[Note, ...], ...]:
    """Give for each file of a case what a person should look at; quotes no value.

    ``least_group`` is how many rows must look alike where names are hidden (k-anonymity).
    """
    named = [_kept_names(document, plan) for document, plan in files]
    return tuple(
        (
            *_numbers(document, plan),
            *_named_elsewhere(document, plan, [n for i, n in enumerate(named) if i != index]),
            *_small_groups(document, plan, least_group),
        )
        for index, (document, plan) in enumerate(files)
    )


def _note(code: str, message: str) -> Note:
    return Note(code, message, Severity.PERSON)


def _numbers(document: Document, plan: RedactionPlan) -> Iterator[Note]:
    masked = [r for r in plan.rulings if _is_masked_number(r)]
    if not masked:
        return
    records = _Records(document, plan)
    weak = sum(
        candidates(document.value(r.finding.span), r.replacement or "", records.around(r))
        < MOST_CANDIDATES
        for r in masked
    )
    if weak:
        yield _note(
            "number_completable",
            f"有 {weak} 个身份证号码虽已遮盖，但同一行或同一段还写有出生日期、住址等，"
            "几乎可以推算出来；请多遮几位，或隐去旁边的出生日期。",
        )


def _is_masked_number(ruling: Ruling) -> bool:
    shown = ruling.replacement or ""
    return (
        ruling.finding.entity is Entity.CN_ID_CARD
        and bool(_SIGNS.search(shown))
        and any(c.isdigit() for c in shown)
    )


def candidates(number: str, shown: str, beside: str) -> int:
    """Estimate how many identity numbers fit what is ``shown`` and what stands ``beside`` it.

    ``number`` is the true one (18 characters); GB 11643: region 6, birthday 8, sequence 3, check 1.
    """
    digits = "".join(c for c in number if c.isalnum())
    if len(digits) != 18:
        return 10**9
    head = len(_SIGNS.split(shown)[0])
    tail = len(_SIGNS.split(shown)[-1])
    hidden = [head <= place < 18 - tail for place in range(18)]
    region = _ways(hidden[:6])
    if any(d.level in ("county", "township") for d in divisions(beside)):
        region = 1
    born = _birthdays(digits[_BORN], hidden[_BORN], beside)
    sequence = _ways(hidden[14:17])
    if hidden[16] and re.search(r"男|女", beside):
        sequence //= 2
    total = region * born * max(sequence, 1)
    return total if hidden[17] else max(total // 11, 1)


def _birthdays(born: str, hidden: Sequence[bool], beside: str) -> int:
    """Count the birthdays that fit, given the dates and years written beside the number."""
    for year, month, day in _DATE.findall(beside):
        if f"{year}{int(month):02d}{int(day):02d}" == born:
            return 1
    if re.search(rf"(?<!\d){born[:4]}年", beside):
        return 366
    return min(_EVERY_BIRTHDAY, _ways(hidden))


def _ways(hidden: Sequence[bool]) -> int:
    """Count the digits that may stand in the hidden places."""
    return int("1" + "0" * sum(hidden))


class _Records:
    """Give the published text of the row or the paragraph in which a finding stands."""

    def __init__(self, document: Document, plan: RedactionPlan) -> None:
        self._document = document
        self._published = redacted_document(document, plan)
        self._rows: dict[tuple[int, int], list[str]] = defaultdict(list)
        for block in self._published.blocks:
            if block.cell is not None:
                self._rows[block.cell.table, block.cell.row].append(block.text)

    def around(self, ruling: Ruling) -> str:
        block = self._published.blocks[self._document.block_at(ruling.finding.span.start)]
        if block.cell is None:
            return block.text
        return " ".join(self._rows[block.cell.table, block.cell.row])


def _kept_names(document: Document, plan: RedactionPlan) -> frozenset[str]:
    return frozenset(_names(document, plan, hidden=False))


def _names(document: Document, plan: RedactionPlan, *, hidden: bool) -> Iterator[str]:
    for ruling in plan.rulings:
        name = "".join(document.value(ruling.finding.span).split())
        told = ruling.replacement is not None
        if ruling.finding.entity is Entity.PERSON and told is hidden and len(name) > 1:
            yield name


def _named_elsewhere(
    document: Document, plan: RedactionPlan, others: Sequence[frozenset[str]]
) -> Iterator[Note]:
    kept = frozenset[str]().union(*others)
    found = kept & set(_names(document, plan, hidden=True))
    if found:
        yield _note(
            "named_elsewhere",
            f"有 {len(found)} 人在本文件中已隐去姓名，在同一案件的另一文件中却写明，请统一处理。",
        )


def _small_groups(document: Document, plan: RedactionPlan, least: int) -> Iterator[Note]:
    rows = _nameless_rows(document, plan)
    if not rows:
        return
    published = redacted_document(document, plan)
    tables: dict[int, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for index, header in headers(document).items():
        cell = document.blocks[index].cell
        if cell and (cell.table, cell.row) in rows and _QUASI.search(header):
            text = "".join(published.blocks[index].text.split())
            tables[cell.table][cell.row][header] = text
    for number, table in enumerate(tables.values(), 1):
        yield from _judged(number, table, least)


def _nameless_rows(document: Document, plan: RedactionPlan) -> frozenset[tuple[int, int]]:
    """List the rows (table, row) in which a name is hidden."""
    blocks = (
        document.blocks[document.block_at(r.finding.span.start)]
        for r in plan.rulings
        if r.finding.entity is Entity.PERSON and r.replacement is not None
    )
    return frozenset((b.cell.table, b.cell.row) for b in blocks if b.cell)


def _judged(number: int, table: Mapping[int, Mapping[str, str]], least: int) -> Iterator[Note]:
    columns = list(dict.fromkeys(header for row in table.values() for header in row))
    if len(columns) < 2:
        return
    groups = Counter(tuple(row.get(column, "") for column in columns) for row in table.values())
    smallest = min(groups.values())
    if smallest < least:
        few = sum(n for n in groups.values() if n < least)
        yield _note(
            "small_groups",
            f"第{number}个表隐去了姓名，但“{'、'.join(columns[:6])}”合起来最少只对应 {smallest} 人"
            f"（{few} 行不足 {least} 人），熟悉情况的人仍可能认出，请考虑合并或删去几列。",
        )
