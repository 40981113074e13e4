"""Digits that Word stores as private characters of a symbol font are read as what they show."""

from __future__ import annotations

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from redact.ooxml.docx import DocxFormat
from review.plan import Edit, RedactionPlan


def paper(*runs: str) -> bytes:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in runs:
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{run}</w:r>"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def private(text: str) -> str:
    return "".join(chr(0xF000 + ord(c)) for c in text)


def symbols(text: str, font: str) -> str:
    return "".join(f'<w:sym w:font="{font}" w:char="F0{ord(c):02X}"/>' for c in text)


def test_symbols_of_letters_and_digits_are_read_and_redacted() -> None:
    data = paper(symbols("138", "Symbol"), f"<w:t>{private('12345')}</w:t>")
    document = DocxFormat().read(data)
    assert document.blocks[0].text == "13812345"
    plan = RedactionPlan(document.digest, "p", "general", (), (Edit(0, 0, 8, "***", "F1"),))
    output, _ = DocxFormat().write(data, plan)
    assert DocxFormat().read(output).blocks[0].text == "***"


def test_pictures_of_dingbat_fonts_stay_what_they_are() -> None:
    fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    data = paper(symbols("R", "Wingdings 2"), f"{fonts}<w:t>{private('R')}</w:t>")
    assert DocxFormat().read(data).blocks[0].text == private("RR")
