"""A file saved as "Strict Open XML" is read like any other and written with the usual names."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import openpyxl
import pytest

from redact.ooxml.docx import DocxFormat
from redact.ooxml.numbers import day_number
from redact.ooxml.parts import open_office
from redact.ooxml.pptx import PptxFormat
from redact.ooxml.xlsx import XlsxFormat
from redact.preview.docx_highlight import highlighted_docx
from redact.preview.highlights import HighlightOrder
from review.errors import UnknownFormatError
from review.ports import Format
from tests.fakes.planted import everything_in, planted, redacted_by
from tests.fakes.pptx import package, paragraph, shape, slide

STRICT = b"http://purl.oclc.org/ooxml/"
USUAL = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(\w+)")


CODED = ("document.xml", "sheet1.xml")


def strict(data: bytes, code: str = "utf-8") -> bytes:
    """Save a package as "Strict": other names, the conformance told, days written out."""
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if not name.startswith(("[", "docProps")):
                spared = text.replace(b"http://schemas.openxmlformats.org/package", b"\0")
                text = USUAL.sub(STRICT + rb"\1/\2", spared)
                text = text.replace(b"\0", b"http://schemas.openxmlformats.org/package")
                text = text.replace(b"<w:document ", b'<w:document conformance="strict" ')
                text = text.replace(b"<v>46082.5</v>", b"<v>2026-03-01T12:00:00.000</v>")
            if code != "utf-8" and name.endswith(CODED):
                text = text.split(b"?>", 1)[-1].decode().encode(code)
            new.writestr(name, text)
    return output.getvalue()


def word() -> bytes:
    document, output = docx.Document(), io.BytesIO()
    document.add_paragraph(f"联系人{planted(0)}到场")
    document.save(output)
    return output.getvalue()


def book() -> bytes:
    made, output = openpyxl.Workbook(), io.BytesIO()
    made.active["A1"] = planted(0)
    made.save(output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("form", "data"),
    [
        (DocxFormat(), word()),
        (XlsxFormat(), book()),
        (PptxFormat(), package([slide(shape(paragraph(f"汇报人{planted(0)}")))])),
    ],
    ids=["docx", "xlsx", "pptx"],
)
def test_it_gives_the_same_output_as_the_usual_file(form: Format, data: bytes) -> None:
    draft = strict(data)
    assert any(STRICT in part for part in parts(draft))
    output = redacted_by(form, draft)[2]
    assert output == redacted_by(form, data)[2]
    assert planted(0) not in everything_in(output)


def parts(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


@pytest.mark.parametrize(
    ("markup", "usual"),
    [
        ('<a:lumMod val="75%"/>', '<a:lumMod val="75000"/>'),
        ('<a:fillToRect l="50%" t="-80%"/>', '<a:fillToRect l="50000" t="-80000"/>'),
        ('<c:gapWidth val="150%"/>', '<c:gapWidth val="150"/>'),
        ('<w:tblW w:w="62.5%" w:type="pct"/>', '<w:tblW w:w="3125" w:type="pct"/>'),
        ('<w:w w:val="80%"/>', '<w:w w:val="80"/>'),
        (
            '<w:tblCaption w:val="80%"/><w:t>="5%"</w:t>',
            '<w:tblCaption w:val="80%"/><w:t>="5%"</w:t>',
        ),
    ],
)
def test_percentages_are_counted_in_the_usual_units(markup: str, usual: str) -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as new:
        new.writestr("a.xml", f'<x xmlns="{STRICT.decode()}a/b">{markup}</x>')
        new.writestr("b.xml", f"<x>{markup}</x>")
    read = open_office(output.getvalue())
    assert usual.encode() in read["a.xml"]
    assert markup.encode() in read["b.xml"]


@pytest.mark.parametrize(("form", "data"), [(DocxFormat(), word()), (XlsxFormat(), book())])
def test_one_in_a_coding_whose_names_are_not_seen_is_refused(form: Format, data: bytes) -> None:
    with pytest.raises(UnknownFormatError, match="Strict"):
        form.read(strict(data, "utf-16"))


def test_the_review_copy_of_it_has_one_kind_of_names() -> None:
    copy = highlighted_docx(strict(word()), HighlightOrder("docx", (), (), ()))
    assert not any(STRICT in part for part in parts(copy))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("2026-03-01T12:00:00.000", "46082.5"),
        ("2026-03-01", "46082"),
        ("1900-03-01", "61"),
        ("1900-02-28", None),
        ("张三", None),
    ],
)
def test_a_day_written_out_is_a_number_again(written: str, number: str | None) -> None:
    assert day_number(written, epoch_1904=False) == number


def test_a_cell_with_a_day_written_out_keeps_its_format() -> None:
    made, output = openpyxl.Workbook(), io.BytesIO()
    made.active["A1"] = 46082.5
    made.active["A1"].number_format = 'yyyy"年"m"月"d"日"'
    made.save(output)
    data = strict(output.getvalue())
    source = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b't="n"', b't="d"'))
    form = XlsxFormat()
    assert [b.text for b in form.read(source.getvalue()).blocks if b.cell] == [
        "2026年3月1日 12:00:00"
    ]
    written = openpyxl.load_workbook(io.BytesIO(redacted_by(form, source.getvalue())[2])).active
    assert (str(written["A1"].value), written["A1"].data_type) == ("2026-03-01 12:00:00", "d")
