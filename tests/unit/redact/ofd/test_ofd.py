from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from redact.kinds import identify
from redact.ofd.format import OfdFormat
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind, Document, Severity
from review.errors import (
    BrokenInputError,
    EncryptedInputError,
    InputError,
    TooLargeInputError,
    UnknownFormatError,
    UnsafeOutputError,
)
from review.plan import Edit, RedactionPlan, redacted_document, removed_values
from tests.fakes import ofd
from tests.fakes.ofd import NS, code, font, glyphs, package, page, path, text

OFD = "{http://www.ofdspec.org/2016}"
EMBEDDED = '<ofd:Font ID="1" FontName="ABCDEF+X"><ofd:FontFile>f.ttf</ofd:FontFile></ofd:Font>'


def read(data: bytes) -> Document:
    return OfdFormat().read(data)


def texts(data: bytes) -> list[str]:
    return [b.text for b in read(data).blocks if b.kind is not BlockKind.DROPPED]


def codes(data: bytes) -> list[str]:
    return [note.code for note in read(data).notes]


def redact(data: bytes, edits: Mapping[str, str]) -> bytes:
    """Replace words, prove the output as the pipeline does, and give it."""
    document = read(data)
    planned = tuple(
        Edit(index, start, start + len(old), new, "F")
        for index, block in enumerate(document.blocks)
        for old, new in edits.items()
        if (start := block.text.find(old)) >= 0
    )
    assert planned
    plan = RedactionPlan(document.digest, "", "general", (), planned)
    output, _ = OfdFormat().write(data, plan)
    expected = redacted_document(document, plan)
    assert "".join(read(output).text.split()) == "".join(expected.text.split())
    allowed = allowed_occurrences(expected.text, removed_values(document, plan))
    assert IndependentVerifier().verify("ofd", output, allowed) == ()
    assert identify("a.ofd", output) == "ofd"
    return output


def part(data: bytes, name: str = "Doc_0/Pages/Page_0/Content.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read(name))


def objects(data: bytes) -> dict[str, ElementTree.Element]:
    """Map the text of each text object of the first page to the object."""
    return {"".join(e.itertext()).strip(): e for e in part(data).iter(f"{OFD}TextObject")}


def left(element: ElementTree.Element) -> float:
    """Give where the first sign of a text object stands on the page."""
    box = [float(n) for n in element.attrib["Boundary"].split()]
    matrix = [float(n) for n in element.get("CTM", "1 0 0 1 0 0").split()]
    (own,) = element.iter(f"{OFD}TextCode")
    return box[0] + matrix[4] + matrix[0] * float(own.attrib["X"])


class TestReading:
    def test_lines_of_one_paragraph_are_one_block_with_its_page(self) -> None:
        long = "为实施防洪提升工程经依法批准征收柳溪镇梨园村集体土地现将结果公告"
        data = package([page(text("标题", x=90)), page(text(long), text("如下。", 26))])
        blocks = read(data).blocks
        assert [(b.text, b.location.page) for b in blocks] == [("标题", 1), (f"{long}如下。", 2)]

    def test_signs_are_read_where_they_stand_and_not_as_they_are_painted(self) -> None:
        assert texts(package([page(text("后", x=40), text("中", x=36), text("前", x=32))])) == [
            "前中后"
        ]

    def test_a_ruled_table_gives_cells(self) -> None:
        rules = [f"M 20 {y} L 120 {y}" for y in (20, 30, 40)]
        rules += [f"M {x} 20 L {x} 40" for x in (20, 70, 120)]
        words = [text("姓名", 22, 22), text("电话", 22, 72), text("甲", 32, 22), text("乙", 32, 72)]
        blocks = read(package([page(path(" ".join(rules)), *words)])).blocks
        assert [(b.text, b.cell and (b.cell.row, b.cell.column)) for b in blocks] == [
            ("姓名", (0, 0)), ("电话", (0, 1)), ("甲", (1, 0)), ("乙", (1, 1)),
        ]  # fmt: skip

    def test_distances_that_are_told_in_short_or_not_to_the_end_are_understood(self) -> None:
        def of(words: str, delta: str) -> str:
            inner = f'<ofd:TextCode X="0" Y="4" {delta}>{words}</ofd:TextCode>'
            return text("", inner="").replace(code(""), inner)

        data = package([page(of("开票日期", 'DeltaX="g 2 4"'), text("二〇二六年", x=36))])
        assert texts(data) == ["开票日期二〇二六年"]
        data = package([page(of("24112000", 'DeltaX="2"'), text("号", x=36))])
        assert texts(data) == ["24112000号"]
        assert texts(package([page(of("没有间距", ""))])) == ["没有间距"]

    def test_distances_that_would_fill_the_memory_are_refused(self) -> None:
        inner = f'<ofd:TextCode X="0" Y="4" DeltaX="{"g 99999999 4 " * 1_000}">一二</ofd:TextCode>'
        with pytest.raises(TooLargeInputError):
            read(package([page(text("").replace(code(""), inner))]))

    def test_a_code_may_run_over_two_lines(self) -> None:
        inner = '<ofd:TextCode X="0" Y="4" DeltaX="4 -4 4" DeltaY="0 6 0">甲乙丙丁</ofd:TextCode>'
        assert texts(package([page(text("").replace(code(""), inner))])) == ["甲乙", "丙丁"]

    def test_turned_and_upright_texts_are_read_along_their_lines(self) -> None:
        down = text("").replace(
            code(""), '<ofd:TextCode X="0" Y="4" DeltaY="g 3 4">由上而下</ofd:TextCode>'
        )
        turned = text("自下而上", 150, attributes='CTM="0 -1 1 0 0 0"')
        assert texts(package([page(down, turned)])) == ["由上而下", "自下而上"]

    def test_a_drawing_parameter_gives_what_the_object_does_not(self) -> None:
        parameters = (
            '<ofd:DrawParams><ofd:DrawParam ID="20" Relative="21"/><ofd:DrawParam ID="21">'
            '<ofd:FillColor Value="255 0 0"/></ofd:DrawParam></ofd:DrawParams>'
        )
        data = package(
            [page(text("红头文件", attributes='DrawParam="20"'))],
            {"Doc_0/PublicRes.xml": ofd.resources(parameters)},
        )
        written = redact(data, {"文件": "某"})
        colours = {e.attrib["Value"] for e in part(written).iter(f"{OFD}FillColor")}
        assert colours == {"255 0 0"}

    def test_templates_drawings_and_nested_blocks_are_part_of_the_page(self) -> None:
        unit = (
            '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77"><ofd:Content>'
            f"{text('图中文字')}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
        )
        drawn = (
            '<ofd:CompositeObject ID="6" ResourceID="77" Boundary="0 60 99 99" CTM="1 0 0 1 0 9"/>'
        )
        data = package(
            [page(f"<ofd:PageBlock ID='2'>{text('正文', 40)}</ofd:PageBlock>", drawn,
                  head='<ofd:Template TemplateID="50"/>')],
            {
                "Doc_0/Document.xml": ofd.document(
                    1, '<ofd:TemplatePage ID="50" BaseLoc="Tpls/T.xml"/>'
                ),
                "Doc_0/Tpls/T.xml": page(text("模板", 30)),
                "Doc_0/PublicRes.xml": ofd.resources(unit),
            },
        )  # fmt: skip
        assert texts(data) == ["模板", "正文", "图中文字"]
        assert texts(redact(data, {"图中": "某", "模板": "某某"})) == ["某某", "正文", "某文字"]

    def test_a_plain_file_gives_no_note(self) -> None:
        assert codes(package([page(text("正文"))])) == []

    @pytest.mark.parametrize(
        ("code", "made"),
        [
            ("picture_dropped", page(text("字"), '<ofd:ImageObject ID="1" Boundary="9 9 9 9"/>')),
            ("drawing_dropped", page(text("字"), path("M 0 0 B 1 1 2 2 3 3"))),
            ("drawing_dropped", page(text("字"), path("M 0 0 L 1 1 L 2 0 L 3 1 L 4 0"))),
            ("hidden_dropped", page(text("字"), text("藏", 40, attributes='Visible="false"'))),
            ("outside_dropped", page(text("字"), text("外", 400))),
            ("glyphs_dropped", page(text("字"), text("\ue123", 40))),
            ("content_dropped", page(text("字"), "<ofd:Video>藏</ofd:Video>")),
        ],
    )
    def test_what_is_lost_is_told_to_a_person(self, code: str, made: str) -> None:
        (note,) = read(package([made])).notes
        assert (note.code, note.severity) == (code, Severity.PERSON)

    def test_signatures_attachments_versions_and_marks_are_told(self) -> None:
        annots = (
            f'<ofd:Annotations {NS}><ofd:Page PageID="100"><ofd:FileLoc>A.xml</ofd:FileLoc>'
            "</ofd:Page></ofd:Annotations>"
        )
        rest = (
            "<ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Attachments>At.xml</ofd:Attachments>"
        )
        data = package(
            [page(text("正文"))],
            {
                "OFD.xml": ofd.entry(rest="<ofd:Versions/><ofd:Signatures>S.xml</ofd:Signatures>"),
                "Doc_0/Document.xml": ofd.document(1, rest=rest),
                "Doc_0/Annots.xml": annots,
                "Doc_0/A.xml": f'<ofd:PageAnnot {NS}><ofd:Annot Type="Stamp"/></ofd:PageAnnot>',
                "Doc_0/At.xml": f"<ofd:Attachments {NS}/>",
            },
        )
        assert set(codes(data)) == {
            "versions_dropped", "signature_dropped", "attachments_dropped", "annotations_dropped",
        }  # fmt: skip

    def test_dropped_text_is_looked_at_and_not_written(self) -> None:
        data = package([page(text("正文"))], {"OFD.xml": ofd.entry("<ofd:Title>机密★</ofd:Title>")})
        (_, info) = read(data).blocks
        assert (info.text, info.kind) == ("机密★", BlockKind.DROPPED)


class TestWriting:
    def test_a_mask_takes_the_place_and_the_line_closes_up_behind_it(self) -> None:
        data = package([page(text("电话13812345678，地址某处"))])
        found = objects(redact(data, {"13812345678": "***"}))
        assert left(found["***"]) == pytest.approx(28)
        assert left(found["，地址某处"]) == pytest.approx(28 + 3 * 2)

    def test_a_mask_as_wide_as_the_number_moves_nothing(self) -> None:
        data = package([page(text("电话13812345678，地址"))])
        found = objects(redact(data, {"13812345678": "138****5678"}))
        assert left(found["，地址"]) == pytest.approx(28 + 22)

    def test_a_mask_that_is_too_wide_gets_smaller_and_stays_on_the_line(self) -> None:
        data = package([page(text("患者姓王住院", x=170))])
        found = objects(redact(data, {"王": "〔姓名已隐去〕"}))
        mask, behind = found["〔姓名已隐去〕"], found["住院"]
        assert float(mask.attrib["Size"]) < 4
        assert left(mask) == pytest.approx(182)
        assert left(behind) < 200

    def test_what_is_not_touched_stays_as_it_was(self) -> None:
        kept = text("不变的一行", 40, attributes='CTM="1.5 0 0 1.5 0 0" Weight="700"')
        data = package([page(text("电话13812345678"), kept, path("M 10 60 L 200 60"))])
        written = objects(redact(data, {"13812345678": "***"}))["不变的一行"]
        before = objects(data)["不变的一行"]
        assert {k: v for k, v in before.attrib.items() if k != "ID"} | {"Size": "4"} == {
            k: v for k, v in written.attrib.items() if k != "ID"
        } | {"Boundary": before.attrib["Boundary"]}
        assert [e.attrib["DeltaX"] for e in written.iter(f"{OFD}TextCode")] == ["g 4 4"]

    def test_a_value_on_two_lines_goes_from_both(self) -> None:
        first = "为实施防洪提升工程经依法批准征收柳溪镇梨园村集体土地现将结果公告号码三五〇"
        data = package([page(text(first), text("一〇二一九八五。", 26))])
        assert texts(redact(data, {"三五〇一〇二一九八五": "*" * 12})) == [
            first[:-3] + "*" * 12 + "。"
        ]

    def test_the_same_input_gives_the_same_bytes(self) -> None:
        data = package([page(text("联系人张三"))])
        assert redact(data, {"张三": "张某"}) == redact(data, {"张三": "张某"})

    def test_lines_beside_the_page_are_left_out_and_those_on_it_stay(self) -> None:
        drawn = ["M 10 10 L 90 10", "M 9000 10 L 9001 10", "M 10 9000 L 90 9000"]
        written = redact(package([page(text("甲"), *map(path, drawn))]), {"甲": "乙"})
        assert len(list(part(written).iter(f"{OFD}PathObject"))) == 1

    def test_identifiers_are_unique_and_the_largest_is_told(self) -> None:
        written = redact(package([page(text("联系人张三")), page(text("二"))]), {"张三": "张某"})
        names = zipfile.ZipFile(io.BytesIO(written)).namelist()
        roots = [part(written, n) for n in names if n.endswith(".xml")]
        found = [int(e.attrib["ID"]) for root in roots for e in root.iter() if "ID" in e.attrib]
        assert len(set(found)) == len(found)
        (largest,) = part(written, "Doc_0/Document.xml").iter(f"{OFD}MaxUnitID")
        assert int(str(largest.text)) == max(found)

    def test_a_plan_for_another_text_is_refused(self) -> None:
        plan = RedactionPlan("0" * 64, "", "general", (), ())
        with pytest.raises(UnsafeOutputError):
            OfdFormat().write(package([page(text("正文"))]), plan)

    def test_several_documents_become_one(self) -> None:
        second = "<ofd:DocBody><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
        data = package(
            [page(text("第一份"))],
            {
                "OFD.xml": ofd.entry(more=second),
                "Doc_1/Document.xml": ofd.document(1),
                "Doc_1/PublicRes.xml": ofd.resources(),
                "Doc_1/Pages/Page_0/Content.xml": page(text("第二份")),
            },
        )
        assert "documents_merged" in codes(data)
        assert texts(redact(data, {"第二": "某"})) == ["第一份", "某份"]


def with_font(program: bytes, *objects_of_page: str) -> bytes:
    return package(
        [page(*objects_of_page)],
        {"Doc_0/PublicRes.xml": ofd.resources(fonts=EMBEDDED), "Doc_0/Res/f.ttf": program},
    )


def program(data: bytes) -> TTFont | None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [name for name in archive.namelist() if name.endswith(".ttf")]
        return TTFont(io.BytesIO(archive.read(found[0]))) if found else None


class TestFonts:
    def test_removed_signs_leave_the_embedded_font(self) -> None:
        signs = "联系人张三丰到场"
        data = with_font(font(signs), text(signs, inner=glyphs(*range(1, 9))))
        made = program(redact(data, {"张三丰": "张某某"}))
        assert made is not None
        heights = {chr(c): made["glyf"][name].yMax for c, name in made.getBestCmap().items()}
        assert heights == {"联": 101, "系": 102, "人": 103, "到": 107, "场": 108}
        assert len(made.getGlyphOrder()) == 6
        assert not {"name", "post", "OS/2"} & set(made.keys())
        assert made["head"].created == made["head"].modified == 3_786_912_000  # no day of the draft

    def test_kept_signs_are_numbered_anew_and_the_mask_has_another_font(self) -> None:
        signs = "联系人张三丰到场"
        data = with_font(font(signs), text(signs, inner=glyphs(*range(1, 9))))
        written = redact(data, {"张三丰": "张某某"})
        found = {"".join(e.itertext()): e for e in part(written).iter(f"{OFD}TextObject")}
        assert set(found) == {"1 2 3联系人", "张某某", "4 5到场"}
        fonts = {e.attrib["ID"]: e for e in part(written, "Doc_0/PublicRes.xml").iter(f"{OFD}Font")}
        mask = fonts[found["张某某"].attrib["Font"]]
        assert mask.attrib["FontName"] == "宋体"
        assert not list(mask)

    def test_glyph_numbers_may_be_as_large_as_those_of_a_whole_chinese_font(self) -> None:
        program_of_many = font("张三到", unused=20_000)
        data = with_font(program_of_many, text("张三到", inner=glyphs(20_001, 20_002, 20_003)))
        assert codes(data) == []
        made = program(redact(data, {"张三": "某某"}))
        assert made is not None
        assert {chr(c) for c in made.getBestCmap()} == {"到"}

    def test_a_sign_that_is_kept_elsewhere_stays_in_the_font(self) -> None:
        data = with_font(font("张三到"), text("张三到", inner=glyphs(1, 2, 3)),
                         text("三", 60, inner=glyphs(2)))  # fmt: skip
        made = program(redact(data, {"张三": "某某"}))
        assert made is not None
        assert {chr(c) for c in made.getBestCmap()} == set("三到")

    def test_glyphs_that_show_other_signs_than_the_text_are_not_carried_over(self) -> None:
        lying = with_font(font("张三丰"), text("李四光", inner=glyphs(1, 2, 3)))
        assert codes(lying) == ["glyphs_disagree"]
        assert program(redact(lying, {"光": "某"})) is None

    @pytest.mark.parametrize(
        "made",
        [b"", b"OTTO" + bytes(99), b"no font", font("张三丰")[:200]],
        ids=["empty", "cff", "text", "cut off"],
    )
    def test_a_program_that_cannot_be_checked_gives_way_to_a_system_font(self, made: bytes) -> None:
        data = with_font(made, text("张三丰", inner=glyphs(1, 2, 3)))
        assert codes(data) == ["font_replaced"]
        assert program(redact(data, {"丰": "某"})) is None

    def test_a_glyph_without_a_character_of_its_own_cannot_be_checked(self) -> None:
        data = with_font(font("张三丰", cmap="张三"), text("张三丰", inner=glyphs(1, 2, 3)))
        assert codes(data) == ["font_replaced"]

    def test_more_glyphs_than_signs_cannot_be_checked(self) -> None:
        more = glyphs(1, 2, 3).replace('CodeCount="3"', 'CodeCount="1"')
        assert codes(with_font(font("张三丰"), text("张", inner=more))) == ["font_replaced"]

    def test_glyph_numbers_without_a_font_of_the_file_are_left_out(self) -> None:
        data = package([page(text("张三丰", inner=glyphs(1, 2, 3)))])
        assert codes(data) == ["font_replaced"]
        assert not list(part(redact(data, {"丰": "某"})).iter(f"{OFD}CGTransform"))

    def test_an_unknown_font_name_is_not_carried_over_and_a_known_one_is(self) -> None:
        fonts = '<ofd:Font ID="1" FontName="张三手写"/><ofd:Font ID="2" FontName="ABCDEF+KaiTi"/>'
        data = package(
            [page(text("联系人张三"), text("楷", 40, font="2"))],
            {"Doc_0/PublicRes.xml": ofd.resources(fonts=fonts)},
        )
        written = part(redact(data, {"张三": "张某"}), "Doc_0/PublicRes.xml")
        assert [e.attrib["FontName"] for e in written.iter(f"{OFD}Font")] == ["宋体", "KaiTi"]


ENCRYPTED = package([page(text("正文"))], {"Encryptions.xml": "<a/>"})
PICTURE = page('<ofd:ImageObject ID="1" ResourceID="2" Boundary="0 0 210 297"/>')
ONLY_GLYPHS = page(text("", inner=glyphs(1, 2, 3)))
ONLY_CURVES = page(path("M 0 0 B 1 1 2 2 3 3"))
DTD = '<!DOCTYPE a [<!ENTITY b "c">]>' + page(text("正文"))
NESTED = page("<ofd:PageBlock>" * 60 + text("正文") + "</ofd:PageBlock>" * 60)
LOOP = ofd.resources(
    '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7"><ofd:Content>'
    + '<ofd:CompositeObject ResourceID="7" Boundary="0 0 1 1"/>' * 2
    + "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
)
DRAWN = page('<ofd:CompositeObject ResourceID="7" Boundary="0 0 1 1"/>')


def doubled(data: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("ofd.XML", "<a/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (ENCRYPTED, EncryptedInputError),
        (package([DTD]), BrokenInputError),
        (package([page(text("正文"))])[:-40], BrokenInputError),
        (doubled(package([page(text("正文"))])), BrokenInputError),
        (package([page(text("正文"))], {"../a.xml": "<a/>"}), BrokenInputError),
        (package(["<a>"]), BrokenInputError),
        (package([page(text("正文"))], {"OFD.xml": f"<ofd:OFD {NS}/>"}), BrokenInputError),
        (package([], {"Doc_0/Document.xml": ofd.document(1)}), BrokenInputError),
        (package([NESTED]), BrokenInputError),
        (package([DRAWN], {"Doc_0/PublicRes.xml": LOOP}), InputError),
        (package([page(text("甲"), head="<ofd:Area><ofd:PhysicalBox>0 0 9e5 9e5</ofd:PhysicalBox>"
                       "</ofd:Area>")]), TooLargeInputError),
        (b"PK\x03\x04", InputError),
        (b"%PDF-1.7", UnknownFormatError),
        (package([PICTURE]), UnsafeOutputError),
        (package([page(text("正文")), ONLY_GLYPHS]), UnsafeOutputError),
        (package([ONLY_CURVES]), UnsafeOutputError),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_chinese_sentence(
    data: bytes, error: type[InputError | UnsafeOutputError]
) -> None:
    with pytest.raises(error) as caught:
        read(data)
    assert caught.value.message.endswith("。")
    assert "\n" not in caught.value.message


def test_a_page_that_unpacks_to_more_than_a_hundred_megabytes_is_refused() -> None:
    bomb = package([page(text("甲").replace("甲", "甲" * 34_000_000))])
    with pytest.raises(TooLargeInputError) as caught:
        read(bomb)
    assert caught.value.message.endswith("。")
    assert "\n" not in caught.value.message


def test_a_page_without_anything_is_blank_and_no_fault() -> None:
    assert texts(package([page(), page(path("M 10 10 L 200 10")), page(text("正文"))])) == ["正文"]
