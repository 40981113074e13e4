"""An odt keeps its look and its places: spans, spaces, cells, notes, styles, fields."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from redact.odf.format import ODT
from redact.odf.package import FO, TEXT
from redact.odf.values import is_drawn
from redact.verify.verifier import IndependentVerifier
from review.document import BlockKind, Cell, Document, Severity
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    InputError,
    TooLargeInputError,
    UnknownFormatError,
    UnsafeOutputError,
)
from review.plan import Edit, RedactionPlan
from tests.fakes.odf import content, manifest, odt, package, styles


def edited(data: bytes, *edits: tuple[int, int, int, str]) -> bytes:
    document = ODT.read(data)
    plan = RedactionPlan(
        document.digest, "", "general", (), tuple(Edit(*edit, "F1") for edit in edits)
    )
    return ODT.write(data, plan)[0]


def texts(data: bytes) -> list[str]:
    return [b.text for b in ODT.read(data).blocks]


def part(data: bytes, name: str = "content.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def body(data: bytes) -> str:
    found = re.search(r"<office:text>(.*)</office:text>", part(data))
    assert found is not None
    return found[1]


def p(inner: str) -> str:
    return f"<text:p>{inner}</text:p>"


BOLD = (
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'fo:font-weight="bold"/></style:style>'
)


def test_a_replacement_keeps_the_format_of_the_first_span() -> None:
    data = odt(p('联系人<text:span text:style-name="T1">欧阳</text:span>小溪到场'), BOLD)
    assert body(edited(data, (0, 3, 7, "欧阳某某"))) == p(
        '联系人<text:span text:style-name="sa">欧阳某某</text:span>到场'
    )


def test_many_edits_in_one_paragraph_all_hit() -> None:
    data = odt(p("甲一乙<text:span>二丙</text:span>三"))
    assert texts(edited(data, (0, 1, 2, "X"), (0, 2, 4, ""), (0, 5, 6, "YZ"))) == ["甲X丙YZ"]


def test_spaces_tabs_and_breaks_read_as_characters_and_can_be_removed() -> None:
    data = odt(p('138<text:tab/>0000<text:line-break/>1<text:s text:c="3"/>111'))
    assert texts(data) == ["138\t0000\n1   111"]
    assert texts(edited(data, (0, 3, 13, "****"))) == ["138****111"]


def test_white_space_reads_as_it_is_shown() -> None:
    data = odt("<text:p>\n  甲 \t\n 乙<text:span> </text:span> 丙<text:s/> 丁</text:p>")
    assert texts(data) == ["甲 乙 丙  丁"]
    assert texts(edited(data)) == ["甲 乙 丙  丁"]


def test_digits_under_a_symbol_font_read_as_digits_and_a_tick_stays_a_tick() -> None:
    number = "".join(chr(0xF000 + ord(c)) for c in "13812345678")
    assert texts(odt(p(f"{number} \uf052"))) == ["13812345678 \uf052"]


def test_white_space_of_a_replacement_is_not_lost() -> None:
    data = odt(p("甲乙<text:span>丙丁</text:span>戊"))
    output = edited(data, (0, 1, 2, " a\tb  c\n"), (0, 4, 5, "  "))
    assert texts(output) == ["甲 a\tb  c\n丙丁  "]


def test_blocks_of_a_table_bear_grid_columns() -> None:
    data = odt(
        "<table:table><table:table-column/><table:table-row><table:table-cell "
        f'table:number-columns-spanned="2">{p("姓名")}</table:table-cell>'
        f"<table:covered-table-cell/><table:table-cell>{p('电话')}</table:table-cell>"
        '</table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell '
        'table:number-columns-repeated="2"/></table:table-row><table:table-row>'
        f'<table:table-cell table:number-columns-repeated="2"/><table:table-cell>{p("某甲")}'
        f"{p('某乙')}</table:table-cell></table:table-row></table:table>{p('后文')}"
    )
    assert [(b.text, b.kind, b.cell, b.location.cell) for b in ODT.read(data).blocks] == [
        ("姓名", BlockKind.CELL, Cell(0, 0, 0), "表1 第1行第1列"),
        ("电话", BlockKind.CELL, Cell(0, 0, 2), "表1 第1行第3列"),
        ("某甲", BlockKind.CELL, Cell(0, 3, 2), "表1 第4行第3列"),
        ("某乙", BlockKind.CELL, Cell(0, 3, 2), "表1 第4行第3列"),
        ("后文", BlockKind.PARAGRAPH, None, None),
    ]


def test_a_repeated_cell_stands_under_each_of_its_columns() -> None:
    data = odt(
        '<table:table><table:table-row><table:table-cell table:number-columns-repeated="2">'
        f"{p('钱文海')}</table:table-cell></table:table-row></table:table>"
    )
    assert [b.cell for b in ODT.read(data).blocks] == [Cell(0, 0, 0), Cell(0, 0, 1)]
    assert texts(edited(data, (1, 0, 3, "某"))) == ["钱文海", "某"]


def test_a_cell_repeated_without_end_is_refused() -> None:
    row = (
        '<table:table-row table:number-rows-repeated="900"><table:table-cell '
        f'table:number-columns-repeated="900">{p("x")}</table:table-cell></table:table-row>'
    )
    with pytest.raises(TooLargeInputError):
        ODT.read(odt(f"<table:table>{row}</table:table>"))


def test_headers_footers_and_notes_are_told_apart() -> None:
    master = (
        '<style:master-page style:name="Standard"><style:header><text:p>页眉字</text:p>'
        "</style:header><style:footer><text:p>页脚字</text:p></style:footer></style:master-page>"
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>脚注字</text:p></text:note-body></text:note>"
    )
    data = package(
        {"content.xml": content(p(f"正文{note}字")), "styles.xml": styles("", "", master)}
    )
    assert [(b.text, b.kind) for b in ODT.read(data).blocks] == [
        ("正文字", BlockKind.PARAGRAPH),
        ("脚注字", BlockKind.NOTE),
        ("页眉字", BlockKind.PAGE_HEADER),
        ("页脚字", BlockKind.PAGE_FOOTER),
    ]


def test_headers_are_read_of_pages_in_use_and_of_those_that_follow_on_them_alone() -> None:
    def master(name: str, then: str = "") -> str:
        return (
            f'<style:master-page style:name="{name}" style:next-style-name="{then}">'
            f"<style:header><text:p>{name}</text:p></style:header></style:master-page>"
        )

    masters = (master("Standard", "次页") + master("次页", "末页") + master("末页", "次页")) + (
        master("无用", "不到") + master("不到", "无用")
    )
    data = package({"content.xml": content(p("正文")), "styles.xml": styles("", "", masters)})
    shown = ["正文", "Standard", "次页", "末页"]
    assert texts(data) == shown
    assert texts(edited(data, (0, 0, 2, "某某"))) == ["某某", *shown[1:]]


def test_block_numbers_count_through_the_document() -> None:
    blocks = ODT.read(odt(p("一") + p("二"))).blocks
    assert [b.location.block for b in blocks] == [0, 1]


def test_page_numbers_live_on_and_other_fields_become_text() -> None:
    data = odt(
        p('<text:page-number text:select-page="current">3</text:page-number>/'
          "<text:page-count>9</text:page-count> <text:date>三月</text:date>")
    )  # fmt: skip
    assert texts(data) == ["3/9 三月"]
    assert body(edited(data)) == p(
        '<text:page-number text:select-page="current">3</text:page-number>/'
        "<text:page-count>9</text:page-count> <text:span>三月</text:span>"
    )


def test_a_table_of_contents_stays_one_and_its_links_lead_on() -> None:
    data = odt(
        '<text:table-of-content text:name="甲"><text:table-of-content-source '
        'text:outline-level="3"><text:table-of-content-entry-template text:outline-level="1">'
        "<text:index-entry-text/></text:table-of-content-entry-template>"
        "</text:table-of-content-source><text:index-body><text:p>"
        '<text:a xlink:href="#_Toc1">一、总则<text:tab/>1</text:a></text:p></text:index-body>'
        '</text:table-of-content><text:h text:outline-level="1"><text:bookmark-start '
        'text:name="_Toc1"/>一、总则<text:bookmark-end text:name="_Toc1"/></text:h>'
    )
    output = body(edited(data))
    assert 'text:name="目录1"' in output
    assert '<text:a xlink:href="#ba" xlink:type="simple">一、总则<text:tab/>1</text:a>' in output
    assert '<text:bookmark-start text:name="ba"/>一、总则' in output
    assert "links_dropped" not in {n.code for n in ODT.read(data).notes}


def test_styles_numbering_and_page_layout_stay() -> None:
    automatic = (
        '<style:style style:name="P9" style:family="paragraph" '
        'style:parent-style-name="Text_20_body" style:master-page-name="Standard">'
        '<style:paragraph-properties fo:margin-left="0.74cm" fo:text-align="center"/>'
        "</style:style>"
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        'style:num-prefix="第" style:num-suffix="条" style:num-format="一, 二, 三, ..."/>'
        "</text:list-style>"
    )
    common = (
        '<style:style style:name="Text_20_body" style:display-name="Text body" '
        'style:family="paragraph"/>'
    )
    layout = (
        '<style:page-layout style:name="pm1"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm"/></style:page-layout>'
    )
    master = '<style:master-page style:name="Standard" style:page-layout-name="pm1"/>'
    marked = '<text:p text:style-name="P9">甲</text:p><text:list text:style-name="L1"/>'
    output = edited(
        package(
            {
                "content.xml": content(marked, automatic),
                "styles.xml": styles(common, layout, master),
            }
        )
    )
    written = part(output)
    own = re.search(r'<text:p text:style-name="(s[a-z]+)"', written)
    assert own is not None
    assert (
        f'<style:style style:name="{own[1]}" style:family="paragraph" '
        'style:parent-style-name="Text_20_body" style:master-page-name="Standard">'
        '<style:paragraph-properties fo:margin-left="0.74cm" fo:text-align="center"/>'
    ) in written
    assert 'style:num-prefix="第" style:num-suffix="条"' in written
    assert 'style:num-format="一, 二, 三, ..."' in written
    page = part(output, "styles.xml")
    layout_name = re.search(r'style:page-layout-name="(s[a-z]+)"', page)
    assert layout_name is not None
    assert f'<style:page-layout style:name="{layout_name[1]}">' in page
    assert 'fo:page-width="21cm"' in page


def test_a_numbering_with_words_of_its_own_is_a_text() -> None:
    automatic = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
        'style:num-prefix="钱文海" style:num-format="1"/></text:list-style>'
    )
    document = ODT.read(odt(p("x"), automatic))
    assert [(b.text, b.kind) for b in document.blocks] == [
        ("钱文海", BlockKind.ATTRIBUTE), ("x", BlockKind.PARAGRAPH),
    ]  # fmt: skip


def test_a_span_that_denies_its_hidden_paragraph_stays_visible() -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph"><style:text-properties '
        'text:display="none"/></style:style><style:style style:name="T1" style:family="text">'
        '<style:text-properties text:display="true"/></style:style>'
    )
    data = odt(
        '<text:p text:style-name="P1">没了<text:span text:style-name="T1">还在</text:span>'
        "</text:p>",
        automatic,
    )
    assert [(b.text, b.kind) for b in ODT.read(data).blocks] == [
        ("还在", BlockKind.PARAGRAPH), ("没了", BlockKind.DROPPED),
    ]  # fmt: skip


def test_a_picture_gives_way_to_a_frame_of_its_size_and_a_note() -> None:
    data = odt(
        p('<draw:frame svg:width="4cm" svg:height="2cm"><draw:image xlink:href="Pictures/1.png"/>'
          "</draw:frame>")
    )  # fmt: skip
    assert '<draw:frame svg:width="4cm" svg:height="2cm"><draw:text-box>' in body(edited(data))
    notes = {n.code: n.severity for n in ODT.read(data).notes}
    assert notes["picture_dropped"] is Severity.PERSON


def test_a_chart_is_told_from_other_objects() -> None:
    def codes(media_type: str) -> set[str]:
        frame = p('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>')
        entry = (
            '<manifest:file-entry manifest:full-path="Object 1/" '
            f'manifest:media-type="{media_type}"/>'
        )
        data = package({"content.xml": content(frame), "META-INF/manifest.xml": manifest(entry)})
        return {n.code for n in ODT.read(data).notes}

    assert codes("application/vnd.oasis.opendocument.chart") == {"chart_dropped"}
    assert codes("application/vnd.oasis.opendocument.formula") == {"object_dropped"}


def test_layout_settings_stay_and_all_others_go() -> None:
    settings = (
        '<s xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0">'
        '<config:config-item config:name="TabOverflow">true</config:config-item>'
        '<config:config-item config:name="CharacterCompressionType">2</config:config-item>'
        '<config:config-item config:name="PrinterIndependentLayout">二楼</config:config-item>'
        '<config:config-item config:name="PrinterName">二楼</config:config-item></s>'
    )
    written = part(
        edited(package({"content.xml": content(p("x")), "settings.xml": settings})), "settings.xml"
    )
    assert re.findall(r'config:name="(\w+)" config:type="(\w+)">(\w+)<', written) == [
        ("TabOverflow", "boolean", "true"), ("CharacterCompressionType", "short", "2"),
    ]  # fmt: skip


def test_all_parts_bear_the_same_version_whatever_the_draft_said() -> None:
    old = content(p("x")).replace('office:version="1.3"', 'office:version="1.1"')
    output = edited(package({"content.xml": old, "styles.xml": styles().replace("1.3", "1.2")}))
    written = [part(output, n) for n in ("content.xml", "styles.xml", "META-INF/manifest.xml")]
    assert [set(re.findall(r':version="([^"]*)"', each)) for each in written] == [{"1.3"}] * 3


def test_the_media_type_comes_first_and_uncompressed() -> None:
    output = edited(odt(p("x")))
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert output[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text")


def test_a_plain_document_needs_no_person() -> None:
    assert {n.severity for n in ODT.read(odt(p("正文"))).notes} <= {Severity.INFO}


def test_a_plan_made_on_another_text_is_refused() -> None:
    with pytest.raises(UnsafeOutputError):
        ODT.write(odt(p("")), RedactionPlan(Document("odt", ()).digest[::-1], "", "", (), ()))


ENCRYPTED = manifest(
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
    "</manifest:file-entry>"
)
TYPED = '<!DOCTYPE x [<!ENTITY a "b">]><x/>'
UNUSABLE: dict[str, tuple[bytes, type[InputError]]] = {
    "encrypted": (
        package({"content.xml": "x", "META-INF/manifest.xml": ENCRYPTED}),
        EncryptedInputError,
    ),
    "a document type in the text": (package({"content.xml": TYPED}), BrokenInputError),
    "a document type in the manifest": (
        package({"content.xml": content(""), "META-INF/manifest.xml": TYPED}),
        BrokenInputError,
    ),
    "no content": (package({}), BrokenInputError),
    "broken content": (package({"content.xml": "<office"}), BrokenInputError),
    "no body": (package({"content.xml": "<x/>"}), BrokenInputError),
    "strange styles": (
        package({"content.xml": content(""), "styles.xml": "<x/>"}),
        BrokenInputError,
    ),
    "another media type": (
        package({"mimetype": "application/vnd.oasis.opendocument.graphics"}),
        UnknownFormatError,
    ),
    "cut off": (odt(p("x"))[:-40], BrokenInputError),
    "no package": (b"<office:document/>", UnknownFormatError),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_file_that_cannot_be_used_is_refused_with_the_next_step(case: str) -> None:
    data, error = UNUSABLE[case]
    with pytest.raises(error) as caught:
        ODT.read(data)
    assert caught.value.message.endswith("。")


def test_the_document_type_that_old_programs_wrote_into_the_manifest_is_no_obstacle() -> None:
    kind = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" '
    bare = re.sub("<manifest:manifest [^>]*>", "<manifest:manifest>", manifest())
    old = f'{kind}"Manifest.dtd">{bare}'
    whole = {"content.xml": content(p("甲")), "META-INF/manifest.xml": old}
    assert texts(package(whole)) == ["甲"]


def test_the_namespaces_of_old_programs_are_understood() -> None:
    old = content(p("甲"), BOLD).replace(FO, "http://www.w3.org/1999/XSL/Format")
    assert 'fo:font-weight="bold"' in part(edited(package({"content.xml": old})))


def test_no_prefix_of_the_draft_comes_through() -> None:
    spoken = content(p("甲")).replace("text:p", "钱文海:p").replace("xmlns:text=", "xmlns:钱文海=")
    spoken = spoken.replace("<office:text>", f'<office:text xmlns:text="{TEXT}">')
    output = edited(package({"content.xml": spoken}))
    assert texts(output) == ["甲"]
    assert "钱文海" not in part(output)


def test_a_value_of_many_words_is_no_property() -> None:
    def style(value: str) -> str:
        return (
            '<style:style style:name="T1" style:family="text"><style:text-properties '
            f'fo:text-shadow="{value}"/></style:style>'
        )

    def kept(value: str) -> bool:
        return f'"{value}"' in part(edited(odt(p("x"), style(value))))

    assert kept("1pt 1pt #000000")
    assert kept("0.06pt solid #000000")
    assert not kept("qian wen hai")
    assert not kept("138 1234 5678")
    assert not kept("13812345678")


def test_no_name_of_ours_reads_like_a_number() -> None:
    automatic = "".join(
        f'<style:style style:name="P{n}" style:family="paragraph"/>' for n in range(800)
    )
    names = re.findall(r'style:name="([^"]*)"', part(edited(odt(p("x"), automatic))))
    assert len(set(names)) == 800
    assert not re.search(r"\d", "".join(names))


def test_missing_styles_and_manifest_are_no_obstacle() -> None:
    whole = odt(p("甲"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in ("mimetype", "content.xml"):
            new.writestr(name, old.read(name))
    assert texts(edited(buffer.getvalue(), (0, 0, 1, "乙"))) == ["乙"]


ODD_OUTPUTS = {
    "a document type": package({"content.xml": TYPED}),
    "embedded data": odt("<office:binary-data>eHg=</office:binary-data>"),
    "a part that is no xml": package({"content.xml": content(""), "x.bin": "\0"}),
    "bytes behind the package": odt(p("x")) + b"x",
}


@pytest.mark.parametrize("case", ODD_OUTPUTS)
def test_the_verifier_proves_no_output_that_it_cannot_read_whole(case: str) -> None:
    assert IndependentVerifier().verify("odt", ODD_OUTPUTS[case], {})


def test_text_in_what_is_not_understood_goes_and_is_told() -> None:
    strange = odt(p("甲") + '<x:y xmlns:x="urn:x"><text:p>钱多多</text:p></x:y>')
    document = ODT.read(strange)
    assert "content_dropped" in {note.code for note in document.notes}
    assert "钱多多" not in document.text
    assert "钱多多" not in part(edited(strange))


def test_the_code_of_a_foreign_field_goes_whatever_it_is_made_of_and_its_result_stays() -> None:
    start, apart, end = (f"<field:fieldmark-{n}/>" for n in ("start", "separator", "end"))
    inner = f"{start}<text:span>QUOTE</text:span>{apart}钱二{end}"
    code = f"{start}IF <text:span>钱一</text:span>{inner}<text:s/>钱三{apart}结果{end}之后"
    assert texts(odt(p(code))) == ["结果之后"]
    assert texts(odt(p(f"{start}没有分隔{end}"))) == ["没有分隔"]


@pytest.mark.parametrize("target", ["http://example.org/钱多多", "tel:13812345678", "#nowhere", ""])
def test_a_link_that_leads_to_no_place_of_the_document_becomes_text_and_is_told(
    target: str,
) -> None:
    linked = odt(p(f'<text:bookmark text:name="m"/><text:a xlink:href="{target}">详见</text:a>'))
    assert "links_dropped" in {note.code for note in ODT.read(linked).notes}
    assert "xlink:href" not in part(edited(linked))
    assert texts(linked) == ["详见"]


def test_a_path_holds_neither_a_long_number_nor_a_long_word() -> None:
    assert is_drawn("M 0 0 L 21600 0 ?f2 logwidth Z N")
    assert not is_drawn("M 0 0 L 13812345678 0 N")
    assert not is_drawn("M 0 0 QianDuoDuoLian N")
    assert not is_drawn("M 0 0 钱多多 N")


def test_a_long_strange_path_is_judged_at_once() -> None:
    assert not is_drawn("a" * 200 + "~")


def test_a_drawn_shape_keeps_its_kind_and_the_names_by_which_its_path_calls_formulas() -> None:
    own = "http://openoffice.org/2010/draw"
    shape = (
        f'<draw:custom-shape xmlns:o="{own}"><text:p>甲</text:p><draw:enhanced-geometry '
        'draw:type="ooxml-flowChartDecision" o:sub-view-size="2 2" draw:enhanced-path="M 0 ?f2 N">'
        '<draw:equation draw:name="f2" draw:formula="logwidth/2"/>'
        '<draw:equation draw:name="张三" draw:formula="logwidth"/></draw:enhanced-geometry>'
        "</draw:custom-shape>"
    )
    found = body(edited(odt(p(shape))))
    assert 'draw:type="ooxml-flowChartDecision"' in found
    assert 'sub-view-size="2 2"' in found
    assert re.findall(r'draw:equation draw:name="([^"]*)"', found) == ["f2"]
    assert "张三" not in found
