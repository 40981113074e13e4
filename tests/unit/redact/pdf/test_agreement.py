"""A draft of which two readers show different pages goes to a person, or is refused."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO

import pikepdf
import pytest

from redact.pdf.format import PdfFormat
from redact.pdf.mending import mended
from review.document import Severity
from review.errors import BrokenInputError

CATALOG, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
SHOWN, OTHER = "Notice of the office", "Telephone of Zhao"


def page(content: int) -> bytes:
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >>"
        b" >> /Contents %d 0 R >>" % content
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def content(text: str, drawn: bytes = b"") -> bytes:
    return stream(drawn + f"BT /F1 14 Tf 60 700 Td ({text}) Tj ET".encode())


def packed(*objects: tuple[int, bytes]) -> bytes:
    """Write objects into an object stream, in which a number may come twice."""
    heads, bodies = b"", b""
    for number, body in objects:
        heads += b"%d %d " % (number, len(bodies))
        bodies += body + b" "
    entries = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(heads))
    return stream(heads + bodies, entries)


def with_stream_of_places(plain: Mapping[int, bytes], within: Mapping[int, int]) -> bytes:
    """Write a file whose table is a stream; object 8 holds the objects ``within`` it by place."""
    data, entries = b"%PDF-1.5\n", {0: (0, 0, 255)}
    for number, body in plain.items():
        entries[number] = 1, len(data), 0
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    entries |= {number: (2, 8, place) for number, place in within.items()}
    entries[9] = 1, len(data), 0
    table = b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([more])
        for kind, place, more in (entries.get(number, (0, 0, 0)) for number in range(10))
    )
    told = b"/Type /XRef /W [1 4 1] /Size 10 /Root 1 0 R /Filter /FlateDecode"
    start = len(data)
    data += b"9 0 obj\n%s\nendobj\n" % stream(zlib.compress(table), told)
    return data + b"startxref\n%d\n%%%%EOF\n" % start


def twice_in_one_stream(second: bytes) -> bytes:
    """Tell the page twice in one object stream; the table names the first."""
    objects = packed((1, CATALOG), (2, PAGES), (3, page(4)), (3, page(6)), (5, FONT))
    plain = {4: content(SHOWN), 6: second, 8: objects}
    return with_stream_of_places(plain, {1: 0, 2: 1, 3: 2, 5: 4})


def with_wrong_count() -> bytes:
    """Hold two pages and count one."""
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        pdf.Root.Pages.Count = 1
        output = BytesIO()
        pdf.save(output)
    return output.getvalue().replace(b"/Count 2", b"/Count 1")


def test_a_page_told_twice_is_shown_to_a_person() -> None:
    data = twice_in_one_stream(content(OTHER))
    assert mended(data) is None
    document = PdfFormat().read(data)
    (note,) = [n for n in document.notes if n.code == "pdf_two_readings"]
    assert note.severity is Severity.PERSON
    assert "第1页" in note.message


def test_a_draft_whose_pages_readers_count_differently_is_refused() -> None:
    data = with_wrong_count()
    with pytest.raises(BrokenInputError, match="页数不同"):
        PdfFormat().read(data)


def test_pages_that_look_otherwise_and_read_alike_are_told() -> None:
    data = twice_in_one_stream(content(SHOWN, b"0 0 200 200 re f "))
    assert "pdf_two_readings" in {note.code for note in PdfFormat().read(data).notes}


def test_an_ordinary_draft_is_not_spoken_of() -> None:
    objects = packed((1, CATALOG), (2, PAGES), (3, page(4)), (5, FONT))
    data = with_stream_of_places({4: content(SHOWN), 8: objects}, {1: 0, 2: 1, 3: 2, 5: 3})
    document = PdfFormat().read(data)
    assert document.blocks[0].text == SHOWN
    assert "pdf_two_readings" not in {note.code for note in document.notes}


def test_a_page_that_one_reader_cannot_open_is_refused() -> None:
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page()
        output = BytesIO()
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = output.getvalue()
    place = data.rindex(b"/Type /Page ")
    broken = data[:place] + b"/Type /Pagf " + data[place + 12 :]
    with pytest.raises(BrokenInputError, match="重新导出"):
        PdfFormat().read(broken)
