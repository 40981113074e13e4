"""A workbook is read as people see it and written as values, every stored digit reviewed."""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import openpyxl
import pytest

from redact.ooxml.numbers import plain_number, safe_format, show_number
from redact.ooxml.xlsx import XlsxFormat
from review.document import BlockKind, Cell, Document, Severity
from review.errors import (
    BrokenInputError,
    TooLargeInputError,
    UnknownFormatError,
    UnsafeOutputError,
)
from review.plan import Edit, RedactionPlan, redacted_document


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_rows(markup: str) -> bytes:
    """Build a workbook whose only sheet has the given rows."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(openpyxl.Workbook()))) as old, zipfile.ZipFile(
        output, "w"
    ) as new:  # fmt: skip
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                filled = f"<sheetData>{markup}</sheetData>"
                data = re.sub(r"<sheetData ?(/>|></sheetData>)", filled, data.decode()).encode()
                assert filled.encode() in data
            new.writestr(name, data)
    return output.getvalue()


def plan_for(document: Document, *edits: tuple[int, int, int, str]) -> RedactionPlan:
    made = tuple(Edit(*edit, "F1") for edit in edits)
    return RedactionPlan(document.digest, "", "general", (), made)


def edited(data: bytes, *edits: tuple[int, int, int, str]) -> bytes:
    return XlsxFormat().write(data, plan_for(XlsxFormat().read(data), *edits))[0]


def cells(data: bytes) -> dict[str | None, str]:
    return {b.location.cell: b.text for b in XlsxFormat().read(data).blocks if b.cell}


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("13800001111", "General", "13800001111"),
        ("3.50702199001011E+17", "General", "350702199001011000"),
        ("350702199001011234", "0", "350702199001011234"),
        ("5500", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "5500.00"),
        ("46086", "[$-804]aaaa;@", "2026-03-05"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234.5", "#,##0.00", "1234.50"),
        ("1234.567", "0.0", "1234.567"),
        ("123", "000000", "000123"),
        ("-5", "0.00", "-5.00"),
        ("0.1234", "0.00%", "12.34%"),
        ("46082", "yyyy-mm-dd", "2026-03-01"),
        ("46082", 'yyyy"年"m"月"d"日"', "2026年3月1日"),
        ("46082", 'm"月"d"日"', "2026年3月1日"),
        ("46082.5", "yyyy/m/d h:mm", "2026-03-01 12:00:00"),
        ("0.25", "h:mm", "06:00:00"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-3", "yyyy-mm-dd", "-3"),
        ("9999999999", "yyyy-mm-dd", "9999999999"),
        ("12", '[Red]0;"元"', "12"),
        ("1E+200", "General", "1e+200"),
        ("007", "General", "7"),
    ],
)
def test_a_number_shows_all_that_the_cell_stores(stored: str, code: str, shown: str) -> None:
    assert show_number(plain_number(stored), code, epoch_1904=False) == shown


def test_dates_may_count_from_1904() -> None:
    assert show_number("0", "yyyy-mm-dd hh:mm", epoch_1904=True) == "00:00:00"
    assert show_number("44620", "yyyy-mm-dd", epoch_1904=True) == "2026-03-01"


@pytest.mark.parametrize(
    "code",
    [
        "General", "0.00", "#,##0", "yyyy/m/d", 'yyyy"年"m"月"d"日"', "[$-804]h:mm", "@", "0%",
        '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
        "[$-804]aaaa;@", '"第"000"号"', '0.0"%"', '#,##0.00;-#,##0.00;;@', "0;-0;",
        '0!.0,"万"', '"第"[DBNum1]0"季度"',
        "[$-zh-CN]aaaa;@", "[$￥-804]#,##0.00;[RED]\\-[$￥-804]#,##0.00", '0.00"平方公里"',
        '[DBNum2][$-804]General"元整"',
    ],
)  # fmt: skip
def test_a_harmless_format_stays(code: str) -> None:
    assert safe_format(code) == code


@pytest.mark.parametrize(
    "code",
    [
        ";;;", ";;", "0;0;;", "0;;;@", "[>5]0;0;",
        '"某某某"0', "0;;", '"13800001111"', "x" * 300, "",
        '"-";0;0', '0;"-"', '0;0;[<999999]"-"',
    ],
)  # fmt: skip
def test_a_format_that_tells_or_hides_becomes_general(code: str) -> None:
    assert safe_format(code) == "General"


@pytest.mark.parametrize(("code", "told"), [('[=1]"是";[=0]"否";0', True), ("0.00", False)])
def test_a_person_is_told_of_cells_that_lose_their_format(code: str, told: bool) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["A1"].number_format = code
    notes = {n.code: n.severity for n in XlsxFormat().read(saved(book)).notes}
    assert notes.get("format_dropped") == (Severity.PERSON if told else None)


def test_cells_are_named_and_placed() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.active["AB3"] = "某甲"
    book.create_sheet("二")["B2"] = 7
    blocks = [b for b in XlsxFormat().read(saved(book)).blocks if b.kind is BlockKind.CELL]
    assert [(b.text, b.location.cell, b.cell) for b in blocks] == [
        ("姓名", "表1!A1", Cell(0, 0, 0)),
        ("某甲", "表1!AB3", Cell(0, 2, 27)),
        ("7", "表2!B2", Cell(1, 1, 1)),
    ]


def test_a_masked_number_becomes_an_inline_string_and_others_stay_numbers() -> None:
    book = openpyxl.Workbook()
    book.active.append([13800001111, 13800002222])
    output = edited(saved(book), (1, 3, 7, "****"))
    row = openpyxl.load_workbook(io.BytesIO(output)).active[1]
    assert [c.value for c in row] == ["138****1111", 13800002222]
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        assert b'<c r="A1" t="inlineStr">' in archive.read("xl/worksheets/sheet1.xml")


def test_dates_stay_dates_and_styles_stay() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = datetime.date(2026, 3, 1)
    sheet["A1"].font = openpyxl.styles.Font(name="仿宋_GB2312", bold=True, size=16)
    sheet.column_dimensions["A"].width = 30
    sheet.merge_cells("B1:C2")
    sheet.freeze_panes = "A2"
    output = openpyxl.load_workbook(io.BytesIO(edited(saved(book)))).active
    cell = output["A1"]
    assert (cell.value, cell.font.name, cell.font.b) == (
        datetime.datetime(2026, 3, 1), "仿宋_GB2312", True,
    )  # fmt: skip
    assert (output.column_dimensions["A"].width, output.freeze_panes) == (30, "A2")
    assert str(output.merged_cells.ranges[0] if isinstance(output.merged_cells.ranges, list)
               else next(iter(output.merged_cells.ranges))) == "B1:C2"  # fmt: skip


def test_formulas_leave_their_value() -> None:
    data = with_rows('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>A1</f></c></row>')
    assert cells(data) == {"表1!A1": "2"}
    codes = {n.code: n.severity for n in XlsxFormat().read(data).notes}
    assert codes["formula_without_value"] is Severity.PERSON
    with zipfile.ZipFile(io.BytesIO(edited(data))) as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet1.xml")


def test_long_numbers_that_lost_digits_need_a_person() -> None:
    notes = XlsxFormat().read(with_rows('<row r="1"><c r="A1"><v>3.5E+17</v></c></row>')).notes
    assert {n.code: n.severity for n in notes}["digits_lost"] is Severity.PERSON


def test_hidden_rows_columns_and_sheets_are_shown_and_told() -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "某甲"
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("藏").sheet_state = "hidden"
    data = saved(book)
    assert {n.code: n.severity for n in XlsxFormat().read(data).notes}["hidden_shown"] is (
        Severity.PERSON
    )
    output = openpyxl.load_workbook(io.BytesIO(edited(data)))
    assert not output.active.row_dimensions[2].hidden
    assert not output.active.column_dimensions["B"].hidden
    assert [s.sheet_state for s in output.worksheets] == ["visible", "visible"]


def test_a_plain_workbook_needs_no_person() -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", 1, 2.5, True, datetime.date(2026, 1, 1)])
    assert {n.severity for n in XlsxFormat().read(saved(book)).notes} <= {Severity.INFO}


def test_escapes_spaces_and_markup_survive_unchanged() -> None:
    text = " a_x0041_ <b>&\"'\n 𠮷 "
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    document = XlsxFormat().read(saved(book))
    output, _ = XlsxFormat().write(saved(book), plan_for(document, (1, 0, 1, text)))
    assert cells(output) == {"表1!A1": text}
    assert cells(edited(output)) == {"表1!A1": text}


def test_cells_without_references_count_on() -> None:
    data = with_rows("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    assert cells(data) == {"表1!A1": "1", "表1!B1": "2", "表1!A2": "3"}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"/><row r="1"/>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="ZZZ1"><v>1</v></c></row>',
        '<row r="9999999"/>',
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused(rows: str) -> None:
    with pytest.raises(BrokenInputError):
        XlsxFormat().read(with_rows(rows))


def test_a_book_of_too_many_filled_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redact.ooxml.book.MAX_BLOCKS", 2)
    two = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0"/><c r="C1"><v>2</v></c></row>'
    assert len(cells(with_rows(two))) == 2
    with pytest.raises(TooLargeInputError, match="拆成几个文件"):
        XlsxFormat().read(with_rows(two + '<row r="2"><c r="A2"><v>3</v></c></row>'))


def test_headers_keep_their_codes_and_hide_their_text() -> None:
    book = openpyxl.Workbook()
    book.active.oddFooter.center.text = "12号 某甲&&乙 &P"
    book.active.oddFooter.center.size = 10
    data = saved(book)
    document = XlsxFormat().read(data)
    footer = next(b for b in document.blocks if b.kind is BlockKind.PAGE_FOOTER)
    assert footer.text.strip() == "12号 某甲&乙"
    start = footer.text.index("某甲")
    plan = plan_for(document, (footer.location.block, start, start + 2, "某某"))
    output, _ = XlsxFormat().write(data, plan)
    assert XlsxFormat().read(output).text == redacted_document(document, plan).text
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        assert "某某&amp;&amp;乙 &amp;P" in archive.read("xl/worksheets/sheet1.xml").decode()


def test_a_plan_made_on_another_text_is_refused() -> None:
    data = saved(openpyxl.Workbook())
    with pytest.raises(UnsafeOutputError):
        XlsxFormat().write(data, RedactionPlan("0" * 64, "", "", (), ()))


def test_a_docx_under_a_wrong_name_is_refused() -> None:
    import docx

    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with pytest.raises(UnknownFormatError):
        XlsxFormat().read(buffer.getvalue())


def test_digits_under_a_symbol_font_read_as_digits_and_a_tick_stays_a_tick() -> None:
    digits = "".join(chr(0xF000 + ord(c)) for c in "13800001111")
    data = with_rows(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{digits}</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>\uf052</t></is></c></row>'
    )
    assert list(cells(data).values())[-2:] == ["13800001111", "\uf052"]


@pytest.mark.parametrize("sign", ["0", "a", "0a", "aaa0"])
def test_a_long_strange_format_is_judged_at_once(sign: str) -> None:
    assert safe_format(sign * (180 // len(sign)) + "\x7f") == "General"


def test_signs_that_nobody_sees_part_no_number() -> None:
    data = with_rows(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>1381234_x0007_5678</t></is></c></row>'
    )
    assert cells(data) == {"表1!A1": "13812345678"}
    assert cells(edited(data)) == {"表1!A1": "13812345678"}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_shown_and_told(state: str) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("藏")["A1"] = "钱多多"
    assert "hidden_shown" not in {note.code for note in XlsxFormat().read(saved(book)).notes}
    book.worksheets[1].sheet_state = state
    document = XlsxFormat().read(saved(book))
    assert {note.code: note.severity for note in document.notes}["hidden_shown"] is Severity.PERSON
    assert "钱多多" in document.text
    made = openpyxl.load_workbook(io.BytesIO(edited(saved(book))))
    assert [sheet.sheet_state for sheet in made.worksheets] == ["visible", "visible"]
