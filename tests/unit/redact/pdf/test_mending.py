from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from redact.pdf.format import PdfFormat
from redact.pdf.mending import mended
from review.document import Severity
from review.errors import BrokenInputError
from review.plan import Edit, RedactionPlan


def paper(*lines: str) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pageCompression=0)
    for line in lines:
        canvas.drawString(80, 700, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_table_astray(data: bytes) -> bytes:
    """Put bytes before the objects, so that no place in the table is right."""
    return data[:9] + b"%" + b"x" * 40 + b"\n" + data[9:]


def with_length(data: bytes, length: int) -> bytes:
    return re.sub(rb"/Length \d+", b"/Length %d" % length, data)


@pytest.mark.parametrize(
    "data",
    [
        with_table_astray(paper("Zhao Xiaoman")),
        with_length(paper("Zhao Xiaoman"), 1),
        with_table_astray(paper("Zhao Xiaoman")) + bytes(3000),
    ],
)
def test_a_file_with_wrong_tables_is_mended_for_a_person_to_compare(data: bytes) -> None:
    document = PdfFormat().read(data)
    assert document.blocks[0].text == "Zhao Xiaoman"
    notes = [note.severity for note in document.notes if note.code == "pdf_mended"]
    assert notes == [Severity.PERSON]
    plan = RedactionPlan(document.digest, "", "general", (), (Edit(0, 0, 12, "Z", "F1"),))
    output, _ = PdfFormat().write(data, plan)
    assert PdfFormat().read(output).blocks[0].text == "Z"
    assert b"Xiaoman" not in output


def by_hand(length: int, place: int = 0) -> bytes:
    """Write a page whose content says another length, or stands elsewhere than the table says."""
    content = b"BT /F1 14 Tf 60 700 Td (Zhao Xiaoman) Tj ET"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content) + length, content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    data, table = b"%PDF-1.5\n", b"xref\n0 6\n0000000000 65535 f \n"
    for number, body in enumerate(bodies, 1):
        table += b"%010d 00000 n \n" % (len(data) + (place if number == 4 else 0))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + table + end


def test_a_page_whose_content_alone_is_damaged_is_mended_and_not_taken_for_empty() -> None:
    assert PdfFormat().read(by_hand(0)).notes == ()
    for data in (by_hand(-20), by_hand(4000)):
        document = PdfFormat().read(data)
        assert document.blocks[0].text == "Zhao Xiaoman"
        assert "pdf_mended" in {note.code for note in document.notes}


def test_a_page_of_which_another_reader_sees_nothing_is_refused() -> None:
    with pytest.raises(BrokenInputError):
        PdfFormat().read(by_hand(0, place=1))


def test_a_whole_file_needs_no_mending() -> None:
    assert mended(paper("a")) is None


def test_a_file_without_its_end_is_not_mended() -> None:
    data = with_table_astray(paper("a", "b"))
    for cut in (data[: data.rindex(b"%%EOF")], data[: len(data) // 2], b""):
        with pytest.raises(BrokenInputError):
            PdfFormat().read(cut)


def test_a_file_that_two_readers_mend_differently_is_refused() -> None:
    data = with_table_astray(paper("a")).replace(b"/Count 1", b"/Count 2")
    assert mended(data) is None
    with pytest.raises(BrokenInputError):
        PdfFormat().read(data)


def test_a_damaged_stream_stays_damaged() -> None:
    with pikepdf.open(BytesIO(paper("a"))) as pdf:
        pdf.pages[0].Contents.write(b"x\x9cdamage", filter=pikepdf.Name.FlateDecode)
        buffer = BytesIO()
        pdf.save(buffer, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pytest.raises(BrokenInputError, match="内容已损坏"):
        PdfFormat().read(with_table_astray(buffer.getvalue()))
