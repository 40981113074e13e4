"""What steers the look of a workbook without telling anything stays as programs wrote it."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image

from redact.ooxml.parts import RELATIONSHIPS, XDR, A, R
from redact.ooxml.values import rounded
from redact.ooxml.xlsx import XlsxFormat
from review.plan import Edit, RedactionPlan
from tests.fakes.pictures import encoded


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def written(data: bytes, *edits: tuple[int, int, int, str]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(XlsxFormat().write(data, plan(data, *edits))[0]))


def plan(data: bytes, *edits: tuple[int, int, int, str]) -> RedactionPlan:
    made = tuple(Edit(*edit, "F1") for edit in edits)
    return RedactionPlan(XlsxFormat().read(data).digest, "", "general", (), made)


def notes(data: bytes) -> set[str]:
    return {note.code for note in XlsxFormat().read(data).notes}


def test_what_is_printed_and_the_rows_on_every_page_stay_under_the_new_name_of_the_sheet() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("张三's 表", 0)["A1"] = "标题"
    book.worksheets[0].print_area = "A1:G90"
    book.worksheets[0].print_title_rows = "1:3"
    book.worksheets[0].print_title_cols = "A:B"
    book.worksheets[1].print_area = "B2:C3"
    data = saved(book)
    output = written(data, (0, 0, 2, "某某"))
    assert output.sheetnames[0] == "某某's 表"
    first, second = output.worksheets
    assert first.print_area == "'某某''s 表'!$A$1:$G$90"
    assert (first.print_title_rows, first.print_title_cols) == ("$1:$3", "$A:$B")
    assert second.print_area.endswith("!$B$2:$C$3")
    assert "rules_dropped" not in notes(data)


@pytest.mark.parametrize("text", ["OFFSET(Sheet!$A$1,0,0,9,9)", '"张三13800001111"', "#REF!"])
def test_a_print_area_that_is_no_list_of_places_goes(text: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    name = "_xlnm.Print_Area"
    book.defined_names[name] = DefinedName(name, localSheetId=0, attr_text=text)
    data = saved(book)
    assert not written(data).active.print_area
    assert "rules_dropped" in notes(data)


def test_noughts_that_are_not_shown_stay_so() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 0
    book.active.sheet_view.showZeros = False
    assert written(saved(book)).active.sheet_view.showZeros is False


def test_a_header_goes_on_naming_its_sheet_and_file() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    book.active.oddHeader.center.text = "统计局&A&F&Z"
    assert written(saved(book)).active.oddHeader.center.text == "统计局&A&F"


DISPIMG = '=DISPIMG("ID_{}",1)'


def with_cell_picture(shown: str, image: bytes) -> bytes:
    """Build a workbook as WPS does, whose cell B2 shows a picture that the workbook holds."""
    book = openpyxl.Workbook()
    book.active["A2"] = "设施"
    markup = (
        f'<etc:cellImages xmlns:xdr="{XDR}" xmlns:r="{R}" xmlns:a="{A}" xmlns:etc="urn:wps">'
        '<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_7C1F" descr="张三"/>'
        '<xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill>'
        "<xdr:spPr/></xdr:pic></etc:cellImage></etc:cellImages>"
    )
    relation = '<Relationship Id="{}" Type="http://www.wps.cn/2020/{}" Target="{}"/>'
    ending = "</Relationships>"
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace("</row>", f'<c r="B2" t="str"><f>X</f><v>{shown}</v></c></row>')
            if name == "xl/_rels/workbook.xml.rels":
                more = relation.format("rIdW", "cellImage", "cellimages.xml")
                text = text.replace(ending, more + ending)
            new.writestr(name, text)
        head = f'<Relationships xmlns="{RELATIONSHIPS}">'
        own = relation.format("rId1", "image", "media/a.png")
        new.writestr("xl/_rels/cellimages.xml.rels", f"{head}{own}{ending}")
        new.writestr("xl/cellimages.xml", markup)
        new.writestr("xl/media/a.png", image)
    return output.getvalue()


def test_a_picture_in_a_cell_of_wps_lies_over_its_cell() -> None:
    data = with_cell_picture(
        DISPIMG.format("7C1F").replace('"', "&quot;"),
        encoded(Image.new("RGB", (60, 40), "white"), "png"),
    )
    sheet = written(data).active
    (picture,) = sheet._images
    assert (picture.anchor._from.col, picture.anchor._from.row) == (1, 1)
    assert (picture.anchor.to.col, picture.anchor.to.row) == (2, 2)
    assert sheet["B2"].value is None
    assert {"picture_read", "picture_doubtful"} & notes(data)
    assert not [b for b in XlsxFormat().read(data).blocks if "DISPIMG" in b.text]


@pytest.mark.parametrize(
    ("shown", "image"),
    [(DISPIMG.format("OTHER"), b"x"), ("=DISPIMG(张三)", b"x"), (DISPIMG.format("7C1F"), b"x")],
)
def test_people_are_told_of_one_that_cannot_be_shown(shown: str, image: bytes) -> None:
    data = with_cell_picture(shown.replace('"', "&quot;"), image)
    assert "picture_dropped" in notes(data)
    assert written(data).active["B2"].value is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0.70866141732283472", "0.708661"),
        ("-4.9989318521683403E-2", "-0.049989"),
        ("9.14166666666667", "9.141667"),
        ("15.949999999999999", "15.95"),
        ("-1e-9", "0"),
        ("0.75", "0.75"),
        ("13800001111.12345678901", "13800001111.12345678901"),
        ("张三", "张三"),
    ],
)
def test_a_measure_of_seventeen_places_is_rounded(written: str, kept: str) -> None:
    assert rounded(written) == kept


def test_margins_sizes_and_shades_as_excel_and_wps_write_them_stay() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    font = InlineFont(color=Color(theme=1, tint=0.34998626667073579))
    sheet["A1"] = CellRichText(TextBlock(font, "甲"))
    sheet["A1"].fill = PatternFill("solid", fgColor=Color(theme=0, tint=-4.9989318521683403e-2))
    sheet.column_dimensions["A"].width = 9.14166666666667
    sheet.row_dimensions[1].height = 15.949999999999999
    sheet.page_margins.left = sheet.page_margins.header = 0.70866141732283472
    output = written(saved(book)).active
    assert output["A1"].fill.fgColor.tint == pytest.approx(-0.049989)
    assert output.column_dimensions["A"].width == pytest.approx(9.141667)
    assert output.row_dimensions[1].height == pytest.approx(15.95)
    assert output.page_margins.left == output.page_margins.header == pytest.approx(0.708661)
    data = XlsxFormat().write(saved(book), plan(saved(book)))[0]
    strings = zipfile.ZipFile(io.BytesIO(data)).read("xl/sharedStrings.xml").decode()
    assert 'tint="0.349986"' in strings


def test_margins_of_which_one_is_no_measure_go_together() -> None:
    output, telling = io.BytesIO(), 'left="张三"'.encode()
    source = io.BytesIO(saved(openpyxl.Workbook()))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'left="0.75"', telling))
    data = XlsxFormat().write(output.getvalue(), plan(output.getvalue()))[0]
    assert b"pageMargins" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
