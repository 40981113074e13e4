"""Which rows of a table are headers, and which header governs each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from detectors.latest import of_the_latest
from detectors.tables.columns import NUMBERS, meaning, part_of
from detectors.tables.continued import goes_on
from detectors.tables.grid import LONGEST_LABEL, Filled, Further, filled, tables
from detectors.text.role_labels import is_acting
from review.document import Document
from review.finding import Entity

_NOTE = re.compile(r"\([^()]*\)|[\s:*]")
# Names of fields that may carry what they belong to in front: 户主姓名, 监护人联系电话.
_TAILS = (
    "序号|编号|姓名|姓氏|名字|户主|申请人|负责人|联系人|经办人|当事人|监护人|代理人|法定代表人|成员|"
    "性别|年龄|民族|民族成[份分]|学历|学位|职务|职称|职业|岗位|政治面貌|籍贯|国籍|文化程度|专业|"
    "身份证|身份证号|号码|证号|编码|代码|电话|手机|手机号|联系方式|微信|微信号|QQ|QQ号|邮箱|电子邮件|"
    "开户行|开户银行|户名|[账帐]号|[账帐]户|卡号|一卡通|存折|地址|住址|住所|户籍地|所在地|居住地|现住址|"
    "婚姻状况|婚否|宗教信仰|健康|健康状况|患病情况|疾病名称|病种|病情|诊断|"
    "残疾等级|残疾类别|残疾类型|致残等级|伤残等级|致贫原因|致困原因|原因|情况|状况|类别|类型|种类|等级|级别|"
    "出生日期|出生年(?:月日?)?|生日|日期|时间|年度|年份|月份|期限|金额|标准|面积|数量|人数|户数|单价|总价|合价|"
    "备注|说明|事由|排名|成绩|得分|分数|与.{1,5}关系|(?:家庭|亲属)关系|车牌|车牌号|护照|签名|签字|领取人|"
    "享受对象|保障人口|家庭人口|工作单位|所在单位|单位名称|就读学校|班级|"
    "违法事实|违法行为|处罚结果|处罚内容|处罚依据|处罚种类|执法人员|承办人员|被处罚人|被执行人|执行法院|案由|案号|"
    "比例|占比|限额|人次|费用|诉求|事由|结论|"
    "(?:反映|信访|来访|工作|办理|重点)(?:事项|任务)|(?:体检|复检|检查|检验|化验)结果|"
    "(?:审[核批查]|部门|领导|单位|村委会?|居委会?|社区|街道|乡镇|初审|复核|处理|拟办|承办)意见|"
    "(?:责任|牵头|承办|主办|配合|协办|包案|包保)(?:单位|部门|领导)"
)
# These end many values too (某村, 某银行): they are labels only when they stand alone.
_WHOLE = (
    "乡镇|镇街|镇村|街道|村|村居|村名|社区|组别|村组|户籍|银行|单位|部门|机构|项目|内容|名称|结果|关系|收入|补贴|补助|"
    "身份|角色|称谓|学校|年级|院校|学院|婚姻|宗教|信仰|患病|残疾|是否残疾|出生|荣誉|简历|特长|签收|附注|人口|传真|详细地址|"
    "曾用名|别名|出生地|服务处所|身高|血型"
)
_LABEL = re.compile(rf"(?:.{{0,8}}(?:{_TAILS})|{_WHOLE})", re.IGNORECASE)
# Sums of several months stand side by side: 2026年1月补助金额, 2026年第一季度应发金额, 2026年3月.
_PERIOD = re.compile(
    r"\A(?:[0-9]{4}年度?)?(?:[0-9]{1,2}(?:[-~至][0-9]{1,2})?月份?|第?[1-4一二三四]季度|[上下]半年)?"
)
_MONTH = re.compile(r"[0-9]{4}年[0-9]{1,2}(?:[-~至][0-9]{1,2})?月份?")
# Only a header begins so: below it stand the numbers themselves.
_NUMBERED = re.compile(r"序\s*号")
_NUMBER_NAME = re.compile(r"[^0-9,。;]*[号码卡折户证话机式线a-z.]", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9][0-9*xX -]{5,}")
_FEWEST = 2
# A column without header is governed by its title, where that says who is listed.
_LIST_TITLE = re.compile(r"(?:名单|名册|花名册|[^机]人员|对象|[农住]户|户主)(?:公示|表)?\Z")
_FIGURE = re.compile(r"[0-9](?:[0-9,.\-/:*xX ]*[0-9*xX])?[%元亩人]?|\*{3,}")
_FEWEST_COLUMNS = 3
_NAME, _WHOSE = re.compile(r"姓\s*名"), re.compile("[\u4e00-\u9fff]{1,6}(?<!姓名)")
_EMPTY_BELOW = 1
"""How many empty rows may part a header from what it governs."""
_CALLED = re.compile("[\u4e00-\u9fff]{2,4}")
_PART = re.compile("[\u4e00-\u9fff]?[0-9A-Za-z]+")
_ADDRESS = re.compile("住址|地址|住所|户籍地|居住地")
_PLACE = r"[^,。;:]{0,16}(?:[省市县区镇乡村组路街巷里弄号栋幢座室楼]|街道|社区|单元|居委会)"
_PLACES = re.compile(f"{_PLACE}(?:[0-9]{{1,4}}室?)?")
_LENGTHS = {Entity.PHONE_NUMBER: 11, Entity.CN_ID_CARD: 18}
_LONGEST_NUMBER = 28
_VALUE = re.compile(r"[0-9]{5,}|[0-9][*xX]{2,}|@|[0-9]{4}[-./年][0-9]")


@of_the_latest
def headers(document: Document) -> Mapping[int, str]:
    """Map the index of each governed cell's block to the normalised text of its header.

    The header of a column is the nearest header row above (titles above it are passed over, a
    repeated one begins anew, of two header rows the lower speaks). Where a row alternates label
    and value, the label on the left governs. A table that goes on from the one before has its
    header. Cells without header, and headers, are left out.
    """
    blocks = document.blocks
    found: dict[int, str] = {}
    further: Further = {}
    before: Mapping[int, str] = {}
    end = 0
    for rows in tables(blocks, further):
        cells_of = filled(blocks, rows, further)
        columns, governed = _govern(cells_of, narrow=all(len(row) == 1 for row in rows))
        between = blocks[end : rows[0][0][1]]
        if not columns and not governed and goes_on(cells_of, before, between):
            columns = before
            for cells in cells_of:
                governed.update(_governed_cells(cells, columns))
        found.update(governed)
        before, end = columns, rows[-1][-1][1] + 1
    for first, others in further.items():
        if first in found:
            found.update(dict.fromkeys(others, found[first]))
    return found


def _govern(
    cells_of: Sequence[Sequence[Filled]], *, narrow: bool
) -> tuple[Mapping[int, str], dict[int, str]]:
    """Give the last header of a table by columns, and the headers of its cells."""
    columns: dict[int, str] = {}
    governed: dict[int, str] = {}
    after_header = False
    for place, cells in enumerate(cells_of):
        below = next(filter(None, cells_of[place + 1 : place + 2 + _EMPTY_BELOW]), ())
        texts = [text for _, _, text in cells]
        if after_header and cells and _is_second_tier(texts, cells[0][0] > min(columns)):
            columns.update(
                (column, _under(columns.get(column, ""), text)) for column, _, text in cells
            )
        elif (
            (is_header(texts) and (narrow or len(cells) > 1))
            or _heads_numbers(cells, below)
            or (not columns and _stands_over_figures(cells, below))
        ):
            columns = {column: text for column, _, text in cells}
            after_header = True
        elif narrow and not columns and len(cells_of) > 1 and _LIST_TITLE.search("".join(texts)):
            columns = {column: text for column, _, text in cells}
        else:
            after_header = False
            governed.update(_governed_cells(cells, columns))
    return columns, governed


def _under(upper: str, lower: str) -> str:
    """Give the header of a column under two tiers: whose name it is, the upper one says (户主)."""
    return upper + lower if _NAME.fullmatch(lower) and _WHOSE.fullmatch(upper) else lower


def _heads_numbers(cells: Sequence[Filled], below: Sequence[Filled]) -> bool:
    """Say whether below the name of a number stands one, and none beside it, as in a form."""
    texts = [text for _, _, text in cells]
    if len(texts) < _FEWEST or _holds_value(texts) or any(map(_DIGITS.search, texts)):
        return False
    numbers = {column for column, _, text in below if _DIGITS.search(text)}
    return any(column in numbers and announces_number(text) for column, _, text in cells)


def _stands_over_figures(cells: Sequence[Filled], below: Sequence[Filled]) -> bool:
    """Recognise headers in whatever words by what stands below: a figure under a known label.

    In a form a label stands under a label, and a figure beside one.
    """
    texts = [text for _, _, text in cells]
    if len(cells) < _FEWEST_COLUMNS or _holds_value(texts) or any(map(_is_figure, texts)):
        return False
    under = {column: text for column, _, text in below}
    known = [is_label(text) for text in under.values()]
    if 2 * len(under) < len(cells) or known[0] or 3 * sum(known) > len(known):
        return False
    labels = {column for column, _, text in cells if is_label(text)}
    figures = {column for column, text in under.items() if _is_figure(text)}
    if figures and cells[0][0] in labels and 2 * len(labels) >= len(cells):
        return not _is_figure(next(iter(under.values())))
    return not labels.isdisjoint(figures) or (bool(labels) and 2 * len(figures) > len(cells))


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _governed_cells(
    cells: Sequence[Filled], columns: Mapping[int, str]
) -> Iterator[tuple[int, str]]:
    labels = [is_label(text) for _, _, text in cells]
    # In a list a value may read like a label (残疾 under 健康状况); in a form every other cell is.
    form = not columns or (any(labels) and all(labels[::2]) and not any(labels[1::2]))
    # A roster on its side has a person in each column.
    turned = not columns and labels[:1] == [True] and not any(labels[1:])
    beside = cells[0][2] if turned and _announces_each(cells) else ""
    header, begun = "", ""
    for place, (column, index, text) in enumerate(cells):
        if form and labels[place]:
            continue
        if form and place and labels[place - 1]:
            header, begun = cells[place - 1][2], ""
        elif beside or column in columns:
            header, begun = beside or columns[column], ""
        elif not _goes_on(header, begun, text):
            header = ""
        begun = text if _ADDRESS.search(header) else begun + text
        if header:
            yield index, header


def _announces_each(cells: Sequence[Filled]) -> bool:
    """Say whether a label speaks of every cell on its right: of numbers, of several names."""
    (_, _, label), *others = cells
    if _NAME.fullmatch(label):
        return len(others) >= _FEWEST_COLUMNS and all(_CALLED.fullmatch(t) for _, _, t in others)
    return meaning(label) in NUMBERS


def _goes_on(header: str, begun: str, text: str) -> bool:
    """Say whether a cell without header holds what goes on from the cells before it.

    The header of a number spans all the cells that hold its parts: 联系电话 over 138 | 0013 | 8000;
    that of an address those from the city down to the door.
    """
    if _ADDRESS.search(header):
        return bool(_PLACES.fullmatch(begun) and _PLACES.fullmatch(text))
    whole = begun + text
    entity = meaning(header) if header and len(whole) <= _LONGEST_NUMBER else None
    if entity not in NUMBERS or not _PART.fullmatch(whole):
        return False
    return len(whole) <= _LENGTHS.get(entity, _LONGEST_NUMBER)


def is_header(texts: Sequence[str]) -> bool:
    """Say whether the non-empty cells of a row are column headers.

    A form row (姓名 | 张三 | 性别 | 男) is none: there no two labels stand side by side. That
    somebody is the head of his household is none (与户主关系 | 户主).
    """
    if not texts or _holds_value(texts):
        return False
    known = [is_label(text) for text in texts]
    if texts[-1] == "户主" and texts[-2:-1] and texts[-2].endswith("关系"):
        known[-1] = False
    if _NUMBERED.fullmatch(texts[0]) and len(texts) > 2 and any(known[1:]):
        return not any(map(_is_figure, texts))
    adjacent = any(a and b for a, b in pairwise(known))
    return all(known) or (adjacent and sum(known) * 2 >= len(texts))


def _is_second_tier(texts: Sequence[str], indented: bool) -> bool:
    """Recognise the lower of two header rows: its first columns are merged into the upper one."""
    if _holds_value(texts):
        return False
    return all(map(is_label, texts)) or (
        indented and any(map(is_label, texts)) and not any(text.isdigit() for text in texts)
    )


def _holds_value(texts: Sequence[str]) -> bool:
    return any(
        (len(text) > 2 * LONGEST_LABEL or _VALUE.search(text))
        and not (is_label(text) or _MONTH.fullmatch(text))
        for text in texts
    )


@lru_cache(maxsize=8192)
def is_label(text: str) -> bool:
    """Say whether a text reads like the name of a column or a field, notes in brackets apart."""
    name = _PERIOD.sub("", _NOTE.sub("", text), count=1)
    if len(name) <= LONGEST_LABEL and (_LABEL.fullmatch(name) or is_acting(name)):
        return True
    if len(name) > 2 * LONGEST_LABEL:
        return False
    return announces_number(name) or part_of(text) is not None


def announces_number(name: str) -> bool:
    """Say whether it is what a number is called, in whatever words (收款人开户银行及账号)."""
    return _NUMBER_NAME.fullmatch(name) is not None and meaning(name) in NUMBERS
