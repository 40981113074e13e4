"""Cells of an OpenDocument sheet: values only, and a text that tells all that is stored.

A format may show less than a cell stores (a birthday without its year). What is reviewed must be
what is published, so the text of such a cell becomes the stored value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from redact.containers import Segment
from redact.notes import Notes
from redact.odf.package import OFFICE, TABLE, TEXT
from redact.odf.tree import CELLS, drop
from redact.ooxml.numbers import has_lost_digits, is_number, plain_number

_TYPE, _VALUE, _DATE, _TIME, _TRUTH, _CURRENCY, _STRING = (
    f"{{{OFFICE}}}{n}"
    for n in (
        "value-type", "value", "date-value", "time-value", "boolean-value", "currency",
        "string-value",
    )
)  # fmt: skip
VALUE_ATTRIBUTES = frozenset((_TYPE, _VALUE, _DATE, _TIME, _TRUTH, _CURRENCY))
_P, _FORMULA = f"{{{TEXT}}}p", f"{{{TABLE}}}formula"
_NUMBERS = frozenset({"float", "percentage", "currency"})
_MONEY = re.compile(r"[A-Z]{3}\Z")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:[.,]\d{1,9})?)?\Z")
_DURATION = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d{1,9})?S\Z")
_SHOWN_NUMBER = re.compile(r"[-+\d., %¥￥$€£元万亿]*\Z")
_SHOWN_DATE = re.compile(r"[\d年月日时時分秒星期周一二三四五六天 /\-.:T]*\Z")
_TRUTHS = frozenset({"TRUE", "FALSE", "真", "假", "是", "否"})


@dataclass(slots=True)
class ValuePiece:
    """Stand for a piece of a cell that stores a number or a date; once edited it is mere text."""

    piece: Segment
    cell: etree._Element

    @property
    def text(self) -> str:
        return self.piece.text

    @text.setter
    def text(self, text: str) -> None:
        self.piece.text = text

    def put(self, text: str) -> None:
        """Write text and forget the stored value."""
        _forget(self.cell)
        self.cell.set(_TYPE, "string")
        self.piece.put(text)


def settle_values(root: etree._Element, notes: Notes) -> None:
    """Drop formulas, keep plain values and make each cell's text tell its whole value."""
    for cell in root.iter(*CELLS):
        stored = {name: str(cell.get(name, "")) for name in (*VALUE_ATTRIBUTES, _STRING)}
        _forget(cell)
        cell.attrib.pop(_STRING, "")
        paragraphs = list(cell.iterchildren(_P))
        if cell.get(_FORMULA) is not None:
            notes.add("formulas_flattened")
            if not paragraphs and not any(stored.values()):
                notes.add("formula_without_value")
        shown = "\n".join("".join(map(str, p.itertext())) for p in paragraphs)
        told = _keep_value(cell, stored, shown, notes)
        if told is None:
            told = shown or stored[_STRING]
            if told:
                cell.set(_TYPE, "string")
        if told != shown:
            for paragraph in paragraphs:
                drop(paragraph)
            etree.SubElement(cell, _P).text = told


def is_valued(cell: etree._Element) -> bool:
    """Tell whether a cell stores anything but its text."""
    return cell.get(_TYPE, "string") != "string"


def forget_values(root: etree._Element) -> None:
    """Leave the cells of a text document their text alone."""
    for cell in root.iter(*CELLS):
        _forget(cell)


def _forget(cell: etree._Element) -> None:
    for name in VALUE_ATTRIBUTES:
        cell.attrib.pop(name, "")


def _keep_value(
    cell: etree._Element, stored: dict[str, str], shown: str, notes: Notes
) -> str | None:
    """Write a typed value back that is what it claims, and say how it reads; None for any other."""
    kind = stored[_TYPE]
    if kind in _NUMBERS and is_number(stored[_VALUE]):
        plain = plain_number(stored[_VALUE])
        if has_lost_digits(plain):
            notes.add("digits_lost")
        cell.set(_VALUE, plain)
        if _MONEY.match(stored[_CURRENCY]):
            cell.set(_CURRENCY, stored[_CURRENCY])
        told = _number_text(plain, shown, kind == "percentage")
    elif kind == "date" and (moment := _ISO.match(stored[_DATE])):
        cell.set(_DATE, stored[_DATE])
        told = _date_text(moment, shown)
    elif kind == "time" and (length := _DURATION.match(stored[_TIME])):
        cell.set(_TIME, stored[_TIME])
        clock = ":".join(part.zfill(2) for part in length.groups())
        told = shown if _tells(shown, length.groups()[:2]) else clock
    elif kind == "boolean" and stored[_TRUTH] in ("true", "false"):
        cell.set(_TRUTH, stored[_TRUTH])
        told = shown if shown in _TRUTHS else stored[_TRUTH].upper()
    else:
        return None
    cell.set(_TYPE, kind)
    return told


def _number_text(plain: str, shown: str, percentage: bool) -> str:
    value = Decimal(plain) * (100 if percentage else 1)
    bare = re.sub(r"[^-\d.]", "", shown)
    try:
        if _SHOWN_NUMBER.match(shown) and Decimal(bare) == value:
            return shown
    except InvalidOperation:
        pass
    return plain_number(str(value)) + "%" if percentage else plain


def _date_text(moment: re.Match[str], shown: str) -> str:
    parts = [part for part in moment.groups() if part is not None]
    clock = parts[3:] if any(int(part) for part in parts[3:]) else []
    spoken = clock if clock and int(clock[2]) else clock[:2]
    if _tells(shown, parts[:3] + spoken):
        return shown
    date = "-".join(parts[:3])
    if "年" in shown or "月" in shown:
        date = f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    return f"{date} {':'.join(clock)}".rstrip()


def _tells(shown: str, parts: list[str] | tuple[str, ...]) -> bool:
    """Tell whether a text names all these numbers and is no more than a date or a time."""
    numbers = [int(number) for number in re.findall(r"\d{1,6}", shown)]
    return bool(_SHOWN_DATE.match(shown)) and all(int(part) in numbers for part in parts)
