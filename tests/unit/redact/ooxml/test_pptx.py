"""Presentations: no hiding place keeps a value, and what is not touched stays as it was."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from redact.ooxml.parts import A, P
from redact.ooxml.pptx import PptxFormat
from redact.package import parse_xml
from redact.registry import identify
from redact.verify.verifier import IndependentVerifier, allowed_occurrences
from review.document import BlockKind
from review.errors import BrokenInputError, InputError, UnknownFormatError, UnsafeOutputError
from review.plan import RedactionPlan, redacted_document
from tests.fakes.planted import (
    PATTERN,
    Redacted,
    everything_in,
    plan_for,
    planted,
    redacted_by,
    redacted_twin,
)
from tests.fakes.pptx import (
    NS,
    THEME,
    TYPE,
    frame,
    layout,
    master,
    package,
    paragraph,
    picture,
    shape,
    slide,
    table,
)

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
LINK = '<a:hlinkClick r:id="rIdLink" tooltip="{v}"/>'
FALLBACK = (
    '<mc:AlternateContent><mc:Choice Requires="zz">{a}</mc:Choice><mc:Fallback>{b}</mc:Fallback>'
    "</mc:AlternateContent>"
)

SHAPES = {
    "paragraph": shape(paragraph("联系人{v}到场")),
    "split over runs": shape(
        "<a:p><a:r><a:t>{a}</a:t></a:r><a:r><a:rPr b='1'/><a:t>{b}</a:t></a:r></a:p>"
    ),
    "field": shape('<a:p><a:fld id="{{1}}" type="datetime1"><a:t>{v}</a:t></a:fld></a:p>'),
    "table cell": table(["姓名"], ["{v}"]),
    "table style": table(["x"], properties="<a:tableStyleId>{v}</a:tableStyleId>"),
    "group": "<p:grpSp><p:nvGrpSpPr><p:cNvPr id='4' name='x'/><p:cNvGrpSpPr/><p:nvPr/>"
    "</p:nvGrpSpPr><p:grpSpPr/>" + shape(paragraph("{v}")) + "</p:grpSp>",
    "alternative text": shape(paragraph("x"), properties='descr="{v}"'),
    "alternative title": shape(paragraph("x"), properties='title="{v}"'),
    "shape name": shape(paragraph("x")).replace('name="n"', 'name="{v}"'),
    "hidden shape": shape(paragraph("{v}"), properties='hidden="1"'),
    "placeholder": shape(paragraph("{v}"), placeholder='<p:ph type="title"/>'),
    "white text": shape(paragraph("{v}", '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>')),
    "off the slide": shape(paragraph("{v}"), y=90_000_000),
    "link": shape(paragraph("x", LINK)),
    "shape link": shape(paragraph("x")).replace('name="n" />', f'name="n">{LINK}</p:cNvPr>'),
    "picture text": picture('descr="{v}"'),
    "picture fill": shape(
        paragraph("x"), filling='<a:blipFill><a:blip r:embed="{v}"/></a:blipFill>'
    ),
    "chart": frame("<zz:chart>{v}</zz:chart>", CHART),
    "unknown element": "<zz:a>{v}</zz:a>",
    "extension": "<p:extLst><p:ext uri='{v}'/></p:extLst>",
    "loose run": "<a:r><a:t>{v}</a:t></a:r>",
    "both alternatives": FALLBACK.format(a=shape(paragraph("{v}")), b=shape(paragraph("{v}"))),
    "run attribute": shape(paragraph("x")).replace('lang="zh-CN"', 'lang="zh-CN" bmk="{v}"'),
    "font name": shape(paragraph("x", '<a:latin typeface="{v}"/>')),
    "comment": "<!-- {v} -->",
}
LINKED = {
    "slide name": {"name": "{v}"},
    "notes": ("notesSlide", f"<p:notes {NS}><p:cSld>{shape(paragraph('{v}'))}</p:cSld></p:notes>"),
    "review comment": ("comments", f"<p:cmLst {NS}><p:cm><p:text>{{v}}</p:text></p:cm></p:cmLst>"),
    "tags": ("tags", f"<p:tagLst {NS}><p:tag name='x' val='{{v}}'/></p:tagLst>"),
    "chart data": ("chart", "<c>{v}</c>"),
    "embedded book": ("package", "{v}"),
    "link target": ("hyperlink", "http:{v}"),
}


PLACES = [*SHAPES, *LINKED, "hidden slide", "master", "layout", "prompt", "theme name", "core"]
VALUES = {place: planted(number) for number, place in enumerate(PLACES, 1)}


def filled(template: str, place: str) -> str:
    value = VALUES[place]
    return template.replace("{v}", value).replace("{a}", value[:3]).replace("{b}", value[3:])


def source() -> bytes:
    shapes = "".join(filled(template, place) for place, template in SHAPES.items())
    parts: dict[str, str | bytes] = {
        "ppt/slideMasters/slideMaster1.xml": master(
            shape(paragraph(VALUES["prompt"]), placeholder='<p:ph type="title"/>'),
            shape(paragraph(VALUES["master"])),
        ),
        "ppt/slideLayouts/slideLayout1.xml": layout(shape(paragraph(VALUES["layout"]))),
        "ppt/theme/theme1.xml": THEME.format(theme=VALUES["theme name"]),
        "docProps/core.xml": f"<c>{VALUES['core']}</c>",
    }
    linked = []
    for number, (place, entry) in enumerate(LINKED.items()):
        if isinstance(entry, tuple):
            kind, content = entry
            target = filled(content, place) if kind == "hyperlink" else f"x{number}.xml"
            linked.append((f"rIdL{number}", kind, target))
            parts[f"ppt/slides/x{number}.xml"] = filled(content, place)
    slides = [
        slide(shapes, name=VALUES["slide name"]),
        slide(shape(paragraph(VALUES["hidden slide"])), attributes='show="0"'),
    ]
    return package(slides, parts, linked)


SOURCE = source()


@pytest.fixture(scope="module")
def redacted() -> Redacted:
    return redacted_by(PptxFormat(), SOURCE)


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_found_in_the_draft_and_not_in_the_output(
    place: str, redacted: Redacted
) -> None:
    assert VALUES[place] in everything_in(SOURCE)
    assert VALUES[place] not in everything_in(redacted[2])


SEEN = (
    "paragraph", "split over runs", "field", "table cell", "group", "alternative text",
    "alternative title", "placeholder", "white text", "off the slide", "both alternatives",
    "hidden slide", "master", "layout",
)  # fmt: skip
UNSEEN = ("hidden shape", "notes")


def test_what_people_can_see_is_in_the_document_and_what_is_hidden_is_looked_at(
    redacted: Redacted,
) -> None:
    blocks = redacted[0].blocks
    shown = "".join(b.text for b in blocks if b.kind is not BlockKind.DROPPED)
    assert set(re.findall(PATTERN, shown)) == {VALUES[place] for place in SEEN}
    hidden = [b.text for b in blocks if b.kind is BlockKind.DROPPED]
    assert hidden == [VALUES[place] for place in UNSEEN]


def test_the_output_reads_as_planned_and_the_verifier_passes_it(
    redacted: Redacted,
) -> None:
    document, plan, output = redacted
    expected = redacted_document(document, plan)
    assert PptxFormat().read(output).text.split() == expected.text.split()
    allowed = allowed_occurrences(expected.text, tuple(VALUES.values()))
    assert IndependentVerifier().verify("pptx", output, allowed) == ()
    assert IndependentVerifier().verify("pptx", SOURCE, allowed)
    assert identify("a.pptx", output) == "pptx"


def test_the_same_input_gives_the_same_bytes(
    redacted: Redacted,
) -> None:
    assert PptxFormat().write(SOURCE, redacted[1])[0] == redacted[2]


def test_the_output_tells_nothing_of_what_was_hidden_not_even_between_two_drafts(
    redacted: Redacted,
) -> None:
    assert redacted_twin(PptxFormat(), SOURCE) == redacted[2]


def test_what_is_dropped_is_told() -> None:
    codes = {note.code for note in PptxFormat().read(SOURCE).notes}
    assert codes == {
        "picture_dropped", "chart_dropped", "object_dropped", "hidden_dropped", "slides_shown",
        "comments_dropped", "speaker_notes_dropped", "links_dropped", "content_dropped",
        "custom_data_dropped", "fields_flattened", "table_style_replaced",
    }  # fmt: skip


def test_blocks_tell_slide_and_cell() -> None:
    data = package([slide(shape(paragraph("首页"))), slide(table(["姓名", "电话"], ["甲", "乙"]))])
    blocks = [b for b in PptxFormat().read(data).blocks if b.text]
    assert [(b.text, b.location.page) for b in blocks] == [
        ("首页", 1), ("姓名", 2), ("电话", 2), ("甲", 2), ("乙", 2),
    ]  # fmt: skip
    assert blocks[-1].cell is not None
    assert (blocks[-1].cell.row, blocks[-1].cell.column) == (1, 1)
    assert blocks[-1].location.cell == "表1 第2行第2列"


def test_what_is_not_touched_stays_as_it_was() -> None:
    body = shape(
        '<a:p><a:pPr marL="342900" indent="-342900" algn="ctr"><a:buFont typeface="Arial"/>'
        '<a:buChar char="•"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="2400" b="1"/>'
        '<a:t>不变</a:t></a:r><a:endParaRPr lang="zh-CN"/></a:p>',
        filling='<a:solidFill><a:schemeClr val="accent1"/></a:solidFill>',
    )
    data = package([slide(body)])
    plan = plan_for(PptxFormat().read(data), r"(?!)")
    with zipfile.ZipFile(io.BytesIO(PptxFormat().write(data, plan)[0])) as archive:
        written = parse_xml(archive.read("ppt/slides/slide1.xml"))
    drafted = parse_xml(slide(body).encode())
    kept = (f"{{{P}}}spPr", f"{{{P}}}txBody")
    for before, after in zip(drafted.iter(*kept), written.iter(*kept), strict=True):
        assert [(e.tag, dict(e.attrib), e.text) for e in before.iter()] == [
            (e.tag, dict(e.attrib), e.text) for e in after.iter()
        ]


def test_a_picture_leaves_an_empty_frame_of_its_size() -> None:
    data = package([slide(picture())])
    plan = plan_for(PptxFormat().read(data), r"(?!)")
    with zipfile.ZipFile(io.BytesIO(PptxFormat().write(data, plan)[0])) as archive:
        written = parse_xml(archive.read("ppt/slides/slide1.xml"))
    (size,) = written.iter(f"{{{A}}}ext")
    assert dict(size.attrib) == {"cx": "300000", "cy": "400000"}


def test_every_relation_of_the_output_leads_to_a_part_and_every_part_has_a_type(
    redacted: Redacted,
) -> None:
    with zipfile.ZipFile(io.BytesIO(redacted[2])) as archive:
        names = set(archive.namelist())
        types = archive.read("[Content_Types].xml").decode()
        for name in names:
            if name.endswith(".rels"):
                targets = re.findall(r'Target="/?([^"]*)"', archive.read(name).decode())
                assert names.issuperset(targets)
            elif name.startswith("ppt/"):
                assert f'PartName="/{name}"' in types


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (package([slide()], {"ppt/slides/_rels/slide1.xml.rels": "<a/>"}), BrokenInputError),
        (package([slide()], {"ppt/slides/slide1.xml": "<a>"}), BrokenInputError),
        (package([slide()], {"ppt/slideMasters/slideMaster1.xml": f"<p:sldMaster {NS}/>"}),
         BrokenInputError),
        (package([slide()], {"ppt/presentation.xml": f"<p:presentation {NS}/>"}), BrokenInputError),
        (package([slide()], {"[Content_Types].xml": f'<Types><Override PartName="/ppt/presentation'
         f'.xml" ContentType="{TYPE}.wordprocessingml.document.main+xml"/></Types>'}),
         UnknownFormatError),
        (package([slide()], {"[Content_Types].xml": "<a/>"}), InputError),
        (package([slide()])[:-50], BrokenInputError),
        (package(["<!DOCTYPE a []>" + slide()]), BrokenInputError),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_chinese_sentence(
    data: bytes, error: type[InputError]
) -> None:
    with pytest.raises(error) as caught:
        PptxFormat().read(data)
    assert caught.value.message.endswith("。")


def test_a_plan_for_another_text_is_refused() -> None:
    with pytest.raises(UnsafeOutputError):
        PptxFormat().write(SOURCE, RedactionPlan("0" * 64, "", "general", (), ()))


def test_digits_under_a_symbol_font_read_as_digits_and_a_tick_stays_a_tick() -> None:
    digits = "".join(chr(0xF000 + ord(c)) for c in "13800001111")
    data = package([slide(shape(paragraph(digits) + paragraph("\uf052")))])
    assert [b.text for b in PptxFormat().read(data).blocks] == ["13800001111", "\uf052"]


def test_a_bullet_that_says_something_becomes_the_usual_one() -> None:
    body = shape('<a:p><a:pPr><a:buChar char="13800001111"/></a:pPr><a:r><a:t>x</a:t></a:r></a:p>')
    data = package([slide(body)])
    output = PptxFormat().write(data, plan_for(PptxFormat().read(data), r"(?!)"))[0]
    with zipfile.ZipFile(io.BytesIO(output)) as archive:
        assert '<a:buChar char="•"/>' in archive.read("ppt/slides/slide1.xml").decode()
