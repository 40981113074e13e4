"""A paragraph of very many pieces takes time in proportion to them."""

from __future__ import annotations

import time
from io import BytesIO

import docx
import pytest

from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import W
from redact.package import build_package, open_package

PIECES = 30_000
RUN = "<w:r><w:rPr><w:b/></w:rPr><w:t>字</w:t></w:r>"
MANY = {
    "runs": f"<w:p>{RUN * PIECES}</w:p>",
    "insertions": f"<w:p>{f'<w:ins>{RUN}</w:ins>' * PIECES}</w:p>",
    "joined paragraphs": f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{RUN}</w:p>" * PIECES
    + "<w:p/>",
}


@pytest.mark.parametrize("what", MANY)
def test_a_paragraph_of_many_pieces_is_read_in_linear_time(what: str) -> None:
    buffer = BytesIO()
    docx.Document().save(buffer)
    parts = open_package(buffer.getvalue())
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{W}"><w:body>{MANY[what]}</w:body></w:document>'.encode()
    )
    parts["word/document.xml"] += b"".join(b"<!--%d-->" % n for n in range(20_000))  # no bomb
    start = time.process_time()
    document = DocxFormat().read(build_package(parts))
    assert time.process_time() - start < 5
    assert "字" * PIECES in {block.text for block in document.blocks}
