"""Tables that hide who is meant, and whose other columns single people out (k-anonymity)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from detectors.tables.columns import meaning
from flows.masks.remaining import Place, Remaining, asks, is_hidden, is_masked, is_named, listed
from review.document import Note
from review.finding import Entity

_QUASI = re.compile(
    r"村|组别|社区|乡镇|镇街|街道|户籍|住址|地址|年龄|性别|民族|文化程度|病种|疾病|病情|患病|残疾|致贫|致困|困难原因|"
    r"学校|班级|年级|专业|单位(?!名称)|职务|职业|岗位|出生|学历|婚姻|籍贯|家庭人口|保障人口|与户主关系|"
    r"岁数|周岁|片区|网格|屯|寨|小区|楼栋|原因|因何|身份类别|政治面貌|毕业院校|工种|监护人|届别"
)
_NUMBERS = frozenset(
    {Entity.CN_ID_CARD, Entity.PHONE_NUMBER, Entity.CN_BANK_CARD, Entity.CN_SOCIAL_SECURITY}
)
_PERSONAL = _NUMBERS | {
    Entity.HEALTH, Entity.BIRTH_DATE, Entity.MINOR, Entity.MARITAL_STATUS, Entity.RELIGION
}  # fmt: skip
"""What a row about one person holds; of a table that counts people it says nothing."""
_COUNTS = re.compile(r"人数|户数|人次|例数|合计")
_LONGEST_NAME = 10
_NO_NAME = re.compile(r"[0-9*＊×■█●○□▇某]")
_ONES = (
    (re.compile(r"性别"), re.compile(r"[男女]")),
    (re.compile(r"^(?:年龄|岁数|周岁)"), re.compile(r"(?:[1-9]?[0-9]|1[01][0-9])岁?")),
)
"""What stands in a row about one person; rules say otherwise (不限, 35岁以下)."""
_PLACES = re.compile(r"村|组别|社区|片区|网格|屯|寨|乡镇|镇街|街道|学校|班级|单位")

_Row = Mapping[str, str]


def small_groups(file: Remaining, least: int) -> Iterator[Note]:
    """Tell of each table that hides its people how few rows look alike, and by which columns.

    Tables with the same columns are one: a list runs over pages and sheets.
    """
    rows = _rows_without_names(file)
    cells: dict[Place, dict[str, str]] = {}
    for index, header in {**_first_rows(file), **file.headers}.items():
        block = file.published.blocks[index]
        place = (block.cell.table, block.cell.row) if block.cell else None
        if place in rows and _QUASI.search(header):
            cells.setdefault(place, {})[header] = "".join(block.text.split())
    columns = _columns(cells)
    tables: defaultdict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in cells:
        tables[columns[place[0]]].append(place)
    for of_table, places in tables.items():
        told = list(_merged_down([(place, cells[place]) for place in places]))
        yield from _judged(sorted({table for table, _ in places}), told, of_table, least)


def _first_rows(file: Remaining) -> dict[int, str]:
    """Give the cells of tables without a known header what stands in the first row above them.

    Only where that row reads like one: short words without a number, and not one by itself.
    """
    governed = {b.cell.table for n in file.headers if (b := file.document.blocks[n]).cell}
    rows: dict[int, dict[int, str]] = {}
    found: dict[int, str] = {}
    for index, block in enumerate(file.document.blocks):
        if block.cell is None or block.cell.table in governed:
            continue
        table, row, column = block.cell.table, block.cell.row, block.cell.column
        if row == 0:
            rows.setdefault(table, {})[column] = "".join(block.text.split())
        elif column in rows.get(table, {}):
            found[index] = rows[table][column]
    named = {table for table, words in rows.items() if _reads_like_names(list(words.values()))}
    return {
        index: word
        for index, word in found.items()
        if (cell := file.document.blocks[index].cell) and cell.table in named
    }


def _reads_like_names(words: Sequence[str]) -> bool:
    return len(words) > 2 and all(
        0 < len(word) <= _LONGEST_NAME and not _NO_NAME.search(word) for word in words
    )


def _columns(cells: Mapping[Place, _Row]) -> dict[int, tuple[str, ...]]:
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for (table, _), row in cells.items():
        found[table] |= dict.fromkeys(row)
    return {table: tuple(headers) for table, headers in found.items()}


def _merged_down(rows: Sequence[tuple[Place, _Row]]) -> Iterator[_Row]:
    """Give each row the village or the school of the merged cell that reaches down to it."""
    above: dict[tuple[int, str], str] = {}
    for (table, _), row in rows:
        above |= {(table, header): text for header, text in row.items() if text}
        reaching = {h: text for (t, h), text in above.items() if t == table and _PLACES.search(h)}
        yield {**reaching, **{h: text for h, text in row.items() if text or h not in reaching}}


def _rows_without_names(file: Remaining) -> set[Place]:
    """List the rows in which somebody is hidden, by the plan or by the draft, and nobody named."""
    hidden: set[Place] = set()
    named: set[Place] = set()
    counting = {
        block.cell.table
        for index, header in file.headers.items()
        if _COUNTS.search(header) and (block := file.document.blocks[index]).cell
    }
    for record in file.records.values():
        if record.place[0] < 0:
            continue
        if any(map(is_named, record.rulings)):
            named.add(record.place)
        elif (
            any(is_hidden(r) or is_masked(r) for r in record.rulings)
            or any(_hides(file, index) for index in record.blocks)
            or (
                record.place[0] not in counting
                and (
                    any(r.finding.entity in _PERSONAL for r in record.rulings)
                    or any(_is_ones(file, index) for index in record.blocks)
                )
            )
        ):
            hidden.add(record.place)
    return hidden - named


def _is_ones(file: Remaining, index: int) -> bool:
    """Say whether a cell holds the sex or the age of one person."""
    header, text = file.headers.get(index, ""), file.published.blocks[index].text.strip()
    return any(of.search(header) and told.fullmatch(text) for of, told in _ONES)


def _hides(file: Remaining, index: int) -> bool:
    """Say whether a cell holds a personal number that the draft has masked."""
    header = file.headers.get(index)
    personal = header is not None and meaning(header) in _NUMBERS
    return personal and _MASKED.search(file.document.blocks[index].text) is not None


_MASKED = re.compile(r"[*＊×■█●○□▇]{2,}")


def _judged(
    tables: Sequence[int], rows: Sequence[_Row], columns: Sequence[str], least: int
) -> Iterator[Note]:
    if len(columns) < 2:
        return
    smallest, few = _groups(rows, columns, least)
    if smallest >= least:
        return
    telling = [column for column in columns if len({row.get(column, "") for row in rows}) > 1]
    together = "、".join((telling or columns)[:6])
    yield asks(
        "small_groups",
        f"第{listed([str(t + 1) for t in tables])}个表没有写明姓名，但“{together}”合起来最少"
        f"只对应 {smallest} 人（{few} 行不足 {least} 人），熟悉情况的人仍可能认出；"
        f"{_remedy(rows, telling or columns, least)}。",
    )


def _groups(rows: Sequence[_Row], columns: Sequence[str], least: int) -> tuple[int, int]:
    """Give the size of the smallest group of rows alike, and how many rows are in small groups."""
    sizes = Counter(tuple(row.get(column, "") for column in columns) for row in rows)
    return min(sizes.values()), sum(size for size in sizes.values() if size < least)


def _remedy(rows: Sequence[_Row], columns: Sequence[str], least: int) -> str:
    """Say which columns to take out: each time the one that leaves the fewest small groups."""
    if len(rows) < least:
        return f"全表只有 {len(rows)} 行，删列也不够，请核对是否公开"
    left, taken = list(columns), list[str]()
    while left and _groups(rows, left, least)[1]:
        worst = min(left, key=lambda c: _groups(rows, [o for o in left if o != c], least)[1])
        left.remove(worst)
        taken.append(worst)
    named = "、".join(f"“{column}”" for column in taken)
    rest = f"，可留下“{'、'.join(left)}”" if left else ""
    return f"请合并取值（如年龄改为年龄段）或删去{named}{rest}"
