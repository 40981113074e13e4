"""Old and foreign office files: converted by LibreOffice, redacted and proven like the modern."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from PIL import Image

from flows.compose import open_pipeline
from flows.processing.scanned import Incoming, Output
from redact import legacy
from redact.kinds import WRITTEN_AS, identify
from redact.libreoffice import program
from redact.registry import FORMATS, get_format
from review.document import Severity
from review.errors import BrokenInputError, InputError, UnsafeOutputError
from review.plan import RedactionPlan
from tests.fakes.planted import everything_in
from tests.fakes.sandboxes import sandbox_within

NUMBER = "11010519491231002X"
LINE = f"姓名：钱文海，身份证号{NUMBER}。"
SLIDES = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body>
 <office:presentation><draw:page draw:name="p1"><draw:frame svg:width="20cm" svg:height="3cm"
 svg:x="2cm" svg:y="2cm"><draw:text-box><text:p>{LINE}</text:p></draw:text-box></draw:frame>
 </draw:page></office:presentation></office:body></office:document>"""

pytestmark = [
    pytest.mark.skipif(program() is None, reason="LibreOffice is not installed"),
]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HIDDEN_TEXT = (
    '<w:r><w:t>甲</w:t></w:r><w:del w:id="1" w:author="钱文海"><w:r>'
    "<w:delText>13811112222</w:delText></w:r></w:del>",
    f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{NUMBER}</w:t></w:r><w:r><w:t>乙</w:t></w:r>",
    '<w:ins w:id="2" w:author="孙志远"><w:r><w:t>电话13833334444</w:t></w:r></w:ins>',
)
IN_TEXT = ("13811112222", NUMBER, "13833334444", "钱文海", "孙志远", "周立新", "13855556666")
IN_SHEETS = ("钱文海", NUMBER, "13877778888", "13866665555", "周立新", "13899990000")


def text_document() -> bytes:
    """Write a text that shows ``LINE`` and hides the rest of ``IN_TEXT``."""
    document = docx.Document()
    document.add_paragraph(LINE)
    for paragraph in HIDDEN_TEXT:
        element = etree.fromstring(f'<w:p xmlns:w="{W}">{paragraph}</w:p>')
        document.element.body.insert(0, element)
    document.core_properties.author = "周立新"
    document.sections[0].header.paragraphs[0].text = "电话13855556666"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook() -> bytes:
    """Write a table that shows a name with its number and hides the rest of ``IN_SHEETS``."""
    book = openpyxl.Workbook()
    for row in (("姓名", "电话", "身份证号"), ("钱文海", "13877778888", NUMBER)):
        book.active.append(row)
    book.active["A2"].comment = Comment("13866665555", "周立新")
    book.active.column_dimensions["B"].hidden = True
    aside = book.create_sheet("底稿")
    aside["A1"], aside.sheet_state = "电话13899990000", "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


SOURCES: dict[str, tuple[Callable[[], bytes], str]] = {
    ".doc": (text_document, ".docx"),
    ".rtf": (text_document, ".docx"),
    ".xls": (workbook, ".xlsx"),
    ".ppt": (SLIDES.encode, ".fodp"),
    ".odp": (SLIDES.encode, ".fodp"),
}


@pytest.fixture(autouse=True, scope="module")
def _within_this_process() -> Iterator[None]:
    with sandbox_within():
        yield


@cache
def sample(suffix: str) -> bytes:
    make, source = SOURCES[suffix]
    return old(make(), source, suffix)


def old(data: bytes, source: str, suffix: str) -> bytes:
    """Turn a modern file into an old one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(legacy._FILTERS, suffix[1:], suffix[1:])
        return legacy.convert(data, source, suffix[1:])


def redacted(suffix: str) -> Output:
    pipeline = open_pipeline()
    scan = pipeline.scan([Incoming(f"通知{suffix}", sample(suffix))], "general")
    notes = {note.code: note.severity for note in scan.files[0].document.notes}
    assert notes["converted"] is Severity.PERSON  # no program lays a page out as another does
    (output,) = pipeline.redact(scan)
    return output


@pytest.mark.parametrize("suffix", [".doc", ".rtf", ".xls"])
def test_an_old_file_comes_out_redacted_in_the_modern_format_without_what_it_hid(
    suffix: str,
) -> None:
    output = redacted(suffix)
    assert output.name == ("通知.xlsx" if suffix == ".xls" else "通知.docx")
    assert identify(output.name, output.data) == output.name.rpartition(".")[2]
    held = everything_in(output.data)
    assert "身份证号" in held
    assert not [v for v in (IN_SHEETS if suffix == ".xls" else IN_TEXT) if v in held]


@pytest.mark.parametrize("suffix", [".ppt", ".odp"])
def test_slides_come_out_as_redacted_slides(suffix: str) -> None:
    output = redacted(suffix)
    assert_slides(output)


def test_slides_of_the_modern_format_stay_slides() -> None:
    data = old(SLIDES.encode(), ".fodp", ".pptx")
    pipeline = open_pipeline()
    (output,) = pipeline.redact(pipeline.scan([Incoming("通知.pptx", data)], "general"))
    assert_slides(output)


def assert_slides(output: Output) -> None:
    text = get_format("pptx").read(output.data).text
    assert output.name == "通知.pptx"
    assert "身份证号" in text
    assert NUMBER not in everything_in(output.data)
    assert old(output.data, ".pptx", ".pdf").startswith(b"%PDF-")


@pytest.mark.parametrize("suffix", sorted(SOURCES))
def test_the_format_is_known_by_its_content(suffix: str) -> None:
    assert identify(f"a{suffix}", sample(suffix)) in WRITTEN_AS


def test_rtf_named_doc_is_taken_for_what_it_is() -> None:
    assert identify("a.doc", sample(".rtf")) == "doc"


def test_a_broken_file_is_refused_with_what_to_do() -> None:
    data = sample(".doc")
    with pytest.raises(BrokenInputError, match="另存为"):
        get_format("doc").read(data[:600] + bytes(len(data) - 600))


def test_without_libreoffice_the_officer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sample(".doc")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="没有安装 LibreOffice"):
        get_format("doc").read(data)


def test_what_cannot_be_converted_again_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    data = sample(".doc")
    document = get_format("doc").read(data)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnsafeOutputError, match="LibreOffice"):
        get_format("doc").write(data, RedactionPlan(document.digest, "", "general", (), ()))


def test_a_conversion_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sample(".rtf")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    get_format("doc").read(data)
    assert list(tmp_path.iterdir()) == []


def linking(address: str) -> bytes:
    """Write a text that shows the picture of this address."""
    frame = (
        '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{address}" xmlns:xlink="http://www.w3.org/1999/xlink"/>'
        "</draw:frame>"
    )
    head = SLIDES.replace("presentation", "text").partition("<office:text>")[0]
    body = f"<office:text><text:p>{LINE}{frame}</text:p></office:text>"
    return f"{head}{body}</office:body></office:document>".encode()


def test_what_a_file_links_to_on_the_net_is_not_fetched() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        data = old(linking(f"http://127.0.0.1:{port}/seal.png"), ".fodt", ".doc")
        assert str(port).encode() in data
        assert "钱文海" in get_format("doc").read(data).text
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_file_of_this_machine_that_rich_text_links_to_is_not_shown(tmp_path: Path) -> None:
    picture = tmp_path / "seal.png"
    Image.new("RGB", (40, 40), "red").save(picture)
    field = rf'{{\field{{\*\fldinst INCLUDEPICTURE "{picture.as_uri()}" }}{{\fldrslt }}}}'
    rich = rf"{{\rtf1\ansi 13876502341 {field}}}".encode()
    with zipfile.ZipFile(io.BytesIO(legacy.convert(rich, ".rtf", "docx"))) as made:
        assert [name for name in made.namelist() if "media" in name] == []


@pytest.mark.parametrize("code", [r"FILENAME \\p", "FILENAME"])
def test_a_field_for_the_name_of_the_file_does_not_say_where_it_was_converted(code: str) -> None:
    field = rf"{{\field{{\*\fldinst {code}}}{{\fldrslt C:\\a.doc}}}}"
    rich = rf"{{\rtf1\ansi [{field}]\par}}".encode()
    made = docx.Document(io.BytesIO(legacy.convert(rich, ".rtf", "docx")))
    assert made.paragraphs[0].text == "[]"


def test_every_converted_format_ends_in_a_format_that_is_verified() -> None:
    assert set(WRITTEN_AS) <= set(FORMATS)
    assert {"docx", "xlsx", "pptx"} == set(WRITTEN_AS.values())
