"""A docx keeps its look and its places: cells, runs, tabs, notes, fields."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.shared import Pt

from redact.ooxml.docx import DocxFormat
from redact.ooxml.parts import O, R, W
from redact.ooxml.word import is_plain_level
from review.document import Block, BlockKind, Cell, Document, Severity
from review.errors import UnknownFormatError, UnsafeOutputError
from review.plan import Edit, RedactionPlan


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(markup: str) -> bytes:
    """Build a docx whose body is the given markup."""
    source = saved(docx.Document())
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = f'<w:document xmlns:w="{W}"><w:body>{markup}</w:body></w:document>'.encode()
            new.writestr(name, data)
    return output.getvalue()


def edited(data: bytes, *edits: tuple[int, int, int, str]) -> bytes:
    document = DocxFormat().read(data)
    plan = RedactionPlan(
        document.digest, "", "general", (), tuple(Edit(*edit, "F1") for edit in edits)
    )
    return DocxFormat().write(data, plan)[0]


def texts(data: bytes) -> list[str]:
    return [b.text for b in DocxFormat().read(data).blocks]


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_a_replacement_keeps_the_format_of_the_first_run() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("联系人")
    paragraph.add_run("欧阳").bold = True
    paragraph.add_run("小溪").italic = True
    paragraph.add_run("到场").font.size = Pt(9)
    output = edited(saved(document), (0, 3, 7, "欧阳某某"))
    runs = docx.Document(io.BytesIO(output)).paragraphs[0].runs
    assert [(x.text, x.bold, x.italic) for x in runs if x.text] == [
        ("联系人", None, None), ("欧阳某某", True, None), ("到场", None, None),
    ]  # fmt: skip


def test_many_edits_in_one_paragraph_all_hit() -> None:
    data = with_body("<w:p>" + r("甲一乙") + r("二丙") + r("三") + "</w:p>")
    output = edited(data, (0, 1, 2, "X"), (0, 2, 4, ""), (0, 5, 6, "YZ"))
    assert texts(output) == ["甲X丙YZ"]


def test_tabs_breaks_and_symbols_read_as_one_character_and_can_be_removed() -> None:
    data = with_body(
        '<w:p><w:r><w:t>138</w:t><w:tab/><w:t>0000</w:t><w:br/><w:sym w:char="F0FE"/>'
        "<w:noBreakHyphen/><w:t>1111</w:t></w:r></w:p>"
    )
    assert texts(data) == ["138\t0000\n\uf0fe-1111"]
    assert texts(edited(data, (0, 3, 15, "****"))) == ["138****"]


def test_blocks_of_a_table_bear_grid_columns() -> None:
    data = with_body(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>' + r("姓名") + "</w:p></w:tc>"  # noqa: E501
        "<w:tc><w:p>" + r("电话") + "</w:p></w:tc></w:tr>"
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p>' + r("某甲") + "</w:p>"
        "<w:p>" + r("某乙") + "</w:p></w:tc></w:tr></w:tbl><w:p>" + r("后文") + "</w:p>"
    )  # fmt: skip
    blocks = DocxFormat().read(data).blocks
    assert [(b.text, b.kind, b.cell, b.location.cell) for b in blocks] == [
        ("姓名", BlockKind.CELL, Cell(0, 0, 0), "表1 第1行第1列"),
        ("电话", BlockKind.CELL, Cell(0, 0, 2), "表1 第1行第3列"),
        ("某甲", BlockKind.CELL, Cell(0, 1, 1), "表1 第2行第2列"),
        ("某乙", BlockKind.CELL, Cell(0, 1, 1), "表1 第2行第2列"),
        ("后文", BlockKind.PARAGRAPH, None, None),
    ]


def test_headers_footers_and_notes_are_told_apart() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉字"
    document.sections[0].footer.paragraphs[0].text = "页脚字"
    found = {b.text: b.kind for b in DocxFormat().read(saved(document)).blocks if b.text}
    assert found == {"页眉字": BlockKind.PAGE_HEADER, "页脚字": BlockKind.PAGE_FOOTER}


def test_a_note_whose_mark_is_gone_from_the_text_is_not_carried_over() -> None:
    notes = "".join(f'<w:footnote w:id="{n}"><w:p>{r(f"注{n}")}</w:p></w:footnote>' for n in (2, 3))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    added = {
        "[Content_Types].xml": f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>',
        "word/_rels/document.xml.rels": f'<Relationship Id="rIdF" Type="{R}/footnotes" '
        'Target="footnotes.xml"/>',
    }
    body = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    source = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(with_body(body))) as old, zipfile.ZipFile(source, "w") as new:
        for name in old.namelist():
            before, tag, after = old.read(name).decode("latin-1").rpartition("</")
            new.writestr(name, (before + added.get(name, "") + tag + after).encode("latin-1"))
        new.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')
    assert [text for text in texts(source.getvalue()) if text] == ["注2"]
    with zipfile.ZipFile(io.BytesIO(edited(source.getvalue()))) as made:
        assert "注3" not in made.read("word/footnotes.xml").decode()


def test_block_numbers_count_through_the_document() -> None:
    document = docx.Document()
    document.add_paragraph("一")
    document.sections[0].header.paragraphs[0].text = "二"
    blocks: tuple[Block, ...] = DocxFormat().read(saved(document)).blocks
    assert [b.location.block for b in blocks] == list(range(len(blocks)))


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_page_number_fields_live_on_and_others_become_text() -> None:
    data = with_body(
        "<w:p>" + field("PAGE \\* MERGEFORMAT", "3") + field("DATE", "三月") + "</w:p>"
        '<w:p><w:fldSimple w:instr="NUMPAGES">' + r("9") + "</w:fldSimple></w:p>"
        "<w:p>" + field('TOC \\o "1-3" \\t "某人,1" \\h', "目录") + "</w:p>"
    )
    with zipfile.ZipFile(io.BytesIO(edited(data))) as archive:
        body = archive.read("word/document.xml").decode()
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<|w:instr=\"([^\"]*)\"", body) == [
        (" PAGE \\* MERGEFORMAT ", ""), ("", " NUMPAGES "), (' TOC \\o "1-3" \\h ', ""),
    ]  # fmt: skip
    assert texts(data) == ["3三月", "9", "目录"]


@pytest.mark.parametrize("code", ["SEQ 钱多多", "SEQ 图 \\* 钱多多", "SEQ 表 钱多多", "SEQ"])
def test_a_count_says_nothing_but_of_what_kind_the_counted_is(code: str) -> None:
    with zipfile.ZipFile(io.BytesIO(edited(with_body("<w:p>" + field(code, "1") + "</w:p>")))) as a:
        body = a.read("word/document.xml").decode()
    kept = re.findall(r"<w:instrText[^>]*>([^<]*)<", body)
    assert kept in ([], [" SEQ 图 "], [" SEQ 表 "])
    assert "钱多多" not in body


@pytest.mark.parametrize("switch", ["13812345678", "ZhangSan", "钱多多"])
def test_a_page_number_keeps_only_forms_of_numbers(switch: str) -> None:
    code = f"PAGE \\* {switch} \\* MERGEFORMAT"
    with zipfile.ZipFile(io.BytesIO(edited(with_body("<w:p>" + field(code, "1") + "</w:p>")))) as a:
        body = a.read("word/document.xml").decode()
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<", body) == [" PAGE \\* MERGEFORMAT "]


def test_a_field_that_never_ends_hides_nothing() -> None:
    data = with_body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>'
        + r("看得见") + "</w:p>"
    )  # fmt: skip
    assert texts(data) == ["看得见"]


@pytest.mark.parametrize("mark", ["begin", "", "end"], ids=["never ends", "is bare", "ends first"])
def test_the_code_of_a_broken_field_is_not_carried_over(mark: str) -> None:
    begun = f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' if mark else ""
    code = f"{begun}<w:r><w:instrText>PAGE 钱多多</w:instrText></w:r>"
    with zipfile.ZipFile(io.BytesIO(edited(with_body(f"<w:p>{code}{r('看得见')}</w:p>")))) as made:
        body = made.read("word/document.xml").decode()
    assert "钱多多" not in body
    assert "看得见" in body


def test_an_object_that_stands_where_none_belongs_goes_with_all_it_says() -> None:
    stray = f'<o:OLEObject xmlns:o="{O}" ProgID="钱多多" Type="Embed"/>'
    data = with_body(f"<w:p><w:r>{stray}</w:r><w:r><w:pict>{stray}</w:pict></w:r></w:p>")
    assert "object_dropped" in {note.code for note in DocxFormat().read(data).notes}
    with zipfile.ZipFile(io.BytesIO(edited(data))) as made:
        assert "OLEObject" not in made.read("word/document.xml").decode()


def test_text_between_the_elements_is_not_carried_over() -> None:
    data = with_body(
        f"钱一一<w:p>钱二二{r('看得见')}钱三三<w:r>钱四四<w:t/>钱五五</w:r></w:p>钱六六"
    )
    assert texts(data) == ["看得见"]
    with zipfile.ZipFile(io.BytesIO(edited(data))) as made:
        assert "钱" not in made.read("word/document.xml").decode()


def test_old_form_boxes_keep_what_they_show() -> None:
    def box(checked: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
            f'<w:checked w:val="{checked}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    assert texts(with_body("<w:p>" + box("1") + box("0") + "</w:p>")) == ["☑☐"]


@pytest.mark.parametrize(
    ("told", "shown"), [("", ["甲"]), ("1", ["乙"]), ("7", []), ("²", []), ("9" * 5_000, [])]
)
def test_an_old_form_list_keeps_its_choice_and_a_senseless_one_blocks_nothing(
    told: str, shown: list[str]
) -> None:
    result = f'<w:result w:val="{told}"/>' if told else ""
    data = with_body(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>'
        f'{result}<w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList></w:ffData>'
        '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert [text for text in texts(data) if text] == shown


def test_a_dropped_initial_reads_with_the_paragraph_that_it_begins() -> None:
    frame = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'
    source = with_body(
        f"<w:p>{frame}{r('张')}</w:p><w:p>{r('建国到场')}</w:p><w:p>{frame}{r('末')}</w:p>"
    )
    assert texts(source)[:2] == ["张建国到场", "末"]
    output = edited(source, (0, 0, 3, "张某"))
    assert texts(output)[:2] == ["张某到场", "末"]
    assert len(docx.Document(io.BytesIO(output)).paragraphs) == 3


def test_text_that_runs_backwards_is_told() -> None:
    def codes(direction: str) -> set[str]:
        body = f'<w:p><w:bdo w:val="{direction}">{r("87654321831")}</w:bdo></w:p>'
        return {note.code for note in DocxFormat().read(with_body(body)).notes}

    assert "direction_changed" in codes("rtl")
    assert "direction_changed" not in codes("ltr")


def test_text_space_reads_as_word_shows_it() -> None:
    data = with_body(
        '<w:p><w:r><w:t>\n  甲\n乙  </w:t><w:t xml:space="preserve"> 丙 </w:t></w:r></w:p>'
    )
    assert texts(data) == ["甲 乙 丙 "]
    assert texts(edited(data)) == ["甲 乙 丙 "]


def test_a_run_that_denies_its_style_stays_visible() -> None:
    data = with_body('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>在</w:t></w:r></w:p>')
    assert texts(data) == ["在"]
    assert not [n for n in DocxFormat().read(data).notes if n.severity is Severity.PERSON]


def test_a_plain_document_needs_no_person() -> None:
    document = docx.Document()
    document.add_paragraph("正文")
    assert {n.severity for n in DocxFormat().read(saved(document)).notes} <= {Severity.INFO}


def test_styles_numbering_and_page_layout_stay() -> None:
    document = docx.Document()
    document.add_heading("标题", 1)
    document.add_paragraph("要点", style="List Bullet")
    section = document.sections[0]
    section.page_width = Pt(500)
    section.different_first_page_header_footer = True
    output = docx.Document(io.BytesIO(edited(saved(document))))
    assert [q.style.name for q in output.paragraphs] == ["Heading 1", "List Bullet"]
    assert output.sections[0].page_width == Pt(500)
    assert output.sections[0].different_first_page_header_footer


@pytest.mark.parametrize("mask", ["158****3048", "****"])
def test_a_masked_text_of_a_numbering_is_listed_as_the_value_was(mask: str) -> None:
    assert is_plain_level("第%1条")
    assert not is_plain_level(f"{mask}%1")


def test_a_plan_made_on_another_text_is_refused() -> None:
    with pytest.raises(UnsafeOutputError):
        DocxFormat().write(
            with_body("<w:p/>"), RedactionPlan(Document("docx", ()).digest[::-1], "", "", (), ())
        )


def test_an_xlsx_under_a_wrong_name_is_refused() -> None:
    import openpyxl

    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    with pytest.raises(UnknownFormatError):
        DocxFormat().read(buffer.getvalue())


def with_picture(data: bytes = b"") -> bytes:
    """Show a picture, or ``data`` in the place of its file."""
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (40, 6), "red").save(picture, "PNG")
    picture.seek(0)
    document = docx.Document()
    document.add_picture(picture, width=Pt(100))
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document))) as old, zipfile.ZipFile(output, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if "media/" in name and data else old.read(name))
    return output.getvalue()


def test_a_picture_that_nobody_can_read_gives_way_to_a_frame_of_its_size_and_a_note() -> None:
    data = with_picture(b"\x01\0\0\0 a metafile")
    output = edited(data)
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        assert not [n for n in archive.namelist() if "media" in n]
        assert '<a:ext cx="1270000" cy="190500"/>' in archive.read("word/document.xml").decode()
    notes = {n.code: n.severity for n in DocxFormat().read(data).notes}
    assert notes["picture_dropped"] is Severity.PERSON


def test_a_picture_without_writing_stays_and_asks_nobody() -> None:
    data = with_picture()
    shown = docx.Document(io.BytesIO(edited(data))).inline_shapes[0]
    assert (shown.width, shown.height) == (Pt(100), Pt(15))
    notes = {n.code: n.severity for n in DocxFormat().read(data).notes}
    assert notes["picture_read"] is Severity.INFO
    assert Severity.PERSON not in notes.values()
