"""What a reader of a published file sees, as text: to be frozen, compared word for word, looked at.

``python -m tests.golden.published`` freezes the published text of every sample anew. Read the
difference before committing it: each changed line is a mend, a leak or an altered document.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pdfplumber
from lxml import etree
from PIL import Image

from flows.compose import open_pipeline
from flows.processing.pipeline import Pipeline
from flows.processing.scanned import Incoming
from samples.manifest import Sample, load_samples

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPHS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}p",
    "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p",
    "{http://www.ofdspec.org/2016}TextCode",
)
_ABOUT = frozenset({"docProps/core.xml", "docProps/app.xml", "meta.xml", "OFD.xml"})
_SIGNS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n"}


def frozen(sample: Sample) -> Path:
    """Tell where the published text of a sample is kept."""
    return sample.expected.with_suffix(".txt")


def published(pipeline: Pipeline, sample: Sample) -> str:
    """Redact a sample and read what comes out: its name, then its text in the order of reading."""
    scan = pipeline.scan([Incoming(sample.path.name, sample.path.read_bytes())], sample.category)
    (output,) = pipeline.redact(scan)
    return text_of(output.name, output.data)


def text_of(name: str, data: bytes) -> str:
    """Read a file without the product's readers; one line a paragraph, row or line of a page."""
    match Path(name).suffix:
        case ".docx":
            lines = _of_docx(data)
        case ".xlsx":
            lines = _of_xlsx(data)
        case ".pdf":
            lines = _of_pdf(data)
        case ".pptx" | ".odt" | ".ods" | ".ofd":
            lines = _of_package(data)
        case ".png":
            lines = _of_picture(data)
        case _:
            lines = iter(decoded(data).splitlines())
    return "\n".join([name, "", *lines, ""])


def decoded(data: bytes) -> str:
    """Read plain text in one of the two encodings that offices use."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _of_docx(data: bytes) -> Iterator[str]:
    """Read every part that holds paragraphs: the body, headers, notes, comments; then who wrote."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in sorted(n for n in package.namelist() if n.endswith(".xml")):
            root = etree.fromstring(package.read(part))
            lines = [_of_paragraph(p) for p in root.iter(f"{WORD}p")]
            if part.startswith("docProps/"):
                lines = [f"{etree.QName(e).localname}: {e.text}" for e in root.iter() if e.text]
            if lines:
                yield from (f"[{part}]", *lines)


def _of_paragraph(paragraph: etree._Element) -> str:
    return "".join(
        _SIGNS.get(str(e.tag)) or (e.text or "" if e.tag == f"{WORD}t" else "")
        for e in paragraph.iter()
    )


def _of_xlsx(data: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet in book:
        yield f"[{sheet.title}]"
        for row in sheet.iter_rows():
            yield "\t".join("" if c.value is None else str(c.value) for c in row)
            yield from (f"{c.coordinate}: {c.comment.text}" for c in row if c.comment)
    known = {k: v for k, v in vars(book.properties).items() if isinstance(v, str)}
    yield from ("[properties]", *(f"{key}: {value}" for key, value in sorted(known.items())))


def _of_package(data: bytes) -> Iterator[str]:
    """Read every part that holds paragraphs or lines, then who wrote."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in sorted(n for n in package.namelist() if n.endswith(".xml")):
            root = etree.fromstring(package.read(part))
            if part in _ABOUT:
                lines = [f"{etree.QName(e).localname}: {e.text}" for e in root.iter() if e.text]
            else:
                lines = ["".join(p.itertext()) for p in root.iter(*_PARAGRAPHS)]
            if lines:
                yield from (f"[{part}]", *lines)


def _of_picture(data: bytes) -> Iterator[str]:
    """Tell what lies in a picture beside its pixels, which are looked at place by place."""
    with Image.open(io.BytesIO(data)) as picture:
        yield f"{picture.format} {picture.mode} {picture.size}"
        yield from (f"{key}: {value}" for key, value in sorted(picture.info.items()))


def _of_pdf(data: bytes) -> Iterator[str]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            yield f"[page {page.page_number}]"
            yield from page.extract_text().splitlines()
        yield from (f"{key}: {value}" for key, value in sorted(pdf.metadata.items()))


def main() -> None:
    """Freeze the published text of every sample that is published at all."""
    pipeline = open_pipeline()
    for sample in load_samples():
        if sample.verdict != "blocked":
            frozen(sample).write_text(published(pipeline, sample), encoding="utf-8")


if __name__ == "__main__":
    main()
