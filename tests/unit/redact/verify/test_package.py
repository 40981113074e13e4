from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from redact.verify.views import UNCHECKED_PART, UNREADABLE

NAME, PHONE, ID = "张三丰", "13812345678", "350102198501011235"
REMOVED = dict.fromkeys((NAME, PHONE, ID, "王伟", "汉", "高血压"), 0)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CONTENT = "张某某，电话138****5678，身份证号35*************235，民族***。"


def document(body: str, *, head: str = "", root: str = W) -> bytes:
    return f"{head}<w:document {root}><w:body>{body}</w:body></w:document>".encode()


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def package(parts: dict[str, bytes] | None = None, body: str = "", comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    all_parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": document(paragraph(CONTENT) + body),
    } | (parts or {})
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.comment = comment
        for name, data in all_parts.items():
            made.writestr(name, data)
    return buffer.getvalue()


def verify(output: bytes, format: str = "docx") -> tuple[str, ...]:
    return IndependentVerifier().verify(format, output, REMOVED)


def test_a_clean_document_passes():
    assert verify(package()) == ()


@pytest.mark.parametrize(
    ("where", "output"),
    [
        ("in one run", package(body=paragraph(f"甲{NAME}乙"))),
        ("split over runs", package(body=paragraph("张", "三", "丰"))),
        ("split over paragraphs", package(body=paragraph("张") + paragraph("三丰"))),
        ("one digit a cell", package(body="".join(paragraph(c) for c in ID))),
        ("full-width", package(body=paragraph("１３８１２３４５６７８"))),
        ("spaced", package(body=paragraph("138 1234-5678"))),
        ("zero-width inside", package(body=paragraph("张\u200b三\ufeff丰"))),
        ("soft hyphens inside", package(body=paragraph("138\u00ad1234\u00ad5678"))),
        ("combining marks inside", package(body=paragraph("张\ufe00三\u0301丰"))),
        ("words between the digits", package(body=paragraph("138转1234转5678"))),
        ("part of an identifier", package(body=paragraph("尾号19850101"))),
        ("a name of two signs", package(body=paragraph("签收：王 伟"))),
        ("one sign", package(body=paragraph("民族：汉"))),
        ("character references", package(body=paragraph("&#24352;&#19977;&#20016;"))),
        ("CDATA", package(body=paragraph(f"<![CDATA[{NAME}]]>"))),
        ("break inside", package(body="<w:p><w:t>张</w:t><w:br/><w:t>三丰</w:t></w:p>")),
        (
            "a text box",
            package(
                body=f"<w:p><w:t>前</w:t><w:txbxContent>{paragraph(NAME)}</w:txbxContent></w:p>"
            ),
        ),
        ("alt text", package(body='<w:p><pic descr="王伟的照片"/></w:p>')),
        ("alt text in letters", package(body=f'<w:p><pic descr="tel {PHONE}"/></w:p>')),
        ("field code", package(body=f"<w:p><w:instrText>HYPERLINK {PHONE}</w:instrText></w:p>")),
        ("deleted text", package(body=f"<w:p><w:delText>{NAME}</w:delText></w:p>")),
        ("a revision mark", package(body=f'<w:p w:rsidR="{PHONE}"/>')),
        ("an element name", package(body=f"<w:p><{NAME}/></w:p>")),
        ("an attribute name", package(body=f'<w:p x{PHONE}="1"/>')),
        ("a namespace", package(body=f'<w:p xmlns:x="urn:{PHONE}"/>')),
        ("an XML comment", package(body="<!-- 王伟 -->")),
        ("a processing instruction", package(body=f"<?keep {NAME}?>")),
        ("a header", package({"word/header1.xml": document(paragraph(NAME))})),
        ("a comment", package({"word/comments.xml": document(paragraph(NAME))})),
        ("document properties", package({"docProps/core.xml": f"<c>{NAME}</c>".encode()})),
        ("custom XML", package({"customXml/item1.xml": f"<a><b>{NAME}</b></a>".encode()})),
        ("UTF-16", package({"customXml/item1.xml": f"<a>{NAME}</a>".encode("utf-16")})),
        ("a relationship", package({"_rels/.rels": f'<R T="mailto:{PHONE}"/>'.encode()})),
        ("the zip comment", package(comment=NAME.encode("gb18030"))),
        ("a part name", package({f"customXml/{PHONE}.xml": b"<a/>"})),
    ],
)
def test_a_value_is_found(where: str, output: bytes):
    complaints = verify(output)
    assert complaints, where
    assert not [value for value in REMOVED if any(value in told for told in complaints)]


def test_a_complaint_names_its_place():
    assert verify(package(body=paragraph(PHONE))) == ("正文第 2 段仍能读到应隐去的内容。",)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n", b"", package(), b"<a>", b"plain text"])
def test_a_part_that_is_no_xml_is_a_complaint_in_itself(data: bytes):
    assert verify(package({"word/media/image1.png": data})) == (UNCHECKED_PART,)


def test_a_document_type_is_refused():
    dtd = '<!DOCTYPE w:document [<!ENTITY a "张三"><!ENTITY b "丰">]>'
    (complaint,) = verify(package({"word/header1.xml": document(paragraph("&a;&b;"), head=dtd)}))
    assert "文档类型定义" in complaint


def with_local_extra(extra: bytes) -> bytes:
    """Write a package of one stored part whose local header alone carries an extra field."""
    name, body = b"word/document.xml", document(paragraph(CONTENT))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as stored:
        stored.writestr(zipfile.ZipInfo(name.decode()), body)
    data = made.getvalue()
    cut = 30 + len(name)
    grown = data[:28] + struct.pack("<H", len(extra)) + data[30:cut] + extra + data[cut:]
    directory = struct.unpack_from("<I", data, len(data) - 6)[0]
    return grown[:-6] + struct.pack("<I", directory + len(extra)) + grown[-2:]


def deflated_with_a_tail(tail: bytes) -> bytes:
    """Hide bytes behind the end of the deflated stream but inside the entry."""
    body = document(paragraph(CONTENT))
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(body) + packer.flush() + tail
    name = b"word/document.xml"
    fields = (20, 0, 8, 0, 33, zlib.crc32(body), len(packed), len(body), len(name), 0)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", *fields) + name + packed
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, *fields, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def test_bytes_that_belong_to_no_part_are_found():
    clean = package()
    assert verify(deflated_with_a_tail(b"")) == verify(with_local_extra(b"")) == ()
    for tampered in (
        NAME.encode() + clean,
        clean + NAME.encode(),
        deflated_with_a_tail(NAME.encode()),
        with_local_extra(b"\xff\xff\x0b\x00" + PHONE.encode()),
    ):
        assert verify(tampered)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_told_twice_is_refused():
    buffer = io.BytesIO(package())
    with zipfile.ZipFile(buffer, "a") as again:
        again.writestr("word/Document.xml", document(paragraph(NAME)))
    assert "压缩结构" in verify(buffer.getvalue())[0]


@pytest.mark.parametrize("output", [b"", b"PK\3\4", package()[:200], b"x" * 100])
def test_a_package_that_cannot_be_read_is_a_complaint(output: bytes):
    assert verify(output) == (UNREADABLE,)


SHEET = "<worksheet><sheetData><row>{}</row></sheetData></worksheet>"


def workbook(cells: str, shared: str = "") -> bytes:
    return package(
        {
            "xl/worksheets/sheet1.xml": SHEET.format(cells).encode(),
            "xl/sharedStrings.xml": f"<sst>{shared}</sst>".encode(),
        }
    )


@pytest.mark.parametrize(
    "output",
    [
        workbook(f'<c r="B2"><v>{PHONE}</v></c>'),
        workbook('<c r="B2"><v>1.3812345678E10</v></c>'),
        workbook('<c r="B2"><v>1.3812345678E+10</v></c>'),
        workbook('<c r="B2" t="inlineStr"><is><r><t>王</t></r><r><t>伟</t></r></is></c>'),
        workbook(f'<c r="B2"><f>CONCAT("{PHONE}")</f><v>1</v></c>'),
        workbook('<c r="B2" t="s"><v>0</v></c>', "<si><t>王伟</t></si>"),
    ],
)
def test_a_value_in_a_sheet_is_found(output: bytes):
    assert verify(output, "xlsx")


def test_an_empty_shared_string_counts_among_those_that_cells_are_numbered_by():
    shared = "<si><t/></si><si><t>甲</t></si><si><t>在</t></si>"
    cells = '<c r="A1"><v>5</v></c><c r="M2" t="s"><v>2</v></c>'
    assert IndependentVerifier().verify("xlsx", workbook(cells, shared), {"2": 0}) == ()
    assert IndependentVerifier().verify("xlsx", workbook(cells, shared), {"在": 0}) != ()


def test_a_shared_string_nobody_uses_is_found():
    assert verify(workbook("", "<si><t>王伟</t></si>"), "xlsx") == (
        "共享字符串仍能读到应隐去的内容。",
    )


def test_a_cell_is_named():
    cell = '<c r="B2" t="inlineStr"><is><t>王伟</t></is></c>'
    assert verify(workbook(cell), "xlsx") == ("工作表单元格 B2仍能读到应隐去的内容。",)


def test_neighbouring_cells_do_not_make_a_telephone():
    cells = '<c r="A1"><v>1381234</v></c><c r="B1"><v>5678</v></c>'
    assert verify(workbook(cells), "xlsx") == ()


def test_each_use_of_a_shared_string_counts():
    shared = "<si><t>王伟</t></si>"
    allowed = allowed_occurrences("王伟\n王某某", ["王伟"])
    once = workbook('<c r="A1" t="s"><v>0</v></c>', shared)
    twice = workbook('<c r="A1" t="s"><v>0</v></c><c r="A2" t="s"><v>0</v></c>', shared)
    assert IndependentVerifier().verify("xlsx", once, allowed) == ()
    assert IndependentVerifier().verify("xlsx", twice, allowed) != ()
