from __future__ import annotations

import io

import openpyxl

from redact.ooxml.xlsx import XlsxFormat
from review.document import Document
from review.plan import Edit, RedactionPlan


def workbook(*names: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in names:
        book.create_sheet(name)["A1"] = "内容"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def renamed(data: bytes, replacement: str) -> tuple[Document, bytes]:
    """Replace every sheet name from its third character on."""
    document = XlsxFormat().read(data)
    edits = tuple(
        Edit(i, 2, len(b.text), replacement, "F1")
        for i, b in enumerate(document.blocks)
        if b.text != "内容"
    )
    plan = RedactionPlan(document.digest, "p", "general", (), edits)
    return document, XlsxFormat().write(data, plan)[0]


def test_a_mask_in_a_sheet_name_reads_as_planned():
    _, output = renamed(workbook("手机13812345678"), "138****5678")
    assert XlsxFormat().read(output).blocks[0].text == "手机138****5678"
    assert openpyxl.load_workbook(io.BytesIO(output)).sheetnames == ["手机138＊＊＊＊5678"]


def test_names_that_redact_alike_differ_by_white_space_alone():
    data = workbook(*(f"云山{number:03}号" for number in range(60)))
    _, output = renamed(data, "某某镇***")
    names = openpyxl.load_workbook(io.BytesIO(output)).sheetnames
    assert len(set(names)) == 60
    assert {"".join(name.split()) for name in names} == {"云山某某镇＊＊＊"}
    assert max(map(len, names)) <= 31


def test_full_width_signs_of_a_sheet_name_stay():
    data = workbook("收支：总表（1）")
    _, output = renamed(data, "：乙")
    assert openpyxl.load_workbook(io.BytesIO(output)).sheetnames == ["收支：乙"]
