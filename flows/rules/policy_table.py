"""The whole policy as one table for the people who decide on it: every item, role and category."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO

from flows.rules.approval_table import add_approval_sheet, approval_html
from policies.describe import Cell, Origin, matrix
from policies.names import (
    ACTION_NAMES,
    ENTITY_NAMES,
    LEVEL_NAMES,
    WHERE_NAMES,
    role_name,
    treatment,
)
from review.finding import Entity, Role
from review.policy import Action, Category, Policy, Rule, Term, Where

_FILLS: Mapping[Action, str] = {
    Action.KEEP: "DAFBE1",
    Action.REVIEW: "FBEFFF",
    Action.GENERALISE: "FFF8C5",
    Action.MASK: "FFF1B8",
    Action.REPLACE: "FFE7BA",
    Action.REMOVE: "FFD8D3",
    Action.BLOCK: "FF9B8F",
}
_STYLE = """
body{font:14px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:20px;color:#1f2328}
table{border-collapse:collapse;font-size:12px}caption{text-align:left;font-weight:700;padding:8px 0}
th,td{border:1px solid #d0d7de;padding:3px 6px;text-align:left;vertical-align:top;min-width:5em}
thead th{position:sticky;top:0;background:#f6f8fa;z-index:1}
tbody th{position:sticky;left:0;background:#f6f8fa;white-space:nowrap}
.floor{outline:2px solid #cf222e;outline-offset:-3px}.category{font-weight:700}
small{color:#59636e;display:block}.legend span{padding:2px 8px;margin-right:8px}
"""
_COLUMNS = ("类别", "信息", "身份", "处理", "依据", "出处")
_TERM_COLUMNS = (
    "词语", "变体", "级别", "类别", "依据", "例外", "邻近", "不邻近", "邻近字数", "位置",
    "提出单位", "启用", "停用",
)  # fmt: skip
"""The heads that ``review policy import`` reads too, so that a list can go out and come back."""

_ORIGINS = {
    Origin.FLOOR: "底线",
    Origin.CATEGORY: "本类别",
    Origin.DEFAULTS: "通用",
    Origin.NONE: "无规则",
}

Key = tuple[Entity, Role | None]


@dataclass(frozen=True, slots=True)
class _Ruled:
    """Hold what one category does with one item in one role, and where that is written."""

    rule: Rule
    origin: Origin


def as_html(policy: Policy) -> str:
    """Lay out items × roles against categories, with the ground of every cell."""
    categories = list(policy.categories.values())
    cells = {category.key: _by_key(policy, category) for category in categories}
    head = "".join(f"<th>{escape(c.title)}<small>{escape(c.key)}</small></th>" for c in categories)
    rows = "".join(
        f"<tr><th>{ENTITY_NAMES[entity]}<small>{role_name(role)}</small></th>"
        + "".join(_cell(_look_up(cells[c.key], entity, role)) for c in categories)
        + "</tr>"
        for entity, role in _keys(cells)
    )
    legend = "".join(
        f'<span style="background:#{_FILLS[action]}">{ACTION_NAMES[action]}</span>'
        for action in Action
    )
    return (
        '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>公开前审查规则表</title><style>{_STYLE}</style></head><body><h1>公开前审查规则表</h1>"
        f"<p>版本 {escape(policy.version)}，摘要 {policy.digest[:12]}。把鼠标停在格子上看依据；"
        "红框是底线，任何类别都不能更松；粗体是本类别专门规定的，其余用通用规则。</p>"
        f'<p class="legend">{legend}</p>'
        f"<table><thead><tr><th>信息和身份</th>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"{approval_html(policy)}{_terms(policy)}</body></html>\n"
    )


def _by_key(policy: Policy, category: Category) -> Mapping[Key, Cell]:
    return {(cell.entity, cell.role): cell for cell in matrix(policy, category)}


def _keys(cells: Mapping[str, Mapping[Key, Cell]]) -> Sequence[Key]:
    """List every item and role that some category tells apart, the rest of the roles last."""
    known = {key for by_key in cells.values() for key in by_key}
    roles = [*Role, None]
    return sorted(known, key=lambda key: (list(Entity).index(key[0]), roles.index(key[1])))


def _look_up(by_key: Mapping[Key, Cell], entity: Entity, role: Role | None) -> _Ruled | None:
    """Find the cell; a role that this category does not tell apart falls under the rest."""
    cell = by_key.get((entity, role)) or by_key.get((entity, None))
    return None if cell is None else _Ruled(cell.rule, cell.origin)


def _cell(ruled: _Ruled | None) -> str:
    if ruled is None:
        return "<td></td>"
    kind = ruled.origin.value if ruled.origin in (Origin.FLOOR, Origin.CATEGORY) else ""
    return (
        f'<td class="{kind}" style="background:#{_FILLS[ruled.rule.action]}" '
        f'title="{escape(ruled.rule.basis)}">{escape(treatment(ruled.rule))}</td>'
    )


def _terms(policy: Policy) -> str:
    head = "".join(f"<th>{name}</th>" for name in _TERM_COLUMNS)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in _term_row(term))}</tr>"
        for term in policy.terms
    )
    body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f"<table><caption>负面清单</caption>{body}</table>"


def _term_row(term: Term) -> tuple[str, ...]:
    return (
        f"/{term.text}/" if term.is_pattern else term.text,
        "、".join(term.variants),
        LEVEL_NAMES[term.level],
        term.category,
        term.basis,
        "、".join(term.unless),
        "、".join(term.near),
        "、".join(term.not_near),
        str(term.within) if term.near or term.not_near else "",
        WHERE_NAMES[term.where] if term.where is not Where.ANYWHERE else "",
        term.owner,
        term.since,
        term.until,
    )


def as_workbook(policy: Policy) -> bytes:
    """Lay out one row for each category, item and role, as an xlsx that filters and sorts."""
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill

    book = Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("规则")
    sheet.append(_COLUMNS)
    for row in _rows(policy):
        *texts, action = row
        sheet.append(texts)
        sheet.cell(sheet.max_row, 4).fill = PatternFill("solid", fgColor=_FILLS[Action(action)])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", (20, 18, 20, 30, 60, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    add_approval_sheet(book, policy)
    terms = book.create_sheet("负面清单")
    terms.append(_TERM_COLUMNS)
    for term in policy.terms:
        terms.append(_term_row(term))
    for row in terms.iter_rows(min_row=2):
        for cell in row:
            cell.data_type = "s"  # a term is never a formula, however it begins
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _rows(policy: Policy) -> Iterator[tuple[str, ...]]:
    for category in policy.categories.values():
        for cell in matrix(policy, category):
            yield (
                category.title,
                ENTITY_NAMES[cell.entity],
                role_name(cell.role),
                treatment(cell.rule),
                cell.rule.basis,
                _ORIGINS[cell.origin],
                cell.rule.action.value,
            )
