"""Fields of a text document: PAGE, NUMPAGES, SEQ and TOC live on, the rest becomes plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from redact.counts import whole_number
from redact.notes import Notes
from redact.ooxml.parts import W, words
from redact.ooxml.tree import drop, unwrap

_CHAR, _INSTR, _SIMPLE = f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}fldSimple"
_RUN, _RPR = f"{{{W}}}r", f"{{{W}}}rPr"
_TYPE, _CODE = f"{{{W}}}fldCharType", f"{{{W}}}instr"
_VAL = f"{{{W}}}val"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_SWITCH = re.compile(r"\\\*\s*([A-Za-z0-9]{1,20})")
_TOC_SWITCH = re.compile(r'\\o\s+"?([1-9]-[1-9])"?|\\c\s+"?([^"\\\s]+)"?|(\\[hzu])(?=\s|\Z)')
_SHOWN = re.compile(
    r"""\s*(?:
        (?:MACROBUTTON|GOTOBUTTON)\s+\S+\s+(?P<button>\S.*?)
        | EQ\s+\\o\s*\\a[clr]\s*\(\s*\S\s*[,;，；]\s*(?P<enclosed>.{1,9}?)\s*\)
        | EQ\s.*?\\o\s*\\a[a-z]\s*\(\s*\\s\s*\\up\s*\d+\s*\([^()]*\)\s*[,;，；](?P<read>[^()\\]+)\)
        | EQ\s+\\o\s*\(\s*\\s\s*\\up\s*\d+\s*\((?P<upper>[^()\\]+)\)\s*[,;，；]
          \s*\\s\s*\\do\s*\d+\s*\((?P<lower>[^()\\]+)\)\s*\)
    )\s*\Z""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""What fields without a result show: a button, a sign in a ring, below its reading, two in one."""

_DRAWN = words("""
    EQ MACROBUTTON GOTOBUTTON SYMBOL LISTNUM AUTONUM AUTONUMLGL AUTONUMOUT BARCODE DISPLAYBARCODE
    MERGEBARCODE""")
"""Fields that are drawn from their codes."""

_LABELS = frozenset({"图", "表", "图表", "公式", "Figure", "Table", "Equation"})
_FORMATS = words(
    "MERGEFORMAT ARABIC Arabic ROMAN roman ALPHABETIC alphabetic CHINESENUM1 CHINESENUM2 "
    "CHINESENUM3 DBNUM1 DBNUM2 DBNUM3 ArabicDash"
)


@dataclass(slots=True)
class _Field:
    """Gather one complex field while walking over it."""

    begin: etree._Element
    code: list[etree._Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    marks: list[etree._Element] = field(default_factory=list)
    in_code: bool = True


def flatten_fields(root: etree._Element, notes: Notes) -> None:
    """Replace every field but the four by its last result; codes kept are written anew."""
    for simple in list(root.iter(_SIMPLE)):
        code = safe_code(str(simple.get(_CODE, "")))
        if code is None:
            notes.add("fields_flattened")
            unwrap(simple)
        else:
            simple.set(_CODE, code)
    open_fields: list[_Field] = []
    for element in list(root.iter(_CHAR, _INSTR, *_VISIBLE)):
        if element.tag == _CHAR:
            _step(element, open_fields, notes)
        elif any(f.in_code for f in open_fields):
            _take_code(element, open_fields)
        elif element.tag == _INSTR:
            drop(element)
    # A field that never ends: its text stays readable (and so gets reviewed), its code goes.
    for broken in open_fields:
        notes.add("fields_flattened")
        for mark in broken.marks:
            drop(mark)
        for part in broken.code:
            if part.tag == _INSTR:
                drop(part)


_VISIBLE = tuple(
    f"{{{W}}}{n}" for n in ("t", "tab", "br", "cr", "sym", "noBreakHyphen", "drawing", "pict")
)


def safe_code(code: str) -> str | None:
    """Write the code of a field that may live on; None for every other."""
    words = code.split()
    kind = words[0].upper() if words else ""
    if kind == "TOC":
        return _toc_code(code)
    if kind == "SEQ" and (len(words) < 2 or words[1] not in _LABELS):
        return None
    if kind not in ("PAGE", "NUMPAGES", "SEQ"):
        return None
    formats = "".join(f" \\* {f}" for f in _SWITCH.findall(code) if f in _FORMATS)
    return f" {kind}{' ' + words[1] if kind == 'SEQ' else ''}{formats} "


def _toc_code(code: str) -> str:
    kept: list[str] = []
    for match in _TOC_SWITCH.finditer(code):
        if match[1]:
            kept.append(f'\\o "{match[1]}"')
        elif match[2] in _LABELS:
            kept.append(f'\\c "{match[2]}"')
        elif match[3]:
            kept.append(match[3])
    return " ".join([" TOC", *kept, ""])


def _step(mark: etree._Element, open_fields: list[_Field], notes: Notes) -> None:
    kind = mark.get(_TYPE)
    if kind == "begin":
        open_fields.append(_Field(mark, marks=[mark]))
    elif not open_fields:
        drop(mark)
    elif kind == "separate":
        open_fields[-1].marks.append(mark)
        open_fields[-1].in_code = False
    else:
        closed = open_fields.pop()
        closed.marks.append(mark)
        # Inside the code of an outer field the inner one is code too, whatever its kind.
        if any(f.in_code for f in open_fields):
            next(f for f in reversed(open_fields) if f.in_code).code += [
                *closed.code,
                *closed.marks,
            ]
        else:
            _close(closed, notes)


def _take_code(element: etree._Element, open_fields: list[_Field]) -> None:
    owner = next(f for f in reversed(open_fields) if f.in_code)
    owner.code.append(element)
    if element.tag == _INSTR and open_fields[-1].in_code:
        owner.text.append(element.text or "")


def _close(closed: _Field, notes: Notes) -> None:
    code = safe_code("".join(closed.text))
    for part in closed.code:
        drop(part)
    if code is None:
        notes.add("fields_flattened")
        _keep_form_value(closed.begin)
        _keep_shown(closed, notes)
        for mark in closed.marks:
            drop(mark)
        return
    for child in list(closed.begin):
        closed.begin.remove(child)
    instruction = etree.Element(_INSTR)
    instruction.text = code
    instruction.set(_SPACE, "preserve")
    closed.begin.addnext(instruction)


def _keep_shown(closed: _Field, notes: Notes) -> None:
    """Write what a field shows that has no result; tell where that cannot be said in letters."""
    code = "".join(closed.text)
    if not closed.in_code or not code.split() or code.split()[0].upper() not in _DRAWN:
        return
    match = _SHOWN.match(code)
    if match is None:
        notes.add("content_dropped")
    else:
        _write(closed.begin, "".join(part for part in match.groups() if part))


def _keep_form_value(begin: etree._Element) -> None:
    """Write what an old form field shows without a result: a tick box, the choice of a list."""
    shown = ""
    if (box := begin.find(f".//{{{W}}}checkBox")) is not None:
        state = box.find(f"{{{W}}}checked")
        state = box.find(f"{{{W}}}default") if state is None else state
        ticked = state is not None and state.get(_VAL, "1") in ("1", "true", "on")
        shown = "☑" if ticked else "☐"
    elif (choices := begin.find(f".//{{{W}}}ddList")) is not None:
        entries = [str(e.get(_VAL, "")) for e in choices.iter(f"{{{W}}}listEntry")]
        result = choices.find(f"{{{W}}}result")
        index = whole_number(result.get(_VAL, "0")) if result is not None else 0
        if index is not None and index < len(entries):
            shown = entries[index]
    if shown:
        _write(begin, shown)


def _write(begin: etree._Element, shown: str) -> None:
    text = etree.Element(f"{{{W}}}t")
    text.text = shown
    begin.addnext(text)
